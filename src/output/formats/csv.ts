import type { Cell, Table } from '../presentation.js';
import type { Render } from './index.js';

const RISKY = /^[=+\-@\t\r]/;

/** One field: quoted where needed; text that a spreadsheet would run as a formula is defused. */
export function csvField(value: Cell['value']): string {
  if (value === null) return '';
  if (typeof value !== 'string') return String(value);
  const safe = RISKY.test(value) ? `'${value}` : value;
  return /[",\r\n;]/.test(safe) ? `"${safe.replace(/"/g, '""')}"` : safe;
}

/** The presentation's data table: machine headers, machine values. */
export const renderCsv: Render = ({ blocks }) => {
  const table = blocks.find((b): b is Table => b.kind === 'table' && b.data === true);
  if (!table) throw new Error('a presentation without a data table');
  const rows = table.rows.filter((row) => !row.role).map((row) => row.cells.map((c) => csvField(c.value)));
  return [table.columns.map((c) => csvField(c.key)), ...rows].map((r) => `${r.join(',')}\r\n`).join('');
};
