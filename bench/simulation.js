// Draws × units × criteria with the kernel, as a module and as a thread; bench/kernel.c does the same.
import { parentPort, workerData } from 'node:worker_threads';
import { addPoints, Stream } from '../dist/index.js';

const BLOCK = 4096;

/** Sum of the first unit's ranks over some blocks of draws. */
export function simulate({ columns, draws, units, from, step }) {
  const values = new Float64Array(BLOCK);
  const score = new Float64Array(BLOCK);
  const own = new Float64Array(BLOCK);
  const rank = new Float64Array(BLOCK);
  let ranks = 0;
  for (let block = from; block * BLOCK < draws; block += step) {
    const count = Math.min(BLOCK, draws - block * BLOCK);
    rank.fill(1);
    for (let unit = 0; unit < units; unit++) {
      score.fill(0);
      const stream = new Stream(1, unit, block);
      for (const column of columns) {
        for (let i = 0; i < count; i++) values[i] = Math.floor(stream.share() * 100_000_000);
        addPoints(column, values, score, count);
      }
      if (unit === 0) own.set(score);
      else for (let i = 0; i < count; i++) rank[i] += score[i] > own[i] ? 1 : 0;
    }
    for (let i = 0; i < count; i++) ranks += rank[i];
  }
  return ranks;
}

if (parentPort && workerData?.columns) {
  simulate({ ...workerData, draws: BLOCK, from: 0, step: 1 });
  parentPort.postMessage('ready');
  parentPort.on('message', () => {
    parentPort.postMessage({ ranks: simulate(workerData) });
    parentPort.close();
  });
}
