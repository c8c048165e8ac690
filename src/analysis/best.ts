import type { Fraction } from '../exact/fraction.js';
import type { Measured } from '../reading/reading.js';
import type { InputValue } from '../rules/apply.js';
import { boundsWithin } from '../rules/line.js';
import { nearestBest } from '../rules/next.js';
import type { Input } from '../rules/rule.js';
import type { CriterionResult } from '../scoring/result.js';
import { startOf } from './start.js';

/** The smallest move of a criterion's indicators that earns the most its rule gives. */
export function bestMeasured(row: CriterionResult): Measured {
  const inputs = row.criterion.compiled.inputs.map((input, i) => bestInput(input, startOf(row, i)));
  return { inputs, ratio: null };
}

function bestInput(input: Input, from: Fraction): InputValue {
  if (input.form === 'table') {
    const points = input.levels.map((l) => l.points);
    const top = points.reduce((p, q) => (q.compare(p) > 0 ? q : p));
    return { form: 'level', index: points.findIndex((p) => p.equals(top)) };
  }
  const { max } = boundsWithin(input.line, input.range);
  const x = nearestBest(input.line, from, input.range, max) ?? from;
  return { form: 'number', x: input.quantity === 'count' ? x.ceil(0) : x };
}
