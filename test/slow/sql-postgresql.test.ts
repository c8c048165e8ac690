import { execFileSync } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { sqlOf } from '../../src/reports/sql/sql.js';
import { anyGroup, anyScheme, differenceOf, engineOf, rowsOf, TABLE } from '../sql-support.js';

/** Debian's newest PostgreSQL. */
function binaries(): string {
  const base = '/usr/lib/postgresql';
  const newest = existsSync(base) ? readdirSync(base).sort((p, q) => Number(q) - Number(p))[0] : undefined;
  if (newest === undefined) throw new Error('PostgreSQL is not installed (apt-get install postgresql)');
  return join(base, newest, 'bin');
}

let folder: string;

/** Runs one of its programs; PostgreSQL refuses to run as root, who then lends it its own user. */
function run(program: string, args: string[], input?: string): string {
  const command = join(binaries(), program);
  const [file, rest] =
    userInfo().uid === 0 ? ['runuser', ['-u', 'postgres', '--', command, ...args]] : [command, args];
  return execFileSync(file, rest, {
    input,
    encoding: 'utf8',
    cwd: folder,
    stdio: ['pipe', 'pipe', 'pipe'],
    maxBuffer: 1e8,
  });
}

const query = (text: string): Record<string, string | null>[] => {
  const out = run(
    'psql',
    ['-h', folder, '-d', 'postgres', '-q', '--csv', '-P', 'null=∅', '-v', 'ON_ERROR_STOP=1', '-f', '-'],
    text,
  );
  const [head = '', ...lines] = out.trim().split('\n');
  const keys = head.split(',');
  return lines.map((line) =>
    Object.fromEntries(line.split(',').map((cell, i) => [keys[i], cell === '∅' ? null : cell])),
  );
};

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'cchc-pg-'));
  chmodSync(folder, 0o777);
  writeFileSync(join(folder, 'empty'), '');
  run('initdb', ['-D', join(folder, 'data'), '-E', 'UTF8', '--locale=C', '-A', 'trust']);
  run('pg_ctl', [
    '-D',
    join(folder, 'data'),
    '-w',
    '-l',
    join(folder, 'log'),
    '-o',
    `-k ${folder} -c listen_addresses= -c fsync=off`,
    'start',
  ]);
}, 60_000);

afterAll(() => {
  run('pg_ctl', ['-D', join(folder, 'data'), '-m', 'immediate', 'stop']);
  rmSync(folder, { recursive: true, force: true });
});

it('PostgreSQL gives what the engine gives, for random schemes and readings', () => {
  query(`${TABLE};`);
  for (const [k, catalogue] of fc.sample(anyScheme, { numRuns: 60, seed: 2022 }).entries()) {
    const group = fc.sample(anyGroup(catalogue), { numRuns: 1, seed: k })[0]!;
    const rows = rowsOf(group, catalogue);
    const found = query(
      `DELETE FROM readings; INSERT INTO readings VALUES ${rows.join(', ')};\n${sqlOf(catalogue, 'readings')}`,
    );
    const wrong = differenceOf(found, engineOf(group, catalogue));
    expect(
      wrong && `${k}: ${wrong}\n${catalogue.criteria.map((c) => c.id)} ${JSON.stringify(group)}`,
    ).toBeNull();
  }
}, 300_000);
