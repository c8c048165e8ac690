import { Worker } from 'node:worker_threads';
import { expect } from 'vitest';

/** Inputs a reader: few in the fast suite, and as many as `FUZZ_RUNS` says in the long run. */
const long = process.env.FUZZ_RUNS !== undefined;
export const inputs = (few: number): number => Number(process.env.FUZZ_RUNS ?? few);

const SECONDS = 5;
const MEGABYTES = 500;

/** Ends the process where an input takes twice the seconds: one that never ends returns to no check. */
const WATCH = `
const { workerData } = require('node:worker_threads');
const { writeSync } = require('node:fs');
const started = new Float64Array(workerData);
setInterval(() => {
  const { user, system } = process.cpuUsage();
  if (started[0] > 0 && (user + system) / 1e6 - started[0] > ${2 * SECONDS}) {
    writeSync(2, 'fuzz: an input never ends\\n');
    process.kill(process.pid, 'SIGKILL');
  }
}, 500);
`;

/** The seconds of work when the input under way began; zero between two. */
const started = new Float64Array(new SharedArrayBuffer(8));
let watch: Worker | null = null;
let before = 0;

const seconds = () => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
};
/** The most memory that the process has held so far. */
const megabytes = () => process.resourceUsage().maxRSS / 1000;

/**
 * Works on one input. In the long run it fails beyond five seconds of work, or where the process grows by more than
 * 500 MB; an input that never ends ends the run.
 */
export async function withinLimits<T>(work: () => Promise<T> | T): Promise<T> {
  if (!long) return work();
  if (!watch) {
    watch = new Worker(WATCH, { eval: true, workerData: started.buffer });
    watch.unref();
    before = megabytes();
  }
  started[0] = seconds();
  const done = await work();
  const took = seconds() - started[0];
  started[0] = 0;
  expect(took, 'seconds').toBeLessThan(SECONDS);
  expect(megabytes() - before, 'megabytes').toBeLessThan(MEGABYTES);
  return done;
}
