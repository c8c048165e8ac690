import type { RiskModel } from '../analysis/risk/model.js';
import {
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

/** What is to be drawn: blocks of draws, then batches for the influence of each uncertainty. */
export interface Job {
  model: RiskModel;
  seed: number;
  draws: number;
  /** Draws for the influences; rounded up to whole batches. */
  influenceDraws: number;
}

/** The smallest pieces of a job, in order; each depends on the seed and its own number alone. */
export type Unit = { kind: 'draw'; block: number; count: number } | { kind: 'influence'; batch: number };

export function unitsOf({ draws, influenceDraws }: Job): Unit[] {
  const blocks = Array.from({ length: Math.ceil(draws / BLOCK) }, (_, block): Unit => {
    return { kind: 'draw', block, count: Math.min(BLOCK, draws - block * BLOCK) };
  });
  const batches = Array.from({ length: Math.ceil(influenceDraws / BATCH) }, (_, batch): Unit => {
    return { kind: 'influence', batch };
  });
  return [...blocks, ...batches];
}

/** Does units one by one and keeps what they add up to. */
export class Worker {
  readonly prepared: Prepared;
  readonly tally: Tally;

  constructor(private readonly job: Job) {
    this.prepared = prepare(job.model);
    this.tally = emptyTally(this.prepared);
  }

  /** Does a unit; sums of a batch are given back, draws go to the tally. */
  do(unit: Unit): InfluenceSums | null {
    if (unit.kind === 'influence') return influenceBatch(this.prepared, this.job.seed, unit.batch);
    drawBlock(this.prepared, this.job.seed, unit.block, unit.count, this.tally);
    return null;
  }
}
