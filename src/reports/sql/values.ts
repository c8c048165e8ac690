import { text } from './terms.js';

/** What a column of a table of rules holds, as SQL. */
type Kind = 'number' | 'truth';

/** A number that a row of rules does not have. */
export const NULL = 'NULL';

interface Column {
  name: string;
  kind: Kind;
  cells: string[];
}

/** A table of values as a step of a query: rows of keys, null where any is meant, and of cells; the first says the types. */
export function table(
  name: string,
  heads: readonly string[],
  keys: readonly (readonly (string | null)[])[],
  columns: readonly Column[],
): string {
  const key = (k: string | null, first: boolean) =>
    k !== null ? text(k) : first ? 'CAST(NULL AS VARCHAR)' : NULL;
  const cell = (c: Column, i: number) =>
    i === 0 && c.kind === 'number' ? `CAST(${c.cells[i]} AS DOUBLE PRECISION)` : c.cells[i];
  const rows = keys.map((row, i) =>
    [...row.map((k) => key(k, i === 0)), ...columns.map((c) => cell(c, i))].join(', '),
  );
  const all = [...heads, ...columns.map((c) => c.name)].join(', ');
  return `${name} (${all}) AS (\n  VALUES\n    (${rows.join('),\n    (')})\n)`;
}

/**
 * A table of what rules say, a row a rule, for a query to join: what all rules say alike is written where it is used, and
 * only what differs is a column.
 */
export class Values {
  private readonly columns: Column[] = [];

  /** `keys` has the columns that rows are joined by, null where any row is meant. */
  constructor(
    private readonly name: string,
    private readonly heads: readonly string[],
    private readonly keys: readonly (readonly (string | null)[])[],
  ) {}

  /** What stands for a value in the query: the value itself, or the column that has it. */
  column(name: string, cells: string[], kind: Kind = 'number'): string {
    const [first = NULL] = cells;
    if (cells.every((c) => c === first)) return first === NULL ? 'CAST(NULL AS DOUBLE PRECISION)' : first;
    const same = this.columns.find((c) => c.cells.every((cell, i) => cell === cells[i]));
    if (same) return same.name;
    this.columns.push({ name, kind, cells });
    return name;
  }

  /** Whether rows need the table at all. */
  get needed(): boolean {
    return this.columns.length > 0;
  }

  get names(): string[] {
    return this.columns.map((c) => c.name);
  }

  step(): string {
    return table(this.name, this.heads, this.keys, this.columns);
  }
}
