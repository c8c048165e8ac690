import { Fraction, greater, lesser, ZERO } from '../values/fraction.js';
import { type Points, roundToPoints } from '../values/points.js';
import { boundsWithin, clampLine, combineLines, evaluate, flat, type Interval, type Line } from './line.js';
import type { CompiledRule, Input, Level } from './rule.js';

/** The value of one indicator: an exact number (`day` where it was a date), the index of a level, or nothing to count. */
export type InputValue =
  | { form: 'number'; x: Fraction; day?: string }
  | { form: 'level'; index: number }
  | { form: 'none' };

/** Values by input position; undefined is unknown. */
export type InputValues = readonly (InputValue | undefined)[];

/** Whether the value leaves its indicator out: there was nothing to count, and the rule then does not apply. */
export const isLeftOut = (input: Input, value: InputValue | undefined): boolean =>
  value?.form === 'none' && input.whenNone === 'not_applicable';

/** What is left out of a rule for want of anything to count: the whole rule, or parts and then their own maxima. */
export function leftOut(rule: CompiledRule, values: InputValues): { whole: boolean; max: Fraction } {
  const out = rule.inputs.filter((input, i) => isLeftOut(input, values[i]));
  const max = out.reduce<Fraction>((sum, input) => (input.max ? sum.add(input.max) : sum), ZERO);
  return { whole: out.length > 0 && out.length === rule.inputs.length, max };
}

/** Exact points of one indicator. */
export function pointsOfInput(input: Input, value: InputValue): Fraction {
  if (value.form === 'none' && input.whenNone instanceof Fraction) return input.whenNone;
  if (input.form === 'line' && value.form === 'number') return evaluate(input.line, value.x);
  if (input.form === 'table' && value.form === 'level') return input.levels[value.index]!.points;
  throw new Error('the value does not fit the indicator');
}

function combine(rule: CompiledRule, parts: readonly Fraction[]): Fraction {
  const joined =
    parts.length === 0 ? ZERO : parts.reduce(rule.combine === 'sum' ? (p, q) => p.add(q) : lesser);
  const capped = rule.cap ? lesser(joined, rule.cap) : joined;
  return rule.floor ? greater(capped, rule.floor) : capped;
}

/** Points of a rule, rounded half away from zero, once. Every input must have a value. */
export function applyRule(rule: CompiledRule, values: InputValues, decimals: number): Points {
  return roundToPoints(exactPointsOf(rule, values), decimals);
}

/** Exact points of a rule, unrounded. Every input must have a value. */
export function exactPointsOf(rule: CompiledRule, values: InputValues): Fraction {
  const parts = rule.inputs.flatMap((input, i) =>
    isLeftOut(input, values[i]) ? [] : [pointsOfInput(input, values[i]!)],
  );
  return combine(rule, parts);
}

/** The points of one indicator, or the ends that they lie between. */
function endsOf(input: Input): Fraction[] {
  const none = input.whenNone instanceof Fraction ? [input.whenNone] : [];
  if (input.form === 'table') return [...none, ...input.levels.map((l) => l.points)];
  const { min, max } = boundsWithin(input.line, input.domain);
  return [...none, min, max, ...(input.most ? [input.most] : [])];
}

/** Least and greatest points a rule can give, over the plausible values of its inputs, rounded to `places`. */
export function ruleBounds(
  rule: CompiledRule,
  decimals: number,
  places = decimals,
): { worst: Points; best: Points } {
  const rounded = (exact: Fraction) => roundToPoints(exact, places) * 10 ** (decimals - places);
  if (rule.todo) return { worst: 0, best: rounded(rule.cap ?? ZERO) };
  const ends = rule.inputs.map(endsOf);
  const bound = (end: typeof lesser) => {
    const parts = ends.map((points) => points.reduce(end));
    return rounded(combine(rule, parts));
  };
  return { worst: bound(lesser), best: bound(greater) };
}

/** A rule seen along one of its indicators, the others held at their values. */
export type Slice = { form: 'line'; line: Line; range: Interval } | { form: 'table'; levels: Level[] };

/** The rule as a function of input `index` alone. Other inputs must have values. */
export function sliceRule(rule: CompiledRule, values: InputValues, index: number): Slice {
  const input = rule.inputs[index]!;
  const others = rule.inputs.flatMap((other, i) =>
    i === index || isLeftOut(other, values[i]) ? [] : [pointsOfInput(other, values[i]!)],
  );
  if (input.form === 'table') {
    const levels = input.levels.map((l) => ({ ...l, points: combine(rule, [...others, l.points]) }));
    return { form: 'table', levels };
  }
  const joined =
    others.length === 0 ? input.line : combineLines([input.line, ...others.map(flat)], rule.combine);
  return { form: 'line', line: clampLine(joined, rule.floor, rule.cap), range: input.domain };
}
