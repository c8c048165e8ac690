// The batch kernel against a C loop of the same arithmetic and against rule engines, in one run.
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import { addPoints, compileColumn, loadCatalogue, Stream } from '../dist/index.js';
import { simulate } from './simulation.js';

const here = dirname(fileURLToPath(import.meta.url));
const ROWS = 1_000_000;
const DRAWS = 200_000;
const UNITS = 27;
const GRID = 1_000_000;
const BLOCK = 4096;
const PIECES = 8;

const catalogue = await loadCatalogue('thanh-hoa-district-2022');
if (!catalogue.ok) throw new Error('the catalogue does not load');
const lines = catalogue.value.criteria.flatMap(({ compiled: { inputs } }) =>
  inputs[0].form === 'line' ? [inputs[0].line] : [],
);
// Fifteen columns: the criteria of the letter over a number, and the first ones again for those over levels.
const columns = Array.from({ length: 15 }, (_, i) =>
  compileColumn(lines[i % lines.length], 4, GRID, 100 * GRID),
);

const seconds = (work) => {
  const start = process.hrtime.bigint();
  const result = work();
  return { seconds: Number(process.hrtime.bigint() - start) / 1e9, result };
};
const best = (runs) => runs.reduce((p, q) => (q.seconds < p.seconds ? q : p));

function batch() {
  const stream = new Stream(1, 0, 0);
  const values = Float64Array.from({ length: ROWS }, () => Math.floor(stream.share() * 100 * GRID));
  const into = new Float64Array(ROWS);
  // In blocks, as `risk` draws them.
  const blocks = Array.from({ length: Math.ceil(ROWS / BLOCK) }, (_, i) =>
    [values, into].map((all) => all.subarray(i * BLOCK, (i + 1) * BLOCK)),
  );
  const run = () => {
    into.fill(0);
    for (const [from, to] of blocks) for (const column of columns) addPoints(column, from, to, from.length);
    return into.reduce((s, p) => s + p, 0);
  };
  run();
  return best(Array.from({ length: 3 }, () => seconds(run)));
}

async function threaded(threads) {
  const started = Array.from({ length: threads }, (_, from) => {
    const workerData = { columns, draws: DRAWS, units: UNITS, from, step: threads };
    const worker = new Worker(join(here, 'simulation.js'), { workerData });
    return new Promise((resolve) => worker.once('message', () => resolve(worker)));
  });
  const workers = await Promise.all(started);
  const start = process.hrtime.bigint();
  const parts = await Promise.all(
    workers.map(
      (worker) =>
        new Promise((resolve) => {
          worker.once('message', (m) => resolve(m.ranks));
          worker.postMessage('go');
        }),
    ),
  );
  return {
    seconds: Number(process.hrtime.bigint() - start) / 1e9,
    result: parts.reduce((s, p) => s + p, 0),
  };
}

function inC() {
  const compiler = ['cc', 'gcc', 'clang'].find((c) => spawnSync(c, ['--version']).status === 0);
  if (!compiler) return null;
  const folder = mkdtempSync(join(tmpdir(), 'cchc-bench-'));
  const program = join(folder, 'kernel');
  execFileSync(compiler, ['-O2', '-ffp-contract=off', join(here, 'kernel.c'), '-o', program]);
  const data = new Float64Array(columns.length * PIECES * 4);
  columns.forEach(({ pieces }, c) => {
    data.set(pieces, c * PIECES * 4);
  });
  writeFileSync(join(folder, 'columns'), data);
  const args = [join(folder, 'columns'), ...[columns.length, ROWS, DRAWS, UNITS].map(String)];
  const runs = Array.from({ length: 3 }, () => JSON.parse(execFileSync(program, args, { encoding: 'utf8' })));
  return runs.reduce((p, q) => (q.simulation < p.simulation ? q : p));
}

/** Criteria a second of the peers, each scoring 15 criteria of `≥ threshold → points, else pro rata`. */
async function peers() {
  const require = createRequire(join(here, 'package.json'));
  if (!existsSync(join(here, 'node_modules')))
    execFileSync('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'], {
      cwd: here,
      stdio: ['ignore', 2, 2],
    });
  const found = [];
  const rate = async (name, per, work) => {
    for (let i = 0; i < 20; i++) await work(i);
    const start = process.hrtime.bigint();
    let n = 0;
    while (process.hrtime.bigint() - start < 1_000_000_000n) await work(n++);
    found.push([name, (n * per) / (Number(process.hrtime.bigint() - start) / 1e9)]);
  };
  const ids = Array.from({ length: 15 }, (_, i) => `c${i}`);
  const facts = (n) => Object.fromEntries(ids.map((id, i) => [id, (n * 7 + i * 13) % 101]));

  const { Engine } = require('json-rules-engine');
  const engine = new Engine();
  for (const id of ids) {
    const conditions = { all: [{ fact: id, operator: 'greaterThanInclusive', value: 85 }] };
    engine.addRule({ conditions, event: { type: id, params: { points: 1 } } });
  }
  await rate('json-rules-engine', 15, (n) => engine.run(facts(n)));

  const { ZenEngine } = require('@gorules/zen-engine');
  const zen = new ZenEngine();
  const decision = zen.createDecision({
    nodes: [
      { id: 'in', type: 'inputNode', name: 'in', position: { x: 0, y: 0 } },
      {
        id: 'e',
        type: 'expressionNode',
        name: 'e',
        position: { x: 0, y: 0 },
        content: { expressions: ids.map((id) => ({ id, key: id, value: `${id} >= 85 ? 1 : ${id} / 85` })) },
      },
      { id: 'out', type: 'outputNode', name: 'out', position: { x: 0, y: 0 } },
    ],
    edges: [
      { id: '1', sourceId: 'in', targetId: 'e', type: 'edge' },
      { id: '2', sourceId: 'e', targetId: 'out', type: 'edge' },
    ],
  });
  await rate('zen-engine', 15, (n) => decision.evaluate(facts(n)));

  const { HyperFormula } = require('hyperformula');
  const sheet = HyperFormula.buildFromArray(
    ids.map((_, i) => [0, `=ROUND(IF(A${i + 1}>=85,1,A${i + 1}/85),4)`]),
    { licenseKey: 'gpl-v3' },
  );
  await rate('HyperFormula', 15, (n) =>
    sheet.setCellContents(
      { sheet: 0, row: 0, col: 0 },
      Object.values(facts(n)).map((v) => [v]),
    ),
  );
  return found;
}

const row = (...cells) =>
  console.log(cells.map((c, i) => (i === 0 ? c.padEnd(52) : String(c).padStart(14))).join(''));
const millions = (n) => `${(n / 1e6).toFixed(2)} M/s`;

const ours = batch();
const rateOf = (columns.length * ROWS) / ours.seconds;
const native = inC();
if (native && native.sum !== ours.result) throw new Error('C and the kernel disagree on the points');
row(`criteria scored, ${columns.length} columns × ${ROWS} rows`, 'rate', 'ours ÷ it');
row('batch kernel, one thread', millions(rateOf), '1');
if (native)
  row(
    'C loop of the same arithmetic (-O2)',
    millions((columns.length * ROWS) / native.batch),
    (rateOf / ((columns.length * ROWS) / native.batch)).toFixed(2),
  );
for (const [name, rate] of await peers()) row(name, millions(rate), Math.round(rateOf / rate));

const work = DRAWS * UNITS * columns.length;
const job = { columns, draws: DRAWS, units: UNITS, from: 0, step: 1 };
simulate({ ...job, draws: 20_000 });
const single = best(Array.from({ length: 3 }, () => seconds(() => simulate(job))));
const runs = [];
for (let i = 0; i < 3; i++) runs.push(await threaded(2));
const two = best(runs);
if (two.result !== single.result) throw new Error('threads change the ranks');
if (native && native.ranks !== single.result) throw new Error('C and the kernel disagree on the ranks');
console.log('');
row(`rank simulation, ${DRAWS} × ${UNITS} × ${columns.length}`, 'rate', 'time ÷ C');
row(
  'one thread',
  millions(work / single.seconds),
  native ? (single.seconds / native.simulation).toFixed(2) : '–',
);
row('two threads', millions(work / two.seconds), native ? (two.seconds / native.simulation).toFixed(2) : '–');
if (native) row('C, one thread', millions(work / native.simulation), '1');
row('peak memory of this process', `${(process.resourceUsage().maxRSS / 1024).toFixed(0)} MB`);
