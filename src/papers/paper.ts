import { basename, extname } from 'node:path';
import { isFigure, type Sheet, sheetOfTexts } from '../files/cells.js';
import { decodeText } from '../files/decode.js';
import { readDocx } from '../files/docx.js';
import { readBytes } from '../files/limits.js';
import { readTables } from '../files/read.js';
import { type Diagnostic, error, failure, type Place, type Result, warning } from '../values/diagnostic.js';

/** A paper that an office received: what it says in paragraphs, and its tables. */
export interface Paper {
  file: string;
  paragraphs: Paragraph[];
  tables: Sheet[];
}

type Reader = (file: string) => Promise<Result<Paper>>;

/** Text, with the tables of Markdown or those pasted from a sheet. */
const text =
  (isMarkdown: boolean): Reader =>
  async (file) => {
    const bytes = await readBytes(file);
    if (!bytes.ok) return bytes;
    const read = decodeText(file, bytes.value, true);
    if (!read.ok) return read;
    const said = read.value.text;
    const { tables, rest } = isMarkdown ? markdownTables(said, file) : pastedTables(said, file);
    return { ...read, value: { file, paragraphs: paragraphsOf(rest), tables } };
  };

const word: Reader = async (file) => {
  const bytes = await readBytes(file);
  if (!bytes.ok) return bytes;
  const read = readDocx(file, bytes.value);
  if (!read.ok) return read;
  const tables = read.value.tables.map((rows, i) =>
    sheetOfTexts(
      file,
      rows.map((row) =>
        row.map(({ text, row: line, column }) => ({
          text,
          place: { file: `${file}#${i + 1}`, line, column },
        })),
      ),
    ),
  );
  const paragraphs = read.value.paragraphs.flatMap(({ text, inTable }, i) =>
    text.split('\n').map((part) => ({ text: part.trim(), line: i + 1, inTable })),
  );
  return { ok: true, value: { file, paragraphs, tables }, diagnostics: read.diagnostics };
};

const table: Reader = async (file) => {
  const read = await readTables(file);
  if (!read.ok) return read;
  return { ...read, value: { file, paragraphs: [], tables: read.value } };
};

/** A page format: its text cannot be told from its layout, and a scan has none. */
const page: Reader = async (file) => {
  const bytes = await readBytes(file);
  return bytes.ok ? failure({ ...error('no-text', { file: basename(file) }), place: { file } }) : bytes;
};

/** One reader per ending. */
const readers: Readonly<Record<string, Reader>> = {
  docx: word,
  docm: word,
  txt: text(false),
  md: text(true),
  csv: table,
  tsv: table,
  xlsx: table,
  xlsm: table,
  xls: table,
  ods: table,
  pdf: page,
};

/** Reads a paper by the ending of its name. */
export async function openPaper(file: string): Promise<Result<Paper>> {
  const ending = file === '-' ? 'txt' : extname(file).slice(1).toLowerCase();
  const reader = Object.hasOwn(readers, ending) ? readers[ending] : undefined;
  const options = Object.keys(readers).filter((e) => !['pdf', 'xls', 'ods'].includes(e));
  return reader
    ? reader(file)
    : failure({ ...error('unknown-file-type', { file, options }), place: { file } });
}

/** Whether a table has a number in a cell, or points in words: a letterhead or who signs has none. */
export const hasFigures = ({ rows }: Sheet): boolean =>
  rows.some(({ cells }) => cells.some((cell) => isFigure(cell) || /\d\s*điểm/iu.test(cell.text)));

/**
 * The tables of a page, with those that go on on the next as one: without a head, of figures, and of as many columns as
 * the table before. Sheets of a workbook do not go on.
 */
export function goneOn(tables: readonly Sheet[], hasHead: (table: Sheet) => boolean): Sheet[] {
  const whole: Sheet[] = [];
  let width: number | null = null;
  for (const table of tables) {
    const headed = hasHead(table);
    const before = whole.at(-1);
    if (!headed && before && width !== null && table.width === width && hasFigures(table))
      whole[whole.length - 1] = { ...before, rows: [...before.rows, ...table.rows] };
    else {
      whole.push(table);
      width = headed ? (table.width ?? null) : null;
    }
  }
  return whole;
}

/** That tables are not used, each at its place. */
export const unusedTables = (tables: readonly Sheet[]): Diagnostic[] =>
  tables.map(({ file, rows }) => ({
    ...warning('table-not-used', { rows: rows.length }),
    place: rows[0]?.cells[0]?.place ?? { file },
  }));

const SCALE = /(?:^|\()thang\s+điểm:?\s*(\d{2,3}|1000)(?:\s+điểm)?(?:\)|[.;]?$)/iu;

/** The scale that lines say, alone or in brackets: `Thang điểm: 60`; null where they say several. */
export function scaleSaid(lines: readonly { text: string }[]): number | null {
  const said = lines.flatMap(({ text }) => SCALE.exec(text.slice(0, 400).normalize('NFC').trim())?.[1] ?? []);
  return new Set(said).size === 1 ? Number(said[0]) : null;
}

/** A paragraph of a paper, with the line it begins at (one-based). */
export interface Paragraph {
  text: string;
  line: number;
  /** Whether it stands in a table's cell. */
  inTable?: boolean;
}

/** What stands before a colon under a loss: what was lacking, who acts, what is to be done. */
export const LABELS =
  'Tồn tại, hạn chế|Hạn chế, tồn tại|Nguyên nhân, hạn chế|Hạn chế|Yêu cầu|Tồn tại|Nguyên nhân(?: (?:mất|trừ|bị trừ) điểm| chủ yếu| cụ thể)?|Lý do(?: (?:mất|trừ|bị trừ) điểm)?|' +
  'Trách nhiệm thực hiện|Trách nhiệm|(?:Cơ quan, đơn vị|Cơ quan|Đơn vị|Bộ phận) (?:chủ trì|thực hiện|phụ trách|chịu trách nhiệm|tham mưu)(?: thực hiện)?|Chủ trì(?: thực hiện)?|Phân công(?: thực hiện)?|' +
  'Việc cần làm|Nhiệm vụ(?:, giải pháp)?|Giải pháp(?: khắc phục)?|Biện pháp(?: khắc phục)?|Hướng khắc phục|Khắc phục|Mức cần đạt|Chỉ tiêu|Tài liệu kiểm chứng|Minh chứng|Sản phẩm|Thời hạn(?: hoàn thành)?|Thời gian(?: hoàn thành| thực hiện)|(?:Cơ quan|Đơn vị) phối hợp|Phối hợp';

// What a paragraph begins with: a number, a letter, a bullet, a heading, a criterion, an order.
const BEGINS =
  /^(?:\d{1,2}[.)](?!\d)\s*\p{L}|(?:[IVX]{1,5}|[A-ZĐ])[.)]\s|[a-zđ][.)]\s|[*•+]\s?|[-–]\s|#{1,6}\s|Tiêu chí\s+\d|Lĩnh vực\s|Kính gửi|Nơi nhận|Số:|Giao\s|Năm\s+\d{4},|\p{Lu}[\p{L} ]{1,40},\s*ngày\s|\d+(?:\.\d+)+[.:)]?\s+\p{Lu})/u;
const LABELLED = new RegExp(`^(?:${LABELS})\\s*:`, 'u');
const PAGE_NUMBER = /^(?:[-–]\s*)?\d{1,3}(?:\s*[-–])?$/;

/**
 * The paragraphs of a plain text. Text that was taken from a page breaks its lines anywhere, with or without an empty
 * line between them: a line goes on with the one before it unless that one ended a sentence or this one begins something.
 * An empty line ends a paragraph where none stands within a sentence.
 */
export function paragraphsOf(text: string): Paragraph[] {
  const paragraphs: Paragraph[] = [];
  const lines = text.normalize('NFC').split(/\r\n|\r|\n/);
  const afterEmpty = (i: number) => i > 0 && lines[i - 1]!.trim() === '';
  const spaced = lines.some((l, i) => afterEmpty(i) && /^\s*\p{Ll}/u.test(l) && !BEGINS.test(l.trim()));
  lines.forEach((raw, i) => {
    const line = plainLine(raw);
    if (line === '' || PAGE_NUMBER.test(line)) return;
    const last = paragraphs.at(-1);
    const begins =
      (!spaced && afterEmpty(i)) ||
      BEGINS.test(line) ||
      LABELLED.test(line) ||
      /^(?:\*\*|#)/.test(raw.trim()) ||
      repeats(last, line);
    const ended = last !== undefined && /[.;:!?/]$/.test(last.text);
    if (last && !begins && (!ended || /^\p{Ll}/u.test(line))) last.text = `${last.text} ${line}`;
    else paragraphs.push({ text: line, line: i + 1 });
  });
  return paragraphs.map((p) => ({ ...p, text: p.text.replace(/\s+/g, ' ').trim() }));
}

const TABLE_ROW = /^\s*\|.*\|\s*$/;
const TABLE_RULE = /^\s*\|(?:\s*:?-+:?\s*\|)+\s*$/;

/** The tables of a Markdown text, and its other lines where they stand. */
function markdownTables(text: string, file: string): { tables: Sheet[]; rest: string } {
  const lines = text.normalize('NFC').split(/\r\n|\r|\n/);
  const tables: ReturnType<typeof cellsOf>[][] = [];
  const rest = lines.map((line, i) => {
    if (!TABLE_ROW.test(line)) return line;
    const before = TABLE_ROW.test(lines[i - 1] ?? '');
    // A line of dashes below its first row makes it a table.
    if (!before && TABLE_RULE.test(lines[i + 1] ?? '')) tables.push([]);
    else if (!before) return line;
    if (!TABLE_RULE.test(line)) tables.at(-1)?.push(cellsOf(line, { file, line: i + 1 }));
    return '';
  });
  return { tables: tables.map((rows) => sheetOfTexts(file, rows)), rest: rest.join('\n') };
}

/** Tables pasted from a sheet or a document: lines of cells with tabs between, the first of three or more. */
function pastedTables(text: string, file: string): { tables: Sheet[]; rest: string } {
  const lines = text.normalize('NFC').split(/\r\n|\r|\n/);
  const tables: { text: string; place: Place }[][][] = [];
  let within = false;
  const rest = lines.map((line, i) => {
    const cells = line
      .split('\t')
      .map((cell, j) => ({ text: plainLine(cell), place: { file, line: i + 1, column: j + 1 } }));
    const begins =
      !within && cells.filter((cell) => cell.text !== '').length > 2 && /\t/.test(lines[i + 1] ?? '');
    within = begins || (within && cells.length > 1);
    if (begins) tables.push([]);
    if (within) tables.at(-1)!.push(cells);
    return within ? '' : line;
  });
  return { tables: tables.map((rows) => sheetOfTexts(file, rows)), rest: rest.join('\n') };
}

const cellsOf = (line: string, place: { file: string; line: number }) =>
  line
    .trim()
    .slice(1, -1)
    .split(/(?<!\\)\|/)
    .map((cell, i) => ({
      text: plainLine(cell.replace(/<br\s*\/?>/giu, '\n')),
      place: { ...place, column: i + 1 },
    }));

/** Whether a line begins with the words of the heading above it (`7. Điều tra xã hội học`). */
function repeats(last: Paragraph | undefined, line: string): boolean {
  const heading = last && /^(?:\d{1,2}|[IVX]{1,5})[.)]\s+(.+)$/u.exec(last.text)?.[1]?.toLowerCase();
  return heading !== undefined && line.toLowerCase().startsWith(heading);
}

/** A text without the stars of a footnote: `Sở A (*)`, `2*`. */
export const withoutStars = (text: string): string => text.replace(/\s*(?:\*+|\(\*+\))$/, '');

/** A line without what Markdown marks it with. */
function plainLine(raw: string): string {
  return raw
    .replace(/[\u00a0\u202f\u200b\ufeff\t]/g, ' ')
    .replace(/^\s*#{1,6}\s+/, '')
    .replace(/(\*\*|__)(.*?)\1/g, '$2')
    .replace(/(?<![\p{L}\d*])\*(?=\S)([^*]+)(?<=\S)\*(?![\p{L}\d*])/gu, '$1')
    .replace(/\\([\\|<>*_`~#])/g, '$1')
    .trim();
}
