import { type Diagnostic, error, hasErrors, note, warning } from '../diagnostics/diagnostic.js';
import { nearest } from '../diagnostics/suggest.js';
import { greatest } from '../exact/extremes.js';
import { unitKey } from '../shapes/unit.js';
import { cellName, type Sheet, type SheetCell, type SheetRow } from './cells.js';
import type { Document } from './document.js';
import { LIMITS } from './limits.js';
import { findHead, type Head, type HeadWords, isTotal, numbersColumns } from './office-table.js';
import {
  type Binding,
  type ColumnMap,
  columnKeys,
  headsReading,
  headWords,
  isMeta,
  isShown,
  isValue,
  type Key,
  monthOf,
  SUMS,
} from './reading-columns.js';
import { type Draft, documentOfDraft } from './reading-draft.js';
import {
  fieldFor,
  isFigure,
  MergedCells,
  metaOf,
  ownUnit,
  parsedJson,
  partOf,
  plainId,
  sectionsOf,
  shortened,
  soundsLikeFigure,
} from './table-rows.js';

/** Why a cell is not part of a reading. */
type Unused =
  | 'hidden-sheet'
  | 'no-table'
  | 'title'
  | 'for-people'
  | 'column-numbers'
  | 'section'
  | 'total'
  | 'no-id'
  | 'worked-out'
  | 'unfilled'
  | 'in-error';

/** How a sheet was understood. */
export interface SheetAccount {
  name: string | null;
  hidden: boolean;
  separator: string | null;
  /** Row of the head and rows it takes; null when the sheet has none. */
  head: { row: number; rows: number } | null;
  columns: { column: number; head: string; key: Key | null; unit: string | null; month: number | null }[];
  /** Cells that are part of a reading, its head or its lines above. */
  used: number;
  unused: Map<Unused, { count: number; cells: string[] }>;
}

/** The readings of a file's sheets, and how each sheet was understood. */
export interface SheetReadings {
  documents: Document[];
  accounts: SheetAccount[];
  diagnostics: Diagnostic[];
}

/** A row with its cells in hand, and where they can be had again. */
interface Row extends SheetRow {
  source: SheetRow;
}

/** A cell with what its column holds. */
type Held = readonly [Binding, SheetCell];

const AS_JSON: readonly Key[] = ['months', 'history', 'parts', 'values', 'counts', 'last_year', 'group'];
/** Columns of words, into which the rest of a number may fall. */
const TEXTS: readonly Key[] = ['note', 'source', 'evidence', 'exempt'];
const NAMED = 5; // Cells named one by one in a message.
/** Cells that an account keeps by name for each reason. */
const KEPT = 10_000;

/**
 * The readings in a file's sheets: rows by id, for one unit, with a unit column, or with columns of units. Every cell
 * is part of a reading or is counted as unused with the reason. `columns` says what heads mean that are not known.
 */
export function readingsOfSheets(sheets: readonly Sheet[], columns: ColumnMap = {}): SheetReadings {
  const words = headWords(columns);
  const diagnostics: Diagnostic[] = [];
  const drafts = new Map<string, Draft>();
  const readers = sheets.map((sheet) => new SheetReader(sheet, words, drafts, diagnostics));
  const shown = readers.filter(({ account, sheet }) => !account.hidden && sheet.rows.length > 0);
  const any = shown.some(({ head }) => head);
  if (!any) {
    const first = shown[0]?.sheet ?? sheets[0];
    const place = first?.rows[0]?.cells[0]?.place ?? { file: first?.file ?? '' };
    diagnostics.push({ ...error('no-header', { wants: ['id', 'mã'] }), place });
  }
  for (const reader of readers) reader.read(any);
  const headed = shown.find(({ head }) => head);
  if (headed?.head && drafts.size === 0 && !hasErrors(diagnostics)) {
    const { place } = headed.sheet.rows[headed.head.at]!.cells[0]!;
    diagnostics.push({ ...error('no-rows', {}), place });
  }
  if (drafts.size > LIMITS.documents) {
    const place = { file: sheets[0]!.file };
    diagnostics.push({ ...error('too-many-documents', { limit: LIMITS.documents }), place });
  }
  const documents = [...drafts.values()].map((draft) => documentOfDraft(sheets[0]!.file, draft));
  return { documents, accounts: readers.map(({ account }) => account), diagnostics };
}

/** Reads one sheet into the drafts that all sheets of a file share. */
class SheetReader {
  readonly account: SheetAccount;
  readonly head: Head<Key> | null;
  private readonly bindings = new Map<number, Binding>();
  private readonly meta = new Map<string, SheetCell>();
  private sections: ReadonlySet<string> = new Set();
  private metaColumns: [number, Binding][] = [];
  private units: SheetCell[] = [];
  /** Whether columns give what a rate is worked out from. */
  private hasFigures = false;
  private hasTexts = false;
  /** The draft of the row above: most rows are of the same unit. */
  private last: {
    unit: string | undefined;
    code: string | undefined;
    year: string | undefined;
    draft: Draft;
  } | null = null;

  constructor(
    readonly sheet: Sheet,
    private readonly words: HeadWords<Key>,
    private readonly drafts: Map<string, Draft>,
    private readonly diagnostics: Diagnostic[],
  ) {
    this.head = sheet.hidden ? null : findHead(sheet, words, headsReading);
    const head = this.head && { row: sheet.rows[this.head.at]!.number, rows: this.head.rows };
    const { name, hidden, separator } = sheet;
    this.account = { name, hidden, separator, head, columns: [], used: 0, unused: new Map() };
  }

  /** Reads the sheet; where nothing of a file is read, `beside` is false and one complaint says so. */
  read(beside: boolean): void {
    const { sheet, head } = this;
    if (!head) {
      for (const row of sheet.rows) this.skip(row, row.cells, sheet.hidden ? 'hidden-sheet' : 'no-table');
      if (beside) this.sayUnusedSheet();
      return;
    }
    this.readAbove(sheet.rows.slice(0, head.at));
    this.bind(head);
    for (const row of sheet.rows.slice(head.at, head.at + head.rows)) this.account.used += row.cells.length;
    this.readRows(sheet.rows.slice(head.at + head.rows));
    this.sayUnused();
  }

  /** Counts cells as unused. */
  private skip(row: SheetRow, cells: readonly SheetCell[], why: Unused): void {
    if (cells.length === 0) return;
    const so = this.account.unused.get(why) ?? { count: 0, cells: [] };
    so.count += cells.length;
    for (const cell of cells) if (so.cells.length < KEPT) so.cells.push(cellName(row.number, cell.column));
    this.account.unused.set(why, so);
  }

  private complain(problem: Diagnostic, cell: SheetCell): void {
    this.diagnostics.push({ ...problem, place: cell.place });
  }

  // ---- lines above the table

  /** `Đơn vị: X` in one cell or two, `Năm 2024`; else a year that the titles agree on. */
  private readAbove(rows: readonly SheetRow[]): void {
    const titles: { row: SheetRow; cell: SheetCell }[] = [];
    for (const row of rows) {
      for (let i = 0; i < row.cells.length; i++) {
        const cell = row.cells[i]!;
        const said = metaOf(cell, row.cells[i + 1], this.words);
        if (!said) {
          titles.push({ row, cell });
          continue;
        }
        this.name(said.key, said.cell);
        this.account.used += said.taken;
        i += said.taken - 1;
      }
    }
    const dated = this.meta.has('year') ? null : this.yearOf(titles.map(({ cell }) => cell));
    for (const { row, cell } of titles) {
      if (cell === dated) this.account.used++;
      else this.skip(row, [cell], 'title');
    }
  }

  /** Takes the year that the titles agree on, and says so; the title that gives it. */
  private yearOf(titles: readonly SheetCell[]): SheetCell | null {
    const years = new Set(
      titles.flatMap(({ text }) => [...text.matchAll(/năm\s(\d{4})(?!\d)/giu)].map((m) => m[1]!)),
    );
    const [year] = years;
    const cell = titles.find(({ text }) => year !== undefined && text.includes(year));
    if (year === undefined || years.size > 1 || !cell) return null;
    this.meta.set('year', partOf(cell, year));
    this.complain(note('read-as', { found: shortened(cell.text), meaning: year }), cell);
    return cell;
  }

  private name(key: string, cell: SheetCell): void {
    const before = this.meta.get(key);
    if (before && before.text !== cell.text) this.complain(error('duplicate-key', { key }), cell);
    this.meta.set(key, cell);
  }

  // ---- the head

  private bind(head: Head<Key>): void {
    const { columns } = head;
    const keys = new Set(columns.map(({ key }) => key));
    const unitNamed = keys.has('unit') || this.meta.has('unit');
    const ofMonths = new Map(
      columns.flatMap((c) => {
        const month = monthOf(c, this.words);
        return month ? [[c, month] as const] : [];
      }),
    );
    // Two upper heads or more that are no known words, over the same columns each, are units side by side.
    const sideBySide = new Set(columns.filter((c) => ownUnit(c, this.words)).map((c) => c.above)).size > 1;
    const valued = columns.some(
      (c) => c.key !== null && isValue(c.key) && c.key !== 'rate' && !(sideBySide && ownUnit(c, this.words)),
    );
    const unitsInColumns = !unitNamed && !valued && ofMonths.size === 0;
    const taken = new Set<string>();
    for (const c of columns) {
      const month = ofMonths.get(c) ?? null;
      let key = month ? month.key : c.key === 'order' && !keys.has('id') ? 'id' : c.key;
      let unit: SheetCell | null = null;
      if (unitsInColumns && key === null && !soundsLikeFigure(c.head.text)) {
        key = 'value';
        unit = c.head;
      } else if (unitsInColumns && sideBySide && key !== null && isValue(key)) unit = c.above;
      this.account.columns.push({
        column: c.column,
        head: c.above ? `${c.above.text} / ${c.head.text}` : c.head.text,
        key,
        unit: unit?.text ?? null,
        month: month?.month ?? null,
      });
      if (key === null) {
        const suggestion = nearest(c.head.text.slice(0, 100), columnKeys);
        this.complain(error('unknown-column', { found: shortened(c.head.text), suggestion }), c.head);
        continue;
      }
      const once = JSON.stringify([key, unit?.text, month?.month]);
      if (taken.has(once) && !isShown(key))
        this.complain(error('duplicate-key', { key: shortened(c.head.text) }), c.head);
      else this.bindings.set(c.column, { key, unit, month: month?.month ?? null, head: c.head });
      taken.add(once);
    }
    this.hasFigures = [...this.bindings.values()].some(({ key }) => key === 'value' || key === 'done');
    this.hasTexts = [...this.bindings.values()].some(({ key }) => TEXTS.includes(key));
    this.metaColumns = [...this.bindings].filter(([, { key }]) => isMeta(key));
    this.units = [...new Set([...this.bindings.values()].flatMap(({ unit }) => (unit ? [unit] : [])))];
    for (const unit of this.units) this.draft(unit, new Map());
  }

  // ---- the rows

  private readRows(rows: readonly SheetRow[]): void {
    const idColumn = [...this.bindings].find(([, { key }]) => key === 'id')?.[0];
    const last = greatest(this.head!.columns.map(({ column }) => column));
    this.sections = sectionsOf(rows, idColumn);
    const merged = new MergedCells(this.sheet.merges);
    const unread = new Set(
      this.head!.columns.filter(({ column }) => !this.bindings.has(column)).map((c) => c.column),
    );
    rows.forEach((source, i) => {
      const row: Row = { number: source.number, cells: source.cells, source };
      if (i === 0 && numbersColumns(row, this.head!.columns.length)) {
        this.skip(row, row.cells, 'column-numbers');
        return;
      }
      const bound = new Map<Binding, SheetCell>();
      const loose: SheetCell[] = [];
      let id: SheetCell | null = null;
      for (const cell of row.cells) {
        const binding = this.bindings.get(cell.column);
        if (!binding) loose.push(cell);
        else if (binding.key === 'id') id = cell;
        else bound.set(binding, cell);
      }
      this.fillDown(row, bound, merged);
      if (id !== null && /^[-–+*•]$/.test(id.text)) {
        loose.push(id);
        id = null;
      }
      const label =
        id ?? [...bound].find(([b]) => b.key === 'name' || b.key === 'order')?.[1] ?? row.cells[0]!;
      if (isTotal(label.text)) this.skip(row, row.cells, 'total');
      else if (id === null) this.withoutId(row, bound);
      else if (this.isSection(id, bound)) this.skip(row, row.cells, 'section');
      else this.criterion(row, id, bound, loose, { last, unread }, merged);
    });
  }

  /** A unit, a year or a catalogue whose cell is merged over several rows stands in each of them. */
  private fillDown(row: Row, bound: Map<Binding, SheetCell>, merged: MergedCells): void {
    for (const [column, binding] of this.metaColumns) {
      const cell = merged.over(row, column, bound.get(binding));
      if (cell && !bound.has(binding)) bound.set(binding, cell);
    }
  }

  private withoutId(row: Row, bound: ReadonlyMap<Binding, SheetCell>): void {
    this.skip(row, row.cells, 'no-id');
    const value = [...bound].find(([{ key }, cell]) => isValue(key) && isFigure(cell));
    if (value) this.complain(warning('value-without-id', { found: shortened(value[1].text) }), value[1]);
  }

  /** Whether a row stands for those under it: `1` over `1.1`, or `II` and `B` among numbered ones. */
  private isSection(id: SheetCell, bound: ReadonlyMap<Binding, SheetCell>): boolean {
    if (!this.sections.has(plainId(id.text))) return false;
    return [...bound.keys()].every(
      ({ key }) => isShown(key) || isMeta(key) || SUMS.includes(key) || !isValue(key),
    );
  }

  private criterion(
    row: Row,
    id: SheetCell,
    bound: ReadonlyMap<Binding, SheetCell>,
    loose: readonly SheetCell[],
    { last, unread }: { last: number; unread: ReadonlySet<number> },
    merged: MergedCells,
  ): void {
    const beyond = loose.filter(({ column }) => !unread.has(column));
    const wide = beyond.find(({ column }) => column > last);
    if (beyond.length > 0) {
      const cell = wide ?? beyond[0]!;
      const found = { cells: cell.column, head: last, found: shortened(cell.text) };
      this.complain(
        wide ? error('row-too-wide', found) : error('cell-without-head', { found: found.found }),
        cell,
      );
    }
    this.skip(row, loose, 'in-error');
    this.splitDecimals(bound);
    const own = new Map<string, SheetCell>();
    const shared: Held[] = [];
    const ofUnits = new Map<SheetCell, Held[]>();
    for (const held of bound) {
      const [{ key, unit }, cell] = held;
      if (isMeta(key)) own.set(key, cell);
      else if (isShown(key)) this.skip(row, [cell], 'for-people');
      else if (unit === null) shared.push(held);
      else if (ofUnits.has(unit)) ofUnits.get(unit)!.push(held);
      else ofUnits.set(unit, [held]);
    }
    const workedOut = new Set<SheetCell>();
    let filled = false;
    if (this.units.length === 0)
      filled = this.put(row, id, this.draft(own.get('unit') ?? null, own), shared, merged, workedOut);
    for (const [unit, held] of ofUnits)
      filled = this.put(row, id, this.draft(unit, own), [...held, ...shared], merged, workedOut) || filled;
    const mine = row.cells.filter((cell) => {
      const binding = this.bindings.get(cell.column);
      return binding !== undefined && !isShown(binding.key) && !workedOut.has(cell);
    });
    this.skip(row, [...workedOut], 'worked-out');
    if (filled) this.account.used += mine.length;
    else this.skip(row, mine, 'unfilled');
  }

  /** In a CSV with commas `99,2%` without quotes falls apart into a value and the text after it. */
  private splitDecimals(bound: ReadonlyMap<Binding, SheetCell>): void {
    if (this.sheet.separator !== ',' || !this.hasTexts) return;
    const cells = [...bound].sort((a, b) => a[1].column - b[1].column);
    cells.forEach(([{ key }, cell], i) => {
      const before = cells[i - 1];
      if (!before || before[1].column + 1 !== cell.column || !TEXTS.includes(key)) return;
      if (
        cell.quoted ||
        typeof before[1].value !== 'number' ||
        !isValue(before[0].key) ||
        !/^\d{1,4}%?$/.test(cell.text)
      )
        return;
      this.complain(error('split-decimal', { found: `${before[1].text},${cell.text}` }), cell);
    });
  }

  private draft(unit: SheetCell | null, own: ReadonlyMap<string, SheetCell>): Draft {
    const named = unit ?? this.meta.get('unit') ?? null;
    const year = own.get('year') ?? this.meta.get('year');
    const code = own.get('code') ?? this.meta.get('code');
    const asked = { unit: named?.text, code: code?.text, year: year?.text };
    const { last } = this;
    if (last && last.unit === asked.unit && last.code === asked.code && last.year === asked.year)
      return last.draft;
    const key = JSON.stringify([asked.code, named && unitKey(named.text), asked.year]);
    let draft = this.drafts.get(key);
    if (!draft) {
      const meta = new Map([...this.meta, ...own]);
      if (named) meta.set('unit', named);
      draft = { meta, entries: new Map(), top: this.sheet.rows[0]!.cells[0]! };
      this.drafts.set(key, draft);
    }
    this.last = { ...asked, draft };
    return draft;
  }

  /** One criterion's entry, from the cells of its row that hold something of it; whether there is one. */
  private put(
    row: Row,
    id: SheetCell,
    draft: Draft,
    cells: readonly Held[],
    merged: MergedCells,
    workedOut: Set<SheetCell>,
  ): boolean {
    const fields: Record<string, unknown> = {};
    const places: Record<string, number> = {};
    const months: { done?: unknown; total?: unknown }[] = [];
    const history: unknown[] = [];
    let unread = false;
    const has = (...keys: Key[]) => cells.some(([{ key, month }]) => month === null && keys.includes(key));
    for (const [{ key, month, head }, cell] of cells) {
      const field = fieldFor(key, has);
      if (field === null || (cell.unread && field !== key && this.hasFigures)) workedOut.add(cell);
      else if (cell.unread) {
        this.complain(cell.unread, cell);
        unread = true;
      } else if (month !== null && key === 'history') {
        history[month - 1] = cell.value;
        places[`history.${month - 1}`] = cell.column;
        places.history ??= cell.column;
      } else if (month !== null) {
        months[month - 1] = { ...months[month - 1], [key]: cell.value };
        places[`months.${month - 1}.${key}`] = cell.column;
        places.months ??= cell.column;
      } else {
        if (isValue(key) && merged.spansRows(row, cell))
          this.complain(error('merged-value', { found: shortened(cell.text) }), cell);
        fields[field] = this.content(field, cell, head);
        places[field] ??= cell.column;
      }
    }
    if (months.length > 0) fields.months = this.wholeMonths(months, id, fields.plan !== undefined);
    if (history.length > 0) fields.history = this.wholeHistory(history, id);
    if (!Object.keys(fields).some((key) => key !== 'max')) return unread;
    const plain = plainId(id.text);
    if (draft.entries.has(plain)) this.complain(error('duplicate-id', { id: shortened(id.text) }), id);
    else draft.entries.set(plain, { fields, places, row: row.source, id: id.column });
    return true;
  }

  private wholeMonths(
    months: readonly ({ done?: unknown; total?: unknown } | undefined)[],
    id: SheetCell,
    planned: boolean,
  ): unknown[] {
    return Array.from(months, (month, i) => {
      for (const key of planned ? (['done'] as const) : (['done', 'total'] as const))
        if (month?.[key] === undefined) this.complain(error('missing-key', { key: `T${i + 1} ${key}` }), id);
      return planned ? { done: month?.done } : { done: month?.done, total: month?.total };
    });
  }

  /** The values of the months so far: none may be left out between two. */
  private wholeHistory(history: readonly unknown[], id: SheetCell): unknown[] {
    return Array.from(history, (value, i) => {
      if (value === undefined) this.complain(error('missing-key', { key: `T${i + 1}` }), id);
      return value;
    });
  }

  private content(field: string, cell: SheetCell, head: SheetCell): unknown {
    if (field === 'evidence' && !/^[[{]/.test(cell.text)) return [{ title: cell.text }];
    if (field === 'evidence' || AS_JSON.includes(field as Key)) {
      const data = parsedJson(cell.text);
      if (data === undefined)
        this.complain(
          error('cell-not-json', { found: shortened(cell.text), column: shortened(head.text) }),
          cell,
        );
      return data;
    }
    return cell.value;
  }

  // ---- what is said of cells that are not used

  private sayUnusedSheet(): void {
    const { sheet, account } = this;
    const count = [...account.unused.values()].reduce((sum, { count }) => sum + count, 0);
    if (count === 0) return;
    const place = { file: sheet.name === null ? sheet.file : `${sheet.file}#${sheet.name}` };
    const params = { sheet: sheet.name ?? '', cells: count, hidden: sheet.hidden };
    this.diagnostics.push({ ...warning('sheet-not-used', params), place });
  }

  private sayUnused(): void {
    for (const why of ['title', 'section', 'total', 'no-id'] as const) {
      const so = this.account.unused.get(why);
      if (!so) continue;
      const place = {
        file: this.sheet.name === null ? this.sheet.file : `${this.sheet.file}#${this.sheet.name}`,
      };
      const params = { why, count: so.count, cells: so.cells.slice(0, NAMED) };
      this.diagnostics.push({ ...note('cells-not-used', params), place });
    }
  }
}
