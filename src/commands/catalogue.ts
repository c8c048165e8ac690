import { existsSync, readFileSync } from 'node:fs';
import { checkExamples, draftExamples, lintExamples, relativeParts } from '../analysis/examples.js';
import { type CheckedFile, judge, warningsGate } from '../analysis/gates.js';
import type { Catalogue } from '../catalogue/catalogue.js';
import { type CatalogueDiff, diffCatalogues } from '../catalogue/diff.js';
import { lintCatalogue } from '../catalogue/lint.js';
import { type Diagnostic, error, hasErrors, keepFirst, note, warning } from '../diagnostics/diagnostic.js';
import { nearest } from '../diagnostics/suggest.js';
import {
  catalogueFile,
  nameFrom,
  openCatalogue,
  openCatalogueFile,
  unknownCatalogue,
} from '../files/catalogue.js';
import { findConfig, openConfig } from '../files/config.js';
import { openReading } from '../files/open.js';
import { readDocument } from '../files/read.js';
import { writeWhole } from '../files/write.js';
import type { ReadingData } from '../files/writers.js';
import { fillExamples, yamlText } from '../files/yaml.js';
import { checkReadingShape, parseEntry, parseReading } from '../reading/parse.js';
import { formatNames, resultFormats } from '../render/formats.js';
import { NUMBERS } from '../text/numbers.js';
import { newCatalogue } from './catalogue-new.js';
import { presentCatalogue, presentDiff } from './catalogue-view.js';
import { presentCheck } from './check.js';
import { Acceptance } from './shared/acceptance.js';
import {
  type Command,
  EXIT,
  exitOf,
  misuse,
  type OptionValues,
  type Outcome,
  outcomeOf,
  type Session,
  text,
} from './shared/command.js';
import { Loader } from './shared/load.js';
import { NumberOptions, outputFolder } from './shared/options.js';

interface Action {
  /** Its options, by name; the others are those of another action. */
  options: readonly string[];
  formats: readonly string[];
  run(files: readonly string[], options: OptionValues, session: Session): Promise<Outcome>;
}

/** What can be done with catalogues. A new action is one entry here. */
const actions: Readonly<Record<string, Action>> = {
  new: {
    options: ['from', 'id', 'name', 'scale', 'year', 'review', 'strict'],
    formats: ['yaml'],
    run: (_files, options, session) => newCatalogue(options, session),
  },
  lint: { options: ['maxWarnings', 'fill', 'config'], formats: formatNames, run: lint },
  diff: { options: ['reading'], formats: resultFormats, run: diff },
  migrate: { options: [], formats: ['yaml'], run: migrate },
  docs: { options: [], formats: ['markdown', 'table', 'json', 'csv'], run: docs },
};

const actionOf = (name: string | undefined): Action | undefined =>
  name !== undefined && Object.hasOwn(actions, name) ? actions[name] : undefined;

/** Options given that are those of other actions. */
function foreign(action: Action, options: OptionValues): Diagnostic[] {
  const others = Object.values(actions).flatMap((a) => a.options.filter((o) => !action.options.includes(o)));
  return [...new Set(others)]
    .filter((name) => options[name] !== undefined)
    .map((name) =>
      error('unknown-option', {
        value: `--${name.replace(/[A-Z]/g, (c) => `-${c.toLowerCase()}`)}`,
        of: Object.keys(actions).filter((a) => actions[a]!.options.includes(name)),
      }),
    );
}

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
  async run([action, ...files], options, session) {
    const words = Object.keys(actions);
    const chosen = actionOf(action);
    if (chosen) {
      const wrong = foreign(chosen, options);
      return wrong.length > 0 ? misuse(wrong) : chosen.run(files, options, session);
    }
    const suggestion = nearest(action!, words);
    return misuse([error('unknown-action-word', { value: action!, options: words, suggestion })]);
  },
};

const missing = (name: string): Outcome => ({
  diagnostics: [error('missing-argument', { name, argument: 'catalogues' })],
  exit: EXIT.usage,
});

async function lint(names: readonly string[], options: OptionValues, session: Session): Promise<Outcome> {
  if (names.length === 0) return missing('catalogue');
  const numbers = new NumberOptions();
  const most = numbers.count('--max-warnings', options.maxWarnings, 0);
  if (numbers.diagnostics.length > 0) return misuse(numbers.diagnostics);
  const loader = new Loader(options, session);
  const configFile = text(options.config) ?? findConfig(process.cwd());
  const config = configFile === null ? null : loader.takeSound(await openConfig(configFile));
  if (loader.failed && !config) return loader.refusal();
  const acceptance = new Acceptance(config ?? null, configFile, session);
  const checked: CheckedFile[] = [];
  for (const name of names) {
    const file = catalogueFile(name, process.cwd());
    const opened = file === undefined ? unknownCatalogue(name, []) : await openCatalogueFile(file);
    // A catalogue inside a program in one file cannot be written.
    const fills = options.fill === true && !loader.failed && opened.ok && existsSync(file!);
    const left = fills ? await fillFile(file!, opened.value.catalogue) : [];
    const again = fills ? await openCatalogueFile(file!) : opened;
    const now = again.ok ? again.value : null;
    const problems = now
      ? [...lintCatalogue(now.catalogue), ...checkExamples(now.catalogue), ...lintExamples(now.catalogue)]
      : [];
    const more = now ? now.locate(problems) : [];
    const untold = fills && now ? now.locate(relativeParts(now.catalogue)) : [];
    const all = [...again.diagnostics, ...more, ...left, ...untold];
    checked.push({ file: name, diagnostics: acceptance.apply(all, now?.catalogue ?? null) });
  }
  const { errors, checked: ofConfig } = acceptance.end();
  if (loader.failed || errors.length > 0)
    return { diagnostics: [...loader.diagnostics, ...errors], exit: EXIT.input };
  checked.push(...ofConfig);
  const kept = checked.map((c) => ({ ...c, diagnostics: [...keepFirst(c.diagnostics)] }));
  const check = judge(kept, most === undefined ? [] : [warningsGate(checked, most)]);
  return outcomeOf(presentCheck(check, session.messages), [], exitOf(check.verdict));
}

/** Writes the examples that are missing into a catalogue's file; what could not be written. */
async function fillFile(file: string, catalogue: Catalogue): Promise<Diagnostic[]> {
  const filled = fillExamples(readFileSync(file, 'utf8'), draftExamples(catalogue, NUMBERS));
  const problem = await writeWhole(file, filled.text, true);
  return [
    ...(problem ? [problem] : []),
    ...(filled.left.length > 0 ? [warning('examples-left', { ids: filled.left })] : []),
  ];
}

async function diff(
  [from, to]: readonly string[],
  options: OptionValues,
  session: Session,
): Promise<Outcome> {
  if (from === undefined || to === undefined) return missing('catalogue');
  const loader = new Loader(options, session);
  const before = loader.take(await openCatalogue(from));
  const after = loader.take(await openCatalogue(to));
  if (!before || !after) return loader.refusal();
  const file = text(options.reading);
  const reading = file === undefined ? null : loader.take(await openReading(file, before));
  const document = file === undefined ? null : loader.take(await readDocument(file));
  if (loader.failed) return loader.refusal();
  const differences = diffCatalogues(before, after);
  let effect = null;
  if (reading && document) {
    const { data, lost } = carriedOver(document.data as ReadingData, differences);
    const read = parseReading(data, after);
    loader.diagnostics.push(...document.locate([...lost, ...read.diagnostics]));
    if (!read.ok) return loader.refusal();
    effect = { before: reading, after: { reading: read.value, catalogue: after } };
  }
  return outcomeOf(presentDiff(differences, effect, session.messages), loader.diagnostics);
}

async function docs([name]: readonly string[], options: OptionValues, session: Session): Promise<Outcome> {
  if (name === undefined) return missing('catalogue');
  const loader = new Loader(options, session);
  const catalogue = loader.take(await openCatalogue(name));
  if (!catalogue) return loader.refusal();
  return outcomeOf(presentCatalogue(catalogue, session.messages), loader.diagnostics);
}

export default command;

/** A reading of one catalogue as one of another: entries under their new ids, and those that have no place named. */
export async function migrate(
  [from, to, file]: readonly string[],
  options: OptionValues,
  session: Session,
): Promise<Outcome> {
  if (from === undefined || to === undefined || file === undefined)
    return misuse([error('missing-argument', { name: 'OLD NEW READING' })]);
  const loader = new Loader(options, session);
  const before = loader.take(await openCatalogue(from));
  const after = loader.take(await openCatalogue(to));
  const document = loader.take(await readDocument(file));
  if (document) loader.diagnostics.push(...document.locate(checkReadingShape(document.data)));
  if (!before || !after || !document || loader.failed) return loader.refusal();
  const { data, lost } = carriedOver(document.data as ReadingData, diffCatalogues(before, after));
  const added = after.criteria.filter((c) => !(c.id in data.indicators)).map((c) => c.id);
  const diagnostics = added.length > 0 ? [...lost, note('migrate-new', { ids: added })] : lost;
  const named = nameFrom(outputFolder(options), to, process.cwd(), after.id);
  const raw = yamlText({ ...data, catalogue: named });
  return outcomeOf({ json: null, blocks: [], raw }, [...loader.diagnostics, ...document.locate(diagnostics)]);
}

/** A reading's data under the ids of a newer catalogue, and the values that have no place there. */
function carriedOver(reading: ReadingData, { changes, after }: CatalogueDiff) {
  const indicators: ReadingData['indicators'] = {};
  const lost: Diagnostic[] = [];
  for (const [id, entry] of Object.entries(reading.indicators)) {
    const path = ['indicators', id];
    const change = changes.find((c) => c.before?.id === id);
    const now = change ? change.after : (after.criteria.find((c) => c.id === id) ?? null);
    // A value that the new rule cannot read has no place either.
    const read = now && parseEntry(entry, now, after.decimals, path, Number(reading.year));
    if (now && read && !hasErrors(read.diagnostics)) indicators[now.id] = entry;
    else lost.push(warning('migrate-lost', { id, to: now?.id ?? null }, path));
  }
  return { data: { ...reading, catalogue: after.id, indicators }, lost };
}
