import { DuckDBInstance } from '@duckdb/node-api';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseCatalogue } from '../../src/catalogue/parse.js';
import { sqlOf } from '../../src/reports/sql/sql.js';
import { anyGroup, anyScheme, differenceOf, engineOf, rowsOf, TABLE } from '../sql-support.js';
import { cchc, must, withFiles } from '../support.js';

describe('SQL', () => {
  it('gives in DuckDB what the engine gives, for random schemes and readings', async () => {
    const connection = await (await DuckDBInstance.create(':memory:')).connect();
    await connection.run(TABLE);
    const schemes = fc.sample(anyScheme, { numRuns: 40, seed: 766 });
    for (const [k, catalogue] of schemes.entries()) {
      const group = fc.sample(anyGroup(catalogue), { numRuns: 1, seed: k })[0]!;
      const query = sqlOf(catalogue, 'readings');
      await connection.run('DELETE FROM readings');
      await connection.run(`INSERT INTO readings VALUES ${rowsOf(group, catalogue).join(', ')}`);
      const found = (await connection.runAndReadAll(query)).getRowObjects();
      const wrong = differenceOf(found, engineOf(group, catalogue));
      expect(
        wrong && `${k}: ${wrong}\n${catalogue.criteria.map((c) => c.id)} ${JSON.stringify(group)}`,
      ).toBeNull();
    }
  });

  it('reads out of a published deduction whether a condition is met, where it tells', async () => {
    const assumed = { provenance: 'assumed', reason: 'test' };
    const rule = { kind: 'proportional', target: 90, ...assumed };
    const shared = { name: 'x', field: 'F', owners: ['O'], rule };
    const catalogue = must(
      parseCatalogue({
        id: 'test',
        name: 'Test',
        year: 2025,
        scale: { value: 7, ...assumed },
        sources: {},
        fields: [{ id: 'F', name: 'F' }],
        owners: { O: {} },
        criteria: [
          { id: 'A', max: { value: 5, ...assumed }, ...shared },
          { id: 'R', max: { value: 2, ...assumed }, requires: { criterion: 'A', at_least: 50 }, ...shared },
        ],
      }),
    );
    const connection = await (await DuckDBInstance.create(':memory:')).connect();
    await connection.run(TABLE);
    // 4.5 of 5 is 81%, 2 of 5 is 36%; 2.7778 of 5 is anything from 49.9995% to 50.0013%.
    const published = { 'Xã A': 0.5, 'Xã B': 3, 'Xã C': 2.2222 };
    for (const [unit, deducted] of Object.entries(published))
      await connection.run(
        `INSERT INTO readings (unit, year, id, value, deducted) VALUES ('${unit}', 2025, 'A', NULL, ${deducted}), ('${unit}', 2025, 'R', 45, NULL)`,
      );
    const found = (await connection.runAndReadAll(sqlOf(catalogue, 'readings'))).getRowObjects();
    // 45% of 90% of 2 is 1 where A is at least 50%.
    expect(found.map(({ unit, score }) => [unit, score])).toEqual([
      ['Xã A', 5.5],
      ['Xã B', 2],
      ['Xã C', null],
    ]);
  });

  it('takes levels whatever their case and blanks, and gives a unit with a row twice no score', async () => {
    const assumed = { provenance: 'assumed', reason: 'test' };
    const shared = { name: 'x', field: 'F', owners: ['O'] };
    const levels = {
      kind: 'levels',
      levels: [
        { level: 'Đạt yêu cầu', points: 2 },
        { level: 'Không đạt', points: 0 },
      ],
    };
    const rate = { kind: 'proportional', target: 100, ...assumed };
    const parts = ['p', 'q'].map((input) => ({ input, name: input, max: 1, rule: { kind: 'proportional' } }));
    const catalogueWith = (more: object[]) =>
      must(
        parseCatalogue({
          id: 'test',
          name: 'Test',
          year: 2025,
          scale: { value: 100, ...assumed },
          sources: {},
          fields: [{ id: 'F', name: 'F' }],
          owners: { O: {} },
          criteria: [
            { id: 'E', max: { value: 2, ...assumed }, rule: { ...levels, ...assumed }, ...shared },
            { id: 'A', max: { value: 5, ...assumed }, rule: rate, ...shared },
            { id: 'B', max: { value: 5, ...assumed }, rule: rate, ...shared },
            ...more,
          ],
        }),
      );
    const connection = await (await DuckDBInstance.create(':memory:')).connect();
    await connection.run(TABLE);
    const add = (
      unit: string,
      id: string,
      level: string | null,
      value: number | null,
      input: string | null = null,
    ) =>
      connection.run(
        `INSERT INTO readings (unit, year, id, level, value, input) VALUES (${[unit, 2025, id, level, value, input].map((v) => (typeof v === 'string' ? `'${v}'` : (v ?? 'NULL'))).join(', ')})`,
      );
    for (const unit of ['Đủ', 'Hai A, không B', 'Hai A']) {
      await add(unit, 'E', ' đạt Yêu cầu ', null);
      await add(unit, 'A', null, 80);
      if (unit !== 'Đủ') await add(unit, 'A', '', 80);
      if (unit !== 'Hai A, không B') await add(unit, 'B', null, 60);
      for (const input of ['p', 'q']) await add(unit, 'S', null, 50, input);
    }
    const scores = async (more: object[]) => {
      const query = sqlOf(catalogueWith(more), 'readings');
      const rows = (await connection.runAndReadAll(query)).getRowObjects();
      return new Map(rows.map((r) => [r.unit, r.score]));
    };
    // 2 + 5 × 80% + 5 × 60% = 9; S adds 1 × 50% twice.
    const sum = {
      id: 'S',
      max: { value: 2, ...assumed },
      rule: { kind: 'sum', parts, ...assumed },
      ...shared,
    };
    for (const [more, score] of [
      [[], 9],
      [[sum], 10],
    ] as const) {
      const given = await scores([...more]);
      expect([given.get('Đủ'), given.get('Hai A, không B'), given.get('Hai A')]).toEqual([score, null, null]);
    }
    // Letters and their marks apart, no marks, doubled blanks: as the program reads them.
    for (const level of ['Đạt yêu cầu'.normalize('NFD'), 'DAT YEU CAU', ' đạt  yêu   cầu']) {
      await connection.run(`UPDATE readings SET level = '${level}' WHERE unit = 'Đủ' AND id = 'E'`);
      expect((await scores([])).get('Đủ')).toBe(9);
    }
    // A part twice, and the other not at all.
    await connection.run(`UPDATE readings SET input = 'p' WHERE unit = 'Đủ' AND id = 'S'`);
    expect((await scores([sum])).get('Đủ')).toBeNull();
  });

  it('leaves out rows of years whose numbers differ, and says so', async () => {
    const assumed = { provenance: 'assumed', reason: 'test' };
    const scheme = {
      ...{ id: 'dated', name: 'Dated', year: 2024, valid: { from: 2023, to: 2026 }, sources: {} },
      ...{ scale: { value: 10, ...assumed }, fields: [{ id: 'F', name: 'F' }], owners: { O: {} } },
      criteria: [
        {
          ...{ id: 'A', name: 'x', field: 'F', owners: ['O'], max: { value: 10, ...assumed } },
          rule: { kind: 'proportional', target: { by_year: { 2023: 80, 2025: 100 } }, ...assumed },
        },
      ],
    };
    const connection = await (await DuckDBInstance.create(':memory:')).connect();
    await connection.run(TABLE);
    for (const year of [2023, 2024, 2025, 2026])
      await connection.run(`INSERT INTO readings (unit, year, id, value) VALUES ('Xã A', ${year}, 'A', 40)`);
    const files = {
      'c.yaml': JSON.stringify(scheme),
      'd.yaml': JSON.stringify({ id: 'later', name: 'Later', extends: './c.yaml', year: 2025 }),
      'e.yaml': JSON.stringify({ ...scheme, valid: undefined, id: 'own' }),
    };
    await withFiles(files, async (folder) => {
      const scores = async (name: string) => {
        const { stdout } = await cchc(['sql', `${folder}/${name}`]);
        const rows = (await connection.runAndReadAll(stdout)).getRowObjects();
        return [/-- Numbers of \d+, which hold [^;]+/.exec(stdout)?.[0], rows.map((r) => [r.year, r.score])];
      };
      // 40 of 80, and from 2025 on 40 of 100.
      const [before, after] = [
        '-- Numbers of 2024, which hold to 2024',
        '-- Numbers of 2025, which hold from 2025',
      ];
      expect(await scores('c.yaml')).toEqual([
        before,
        [
          [2023, 5],
          [2024, 5],
        ],
      ]);
      expect(await scores('d.yaml')).toEqual([
        after,
        [
          [2025, 4],
          [2026, 4],
        ],
      ]);
      // Of one year alone, whose numbers a score takes for every reading.
      expect(await scores('e.yaml')).toEqual([undefined, [2023, 2024, 2025, 2026].map((y) => [y, 5])]);
    });
  });

  it('is written for every catalogue', async () => {
    for (const id of ['rule-forms-example', 'qd-766-2022', 'communes-example', 'thanh-hoa-district-2022']) {
      const ran = await cchc(['sql', id]);
      expect([id, ran.code, ran.stdout.includes('SELECT unit')]).toEqual([id, 0, true]);
    }
  });

  it('of a group, those with no row or of another kind, a unit alone or twice, and nothing said of not applying', async () => {
    const assumed = { provenance: 'assumed', reason: 'test' };
    const shared = { name: 'x', field: 'F', owners: ['O'], max: { value: 4, ...assumed } };
    const knots = [
      { at: -10, points: 0 },
      { at: 10, points: 4 },
    ];
    const mean = { kind: 'linear', quantity: 'number', against: 'group_mean', knots, ...assumed };
    const leader = { kind: 'leader_relative', target: 25, ...assumed };
    const scheme = (criterion: object) =>
      must(
        parseCatalogue({
          ...{ id: 'test', name: 'Test', year: 2025, scale: { value: 4, ...assumed }, sources: {} },
          ...{ fields: [{ id: 'F', name: 'F' }], owners: { O: {} }, criteria: [{ ...shared, ...criterion }] },
        }),
      );
    const connection = await (await DuckDBInstance.create(':memory:')).connect();
    await connection.run(TABLE);
    type Given = [unit: string, year: number, value: number | null, kind?: string];
    const scores = async (criterion: object, rows: Given[]) => {
      await connection.run('DELETE FROM readings');
      for (const [unit, year, value, kind] of rows)
        await connection.run(
          `INSERT INTO readings (unit, year, id, value, kind) VALUES ('${unit}', ${year}, 'A', ${value ?? 'NULL'}, ${kind ? `'${kind}'` : 'NULL'})`,
        );
      const found = (await connection.runAndReadAll(sqlOf(scheme(criterion), 'readings'))).getRowObjects();
      return found
        .map(({ unit, year, score }) => [unit, year, score])
        .sort((p, q) => `${p}`.localeCompare(`${q}`));
    };
    // 30 and 20 have a mean of 25: 5 above it is 3 of 4, 5 below it is 1.
    const two: Given[] = [
      ['A', 2025, 30, 'xã'],
      ['B', 2025, 20, 'xã'],
    ];
    const held = [
      ['A', 2025, 3],
      ['B', 2025, 1],
    ];
    expect(await scores({ id: 'A', rule: mean }, two)).toEqual(held);
    const ofXa = { id: 'A', rule: mean, units: ['xã'], otherwise: 'not_applicable' };
    expect(await scores(ofXa, [...two, ['C', 2025, 100, 'huyện']])).toEqual([...held, ['C', 2025, 0]]);
    expect(
      (await scores({ id: 'A', rule: mean }, [...two, ['B', 2025, 20]])).map(([, , score]) => score),
    ).toEqual([null, null]);
    // Beyond the target of 25 the leader tells: the unit's year has no other.
    expect(
      await scores({ id: 'A', rule: leader }, [
        ['A', 2025, 30],
        ['B', 2024, 40],
        ['C', 2023, 25],
      ]),
    ).toEqual([
      ['A', 2025, null],
      ['B', 2024, null],
      ['C', 2023, 2],
    ]);
    // 30 is a third of the way from 25 to 40: 2 and a third of 2.
    expect(
      await scores({ id: 'A', rule: leader }, [
        ['A', 2025, 30],
        ['B', 2025, 40],
      ]),
    ).toEqual([
      ['A', 2025, 2.6667],
      ['B', 2025, 4],
    ]);
  });

  it('rounds what a rule makes, not what is published or left by a condition', async () => {
    const assumed = { provenance: 'assumed', reason: 'test' };
    const rate = { kind: 'proportional', target: 90, ...assumed };
    const shared = { name: 'x', field: 'F', owners: ['O'], rule: rate };
    const catalogue = must(
      parseCatalogue({
        ...{ id: 'test', name: 'Test', year: 2025, scale: { value: 10.12, ...assumed }, sources: {} },
        ...{ fields: [{ id: 'F', name: 'F' }], owners: { O: {} }, round: { criterion: 2 } },
        criteria: [
          { id: 'A', max: { value: 5, ...assumed }, ...shared },
          { id: 'B', max: { value: 3.12, ...assumed }, ...shared },
          {
            id: 'C',
            max: { value: 2, ...assumed },
            requires: { criterion: 'A', at_least: 50, else: 0.125 },
            ...shared,
          },
        ],
      }),
    );
    const connection = await (await DuckDBInstance.create(':memory:')).connect();
    await connection.run(TABLE);
    const rows = [`('U', 'A', 40, NULL)`, `('U', 'B', NULL, 0.8042)`, `('U', 'C', 70, NULL)`];
    await connection.run(
      `INSERT INTO readings (unit, id, value, deducted, year) SELECT *, 2025 FROM (VALUES ${rows.join(', ')})`,
    );
    const [row] = (await connection.runAndReadAll(sqlOf(catalogue, 'readings'))).getRowObjects();
    // 40 of 90 of 5 is 2.22; 3.12 − 0.8042 is 2.3158; below 50% of A, C has 0.125.
    expect(row?.score).toBeCloseTo(4.6608, 10);
  });

  it('a value or a deduction that no reading may have is none', async () => {
    const assumed = { provenance: 'assumed', reason: 'test' };
    const shared = { name: 'x', field: 'F', owners: ['O'], max: { value: 4, ...assumed } };
    const rank = {
      kind: 'steps',
      quantity: 'count',
      against: 'group_rank',
      tiers: [{ at_most: 1, points: 4 }],
    };
    const catalogue = must(
      parseCatalogue({
        ...{ id: 'test', name: 'Test', year: 2025, scale: { value: 12, ...assumed }, sources: {} },
        ...{ fields: [{ id: 'F', name: 'F' }], owners: { O: {} } },
        criteria: [
          { id: 'A', ...shared, rule: { kind: 'proportional', target: 90, ...assumed } },
          { id: 'B', ...shared, rule: { kind: 'penalty', per_case: 0.5, ...assumed } },
          { id: 'C', ...shared, rule: { ...rank, ...assumed } },
        ],
      }),
    );
    const connection = await (await DuckDBInstance.create(':memory:')).connect();
    await connection.run(TABLE);
    const score = async (a: number, b: number, c: number, deducted: number | null = null) => {
      await connection.run('DELETE FROM readings');
      const rows = [
        `('U', 'A', ${a}, ${deducted ?? 'NULL'})`,
        ...[`('U', 'B', ${b}, NULL)`, `('U', 'C', ${c}, NULL)`],
        ...[`('V', 'A', 90, NULL)`, `('V', 'B', 0, NULL)`, `('V', 'C', 1, NULL)`],
      ];
      await connection.run(
        `INSERT INTO readings (unit, id, value, deducted, year) SELECT *, 2025 FROM (VALUES ${rows.join(', ')})`,
      );
      const found = (await connection.runAndReadAll(sqlOf(catalogue, 'readings'))).getRowObjects();
      return ['U', 'V'].map((unit) => found.find((row) => row.unit === unit)!.score);
    };
    // 45 of 90 is half of 4, 2 cases cost 1, and 3 leads 1: 2 + 3 + 4; V has 4 + 4 + 0.
    expect(await score(45, 2, 3)).toEqual([9, 8]);
    expect(await score(45, 2, 3, 1.5)).toEqual([9.5, 8]);
    for (const [a, b, deducted] of [
      [150, 2],
      [-5, 2],
      [45, -1],
      [45, 1.5],
      [45, 2, 5],
      [45, 2, -1],
    ] as const)
      expect((await score(a, b, 3, deducted))[0]).toBeNull();
    // What one of the group cannot have leaves the place of the others open.
    expect(await score(45, 2, -3)).toEqual([null, null]);
  });
});
