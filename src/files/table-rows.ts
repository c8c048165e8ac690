import type { CellRange, SheetCell, SheetRow } from './cells.js';
import type { HeadWords } from './office-table.js';
import { isMeta, type Key, META } from './reading-columns.js';

/** A line above the table that names the unit, the year or the catalogue, and how many cells say it. */
export function metaOf(
  cell: SheetCell,
  next: SheetCell | undefined,
  words: HeadWords<Key>,
): { key: string; cell: SheetCell; taken: number } | null {
  const colon = cell.text.indexOf(':');
  if (colon > 0 && colon < cell.text.length - 1) {
    const key = words.keyOf(cell.text.slice(0, colon));
    const rest = cell.text.slice(colon + 1).trim();
    return key !== null && isMeta(key) && rest !== '' ? { key, cell: partOf(cell, rest), taken: 1 } : null;
  }
  const year = /^năm\s(\d{4})$/iu.exec(cell.text);
  if (year) return { key: 'year', cell: partOf(cell, year[1]!), taken: 1 };
  const key = words.keyOf(cell.text);
  if (key === null || !isMeta(key) || !next || META.includes(words.keyOf(next.text) as 'unit')) return null;
  return { key, cell: next, taken: 2 };
}

/** A part of a cell's text, with the cell's place. */
export function partOf(cell: SheetCell, text: string): SheetCell {
  return { value: text, text, column: cell.column, quoted: true, unread: undefined, place: cell.place };
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

  spansRows(row: SheetRow, cell: SheetCell): boolean {
    const range = this.rangeAt(row, cell.column);
    return range !== undefined && range.bottom > row.number;
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

/** What JSON in a cell says, without keys that reach into objects' making; undefined when it is none. */
export function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text, (key, value) => (key === '__proto__' ? undefined : value));
  } catch {
    return undefined;
  }
}

/** Whether a head begins like the name of a figure, and so is no unit's. */
export const soundsLikeFigure = (head: string): boolean =>
  /^(điểm|số|tỷ lệ|tỉ lệ|kết quả|tháng|quý|tổng|mã|mức|giá trị|năm|ghi chú|t\d|%|\d)/iu.test(head);

/** Whether a column stands under the name of a unit: the upper head is no known word. */
export const ownUnit = (column: { above: SheetCell | null }, words: HeadWords<Key>): boolean =>
  column.above !== null && words.keyOf(column.above.text) === null;
