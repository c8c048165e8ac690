import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openLeague } from '../src/files/open.js';
import { fromNumber as f, parseLeague, parseReading, score } from '../src/index.js';
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
import { catalogueWith, must } from './support.js';

const league = (data: object): League => must(parseLeague({ name: 'x', year: 2022, ...data }));
const spreadOf = ({ rivals }: Rivals) =>
  rivals.flatMap((r) => (r.form === 'known' ? [] : [[r.unit, r.lo.valueOf(), r.hi.valueOf()]]));

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
    expect(ofB).toMatchObject({ size: 3, own: { unit: 'B' }, assumptions: [] });
    expect(ofB.rivals.map((r) => [r.form, r.unit])).toEqual([
      ['known', 'A'],
      ['interval', 'C'],
    ]);
    expect(placeResult(ofB, results[1]!)).toMatchObject({ best: 2, worst: 3, method: 'bounds' });
    expect(placeResult(rivalsAmong(results, 2, 'max'), results[2]!)).toMatchObject({ best: 1, worst: 3 });
    expect(rivalsAmong([], 0, 'min').own).toBeNull();
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
    expect(faults(2, { unit: 'A', rank: 1, score: 80 }, { unit: 'B', rank: 1, score: 90 })).toEqual([]);
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
