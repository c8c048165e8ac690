import { error, note, warning } from '../diagnostics/diagnostic.js';
import { Fraction } from '../exact/fraction.js';
import { percentOf, readNumber } from '../reading/number.js';
import { unitKey } from '../shapes/unit.js';
import {
  cellAt,
  idBeforeName,
  isAverage,
  isFigure,
  isWords,
  MergedCells,
  partOf,
  plainId,
  type Sheet,
  type SheetCell,
  type SheetRow,
  shortened,
  totalOf,
} from './cells.js';
import {
  type HeadWords,
  numbersColumns,
  sameCells,
  sectionsOf,
  type TableRows,
  tailOf,
} from './office-table.js';
import {
  type Binding,
  type BoundColumns,
  bindColumns,
  isMeta,
  isShown,
  isValue,
  type Key,
  SUMS,
} from './reading-columns.js';
import type { Draft, Ledger } from './sheet-results.js';

/** A row with its cells in hand, and where they can be had again. */
interface Row extends SheetRow {
  source: SheetRow;
}

/** A cell with what its column holds. */
type Held = readonly [Binding, SheetCell];

const AS_JSON: readonly Key[] = ['months', 'history', 'parts', 'values', 'counts', 'group'];
/** Columns of words, in which bare digits are the rest of a number that fell apart. */
const WORDS: ReadonlySet<string> = new Set(
  'note source evidence exempt name rule owner measure field'.split(' '),
);

/** Reads one table of a sheet into the drafts that all sheets of a file share. */
export class TableReader {
  private readonly columns: BoundColumns;
  private readonly merged: MergedCells;
  private readonly metaColumns: [number, Binding][];
  private readonly valueColumns: number[];
  private readonly idColumn: number | undefined;
  private readonly nameColumn: number | undefined;
  /** The last column of the head, and those that are named as not known. */
  private readonly lastColumn: number;
  private readonly unread: ReadonlySet<number>;
  /** Whether columns give what a rate is worked out from. */
  private readonly hasFigures: boolean;
  private readonly wordColumns: ReadonlySet<number>;
  private readonly hasUnits: boolean;
  private sections: ReadonlySet<string> = new Set();
  /** In a table of one row a unit: the maxima that a row gives, by the id's cell, and whether a unit below has them. */
  private readonly maxima = new Map<SheetCell, { row: Row; cell: SheetCell; taken: boolean }>();
  private unitSeen = false;
  private idsSaid = false;
  /** The drafts of units that stand side by side, by the head that names them. */
  private readonly ofColumns = new Map<SheetCell, Draft>();
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
  ) {
    const { at, rows, columns } = table.head;
    this.columns = bindColumns(table, words, meta.get('year')?.text, meta.has('unit'));
    const head = { row: sheet.rows[at]!.number, rows };
    ledger.account.tables.push({ head, columns: this.columns.account });
    for (const [problem, cell] of this.columns.complaints) ledger.complain(problem, cell);
    const bindings = [...this.columns.bindings];
    const named = bindings.find(([, { key }]) => key === (this.columns.ofUnits ? 'unit' : 'id'));
    this.idColumn = named?.[0];
    this.nameColumn = bindings.find(([, { key }]) => key === 'name')?.[0];
    const headed = columns.map(({ column }) => column);
    this.lastColumn = headed.at(-1)!;
    this.unread = new Set(headed.filter((column) => !this.columns.bindings.has(column)));
    this.metaColumns = bindings.filter(([, { key }]) => isMeta(key));
    this.valueColumns = bindings.filter(([, { key }]) => isValue(key)).map(([column]) => column);
    this.hasFigures = bindings.some(([, { key }]) => key === 'value' || key === 'done');
    const ofWords = ({ key, head }: Binding) => WORDS.has(key) || WORDS.has(words.keyOf(head.text) ?? '');
    this.wordColumns = new Set(bindings.flatMap(([column, binding]) => (ofWords(binding) ? column : [])));
    this.hasUnits = this.metaColumns.some(([, { key }]) => key === 'unit');
    this.merged = new MergedCells(sheet.merges);
  }

  read(): void {
    for (const unit of this.columns.units) this.ofColumns.set(unit, this.draft(unit, new Map()));
    const { rows, head } = this.table;
    if (!this.columns.ofUnits) this.sections = sectionsOf(rows, this.idColumn);
    const [first] = rows;
    const named = { id: this.idColumn, name: this.nameColumn };
    const numbered = first && numbersColumns(first, head.columns, named) ? first : null;
    const tail = tailOf(rows, (row) => this.isBelow(row));
    rows.forEach((source, i) => {
      const row: Row = { number: source.number, cells: source.cells, source };
      if (i >= tail) this.ledger.skip(row, row.cells, 'below');
      else if (numbered && (i === 0 || sameCells([row], [numbered])))
        this.ledger.skip(row, row.cells, 'column-numbers');
      else this.readRow(row);
    });
    for (const id of this.maxima.keys()) this.leaveMaximum(id);
  }

  /** A maximum that no unit below has taken is not used. */
  private leaveMaximum(id: SheetCell): void {
    const max = this.maxima.get(id);
    if (max && !max.taken) this.ledger.skip(max.row, [max.cell], 'unfilled');
  }

  private readRow(row: Row): void {
    const bound = new Map<Binding, SheetCell>();
    const loose: SheetCell[] = [];
    let id: SheetCell | null = null;
    for (const cell of row.cells) {
      const binding = this.columns.bindings.get(cell.column);
      if (!binding) loose.push(cell);
      else if (cell.column === this.idColumn && !this.columns.ofUnits) id = this.idOf(cell);
      else bound.set(binding, cell);
    }
    this.fillDown(row, bound);
    if (this.columns.ofUnits) {
      this.unitRow(row, bound, loose);
      return;
    }
    if (id !== null && /^[-–+*•]$/.test(id.text)) {
      loose.push(id);
      id = null;
    }
    const words = this.columns.idsInNames ? cellAt(row, this.idColumn) : undefined;
    const label =
      id ?? words ?? [...bound].find(([b]) => b.key === 'name' || b.key === 'order')?.[1] ?? row.cells[0]!;
    const unit = [...bound].find(([{ key }]) => key === 'unit')?.[1].text ?? '';
    if (totalOf(label.text) || totalOf(unit) || isAverage(unit)) this.ledger.skip(row, row.cells, 'total');
    else if (id === null) this.withoutId(row, bound);
    else if (this.isSection(id, bound)) this.ledger.skip(row, row.cells, 'section');
    else this.criterion(row, id, bound, loose);
  }

  /** An id with a mark of a footnote, or with the name after it in the same cell, which is said; null for words alone. */
  private idOf(cell: SheetCell): SheetCell | null {
    if (/^[\d.]*$/.test(cell.text)) return cell;
    const id = idBeforeName(cell.text);
    const plain = id ?? plainId(cell.text);
    if (id === null && this.columns.idsInNames) return null;
    // That names have ids before them is said once, of a criterion.
    if (plain !== cell.text && `${plain}.` !== cell.text && !(id && (this.idsSaid || !id.includes('.')))) {
      this.ledger.complain(note('read-as', { value: shortened(cell.text), meaning: plain }), cell);
      this.idsSaid = id !== null;
    }
    return id === null ? cell : partOf(cell, id);
  }

  /** A row of one unit, each of whose columns is of one criterion; or one of maxima, names or sums among them. */
  private unitRow(row: Row, bound: ReadonlyMap<Binding, SheetCell>, loose: readonly SheetCell[]): void {
    const cellOf = (key: Key) => [...bound].find(([b]) => b.key === key && !b.criterion)?.[1] ?? null;
    const [unit, order] = [cellOf('unit'), cellOf('order')];
    const label = unit ?? order ?? row.cells[0]!;
    const values = [...bound].filter(([{ criterion }]) => criterion !== null);
    const meaning = this.words.keyOf(label.text);
    if (totalOf(label.text) || isAverage(label.text)) this.ledger.skip(row, row.cells, 'total');
    else if (meaning === 'max') {
      for (const [{ criterion }, cell] of values) {
        this.leaveMaximum(criterion!);
        this.maxima.set(criterion!, { row, cell, taken: false });
      }
      const words = row.cells.filter((cell) => !values.some(([, value]) => value === cell));
      this.ledger.skip(row, words, 'for-people');
    } else if (!unit && !values.some(([, cell]) => isFigure(cell)))
      this.ledger.skip(row, row.cells, this.unitSeen ? 'no-id' : 'for-people');
    else if (!unit) this.withoutId(row, bound);
    else if (meaning !== null && isShown(meaning)) this.ledger.skip(row, row.cells, 'for-people');
    else if (values.length === 0 && !/^\d+\.?$/.test(order?.text ?? ''))
      this.ledger.skip(row, row.cells, 'section');
    else this.unit(row, unit, bound, loose);
  }

  private unit(
    row: Row,
    unit: SheetCell,
    bound: ReadonlyMap<Binding, SheetCell>,
    loose: readonly SheetCell[],
  ): void {
    this.unitSeen = true;
    if (!this.outsideHead(row, loose)) this.splitDecimals(bound);
    const meta = new Map<string, SheetCell>();
    const ofCriteria = new Map<string, Held[]>();
    for (const held of bound) {
      const [{ key, criterion }, cell] = held;
      if (criterion) ofCriteria.set(criterion.text, [...(ofCriteria.get(criterion.text) ?? []), held]);
      else if (isMeta(key)) {
        meta.set(key, cell);
        if (row.cells.includes(cell)) this.ledger.use(1);
      } else this.ledger.skip(row, [cell], 'for-people');
    }
    const draft = this.draft(unit, meta);
    for (const held of ofCriteria.values()) {
      const workedOut = new Set<SheetCell>();
      const filled = this.put(row, held[0]![0].criterion!, draft, held, workedOut);
      const cells = held.map(([, cell]) => cell).filter((cell) => !workedOut.has(cell));
      this.ledger.skip(row, [...workedOut], 'worked-out');
      if (filled) this.ledger.use(cells.length);
      else this.ledger.skip(row, cells, 'unfilled');
    }
  }

  /** Whether a row may stand below the table: who signs, where and when; no figure, and words where ids are. */
  private isBelow({ cells }: SheetRow): boolean {
    return cells.every((cell) => {
      if (cell.column === this.idColumn) return isWords(cell.text);
      const binding = this.columns.bindings.get(cell.column);
      // A number in its order is that of a unit's row.
      const ordered = this.columns.ofUnits && binding?.key === 'order';
      return !binding || (isShown(binding.key) && !ordered) || !isFigure(cell);
    });
  }

  /** A unit, a year or a catalogue whose cell is merged over several rows stands in each of them. */
  private fillDown(row: Row, bound: Map<Binding, SheetCell>): void {
    for (const [column, binding] of this.metaColumns) {
      const cell = this.merged.over(row, column, bound.get(binding));
      if (cell && !bound.has(binding)) bound.set(binding, cell);
    }
  }

  private withoutId(row: Row, bound: ReadonlyMap<Binding, SheetCell>): void {
    this.ledger.skip(row, row.cells, 'no-id');
    const value = [...bound].find(([{ key }, cell]) => isValue(key) && isFigure(cell));
    if (value)
      this.ledger.complain(warning('value-without-id', { value: shortened(value[1].text) }), value[1]);
  }

  /** Whether a row stands for those under it: `1` over `1.1`, or `II` and `B` among numbered ones. */
  private isSection(id: SheetCell, bound: ReadonlyMap<Binding, SheetCell>): boolean {
    if (!this.sections.has(plainId(id.text))) return false;
    return [...bound.keys()].every(({ key }) => !isValue(key) || SUMS.includes(key));
  }

  private criterion(
    row: Row,
    id: SheetCell,
    bound: ReadonlyMap<Binding, SheetCell>,
    loose: readonly SheetCell[],
  ): void {
    if (!this.outsideHead(row, loose)) this.splitDecimals(bound);
    const meta = new Map<string, SheetCell>();
    const shared: Held[] = [];
    const ofUnits = new Map<SheetCell, Held[]>();
    for (const held of bound) {
      const [{ key, unit }, cell] = held;
      if (isMeta(key)) meta.set(key, cell);
      else if (isShown(key)) this.ledger.skip(row, [cell], 'for-people');
      else if (unit === null) shared.push(held);
      else if (ofUnits.has(unit)) ofUnits.get(unit)!.push(held);
      else ofUnits.set(unit, [held]);
    }
    const workedOut = new Set<SheetCell>();
    let filled = false;
    if (this.columns.units.length === 0)
      filled = this.put(row, id, this.draft(meta.get('unit') ?? null, meta, id), shared, workedOut);
    for (const [unit, held] of ofUnits) {
      const draft = meta.size === 0 ? this.ofColumns.get(unit)! : this.draft(unit, meta);
      filled = this.put(row, id, draft, [...held, ...shared], workedOut) || filled;
    }
    const mine = row.cells.filter((cell) => {
      const binding = this.columns.bindings.get(cell.column);
      return binding && !isShown(binding.key) && !workedOut.has(cell);
    });
    this.ledger.skip(row, [...workedOut], 'worked-out');
    if (filled) this.ledger.use(mine.length);
    else this.ledger.skip(row, mine, 'unfilled');
  }

  /** Whether cells stand beside the columns of the head, which is told: a row too wide, or a value without a meaning. */
  private outsideHead(row: Row, loose: readonly SheetCell[]): boolean {
    const unnamed = loose.filter(({ column }) => !this.unread.has(column));
    const wide = unnamed.find(({ column }) => column > this.lastColumn);
    const cell = wide ?? unnamed[0];
    if (cell) {
      const value = shortened(cell.text);
      const { separator } = this.sheet;
      this.ledger.complain(
        wide
          ? error('row-too-wide', { cells: cell.column, head: this.lastColumn, value, separator })
          : error('cell-without-head', { value }),
        cell,
      );
    }
    this.ledger.skip(row, loose, 'in-error');
    return cell !== undefined;
  }

  /**
   * In a CSV with commas `99,2%` without quotes falls apart into a value and the text after it; and `1,050`, or `1,234` of
   * which so little is done that one number may be meant, into a part and its whole.
   */
  private splitDecimals(bound: ReadonlyMap<Binding, SheetCell>): void {
    if (this.sheet.separator !== ',') return;
    const values = new Map([...bound].map(([{ key }, cell]) => [cell.column, isValue(key) ? cell : null]));
    for (const cell of bound.values()) {
      const before = this.wordColumns.has(cell.column) ? values.get(cell.column - 1) : null;
      if (!before || cell.quoted || typeof before.value !== 'number' || !/^\d{1,4}%?$/.test(cell.text))
        continue;
      this.ledger.complain(error('split-decimal', { value: `${before.text},${cell.text}` }), cell);
      return;
    }
    for (const [{ key }, { column, text, quoted, value: done }] of bound) {
      const next =
        key === 'done' && [...bound].find(([b, cell]) => b.key === 'total' && cell.column === column + 1);
      if (!next || quoted || next[1].quoted || !/^\d{1,3},\d{3}$/.test(`${text},${next[1].text}`)) continue;
      const params = { value: `${text},${next[1].text}` };
      if (next[1].text.startsWith('0')) this.ledger.complain(error('split-decimal', params), next[1]);
      else if (Number(done) * 10 < Number(next[1].value))
        this.ledger.complain(
          warning('read-as-counts', { ...params, done: text, total: next[1].text }),
          next[1],
        );
    }
  }

  /** The draft of a unit and a year; a unit column that is blank in a row is missing there. */
  private draft(unit: SheetCell | null, ofRow: ReadonlyMap<string, SheetCell>, row?: SheetCell): Draft {
    const named = unit ?? this.meta.get('unit') ?? null;
    const year = ofRow.get('year') ?? this.meta.get('year');
    const code = ofRow.get('code') ?? this.meta.get('code');
    const asked = { unit: named?.text, code: code?.text, year: year?.text };
    const { last } = this;
    if (last && last.unit === asked.unit && last.code === asked.code && last.year === asked.year)
      return last.draft;
    const key = JSON.stringify([asked.code, named && unitKey(named.text), asked.year]);
    let draft = this.drafts.get(key);
    if (!draft) {
      const meta = new Map([...this.meta, ...ofRow]);
      if (named) meta.set('unit', named);
      else if (row && this.hasUnits)
        this.ledger.complain(error('row-without-unit', { id: shortened(row.text) }), row);
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
    workedOut: Set<SheetCell>,
  ): boolean {
    const fields: Record<string, unknown> = {};
    const places: Record<string, number | SheetCell> = {};
    const months: { done?: unknown; total?: unknown }[] = [];
    const history: unknown[] = [];
    let unread = false;
    const { ofUnits } = this.columns;
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
        if (isValue(key) && this.merged.covers(row, cell, this.valueColumns))
          this.ledger.complain(error('merged-value', { value: shortened(cell.text) }), cell);
        fields[field] = this.content(field, cell, head);
        places[field] ??= cell.column;
      }
    }
    const rate = cells.find(([{ key }, cell]) => key === 'rate' && workedOut.has(cell))?.[1];
    if (rate && !rate.unread && statesOther(rate, fields.done, fields.total)) {
      const params = { value: rate.text, done: String(fields.done), total: String(fields.total) };
      this.ledger.complain(warning('rate-differs', params), rate);
    }
    if (months.length > 0) fields.months = this.wholeMonths(months, id, fields.plan !== undefined);
    if (history.length > 0) fields.history = this.wholeHistory(history, id);
    if (!Object.keys(fields).some((key) => key !== 'max')) return unread;
    for (const [, cell] of cells) if (!workedOut.has(cell)) this.ledger.valueFrom(row, cell);
    const plain = plainId(id.text);
    const max = this.maxima.get(id);
    if (max && fields.max === undefined) {
      if (!max.taken) this.ledger.use(1);
      max.taken = true;
      fields.max = max.cell.value;
      places.max = max.cell;
    }
    // Rows whose unit is left out may be of several, which is said already.
    if (draft.entries.has(plain) && !draft.meta.has('unit') && this.hasUnits) return true;
    if (draft.entries.has(plain))
      this.ledger.complain(error('duplicate-id', { id: shortened(id.text) }), ofUnits ? cells[0]![1] : id);
    else draft.entries.set(plain, { fields, places, row: row.source, id: ofUnits ? id : id.column });
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
    const structured = /^[[{]/.test(cell.text);
    if (field === 'evidence' && !structured) return [{ title: cell.text }];
    // In both languages, as a reading is written into a sheet.
    const bilingual = field === 'note' && /^\{"(?:vi|en)":/.test(cell.text);
    const ofInputs = (field === 'evidence' || field === 'last_year') && structured;
    if (ofInputs || bilingual || AS_JSON.includes(field as Key)) {
      const data = parsedJson(cell.text);
      const params = { value: shortened(cell.text), column: shortened(head.text) };
      if (data === undefined) this.ledger.complain(error('cell-not-json', params), cell);
      return data;
    }
    return cell.value;
  }
}

/** Which field of an entry a column fills in a row; null where the figure follows from others in the row. */
function fieldFor(key: Key, has: (...keys: Key[]) => boolean): string | null {
  if (key === 'rate') return has('value', 'done', 'total', 'months', 'parts', 'values') ? null : 'value';
  if (key === 'points') return has('appraised') ? null : 'appraised';
  return key;
}

/** Whether a rate beside two counts is not their ratio, as far as its decimals tell; a share such as 0.6 is 60. */
function statesOther(rate: SheetCell, done: unknown, total: unknown): boolean {
  const [x, part, whole] = [rate.value, done, total].map((value) =>
    typeof value === 'number' || typeof value === 'string' ? readNumber(value, 'number') : null,
  );
  if (!x?.ok || !part?.ok || !whole?.ok || whole.value.compare(0) <= 0) return false;
  const percent = percentOf(part.value, whole.value);
  const written = rate.text.endsWith('%') ? rate.text.slice(0, -1).trimEnd() : rate.text;
  const mark = Math.max(written.lastIndexOf(','), written.lastIndexOf('.'));
  // Of a rate that was worked out a spreadsheet keeps nine decimals for sure.
  const decimals = mark < 0 ? 0 : Math.min(written.length - mark - 1, 9);
  const unit = new Fraction(1, 10 ** decimals);
  const near = (of: Fraction) => of.sub(x.value).abs().compare(unit) <= 0;
  return !near(percent) && !(written === rate.text && near(percent.div(100)));
}

/** What JSON in a cell says, without keys that reach into objects' making; undefined when it is none. */
function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text, (key, value) => (key === '__proto__' ? undefined : value));
  } catch {
    return undefined;
  }
}
