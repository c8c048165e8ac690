import type { Action } from '../analysis/plan.js';
import { type Diagnostic, error } from '../diagnostics/diagnostic.js';
import { openActions } from '../files/open.js';
import { FileNames, isFolder, readingFiles } from '../files/paths.js';
import { writeAllWhole } from '../files/write.js';
import type { Presentation } from '../render/presentation.js';
import { ownerText } from '../render/words.js';
import { letterMarkdown } from '../reports/letter/markdown.js';
import { type Letter, leadsOf, letterOf } from '../reports/letter/model.js';
import { type ReportModel, reportModel } from '../reports/model.js';
import type { Messages } from '../text/index.js';
import { type Command, EXIT, type OptionValues, text } from './shared/command.js';
import { Loader } from './shared/load.js';
import { readingOptions, shared } from './shared/options.js';

const ENDINGS: Readonly<Record<string, string>> = { docx: 'docx', markdown: 'md', json: 'json' };

/** The folder that letters go into, if they do. */
const folderOf = (options: OptionValues): string | undefined => {
  const output = text(options.output);
  return text(options.each) ?? (output !== undefined && isFolder(output) ? output : undefined);
};

/** What is wrong with where one letter for each is to go. */
function misplaced(options: OptionValues): Diagnostic | null {
  const output = text(options.output);
  if (options.each === undefined) return null;
  if (options.each === true && output === undefined) return error('needs-option', { option: '--output' });
  const wanted = text(options.each) ?? `${output}/`;
  return output === undefined || folderOf(options) === output
    ? null
    : error('bad-choice', { option: '--output', value: output, options: [wanted] });
}

const command: Command = {
  arguments: [{ name: 'readings', syntax: '<file...>' }],
  options: [
    shared.league,
    { name: 'actions', flags: '--actions <file>' },
    { name: 'each', flags: '--each [folder]' },
    ...readingOptions,
  ],
  examples: [
    'cchc letter fixtures/nhu-xuan-2022.yaml --lang vi --output cong-van.docx',
    'cchc letter fixtures/nhu-xuan-2022.yaml --lang vi --each cong-van/',
    'cchc letter fixtures/nhu-xuan-2022.yaml --league fixtures/leagues/thanh-hoa-districts-2022.yaml \\',
    '    --actions fixtures/actions/nhu-xuan-2023.yaml --format markdown',
  ],
  // What goes into a folder is for Word, unless another format is asked for.
  formats: (_args, options) =>
    folderOf(options) === undefined ? ['markdown', 'docx', 'json'] : ['docx', 'markdown', 'json'],
  async run(files, options, session) {
    const wrong = misplaced(options);
    if (wrong) return { diagnostics: [wrong], exit: EXIT.usage };
    const loader = new Loader(options, session);
    const opened = await loader.readings(readingFiles(files));
    const league = await loader.league();
    const [first] = opened;
    if (!first || loader.failed) return loader.refusal();
    const folder = folderOf(options);
    const several = folder === undefined ? loader.notOne(opened, session.format) : null;
    if (several) return several;
    const named = text(options.actions);
    const all = [];
    for (const { reading, catalogue } of opened) {
      const actions =
        named === undefined ? [] : (loader.take(await openActions(named, catalogue, reading.year)) ?? []);
      if (loader.failed) return loader.refusal();
      const model = reportModel(
        { reading, catalogue, league, scenarios: [], changes: new Map() },
        session.messages,
      );
      all.push({ model, actions });
    }
    const { diagnostics } = loader;
    if (folder === undefined) {
      const { model, actions } = all[0]!;
      return { presentation: presentLetter(model, actions, session.messages), diagnostics, exit: EXIT.fine };
    }
    const written = await lettersFor(
      all,
      folder,
      options.each !== undefined,
      session.format,
      session.messages,
    );
    const problems = writeAllWhole(written, options.force === true);
    if (problems.length > 0) return { diagnostics: [...diagnostics, ...problems], exit: EXIT.input };
    const raw = written.map((f) => `${f.file}\n`).join('');
    return { presentation: { json: null, blocks: [], raw }, elsewhere: true, diagnostics, exit: EXIT.fine };
  },
};

/** The letters of several units, one a unit, or one for each lead unit of theirs. */
async function lettersFor(
  all: readonly { model: ReportModel; actions: readonly Action[] }[],
  folder: string,
  each: boolean,
  format: string,
  messages: Messages,
): Promise<{ file: string; content: string | Uint8Array }[]> {
  const names = new FileNames(folder, ENDINGS[format] ?? format);
  const files = [];
  for (const { model, actions } of all) {
    const { unit, year, catalogue } = model.baseline;
    for (const lead of each ? leadsOf(model, actions, messages) : [null]) {
      const letter = letterOf(model, actions, messages, lead);
      const owner = lead === null ? '' : ` ${ownerText(catalogue, lead, messages)}`;
      files.push({
        file: names.of(`${unit} ${year}${owner}`),
        content: await letterContent(letter, model, format),
      });
    }
  }
  return files;
}

export default command;

/** A draft directive, as Markdown, as a Word document, or as its parts. */
export function presentLetter(
  model: ReportModel,
  actions: readonly Action[],
  messages: Messages,
): Presentation {
  const letter = letterOf(model, actions, messages);
  return {
    json: letterJson(letter, model),
    blocks: [],
    documents: {
      markdown: () => letterContent(letter, model, 'markdown'),
      docx: () => letterContent(letter, model, 'docx'),
    },
  };
}

const letterJson = (letter: Letter, { baseline: { unit, year } }: ReportModel) => ({
  schema: 'cchc/letter@1',
  unit,
  year,
  ...letter,
});

/** A letter as a file of a format holds it. */
async function letterContent(
  letter: Letter,
  model: ReportModel,
  format: string,
): Promise<string | Uint8Array> {
  if (format === 'docx') return (await import('../reports/letter/docx.js')).letterDocx(letter);
  return format === 'json'
    ? `${JSON.stringify(letterJson(letter, model), null, 2)}\n`
    : letterMarkdown(letter);
}
