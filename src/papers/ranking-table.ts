import {
  type Diagnostic,
  error,
  type Place,
  type Result,
  resultOf,
  warning,
} from '../diagnostics/diagnostic.js';
import { fold } from '../diagnostics/suggest.js';
import { findHead, type Grid, type HeadWords, headsSeen, numbersColumns, unusedColumns } from './heads.js';
import type { RankedUnit, Ranking } from './news.js';

const HEADS = {
  unit: [
    ...[
      'unit',
      'don vi',
      'ten don vi',
      'co quan',
      'co quan/don vi',
      'dia phuong',
      'huyen',
      'xa',
      'so',
      'tinh',
      'ten',
      'ten co quan',
      'ten co quan/don vi',
    ],
    ...[
      'huyen/thi xa/thanh pho',
      'ubnd huyen',
      'ubnd xa',
      'so/ban/nganh',
      'xa/phuong',
      'xa/thi tran',
      'xa/phuong/thi tran',
      'tinh/thanh pho',
      'ten don vi/dia phuong',
    ],
  ],
  score: [
    ...[
      'score',
      'diem',
      'diem so',
      'tong diem',
      'tong so diem',
      'diem dat',
      'diem dat duoc',
      'tong diem dat duoc',
      'ket qua',
      'diem danh gia',
      'tong cong',
      'tong diem dat',
      'diem tham dinh',
      'diem tong hop',
      'tong diem tham dinh',
      'diem cham',
      'diem chi so',
      'diem cchc',
      'so diem',
      'so diem dat',
      'so diem dat duoc',
    ],
  ],
  index: [
    'chi so',
    'chi so cchc',
    'par index',
    'index',
    'chi so %',
    'chi so cai cach hanh chinh',
    'gia tri chi so',
    'ty le',
    'ty le %',
  ],
  rank: [
    'rank',
    'hang',
    'xep hang',
    'thu hang',
    'vi thu',
    'vi tri',
    'xep thu',
    'thu tu xep hang',
    'xep loai thu',
  ],
} as const satisfies HeadWords<string>;
type Key = keyof typeof HEADS;

/** A column that only numbers the rows. */
const NUMBERS_ROWS = /^(?:STT|TT|Số TT|Số thứ tự|No\.?|#)$/iu;

/** A ranking from a table with a column of units and one of scores or ranks. */
export function rankingFromTable(grid: Grid, file: string): Result<Ranking> {
  const head = findHead<Key>(
    grid,
    HEADS,
    (k) => k.has('unit') && (k.has('score') || k.has('index') || k.has('rank')),
  );
  const top: Place = grid[0]?.[0]?.place ?? { file };
  if (!head) {
    const columns = headsSeen(grid);
    return {
      ok: false,
      diagnostics: [
        { ...error('no-ranking', { file }), place: top },
        ...(columns.length > 0 ? [{ ...error('table-head-unknown', { columns }), place: top }] : []),
      ],
    };
  }
  const unused = head.unused.filter((h) => !NUMBERS_ROWS.test(h));
  const diagnostics: Diagnostic[] = unused.length > 0 ? [unusedColumns(unused, grid[head.below - 1])] : [];
  const units: RankedUnit[] = [];
  let mean: number | null = null;
  const scores = scoreColumn(grid.slice(head.below), head.columns);
  for (const row of grid.slice(head.below)) {
    if (numbersColumns(row)) continue;
    const cell = (key: Key) => {
      const column = head.columns.get(key);
      return column === undefined ? undefined : row[column];
    };
    const name = cell('unit')?.text.normalize('NFC').replace(/\s+/g, ' ').trim() ?? '';
    const label = name || (row.find((c) => c.text.trim() !== '')?.text ?? '');
    const [score, rank] = [numberOf(cell(scores)?.text), numberOf(cell('rank')?.text)];
    if (/trung binh|binh quan/.test(fold(label))) {
      mean = score ?? null;
      continue;
    }
    if (name === '' || /^(?:tong|cong|tong cong)$/.test(fold(name))) continue;
    const bad = [cell(scores), cell('rank')].find(
      (c) => c && c.text.trim() !== '' && numberOf(c.text) === undefined,
    );
    if (bad) {
      diagnostics.push({ ...error('not-a-number', { found: bad.text.trim() }), place: bad.place });
      continue;
    }
    // A heading over some of the units.
    if (score === undefined && rank === undefined) {
      diagnostics.push({ ...warning('row-unread', { found: name }), place: row[0]?.place ?? top });
      continue;
    }
    units.push({ unit: name, score: score ?? null, rank: rank ?? null });
  }
  if (units.length === 0) diagnostics.push({ ...error('no-ranking', { file }), place: top });
  return resultOf({ year: null, size: units.length, mean, scale: null, units }, diagnostics);
}

/** The column of scores: the index where there is one beside points that are not of 100. */
function scoreColumn(rows: Grid, columns: ReadonlyMap<Key, number>): Key {
  const [points, index] = [columns.get('score'), columns.get('index')];
  if (points === undefined || index === undefined) return points === undefined ? 'index' : 'score';
  const differs = rows.some((row) => {
    const [a, b] = [numberOf(row[points]?.text), numberOf(row[index]?.text)];
    return a !== undefined && b !== undefined && Math.abs(a - b) > 0.05;
  });
  return differs ? 'index' : 'score';
}

/** A score or rank as tables print it (`92,15`, `92.15%`, `1`); undefined for anything else. */
function numberOf(text: string | undefined): number | undefined {
  const bare =
    text
      ?.trim()
      .replace(/\s*(?:%|điểm)$/iu, '')
      .replace(',', '.') ?? '';
  return /^\d{1,3}(?:\.\d{1,6})?$/.test(bare) ? Number(bare) : undefined;
}
