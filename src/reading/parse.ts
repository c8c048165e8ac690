import type { Catalogue, Criterion } from '../catalogue/catalogue.js';
import { findCriterion, findInput, idsMeant, isForKind, isNumberOfId } from '../catalogue/select.js';
import type { InputValue } from '../rules/apply.js';
import { levelNamed } from '../rules/rule.js';
import { readAnswer, readNotApplicable, readStatus } from '../values/answer.js';
import {
  type Diagnostic,
  error,
  hasErrors,
  type KeyPath,
  note,
  type PartialResult,
  partialOf,
  warning,
} from '../values/diagnostic.js';
import { fromZod, isMap } from '../values/from-zod.js';
import { fold, nearest } from '../values/suggest.js';
import {
  type EntryContext,
  incomplete,
  isCounted,
  measure,
  percentOrPlan,
  type RawMeasure,
  readVolume,
  type ScalarData,
  unknownParts,
  withMonths,
} from './measure.js';
import { isPublished, readPublished } from './published.js';
import type { Entry, Reading } from './reading.js';
import { readRelative } from './relative.js';
import { type EntryData, entryShape, readingShape, unreadShape } from './shape.js';

/** What is wrong with a reading's shape alone, for one whose catalogue is unknown. */
export function checkReadingShape(data: unknown): Diagnostic[] {
  const parsed = readingShape.safeParse(data);
  return parsed.success ? [] : fromZod(parsed.error, data);
}

/** The data with the catalogue that it is read under, where it names none. */
function underCatalogue(data: unknown, catalogue: string): unknown {
  if (!isMap(data)) return data;
  const given = data.catalogue;
  return given === undefined || given === null || given === '' ? { ...data, catalogue } : data;
}

/**
 * Checks plain data against a catalogue and builds a reading; data that name no catalogue are of this one. Every fault
 * is reported at once.
 */
export function parseReading(data: unknown, catalogue: Catalogue): PartialResult<Reading> {
  const { whole, written } = partsTogether(underCatalogue(data, catalogue.id), catalogue);
  const read = readWhole(whole, catalogue);
  if (written.size === 0) return read;
  return {
    ...read,
    diagnostics: read.diagnostics.map((d) => {
      const key = written.get(d.path.slice(1, 4).join('\n'));
      return key === undefined ? d : { ...d, path: ['indicators', key, ...d.path.slice(4)] };
    }),
  };
}

/**
 * Data with the values of a criterion that stand apart, as `4.1.paid` in rows of a form, put together under `4.1`; `written`
 * has the key of each by where it went.
 */
function partsTogether(
  whole: unknown,
  catalogue: Catalogue,
): { whole: unknown; written: Map<string, string> } {
  const written = new Map<string, string>();
  const given = isMap(whole) ? whole.indicators : null;
  const several = catalogue.criteria.some(
    ({ compiled: { inputs } }) => inputs.length > 1 || isCounted(inputs[0]),
  );
  if (!several || !isMap(whole) || !isMap(given)) return { whole, written };
  const indicators = new Map(Object.entries(given));
  for (const [key, raw] of Object.entries(given)) {
    const part = findInput(catalogue, key);
    if (!('criterion' in part) || part.index === null) continue;
    const { criterion } = part;
    const { holder, name, entry } = entryOfPart(raw, part);
    const id = [...indicators.keys()].find((k) => findCriterion(catalogue, k) === criterion) ?? criterion.id;
    const held = indicators.get(id) ?? {};
    if (!isMap(held) || (held[holder] !== undefined && !isMap(held[holder]))) continue;
    indicators.set(id, { ...held, [holder]: { ...(held[holder] as object | undefined), ...entry[holder] } });
    indicators.delete(key);
    written.set([id, holder, name].join('\n'), key);
  }
  return written.size === 0
    ? { whole, written }
    : { whole: { ...whole, indicators: Object.fromEntries(indicators) }, written };
}

/** The entries of a reading's data under the catalogue's own ids, those of one criterion put together. */
export function entriesById(data: unknown, catalogue: Catalogue): Record<string, unknown> {
  const { whole } = partsTogether(data, catalogue);
  const given = isMap(whole) && isMap(whole.indicators) ? whole.indicators : {};
  return Object.fromEntries(
    Object.entries(given).map(([key, entry]) => {
      const criterion = findCriterion(catalogue, key);
      return ['id' in criterion ? criterion.id : key, entry];
    }),
  );
}

/** One of a criterion's several values, or of its named counts. */
type Part = Extract<ReturnType<typeof findInput>, { index: number }>;

/** The entry that says only one of several values, or one named count: `4.1.paid: 5` is `4.1: {values: {paid: 5}}`. */
function entryOfPart(raw: unknown, { criterion, index, count }: Part) {
  const alone = isMap(raw) && Object.keys(raw).length === 1 && raw.value !== undefined;
  const name = count ?? criterion.compiled.inputs[index]!.key!;
  const holder = count === null ? 'values' : 'counts';
  return { holder, name, entry: { [holder]: { [name]: alone ? raw.value : raw } } };
}

/** A reading whose keys are checked first, and then each entry by its criterion; faults of some leave the others. */
function readWhole(whole: unknown, catalogue: Catalogue): PartialResult<Reading> {
  let parsed = unreadShape.safeParse(whole);
  const diagnostics = parsed.success ? [] : fromZod(parsed.error, whole);
  if (!parsed.success && isMap(whole)) {
    const faulty = new Set(diagnostics.map(({ path }) => path[0]));
    const sound = Object.entries(whole).filter(([key]) => !faulty.has(key) || key === 'indicators');
    const { id, year } = catalogue;
    parsed = unreadShape.safeParse({ unit: '–', year, catalogue: id, ...Object.fromEntries(sound) });
  }
  if (!parsed.success) return { ok: false, diagnostics };
  const { unit, code = null, year, indicators } = parsed.data;
  diagnostics.push(...checkYear(year, catalogue));
  const kind = readKind(parsed.data.kind, catalogue, diagnostics);
  const entries = new Map<string, Entry>();
  const faulty = new Set<string>();
  for (const [id, raw] of Object.entries(indicators)) {
    const path = ['indicators', id];
    const criterion = findCriterion(catalogue, id);
    if (!('id' in criterion)) {
      diagnostics.push(unknownCriterion(id, criterion, catalogue, path));
      continue;
    }
    if (entries.has(criterion.id)) {
      diagnostics.push(error('duplicate-id', { id: criterion.id }, path));
      continue;
    }
    const read = readEntry(raw, criterion, catalogue.decimals, path, year);
    diagnostics.push(...read.diagnostics);
    if (!read.entry && hasErrors(read.diagnostics)) faulty.add(criterion.id);
    if (read.entry && kind !== null && !isForKind(criterion, kind))
      diagnostics.push(warning('not-for-unit', { id: criterion.id, kind }, path));
    if (read.entry) entries.set(criterion.id, read.entry);
  }
  const waits = ({ value, volume, deducted }: Entry) => value === null && deducted === null && volume?.none;
  const missing = catalogue.criteria
    .filter((c) => isForKind(c, kind) && !faulty.has(c.id))
    .map((c) => c.id)
    .filter((id) => !entries.has(id) || waits(entries.get(id)!));
  if (missing.length > 0) diagnostics.push(warning('unknown-values', { ids: missing }, ['indicators']));
  const reading = { unit, code, year, catalogue: catalogue.id, kind, entries };
  return partialOf(reading, diagnostics);
}

/** A key that is no key of an entry but one of its inputs, parts or counts, with the place that it has. */
function placed(d: Diagnostic, { compiled: { inputs } }: Criterion): Diagnostic {
  if (d.code !== 'unknown-key') return d;
  const names = inputs.flatMap((input): (readonly [string, string])[] => {
    if (inputs.length > 1) return [[input.key ?? '', 'values']];
    if (input.form !== 'line') return [];
    return input.counts
      ? input.counts.counts.map((key) => [key, 'counts'])
      : (input.share?.parts.map(({ key }) => [key, 'parts']) ?? []);
  });
  const holder = names.find(([name]) => fold(name) === fold(d.params.key));
  return holder ? { ...d, params: { ...d.params, suggestion: `${holder[1]}: {${holder[0]}: …}` } } : d;
}

/** The unit's kind as the catalogue writes it; a warning where criteria ask for it and it is not said, or not known. */
function readKind(
  written: string | undefined,
  catalogue: Catalogue,
  diagnostics: Diagnostic[],
): string | null {
  const limited = catalogue.criteria.filter((c) => c.units);
  const kinds = [...new Set(limited.flatMap((c) => c.units?.kinds ?? []))];
  if (written === undefined) {
    const ids = limited.map((c) => c.id);
    if (ids.length > 0) diagnostics.push(warning('kind-missing', { ids, options: kinds }));
    return null;
  }
  const kind = kinds.find((k) => fold(k) === fold(written));
  if (kind !== undefined) return kind;
  const suggestion = nearest(written, kinds);
  if (suggestion !== undefined)
    diagnostics.push(warning('unknown-kind', { value: written, suggestion }, ['kind']));
  return written;
}

/** Whether a catalogue is meant for a year; a warning where it is not. */
export function checkYear(year: number, { valid, year: meant }: Catalogue): Diagnostic[] {
  if (!valid)
    return year === meant ? [] : [warning('other-year', { reading: year, catalogue: meant }, ['year'])];
  const outside = year < valid.from || (valid.to !== null && year > valid.to);
  return outside
    ? [warning('outside-validity', { year, from: valid.from, to: valid.to, used: meant }, ['year'])]
    : [];
}

function unknownCriterion(
  id: string,
  meant: { readonly suggestion: string | undefined },
  catalogue: Catalogue,
  path: KeyPath,
): Diagnostic {
  if (isNumberOfId(catalogue, id)) return error('id-read-as-number', { value: id }, path);
  const dated = idsMeant(catalogue, id);
  if (dated) return error('unknown-criterion', { value: id, dated }, path);
  // Of a hundred thousand such ids a few are told: only those are looked for.
  const params = {
    value: id,
    get suggestion() {
      return meant.suggestion;
    },
  };
  return error('unknown-criterion', params, path);
}

interface ReadEntry {
  entry: Entry | null;
  diagnostics: Diagnostic[];
}

/** Checks one entry (a value, or a map) of a criterion, as scenarios and `--set` give it. */
export function parseEntry(
  data: unknown,
  criterion: Criterion,
  decimals: number,
  path: KeyPath,
  year: number,
): ReadEntry {
  const read = readEntry(data, criterion, decimals, path, year);
  if (read.entry || hasErrors(read.diagnostics)) return read;
  return { entry: null, diagnostics: [...read.diagnostics, error('no-value', { id: criterion.id }, path)] };
}

/** Checks one of several values, or one named count, as `--set 2.2.paid=60%` gives it: an entry that says only that. */
export function parsePart(
  data: unknown,
  part: Part,
  decimals: number,
  path: KeyPath,
  year: number,
): ReadEntry {
  const alone = entryOfPart(data, part).entry;
  const { entry, diagnostics } = readEntry(alone, part.criterion, decimals, path, year);
  const told = diagnostics
    .filter(({ code }) => code !== 'value-incomplete')
    .map((d) => ({ ...d, path: [...path, ...d.path.slice(path.length + 2)] }));
  return { entry: hasErrors(told) ? null : entry, diagnostics: told };
}

const WAYS = ['value', 'done', 'months', 'parts', 'counts', 'values', 'exempt', 'not_applicable'] as const;

/** The entry with its exemption and its 'not applicable' kept only where they say yes, or name a document. */
function withAnswers(raw: EntryData, { at, diagnostics }: EntryContext): EntryData {
  const { exempt, not_applicable, ...rest } = raw;
  const kept = (key: 'exempt' | 'not_applicable', written: ScalarData | undefined) => {
    if (written === undefined) return {};
    const text = String(written);
    const answer = key === 'not_applicable' ? readNotApplicable(written) : readAnswer(written);
    if (answer === 'unclear') diagnostics.push(error('unclear-answer', { value: text, key }, at(key)));
    return answer === 'yes' || answer === 'text' ? { [key]: text.normalize('NFC').trim() } : {};
  };
  return { ...rest, ...kept('exempt', exempt), ...kept('not_applicable', not_applicable) };
}

/**
 * The entry with the last of its course as its value, where it has no other and that is no count: counts by month are
 * as often of each month alone.
 */
function withCourse(fields: EntryData, { criterion, at, diagnostics }: EntryContext): EntryData {
  const last = fields.history?.at(-1);
  const { inputs } = criterion.compiled;
  const [input] = inputs;
  if (last === undefined || isPublished(fields) || WAYS.some((key) => fields[key] !== undefined))
    return fields;
  if (inputs.length !== 1 || input?.form !== 'line' || input.quantity === 'count') return fields;
  const params = { value: `history: ${fields.history!.join(', ')}`, meaning: `value: ${last}` };
  diagnostics.push(note('read-as', params, at('history')));
  return { ...fields, value: last };
}

/** The fields that a scalar stands for: a value, or a status in its place; a level of the rule goes before a status. */
function fieldsOf(written: ScalarData, { criterion, at, diagnostics }: EntryContext): EntryData {
  const { inputs } = criterion.compiled;
  const [input] = inputs;
  if (inputs.length === 1 && input?.form === 'table' && levelNamed(String(written), input.levels) >= 0)
    return { value: written };
  const said = readStatus(written);
  if (said?.status === 'not_applicable') return { not_applicable: true };
  if (said?.status === 'exempt') return { exempt: said.document };
  if (said) diagnostics.push(error('unclear-status', { value: String(written) }, at('value')));
  return { value: written };
}

/** Reads one entry; one that says nothing of a value, such as that it is not exempt, is null without an error. */
function readEntry(
  data: unknown,
  criterion: Criterion,
  decimals: number,
  path: KeyPath,
  year: number,
): ReadEntry {
  if ((data ?? '') === '')
    return { entry: null, diagnostics: [error('no-value', { id: criterion.id }, path)] };
  const parsed = entryShape.safeParse(data);
  if (!parsed.success) {
    const faults = fromZod(parsed.error, data, path);
    const told = faults.map((d) => (d.path.length === path.length + 1 ? placed(d, criterion) : d));
    return { entry: null, diagnostics: told };
  }
  const raw = parsed.data as ScalarData | EntryData;
  const scalar = typeof raw !== 'object';
  const at = (key: string) => (scalar ? path : [...path, key]);
  const diagnostics: Diagnostic[] = [];
  const context: EntryContext = { criterion, decimals, year, at, diagnostics };
  const written = scalar ? fieldsOf(raw, context) : raw;
  if (hasErrors(diagnostics)) return { entry: null, diagnostics };
  const fields = withCourse(withAnswers(written, context), context);
  const given = WAYS.filter((key) => fields[key] !== undefined);
  const excuse = given.some((key) => key === 'exempt' || key === 'not_applicable');
  // An accepted explanation gives the points, and the value is still what was measured.
  const explains = criterion.exemption !== null && fields.not_applicable === undefined;
  const stating = given.filter((key) => key !== 'exempt' || !explains);
  if (stating.length > 1 || (excuse && fields.deducted !== undefined)) {
    const keys = [...given, ...(fields.deducted !== undefined ? ['deducted'] : [])];
    return { entry: null, diagnostics: [error('two-values', { id: criterion.id, keys }, path)] };
  }
  if (given.length === 0 && !isPublished(fields)) {
    // 'Not exempt' or 'applicable' alone gives no value: the criterion stays unknown.
    const answered = !scalar && (raw.exempt !== undefined || raw.not_applicable !== undefined);
    if (answered || hasErrors(diagnostics)) return { entry: null, diagnostics };
    return { entry: null, diagnostics: [error('no-value', { id: criterion.id }, path)] };
  }
  if (fields.exempt !== undefined && !criterion.exemption)
    diagnostics.push(warning('not-exemptible', { id: criterion.id }, at('exempt')));
  if (fields.plan !== undefined && fields.total !== undefined)
    diagnostics.push(error('two-values', { id: criterion.id, keys: ['total', 'plan'] }, at('plan')));
  const planned = fields.plan !== undefined || criterion.basis === 'plan';
  const [input] = criterion.compiled.inputs;
  const quantity = input?.form === 'line' ? input.quantity : 'percent';
  if (quantity === 'percent') diagnostics.push(...percentOrPlan(fields, context));
  const volume = readVolume(fields, planned, quantity, context);
  // Of what is expected while nothing has come yet there is no value: it is unknown.
  const { value, inputs, counts } =
    volume?.none && input?.whenNone === null ? NOTHING : readMeasured(withMonths(fields, volume), context);
  const relative = readRelative(fields, context);
  const published = readPublished(fields, value, context);
  return {
    entry: {
      value,
      inputs,
      counts,
      volume,
      ...relative,
      ...published,
      exempt: fields.exempt === undefined ? null : String(fields.exempt),
      notApplicable: fields.not_applicable !== undefined,
      provenance: fields.provenance ?? 'stated',
      source: fields.source ?? null,
      note: fields.note ?? null,
      evidence: fields.evidence ?? [],
      path,
    },
    diagnostics,
  };
}

const NOTHING = { value: null, inputs: null, counts: null };

function readMeasured(
  fields: EntryData,
  { criterion, at, diagnostics, year }: EntryContext,
): Pick<Entry, 'value' | 'inputs' | 'counts'> {
  const { inputs } = criterion.compiled;
  const raw = rawMeasure(fields);
  if (criterion.compiled.todo) {
    if (raw || fields.values) diagnostics.push(warning('rule-todo', { id: criterion.id }, at('value')));
    return NOTHING;
  }
  if (!raw && (fields.done !== undefined || fields.parts !== undefined)) {
    diagnostics.push(error('missing-key', { key: 'total' }, at('total')));
    return NOTHING;
  }
  if (inputs.length > 1) {
    const keys = inputs.map((i) => i.key ?? '');
    if (!fields.values) {
      if (raw) diagnostics.push(error('wants-parts', { options: keys, id: criterion.id }, at('value')));
      return NOTHING;
    }
    const has = (key: string) => fields.values?.[key] !== undefined;
    diagnostics.push(...unknownParts(fields.values, keys, at('values')));
    diagnostics.push(...incomplete(criterion.id, keys, has, at('values')));
    const values = inputs.map((input): InputValue | null => {
      const key = input.key ?? '';
      const part = fields.values?.[key];
      const path = [...at('values'), key];
      if (part === undefined) return null;
      const one = rawMeasure(typeof part === 'object' ? (part as EntryData) : { value: part });
      if (!one) {
        diagnostics.push(error('no-value', { id: criterion.id }, path));
        return null;
      }
      const read = measure(one, input, criterion.id, path, year);
      diagnostics.push(...read.diagnostics);
      return read.value;
    });
    return values.every((v) => v !== null)
      ? { ...NOTHING, value: { inputs: values, ratio: null } }
      : { ...NOTHING, inputs: values };
  }
  if (fields.values) {
    diagnostics.push(error('unknown-key', { key: 'values', suggestion: 'value' }, at('values')));
    return NOTHING;
  }
  const [input] = inputs;
  if (!raw || !input) return NOTHING;
  const path = raw.form === 'scalar' ? at('value') : at('done').slice(0, -1);
  const read = measure(raw, input, criterion.id, path, year);
  diagnostics.push(...read.diagnostics);
  const { value, ratio, counts } = read;
  return {
    value: value && { inputs: [value], ratio, ...(counts && { counts }) },
    inputs: null,
    counts: !value && counts && isCounted(input) ? { given: counts, input } : null,
  };
}

function rawMeasure({ value, done, total, parts, counts }: EntryData): RawMeasure | null {
  if (value !== undefined) return { form: 'scalar', value };
  if (counts !== undefined) return { form: 'counts', counts };
  if (total === undefined) return null;
  if (done !== undefined) return { form: 'ratio', done, total };
  return parts === undefined ? null : { form: 'parts', total, parts };
}
