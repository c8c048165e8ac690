import { cellAt, lineOf, plainId, type Sheet, splitId, totalOf } from '../files/cells.js';
import {
  bodyOf,
  columnsByKey,
  findHead,
  firstColumns,
  HeadWords,
  type Vocabulary,
} from '../files/office-table.js';
import { yearsOfHeads } from '../files/reading-columns.js';
import { type Fraction, parseNumeral, ZERO } from '../values/fraction.js';
import type { Loss, StatedPlace } from './letter.js';
import { charge, isOtherPlace, leadsOrOrders, noDetails } from './mentions.js';

const HEADS = {
  id: 'stt|tt|ma|ma tieu chi|so tieu chi|tieu chi so',
  name:
    'tieu chi|ten tieu chi|noi dung|noi dung tieu chi|tieu chi thanh phan|tieu chi bi tru diem|' +
    'linh vuc/tieu chi/tieu chi thanh phan|linh vuc/tieu chi|linh vuc|chi so thanh phan|noi dung danh gia|' +
    'tieu chi danh gia',
  lost:
    'diem tru|diem bi tru|so diem bi tru|so diem tru|diem mat|diem bi mat|so diem mat|so diem bi mat|' +
    'diem chua dat|diem thieu',
  max: 'diem toi da|diem chuan|thang diem|so diem toi da|diem toi da theo quy dinh|muc diem toi da',
  earned:
    'diem dat|diem dat duoc|diem tham dinh|diem duoc tham dinh|ket qua tham dinh|diem danh gia|' +
    'diem so dat duoc|ket qua diem|diem cham|diem tinh cham',
  limitation:
    'nguyen nhan|han che|ton tai/han che|ly do|nguyen nhan bi tru diem|nguyen nhan mat diem|ton tai|' +
    'nguyen nhan/han che|ly do tru diem|ghi chu',
  owner:
    'don vi chu tri|chu tri|don vi thuc hien|don vi phu trach|don vi chiu trach nhiem|don vi tham muu|' +
    'co quan chu tri|trach nhiem|don vi chu tri tham muu|bo phan phu trach',
  unit: 'don vi|ten don vi|dia phuong|huyen|ten huyen|xa|ten xa|don vi/dia phuong|huyen/thi xa/thanh pho|xa/phuong',
  action: 'giai phap|nhiem vu|viec can lam|giai phap khac phuc|nhiem vu/giai phap',
} as const satisfies Vocabulary<string>;
type Key = keyof typeof HEADS;
const WORDS = new HeadWords<Key>(HEADS);

/** What a table of losses says: the losses, the sum that it states, and the rows that say points and were not read. */
export interface LossTable {
  losses: Loss[];
  total: Fraction | null;
  unread: { text: string; points: Fraction | null; row: number }[];
  /** Rows of other units. */
  others: LossTable['unread'];
}

const ID = /^(?:\d+(?:\.\d+)*|[IVX]{1,5}|[A-ZĐ]{1,8}|[a-zđ])$/u;

const numberOf = (text: string): Fraction | null =>
  parseNumeral(text.replace(/\s*(?:điểm|đ)$/iu, '').replace(/^[-–−]\s*/, ''));

interface LossLine extends Omit<Loss, 'lost'> {
  /** Null where no number says it. */
  lost: Fraction | null;
  /** What stands for the points, when it is no number. */
  odd: string;
  /** What the column of numbers says. */
  number: string;
  /** Whether the row's number is a criterion's, and not that of the row. */
  numbered: boolean;
}

const isOfLosses = (k: Pick<ReadonlySet<Key>, 'has'>) =>
  (k.has('lost') || (k.has('max') && k.has('earned'))) && (k.has('name') || k.has('id'));

/**
 * The losses of a unit and a year in a table that has a column of points lost, or of the most and the earned; null when it
 * is no such table.
 */
export function lossesOfTable(sheet: Sheet, of: Pick<StatedPlace, 'unit' | 'year'>): LossTable | null {
  const found = findHead<Key>(sheet, WORDS, isOfLosses);
  if (!found) return null;
  const isOfYear = (named: readonly string[]) =>
    of.year === null || named.length === 0 || named.includes(String(of.year));
  const head = { ...found, columns: found.columns.filter((c) => isOfYear(yearsOfHeads(c))) };
  const [columns, all] = [firstColumns(head), columnsByKey(head)];
  if (!isOfLosses(columns)) return null;
  const lines: LossLine[] = [];
  const table: LossTable = { losses: [], total: null, unread: [], others: [] };
  let section = '';
  let unit = '';
  for (const row of bodyOf(sheet, head, { id: columns.get('id'), name: columns.get('name') })) {
    const textAt = (column: number | undefined): string => lineOf(cellAt(row, column));
    const text = (key: Key): string => textAt(columns.get(key));
    /** The number that all columns of a meaning say; null where they say several. */
    const figure = (key: Key): { x: Fraction | null; said: string } => {
      const texts = (all.get(key) ?? []).map(textAt).filter((t) => t !== '');
      const [x = null, ...more] = texts.map(numberOf);
      return { x: more.every((other) => x && other?.equals(x)) ? x : null, said: texts.join(' / ') };
    };
    const [max, earned, stated] = [figure('max').x, figure('earned'), figure('lost')];
    const between = max && earned.x && earned.x.compare(max) <= 0 ? max.sub(earned.x) : null;
    const said = columns.has('lost') ? stated.x : between;
    const odd = (columns.has('lost') ? stated : earned).said;
    unit = text('unit') || unit;
    const label = text('name') || text('id') || row.cells[0]!.text;
    const sum = totalOf(label);
    if (sum) {
      if (sum === 'all') table.total = said ?? table.total;
      continue;
    }
    if (isOtherPlace(unit, of.unit)) {
      if (!said?.equals(0)) table.others.push({ text: `${unit}: ${label}`, points: said, row: row.number });
      continue;
    }
    // What is lost and what is left must be the same.
    const lost = said && between && !said.equals(between) ? null : said;
    const inName = splitId(text('name'));
    const number = plainId(text('id'));
    const id = inName?.id.includes('.') ? inName.id : ID.test(number) ? number : '';
    if (/^[IVXA-ZĐ]+$/u.test(id) && id.length <= 5 && !/^XHH$/.test(id)) section = text('name') || id;
    const details = noDetails();
    charge(details, leadsOrOrders(text('owner')));
    lines.push({
      id,
      name: (inName?.id === id ? inName.name : text('name')) || id,
      field: section || null,
      lost,
      max,
      line: row.number,
      ...details,
      limitation: text('limitation') || null,
      action: text('action') || null,
      odd: odd.replace(/^[-–−]$/, ''),
      number,
      numbered: /\.|^[A-ZĐ]{2,8}$/u.test(id) && !/^[IVX]+$/.test(id),
    });
  }
  // Numbers of rows that are no part of the ids beside them are no ids.
  if (lines.some((l) => l.number !== '' && l.number !== l.id && !l.id.startsWith(`${l.number}.`)))
    for (const line of lines) if (line.id === line.number && isPlain(line)) line.id = '';
  sort(lines, table);
  return table;
}

const isPlain = ({ id }: LossLine) => /^\d+$/.test(id);

/** Rows with parts are their sums; of the others those that lost something are losses, with the rows' numbers as ids when no row has another. */
function sort(lines: readonly LossLine[], table: LossTable): void {
  const dotted = lines.some((l) => l.numbered && l.lost !== null);
  const hasParts = ({ id }: LossLine) => id !== '' && lines.some((l) => l.id.startsWith(`${id}.`));
  const plain = lines.filter(isPlain);
  const apart = new Set(plain.map(({ id }) => id)).size === plain.length;
  const isField = apart && plain.some(hasParts);
  for (const line of lines) {
    const { odd, number: _, numbered, lost, ...loss } = line;
    const isSection = /^[IVX]+$/.test(line.id) || (/^[A-ZĐ]$/.test(line.id) && lines.length > 1);
    // A field without parts (`3 | Khảo sát`) beside fields that have some.
    const isWhole = isField && odd !== '' && !hasParts(line);
    const isCriterion = numbered || (isPlain(line) && ((!dotted && apart) || isWhole));
    if (lost === null) {
      if (/\d/.test(odd))
        table.unread.push({ text: `${line.id} ${line.name}: ${odd}`.trim(), points: null, row: line.line });
    } else if (lost.equals(0) || hasParts(line) || isSection) continue;
    else if (isCriterion && lost.compare(0) > 0) table.losses.push({ ...loss, lost });
    // A row of a field in a table whose criteria have numbers with dots.
    else if (!(dotted && isPlain(line) && heads(line, lines)))
      table.unread.push({ text: `${line.id} ${line.name}`.trim(), points: lost, row: line.line });
  }
}

/** Whether a row is the heading of those that follow it: they lost as much together. */
function heads(line: LossLine, lines: readonly LossLine[]): boolean {
  const after = lines.slice(lines.indexOf(line) + 1);
  const end = after.findIndex((l) => /^\d+$/.test(l.id) && !l.numbered);
  const under = after
    .slice(0, end < 0 ? undefined : end)
    .flatMap((l) => (l.numbered && l.lost ? [l.lost] : []));
  return under.length > 0 && line.lost !== null && under.reduce((s, l) => s.add(l), ZERO).equals(line.lost);
}
