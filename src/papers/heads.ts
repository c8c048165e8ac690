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

/** What heads mean; a head of several words with `/` between them means what each of its parts means. */
export type HeadWords<K extends string> = Readonly<Record<K, readonly string[]>>;

/** What a head means; null for one that is not known. */
function keyOf<K extends string>(words: HeadWords<K>, text: string): K | null {
  const plain = plainHead(text);
  if (plain === '' || plain.length > 120) return null;
  const keys = Object.keys(words) as K[];
  const whole = keys.find((k) => words[k].includes(plain));
  if (whole) return whole;
  const parts = plain.split('/');
  if (parts.length < 2) return null;
  return keys.find((k) => parts.every((p) => words[k].includes(p))) ?? null;
}

/** Where a table's rows begin, and which column holds what. */
export interface Head<K extends string> {
  /** Index of the first row below the head. */
  below: number;
  columns: ReadonlyMap<K, number>;
  /** All columns with a head of that meaning, where several may stand beside each other. */
  several: readonly number[];
  /** Heads of the columns that nothing is read from, as they are written. */
  unused: string[];
}

/** Columns of a table that nothing is read from, told once. */
export const unusedColumns = (columns: string[], head: readonly TableCell[] | undefined): Diagnostic => ({
  ...warning('columns-unused', { columns }),
  ...(head?.[0] && { place: head[0].place }),
});

/** Rows in which a head is looked for: titles stand above it. */
const LOOKED_AT = 40;

/**
 * The head of a table: the row, or the two rows over each other, that name most of what columns may hold. `enough` says
 * whether a set of columns makes a table of its kind; of the key `several` more than one column is read.
 */
export function findHead<K extends string>(
  grid: Grid,
  words: HeadWords<K>,
  enough: (keys: ReadonlySet<K>) => boolean,
  several?: K,
): Head<K> | null {
  let best: (Pick<Head<K>, 'below' | 'columns'> & { at: number }) | null = null;
  for (let at = 0; at < Math.min(grid.length, LOOKED_AT); at++) {
    const one = columnsOf([grid[at]!], words);
    const next = grid[at + 1];
    const two = next ? columnsOf([grid[at]!, next], words) : one;
    const better = two.size > one.size;
    const columns = better ? two : one;
    if (enough(new Set(columns.keys())) && (best === null || columns.size > best.columns.size))
      best = { at, below: at + (better ? 2 : 1), columns };
  }
  if (best === null) return null;
  const { at, below, columns } = best;
  const taken = new Set(columns.values());
  const beside = grid
    .slice(at, below)
    .flatMap((row) => row.flatMap((c, i) => (several && keyOf(words, c.text) === several ? [i] : [])));
  const again: number[] = [];
  // Only columns side by side say it together.
  for (let i = several && columns.get(several); i !== undefined && beside.includes(i); i++)
    if (again.length === 0 || !taken.has(i)) again.push(i);
  const used = new Set([...taken, ...again]);
  const unused = unusedOf(grid, at, below, used, (text) => keyOf(words, text) !== null);
  return { below, columns, several: again, unused };
}

/** The heads of columns that are not among those known: the lowest of the rows that are the head. */
function unusedOf(
  grid: Grid,
  at: number,
  below: number,
  used: ReadonlySet<number>,
  isHead: (text: string) => boolean,
): string[] {
  const said = (row: readonly TableCell[]) =>
    row.flatMap((c, i) => (used.has(i) || c.text.trim() === '' ? [] : [i]));
  // `Kết quả` over `Tự chấm` and `Thẩm định`, beside heads that go over both rows.
  const next = grid[below];
  const blank = (text: string) => text.trim() === '';
  const goesOn = next && [...used].every((i) => [blank, isHead].some((is) => is(next[i]?.text ?? '')));
  const heads = new Map<number, string>();
  for (const row of grid.slice(at, below + (goesOn ? 1 : 0)))
    for (const i of said(row)) heads.set(i, row[i]!.text.replace(/\s+/g, ' ').trim());
  return [...heads].sort(([a], [b]) => a - b).map(([, text]) => text);
}

function columnsOf<K extends string>(rows: Grid, words: HeadWords<K>): Map<K, number> {
  const columns = new Map<K, number>();
  for (const row of rows)
    row.forEach((cell, column) => {
      const key = keyOf(words, cell.text);
      if (key !== null && !columns.has(key)) columns.set(key, column);
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
