import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Fraction, fromNumber as f } from '../src/exact/fraction.js';
import { pointsToFraction, roundToPoints } from '../src/exact/points.js';
import { ruleBounds } from '../src/rules/apply.js';
import { impliedBy } from '../src/rules/implied.js';
import { inverse } from '../src/rules/inverse.js';
import { boundsWithin, evaluate, holds, type Interval, pieceAt } from '../src/rules/line.js';
import { marginalGain, nearestBest, nextThreshold } from '../src/rules/next.js';
import { nearestReaching } from '../src/rules/reach.js';
import { anyLineRule, type RuleOfMax } from './rules-arbitrary.js';
import { criterionWith } from './support.js';

const DECIMALS = 4;
const lineOf = ({ rule, max }: RuleOfMax) => {
  const { compiled } = criterionWith(rule, max);
  const input = compiled.inputs[0]!;
  if (input.form !== 'line') throw new Error('a line is expected');
  const earned = (x: Fraction) => roundToPoints(evaluate(input.line, x), DECIMALS);
  return { ...input, compiled, earned };
};
const steps = (...tiers: object[]) => lineOf({ max: 1, rule: { kind: 'steps', tiers } as { kind: string } });
const rule = (kind: string, rest: object = {}, max = 1) => lineOf({ max, rule: { kind, ...rest } });

/** Bounds and values of the random rules are hundredths: halves between them see every piece. */
const grid = Array.from({ length: 20_001 }, (_, i) => new Fraction(i, 200));
const value = fc.integer({ min: 0, max: 10_000 }).map((n) => new Fraction(n, 100));
const distance = (p: Fraction, q: Fraction) => p.sub(q).abs();
const nearer = (p: Fraction, q: Fraction, x: Fraction) => distance(p, x).compare(distance(q, x)) < 0;
const said = (i: Interval) =>
  `${i.loOpen ? '(' : '['}${i.lo?.valueOf() ?? '-∞'}, ${i.hi?.valueOf() ?? '∞'}${i.hiOpen ? ')' : ']'}`;

describe('the values that earn given points', () => {
  it('are just those that earn them, in order and without a seam', () => {
    fc.assert(
      fc.property(anyLineRule, value, value, (r, x, y) => {
        const { line, range, earned } = lineOf(r);
        const back = inverse(line, earned(x), DECIMALS, range);
        expect(back.some((i) => holds(i, x))).toBe(true);
        expect(back.some((i) => holds(i, y))).toBe(earned(x) === earned(y));
        back.slice(1).forEach((next, i) => {
          const { hi, hiOpen } = back[i]!;
          const apart = hi!.compare(next.lo!);
          expect(apart < 0 || (apart === 0 && hiOpen && next.loOpen)).toBe(true);
        });
      }),
    );
  });

  // 1 ÷ 80 a percent: points 0.5 ± 0.00005 are 40 ± 0.004; half a unit rounds away from zero.
  it('by hand: on a slope', () => {
    const { line, range } = rule('proportional', { target: 80 });
    const of = (points: number) => inverse(line, points, DECIMALS, range).map(said);
    expect(of(5000)).toEqual(['[39.996, 40.004)']);
    expect(of(0)).toEqual(['[0, 0.004)']);
    expect(of(10_000)).toEqual(['[79.996, 100]']);
    expect(of(10_001)).toEqual([]);
  });

  // A quarter a case, from 0 to −1: −0.25 is one case, and half a unit below zero goes to the lower.
  it('by hand: below nothing', () => {
    const { line, range, compiled } = rule('penalty', { start: 0, per_case: 0.25, floor: -1 });
    const of = (points: number) => inverse(line, points, DECIMALS, range).map(said);
    expect(of(0)).toEqual(['[0, 0.0002)']);
    expect(of(-2500)).toEqual(['[0.9998, 1.0002)']);
    expect(of(-10_000)).toEqual(['[3.9998, ∞)']);
    expect(impliedBy(compiled, -2500, DECIMALS)).toMatchObject({ form: 'interval', at: new Fraction(1) });
  });

  it('by hand: the same step twice, with another between', () => {
    const { line, range } = steps(
      { at_least: 90, points: 0.5 },
      { above: 50, points: 1 },
      { at_most: 20, points: 0.5 },
    );
    expect(inverse(line, 5000, DECIMALS, range).map(said)).toEqual(['[0, 20]', '[90, 100]']);
    expect(inverse(line, 10_000, DECIMALS, range).map(said)).toEqual(['(50, 90)']);
    expect(inverse(line, 0, DECIMALS, range).map(said)).toEqual(['(20, 50]']);
    expect(inverse(line, 2500, DECIMALS, range)).toEqual([]);
  });

  it('have a middle where the slope gives just these points', () => {
    fc.assert(
      fc.property(anyLineRule, value, (r, x) => {
        const { compiled, line, range, earned } = lineOf(r);
        const implied = impliedBy(compiled, earned(x), DECIMALS);
        if (implied?.form !== 'interval') throw new Error('an interval is expected');
        const exact = pointsToFraction(earned(x), DECIMALS);
        if (implied.at) {
          expect(evaluate(line, implied.at).equals(exact)).toBe(true);
          expect(holds(range, implied.at)).toBe(true);
        } else {
          const sloped = pieceAt(line, x).b.n !== 0n;
          expect(sloped && evaluate(line, x).equals(exact)).toBe(false);
        }
      }),
    );
  });

  it('are levels of a table, nothing, or unsaid where several indicators share them', () => {
    const good = { level: 'Tốt', points: 1 };
    const levels = [good, { level: 'Khá', points: 0.5 }, { level: 'Đạt', points: 0.5 }];
    const { compiled } = criterionWith({ kind: 'levels', levels }, 1);
    const of = (points: number) => impliedBy(compiled, points, DECIMALS);
    expect(of(5000)).toMatchObject({
      form: 'levels',
      levels: [{ level: { vi: 'Khá' } }, { level: { vi: 'Đạt' } }],
    });
    expect(of(10_000)).toMatchObject({ form: 'levels', levels: [{ level: { vi: 'Tốt' } }] });
    expect(of(2500)).toEqual({ form: 'none' });
    expect(impliedBy(steps({ at_least: 80, points: 1 }).compiled, 5000, DECIMALS)).toEqual({ form: 'none' });
    const part = (input: string) => ({ input, name: input, rule: { kind: 'yes_no' } });
    const both = criterionWith({ kind: 'min', parts: [part('a'), part('b')] }, 1).compiled;
    expect(impliedBy(both, 10_000, DECIMALS)).toBeNull();
  });
});

describe('the next threshold', () => {
  it('gains, is the nearest that does at a step, and is missing only where nothing gains', () => {
    fc.assert(
      fc.property(anyLineRule, value, (r, x) => {
        const { line, range } = lineOf(r);
        const now = evaluate(line, x);
        const next = nextThreshold(line, x, range);
        const better = grid.filter((g) => holds(range, g) && evaluate(line, g).compare(now) > 0);
        if (!next) {
          expect(better).toEqual([]);
          return;
        }
        expect(next.points.compare(now)).toBe(1);
        expect(next.direction).toBe(
          next.value.compare(x) > 0 || (next.beyond && next.value.equals(x)) ? 'up' : 'down',
        );
        const step = new Fraction(next.direction === 'up' ? 1 : -1, 1_000_000);
        const there = next.beyond ? next.value.add(step) : next.value;
        expect(evaluate(line, there).compare(now)).toBe(1);
        if (r.rule.kind === 'steps') expect(better.filter((g) => nearer(g, next.value, x))).toEqual([]);
      }),
      { numRuns: 30 },
    );
  });

  const told = (l: ReturnType<typeof lineOf>, x: number) => {
    const next = nextThreshold(l.line, f(x), l.range);
    return next && [next.direction, next.value.valueOf(), next.beyond, next.points.valueOf()];
  };

  it('by hand: to a bound that counts, past one that does not', () => {
    const l = steps({ at_least: 80, points: 1 }, { above: 50, points: 0.5 });
    expect(told(l, 20)).toEqual(['up', 50, true, 0.5]);
    expect(told(l, 50)).toEqual(['up', 50, true, 0.5]);
    expect(told(l, 51)).toEqual(['up', 80, false, 1]);
    expect(told(l, 80)).toBeNull();
  });

  it('by hand: down to a bound, or the nearer of both ways', () => {
    const l = steps({ at_most: 10, points: 1 }, { below: 30, points: 0.5 }, { at_least: 60, points: 0.75 });
    expect(told(l, 12)).toEqual(['down', 10, false, 1]);
    expect(told(l, 30)).toEqual(['down', 30, true, 0.5]);
    expect(told(l, 40)).toEqual(['down', 30, true, 0.5]);
    expect(told(l, 46)).toEqual(['up', 60, false, 0.75]);
    expect(told(l, 70)).toEqual(['down', 10, false, 1]);
  });

  it('by hand: the end of a slope, up or down', () => {
    expect(told(rule('proportional', { target: 80 }), 40)).toEqual(['up', 80, false, 1]);
    expect(told(rule('penalty', { per_case: 0.25 }), 3)).toEqual(['down', 0, false, 1]);
    expect(told(rule('penalty', { per_case: 0.25 }), 9)).toEqual(['down', 0, false, 1]);
    expect(told(rule('penalty', { per_case: 0.25 }), 0)).toBeNull();
    // The range ends before the target: 60 of 80.
    expect(told(rule('proportional', { target: 80, range: { max: 60 } }), 40)).toEqual([
      'up',
      60,
      false,
      0.75,
    ]);
  });

  it('a slope gains what it says, a step nothing', () => {
    const { line } = rule('penalty', { per_case: 0.25 });
    expect([1, 9].map((x) => marginalGain(line, f(x)).valueOf())).toEqual([-0.25, 0]);
  });
});

describe('the nearest value with the most points', () => {
  const best = (l: ReturnType<typeof lineOf>, x: number) =>
    nearestBest(l.line, f(x), l.range, boundsWithin(l.line, l.range).max)?.valueOf();

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
    const rising = rule('linear', {
      quantity: 'number',
      knots: [
        { at: 0, points: 0 },
        { at: 4, points: 1 },
      ],
    });
    expect(nearestBest(rising.line, f(9), rising.range, f(2))).toBeNull();
    expect(nearestBest(rising.line, f(9), rising.range, f(0.5))?.valueOf()).toBe(2);
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
      { numRuns: 30 },
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
    expect(reach(rule('proportional', { target: 80 }), 10, 10_001)).toBeUndefined();
    expect(reach(rule('proportional', { target: 80, range: { max: 60 } }), 10, 10_000)).toBeUndefined();
  });
});

describe('bounds of a rule', () => {
  it('hold what it gives within its range', () => {
    const of = (kind: string, rest: object) => {
      const { worst, best } = ruleBounds(rule(kind, rest).compiled, [], DECIMALS);
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
    const of = (kind: string, rest: object, ...levels: (number | undefined)[]) => {
      const { compiled } = criterionWith({ kind, parts: [part('a', 0.5), part('b', 0.75)], ...rest }, 1);
      const given = levels.map((index) =>
        index === undefined ? undefined : { form: 'level' as const, index },
      );
      const { worst, best } = ruleBounds(compiled, given, DECIMALS);
      return [worst, best];
    };
    // Together at most 1, the maximum, though 0.5 and 0.75 are more; at the least −1 and −1.
    expect(of('sum', {})).toEqual([-20_000, 10_000]);
    expect(of('sum', { floor: -1.5, cap: 0.9 })).toEqual([-15_000, 9000]);
    expect(of('sum', { floor: 0 }, 1)).toEqual([0, 10_000]);
    expect(of('sum', {}, 1, 1)).toEqual([5000, 5000]);
    expect(of('sum', {}, undefined, 2)).toEqual([-20_000, -5000]);
    expect(of('min', {})).toEqual([-10_000, 5000]);
    expect(of('min', { cap: 0.3 }, 0)).toEqual([-10_000, 3000]);
  });
});
