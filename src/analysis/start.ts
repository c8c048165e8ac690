import { Fraction } from '../exact/fraction.js';
import type { CriterionResult } from '../scoring/result.js';

/** Where an indicator stands: its value, the middle of what is implied, or the range's low end. */
export function startOf(row: CriterionResult, index: number): Fraction {
  const given = row.value?.inputs[index];
  if (given?.form === 'number') return given.x;
  const input = row.criterion.compiled.inputs[index]!;
  const low = input.form === 'line' ? (input.range.lo ?? new Fraction(0)) : new Fraction(0);
  if (row.implied?.form !== 'interval') return low;
  if (row.implied.at) return row.implied.at;
  const first = row.implied.intervals[0]!;
  return first.lo ?? (first.hi ? first.hi.sub(1) : low);
}
