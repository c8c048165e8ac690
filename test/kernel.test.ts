import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { applyRule } from '../src/rules/apply.js';
import { addPoints, compileColumn, limitsOf, pointsAt } from '../src/rules/column.js';
import { buildLine, evaluate } from '../src/rules/line.js';
import { Fraction } from '../src/values/fraction.js';
import { roundToPoints } from '../src/values/points.js';
import { lineIn } from './rule-lines.js';
import { anyLineRule } from './rules-arbitrary.js';
import { criterionWith } from './support.js';

const columnOf = (rule: unknown, max: number, grid: number) => {
  const criterion = criterionWith(rule, max);
  const input = lineIn(criterion.compiled);
  return { criterion, column: compileColumn(input.line, 4, grid, 1000 * grid)! };
};

describe('the batch kernel', () => {
  it('gives the points of the single score for every rule and value, whatever the grid', () => {
    const grids = fc.constantFrom(1, 7, 100, 1_000_000);
    fc.assert(
      fc.property(
        anyLineRule,
        grids,
        fc.integer({ min: 0, max: 100_000_000 }),
        ({ rule, max }, grid, raw) => {
          const { criterion, column } = columnOf(rule, max, grid);
          const v = raw % (100 * grid + 1);
          const single = applyRule(criterion.compiled, [{ form: 'number', x: new Fraction(v, grid) }], 4);
          expect(pointsAt(column, v)).toBe(single);
        },
      ),
      { numRuns: 500 },
    );
  });

  it('is exact up to its limit: whole lines, lines that cross zero, halves, and many pieces', () => {
    const size = fc.integer({ min: -2_000_000, max: 2_000_000 });
    const slope = fc.record({ a: size, b: size, below: fc.integer({ min: 1, max: 60_000 }) });
    const cuts = fc.uniqueArray(fc.integer({ min: -900, max: 900 }), { maxLength: 6 });
    let near = 0;
    fc.assert(
      fc.property(
        cuts,
        fc.array(slope, { minLength: 7, maxLength: 7 }),
        fc.constantFrom(1, 3, 1000),
        fc.array(fc.integer({ min: -1_000_000, max: 1_000_000 }), { minLength: 1, maxLength: 20 }),
        (cuts, slopes, grid, values) => {
          const inOrder = cuts.toSorted((p, q) => p - q);
          const line = buildLine(
            inOrder.map((cut) => new Fraction(cut)),
            (x) => {
              const { a, b, below } = slopes[inOrder.filter((cut) => x.compare(cut) >= 0).length]!;
              return { a: new Fraction(a, 2 * below), b: new Fraction(b, below) };
            },
          );
          const column = compileColumn(line, 2, grid, 1_000_000);
          fc.pre(column !== null);
          near += column!.pieces.some((n) => Number.isFinite(n) && Math.abs(n) * 1e6 > 2 ** 48) ? 1 : 0;
          const into = new Float64Array(values.length);
          addPoints(column!, Float64Array.from(values), into, values.length);
          const single = values.map((v) => roundToPoints(evaluate(line, new Fraction(v, grid)), 2));
          expect([...into]).toEqual(single);
          expect(values.map((v) => pointsAt(column!, v))).toEqual(single);
        },
      ),
      { numRuns: 500 },
    );
    expect(near).toBeGreaterThan(0);
  });

  it('thresholds: 1,700 of 2,000 is 85%, and 1,699 is below', () => {
    // v ÷ 20 is the percent of v out of 2,000.
    const steps = { kind: 'steps', tiers: [{ at_least: 85, points: 'max' }] };
    const { column } = columnOf(steps, 1, 20);
    expect(pointsAt(column, 1700)).toBe(10_000);
    expect(pointsAt(column, 1699)).toBe(0);
    expect(limitsOf(column)).toEqual([1699, Number.POSITIVE_INFINITY]);
  });

  it('the last value of a piece is still in it, however many pieces there are', () => {
    for (const cuts of [[10], [10, 20], [10, 20, 30, 40]]) {
      // n after the n-th cut: from 10 on 1 point, from 20 on 2 …
      const line = buildLine(
        cuts.map((cut) => new Fraction(cut)),
        (x) => ({ a: new Fraction(cuts.filter((cut) => x.compare(cut) >= 0).length), b: new Fraction(0) }),
      );
      const column = compileColumn(line, 0, 1, 100)!;
      const values = cuts.flatMap((cut) => [cut - 1, cut]);
      const into = new Float64Array(values.length);
      addPoints(column, Float64Array.from(values), into, values.length);
      expect([...into]).toEqual(cuts.flatMap((_, i) => [i, i + 1]));
      expect(limitsOf(column)).toEqual([...cuts.map((cut) => cut - 1), Number.POSITIVE_INFINITY]);
    }
  });

  it('rounds half away from zero, below zero too', () => {
    // 0.00005 points a unit: 1 unit is half of the smallest part, up to 0.0001; the penalty falls to −0.0001.
    expect(pointsAt(columnOf({ kind: 'count', per_item: 0.00005 }, 1, 1).column, 1)).toBe(1);
    const penalty = { kind: 'penalty', start: 0, per_case: 0.00005, floor: -1 };
    expect(pointsAt(columnOf(penalty, 1, 1).column, 1)).toBe(-1);
  });

  it('adds to what is there, only as many rows as asked', () => {
    const { column } = columnOf({ kind: 'proportional', target: 50 }, 1, 1);
    const into = Float64Array.of(5, 5, 5);
    addPoints(column, Float64Array.of(25, 50, 100), into, 2);
    expect([...into]).toEqual([5005, 10_005, 5]);
    const tiers = [90, 80, 70, 60].map((at_least, i) => ({ at_least, points: 1 - i / 4 }));
    const many = columnOf({ kind: 'steps', tiers }, 1, 1).column;
    addPoints(many, Float64Array.of(95, 65, 95), into, 2);
    expect([...into]).toEqual([15_005, 12_505, 5]);
  });

  it('refuses numbers that doubles do not hold exactly', () => {
    const line = criterionWith({ kind: 'proportional', target: 99.9999999 }, 1).compiled.inputs[0]!;
    expect(
      line.form === 'line' && compileColumn(line.line, 4, 1_000_000_000, 10_000_000_000_000_000),
    ).toBeNull();
    // 2·|a| + 2·|b|·most + 2d against 2^50, on both sides of zero.
    const whole = (a: number, b: number) => [
      { lo: null, loOpen: true, hi: null, hiOpen: true, a: new Fraction(a), b: new Fraction(b) },
    ];
    for (const sign of [1, -1]) {
      expect(compileColumn(whole(sign * (2 ** 49 - 2), 0), 0, 1, 100)).not.toBeNull();
      expect(compileColumn(whole(sign * (2 ** 49 - 1), 0), 0, 1, 100)).toBeNull();
      expect(compileColumn(whole(0, sign), 0, 1, 2 ** 49 - 2)).not.toBeNull();
      expect(compileColumn(whole(0, sign), 0, 1, 2 ** 49 - 1)).toBeNull();
    }
  });
});
