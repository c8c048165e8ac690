import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ruleBounds } from '../src/rules/apply.js';
import { nearestBest, nearestReaching, topOf } from '../src/rules/inverse.js';
import { holds } from '../src/rules/line.js';
import { Fraction, fromNumber as f } from '../src/values/fraction.js';
import { DECIMALS, distance, grid, lineOf, rule, steps, value } from './rule-lines.js';
import { anyLineRule } from './rules-arbitrary.js';
import { criterionWith } from './support.js';

describe('the nearest value with the most points', () => {
  const best = (l: ReturnType<typeof lineOf>, x: number) =>
    nearestBest(topOf(l.line, l.range), f(x))?.valueOf();

  it('by hand', () => {
    const l = steps({ at_least: 80, points: 1 });
    expect([20, 80, 90].map((x) => best(l, x))).toEqual([80, 80, 90]);
    // An open end is passed by one, or by half of what there is.
    expect(best(steps({ above: 80, points: 1 }), 20)).toBe(81);
    expect(best(steps({ above: 99.5, points: 1 }), 20)).toBe(99.75);
    expect(best(steps({ below: 20, points: 1 }), 30)).toBe(19);
    expect(best(steps({ below: 0.5, points: 1 }), 30)).toBe(0.25);
    expect(best(steps({ at_most: 20, points: 1 }), 30)).toBe(20);
    expect(best(rule('proportional', { target: 80 }), 40)).toBe(80);
    expect(best(rule('penalty', { per_case: 0.25 }), 3)).toBe(0);
    expect(best(steps({ at_most: 20, points: 1 }, { at_least: 60, points: 1 }), 41)).toBe(60);
    expect(best(steps({ at_most: 20, points: 1 }, { at_least: 60, points: 1 }), 39)).toBe(20);
    const peak = [
      { at: 0, points: 0 },
      { at: 2, points: 1 },
      { at: 4, points: 0 },
    ];
    expect(best(rule('linear', { quantity: 'number', knots: peak }), 9)).toBe(2);
    // Near 90 it earns all but 1, at 90 nothing.
    expect(best(steps({ at_least: 80, below: 90, points: { from: 0, to: 1 } }), 85)).toBeUndefined();
  });
});

describe('the nearest value that earns so much', () => {
  it('earns it, and no value nearer does', () => {
    fc.assert(
      fc.property(anyLineRule, value, value, fc.boolean(), (r, x, y, asWhole) => {
        const { line, range, earned, quantity } = lineOf(r);
        const whole = asWhole && quantity === 'count';
        const from = whole ? x.floor(0) : x;
        const wanted = earned(whole ? y.floor(0) : y);
        const found = nearestReaching(line, from, wanted, DECIMALS, range, whole);
        expect(found).not.toBeNull();
        expect(earned(found!)).toBeGreaterThanOrEqual(wanted);
        expect(holds(range, found!)).toBe(true);
        if (whole) expect(found!.d).toBe(1n);
        const hair = new Fraction(1, 1_000_000);
        const reach = distance(found!, from).sub(whole ? new Fraction(0) : hair);
        const closer = grid.filter((g) => (!whole || g.d === 1n) && distance(g, from).compare(reach) < 0);
        expect(closer.filter((g) => earned(g) >= wanted)).toEqual([]);
      }),
      { numRuns: 20 },
    );
  });

  const reach = (l: ReturnType<typeof lineOf>, from: number, points: number, whole = false) =>
    nearestReaching(l.line, f(from), points, DECIMALS, l.range, whole)?.valueOf();

  it('by hand', () => {
    expect(reach(steps({ at_least: 80, points: 1 }), 20, 10_000)).toBe(80);
    expect(reach(steps({ above: 80, points: 1 }), 20, 10_000)).toBe(80.000001);
    expect(reach(steps({ below: 20, points: 1 }), 30, 1)).toBe(19.999999);
    expect(reach(steps({ above: 3, points: 1 }), 1, 1, true)).toBe(4);
    expect(reach(steps({ below: 3, points: 1 }), 9, 1, true)).toBe(2);
    expect(reach(steps({ at_least: 2.5, points: 1 }), 1, 1, true)).toBe(3);
    expect(reach(steps({ at_most: 2.5, points: 1 }), 9, 1, true)).toBe(2);
    // 0.5 less half a unit of points, of 1 ÷ 80 a percent.
    expect(reach(rule('proportional', { target: 80 }), 10, 5000)).toBe(39.996);
    expect(reach(rule('proportional', { target: 80 }), 50, 5000)).toBe(50);
    expect(reach(rule('penalty', { per_case: 0.25 }), 4, 5000, true)).toBe(2);
    // Below nothing half a unit goes down: −0.25005 is too little for −0.25, so one case and 0.0002 of another is passed.
    const below = rule('penalty', { start: 0, per_case: 0.25, floor: -1 });
    expect(reach(below, 3, 0)).toBe(0.000199);
    expect(reach(below, 3, -2500)).toBe(1.000199);
    expect(reach(below, 3, -2500, true)).toBe(1);
    expect(reach(rule('proportional', { target: 80 }), 10, 10_001)).toBeUndefined();
    expect(reach(rule('proportional', { target: 80, range: { max: 60 } }), 10, 10_000)).toBeUndefined();
  });
});

describe('bounds of a rule', () => {
  it('hold what it gives within its range', () => {
    const of = (kind: string, rest: object) => {
      const { worst, best } = ruleBounds(rule(kind, rest).compiled, DECIMALS);
      return [worst, best];
    };
    expect(of('proportional', { target: 80 })).toEqual([0, 10_000]);
    expect(of('proportional', { target: 80, range: { min: 20, max: 40 } })).toEqual([2500, 5000]);
    expect(of('penalty', { per_case: 0.25, floor: -2, range: { min: 1, max: 3 } })).toEqual([2500, 7500]);
    expect(of('penalty', { per_case: 0.25, floor: -2 })).toEqual([-20_000, 10_000]);
    expect(of('steps', { tiers: [{ above: 80, points: 1 }], range: { max: 80 } })).toEqual([0, 0]);
    expect(of('steps', { tiers: [{ at_least: 80, points: 1 }], range: { max: 80 } })).toEqual([0, 10_000]);
    const knots = [
      { at: 0, points: 1 },
      { at: 10, points: 0 },
    ];
    // A number may be anything: the ends' points hold outside the knots.
    expect(of('linear', { quantity: 'number', knots, before: 0.5, after: 0.25 })).toEqual([0, 10_000]);
  });

  it('take what is known as it is', () => {
    const part = (input: string, points: number) => ({
      input,
      name: input,
      rule: {
        kind: 'levels',
        levels: [
          { level: 'Có', points },
          { level: 'Không', points: 0.25 },
          { level: 'Sai', points: -1 },
        ],
      },
    });
    const of = (kind: string, rest: object) => {
      const { compiled } = criterionWith({ kind, parts: [part('a', 0.5), part('b', 0.75)], ...rest }, 1);
      const { worst, best } = ruleBounds(compiled, DECIMALS);
      return [worst, best];
    };
    // Together at most 1, the maximum, though 0.5 and 0.75 are more; at the least −1 and −1.
    expect(of('sum', {})).toEqual([-20_000, 10_000]);
    expect(of('sum', { floor: -1.5, cap: 0.9 })).toEqual([-15_000, 9000]);
    expect(of('sum', { floor: 0 })).toEqual([0, 10_000]);
    expect(of('min', {})).toEqual([-10_000, 5000]);
    expect(of('min', { cap: 0.3 })).toEqual([-10_000, 3000]);
  });
});
