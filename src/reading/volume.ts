import { type Diagnostic, error, type KeyPath } from '../diagnostics/diagnostic.js';
import { type Fraction, ZERO } from '../exact/fraction.js';
import type { Scalar } from './measure.js';
import { readNumber } from './number.js';
import type { Volume } from './reading.js';
import type { EntryData } from './shape.js';

/** Reads the year's expected volume and the counts of its months; null when neither is given. */
export function readVolume(
  { expected, months, total }: EntryData,
  at: (key: string) => KeyPath,
  diagnostics: Diagnostic[],
): Volume | null {
  if (expected === undefined && months === undefined) return null;
  const count = (written: Scalar, path: KeyPath): Fraction => {
    const read =
      typeof written === 'boolean'
        ? {
            ok: false as const,
            problem: error('wants-number', { found: String(written), quantity: 'count' }, path),
          }
        : readNumber(written, 'count', path);
    if (!read.ok) diagnostics.push(read.problem);
    else if (read.value.s < 0n)
      diagnostics.push(error('below-range', { found: String(written), min: '0' }, path));
    else return read.value;
    return ZERO;
  };
  const read = (months ?? []).map((m, i) => ({
    done: count(m.done, [...at('months'), i, 'done']),
    total: count(m.total, [...at('months'), i, 'total']),
  }));
  if (read.length > 12)
    diagnostics.push(error('out-of-range', { found: String(read.length), max: 12 }, at('months')));
  const volume = expected === undefined ? null : count(expected, at('expected'));
  const soFar = months
    ? read.reduce((sum, m) => sum.add(m.total), ZERO)
    : total === undefined
      ? null
      : count(total, at('total'));
  if (volume && soFar && volume.compare(soFar) < 0) {
    const params = { expected: volume.toString(), total: soFar.toString() };
    diagnostics.push(error('volume-below-total', params, at('expected')));
  }
  return { expected: volume, months: read };
}

/** The entry with its months added up, as counts to date. */
export function withMonths(fields: EntryData, volume: Volume | null): EntryData {
  if (fields.months === undefined || !volume) return fields;
  const sum = (key: 'done' | 'total') =>
    volume.months.reduce((total, m) => total.add(m[key]), ZERO).toString();
  const { months: _, ...rest } = fields;
  return { ...rest, done: sum('done'), total: sum('total') };
}
