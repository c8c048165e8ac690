import { type Diagnostic, error, note } from '../diagnostics/diagnostic.js';
import { nearest } from '../diagnostics/suggest.js';
import { partOf, type SheetCell } from './cells.js';
import { type Column, type HeadWords, isTotal, plainHead, type TableRows } from './office-table.js';
import { columnKeys, idOfHead, isMeta, isShown, isValue, type Key } from './reading-columns.js';
import type { TableAccount } from './sheet-account.js';
import { shortened, yearsNamed } from './table-rows.js';

/** What one column holds: of which unit or criterion where it is theirs, and of which month where it is a month's. */
export interface Binding {
  key: Key;
  /** The head that names the unit, where units stand side by side. */
  unit: SheetCell | null;
  /** The id in the head, where criteria stand side by side. */
  criterion: SheetCell | null;
  month: number | null;
  head: SheetCell;
}

/** The columns of a table: what each holds, and how each was understood. */
export interface BoundColumns {
  bindings: ReadonlyMap<number, Binding>;
  /** The heads that name units, where units stand side by side. */
  units: SheetCell[];
  /** Whether criteria stand side by side, one row a unit. */
  ofUnits: boolean;
  account: TableAccount['columns'];
  /** What is wrong with heads, or was decided about them, each at its cell. */
  complaints: [Diagnostic, SheetCell][];
}

/** What each column of a table holds; `ownYear` is the year that the lines above give, and `unitNamed` that they name a unit. */
export function bindColumns(
  table: TableRows<Key>,
  words: HeadWords<Key>,
  ownYear: string | undefined,
  unitNamed: boolean,
): BoundColumns {
  const { columns } = table.head;
  const keys = new Set(columns.map(({ key }) => key));
  const ofUnits = keys.has('unit') && columns.some((c) => c.key === 'criterion');
  const months = new Map(columns.map((c) => [c, ofUnits ? null : monthOf(c, words)]));
  const ofMonths = [...months.values()].some((month) => month !== null);
  // Two upper heads or more that are no known words, over the same columns each, are units side by side.
  const sideBySide = new Set(columns.filter((c) => ownUnit(c, words)).map((c) => c.above)).size > 1;
  const valued = columns.some(
    (c) => c.key !== null && isValue(c.key) && c.key !== 'rate' && !(sideBySide && ownUnit(c, words)),
  );
  const unitsInColumns = !keys.has('unit') && !unitNamed && !valued && !ofMonths;
  const complaints: BoundColumns['complaints'] = [];
  const points = ofUnits ? pointsSaid(table, words) : null;
  if (points)
    complaints.push([
      note('read-as', { found: shortened(points.cell.text), meaning: points.key }),
      points.cell,
    ]);
  const bindings = new Map<number, Binding>();
  const account: TableAccount['columns'] = [];
  const taken = new Map<string, SheetCell>();
  for (const c of columns) {
    const month = months.get(c) ?? null;
    const criterion = ofUnits ? criterionOf(c, words) : null;
    let key = month ? month.key : c.key === 'order' && !keys.has('id') && !ofUnits ? 'id' : c.key;
    let unit: SheetCell | null = null;
    if (criterion) key = criterion.key ?? points?.key ?? 'value';
    // The code of a unit, whose row it is; sums, ranks and remarks are for people.
    else if (ofUnits && key === 'id') key = 'code';
    else if (ofUnits && (key === null ? saysResult(c.head.text) : !isMeta(key) && !isShown(key)))
      key = 'ignore';
    else if (unitsInColumns && key === null && !soundsLikeFigure(c.head.text) && !isOfPeriod(c)) {
      key = 'value';
      unit = c.head;
    } else if (unitsInColumns && sideBySide && key !== null && isValue(key)) unit = c.above;
    account.push({
      column: c.column,
      head: c.above ? `${c.above.text} / ${c.head.text}` : c.head.text,
      key,
      unit: unit?.text ?? null,
      criterion: criterion?.id.text ?? null,
      month: month?.month ?? null,
    });
    const year = otherYear(c, ownYear);
    if (year !== null && key !== null && (isValue(key) || month)) {
      const ofThisYear = (o: Column<Key>) => o.key === c.key && otherYear(o, ownYear) === null;
      if (Number(year) === Number(ownYear) - 1 && columns.some(ofThisYear)) key = 'last';
      else {
        complaints.push([error('head-of-other-year', { found: shortened(c.head.text) }), c.head]);
        continue;
      }
    }
    if (key === null) {
      const found = shortened(c.head.text);
      const suggestion = nearest(c.head.text.slice(0, 100), columnKeys);
      const problem = isOfPeriod(c)
        ? error('head-of-period', { found })
        : error('unknown-column', { found, suggestion });
      complaints.push([problem, c.head]);
      continue;
    }
    const once = JSON.stringify([key, unit?.text, criterion?.id.text, month?.month]);
    const other = taken.get(once);
    if (other && !isShown(key)) complaints.push([headTwice(c.head, other), c.head]);
    else
      bindings.set(c.column, {
        key,
        unit,
        criterion: criterion?.id ?? null,
        month: month?.month ?? null,
        head: c.head,
      });
    taken.set(once, other ?? c.head);
  }
  const units = [...new Set([...bindings.values()].flatMap(({ unit }) => (unit ? [unit] : [])))];
  return { bindings, units, ofUnits, account, complaints };
}

/** The year that a head names where the lines above name another: `Kết quả năm 2021` in a sheet of 2022. */
function otherYear({ head, above }: Column<Key>, own: string | undefined): string | null {
  const named = [head, above].flatMap((cell) => yearsNamed(cell?.text ?? ''));
  return own !== undefined && named.length > 0 && !named.includes(own) ? named[0]! : null;
}

const POINTS = /(?<!(?:thời|địa|đặc|ưu|nhược|quan) )điểm/iu;

/** The cell that says that a table of one row a unit is of points: a row of maxima, or a title; and whose they are. */
function pointsSaid(
  { above, rows }: TableRows<Key>,
  words: HeadWords<Key>,
): { cell: SheetCell; key: 'points' | 'self_scored' } | null {
  const maximum = rows
    .slice(0, 5)
    .flatMap(({ cells }) => cells.slice(0, 2))
    .find(({ text }) => words.keyOf(text) === 'max');
  const titles = above.flatMap(({ cells }) => cells);
  const cell = titles.find(({ text }) => POINTS.test(text.slice(0, 300).normalize('NFC'))) ?? maximum;
  if (!cell) return null;
  return { cell, key: /tự (?:chấm|đánh giá)/iu.test(cell.text.normalize('NFC')) ? 'self_scored' : 'points' };
}

/** Whether a head is of what criteria add up to: `Tổng điểm`, `Xếp hạng`. */
const saysResult = (head: string): boolean =>
  isTotal(head) || /^(?:xếp|thứ|hạng|chỉ số|index|rank)/iu.test(head.normalize('NFC'));

const FIGURE =
  /^(điểm|số|tỷ lệ|tỉ lệ|kết quả|tháng|quý(?: (?:[ivx]{1,3}(?!\p{L})|\d)|$)|tổng|mã|mức|giá trị|năm(?: (?:\d|nay|trước|sau)|$)|ghi chú|t\d|%|\d|trung bình|bình quân|xếp (hạng|loại|thứ)|thứ hạng|chênh lệch|so (với|sánh)|lũy kế|luỹ kế|cả năm|nhận xét|lý do|nguyên nhân|kiến nghị|thời (hạn|gian)|ngày)/iu;

/** Whether a head begins like the name of a figure or of a remark, or is a word for a sum, and so is no unit's. */
const soundsLikeFigure = (head: string): boolean =>
  FIGURE.test(head.slice(0, 60)) || /^(cộng|hạng|tb|average|mean|rank|sum)$/iu.test(head.slice(0, 20));

const PERIOD = /^(?:quy (?:[ivx]{1,3}|\d)|\d{1,2} thang|(?:nua|sau thang) (?:dau|cuoi))(?![a-z])/;

/** Whether a head is of a part of the year that is no month: `Quý I/2022`, `6 tháng đầu năm`. */
const isOfPeriod = ({ head, above }: Column<Key>): boolean =>
  [head, above].some((cell) => cell !== null && PERIOD.test(plainHead(cell.text.slice(0, 100))));

/** A month's column: `T1 đã làm`, `Tháng 1/2022`, or `Đã làm` under `Tháng 1`; `T1` alone is the value at its end. */
function monthOf(
  column: Column<Key>,
  words: HeadWords<Key>,
): { month: number; key: 'done' | 'total' | 'history' } | null {
  const text = plainHead(column.above ? `${column.above.text} ${column.head.text}` : column.head.text);
  const parts = /^(?:t|thang) ?(\d{1,2})(?: (?:nam )?\d{4})?(?:[ :.-]+(\S.*))?$/.exec(text.slice(0, 100));
  const month = Number(parts?.[1]);
  const key = parts?.[2] === undefined ? 'history' : words.keyOf(parts[2]);
  const isCount = key === 'done' || key === 'total' || key === 'history';
  return parts && month >= 1 && month <= 12 && isCount ? { month, key } : null;
}

/** What a column of a criterion holds, by the head that is not its id; null where that says nothing. */
function keyBesideId({ head, above }: Column<Key>, words: HeadWords<Key>): Key | null {
  const beside = idOfHead(head.text) === null ? head : above;
  const key = beside && words.keyOf(beside.text);
  return key === null || key === 'criterion' || isShown(key) || isMeta(key) || key === 'id' ? null : key;
}

/** A criterion's own column: the cell that has its id, and what the column holds of it if its other head says so. */
function criterionOf(column: Column<Key>, words: HeadWords<Key>): { id: SheetCell; key: Key | null } | null {
  const { head, above, key } = column;
  for (const cell of [head, above]) {
    const id = cell && idOfHead(cell.text);
    if (cell && id) return { id: partOf(cell, id), key: keyBesideId(column, words) };
  }
  // A code of one word is an id too, as `XHH`, and so is a head that the project says is one.
  const isCode = key === null && /^[\p{Lu}\d]{2,12}$/u.test(head.text) && !soundsLikeFigure(head.text);
  return key === 'criterion' || isCode ? { id: head, key: null } : null;
}

/** What is wrong where two columns hold the same: one head stands there twice, or two heads mean one thing. */
const headTwice = (head: SheetCell, other: SheetCell): Diagnostic =>
  head.text === other.text
    ? error('duplicate-key', { key: shortened(head.text) })
    : error('same-meaning', { found: shortened(head.text), other: shortened(other.text) });

/** Whether a column stands under the name of a unit: the upper head is no known word. */
const ownUnit = (column: { above: SheetCell | null }, words: HeadWords<Key>): boolean =>
  column.above !== null && words.keyOf(column.above.text) === null;
