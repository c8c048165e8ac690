// Ratios measured in one run: start-up against bare node, and rules scored per second against a floor.
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { loadReading, score } from '../dist/index.js';

const root = fileURLToPath(new URL('..', import.meta.url));
const bare = join(tmpdir(), 'cchc-bare.cjs');
writeFileSync(bare, '');
const median = (xs) => [...xs].sort((p, q) => p - q)[Math.floor(xs.length / 2)];

function timed(args) {
  const start = process.hrtime.bigint();
  const ran = spawnSync(process.execPath, args, { cwd: root, stdio: 'ignore' });
  if (ran.status !== 0) throw new Error(`${args.join(' ')} exited ${ran.status}`);
  return Number(process.hrtime.bigint() - start) / 1e6;
}

/** Median over paired runs of the time of one command over that of bare node. */
function startUp(args, pairs = 15) {
  timed(args);
  const runs = Array.from({ length: pairs }, () => [timed([bare]), timed(args)]);
  return {
    node: median(runs.map((r) => r[0])),
    command: median(runs.map((r) => r[1])),
    ratio: median(runs.map(([b, c]) => c / b)),
  };
}

const row = (...cells) =>
  console.log(cells.map((c, i) => (i === 0 ? c.padEnd(44) : String(c).padStart(12))).join(''));
row('start-up, median of 15 pairs', 'node ms', 'cchc ms', 'ratio');
for (const args of [['--help'], ['score', 'fixtures/nhu-xuan-2022.yaml']]) {
  const { node, command, ratio } = startUp(['bin/cchc.js', ...args]);
  row(`cchc ${args[0]}`, node.toFixed(1), command.toFixed(1), ratio.toFixed(2));
}

const opened = await loadReading(join(root, 'fixtures/nhu-xuan-2022.yaml'));
if (!opened.ok) throw new Error('the fixture does not load');
const { reading, catalogue } = opened.value;

function perSecond(work, items) {
  for (let i = 0; i < 50; i++) work();
  const start = process.hrtime.bigint();
  let n = 0;
  while (process.hrtime.bigint() - start < 1_000_000_000n) {
    work();
    n++;
  }
  return (n * items) / (Number(process.hrtime.bigint() - start) / 1e9);
}

const losses = catalogue.criteria.map((c) => c.max);
let sink = 0;
const exact = perSecond(() => {
  sink += score(reading, catalogue).total.score;
}, catalogue.criteria.length);
const floor = perSecond(() => {
  for (const loss of losses) sink += loss;
}, losses.length);
row('criteria scored per second (exact, one reading)', '', exact.toFixed(0), '');
row('floor: adding the same whole numbers', '', floor.toFixed(0), (floor / exact).toFixed(0));
if (!Number.isFinite(sink)) throw new Error('nothing was scored');
