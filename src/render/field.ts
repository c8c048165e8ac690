import type { Criterion } from '../catalogue/catalogue.js';
import { pointsToNumber } from '../exact/points.js';
import type { Words } from '../text/messages.js';
import { type Cell, type Column, cell, type Row, type Table, type Tone } from './presentation.js';
import { provenanceMark } from './words.js';

/** What machines read: in JSON as it stands, in a cell of CSV flat. */
type Value = Cell['value'] | undefined | readonly Value[] | { readonly [key: string]: Value };

/** A column of a table, and a key of a record: one place for its title, its words and its value. */
export interface Field<T> extends Omit<Column, 'title'> {
  /** When left out, what the table's `titles` call its key, else the key: machines read no titles. */
  title?: string;
  /** Whether there is such a column; there is, when left out. */
  when?: boolean;
  /** What people read; nothing, when null. A field without is no column of what they read. */
  text?(item: T): string | null | undefined;
  /** What machines read; in a table for both the text, when left out. */
  value?(item: T): Value;
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
  const columns = fields.filter(({ when, text }) => when !== false && (text || table.data));
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

/** What an item is for machines, for JSON and for a row of CSV: the fields' values by their keys; undefined ones are left out. */
export const recordOf = <T>(fields: readonly Field<T>[], item: T): Record<string, Value> =>
  Object.fromEntries(
    fields.flatMap(({ key, value }) => {
      const given = value?.(item);
      return given === undefined ? [] : [[key, given]];
    }),
  );

/** A table for machines alone: what records have under these keys, which are its columns. */
export const dataOf = <K extends string>(
  keys: readonly K[],
  records: Iterable<Readonly<Partial<Record<NoInfer<K>, Value>>>>,
): Table =>
  tableOf<Readonly<Partial<Record<K, Value>>>>(
    keys.map((key) => ({ key, value: (record) => record[key] })),
    records,
    { data: true, machineOnly: true },
  );

/** A value in one cell: members of a list beside each other, other things of several parts as JSON. */
function flat(value: Value): Cell['value'] {
  if (typeof value !== 'object') return value ?? null;
  return Array.isArray(value) ? value.join('; ') : value && JSON.stringify(value);
}

const rowOf = <T>(fields: readonly Field<T>[], item: T, role: Row['role']): Row => ({
  cells: fields.map((field) => {
    const text = field.text?.(item) ?? '';
    return cell(text, field.value ? flat(field.value(item)) : text, field.tone?.(item));
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
