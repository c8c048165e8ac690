import { error, warning } from '../diagnostics/diagnostic.js';
import { nearest } from '../diagnostics/suggest.js';
import { greatest } from '../exact/extremes.js';
import { unitKey } from '../shapes/unit.js';
import type { Sheet, SheetCell, SheetRow } from './cells.js';
import {
  type Column,
  type HeadWords,
  isTotal,
  numbersColumns,
  sameCells,
  type TableRows,
} from './office-table.js';
import {
  type Binding,
  columnKeys,
  isMeta,
  isShown,
  isValue,
  type Key,
  monthOf,
  SUMS,
} from './reading-columns.js';
import type { Draft } from './reading-draft.js';
import type { Ledger, TableAccount } from './sheet-account.js';
import {
  fieldFor,
  headTwice,
  isFigure,
  isWords,
  MergedCells,
  ownUnit,
  parsedJson,
  plainId,
  sectionsOf,
  shortened,
  soundsLikeFigure,
  statesOther,
  tailOf,
  yearNamed,
} from './table-rows.js';

/** A row with its cells in hand, and where they can be had again. */
interface Row extends SheetRow {
  source: SheetRow;
}

/** A cell with what its column holds. */
type Held = readonly [Binding, SheetCell];

const AS_JSON: readonly Key[] = ['months', 'history', 'parts', 'values', 'counts', 'last_year', 'group'];
/** Columns of words, in which bare digits are the rest of a number that fell apart. */
const WORDS: readonly Key[] = [
  'note',
  'source',
  'evidence',
  'exempt',
  'name',
  'rule',
  'owner',
  'measure',
  'field',
];

/** Reads one table of a sheet into the drafts that all sheets of a file share. */
export class TableReader {
  private readonly bindings = new Map<number, Binding>();
  private sections: ReadonlySet<string> = new Set();
  private metaColumns: [number, Binding][] = [];
  private units: SheetCell[] = [];
  /** Whether columns give what a rate is worked out from. */
  private hasFigures = false;
  private hasWords = false;
  /** The draft of the row above: most rows are of the same unit. */
  private last: {
    unit: string | undefined;
    code: string | undefined;
    year: string | undefined;
    draft: Draft;
  } | null = null;

  /** `meta` is what the lines above say of the reading itself. */
  constructor(
    private readonly sheet: Sheet,
    private readonly table: TableRows<Key>,
    private readonly meta: ReadonlyMap<string, SheetCell>,
    private readonly words: HeadWords<Key>,
    private readonly drafts: Map<string, Draft>,
    private readonly ledger: Ledger,
  ) {}

  read(): void {
    this.bind();
    this.readRows(this.table.rows);
  }

  // ---- the head

  private bind(): void {
    const { columns } = this.table.head;
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
    const taken = new Map<string, SheetCell>();
    const columnsSeen: TableAccount['columns'] = [];
    const { at, rows } = this.table.head;
    const head = { row: this.sheet.rows[at]!.number, rows };
    this.ledger.account.tables.push({ head, columns: columnsSeen });
    for (const c of columns) {
      const month = ofMonths.get(c) ?? null;
      let key = month ? month.key : c.key === 'order' && !keys.has('id') ? 'id' : c.key;
      let unit: SheetCell | null = null;
      if (unitsInColumns && key === null && !soundsLikeFigure(c.head.text)) {
        key = 'value';
        unit = c.head;
      } else if (unitsInColumns && sideBySide && key !== null && isValue(key)) unit = c.above;
      columnsSeen.push({
        column: c.column,
        head: c.above ? `${c.above.text} / ${c.head.text}` : c.head.text,
        key,
        unit: unit?.text ?? null,
        month: month?.month ?? null,
      });
      const year = this.otherYear(c);
      if (year !== null && key !== null && (isValue(key) || month)) {
        const before = Number(this.meta.get('year')?.text) - 1;
        if (Number(year) === before && columns.some((o) => o.key === c.key && this.otherYear(o) === null))
          key = 'last';
        else {
          this.ledger.complain(error('head-of-other-year', { found: shortened(c.head.text) }), c.head);
          continue;
        }
      }
      if (key === null) {
        const suggestion = nearest(c.head.text.slice(0, 100), columnKeys);
        this.ledger.complain(error('unknown-column', { found: shortened(c.head.text), suggestion }), c.head);
        continue;
      }
      const once = JSON.stringify([key, unit?.text, month?.month]);
      const other = taken.get(once);
      if (other && !isShown(key)) this.ledger.complain(headTwice(c.head, other), c.head);
      else this.bindings.set(c.column, { key, unit, month: month?.month ?? null, head: c.head });
      taken.set(once, other ?? c.head);
    }
    this.hasFigures = [...this.bindings.values()].some(({ key }) => key === 'value' || key === 'done');
    this.hasWords = [...this.bindings.values()].some(({ key }) => WORDS.includes(key));
    this.metaColumns = [...this.bindings].filter(([, { key }]) => isMeta(key));
    this.units = [...new Set([...this.bindings.values()].flatMap(({ unit }) => (unit ? [unit] : [])))];
    for (const unit of this.units) this.draft(unit, new Map());
  }

  /** The year that a head names where the lines above name another: `Kết quả năm 2021` in a sheet of 2022. */
  private otherYear({ head, above }: Column<Key>): string | null {
    const own = this.meta.get('year')?.text;
    const named = [head, above].flatMap((cell) => yearNamed(cell?.text ?? ''));
    return own !== undefined && named.length > 0 && !named.includes(own) ? named[0]! : null;
  }

  // ---- the rows

  private readRows(rows: readonly SheetRow[]): void {
    const idColumn = [...this.bindings].find(([, { key }]) => key === 'id')?.[0];
    const last = greatest(this.table.head.columns.map(({ column }) => column));
    this.sections = sectionsOf(rows, idColumn);
    const merged = new MergedCells(this.sheet.merges);
    const unread = new Set(
      this.table.head.columns.filter(({ column }) => !this.bindings.has(column)).map((c) => c.column),
    );
    const [first] = rows;
    const numbered = first && numbersColumns(first, this.table.head.columns.length) ? first : null;
    const tail = tailOf(rows, (row) => this.isBelow(row, idColumn));
    rows.forEach((source, i) => {
      const row: Row = { number: source.number, cells: source.cells, source };
      if (i >= tail && row.cells.some(({ column }) => column === idColumn)) {
        this.ledger.skip(row, row.cells, 'below');
        return;
      }
      if (numbered && (i === 0 || sameCells([row], [numbered]))) {
        this.ledger.skip(row, row.cells, 'column-numbers');
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
      if (isTotal(label.text)) this.ledger.skip(row, row.cells, 'total');
      else if (id === null) this.withoutId(row, bound);
      else if (this.isSection(id, bound)) this.ledger.skip(row, row.cells, 'section');
      else this.criterion(row, id, bound, loose, { last, unread }, merged);
    });
  }

  /** Whether a row may stand below the table: who signs, where and when; no figure, and words where ids are. */
  private isBelow({ cells }: SheetRow, idColumn: number | undefined): boolean {
    return cells.every((cell) => {
      if (cell.column === idColumn) return isWords(cell.text);
      const binding = this.bindings.get(cell.column);
      return !binding || isShown(binding.key) || !isFigure(cell);
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
    this.ledger.skip(row, row.cells, 'no-id');
    const value = [...bound].find(([{ key }, cell]) => isValue(key) && isFigure(cell));
    if (value)
      this.ledger.complain(warning('value-without-id', { found: shortened(value[1].text) }), value[1]);
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
      const found = shortened(cell.text);
      const { separator } = this.sheet;
      this.ledger.complain(
        wide
          ? error('row-too-wide', { cells: cell.column, head: last, found, separator })
          : error('cell-without-head', { found }),
        cell,
      );
    }
    this.ledger.skip(row, loose, 'in-error');
    this.splitDecimals(bound);
    const own = new Map<string, SheetCell>();
    const shared: Held[] = [];
    const ofUnits = new Map<SheetCell, Held[]>();
    for (const held of bound) {
      const [{ key, unit }, cell] = held;
      if (isMeta(key)) own.set(key, cell);
      else if (isShown(key)) this.ledger.skip(row, [cell], 'for-people');
      else if (unit === null) shared.push(held);
      else if (ofUnits.has(unit)) ofUnits.get(unit)!.push(held);
      else ofUnits.set(unit, [held]);
    }
    const workedOut = new Set<SheetCell>();
    let filled = false;
    if (this.units.length === 0)
      filled = this.put(row, id, this.draft(own.get('unit') ?? null, own, id), shared, merged, workedOut);
    for (const [unit, held] of ofUnits)
      filled = this.put(row, id, this.draft(unit, own), [...held, ...shared], merged, workedOut) || filled;
    const mine = row.cells.filter((cell) => {
      const binding = this.bindings.get(cell.column);
      return binding !== undefined && !isShown(binding.key) && !workedOut.has(cell);
    });
    this.ledger.skip(row, [...workedOut], 'worked-out');
    if (filled) this.ledger.use(mine.length);
    else this.ledger.skip(row, mine, 'unfilled');
  }

  /** In a CSV with commas `99,2%` without quotes falls apart into a value and the text after it. */
  private splitDecimals(bound: ReadonlyMap<Binding, SheetCell>): void {
    if (this.sheet.separator !== ',' || !this.hasWords) return;
    const cells = [...bound].sort((a, b) => a[1].column - b[1].column);
    cells.forEach(([{ key }, cell], i) => {
      const before = cells[i - 1];
      if (!before || before[1].column + 1 !== cell.column || !WORDS.includes(key)) return;
      if (
        cell.quoted ||
        typeof before[1].value !== 'number' ||
        !isValue(before[0].key) ||
        !/^\d{1,4}%?$/.test(cell.text)
      )
        return;
      this.ledger.complain(error('split-decimal', { found: `${before[1].text},${cell.text}` }), cell);
    });
  }

  /** The draft of a unit and a year; a unit column that is blank in a row is missing there. */
  private draft(unit: SheetCell | null, own: ReadonlyMap<string, SheetCell>, row?: SheetCell): Draft {
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
      const blank = named === null && this.metaColumns.some(([, { key }]) => key === 'unit');
      draft = { meta, entries: new Map(), top: (blank && row) || this.sheet.rows[0]!.cells[0]! };
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
        this.ledger.complain(cell.unread, cell);
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
          this.ledger.complain(error('merged-value', { found: shortened(cell.text) }), cell);
        fields[field] = this.content(field, cell, head);
        places[field] ??= cell.column;
      }
    }
    const rate = cells.find(([{ key }, cell]) => key === 'rate' && workedOut.has(cell))?.[1];
    if (rate && !rate.unread && statesOther(rate, fields.done, fields.total)) {
      const params = { found: rate.text, done: String(fields.done), total: String(fields.total) };
      this.ledger.complain(warning('rate-differs', params), rate);
    }
    if (months.length > 0) fields.months = this.wholeMonths(months, id, fields.plan !== undefined);
    if (history.length > 0) fields.history = this.wholeHistory(history, id);
    if (!Object.keys(fields).some((key) => key !== 'max')) return unread;
    const plain = plainId(id.text);
    if (draft.entries.has(plain)) this.ledger.complain(error('duplicate-id', { id: shortened(id.text) }), id);
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
        if (month?.[key] === undefined)
          this.ledger.complain(error('missing-key', { key: `T${i + 1} ${key}` }), id);
      return planned ? { done: month?.done } : { done: month?.done, total: month?.total };
    });
  }

  /** The values of the months so far: none may be left out between two. */
  private wholeHistory(history: readonly unknown[], id: SheetCell): unknown[] {
    return Array.from(history, (value, i) => {
      if (value === undefined) this.ledger.complain(error('missing-key', { key: `T${i + 1}` }), id);
      return value;
    });
  }

  private content(field: string, cell: SheetCell, head: SheetCell): unknown {
    if (field === 'evidence' && !/^[[{]/.test(cell.text)) return [{ title: cell.text }];
    if (field === 'evidence' || AS_JSON.includes(field as Key)) {
      const data = parsedJson(cell.text);
      if (data === undefined)
        this.ledger.complain(
          error('cell-not-json', { found: shortened(cell.text), column: shortened(head.text) }),
          cell,
        );
      return data;
    }
    return cell.value;
  }
}
