import { existsSync, readFileSync } from 'node:fs';
import { compare, sameInput, sameQuantity } from '../analysis/compare.js';
import { checkExamples, draftExamples, lintExamples, relativeParts } from '../analysis/examples.js';
import { explain } from '../analysis/explain.js';
import type { Catalogue, Criterion } from '../catalogue/catalogue.js';
import { type CatalogueDiff, type CriterionChange, diffCatalogues } from '../catalogue/diff.js';
import {
  catalogueFile,
  nameFrom,
  openCatalogue,
  openCatalogueFile,
  unknownCatalogue,
  yearsOfNumbers,
} from '../files/catalogue.js';
import { lintYears } from '../files/inspect.js';
import { movedTo, openReading, yearIn } from '../files/open.js';
import { readDocument } from '../files/read.js';
import { writeWhole } from '../files/write.js';
import type { ReadingData } from '../files/writers.js';
import { fillExamples, yamlText } from '../files/yaml.js';
import { checkReadingShape, checkYear, entriesById, parseEntry, parseReading } from '../reading/parse.js';
import type { CataloguedReading } from '../reading/reading.js';
import { answerOf } from '../render/answer.js';
import { criterionFields, maximumFields, tableOf, type ViewField, valuesOf } from '../render/field.js';
import { formatNames, resultFormats } from '../render/formats.js';
import { type Block, factsOf, listOf, type Presentation, textOf } from '../render/presentation.js';
import { pointsJson } from '../render/result-json.js';
import { ownersText, ruleText, schemeFacts, scopeFacts, scoreText } from '../render/words.js';
import type { ReadingResult } from '../scoring/result.js';
import type { Messages } from '../text/index.js';
import { NUMBERS } from '../text/numbers.js';
import { type Diagnostic, error, hasErrors, note, warning } from '../values/diagnostic.js';
import { isMap } from '../values/from-zod.js';
import { nearest } from '../values/suggest.js';
import { newCatalogue } from './catalogue-new.js';
import { presentExplanation } from './explain.js';
import type { Call } from './shared/call.js';
import type { Command, Outcome } from './shared/command.js';
import { Findings } from './shared/findings.js';
import { strayOptions } from './shared/options.js';

interface CatalogueAction {
  /** Its options, by name; the others are those of another action. */
  options: readonly string[];
  formats: readonly string[];
  run(call: Call, names: readonly string[]): Promise<Outcome>;
}

/** What can be done with catalogues. A new action is one entry here. */
const actions: Readonly<Record<string, CatalogueAction>> = {
  new: {
    options: ['from', 'id', 'name', 'scale', 'year', 'review', 'strict'],
    formats: ['yaml'],
    run: newCatalogue,
  },
  lint: { options: ['maxWarnings', 'fill', 'config'], formats: formatNames, run: lint },
  diff: { options: ['reading'], formats: resultFormats, run: diff },
  migrate: { options: [], formats: ['yaml'], run: migrate },
  docs: { options: [], formats: ['markdown', 'table', 'json', 'csv'], run: docs },
};

const actionOf = (name: string | undefined): CatalogueAction | undefined =>
  name !== undefined && Object.hasOwn(actions, name) ? actions[name] : undefined;

const command: Command = {
  arguments: [
    { name: 'action', syntax: '<action>' },
    { name: 'catalogues', syntax: '[catalogue...]' },
  ],
  options: [
    { name: 'from', flags: '--from <file>' },
    { name: 'review', flags: '--review <file>' },
    { name: 'catalogueId', flags: '--id <id>' },
    { name: 'catalogueName', flags: '--name <name>' },
    { name: 'scale', flags: '--scale <points>' },
    { name: 'yearOf', flags: '--year <year>' },
    { name: 'readingOf', flags: '--reading <file>' },
    { name: 'fill', flags: '--fill' },
    { name: 'maxWarnings', flags: '--max-warnings <count>' },
    { name: 'config', flags: '--config <file>' },
  ],
  examples: [
    'cchc catalogue new --from bang-tieu-chi.xlsx --year 2026 --output criteria/tinh-2026.yaml',
    'cchc catalogue new --from bang-tieu-chi.xlsx --year 2026 --review ra-soat.xlsx --output tinh-2026.yaml',
    'cchc catalogue lint criteria/*.yaml --max-warnings 0',
    'cchc catalogue lint criteria/tinh-2026.yaml --fill',
    'cchc catalogue diff old.yaml new.yaml --reading fixtures/nhu-xuan-2022.yaml',
    'cchc catalogue migrate old.yaml new.yaml fixtures/nhu-xuan-2022.yaml',
    'cchc catalogue docs thanh-hoa-district-2022 --lang vi --output tieu-chi.md',
  ],
  formats: ([action]) =>
    actionOf(action)?.formats ?? [...new Set(Object.values(actions).flatMap((a) => a.formats))],
  async run(call) {
    const [word, ...names] = call.args;
    const action = actionOf(word);
    if (!action) {
      const options = Object.keys(actions);
      const suggestion = nearest(word!, options);
      return call.refuse(error('unknown-action-word', { value: word!, options, suggestion }));
    }
    const optionsOf = Object.entries(actions).map(([name, { options }]) => [name, options] as const);
    call.misused(strayOptions(word!, Object.fromEntries(optionsOf), call.options));
    call.settle();
    return action.run(call, names);
  },
};

const missing = error('missing-argument', { name: 'catalogue', argument: 'catalogues' });

async function lint(call: Call, names: readonly string[]): Promise<Outcome> {
  if (names.length === 0) call.refuse(missing);
  const mostWarnings = call.count('maxWarnings', 0);
  call.settle();
  const findings = await Findings.open(call);
  for (const name of names) {
    const file = catalogueFile(name, process.cwd());
    const opened = file === undefined ? unknownCatalogue(name, []) : await openCatalogueFile(file);
    // A catalogue inside a program in one file cannot be written.
    const fills = call.has('fill') && !call.failed && opened.ok && existsSync(file!);
    const left = fills ? await fillFile(file!, opened.value.catalogue) : [];
    const again = fills ? await openCatalogueFile(file!) : opened;
    const all = [...again.diagnostics];
    if (again.ok) {
      const { catalogue, locate } = again.value;
      const ofYears = [...checkYear(catalogue.year, catalogue), ...(await lintYears(catalogue, file!))];
      all.push(...locate([...ofYears, ...checkExamples(catalogue), ...lintExamples(catalogue)]));
    }
    all.push(...left);
    if (fills && again.ok) all.push(...again.value.locate(relativeParts(again.value.catalogue)));
    findings.add(name, findings.accepted(all, again.ok ? again.value.catalogue : null));
  }
  return findings.judge([], mostWarnings);
}

/** Writes the examples that are missing into a catalogue's file; what could not be written. */
async function fillFile(file: string, catalogue: Catalogue): Promise<Diagnostic[]> {
  const filled = fillExamples(readFileSync(file, 'utf8'), draftExamples(catalogue, NUMBERS));
  const problem = await writeWhole(file, filled.text, true);
  return listOf([problem, filled.left.length > 0 && warning('examples-left', { ids: filled.left })]);
}

/** Two catalogues as they hold in a year; in their own, when none is given. */
const bothAt = (year: number | undefined, ...names: [string, string]) =>
  Promise.all([openCatalogue(names[0], process.cwd(), year), openCatalogue(names[1], process.cwd(), year)]);

async function diff(call: Call, [from, to]: readonly string[]): Promise<Outcome> {
  if (from === undefined || to === undefined) return call.refuse(missing);
  const file = call.text('reading');
  const document = await call.opened(file, readDocument);
  // What changes for a reading is what does in its year.
  const year = yearIn(document?.data);
  const [before, after] = call.need(...(await bothAt(year, from, to)));
  const differences = diffCatalogues(before, after);
  let effect = null;
  if (document) {
    const [reading] = call.need(await openReading(file!, before));
    const { data, lost } = carriedOver(document.data as ReadingData, differences);
    const read = parseReading(data, after);
    const [now] = call.need({ ...read, diagnostics: document.locate([...lost, ...read.diagnostics]) });
    effect = { before: reading, after: { reading: now, catalogue: after } };
  } else {
    const years = await otherYears(differences, from, to, call.messages);
    if (years.length > 0) call.note(warning('differs-by-year', { years }));
  }
  return { presentation: presentDiff(differences, effect, call.messages) };
}

/** Years in which two catalogues that date their numbers differ in other things than in their own. */
async function otherYears(
  own: CatalogueDiff,
  from: string,
  to: string,
  messages: Messages,
): Promise<number[]> {
  const told = (differences: CatalogueDiff) =>
    JSON.stringify(linesOfDiff(differences, messages).map(({ id, kind, what }) => [id, kind, what]));
  const dated = new Set([...(await yearsOfNumbers(from)), ...(await yearsOfNumbers(to))]);
  const years: number[] = [];
  for (const year of [...dated].sort((p, q) => p - q)) {
    const [before, after] = await bothAt(year, from, to);
    if (before.ok && after.ok && told(diffCatalogues(before.value, after.value)) !== told(own))
      years.push(year);
  }
  return years;
}

async function docs(call: Call, [name]: readonly string[]): Promise<Outcome> {
  if (name === undefined) return call.refuse(missing);
  const [catalogue] = call.need(await openCatalogue(name));
  return { presentation: presentCatalogue(catalogue, call.messages) };
}

export default command;

/** A reading of one catalogue as one of another: entries under their new ids, and those that have no place named. */
async function migrate(call: Call, [from, to, file]: readonly string[]): Promise<Outcome> {
  if (from === undefined || to === undefined || file === undefined)
    return call.refuse(error('missing-argument', { name: 'OLD NEW READING' }));
  const opened = await readDocument(file);
  const shape = opened.ok ? opened.value.locate(checkReadingShape(opened.value.data)) : [];
  const year = opened.ok ? yearIn(opened.value.data) : undefined;
  const [before, after, document] = call.need(...(await bothAt(year, from, to)), {
    ...opened,
    diagnostics: [...opened.diagnostics, ...shape],
  });
  const moved = movedTo(call.folder, document) as ReadingData;
  const { data, lost } = carriedOver(moved, diffCatalogues(before, after));
  call.note(document.locate(lost));
  const added = after.criteria.filter((c) => !(c.id in data.indicators)).map((c) => c.id);
  if (added.length > 0) call.note(document.locate([note('migrate-new', { ids: added })]));
  return { raw: yamlText({ ...data, catalogue: nameFrom(call.folder, to, process.cwd(), after.id) }) };
}

/** What an entry says in points. */
const PUBLISHED = ['deducted', 'self_scored', 'appraised', 'max'];

/** Whether every number that the one criterion asks for means the same for the other. */
const sameQuantities = (p: Criterion, q: Criterion): boolean =>
  p.compiled.inputs.every((input) => {
    const other = sameInput(input, q);
    return input.form !== 'line' || (other !== undefined && sameQuantity(input, other));
  });

/** A reading's data under the ids of a newer catalogue, and the values that have no place there. */
function carriedOver(reading: ReadingData, { changes, before, after }: CatalogueDiff) {
  const indicators: ReadingData['indicators'] = {};
  const lost: Diagnostic[] = [];
  for (const [id, entry] of Object.entries(entriesById(reading, before))) {
    const path = ['indicators', id];
    const change = changes.find((c) => c.before?.id === id);
    // What the old catalogue has no criterion for is none of the new one's either, though it may have that number.
    const same = before.criteria.some((c) => c.id === id) && after.criteria.find((c) => c.id === id);
    const now = change ? change.after : same || null;
    // A value that the new rule cannot read has no place either.
    const read = now && parseEntry(entry, now, after.decimals, path, Number(reading.year));
    const means = now && (!read?.entry?.value || sameQuantities(change?.before ?? now, now));
    if (!now || !means || hasErrors(read!.diagnostics)) {
      lost.push(warning('migrate-lost', { id, to: now?.id ?? null }, path));
      continue;
    }
    indicators[now.id] = entry;
    if (change?.name) {
      const names = { before: change.before!.name.vi, after: now.name.vi };
      lost.push(warning('migrate-renamed', { id: now.id, ...names }, path));
    }
    // Points are those of the rule that they were given under.
    const keys =
      change?.max || change?.rule ? PUBLISHED.filter((key) => isMap(entry) && entry[key] !== undefined) : [];
    if (keys.length > 0) lost.push(warning('migrate-points', { id: now.id, keys }, path));
  }
  return { data: { ...reading, catalogue: after.id, indicators }, lost };
}

/** The years that a catalogue holds for. */
const yearsText = ({ valid, year }: Catalogue) => (valid ? `${valid.from}–${valid.to ?? '…'}` : String(year));

/** A whole catalogue as a page: its criteria in a table, then each with its rule, picture and sources. */
export function presentCatalogue(catalogue: Catalogue, messages: Messages): Presentation {
  const { labels, numbers } = messages;
  const { decimals } = catalogue;
  const explained = catalogue.criteria.map((c) => presentExplanation(explain(catalogue, c, null), messages));
  const fields = summaryFields(catalogue, messages);
  const blocks: Block[] = [
    answerOf(numbers.pick(catalogue.name), [
      { label: labels.columns.id, text: `${catalogue.id} · ${yearsText(catalogue)}` },
      {
        label: labels.score.total,
        text: labels.criteria.total(catalogue.criteria.length, numbers.points(catalogue.scale, decimals)),
      },
    ]),
    factsOf([
      { label: labels.columns.id, text: catalogue.id },
      { label: labels.columns.year, text: yearsText(catalogue) },
      { label: labels.columns.max, text: numbers.points(catalogue.scale, decimals) },
      schemeFacts(catalogue, messages),
      catalogue.sources.map((s) => ({ label: labels.explain.source, text: numbers.pick(s.title) })),
    ]),
    tableOf(fields, catalogue.criteria, { titles: labels.columns }),
    // One answer is enough: that of the whole. Each criterion's facts come below its heading.
    ...explained.flatMap((p) =>
      p.blocks.map((b): Block => (b.kind === 'answer' ? { kind: 'heading', text: b.title } : b)),
    ),
  ];
  return {
    json: {
      schema: 'cchc/catalogue@1',
      id: catalogue.id,
      year: catalogue.year,
      criteria: explained.map((p) => p.json),
    },
    blocks,
    data: valuesOf(fields, catalogue.criteria),
  };
}

function summaryFields(catalogue: Catalogue, messages: Messages): ViewField<Criterion>[] {
  const { labels } = messages;
  const { decimals } = catalogue;
  return [
    ...criterionFields((c: Criterion) => c, messages),
    ...maximumFields(messages, decimals),
    { key: 'rule', flexible: true, text: (c) => ruleText(c, decimals, messages) },
    {
      key: 'owners',
      title: labels.columns.owner,
      flexible: true,
      text: (c) => ownersText(c.owners, catalogue, messages),
      value: (c) => c.owners.join('; '),
    },
  ];
}

/** What changed between two catalogues, and what that does to a reading. */
export function presentDiff(
  diff: CatalogueDiff,
  effect: { before: CataloguedReading; after: CataloguedReading } | null,
  messages: Messages,
): Presentation {
  const { labels, numbers } = messages;
  const say = labels.authoring;
  const { before, after } = diff;
  const compared = effect && compare(effect.before, effect.after);
  const signed = (p: number | null) => (p === null || !compared ? '?' : numbers.signed(p, compared.decimals));
  const scored = (result: ReadingResult) => scoreText(result, messages);
  const fields = changeFields(messages);
  const lines = [...yearLine(before, after, messages), ...linesOfDiff(diff, messages)];
  const blocks = listOf<Block>([
    answerOf(`${say.diffTitle} · ${before.id} → ${after.id}`, [
      { label: labels.columns.change, text: say.changed(diff.changes.length) },
      compared && { label: labels.columns.points, text: signed(compared.change.total) },
    ]),
    lines.length === 0 && diff.scheme.length === 0 && textOf(say.same),
    lines.length > 0 && tableOf(fields, lines, { titles: labels.columns }),
    effect &&
      compared &&
      factsOf(
        [
          { label: labels.columns.before, text: scored(compared.before) },
          { label: labels.columns.after, text: scored(compared.after) },
          { label: labels.compare.rules, text: signed(compared.change.rules) },
          { label: labels.columns.change, text: signed(compared.change.total) },
        ],
        say.effect(effect.before.reading.unit, effect.before.reading.year),
      ),
  ]);
  const pointsOf = (moved: CatalogueDiff['scale']) =>
    moved && {
      before: pointsJson(moved.before, before.decimals),
      after: pointsJson(moved.after, after.decimals),
    };
  const json = {
    schema: 'cchc/catalogue-diff@1',
    from: before.id,
    to: after.id,
    years: { before: yearsText(before), after: yearsText(after) },
    scale: pointsOf(diff.scale),
    scheme: diff.scheme,
    changes: diff.changes.map((c) => ({
      kind: c.kind,
      id: (c.before ?? c.after)!.id,
      ...(c.kind === 'moved' && { to: c.after!.id }),
      max: pointsOf(c.max),
      rule: c.rule,
      owners: c.owners,
      name: c.name,
      field: c.field,
      scope: c.scope,
    })),
    effect: compared && {
      change: pointsJson(compared.change.total, compared.decimals),
      rules: pointsJson(compared.change.rules, compared.decimals),
    },
  };
  return { json, blocks, data: valuesOf(fields, lines) };
}

/** One thing that changed of a criterion, or of the scheme, before and after. */
interface ChangeLine {
  id: string;
  kind: CriterionChange['kind'];
  what: string;
  before: string;
  after: string;
}

function changeFields({ labels }: Messages): ViewField<ChangeLine>[] {
  return [
    { key: 'id', text: (l) => l.id },
    {
      key: 'kind',
      title: labels.columns.change,
      text: (l) => labels.authoring.kinds[l.kind],
      value: (l) => l.kind,
    },
    { key: 'what', title: ' ', text: (l) => l.what },
    { key: 'before', flexible: true, text: (l) => l.before },
    { key: 'after', flexible: true, text: (l) => l.after },
  ];
}

/** A line for each thing that changed. */
const linesOfDiff = ({ before, after, changes }: CatalogueDiff, messages: Messages): ChangeLine[] => [
  ...schemeLines(before, after, messages),
  ...changes.flatMap((c) => linesOf(c, before, after, messages)),
];

/** A line where two catalogues hold for other years. */
function yearLine(old: Catalogue, now: Catalogue, { labels }: Messages): ChangeLine[] {
  const [before, after] = [yearsText(old), yearsText(now)];
  return before === after ? [] : [{ id: '', kind: 'changed', what: labels.columns.year, before, after }];
}

/** A line for each thing that changed of the whole scheme, and of what it makes of its criteria's points. */
function schemeLines(before: Catalogue, after: Catalogue, messages: Messages): ChangeLine[] {
  const { labels, numbers } = messages;
  const say = labels.scheme;
  const scale = (c: Catalogue) => ({ label: labels.columns.max, text: numbers.points(c.scale, c.decimals) });
  const places = ({ decimals }: Catalogue) =>
    before.decimals === after.decimals ? [] : [{ label: say.rounding, text: say.places(decimals) }];
  const facts = (c: Catalogue) => [scale(c), ...places(c), ...schemeFacts(c, messages)];
  const [old, now] = [facts(before), facts(after)];
  const said = (facts: typeof old, what: string) =>
    facts
      .filter((f) => f.label === what)
      .map((f) => f.text)
      .join(' · ');
  return [...new Set([...old, ...now].map((f) => f.label))].flatMap((what): ChangeLine[] => {
    const line = { id: '', kind: 'changed' as const, what, before: said(old, what), after: said(now, what) };
    return line.before === line.after ? [] : [line];
  });
}

/** A line for each thing that changed of a criterion. */
function linesOf(
  change: CriterionChange,
  before: Catalogue,
  after: Catalogue,
  messages: Messages,
): ChangeLine[] {
  const { labels, numbers } = messages;
  const { before: old, after: now } = change;
  const id = change.kind === 'moved' ? `${old!.id} → ${now!.id}` : (old ?? now)!.id;
  const line = (what: string, words: (c: Criterion, of: Catalogue) => string): ChangeLine => ({
    id,
    kind: change.kind,
    what,
    before: old ? words(old, before) : '',
    after: now ? words(now, after) : '',
  });
  const name = (c: Criterion) => numbers.pick(c.name);
  const max = (c: Criterion, of: Catalogue) => numbers.points(c.max, of.decimals);
  const rule = (c: Criterion, of: Catalogue) => ruleText(c, of.decimals, messages);
  const owners = (c: Criterion, of: Catalogue) => ownersText(c.owners, of, messages);
  const scope = (c: Criterion, of: Catalogue) =>
    [
      ...scopeFacts(c, of, messages).map((fact) => `${fact.label}: ${fact.text}`),
      ...(c.exemption ? [`${labels.explain.exemption}: ${numbers.pick(c.exemption)}`] : []),
      ...(c.basis === 'plan' ? [labels.authoring.ofPlan] : []),
    ].join('; ');
  if (!old || !now) return [line(labels.columns.criterion, name), line(labels.columns.max, max)];
  const lines = listOf([
    change.name && line(labels.columns.criterion, name),
    change.max && line(labels.columns.max, max),
    change.rule && line(labels.columns.rule, rule),
    change.field && line(labels.columns.field, (c) => c.field),
    change.owners && line(labels.columns.owner, owners),
    change.scope && line(labels.authoring.scope, scope),
  ]);
  return lines.length > 0 ? lines : [line(labels.columns.id, (c) => c.id)];
}
