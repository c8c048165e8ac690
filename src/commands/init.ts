import { readFileSync } from 'node:fs';
import { basename, dirname, join, relative, resolve } from 'node:path';
import type { Catalogue } from '../catalogue/catalogue.js';
import { catalogueSources, listCatalogues, openCatalogue } from '../files/catalogue.js';
import { jsonSchemaOf } from '../files/json-schema.js';
import { isPath, wholeProgram } from '../files/paths.js';
import { checkYear } from '../reading/parse.js';
import { yamlForm } from '../reports/form.js';
import { diagnosticText } from '../text/index.js';
import { error } from '../values/diagnostic.js';
import type { Language } from '../values/scalars.js';
import type { Call } from './shared/call.js';
import type { Command } from './shared/command.js';
import { shared, wordOf } from './shared/options.js';

const command: Command = {
  arguments: [{ name: 'folder', syntax: '[folder]' }],
  options: [shared.catalogue, shared.unit, shared.year, shared.force],
  formats: [],
  without: ['explainInput', 'strict'],
  examples: [
    'cchc init --catalogue communes-example --unit "Xã A"',
    'cchc init cchc-2025 --catalogue criteria/tinh-2026.yaml --unit "Xã A" --year 2026',
  ],
  async run(call) {
    const [folder = '.'] = call.args;
    const asked = call.year();
    call.settle();
    const name = await chosenCatalogue(call);
    const [catalogue] = call.need(await openCatalogue(name, process.cwd(), asked));
    const year = asked ?? catalogue.year;
    call.note(checkYear(year, catalogue));
    const files = await filesOf(folder, name, catalogue, year, call);
    const outputs = Object.entries(files).map(([file, content]) => ({ file: join(folder, file), content }));
    const { raw: written } = await call.writeAll(outputs);
    const reading = join(folder, 'reading.yaml');
    const next = nextCommands(folder, 'cchc.mjs' in files);
    return { raw: `${written}\n${call.messages.labels.authoring.fillIn(reading)}\n${next}` };
  },
};

/** What to run once the reading is filled in: in the project's folder, by the program that stands there. */
function nextCommands(folder: string, hasProgram: boolean): string {
  const program = hasProgram ? 'node cchc.mjs' : 'cchc';
  const enter = resolve(folder) === process.cwd() ? [] : [`cd ${wordOf(folder)}`];
  return [...enter, `${program} score reading.yaml`, `${program} check`]
    .map((line) => `  ${line}\n`)
    .join('');
}

/** The catalogue that `--catalogue` names, or that the person at the terminal chooses from the list. */
async function chosenCatalogue(call: Call): Promise<string> {
  const { ask, messages } = call.session;
  const named = call.text('catalogue');
  if (named !== undefined) return named;
  const catalogues = (await listCatalogues()).map(({ id, catalogue }) => ({
    id,
    of: catalogue && {
      name: catalogue.name,
      level: catalogue.level,
      years: catalogue.valid ?? { from: catalogue.year, to: catalogue.year },
    },
  }));
  const which = error('choose-catalogue', { options: catalogues });
  if (!ask) return call.refuse(which);
  const lines = diagnosticText(which, messages).list.map((line, i) => `${i + 1}. ${line}\n`);
  const answer = await ask(`${lines.join('')}${messages.labels.authoring.askCatalogue}: `);
  return catalogues[Number(answer) - 1]?.id ?? (answer || call.refuse(which));
}

/** Every file of the project by its path in the folder. */
async function filesOf(
  folder: string,
  name: string,
  catalogue: Catalogue,
  year: number,
  call: Call,
): Promise<Record<string, string | Uint8Array>> {
  const { messages } = call;
  const unit = call.text('unit') ?? messages.labels.authoring.unit;
  const { named, copies } = await catalogueFor(folder, name, catalogue.id);
  const program = wholeProgram();
  return {
    ...projectFiles(unit, year, messages.language),
    'reading.yaml': yamlForm({ catalogue, unit, year, named, kind: null, last: null, messages }),
    'reading.schema.json': `${JSON.stringify(jsonSchemaOf('reading'), null, 2)}\n`,
    ...copies,
    ...(program !== null && { 'cchc.mjs': readFileSync(program) }),
  };
}

/**
 * How the reading names its catalogue, and what is copied for that: a shipped one by its id; a file of the project
 * where it stands; another file as a copy in `criteria/` by its id, or, when it extends files of other folders or one
 * that is called by its id, where it stands.
 */
async function catalogueFor(
  folder: string,
  name: string,
  id: string,
): Promise<{ named: string; copies: Record<string, Uint8Array> }> {
  const sources = await catalogueSources(name);
  const [file, ...bases] = sources;
  if (file === undefined) return { named: isPath(name) ? id : name, copies: {} };
  const there = relative(folder, file).replaceAll('\\', '/');
  const inside = !there.startsWith('..') && resolve(folder, there) === file;
  if (inside && there === `criteria/${id}.yaml`) return { named: id, copies: {} };
  const apart = (base: string) => dirname(base) !== dirname(file) || basename(base) === `${id}.yaml`;
  if (inside || bases.some(apart)) return { named: there.includes('/') ? there : `./${there}`, copies: {} };
  const copies: Record<string, Uint8Array> = { [`criteria/${id}.yaml`]: readFileSync(file) };
  for (const base of bases) copies[`criteria/${basename(base)}`] = readFileSync(base);
  return { named: id, copies };
}

export default command;

/** Comments of the files that `init` makes. */
const WORDS = {
  vi: {
    config: 'Ngưỡng mà mọi số liệu trong dự án phải đạt; chạy: node cchc.mjs check',
    league: 'Điểm hoặc hạng của các đơn vị trong nhóm, biết đến đâu ghi đến đó',
    group: (unit: string) => `Nhóm của ${unit}`,
    size: 'số đơn vị trong nhóm',
    workflow: 'Kiểm tra số liệu mỗi khi có thay đổi',
    program: 'cchc.mjs là cả công cụ trong một tệp, nằm cạnh đây; bản mới thì chép đè lên',
  },
  en: {
    config: 'What every reading of this project is held to; run: node cchc.mjs check',
    league: 'Scores or ranks of the units in the group, as far as they are known',
    group: (unit: string) => `The group of ${unit}`,
    size: 'units in the group',
    workflow: 'Checks the readings on every change',
    program: 'cchc.mjs is the whole tool in one file, kept here; copy a newer one over it',
  },
};

/** The files of a new project, beside its reading. */
function projectFiles(unit: string, year: number, language: Language): Record<string, string> {
  const words = WORDS[language];
  const quoted = JSON.stringify(unit);
  return {
    'cchc.config.yaml': `# ${words.config}\nfiles: [reading.yaml]\n# league: league.yaml\ngates:\n  max_assumed_points: 100\n  # min_score: 85\n  # max_rank: 20\n  # confidence: 0.9\n`,
    'league.yaml': `# ${words.league}\nname: ${JSON.stringify(words.group(unit))}\nyear: ${year}\nsize: 1 # ${words.size}\nunits:\n  - unit: ${quoted}\n`,
    '.github/workflows/cchc.yml': `# ${words.workflow}\nname: cchc\non: [push, pull_request]\njobs:\n  check:\n    runs-on: ubuntu-latest\n    steps:\n      - uses: actions/checkout@v4\n      - uses: actions/setup-node@v4\n        with: { node-version: 20 }\n      # ${words.program}\n      - run: node cchc.mjs check --format github\n`,
  };
}
