import { type Cell, type Column, cell, type Row, type Table, type Tone } from './presentation.js';

/** A column of a table and what stands in it: one place for its title, its words and its value. */
export interface Field<T> extends Omit<Column, 'title'> {
  /** The key, when left out: machines read no titles. */
  title?: string;
  /** What people read; nothing, when left out. */
  text?(item: T): string;
  /** What machines read; the text, when left out. */
  value?(item: T): Cell['value'];
  tone?(item: T): Tone | undefined;
}

/** A table of items by its fields; its rows are made when they are first asked for. */
export function tableOf<T>(
  fields: readonly Field<T>[],
  items: readonly T[],
  table: Omit<Table, 'kind' | 'columns' | 'rows'> = {},
): Table {
  let rows: Row[] | null = null;
  return {
    kind: 'table',
    ...table,
    columns: columnsOf(fields),
    get rows() {
      rows ??= items.map((item) => rowOf(fields, item));
      return rows;
    },
  };
}

/** A table for machines alone: the values of its fields under their keys. */
export const dataOf = <T>(fields: readonly Field<T>[], items: readonly T[]): Table =>
  tableOf(fields, items, { data: true, machineOnly: true });

const columnsOf = <T>(fields: readonly Field<T>[]): Column[] =>
  fields.map(({ key, title = key, align, flexible }) => ({
    key,
    title,
    ...(align && { align }),
    ...(flexible && { flexible }),
  }));

const rowOf = <T>(fields: readonly Field<T>[], item: T, role?: Row['role']): Row => ({
  cells: fields.map((field) => {
    const text = field.text?.(item) ?? '';
    return cell(text, field.value ? field.value(item) : text, field.tone?.(item));
  }),
  ...(role && { role }),
});
