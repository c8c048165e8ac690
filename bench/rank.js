// Places in a league of 63 of which the first three, the last and the mean are known: what they add to a run.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { files, median, root, row, run } from './measure.js';

const PAIRS = Number(process.argv[2] ?? 9);
const SCENARIOS = 20;
const A = 'provenance: assumed, reason: bench';
const path = files({
  'league.yaml': `name: Bench
year: 2022
size: 63
mean: {value: 84, ${A}}
units:
  - {unit: A, rank: 1, score: 93.1}
  - {unit: B, rank: 2, score: 92.4}
  - {unit: C, rank: 3, score: 92.2}
  - {unit: D, rank: 63, score: 74.6}
`,
  'reading.yaml': readFileSync(join(root, 'fixtures/nhu-xuan-2022.yaml'), 'utf8'),
  ...Object.fromEntries(
    Array.from({ length: SCENARIOS }, (_, i) => [
      `s${i}.yaml`,
      `name: S${i}\nchanges: {7.3.2: ${20 + 3 * i}%}\n`,
    ]),
  ),
});
const scenarios = Array.from({ length: SCENARIOS }, (_, i) => ['--scenario', path(`s${i}.yaml`)]).flat();
const call = ['bin/cchc.js', 'whatif', path('reading.yaml'), ...scenarios, '--format', 'json'];
const league = ['--league', path('league.yaml')];

run(call);
run([...call, ...league]);
const runs = Array.from({ length: PAIRS }, () => [run(call).ms, run([...call, ...league]).ms]);
row(`${SCENARIOS} scenarios, ${PAIRS} pairs`, 'alone ms', 'placed ms', 'more ms', 'ratio');
row(
  'whatif in a league of 63',
  median(runs.map(([alone]) => alone)).toFixed(0),
  median(runs.map(([, placed]) => placed)).toFixed(0),
  median(runs.map(([alone, placed]) => placed - alone)).toFixed(0),
  median(runs.map(([alone, placed]) => placed / alone)).toFixed(2),
);

const backtest = Array.from({ length: 3 }, () => run(['bin/cchc.js', 'league', 'backtest']).ms);
row('the back-test over the leagues that ship, median of 3', '', median(backtest).toFixed(0), '', '');
