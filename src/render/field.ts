import type { Criterion } from '../catalogue/catalogue.js';
import { pointsToNumber } from '../exact/points.js';
import type { Words } from '../text/messages.js';
import { type Cell, type Column, cell, type Row, type Table, type Tone } from './presentation.js';
import { provenanceMark } from './words.js';

/** A column of a table and what stands in it: one place for its title, its words and its value. */
export interface Field<T> extends Omit<Column, 'title'> {
  /** When left out, what the table's `titles` call its key, else the key: machines read no titles. */
  title?: string;
  /** Whether there is such a column; there is, when left out. */
  when?: boolean;
  /** What people read; nothing, when left out. */
  text?(item: T): string;
  /** What machines read; the text, when left out. */
  value?(item: T): Cell['value'];
  tone?(item: T): Tone | undefined;
}

interface Options<T> extends Pick<Table, 'title' | 'data' | 'machineOnly'> {
  /** What columns are called by their keys. */
  titles?: Readonly<Record<string, string>>;
  /** Which items head a group of the others, or close them. */
  role?(item: T): Row['role'];
}

/** A table of items by its fields; its rows are made when they are first asked for. */
export function tableOf<T>(
  fields: readonly Field<T>[],
  items: Iterable<T>,
  { role, titles = {}, ...table }: Options<T> = {},
): Table {
  const columns = fields.filter((field) => field.when !== false);
  function* eachRow(): Iterable<Row> {
    for (const item of items) yield rowOf(columns, item, role?.(item));
  }
  let rows: Row[] | null = null;
  return {
    kind: 'table',
    ...table,
    columns: columns.map(({ key, title = titles[key] ?? key, align, flexible }) => ({
      key,
      title,
      ...(align && { align }),
      ...(flexible && { flexible }),
    })),
    get rows() {
      rows ??= [...eachRow()];
      return rows;
    },
    // Items that are no list yet are made one by one, and so are their rows.
    ...(!Array.isArray(items) && { eachRow }),
  };
}

/** A table of items side by side, a column each under its name, and a row for each field; for people. */
export function sideBySide<T extends { name: string }>(
  fields: readonly Field<T>[],
  items: readonly T[],
): Table {
  const column = ({ name }: T, i: number): Column => ({
    key: String(i),
    title: name,
    align: 'right',
    flexible: true,
  });
  return {
    kind: 'table',
    columns: [{ key: 'what', title: ' ' }, ...items.map(column)],
    rows: fields
      .filter((field) => field.when !== false)
      .map(({ key, title = key, text, tone }) => ({
        cells: [cell(title), ...items.map((item) => cell(text?.(item) ?? '', null, tone?.(item)))],
      })),
  };
}

/** A table for machines alone: the values of its fields under their keys. */
export const dataOf = <T>(fields: readonly Field<T>[], items: Iterable<T>): Table =>
  tableOf(fields, items, { data: true, machineOnly: true });

/** Items for both: a table of the fields with words for people, and one of those with values for machines. */
export function tablesOf<T>(
  fields: readonly Field<T>[],
  items: readonly T[],
  title?: string,
): { shown: Table; data: Table } {
  return {
    shown: tableOf(
      fields.filter((f) => f.text),
      items,
      title === undefined ? {} : { title },
    ),
    data: dataOf(
      fields.filter((f) => f.value),
      items,
    ),
  };
}

const rowOf = <T>(fields: readonly Field<T>[], item: T, role: Row['role']): Row => ({
  cells: fields.map((field) => {
    const text = field.text?.(item) ?? '';
    return cell(text, field.value ? field.value(item) : text, field.tone?.(item));
  }),
  ...(role && { role }),
});

/** The id and the name of an item's criterion. */
export const criterionFields = <T>(
  criterionOf: (item: T) => Pick<Criterion, 'id' | 'name'>,
  { labels, numbers }: Words,
): Field<T>[] => [
  {
    key: 'id',
    title: labels.columns.id,
    text: (item) => criterionOf(item).id,
    value: (item) => criterionOf(item).id,
  },
  {
    key: 'name',
    title: labels.columns.criterion,
    flexible: true,
    text: (item) => numbers.pick(criterionOf(item).name),
  },
];

/** A criterion's maximum, and the mark of where it comes from. */
export const maximumFields = ({ labels, numbers }: Words, decimals: number): Field<Criterion>[] => [
  {
    key: 'max',
    title: labels.columns.max,
    align: 'decimal',
    text: (c) => numbers.points(c.max, decimals),
    value: (c) => pointsToNumber(c.max, decimals),
  },
  {
    key: 'mark',
    title: ' ',
    text: (c) => provenanceMark(c.maxProvenance.kind),
    value: (c) => c.maxProvenance.kind,
    tone: () => 'warn',
  },
];

/** Rows of plain values, for machines alone, a column for each key of the first. */
export const dataOfRows = (rows: readonly Readonly<Record<string, Cell['value']>>[]): Table =>
  dataOf<(typeof rows)[number]>(
    Object.keys(rows[0] ?? {}).map((key) => ({ key, value: (row) => row[key]! })),
    rows,
  );
