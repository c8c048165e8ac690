import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  fromNumber as f,
  loadLeague,
  movedRivals,
  parseLeague,
  placeInLeague,
  rivalsOf,
} from '../src/index.js';
import { backtest, crps, goodnessOf } from '../src/ranking/backtest.js';
import { fitGroup, KEEPS, type Observations, partBetween, sumVariance } from '../src/ranking/fit.js';
import { sameYear } from '../src/ranking/group.js';
import type { League } from '../src/ranking/league.js';
import { groupPicture } from '../src/ranking/place.js';
import {
  changeBetween,
  family,
  momentsOf,
  movingOf,
  priorOf,
  REFERENCE,
  scoresOf,
  shapesOf,
} from '../src/ranking/prior.js';
import { chanceOfRank } from '../src/ranking/ranks.js';
import { mirrored, normalMixture, normalShare, sinhArcsinh } from '../src/ranking/shape.js';
import { cchc, DEPARTMENTS, fixture, must, NHU_XUAN, withFiles } from './support.js';

const pci = async (year: number) => must(await loadLeague(fixture(`leagues/pci-${year}.yaml`)));
const league = (data: object): League => must(parseLeague({ name: 'x', year: 2022, ...data }));

/** The first three, the last, and nobody else. */
const printed = (whole: League): League => ({
  ...whole,
  units: whole.units.filter((u) => u.rank! <= 3 || u.rank === whole.size),
});

/** Random numbers of a seed (mulberry32). */
function random(seed: number) {
  let a = seed;
  return () => {
    a = (a + 0x6d2b79f5) | 0;
    let t = Math.imul(a ^ (a >>> 15), 1 | a);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

describe('shapes of a group', () => {
  it('the normal share, by tables: 0.5, 0.8413447461, 0.9772498681, 0.9986501020', () => {
    expect(normalShare(0)).toBeCloseTo(0.5, 14);
    expect(normalShare(1)).toBeCloseTo(0.8413447460685429, 13);
    expect(normalShare(-2)).toBeCloseTo(0.0227501319481792, 13);
    expect(normalShare(3)).toBeCloseTo(0.9986501019683699, 13);
    expect(normalShare(-8)).toBeCloseTo(6.2209605742718e-16, 22);
  });

  it('each is standardised, and its tables agree with its density', () => {
    for (const shape of family()) {
      let [mass, mean, square] = [0, 0, 0];
      const h = 1 / 512;
      for (let t = -8; t <= 8; t += h) {
        const w = Math.exp(shape.logDensity(t)) * h;
        mass += w;
        mean += w * t;
        square += w * t * t;
      }
      expect(mass).toBeCloseTo(1, 3);
      expect(mean).toBeCloseTo(0, 3);
      expect(square).toBeCloseTo(1, 2);
      expect(shape.cdf(8)).toBeCloseTo(1, 4);
      expect(shape.first(8)).toBeCloseTo(0, 3);
    }
  });

  it('lean is a skew of its sign; no lean and tail 1 is the normal', () => {
    expect(sinhArcsinh(0.3, 1).skew).toBeGreaterThan(0.3);
    expect(sinhArcsinh(-0.3, 1).skew).toBeCloseTo(-sinhArcsinh(0.3, 1).skew, 9);
    for (const t of [-2.3, -0.7, 0.31, 1.9]) expect(sinhArcsinh(0, 1).cdf(t)).toBeCloseTo(normalShare(t), 7);
    const [leaning, other] = [mirrored(sinhArcsinh(0.3, 0.85)), sinhArcsinh(-0.3, 0.85)];
    for (const t of [-2.3, -0.7, 0.31, 1.9])
      for (const of of ['cdf', 'logDensity', 'first', 'second'] as const)
        expect(leaning[of](t)).toBeCloseTo(other[of](t), 5);
    expect(normalMixture([-1, 1], 0.5).cdf(0)).toBeCloseTo(0.5, 9);
  });
});

describe('the prior', () => {
  it('is learned from the leagues that are shipped, each row worked out again', async () => {
    const ids = REFERENCE.leagues.map((l) => l.league);
    const leagues = await Promise.all(
      ids.map(async (id) => ({ id, league: must(await loadLeague(fixture(`leagues/${id}.yaml`))) })),
    );
    const series = (id: string) => id.replace(/-\d{4}$/, '');
    const short = (x: number) => Number(x.toFixed(4));
    const told = leagues.map(({ id, league }) => {
      const { units, spread, skew } = momentsOf([...scoresOf(league).values()]);
      return { league: id, series: series(id), units, spread: short(spread), skew: short(skew) };
    });
    const changes = leagues.flatMap(({ id, league }) => {
      const before = leagues.find((l) => series(l.id) === series(id) && l.league.year === league.year - 1);
      if (!before) return [];
      const { units, drift, change } = changeBetween(scoresOf(before.league), scoresOf(league))!;
      const years = { from: league.year - 1, to: league.year };
      return [{ series: series(id), ...years, units, drift: short(drift), change: short(change) }];
    });
    expect({ leagues: told, changes }).toEqual(REFERENCE);
  });

  it('five years of one index weigh as one: the centre is the mean of four logarithms', () => {
    const log = Math.log;
    const spreads = [4.1457, 3.48, 3.2404, 3.1421, 2.928].map(log);
    const series = spreads.reduce((s, x) => s + x, 0) / 5;
    const { logSpread } = priorOf(REFERENCE, [], { centre: 0, sd: 1 });
    expect(logSpread.centre).toBeCloseTo((series + log(3.4342) + log(1.8) + log(4.1)) / 4, 12);
  });

  it('the ends that are seen hold nine leagues of ten: 1.645 standard deviations to either side', () => {
    const { logSpread } = priorOf(REFERENCE, [], { centre: 0, sd: 1 });
    expect(2 * 1.645 * logSpread.sd).toBeCloseTo(Math.log(4.1 / 1.8), 12);
  });

  it('a shape that leans is less likely by the size of skew, less what 63 or 20 units of a normal show by chance', () => {
    // Squares of the skews: 0.202646 in five years of PCI, less 366 ÷ 4,224; 0.685087 in departments, less 108 ÷ 483.
    const pci = (0.3086 ** 2 + 0.1162 ** 2 + 0.0383 ** 2 + 0.1746 ** 2 + 0.9341 ** 2) / 5 - 366 / 4224;
    const departments = 0.8277 ** 2 - 108 / 483;
    const size = Math.sqrt((pci + departments) / 2 / 2);
    const weights = shapesOf(REFERENCE);
    expect(weights.reduce((sum, w) => sum + w.weight, 0)).toBeCloseTo(1, 12);
    for (const { shape, weight } of weights)
      expect(weight / weights[0]!.weight).toBeCloseTo(Math.exp(-Math.abs(shape.skew) / size), 9);
    // As likely to either side.
    const skews = weights.map((w) => w.shape.skew);
    expect(skews.reduce((sum, x) => sum + x, 0)).toBeCloseTo(0, 9);
  });

  it("an office's own years weigh more: the spread follows them, the drift is shrunk towards none", () => {
    const past = [{ years: 1, mean: { centre: 85, sd: 0 }, logSpread: { centre: Math.log(1.5), sd: 0.09 } }];
    const { logSpread, mean } = priorOf(REFERENCE, past, { centre: 0.5, sd: 0.8 });
    expect(Math.exp(logSpread.centre)).toBeGreaterThan(1.5);
    expect(Math.exp(logSpread.centre)).toBeLessThan(1.8);
    expect(mean).toEqual({ centre: 85.5, sd: 0.8 });
    // One year of +2 beside three of nothing: 0.5.
    expect(movingOf(REFERENCE, [{ drift: 2, change: 0.8, years: 1 }]).drift.centre).toBe(0.5);
  });
});

describe('a partly known group', () => {
  const observed: Observations = {
    scores: [92.15, 91.92, 91.46, 86.09, 88].map((at) => ({ at, before: null })),
    gaps: [{ lo: 86.09, hi: 91.46, units: 22 }],
    sum: null,
  };
  const prior = priorOf(REFERENCE, [], { centre: 0, sd: 1 });

  it('agrees with simulation from the same parameters, by the urn that makes it beta-binomial', () => {
    const nodes = fitGroup(observed, prior);
    const model = sameYear(observed, nodes);
    const counts = model.chances([{ kind: 0, level: 89, units: 22 }]);
    const expected = counts.reduce((sum, p, k) => sum + p * k, 0);
    const draw = random(7);
    const draws = 20_000;
    let [sum, square] = [0, 0];
    for (let i = 0; i < draws; i++) {
      let u = draw();
      let node = nodes[0]!;
      for (const n of nodes) {
        node = n;
        u -= n.weight;
        if (u <= 0) break;
      }
      const share = (x: number) => node.shape.cdf((x - node.mean) / node.spread);
      const mass = share(91.46) - share(86.09);
      const above = share(91.46) - share(89);
      // A new unit is like the shape, or like one of those before it (as many of the shape as it keeps to, to one).
      let count = 0;
      for (let k = 0; k < 22; k++) {
        const old = draw() * (KEEPS * mass + k);
        if (old < k ? old < count : draw() * mass < above) count++;
      }
      sum += count;
      square += count * count;
    }
    const sd = Math.sqrt(square / draws - (sum / draws) ** 2);
    expect(Math.abs(sum / draws - expected)).toBeLessThan((4 * sd) / Math.sqrt(draws));
    const variance = counts.reduce((s, p, k) => s + p * (k - expected) ** 2, 0);
    expect(Math.abs(sd / Math.sqrt(variance) - 1)).toBeLessThan(0.05);
  });

  it('the sum of units that keep to a shape only so closely varies as the urn says', () => {
    const node = { weight: 1, mean: 88, spread: 3, shape: sinhArcsinh(0, 1) };
    const part = partBetween(node, 85, 91);
    const units = 20;
    const draw = random(11);
    const draws = 20_000;
    let [total, square] = [0, 0];
    for (let i = 0; i < draws; i++) {
      const urn: number[] = [];
      for (let k = 0; k < units; k++) {
        if (draw() * (KEEPS * part.mass + k) < k) urn.push(urn[Math.floor(draw() * k)]!);
        else
          for (;;) {
            const x = 88 + 3 * Math.sqrt(-2 * Math.log(1 - draw())) * Math.cos(2 * Math.PI * draw());
            if (x < 85 || x > 91) continue;
            urn.push(x);
            break;
          }
      }
      const sum = urn.reduce((s, x) => s + x, 0);
      total += sum;
      square += sum * sum;
    }
    const variance = square / draws - (total / draws) ** 2;
    expect(Math.abs(variance / sumVariance(part, units) - 1)).toBeLessThan(0.04);
  });

  it('a mean that is given pulls the group to it', async () => {
    const whole = await pci(2015);
    const at = (mean: number | null) => {
      const group = {
        ...printed(whole),
        mean: mean === null ? null : { value: f(mean), provenance: 'stated' as const },
      };
      return placeInLeague(must(rivalsOf(group, 'Thanh Hóa', f(60.7418))), f(60.7418)).mean!;
    };
    expect(at(57)).toBeLessThan(at(58.32));
    expect(at(58.32)).toBeLessThan(at(60));
  });

  it('counts and a median bound the rank for certain', () => {
    const units = [{ unit: 'A', rank: 1, score: 95 }];
    const group = must(
      rivalsOf(
        league({
          size: 21,
          units,
          counts: [
            { at_least: 90, units: 5 },
            { at_least: 80, units: 18 },
          ],
        }),
        'Me',
        f(85),
      ),
    );
    // Five have 90 or more and three less than 80: 6 to 18.
    expect(placeInLeague(group, f(85))).toMatchObject({ best: 6, worst: 18 });
    expect(placeInLeague(group, f(91))).toMatchObject({ best: 2, worst: 6 });
    // At a band's foot the four beside A may be level, and are not above then.
    expect(placeInLeague(group, f(90))).toMatchObject({ best: 2, worst: 6 });
    const halved = must(rivalsOf(league({ size: 20, units, median: 85 }), 'Me', f(88)));
    expect(placeInLeague(halved, f(88))).toMatchObject({ best: 2, worst: 10 });
    // Of 21 the eleventh stands at the median itself: nine others are above it, ten below.
    const odd = must(rivalsOf(league({ size: 21, units, median: 85 }), 'Me', f(88)));
    expect(placeInLeague(odd, f(88))).toMatchObject({ best: 2, worst: 10 });
    expect(placeInLeague(odd, f(85))).toMatchObject({ best: 10, worst: 10 });
    expect(placeInLeague(odd, f(84.99))).toMatchObject({ best: 11, worst: 21 });
    // It may be this unit, or one whose score is known finer than the median is printed.
    const middle = must(rivalsOf(league({ size: 21, units, median: 85 }), 'Me', f(85)));
    expect(placeInLeague(middle, f(88))).toMatchObject({ best: 2, worst: 11 });
    expect(placeInLeague(middle, f(84))).toMatchObject({ best: 11, worst: 21 });
    const scored = [...units, { unit: 'B', score: 85.3 }];
    const finer = must(rivalsOf(league({ size: 21, units: scored, median: 85 }), 'Me', f(88)));
    expect(placeInLeague(finer, f(85.2))).toMatchObject({ best: 11, worst: 21 });
    expect(placeInLeague(finer, f(85.4))).toMatchObject({ best: 2, worst: 10 });
  });

  it('at the median of an even number the upper half may be level: no one stands between the two middle ones', () => {
    const even = must(rivalsOf(league({ size: 10, median: 85 }), 'Me', f(85)));
    // With 85 among them the two middle ones are both 85, so that one of the upper five at least is no better.
    expect(placeInLeague(even, f(85))).toMatchObject({ rank: null, best: 1, worst: 6 });
    expect(placeInLeague(even, f(84.99))).toMatchObject({ best: 6 });
  });

  it('nothing known of where the group is: a guaranteed range, and no distribution', () => {
    const bare = must(rivalsOf(league({ size: 9, units: [{ unit: 'Me', rank: 3 }] }), 'Me', null));
    expect(placeInLeague(bare, f(80))).toMatchObject({
      method: 'bounds',
      best: 1,
      worst: 9,
      distribution: null,
    });
    expect(bare.assumptions).toEqual(['nothing-to-go-by']);
  });

  it('where rows are hidden every tie rule but min says that they share no rank', () => {
    const toldUnder = (ties: string, size: number) => {
      const units = [
        { unit: 'A', score: 90 },
        { unit: 'Me', score: 80 },
      ];
      return must(rivalsOf(league({ size, ties, units }), 'Me', f(80))).assumptions.includes(
        'hidden-unshared',
      );
    };
    expect(['min', 'max', 'dense', 'order'].map((ties) => toldUnder(ties, 3))).toEqual([
      false,
      true,
      true,
      true,
    ]);
    expect(toldUnder('max', 2)).toBe(false);
  });

  it('counts that leave all units anywhere say nothing; one who only looks takes nobody’s place', () => {
    const seen = (counts: object[]) => must(rivalsOf(league({ size: 10, counts }), null, null));
    // Ten of ten reached 0, or none 100: anywhere.
    for (const counts of [[{ at_least: 0, units: 10 }], [{ at_least: 100, units: 0 }]]) {
      const { model, assumptions } = seen(counts);
      expect([model, assumptions]).toEqual([null, ['nothing-to-go-by']]);
    }
    // Eight of the ten are at 90 or above: one more at 89.99 is behind them, and no more than two are below it.
    const rank = placeInLeague(seen([{ at_least: 90, units: 8 }]), f(89.99));
    expect(rank).toMatchObject({ best: 9, worst: 11, size: 11 });
  });
});

describe('properties of the model', () => {
  const some = fc.uniqueArray(
    fc.integer({ min: 5000, max: 9500 }).map((n) => n / 100),
    { minLength: 2, maxLength: 8 },
  );
  const score = fc.integer({ min: 4000, max: 9999 }).map((n) => n / 100);

  it('adds up to 1, stays within the guaranteed range, and no score more is worse', () => {
    fc.assert(
      fc.property(some, fc.integer({ min: 1, max: 30 }), score, score, (scores, hiddenUnits, p, q) => {
        const units = scores.map((s, i) => ({ unit: `U${i}`, score: s }));
        const group = must(rivalsOf(league({ size: scores.length + hiddenUnits + 1, units }), 'Me', f(70)));
        const [low, high] = [Math.min(p, q), Math.max(p, q)].map((s) => placeInLeague(group, f(s)));
        for (const rank of [low!, high!]) {
          const { distribution, best, worst } = rank;
          expect(distribution!.reduce((sum, d) => sum + d.probability, 0)).toBeCloseTo(1, 9);
          for (const d of distribution!) {
            expect(d.rank).toBeGreaterThanOrEqual(best);
            expect(d.rank).toBeLessThanOrEqual(worst);
          }
        }
        // At every rank, the higher score is at least as likely to be that good.
        let [a, b] = [0, 0];
        for (let r = 1; r <= low!.size; r++) {
          a += low!.distribution!.find((d) => d.rank === r)?.probability ?? 0;
          b += high!.distribution!.find((d) => d.rank === r)?.probability ?? 0;
          expect(b).toBeGreaterThanOrEqual(a - 1e-9);
        }
      }),
      { numRuns: 40 },
    );
  });
});

describe('the curve of the rank', () => {
  it('read straight between its points is the rank, beside known scores too', async () => {
    const whole = must(await loadLeague(fixture('leagues/thanh-hoa-districts-2023.yaml')));
    const group = must(rivalsOf(whole, 'Huyện Như Xuân', f(87.6103)));
    const points = groupPicture(group)!;
    for (const at of [86.05, 86.0849, 86.1, 88.8, 91.4, 91.47, 91.9, 91.914, 91.92, 91.977, 92.14, 92.16]) {
      const i = points.findIndex((p) => p.score >= at);
      const [low, high] = [points[i - 1]!, points[i]!];
      const mean = low.mean + ((high.mean - low.mean) * (at - low.score)) / (high.score - low.score);
      expect(Math.abs(mean - placeInLeague(group, f(at)).mean!)).toBeLessThan(0.05);
    }
  });
});

describe('a later year', () => {
  it("last year's whole league is no certainty: a range, and a median that moves with the score", async () => {
    const group = must(rivalsOf(await pci(2014), 'Thanh Hóa', null, 2015));
    const at = (x: number) => placeInLeague(group, f(x));
    expect(at(60)).toMatchObject({ best: 1, worst: 63, method: 'later_year', model: { name: 'later-year' } });
    const [low, high] = at(60).interval90!;
    expect(high - low).toBeGreaterThan(8);
    expect(at(62).median).toBeLessThan(at(60).median!);
    expect(at(100)).toMatchObject({ best: 1, worst: 1 });
    expect(group.assumptions).toEqual(['later-year']);
  });

  it('moves made by hand are of the league as it was printed', async () => {
    const group = must(rivalsOf(await pci(2014), 'Thanh Hóa', null, 2015));
    const same = must(rivalsOf(await pci(2014), 'Thanh Hóa', null));
    const up = { all: f(1), units: new Map() };
    expect(placeInLeague(movedRivals(group, up), f(60))).toEqual(placeInLeague(movedRivals(same, up), f(60)));
  });

  it('agrees with simulation: drift, return to the mean, and own changes', async () => {
    const whole = await pci(2014);
    const rank = placeInLeague(must(rivalsOf(whole, 'Thanh Hóa', null, 2015)), f(60));
    const scores = whole.units.flatMap((u) => (u.unit === 'Thanh Hóa' ? [] : [u.score!.valueOf()]));
    const all = whole.units.map((u) => u.score!.valueOf());
    const mean = all.reduce((s, x) => s + x, 0) / all.length;
    const spread = Math.sqrt(all.reduce((s, x) => s + (x - mean) ** 2, 0) / (all.length - 1));
    const { drift, logChange } = movingOf(REFERENCE, []);
    const draw = random(3);
    const normal = () => Math.sqrt(-2 * Math.log(1 - draw())) * Math.cos(2 * Math.PI * draw());
    // The model's own changes: sinh(asinh(n) ÷ 0.7), brought to a standard deviation of 1.
    const heavy = () => Math.sinh(Math.asinh(normal()) / 0.7);
    let square = 0;
    for (let i = 0; i < 200_000; i++) square += heavy() ** 2;
    const unit = Math.sqrt(square / 200_000);
    const draws = 20_000;
    let sum = 0;
    for (let i = 0; i < draws; i++) {
      const change = Math.exp(logChange.centre + logChange.sd * normal());
      const stays = Math.max(0.1, 1 - change ** 2 / 2);
      const d = drift.centre + drift.sd * normal();
      const sd = spread * Math.sqrt(1 - stays ** 2);
      sum += 1 + scores.filter((x) => mean + d + stays * (x - mean) + (sd * heavy()) / unit > 60).length;
    }
    expect(Math.abs(sum / draws - rank.mean!)).toBeLessThan(0.5);
  });

  it("this year's few scores beside last year's whole league: better than without", async () => {
    const [before, now] = [await pci(2014), await pci(2015)];
    const partly = printed(now);
    const miss = (group: League) =>
      now.units
        .filter((u) => u.rank! > 3 && u.rank! < now.size)
        .reduce((sum, u) => {
          const rank = placeInLeague(must(rivalsOf(group, u.unit, u.score)), u.score!);
          return sum + crps(rank.distribution!, u.rank!);
        }, 0) /
      (now.size - 4);
    expect(miss({ ...partly, previous: [before] })).toBeLessThan(0.7 * miss(partly));
  });
});

describe('the back-test', () => {
  it('the distance of a distribution from the truth: 0.25 + 0.25 for a half at 1 and a half at 3, truth 2', () => {
    const halves = [1, 3].map((rank) => ({ rank, probability: 0.5 }));
    expect(crps(halves, 2)).toBeCloseTo(0.5, 12);
    expect(crps([{ rank: 4, probability: 1 }], 7)).toBe(3);
  });

  it('holds on the departments, and beats the even spread', async () => {
    const whole = must(await loadLeague(DEPARTMENTS));
    const row = goodnessOf(backtest('departments', whole, 'own')!.answers);
    expect(row.model.within90).toBeGreaterThan(0.8);
    expect(row.model.crps).toBeLessThan(0.5 * row.even.crps);
    expect(row.tenths.reduce((s, x) => s + x, 0)).toBeCloseTo(1, 9);
    expect(backtest('departments', whole, 'next')).toBeNull();
  });
});

describe('on the command line', () => {
  it('league backtest: rows, totals and refusals', async () => {
    const run = async (...args: string[]) => cchc(['league', 'backtest', ...args, '--format', 'json']);
    const { rows, totals, schema } = JSON.parse((await run(DEPARTMENTS, '--known', 'mean')).stdout);
    expect(schema).toBe('cchc/backtest@1');
    expect(rows).toHaveLength(1);
    expect(rows[0]).toMatchObject({ units: 20, known: 'mean', model: { questions: 16 } });
    expect(totals[0].model).toEqual(rows[0].model);
    const pair = [2014, 2015].map((year) => fixture(`leagues/pci-${year}.yaml`));
    const next = JSON.parse((await run(...pair, '--known', 'next', '--sample', '27')).stdout);
    expect(next.rows.map((r: { league: string; units: number }) => [r.league, r.units])).toEqual([
      ['pci-2015', 27],
    ]);
    expect((await run(fixture('leagues/thanh-hoa-districts-2023.yaml'))).code).toBe(3);
    expect((await run(DEPARTMENTS, '--known', 'all')).code).toBe(2);
  });

  it.each(['vi', 'en'])(
    'league backtest fits 80 columns (%s), and its CSV has what is known in a column',
    async (lang) => {
      const run = ['league', 'backtest', DEPARTMENTS, '--known', 'mean', '--lang', lang];
      const { stdout } = await cchc(run, { env: { COLUMNS: '80' } });
      expect(stdout.split('\n').filter((line) => line.length > 80)).toEqual([]);
      const [head, row] = (await cchc([...run, '--format', 'csv'])).stdout.split('\r\n');
      expect(head).toMatch(/^league,known,units,questions,within50,/);
      expect(row).toMatch(/^thanh-hoa-departments-2024,mean,20,16,/);
    },
  );

  it('a league file is drawn, with the own unit on it', async () => {
    const ran = await cchc(['league', DEPARTMENTS, '--unit', 'Y tế', '--lang', 'en']);
    expect(ran.stdout).toContain('▶ Y tế');
    const { density, known, size } = JSON.parse(
      (await cchc(['league', DEPARTMENTS, '--format', 'json'])).stdout,
    );
    expect(known).toHaveLength(20);
    // The area under the density is the group, but for what lies beyond the picture.
    const step = density[0].score - density[1].score;
    const area = density.reduce((sum: number, d: { density: number }) => sum + d.density * step, 0);
    expect(area).toBeGreaterThan(0.9 * size);
    expect(area).toBeLessThan(1.05 * size);
    expect((await cchc(['league', DEPARTMENTS, '--unit', 'Y te 2'])).code).toBe(2);
    const drawn = (await cchc(['league', fixture('leagues/pci-2014.yaml')], { env: { COLUMNS: '80' } }))
      .stdout;
    expect(drawn.split('\n').filter((line) => line.length > 80)).toEqual([]);
    // All is known: above the highest score is the first rank, certainly.
    const csv = (await cchc(['league', DEPARTMENTS, '--format', 'csv'])).stdout.split('\r\n');
    expect(csv[1]).toMatch(/,1,1,1$/);
    for (const year of ['abc', '2023']) {
      const early = await cchc(['league', DEPARTMENTS, '--year', year, '--lang', 'en']);
      expect([early.code, early.stdout]).toEqual([2, '']);
      expect(early.stderr).toContain(`--year: '${year}' is not a whole number from 2024`);
    }
  });

  it('a league of which nothing is known is said to be so', async () => {
    await withFiles({ 'league.json': '{"name": "x", "year": 2022, "size": 27}' }, async (folder) => {
      const ran = await cchc(['league', join(folder, 'league.json'), '--lang', 'en']);
      expect(ran.code).toBe(0);
      expect(ran.stdout).toContain('0 of 27 with a known score');
      expect(ran.stdout.replace(/\s+/g, ' ')).toContain(
        'the league says nothing of where the other units stand',
      );
    });
  });

  it('an option of another form of the command is refused, not read past', async () => {
    const refused = async (...args: string[]) => {
      const ran = await cchc(['league', ...args, '--lang', 'en']);
      expect([ran.code, ran.stdout]).toEqual([2, '']);
      return ran.stderr;
    };
    expect(await refused(DEPARTMENTS, '--raise', '7.3.2=85%')).toContain("option '--raise' is only for");
    expect(await refused('backtest', '--save', 'x.yaml')).toContain("option '--save' is only for");
    const group = fixture('groups/example-2022.csv');
    expect(await refused(group, '--known', 'own')).toContain(
      "option '--known' is only for cchc league backtest",
    );
  });
});

describe('risk in a year after the league', () => {
  it('places among rivals that have moved on: between what the two ends of the uncertain value give', async () => {
    const units = [92, 91, 80].map((score, i) => ({ unit: `U${i}`, rank: [1, 2, 27][i], score }));
    const text = JSON.stringify({ name: 'x', year: 2021, size: 27, units });
    await withFiles({ 'league.json': text }, async (folder) => {
      const run = async (command: string, ...args: string[]) => {
        const asked = [...args, '--league', join(folder, 'league.json'), '--format', 'json'];
        return JSON.parse((await cchc([command, NHU_XUAN, ...asked])).stdout);
      };
      const at = async (share: string) => {
        const { scenarios } = await run('whatif', '--set', `7.3.2=${share}`);
        const { distribution, method } = scenarios[0].result.rank;
        expect(method).toBe('later_year');
        return chanceOfRank(distribution, 12);
      };
      const { targetRank, ranks } = await run('risk', '--uncertain', '7.3.2=20..80', '--target-rank', '12');
      const [low, high] = [await at('20%'), await at('80%')];
      expect(low).toBeLessThan(high);
      expect(targetRank.value).toBeGreaterThan(low);
      expect(targetRank.value).toBeLessThan(high);
      // Nobody is sure to stay ahead.
      expect(ranks[0].probability).toBeGreaterThan(0);
    });
  });
});

describe('what a whole group tells', () => {
  it('shares at full points, spread, and ranks without a criterion, by hand', async () => {
    const ran = await cchc([
      'league',
      fixture('groups/example-2022.csv'),
      '--unit',
      'Huyện D',
      '--format',
      'json',
    ]);
    const { criteria } = JSON.parse(ran.stdout);
    const one = criteria.find((c: { id: string }) => c.id === '1.3.3');
    // Four of five have the full point: mean 0.8, standard deviation √(0.8 × 0.2).
    expect(one).toMatchObject({ units: 5, full: 0.8, mean: 0.8, firstMean: 1 });
    expect(one.spread).toBeCloseTo(0.4, 12);
    expect(one.without.rank).toBe(5);
  });
});
