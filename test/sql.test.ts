import { DuckDBInstance } from '@duckdb/node-api';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sqlOf } from '../src/reports/sql/sql.js';
import { anyGroup, anyScheme, differenceOf, engineOf, rowsOf, TABLE } from './sql-support.js';
import { cchc } from './support.js';

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

  it('is written for every catalogue', async () => {
    for (const id of ['rule-forms-example', 'qd-766-2022', 'communes-example', 'thanh-hoa-district-2022']) {
      const ran = await cchc(['sql', id]);
      expect([id, ran.code, ran.stdout.includes('SELECT unit')]).toEqual([id, 0, true]);
    }
  });
});
