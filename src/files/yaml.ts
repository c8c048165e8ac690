import {
  type Alias,
  isAlias,
  isMap,
  isPair,
  isScalar,
  isSeq,
  parseAllDocuments,
  parseDocument,
  stringify,
  visit,
  Document as Yaml,
} from 'yaml';
import type { ExampleDraft } from '../analysis/examples.js';
import type { Standings } from '../ranking/standings.js';
import {
  type Diagnostic,
  error,
  failure,
  type KeyPath,
  type PartialResult,
  partialOf,
} from '../values/diagnostic.js';
import { NUMERAL } from '../values/fraction.js';
import { roundToPoints } from '../values/points.js';
import { type Bilingual, lazy } from '../values/scalars.js';
import { heapedMarks } from './decode.js';
import {
  type Document,
  documentInText,
  FORBIDDEN,
  Lines,
  onlyDocument,
  Positions,
  type TextSpan,
  TOLD,
} from './document.js';
import { LIMITS } from './limits.js';
import type { ReadingData } from './writers.js';

/**
 * Reads every document of YAML. Every scalar is text, so that ids and figures stay as written; only an unquoted
 * numeral that a number holds exactly becomes a number.
 */
export function readYamlDocuments(file: string, text: string): PartialResult<Document[]> {
  const lines = lazy(() => new Lines(text));
  if (text.length > LIMITS.yamlBytes || marksIn(text) > LIMITS.yamlMarks)
    return failure({ ...error('yaml-too-large', { file }), place: { file } });
  const tooDeep = failure({ ...error('too-deep', { limit: LIMITS.depth }), place: { file } });
  let parsed: Yaml.Parsed[];
  try {
    // Keys are compared by the walker: the package compares each with each.
    const all = parseAllDocuments(text, {
      schema: 'failsafe',
      prettyErrors: false,
      logLevel: 'silent',
      uniqueKeys: false,
    });
    // A file of comments is one document of nothing.
    parsed = 'empty' in all ? [parseDocument('')] : all;
  } catch (fault) {
    if (fault instanceof RangeError) return tooDeep;
    throw fault;
  }
  const faults = parsed.flatMap(({ errors }) => errors.slice(0, TOLD));
  // The package tells of a stack that is full in the engine's words.
  if (faults.some(({ message }) => message.startsWith('Maximum call stack'))) return tooDeep;
  if (faults.length > 0) {
    const told = faults.slice(0, TOLD).map(({ message, code, pos: [start, end] }) => {
      const problem = error('syntax', { reason: message.split('\n')[0]!, fault: code });
      return { ...problem, place: lines().place(file, { start, end }) };
    });
    return { ok: false, diagnostics: told };
  }
  // A line of dashes at the end begins no further document.
  const filled = parsed.filter(
    ({ contents }, i) => i === 0 || (contents && contents.range[1] > contents.range[0]),
  );
  if (filled.length > LIMITS.documents)
    return failure({ ...error('too-many-documents', { limit: LIMITS.documents }), place: { file } });
  const diagnostics: Diagnostic[] = [];
  const budget = { values: 0, stopped: false };
  const documents = filled.map((yaml) => {
    const read = plainData(yaml, budget);
    const document = documentInText(file, read.data, lines, () => read.positions);
    for (const d of document.locate(read.diagnostics)) diagnostics.push(d);
    return document;
  });
  return budget.stopped ? { ok: false, diagnostics } : partialOf(documents, diagnostics);
}

/** Reads YAML that is one document. */
export const readYaml = (file: string, text: string): PartialResult<Document> =>
  onlyDocument(file, readYamlDocuments(file, text));

/** About how many values a text has: signs that begin or part them, of which `-`, `:` and `?` stand before a blank. */
const marksIn = (text: string): number =>
  text.length - text.replace(/[\n!&*,[{]|[-:?](?=[\0- ])/g, '').length;

/** A document as plain data, where each part of it stands, and what is wrong with it. */
function plainData(yaml: Yaml.Parsed, budget: { values: number; stopped: boolean }) {
  const positions = new Positions();
  const diagnostics: Diagnostic[] = [];
  const targets = lazy(() => aliasTargets(yaml));
  const stop = (problem: Diagnostic): undefined => {
    budget.stopped = true;
    diagnostics.push(problem);
  };
  const plain = (node: unknown, path: KeyPath, depth: number, key: TextSpan | null = null): unknown => {
    if (budget.stopped) return undefined;
    if (++budget.values > LIMITS.yamlValues)
      return stop(error('too-many-values', { limit: LIMITS.yamlValues }, path));
    const span = spanOf(node) ?? key;
    if (span) positions.set(path, span, key);
    if (depth > LIMITS.depth) return stop(error('too-deep', { limit: LIMITS.depth }, path));
    if (isAlias(node)) return plain(targets().get(node), path, depth + 1);
    if (isScalar(node)) {
      // As escapes of a text in quotes: those that stand there themselves were refused before.
      if (node.type === 'QUOTE_DOUBLE' && heapedMarks(String(node.value)) !== null)
        diagnostics.push(error('garbled-text', {}, path));
      return scalarValue(node);
    }
    if (isSeq(node)) return node.items.map((item, i) => plain(item, [...path, i], depth + 1));
    return isMap(node) ? plainMap(node.items, path, depth) : undefined;
  };
  const plainMap = (items: readonly unknown[], path: KeyPath, depth: number): Record<string, unknown> => {
    const data: Record<string, unknown> = {};
    for (const pair of items) {
      if (!isPair(pair)) continue;
      const key = isScalar(pair.key) ? String(pair.key.value).normalize('NFC') : '';
      const here = [...path, key];
      const place = spanOf(pair.key);
      if (FORBIDDEN.has(key)) {
        if (place) positions.set(here, place, place);
        diagnostics.push(error('forbidden-key', { key }, here));
        continue;
      }
      const twice = Object.hasOwn(data, key);
      data[key] = plain(pair.value, here, depth + 1, place);
      if (twice) diagnostics.push(error('duplicate-key', { key: key.slice(0, 60) }, here));
      if (budget.stopped) break;
    }
    return data;
  };
  return { data: plain(yaml.contents, [], 0), positions, diagnostics };
}

/** What each alias stands for, the last node before it with its anchor. The package walks the document for each. */
function aliasTargets(yaml: Yaml.Parsed): Map<Alias, unknown> {
  const anchors = new Map<string, unknown>();
  const targets = new Map<Alias, unknown>();
  visit(yaml, {
    Alias: (_, alias) => {
      targets.set(alias, anchors.get(alias.source));
    },
    Value: (_, node) => {
      if (node.anchor !== undefined) anchors.set(node.anchor, node);
    },
  });
  return targets;
}

function spanOf(node: unknown): TextSpan | null {
  const range = (node as { range?: [number, number, number] | null } | null)?.range;
  return range && range[1] > range[0] ? { start: range[0], end: range[1] } : null;
}

function scalarValue(node: { value: unknown; type?: string }): unknown {
  const text = String(node.value ?? '');
  if (node.type !== 'PLAIN') return text;
  if (text === '') return undefined;
  return text.length <= 24 && NUMERAL.test(text) && String(Number(text)) === text ? Number(text) : text;
}

const UNCONFIRMED = { vi: 'cần xác nhận', en: 'to be confirmed' };

/** An example in one line of YAML: `{value: 79.9, points: 0.5, because: …}`. */
function lineOf({ value, points, because: { vi, en } }: ExampleDraft): string {
  const given = typeof value === 'object' ? { values: value } : { value };
  const because = {
    vi: `${vi} (${UNCONFIRMED.vi})`,
    ...(en !== undefined && { en: `${en} (${UNCONFIRMED.en})` }),
  };
  const inOneLine = { collectionStyle: 'flow', lineWidth: 0, flowCollectionPadding: false } as const;
  return stringify({ ...given, points, because }, inOneLine).trim();
}

/**
 * A catalogue's text with examples added under their criteria, all else as it stands. Criteria that the text does not
 * hold, or writes in one line, are named and left.
 */
export function fillExamples(
  text: string,
  drafts: readonly ExampleDraft[],
): { text: string; left: string[] } {
  const document = parseDocument(text);
  const criteria = document.get('criteria', true);
  const insertions: { at: number; lines: string }[] = [];
  const left: string[] = [];
  for (const id of new Set(drafts.map((d) => d.id))) {
    const item = isSeq(criteria)
      ? criteria.items.find((c) => isMap(c) && String(c.get('id')) === id)
      : undefined;
    if (!isMap(item) || item.flow || !item.range) {
      left.push(id);
      continue;
    }
    const first = item.items[0]?.key;
    const start = isScalar(first) && first.range ? first.range[0] : item.range[0];
    const indent = ' '.repeat(start - (text.lastIndexOf('\n', start - 1) + 1));
    const lines = drafts.filter((d) => d.id === id).map((d) => `${indent}  - ${lineOf(d)}\n`);
    const examples = item.get('examples', true);
    if (isSeq(examples) && examples.flow) {
      left.push(id);
      continue;
    }
    const end = isSeq(examples) && examples.range ? examples.range[1] : item.range[1];
    const at = endOfLine(text, end);
    const head = isSeq(examples) ? '' : `${indent}examples:\n`;
    insertions.push({ at, lines: head + lines.join('') });
  }
  const filled = insertions
    .sort((p, q) => q.at - p.at)
    .reduce((s, { at, lines }) => {
      const before = s.slice(0, at);
      return `${before}${before.endsWith('\n') ? '' : '\n'}${lines}${s.slice(at)}`;
    }, text);
  return { text: filled, left };
}

/** The start of the line after the last content before an offset. */
function endOfLine(text: string, offset: number): number {
  const content = text.slice(0, offset).trimEnd().length;
  const next = text.indexOf('\n', content);
  return next < 0 ? text.length : next + 1;
}

/** YAML that reads back as the same data: texts that look like numbers are quoted. */
export function yamlText(reading: ReadingData): string {
  const document = new Yaml({ ...reading });
  visit(document, {
    Scalar(key, node) {
      if (key !== 'key' && isScalar(node) && typeof node.value === 'string' && NUMERAL.test(node.value)) {
        node.type = 'QUOTE_DOUBLE';
      }
    },
  });
  return document.toString({ lineWidth: 0 });
}

const DECIMALS = 4;

/**
 * A league file of scored units: indexes to four places, ranks by the tie rule, marked as worked out; or as
 * assumed, with the changes that every unit is taken to make, in the name too.
 */
export function leagueText(table: Standings, changes: Bilingual | null): string {
  const { year } = table.rows[0]!.result;
  const ranked = table.rows.filter((row) => row.best !== null);
  const working = { vi: 'Chấm từ số liệu của từng đơn vị', en: "Scored from each unit's reading" };
  const assumed = changes && { vi: changes.vi, en: changes.en ?? changes.vi };
  const reason = assumed && {
    vi: `Giả định mọi đơn vị: ${assumed.vi}`,
    en: `Every unit is taken to have: ${assumed.en}`,
  };
  return stringify(
    {
      name: {
        vi: `Các đơn vị được chấm, năm ${year}${assumed ? ` (giả định: ${assumed.vi})` : ''}`,
        en: `Units scored, ${year}${assumed ? ` (assumed: ${assumed.en})` : ''}`,
      },
      year,
      scale: 100,
      size: ranked.length,
      decimals: DECIMALS,
      ties: table.ties,
      ...(reason ? { provenance: 'assumed', reason } : { provenance: 'inferred', working }),
      units: ranked.map(({ result, index, rank }) => ({
        unit: result.unit,
        ...(result.code !== null && { code: result.code }),
        ...(rank !== null && { rank }),
        ...(index && { score: roundToPoints(index, DECIMALS) / 10 ** DECIMALS }),
      })),
    },
    { lineWidth: 0 },
  );
}
