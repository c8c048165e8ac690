// Start-up of every command against bare Node: medians of pairs. `node bench/start-up.js [PAIRS]`
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { files, median, root, row, run } from './measure.js';

const pairs = Number(process.argv[2] ?? 9);
const READING = 'fixtures/nhu-xuan-2022.yaml';
const LEAGUE = 'fixtures/leagues/thanh-hoa-districts-2022.yaml';
const text = (path) => readFileSync(join(root, path), 'utf8');
const own = files({
  'bare.cjs': '',
  'own.yaml': text('criteria/thanh-hoa-district-2022.yaml').replace(/^id: .*/m, 'id: own'),
  'reading.yaml': text(READING).replace(/^catalogue: .*/m, 'catalogue: own.yaml'),
});

const commands = [
  ['--help'],
  ['score', own('reading.yaml')],
  ['score', READING],
  ['score', READING, '--league', LEAGUE],
  ['whatif', READING, '--set', '7.3.2=60%', '--league', LEAGUE],
  ['explain', '7.3.2', READING],
  ['criteria'],
  ['sensitivity', READING, '--league', LEAGUE],
  ['plan', READING, '--target-score', '92'],
  ['risk', READING, '--uncertain', '7.3.2=10..40'],
  ['pace', 'fixtures/nhu-xuan-2022-to-date.yaml', '--as-of', '31/07/2022'],
  ['compare', READING, 'fixtures/nhu-xuan-2022-to-date.yaml'],
  ['league', 'fixtures/groups/example-2022.csv'],
  ['check', READING],
  ['letter', READING],
  ['report', READING],
];

row(`Node ${process.version}, ${pairs} pairs`, 'bare ms', 'cchc ms', 'ratio');
for (const args of commands) {
  const call = ['bin/cchc.js', ...args];
  // The first run keeps the catalogue and, from Node 22.8 on, what Node compiled.
  run(call);
  const runs = Array.from({ length: pairs }, () => [run([own('bare.cjs')]).ms, run(call).ms]);
  const name = args.map((a) => a.replace(/.*\//, '')).join(' ');
  row(
    name.length > 54 ? `${name.slice(0, 53)}…` : name,
    median(runs.map(([bare]) => bare)).toFixed(0),
    median(runs.map(([, ms]) => ms)).toFixed(0),
    median(runs.map(([bare, ms]) => ms / bare)).toFixed(2),
  );
}
