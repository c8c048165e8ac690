import type { Fraction } from '../exact/fraction.js';
import { roundToPoints } from '../exact/points.js';

/** How equal scores rank: 1224, 1334, 1223 or in the order given. */
export const TIES = ['min', 'max', 'dense', 'order'] as const;
export type Ties = (typeof TIES)[number];

/** Compares scores as a table prints them; null compares exactly. */
export function compareScores(p: Fraction, q: Fraction, decimals: number | null): number {
  if (decimals === null) return p.compare(q);
  return Math.sign(roundToPoints(p, decimals) - roundToPoints(q, decimals));
}

/** One row's rank by the tie rule, and the places that its ties leave open. */
export interface TableRank {
  rank: number;
  best: number;
  worst: number;
}

/**
 * Ranks scores, highest first. `decimals` is the printed precision at which scores count as equal;
 * null compares exactly. Answers come in the order of the scores given.
 */
export function rankTable(scores: readonly Fraction[], ties: Ties, decimals: number | null): TableRank[] {
  const order = scores.map((_, i) => i);
  order.sort((i, j) => compareScores(scores[j]!, scores[i]!, decimals) || i - j);
  const ranks = new Array<TableRank>(scores.length);
  let dense = 0;
  for (let start = 0; start < order.length; ) {
    let end = start;
    while (end + 1 < order.length && level(scores, order[start]!, order[end + 1]!, decimals)) end++;
    dense++;
    for (let k = start; k <= end; k++) {
      const rank = { min: start + 1, max: end + 1, dense, order: k + 1 }[ties];
      ranks[order[k]!] = { rank, best: start + 1, worst: end + 1 };
    }
    start = end + 1;
  }
  return ranks;
}

const level = (scores: readonly Fraction[], i: number, j: number, decimals: number | null) =>
  compareScores(scores[i]!, scores[j]!, decimals) === 0;
