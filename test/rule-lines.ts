import fc from 'fast-check';
import { evaluate, type Interval } from '../src/rules/line.js';
import type { CompiledRule } from '../src/rules/rule.js';
import { Fraction } from '../src/values/fraction.js';
import { roundToPoints } from '../src/values/points.js';
import type { RuleOfMax } from './rules-arbitrary.js';
import { criterionWith } from './support.js';

export const DECIMALS = 4;

/** The first indicator of a rule, which is over a number. */
export function lineIn(compiled: CompiledRule) {
  const input = compiled.inputs[0]!;
  if (input.form !== 'line') throw new Error('a line is expected');
  return input;
}

/** A rule's line, with what a value earns by it. */
export const lineOf = ({ rule, max }: RuleOfMax) => {
  const { compiled } = criterionWith(rule, max);
  const input = lineIn(compiled);
  const earned = (x: Fraction) => roundToPoints(evaluate(input.line, x), DECIMALS);
  return { ...input, compiled, earned };
};
export const steps = (...tiers: object[]) =>
  lineOf({ max: 1, rule: { kind: 'steps', tiers } as { kind: string } });
export const rule = (kind: string, rest: object = {}, max = 1) => lineOf({ max, rule: { kind, ...rest } });

/** Bounds and values of the random rules are hundredths: halves between them see every piece. */
export const grid = Array.from({ length: 20_001 }, (_, i) => new Fraction(i, 200));
export const value = fc.integer({ min: 0, max: 10_000 }).map((n) => new Fraction(n, 100));
export const distance = (p: Fraction, q: Fraction) => p.sub(q).abs();
export const nearer = (p: Fraction, q: Fraction, x: Fraction) => distance(p, x).compare(distance(q, x)) < 0;
export const said = (i: Interval) =>
  `${i.loOpen ? '(' : '['}${i.lo?.valueOf() ?? '-∞'}, ${i.hi?.valueOf() ?? '∞'}${i.hiOpen ? ')' : ']'}`;
