import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { groupByCriterion } from '../src/analysis/group.js';
import { openLeague, openReadings } from '../src/files/open.js';
import { fromNumber as f, parseCatalogue, parseLeague, parseReading, score } from '../src/index.js';
import { findUnit, type League } from '../src/ranking/league.js';
import { placeInLeague } from '../src/ranking/place.js';
import { type Rivals, rivalsOf } from '../src/ranking/rivals.js';
import {
  leagueOfResults,
  leagueScore,
  placeResult,
  rivalsAmong,
  rivalsOfResult,
} from '../src/ranking/standings.js';
import { EMPTY_ENTRY } from '../src/reading/reading.js';
import { withGroup } from '../src/scoring/group.js';
import type { ReadingResult } from '../src/scoring/result.js';
import { catalogueWith, must } from './support.js';

const league = (data: object): League => must(parseLeague({ name: 'x', year: 2022, ...data }));
const spreadOf = ({ rivals }: Rivals) =>
  rivals.flatMap((r) => (r.form === 'scored' ? [] : [[r.unit, r.lo.valueOf(), r.hi.valueOf()]]));

describe('figures as offices write them', () => {
  it('reads a decimal comma, and refuses what may be more than a thousand', () => {
    const read = league({ size: 2, mean: { value: '89,7' }, units: [{ unit: 'A', score: '92,15' }] });
    expect(read.units[0]!.score!.valueOf()).toBe(92.15);
    expect(read.mean!.value.valueOf()).toBe(89.7);
    const refused = parseLeague({ name: 'x', year: 2022, size: 1, units: [{ unit: 'A', score: '92,150' }] });
    expect(refused).toMatchObject({ ok: false, diagnostics: [{ code: 'not-a-number' }] });
  });
});

describe('scored readings as a league', () => {
  const catalogue = catalogueWith({ kind: 'proportional' }, 10);
  const result = (unit: string, entry?: unknown) =>
    score(
      must(
        parseReading(
          { unit, year: 2022, catalogue: 'test', indicators: entry === undefined ? {} : { T1: entry } },
          catalogue,
        ),
      ),
      catalogue,
    );
  const hundred = f(100);

  it('ranks by index: 8 of 10 is 80 of 100; nothing applicable stays 0', () => {
    expect(leagueScore(result('A', '80%'), hundred).score!.valueOf()).toBe(80);
    expect(leagueScore(result('A', '80%'), f(10)).score!.valueOf()).toBe(8);
    expect(leagueScore(result('A', 'not_applicable'), hundred).score!.valueOf()).toBe(0);
    const unknown = leagueScore(result('A'), hundred);
    expect([unknown.worst.valueOf(), unknown.best.valueOf(), unknown.score]).toEqual([0, 100, null]);
  });

  it('the league they make, and each one’s rivals', () => {
    const results = [result('A', '80%'), result('B', '60%'), result('C')];
    const made = leagueOfResults(results, 'max');
    expect(made).toMatchObject({
      name: { vi: 'Các đơn vị được chấm', en: 'The units scored' },
      year: 2022,
      size: 3,
      decimals: 4,
      exact: true,
      ties: 'max',
      provenance: null,
    });
    expect(made.scale.valueOf()).toBe(100);
    expect(made.units.map((u) => [u.unit, u.score?.valueOf(), u.rank, u.provenance])).toEqual([
      ['A', 80, null, 'inferred'],
      ['B', 60, null, 'inferred'],
      ['C', undefined, null, 'inferred'],
    ]);
    expect(leagueOfResults([], 'min').year).toBe(0);
    const ofB = rivalsAmong(results, 1, 'max');
    expect(ofB).toMatchObject({ size: 3, ours: { unit: 'B' }, assumptions: [] });
    expect(ofB.rivals.map((r) => [r.form, r.unit])).toEqual([
      ['scored', 'A'],
      ['interval', 'C'],
    ]);
    expect(placeResult(ofB, results[1]!)).toMatchObject({ best: 2, worst: 3, method: 'bounds' });
    expect(placeResult(rivalsAmong(results, 2, 'max'), results[2]!)).toMatchObject({ best: 1, worst: 3 });
    expect(rivalsAmong([], 0, 'min').ours).toBeNull();
  });

  it('in a published league the reading’s own score is the anchor', () => {
    const published = league({ size: 3, units: [{ unit: 'A', rank: 2 }] });
    const rivals = must(rivalsOfResult(published, result('A', '80%')));
    expect(spreadOf(rivals)).toEqual([
      [null, 80, 100],
      [null, 0, 80],
    ]);
  });
});

describe('a league file', () => {
  it('prints as many decimals as its scores, or as it says; provenance is its own or a row’s', () => {
    const units = [
      { unit: 'A', score: 85.4 },
      { unit: 'B', score: 85.25, provenance: 'assumed', reason: 'x' },
      { unit: 'C' },
    ];
    expect(league({ size: 3, units })).toMatchObject({ decimals: 2, provenance: null, exact: false });
    expect(league({ size: 3, units, decimals: 1 }).decimals).toBe(1);
    expect(league({ size: 3, units: [{ unit: 'C' }] }).decimals).toBe(0);
    expect(league({ size: 3, units }).units.map((u) => [u.provenance, u.score?.valueOf() ?? null])).toEqual([
      ['stated', 85.4],
      ['assumed', 85.25],
      ['stated', null],
    ]);
    const sourced = league({ size: 3, units, provenance: 'stated', source: 'S', place: 'p. 1' });
    expect(sourced.provenance).toEqual({ kind: 'stated', source: 'S', place: { vi: 'p. 1' } });
    expect(league({ size: 3, units, provenance: 'stated', source: 'S' }).provenance).toEqual({
      kind: 'stated',
      source: 'S',
    });
  });

  it('says where each fault stands, and takes what is just within', () => {
    const faults = (size: number, ...units: object[]) =>
      parseLeague({ name: 'x', year: 2022, size, units }).diagnostics.map((d) => [d.code, d.path]);
    expect(faults(2, { unit: 'A', rank: 2, score: 0 }, { unit: 'B', rank: 1, score: 100 })).toEqual([]);
    expect(faults(2, { unit: 'A', rank: 1, score: 80 }, { unit: 'B', rank: 1, score: 80 })).toEqual([]);
    expect(faults(1, { unit: 'A' }, { unit: 'B' })).toEqual([['league-size', ['size']]]);
    expect(faults(2, { unit: 'Sở A' }, { unit: 'sở  a' })).toEqual([
      ['duplicate-unit', ['units', 1, 'unit']],
    ]);
    expect(faults(2, { unit: 'A', rank: 3 })).toEqual([['league-rank-out', ['units', 0, 'rank']]]);
    expect(faults(2, { unit: 'A', score: 100.01 })).toEqual([['score-off-scale', ['units', 0, 'score']]]);
    expect(faults(2, { unit: 'A', score: -1 })).toEqual([['score-off-scale', ['units', 0, 'score']]]);
    const [order] = parseLeague({
      name: 'x',
      year: 2022,
      size: 2,
      units: [
        { unit: 'A', rank: 1, score: 80 },
        { unit: 'B', rank: 2, score: 90 },
      ],
    }).diagnostics;
    expect(order!.params).toEqual({ unit: 'B', other: 'A' });
    expect(parseLeague({ size: 'x' }).ok).toBe(false);
    expect(faults(3, { unit: 'B', rank: 3, score: 90 }, { unit: 'A', rank: 1, score: 80 })).toEqual([
      ['league-order', ['units', 0, 'score']],
    ]);
  });

  it('finds a unit by its whole name, in any case; without its kind it is another', () => {
    const of = (...units: string[]) => league({ size: 5, units: units.map((unit) => ({ unit })) });
    const two = of('Huyện Như Xuân', 'Thị xã Nghi Sơn');
    expect(findUnit(two, 'như xuân')).toBeNull();
    expect(findUnit(two, 'HUYỆN NHƯ XUÂN')?.unit).toBe('Huyện Như Xuân');
    expect(findUnit(two, 'Thanh Xuân')).toBeNull();
    const alike = of('Thị xã Bỉm Sơn', 'Xã Bỉm Sơn');
    expect(findUnit(alike, 'Bỉm Sơn')).toBeNull();
    expect(findUnit(alike, 'Xã Bỉm Sơn')?.unit).toBe('Xã Bỉm Sơn');
  });
});

describe('a reading without the code that its league has', () => {
  it('is told that units of its name are there, and is none of them', () => {
    const two = [
      { unit: 'Xã A', code: '001', score: 85 },
      { unit: 'Xã A', code: '002', score: 88 },
    ];
    const rivals = rivalsOf(league({ size: 3, units: two }), { unit: 'Xã A' }, f(85));
    expect(rivals.diagnostics).toMatchObject([
      { code: 'unit-look-alike', params: { unit: 'Xã A', suggestion: 'Xã A (001)' } },
    ]);
    expect(must(rivals).ours).toBeNull();
    // As suggested, it is found.
    expect(must(rivalsOf(league({ size: 3, units: two }), 'Xã A (001)', f(85))).ours?.code).toBe('001');
  });
});

describe('ranks as a tie rule prints them', () => {
  const placesOf = (ties: string, ranks: number[]) =>
    league({ size: 6, ties, units: ranks.map((rank, i) => ({ unit: `U${i}`, rank })) }).units.map(
      (u) => u.place,
    );
  it('stand for the places they are printed of', () => {
    // Two level at the top, one, two level: 1 1 3 4 4, 2 2 3 5 5, 1 1 2 3 3, and a sixth that is not listed.
    const places = [1, 1, 3, 4, 4];
    expect(placesOf('min', [1, 1, 3, 4, 4])).toEqual(places);
    expect(placesOf('max', [2, 2, 3, 5, 5])).toEqual(places);
    expect(placesOf('dense', [1, 1, 2, 3, 3])).toEqual(places);
    expect(placesOf('order', [1, 2, 3, 4, 5])).toEqual([1, 2, 3, 4, 5]);
    // Of a rank that nobody listed has there is one at least.
    expect(placesOf('dense', [1, 1, 3])).toEqual([1, 1, 4]);
  });

  it('by dense, scores that print alike are one rank', () => {
    const units = [85, 88.11, 88.14, 80].map((score, i) => ({ unit: `U${i}`, score }));
    // 88.11 and 88.14 are both 88.1 of one decimal, and two ranks of two.
    const rank = (decimals: number) =>
      placeInLeague(must(rivalsOf(league({ size: 4, decimals, ties: 'dense', units }), 'U0', f(85))), f(85))
        .rank;
    expect([rank(1), rank(2)]).toEqual([2, 3]);
  });

  it('no unit is counted twice beside those not listed', () => {
    for (const [ties, ranks] of Object.entries({ max: [2, 2, 3, 5, 5], dense: [1, 1, 2, 3, 3] })) {
      const scores = [90, 90, 80, 70, 70];
      const units = ranks.map((rank, i) => ({ unit: `U${i}`, rank, score: scores[i] }));
      const { rivals } = must(rivalsOf(league({ size: 6, ties, units }), 'U2', f(80)));
      // Five others: four by their scores, and one below 70.
      expect(rivals).toHaveLength(5);
      expect(spreadOf({ rivals } as Rivals)).toEqual([[null, 0, 70]]);
    }
  });
});

describe('earlier years that a league names', () => {
  const opened = async (previous: string, more: Record<string, string> = {}) => {
    const folder = mkdtempSync(join(tmpdir(), 'cchc-leagues-'));
    const head = 'name: L\nyear: 2023\nsize: 12\n';
    const all = {
      'l.yaml': `${head}previous:\n${previous}units: [{unit: A, rank: 1, score: 92}]\n`,
      ...more,
    };
    for (const [name, text] of Object.entries(all)) writeFileSync(join(folder, name), text);
    const found = await openLeague(join(folder, 'l.yaml'));
    rmSync(folder, { recursive: true });
    return found;
  };
  // Ten units from 90 down to 81 of 100, and the same doubled, of 200.
  const past = (scale: number) =>
    `name: P\nyear: 2022\nscale: ${scale}\nsize: 10\nunits:\n${Array.from(
      { length: 10 },
      (_, i) => `  - {unit: U${i}, score: ${((90 - i) * scale) / 100}}\n`,
    ).join('')}`;

  it('a file that is not there is a fault of the line that names it', async () => {
    const found = await opened('  - p.yaml\n  - missing.yaml\n  - {file: gone.yaml}\n', {
      'p.yaml': past(100),
    });
    expect(found.diagnostics.map((d) => [d.code, d.place?.line, d.place?.column])).toEqual([
      ['file-not-found', 6, 5],
      ['file-not-found', 7, 12],
    ]);
  });

  it('two of one year are refused: what changed between them took no time', async () => {
    const found = await opened('  - p.yaml\n  - {file: q.yaml}\n', {
      'p.yaml': past(100),
      'q.yaml': past(200),
    });
    expect(found.diagnostics.map((d) => [d.code, d.place?.line])).toEqual([['league-previous-twice', 6]]);
  });

  it('another scale is read in percent of its own, and the rank says so', async () => {
    const placed = async (scale: number) => {
      const found = await opened('  - p.yaml\n', { 'p.yaml': past(scale) });
      const rivals = must(rivalsOf(must(found), 'X', f(86)));
      return { told: found.diagnostics.map((d) => d.code), rank: placeInLeague(rivals, f(86)) };
    };
    const [same, other] = [await placed(100), await placed(200)];
    expect([same.told, other.told]).toEqual([[], ['league-previous-scale']]);
    expect(other.rank.assumptions).toEqual([...same.rank.assumptions, 'previous-in-percent']);
    expect(other.rank.mean).toBeCloseTo(same.rank.mean!, 9);
  });
});

describe('what a whole group tells, by hand', () => {
  // Maxima 2, 3 and 5, each in proportion to its percent.
  const assumed = { provenance: 'assumed', reason: 'test' };
  const catalogue = must(
    parseCatalogue({
      id: 'small',
      name: 'Small',
      year: 2022,
      scale: { value: 10, ...assumed },
      sources: {},
      fields: [{ id: 'F', name: 'F' }],
      owners: { O: {} },
      criteria: [2, 3, 5].map((max, i) => ({
        id: `1.${i + 1}`,
        name: 'x',
        field: 'F',
        owners: ['O'],
        max: { value: max, ...assumed },
        rule: { kind: 'proportional', target: 100, ...assumed },
      })),
    }),
  );
  // Points: A 2, 1.5, 4 = 7.5 · B 1, 3, 3 = 7 · C 2, 3, 1 = 6 · D 0, 2.4, 5 = 7.4 · E 1.5, 0.6, 2 = 4.1.
  const rates = { A: [100, 50, 80], B: [50, 100, 60], C: [100, 100, 20], D: [0, 80, 100], E: [75, 20, 40] };
  const results = Object.entries(rates).map(([unit, each]) => {
    const indicators = Object.fromEntries(each.map((rate, i) => [`1.${i + 1}`, `${rate}%`]));
    return score(
      must(parseReading({ unit, year: 2022, catalogue: 'small', indicators }, catalogue)),
      catalogue,
    );
  });
  const found = groupByCriterion(results, 'min', 4)!;

  it('shares at full points, means and spreads', () => {
    expect(found.map((c) => c.full)).toEqual([0.4, 0.4, 0.2]);
    expect(found.map((c) => c.mean)).toEqual([1.3, 2.1, 3]);
    // Mean squares about the means: 2.8 ÷ 5, 4.32 ÷ 5, 10 ÷ 5.
    for (const [i, square] of [0.56, 0.864, 2].entries())
      expect(found[i]!.spread! ** 2).toBeCloseTo(square, 12);
  });

  it('how each goes with the score, and with the rest of it', () => {
    // About the means: 1.1 is 0.7, −0.3, 0.7, −1.3, 0.2; the score 1.1, 0.6, −0.4, 1, −2.3 (mean 6.4);
    // the rest 0.4, 0.9, −1.1, 2.3, −2.5 (mean 5.1). Products −1.45 and −4.25, squares 2.8, 8.02 and 13.72.
    expect(found[0]!.withTotal).toBeCloseTo(-1.45 / Math.sqrt(2.8 * 8.02), 12);
    expect(found[0]!.withRest).toBeCloseTo(-4.25 / Math.sqrt(2.8 * 13.72), 12);
  });

  it('what separates the first two, A and D, from E, and the ranks with a criterion left out', () => {
    expect(found.map((c) => c.firstMean)).toEqual([1, 1.95, 4.5]);
    expect(found.map((c) => Number(c.behind!.toFixed(12)))).toEqual([-0.5, 1.35, 2.5]);
    // A D B C E. Without 1.1: D 7.4, B 6, A 5.5, C 4, E 2.6. Without 1.2: A 6, D 5, B 4, E 3.5, C 3.
    // Without 1.3: C 5, B 4, A 3.5, D 2.4, E 2.1.
    expect(found.map((c) => c.without)).toEqual([
      { changed: 3, most: 2, rank: 5 },
      { changed: 2, most: 1, rank: 4 },
      { changed: 4, most: 3, rank: 5 },
    ]);
  });
});

describe('what a whole group tells, by a second way', () => {
  const groups = ['communes-example', 'example-2022', 'qd-766-payment'];

  it.each(groups)('%s: counted plainly, each criterion left out by scoring without it', async (name) => {
    const opened = must(await openReadings(join('fixtures', 'groups', `${name}.csv`)));
    const { catalogue } = opened[0]!;
    const readings = withGroup(opened).map((o) => o.reading);
    const results = readings.map((r) => score(r, catalogue));
    const one = 10 ** catalogue.decimals;
    const share = ({ total }: ReadingResult) => (100 * total.score!) / total.applicableMax;
    const placesOf = (all: readonly ReadingResult[]) =>
      all.map((r) => 1 + all.filter((q) => share(q) > share(r) + 1e-9).length);
    const was = placesOf(results);
    const told = groupByCriterion(results, 'min', 1)!;
    expect(told.map((c) => c.criterion.id)).toEqual(catalogue.criteria.map((c) => c.id));
    for (const { criterion, without, ...row } of told) {
      const { id } = criterion;
      const left = readings.map((reading) =>
        score(
          { ...reading, entries: new Map(reading.entries).set(id, { ...EMPTY_ENTRY, notApplicable: true }) },
          catalogue,
        ),
      );
      const places = placesOf(left);
      const moves = places.map((p, i) => Math.abs(p - was[i]!));
      expect([id, without]).toEqual([
        id,
        { changed: moves.filter(Boolean).length, most: Math.max(...moves), rank: places[1] },
      ]);
      const counted = results.flatMap((r, i) => {
        const c = r.criteria.find((c) => c.criterion.id === id)!;
        return c.status === 'not_applicable' ? [] : [{ i, x: c.points! / one, max: c.max / one }];
      });
      const n = counted.length;
      const sum = (of: (c: (typeof counted)[number]) => number) => counted.reduce((s, c) => s + of(c), 0);
      const close = (told: number | null, wanted: number) => {
        if (Number.isFinite(wanted)) expect(told).toBeCloseTo(wanted, 8);
        else expect(told).toBeNull();
      };
      const variance = (of: (c: (typeof counted)[number]) => number) =>
        Number((n * sum((c) => of(c) ** 2) - sum(of) ** 2).toFixed(9));
      const pearson = (y: (i: number) => number) => {
        const of = (c: (typeof counted)[number]) => y(c.i);
        const product = n * sum((c) => c.x * y(c.i)) - sum((c) => c.x) * sum(of);
        const scale = Math.sqrt(variance((c) => c.x) * variance(of));
        return scale === 0 ? Number.NaN : product / scale;
      };
      close(row.full, sum((c) => Number(c.x === c.max)) / n);
      close(row.mean, sum((c) => c.x) / n);
      close(row.spread === null ? null : row.spread ** 2, variance((c) => c.x) / (n * n));
      close(
        row.withTotal,
        pearson((i) => share(results[i]!)),
      );
      close(
        row.withRest,
        pearson((i) => share(left[i]!)),
      );
    }
  });

  // Field 1 gives at most 4 of 3 + 3, 2.1 gives 4, and 2.2 adds at most 1 of 2 outside the scale.
  const capped = must(
    parseCatalogue({
      id: 'capped',
      name: 'Capped',
      year: 2022,
      scale: { value: 8, provenance: 'assumed', reason: 'test' },
      sources: {},
      adjustments: { most: 1 },
      fields: [
        { id: '1', name: 'One', cap: 4 },
        { id: '2', name: 'Two' },
      ],
      owners: { O: {} },
      criteria: Object.entries({ 1.1: 3, 1.2: 3, 2.1: 4, 2.2: 2 }).map(([id, max]) => ({
        id,
        name: 'x',
        field: id[0],
        owners: ['O'],
        max: { value: max, provenance: 'assumed', reason: 'test' },
        rule: { kind: 'proportional', target: 100, provenance: 'assumed', reason: 'test' },
        ...(id === '2.2' && { outside: true }),
      })),
    }),
  );
  const group = (rows: Record<string, (number | null)[]>) =>
    Object.entries(rows).map(([unit, each]) => {
      const entries = each.map((rate, i) => [
        capped.criteria[i]!.id,
        rate === null ? 'not_applicable' : `${rate}%`,
      ]);
      const indicators = Object.fromEntries(entries);
      return score(must(parseReading({ unit, year: 2022, catalogue: 'capped', indicators }, capped)), capped);
    });

  it('under a cap, with what does not apply and what lies outside the scale, by hand', () => {
    const results = group({
      A: [100, 100, 50, 100],
      B: [50, 90, 70, 0],
      C: [20, 50, 90, 60],
      D: [null, 60, 40, 10],
    });
    // A 4 + 2 + 1 = 7 of 8; B 4 + 2.8 = 6.8; C 2.1 + 3.6 + 1 = 6.7; D 1.8 + 1.6 + 0.2 = 3.6 of 7.
    const told = groupByCriterion(results, 'min', 3)!;
    // Without 1.1: A 6, B 5.5, C 6.1 of 7: C A B D. Without 1.2: A 6, B 4.3, C 5.2 of 7, D 1.8 of 4: A C B D.
    // Without 2.1: A 5, B 4, C 3.1 of 4, D 2 of 3: as before. Without 2.2: A 6, B 6.8, C 5.7: B A C D.
    expect(told.map((c) => c.without)).toEqual([
      { changed: 3, most: 2, rank: 4 },
      { changed: 2, most: 1, rank: 4 },
      { changed: 0, most: 0, rank: 4 },
      { changed: 2, most: 1, rank: 4 },
    ]);
    // D has no 1.1: the first two have 3 and 1.5 of it, and D lacks nothing that it could have.
    expect(told[0]).toMatchObject({ units: 3, full: 1 / 3, firstMean: 2.25, behind: null });
    expect(told[3]).toMatchObject({ full: 0.25, firstMean: 1 });
    expect(told[3]!.behind).toBeCloseTo(0.8, 12);
  });

  it('says nothing where nothing varies, nothing applies, or a score is not known', () => {
    const rate = [50, 50, 50, 50];
    const equal = groupByCriterion(group({ A: rate, B: rate, C: rate }), 'min', null)!;
    for (const c of equal)
      expect(c).toMatchObject({
        spread: 0,
        withTotal: null,
        withRest: null,
        without: { changed: 0, rank: null },
      });
    const none = groupByCriterion(
      group({ A: [null, 9, 8, 7], B: [null, 5, 6, 7], C: [null, 1, 2, 7] }),
      'min',
      0,
    )!;
    const nothing = { full: null, mean: null, spread: null, withTotal: null, firstMean: null, behind: null };
    expect(none[0]).toMatchObject({ units: 0, ...nothing, without: { changed: 0, most: 0, rank: 1 } });
    // All have the same of 2.2, which can tell nothing of the rest.
    expect(none[3]).toMatchObject({ spread: 0, withTotal: null, withRest: null });
    const { A, B } = { A: rate, B: rate };
    expect(groupByCriterion(group({ A, B }), 'min', 0)).toBeNull();
    expect(groupByCriterion(group({ A, B, C: [50] }), 'min', 0)).toBeNull();
  });
});

describe('what a league says of its group', () => {
  const faults = (data: object) => {
    const parsed = parseLeague({ name: 'x', year: 2022, ...data });
    return parsed.diagnostics.map((d) => [d.code, d.path, d.params]);
  };
  const bands = [
    { at_least: 90, units: 5 },
    { at_least: 85, units: 20 },
    { at_least: 80, units: 27 },
  ];

  it('needs no units: the size, or a figure of the whole group, is enough', () => {
    for (const figure of [{}, { mean: 84 }, { median: 84 }, { counts: bands }])
      expect(faults({ size: 27, ...figure })).toEqual([]);
    expect(
      faults({ size: 2, units: [{ unit: 'A', score: 0 }], counts: [{ at_least: 0, units: 2 }] }),
    ).toEqual([]);
  });

  it('a unit at just the score of a band is one of those that reached it', () => {
    const units = [{ unit: 'A', score: 90 }];
    const group = league({ size: 4, units, counts: [{ at_least: 90, units: 1 }] });
    expect(spreadOf(must(rivalsOf(group, 'Me', f(80))))).toEqual([
      [null, 0, 90],
      [null, 0, 90],
    ]);
    expect(placeInLeague(must(rivalsOf(group, 'Me', f(80))), f(80))).toMatchObject({ best: 2, worst: 4 });
  });

  it('a mean that its bands cannot have: (5 × 90 + 15 × 85 + 7 × 80) ÷ 27 = 84.6296 is the least', () => {
    const most = (5 * 100 + 15 * 90 + 7 * 85) / 27;
    const params = { value: '80', from: '84.6296', to: String(Number(most.toFixed(4))) };
    expect(faults({ size: 27, counts: bands, mean: 80 })).toEqual([['league-mean', ['mean'], params]]);
    expect(faults({ size: 27, counts: bands, mean: 85 })).toEqual([]);
  });

  it('a mean that its median cannot have: 14 of 27 from 90 on leave (14 × 90) ÷ 27 at least', () => {
    // And at most (13 × 100 + 14 × 90) ÷ 27. Both figures are rounded: 46.67 less 0.5 for each.
    const params = { value: '45', from: '46.6667', to: '94.8148' };
    expect(faults({ size: 27, median: 90, mean: 45 })).toEqual([['league-mean', ['mean'], params]]);
    expect(faults({ size: 27, median: 90, mean: 46 })).toEqual([]);
  });

  it('a median that scores without a rank cannot have, nor a mean: who is known keeps the places of the unknown', () => {
    const median = (value: number, from: string, to: string) => [
      ['league-median', ['median'], { value: String(value), from, to }],
    ];
    // Of 90, 80 and one more the middle one is 80, 90 or between.
    const two = [
      { unit: 'A', score: 90 },
      { unit: 'B', score: 80 },
    ];
    expect(faults({ size: 3, units: two, median: 10 })).toEqual(median(10, '80', '90'));
    expect(faults({ size: 3, units: two, median: 85 })).toEqual([]);
    // The first has 50, C is third: B's 30 is the second.
    const units = [
      { unit: 'A', rank: 1, score: 50 },
      { unit: 'B', score: 30 },
      { unit: 'C', rank: 3 },
    ];
    expect(faults({ size: 3, units, median: 50 })).toEqual(median(50, '30', '30'));
    const mean = { value: '40', from: '26.6667', to: '36.6667' };
    expect(faults({ size: 3, units, mean: 40 })).toEqual([['league-mean', ['mean'], mean]]);
  });

  it('figures off the scale, a scale of nothing, one rank with two scores', () => {
    const off = { value: '120', scale: '100' };
    const counts = [{ at_least: 120, units: 2 }];
    expect(faults({ size: 9, counts })).toEqual([['score-off-scale', ['counts', 0, 'at_least'], off]]);
    expect(faults({ size: 9, mean: 120 })).toEqual([['score-off-scale', ['mean'], off]]);
    expect(faults({ size: 9, scale: 0 })).toEqual([['out-of-range', ['scale'], { value: '0', above: 0 }]]);
    const shared = (score: number) => [
      { unit: 'A', rank: 2, score: 90 },
      { unit: 'B', rank: 2, score },
    ];
    const params = { unit: 'B', other: 'A', rank: 2 };
    expect(faults({ size: 9, units: shared(80) })).toEqual([
      ['league-shared-rank', ['units', 1, 'score'], params],
    ]);
    expect(faults({ size: 9, units: shared(90) })).toEqual([]);
    expect(faults({ size: 2.5 })).toEqual([['not-a-number', ['size'], { value: '2.5', whole: true }]]);
  });
});
