import { readFileSync } from 'node:fs';
import { basename, dirname, join, relative, resolve } from 'node:path';
import type { Catalogue } from '../catalogue/catalogue.js';
import { type Command, EXIT, type OptionValues, type Session, text } from '../cli/command.js';
import { Loader } from '../cli/load.js';
import { NumberOptions, shared } from '../cli/options.js';
import { type Diagnostic, error } from '../diagnostics/diagnostic.js';
import { catalogueSources, isPath, knownCatalogues, openCatalogue } from '../files/catalogue.js';
import { jsonSchemaOf } from '../files/json-schema.js';
import { wholeProgram } from '../files/package-root.js';
import { writeAllWhole } from '../files/write.js';
import { checkYear } from '../reading/parse.js';
import { yamlForm } from '../reports/form.js';
import { diagnosticText } from '../text/index.js';
import { projectFiles } from './init-project.js';

const command: Command = {
  arguments: [{ name: 'folder', syntax: '[folder]' }],
  options: [shared.catalogue, shared.unit, shared.year, shared.force],
  formats: [],
  without: ['explainInput', 'strict'],
  examples: [
    'cchc init --catalogue communes-example --unit "Xã A"',
    'cchc init cchc-2025 --catalogue criteria/tinh-2026.yaml --unit "Xã A" --year 2026',
  ],
  async run([folder = '.'], options, session) {
    const numbers = new NumberOptions();
    const asked = numbers.count('--year', options.year, 1990, 2200, 2025);
    if (numbers.diagnostics.length > 0) return { diagnostics: numbers.diagnostics, exit: EXIT.usage };
    const name = await chosenCatalogue(options, session);
    if (typeof name !== 'string') return { diagnostics: [name], exit: EXIT.usage };
    const loader = new Loader(options, session);
    const catalogue = loader.take(await openCatalogue(name, process.cwd(), asked));
    if (!catalogue) return loader.refusal();
    const year = asked ?? catalogue.year;
    loader.diagnostics.push(...checkYear(year, catalogue));
    const files = await filesOf(folder, name, catalogue, year, options, session);
    const outputs = Object.entries(files).map(([file, content]) => ({ file: join(folder, file), content }));
    const problems = writeAllWhole(outputs, options.force === true);
    if (problems.length > 0) return { diagnostics: problems, exit: EXIT.input };
    const raw = `${Object.keys(files)
      .map((file) => join(folder, file))
      .join('\n')}\n`;
    return {
      presentation: { json: null, blocks: [], raw },
      diagnostics: loader.diagnostics,
      exit: EXIT.fine,
    };
  },
};

/** The catalogue that `--catalogue` names, or that the person at the terminal chooses from the list. */
async function chosenCatalogue(
  options: OptionValues,
  { ask, messages }: Session,
): Promise<string | Diagnostic> {
  const named = text(options.catalogue);
  if (named !== undefined) return named;
  const known = (await knownCatalogues()).map(({ id, name, level, valid, year }) => ({
    id,
    name,
    level,
    years: valid ?? { from: year, to: year },
  }));
  const which = error('choose-catalogue', { known });
  if (!ask) return which;
  const lines = diagnosticText(which, messages).list?.map((line, i) => `${i + 1}. ${line}\n`) ?? [];
  const answer = await ask(`${lines.join('')}${messages.labels.authoring.askCatalogue}: `);
  return known[Number(answer) - 1]?.id ?? (answer === '' ? which : answer);
}

/** Every file of the project by its path in the folder. */
async function filesOf(
  folder: string,
  name: string,
  catalogue: Catalogue,
  year: number,
  options: OptionValues,
  { messages }: Session,
): Promise<Record<string, string | Uint8Array>> {
  const unit = text(options.unit) ?? messages.labels.authoring.unit;
  const { named, copies } = await catalogueFor(folder, name, catalogue.id);
  const program = wholeProgram();
  return {
    ...projectFiles({ unit, year, language: messages.language }),
    'reading.yaml': yamlForm({ catalogue, unit, year, named, last: null, messages }),
    'reading.schema.json': `${JSON.stringify(jsonSchemaOf('reading'), null, 2)}\n`,
    ...copies,
    ...(program !== null && { 'cchc.mjs': readFileSync(program) }),
  };
}

/**
 * How the reading names its catalogue, and what is copied for that: a shipped one by its id; a file of the project
 * where it stands; another file as a copy in `criteria/` by its id, or, when it extends files of other folders,
 * where it stands.
 */
async function catalogueFor(
  folder: string,
  name: string,
  id: string,
): Promise<{ named: string; copies: Record<string, Uint8Array> }> {
  const sources = await catalogueSources(name);
  const [own, ...bases] = sources;
  if (own === undefined) return { named: isPath(name) ? id : name, copies: {} };
  const there = relative(folder, own).replaceAll('\\', '/');
  const inside = !there.startsWith('..') && resolve(folder, there) === own;
  if (inside && there === `criteria/${id}.yaml`) return { named: id, copies: {} };
  if (inside || bases.some((base) => dirname(base) !== dirname(own)))
    return { named: there.includes('/') ? there : `./${there}`, copies: {} };
  const copies: Record<string, Uint8Array> = { [`criteria/${id}.yaml`]: readFileSync(own) };
  for (const base of bases) copies[`criteria/${basename(base)}`] = readFileSync(base);
  return { named: id, copies };
}

export default command;
