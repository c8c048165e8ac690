import type { Criterion } from '../catalogue/catalogue.js';
import { type Diagnostic, error, type KeyPath } from '../diagnostics/diagnostic.js';
import type { Fraction } from '../exact/fraction.js';
import type { Scalar } from './measure.js';
import { readNumber } from './number.js';
import type { Entry } from './reading.js';
import type { EntryData } from './shape.js';

/** The unit's target and the leader's value, which only rules that look at them may have, and need. */
export function readRelative(
  fields: EntryData,
  criterion: Criterion,
  at: (key: string) => KeyPath,
  diagnostics: Diagnostic[],
): Pick<Entry, 'target' | 'leader'> {
  const input = criterion.compiled.inputs[0];
  const read = (key: 'target' | 'leader'): Fraction | null => {
    const written = fields[key] as Scalar | undefined;
    if (written === undefined) return null;
    if (!criterion.relative || input?.form !== 'line') {
      diagnostics.push(error('unknown-key', { key }, at(key)));
      return null;
    }
    const number = readNumber(
      typeof written === 'boolean' ? String(written) : written,
      input.quantity,
      at(key),
    );
    if (!number.ok) diagnostics.push(number.problem);
    else if (number.value.s <= 0n && number.value.n === 0n && key === 'target')
      diagnostics.push(error('below-range', { found: String(written), min: '0' }, at(key)));
    else return number.value;
    return null;
  };
  const [target, leader] = [read('target'), read('leader')];
  return { target, leader: leader && { value: leader, from: 'given' } };
}

/** Whether a reading's value cannot be scored for want of a target: neither its own nor the scheme's. */
export function lacksTarget(criterion: Criterion, { value, target }: Entry): boolean {
  const common = (criterion.rule as { target?: unknown }).target !== undefined;
  return criterion.relative && value !== null && target === null && !common;
}
