import { type Diagnostic, error, failure, note, type Result, warning } from '../values/diagnostic.js';
import { raisedDigits } from './cells.js';
import { LIMITS } from './limits.js';
import { readXml, XmlFault } from './xml.js';
import { holdsMacros, Zip } from './zip.js';

/** A table of a Word document: rows of cells, a cell for every column; what is merged stands in the first of them. */
type WordTable = { text: string; row: number; column: number }[][];

/** What a Word document says, in order: paragraphs, and tables whose cells are paragraphs too. */
export interface WordDocument {
  paragraphs: { text: string; inTable: boolean }[];
  tables: WordTable[];
}

const MAIN = 'word/document.xml';

/**
 * Reads a Word document's own text: what is deleted, hidden fields, comments, headers, pictures and macros are no part of
 * it, and nothing outside the file is fetched.
 */
export function readDocx(file: string, bytes: Uint8Array): Result<WordDocument> {
  const fail = (reason: string) => failure({ ...error('not-a-document', { file, reason }), place: { file } });
  const zip = Zip.open(bytes, LIMITS.inflated);
  if (!zip?.has(MAIN)) return fail('not-word');
  const parts = [MAIN, 'word/numbering.xml', 'word/styles.xml'].map((name) =>
    zip.has(name) ? zip.read(name) : null,
  );
  for (const part of parts) {
    if (!part || part.ok) continue;
    return part.fault === 'too-large'
      ? failure({ ...error('inflates-too-far', { file, limit: LIMITS.inflated }), place: { file } })
      : fail(part.fault);
  }
  const [main, numbering, styles] = parts.map((part) => (part?.ok ? part.bytes : null));
  if (!main) return fail('not-word');
  let listener: Body;
  try {
    listener = new Body(new Numbering(numbering, styles));
    readXml(main, listener);
  } catch (fault) {
    if (fault instanceof XmlFault) return fail(fault.message);
    throw fault;
  }
  if (listener.tooMany) return fail(`more than ${LIMITS.rows} rows`);
  const { paragraphs, tables } = listener;
  const told: Diagnostic[] = holdsMacros(zip) ? [note('macros-ignored', { file })] : [];
  const [first] = listener.unnumbered;
  if (first !== undefined) {
    const params = { paragraphs: listener.unnumbered.length, value: first.slice(0, 80) };
    told.push(warning('list-number-unread', params));
  }
  const diagnostics = told.map((d) => ({ ...d, place: { file } }));
  return { ok: true, value: { paragraphs, tables }, diagnostics };
}

interface OpenCell {
  lines: string[];
  span: number;
  continues: boolean;
}

interface OpenParagraph {
  text: string;
  list: string | null;
  level: number | null;
  style: string | null;
}

interface OpenTable {
  rows: WordTable;
  row: WordTable[number];
  cell: OpenCell | null;
}

// What is a copy of something else, was deleted, or was so before a change.
const SILENT = new Set(['Fallback', 'del', 'moveFrom', 'pPrChange']);

/** Spaces between runs of a paragraph are its own; those between tags are not text. */
class Body {
  readonly paragraphs: WordDocument['paragraphs'] = [];
  readonly tables: WordTable[] = [];
  tooMany = false;
  /** Paragraphs whose number in a list is written in a way that is unknown. */
  readonly unnumbered: string[] = [];
  private rows = 0;
  /** Open tables, the innermost last: a table may stand in a cell. */
  private readonly stack: OpenTable[] = [];
  /** Open paragraphs: a text box stands in one. */
  private readonly texts: OpenParagraph[] = [];
  private hearing = false;
  private raised = false;
  /** Depth inside what is no part of the document. */
  private silent = 0;

  constructor(private readonly numbering: Numbering) {}

  open(name: string, attribute: (name: string) => string | undefined): void {
    if (this.silent > 0 || SILENT.has(name)) {
      if (SILENT.has(name)) this.silent += 1;
      return;
    }
    const table = this.stack.at(-1);
    const paragraph = this.texts.at(-1);
    if (name === 'p') this.texts.push({ text: '', list: null, level: null, style: null });
    else if (name === 'numId' && paragraph) paragraph.list = attribute('val') ?? null;
    else if (name === 'ilvl' && paragraph) paragraph.level = depthOf(attribute('val'));
    else if (name === 'pStyle' && paragraph) paragraph.style = attribute('val') ?? null;
    else if (name === 't') this.hearing = true;
    else if (name === 'r') this.raised = false;
    else if (name === 'vertAlign') this.raised = attribute('val') === 'superscript';
    else if (name === 'tab') this.add(' ');
    else if (name === 'br' || name === 'cr') this.add('\n');
    else if (name === 'noBreakHyphen') this.add('-');
    else if (name === 'tbl') this.stack.push({ rows: [], row: [], cell: null });
    else if (name === 'tr' && table) table.row = [];
    else if (name === 'tc' && table) table.cell = { lines: [], span: 1, continues: false };
    else if (name === 'gridSpan' && table?.cell) table.cell.span = spanOf(attribute('val'));
    else if (name === 'vMerge' && table?.cell) table.cell.continues = attribute('val') !== 'restart';
  }

  text(piece: string): void {
    if (this.hearing) this.add(this.raised ? raisedDigits(piece) : piece);
  }

  close(name: string): void {
    if (this.silent > 0) {
      if (SILENT.has(name)) this.silent -= 1;
      return;
    }
    const table = this.stack.at(-1);
    if (name === 't') this.hearing = false;
    else if (name === 'p') this.endParagraph(table);
    else if (name === 'tc' && table?.cell) this.endCell(table, table.cell);
    else if (name === 'tr' && table) this.endRow(table);
    else if (name === 'tbl' && table) {
      this.stack.pop();
      if (this.stack.length === 0) this.tables.push(table.rows);
    }
  }

  private add(piece: string): void {
    const last = this.texts.at(-1);
    if (last) last.text += piece;
  }

  private endParagraph(table: OpenTable | undefined): void {
    const open = this.texts.pop();
    if (!open) return;
    const number = this.numbering.next(open.list, open.level, open.style);
    const text = `${number} ${open.text}`
      .normalize('NFC')
      .replace(/[^\S\n]+/g, ' ')
      .trim();
    if (text === '' || (number === '-' && text === '-')) return;
    if (this.numbering.unread) this.unnumbered.push(text);
    this.paragraphs.push({ text, inTable: table !== undefined });
    table?.cell?.lines.push(text);
  }

  private endCell(table: OpenTable, cell: OpenCell): void {
    const place = { row: table.rows.length + 1, column: table.row.length + 1 };
    table.row.push({ text: cell.continues ? '' : cell.lines.join('\n'), ...place });
    for (let i = 1; i < cell.span && table.row.length < LIMITS.sheetColumns; i++)
      table.row.push({ text: '', row: place.row, column: place.column + i });
    table.cell = null;
  }

  private endRow(table: OpenTable): void {
    this.rows += 1;
    if (this.rows > LIMITS.rows) this.tooMany = true;
    else table.rows.push(table.row);
    // A table inside a cell is part of what the cell says: `Từ 90% trở lên: 1 điểm`, a line for each of its rows.
    const [one, ...more] = table.row.map((c) => c.text).filter((t) => t !== '');
    const said = more.length === 0 ? one : [one!, ...more].map((t) => t.replaceAll('\n', ' ')).join(': ');
    if (said !== undefined) this.stack.at(-2)?.cell?.lines.push(said);
    table.row = [];
  }
}

function spanOf(written: string | undefined): number {
  const span = Number(written);
  return Number.isInteger(span) && span >= 1 && span <= LIMITS.sheetColumns ? span : 1;
}

/** How the numbers of one level of a list are written. */
interface ListLevel {
  start: number;
  format: string;
  /** `%1.%2.`: the numbers of the levels down to this one. */
  text: string;
  /** Whether the numbers of all levels are written in digits (`2.1` under `II`). */
  legal: boolean;
  /** The level, one-based, whose next number lets this one begin again: 0 for none; null for each level above it. */
  restart: number | null;
}

interface List {
  levels: Map<number, ListLevel>;
  /** Lists of the same kind count on from each other. */
  kind: string;
  restarts: Map<number, number>;
}

const ROMAN = Object.entries({ C: 100, XC: 90, L: 50, XL: 40, X: 10, IX: 9, V: 5, IV: 4, I: 1 });

function roman(n: number): string {
  let rest = n;
  let text = '';
  for (const [sign, value] of ROMAN) for (; rest >= value && text.length < 40; rest -= value) text += sign;
  return text;
}

const letters = (n: number): string =>
  String.fromCharCode(97 + ((n - 1) % 26)).repeat(Math.min(9, Math.ceil(n / 26)));

const FORMATS = new Map<string, (n: number) => string>([
  ['decimal', String],
  ['decimalZero', (n) => String(n).padStart(2, '0')],
  ['upperRoman', roman],
  ['lowerRoman', (n) => roman(n).toLowerCase()],
  ['upperLetter', (n) => letters(n).toUpperCase()],
  ['lowerLetter', letters],
]);

/** A number as a list writes it; null for a way of writing that is unknown. */
function numeral(n: number, format: string): string | null {
  if (!Number.isInteger(n) || n < 0 || n > 30_000 || (n === 0 && !format.startsWith('decimal'))) return null;
  return FORMATS.get(format)?.(n) ?? null;
}

/** Depth of a level, 0 to 8. */
function depthOf(written: string | undefined): number {
  const depth = Number(written);
  return Number.isInteger(depth) && depth >= 0 && depth <= 8 ? depth : 0;
}

/** The numbers that Word writes before paragraphs and does not keep in their text: as numbering.xml defines them. */
class Numbering {
  private readonly lists = new Map<string, List>();
  private readonly styles = new Map<string, { list: string; level: number }>();
  private readonly counts = new Map<string, number[]>();
  private readonly seen = new Set<string>();
  /** Whether the last paragraph has a number that is written in a way that is unknown. */
  unread = false;

  /** `numbering` and `styles` are the parts of the document, where it has them; a part that is damaged throws. */
  constructor(numbering: Uint8Array | null | undefined, styles: Uint8Array | null | undefined) {
    if (numbering) this.readLists(numbering);
    if (styles) this.readStyles(styles);
  }

  private readLists(bytes: Uint8Array): void {
    const kinds = new Map<string, Map<number, ListLevel>>();
    let kind: Map<number, ListLevel> | null = null;
    let level: ListLevel | null = null;
    let list: List | null = null;
    let at = 0;
    readXml(bytes, {
      open: (name, attribute) => {
        const value = attribute('val') ?? '';
        if (name === 'abstractNum') {
          kind = new Map();
          kinds.set(attribute('abstractNumId') ?? '', kind);
        } else if (name === 'lvl') {
          // Where `start` is left out it is 0 (ECMA-376, part 1, 17.9.25), in Word and LibreOffice too.
          level = { start: 0, format: 'decimal', text: '', legal: false, restart: null };
          at = depthOf(attribute('ilvl'));
          (list ? list.levels : kind)?.set(at, level);
        } else if (name === 'start' && level) level.start = Number(value);
        else if (name === 'numFmt' && level) level.format = value;
        else if (name === 'lvlText' && level) level.text = value;
        else if (name === 'isLgl' && level) level.legal = !['0', 'false', 'off'].includes(value);
        else if (name === 'lvlRestart' && level) level.restart = Number(value);
        else if (name === 'num') {
          list = { levels: new Map(), kind: '', restarts: new Map() };
          this.lists.set(attribute('numId') ?? '', list);
        } else if (name === 'abstractNumId' && list) {
          list.kind = value;
          list.levels = new Map(kinds.get(value));
        } else if (name === 'lvlOverride') at = depthOf(attribute('ilvl'));
        else if (name === 'startOverride' && list) list.restarts.set(at, Number(value));
      },
      close: (name) => {
        if (name === 'lvl') level = null;
        else if (name === 'abstractNum') kind = null;
        else if (name === 'num') list = null;
      },
    });
  }

  private readStyles(bytes: Uint8Array): void {
    let style = '';
    let level = 0;
    readXml(bytes, {
      open: (name, attribute) => {
        if (name === 'style') [style, level] = [attribute('styleId') ?? '', 0];
        else if (name === 'ilvl') level = depthOf(attribute('val'));
        else if (name === 'numId' && style !== '')
          this.styles.set(style, { list: attribute('val') ?? '', level });
      },
      close: (name) => {
        if (name === 'style') style = '';
      },
    });
  }

  /** What stands before the next paragraph of a list (`1.2.`), '' where nothing does. */
  next(list: string | null, level: number | null, style: string | null): string {
    const styled = style === null ? undefined : this.styles.get(style);
    const id = list ?? styled?.list;
    const numbering = id === undefined ? undefined : this.lists.get(id);
    const depth = level ?? styled?.level ?? 0;
    const shown = numbering?.levels.get(depth);
    // 0 takes the number of its style away from a paragraph.
    this.unread = id !== undefined && id !== '0' && !shown;
    if (!numbering || !shown || id === undefined) return '';
    if (shown.format === 'bullet') return '-';
    const counts = this.counts.get(numbering.kind) ?? [];
    this.counts.set(numbering.kind, counts);
    if (!this.seen.has(id)) {
      this.seen.add(id);
      for (const [at, start] of numbering.restarts) counts[at] = start - 1;
    }
    for (let at = 0; at <= depth; at++) {
      const first = numbering.levels.get(at)?.start ?? 1;
      const before = counts[at];
      counts[at] = before === undefined ? first : at === depth ? before + 1 : before;
    }
    for (let at = depth + 1; at < counts.length; at++) {
      const restart = numbering.levels.get(at)?.restart ?? null;
      if (restart === null || depth < restart) delete counts[at];
    }
    return shown.text.replace(/%(\d)/g, (_, at: string) => {
      const format = shown.legal ? 'decimal' : (numbering.levels.get(Number(at) - 1)?.format ?? '');
      const said = numeral(counts[Number(at) - 1] ?? 0, format);
      if (said === null && format !== 'none') this.unread = true;
      return said ?? '';
    });
  }
}
