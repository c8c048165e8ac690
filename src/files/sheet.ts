import { idsOfDate } from '../catalogue/select.js';
import { type Diagnostic, error, hasErrors, note } from '../values/diagnostic.js';
import { partOf, type Sheet, type SheetCell, type SheetRow, shortened } from './cells.js';
import type { Document } from './document.js';
import { LIMITS } from './limits.js';
import { headsSeen, type TableRows, tablesOf, tallHead } from './office-table.js';
import {
  type ColumnMap,
  columnOfNamesWithIds,
  type HeadKey,
  headsNames,
  headsReading,
  headsTable,
  headWords,
  metaOf,
  type ReadingWords,
  yearsNamed,
} from './reading-columns.js';
import { Drafts, documentOfDraft, Ledger, type SheetAccount } from './sheet-results.js';
import { TableReader } from './sheet-table.js';

/** The readings of a file's sheets, and how each sheet was understood. */
export interface SheetReadings {
  documents: Document[];
  accounts: SheetAccount[];
  diagnostics: Diagnostic[];
}

/**
 * The readings in a file's sheets: rows by id, for one unit, with a unit column, or with columns of units. Every cell
 * is part of a reading or is counted as unused with the reason. `columns` says what heads mean that are unknown.
 */
export function readingsOfSheets(sheets: readonly Sheet[], columns: ColumnMap = {}): SheetReadings {
  const words = headWords(columns);
  const diagnostics: Diagnostic[] = [];
  const drafts = new Drafts();
  const readers = sheets.map((sheet) => new SheetReader(sheet, words, drafts, diagnostics));
  const shown = readers.filter(({ sheet }) => !sheet.hidden && sheet.rows.length > 0);
  const any = shown.some(({ tables }) => tables.length > 0);
  if (!any) {
    const first = shown[0]?.sheet ?? sheets[0];
    const place = first?.rows[0]?.cells[0]?.place ?? { file: first?.file ?? '' };
    const heads = first ? headsSeen(first) : [];
    const seen = heads.slice(0, 6).map(shortened);
    const dated = heads.find((head) => idsOfDate(head) !== null);
    if (!readers.some((reader) => reader.sayTallHead()))
      diagnostics.push({
        ...error('no-header', { wants: ['id', 'mã'], seen, ...(dated && { dated: idsOfDate(dated)! }) }),
        place,
      });
  }
  for (const reader of readers) reader.read(any);
  const headed = shown.find(({ tables }) => tables.length > 0);
  const head = headed?.tables[0]?.head;
  if (headed && head && drafts.all.length === 0 && !hasErrors(diagnostics)) {
    const { place } = headed.sheet.rows[head.at]!.cells[0]!;
    diagnostics.push({ ...error('no-rows', {}), place });
  }
  if (drafts.all.length > LIMITS.documents) {
    const place = { file: sheets[0]!.file };
    diagnostics.push({ ...error('too-many-documents', { limit: LIMITS.documents }), place });
  }
  const documents = drafts.all.map((draft) => documentOfDraft(sheets[0]!.file, draft));
  return { documents, accounts: readers.map(({ ledger }) => ledger.account), diagnostics };
}

/** Reads one sheet into the drafts that all sheets of a file share. */
class SheetReader {
  readonly ledger: Ledger;
  readonly tables: TableRows<HeadKey>[];

  constructor(
    readonly sheet: Sheet,
    private readonly words: ReadingWords,
    private readonly drafts: Drafts,
    diagnostics: Diagnostic[],
  ) {
    this.ledger = new Ledger(sheet, diagnostics);
    const isLine = ({ cells }: SheetRow) => cells.length === 1 || metaOf(cells[0]!, cells[1], words) !== null;
    const tables = sheet.hidden ? [] : tablesOf(sheet, words, headsReading, headsTable, isLine);
    this.tables =
      tables.length > 0 || sheet.hidden
        ? tables
        : tablesOf(sheet, words, headsNames, headsNames, isLine).filter(
            (t) => columnOfNamesWithIds(t) !== null,
          );
  }

  /** Reads the sheet; where nothing of a file is read, `beside` is false and one complaint says so. */
  read(beside: boolean): void {
    const { sheet, ledger } = this;
    if (this.tables.length === 0) {
      for (const row of sheet.rows) ledger.skip(row, row.cells, sheet.hidden ? 'hidden-sheet' : 'no-table');
      if (beside) ledger.sayUnusedSheet();
      return;
    }
    this.sayTallHead();
    let meta: ReadonlyMap<string, SheetCell> = new Map();
    for (const table of this.tables) {
      // What the lines above one table say holds for those below it, until others say otherwise.
      meta = new Map([...meta, ...this.readAbove(table.above)]);
      for (const row of table.heads) ledger.use(row.cells.length);
      new TableReader(sheet, table, meta, this.words, this.drafts, ledger).read();
    }
    ledger.sayUnseen();
    ledger.sayUnused();
  }

  /** Whether the first table has a head that is too tall to be read, which is said. */
  sayTallHead(): boolean {
    if (this.sheet.hidden) return false;
    const tall = tallHead(this.sheet, this.words, headsReading, this.tables[0]?.head);
    if (tall)
      this.ledger.complain(error('head-too-tall', { rows: tall.rows }), this.sheet.rows[tall.at]!.cells[0]!);
    return tall !== null;
  }

  /** `Đơn vị: X` in one cell or two, `Năm 2024`; else a year that the titles agree on. */
  private readAbove(rows: readonly SheetRow[]): Map<string, SheetCell> {
    const meta = new Map<string, SheetCell>();
    const titles: { row: SheetRow; cell: SheetCell }[] = [];
    for (const row of rows) {
      const { cells } = row;
      for (let i = 0; i < cells.length; i++) {
        const cell = cells[i]!;
        const said = metaOf(cell, cells[i + 1], this.words);
        if (!said) {
          titles.push({ row, cell });
          continue;
        }
        for (const { key, cell: value } of said.says) {
          const before = meta.get(key);
          if (before && before.text !== value.text)
            this.ledger.complain(error('duplicate-key', { key: shortened(cell.text.split(':')[0]!) }), value);
          meta.set(key, value);
        }
        this.ledger.use(said.taken);
        i += said.taken - 1;
      }
    }
    const dated = meta.has('year') ? null : this.yearOf(titles.map(({ cell }) => cell));
    if (dated) meta.set('year', partOf(dated.cell, dated.year));
    for (const { row, cell } of titles) {
      if (cell === dated?.cell) this.ledger.use(1);
      else this.ledger.skip(row, [cell], 'title');
    }
    return meta;
  }

  /** The year that the titles agree on, which is said, and the title that gives it. */
  private yearOf(titles: readonly SheetCell[]): { year: string; cell: SheetCell } | null {
    const years = new Set(titles.flatMap(({ text }) => yearsNamed(text)));
    const [year] = years;
    const cell = titles.find(({ text }) => year !== undefined && yearsNamed(text).includes(year));
    if (year === undefined || years.size > 1 || !cell) return null;
    this.ledger.complain(note('read-as', { value: shortened(cell.text), meaning: year }), cell);
    return { year, cell };
  }
}
