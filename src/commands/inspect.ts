import { columnName } from '../files/cells.js';
import { checkDocuments, type Inspected } from '../files/inspect.js';
import { type FileContent, readFileContent } from '../files/read.js';
import type { SheetAccount, TableAccount } from '../files/sheet-results.js';
import { answerOf } from '../render/answer.js';
import { dataOf, tableOf, type ViewField } from '../render/field.js';
import { type Block, factsOf, listOf, type Presentation, textOf, visible } from '../render/presentation.js';
import type { Messages } from '../text/index.js';
import { readAs } from '../text/numbers.js';
import type { DiagnosticParams } from '../values/codes.js';
import type { Diagnostic } from '../values/diagnostic.js';
import { type Command, EXIT } from './shared/command.js';
import { shared } from './shared/options.js';

/** What the answer itself shows, or what does not concern how a file is read. */
const TOLD = new Set(['read-as', 'cells-not-used', 'sheet-not-used', 'unseen-read', 'unknown-values']);

const command: Command = {
  arguments: [{ name: 'inspected', syntax: '<file...>' }],
  options: [shared.catalogue],
  examples: ['cchc inspect bang-diem.xlsx', 'cchc inspect cac-xa.csv --format json'],
  without: ['explainInput', 'strict'],
  async run(call) {
    await call.checkCatalogue();
    call.settle();
    const seen: InspectedFile[] = [];
    for (const file of call.args) {
      const content = await readFileContent(file);
      const checked = await checkDocuments(
        file,
        content.documents ?? [],
        true,
        call.text('catalogue'),
        call.schemes,
      );
      const told = [...content.diagnostics, ...checked.flatMap((c) => c.diagnostics)];
      seen.push({ file, content, checked, coercions: told.filter((d) => d.code === 'read-as') });
      call.note(told.filter((d) => !TOLD.has(d.code)));
    }
    return {
      presentation: presentInspection(seen, call.messages),
      exit: call.failed ? EXIT.input : EXIT.fine,
    };
  },
};

/** A file that has been looked at: what it is made of, what its documents are, and what was read another way. */
interface InspectedFile {
  file: string;
  content: FileContent;
  checked: readonly Inspected[];
  coercions: readonly Diagnostic[];
}

/** Units and cells that people are shown one by one; machines get them all. */
const SHOWN = 12;
const MOST_COERCIONS = 4 * SHOWN;

/** What each file was understood to be: sheets, heads, columns, units, coercions, and every cell not used. */
function presentInspection(files: readonly InspectedFile[], messages: Messages): Presentation {
  return {
    json: { schema: 'cchc/inspect@1', files: files.map(fileJson) },
    blocks: files.flatMap((seen) => fileBlocks(seen, messages)),
    data: accountData(files),
  };
}

const readings = ({ checked }: InspectedFile) =>
  checked.flatMap(({ opened }) => (opened ? [opened.reading] : []));

/** A sheet's place in words: `B4` in a sheet, line and column in a text. */
const placeOf = ({ place }: Diagnostic): string =>
  place?.line === undefined ? (place?.file.split('#')[1] ?? '') : `${place.line}:${place.column ?? 1}`;

/** A value that was not read as it stands: where, what stands there, and what it was read as. */
function coercionOf(d: Diagnostic) {
  const { value, meaning } = d.params as DiagnosticParams['read-as'];
  return { at: placeOf(d), found: value, meaning };
}

function fileJson(seen: InspectedFile) {
  const { file, content, checked, coercions } = seen;
  return {
    file,
    kind: checked[0]?.kind ?? null,
    documents: content.documents?.length ?? null,
    encoding: content.encoding,
    sheets: content.sheets.map((sheet) => ({
      name: sheet.name,
      hidden: sheet.hidden,
      separator: sheet.separator,
      unseen: sheet.unseen,
      head: sheet.tables[0]?.head ?? null,
      columns: columnsJson(sheet.tables[0]),
      further: sheet.tables.slice(1).map((table) => ({ head: table.head, columns: columnsJson(table) })),
      used: sheet.used,
      unused: [...sheet.unused].map(([why, { count, cells }]) => ({ why, count, cells })),
    })),
    units: readings(seen).map(({ unit, year, entries }) => ({ unit, year, criteria: entries.size })),
    coercions: coercions.map(coercionOf),
  };
}

const columnsJson = (table: TableAccount | undefined) =>
  (table?.columns ?? []).map((c) => ({ ...c, column: columnName(c.column) }));

function fileBlocks(seen: InspectedFile, messages: Messages): Block[] {
  const { labels, numbers } = messages;
  const say = labels.inspect;
  const { content, coercions } = seen;
  const kind = seen.checked[0]?.kind ?? null;
  const units = readings(seen);
  const total = (count: (sheet: SheetAccount) => number) =>
    numbers.number(content.sheets.reduce((sum, sheet) => sum + count(sheet), 0));
  const unused = (sheet: SheetAccount) =>
    [...sheet.unused.values()].reduce((sum, { count }) => sum + count, 0);
  const names = units.map(({ unit, year }) => `${unit} (${year})`);
  return listOf<Block>([
    answerOf(visible(seen.file), [
      { label: say.kind, text: kind === null ? say.unknownKind : (say.kinds[kind] ?? kind) },
      names.length > 0 && { label: say.units, text: someOf(names, messages) },
      content.sheets.length > 0
        ? [
            { label: say.used, text: total((sheet) => sheet.used) },
            { label: say.unused, text: total(unused) },
          ]
        : content.documents && { label: say.documents, text: numbers.number(content.documents.length) },
    ]),
    content.encoding !== null && factsOf([{ label: say.encoding, text: content.encoding }]),
    content.sheets.flatMap((sheet) => sheetBlocks(sheet, messages)),
    coercions.length > 0 && coercionsTable(coercions.slice(0, MOST_COERCIONS), messages),
    coercions.length > MOST_COERCIONS &&
      textOf(say.more(numbers.number(coercions.length - MOST_COERCIONS)), 'dim'),
  ]);
}

function coercionsTable(coercions: readonly Diagnostic[], { labels, numbers }: Messages): Block {
  const say = labels.inspect;
  const fields: ViewField<ReturnType<typeof coercionOf>>[] = [
    { key: 'at', title: say.at, text: (c) => c.at },
    { key: 'found', title: say.written, flexible: true, text: (c) => visible(c.found.slice(0, 60)) },
    { key: 'meaning', title: say.meaning, text: (c) => readAs(c.found, c.meaning, numbers.language) },
  ];
  return tableOf(fields, coercions.map(coercionOf), { title: say.coercions });
}

function sheetBlocks(sheet: SheetAccount, messages: Messages): Block[] {
  const { labels, numbers } = messages;
  const say = labels.inspect;
  const name = sheet.name === null ? say.table : say.sheet(visible(sheet.name), sheet.hidden);
  const { separator, tables, unseen } = sheet;
  const heads = tables.map(({ head }) => say.headRows(head.row, head.rows));
  const facts = factsOf(
    [
      separator !== null && { label: say.separator, text: separator === '\t' ? 'tab' : separator },
      (heads.length > 0 ? heads : [labels.none]).map((text) => ({ label: say.head, text })),
      unseen.rows.length > 0 && { label: say.unseenRows, text: someOf(unseen.rows, messages) },
      unseen.columns.length > 0 && { label: say.unseenColumns, text: someOf(unseen.columns, messages) },
      { label: say.used, text: numbers.number(sheet.used) },
      [...sheet.unused].map(([why, { count, cells }]) => ({
        label: say.unused,
        text: `${say.why[why]}: ${numbers.number(count)} (${someOf(cells, messages, count)})`,
      })),
    ],
    name,
  );
  return [facts, ...tables.map((table) => columnsTable(table, messages))];
}

function columnsTable({ columns }: TableAccount, { labels }: Messages): Block {
  const say = labels.inspect;
  const fields: ViewField<TableAccount['columns'][number]>[] = [
    { key: 'column', title: say.column, text: (c) => columnName(c.column) },
    { key: 'head', title: say.columnHead, flexible: true, text: (c) => visible(c.head.slice(0, 80)) },
    {
      key: 'key',
      title: say.meaning,
      text: ({ key, month, unit, criterion }) => {
        if (key === null) return say.unknownKind;
        const of = unit ?? criterion;
        return `${say.keys[key]}${month === null ? '' : `, T${month}`}${of === null ? '' : ` (${visible(of)})`}`;
      },
      tone: (c) => (c.key === null ? 'bad' : 'plain'),
    },
  ];
  return tableOf(fields, columns);
}

/** The first names of some, and how many more there are. */
function someOf(names: readonly string[], { labels, numbers }: Messages, count = names.length): string {
  const some = names.slice(0, SHOWN);
  const more = count - some.length;
  return [...some, ...(more > 0 ? [labels.inspect.more(numbers.number(more))] : [])].join(', ');
}

/** For machines: a line a column, a reason for which cells are not used, and a value read another way than written. */
function accountData(files: readonly InspectedFile[]) {
  const lines = files.flatMap(({ file, content, coercions }) => [
    ...content.sheets.flatMap(({ name: sheet, tables, unused, unseen }) => [
      ...tables
        .flatMap(({ columns }) => columns)
        .map(({ column, head, key }) => {
          return { file, sheet, what: 'column', where: columnName(column), text: head, means: key };
        }),
      ...(['rows', 'columns'] as const)
        .filter((which) => unseen[which].length > 0)
        .map((which) => ({ file, sheet, what: 'unseen', where: unseen[which].join(' '), means: which })),
      ...[...unused].map(([means, { count, cells }]) => {
        return { file, sheet, what: 'unused', where: cells.join(' '), means, count };
      }),
    ]),
    ...coercions.map(coercionOf).map(({ at, found, meaning }) => {
      return { file, what: 'coercion', where: at, text: found, means: meaning };
    }),
  ]);
  return dataOf(['file', 'sheet', 'what', 'where', 'text', 'means', 'count'], lines);
}

export default command;
