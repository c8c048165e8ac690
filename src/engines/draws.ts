import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Worker as Thread } from 'node:worker_threads';
import type { RiskModel } from '../analysis/risk/model.js';
import {
  addTally,
  BATCH,
  BLOCK,
  drawBlock,
  emptyTally,
  type InfluenceSums,
  influenceBatch,
  type Prepared,
  prepare,
  type Tally,
} from '../analysis/risk/simulate.js';
import { packageRoot } from '../files/paths.js';

/** What is to be drawn: blocks of draws, then batches for the influence of each uncertainty. */
interface Job {
  model: RiskModel;
  seed: number;
  draws: number;
  /** Draws for the influences; rounded up to whole batches. */
  influenceDraws: number;
}

/** The smallest pieces of a job, in order; each depends on the seed and its own number alone. */
export type Unit = { kind: 'draw'; block: number; count: number } | { kind: 'influence'; batch: number };

const unitsOf = ({ draws, influenceDraws }: Job): Unit[] => [
  ...Array.from({ length: Math.ceil(draws / BLOCK) }, (_, block): Unit => {
    return { kind: 'draw', block, count: Math.min(BLOCK, draws - block * BLOCK) };
  }),
  ...Array.from({ length: Math.ceil(influenceDraws / BATCH) }, (_, batch): Unit => {
    return { kind: 'influence', batch };
  }),
];

/** Starts on a job: does units one by one, gives back the sums of a batch, and adds draws to the tally. */
export function workerOn({ model, seed }: Job) {
  const prepared = prepare(model);
  const tally = emptyTally(prepared);
  const work = (unit: Unit): InfluenceSums | null => {
    if (unit.kind === 'influence') return influenceBatch(prepared, seed, unit.batch);
    drawBlock(prepared, seed, unit.block, unit.count, tally);
    return null;
  };
  return { work, tally };
}

export interface Drawn {
  prepared: Prepared;
  tally: Tally;
  batches: InfluenceSums[];
}

export interface Watch {
  /** Called now and then with how much is done. */
  progress(done: number, total: number): void;
  /** Whether to stop and give what is done. */
  stopped(): boolean;
}

const ROOT = packageRoot();
const THREAD_FILE = ROOT === null ? null : join(ROOT, 'dist', 'draw-thread.js');
/** A thread takes as long to start as this many units take (0.1 s). */
const UNITS_WORTH_A_THREAD = 100;
const BREATH_MS = 25;

/**
 * Draws a job with as many threads as asked for. The result depends on the seed alone: units are independent,
 * whole counts add in any order, and sums of batches are put in order.
 */
export async function runJob(job: Job, threads: number, watch: Watch): Promise<Drawn> {
  const units = unitsOf(job);
  const worth = Math.max(1, Math.floor(units.length / UNITS_WORTH_A_THREAD));
  const count = THREAD_FILE !== null && existsSync(THREAD_FILE) ? Math.min(threads, worth) : 1;
  const prepared = prepare(job.model);
  const batches: (InfluenceSums | undefined)[] = [];
  const keep = (unit: Unit, sums: InfluenceSums | null) => {
    if (unit.kind === 'influence' && sums) batches[unit.batch] = sums;
  };
  const tally = emptyTally(prepared);
  const parts =
    count > 1 ? await inThreads(job, units, count, keep, watch) : [await inline(job, units, keep, watch)];
  for (const part of parts) addTally(tally, part);
  return { prepared, tally, batches: batches.filter((b) => b !== undefined) };
}

type Keep = (unit: Unit, sums: InfluenceSums | null) => void;

async function inline(job: Job, units: readonly Unit[], keep: Keep, watch: Watch): Promise<Tally> {
  const { work, tally } = workerOn(job);
  let breath = performance.now();
  for (const [i, unit] of units.entries()) {
    // What is stopped at once still has something to say.
    if (i > 0 && watch.stopped()) break;
    keep(unit, work(unit));
    if (performance.now() - breath < BREATH_MS) continue;
    watch.progress(i + 1, units.length);
    // Signals are heard only between turns of the event loop.
    await new Promise(setImmediate);
    breath = performance.now();
  }
  return tally;
}

function inThreads(
  job: Job,
  units: readonly Unit[],
  count: number,
  keep: Keep,
  watch: Watch,
): Promise<Tally[]> {
  let next = 0;
  let done = 0;
  const one = () =>
    new Promise<Tally>((resolve, reject) => {
      const thread = new Thread(THREAD_FILE!, { workerData: job });
      let current: Unit | undefined;
      const feed = () => {
        current = next > 0 && watch.stopped() ? undefined : units[next++];
        thread.postMessage(current ? { unit: current } : { finish: true });
      };
      thread.on('error', reject);
      thread.on('message', (message: { sums: InfluenceSums | null } | { tally: Tally }) => {
        if ('tally' in message) return resolve(message.tally);
        keep(current!, message.sums);
        watch.progress(++done, units.length);
        feed();
      });
      feed();
    });
  return Promise.all(Array.from({ length: count }, one));
}
