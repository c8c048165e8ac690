import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { applyChanges } from '../src/analysis/gain.js';
import { groupWhatIf } from '../src/analysis/group.js';
import { parseChanges } from '../src/analysis/whatif.js';
import { parseCatalogue } from '../src/catalogue/parse.js';
import { gradeOf, loadCatalogue, loadReading, parseReading, score } from '../src/index.js';
import { EMPTY_ENTRY } from '../src/reading/reading.js';
import { missingReferences, withGroup } from '../src/scoring/group.js';
import { rescore } from '../src/scoring/score.js';
import { Fraction } from '../src/values/fraction.js';
import { catalogueData, catalogueWith, cchc, fixture, must, withFiles, yaml } from './support.js';

const codes = (found: readonly { code: string }[]) => found.map((d) => d.code);

describe('fields in a tree', () => {
  it('sub-totals at every depth', async () => {
    const catalogue = must(await loadCatalogue('rule-forms-example'));
    const indicators = { '1.1.1': 'Chậm', '1.1.2': '90%', '1.2.1': '25%' };
    const reading = must(parseReading({ unit: 'U', year: 2025, catalogue: 'x', indicators }, catalogue));
    const fields = score(reading, catalogue).fields;
    expect(fields.map((x) => [x.field.id, x.depth])).toEqual([
      ['1', 0],
      ['1.1', 1],
      ['1.2', 1],
      ['2', 0],
    ]);
    // 1.1: late 0 + 90% of 2 = 1.8, reports unknown from 0 to 2; 1.2: 0.5 for 25%, issues from 0 to 1.
    const span = (id: string) =>
      fields.filter((x) => x.field.id === id).map((x) => [x.worst, x.best, x.max])[0];
    expect(span('1.1')).toEqual([18_000, 38_000, 50_000]);
    expect(span('1.2')).toEqual([5000, 15_000, 20_000]);
    expect(span('1')).toEqual([23_000, 53_000, 70_000]);
  });

  it('a field that is part of itself is an error', () => {
    const data = yaml(`id: t
name: t
year: 2022
scale: {value: 1, provenance: assumed, reason: x}
sources: {}
fields: [{id: a, name: a, parent: b}, {id: b, name: b, parent: a}]
owners: {O: {}}
criteria:
  - {id: x, name: x, field: a, owners: [O], max: {value: 1, provenance: assumed, reason: x}, rule: {kind: yes_no, provenance: assumed, reason: x}}
`);
    expect(codes(parseCatalogue(data).diagnostics)).toContain('field-circle');
  });
});

const lackingIds = (member: Parameters<typeof missingReferences>[0]) =>
  missingReferences(member).map((l) => l.id);

describe('targets and leaders', () => {
  const catalogue = catalogueWith({ kind: 'leader_relative' }, 10);
  const member = (unit: string, entry: unknown) => ({
    catalogue,
    reading: must(
      parseReading({ unit, year: 2022, catalogue: 'test', indicators: { T1: entry } }, catalogue),
    ),
  });

  it('the leader’s value is taken from the group, and a given one stays', () => {
    const group = [
      member('A', { value: 150, target: 100 }),
      member('B', { value: 200, target: 100 }),
      member('C', { value: 150, target: 100, leader: 250 }),
    ];
    const points = withGroup(group).map(({ reading }) => score(reading, catalogue).total.score);
    // 5 + 50 ÷ 100 × 5 = 7.5; the leader 10; against 250: 5 + 50 ÷ 150 × 5 = 6.6667.
    expect(points).toEqual([75_000, 100_000, 66_667]);
    expect(lackingIds(group[0]!)).toEqual(['T1']);
  });

  it('a group is of one catalogue and one year; one reading, or one without a value, is none', () => {
    const next = (unit: string, value: number, year: number) => ({
      catalogue,
      reading: must(
        parseReading(
          { unit, year, catalogue: 'test', indicators: { T1: { value, target: 100 } } },
          catalogue,
        ),
      ),
    });
    const leaders = (group: Parameters<typeof withGroup>[0]) =>
      withGroup(group).map(({ reading }) => reading.entries.get('T1')?.leader ?? null);
    const led = (value: number | null) => ({ value: value && new Fraction(value), from: 'group' });
    expect(leaders([next('A', 150, 2022), next('A', 300, 2023)])).toEqual([null, null]);
    expect(leaders([next('A', 150, 2022), next('B', 200, 2022), next('A', 300, 2023)])).toEqual([
      led(200),
      led(150),
      null,
    ]);
    const other = { ...catalogue, id: 'other' };
    expect(leaders([next('A', 150, 2022), { ...next('B', 200, 2022), catalogue: other }])).toEqual([
      null,
      null,
    ]);
    // B has nothing measured: it takes part, and does not lead; nor has A anyone to follow.
    const silent = member('B', 'not_applicable');
    expect(leaders([next('A', 150, 2022), silent])).toEqual([led(null), led(150)]);
    // C's value is not known, and may be the best; C itself would follow A.
    const empty = must(parseReading({ unit: 'C', year: 2022, catalogue: 'test', indicators: {} }, catalogue));
    const withEmpty = withGroup([next('A', 150, 2022), silent, { catalogue, reading: empty }]);
    expect(withEmpty.map(({ reading }) => reading.entries.get('T1')?.leader ?? null)).toEqual([
      null,
      null,
      null,
    ]);
    expect(withEmpty[2]!.reading.held?.get('T1')?.leader).toEqual(led(150));
    expect(score(withEmpty[0]!.reading, catalogue).total).toMatchObject({ score: null, best: 100_000 });
    const steady = catalogueWith({ kind: 'proportional' }, 1);
    const plain = ['A', 'B'].map((unit) => ({
      catalogue: steady,
      reading: must(parseReading({ unit, year: 2022, catalogue: 'test', indicators: { T1: '50%' } }, steady)),
    }));
    expect(leaders(plain)).toEqual([null, null]);
    expect(withGroup(plain)[0]).toBe(plain[0]);
  });

  it('leaderless: beyond the target, with nobody to measure against', () => {
    const beyond = (entry: unknown) => lackingIds(member('A', entry));
    expect(beyond({ value: 101, target: 100 })).toEqual(['T1']);
    expect(beyond({ value: 100, target: 100 })).toEqual([]);
    expect(beyond({ value: 150, target: 100, leader: 200 })).toEqual([]);
    expect(beyond('not_applicable')).toEqual([]);
    const steady = catalogueWith({ kind: 'proportional', target: 50 }, 1);
    const reading = must(
      parseReading({ unit: 'A', year: 2022, catalogue: 'test', indicators: { T1: '90%' } }, steady),
    );
    expect(lackingIds({ reading, catalogue: steady })).toEqual([]);
  });

  it('a unit that becomes the leader moves the others’ points too', () => {
    const group = [member('A', { value: 150, target: 100 }), member('B', { value: 200, target: 100 })];
    const { changes } = parseChanges({ T1: 300 }, catalogue);
    const { moves } = groupWhatIf(group, [changes, new Map()], 'min');
    const of = (unit: string) => moves.find((m) => m.after.unit === unit)!;
    expect(of('A').after.total.score).toBe(100_000);
    // B was the leader with 10; against 300 it has 5 + 100 ÷ 200 × 5 = 7.5.
    expect([of('B').before.total.score, of('B').after.total.score]).toEqual([100_000, 75_000]);
  });

  it('the leader itself, changed, is measured by the best of the others', () => {
    const group = [
      member('A', { value: 200, target: 100 }),
      member('B', { value: 150, target: 100 }),
      member('C', { value: 90, target: 100 }),
    ];
    const points = (value: number, among = group) =>
      score(
        applyChanges(withGroup(among)[0]!.reading, parseChanges({ T1: value }, catalogue).changes),
        catalogue,
      ).total.score;
    // It leads down to 150; at 120, 5 + 20 ÷ 50 × 5 = 7; at 80, 80% of 5.
    expect([300, 160, 150, 120, 80].map((x) => points(x))).toEqual([
      100_000, 100_000, 100_000, 70_000, 40_000,
    ]);
    // All others are below the target: who reaches it leads. The same where nobody else has a value.
    expect([110, 100, 99].map((x) => points(x, [group[0]!, group[2]!]))).toEqual([100_000, 100_000, 49_500]);
    expect([110, 99].map((x) => points(x, [group[0]!, member('B', 'not_applicable')]))).toEqual([
      100_000, 49_500,
    ]);
  });

  it('a group that changes is held against what it is then, by those too that do not change', () => {
    const means = catalogueWith(
      { kind: 'steps', against: 'group_mean', tiers: [{ at_least: 0, points: 'max' }], otherwise: 0 },
      1,
    );
    const of = (unit: string, T1: string) => ({
      catalogue: means,
      reading: must(parseReading({ unit, year: 2022, catalogue: 'test', indicators: { T1 } }, means)),
    });
    // The mean of 90, 65 and 25 is 60; with C at 80 it is 78.33, and B falls below it.
    const group = withGroup([of('A', '90%'), of('B', '65%'), of('C', '25%')]);
    const { changes } = parseChanges({ T1: '80%' }, means);
    const { moves } = groupWhatIf(group, [new Map(), new Map(), changes], 'min');
    const points = (at: 'before' | 'after') =>
      Object.fromEntries(moves.map((m) => [m.after.unit, m[at].total.score]));
    expect(points('before')).toEqual({ A: 10_000, B: 10_000, C: 0 });
    expect(points('after')).toEqual({ A: 10_000, B: 0, C: 10_000 });
  });

  it('a unit given twice is no rival of itself, and no one of two readings of last year is taken', () => {
    const rule = (against: string) => ({
      kind: 'steps',
      against,
      tiers: [{ at_most: 1, points: 'max' }],
      otherwise: 0,
    });
    const scores = (against: string, group: [unit: string, year: number, T1: string][]) => {
      const scheme = catalogueWith(rule(against), 1);
      const members = group.map(([unit, year, T1]) => ({
        catalogue: scheme,
        reading: must(parseReading({ unit, year, catalogue: 'test', indicators: { T1 } }, scheme)),
      }));
      return withGroup(members).map(({ reading }) => score(reading, scheme).total.score);
    };
    expect(
      scores('group_rank', [
        ['A', 2022, '80%'],
        ['B', 2022, '90%'],
      ]),
    ).toEqual([0, 10_000]);
    // Two readings of A: it is behind itself in one of them, and B may be before one and behind the other.
    expect(
      scores('group_rank', [
        ['A', 2022, '80%'],
        ['A', 2022, '90%'],
      ]),
    ).toEqual([null, null]);
    expect(
      scores('group_rank', [
        ['A', 2022, '80%'],
        ['A', 2022, '90%'],
        ['B', 2022, '85%'],
      ]),
    ).toEqual([null, null, null]);
    // 80% is 10 points over 70%, and 10 under 90%.
    expect(
      scores('last_year', [
        ['A', 2022, '80%'],
        ['A', 2021, '70%'],
      ]),
    ).toEqual([0, null]);
    expect(
      scores('last_year', [
        ['A', 2022, '80%'],
        ['A', 2021, '70%'],
        ['A', 2021, '90%'],
      ])[0],
    ).toBeNull();
  });

  it('which unit is given twice is told where it is asked for', async () => {
    const rule = {
      kind: 'steps',
      against: 'group_rank',
      tiers: [{ at_most: 1, points: 'max' }],
      otherwise: 0,
    };
    const reading = (T1: string) =>
      JSON.stringify({ unit: 'A', year: 2022, catalogue: 'scheme.json', indicators: { T1 } });
    const files = {
      'scheme.json': JSON.stringify(catalogueData(rule, 1)),
      '1.json': reading('80%'),
      '2.json': reading('90%'),
    };
    await withFiles(files, async (cwd) => {
      const ran = await cchc(['compare', '1.json', '2.json'], { cwd });
      expect(ran.stderr).toContain("warning[duplicate-unit] 'A' stands twice");
      expect(ran.stdout).toContain('between 0 and 1');
    });
  });

  it('a scenario keeps the target and the leader', () => {
    const { reading } = member('A', { value: 50, target: 100, leader: 200 });
    const { changes } = parseChanges({ T1: 150 }, catalogue);
    expect(score(applyChanges(reading, changes), catalogue).total.score).toBe(75_000);
  });

  it('a value without its target is not known', () => {
    const one = member('A', 50);
    expect(missingReferences(one)).toMatchObject([{ id: 'T1', wants: 'target' }]);
    expect(score(one.reading, catalogue).total).toMatchObject({ score: null, worst: 0, best: 100_000 });
  });

  it('rises with the value and never exceeds the maximum, whoever leads', () => {
    const n = fc.integer({ min: 1, max: 500 });
    fc.assert(
      fc.property(n, n, fc.nat(700), fc.nat(700), (target, leader, x, y) => {
        const points = (value: number) =>
          score(member('A', { value, target, leader }).reading, catalogue).total.score!;
        const [low, high] = [Math.min(x, y), Math.max(x, y)];
        expect(points(low)).toBeLessThanOrEqual(points(high));
        expect(points(high)).toBeLessThanOrEqual(100_000);
        if (leader >= target) expect(points(leader)).toBe(100_000);
        expect(points(target)).toBeGreaterThanOrEqual(50_000);
      }),
    );
  });
});

describe('every form of rule, worked', () => {
  it('the example reading earns 9.85 of 14, below both bands, 1.35 short of group B', async () => {
    const { reading, catalogue } = must(await loadReading(fixture('rule-forms-2025.yaml')));
    const result = score(reading, catalogue);
    const points = result.criteria.map((c) => c.points! / 1e4);
    expect(points).toEqual([1, 1.85, 1, 0.5, 0.75, 3.75, 1]);
    expect(result.total.score).toBe(98_500);
    // 80% of 14 is 11.2.
    expect(gradeOf(result)).toMatchObject({
      band: null,
      next: { band: { name: { vi: 'Nhóm B' } }, points: 13_500 },
    });
  });
});

describe('bonus and penalty', () => {
  it('are held at both ends', async () => {
    const catalogue = must(await loadCatalogue('rule-forms-example'));
    const points = (bonus: number, penalty: number) => {
      const indicators = { '2.2': { values: { bonus, penalty } } };
      const reading = must(parseReading({ unit: 'U', year: 2025, catalogue: 'x', indicators }, catalogue));
      return score(reading, catalogue).criteria.find((c) => c.criterion.id === '2.2')!.points! / 1e4;
    };
    // 0.5 each, less 0.5 each, never above 2 nor below −1.
    expect([points(3, 1), points(9, 0), points(0, 5), points(0, 1)]).toEqual([1, 2, -1, -0.5]);
  });
});

describe('rules of a group on the command line', () => {
  it('what-if says in which criteria the unit would lead', async () => {
    const text = `unit: U
year: 2025
catalogue: rule-forms-example
indicators: {"2.1": {value: 50, target: 100, leader: 200}}
`;
    const ran = await cchc(['whatif', '-', '-q', '--set', '2.1=250', '--format', 'json'], { stdin: text });
    expect(JSON.parse(ran.stdout).scenarios[0].leads).toEqual(['2.1']);
    const shown = await cchc(['whatif', '-', '-q', '--set', '2.1=250'], { stdin: text });
    expect(shown.stdout).toContain('would lead its group in 2.1');
  });

  it('explain, plan and sensitivity take the rule as it stands for the unit', async () => {
    const text = `unit: U
year: 2025
catalogue: rule-forms-example
indicators:
  1.1.1: Đúng hạn
  1.1.2: 100%
  1.1.3: {values: {late: 0, quarterly: 0, yearly: 0}}
  1.2.1: 30%
  1.2.2: {total: 10, parts: {settled: 10, handled: 0}}
  2.1: {value: 150, target: 100, leader: 200}
  2.2: {values: {bonus: 4, penalty: 0}}
`;
    await withFiles({ 'r.yaml': text }, async (folder) => {
      const json = async (...args: string[]) =>
        JSON.parse((await cchc([...args, '-q', '--format', 'json'])).stdout);
      const file = `${folder}/r.yaml`;
      const explained = await cchc(['explain', '2.1', file, '-q']);
      // From 150 the next gain is the leader's 200; a unit more is 2.5 ÷ 100 points.
      expect(explained.stdout).toContain('at 200: 5 points (+1.25)');
      expect(explained.stdout).toContain('Each further case  0.025 points');
      // 12.75 + 1.25 = 14 of 14.
      const planned = await json('plan', file, '--target-score', '14');
      expect(planned.choice.score).toBe(14);
      const [lever] = (await json('sensitivity', file)).criteria;
      expect(lever).toMatchObject({ id: '2.1', recoverable: 1.25, marginal: 0.025 });
    });
  });

  it('beyond the target a leader is needed; both belong to no other rule', async () => {
    const text =
      'unit: U\nyear: 2025\ncatalogue: rule-forms-example\nindicators: {"2.1": {value: 150, target: 100}}\n';
    const ran = await cchc(['score', '-'], { stdin: text });
    expect([ran.code, ran.stderr.includes('needs-leader')]).toEqual([0, true]);
    // Where the value stands: line 4, after `indicators: {"2.1": `.
    expect(ran.stderr).toContain(':4:21');
    const other =
      'unit: U\nyear: 2025\ncatalogue: rule-forms-example\nindicators: {"1.2.1": {value: 30%, target: 100}}\n';
    expect((await cchc(['score', '-', '-q'], { stdin: other })).stderr).toContain('unknown-key');
  });

  it('score says how far the next band is', async () => {
    const shown = await cchc(['score', fixture('rule-forms-2025.yaml'), '--lang', 'vi', '-q']);
    expect(shown.stdout).toContain('Nhóm B: thêm 1,35 điểm');
  });
});

describe('a reading scored again', () => {
  it('after changes is what it scores anew, with conditions between criteria and without', async () => {
    for (const id of ['rule-forms-example', 'thanh-hoa-district-2022']) {
      const catalogue = must(await loadCatalogue(id));
      const plain = { ...catalogue, criteria: catalogue.criteria.map((c) => ({ ...c, requires: [] })) };
      for (const scheme of [catalogue, plain]) {
        const empty = must(parseReading({ unit: 'U', year: 2022, catalogue: id, indicators: {} }, scheme));
        const before = score(empty, scheme);
        for (const { id: changed } of scheme.criteria) {
          const exempt = { ...EMPTY_ENTRY, exempt: 'Báo cáo 12' };
          const reading = applyChanges(empty, new Map([[changed, exempt]]));
          const now = rescore(reading, before, ({ criterion }) => reading.entries.get(criterion.id) ?? null);
          expect(now).toEqual(score(reading, scheme));
        }
      }
    }
  });
});
