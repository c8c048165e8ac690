import { fold } from '../diagnostics/suggest.js';
import type { CellRange, Sheet, SheetCell, SheetRow } from './cells.js';

/** The words that may head a column, by what the column holds. */
export type Vocabulary<K extends string> = Readonly<Record<K, readonly string[]>>;

/** A column of an office table, under one head or two that stand over each other. */
export interface Column<K extends string> {
  column: number;
  key: K | null;
  /** The lower head, or the only one. */
  head: SheetCell;
  /** The upper of two heads. */
  above: SheetCell | null;
}

/** Where a table begins, and what its columns hold. */
export interface Head<K extends string> {
  /** Index of its first row among the sheet's rows. */
  at: number;
  /** Rows it takes. */
  rows: number;
  columns: Column<K>[];
}

/** A table in a sheet: the lines above it, the rows of its head (again on each page), and the rows under it. */
export interface TableRows<K extends string> {
  above: SheetRow[];
  head: Head<K>;
  heads: SheetRow[];
  rows: SheetRow[];
}

/** Rows in which a head is looked for; offices write titles above their tables. */
const LOOKED_AT = 30;

/** Reads heads: a word in any spelling, with what stands in brackets or a year after it. */
export class HeadWords<K extends string> {
  private readonly keys = new Map<string, K>();

  /** `also` has a project's own words, and `byForm` tells heads that are no words, such as ids. */
  constructor(
    vocabulary: Vocabulary<K>,
    also: ReadonlyMap<string, K> = new Map(),
    private readonly byForm: (text: string) => K | null = () => null,
  ) {
    for (const key of Object.keys(vocabulary) as K[])
      for (const word of vocabulary[key]) this.keys.set(plainHead(word), key);
    for (const [word, key] of also) this.keys.set(plainHead(word), key);
  }

  /** What a head means; null for a word that is not known. */
  keyOf(text: string): K | null {
    if (text.length > 200) return null;
    const plain = plainHead(text);
    return this.keys.get(plain) ?? this.keys.get(withoutAside(plain)) ?? this.byForm(text);
  }

  /** What a head under another means: what either is by its form, both words together, or the lower, or the upper. */
  keyUnder(above: string, text: string): K | null {
    const form = this.byForm(text) ?? this.byForm(above);
    return form ?? this.keyOf(`${above} ${text}`) ?? this.keyOf(text) ?? this.keyOf(above);
  }
}

/** A head without tone marks, capitals and the marks around it. */
export function plainHead(text: string): string {
  const plain = fold(text).replace(/ ?[/,] ?/g, ' ');
  let end = plain.length;
  while (end > 0 && ' .:*'.includes(plain[end - 1]!)) end--;
  return plain.slice(0, end);
}

/** `ket qua (%)` is `ket qua`, and so is `ket qua nam 2024`. */
function withoutAside(plain: string): string {
  const bracket = plain.indexOf('(');
  const bare = bracket > 0 ? plain.slice(0, bracket).trimEnd() : plain;
  return bare.replace(/ nam \d{4}$/, '');
}

/**
 * The best head among the first rows of a sheet: the one or two rows that name most of what columns may hold. `isHead`
 * says whether a set of keys is enough for a table of its kind.
 */
export function findHead<K extends string>(
  sheet: Sheet,
  words: HeadWords<K>,
  isHead: (keys: ReadonlySet<K>, unknown: number) => boolean,
): Head<K> | null {
  let best: { head: Head<K>; named: number } | null = null;
  const named = (columns: readonly Column<K>[]) => columns.filter(({ key }) => key !== null).length;
  const consider = (head: Head<K>, least: number) => {
    const keys = new Set(head.columns.flatMap(({ key }) => (key === null ? [] : [key])));
    const count = named(head.columns);
    if (count <= least || (best && count <= best.named)) return;
    if (isHead(keys, head.columns.length - count)) best = { head, named: count };
  };
  const rows = sheet.rows.slice(0, LOOKED_AT + 1).map(inHand);
  const single = rows.map((row) => oneRow(row, words));
  const last = Math.min(sheet.rows.length, LOOKED_AT);
  for (let at = 0; at < last; at++) consider({ at, rows: 1, columns: single[at]! }, 0);
  // Two rows are a head where they say more than either alone.
  for (let at = 0; at + 1 < single.length && at < last; at++) {
    const columns = twoRows(rows[at]!, rows[at + 1]!, sheet.merges, words);
    if (columns) consider({ at, rows: 2, columns }, Math.max(named(single[at]!), named(single[at + 1]!)));
  }
  return (best as { head: Head<K> } | null)?.head ?? null;
}

/**
 * The tables of a sheet, from the top: that of the best head, and those whose heads `isWhole` knows without a doubt.
 * `isLine` tells a line above a table, such as a title, from a row of the table before it.
 */
export function tablesOf<K extends string>(
  sheet: Sheet,
  words: HeadWords<K>,
  isHead: (keys: ReadonlySet<K>, unknown: number) => boolean,
  isWhole: (keys: ReadonlySet<K>, unknown: number) => boolean,
  isLine: (row: SheetRow) => boolean,
): TableRows<K>[] {
  const best = findHead(sheet, words, isHead);
  if (!best) return [];
  const heads = headsOf(sheet, words, best, isWhole);
  const first = heads[0]!;
  const tables: TableRows<K>[] = [];
  let above = sheet.rows.slice(0, first.at);
  heads.forEach((head, i) => {
    const from = head.at + head.rows;
    const next = heads[i + 1]?.at ?? sheet.rows.length;
    const headRows = sheet.rows.slice(head.at, from);
    let end = next;
    if (next < sheet.rows.length) while (end > from && isLine(sheet.rows[end - 1]!)) end--;
    const rows = sheet.rows.slice(from, end);
    const before = tables.at(-1);
    // The head of a table is printed again on each of its pages.
    if (before && above.length === 0 && sameCells(headRows, before.heads.slice(0, head.rows))) {
      for (const row of headRows) before.heads.push(row);
      for (const row of rows) before.rows.push(row);
    } else tables.push({ above, head, heads: headRows, rows });
    above = sheet.rows.slice(end, next);
  });
  return tables;
}

/** Whether rows hold the same texts in the same columns. */
export const sameCells = (some: readonly SheetRow[], others: readonly SheetRow[]): boolean =>
  some.length === others.length &&
  some.every(({ cells }, i) => {
    const also = others[i]!.cells;
    return (
      cells.length === also.length &&
      cells.every(({ column, text }, j) => also[j]!.column === column && also[j]!.text === text)
    );
  });

/** The heads of a sheet in their order: the best one, and the rows elsewhere that are one without a doubt. */
function headsOf<K extends string>(
  sheet: Sheet,
  words: HeadWords<K>,
  best: Head<K>,
  isWhole: (keys: ReadonlySet<K>, unknown: number) => boolean,
): Head<K>[] {
  const bestRows = sheet.rows.slice(best.at, best.at + best.rows);
  const keysOf = (columns: readonly Column<K>[]) =>
    new Set(columns.flatMap(({ key }) => (key === null ? [] : [key])));
  const whole = (columns: readonly Column<K>[]) =>
    isWhole(keysOf(columns), columns.filter(({ key }) => key === null).length);
  const heads: Head<K>[] = [];
  let last = '';
  let opens = false;
  for (let at = 0; at < sheet.rows.length; at++) {
    if (at === best.at) {
      heads.push(best);
      at += best.rows - 1;
      continue;
    }
    const begun = sheet.rows[at]!;
    // Most rows begin as the one before does, or with a number.
    const text = begun.opening ?? begun.cells[0]!.text;
    if (text !== last) {
      last = text;
      opens = text.length <= 60 && !/\d/.test(text) && words.keyOf(text) !== null;
    }
    if (!opens) continue;
    const end = at + best.rows;
    if (sameCells(sheet.rows.slice(at, end), bestRows) && (at > best.at || end <= best.at)) {
      heads.push({ ...best, at });
      at = end - 1;
      continue;
    }
    const row = inHand(begun);
    const below = at + 1 === best.at ? undefined : sheet.rows[at + 1];
    const one = oneRow(row, words);
    const two = below ? twoRows(row, inHand(below), sheet.merges, words) : null;
    if (two && whole(two) && keysOf(two).size > keysOf(one).size) {
      heads.push({ at, rows: 2, columns: two });
      at++;
    } else if (whole(one)) heads.push({ at, rows: 1, columns: one });
  }
  return heads;
}

/** A row whose cells are made once. */
const inHand = ({ number, cells }: SheetRow): SheetRow => ({ number, cells });

function oneRow<K extends string>(row: SheetRow, words: HeadWords<K>): Column<K>[] {
  return row.cells.map((cell) => ({
    column: cell.column,
    key: words.keyOf(cell.text),
    head: cell,
    above: null,
  }));
}

/**
 * The columns under two rows of heads, or null when they are none: one says a number, or the lower says something that
 * does not go with a known head above it.
 */
function twoRows<K extends string>(
  upper: SheetRow,
  lower: SheetRow,
  merges: readonly CellRange[],
  words: HeadWords<K>,
): Column<K>[] | null {
  if (lower.number !== upper.number + 1) return null;
  const isFigure = (cell: SheetCell) =>
    (typeof cell.value === 'number' || /^[\d.,%]+$/.test(cell.text)) && words.keyOf(cell.text) === null;
  if ([...upper.cells, ...lower.cells].some(isFigure)) return null;
  const over = upperHeads(merges, upper, lower);
  const below = new Map(lower.cells.map((cell) => [cell.column, cell]));
  const columns: Column<K>[] = [];
  for (const column of [...new Set([...below.keys(), ...upper.cells.map((c) => c.column)])].sort(
    (a, b) => a - b,
  )) {
    const head = below.get(column) ?? null;
    const above = over.get(column) ?? null;
    if (head && above && head !== above)
      columns.push({ column, key: words.keyUnder(above.text, head.text), head, above });
    else {
      const only = head ?? above;
      if (only) columns.push({ column, key: words.keyOf(only.text), head: only, above: null });
    }
  }
  // What stands under a known head that spans nothing else must go with it: a row of a table does not.
  const spans = new Map<SheetCell, number>();
  for (const cell of over.values()) spans.set(cell, (spans.get(cell) ?? 0) + 1);
  const wrong = lower.cells.some((cell) => {
    const above = over.get(cell.column);
    if (!above || spans.get(above) !== 1 || words.keyOf(above.text) === null) return false;
    return words.keyOf(`${above.text} ${cell.text}`) === null;
  });
  return wrong ? null : columns;
}

/** Which upper head stands over each column: where it is merged, or, without merged cells, up to the next one. */
function upperHeads(ranges: readonly CellRange[], upper: SheetRow, lower: SheetRow): Map<number, SheetCell> {
  const over = new Map<number, SheetCell>();
  const merges = new Map<number, CellRange>();
  for (const range of ranges) if (range.top === upper.number) merges.set(range.left, range);
  const below = new Set(lower.cells.map(({ column }) => column));
  upper.cells.forEach((cell, i) => {
    over.set(cell.column, cell);
    const merged = merges.get(cell.column);
    const next = upper.cells[i + 1]?.column ?? Number.POSITIVE_INFINITY;
    // A head merged downwards has nothing under it, and one of a CSV reaches over blanks that have heads below.
    const end = merged
      ? Math.min(merged.right, next - 1)
      : ranges.length > 0 || !below.has(cell.column)
        ? cell.column
        : next - 1;
    for (const column of below) if (column > cell.column && column <= end) over.set(column, cell);
  });
  return over;
}

/**
 * Whether a row numbers the columns: `(1) (2) (3)`, `A B 1 2` with a letter where ids stand, or `1 2 3 4` through all
 * of them. `A 1 2` under a unit, an id and a value is a row of values.
 */
export function numbersColumns(
  { cells }: SheetRow,
  columns: readonly Column<string>[],
  idColumn: number | undefined,
): boolean {
  const bare = cells.map(({ text }) => /^\(([A-Z]|\d{1,2})\)/i.exec(text)?.[1]);
  if (cells.length >= 2 && bare.every((mark, i) => mark !== undefined && cells[i]!.text.length < 20))
    return true;
  const letters = cells.filter(({ text }) => /^[A-Z]$/i.test(text));
  const numbers = cells.filter((cell) => !letters.includes(cell));
  if (cells.length < columns.length || numbers.length === 0) return false;
  if (letters.length === 0 ? cells.length < 4 : !letters.some(({ column }) => column === idColumn))
    return false;
  return (
    letters.every(({ text }, i) => text.toUpperCase() === String.fromCharCode(65 + i)) &&
    numbers.every(({ text }, i) => text === String(i + 1))
  );
}

/** Whether a row adds up the table: `Tổng cộng`, `Cộng`, `Tổng điểm`. */
export const isTotal = (label: string): boolean =>
  !/^\d/.test(label) &&
  /^(tổng|cộng|tong|cong|total)(?![\p{L}\d])/iu.test(label.slice(0, 60).normalize('NFC').trimStart());

/** Whether a row tells the mean or the ends of those above it: `Trung bình`, `Cao nhất`. */
export const isAverage = (label: string): boolean =>
  /^(?:trung bình|bình quân|tb|(?:cao|thấp|lớn|nhỏ) nhất|average|mean|min|max)(?!\p{L})/iu.test(
    label.slice(0, 60).normalize('NFC'),
  );

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
