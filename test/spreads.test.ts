import { beforeAll, describe, expect, it } from 'vitest';
import { parseOutlook } from '../src/analysis/risk/outlook.js';
import { loadLeague, loadReading } from '../src/index.js';
import { catalogueData, cchc, LEAGUE_2022, must, NHU_XUAN, withFiles } from './support.js';

/**
 * 7.3.3 has one point and the target 75%, so v% up to 75 earns v ÷ 75. The letter's score is 87.6103, of which 7.3.3
 * earned 1 − 0.8255 = 0.1745: with a spread that stays under 75 the mean is 87.6103 − 0.1745 + its mean ÷ 75.
 */
const scoreAt = (mean: number) => 87.6103 - 0.1745 + mean / 75;

/** Each spelling with the mean percent it says, by hand. */
const SPELLINGS: [string, string, number][] = [
  ['three ends: triangular, a third of the sum', '20..30..60', (20 + 30 + 60) / 3],
  ['with percent signs and blanks', '"20% .. 30% .. 60%"', (20 + 30 + 60) / 3],
  ['decimal commas', '20,5..30,5..60', (20.5 + 30.5 + 60) / 3],
  ['decimal points', '20.5..30.5..60', (20.5 + 30.5 + 60) / 3],
  ['two ends: the middle', '20..60', 40],
  ['two ends with decimals', '20,5..60.5', 40.5],
  ['a percent below one, said so', '0.5%..60.5%', 30.5],
  ['range', '{range: [20, 60]}', 40],
  ['uniform', '{uniform: [20%, 60%]}', 40],
  ['triangular', '{triangular: [20, 30, 60]}', (20 + 30 + 60) / 3],
  ['triangular in text', '{triangular: ["20,5", "30,5", "60"]}', (20.5 + 30.5 + 60) / 3],
  ['value with a range', '{value: 20..30..60}', (20 + 30 + 60) / 3],
  // Ten standard deviations to either end: nothing is cut off.
  ['normal', '{normal: {mean: 40, sd: 3.5}}', 40],
  // Every rate as likely beforehand: (40 + 1) ÷ (100 + 2).
  ['beta', '{beta: {done: 40, total: 100}}', (100 * 41) / 102],
  ['beta of counts with a thousands mark', '{beta: {done: "1.600", total: "4.000"}}', (100 * 1601) / 4002],
  ['chances', '{chances: {30: 0.25, 60: 0.75}}', 0.25 * 30 + 0.75 * 60],
  ['chances in percent', '{chances: {"30%": 25%, "60%": 75%}}', 0.25 * 30 + 0.75 * 60],
  ['a value', '45', 45],
  ['a value in text', '"45,75%"', 45.75],
];

const riskOf = (spread: string, indicator = '7.3.3') =>
  withFiles({ 'o.yaml': `indicators:\n  ${indicator}: ${spread}\n` }, (folder) =>
    cchc(['risk', NHU_XUAN, '--outlook', `${folder}/o.yaml`, '--uncertain', '1.5=2..2', '--format', 'json']),
  );

describe('every spelling of a spread has the mean that it says', () => {
  it.each(SPELLINGS)('%s: %s', async (_name, spread, mean) => {
    const ran = await riskOf(spread);
    expect(ran.code, ran.stderr).toBe(0);
    // Two initiatives or more are certain, which gives back the point that the letter takes for 1.5.
    expect(JSON.parse(ran.stdout).score.mean).toBeCloseTo(scoreAt(mean) + 1, 4);
  });

  it('on the command line, as its help writes it', async () => {
    for (const [written, mean] of [
      ['20..30..60', 110 / 3],
      ['20..60', 40],
      ['20,5%..30,5%..60%', 37],
    ] as const) {
      const ran = await cchc(['risk', NHU_XUAN, '--uncertain', `7.3.3=${written}`, '--format', 'json']);
      expect(JSON.parse(ran.stdout).score.mean, written).toBeCloseTo(scoreAt(mean), 4);
    }
  });

  it('whole numbers hold both ends of their range in full, also where nothing may be under 0', async () => {
    // 5.4.3 earns 1.5 at 0 people and nothing from 1 on; the letter took 1.5. Of 0, 1 and 2 a third is 0.
    for (const draws of [[], ['--draws', '200000']]) {
      const ran = await cchc(['risk', NHU_XUAN, '--uncertain', '5.4.3=0..2', ...draws, '--format', 'json']);
      expect(JSON.parse(ran.stdout).score.mean, ran.stderr).toBeCloseTo(
        87.6103 + 1.5 / 3,
        draws.length ? 1 : 6,
      );
    }
    // Under a cap of 4.5 the points 5, 4, 3, 2 and 1 of 0 to 4 cases make a score of 14.5 ÷ 5.
    const scheme = {
      ...catalogueData({ kind: 'penalty', per_case: 1 }, 5, 4.5),
      fields: [{ id: 'F', name: 'F', cap: 4.5 }],
    };
    const reading = 'unit: U\nyear: 2022\ncatalogue: ./c.yaml\nindicators: {T1: 2}\n';
    await withFiles({ 'c.yaml': JSON.stringify(scheme), 'r.yaml': reading }, async (folder) => {
      const ran = await cchc(['risk', `${folder}/r.yaml`, '--uncertain', 'T1=0..4', '--format', 'json']);
      expect(JSON.parse(ran.stdout).score.mean, ran.stderr).toBeCloseTo(2.9, 6);
    });
  });

  it('a normal as wide as last year’s change, and a beta of the reading’s own counts', async () => {
    const text = (entry: string) =>
      `unit: U\nyear: 2022\ncatalogue: thanh-hoa-district-2022\nindicators:\n  7.3.3: ${entry}\n`;
    await withFiles(
      { 'r.yaml': text('40'), 'counts.yaml': text('{done: 400, total: 1000}') },
      async (folder) => {
        const { reading, catalogue } = must(await loadReading(`${folder}/r.yaml`));
        const data = { indicators: { '7.3.3': { last_change: '3,5' } } };
        expect(must(parseOutlook(data, catalogue, reading, null)).indicators.get('7.3.3')).toEqual([
          { kind: 'normal', mean: 40, sd: 3.5 },
        ]);
        const counted = must(await loadReading(`${folder}/counts.yaml`)).reading;
        const beta = parseOutlook({ indicators: { '7.3.3': 'beta' } }, catalogue, counted, null);
        expect(must(beta).indicators.get('7.3.3')).toEqual([{ kind: 'beta', done: 400, total: 1000 }]);
        const none = parseOutlook({ indicators: { '7.3.3': 'beta' } }, catalogue, reading, null);
        expect(none.diagnostics.map((d) => d.code)).toEqual(['counts-needed']);
      },
    );
  });
});

describe('what is not read whole is refused', () => {
  it.each([
    ['20..30..40..60', 'bad-spread'],
    ['20..x..60', 'bad-percent'],
    ['20..', 'bad-spread'],
    ['..60', 'bad-spread'],
    ['..', 'bad-spread'],
    ['20...60', 'bad-spread'],
    ['20-60', 'bad-spread'],
    ['40±5', 'bad-spread'],
    ['normal', 'bad-spread'],
    ['exempt', 'bad-spread'],
    ['60..20', 'bad-spread'],
    ['20..10..60', 'bad-spread'],
    ['0.2..0.6', 'looks-like-ratio'],
    ['90..120', 'above-range'],
    ['"1.234..50"', 'ambiguous-number'],
    ['{uniform: [20, 30, 60]}', 'bad-spread'],
    ['{triangular: [20, 60]}', 'bad-spread'],
    ['{normal: {mean: x, sd: 2}}', 'bad-percent'],
    ['{beta: {done: 120, total: 100}}', 'bad-spread'],
    ['{chances: {30: 0.5, 60: half}}', 'wants-number'],
    ['{values: {late: 3}}', 'unknown-part'],
  ])('%s: %s', async (spread, code) => {
    const ran = await riskOf(spread);
    expect(ran.code).toBe(3);
    expect(ran.stderr).toContain(`[${code}]`);
  });

  it('a count ranges over whole numbers', async () => {
    const half = await cchc(['risk', NHU_XUAN, '--uncertain', '1.5=0.5..3']);
    expect(half.stderr).toContain('[wants-integer]');
  });
});

describe('moves of rivals', () => {
  let moves: (rivals: unknown) => unknown;
  beforeAll(async () => {
    const { reading, catalogue } = must(await loadReading(NHU_XUAN));
    const league = must(await loadLeague(LEAGUE_2022));
    moves = (rivals) => {
      const read = parseOutlook({ rivals }, catalogue, reading, league);
      return read.ok ? read.value.rivals.each : read.diagnostics.map((d) => d.code);
    };
  });

  it.each([
    ['0.5..1..1.5', { kind: 'triangular', low: 0.5, mode: 1, high: 1.5 }],
    ['0,5..1..1,5', { kind: 'triangular', low: 0.5, mode: 1, high: 1.5 }],
    ['-1..+2', { kind: 'uniform', low: -1, high: 2 }],
    [{ uniform: [-0.5, 0.5] }, { kind: 'uniform', low: -0.5, high: 0.5 }],
    [{ normal: { mean: 0.5, sd: 1 } }, { kind: 'normal', mean: 0.5, sd: 1 }],
    [{ last_change: 1.5 }, { kind: 'normal', mean: 0, sd: 1.5 }],
  ])('%j', (written, spread) => expect(moves({ each: written })).toEqual(spread));

  it('a number is certain, and what is not a number is refused', () => {
    expect(moves({ each: '0,5' })).toMatchObject({ kind: 'fixed' });
    expect(moves({ each: '1%' })).toEqual(['percent-on-points']);
    expect(moves({ each: '0.5..1%' })).toEqual(['percent-on-points']);
    expect(moves({ each: 'fast' })).toEqual(['wants-number']);
    expect(moves({ each: '1..x' })).toEqual(['wants-number']);
    expect(moves({ each: true })).toEqual(['bad-spread']);
  });
});
