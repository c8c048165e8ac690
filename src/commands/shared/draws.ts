import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Worker as Thread } from 'node:worker_threads';
import type { RiskModel } from '../../analysis/risk/model.js';
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
} from '../../analysis/risk/simulate.js';
import { packageRoot } from '../../files/paths.js';

/** What is to be drawn: blocks of draws, then batches for the influence of each uncertainty. */
interface Job {
  model: RiskModel;
  seed: number;
  draws: number;
  /** Draws for the influences; rounded up to whole batches. */
  influenceDraws: number;
}

/** The smallest pieces of a job, in order; each depends on the seed and its number alone. */
type Unit = { kind: 'draw'; block: number; count: number } | { kind: 'influence'; batch: number };

const unitsOf = ({ draws, influenceDraws }: Job): Unit[] => [
  ...Array.from({ length: Math.ceil(draws / BLOCK) }, (_, block): Unit => {
    return { kind: 'draw', block, count: Math.min(BLOCK, draws - block * BLOCK) };
  }),
  ...Array.from({ length: Math.ceil(influenceDraws / BATCH) }, (_, batch): Unit => {
    return { kind: 'influence', batch };
  }),
];

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

/** Some units of a job, as a thread is given them. */
interface Share {
  job: Job;
  units: readonly Unit[];
}

/** What units give: draws counted, and the sums of each batch of influences. */
interface Part {
  tally: Tally;
  batches: { batch: number; sums: InfluenceSums }[];
}

const BREATH_MS = 25;

/** Does units one after another, now and then telling how many are done. */
export async function drawUnits({ job: { model, seed }, units }: Share, watch: Watch): Promise<Part> {
  const prepared = prepare(model);
  const part: Part = { tally: emptyTally(prepared), batches: [] };
  let breath = performance.now();
  for (const [i, unit] of units.entries()) {
    // What is stopped at once still has something to say.
    if (i > 0 && watch.stopped()) break;
    if (unit.kind === 'draw') drawBlock(prepared, seed, unit.block, unit.count, part.tally);
    else part.batches.push({ batch: unit.batch, sums: influenceBatch(prepared, seed, unit.batch) });
    if (performance.now() - breath < BREATH_MS) continue;
    watch.progress(i + 1, units.length);
    // Signals and messages are heard only between turns of the event loop.
    await new Promise(setImmediate);
    breath = performance.now();
  }
  return part;
}

const ROOT = packageRoot();
const THREAD_FILE = ROOT === null ? null : join(ROOT, 'dist', 'draw-thread.js');
/** A thread takes as long to start as this many units take (0.1 s). */
const UNITS_WORTH_A_THREAD = 100;

/**
 * Draws a job with as many threads as asked for. The result depends on the seed alone: units are independent,
 * whole counts add in any order, and sums of batches are put in order.
 */
export async function runJob(job: Job, threads: number, watch: Watch): Promise<Drawn> {
  const units = unitsOf(job);
  const worth = Math.max(1, Math.floor(units.length / UNITS_WORTH_A_THREAD));
  const count = THREAD_FILE !== null && existsSync(THREAD_FILE) ? Math.min(threads, worth) : 1;
  const parts =
    count > 1 ? await inThreads(job, units, count, watch) : [await drawUnits({ job, units }, watch)];
  const prepared = prepare(job.model);
  const tally = emptyTally(prepared);
  for (const part of parts) addTally(tally, part.tally);
  const batches = parts.flatMap((part) => part.batches).sort((p, q) => p.batch - q.batch);
  return { prepared, tally, batches: batches.map(({ sums }) => sums) };
}

/** What a thread tells: how many units it has done, and at the end what they give. */
export type Message = number | Part;

/** Each thread takes every so manyth unit. */
function inThreads(job: Job, units: readonly Unit[], count: number, watch: Watch): Promise<Part[]> {
  const done = new Array<number>(count).fill(0);
  const threads = done.map((_, k) => {
    const share: Share = { job, units: units.filter((_, i) => i % count === k) };
    return new Thread(THREAD_FILE!, { workerData: share });
  });
  const partOf = (thread: Thread, k: number) =>
    new Promise<Part>((resolve, reject) => {
      thread.on('error', reject);
      thread.on('message', (message: Message) => {
        if (typeof message !== 'number') return resolve(message);
        done[k] = message;
        watch.progress(
          done.reduce((sum, n) => sum + n),
          units.length,
        );
        if (watch.stopped()) for (const each of threads) each.postMessage('stop');
      });
    });
  return Promise.all(threads.map(partOf));
}
