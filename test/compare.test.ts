import { existsSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compare, selfAndAppraised } from '../src/analysis/compare.js';
import { gainingChanges, gainingTogether, groupWhatIf } from '../src/analysis/group.js';
import { parseChanges } from '../src/analysis/whatif.js';
import type { Catalogue } from '../src/catalogue/catalogue.js';
import { sameRules } from '../src/catalogue/diff.js';
import { parseCatalogue } from '../src/catalogue/parse.js';
import { loadLeague, parseReading, rankTable, score } from '../src/index.js';
import { TIES } from '../src/ranking/ranks.js';
import { standings } from '../src/ranking/standings.js';
import { gradeOf } from '../src/scoring/totals.js';
import { fromNumber as f } from '../src/values/fraction.js';
import { catalogueData, catalogueWith, cchc, fixture, must, NHU_XUAN, withFiles } from './support.js';

const proportional = (target: number, max: number) => catalogueWith({ kind: 'proportional', target }, max);
const readingOf = (catalogue: Catalogue, entry: unknown, unit = 'U') =>
  must(parseReading({ unit, year: 2022, catalogue: 'test', indicators: { T1: entry } }, catalogue));

describe('compare', () => {
  it('separates new rules from performance: 40% under target 80 of 1, then 60% under target 100 of 2', () => {
    const [old, renewed] = [proportional(80, 1), proportional(100, 2)];
    const found = compare(
      { reading: readingOf(old, '40%'), catalogue: old },
      { reading: readingOf(renewed, '60%'), catalogue: renewed },
    );
    // 0.5 before, 1.2 after; 40% under the new rule is 0.8: +0.3 by rules, +0.4 by performance.
    expect(found.change).toEqual({ total: 7000, rules: 3000, performance: 4000 });
  });

  it('carries a published deduction by the value it implies: 0.5 of 1 at target 80 is 40%', () => {
    const [old, renewed] = [proportional(80, 1), proportional(100, 2)];
    const found = compare(
      { reading: readingOf(old, { deducted: 0.5 }), catalogue: old },
      { reading: readingOf(renewed, '60%'), catalogue: renewed },
    );
    expect(found.criteria[0]!.change).toEqual({ total: 7000, rules: 3000, performance: 4000 });
  });

  it('carries each of several values by its name: 60% paid and 30% sent, in whatever order the parts stand', () => {
    const part = (input: string, target: number) => ({
      input,
      name: input,
      max: 1,
      rule: { kind: 'proportional', target, provenance: 'assumed', reason: 'test' },
    });
    const sum = (...parts: object[]) => catalogueWith({ kind: 'sum', parts }, 2);
    const [old, renewed] = [
      sum(part('paid', 100), part('sent', 100)),
      sum(part('sent', 50), part('paid', 100)),
    ];
    const values = { values: { paid: '60%', sent: '30%' } };
    const found = compare(
      { reading: readingOf(old, values), catalogue: old },
      { reading: readingOf(renewed, values), catalogue: renewed },
    );
    // 0.6 + 0.3, then 0.6 + 30 ÷ 50.
    expect(found.change).toEqual({ total: 3000, rules: 3000, performance: 0 });
  });

  it('does not split where the old value is not known: a step implies a range', () => {
    const old = catalogueWith({ kind: 'steps', tiers: [{ at_least: 80, points: 'max' }] }, 1);
    const renewed = proportional(100, 2);
    const found = compare(
      { reading: readingOf(old, { deducted: 1 }), catalogue: old },
      { reading: readingOf(renewed, '60%'), catalogue: renewed },
    );
    expect(found.change).toEqual({ total: 12_000, rules: null, performance: null });
  });

  it('rules and performance add up to the change; under one catalogue all is performance', () => {
    const percent = fc.integer({ min: 0, max: 100 });
    const target = fc.integer({ min: 1, max: 100 });
    fc.assert(
      fc.property(percent, percent, target, target, (x, y, s, t) => {
        const [old, renewed] = [proportional(s, 1), proportional(t, 3)];
        const split = compare(
          { reading: readingOf(old, `${x}%`), catalogue: old },
          { reading: readingOf(renewed, `${y}%`), catalogue: renewed },
        ).change;
        expect(split.rules! + split.performance!).toBe(split.total);
        const same = compare(
          { reading: readingOf(old, `${x}%`), catalogue: old },
          { reading: readingOf(old, `${y}%`), catalogue: old },
        ).change;
        expect(same).toEqual({ total: same.total, rules: 0, performance: same.total });
      }),
    );
  });

  it('self-scored against appraised points', () => {
    const catalogue = proportional(100, 1);
    const reading = readingOf(catalogue, { value: '90%', self_scored: 1, appraised: 0.75 });
    const [self, appraised] = selfAndAppraised(reading, catalogue)!;
    const found = compare({ reading: self, catalogue }, { reading: appraised, catalogue });
    expect(found.change.total).toBe(-2500);
    expect(selfAndAppraised(readingOf(catalogue, '90%'), catalogue)).toBeNull();
  });

  it('one catalogue opened for two years, or copied beside each unit, is still the same rules', async () => {
    const catalogue = JSON.stringify(catalogueData({ kind: 'proportional', target: 100 }, 10));
    const reading = (unit: string, year: number, value: string) =>
      `unit: ${unit}\nyear: ${year}\ncatalogue: ./c.yaml\nindicators: {T1: ${value}}\n`;
    const files = {
      'a/c.yaml': catalogue,
      'b/c.yaml': `\n${catalogue}`,
      'a/1.yaml': reading('A', 2022, '50%'),
      'a/next.yaml': reading('A', 2023, '80%'),
      'b/2.yaml': reading('B', 2022, '70%'),
      'b/3.yaml': reading('C', 2022, '90%'),
    };
    await withFiles(files, async (folder) => {
      const at = (name: string) => join(folder, name);
      const years = ['compare', at('a/1.yaml'), at('a/next.yaml')];
      const [found] = JSON.parse((await cchc([...years, '--format', 'json'])).stdout).comparisons;
      // 8 − 5.
      expect(found).toMatchObject({ sameRules: true, change: 3, rules: 0, performance: 3 });
      expect((await cchc([...years, '--lang', 'en'])).stdout).not.toContain('By rules');
      const group = ['league', at('a/1.yaml'), at('b/2.yaml'), at('b/3.yaml')];
      const { criteria } = JSON.parse((await cchc([...group, '--format', 'json'])).stdout);
      // (5 + 7 + 9) ÷ 3; 5 + 3 + 1 are lost.
      expect(criteria).toMatchObject([{ id: 'T1', units: 3, mean: 7 }]);
      expect((await cchc([...group, '--lang', 'en'])).stdout).toMatch(/T1 .*9/);
    });
  });

  it('rules that differ in the maximum, an order or a cap are not the same', () => {
    const data = catalogueData({ kind: 'proportional', target: 100 }, 10);
    const [two, one] = [{ ...data.criteria[0], id: 'T2' }, data.criteria[0]!];
    const made = (more: object) =>
      must(parseCatalogue({ ...data, scale: { ...data.scale, value: 20 }, ...more }));
    const base = made({ criteria: [one, two] });
    expect(sameRules(base, made({ criteria: [{ ...one, name: 'Khác' }, two], year: 2023 }))).toBe(true);
    const others = [
      { criteria: [two, one] },
      { criteria: [one, two], decimals: 2 },
      { criteria: [one, two], fields: [{ id: 'F', name: 'F', cap: 5 }] },
      { criteria: [{ ...one, rule: { ...one.rule, target: 90 } }, two] },
    ];
    for (const other of others) expect(sameRules(base, made(other))).toBe(false);
  });

  it('on the command line: fields of the letter against the example year, rank effect, refusals', async () => {
    const to = fixture('nhu-xuan-2022-to-date.yaml');
    const league = fixture('leagues/thanh-hoa-districts-2022.yaml');
    const ran = await cchc(['compare', NHU_XUAN, to, '--league', league, '--format', 'json']);
    const [found] = JSON.parse(ran.stdout).comparisons;
    expect(found).toMatchObject({ sameRules: true, rules: 0, notListed: 0 });
    expect(found.fields.reduce((s: number, x: { change: number }) => s + x.change * 1e4, 0)).toBeCloseTo(
      found.change * 1e4,
      6,
    );
    expect(found.from.rank.mean).toBe(21);
    expect(found.to.rank.mean).toBeLessThan(21);
    expect((await cchc(['compare', NHU_XUAN])).stderr).toContain('compare-one');
    expect((await cchc(['compare', NHU_XUAN, '--self-score'])).stderr).toContain('no-self-score');
    const three = await cchc(['compare', NHU_XUAN, to, NHU_XUAN, '--league', league, '--league', league]);
    expect([three.code, three.stderr.includes('compare-leagues')]).toEqual([2, true]);
  });
});

describe('standings of a group', () => {
  const catalogue = proportional(100, 100);
  const of = (entries: (string | null)[]) =>
    entries.map((e, i) =>
      score(
        e === null
          ? must(parseReading({ unit: `U${i}`, year: 2022, catalogue: 'test', indicators: {} }, catalogue))
          : readingOf(catalogue, e, `U${i}`),
        catalogue,
      ),
    );

  it('known scores rank as the table does, for every tie rule', () => {
    const percents = fc.array(fc.integer({ min: 0, max: 5 }), { minLength: 2, maxLength: 8 });
    fc.assert(
      fc.property(percents, fc.constantFrom('min', 'max', 'dense', 'order' as const), (xs, ties) => {
        const results = of(xs.map((x) => `${x}%`));
        const table = rankTable(
          xs.map((x) => f(x)),
          ties as 'min',
          null,
        );
        for (const row of standings(results, ties as 'min').rows)
          expect(row.rank).toBe(table[results.indexOf(row.result)]!.rank);
      }),
    );
  });

  it('an unknown unit may stand anywhere, and the others move by one', () => {
    const rows = standings(of(['50%', null, '30%']), 'min').rows;
    const range = (unit: string) => {
      const row = rows.find((r) => r.result.unit === unit)!;
      return [row.rank, row.best, row.worst];
    };
    expect(range('U0')).toEqual([null, 1, 2]);
    expect(range('U1')).toEqual([null, 1, 3]);
    expect(range('U2')).toEqual([null, 2, 3]);
  });

  it('level units beside an unknown one are placed by the tie rule: max puts both behind each other', () => {
    const level = (ties: 'min' | 'max') =>
      standings(of(['50%', '50%', null]), ties).rows.find((r) => r.result.unit === 'U0');
    expect(level('min')).toMatchObject({ rank: null, best: 1, worst: 2 });
    expect(level('max')).toMatchObject({ rank: null, best: 2, worst: 3 });
  });

  it('who may yet be level takes a place where the tie rule says so', () => {
    // 100% is the most: U1, not known yet, may be level with it, and is never above it.
    const top = (ties: 'min' | 'max' | 'order') =>
      standings(of([null, '100%']), ties).rows.find((r) => r.result.unit === 'U1');
    expect(top('min')).toMatchObject({ rank: 1, best: 1, worst: 1 });
    expect(top('max')).toMatchObject({ rank: null, best: 1, worst: 2 });
    expect(top('order')).toMatchObject({ rank: null, best: 1, worst: 2 });
  });

  it('a place of partly known readings holds that of every way to fill them in, and is no wider', () => {
    const data = catalogueData({ kind: 'yes_no' }, 1, 2);
    const two = must(
      parseCatalogue({ ...data, criteria: ['T1', 'T2'].map((id) => ({ ...data.criteria[0]!, id })) }),
    );
    const CELLS = ['có', 'không', null];
    const cell = fc.constantFrom(...CELLS);
    const results = (rows: readonly (readonly (string | null)[])[]) =>
      rows.map((cells, i) => {
        const given = cells.flatMap((c, k) => (c === null ? [] : [[`T${k + 1}`, c]]));
        const reading = {
          unit: `U${i}`,
          year: 2022,
          catalogue: 'test',
          indicators: Object.fromEntries(given),
        };
        return score(must(parseReading(reading, two)), two);
      });
    const fillings = (rows: readonly (readonly (string | null)[])[]): (string | null)[][][] =>
      rows.reduce<(string | null)[][][]>(
        (all, cells) =>
          all.flatMap((done) =>
            cells
              .reduce<(string | null)[][]>(
                (some, c) =>
                  some.flatMap((s) => (c === null ? ['có', 'không'] : [c]).map((one) => [...s, one])),
                [[]],
              )
              .map((row) => [...done, row]),
          ),
        [[]],
      );
    fc.assert(
      fc.property(
        fc.array(fc.tuple(cell, cell), { minLength: 2, maxLength: 4 }),
        fc.constantFrom(...TIES),
        (rows, ties) => {
          const said = standings(results(rows), ties).rows;
          const found = fillings(rows).map((filled) => standings(results(filled), ties).rows);
          for (const { result, best, worst } of said) {
            const ranks = found.map((table) => table.find((r) => r.result.unit === result.unit)!.rank!);
            expect(best).toBeLessThanOrEqual(Math.min(...ranks));
            expect(worst).toBeGreaterThanOrEqual(Math.max(...ranks));
            // By order of the file the range does not look at who stands before whom; dense counts each as apart.
            if (ties === 'min' || ties === 'max')
              expect([best, worst]).toEqual([Math.min(...ranks), Math.max(...ranks)]);
          }
        },
      ),
      { numRuns: 150 },
    );
  });

  it('mean, median and quartiles of 10, 20, 30, 40: 25, 25, 17.5 and 32.5', () => {
    const table = standings(of(['40%', '10%', '30%', '20%']), 'min');
    expect([table.mean, table.median, ...table.quartiles!].map((q) => q!.valueOf())).toEqual([
      25, 25, 17.5, 32.5,
    ]);
  });

  it('raising to a value never lowers a unit', () => {
    const readings = ['50%', '90%'].map((e, i) => readingOf(catalogue, e, `U${i}`));
    const { changes } = parseChanges({ T1: '85%' }, catalogue);
    const lifted = readings.map((reading) => gainingChanges({ reading, catalogue }, changes));
    expect(lifted.map((s) => s.size)).toEqual([1, 0]);
    const { moves } = groupWhatIf(
      readings.map((reading) => ({ reading, catalogue })),
      [changes, new Map()],
      'min',
    );
    expect(moves.map((m) => [m.after.unit, m.places])).toEqual([
      ['U1', 0],
      ['U0', 0],
    ]);
  });
});

describe('a raise of units that are measured by their leader', () => {
  // Half of 3 points at the target of 50, the rest by the way from there to the leader: A at 60 of 80 has 2, B has 3.
  const catalogue = catalogueWith({ kind: 'leader_relative', at_target: 0.5 }, 3);
  const group = [60, 80].map((value, i) => ({
    reading: readingOf(catalogue, { value, target: 50 }, `U${i}`),
    catalogue,
  }));
  const to = (value: string) => parseChanges({ T1: value }, catalogue).changes;

  it('the leader is raised too, as it would lose points behind the others', () => {
    const lifted = gainingTogether(group, [to('100'), to('100')]);
    expect(lifted.map((s) => s.size)).toEqual([1, 1]);
    const { moves } = groupWhatIf(group, lifted, 'min');
    expect(moves.map((m) => m.after.total.score)).toEqual([30_000, 30_000]);
  });

  it('short of the leader only who is below rises: 70 is two thirds of the way, 2.5 points', () => {
    const lifted = gainingTogether(group, [to('70'), to('70')]);
    expect(lifted.map((s) => s.size)).toEqual([1, 0]);
    const { moves } = groupWhatIf(group, lifted, 'min');
    expect(moves.map((m) => m.after.total.score)).toEqual([30_000, 25_000]);
  });
});

describe('bands', () => {
  const banded = (bands: unknown) => {
    const { rule: _, ...rest } = catalogueWith({ kind: 'proportional', target: 100 }, 100).criteria[0]!;
    return parseCatalogue({
      id: 'test',
      name: 'Test',
      year: 2022,
      scale: { value: 100, provenance: 'assumed', reason: 'test' },
      sources: { press: { title: 'x' } },
      fields: [{ id: 'F', name: 'F' }],
      owners: { O: {} },
      criteria: [
        {
          id: 'T1',
          name: rest.name,
          field: 'F',
          owners: ['O'],
          max: { value: 100, provenance: 'assumed', reason: 'test' },
          rule: { kind: 'proportional', target: 100, provenance: 'assumed', reason: 'test' },
        },
      ],
      bands,
    });
  };
  // Public facts: group A from 90%, group B from 80% to under 90%.
  const AB = [
    { name: 'B', at_least: 80, provenance: 'stated', source: 'press' },
    { name: 'A', at_least: 90, provenance: 'stated', source: 'press' },
  ];

  it('A from 90%, B from 80%: the edges belong above, and the next band says how many points', () => {
    const catalogue = must(banded(AB));
    const grade = (percent: string) => gradeOf(score(readingOf(catalogue, percent), catalogue))!;
    expect(grade('90%')).toMatchObject({ band: { name: { vi: 'A' } }, next: null });
    expect(grade('89.9999%')).toMatchObject({ band: { name: { vi: 'B' } }, next: { points: 1 } });
    expect(grade('70%')).toMatchObject({
      band: null,
      next: { band: { name: { vi: 'B' } }, points: 100_000 },
    });
    expect(gradeOf(score(readingOf(proportional(100, 1), '70%'), proportional(100, 1)))).toBeNull();
  });

  it('a band twice, or off the scale, is an error', () => {
    const twice = banded([...AB, { ...AB[0]!, name: 'C' }]);
    const off = banded([{ ...AB[0]!, at_least: 120 }]);
    expect(twice.diagnostics.map((d) => d.code)).toContain('duplicate-id');
    expect(off.diagnostics.map((d) => d.code)).toContain('out-of-range');
  });
});

describe('cchc league', () => {
  const GROUP = fixture('groups/example-2022.csv');

  it('everyone to 85% in 7.3.2: Huyện C gains a place over Huyện E', async () => {
    const ran = await cchc(['league', GROUP, '--raise', '7.3.2=85%', '--format', 'json']);
    const { whatif } = JSON.parse(ran.stdout);
    const moved = whatif.moves.filter((m: { places: number }) => m.places !== 0);
    expect(moved).toMatchObject([
      { unit: 'Huyện C', rankBefore: 4, rankAfter: 3, places: 1 },
      { unit: 'Huyện E', rankBefore: 3, rankAfter: 4, places: -1 },
    ]);
  });

  // Only C has one person disciplined, of at most none: 1.5 points; ISO has levels, and 85.5% is over the 85% of the rule.
  it.each([
    ['vi', 'Với mọi đơn vị: 5.4.3 ≤ 0, 7.6.1 = Tốt, 7.3.2 ≥ 85,5%'],
    ['en', 'For every unit: 5.4.3 ≤ 0, 7.6.1 = Good, 7.3.2 ≥ 85.5%'],
  ])('a raise is at most where less is better, at least where more is: %s', async (lang, words) => {
    const raises = ['5.4.3=0', '7.3.2=85.5%', '7.6.1=Tốt'].flatMap((r) => ['--raise', r]);
    const ran = await cchc(['league', GROUP, ...raises, '--lang', lang]);
    expect(ran.stdout.replace(/\s+/g, ' ')).toContain(words);
    const fewer = await cchc(['league', GROUP, '--raise', '5.4.3=0', '--format', 'json']);
    const gains = JSON.parse(fewer.stdout).whatif.moves.map((m: { unit: string; gain: number }) => [
      m.unit,
      m.gain,
    ]);
    expect(Object.fromEntries(gains)).toEqual({
      'Huyện A': 0,
      'Huyện B': 0,
      'Huyện C': 1.5,
      'Huyện D': 0,
      'Huyện E': 0,
    });
  });

  it('saves a league that score can rank in, and never writes over it unasked', async () => {
    await withFiles({}, async (folder) => {
      const file = `${folder}/league.yaml`;
      expect((await cchc(['league', GROUP, '--save', file])).code).toBe(0);
      const league = must(await loadLeague(file));
      expect(league.units.map((u) => u.rank)).toEqual([1, 2, 3, 4, 5]);
      const ran = await cchc(['score', GROUP, '--unit', 'Huyện C', '--league', file, '--format', 'json']);
      expect(JSON.parse(ran.stdout).readings[0].rank).toMatchObject({ rank: 4, size: 5 });
      const again = await cchc(['league', GROUP, '--save', file]);
      expect([again.code, again.stderr.includes('output-exists')]).toEqual([3, true]);
    });
  });

  it('a saved league ranks as the group was ranked, by each tie rule, beside a unit not wholly known', async () => {
    const data = catalogueData({ kind: 'proportional' }, 95, 100);
    const [criterion] = data.criteria;
    const more = { ...criterion!, id: 'T2', max: { value: 5, provenance: 'assumed', reason: 'x' } };
    const scheme = JSON.stringify({ ...data, criteria: [criterion, more] });
    const reading = (unit: string, T1: string, T2?: string) =>
      JSON.stringify({ unit, year: 2022, catalogue: 'scheme.json', indicators: { T1, ...(T2 && { T2 }) } });
    const files = {
      'scheme.json': scheme,
      'a.json': reading('A', '90%', '100%'),
      'b.json': reading('B', '90%', '100%'),
      'c.json': reading('C', '80%', '100%'),
      // Between 47.5 and 52.5.
      'd.json': reading('D', '50%'),
      'e.json': reading('E', '30%', '100%'),
    };
    const units = ['a', 'b', 'c', 'd', 'e'].map((u) => `${u}.json`);
    // 90.5, 90.5, 81, about 50, and 33.5.
    const ranks = {
      min: [1, 1, 3, null, 5],
      max: [2, 2, 3, null, 5],
      dense: [1, 1, 2, null, 4],
      order: [1, 2, 3, null, 5],
    };
    await withFiles(files, async (cwd) => {
      for (const [ties, expected] of Object.entries(ranks)) {
        expect(
          (await cchc(['league', ...units, '--ties', ties, '--save', `${ties}.yaml`], { cwd })).code,
        ).toBe(0);
        const ran = await cchc(['score', ...units, '--league', `${ties}.yaml`, '--format', 'json'], { cwd });
        const placed = JSON.parse(ran.stdout).readings.map(
          (r: { rank: { rank: number | null } }) => r.rank.rank,
        );
        expect([ties, placed]).toEqual([ties, expected]);
      }
    });
  });

  it('what the group tells after a change is of the group as it is then, within its groups too', async () => {
    const data = catalogueData({ kind: 'proportional' }, 10, 20);
    const reading = (unit: string, T1: string, T2: string) =>
      JSON.stringify({ unit, year: 2022, catalogue: 'scheme.json', indicators: { T1, T2 } });
    const files = {
      'scheme.json': JSON.stringify({
        ...data,
        criteria: [data.criteria[0], { ...data.criteria[0]!, id: 'T2' }],
      }),
      'a.json': reading('A', '80%', '50%'),
      'b.json': reading('B', '90%', '20%'),
      'c.json': reading('C', '85%', '40%'),
      'units.yaml': 'units: [{unit: A, parent: P}, {unit: B, parent: P}, {unit: C}]\n',
    };
    await withFiles(files, async (cwd) => {
      const call = ['league', 'a.json', 'b.json', 'c.json', '--set', 'T2=100%', '--units', 'units.yaml'];
      const ran = JSON.parse((await cchc([...call, '--format', 'json'], { cwd })).stdout);
      type Told = Record<'criteria' | 'groups', { full: number; units: { unit: string }[] }[]>;
      const told = ({ criteria, groups }: Told) => [
        criteria.map((c) => c.full),
        groups[0]!.units.map((u) => u.unit),
      ];
      // A has 13 and B 11; then 18 and 19, and each of the three has T2 in full.
      expect([told(ran), told(ran.whatif)]).toEqual([
        [
          [0, 0],
          ['A', 'B'],
        ],
        [
          [0, 1],
          ['B', 'A'],
        ],
      ]);
      expect((await cchc(call, { cwd })).stdout).toMatch(/T2 {2}T1? +100\.0%/);
    });
  });

  it('units that each take their own row’s place in a league are listed by score', async () => {
    const reading = (unit: string, T1: string) =>
      JSON.stringify({ unit, year: 2022, catalogue: 'scheme.json', indicators: { T1 } });
    const files = {
      'scheme.json': JSON.stringify(catalogueData({ kind: 'proportional' }, 100)),
      'a.json': reading('A', '85%'),
      'b.json': reading('B', '84%'),
      'l.yaml':
        'name: L\nyear: 2022\nsize: 3\nunits: [{unit: A, score: 70}, {unit: B, score: 90}, {unit: C, score: 80}]\n',
    };
    await withFiles(files, async (cwd) => {
      const { stdout } = await cchc(['score', 'a.json', 'b.json', '--league', 'l.yaml'], { cwd });
      // A at 85 is behind 90, the published B; B at 84 is before 70, the published A, and 80. Yet 85 is the higher.
      expect(stdout).toMatch(/Highest +A \(85\)\nLowest +B \(84\)/);
      expect(stdout).toMatch(/ 2 {2}A .*\n +1 {2}B /);
    });
  });

  it('an index that no league has room for is not saved, and that is said', async () => {
    const data = catalogueData({ kind: 'proportional' }, 10);
    const bonus = { ...data.criteria[0]!, id: 'X', outside: true };
    const reading = (unit: string, X: string) =>
      JSON.stringify({ unit, year: 2022, catalogue: 'scheme.json', indicators: { T1: '95%', X } });
    const files = {
      'scheme.json': JSON.stringify({ ...data, criteria: [data.criteria[0], bonus] }),
      'a.json': reading('A', '10%'),
      'b.json': reading('B', '0%'),
    };
    await withFiles(files, async (cwd) => {
      const ran = await cchc(['league', 'a.json', 'b.json', '--save', 'l.yaml'], { cwd });
      // 9.5 and one more, of 10.
      expect([ran.code, ran.stderr]).toEqual([
        3,
        expect.stringContaining("error[index-off-league] the index of 'A' is 105"),
      ]);
      expect(existsSync(join(cwd, 'l.yaml'))).toBe(false);
    });
  });

  it('refuses one unit, a unit twice, and two years', async () => {
    expect((await cchc(['league', NHU_XUAN])).stderr).toContain('league-needs-units');
    expect((await cchc(['league', NHU_XUAN, NHU_XUAN])).stderr).toContain('duplicate-unit');
    await withFiles(
      { 'b.yaml': 'unit: B\nyear: 2023\ncatalogue: thanh-hoa-district-2022\n' },
      async (folder) => {
        const ran = await cchc(['league', NHU_XUAN, `${folder}/b.yaml`]);
        expect([ran.code, ran.stderr.includes('mixed-years')]).toEqual([2, true]);
      },
    );
  });
});

describe('several readings at once', () => {
  const GROUP = fixture('groups/example-2022.csv');
  it.each([
    ['whatif', ['--set', '7.3.2=85%']],
    ['sensitivity', []],
    ['plan', ['--target-score', '90']],
    ['risk', ['--uncertain', '7.3.2=20..80']],
  ])('%s', async (name, more) => {
    const all = JSON.parse((await cchc([name, GROUP, ...more, '--format', 'json'])).stdout);
    expect(all.schema).toBe('cchc/several@1');
    expect(all.results).toHaveLength(5);
    const one = await cchc([name, GROUP, ...more, '--unit', 'Huyện B', '--format', 'json']);
    expect(all.results[1]).toEqual(JSON.parse(one.stdout));
    const csv = (await cchc([name, GROUP, ...more, '--format', 'csv'])).stdout.trimEnd().split('\r\n');
    expect(csv[0]).toMatch(/^unit,year,/);
    expect(new Set(csv.slice(1).map((r) => r.split(',')[0])).size).toBe(name === 'plan' ? 1 : 5);
  });
});
