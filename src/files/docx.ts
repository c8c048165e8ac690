import { error, failure, note, type Result, warning } from '../diagnostics/diagnostic.js';
import { LIMITS } from './limits.js';
import { holdsMacros } from './sniff.js';
import { depthOf, Numbering } from './word-numbering.js';
import { readXml, XmlFault } from './xml.js';
import { Zip } from './zip.js';

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
    listener = new Body(new Numbering(numbering ?? null, styles ?? null));
    readXml(main, listener);
  } catch (fault) {
    if (fault instanceof XmlFault) return fail(fault.message);
    throw fault;
  }
  if (listener.tooMany) return fail(`more than ${LIMITS.rows} rows`);
  const { paragraphs, tables } = listener;
  const macros = holdsMacros(zip) ? [{ ...note('macros-ignored', { file }), place: { file } }] : [];
  const [first] = listener.unnumbered;
  const unnumbered =
    first === undefined
      ? []
      : [
          warning('list-number-unread', {
            paragraphs: listener.unnumbered.length,
            value: first.slice(0, 80),
          }),
        ];
  const told = unnumbered.map((d) => ({ ...d, place: { file } }));
  return { ok: true, value: { paragraphs, tables }, diagnostics: [...macros, ...told] };
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
  /** Paragraphs whose number in a list is written in a way that is not known. */
  readonly unnumbered: string[] = [];
  private rows = 0;
  /** Open tables, the innermost last: a table may stand in a cell. */
  private readonly stack: OpenTable[] = [];
  /** Open paragraphs: a text box stands in one. */
  private readonly texts: OpenParagraph[] = [];
  private hearing = false;
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
    if (this.hearing) this.add(piece);
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
      // A table inside a cell is part of what the cell says.
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
    for (const { cell } of this.stack) cell?.lines.push(text);
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
    table.row = [];
  }
}

function spanOf(written: string | undefined): number {
  const span = Number(written);
  return Number.isInteger(span) && span >= 1 && span <= LIMITS.sheetColumns ? span : 1;
}
