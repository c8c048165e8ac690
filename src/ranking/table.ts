import type { Fraction } from '../exact/fraction.js';
import { roundToPoints } from '../exact/points.js';

/** How equal scores rank: 1224, 1334, 1223 or in the order given. */
export const TIES = ['min', 'max', 'dense', 'order'] as const;
export type Ties = (typeof TIES)[number];

/** Compares scores as a table prints them; null compares exactly. */
export const compareScores = (p: Fraction, q: Fraction, decimals: number | null): number =>
  comparing(q, decimals)(p);

/** The same of many scores with one. */
export function comparing(score: Fraction, decimals: number | null): (at: Fraction) => number {
  if (decimals === null) return (at) => at.compare(score);
  const printed = roundToPoints(score, decimals);
  return (at) => Math.sign(roundToPoints(at, decimals) - printed);
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
export const rankTable = (scores: readonly Fraction[], ties: Ties, decimals: number | null): TableRank[] =>
  rankBy(scores.length, (i, j) => compareScores(scores[i]!, scores[j]!, decimals), ties);

/** Ranks so many things by a comparison of two of them, the greatest first. */
export function rankBy(size: number, compare: (i: number, j: number) => number, ties: Ties): TableRank[] {
  const order = Array.from({ length: size }, (_, i) => i);
  order.sort((i, j) => compare(j, i) || i - j);
  const ranks = new Array<TableRank>(size);
  let dense = 0;
  for (let start = 0; start < size; ) {
    let end = start;
    while (end + 1 < size && compare(order[start]!, order[end + 1]!) === 0) end++;
    dense++;
    for (let k = start; k <= end; k++) {
      const rank = { min: start + 1, max: end + 1, dense, order: k + 1 }[ties];
      ranks[order[k]!] = { rank, best: start + 1, worst: end + 1 };
    }
    start = end + 1;
  }
  return ranks;
}
