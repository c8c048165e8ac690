import type { ReadingData } from './index.js';

/** Columns of an entry, in the order a sheet shows them. */
export const KEYS = [
  'value',
  'done',
  'total',
  'expected',
  'plan',
  'months',
  'history',
  'parts',
  'values',
  'counts',
  'target',
  'leader',
  'last_year',
  'group',
  'deducted',
  'exempt',
  'not_applicable',
  'max',
  'self_scored',
  'appraised',
  'provenance',
  'source',
  'note',
  'evidence',
];

export type CellValue = string | number | boolean | null;

/** Readings as one table: a row an entry, only the columns that are used. */
export function tableOf(readings: readonly ReadingData[]): { header: string[]; rows: CellValue[][] } {
  const entries = readings.flatMap((r) =>
    Object.entries(r.indicators).map(([id, raw]) => ({
      reading: r,
      id,
      entry: (typeof raw === 'object' && raw !== null ? raw : { value: raw }) as Record<string, unknown>,
    })),
  );
  const used = KEYS.filter((key) => entries.some(({ entry }) => entry[key] !== undefined));
  const said = (key: 'code' | 'kind') => readings.some((r) => r[key] !== undefined && r[key] !== null);
  const meta = ['unit', ...(['code', 'kind'] as const).filter(said), 'year', 'catalogue'];
  const rows = entries.map(({ reading, id, entry }) => [
    ...meta.map((key) => cellOf(reading[key as 'unit'])),
    id,
    ...used.map((key) => cellOf(entry[key])),
  ]);
  return { header: [...meta, 'id', ...used], rows };
}

function cellOf(value: unknown): CellValue {
  if (value === undefined || value === null) return null;
  if (typeof value === 'object') return JSON.stringify(value);
  return value as CellValue;
}
