import { type Diagnostic, error, type KeyPath } from '../diagnostics/diagnostic.js';
import { type Fraction, toNumber, ZERO } from '../exact/fraction.js';
import type { Quantity } from '../rules/rule.js';
import { readCount, type Scalar } from './measure.js';
import { readNumber } from './number.js';
import type { Volume } from './reading.js';
import type { EntryData } from './shape.js';

/** Months of a year; a list by month may be no longer. */
const MONTHS = 12;

/**
 * Reads what is known of the year besides its counts to date: the volume expected, the counts of its months, and
 * the value at the end of each month; null when none is given. Of a plan the months have no totals of their own.
 */
export function readVolume(
  { expected, plan, months, history, total }: EntryData,
  planned: boolean,
  quantity: Quantity,
  at: (key: string) => KeyPath,
  diagnostics: Diagnostic[],
): Volume | null {
  if (expected === undefined && plan === undefined && months === undefined && history === undefined)
    return null;
  const count = (written: Scalar, path: KeyPath): Fraction | null => {
    const read = readCount(written, path);
    diagnostics.push(...read.diagnostics);
    return read.count;
  };
  const ofMonth = (m: NonNullable<EntryData['months']>[number], i: number) => {
    const path = [...at('months'), i];
    const done = count(m.done, [...path, 'done']);
    if (m.total === undefined) {
      if (!planned) diagnostics.push(error('missing-key', { key: 'total' }, path));
      return done && planned ? [{ done, total: ZERO }] : [];
    }
    const of = count(m.total, [...path, 'total']);
    return done && of ? [{ done, total: of }] : [];
  };
  const read = (months ?? []).flatMap(ofMonth);
  const values = (history ?? []).flatMap((written, i) => {
    const path = [...at('history'), i];
    if (typeof written === 'boolean') {
      diagnostics.push(error('wants-number', { value: String(written), quantity }, path));
      return [];
    }
    const value = readNumber(written, quantity, path);
    if (!value.ok) diagnostics.push(value.problem);
    return value.ok ? [value.value] : [];
  });
  for (const [key, list] of [
    ['months', months],
    ['history', history],
  ] as const)
    if (list && list.length > MONTHS)
      diagnostics.push(error('out-of-range', { value: String(list.length), max: MONTHS }, at(key)));
  if (plan !== undefined && expected !== undefined)
    diagnostics.push(error('two-values', { id: 'plan', keys: ['plan', 'expected'] }, at('expected')));
  const volume = expected === undefined ? null : count(expected, at('expected'));
  const given = total === undefined ? null : readCount(total, at('total')).count;
  const soFar = months ? read.reduce((sum, m) => sum.add(m.total), ZERO) : given;
  if (volume && soFar && volume.compare(soFar) < 0) {
    const params = { expected: volume.toString(), total: soFar.toString() };
    diagnostics.push(error('volume-below-total', params, at('expected')));
  }
  return { expected: volume, plan: planned, months: read, history: values };
}

/** The entry with its months added up as counts to date, and its plan as the total. */
export function withMonths(fields: EntryData, volume: Volume | null): EntryData {
  const { months, plan, history: _, ...rest } = fields;
  const whole = plan === undefined ? rest : { ...rest, total: plan };
  if (months === undefined || !volume) return whole;
  // A number, not a text: `1.187` as a text would be 1187.
  const sum = (key: 'done' | 'total') =>
    toNumber(volume.months.reduce((total, m) => total.add(m[key]), ZERO));
  return volume.plan ? { ...whole, done: sum('done') } : { ...whole, done: sum('done'), total: sum('total') };
}
