import { percentOf, readNumber } from '../reading/number.js';
import { error, note, warning } from '../values/diagnostic.js';
import { Fraction } from '../values/fraction.js';
import { unitKey } from '../values/unit.js';
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
import { headOf, numbersColumns, sameCells, sectionsOf, type TableRows, tailOf } from './office-table.js';
import {
  type Binding,
  type BoundColumns,
  bindColumns,
  type HeadKey,
  isMeta,
  isShown,
  isValue,
  type ReadingWords,
  SUMS,
  yearsOfHeads,
} from './reading-columns.js';
import type { Drafts, Ledger, ReadingDraft } from './sheet-results.js';

/** A cell with what its column holds. */
type Held = readonly [Binding, SheetCell];

const AS_JSON: readonly HeadKey[] = ['months', 'history', 'parts', 'values', 'counts', 'group'];
/** Columns of words, in which bare digits are the rest of a number that fell apart. */
const WORDS: ReadonlySet<string> = new Set(
  'note source evidence exempt name rule owner measure field'.split(' '),
);

/** Reads one table of a sheet into the drafts that all sheets of a file share. */
export class TableReader {
  private readonly columns: BoundColumns;
  private readonly merged: MergedCells;
  private readonly metaColumns: Binding[];
  private readonly valueColumns: number[];
  private readonly idColumn: number | undefined;
  /** Whether columns give what a rate is worked out from. */
  private readonly hasFigures: boolean;
  private readonly wordColumns: ReadonlySet<number>;
  private readonly hasUnits: boolean;
  private sections: ReadonlySet<string> = new Set();
  /** In a table of one row a unit: the maxima that a row gives, by the id's cell, and whether a unit below has them. */
  private readonly maxima = new Map<SheetCell, { row: SheetRow; cell: SheetCell; taken: boolean }>();
  private unitSeen = false;
  private idsSaid = false;
  /** The years that heads of values name, of columns that were not told to be of another year than a row. */
  private readonly dated: Map<Binding, string[]>;
  /** The last draft of each unit as cells write it: most rows are of the unit, its code and year of one before. */
  private readonly last = new Map<
    string | undefined,
    { code: string | undefined; year: string | undefined; draft: ReadingDraft }
  >();

  /** `meta` is what the lines above say of the reading itself. */
  constructor(
    private readonly sheet: Sheet,
    private readonly table: TableRows<HeadKey>,
    private readonly meta: ReadonlyMap<string, SheetCell>,
    private readonly words: ReadingWords,
    private readonly drafts: Drafts,
    private readonly ledger: Ledger,
  ) {
    const { at, rows } = table.head;
    this.columns = bindColumns(table, words, meta.get('year')?.text, meta.has('unit'));
    const head = { row: sheet.rows[at]!.number, rows };
    ledger.account.tables.push({ head, columns: this.columns.account });
    for (const [problem, cell] of this.columns.complaints) ledger.complain(problem, cell);
    const bindings = [...this.columns.bindings.values()];
    this.idColumn = this.columnOf(this.columns.ofUnits ? 'unit' : 'id');
    this.metaColumns = bindings.filter(({ key }) => isMeta(key));
    this.valueColumns = bindings.filter(({ key }) => isValue(key)).map(({ column }) => column);
    const ofValues = bindings.filter(({ key, month }) => isValue(key) || month !== null);
    const years = ofValues.map((b) => [b, yearsOfHeads(b)] as const);
    this.dated = new Map(years.filter(([, named]) => named.length > 0));
    this.hasFigures = (this.columnOf('value') ?? this.columnOf('done')) !== undefined;
    const ofWords = bindings.filter((b) => WORDS.has(b.key) || WORDS.has(words.keyOf(headOf(b).text) ?? ''));
    this.wordColumns = new Set(ofWords.map(({ column }) => column));
    this.hasUnits = this.columnOf('unit') !== undefined;
    this.merged = new MergedCells(sheet.merges);
  }

  private columnOf(wanted: HeadKey): number | undefined {
    return [...this.columns.bindings.values()].find(({ key }) => key === wanted)?.column;
  }

  read(): void {
    // Units side by side come in the order of their columns.
    for (const unit of this.columns.units) this.draft(unit, new Map());
    const { rows, head } = this.table;
    if (!this.columns.ofUnits) this.sections = sectionsOf(rows, this.idColumn);
    const [first] = rows;
    const named = { id: this.idColumn, name: this.columnOf('name') };
    const numbered = first && numbersColumns(first, head.columns, named) ? first : null;
    const tail = tailOf(rows, (row) => this.isBelow(row));
    rows.forEach((source, i) => {
      const row: SheetRow = { number: source.number, cells: source.cells };
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

  private readRow(row: SheetRow): void {
    const { bindings, ofUnits, idsInNames } = this.columns;
    const held: Held[] = [];
    const loose: SheetCell[] = [];
    let id: SheetCell | null = null;
    for (const cell of row.cells) {
      const binding = bindings.get(cell.column);
      if (!binding) loose.push(cell);
      else if (cell.column === this.idColumn && !ofUnits) id = this.idOf(cell);
      else held.push([binding, cell]);
    }
    // A unit, a year or a catalogue whose cell is merged over several rows stands in each of them.
    for (const binding of this.metaColumns) {
      const cell = this.merged.over(row, binding.column, cellAt(row, binding.column));
      if (cell && !row.cells.includes(cell)) held.push([binding, cell]);
    }
    if (ofUnits) {
      this.unitRow(row, held, loose);
      return;
    }
    if (id !== null && /^[-–+*•]$/.test(id.text)) id = null;
    const words = idsInNames ? cellAt(row, this.idColumn) : undefined;
    const label =
      id ?? words ?? held.find(([b]) => b.key === 'name' || b.key === 'order')?.[1] ?? row.cells[0]!;
    const unit = cellOf(held, 'unit')?.text ?? '';
    if (totalOf(label.text) || totalOf(unit) || isAverage(unit)) this.ledger.skip(row, row.cells, 'total');
    else if (id === null) this.withoutId(row, held);
    else if (this.isSection(id, held)) this.ledger.skip(row, row.cells, 'section');
    else this.entries(row, id, held, loose);
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
  private unitRow(row: SheetRow, held: readonly Held[], loose: readonly SheetCell[]): void {
    const [unit, order] = [cellOf(held, 'unit'), cellOf(held, 'order')];
    const label = unit ?? order ?? row.cells[0]!;
    const values = held.filter(([{ criterion }]) => criterion !== null);
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
    else if (!unit) this.withoutId(row, held);
    else if (meaning !== null && isShown(meaning)) this.ledger.skip(row, row.cells, 'for-people');
    else if (values.length === 0 && !/^\d+\.?$/.test(order?.text ?? ''))
      this.ledger.skip(row, row.cells, 'section');
    else {
      this.unitSeen = true;
      this.entries(row, unit, held, loose);
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

  private withoutId(row: SheetRow, held: readonly Held[]): void {
    this.ledger.skip(row, row.cells, 'no-id');
    const value = held.find(([{ key }, cell]) => isValue(key) && isFigure(cell))?.[1];
    if (value) this.ledger.complain(warning('value-without-id', { value: shortened(value.text) }), value);
  }

  /** Whether a row stands for those under it: `1` over `1.1`, or `II` and `B` among numbered ones. */
  private isSection(id: SheetCell, held: readonly Held[]): boolean {
    if (!this.sections.has(plainId(id.text))) return false;
    return held.every(([{ key }]) => !isValue(key) || SUMS.includes(key));
  }

  /** The entries of a row: of the unit `of` for each criterion beside it, or of the criterion `of` for each unit. */
  private entries(row: SheetRow, of: SheetCell, held: readonly Held[], loose: readonly SheetCell[]): void {
    if (!this.outsideHead(row, loose)) this.splitDecimals(held);
    const { ofUnits, units, bindings } = this.columns;
    const meta = new Map<string, SheetCell>();
    const shared: Held[] = [];
    /** The cells of each criterion, or each unit, by its head's text. */
    const beside = new Map<string, Held[]>();
    const shown: SheetCell[] = [];
    for (const one of held) {
      const [{ key, unit, criterion }, cell] = one;
      const head = criterion ?? unit;
      if (isMeta(key)) meta.set(key, cell);
      else if (isShown(key) || (ofUnits && !criterion)) shown.push(cell);
      else if (!head) shared.push(one);
      else beside.set(head.text, [...(beside.get(head.text) ?? []), one]);
    }
    const year = (meta.get('year') ?? this.meta.get('year'))?.text;
    for (const [binding, named] of this.dated) {
      if (year === undefined || named.includes(year) || !held.some(([b]) => b === binding)) continue;
      const head = headOf(binding);
      this.ledger.complain(error('head-of-other-year', { value: shortened(head.text) }), head);
      this.dated.delete(binding);
    }
    const workedOut = new Set<SheetCell>();
    const used = new Set<SheetCell>();
    const put = (id: SheetCell, draft: ReadingDraft, cells: readonly Held[]) => {
      if (!this.put(row, id, draft, cells, workedOut)) return;
      for (const [, cell] of cells) used.add(cell);
    };
    const ofRow = ofUnits ? this.draft(of, meta) : null;
    if (!ofRow && units.length === 0) put(of, this.draft(meta.get('unit') ?? null, meta, of), shared);
    for (const cells of beside.values()) {
      const [{ unit, criterion }] = cells[0]!;
      put(criterion ?? of, ofRow ?? this.draft(unit, meta), [...cells, ...shared]);
    }
    const filled = used.size > 0;
    const unfilled: SheetCell[] = [];
    for (const cell of row.cells) {
      const binding = bindings.get(cell.column);
      if (!binding || shown.includes(cell) || workedOut.has(cell)) continue;
      const isWhose = isMeta(binding.key) || cell.column === this.idColumn;
      if (used.has(cell) || (isWhose && (ofUnits || filled))) this.ledger.use(1);
      else unfilled.push(cell);
    }
    this.ledger.skip(row, shown, 'for-people');
    this.ledger.skip(row, [...workedOut], 'worked-out');
    this.ledger.skip(row, unfilled, 'unfilled');
  }

  /** Whether cells stand beside the columns of the head, which is told: a row too wide, or a value without a meaning. */
  private outsideHead(row: SheetRow, loose: readonly SheetCell[]): boolean {
    const headed = this.table.head.columns;
    const last = headed.at(-1)!.column;
    const unnamed = loose.filter((cell) => !headed.some(({ column }) => column === cell.column));
    const wide = unnamed.find(({ column }) => column > last);
    const cell = wide ?? unnamed[0];
    if (cell) {
      const value = shortened(cell.text);
      const { separator } = this.sheet;
      this.ledger.complain(
        wide
          ? error('row-too-wide', { cells: cell.column, head: last, value, separator })
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
  private splitDecimals(held: readonly Held[]): void {
    if (this.sheet.separator !== ',') return;
    const values = new Map(held.map(([{ key }, cell]) => [cell.column, isValue(key) ? cell : null]));
    for (const [, cell] of held) {
      const before = this.wordColumns.has(cell.column) ? values.get(cell.column - 1) : null;
      if (!before || !cell.bare || typeof before.value !== 'number' || !/^\d{1,4}%?$/.test(cell.text))
        continue;
      this.ledger.complain(error('split-decimal', { value: `${before.text},${cell.text}` }), cell);
      return;
    }
    for (const [{ key }, { column, text, bare, value: done }] of held) {
      const next =
        key === 'done' && held.find(([b, cell]) => b.key === 'total' && cell.column === column + 1);
      if (!next || !bare || !next[1].bare || !/^\d{1,3},\d{3}$/.test(`${text},${next[1].text}`)) continue;
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
  private draft(
    unit: SheetCell | null,
    ofRow: ReadonlyMap<string, SheetCell>,
    row?: SheetCell,
  ): ReadingDraft {
    const named = unit ?? this.meta.get('unit') ?? null;
    const code = (ofRow.get('code') ?? this.meta.get('code'))?.text;
    const year = (ofRow.get('year') ?? this.meta.get('year'))?.text;
    const last = this.last.get(named?.text);
    if (last && last.code === code && last.year === year) {
      this.sayBesides(last.draft, ofRow);
      return last.draft;
    }
    const draft = this.drafts.of({ unit: named?.text ?? null, code, year }, () => {
      const meta = new Map([...this.meta, ...ofRow]);
      if (named) meta.set('unit', named);
      else if (row && this.hasUnits)
        this.ledger.complain(error('row-without-unit', { id: shortened(row.text) }), row);
      return { meta, entries: new Map(), top: this.sheet.rows[0]!.cells[0]! };
    });
    this.sayBesides(draft, ofRow);
    this.last.set(named?.text, { code, year, draft });
    return draft;
  }

  /** What a further row says of a reading itself: it is added where none did, and refused where one said otherwise. */
  private sayBesides({ meta }: ReadingDraft, ofRow: ReadonlyMap<string, SheetCell>): void {
    for (const key of ['code', 'kind', 'catalogue'] as const) {
      const cell = ofRow.get(key) ?? this.meta.get(key);
      const before = meta.get(key);
      if (!cell || cell.text === before?.text) continue;
      if (before && unitKey(before.text) !== unitKey(cell.text))
        this.ledger.complain(error('duplicate-key', { key }), cell);
      meta.set(key, cell);
    }
  }

  /** One criterion's entry, from the cells of its row that hold something of it; whether there is one. */
  private put(
    row: SheetRow,
    id: SheetCell,
    draft: ReadingDraft,
    cells: readonly Held[],
    workedOut: Set<SheetCell>,
  ): boolean {
    const fields: Record<string, unknown> = {};
    const places: Record<string, SheetCell> = {};
    const months: { done?: unknown; total?: unknown }[] = [];
    const history: unknown[] = [];
    let unread = false;
    const { ofUnits } = this.columns;
    const has = (...keys: HeadKey[]) =>
      cells.some(([{ key, month }]) => month === null && keys.includes(key));
    for (const [binding, cell] of cells) {
      const { key, month } = binding;
      const field = fieldFor(key, has);
      if (field === null || (cell.unread && field !== key && this.hasFigures)) {
        workedOut.add(cell);
        continue;
      }
      if (cell.unread) {
        this.ledger.complain(cell.unread, cell);
        unread = true;
        continue;
      }
      if (month !== null && key === 'history') {
        history[month - 1] = cell.value;
        places.history ??= cell;
        places[`history.${month - 1}`] = cell;
      } else if (month !== null) {
        months[month - 1] = { ...months[month - 1], [key]: cell.value };
        places.months ??= cell;
        places[`months.${month - 1}.${key}`] = cell;
      } else {
        if (isValue(key) && this.merged.covers(row, cell, this.valueColumns))
          this.ledger.complain(error('merged-value', { value: shortened(cell.text) }), cell);
        fields[field] = this.content(field, cell, headOf(binding));
        places[field] ??= cell;
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
    else draft.entries.set(plain, { fields, places, id });
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
    if (ofInputs || bilingual || AS_JSON.includes(field as HeadKey)) {
      const data = parsedJson(cell.text);
      const params = { value: shortened(cell.text), column: shortened(head.text) };
      if (data === undefined) this.ledger.complain(error('cell-not-json', params), cell);
      return data;
    }
    return cell.value;
  }
}

/** Which field of an entry a column fills in a row; null where the figure follows from others in the row. */
function fieldFor(key: HeadKey, has: (...keys: HeadKey[]) => boolean): string | null {
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

/** The cell of a row that holds one thing of the reading itself, of no criterion. */
const cellOf = (held: readonly Held[], key: HeadKey): SheetCell | null =>
  held.find(([b]) => b.key === key && !b.criterion)?.[1] ?? null;
