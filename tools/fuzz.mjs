// The readers against 10,000 damaged files of each kind; the everyday test tries a few hundred.
import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const vitest = join(dirname(createRequire(import.meta.url).resolve('vitest/package.json')), 'vitest.mjs');
const args = [
  vitest,
  'run',
  'test/fuzz.test.ts',
  'test/sheets.test.ts',
  '-t',
  'crash|any data',
  '--reporter=dot',
];
const ran = spawnSync(process.execPath, args, {
  cwd: join(dirname(fileURLToPath(import.meta.url)), '..'),
  env: { FUZZ_RUNS: '10000', ...process.env },
  stdio: 'inherit',
});
process.exitCode = ran.status ?? 1;
