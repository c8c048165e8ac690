import { type Fraction, parseDecimal } from '../exact/fraction.js';
import { findHead, type Grid, type HeadWords, numbersColumns } from './heads.js';

const HEADS = {
  id: ['stt', 'tt', 'ma', 'ma tieu chi', 'so tieu chi', 'tieu chi so'],
  name: [
    'tieu chi',
    'ten tieu chi',
    'noi dung',
    'noi dung tieu chi',
    'tieu chi thanh phan',
    'tieu chi bi tru diem',
  ],
  lost: [
    'diem tru',
    'diem bi tru',
    'so diem bi tru',
    'so diem tru',
    'diem mat',
    'diem bi mat',
    'so diem mat',
  ],
  limitation: [
    'nguyen nhan',
    'han che',
    'ton tai/han che',
    'ly do',
    'nguyen nhan bi tru diem',
    'nguyen nhan mat diem',
  ],
  owner: ['don vi chu tri', 'chu tri', 'don vi thuc hien', 'don vi phu trach', 'don vi chiu trach nhiem'],
  action: ['giai phap', 'nhiem vu', 'viec can lam', 'giai phap khac phuc', 'nhiem vu/giai phap'],
} as const satisfies HeadWords<string>;
type Key = keyof typeof HEADS;

/** A row of a letter's table: a criterion, what it lost, and what is said of it. */
export interface LossRow {
  id: string;
  name: string;
  lost: Fraction;
  limitation: string | null;
  owner: string | null;
  action: string | null;
  row: number;
}

const ID = /^(?:\d+(?:\.\d+)+|[A-ZĐ]{2,8})$/u;
const ID_IN_NAME = /^(?:tiêu chí\s+)?(\d+(?:\.\d+)+)\s*[.:)–-]?\s+(.+)$/isu;

/** The losses of a table that has a column of points lost; null when it is no such table. */
export function lossesOfTable(grid: Grid): LossRow[] | null {
  const head = findHead<Key>(grid, HEADS, (k) => k.has('lost') && (k.has('name') || k.has('id')));
  if (!head) return null;
  const found: LossRow[] = [];
  grid.slice(head.below).forEach((row, i) => {
    if (numbersColumns(row)) return;
    const text = (key: Key): string => {
      const column = head.columns.get(key);
      return column === undefined
        ? ''
        : (row[column]?.text.normalize('NFC').replace(/\s+/g, ' ').trim() ?? '');
    };
    const lost = parseDecimal(
      text('lost')
        .replace(/\s*điểm$/iu, '')
        .replace(/^[-–]\s*/, '')
        .replace(',', '.'),
    );
    const inName = ID_IN_NAME.exec(text('name'));
    const id = inName ? inName[1]! : text('id').replace(/\.$/, '');
    // A row of a field, of a sum, or of a number that is only the row's own.
    if (!lost || lost.s <= 0n || !ID.test(id)) return;
    const name = (inName ? inName[2]! : text('name')) || id;
    const given = (key: Key) => text(key) || null;
    found.push({
      id,
      name,
      lost,
      limitation: given('limitation'),
      owner: given('owner'),
      action: given('action'),
      row: head.below + i + 1,
    });
  });
  return found;
}
