import { csvField } from '../files/writers/csv.js';
import type { Render } from './formats.js';
import type { Table } from './presentation.js';

/** The presentation's data table: machine headers, machine values. */
export const renderCsv: Render = ({ blocks }) => {
  const table = blocks.find((b): b is Table => b.kind === 'table' && b.data === true);
  if (!table) throw new Error('a presentation without a data table');
  const rows = table.rows.filter((row) => !row.role).map((row) => row.cells.map((c) => csvField(c.value)));
  return [table.columns.map((c) => csvField(c.key)), ...rows].map((r) => `${r.join(',')}\r\n`).join('');
};
