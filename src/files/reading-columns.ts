import { idsOfDate } from '../catalogue/select.js';
import { type Diagnostic, error, note } from '../values/diagnostic.js';
import { nearest } from '../values/suggest.js';
import {
  cellAt,
  idBeforeName,
  isAverage,
  isFigure,
  partOf,
  plainId,
  type Sheet,
  type SheetCell,
  type SheetRow,
  shortened,
  totalOf,
} from './cells.js';
import {
  findHead,
  HeadWords,
  headOf,
  type OfficeColumn,
  plainHead,
  type TableRows,
  type Vocabulary,
  ways,
} from './office-table.js';
import type { TableAccount } from './sheet-results.js';

/** What names the reading itself. */
const META = {
  unit:
    'unit|đơn vị|tên đơn vị|đơn vị hành chính|tên đơn vị hành chính|cơ quan, đơn vị|đơn vị, địa phương|địa phương|sở, ban, ngành|' +
    'huyện, thị xã, thành phố|xã, phường|xã, phường, thị trấn|xã, thị trấn|huyện|tên huyện|xã|tên xã',
  code: 'code|mã đơn vị|mã đvhc|mã đơn vị hành chính',
  kind: 'kind|loại đơn vị|loại hình đơn vị|cấp đơn vị',
  year: 'year|năm|năm đánh giá|năm báo cáo',
  catalogue: 'catalogue|bộ tiêu chí|mã bộ tiêu chí',
} as const satisfies Vocabulary<string>;

/** Columns for people, which a reading does not keep. */
const SHOWN = {
  order: 'stt|tt|số tt|số thứ tự|no',
  name:
    'name|tên|tiêu chí|tên tiêu chí|tên chỉ tiêu|nội dung|nội dung tiêu chí|nội dung đánh giá|' +
    'chỉ tiêu|chỉ số thành phần|tiêu chí/tiêu chí thành phần|tiêu chí thành phần|lĩnh vực/tiêu chí|' +
    'lĩnh vực/tiêu chí/tiêu chí thành phần|lĩnh vực, tiêu chí|chỉ số/chỉ số thành phần|criteria',
  rule: 'rule|cách tính|cách tính điểm|cách chấm|hướng dẫn chấm điểm|cách xác định và tính điểm',
  last: 'last|last year|năm trước|kết quả năm trước',
  owner: 'owner|lead unit|đơn vị chủ trì|cơ quan chủ trì|chủ trì|đơn vị phụ trách|phòng phụ trách',
  measure: 'đơn vị tính|đvt',
  field: 'field|lĩnh vực',
  ignore: 'ignore|tài liệu cần có|asked|evidence asked|điểm tạm tính|points so far|tình trạng|state',
} as const satisfies Vocabulary<string>;

/** Columns that say what a criterion's value is, or stand for it; one cell cannot stand for several criteria. */
const VALUES = {
  value:
    'value|giá trị|kết quả|kết quả thực hiện|kết quả đạt được|số liệu|số liệu thực hiện|' +
    'giá trị thực hiện|giá trị đạt được|thực hiện|mức đạt|mức đạt được|tỷ lệ đạt|tỷ lệ thực hiện|' +
    'result',
  done:
    'done|số đạt|tử số|numerator|' +
    ways(
      '|số|số lượng|số hồ sơ|số văn bản|số nhiệm vụ',
      'đã làm|đã thực hiện|đã giải quyết|đã xử lý|đã hoàn thành',
    ).join('|'),
  total:
    'total|tổng số|tổng|mẫu số|denominator|tổng số hồ sơ|tổng số văn bản|tổng số nhiệm vụ|' +
    ways('|số|tổng số|số hồ sơ|tổng số hồ sơ', 'phải làm|phải thực hiện|phải giải quyết|phải xử lý').join(
      '|',
    ),
  plan: 'plan|kế hoạch|kế hoạch năm|kế hoạch cả năm|chỉ tiêu kế hoạch|số theo kế hoạch',
  months: 'months|các tháng',
  parts: 'parts|thành phần',
  values: 'values|các giá trị',
  deducted: 'deducted|điểm trừ|điểm bị trừ|số điểm trừ|trừ điểm',
  exempt: 'exempt|giải trình',
  not_applicable: 'not_applicable|not applicable|không áp dụng',
  self_scored:
    'self_scored|điểm tự chấm|tự chấm|tự chấm điểm|điểm tự đánh giá|tự đánh giá|đơn vị tự chấm|' +
    'đơn vị tự đánh giá|điểm đơn vị tự chấm|điểm đơn vị tự đánh giá',
  appraised:
    'appraised|điểm thẩm định|thẩm định|kết quả thẩm định|điểm hội đồng thẩm định|hội đồng thẩm định|' +
    'snv đánh giá|sở nội vụ đánh giá|sở nội vụ thẩm định',
  rate: 'rate|tỷ lệ|tỉ lệ|tỷ lệ %|tỉ lệ %',
  points: 'points|điểm đạt|điểm đạt được',
} as const satisfies Vocabulary<string>;

/** What a column of a reading may hold, with the words that head it in Vietnamese and English sheets. */
const VOCABULARY = {
  id:
    'id|mã|mã tiêu chí|mã tc|mã số|mã số tc|mã số tiêu chí|mã chỉ tiêu|mã chỉ số|' +
    'mã tiêu chí thành phần|ký hiệu|criterion|criterion id',
  history: 'history|diễn biến theo tháng',
  expected: 'expected|dự kiến cả năm|dự kiến',
  counts: 'counts|các số đếm',
  last_year: 'last_year|giá trị năm trước',
  group: 'group|giá trị của nhóm',
  target: 'target|chỉ tiêu giao|chỉ tiêu được giao|kế hoạch giao',
  leader: 'leader|giá trị của đơn vị dẫn đầu|đơn vị dẫn đầu',
  max: 'max|điểm chuẩn|điểm tối đa|thang điểm|điểm chuẩn tối đa',
  provenance: 'provenance|xuất xứ',
  source: 'source|nguồn|nguồn số liệu',
  note: 'note|ghi chú|chú thích',
  evidence: 'evidence|tài liệu kiểm chứng|minh chứng|tài liệu minh chứng|hồ sơ kiểm chứng|văn bản kiểm chứng',
  /** A criterion's column, in a table of one row a unit; headed by its id. */
  criterion: '',
  ...VALUES,
  ...META,
  ...SHOWN,
} as const satisfies Vocabulary<string>;

export type HeadKey = keyof typeof VOCABULARY;
export type ReadingWords = HeadWords<HeadKey>;
type ReadingColumn = OfficeColumn<HeadKey>;

/** Values that a row of a section may have as well: what its criteria add up to. */
export const SUMS: readonly HeadKey[] = ['self_scored', 'appraised', 'points', 'deducted', 'rate'];

export const isMeta = (key: HeadKey): key is keyof typeof META => Object.hasOwn(META, key);
export const isShown = (key: HeadKey): boolean => Object.hasOwn(SHOWN, key);
export const isValue = (key: HeadKey): boolean => Object.hasOwn(VALUES, key);

/** Heads that a project gives a meaning of its own, by the `columns` of its config: head → key. */
export type ColumnMap = Readonly<Record<string, HeadKey>>;

/** Every key that a head may be given by hand. */
export const columnKeys = Object.keys(VOCABULARY).filter((key) => key !== 'order') as HeadKey[];

/** The words that head columns, with those of a project first. */
export const headWords = (columns: ColumnMap = {}): ReadingWords =>
  new HeadWords<HeadKey>(VOCABULARY, new Map(Object.entries(columns)), (text) =>
    idOfHead(text) === null ? null : 'criterion',
  );

/** The id that a criterion's column is headed by: `7.3.2`, `1.5 Thanh tra công vụ`, `Tiêu chí 1.5`. */
function idOfHead(text: string): string | null {
  if (!/\d[.,]\d/.test(text.slice(0, 40))) return null;
  const id = idBeforeName(text) ?? plainId(text);
  return /^\d{1,3}(?:\.\d{1,3})+$/.test(id) ? id : null;
}

/** Whether keys head a table of one row a unit, whose columns are criteria. */
const headsUnits = (keys: ReadonlySet<HeadKey>): boolean => keys.has('unit') && keys.has('criterion');

/** Whether keys head a table of criteria: ids, and either something of a value or columns of units; or one of units. */
export function headsReading(keys: ReadonlySet<HeadKey>, unknown: number): boolean {
  if (headsUnits(keys)) return true;
  const valued = [...keys].some(isValue);
  if (keys.has('id')) return valued || unknown > 0 || keys.size > 1;
  return keys.has('order') && valued;
}

/** Whether keys head a table of names and values, whose ids may stand before the names. */
export const headsNames = (keys: ReadonlySet<HeadKey>) => keys.has('name') && [...keys].some(isValue);

/** Whether keys head a further table of a sheet: each is known, and some hold values. */
export const headsTable = (keys: ReadonlySet<HeadKey>, unknown: number): boolean =>
  unknown === 0 &&
  (headsUnits(keys) ||
    ((keys.has('id') || keys.has('order')) && [...keys].some((key) => key !== 'exempt' && isValue(key))));

/** How well a sheet reads as an office's table: the columns of its head that are known. */
export function rateOfReading(sheet: Sheet): number {
  const head = findHead(sheet, headWords(), (keys, unknown) => headsReading(keys, unknown) || keys.size > 1);
  return head ? head.columns.filter(({ key }) => key !== null).length : 0;
}

/** What a line above the table says of the unit, the year or the catalogue, and how many cells say it. */
export function metaOf(
  cell: SheetCell,
  next: SheetCell | undefined,
  words: ReadingWords,
): { says: { key: string; cell: SheetCell }[]; taken: number } | null {
  const colon = cell.text.indexOf(':');
  if (colon > 0 && colon < cell.text.length - 1) {
    const key = words.keyOf(cell.text.slice(0, colon));
    const rest = cell.text.slice(colon + 1).trim();
    // `Đơn vị: %` says what the figures are counted in.
    if (key !== null && isMeta(key) && rest !== '' && (key !== 'unit' || /\p{L}/u.test(rest)))
      return { says: saysOf(key, partOf(cell, rest)), taken: 1 };
    return null;
  }
  const year = /^n[ăa]m\s(\d{4})$/iu.exec(cell.text);
  if (year) return { says: [{ key: 'year', cell: partOf(cell, year[1]!) }], taken: 1 };
  const key = words.keyOf(cell.text);
  if (key === null || !isMeta(key) || !next) return null;
  // A row of heads is no line: `Đơn vị`, `Năm`; but `xã` after `Loại đơn vị` is a kind.
  const kind =
    key === 'kind' && /^\p{L}+(?: \p{L}+)?$/u.test(next.text) && !/^(?:đơn vị|unit)$/iu.test(next.text);
  const after = words.keyOf(next.text);
  if (!kind && after !== null && isMeta(after)) return null;
  return { says: saysOf(key, next), taken: 2 };
}

/** `Xã A, năm 2022` is a unit and a year. */
function saysOf(key: string, cell: SheetCell): { key: string; cell: SheetCell }[] {
  const dated =
    key === 'unit'
      ? /^(\S.{0,200}?)\s*(?:[,;(–-]\s*|\s)năm\s*:?\s*(\d{4})\s*\)?$/iu.exec(cell.text.normalize('NFC'))
      : null;
  if (!dated) return [{ key, cell }];
  const year = { key: 'year', cell: partOf(cell, dated[2]!) };
  return [{ key, cell: partOf(cell, dated[1]!) }, year];
}

/** Years that the heads of a column name, each in words or alone at its end: `Năm 2022` over `Điểm`, `Kết quả 2022`. */
export const yearsOfHeads = ({ heads }: Pick<OfficeColumn<string>, 'heads'>): string[] =>
  heads.flatMap(({ text }) => /(?<!\d|^\d{1,2}\/\d{1,2}\/)(?:19|20)\d\d$/.exec(text) ?? yearsNamed(text));

/** Years that a text names: `Kết quả năm 2021`, `Tháng 3/2022`, `Quý I/2022`; the day it was signed names none. */
export const yearsNamed = (text: string): string[] =>
  [
    ...text
      .slice(0, 400)
      .normalize('NFC')
      .replace(/ngày[\s\d.…]{1,9}tháng[\s\d.…]{1,9}năm\s+\d{4}/giu, '')
      .matchAll(/(?:năm\s+|(?:t|tháng|quý)\s?(?:\d{1,2}|[ivx]{1,3})\s?[/-]\s?)(\d{4})(?!\d)/giu),
  ].map((named) => named[1]!);

/** What one column holds: of which unit or criterion where it is theirs, and of which month where it is a month's. */
interface Meaning extends ReadingColumn {
  /** The head that names the unit, where units stand side by side. */
  unit: SheetCell | null;
  /** The id in the head, where criteria stand side by side. */
  criterion: SheetCell | null;
  month: number | null;
}

/** A column that is read, with its meaning. */
export type Binding = Meaning & { key: HeadKey };

/** The columns of a table: what each holds, and how each was understood. */
export interface BoundColumns {
  bindings: ReadonlyMap<number, Binding>;
  /** The heads that name units, where units stand side by side. */
  units: SheetCell[];
  /** Whether criteria stand side by side, one row a unit. */
  ofUnits: boolean;
  /** Whether ids stand before names, in the cells of names. */
  idsInNames: boolean;
  account: TableAccount['columns'];
  /** What is wrong with heads, or was decided about them, each at its cell. */
  complaints: [Diagnostic, SheetCell][];
}

/** What each column of a table holds; `tableYear` is the year that the lines above give, and `unitNamed` that they name a unit. */
export function bindColumns(
  table: TableRows<HeadKey>,
  words: ReadingWords,
  tableYear: string | undefined,
  unitNamed: boolean,
): BoundColumns {
  const form = formOf(table, words, unitNamed);
  const complaints: BoundColumns['complaints'] = [];
  if (form.points) {
    const { cell, key } = form.points;
    complaints.push([note('read-as', { value: shortened(cell.text), meaning: key }), cell]);
  }
  const bindings = new Map<number, Binding>();
  const meanings: Meaning[] = [];
  const taken = new Map<string, SheetCell>();
  for (const column of table.head.columns) {
    const meaning = meaningOf(column, form, words);
    meanings.push(meaning);
    const head = headOf(column);
    const year = otherYear(column, tableYear);
    if (year !== null && meaning.key !== null && (isValue(meaning.key) || meaning.month !== null)) {
      const ofThisYear = (o: ReadingColumn) => o.key === column.key && otherYear(o, tableYear) === null;
      if (Number(year) === Number(tableYear) - 1 && table.head.columns.some(ofThisYear)) meaning.key = 'last';
      else {
        complaints.push([error('head-of-other-year', { value: shortened(head.text) }), head]);
        continue;
      }
    }
    const { key, unit, criterion, month } = meaning;
    if (key === null || (isValue(key) && isOfPeriod(column, words))) {
      complaints.push([unknownHead(column, words), head]);
      continue;
    }
    const once = JSON.stringify([key, unit?.text, criterion?.text, month]);
    const other = taken.get(once);
    if (other && key === (form.ofUnits ? 'unit' : 'id')) {
      // Columns to the right of it are those of a table of their own.
      complaints.push([error('tables-side-by-side', { value: shortened(head.text) }), head]);
      break;
    }
    if (other && !isShown(key)) complaints.push([headTwice(head, other), head]);
    else bindings.set(column.column, { ...meaning, key });
    taken.set(once, other ?? head);
  }
  const account = meanings.map(({ column, heads, key, unit, criterion, month }) => ({
    column,
    head: heads.map(({ text }) => text).join(' / '),
    key,
    unit: unit?.text ?? null,
    criterion: criterion?.text ?? null,
    month,
  }));
  const units = [...new Set([...bindings.values()].flatMap(({ unit }) => (unit ? [unit] : [])))];
  const { ofUnits, idsInNames } = form;
  return { bindings, units, ofUnits, idsInNames: idsInNames !== null, account, complaints };
}

/** How a table is laid out: a row a criterion, units side by side, or a row a unit. */
interface Form {
  ofUnits: boolean;
  unitsInColumns: boolean;
  /** Whether two upper heads or more that are no known words stand over the same columns each: units side by side. */
  sideBySide: boolean;
  hasId: boolean;
  /** The column of names, where ids stand in its cells and nowhere else. */
  idsInNames: number | null;
  /** What says that a table of units is of points. */
  points: ReturnType<typeof pointsSaid>;
}

function formOf(table: TableRows<HeadKey>, words: ReadingWords, unitNamed: boolean): Form {
  const { columns } = table.head;
  const keys = new Set(columns.flatMap(({ key }) => key ?? []));
  const ofUnits = headsUnits(keys);
  const sideBySide = new Set(columns.flatMap((c) => unitOver(c, words) ?? [])).size > 1;
  const valued = columns.some(
    (c) => c.key !== null && isValue(c.key) && c.key !== 'rate' && !(sideBySide && unitOver(c, words)),
  );
  const ofMonths = columns.some((c) => monthOf(c, words) !== null);
  const idsInNames = keys.has('id') ? null : columnOfNamesWithIds(table);
  const unitsInColumns = !keys.has('unit') && !unitNamed && !valued && !ofMonths;
  return {
    ofUnits,
    unitsInColumns,
    sideBySide,
    hasId: keys.has('id') || idsInNames !== null,
    idsInNames,
    points: ofUnits ? pointsSaid(table, words) : unitsInColumns ? pointsBeside(table) : null,
  };
}

/** The column of names whose cells begin with ids in each row that has a value, if there is one. */
export function columnOfNamesWithIds({ head, rows }: TableRows<HeadKey>): number | null {
  const name = head.columns.find(({ key }) => key === 'name')?.column;
  const aside = head.columns.filter(({ key }) => key === 'order' || key === 'name');
  const ids = rows.flatMap((row) => {
    const text = cellAt(row, name)?.text;
    const valued = row.cells.some(
      (cell) => isFigure(cell) && !aside.some(({ column }) => column === cell.column),
    );
    return text === undefined || totalOf(text) || !valued ? [] : [idBeforeName(text)];
  });
  return name !== undefined && ids.some((id) => id?.includes('.')) && !ids.includes(null) ? name : null;
}

/** What a column holds in a table so laid out; a key of null where nothing tells it. */
function meaningOf(column: ReadingColumn, form: Form, words: ReadingWords): Meaning {
  const { key } = column;
  const head = headOf(column);
  const plain = { ...column, unit: null, criterion: null, month: null };
  if (form.ofUnits) {
    const criterion = criterionOf(column, words);
    if (criterion)
      return { ...plain, key: criterion.key ?? form.points?.key ?? 'value', criterion: criterion.id };
    // The code of a unit, whose row it is; sums, ranks and remarks are for people.
    if (key === 'id') return { ...plain, key: 'code' };
    const isAside = key === null ? saysResult(head.text) : !isMeta(key) && !isShown(key);
    return isAside ? { ...plain, key: 'ignore' } : plain;
  }
  const month = monthOf(column, words);
  if (month) return { ...plain, ...month };
  const asId = (key === 'order' && !form.hasId) || column.column === form.idsInNames;
  const value = asId ? 'id' : key;
  if (!form.unitsInColumns) return { ...plain, key: value };
  if (value === null && !soundsLikeFigure(head.text) && !isOfPeriod(column, words))
    return { ...plain, key: form.points?.key ?? 'value', unit: head };
  const isOfUnit = form.sideBySide && value !== null && isValue(value);
  return { ...plain, key: value, unit: isOfUnit ? unitOver(column, words) : null };
}

function unknownHead(column: ReadingColumn, words: ReadingWords): Diagnostic {
  const { text } = headOf(column);
  if (isOfPeriod(column, words)) return error('head-of-period', { value: shortened(text) });
  const suggestion = nearest(text.slice(0, 100), columnKeys);
  return error('unknown-column', { value: shortened(text), suggestion });
}

/** The year that a head names where the lines above name another: `Kết quả năm 2021` in a sheet of 2022. */
function otherYear(column: ReadingColumn, tableYear: string | undefined): string | null {
  const named = yearsOfHeads(column);
  return tableYear !== undefined && named.length > 0 && !named.includes(tableYear) ? named[0]! : null;
}

const POINTS = /(?<!(?:thời|địa|đặc|ưu|nhược|quan) )điểm/iu;

/** The cell that says that a table of one row a unit is of points: a row of maxima, or a title; and whose they are. */
function pointsSaid(
  { above, rows }: TableRows<HeadKey>,
  words: ReadingWords,
): { cell: SheetCell; key: 'points' | 'self_scored' } | null {
  const maximum = rows
    .slice(0, 5)
    .flatMap(({ cells }) => cells.slice(0, 2))
    .find(({ text }) => words.keyOf(text) === 'max');
  return whosePoints(titleOfPoints(above) ?? maximum);
}

const titleOfPoints = (above: readonly SheetRow[]): SheetCell | undefined =>
  above.flatMap(({ cells }) => cells).find(({ text }) => POINTS.test(text.slice(0, 300).normalize('NFC')));

function whosePoints(cell: SheetCell | undefined): { cell: SheetCell; key: 'points' | 'self_scored' } | null {
  const isOwn = /tự (?:chấm|đánh giá)/iu.test(cell?.text.normalize('NFC') ?? '');
  return cell ? { cell, key: isOwn ? 'self_scored' : 'points' } : null;
}

/** A cell's number where it is one alone: no percent, and nothing in two readings. */
const figureOf = (cell: SheetCell | undefined): number | null =>
  cell && /^\d+(?:[.,]\d{1,6})?$/.test(cell.text) ? Number(cell.text.replace(',', '.')) : null;

/**
 * The same of units side by side: a title, or a column of maxima that no figure beside it passes and some reach. Words
 * and percents are no points.
 */
function pointsBeside({ head, above, rows }: TableRows<HeadKey>): ReturnType<typeof pointsSaid> {
  const max = head.columns.find(({ key }) => key === 'max');
  const units = head.columns.filter((c) => c.key === null && !soundsLikeFigure(headOf(c).text));
  const pairs = rows.flatMap((row) =>
    units.flatMap(({ column }) => {
      const cell = cellAt(row, column);
      return cell ? [[figureOf(cell), figureOf(cellAt(row, max?.column))] as const] : [];
    }),
  );
  if (pairs.some(([x, most]) => x === null || (most !== null && x > most))) return null;
  const isReached = pairs.some(([x, most]) => x === most);
  return whosePoints(titleOfPoints(above) ?? (max && isReached ? headOf(max) : undefined));
}

/** Whether a head is of what criteria add up to: `Tổng điểm`, `Xếp hạng`. */
const saysResult = (head: string): boolean =>
  /^(?:tổng|cộng|total|xếp|thứ|hạng|chỉ số|index|rank)(?!\p{L})/iu.test(head.normalize('NFC'));

const FIGURE =
  /^(điểm|số|tỷ lệ|tỉ lệ|kết quả|tháng|quý(?: (?:[ivx]{1,3}(?!\p{L})|\d)|$)|tổng|mã|mức|giá trị|năm(?: (?:\d|nay|trước|sau)|$)|ghi chú|t\d|%|\d|trung bình|bình quân|xếp (hạng|loại|thứ)|thứ hạng|chênh lệch|so (với|sánh)|lũy kế|luỹ kế|cả năm|nhận xét|lý do|nguyên nhân|kiến nghị|thời (hạn|gian)|ngày)/iu;

/** Whether a head begins like the name of a figure or of a remark, or is a word for a sum, and so is no unit's. */
const soundsLikeFigure = (head: string): boolean =>
  FIGURE.test(head.slice(0, 60)) ||
  isAverage(head) ||
  /^(cộng|hạng|tb|average|mean|rank|sum)$/iu.test(head.slice(0, 20));

const PERIOD = /^(?:quy (?:[ivx]{1,3}|\d)|\d{1,2} thang|(?:nua|sau thang) (?:dau|cuoi))(?![a-z])/;

/** Whether a head is of a part of the year that is no month: `Quý I/2022`, `6 tháng đầu năm`; a project may give it a meaning. */
const isOfPeriod = ({ heads }: ReadingColumn, words: ReadingWords): boolean =>
  heads.some(({ text }) => PERIOD.test(plainHead(text.slice(0, 100))) && words.keyOf(text) === null);

/** A month's column: `T1 đã làm`, `Tháng 1/2022`, or `Đã làm` under `Tháng 1`; `T1` alone is the value at its end. */
function monthOf(
  column: ReadingColumn,
  words: ReadingWords,
): { month: number; key: 'done' | 'total' | 'history' } | null {
  const text = plainHead(column.heads.map((cell) => cell.text).join(' '));
  const parts = /^(?:t|thang) ?(\d{1,2})(?:[ /](?:nam )?\d{4})?(?:[ -]+(\S.*))?$/.exec(text.slice(0, 100));
  const month = Number(parts?.[1]);
  const key = parts?.[2] === undefined ? 'history' : words.keyOf(parts[2]);
  const isCount = key === 'done' || key === 'total' || key === 'history';
  return parts && month >= 1 && month <= 12 && isCount ? { month, key } : null;
}

/** What a column of a criterion holds, by the head that is not its id; null where that says nothing. */
function keyBesideId({ heads }: ReadingColumn, words: ReadingWords): HeadKey | null {
  const beside = heads.findLast(({ text }) => idOfHead(text) === null);
  const key = beside ? words.keyOf(beside.text) : null;
  return key === null || key === 'criterion' || isShown(key) || isMeta(key) || key === 'id' ? null : key;
}

/** A criterion's column: the cell that has its id, and what the column holds of it if its other head says so. */
function criterionOf(column: ReadingColumn, words: ReadingWords) {
  const { heads, key } = column;
  for (const cell of heads.toReversed()) {
    const id = idOfHead(cell.text);
    if (id) return { id: partOf(cell, id), key: keyBesideId(column, words) };
  }
  const head = headOf(column);
  // A code of one word is an id too, as `XHH`, and so is a head that the project says is one.
  const isCode = /^[\p{Lu}\d]{2,12}$/u.test(head.text) && !soundsLikeFigure(head.text);
  // Of a date the ids that it may have been are told.
  if (key === null && (isCode || idsOfDate(head.text))) return { id: head, key: null };
  return key === 'criterion' ? { id: head, key: null } : null;
}

/** What is wrong where two columns hold the same: one head stands there twice, or two heads mean one thing. */
const headTwice = (head: SheetCell, other: SheetCell): Diagnostic =>
  head.text === other.text
    ? error('duplicate-key', { key: shortened(head.text) })
    : error('same-meaning', { value: shortened(head.text), other: shortened(other.text) });

/** The head that names the unit whose column it is: the first above the lowest that is no known word, figure or time. */
const unitOver = ({ heads }: ReadingColumn, words: ReadingWords): SheetCell | null =>
  heads.slice(0, -1).find(({ text }) => words.keyOf(text) === null && !soundsLikeFigure(text)) ?? null;
