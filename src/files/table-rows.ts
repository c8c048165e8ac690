import { Fraction } from '../exact/fraction.js';
import { percentOf, readNumber } from '../reading/number.js';
import { type CellRange, partOf, type SheetCell, type SheetRow } from './cells.js';
import { type HeadWords, isTotal } from './office-table.js';
import { isMeta, type Key, META } from './reading-columns.js';

/** What a line above the table says of the unit, the year or the catalogue, and how many cells say it. */
export function metaOf(
  cell: SheetCell,
  next: SheetCell | undefined,
  words: HeadWords<Key>,
): { says: { key: string; cell: SheetCell }[]; taken: number } | null {
  const colon = cell.text.indexOf(':');
  if (colon > 0 && colon < cell.text.length - 1) {
    const key = words.keyOf(cell.text.slice(0, colon));
    const rest = cell.text.slice(colon + 1).trim();
    // `Đơn vị: %` says what the figures are counted in.
    if (key !== null && isMeta(key) && rest !== '' && (key !== 'unit' || /\p{L}/u.test(rest)))
      return { says: saysOf(key, partOf(cell, rest)), taken: 1 };
    return null;
  }
  const year = /^năm\s(\d{4})$/iu.exec(cell.text);
  if (year) return { says: [{ key: 'year', cell: partOf(cell, year[1]!) }], taken: 1 };
  const key = words.keyOf(cell.text);
  if (key === null || !isMeta(key) || !next || META.includes(words.keyOf(next.text) as 'unit')) return null;
  return { says: saysOf(key, next), taken: 2 };
}

/** `Xã A, năm 2022` is a unit and a year. */
function saysOf(key: string, cell: SheetCell): { key: string; cell: SheetCell }[] {
  const dated =
    key === 'unit'
      ? /^(\S.{0,200}?)\s*(?:[,;(–-]\s*|\s)năm\s*:?\s*(\d{4})\s*\)?$/iu.exec(cell.text.normalize('NFC'))
      : null;
  if (!dated) return [{ key, cell }];
  return [
    { key, cell: partOf(cell, dated[1]!) },
    { key: 'year', cell: partOf(cell, dated[2]!) },
  ];
}

/** An id as catalogues write it: without a full stop at its end. */
export const plainId = (text: string): string =>
  text.length > 1 && text.endsWith('.') ? text.slice(0, -1) : text;

/** Ids of rows that stand over others: those that begin the ids below, and numerals or letters among numbers. */
export function sectionsOf(rows: readonly SheetRow[], column: number | undefined): Set<string> {
  const ids = new Set<string>();
  for (const { cells } of rows) {
    const cell = cells.find((c) => c.column === column);
    if (cell) ids.add(plainId(cell.text));
  }
  const sections = new Set<string>();
  const dotted = [...ids].some((id) => /^\d+\.\d/.test(id));
  for (const id of ids) {
    if (id.length > 40) continue;
    for (let dot = id.indexOf('.'); dot > 0; dot = id.indexOf('.', dot + 1)) sections.add(id.slice(0, dot));
    if (dotted && /^([IVX]{1,5}|[A-HĐ])$/.test(id)) sections.add(id);
  }
  return sections;
}

/** Whether a text is words, such as a name or `Như Xuân, ngày 05/12/2022`, and so no id of a criterion. */
export const isWords = (text: string): boolean => /^[\p{L}(-][^\s]{0,40}\s/u.test(text);

/** Where the lines below a table begin: after its sum or a blank row, and `isBelow` to the end. */
export function tailOf(rows: readonly SheetRow[], isBelow: (row: SheetRow) => boolean): number {
  let from = rows.length;
  while (from > 0 && isBelow(rows[from - 1]!)) from--;
  for (let i = Math.max(from, 1); i < rows.length; i++) {
    const [before, row] = [rows[i - 1]!, rows[i]!];
    if (row.number > before.number + 1 || before.cells.some(({ text }) => isTotal(text))) return i;
  }
  return rows.length;
}

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
  over(row: SheetRow, column: number, own: SheetCell | undefined): SheetCell | undefined {
    if (own) {
      const range = this.rangeAt(row, column);
      if (range) this.reaching.set(column, { cell: own, bottom: range.bottom });
      return own;
    }
    const above = this.reaching.get(column);
    return above && above.bottom >= row.number ? above.cell : undefined;
  }
}

/** Whether a row tells the mean or the ends of those above it: `Trung bình`, `Cao nhất`. */
export const isAverage = (label: string): boolean =>
  /^(?:trung bình|bình quân|tb|(?:cao|thấp|lớn|nhỏ) nhất|average|mean|min|max)(?!\p{L})/iu.test(
    label.slice(0, 60).normalize('NFC'),
  );

/** A text short enough for a message. */
export const shortened = (text: string): string => (text.length > 80 ? `${text.slice(0, 80)}…` : text);

/** Whether a cell holds a number, as it is or in signs. */
export const isFigure = (cell: SheetCell): boolean =>
  typeof cell.value === 'number' || /^[\d.,\s]+%?$/.test(cell.text.slice(0, 40));

/** Which field of an entry a column fills in a row; null where the figure follows from others in the row. */
export function fieldFor(key: Key, has: (...keys: Key[]) => boolean): string | null {
  if (key === 'rate') return has('value', 'done', 'total', 'months', 'parts', 'values') ? null : 'value';
  if (key === 'points') return has('appraised') ? null : 'appraised';
  return key;
}

/** Years that a text names: `Kết quả năm 2021`, `Tháng 3/2022`, `Quý I/2022`; the day it was signed names none. */
export const yearsNamed = (text: string): string[] =>
  [
    ...text
      .slice(0, 400)
      .normalize('NFC')
      .replace(/ngày[\s\d.…]{1,9}tháng[\s\d.…]{1,9}năm\s+\d{4}/giu, '')
      .matchAll(/(?:năm\s+|(?:t|tháng|quý)\s?(?:\d{1,2}|[ivx]{1,3})\s?[/-]\s?)(\d{4})(?!\d)/giu),
  ].map((named) => named[1]!);

/** Whether a rate beside two counts is not their ratio, as far as its decimals tell; a share such as 0.6 is 60. */
export function statesOther(rate: SheetCell, done: unknown, total: unknown): boolean {
  const [x, part, whole] = [rate.value, done, total].map((value) =>
    typeof value === 'number' || typeof value === 'string' ? readNumber(value, 'number') : null,
  );
  if (!x?.ok || !part?.ok || !whole?.ok || whole.value.compare(0) <= 0) return false;
  const percent = percentOf(part.value, whole.value);
  const written = rate.text.endsWith('%') ? rate.text.slice(0, -1).trimEnd() : rate.text;
  const mark = Math.max(written.lastIndexOf(','), written.lastIndexOf('.'));
  const decimals = mark < 0 ? 0 : written.length - mark - 1;
  const near = (of: Fraction, unit: number) => of.sub(x.value).abs().compare(new Fraction(unit)) <= 0;
  return (
    !near(percent, 10 ** -decimals) && !(written === rate.text && near(percent.div(100), 10 ** -decimals))
  );
}

/** What JSON in a cell says, without keys that reach into objects' making; undefined when it is none. */
export function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text, (key, value) => (key === '__proto__' ? undefined : value));
  } catch {
    return undefined;
  }
}
