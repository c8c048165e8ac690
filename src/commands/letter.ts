import { openActions } from '../files/open.js';
import { FileNames, isFolder, readingFiles } from '../files/paths.js';
import { visible } from '../render/presentation.js';
import { ownerText } from '../render/words.js';
import { annexTable, type LetterDocument, leadsOf, letterOf } from '../reports/letter/model.js';
import { type ReportModel, reportModel } from '../reports/model.js';
import { type Diagnostic, error, warning } from '../values/diagnostic.js';
import { type Command, type Documents, type OptionValues, text } from './shared/command.js';
import { readingOptions, shared } from './shared/options.js';

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
  async run(call) {
    const { messages, options } = call;
    const { format } = call.session;
    const wrong = misplaced(options);
    if (wrong) call.refuse(wrong);
    const opened = await call.readings(readingFiles(call.args));
    const league = await call.league();
    call.settle();
    const folder = folderOf(options);
    if (folder === undefined) call.needOne(opened, format);
    const letters: { name: string; documents: () => Documents }[] = [];
    for (const { reading, catalogue } of opened) {
      const actions =
        (await call.opened(call.text('actions'), (file) => openActions(file, catalogue, reading.year))) ?? [];
      call.settle();
      const model = reportModel({ reading, catalogue, league }, messages);
      call.rivals(league, model.baseline);
      if (league && league.year !== reading.year)
        call.noteIn(call.text('league')!, [
          warning('league-of-other-year', { year: reading.year, league: league.year }),
        ]);
      call.settle();
      for (const lead of options.each === undefined ? [null] : leadsOf(model, actions, messages)) {
        const owner = lead === null ? '' : ` ${ownerText(catalogue, lead, messages)}`;
        letters.push({
          name: `${reading.unit} ${reading.year}${owner}`,
          documents: () => documentsOf(letterOf(model, actions, messages, lead), model),
        });
      }
    }
    if (folder === undefined) return { documents: letters[0]!.documents() };
    const names = new FileNames(folder, format === 'markdown' ? 'md' : format);
    return call.writeAll(
      letters.map(({ name, documents }) => ({
        file: names.of(name),
        content: async () => documents()[format]!(),
      })),
    );
  },
};

export default command;

/** A draft directive, as Markdown, as a Word document, or as its parts. */
const documentsOf = (letter: LetterDocument, { baseline: { unit, year } }: ReportModel): Documents => ({
  json: async () => `${JSON.stringify({ schema: 'cchc/letter@1', unit, year, ...letter }, null, 2)}\n`,
  markdown: async () => letterMarkdown(letter),
  docx: async () => (await import('../reports/letter/docx.js')).letterDocx(letter),
});

const escaped = (text: string) => visible(text).replace(/([\\|<>*_`~])/g, '\\$1');

/** A letter as Markdown, for mail and review. */
function letterMarkdown(letter: LetterDocument): string {
  const e = escaped;
  return [
    `**${letter.issuer.map(e).join(' ')}**`,
    `**${e(letter.country)}**\n**${e(letter.motto)}**`,
    `${e(letter.number)}  \n${e(letter.placeAndDate)}`,
    `${e(letter.subject)}`,
    [`${e(letter.toLabel)}`, ...letter.to.map((t) => `- ${e(t)}`)].join('\n'),
    e(letter.intro),
    e(letter.request),
    ...letter.sections.flatMap(({ heading, items, rest }) => [
      `## ${e(heading)}`,
      ...items
        .filter((item) => item.inText)
        .map(({ id, title, sentences }) => `**${e(id)}. ${e(title)}.** ${e(sentences.join(' '))}`),
      ...(rest === null ? [] : [e(rest)]),
    ]),
    e(letter.closing),
    [`**${e(letter.recipientsLabel)}**`, ...letter.recipients.map((r) => `- ${e(r)}`)].join('\n'),
    `**${letter.signing.map(e).join('**\n**')}**\n\n${e(letter.signature)}`,
    ...annexOf(letter, e),
    `*${e(letter.draftNote)}*`,
    '',
  ].join('\n\n');
}

function annexOf({ annex }: LetterDocument, e: (text: string) => string): string[] {
  if (annex.rows.length === 0) return [];
  const { heads, rows } = annexTable(annex);
  const row = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [
    `## ${e(annex.label)}. ${e(annex.title)}`,
    e(annex.reference),
    [heads.map(e), heads.map(() => '---'), ...rows.map((cells) => cells.map(e))].map(row).join('\n'),
    ...(annex.key === '' ? [] : [e(annex.key)]),
  ];
}
