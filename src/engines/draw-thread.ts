import { parentPort, workerData } from 'node:worker_threads';
import { type Unit, workerOn } from './draws.js';

/** A thread: does the units it is sent, answers each, and hands over its tally at the end. */
const port = parentPort!;
const { work, tally } = workerOn(workerData);
port.on('message', (message: { unit: Unit } | { finish: true }) => {
  if ('unit' in message) port.postMessage({ sums: work(message.unit) });
  else {
    port.postMessage({ tally });
    port.close();
  }
});
