import { type Diagnostic, error } from '../../diagnostics/diagnostic.js';
import { toNumber } from '../../exact/fraction.js';
import { roundToPoints } from '../../exact/points.js';
import { pointsOfInput } from '../../rules/apply.js';
import { compileColumn, type LineColumn } from '../../rules/column.js';
import type { Interval } from '../../rules/line.js';
import type { Input } from '../../rules/rule.js';
import type { Uncertain } from './outlook.js';
import type { Spread } from './spread.js';

/** An uncertain criterion, as plain data that a worker can be sent. */
export type Factor = { id: string } & (
  | { form: 'column'; column: LineColumn; spread: Spread; low: number; high: number; grid: number }
  | { form: 'table'; points: number[]; upTo: number[] }
);

/** A whole number of this many parts makes one of a percent or number; counts are whole. */
const GRIDS = [1_000_000, 10_000, 100, 1];
const WIDEST = 1_000_000;

/** One uncertain indicator along its line or its levels. */
export function inputFactor(
  id: string,
  input: Input,
  uncertain: Exclude<Uncertain, { form: 'value' }>,
  decimals: number,
): Factor | Diagnostic {
  if (uncertain.form === 'chances') {
    let sum = 0;
    const upTo = uncertain.options.map((o) => {
      sum += o.probability;
      return sum;
    });
    const points = uncertain.options.map((o) => roundToPoints(pointsOfInput(input, o.value), decimals));
    return { id, form: 'table', points, upTo };
  }
  if (input.form !== 'line')
    return error('spread-on-level', { id, levels: input.levels.map((l) => l.level.vi) });
  const { low, high } = ends(input.range);
  const widest = Math.max(Math.abs(low ?? WIDEST), Math.abs(high ?? WIDEST));
  const whole = input.quantity === 'count' || input.quantity === 'date';
  for (const grid of whole ? [1] : GRIDS) {
    const column = compileColumn(input.line, decimals, grid, widest * grid);
    const limits = { low: low ?? -WIDEST, high: high ?? WIDEST };
    const spread = whole ? wholeNumbers(uncertain.spread) : uncertain.spread;
    if (column) return { id, form: 'column', column, spread, ...limits, grid };
  }
  return error('risk-too-fine', { id });
}

/** A range of whole numbers holds both its ends in full: 1 to 3 is 0.5 to 3.5 before rounding. */
function wholeNumbers(spread: Spread): Spread {
  if (spread.kind !== 'uniform' && spread.kind !== 'triangular') return spread;
  return { ...spread, low: spread.low - 0.5, high: spread.high + 0.5 };
}

const ends = (range: Interval) => ({
  low: range.lo && toNumber(range.lo),
  high: range.hi && toNumber(range.hi),
});
