import { idBeforeName, partOf, plainId, type Sheet, type SheetCell } from './cells.js';
import { type Column, findHead, HeadWords, type Vocabulary, ways } from './office-table.js';

/** What names the reading itself. */
const META = {
  unit:
    'unit|đơn vị|tên đơn vị|cơ quan, đơn vị|đơn vị, địa phương|địa phương|sở, ban, ngành|' +
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
  /** A criterion's own column, in a table of one row a unit; headed by its id. */
  criterion: '',
  ...VALUES,
  ...META,
  ...SHOWN,
} as const satisfies Vocabulary<string>;

export type Key = keyof typeof VOCABULARY;

/** Values that a row of a section may have as well: what its criteria add up to. */
export const SUMS: readonly Key[] = ['self_scored', 'appraised', 'points', 'deducted', 'rate'];

export const isMeta = (key: Key): key is keyof typeof META => Object.hasOwn(META, key);
export const isShown = (key: Key): boolean => Object.hasOwn(SHOWN, key);
export const isValue = (key: Key): boolean => Object.hasOwn(VALUES, key);

/** Heads that a project gives a meaning of its own, by the `columns` of its config: head → key. */
export type ColumnMap = Readonly<Record<string, Key>>;

/** Every key that a head may be given by hand. */
export const columnKeys = Object.keys(VOCABULARY).filter((key) => key !== 'order') as Key[];

/** The words that head columns, with those of a project first. */
export const headWords = (columns: ColumnMap = {}): HeadWords<Key> =>
  new HeadWords<Key>(VOCABULARY, new Map(Object.entries(columns)), (text) =>
    idOfHead(text) === null ? null : 'criterion',
  );

/** The id that a criterion's own column is headed by: `7.3.2`, `1.5 Thanh tra công vụ`, `Tiêu chí 1.5`. */
export function idOfHead(text: string): string | null {
  if (!/\d[.,]\d/.test(text.slice(0, 40))) return null;
  const id = idBeforeName(text) ?? plainId(text);
  return /^\d{1,3}(?:\.\d{1,3})+$/.test(id) ? id : null;
}

/** Whether keys head a table of one row a unit, whose columns are criteria. */
const headsUnits = (keys: ReadonlySet<Key>): boolean => keys.has('unit') && keys.has('criterion');

/** Whether keys head a table of criteria: ids, and either something of a value or columns of units; or one of units. */
export function headsReading(keys: ReadonlySet<Key>, unknown: number): boolean {
  if (headsUnits(keys)) return true;
  const valued = [...keys].some(isValue);
  if (keys.has('id')) return valued || unknown > 0 || keys.size > 1;
  return keys.has('order') && valued;
}

/** Whether keys head a table of names and values, whose ids may stand before the names. */
export const headsNames = (keys: ReadonlySet<Key>): boolean => keys.has('name') && [...keys].some(isValue);

/** Whether keys head a further table of a sheet: each is known, and some hold values. */
export const headsTable = (keys: ReadonlySet<Key>, unknown: number): boolean =>
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
  words: HeadWords<Key>,
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
  const year = /^năm\s(\d{4})$/iu.exec(cell.text);
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
  return [
    { key, cell: partOf(cell, dated[1]!) },
    { key: 'year', cell: partOf(cell, dated[2]!) },
  ];
}

/** Years that the heads of a column name, each in words or alone at its end: `Năm 2022` over `Điểm`, `Kết quả 2022`. */
export const yearsOfHeads = ({ heads }: Pick<Column<string>, 'heads'>): string[] =>
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
