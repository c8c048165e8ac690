import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { applyRule, ruleBounds } from '../src/rules/apply.js';
import { inverse, marginalGain, nextThreshold } from '../src/rules/inverse.js';
import {
  boundsWithin,
  buildLine,
  combineLines,
  constant,
  evaluate,
  flat,
  holds,
  pieceAt,
} from '../src/rules/line.js';
import { Fraction, fromNumber as f } from '../src/values/fraction.js';
import { roundToPoints, sumPoints } from '../src/values/points.js';
import { lineIn } from './rule-lines.js';
import { criterionWith } from './support.js';

const hundredth = (min: number, max: number) =>
  fc.integer({ min: min * 100, max: max * 100 }).map((n) => n / 100);
const points = hundredth(0, 5);

/** Rules over a number that never fall as it rises, with their maximum. */
const rising = fc.oneof(
  fc
    .record({ target: hundredth(1, 100), max: hundredth(1, 10) })
    .map(({ target, max }) => ({ max, rule: { kind: 'proportional', target } })),
  fc.tuple(hundredth(1, 50), hundredth(51, 100), hundredth(1, 5)).map(([low, high, max]) => ({
    max,
    rule: {
      kind: 'steps',
      tiers: [
        { at_least: high, points: 'max' },
        { above: low, points: max / 2 },
      ],
    },
  })),
  fc
    .tuple(fc.uniqueArray(hundredth(0, 100), { minLength: 2, maxLength: 5 }), hundredth(1, 5))
    .map(([xs, max]) => {
      const knots = xs
        .sort((p, q) => p - q)
        .map((at, i) => ({ at, points: Math.round((max * 100 * i) / (xs.length - 1)) / 100 }));
      return { max, rule: { kind: 'linear', knots } };
    }),
);

const values = hundredth(0, 100);

describe('every rule over a number', () => {
  it('stays within its bounds, and deduction + points = max', () => {
    fc.assert(
      fc.property(rising, values, ({ rule, max }, x) => {
        const c = criterionWith(rule, max);
        const got = applyRule(c.compiled, [{ form: 'number', x: f(x) }], 4);
        const { worst, best } = ruleBounds(c.compiled, 4);
        expect(got).toBeGreaterThanOrEqual(worst);
        expect(got).toBeLessThanOrEqual(best);
        expect(best).toBeLessThanOrEqual(c.max);
      }),
    );
  });

  it('a rising rule stays rising', () => {
    fc.assert(
      fc.property(rising, values, values, ({ rule, max }, p, q) => {
        const c = criterionWith(rule, max);
        const at = (x: number) => applyRule(c.compiled, [{ form: 'number', x: f(x) }], 4);
        expect(at(Math.max(p, q))).toBeGreaterThanOrEqual(at(Math.min(p, q)));
      }),
    );
  });

  it('the inverse of what a value earns holds the value, and nothing that earns less or more', () => {
    fc.assert(
      fc.property(rising, values, values, ({ rule, max }, x, y) => {
        const input = lineIn(criterionWith(rule, max).compiled);
        const earned = (v: number) => roundToPoints(evaluate(input.line, f(v)), 4);
        const back = inverse(input.line, earned(x), 4, input.range);
        expect(back.some((i) => holds(i, f(x)))).toBe(true);
        expect(back.some((i) => holds(i, f(y)))).toBe(earned(x) === earned(y));
      }),
    );
  });

  it('the next threshold earns more, and nothing nearer on that side earns as much at a step', () => {
    fc.assert(
      fc.property(rising, values, ({ rule, max }, x) => {
        const input = lineIn(criterionWith(rule, max).compiled);
        const now = evaluate(input.line, f(x));
        const next = nextThreshold(input.line, f(x), input.range);
        const most = boundsWithin(input.line, input.range).max;
        if (!next) {
          expect(now.equals(most)).toBe(true);
          return;
        }
        expect(next.points.compare(now)).toBe(1);
        expect(next.direction).toBe('up');
        const nudge = next.beyond ? next.value.add(new Fraction(1, 1_000_000)) : next.value;
        expect(evaluate(input.line, nudge).compare(now)).toBe(1);
      }),
    );
  });

  it('the marginal gain is the slope of the points', () => {
    fc.assert(
      fc.property(rising, values, ({ rule, max }, x) => {
        const input = lineIn(criterionWith(rule, max).compiled);
        const piece = pieceAt(input.line, f(x));
        if (!piece.hi || piece.hi.equals(f(x))) return;
        const step = piece.hi.sub(f(x)).div(2);
        const rise = evaluate(input.line, f(x).add(step)).sub(evaluate(input.line, f(x)));
        expect(rise.equals(marginalGain(input.line, f(x)).mul(step))).toBe(true);
      }),
    );
  });
});

describe('lines', () => {
  const line = fc.uniqueArray(hundredth(-50, 50), { minLength: 1, maxLength: 4 }).chain((cuts) =>
    fc.array(fc.tuple(points, hundredth(-1, 1)), { minLength: 9, maxLength: 9 }).map((fs) => {
      const sorted = cuts.map(f).sort((p, q) => p.compare(q));
      return buildLine(sorted, (x) => {
        const [a, b] = fs[sorted.filter((c) => c.compare(x) <= 0).length]!;
        return { a: f(a), b: f(b) };
      });
    }),
  );

  it('combine point by point', () => {
    fc.assert(
      fc.property(line, line, hundredth(-60, 60), (p, q, x) => {
        const [y, z] = [evaluate(p, f(x)), evaluate(q, f(x))];
        expect(evaluate(combineLines([p, q], 'sum'), f(x)).equals(y.add(z))).toBe(true);
        expect(evaluate(combineLines([p, q], 'min'), f(x)).equals(y.compare(z) < 0 ? y : z)).toBe(true);
        expect(evaluate(combineLines([p, q], 'max'), f(x)).equals(y.compare(z) > 0 ? y : z)).toBe(true);
      }),
    );
  });

  it('a flat line is one piece', () => {
    expect(flat(f(3))).toHaveLength(1);
    expect(buildLine([f(1), f(2)], () => constant(f(7)))).toHaveLength(1);
  });
});

describe('tiers', () => {
  const bound = fc.integer({ min: 0, max: 8 });
  const ends = fc
    .record({
      lower: fc.option(fc.tuple(fc.constantFrom('at_least' as const, 'above' as const), bound)),
      upper: fc.option(fc.tuple(fc.constantFrom('at_most' as const, 'below' as const), bound)),
    })
    .filter(({ lower, upper }) => (lower || upper) !== null && !(lower && upper && lower[1] > upper[1]));

  it('the first that holds a value decides, whatever they share and leave out', () => {
    fc.assert(
      fc.property(fc.array(ends, { minLength: 1, maxLength: 6 }), fc.nat(18), (all, halves) => {
        const x = (halves - 1) / 2;
        const first = all.findIndex(
          ({ lower, upper }) =>
            (!lower || (lower[0] === 'at_least' ? x >= lower[1] : x > lower[1])) &&
            (!upper || (upper[0] === 'at_most' ? x <= upper[1] : x < upper[1])),
        );
        const tiers = all.map(({ lower, upper }, i) => ({
          ...(lower && { [lower[0]]: lower[1] }),
          ...(upper && { [upper[0]]: upper[1] }),
          points: (i + 1) / 10,
        }));
        const { compiled } = criterionWith({ kind: 'steps', tiers, otherwise: 0 }, 1);
        expect(evaluate(lineIn(compiled).line, f(x)).equals(f((first + 1) / 10))).toBe(true);
      }),
    );
  });

  it('a line across a tier runs over the values that are left to it', () => {
    // Of 20 to 80 what the first leaves is 60 to 80: half way is 70.
    const tiers = [
      { at_least: 0, below: 60, points: 0 },
      { at_least: 20, at_most: 80, points: { from: 0.5, to: 1 } },
    ];
    const { compiled } = criterionWith({ kind: 'steps', tiers, otherwise: 0 }, 1);
    expect(evaluate(lineIn(compiled).line, f(70)).equals(f(0.75))).toBe(true);
  });
});

describe('points', () => {
  it('add exactly in any order', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -100_000, max: 100_000 })), (items) => {
        const total = items.reduce((s, n) => s + BigInt(n), 0n);
        expect(BigInt(sumPoints(items))).toBe(total);
        expect(sumPoints([...items].reverse())).toBe(sumPoints(items));
      }),
    );
    expect(sumPoints([8042, 8255, 100, 5000, 9000])).toBe(30_397);
  });

  it('round half away from zero, symmetrically', () => {
    fc.assert(
      fc.property(
        fc.bigInt({ min: -(10n ** 9n), max: 10n ** 9n }),
        fc.bigInt({ min: 1n, max: 10n ** 6n }),
        (n, d) => {
          const x = new Fraction(n, d);
          expect(roundToPoints(x.neg(), 4) + roundToPoints(x, 4)).toBe(0);
          const error = x
            .mul(10_000)
            .sub(new Fraction(roundToPoints(x, 4)))
            .abs();
          expect(error.compare(new Fraction(1, 2))).toBeLessThanOrEqual(0);
        },
      ),
    );
    expect([0.00005, -0.00005, 0.00015].map((x) => roundToPoints(f(x), 4))).toEqual([1, -1, 2]);
  });
});
