// The long run of the readers: 100,000 inputs each (FUZZ_RUNS=n for another number). It fails on a fault, on more than
// five seconds or 500 MB for an input, and on a cell that is neither used nor named.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const vitest = join(dirname(createRequire(import.meta.url).resolve('vitest/package.json')), 'vitest.mjs');
const runs = process.env.FUZZ_RUNS ?? '100000';
const args = [vitest, 'run', '--project', 'fast', '--testTimeout=14400000', '--reporter=verbose', '--maxWorkers=1'];
const files = ['test/fuzz.test.ts', 'test/fuzz-tables.test.ts', 'test/sheets.test.ts'];
// The input under way stands in a file, so that one which ends the process is not lost.
const folder = mkdtempSync(join(tmpdir(), 'cchc-fuzz-'));
const began = Date.now();
const ran = spawnSync(process.execPath, [...args, ...files, '-t', 'never crashes|never crash: any|no cell is lost|no damage crashes'], {
  cwd: join(dirname(fileURLToPath(import.meta.url)), '..'),
  // A heap of 400 MB, so that what is held and not let go ends the run.
  env: { ...process.env, FUZZ_RUNS: runs, FUZZ_FOLDER: folder, NODE_OPTIONS: '--max-old-space-size=400' },
  stdio: 'inherit',
});
console.log(`${runs} inputs a reader in ${Math.round((Date.now() - began) / 1000)} s`);
process.exitCode = ran.status ?? 1;
if (process.exitCode === 0) rmSync(folder, { recursive: true });
else console.error(`an input that ended its process is in ${folder}`);
