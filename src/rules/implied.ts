import type { Fraction } from '../exact/fraction.js';
import { type Points, pointsToFraction, roundToPoints } from '../exact/points.js';
import { exactInverse, inverse } from './inverse.js';
import type { Interval } from './line.js';
import type { CompiledRule, Level } from './rule.js';

/** The values that a rule turns into given points. */
export type Implied =
  | {
      form: 'interval';
      intervals: Interval[] /** The value with exactly these points, on a slope. */;
      at: Fraction | null;
    }
  | { form: 'levels'; levels: Level[] }
  | { form: 'none' };

/** What the value must have been for the rule to give these points; null when several indicators share them. */
export function impliedBy(rule: CompiledRule, points: Points, decimals: number): Implied | null {
  const input = rule.inputs[0];
  if (!input || rule.inputs.length > 1) return null;
  if (input.form === 'table') {
    const levels = input.levels.filter((l) => roundToPoints(l.points, decimals) === points);
    return levels.length > 0 ? { form: 'levels', levels } : { form: 'none' };
  }
  const intervals = inverse(input.line, points, decimals, input.range);
  if (intervals.length === 0) return { form: 'none' };
  return {
    form: 'interval',
    intervals,
    at: exactInverse(input.line, pointsToFraction(points, decimals), input.range),
  };
}
