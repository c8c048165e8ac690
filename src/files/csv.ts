import { error, failure, type Result } from '../diagnostics/diagnostic.js';
import { Lines } from './document.js';
import { LIMITS } from './limits.js';
import type { Sheet, SheetCell } from './sheet.js';

const NUMERAL = /^-?\d+(\.\d+)?$/;
/** One dot and three digits may be a thousand; such a cell stays text, and is judged where it is used. */
const AMBIGUOUS = /^-?[1-9]\d{0,2}\.\d{3}$/;

/** A cell as a number where it can mean nothing else. */
export function cellValue(text: string): string | number {
  const trimmed = text.trim();
  if (AMBIGUOUS.test(trimmed) || !NUMERAL.test(trimmed)) return trimmed;
  const shortest = trimmed.includes('.') ? trimmed.replace(/0+$/, '').replace(/\.$/, '') : trimmed;
  return String(Number(trimmed)) === shortest ? Number(trimmed) : trimmed;
}

/** The separator that the first line uses most, outside quotes. */
function separatorOf(text: string): string {
  const line = text.slice(0, (text.indexOf('\n') + 1 || text.length + 1) - 1).replace(/"[^"]*"/g, '');
  const count = (mark: string) => line.split(mark).length;
  return [';', '\t', ','].reduce((best, mark) => (count(mark) > count(best) ? mark : best), ',');
}

/** Reads separated values (RFC 4180, with `,`, `;` or tab), each cell with its place. */
export function readCsv(file: string, text: string): Result<Sheet> {
  const lines = new Lines(text);
  const separator = separatorOf(text);
  const rows: SheetCell[][] = [];
  let row: SheetCell[] = [];
  const fail = (start: number, reason: string) =>
    failure({ ...error('syntax', { reason }), place: lines.place(file, { start, end: start + 1 }) });
  let i = 0;
  while (i <= text.length) {
    const start = i;
    let value: string;
    let quoted = false;
    if (text[i] === '"') {
      quoted = true;
      let end = i + 1;
      while (text[end] !== '"' || text[end + 1] === '"') {
        end += text[end] === '"' ? 2 : 1;
        if (end >= text.length + 1) return fail(start, 'unclosed quote');
      }
      value = text.slice(i + 1, end).replace(/""/g, '"');
      i = end + 1;
      if (i < text.length && ![separator, '\n', '\r'].includes(text[i]!))
        return fail(i, 'text after a closing quote');
    } else {
      while (i < text.length && text[i] !== separator && text[i] !== '\n' && text[i] !== '\r') i++;
      value = text.slice(start, i);
    }
    const guarded = /^'[=+\-@\t\r]/.test(value) ? value.slice(1) : value;
    row.push({
      value: quoted ? guarded.trim() : cellValue(guarded),
      text: guarded.trim(),
      place: lines.place(file, { start, end: Math.max(i, start + 1) }),
    });
    if (text[i] === separator) {
      i++;
      continue;
    }
    rows.push(row);
    if (rows.length > LIMITS.rows) return fail(start, `more than ${LIMITS.rows} rows`);
    row = [];
    if (text[i] === '\r' && text[i + 1] === '\n') i++;
    i++;
    if (i >= text.length) break;
  }
  return { ok: true, value: { file, rows }, diagnostics: [] };
}
