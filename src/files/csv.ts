import { error, failure, type Place, type Result } from '../diagnostics/diagnostic.js';
import { NUMERAL } from '../exact/fraction.js';
import type { Sheet, SheetCell, SheetRow } from './cells.js';
import { Lines } from './document.js';
import { LIMITS } from './limits.js';

/** One dot and three digits may be a thousand; such a cell stays text, and is judged where it is used. */
const AMBIGUOUS = /^-?[1-9]\d{0,2}\.\d{3}$/;

/** A cell as a number where it can mean nothing else. */
function cellValue(text: string): string | number {
  const trimmed = text.trim();
  if (trimmed.length > 20 || AMBIGUOUS.test(trimmed) || !NUMERAL.test(trimmed)) return trimmed;
  const shortest = trimmed.includes('.') ? withoutZeros(trimmed) : trimmed;
  return String(Number(trimmed)) === shortest ? Number(trimmed) : trimmed;
}

function withoutZeros(decimal: string): string {
  let end = decimal.length;
  while (decimal[end - 1] === '0') end--;
  return decimal.slice(0, decimal[end - 1] === '.' ? end - 1 : end);
}

const SEPARATORS = [';', '\t', ',', '|'];
/** Rows looked at to choose a separator. */
const GLANCE = 40;

/**
 * Reads separated values (RFC 4180), each cell with its place. The separator is the one that a first line `sep=;`
 * names, else the one under which the rows have the best head by `rate`, else the one the first line has most of.
 */
export function readCsv(file: string, text: string, rate: (sheet: Sheet) => number): Result<Sheet> {
  const named = /^\ufeff?sep=(.)\r?\n/i.exec(text);
  if (named) return readSeparated(file, text, named[1]!, named[0].length, null);
  const first = text.slice(0, (text.indexOf('\n') + 1 || text.length + 1) - 1).replace(/"[^"]*"/g, '');
  const rated = SEPARATORS.map((separator) => {
    const glance = readSeparated(file, text, separator, 0, GLANCE);
    return { separator, rate: glance.ok ? rate(glance.value) : 0, count: first.split(separator).length };
  });
  const best = rated.reduce((a, b) => (b.rate > a.rate || (b.rate === a.rate && b.count > a.count) ? b : a));
  return readSeparated(file, text, best.separator, 0, null);
}

/** Reads cells up to so many rows; with `rows` null the limit of a table holds and is an error. */
function readSeparated(
  file: string,
  text: string,
  separator: string,
  from: number,
  glance: number | null,
): Result<Sheet> {
  const source: Source = { file, text, lines: null };
  const sheet: Sheet = { file, name: null, hidden: false, rows: [], merges: [], separator };
  // A glance takes what there is up to a fault: the whole reading will tell it.
  const fail = (start: number, problem: ReturnType<typeof error>): Result<Sheet> =>
    glance === null
      ? failure({ ...problem, place: placeIn(source, start, start + 1) })
      : { ok: true, value: sheet, diagnostics: [] };
  const most = glance ?? LIMITS.rows;
  let row: SheetRow = { number: 1, cells: [] };
  let column = 1;
  let count = 0;
  let i = from;
  while (i < text.length) {
    const start = i;
    let value: string;
    let quoted = false;
    if (text[i] === '"') {
      quoted = true;
      const end = closingQuote(text, i);
      if (end < 0) return fail(start, error('syntax', { reason: 'unclosed quote' }));
      value = text.slice(i + 1, end).replaceAll('""', '"');
      i = end + 1;
      if (i < text.length && text[i] !== separator && text[i] !== '\n' && text[i] !== '\r')
        return fail(i, error('syntax', { reason: 'text after a closing quote' }));
    } else {
      while (i < text.length && text[i] !== separator && text[i] !== '\n' && text[i] !== '\r') i++;
      value = text.slice(start, i);
    }
    const bare = (/^'[=+\-@\t\r]/.test(value) ? value.slice(1) : value).trim();
    if (bare !== '') {
      if (++count > LIMITS.cells) return fail(start, error('too-many-cells', { file, limit: LIMITS.cells }));
      row.cells.push(new CsvCell(source, start, i, column, quoted ? bare : cellValue(bare), bare));
    }
    if (text[i] === separator) {
      i++;
      column++;
      if (i < text.length) continue;
    }
    if (text[i] === '\r' && text[i + 1] === '\n') i++;
    i++;
    if (row.cells.length > 0) {
      if (sheet.rows.length >= most) {
        if (glance !== null) break;
        return fail(start, error('too-many-rows', { file, limit: LIMITS.rows }));
      }
      sheet.rows.push(row);
    }
    row = { number: row.number + 1, cells: [] };
    column = 1;
  }
  return { ok: true, value: sheet, diagnostics: [] };
}

/** Where the quote that opens at `from` closes; a doubled one stands for itself. Negative when it never does. */
function closingQuote(text: string, from: number): number {
  for (let at = text.indexOf('"', from + 1); at >= 0; at = text.indexOf('"', at + 2))
    if (text[at + 1] !== '"') return at;
  return -1;
}

/** The text that cells stand in; its lines are counted when a place is first asked for. */
interface Source {
  file: string;
  text: string;
  lines: Lines | null;
}

function placeIn(source: Source, start: number, end: number): Place {
  source.lines ??= new Lines(source.text);
  return source.lines.place(source.file, { start, end });
}

class CsvCell implements SheetCell {
  constructor(
    private readonly source: Source,
    private readonly start: number,
    private readonly end: number,
    readonly column: number,
    readonly value: string | number,
    readonly text: string,
  ) {}

  get quoted(): boolean {
    return this.source.text[this.start] === '"';
  }

  get unread(): undefined {
    return undefined;
  }

  get place(): Place {
    return placeIn(this.source, this.start, this.end);
  }
}
