import type { Criterion } from '../catalogue/catalogue.js';
import type { Words } from '../text/index.js';
import { pointsToNumber } from '../values/points.js';
import {
  type Column,
  cell,
  type DataRows,
  type Row,
  type Scalar,
  type Table,
  type Tone,
} from './presentation.js';
import { provenanceMark } from './words.js';

/** What machines read: in JSON as it stands, in a cell of CSV flat. */
type Value = Scalar | undefined | readonly Value[] | { readonly [key: string]: Value };

/** A column of a table, and a key of a record: one place for its title, its words and its value. */
export interface ViewField<T> extends Omit<Column, 'title'> {
  key: string;
  /** When left out, what the table's `titles` call its key, else the key. */
  title?: string;
  /** Whether there is such a column; there is, when left out. */
  when?: boolean;
  /** What people read; nothing, when null. A field without is no column of what they read. */
  text?(item: T): string | null | undefined;
  /** What machines read. */
  value?(item: T): Value;
  tone?(item: T): Tone | undefined;
}

const columnsOf = <T>(fields: readonly ViewField<T>[]) => fields.filter((field) => field.when !== false);

interface Options<T> extends Pick<Table, 'title'> {
  /** What columns are called by their keys. */
  titles?: Readonly<Record<string, string>>;
  /** Which items head a group of the others, or close them. */
  role?(item: T): Row['role'];
}

/** A table of items by the texts of their fields. */
export function tableOf<T>(
  fields: readonly ViewField<T>[],
  items: readonly T[],
  { role, titles = {}, title }: Options<T> = {},
): Table {
  const columns = columnsOf(fields).filter((field) => field.text);
  return {
    kind: 'table',
    ...(title !== undefined && { title }),
    columns: columns.map(({ key, title = titles[key] ?? key, align, flexible }) => ({
      title,
      ...(align && { align }),
      ...(flexible && { flexible }),
    })),
    rows: items.map((item): Row => {
      const part = role?.(item);
      return {
        cells: columns.map(({ text, tone }) => cell(text!(item) ?? '', tone?.(item))),
        ...(part && { role: part }),
      };
    }),
  };
}

/** A table of items side by side, a column each under its name, and a row for each field; for people. */
export function sideBySide<T extends { name: string }>(
  fields: readonly ViewField<T>[],
  items: readonly T[],
): Table {
  const column = ({ name }: T): Column => ({ title: name, align: 'right', flexible: true });
  return {
    kind: 'table',
    columns: [{ title: ' ' }, ...items.map(column)],
    rows: columnsOf(fields).map(({ key, title = key, text, tone }) => ({
      cells: [cell(title), ...items.map((item) => cell(text?.(item) ?? '', tone?.(item)))],
    })),
  };
}

/** What an item is for machines, for JSON and for a row of CSV: the fields' values by their keys; undefined ones are left out. */
export const recordOf = <T>(fields: readonly ViewField<T>[], item: T): Record<string, Value> =>
  Object.fromEntries(
    fields.flatMap(({ key, value }) => {
      const given = value?.(item);
      return given === undefined ? [] : [[key, given]];
    }),
  );

/** What machines read of records: a column for each of these keys. */
export const dataOf = <K extends string>(
  keys: readonly K[],
  records: Iterable<Readonly<Partial<Record<NoInfer<K>, Value>>>>,
): DataRows => ({ keys, rows: each(records, (record) => keys.map((key) => flat(record[key]))) });

/** What machines read of the items of a table: a column for each field, of its values, or its texts where it has none. */
export function valuesOf<T>(fields: readonly ViewField<T>[], items: Iterable<T>): DataRows {
  const columns = columnsOf(fields);
  return {
    keys: columns.map(({ key }) => key),
    rows: each(items, (item) => columns.map(({ value, text }) => flat(value ? value(item) : text?.(item)))),
  };
}

/** Each made as it is asked for. */
const each = <T, U>(items: Iterable<T>, make: (item: T) => U): Iterable<U> => ({
  *[Symbol.iterator]() {
    for (const item of items) yield make(item);
  },
});

/** A value in one cell: members of a list beside each other, other things of several parts as JSON. */
function flat(value: Value): Scalar {
  if (typeof value !== 'object') return value ?? null;
  return Array.isArray(value) ? value.join('; ') : value && JSON.stringify(value);
}

/** The id and the name of an item's criterion. */
export const criterionFields = <T>(
  criterionOf: (item: T) => Pick<Criterion, 'id' | 'name'>,
  { labels, numbers }: Words,
): ViewField<T>[] => [
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
export const maximumFields = ({ labels, numbers }: Words, decimals: number): ViewField<Criterion>[] => [
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
