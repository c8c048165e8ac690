import { localized } from '../numbers.js';

/** A guess at what was meant, as the line of the hint; else what is said otherwise. */
export const meant = (suggestion: string | undefined, otherwise = '') =>
  `\n${suggestion ? `có phải là '${suggestion}'?` : otherwise}`;
/** Numbers that a message itself states; what the user wrote stays as written. */
export const num = (text: string | number) => localized(text, 'vi');
/** What there is to choose from, in a sentence. */
export const list = (items: readonly string[], between = ', ') => items.map((i) => `'${i}'`).join(between);

/** Heads of the columns that hold what a YAML file says under these keys. */
const columnHeads: Readonly<Record<string, string>> = {
  unit: 'Đơn vị',
  kind: 'Loại đơn vị',
  year: 'Năm',
  catalogue: 'Bộ tiêu chí',
  value: 'Giá trị',
  values: 'Các giá trị',
  parts: 'Thành phần',
  done: 'Số đã làm',
  total: 'Tổng số',
  expected: 'Dự kiến cả năm',
  months: 'Các tháng',
  target: 'Chỉ tiêu giao',
  leader: 'Đơn vị dẫn đầu',
  counts: 'Các số đếm',
  last_year: 'Giá trị năm trước',
  group: 'Giá trị của nhóm',
  deducted: 'Điểm trừ',
  exempt: 'Giải trình',
  not_applicable: 'Không áp dụng',
};
/** A key as the user's file has it: a column's head in a table. */
export const name = (key: string, inTable = false) => (inTable ? `'${columnHeads[key] ?? key}'` : key);
/** The same, said to be a column. */
export const column = (key: string, inTable = false) => (inTable ? `cột ${name(key, true)}` : `'${key}'`);
/** Values under their keys, as `{done: 600, total: 1000}`, or as cells under their heads. */
export const example = (values: Record<string, string>, inTable = false) => {
  const pairs = Object.entries(values).map(([key, value]) => `${name(key, inTable)}: ${value}`);
  return inTable ? pairs.join('; ') : `{${pairs.join(', ')}}`;
};
