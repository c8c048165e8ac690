import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { entryAt } from '../src/analysis/criterion.js';
import { gainOf, positionOf } from '../src/analysis/gain.js';
import { parseVariedMaximum, type Sensitivity, sensitivity, withMax } from '../src/analysis/sensitivity.js';
import {
  loadLeague,
  loadReading,
  parseLeague,
  placeInLeague,
  type Rivals,
  rivalsOfResult,
  score,
} from '../src/index.js';
import { nearestReaching } from '../src/rules/inverse.js';
import { evaluate, holds } from '../src/rules/line.js';
import { Fraction, fromNumber as f } from '../src/values/fraction.js';
import { roundToPoints } from '../src/values/points.js';
import { lineIn } from './rule-lines.js';
import { catalogueData, cchc, criterionWith, LEAGUE_2022, must, NHU_XUAN, withFiles } from './support.js';

describe('sensitivity of the letter', () => {
  let found: Sensitivity;
  let rivals: Rivals;
  let opened: Awaited<ReturnType<typeof open>>;
  const open = async () => must(await loadReading(NHU_XUAN));
  const lever = (id: string) => found.levers.find((l) => l.row.criterion.id === id)!;
  beforeAll(async () => {
    opened = await open();
    const { reading, catalogue } = opened;
    rivals = must(rivalsOfResult(must(await loadLeague(LEAGUE_2022)), score(reading, catalogue)));
    found = sensitivity(reading, catalogue, rivals);
  });

  it('recoverable points are what was lost, largest first, and add up to 12.3897', () => {
    const sizes = found.levers.map((l) => l.recoverable);
    expect(sizes.reduce((s, p) => s + p, 0)).toBe(123_897);
    expect(sizes).toEqual([...sizes].sort((p, q) => q - p));
    expect(found.owners[0]).toMatchObject({ owner: 'Phòng Nội vụ', recoverable: 30_000 });
  });

  it('places: of the group as placed, and a place costs as much as its model expects', () => {
    // A full point of 1.5 is 88.6103, 7.3.2 88.4145: the mean rank there against 21.
    const at = (points: number) => 21 - placeInLeague(rivals, f(points)).mean!;
    expect(lever('1.5').places).toBeCloseTo(at(88.6103), 9);
    expect(lever('7.3.2').places).toBeCloseTo(at(88.4145), 9);
    // 16.643% implied, 17.643 ÷ 85 = 0.2076 against 0.1958.
    expect(lever('7.3.2').marginal).toBe(118);
    // The least gain that is worth one place: a ten-thousandth less is not.
    const next = 87.6103 + found.nextPlace! / 10_000;
    expect(at(next)).toBeGreaterThanOrEqual(1);
    expect(at(next - 0.0001)).toBeLessThan(1);
    // Twenty rivals in the upper part of a group whose spread is about three points.
    expect(found.rank!.pointsPerPlace).toBeGreaterThan(0.2);
    expect(found.rank!.pointsPerPlace).toBeLessThan(0.45);
  });

  it('break-even: the least value that gains as much, or cannot', () => {
    // 0.1958 points stand; what rounds to as much as the next place needs is half a part less.
    const need = (1958 + found.nextPlace! - 0.5) / 10_000;
    expect(lever('7.3.2').breakEven).toMatchObject({ form: 'value' });
    expect((lever('7.3.2').breakEven as { value: Fraction }).value.valueOf()).toBeCloseTo(need * 85, 9);
    expect(lever('1.5').breakEven).toMatchObject({ form: 'value', value: new Fraction(2) });
    // And what-if says one place of it.
    const fix = new Map([['7.3.2', entryAt(lever('7.3.2').row, lever('7.3.2').breakEven!)!]]);
    expect(gainOf(positionOf(opened.reading, opened.catalogue, rivals), fix).places).toBeCloseTo(1, 3);
    // 3.5.1 lost 0.01, 5.4.2 lost 0.1: not even together.
    expect(lever('3.5.1').breakEven).toEqual({ form: 'cannot' });
    expect(found.pairs).toEqual([]);
  });

  it('an assumed maximum may vary; a stated one, or a wrong form, is refused with the reason', async () => {
    const { reading, catalogue } = opened;
    const open = parseVariedMaximum('7.3.2.max=1..2', reading, catalogue);
    if ('code' in open) throw new Error(open.code);
    const varied = sensitivity(reading, catalogue, null, [open]).levers.find(
      (l) => l.row.criterion.id === '7.3.2',
    )!;
    expect(varied.range).toMatchObject({ from: { recoverable: 8042 }, to: { recoverable: 8042 } });
    const rivals = must(rivalsOfResult(must(await loadLeague(LEAGUE_2022)), score(reading, catalogue)));
    const ranked = sensitivity(reading, catalogue, rivals, [open]).levers.find(
      (l) => l.row.criterion.id === '7.3.2',
    )!;
    // At a maximum of 2 the loss leaves 1.1958 of 2.
    const place = found.nextPlace! / 10_000;
    const value = (end: unknown) => (end as { value: Fraction }).value.valueOf();
    expect(value(ranked.range!.from.breakEven)).toBeCloseTo((0.1958 + place - 0.00005) * 85, 9);
    expect(value(ranked.range!.to.breakEven)).toBeCloseTo(((1.1958 + place - 0.00005) / 2) * 85, 9);
    // One percentage point more of 7.3.2 is 0.0118 points: the mean rank at 87.6221 against 21.
    expect(ranked.marginalPlaces).toBeCloseTo(21 - placeInLeague(rivals, f(87.6221)).mean!, 9);
    const two = withMax(catalogue, '7.3.2', f(2));
    expect(score(reading, two).total).toMatchObject({ score: 876_103, applicableMax: 1_000_000 });
    expect(parseVariedMaximum('7.3.2.max=2', reading, catalogue)).toMatchObject({ code: 'bad-assumption' });
    // The listed maxima are 24.25 of 100: 7.3.2 may take the 75.75 of those not listed beside its own 1.
    expect(parseVariedMaximum('7.3.2.max=1..76.75', reading, catalogue)).toMatchObject({ id: '7.3.2' });
    expect(parseVariedMaximum('7.3.2.max=1..76.76', reading, catalogue)).toMatchObject({
      code: 'assumption-over-rest',
    });
    expect(parseVariedMaximum('9.9.max=1..2', reading, catalogue)).toMatchObject({
      code: 'unknown-criterion',
    });
    const stated = {
      ...catalogue,
      criteria: catalogue.criteria.map((c) => ({
        ...c,
        maxProvenance: { kind: 'stated' as const, source: 'letter' },
      })),
    };
    expect(parseVariedMaximum('7.3.2.max=1..2', reading, stated)).toMatchObject({
      code: 'assumption-not-open',
    });
  });

  it('on the command line', async () => {
    const ran = await cchc(['sensitivity', NHU_XUAN, '--league', LEAGUE_2022, '--format', 'json']);
    expect(JSON.parse(ran.stdout)).toMatchObject({
      schema: 'cchc/sensitivity@1',
      nextPlace: found.nextPlace! / 10_000,
      pairs: [],
    });
    expect((await cchc(['sensitivity', NHU_XUAN, '--assume', 'x'])).code).toBe(2);
    const twice = ['--assume', '7.3.2.max=1..2', '--assume', '7.3.2.max=1..3'];
    const refused = await cchc(['sensitivity', NHU_XUAN, ...twice]);
    expect([refused.code, refused.stderr.includes('duplicate-key')]).toEqual([2, true]);
  });
});

describe('a full league', () => {
  it('the next place is past the next printed score', async () => {
    const { reading, catalogue } = must(await loadReading(NHU_XUAN));
    const units = [
      { unit: 'A', score: 88 },
      { unit: 'B', score: 80 },
      { unit: 'Huyện Như Xuân', score: 87.61 },
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

describe('under a weight', () => {
  it('what passes the next unit is told in points of the score, as what-if has it', async () => {
    const scheme = {
      ...catalogueData({ kind: 'proportional', target: 100 }, 10, 5),
      fields: [{ id: 'F', name: 'F', weight: 0.5 }],
    };
    const league = {
      name: 'L',
      year: 2022,
      decimals: 2,
      scale: 5,
      size: 2,
      units: [{ unit: 'B', score: 3 }],
    };
    const files = {
      'c.yaml': JSON.stringify(scheme),
      'r.yaml': 'unit: U\nyear: 2022\ncatalogue: ./c.yaml\nindicators: {T1: 50%}\n',
      'l.yaml': JSON.stringify(league),
    };
    await withFiles(files, async (folder) => {
      const run = async (...args: string[]) =>
        JSON.parse((await cchc([...args, '--league', `${folder}/l.yaml`, '--format', 'json'])).stdout);
      // 50% earns 5 of 10, half of which is 2.5. Printed above 3 is 3.005, which is rounded up from 3.00495, half of
      // 6.0099, to which 6.00985 is rounded up.
      const [row] = (await run('sensitivity', `${folder}/r.yaml`)).criteria;
      expect(row.breakEven).toBe(60.0985);
      const worstAt = async (value: string) =>
        (await run('whatif', `${folder}/r.yaml`, '--set', `T1=${value}`)).scenarios[0].result.rank.worst;
      expect([await worstAt('60.0985%'), await worstAt('60.0984%')]).toEqual([1, 2]);
    });
  });

  it('of a criterion of several values it is not said that it cannot reach the next place: one of them may do', async () => {
    const part = (input: string) => ({
      input,
      name: input,
      max: 5,
      rule: { kind: 'proportional', target: 100 },
    });
    const scheme = {
      ...catalogueData({ kind: 'sum', parts: [part('a'), part('b')] }, 10, 5),
      fields: [{ id: 'F', name: 'F', weight: 0.5 }],
    };
    const files = {
      'c.yaml': JSON.stringify(scheme),
      'r.yaml': 'unit: U\nyear: 2022\ncatalogue: ./c.yaml\nindicators: {T1: {values: {a: 50%, b: 50%}}}\n',
      'l.yaml': JSON.stringify({
        name: 'L',
        year: 2022,
        scale: 5,
        size: 2,
        units: [{ unit: 'B', score: 3 }],
      }),
    };
    await withFiles(files, async (folder) => {
      const args = ['sensitivity', `${folder}/r.yaml`, '--league', `${folder}/l.yaml`, '--format', 'json'];
      // 2.5 of 5, and 5 with both at 100%; a at 75% is 3.125, above 3.
      const [row] = JSON.parse((await cchc(args)).stdout).criteria;
      expect([row.recoverable, row.breakEven]).toEqual([2.5, null]);
    });
  });
});
