import { DuckDBInstance } from '@duckdb/node-api';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { loadCatalogue, score } from '../src/index.js';
import { sqlOf } from '../src/reports/sql/sql.js';
import { catalogueData, cchc, fixture, must, withFiles, yaml } from './support.js';
import { readingsOf } from './workbook-support.js';

describe('hierarchy', () => {
  const GROUP = fixture('groups/communes-example.csv');
  const UNITS = fixture('groups/units-example.yaml');

  it('sums counts over the units below, and refuses to average percents or mix levels', async () => {
    const ran = await cchc(['aggregate', GROUP, '--units', UNITS, '--parent', 'Tỉnh A']);
    expect(ran.code).toBe(0);
    const data = yaml(ran.stdout) as { unit: string; indicators: Record<string, unknown> };
    // 900 + 700 + 1900 of 950 + 800 + 2000.
    expect(data.indicators['3.1']).toEqual({ done: 3500, total: 3750 });
    expect(data.indicators['1.4']).toBe(6);
    expect(data.indicators['1.1']).toBeUndefined();
    expect(ran.stderr).toContain('no-average');
    expect(ran.stderr).toContain('not-additive');
    const again = await cchc(['score', '-', '-q', '--format', 'json'], { stdin: ran.stdout });
    expect(JSON.parse(again.stdout).readings[0].unit).toBe('Tỉnh A');
  });

  it('a sum lacks no unit, mixes no catalogues or years, and is assumed where a part of it is', async () => {
    const reading = (unit: string, entries: string, catalogue = 'communes-example') =>
      `unit: ${unit}\nyear: 2025\ncatalogue: ${catalogue}\nindicators: {${entries}}\n`;
    const files = {
      'u.yaml': 'units: [{unit: A, parent: T}, {unit: B, parent: T}]\n',
      'a.yaml': reading('A', '"3.1": {done: 3, total: 4, provenance: assumed}, "1.4": 2'),
      'b.yaml': reading('B', '"3.1": {done: 5, total: 6}'),
      'other.yaml': reading('B', '"3.1": {done: 5, total: 6}', 'departments-example'),
      'again.yaml': reading('A', '"3.1": {done: 1, total: 4}'),
    };
    await withFiles(files, async (folder) => {
      const run = async (...names: string[]) => {
        const paths = names.map((name) => `${folder}/${name}.yaml`);
        return cchc(['aggregate', ...paths, '--units', `${folder}/u.yaml`, '--parent', 'T', '--lang', 'en']);
      };
      const summed = await run('a', 'b');
      // 3 + 5 of 4 + 6; of 1.4 B has no value.
      expect((yaml(summed.stdout) as { indicators: object }).indicators).toEqual({
        '3.1': { done: 8, total: 10, provenance: 'assumed' },
      });
      expect(summed.stderr).toContain(
        '[children-without-value] 1.4: B has no value, so there is no sum; it stays unknown',
      );
      const refused = [await run('a', 'other'), await run('a', 'again', 'b')];
      expect(refused.map((r) => [r.code, r.stdout, /error\[([\w-]+)\]/.exec(r.stderr)?.[1]])).toEqual([
        [2, '', 'mixed-catalogues'],
        [2, '', 'duplicate-unit'],
      ]);
      const none = await cchc(['aggregate', GROUP, '--units', `${folder}/u.yaml`, '--parent', 'T']);
      expect([none.code === 0, none.stdout, none.stderr.includes('children-missing')]).toEqual([
        false,
        '',
        true,
      ]);
    });
  });

  it('a sum keeps what all say of the year, and adds no plan to totals to date', async () => {
    const reading = (unit: string, entries: string) =>
      `unit: ${unit}\nyear: 2025\ncatalogue: communes-example\nindicators: {${entries}}\n`;
    const files = {
      'u.yaml': 'units: [{unit: A, parent: T}, {unit: B, parent: T}]\n',
      'a.yaml': reading(
        'A',
        '"1.1": {months: [{done: 1, total: 2}, {done: 3, total: 4}], expected: 50}, "3.1": {done: 30, plan: 100}, ' +
          '"7.1": {done: 0, total: 0, expected: 500}, "7.2": {months: [{done: 4}, {done: 5}], plan: 40}',
      ),
      'b.yaml': reading(
        'B',
        '"1.1": {months: [{done: 5, total: 6}, {done: 7, total: 8}], expected: 70}, "3.1": {done: 20, total: 20}, ' +
          '"7.1": {months: [{done: 5, total: 6}]}, "7.2": {months: [{done: 6}, {done: 7}], plan: 60}',
      ),
    };
    await withFiles(files, async (folder) => {
      const at = (name: string) => `${folder}/${name}.yaml`;
      const units = ['--units', at('u'), '--parent', 'T', '--lang', 'en'];
      const { stdout, stderr } = await cchc(['aggregate', at('a'), at('b'), ...units]);
      const months = (...counts: number[][]) =>
        counts.map(([done, total]) => (total === undefined ? { done } : { done, total }));
      expect((yaml(stdout) as { indicators: object }).indicators).toEqual({
        // 1 + 5 of 2 + 6, then 3 + 7 of 4 + 8; 50 + 70 in the year.
        '1.1': { months: months([6, 8], [10, 12]), expected: 120 },
        // Nothing yet and 5 of 6.
        '7.1': { done: 5, total: 6 },
        '7.2': { months: months([10], [12]), plan: 100 },
      });
      const warned = [...stderr.matchAll(/\[(plan-and-flow|sum-without)\] (.*)/g)].map((m) => m[2]);
      expect(warned).toEqual([
        "3.1: a year's plan (A) does not add up with totals to date; it stays unknown",
        "7.1: units do not give 'expected', 'months' alike, so the sum goes without",
      ]);
    });
  });

  it('a group is one in any spelling, and who is missing in it is told; of other groups nobody is', async () => {
    const files = {
      'c.json': JSON.stringify(catalogueData({ kind: 'proportional', target: 100 }, 1)),
      'u.yaml': `units:
  - {unit: Xã A, parent: Huyện H, groups: [Miền núi]}
  - {unit: Xã B, parent: huyện H, groups: [miền núi]}
  - {unit: Xã D, parent: Huyện H, groups: [Ven biển]}
  - {unit: Huyện H, parent: Tỉnh T}
  - {unit: Xã E, parent: Huyện K, groups: [Ven biển]}
`,
      'a.yaml': 'unit: Xã A\nyear: 2022\ncatalogue: ./c.json\nindicators: {T1: 50}\n',
      'b.yaml': 'unit: Xã B\nyear: 2022\ncatalogue: ./c.json\nindicators: {T1: 60}\n',
    };
    await withFiles(files, async (folder) => {
      const at = (name: string) => `${folder}/${name}`;
      const ran = await cchc([
        ...[
          'league',
          at('a.yaml'),
          at('b.yaml'),
          '--units',
          at('u.yaml'),
          '--format',
          'json',
          '--lang',
          'en',
        ],
      ]);
      const { groups } = JSON.parse(ran.stdout);
      expect(groups.map((g: { group: string; units: unknown[] }) => [g.group, g.units.length])).toEqual([
        ['Miền núi', 2],
        ['Huyện H', 2],
      ]);
      expect(ran.stderr.trim()).toBe('warning[forms-missing] no form yet from 1 of 3 units: Xã D');
    });
  });

  it('ranks within groups and parents as well as over all', async () => {
    const ran = await cchc(['league', GROUP, '--units', UNITS, '--format', 'json']);
    const { units, groups } = JSON.parse(ran.stdout);
    expect(units.map((u: { unit: string }) => u.unit)).toEqual([
      'Xã A1',
      'Phường A3',
      'Xã A2',
      'Phường B2',
      'Xã B1',
    ]);
    const of = (name: string) => groups.find((g: { group: string }) => g.group === name).units;
    expect(of('Miền núi').map((u: { unit: string; rank: number }) => [u.unit, u.rank])).toEqual([
      ['Xã A1', 1],
      ['Xã A2', 2],
    ]);
    expect(of('Tỉnh B').map((u: { unit: string }) => u.unit)).toEqual(['Phường B2', 'Xã B1']);
  });

  it('faults: a circle, an unknown parent, units that are not placed, children without a reading', async () => {
    const circle = 'units: [{unit: A, parent: B}, {unit: B, parent: A}]\n';
    await withFiles({ 'u.yaml': circle }, async (folder) => {
      const ran = await cchc(['aggregate', GROUP, '--units', `${folder}/u.yaml`, '--parent', 'A']);
      expect([ran.code, ran.stderr.includes('unit-circle')]).toEqual([3, true]);
    });
    expect((await cchc(['aggregate', GROUP, '--units', UNITS, '--parent', 'Tỉnh C'])).stderr).toContain(
      "did you mean 'Tỉnh A'",
    );
    const more = 'units: [{unit: Xã A1, parent: T}, {unit: Xã Z, parent: T}]\n';
    await withFiles({ 'u.yaml': more }, async (folder) => {
      const ran = await cchc(['aggregate', GROUP, '--units', `${folder}/u.yaml`, '--parent', 'T']);
      expect(ran.stderr).toContain('children-missing');
      expect((await cchc(['league', GROUP, '--units', `${folder}/u.yaml`])).stderr).toContain(
        'unit-not-placed',
      );
    });
  });
});

describe('at scale', () => {
  it('SQL: DuckDB gives the score and the index of random readings, thresholds included', async () => {
    const catalogue = must(await loadCatalogue('thanh-hoa-district-2022'));
    const readings = fc.sample(readingsOf(catalogue), { numRuns: 150, seed: 9 });
    const connection = await (await DuckDBInstance.create(':memory:')).connect();
    await connection.run(
      'CREATE TABLE readings (unit TEXT, year INTEGER, id TEXT, value DOUBLE, level TEXT, done DOUBLE, total DOUBLE, deducted DOUBLE, exempt BOOLEAN, not_applicable BOOLEAN)',
    );
    const quoted = (t: string) => `'${t.replaceAll("'", "''")}'`;
    const rows = readings.flatMap((reading, i) =>
      [...reading.entries].map(([id, e]) => {
        const x = e.value?.inputs[0];
        const input = catalogue.criteria.find((c) => c.id === id)!.compiled.inputs[0]!;
        const value = x?.form === 'number' ? String(x.x.valueOf()) : 'NULL';
        const level =
          x?.form === 'level' && input.form === 'table' ? quoted(input.levels[x.index]!.level.vi) : 'NULL';
        const deducted = e.deducted === null ? 'NULL' : String(e.deducted / 1e4);
        return `('U${i}', 2022, ${quoted(id)}, ${value}, ${level}, NULL, NULL, ${deducted}, ${e.exempt !== null}, ${e.notApplicable})`;
      }),
    );
    await connection.run(`INSERT INTO readings VALUES ${rows.join(', ')}`);
    const found = (await connection.runAndReadAll(sqlOf(catalogue, 'readings'))).getRowObjects();
    expect(found).toHaveLength(readings.length);
    for (const row of found) {
      const { total } = score(readings[Number(String(row.unit).slice(1))]!, catalogue);
      expect(Number(row.score)).toBeCloseTo(total.score! / 1e4, 9);
      expect(Number(row.index_percent)).toBeCloseTo(total.index!.valueOf(), 9);
    }
    // A ratio is scored by its counts; a unit with a criterion missing has no score.
    await connection.run(
      "DELETE FROM readings; INSERT INTO readings (unit, year, id, done, total) VALUES ('A', 2022, '7.3.2', 17, 20)",
    );
    const [partly] = (await connection.runAndReadAll(sqlOf(catalogue, 'readings'))).getRowObjects();
    expect(partly).toMatchObject({ unit: 'A', score: null });
  });

  it('cchc sql prints it, with the name of the table as it is', async () => {
    const ran = await cchc(['sql', 'thanh-hoa-district-2022', '--table', 'so lieu "2022"']);
    expect(ran.stdout).toContain('FROM "so lieu ""2022"""');
  });
});
