import { csvCell } from '../files/csv.js';
import type { Render } from './formats.js';
import { dataTable, type Table } from './presentation.js';

/** The presentation's data table: machine headers, machine values. */
export const renderCsv: Render = (presentation) => {
  const table = dataTable(presentation);
  return table.eachRow ? lines(table, table.eachRow()) : [...lines(table, table.rows)].join('');
};

function* lines({ columns }: Table, rows: Iterable<Table['rows'][number]>): Iterable<string> {
  yield `${columns.map((c) => csvCell(c.key)).join(',')}\r\n`;
  for (const { role, cells } of rows) if (!role) yield `${cells.map((c) => csvCell(c.value)).join(',')}\r\n`;
}
