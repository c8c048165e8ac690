import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { impliedBy, inverse, marginalGain, nextThreshold } from '../src/rules/inverse.js';
import { evaluate, holds, pieceAt, valueAt } from '../src/rules/line.js';
import { Fraction, fromNumber as f } from '../src/values/fraction.js';
import { pointsToFraction } from '../src/values/points.js';
import { DECIMALS, grid, lineOf, nearer, rule, said, steps, value } from './rule-lines.js';
import { anyLineRule } from './rules-arbitrary.js';
import { criterionWith } from './support.js';

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
      { numRuns: 20 },
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

  it('by hand: only the nearer bound says whether it must be passed', () => {
    const half = (bounds: object) => steps({ ...bounds, points: 0.5 });
    expect(told(half({ above: 50, at_most: 60 }), 20)).toEqual(['up', 50, true, 0.5]);
    expect(told(half({ at_least: 50, below: 60 }), 20)).toEqual(['up', 50, false, 0.5]);
    expect(told(half({ at_least: 50, below: 60 }), 80)).toEqual(['down', 60, true, 0.5]);
    expect(told(half({ above: 50, at_most: 60 }), 80)).toEqual(['down', 60, false, 0.5]);
  });

  it('a slope that stops short of its end is continued there by what follows', () => {
    fc.assert(
      fc.property(anyLineRule, (r) => {
        const { line } = lineOf(r);
        for (const piece of line.filter((p) => p.b.n !== 0n)) {
          if (piece.loOpen && piece.lo)
            expect(evaluate(line, piece.lo).equals(valueAt(piece, piece.lo))).toBe(true);
          if (piece.hiOpen && piece.hi)
            expect(evaluate(line, piece.hi).equals(valueAt(piece, piece.hi))).toBe(true);
        }
      }),
    );
  });

  it('by hand: the end of a slope, up or down', () => {
    const mound = rule('linear', {
      knots: [
        { at: 20, points: 0.25 },
        { at: 60, points: 1 },
        { at: 90, points: 0.5 },
      ],
      before: 0,
      after: 0,
    });
    expect(told(mound, 30)).toEqual(['up', 60, false, 1]);
    expect(told(mound, 80)).toEqual(['down', 60, false, 1]);
    expect(told(mound, 95)).toEqual(['down', 90, false, 0.5]);
    expect(told(mound, 10)).toEqual(['up', 20, false, 0.25]);
    expect(told(mound, 60)).toBeNull();
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
