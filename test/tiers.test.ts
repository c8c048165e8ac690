import { expect, it } from 'vitest';
import { applyRule, sliceRule } from '../src/rules/apply.js';
import { evaluate } from '../src/rules/line.js';
import { Fraction } from '../src/values/fraction.js';
import { criterionWith } from './support.js';

const points = (rule: object, ...values: number[]) => {
  const { compiled } = criterionWith(rule, 1);
  return values.map((x) => applyRule(compiled, [{ form: 'number', x: new Fraction(x) }], 4) / 1e4);
};

it('each bound of a tier holds or leaves out its own edge', () => {
  const of = (bounds: object) => ({ kind: 'steps', tiers: [{ ...bounds, points: 'max' }] });
  expect(points(of({ at_least: 50 }), 49.99, 50, 51)).toEqual([0, 1, 1]);
  expect(points(of({ above: 50 }), 49.99, 50, 50.01)).toEqual([0, 0, 1]);
  expect(points(of({ at_most: 50 }), 49.99, 50, 50.01)).toEqual([1, 1, 0]);
  expect(points(of({ below: 50 }), 49.99, 50, 50.01)).toEqual([1, 0, 0]);
  expect(points(of({ above: 20, at_most: 50 }), 20, 20.01, 50, 50.01)).toEqual([0, 1, 1, 0]);
  expect(points(of({ at_least: 20, below: 50 }), 19.99, 20, 49.99, 50)).toEqual([0, 1, 1, 0]);
});

it('along one indicator the others are held: 1 less 0.25 a case, less 0.5 for two held cases', () => {
  const part = (input: string, start: number) => ({
    input,
    name: input,
    rule: { kind: 'penalty', start, per_case: 0.25, floor: -1 },
  });
  const rule = { kind: 'sum', parts: [part('a', 1), part('b', 0)], floor: 0 };
  const { compiled } = criterionWith(rule, 1);
  const two = { form: 'number' as const, x: new Fraction(2) };
  const slice = sliceRule(compiled, [two, two], 0);
  if (slice.form !== 'line') throw new Error('a line is expected');
  // 0 cases: 1 − 0.5; 1 case: 0.25; 2 and 3 cases: 0, the floor.
  expect([0, 1, 2, 3].map((x) => evaluate(slice.line, new Fraction(x)).valueOf())).toEqual([0.5, 0.25, 0, 0]);
});
