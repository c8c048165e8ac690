import type { Diagnostic, Place } from '../values/diagnostic.js';
import { greatest } from '../values/search.js';

/** A cell that is not blank. */
export interface SheetCell {
  readonly value: string | number;
  /** The cell as it is written: an id `1.10` is not the number 1.1. */
  readonly text: string;
  /** One-based, as `A` is 1. */
  readonly column: number;
  /** Whether a CSV has the cell without quotes; a worksheet's cell needs none. */
  readonly bare?: boolean;
  /** Why the cell has no value: an Excel error, or a formula that was never worked out. */
  readonly unread?: Diagnostic | undefined;
  readonly place: Place;
}

/** The cells of a row that are not blank, from left to right; a CSV makes them anew each time they are asked for. */
export interface SheetRow {
  /** One-based. */
  readonly number: number;
  readonly cells: SheetCell[];
  /** The text of the first cell, where it is had without making the others. */
  readonly opening?: string;
}

/** A rectangle of cells that are shown as one; ends are included. */
export interface CellRange {
  top: number;
  left: number;
  bottom: number;
  right: number;
}

/** A CSV file, or a worksheet: only what is not blank. */
export interface Sheet {
  file: string;
  /** Null for CSV. */
  name: string | null;
  hidden: boolean;
  /** Numbers of rows that are not shown, by a filter or by hand, and hold something; and of columns that are not. */
  unseen: { rows: Set<number>; columns: Set<number> };
  rows: SheetRow[];
  merges: CellRange[];
  /** A CSV's separator; null for a worksheet. */
  separator: string | null;
  /** Columns of a table on a page, blank ones among them. */
  width?: number;
}

/** A sheet without rows. */
export function emptySheet(file: string, separator: string | null = null): Sheet {
  const unseen = { rows: new Set<number>(), columns: new Set<number>() };
  return { file, name: null, hidden: false, unseen, rows: [], merges: [], separator };
}

/** A part of a cell's text, with the cell's place. */
export function partOf({ column, place }: Pick<SheetCell, 'column' | 'place'>, text: string): SheetCell {
  return { value: text, text, column, place };
}

/** `A` for 1, `AA` for 27. */
export function columnName(column: number): string {
  let name = '';
  for (let n = column; n > 0; n = Math.floor((n - 1) / 26))
    name = String.fromCharCode(65 + ((n - 1) % 26)) + name;
  return name;
}

/** Digits of a raised run, such as the mark of a footnote: `95` and a raised `1` are not 951. */
export const raisedDigits = (text: string): string =>
  text.replace(/\d/g, (digit) => '⁰¹²³⁴⁵⁶⁷⁸⁹'[Number(digit)]!);

/** `5–8`, `12` for rows or columns that are counted, each run of them by its ends. */
export function runsOf(numbers: Iterable<number>, name: (n: number) => string = String): string[] {
  const runs: [from: number, to: number][] = [];
  for (const n of [...numbers].sort((a, b) => a - b)) {
    const last = runs.at(-1);
    if (last?.[1] === n - 1) last[1] = n;
    else runs.push([n, n]);
  }
  return runs.map(([from, to]) => (from === to ? name(from) : `${name(from)}–${name(to)}`));
}

/** The rows and columns of a sheet that are not shown and hold something. */
export function hiddenOf({ unseen, rows }: Sheet): { rows: string[]; columns: string[] } {
  const columns = new Set<number>();
  if (unseen.columns.size > 0)
    for (const { cells } of rows)
      for (const { column } of cells) if (unseen.columns.has(column)) columns.add(column);
  return { rows: runsOf(unseen.rows), columns: runsOf(columns, columnName) };
}

/** A cell's address: `B4`. */
export const cellName = (row: number, column: number): string => `${columnName(column)}${row}`;

/** The table of a page, whose rows have a text for every column; what is blank is left out. */
export function sheetOfTexts(
  file: string,
  rows: readonly (readonly { text: string; place: Place }[])[],
): Sheet {
  const filled = rows.map((row, i) => ({
    number: i + 1,
    cells: row
      .map(({ text, place }, j) => partOf({ column: j + 1, place }, text))
      .filter(({ text }) => text.trim() !== ''),
  }));
  return {
    ...emptySheet(file),
    rows: filled.filter(({ cells }) => cells.length > 0),
    width: greatest(rows.map((row) => row.length)),
  };
}

/** A row's cell in a column. */
export const cellAt = ({ cells }: SheetRow, column: number | undefined): SheetCell | undefined =>
  cells.find((cell) => cell.column === column);

/** The text of a cell in one line, its letters composed; nothing where there is none. */
export const lineOf = (cell: SheetCell | undefined): string =>
  cell?.text.normalize('NFC').replace(/\s+/g, ' ').trim() ?? '';

/** Whether a cell holds a number, as it is or in signs. */
export const isFigure = (cell: SheetCell): boolean =>
  typeof cell.value === 'number' || /^[\d.,\s]+%?$/.test(cell.text.slice(0, 40));

/** A text short enough for a message. */
export const shortened = (text: string): string => (text.length > 80 ? `${text.slice(0, 80)}…` : text);

/** `Tổng cộng toàn huyện`, `Cộng (I+II)`, `Tổng 18 xã`; but `Tổng số văn bản`, `Công khai` and `Tổng hợp` are no sums. */
const TOTAL =
  /^(?:t[oổ]ng(?: c[oộ]ng| (?:s[oố] )?[dđ]i[eể]m)(?!\p{L})|(?:t[oổ]ng(?: s[oố])?|c[oộ]ng|total)(?: (?:điểm|tối đa|chung|toàn|(?:các|\d+) (?:lĩnh vực|tiêu chí|đơn vị|xã|huyện))(?!\p{L})| ?[:(=]| (?:[IVX]+|\d+)(?= ?(?:$|[+,.:;=–-]))|$))/iu;
const SUBTOTAL =
  /^(?:tổng(?: cộng| số)?|cộng)(?: điểm)? (?:(?:lĩnh vực|mục|phần|nhóm) )?(?:[IVX]+|[A-D]|\d{1,2}(?:\.\d+)*) ?[.:]?$/iu;

/**
 * Whether a row's words are those of a sum of all (`Tổng cộng`, `Cộng:`) or of a part (`Cộng lĩnh vực 1`), and not of work
 * (`Tổng hợp …`) or of a number of things (`Tổng số văn bản`).
 */
export function totalOf(text: string): 'all' | 'part' | null {
  const plain = text.slice(0, 100).normalize('NFC').replace(/\s+/g, ' ').trim();
  if (SUBTOTAL.test(plain)) return 'part';
  return TOTAL.test(plain) ? 'all' : null;
}

/** Whether a row tells the mean, the middle or the ends of all, or the whole: `Điểm cao nhất`, `Trung vị`, `Toàn huyện`. */
export const isAverage = (label: string): boolean =>
  /^(?:(?:điểm |chỉ số |giá trị )?(?:trung (?:bình|vị)|bình quân|tb|(?:cao|thấp|lớn|nhỏ) nhất)|(?:chung )?(?:toàn|cả) (?:tỉnh|huyện|thành phố|thị xã|quận|xã|nước)$|average|mean|median|min|max)(?!\p{L})/iu.test(
    label.slice(0, 60).normalize('NFC'),
  );

/** A mark of a footnote: `1.2*`, `1.2 (1)`. */
const MARK = /(?<=[\p{L}\d.])\s*(?:\*{1,3}|\((?:\d{1,2}|\*{1,3})\)|\[\d{1,2}\]|[¹²³⁰⁴-⁹]{1,2})$/u;
/**
 * A criterion's number and the name after it: `1.1. Tỷ lệ`, `Tiêu chí 1.1 - Tỷ lệ`. A number without dots, a numeral or
 * a letter has a mark: `1. Cải cách`, `I. Chỉ đạo`; `1.1 - 1.4` are two numbers.
 */
const BEFORE_NAME =
  /^(?:(?:[Tt]iêu chí|TIÊU CHÍ|[Cc]hỉ số|TCTP|TC|tc)\s*)?(?:(\d{1,3}(?:\.\d{1,3})+)(?:[.:)]\s*|\s+|(?=[-–]))|(\d{1,3})[.:)]\s*|([IVX]{1,5}|[A-HĐ])[.:)]\s+)[-–:]?\s*(?=[\p{L}(%"“]|(?<=\s)\d+\s?%)/u;

/** An id as catalogues write it: without `Tiêu chí` before it, and a full stop or the mark of a footnote at its end. */
export function plainId(text: string): string {
  // As nearly all are: 0.15 of 5 s for 10,000 units.
  if (text.length > 40 || /^\d+(?:\.\d+)*$/.test(text)) return text;
  const id = text
    .replace(/^(?:tiêu chí|chỉ số|tctp|tc)\s*(?=\d)/iu, '')
    .replace(MARK, '')
    .replace(/^\(?([\p{L}\d.]+)[)/–-]$/u, '$1')
    // A decimal comma in the place of the dot.
    .replace(/^(\d{1,3}),(\d{1,3})$/, '$1.$2');
  return id.length > 1 && id.endsWith('.') ? id.slice(0, -1) : id;
}

/** The id and the name after it of one cell; null where no id stands before a name. */
export function splitId(text: string): { id: string; name: string } | null {
  // One of several values of a criterion, `2.4.paid` or `2.2.Fee`, has no blank.
  if (!/\s/.test(text)) return null;
  const begins = BEFORE_NAME.exec(text.slice(0, 80).normalize('NFC'));
  const id = begins?.slice(1).find((part) => part !== undefined);
  return begins && id !== undefined ? { id, name: text.normalize('NFC').slice(begins[0].length) } : null;
}

/** The id alone that stands before a name in one cell. */
export const idBeforeName = (text: string): string | null => splitId(text)?.id ?? null;

/** Whether a text is words, such as a name, `(ký)` or `Như Xuân, ngày 05/12/2022`, and so no id of a criterion. */
export const isWords = (text: string): boolean => /^(?:\(\p{L}|[\p{L}(-][^\s]{0,40}\s)/u.test(text);

/** Ranges by their first cell, and the cell that reaches down into each column now. */
export class MergedCells {
  private readonly ranges = new Map<number, CellRange>();
  private readonly reaching = new Map<number, { cell: SheetCell; bottom: number }>();

  constructor(merges: readonly CellRange[]) {
    for (const range of merges) this.ranges.set(range.top * 20_000 + range.left, range);
  }

  private rangeAt(row: SheetRow, column: number): CellRange | undefined {
    return this.ranges.get(row.number * 20_000 + column);
  }

  /** Whether a cell covers others, below it or in one of these columns. */
  covers(row: SheetRow, cell: SheetCell, columns: readonly number[]): boolean {
    const range = this.rangeAt(row, cell.column);
    if (!range) return false;
    return range.bottom > row.number || columns.some((c) => c > cell.column && c <= range.right);
  }

  /** The cell of a column that is seen in a row; rows are asked for from the top. */
  over(row: SheetRow, column: number, cell: SheetCell | undefined): SheetCell | undefined {
    if (cell) {
      const range = this.rangeAt(row, column);
      if (range) this.reaching.set(column, { cell, bottom: range.bottom });
      return cell;
    }
    const above = this.reaching.get(column);
    return above && above.bottom >= row.number ? above.cell : undefined;
  }
}

/** What a cell's number format makes of its number. */
export type NumberKind = 'number' | 'percent' | 'date' | 'time';

/** Number formats that every workbook has without naming them (ECMA-376, part 1, 18.8.30). */
const BUILT_IN: Record<number, NumberKind> = { 9: 'percent', 10: 'percent' };
for (const id of [14, 15, 16, 17, 22, 27, 28, 29, 30, 31, 34, 35, 36, 50, 51, 52, 53, 54, 55, 56, 57, 58])
  BUILT_IN[id] = 'date';
for (const id of [18, 19, 20, 21, 32, 33, 45, 46, 47]) BUILT_IN[id] = 'time';

export const builtInKind = (id: number): NumberKind => BUILT_IN[id] ?? 'number';

/** What a format code makes of a number: a percent sign or a date letter counts only where it is not quoted. */
export function kindOfFormat(code: string): NumberKind {
  const bare = code
    .replace(/"[^"]*"?/g, '')
    .replace(/[\\_*]./gs, '')
    .replace(/\[([hms])\1*\]/gi, 's') // Hours, minutes or seconds gone by.
    .replace(/\[[^\]]*\]?/g, '')
    .replace(/General|E[+-]/gi, '')
    .split(';')[0]!
    .toLowerCase();
  if (bare.includes('%')) return 'percent';
  if (/[dy]/.test(bare)) return 'date';
  if (/[hs]/.test(bare)) return 'time';
  return bare.includes('m') ? 'date' : 'number';
}

/** Decimals of a plain format such as `0.00`; null for any other. */
export function fixedDecimals(code: string): number | null {
  return /^0(\.0{1,9})?$/.test(code) ? Math.max(0, code.length - 2) : null;
}

/** Excel works with fifteen digits: 56.99999999999999 from a formula is the 57 that it shows. */
export const fifteenDigits = (value: number): number => Number(value.toPrecision(15));

/** A share as the percent that a percent format shows: 0.992 is `99.2%`. */
export function percentText(share: number): string {
  const digits = share.toPrecision(15);
  // Moving the point by two places in the text keeps the fifteen digits as they are.
  const [mantissa, exponent = '0'] = digits.split('e');
  return `${Number(`${mantissa}e${Number(exponent) + 2}`)}%`;
}

const DAY = 86_400_000;
const two = (n: number) => String(n).padStart(2, '0');

/** The day of a serial number, `dd/mm/yyyy`; null outside the years 1900 to 9999. */
export function dayText(serial: number, from1904: boolean): string | null {
  const day = Math.floor(serial);
  // Excel counts 29 February 1900, which was none.
  const since = from1904 ? Date.UTC(1904, 0, 1) : Date.UTC(1899, 11, day < 60 ? 31 : 30);
  const date = new Date(since + day * DAY);
  const year = date.getUTCFullYear();
  if (!(year >= 1900 && year <= 9999)) return null;
  return `${two(date.getUTCDate())}/${two(date.getUTCMonth() + 1)}/${year}`;
}
