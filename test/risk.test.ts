import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { compileRisk, type RiskModel } from '../src/analysis/risk/model.js';
import { parseOutlook } from '../src/analysis/risk/outlook.js';
import {
  exactInfluence,
  exactRanks,
  exactRisk,
  exactScore,
  factorDistribution,
  simulatedRisk,
  transformedProduct,
} from '../src/analysis/risk/risk.js';
import {
  addTally,
  drawBlock,
  emptyTally,
  type Influence,
  influenceBatch,
  influences,
  prepare,
} from '../src/analysis/risk/simulate.js';
import { curveOf, type Distribution, RandomStream, tabulated } from '../src/analysis/risk/spread.js';
import { runJob } from '../src/commands/shared/draws.js';
import {
  loadLeague,
  loadReading,
  parseLeague,
  placeInLeague,
  rivalsAmong,
  rivalsOfResult,
  score,
} from '../src/index.js';
import type { League } from '../src/ranking/league.js';
import { convolve } from '../src/ranking/ranks.js';
import { NO_MOVES } from '../src/ranking/rivals.js';
import { fromNumber as f } from '../src/values/fraction.js';
import {
  before,
  cchc,
  fixture,
  LEAGUE_2022,
  LEAGUE_2023,
  must,
  NHU_XUAN,
  start,
  withFiles,
} from './support.js';

let opened: Awaited<ReturnType<typeof open>>;
const open = async () => must(await loadReading(NHU_XUAN));
beforeAll(async () => {
  opened = await open();
});

/** The letter's reading with an outlook, in a league or alone. */
function model(indicators: object, league: League | null = null, rivals: object = {}): RiskModel {
  const { reading, catalogue } = opened;
  const outlook = must(parseOutlook({ indicators, rivals }, catalogue, reading, league));
  const result = score(reading, catalogue);
  const built = compileRisk(
    result,
    reading,
    outlook,
    league && must(rivalsOfResult(league, result)),
    NO_MOVES,
  );
  if (Array.isArray(built)) throw new Error(built.map((d) => d.code).join());
  return built;
}

const NO_TARGET = { points: null, rank: null };

function exact(m: RiskModel, targets = NO_TARGET as { points: number | null; rank: number | null }) {
  const found = exactRisk(m, targets);
  if (typeof found === 'string') throw new Error(found);
  return found;
}

function simulate(m: RiskModel, blocks: number, seed = 1) {
  const prepared = prepare(m);
  const tally = emptyTally(prepared);
  for (let b = 0; b < blocks; b++) drawBlock(prepared, seed, b, 4096, tally);
  return { prepared, tally };
}

const spreads: fc.Arbitrary<Distribution> = fc.oneof(
  fc.tuple(fc.nat(50), fc.nat(50)).map(([low, w]): Distribution => ({ kind: 'uniform', low, high: low + w })),
  fc
    .tuple(fc.nat(40), fc.nat(30), fc.nat(30))
    .map(([low, a, b]): Distribution => ({ kind: 'triangular', low, mode: low + a, high: low + a + b })),
  fc
    .tuple(fc.integer({ min: -20, max: 120 }), fc.nat(20))
    .map(([mean, sd]): Distribution => ({ kind: 'normal', mean, sd })),
  fc
    .tuple(fc.nat(500), fc.nat(500))
    .map(([done, rest]): Distribution => ({ kind: 'beta', done, total: done + rest + 1 })),
);

it('a rival with unknown values has no probability: refused as risk-rival-interval', () => {
  const { reading, catalogue } = opened;
  const entries = new Map([...reading.entries].filter(([id]) => id !== 'XHH'));
  const results = [reading, { ...reading, unit: 'Huyện X', entries }].map((r) => score(r, catalogue));
  const outlook = must(
    parseOutlook({ indicators: { '7.3.2': { range: [40, 70] } } }, catalogue, reading, null),
  );
  const built = compileRisk(results[0]!, reading, outlook, rivalsAmong(results, 0, 'min'), NO_MOVES);
  expect(built).toMatchObject([{ code: 'risk-rival-interval', params: { unit: 'Huyện X' } }]);
});

describe('spreads', () => {
  it('cdf and quantile undo each other within the range, and the fast quantile keeps to the exact one', () => {
    fc.assert(
      fc.property(spreads, fc.double({ min: 0.001, max: 0.999, noNaN: true }), (spread, u) => {
        const curve = curveOf(spread, 0, 100);
        const x = curve.quantile(u);
        expect(x).toBeGreaterThanOrEqual(0);
        expect(x).toBeLessThanOrEqual(100);
        const atOnePoint = curve.quantile(0.001) === curve.quantile(0.999);
        if (!atOnePoint) expect(curve.cdf(x)).toBeCloseTo(u, 5);
        expect(Math.abs(tabulated(curve)(u) - x)).toBeLessThan(0.01);
      }),
    );
  });

  it('known values: 97.5% of a normal, the mean of a beta, half a triangle', () => {
    expect(curveOf({ kind: 'normal', mean: 10, sd: 2 }, null, null).quantile(0.975)).toBeCloseTo(
      13.919928,
      5,
    );
    // Beta(3, 2) has the cdf 4x³ − 3x⁴: at 0.5, 0.3125.
    expect(curveOf({ kind: 'beta', done: 2, total: 3 }, 0, 100).cdf(50)).toBeCloseTo(0.3125, 12);
    expect(curveOf({ kind: 'triangular', low: 0, mode: 50, high: 100 }, 0, 100).cdf(25)).toBeCloseTo(
      0.125,
      12,
    );
  });
});

describe('the exact distribution of the score', () => {
  it('one initiative or two, 40 to 60: 87.6103 or 88.6103', () => {
    const found = exact(model({ '1.5': { chances: { 1: 0.4, 2: 0.6 } } }), { points: 886_103, rank: null });
    expect(found.score).toMatchObject({ least: 876_103, most: 886_103 });
    expect(found.score.mean).toBeCloseTo(876_103 + 0.6 * 10_000, 6);
    expect(found.targetScore?.value).toBeCloseTo(0.6, 12);
    expect(found.score.worstMean).toBe(876_103);
  });

  it('7.3.2 anywhere from 0 to 85%: points are even from 0 to 1; each ten-thousandth is 1/10000 wide', () => {
    const [factor] = model({ '7.3.2': '0..85' }).factors;
    const { from, chances } = factorDistribution(factor!);
    expect([from, chances.length]).toEqual([0, 10_001]);
    expect(chances[5000]).toBeCloseTo(1e-4, 7);
    expect(chances.reduce((s, p) => s + p, 0)).toBeCloseTo(1, 12);
    // Mean 0.5, standard deviation 1/√12.
    const { score: s } = exact(model({ '7.3.2': '0..85' }));
    expect(s.mean / 1e4).toBeCloseTo(87.6103 - 0.1958 + 0.5, 4);
    expect(s.sd / 1e4).toBeCloseTo(1 / Math.sqrt(12), 4);
  });

  it('whole numbers from 1 to 3 are a third each: two of them earn 1.5', () => {
    expect(exact(model({ '1.5': '1..3' }), { points: 886_103, rank: null }).targetScore?.value).toBeCloseTo(
      2 / 3,
      12,
    );
  });

  it('adds up to 1 and agrees with the mean of its criteria, and simulation agrees with it', () => {
    const part = {
      '7.3.2': '40..90',
      '5.4.2': { normal: { mean: 95, sd: 4 } },
      '3.5.1': { beta: { done: 99, total: 100 } },
    };
    const m = model({ ...part, '7.6.1': { chances: { Tốt: 0.5, 'Đạt yêu cầu': 0.3, 'Không đạt': 0.2 } } });
    const distribution = exactScore(m);
    if (typeof distribution === 'string') throw new Error(distribution);
    expect(distribution.chances.reduce((s, p) => s + p, 0)).toBeCloseTo(1, 9);
    const found = exact(m, { points: 890_000, rank: null });
    const { prepared, tally } = simulate(m, 25);
    const drawn = simulatedRisk(prepared, tally, 1, 'asked', { points: 890_000, rank: null });
    // Within four standard errors of 102,400 draws.
    expect(Math.abs(drawn.score.mean - found.score.mean)).toBeLessThan((4 * found.score.sd) / 320);
    const p = found.targetScore!.value;
    expect(Math.abs(drawn.targetScore!.value - p)).toBeLessThan(4 * Math.sqrt((p * (1 - p)) / 102_400));
    for (const q of drawn.score.quantiles) {
      const exactly = found.score.quantiles.find((e) => e.share === q.share)!;
      expect(Math.abs(q.points - exactly.points)).toBeLessThan(100);
    }
  });
});

describe('the chances of a sum', () => {
  it('two coins: 1, 2, 1 of four', () => {
    const coin = Float64Array.of(0.5, 0.5);
    for (const way of [convolve, transformedProduct])
      expect([...way(coin, coin)].map((p) => p.toFixed(12))).toEqual(
        [0.25, 0.5, 0.25].map((p) => p.toFixed(12)),
      );
  });

  it('a transform gives what term by term does, for any lengths', () => {
    const chances = fc
      .array(fc.integer({ min: 0, max: 1000 }), { minLength: 1, maxLength: 700 })
      .map((weights) => Float64Array.from(weights, (w) => w / (weights.reduce((s, v) => s + v, 0) || 1)));
    fc.assert(
      fc.property(chances, chances, (p, q) => {
        const plain = convolve(p, q);
        const transformed = transformedProduct(p, q);
        expect(transformed.length).toBe(plain.length);
        expect(Math.max(...plain.map((x, i) => Math.abs(x - transformed[i]!)))).toBeLessThan(1e-14);
      }),
    );
  });
});

describe('ranks', () => {
  it('a certain score has the very distribution that the ranking gives', async () => {
    const league = must(await loadLeague(LEAGUE_2023));
    const { reading, catalogue } = opened;
    const certain = model({ '7.3.2': { chances: { '60%': 1 } } }, league);
    const at = exact(certain).score.least;
    const placed = placeInLeague(must(rivalsOfResult(league, score(reading, catalogue))), f(at / 1e4));
    // Read off straight lines between levels a thirty-second of the spread apart.
    for (const d of placed.distribution!)
      expect(exact(certain).ranks![d.rank - 1]!.probability).toBeCloseTo(d.probability, 3);
  });

  it('mixes over scores, and simulation agrees; rivals that move leave simulation alone', async () => {
    const league = must(await loadLeague(LEAGUE_2022));
    const m = model({ '1.5': { chances: { 1: 0.5, 2: 0.5 } }, '7.3.2': '20..80' }, league);
    const found = exact(m, { points: null, rank: 18 });
    const { prepared, tally } = simulate(m, 25);
    const drawn = simulatedRisk(prepared, tally, 1, 'asked', { points: null, rank: 18 });
    const p = found.targetRank!.value;
    expect(Math.abs(drawn.targetRank!.value - p)).toBeLessThan(4 * Math.sqrt((p * (1 - p)) / 102_400));
    expect(Math.abs(drawn.rankMean! - found.rankMean!)).toBeLessThan(0.05);
    // Each rival's own move widens the group; a move they share must be drawn.
    const moving = model({ '1.5': '1..2' }, league, { each: { normal: { mean: 0, sd: 1 } } });
    expect(exact(moving).method).toEqual({ form: 'exact' });
    const shared = model({ '1.5': '1..2' }, league, { all: { normal: { mean: 0, sd: 1 } } });
    expect(exactRisk(shared, NO_TARGET)).toBe('rivals-move');
  });

  it('ties at the printed precision may fall either way', () => {
    const units = [
      { unit: 'A', score: 87.61 },
      { unit: 'B', score: 80 },
      { unit: 'Huyện Như Xuân', score: 87.61 },
    ];
    const league = must(parseLeague({ name: 'x', year: 2022, size: 3, decimals: 2, units }));
    const m = model({ '1.5': { chances: { 1: 0.5, 2: 0.5 } } }, league);
    // 88.6103 is first; 87.6103 prints level with A: first or second alike.
    const score_ = exactScore(m);
    expect(typeof score_ !== 'string' && exactRanks(m, score_)).toEqual([0.75, 0.25, 0]);
  });
});

describe('which uncertainty matters', () => {
  it('for the score: exact shares of the variance; a criterion of twice the width has four times the share', () => {
    const found = exactInfluence(model({ '7.3.2': '0..85', '7.3.3': '0..37.5' }));
    expect(found.map((i) => i.id)).toEqual(['7.3.2', '7.3.3']);
    expect(found[0]!.first).toBeCloseTo(0.8, 3);
    expect(found[1]!.total).toBeCloseTo(0.2, 3);
  });

  it('for the rank: two gains that pass a rival only together explain 1/3 each alone and 2/3 each with the other', () => {
    const units = [
      { unit: 'A', score: 88.3 },
      { unit: 'Huyện Như Xuân', score: 87.6103 },
    ];
    const league = must(parseLeague({ name: 'x', year: 2022, size: 2, decimals: 4, units }));
    const half = (a: string, b: string) => ({ chances: { [a]: 0.5, [b]: 0.5 } });
    const m = model(
      { '3.6.1': half('Xin lỗi toàn bộ', 'Chỉ giải trình'), '7.6.1': half('Tốt', 'Đạt yêu cầu') },
      league,
    );
    const prepared = prepare(m);
    const found = influences(
      prepared,
      Array.from({ length: 64 }, (_, b) => influenceBatch(prepared, 7, b)),
    );
    const of = (id: string | null) => found.find((i) => i.id === id)!;
    const holds = (value: number, i: Influence, key: 'first' | 'total') => {
      const [low, high] = i[`${key}Bounds`];
      expect(value).toBeGreaterThan(low - (high - low) / 2);
      expect(value).toBeLessThan(high + (high - low) / 2);
    };
    for (const id of ['3.6.1', '7.6.1']) {
      holds(1 / 3, of(id), 'first');
      holds(2 / 3, of(id), 'total');
      expect(of(id).firstBounds[1] - of(id).firstBounds[0]).toBeLessThan(0.1);
    }
    expect(of(null)).toMatchObject({ first: 0, total: 0 });
  });
});

describe('draws', () => {
  it('are the same for the same seed, in any order, and for any number of threads', async () => {
    const m = model(
      { '7.3.2': '20..80', '5.4.2': { normal: { mean: 92, sd: 3 } } },
      must(await loadLeague(LEAGUE_2023)),
    );
    const forwards = simulate(m, 6).tally;
    const prepared = prepare(m);
    const backwards = emptyTally(prepared);
    for (let b = 5; b >= 0; b--) {
      const one = emptyTally(prepared);
      drawBlock(prepared, 1, b, 4096, one);
      addTally(backwards, one);
    }
    expect(backwards).toEqual(forwards);
    const watch = { progress() {}, stopped: () => false };
    // 205 units: enough for two threads.
    const job = { model: m, seed: 9, draws: 820_000, influenceDraws: 4096 };
    const [one, two] = [await runJob(job, 1, watch), await runJob(job, 2, watch)];
    expect(two.tally).toEqual(one.tally);
    expect(two.batches).toEqual(one.batches);
    expect(one.tally.draws).toBe(820_000);
    expect(simulate(m, 1, 2).tally).not.toEqual(simulate(m, 1, 1).tally);
  });

  it('the first numbers of a stream are fixed, so that every machine and version draws the same', () => {
    const stream = new RandomStream(1, 0, 0);
    const first = [stream.next(), stream.next()];
    const again = new RandomStream(1, 0, 0);
    expect([again.next(), again.next()]).toEqual(first);
    let sum = 0;
    for (let i = 0; i < 100_000; i++) sum += stream.share();
    // Mean 1/2, four standard errors of 1/√12 ÷ √100000.
    expect(Math.abs(sum / 100_000 - 0.5)).toBeLessThan(4 / Math.sqrt(12 * 100_000));
  });

  it('stop when asked, with what is done, and never with nothing', async () => {
    const m = model({ '7.3.2': '20..80' });
    const stoppedAfter = async (wanted: number) => {
      let asked = 0;
      const watch = { progress() {}, stopped: () => ++asked > wanted };
      return (await runJob({ model: m, seed: 1, draws: 100_000, influenceDraws: 0 }, 1, watch)).tally.draws;
    };
    // The first block is drawn unasked.
    expect(await stoppedAfter(0)).toBe(4096);
    expect(await stoppedAfter(3)).toBe(4 * 4096);
  });
});

// Ctrl-C comes by itself in the first turn after the command begins to listen for it, however fast the machine.
const CTRL_C = `process.on('newListener', (event) => {
  if (event === 'SIGINT') setImmediate(() => process.kill(process.pid, 'SIGINT'));
});`;

it.skipIf(process.platform === 'win32').each(['1', '2'])(
  'Ctrl-C prints what is done, says so, and exits as interrupted: %s threads',
  async (threads) => {
    const args = ['risk', NHU_XUAN, '--uncertain', '7.3.2=20..80', '--draws', '100000000'];
    const asked = [...args, '--threads', threads, '--format', 'json'];
    const { code, stdout, stderr } = await start(asked, { env: before(CTRL_C) }).ended;
    expect(code).toBe(130);
    expect(stderr).toContain('stopped-early');
    const { draws } = JSON.parse(stdout).method;
    expect(draws).toBeGreaterThan(0);
    expect(draws).toBeLessThan(100_000_000);
    expect(draws % 4096).toBe(0);
  },
);

describe('set-ups that do not apply are refused with the reason', () => {
  const refused = async (args: string[], code: number, word: string) => {
    const ran = await cchc(['risk', NHU_XUAN, ...args]);
    expect(ran.stderr).toContain(`error[${word}]`);
    expect(ran.code).toBe(code);
    expect(ran.stdout).toBe('');
  };
  it.each([
    [[], 'nothing-uncertain'],
    [['--uncertain', '7.3.2=80..20'], 'bad-spread'],
    [['--uncertain', '7.6.1=1..2'], 'spread-on-level'],
    [['--uncertain', '7.3.2=beta'], 'counts-needed'],
    [['--uncertain', '7.9.9=1..2'], 'unknown-criterion'],
    [['--uncertain', '7.3.2=20..80', '--target-rank', '5'], 'needs-option'],
    [['--uncertain', '7.3.2=20..80', '--draws', '0'], 'bad-number-option'],
  ])('%j', (args, word) => refused(args, 2, word));

  it('faults of an outlook file, all at once and with their places', async () => {
    const text = `indicators:
  7.3.2: {last_change: 5}
  7.6.1: {chances: {Tốt: 0.5, Đạt yêu cầu: 0.4}}
  XHH: {uniform: [80, 90], normal: {mean: 1, sd: 1}}
rivals:
  units: {Huyện Không Có: 1}
`;
    const refused = (outlook: string) =>
      withFiles({ 'outlook.yaml': outlook }, async (folder) => {
        const at = ['--outlook', `${folder}/outlook.yaml`, '--league', LEAGUE_2022];
        const ran = await cchc(['risk', NHU_XUAN, ...at]);
        expect(ran.code).toBe(3);
        return ran.stderr;
      });
    expect(await refused(text)).toMatch(/bad-spread[\s\S]*outlook\.yaml:4:/);
    const said = await refused(text.replace(/ {2}XHH.*\n/, ''));
    for (const word of ['last-change-needs-value', 'chances-sum', 'unknown-unit'])
      expect(said).toContain(word);
  });

  it('unknown criteria need a value or a spread', async () => {
    const text = 'unit: X\nyear: 2022\ncatalogue: thanh-hoa-district-2022\nindicators: {1.5: 2}\n';
    await withFiles({ 'r.yaml': text }, async (folder) => {
      const ran = await cchc(['risk', `${folder}/r.yaml`, '--uncertain', '7.3.2=20..80', '-q']);
      expect(ran.code).toBe(2);
      expect(ran.stderr).toContain('risk-needs-values');
      expect(ran.stderr).toContain('XHH');
    });
  });
});

it('on the command line: exact by default, simulated when asked, the same in both languages', async () => {
  const args = [
    'risk',
    NHU_XUAN,
    '--outlook',
    fixture('outlooks/nhu-xuan-2023.yaml'),
    '--league',
    LEAGUE_2023,
  ];
  const [exactly, drawn] = await Promise.all([
    cchc([...args, '--target-rank', '10', '--format', 'json']),
    cchc([...args, '--target-rank', '10', '--draws', '50000', '--format', 'json', '--lang', 'vi']),
  ]);
  const [a, b] = [JSON.parse(exactly.stdout), JSON.parse(drawn.stdout)];
  expect(a.method).toEqual({ form: 'exact' });
  expect(a.targetRank.bounds).toBeNull();
  expect(b.method).toEqual({ form: 'simulated', draws: 50_000, seed: 1, why: 'asked' });
  expect(b.targetRank.bounds[0]).toBeLessThan(a.targetRank.value);
  expect(b.targetRank.bounds[1]).toBeGreaterThan(a.targetRank.value);
  // A simulated mean is known within 1.96 standard deviations ÷ √50,000.
  expect(a.score.meanBounds).toBeNull();
  expect(b.score.meanBounds[1] - b.score.mean).toBeCloseTo((1.96 * b.score.sd) / Math.sqrt(50_000), 9);
  expect(b.score.meanBounds[0]).toBeLessThan(a.score.mean);
  expect(b.score.meanBounds[1]).toBeGreaterThan(a.score.mean);
  expect(b.influence).toEqual(a.influence);
});
