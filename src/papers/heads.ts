import { type Diagnostic, type Place, warning } from '../diagnostics/diagnostic.js';
import { fold } from '../diagnostics/suggest.js';

/** A cell of a table on paper, with its place. */
export interface TableCell {
  text: string;
  place: Place;
}

/** Rows of a table, a cell for every column; what cells are merged stands in the first of them. */
export type Grid = readonly (readonly TableCell[])[];

/** A head without tone marks, capitals, brackets and the marks around it. */
function plainHead(text: string): string {
  return fold(text)
    .replace(/\([^)]*\)/g, ' ')
    .replace(/[*:.;]+/g, ' ')
    .replace(/\s+/g, ' ')
    .replace(/ ?[/,&] ?| va /g, '/')
    .replace(/^\/+|\/+$/g, '')
    .trim();
}

/**
 * What columns may be called, `|` between their names; a head of several words with `/` between them means what each of its
 * parts means.
 */
export type HeadWords<K extends string> = Readonly<Record<K, string>>;

/** What a head means; null for one that is not known. */
function keyOf<K extends string>(words: HeadWords<K>, text: string): K | null {
  const plain = plainHead(text);
  if (plain === '' || plain.length > 120) return null;
  const keys = Object.keys(words) as K[];
  const means = (k: K, name: string) => `|${words[k]}|`.includes(`|${name}|`);
  const whole = keys.find((k) => means(k, plain));
  if (whole) return whole;
  const parts = plain.split('/');
  if (parts.length < 2) return null;
  return keys.find((k) => parts.every((p) => means(k, p))) ?? null;
}

/** Where a table's rows begin, and which columns hold what. */
export interface Head<K extends string> {
  /** Index of the first row below the head. */
  below: number;
  /** The column of each meaning: the first, where several have it. */
  columns: ReadonlyMap<K, number>;
  /** All columns of each meaning. */
  all: ReadonlyMap<K, readonly number[]>;
  /** The heads as they are written, by column: the lowest of the rows that are the head. */
  written: ReadonlyMap<number, string>;
}

/** Columns of a table that nothing is read from, told once; `used` are those that something is read from. */
export function unusedColumns<K extends string>(
  grid: Grid,
  head: Head<K>,
  used: Iterable<number> = head.columns.values(),
  ignored: RegExp | null = null,
): Diagnostic[] {
  const read = new Set(used);
  const columns = [...head.written]
    .filter(([column, text]) => !read.has(column) && !ignored?.test(text))
    .sort(([a], [b]) => a - b)
    .map(([, text]) => text);
  const place = grid[head.below - 1]?.[0]?.place;
  return columns.length === 0 ? [] : [{ ...warning('columns-unused', { columns }), ...(place && { place }) }];
}

/** Rows in which a head is looked for: titles stand above it. */
const LOOKED_AT = 40;

/**
 * The head of a table: the row, or the two rows over each other, that name most of what columns may hold. `enough` says
 * whether a set of columns makes a table of its kind.
 */
export function findHead<K extends string>(
  grid: Grid,
  words: HeadWords<K>,
  enough: (keys: ReadonlySet<K>) => boolean,
): Head<K> | null {
  let best: (Pick<Head<K>, 'below' | 'all'> & { at: number }) | null = null;
  for (let at = 0; at < Math.min(grid.length, LOOKED_AT); at++) {
    const one = columnsOf([grid[at]!], words);
    const next = grid[at + 1];
    const two = next ? columnsOf([grid[at]!, next], words) : one;
    const better = two.size > one.size;
    const all = better ? two : one;
    if (enough(new Set(all.keys())) && (best === null || all.size > best.all.size))
      best = { at, below: at + (better ? 2 : 1), all };
  }
  if (best === null) return null;
  const { at, below, all } = best;
  const columns = new Map([...all].map(([key, [first]]) => [key, first!]));
  // `Kết quả` over `Tự chấm` and `Thẩm định`, beside heads that go over both rows.
  const next = grid[below];
  const goesOn =
    next && [...columns.values()].every((i) => isBlank(next[i]) || keyOf(words, next[i]!.text) !== null);
  const written = new Map<number, string>();
  for (const row of grid.slice(at, below + (goesOn ? 1 : 0)))
    row.forEach((cell, i) => {
      if (!isBlank(cell)) written.set(i, cell.text.replace(/\s+/g, ' ').trim());
    });
  return { below, columns, all, written };
}

const isBlank = (cell: TableCell | undefined): boolean => (cell?.text ?? '').trim() === '';

function columnsOf<K extends string>(rows: Grid, words: HeadWords<K>): Map<K, number[]> {
  const columns = new Map<K, number[]>();
  for (const row of rows)
    row.forEach((cell, column) => {
      const key = keyOf(words, cell.text);
      const columnsOfKey = key === null ? undefined : columns.get(key);
      if (columnsOfKey && !columnsOfKey.includes(column)) columnsOfKey.push(column);
      else if (key !== null && !columnsOfKey) columns.set(key, [column]);
    });
  return columns;
}

/** The heads of a table as they are written, for a complaint: of the first row that has several. */
export function headsSeen(grid: Grid): string[] {
  const row =
    grid.slice(0, LOOKED_AT).find((r) => r.filter((c) => c.text.trim() !== '').length >= 2) ?? grid[0] ?? [];
  return row.map((c) => c.text.replace(/\s+/g, ' ').trim()).filter((t) => t !== '');
}

/** Whether a row only numbers the columns: `(1) (2) (3)`, `A B 1 2`. */
export function numbersColumns(row: readonly TableCell[]): boolean {
  const said = row.map((c) => c.text.trim()).filter((t) => t !== '');
  if (said.length < 3) return false;
  const bracketed = said.every((t) => /^\(\d{1,2}\)(?:\s*=.*)?$/.test(t));
  const plain = said.filter((t) => !/^[A-D]$/i.test(t));
  return (
    bracketed ||
    (said.length === row.length && plain.length >= 2 && plain.every((t, i) => t === String(i + 1)))
  );
}

const TOTAL =
  /^(?:tổng(?:\s+(?:cộng|điểm|số điểm|số))?|cộng)(?:\s+(?:điểm|tối đa|chung|toàn bộ|các lĩnh vực|các tiêu chí)|\s*[:(=]|\s+[IVX\d]|\s*$)/iu;

const SUBTOTAL =
  /^(?:tổng(?:\s+(?:cộng|điểm|số điểm|số))?|cộng)(?:\s+điểm)?\s+(?:(?:lĩnh vực|mục|phần|nhóm)\s+)?(?:[IVX]+|[A-D]|\d{1,2}(?:\.\d+)*)\s*[.:]?$/iu;

/**
 * Whether a row's words are those of a sum of all (`Tổng cộng`, `Cộng:`) or of a part (`Cộng lĩnh vực 1`), and not of work
 * (`Công tác …`, `Tổng hợp …`).
 */
export function totalOf(text: string): 'all' | 'part' | null {
  const plain = text.normalize('NFC').trim();
  if (SUBTOTAL.test(plain)) return 'part';
  return TOTAL.test(plain) ? 'all' : null;
}
