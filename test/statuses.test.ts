import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseCatalogue } from '../src/catalogue/parse.js';
import { loadLeague, parseReading, score } from '../src/index.js';
import { indexOf } from '../src/scoring/score.js';
import { cchc, LEAGUE_2022, must, withFiles } from './support.js';

describe('every status of a criterion', () => {
  const number = (value: number | string, kind: string) => ({
    value,
    ...{
      stated: { provenance: 'stated', source: 'S' },
      inferred: { provenance: 'inferred', working: 'w' },
      assumed: { provenance: 'assumed', reason: 'r' },
    }[kind],
  });
  const criterion = (id: string, field: string, owners: string[], max: number, kind: string, floor = 0) => ({
    id,
    name: id,
    field,
    owners,
    max: number(max, kind),
    exemption: 'with evidence',
    rule: { kind: 'penalty', per_case: number(1, 'inferred'), floor: number(floor, 'inferred') },
  });
  const catalogue = must(
    parseCatalogue({
      id: 't',
      name: 't',
      year: 2022,
      scale: number(20, 'stated'),
      sources: { S: { title: 'A source' } },
      fields: [
        { id: 'F', name: 'F' },
        { id: 'G', name: 'G' },
        { id: 'H', name: 'nothing in it' },
      ],
      owners: { P: {}, Q: {}, R: {} },
      criteria: [
        criterion('1', 'F', ['P'], 3, 'stated'),
        criterion('2', 'F', ['P', 'Q'], 4, 'assumed'),
        criterion('3', 'G', ['Q'], 5, 'stated', -2),
      ],
      not_listed: { name: 'the rest', provenance: 'stated', source: 'S' },
    }),
  );
  const scored = (indicators: Record<string, unknown>) =>
    score(must(parseReading({ unit: 'U', year: 2022, catalogue: 't', indicators }, catalogue)), catalogue);
  const row = (indicators: Record<string, unknown>, id: string) => {
    const {
      criterion: _c,
      entry: _e,
      implied: _i,
      value: _v,
      exact: _x,
      condition: _w,
      ...rest
    } = scored(indicators).criteria.find((c) => c.criterion.id === id)!;
    return rest;
  };
  const full = { '1': 1, '2': 0, '3': 6 };

  it('scored: 3 less 1, 4, 5 less 6 is −1; the sums by field, by owner and in all', () => {
    const result = scored(full);
    expect(result.criteria.map((c) => [c.status, c.points, c.deduction])).toEqual([
      ['scored', 20_000, 10_000],
      ['scored', 40_000, 0],
      ['scored', -10_000, 60_000],
    ]);
    expect(result.fields.map((f) => [f.field.id, f.criteria, f.points, f.deduction, f.max])).toEqual([
      ['F', ['1', '2'], 60_000, 10_000, 70_000],
      ['G', ['3'], -10_000, 60_000, 50_000],
    ]);
    // Q leads 2 together with P; R leads nothing.
    expect(result.owners.map((o) => [o.owner, o.criteria, o.points])).toEqual([
      ['P', ['1', '2'], 60_000],
      ['Q', ['2', '3'], 30_000],
    ]);
    // 2 + 4 − 1 + 8 of 20.
    expect(result.total).toMatchObject({ score: 130_000, deduction: 70_000, applicableMax: 200_000 });
    expect([result.total.worst, result.total.best]).toEqual([130_000, 130_000]);
    expect(result.total.index!.equals(65)).toBe(true);
  });

  it('points rest on the weakest of maximum, reading and, where it decides, rule', () => {
    // A stated maximum under an inferred rule; an assumed maximum; nothing else.
    expect(scored(full).criteria.map((c) => c.provenance)).toEqual(['inferred', 'assumed', 'inferred']);
    expect(scored(full).basis).toEqual({ stated: 80_000, inferred: 10_000, assumed: 40_000 });
    const guess = { value: 1, provenance: 'assumed' };
    expect(row({ ...full, '1': guess }, '1').provenance).toBe('assumed');
    // A published deduction does not need the rule.
    expect(row({ ...full, '1': { deducted: 1 } }, '1').provenance).toBe('stated');
    expect(row({ ...full, '1': { exempt: 'QĐ 1' } }, '1').provenance).toBe('stated');
    expect(row({ ...full, '1': 'not_applicable' }, '1').provenance).toBe('stated');
    expect(row({ ...full, '2': 'not_applicable' }, '2').provenance).toBe('assumed');
  });

  it('unknown: what the rule can give, and the sums are spans', () => {
    expect(row({ '1': 1, '2': 0 }, '3')).toEqual({
      status: 'unknown',
      points: null,
      deduction: null,
      max: 50_000,
      worst: -20_000,
      best: 50_000,
      provenance: 'inferred',
    });
    const { total, fields, basis } = scored({ '1': 1, '2': 0 });
    expect(total).toEqual({
      score: null,
      adjustment: null,
      deduction: null,
      leastLost: 10_000,
      mostLost: 80_000,
      applicableMax: 200_000,
      worst: 120_000,
      best: 190_000,
      index: null,
    });
    // One criterion that is not known leaves its field unknown, and only that.
    expect(fields.map((f) => [f.points, f.deduction])).toEqual([
      [60_000, 10_000],
      [null, null],
    ]);
    expect(scored({ '1': 1, '3': 6 }).fields[0]!.points).toBeNull();
    expect(basis.inferred).toBe(20_000);
  });

  it('not applicable leaves points and maximum; exempt earns the maximum; deducted counts as published', () => {
    expect(row({ ...full, '1': 'not_applicable' }, '1')).toMatchObject({
      status: 'not_applicable',
      points: 0,
      deduction: 0,
      max: 0,
      worst: 0,
      best: 0,
    });
    const without = scored({ ...full, '1': 'not_applicable' }).total;
    // 4 − 1 + 8 of 17.
    expect([without.score, without.applicableMax, without.deduction]).toEqual([110_000, 170_000, 60_000]);
    expect(row({ ...full, '3': { exempt: 'QĐ 1' } }, '3')).toMatchObject({
      status: 'exempt',
      points: 50_000,
      deduction: 0,
    });
    expect(row({ ...full, '1': { deducted: 0.0001 } }, '1')).toMatchObject({
      status: 'deducted',
      points: 29_999,
      deduction: 1,
    });
    expect(indexOf(0, 0)).toBeNull();
  });
});

describe('a unit to which no criterion applies', () => {
  const nothing = Object.fromEntries(
    ['1.3.3', '1.4.3', '1.5', '3.5.1', '3.6.1', '4.1.3', '4.3.3', '5.4.3', '5.4.2', '6.2.1', '6.2.2'].map(
      (id) => [id, 'not_applicable'],
    ),
  );
  const file = (unit: string, indicators: object) =>
    JSON.stringify({ unit, year: 2022, catalogue: 'thanh-hoa-district-2022', indicators });
  const all = {
    ...nothing,
    ...Object.fromEntries(['7.6.1', '7.3.2', '7.3.3', 'XHH'].map((i) => [i, 'not_applicable'])),
  };

  it('has no index and no rank, in every command; the others are ranked without it', async () => {
    const one = { ...all, XHH: '80%' };
    const two = { ...all, XHH: '70%' };
    await withFiles(
      { 'a.json': file('A', all), 'b.json': file('B', one), 'c.json': file('C', two) },
      async (folder) => {
        const files = ['a', 'b', 'c'].map((n) => join(folder, `${n}.json`));
        const json = async (...args: string[]) =>
          JSON.parse((await cchc([...args, '--format', 'json'])).stdout);
        const alone = await json('score', files[0]!, '--league', LEAGUE_2022);
        expect([alone.readings[0].total.index, alone.readings[0].rank]).toEqual([null, null]);
        expect((await cchc(['score', files[0]!])).stdout).toContain('– (no criterion applies');
        const league = await json('league', ...files);
        expect(
          league.units.map((u: { unit: string; rank: number; index: number }) => [
            u.unit,
            u.rank,
            u.index === null,
          ]),
        ).toEqual([
          ['B', 1, false],
          ['C', 2, false],
          ['A', null, true],
        ]);
        const scored = await json('score', ...files);
        expect(scored.readings.map((r: { rank: { size: number } | null }) => r.rank?.size ?? null)).toEqual([
          null,
          2,
          2,
        ]);
        const saved = join(folder, 'league.yaml');
        expect((await cchc(['league', ...files, '--save', saved])).stdout).toMatch(/–\s.*A\s/);
        expect(must(await loadLeague(saved))).toMatchObject({ size: 2 });
        expect((await cchc(['check', files[0]!, '--min-index', '0'])).code).toBe(1);
      },
    );
  });
});
