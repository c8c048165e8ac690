import fc from 'fast-check';

const hundredth = (min: number, max: number) =>
  fc.integer({ min: min * 100, max: max * 100 }).map((n) => n / 100);

export interface RuleOfMax {
  rule: { kind: string };
  max: number;
}

const ascending = fc
  .uniqueArray(hundredth(0, 100), { minLength: 2, maxLength: 5 })
  .map((xs) => xs.sort((p, q) => p - q));

/** Rules over one number of every kind that has a line, with their maximum. */
export const anyLineRule: fc.Arbitrary<RuleOfMax> = fc.oneof(
  fc
    .record({ target: hundredth(1, 100), max: hundredth(1, 10), floor: fc.option(hundredth(0, 1)) })
    .map(({ target, max, floor }) => ({
      max,
      rule: { kind: 'proportional', target, ...(floor !== null && { floor: Math.min(floor, target) }) },
    })),
  fc.tuple(ascending, hundredth(1, 5)).map(([xs, max]) => ({
    max,
    rule: {
      kind: 'steps',
      tiers: [...xs].reverse().map((x, i) => ({
        [i % 2 === 0 ? 'at_least' : 'above']: x,
        points: Math.round((max * 100 * (xs.length - i)) / xs.length) / 100,
      })),
    },
  })),
  fc.tuple(ascending, hundredth(1, 5)).map(([xs, max]) => ({
    max,
    rule: {
      kind: 'linear',
      knots: xs.map((at, i) => ({ at, points: Math.round((max * 100 * i) / (xs.length - 1)) / 100 })),
    },
  })),
  fc
    .tuple(hundredth(0.01, 1), hundredth(1, 5), hundredth(0, 3))
    .map(([per_case, max, floor]) => ({ max, rule: { kind: 'penalty', per_case, floor: -floor } })),
  fc
    .tuple(hundredth(0.01, 1), hundredth(1, 5))
    .map(([per_item, max]) => ({ max, rule: { kind: 'count', per_item } })),
);
