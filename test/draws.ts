// Random rules and entries, each by the number of its case.

export const ASSUMED = { provenance: 'assumed', reason: 'test' };

/** A seeded stream (mulberry32), so that a failing case is named by its number. */
export class Draw {
  constructor(private state: number) {}
  next(): number {
    this.state = (this.state + 0x6d2b79f5) | 0;
    let t = Math.imul(this.state ^ (this.state >>> 15), 1 | this.state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  }
  whole = (low: number, high: number) => low + Math.floor(this.next() * (high - low + 1));
  hundredth = (low: number, high: number) => this.whole(low * 100, high * 100) / 100;
  chance = (p: number) => this.next() < p;
  of = <T>(items: readonly T[]): T => items[this.whole(0, items.length - 1)]!;
}

export interface Drawn {
  rule: object;
  /** The data of an entry with a value. */
  entry: () => object;
}

const percent = (d: Draw) => (): object => {
  if (d.chance(0.5)) return { value: `${d.hundredth(0, 100)}%` };
  const total = d.whole(1, 400);
  return { done: d.whole(0, total), total };
};
export const count = (d: Draw) => (): object => ({ value: d.whole(0, 6) });

/** A random rule of every kind, worth `max` at most, and values for it. */
export const KINDS: Record<string, (d: Draw, max: number) => Drawn> = {
  steps: (d, max) => {
    const [low, high] = [d.whole(1, 50), d.whole(51, 100)];
    const less = d.chance(0.3);
    const tiers = less
      ? [
          { at_most: low, points: 'max' },
          { below: high, points: max / 2 },
        ]
      : [
          { at_least: high, points: 'max' },
          { above: low, points: d.chance(0.5) ? max / 2 : { from: 0, to: max / 2 } },
        ];
    return { rule: { kind: 'steps', tiers }, entry: percent(d) };
  },
  proportional: (d, max) => {
    const target = d.hundredth(10, 100);
    const floor = d.chance(0.3) ? { floor: target / 2 } : {};
    const none = d.chance(0.3) ? { when_none: d.of(['max', 'not_applicable', max / 2]) } : {};
    const rule = { kind: 'proportional', target, ...floor, ...none };
    const value = percent(d);
    return { rule, entry: () => ('when_none' in none && d.chance(0.2) ? { done: 0, total: 0 } : value()) };
  },
  linear: (d, max) => {
    const knots = [
      { at: d.whole(0, 30), points: 0 },
      { at: d.whole(31, 60), points: max / 4 },
      { at: d.whole(61, 100), points: 'max' },
    ];
    return { rule: { kind: 'linear', knots }, entry: percent(d) };
  },
  count: (d, max) => {
    const tiers = [
      { at_least: d.whole(3, 5), points: 'max' },
      { at_least: 2, points: max / 2 },
    ];
    const each = { per_item: max / d.whole(1, 4), ...(d.chance(0.3) && { per: 2 }) };
    return { rule: { kind: 'count', ...(d.chance(0.5) ? { tiers } : each) }, entry: count(d) };
  },
  penalty: (d, max) => {
    const rule = { kind: 'penalty', per_case: d.hundredth(0.1, 1), floor: d.chance(0.3) ? -max : 0 };
    return { rule, entry: count(d) };
  },
  levels: (d, max) => {
    const levels = [
      { level: 'Tốt', points: 'max' },
      { level: 'Khá', points: max / 2 },
      { level: 'Kém', points: d.chance(0.3) ? -max / 4 : 0 },
    ];
    return { rule: { kind: 'levels', levels }, entry: () => ({ value: d.of(levels).level }) };
  },
  yes_no: (d) => ({ rule: { kind: 'yes_no' }, entry: () => ({ value: d.of(['Có', 'Không']) }) }),
  weighted_share: (d) => ({
    rule: {
      kind: 'weighted_share',
      total: 'cases',
      parts: [
        { key: 'a', name: 'a', weight: 1 },
        { key: 'b', name: 'b', weight: 0.5 },
      ],
    },
    entry: () => ({ total: 20, parts: { a: d.whole(0, 10), b: d.whole(0, 10) } }),
  }),
  leader_relative: (d) => ({
    rule: { kind: 'leader_relative', at_target: 0.5 },
    entry: () => ({ value: d.whole(0, 300), target: 100, leader: 200 }),
  }),
  sum: (d, max) => ({
    rule: {
      kind: 'sum',
      floor: 0,
      parts: [
        { input: 'a', name: 'a', max, rule: KINDS.proportional!(d, max).rule },
        { input: 'b', name: 'b', rule: { kind: 'penalty', start: 0, per_case: max / 8, floor: -max } },
      ],
    },
    entry: () => ({ values: { a: d.whole(0, 100), b: d.whole(0, 4) } }),
  }),
  min: (d, max) => ({
    rule: {
      kind: 'min',
      parts: [
        { input: 'a', name: 'a', rule: { kind: 'proportional', target: d.whole(20, 100) } },
        { input: 'b', name: 'b', rule: KINDS.levels!(d, max).rule },
      ],
    },
    entry: () => ({ values: { a: d.whole(0, 100), b: d.of(['Tốt', 'Khá', 'Kém']) } }),
  }),
  todo: () => ({ rule: { kind: 'todo', words: 'Điểm = …' }, entry: () => ({ appraised: 0 }) }),
};

/** An entry in a random state: unknown (null), not applicable, exempt, a published loss, or a value. */
export const entryOf = (d: Draw, max: number, drawn: Drawn, exemption: boolean): object | null => {
  const state = d.whole(0, 11);
  if (state === 0) return null;
  if (state === 1) return { not_applicable: true };
  if (state === 2 && exemption) return { exempt: 'QĐ 1' };
  if (state <= 5) return { deducted: d.hundredth(0, max) };
  return drawn.entry();
};
