import { type Diagnostic, error, failure, type Place, type Result } from '../values/diagnostic.js';
import { AMBIGUOUS_NUMERAL, NUMERAL } from '../values/fraction.js';
import { emptySheet, type Sheet, type SheetCell, type SheetRow } from './cells.js';
import { Lines } from './document.js';
import { LIMITS } from './limits.js';

/** A cell as a number where it can mean nothing else; what has two readings stays text, and is judged where it is used. */
function cellValue(text: string): string | number {
  const trimmed = text.trim();
  if (trimmed.length > 20 || AMBIGUOUS_NUMERAL.test(trimmed) || !NUMERAL.test(trimmed)) return trimmed;
  const shortest = trimmed.includes('.') ? trimmed.replace(/\.?0+$/, '') : trimmed;
  return String(Number(trimmed)) === shortest ? Number(trimmed) : trimmed;
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

/** Finds rows up to so many; with `glance` null the limit of a table holds and is an error. */
function readSeparated(
  file: string,
  text: string,
  separator: string,
  from: number,
  glance: number | null,
): Result<Sheet> {
  const source: Source = { file, text, separator, lines: null };
  const sheet = emptySheet(file, separator);
  // A glance takes what there is up to a fault: the whole reading will tell it.
  const fail = (start: number, problem: Diagnostic): Result<Sheet> =>
    glance === null
      ? failure({ ...problem, place: placeIn(source, start, start + 1) })
      : { ok: true, value: sheet, diagnostics: [] };
  let number = 1;
  let count = 0;
  let filled = 0;
  const fill = (start: number, end: number) => {
    if (!isBlank(text, start, end)) filled++;
  };
  for (let i = from; i < text.length; number++) {
    const start = i;
    filled = 0;
    const { next, fault } = scanRow(source, i, fill);
    if (fault) return fail(next, fault);
    i = next;
    if (filled === 0) continue;
    if (filled > LIMITS.columns)
      return fail(start, error('too-many-columns', { file, limit: LIMITS.columns }));
    count += filled;
    if (count > LIMITS.csvCells)
      return fail(start, error('too-many-cells', { file, limit: LIMITS.csvCells }));
    if (sheet.rows.length === glance) break;
    // The head is not counted.
    if (sheet.rows.length > LIMITS.rows)
      return fail(start, error('too-many-rows', { file, limit: LIMITS.rows }));
    sheet.rows.push(new CsvRow(source, start, number));
  }
  return { ok: true, value: sheet, diagnostics: [] };
}

/** The text that cells stand in; its lines are counted when a place is first asked for. */
interface Source {
  file: string;
  text: string;
  separator: string;
  lines: Lines | null;
}

/** Takes the fields of the row at `from` in turn; where the next row begins, or where the fault is that ends it. */
function scanRow(
  { text, separator }: Source,
  from: number,
  take: (start: number, end: number, column: number) => void,
): { next: number; fault: Diagnostic | null } {
  const mark = separator.charCodeAt(0);
  let i = from;
  for (let column = 1; ; column++) {
    const start = i;
    if (text.charCodeAt(i) === QUOTE) {
      const end = closingQuote(text, i);
      if (end < 0) return { next: start, fault: error('syntax', { reason: 'unclosed quote' }) };
      i = end + 1;
      const code = text.charCodeAt(i);
      if (i < text.length && code !== mark && code !== NEWLINE && code !== RETURN)
        return { next: i, fault: error('syntax', { reason: 'text after a closing quote' }) };
    } else
      for (; i < text.length; i++) {
        const code = text.charCodeAt(i);
        if (code === mark || code === NEWLINE || code === RETURN) break;
      }
    take(start, i, column);
    if (text.charCodeAt(i) !== mark || i + 1 >= text.length) break;
    i++;
  }
  const twoSigns = text.charCodeAt(i) === RETURN && text.charCodeAt(i + 1) === NEWLINE;
  return { next: i + (twoSigns ? 2 : 1), fault: null };
}

const QUOTE = 34;
const APOSTROPHE = 39;
const NEWLINE = 10;
const RETURN = 13;

/** Where the quote that opens at `from` closes; a doubled one stands for itself. Negative when it never does. */
function closingQuote(text: string, from: number): number {
  for (let at = text.indexOf('"', from + 1); at >= 0; at = text.indexOf('"', at + 2))
    if (text[at + 1] !== '"') return at;
  return -1;
}

/** What a field says, without its quotes and the apostrophe that keeps a spreadsheet from making a number or formula of it. */
function plainText(text: string, start: number, end: number): string {
  const value =
    text.charCodeAt(start) === QUOTE
      ? text.slice(start + 1, end - 1).replaceAll('""', '"')
      : text.slice(start, end);
  return (/^'[=+\-@\t\r\d]/.test(value) ? value.slice(1) : value).trim();
}

function isBlank(text: string, start: number, end: number): boolean {
  if (start === end) return true;
  const first = text.charCodeAt(start);
  // Most fields are told by their first letter.
  if (first > APOSTROPHE && first < 127) return false;
  return plainText(text, start, end) === '';
}

function placeIn(source: Source, start: number, end: number): Place {
  source.lines ??= new Lines(source.text);
  return source.lines.place(source.file, { start, end });
}

/** A row by where it begins: its cells are made each time they are asked for, since all of them at once take a gigabyte. */
class CsvRow implements SheetRow {
  constructor(
    private readonly source: Source,
    private readonly start: number,
    readonly number: number,
  ) {}

  get cells(): SheetCell[] {
    const { source } = this;
    const cells: SheetCell[] = [];
    scanRow(source, this.start, (start, end, column) => {
      const text = plainText(source.text, start, end);
      if (text !== '') cells.push(new CsvCell(source, start, end, column, text));
    });
    return cells;
  }

  get opening(): string {
    const { source } = this;
    let opening = '';
    scanRow(source, this.start, (start, end) => {
      if (opening === '') opening = plainText(source.text, start, end);
    });
    return opening;
  }
}

class CsvCell implements SheetCell {
  constructor(
    private readonly source: Source,
    private readonly start: number,
    private readonly end: number,
    readonly column: number,
    readonly text: string,
  ) {}

  get value(): string | number {
    return this.bare ? cellValue(this.text) : this.text;
  }

  get bare(): boolean {
    return this.source.text.charCodeAt(this.start) !== QUOTE;
  }

  get place(): Place {
    return placeIn(this.source, this.start, this.end);
  }
}

const RISKY = /^[=+\-@\t\r]/;
const PLAIN = /^[^=+\-@\t\r",\n;][^",\r\n;]*$/;

/** One cell: quoted where needed; text that a spreadsheet would run as a formula is defused. */
export function csvCell(value: string | number | boolean | null): string {
  if (value === null) return '';
  if (typeof value !== 'string') return String(value);
  if (PLAIN.test(value)) return value;
  const safe = RISKY.test(value) ? `'${value}` : value;
  return /[",\r\n;]/.test(safe) ? `"${safe.replace(/"/g, '""')}"` : safe;
}
