import { parentPort, workerData } from 'node:worker_threads';
import { drawUnits, type Message } from './draws.js';

/** A thread: does the units it is given, until it is told to stop. */
const port = parentPort!;
const tell = (message: Message) => port.postMessage(message);
let stopped = false;
port.on('message', () => {
  stopped = true;
});
tell(await drawUnits(workerData, { progress: tell, stopped: () => stopped }));
port.close();
