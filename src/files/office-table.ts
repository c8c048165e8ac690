import { type Diagnostic, error, warning } from '../values/diagnostic.js';
import { countBy, groupBy } from '../values/grouping.js';
import { fold } from '../values/suggest.js';
import {
  type CellRange,
  cellAt,
  idBeforeName,
  isFigure,
  plainId,
  type Sheet,
  type SheetCell,
  type SheetRow,
  totalOf,
} from './cells.js';

/** The words that may head a column, by what the column holds, with `|` between them. */
export type Vocabulary<K extends string> = Readonly<Record<K, string>>;

/** Phrases of several parts, each of them in one of its forms (`|` between them; an empty one may be left out). */
export const ways = (...parts: string[]): string[] =>
  parts.reduce((begun, part) => begun.flatMap((b) => part.split('|').map((p) => `${b} ${p}`.trim())), ['']);

/** A column of an office table, under one to three heads that stand over each other. */
export interface OfficeColumn<K extends string> {
  column: number;
  key: K | null;
  /** From the upper to the lower; the last stands nearest to the column's cells. */
  heads: readonly [SheetCell, ...SheetCell[]];
}

/** The lowest head of a column. */
export const headOf = ({ heads }: Pick<OfficeColumn<string>, 'heads'>): SheetCell => heads.at(-1)!;

/** What heads over each other say, the upper first. */
export const textOfHeads = (heads: readonly SheetCell[]): string => heads.map(({ text }) => text).join(' ');

/** Where a table begins, and what its columns hold. */
export interface Head<K extends string> {
  /** Index of its first row among the sheet's rows. */
  at: number;
  /** Rows it takes. */
  rows: number;
  columns: OfficeColumn<K>[];
}

/** A table in a sheet: the lines above it, the rows of its head (again on each page), and the rows under it. */
export interface TableRows<K extends string> {
  above: SheetRow[];
  head: Head<K>;
  heads: SheetRow[];
  rows: SheetRow[];
}

/** Whether a set of keys, and so many columns that are unknown, are enough for a head. */
type Enough<K extends string> = (keys: ReadonlySet<K>, unnamed: number) => boolean;

/** Rows in which a head is looked for; offices write titles above their tables. */
const LOOKED_AT = 30;
/** Rows that a head may take, and of one that is too tall to be read. */
const HEAD_ROWS = 3;
const TALL_ROWS = 6;

/** Reads heads: a word in any spelling, with what stands in brackets or a year after it. */
export class HeadWords<K extends string> {
  private readonly keys = new Map<string, K>();
  private readonly said = new Map<string, K>();

  /** `also` has a project's words, and `byForm` tells heads that are no words, such as ids. */
  constructor(
    vocabulary: Vocabulary<K>,
    also: ReadonlyMap<string, K> = new Map(),
    private readonly byForm: (text: string) => K | null = () => null,
  ) {
    for (const key of Object.keys(vocabulary) as K[])
      for (const word of vocabulary[key].split('|')) if (word !== '') this.keys.set(plainHead(word), key);
    for (const [word, key] of also) this.said.set(plainHead(word), key);
  }

  /** What a head means; null for a word that is unknown. */
  keyOf(text: string): K | null {
    if (text.length > 200) return null;
    const plain = plainHead(text);
    const bare = withoutAside(plain);
    return (
      this.said.get(plain) ??
      this.keys.get(plain) ??
      this.said.get(bare) ??
      this.keys.get(bare) ??
      this.keyOfParts(bare) ??
      this.byForm(text)
    );
  }

  /** What the words of heads over each other mean together, from as far up as they are known. */
  keyTogether(heads: readonly SheetCell[]): K | null {
    for (let from = 0; from < heads.length; from++) {
      const key = this.keyOf(textOfHeads(heads.slice(from)));
      if (key !== null) return key;
    }
    return null;
  }

  /** `tiêu chí/chỉ tiêu` means what each of its parts means. */
  private keyOfParts(plain: string): K | null {
    const [key, ...others] = plain.split('/').map((part) => this.keys.get(part));
    return key !== undefined && others.length > 0 && others.every((other) => other === key) ? key : null;
  }

  /**
   * What heads over each other mean: what a project says of one, what one is by its form, the words together from as far
   * up as they are known, or, in the first column that the upper ones stand over, those alone.
   */
  keyUnder(heads: readonly SheetCell[], column: number): K | null {
    const texts = heads.map(({ text }) => text);
    const tell = (text: string) => this.said.get(plainHead(text)) ?? this.byForm(text);
    const told = texts.map(tell).findLast((key) => key !== null);
    if (told) return told;
    const together = this.keyTogether(heads);
    if (together !== null) return together;
    const upper = heads.slice(0, -1);
    return upper.at(-1)?.column === column ? this.keyUnder(upper, column) : null;
  }
}

/** Letters of a head that are looked at: a cell of ten megabytes is none. */
const LONGEST_HEAD = 1000;

/** A head without tone marks, capitals and the marks around it; `/` stands for every sign or word of `and`. */
export function plainHead(text: string): string {
  return fold(text.slice(0, LONGEST_HEAD))
    .replace(/[*:.;]/g, ' ')
    .replace(/ ?[/,&] ?| va /g, '/')
    .replace(/ {2,}/g, ' ')
    .replace(/^[ /]+|[ /]+$/g, '');
}

/** `ket qua (%)` is `ket qua`, and so are `ket qua nam 2024` and `ket qua 2024`. */
function withoutAside(plain: string): string {
  const bare = plain.replace(/ ?\([^)]*\)?/g, '').trimStart();
  const timeless = bare.replace(/ (?:nam )?\d{4}$/, '');
  return timeless === 'nam' ? bare : timeless;
}

/** Finds the heads of one sheet. */
class Heads<K extends string> {
  /** Merged cells by the row that they begin in. */
  private readonly merges: ReadonlyMap<number, CellRange[]>;
  private readonly made: SheetRow[] = [];

  constructor(
    private readonly sheet: Sheet,
    private readonly words: HeadWords<K>,
  ) {
    this.merges = groupBy(sheet.merges, ({ top }) => top);
  }

  /** A row; the cells of those that are looked at again are made once. */
  private row(at: number): SheetRow | undefined {
    const row = this.made[at] ?? this.sheet.rows[at];
    if (row && at < LOOKED_AT + HEAD_ROWS) this.made[at] = { number: row.number, cells: row.cells };
    return this.made[at] ?? row;
  }

  /** The head that begins at a row and ends before another: the fewest rows that name most columns; null for none. */
  at(at: number, end: number, enough: Enough<K>, most = HEAD_ROWS): (Head<K> & { named: number }) | null {
    let best: (Head<K> & { named: number }) | null = null;
    for (let rows = 1; rows <= most && at + rows <= end; rows++) {
      const columns = this.columns(at, rows);
      if (!columns) break;
      const keys = columns.flatMap(({ key }) => key ?? []);
      const more =
        !best || keys.length > best.named || (best.rows === rows - 1 && this.parts(at + rows - 1, columns));
      if (more && enough(new Set(keys), columns.length - keys.length))
        best = { at, rows, columns, named: keys.length };
    }
    return best;
  }

  /** Whether a row under a head only says what parts the wide columns of the head have. */
  private parts(at: number, columns: readonly OfficeColumn<K>[]): boolean {
    const uppers = new Map(columns.map(({ column, heads }) => [column, heads.at(-2)]));
    // How many columns each head stands over.
    const spans = countBy(uppers.values());
    return this.row(at)!.cells.every(({ column }) => {
      const upper = uppers.get(column);
      return upper !== undefined && spans.get(upper)! > 1;
    });
  }

  /**
   * The columns under rows of heads, or null when they are none: one says a number, or a lower one says something that
   * does not go with a known head above it.
   */
  private columns(at: number, rows: number): OfficeColumn<K>[] | null {
    const window = Array.from({ length: rows }, (_, i) => this.row(at + i));
    const numbers = window.map((row) => row?.number);
    if (numbers.some((number, i) => number === undefined || number !== numbers[0]! + i)) return null;
    const stacks = new Map<number, SheetCell[]>();
    for (let i = rows - 1; i >= 0; i--) {
      const row = window[i]!;
      const below = [...stacks.keys()];
      const merges = this.merges.size > 0 ? (this.merges.get(row.number) ?? []) : null;
      const over = spread(row, below, merges);
      for (const [column, cell] of over) stacks.set(column, [cell, ...(stacks.get(column) ?? [])]);
    }
    if (rows > 1 && !this.fit(stacks)) return null;
    return [...stacks]
      .sort(([a], [b]) => a - b)
      .map(([column, heads]) => ({
        column,
        key: this.words.keyUnder(heads, column),
        heads: heads as [SheetCell, ...SheetCell[]],
      }));
  }

  /** Whether heads go with each other: a row of a table has figures, and other words than its heads. */
  private fit(stacks: ReadonlyMap<number, readonly SheetCell[]>): boolean {
    const spans = countBy([...stacks.values()].flat());
    return [...stacks.values()].every((heads) =>
      heads.every((cell, i) => {
        const above = heads[i - 1];
        const alone = above !== undefined && spans.get(above) === 1;
        if (isFigure(cell) && this.words.keyOf(cell.text) === null)
          return above !== undefined && !alone && /^(?:19|20)\d\d$/.test(cell.text);
        if (!alone || this.words.keyOf(above.text) === null) return true;
        return this.words.keyOf(`${above.text} ${cell.text}`) !== null;
      }),
    );
  }
}

/** Whether the top row of a head only tells groups of columns apart that are headed alike below it: units, say. */
function hasGroups({ columns }: Head<string>): boolean {
  const groups = new Map<SheetCell, string>();
  for (const { heads, key } of columns)
    if (heads.length > 1) groups.set(heads[0], `${groups.get(heads[0]) ?? ''} ${key}`);
  const [first, ...others] = groups.values();
  return first !== undefined && others.length > 0 && others.every((keys) => keys === first);
}

/**
 * Which head of a row stands over each column: where it is merged, or, without merged cells, up to the next one. Those
 * without anything in the rows below stand over their own column.
 */
function spread(
  { cells }: SheetRow,
  below: readonly number[],
  merges: readonly CellRange[] | null,
): Map<number, SheetCell> {
  const over = new Map(cells.map((cell) => [cell.column, cell]));
  const inOrder = [...below].sort((a, b) => a - b);
  let at = 0;
  cells.forEach((cell, i) => {
    const next = cells[i + 1]?.column ?? Number.POSITIVE_INFINITY;
    const merged = merges?.find(({ left }) => left === cell.column)?.right ?? cell.column;
    while (inOrder[at]! < cell.column) at++;
    // A head of a CSV reaches over blanks that have heads below, if it has one itself.
    const end = merges ? merged : inOrder[at] === cell.column ? next - 1 : cell.column;
    for (; inOrder[at]! <= end && inOrder[at]! < next; at++) over.set(inOrder[at]!, cell);
  });
  return over;
}

/**
 * The best head among the first rows of a sheet: the one to three rows that name most of what columns may hold. `enough`
 * says whether a set of keys makes a table of its kind.
 */
export function findHead<K extends string>(
  sheet: Sheet,
  words: HeadWords<K>,
  enough: Enough<K>,
): Head<K> | null {
  const heads = new Heads(sheet, words);
  let best: ReturnType<typeof heads.at> = null;
  for (let at = 0; at < Math.min(sheet.rows.length, LOOKED_AT); at++) {
    const head = heads.at(at, sheet.rows.length, enough);
    const shorter = best && head && head.named === best.named && head.rows < best.rows;
    if (head && (!best || head.named > best.named || (shorter && !hasGroups(best)))) best = head;
  }
  return best;
}

/** The least rows of a head that takes more of them than are read, where it names more columns; null where none does. */
export function tallHead<K extends string>(
  sheet: Sheet,
  words: HeadWords<K>,
  enough: Enough<K>,
  read: Head<K> | undefined,
): { at: number; rows: number } | null {
  const heads = new Heads(sheet, words);
  const named = read ? columnsNamed(read) : 0;
  const [from, to] = read ? [read.at, read.at + 1] : [0, Math.min(sheet.rows.length, LOOKED_AT)];
  let tall: { at: number; rows: number } | null = null;
  for (let at = from; at < to; at++) {
    const head = heads.at(at, sheet.rows.length, enough, TALL_ROWS);
    if (head && head.rows > HEAD_ROWS && head.named > named && !(tall && tall.rows <= head.rows)) tall = head;
  }
  return tall;
}

const columnsNamed = ({ columns }: Head<string>): number => columns.filter(({ key }) => key !== null).length;

/**
 * The tables of a sheet, from the top: that of the best head, and those whose heads `isWhole` knows without a doubt.
 * `isLine` tells a line above a table, such as a title, from a row of the table before it.
 */
export function tablesOf<K extends string>(
  sheet: Sheet,
  words: HeadWords<K>,
  isHead: Enough<K>,
  isWhole: Enough<K>,
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
  isWhole: Enough<K>,
): Head<K>[] {
  const bestRows = sheet.rows.slice(best.at, best.at + best.rows);
  const finder = new Heads(sheet, words);
  const heads: Head<K>[] = [];
  let last = '';
  let opens = false;
  for (let at = 0; at < sheet.rows.length; at++) {
    const row = sheet.rows[at]!;
    // Most rows begin as the one before does, or with a number.
    const text = row.opening ?? row.cells[0]!.text;
    if (text !== last) {
      last = text;
      opens = text.length <= 60 && !/\d/.test(text) && words.keyOf(text) !== null;
    }
    const limit = at < best.at ? best.at : sheet.rows.length;
    const again =
      opens && at + best.rows <= limit && sameCells(sheet.rows.slice(at, at + best.rows), bestRows);
    const head =
      at === best.at ? best : again ? { ...best, at } : opens ? finder.at(at, limit, isWhole) : null;
    if (!head) continue;
    heads.push(head);
    at += head.rows - 1;
  }
  return heads;
}

/** The columns of each meaning, from left to right. */
export function columnsByKey<K extends string>({ columns }: Head<K>): Map<K, number[]> {
  const known = columns.flatMap(({ key, column }) => (key === null ? [] : [{ key, column }]));
  return new Map([...groupBy(known, ({ key }) => key)].map(([key, of]) => [key, of.map((c) => c.column)]));
}

/** The first column of each meaning. */
export const firstColumns = <K extends string>(head: Head<K>): Map<K, number> =>
  new Map([...columnsByKey(head)].map(([key, [first]]) => [key, first!]));

/** Whether a head has the first column of each meaning where another has it. */
export function alike<K extends string>(one: Head<K>, other: Head<K>): boolean {
  const columns = firstColumns(other);
  return [...firstColumns(one)].every(([key, column]) => columns.get(key) === column);
}

/** The rows below a head, without those that number the columns and the head as it is printed again on the next page. */
export function bodyOf(sheet: Sheet, head: Head<string>, named: Named): SheetRow[] {
  const from = head.at + head.rows;
  const heads = sheet.rows.slice(head.at, from);
  return sheet.rows
    .slice(from)
    .filter(
      (row) => !numbersColumns(row, head.columns, named) && !heads.some((one) => sameCells([row], [one])),
    );
}

/** Columns of a table that nothing is read from, told once; `used` are those that something is read from. */
export function unusedColumns(
  { columns }: Head<string>,
  used: Iterable<number | undefined>,
  ignored: RegExp | null = null,
): Diagnostic[] {
  const read = new Set(used);
  const unread = columns.filter((c) => !read.has(c.column) && !ignored?.test(headOf(c).text));
  const texts = unread.map((c) => headOf(c).text.replace(/\s+/g, ' ').trim());
  const { place } = headOf(columns[0]!);
  return texts.length === 0 ? [] : [{ ...warning('columns-unused', { columns: texts }), place }];
}

/** That a row of a CSV has more cells than the head: a number or a text fell apart at the separator. */
export function tooWide({ separator }: Sheet, { columns }: Head<string>, { cells }: SheetRow): Diagnostic[] {
  const head = columns.at(-1)!.column;
  const cell = separator === null ? undefined : cells.find(({ column }) => column > head);
  if (!cell) return [];
  const value = cell.text.replace(/\s+/g, ' ').slice(0, 80);
  const params = { cells: cell.column, head, value, separator };
  return [{ ...error('row-too-wide', params), place: cell.place }];
}

/** The heads of a sheet as they are written, for a complaint: of the first row that has several. */
export const headsSeen = ({ rows }: Sheet): string[] =>
  (rows.slice(0, LOOKED_AT).find(({ cells }) => cells.length > 1) ?? rows[0])?.cells.map(({ text }) =>
    text.replace(/\s+/g, ' ').trim(),
  ) ?? [];

/** The columns of ids and of names. */
interface Named {
  id: number | undefined;
  name: number | undefined;
}

/**
 * Whether a row numbers the columns: `(1) (2) (3)`, `A B 1 2` with a letter where ids stand, or `1 2 3 4` through all
 * of them, the one of names too if there are but three. `A 1 2` under a unit, an id and a value is a row of values.
 */
export function numbersColumns(
  { cells }: SheetRow,
  columns: readonly OfficeColumn<string>[],
  { id, name }: Named,
): boolean {
  const bare = cells.map(({ text }) => /^\(([A-Z]|\d{1,2})\)/i.exec(text)?.[1]);
  if (cells.length >= 2 && bare.every((mark, i) => mark !== undefined && cells[i]!.text.length < 20))
    return true;
  const letters = cells.filter(({ text }) => /^[A-Z]$/i.test(text));
  const numbers = cells.filter((cell) => !letters.includes(cell));
  if (cells.length < columns.length || numbers.length === 0) return false;
  const atName = numbers.some(({ column }) => column === name) && cells.length > 2;
  if (letters.length === 0 ? cells.length < 4 && !atName : !letters.some(({ column }) => column === id))
    return false;
  return (
    letters.every(({ text }, i) => text.toUpperCase() === String.fromCharCode(65 + i)) &&
    numbers.every(({ text }, i) => text === String(i + 1))
  );
}

/** Ids of rows that stand over others: those that begin the ids below, and numerals or letters among numbers. */
export function sectionsOf(rows: readonly SheetRow[], column: number | undefined): Set<string> {
  const ids = new Set<string>();
  for (const row of rows) {
    const cell = cellAt(row, column);
    if (cell) ids.add(idBeforeName(cell.text) ?? plainId(cell.text));
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

/** Where the lines below a table begin: after its sum or a blank row, and `isBelow` to the end. */
export function tailOf(rows: readonly SheetRow[], isBelow: (row: SheetRow) => boolean): number {
  let from = rows.length;
  while (from > 0 && isBelow(rows[from - 1]!)) from--;
  for (let i = Math.max(from, 1); i < rows.length; i++) {
    const [before, row] = [rows[i - 1]!, rows[i]!];
    if (row.number > before.number + 1 || before.cells.some(({ text }) => totalOf(text))) return i;
  }
  return rows.length;
}
