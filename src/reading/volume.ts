import { type Diagnostic, error, type KeyPath } from '../diagnostics/diagnostic.js';
import { type Fraction, toNumber, ZERO } from '../exact/fraction.js';
import { readCount, type Scalar } from './measure.js';
import type { Volume } from './reading.js';
import type { EntryData } from './shape.js';

/** Reads the year's expected volume and the counts of its months; null when neither is given. */
export function readVolume(
  { expected, months, total }: EntryData,
  at: (key: string) => KeyPath,
  diagnostics: Diagnostic[],
): Volume | null {
  if (expected === undefined && months === undefined) return null;
  const count = (written: Scalar, path: KeyPath): Fraction | null => {
    const read = readCount(written, path);
    diagnostics.push(...read.diagnostics);
    return read.count;
  };
  const read = (months ?? []).flatMap((m, i) => {
    const done = count(m.done, [...at('months'), i, 'done']);
    const total = count(m.total, [...at('months'), i, 'total']);
    return done && total ? [{ done, total }] : [];
  });
  if (months && months.length > 12)
    diagnostics.push(error('out-of-range', { found: String(months.length), max: 12 }, at('months')));
  const volume = expected === undefined ? null : count(expected, at('expected'));
  const given = total === undefined ? null : readCount(total, at('total')).count;
  const soFar = months ? read.reduce((sum, m) => sum.add(m.total), ZERO) : given;
  if (volume && soFar && volume.compare(soFar) < 0) {
    const params = { expected: volume.toString(), total: soFar.toString() };
    diagnostics.push(error('volume-below-total', params, at('expected')));
  }
  return { expected: volume, months: read };
}

/** The entry with its months added up, as counts to date. */
export function withMonths(fields: EntryData, volume: Volume | null): EntryData {
  if (fields.months === undefined || !volume) return fields;
  // A number, not a text: `1.187` as a text would be 1187.
  const sum = (key: 'done' | 'total') =>
    toNumber(volume.months.reduce((total, m) => total.add(m[key]), ZERO));
  const { months: _, ...rest } = fields;
  return { ...rest, done: sum('done'), total: sum('total') };
}
