import { parentPort, workerData } from 'node:worker_threads';
import { type Job, type Unit, Worker } from './draw-units.js';

/** A thread: does the units it is sent, answers each, and hands over its tally at the end. */
const port = parentPort!;
const worker = new Worker(workerData as Job);
port.on('message', (message: { unit: Unit } | { finish: true }) => {
  if ('unit' in message) port.postMessage({ sums: worker.do(message.unit) });
  else {
    port.postMessage({ tally: worker.tally });
    port.close();
  }
});
