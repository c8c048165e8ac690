import type { Fraction } from '../values/fraction.js';
import { roundToPoints } from '../values/points.js';

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

/** Probability of each rank. */
export interface RankProbability {
  rank: number;
  probability: number;
}

/** Chances of the sum of two independent counts. */
export function convolve(a: ArrayLike<number>, b: ArrayLike<number>): Float64Array {
  const sums = new Float64Array(a.length + b.length - 1);
  for (let i = 0; i < a.length; i++) {
    const x = a[i]!;
    if (x > 0) for (let j = 0; j < b.length; j++) sums[i + j]! += x * b[j]!;
  }
  return sums;
}

/** Adds chances to others, by a weight. */
export function mix(into: Float64Array, counts: ArrayLike<number>, weight: number): void {
  for (let k = 0; k < into.length; k++) into[k]! += weight * counts[k]!;
}

/** Scales chances so that they are 1 together. */
export function normalise(chances: Float64Array): Float64Array {
  let total = 0;
  for (let k = 0; k < chances.length; k++) total += chances[k]!;
  for (let k = 0; k < chances.length; k++) chances[k] = chances[k]! / total;
  return chances;
}

/** Chances of 0 … last + 1 after one more event, in place. A loop of its own is compiled sooner. */
export function addOne(counts: Float64Array, last: number, p: number): void {
  counts[last + 1] = counts[last]! * p;
  for (let k = last; k > 0; k--) counts[k] = counts[k]! * (1 - p) + counts[k - 1]! * p;
  counts[0] = counts[0]! * (1 - p);
}

/** Chances of 0, 1, 2 … of independent events, from the chance of each. */
export function countOf(chances: readonly number[]): Float64Array {
  const counts = new Float64Array(chances.length + 1);
  counts[0] = 1;
  chances.forEach((p, last) => {
    addOne(counts, last, p);
  });
  return counts;
}

/** The ranks after so many that are certainly above, by the chances of 0, 1, 2 … more. */
export function ranksAfter(above: number, counts: ArrayLike<number>): RankProbability[] {
  const ranks: RankProbability[] = [];
  for (let k = 0; k < counts.length; k++) {
    const probability = counts[k]!;
    if (probability > 0) ranks.push({ rank: above + k + 1, probability });
  }
  return ranks;
}

/** Mean of a rank distribution. */
export function meanRank(distribution: readonly RankProbability[]): number {
  return distribution.reduce((sum, d) => sum + d.rank * d.probability, 0);
}

/** The least rank at which the running probability reaches q. */
export function quantileRank(distribution: readonly RankProbability[], q: number): number {
  let running = 0;
  for (const d of distribution) {
    running += d.probability;
    if (running >= q - 1e-9) return d.rank;
  }
  return distribution.at(-1)?.rank ?? 0;
}

/** Probability of a rank no worse than the target. */
export function chanceOfRank(distribution: readonly RankProbability[], target: number): number {
  return distribution.reduce((sum, d) => (d.rank <= target ? sum + d.probability : sum), 0);
}
