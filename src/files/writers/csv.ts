import { NUMERAL } from '../../exact/fraction.js';
import { TWO_READINGS } from '../../exact/numeral.js';
import type { Writer } from './index.js';
import { type CellValue, tableOf } from './rows.js';

const RISKY = /^[=+\-@\t\r]/;

/** One cell: quoted where needed; text that a spreadsheet would run as a formula is defused. */
export function csvCell(value: string | number | boolean | null): string {
  if (value === null) return '';
  if (typeof value !== 'string') return String(value);
  const safe = RISKY.test(value) ? `'${value}` : value;
  return /[",\r\n;]/.test(safe) ? `"${safe.replace(/"/g, '""')}"` : safe;
}

/** A number with three places gets a fourth, since `1.234` may be a thousand; a text numeral is quoted. */
function cell(value: CellValue): string {
  if (typeof value === 'number') {
    const text = String(value);
    return TWO_READINGS.test(text) ? `${text}0` : text;
  }
  if (typeof value === 'string' && NUMERAL.test(value)) return `"${value}"`;
  return csvCell(value);
}

/** Comma-separated, with a mark that tells Excel it is UTF-8. */
export const csvWriter: Writer = {
  many: true,
  write: async (readings) => {
    const { header, rows } = tableOf(readings);
    const at = header.indexOf('id');
    const lines = rows.map((row) => row.map((v, i) => (i === at ? csvCell(v) : cell(v))).join(','));
    return `\ufeff${[header.join(','), ...lines].map((line) => `${line}\r\n`).join('')}`;
  },
};
