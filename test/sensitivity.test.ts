import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { parseAssumption, type Sensitivity, sensitivity, withMax } from '../src/analysis/sensitivity.js';
import { Fraction, fromNumber as f } from '../src/exact/fraction.js';
import { roundToPoints } from '../src/exact/points.js';
import { loadLeague, loadReading, parseLeague, rivalsOfResult, score } from '../src/index.js';
import { evaluate, holds } from '../src/rules/line.js';
import { nearestReaching } from '../src/rules/reach.js';
import { lineIn } from './rule-lines.js';
import { cchc, criterionWith, LEAGUE_2022, must, NHU_XUAN } from './support.js';

describe('sensitivity of the letter', () => {
  let found: Sensitivity;
  let opened: Awaited<ReturnType<typeof open>>;
  const open = async () => must(await loadReading(NHU_XUAN));
  const lever = (id: string) => found.levers.find((l) => l.row.criterion.id === id)!;
  beforeAll(async () => {
    opened = await open();
    const { reading, catalogue } = opened;
    const rivals = must(rivalsOfResult(must(await loadLeague(LEAGUE_2022)), score(reading, catalogue)));
    found = sensitivity(reading, catalogue, rivals);
  });

  it('recoverable points are what was lost, largest first, and add up to 12.3897', () => {
    const sizes = found.levers.map((l) => l.recoverable);
    expect(sizes.reduce((s, p) => s + p, 0)).toBe(123_897);
    expect(sizes).toEqual([...sizes].sort((p, q) => q - p));
    expect(found.owners[0]).toMatchObject({ owner: 'Phòng Nội vụ', recoverable: 30_000 });
  });

  it('places: 20 rivals over 12.3897 points, so 1 point is 1.6142 places', () => {
    expect(lever('1.5').places).toBeCloseTo(20 / 12.3897, 9);
    expect(lever('7.3.2').places).toBeCloseTo((20 * 0.8042) / 12.3897, 9);
    expect(lever('7.3.2').marginal?.equals(new Fraction(1, 85))).toBe(true);
    // One place on average: 12.3897 ÷ 20 = 0.619485, so 0.6195 at four decimals.
    expect(found.nextPlace).toBe(6195);
  });

  it('break-even: the least value that gains as much, or cannot', () => {
    // 0.1958 + 0.6195 = 0.8153 points; 0.81525 × 85 = 69.29625 rounds to it, and nothing less does.
    expect(lever('7.3.2').breakEven).toMatchObject({ form: 'value' });
    expect((lever('7.3.2').breakEven as { value: Fraction }).value.equals('69.29625')).toBe(true);
    expect(lever('1.5').breakEven).toMatchObject({ form: 'value', value: new Fraction(2) });
    expect(lever('3.5.1').breakEven).toEqual({ form: 'cannot' });
    // 3.6.1 and 7.6.1 lost 0.5 each: neither reaches 0.6195 alone; with 5.4.2 (0.1) or 3.5.1 (0.01) they fall short.
    expect(found.pairs).toEqual([['3.6.1', '7.6.1']]);
  });

  it('an assumed maximum may vary; a stated one, or a wrong form, is refused with the reason', async () => {
    const { reading, catalogue } = opened;
    const open = parseAssumption('7.3.2.max=1..2', catalogue);
    if ('code' in open) throw new Error(open.code);
    const varied = sensitivity(reading, catalogue, null, [open]).levers.find(
      (l) => l.row.criterion.id === '7.3.2',
    )!;
    expect(varied.range).toMatchObject({ from: { recoverable: 8042 }, to: { recoverable: 8042 } });
    const rivals = must(rivalsOfResult(must(await loadLeague(LEAGUE_2022)), score(reading, catalogue)));
    const ranked = sensitivity(reading, catalogue, rivals, [open]).levers.find(
      (l) => l.row.criterion.id === '7.3.2',
    )!;
    // At a maximum of 2 the loss leaves 1.1958; 1.1958 + 0.6195 = 1.8153 points, from 1.81525 ÷ 2 × 85 = 77.148125%.
    expect(ranked.range!.from.breakEven).toMatchObject({ value: f(69.29625) });
    expect(ranked.range!.to.breakEven).toMatchObject({ value: f(77.148125) });
    // 1 ÷ 85 points per point of 7.3.2, at 20 places over 12.3897 points.
    expect(ranked.marginalPlaces).toBeCloseTo(20 / 12.3897 / 85, 9);
    const two = withMax(catalogue, '7.3.2', f(2));
    expect(score(reading, two).total).toMatchObject({ score: 876_103, applicableMax: 1_000_000 });
    expect(parseAssumption('7.3.2.max=2', catalogue)).toMatchObject({ code: 'bad-assumption' });
    expect(parseAssumption('9.9.max=1..2', catalogue)).toMatchObject({ code: 'unknown-criterion' });
    const stated = {
      ...catalogue,
      criteria: catalogue.criteria.map((c) => ({
        ...c,
        maxProvenance: { kind: 'stated' as const, source: 'letter' },
      })),
    };
    expect(parseAssumption('7.3.2.max=1..2', stated)).toMatchObject({ code: 'assumption-not-open' });
  });

  it('on the command line', async () => {
    const ran = await cchc(['sensitivity', NHU_XUAN, '--league', LEAGUE_2022, '--format', 'json']);
    expect(JSON.parse(ran.stdout)).toMatchObject({
      schema: 'cchc/sensitivity@1',
      nextPlace: 0.6195,
      pairs: [['3.6.1', '7.6.1']],
    });
    expect((await cchc(['sensitivity', NHU_XUAN, '--assume', 'x'])).code).toBe(2);
  });
});

describe('a full league', () => {
  it('the next place is past the next printed score', async () => {
    const { reading, catalogue } = must(await loadReading(NHU_XUAN));
    const units = [
      { unit: 'A', score: 88 },
      { unit: 'B', score: 80 },
      { unit: 'Như Xuân', score: 87.61 },
    ];
    const league = must(parseLeague({ name: 'x', year: 2022, size: 3, decimals: 2, units }));
    const rivals = must(rivalsOfResult(league, score(reading, catalogue)));
    // 88.005 prints as 88.01, above 88.00: 88.005 − 87.6103 = 0.3947.
    expect(sensitivity(reading, catalogue, rivals).nextPlace).toBe(3947);
  });
});

describe('nearestReaching', () => {
  it('reaches the points, and nothing nearer does (against a fine grid)', () => {
    const hundredth = (min: number, max: number) =>
      fc.integer({ min: min * 100, max: max * 100 }).map((n) => n / 100);
    const rules = fc.oneof(
      hundredth(1, 100).map((target) => ({ kind: 'proportional', target })),
      fc.tuple(hundredth(1, 50), hundredth(51, 100)).map(([p, q]) => ({
        kind: 'steps',
        tiers: [
          { at_least: q, points: 'max' },
          { above: p, points: 0.5 },
        ],
      })),
    );
    fc.assert(
      fc.property(rules, hundredth(0, 100), fc.integer({ min: 0, max: 10_000 }), (rule, from, wanted) => {
        const input = lineIn(criterionWith(rule, 1).compiled);
        const earned = (x: Fraction) => roundToPoints(evaluate(input.line, x), 4);
        const got = nearestReaching(input.line, f(from), wanted, 4, input.range, false);
        const grid = Array.from({ length: 1001 }, (_, i) => f(i / 10)).filter((x) => earned(x) >= wanted);
        if (!got) return void expect(grid).toEqual([]);
        expect(earned(got)).toBeGreaterThanOrEqual(wanted);
        expect(holds(input.range, got)).toBe(true);
        const distance = got.sub(f(from)).abs().sub(new Fraction(1, 1_000_000));
        for (const x of grid) expect(x.sub(f(from)).abs().compare(distance)).toBeGreaterThanOrEqual(0);
      }),
    );
  });
});
