import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { expect } from 'vitest';

/** Inputs a reader: few in the fast suite, and as many as `FUZZ_RUNS` says in the long run. */
const long = process.env.FUZZ_RUNS !== undefined;
export const inputs = (few: number): number => Number(process.env.FUZZ_RUNS ?? few);

/** Of work, whatever the clock says meanwhile: a busy machine fails nothing. */
const SECONDS = 5;
const MEGABYTES = 500;

/** Ends the process where an input takes twice the seconds, and says where it stands: one without end meets no check. */
const WATCH = `
const { workerData: { started, kept } } = require('node:worker_threads');
const { Session } = require('node:inspector');
const { writeSync } = require('node:fs');
const since = new Float64Array(started);
let seen = 0;
const asked = setInterval(() => {
  const { user, system } = process.cpuUsage();
  const began = since[0];
  if (began === 0 || (user + system) / 1e6 - began <= ${2 * SECONDS}) return;
  // Seen twice: a machine that was stopped and went on counts that time as work, and the input ends at once.
  if (seen !== began) return void (seen = began);
  clearInterval(asked);
  writeSync(2, 'fuzz: an input never ends: ' + kept + '\\n');
  const end = () => process.kill(process.pid, 'SIGKILL');
  const session = new Session();
  session.connectToMainThread();
  session.on('Debugger.paused', ({ params: { callFrames } }) => {
    for (const { functionName, url, location } of callFrames)
      writeSync(2, '  at ' + functionName + ' ' + url + ':' + (location.lineNumber + 1) + '\\n');
    end();
  });
  session.post('Debugger.enable');
  session.post('Debugger.pause');
  setTimeout(end, 5000);
}, 500);
`;

/** The seconds of work when the input under way began; zero between two. */
const started = new Float64Array(new SharedArrayBuffer(8));
let watch: { before: number; kept: string } | null = null;

/** Begins to watch: how much memory the process holds, and the file that has the input under way. */
function watching(): NonNullable<typeof watch> {
  if (watch) return watch;
  const kept = join(
    process.env.FUZZ_FOLDER ?? mkdtempSync(join(tmpdir(), 'cchc-fuzz-')),
    `input-${process.pid}`,
  );
  new Worker(WATCH, { eval: true, workerData: { started: started.buffer, kept } }).unref();
  watch = { before: megabytes(), kept };
  return watch;
}

const seconds = () => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
};
/** The most memory that the process has held so far. */
const megabytes = () => process.resourceUsage().maxRSS / 1000;

/**
 * Works on one input. In the long run it fails beyond five seconds of work, or where the process grows by more than
 * 500 MB; an input that never ends ends the run. Whatever ends it, the input is left in a file that is named.
 */
export async function withinLimits<T>(input: string | Uint8Array, work: () => Promise<T> | T): Promise<T> {
  if (!long) return work();
  const { before, kept } = watching();
  writeFileSync(kept, input);
  try {
    started[0] = seconds();
    let done = await work();
    if (seconds() - started[0] >= SECONDS) {
      // What is slow is slow again.
      started[0] = seconds();
      done = await work();
    }
    expect(seconds() - started[0], 'seconds').toBeLessThan(SECONDS);
    expect(megabytes() - before, 'megabytes').toBeLessThan(MEGABYTES);
    return done;
  } finally {
    // What comes after a fault, as its report, is no work on an input.
    started[0] = 0;
  }
}
