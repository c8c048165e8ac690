/** Probability of each rank. */
export interface RankProbability {
  rank: number;
  probability: number;
}

/** Chances of the sum of two independent counts. */
export function convolve(a: ArrayLike<number>, b: ArrayLike<number>): number[] {
  const found = new Float64Array(a.length + b.length - 1);
  for (let i = 0; i < a.length; i++) {
    const x = a[i]!;
    if (x > 0) for (let j = 0; j < b.length; j++) found[i + j]! += x * b[j]!;
  }
  return Array.from(found);
}

/** Chances of 0, 1, 2 … of independent events, from the chance of each. */
export function countOf(chances: readonly number[]): Float64Array {
  const found = new Float64Array(chances.length + 1);
  found[0] = 1;
  chances.forEach((p, last) => {
    if (p === 0) return;
    for (let k = last + 1; k > 0; k--) found[k] = found[k]! * (1 - p) + found[k - 1]! * p;
    found[0] = found[0]! * (1 - p);
  });
  return found;
}

/** The ranks after so many that are certainly above, by the chances of 0, 1, 2 … more. */
export function ranksAfter(above: number, counts: ArrayLike<number>): RankProbability[] {
  const found: RankProbability[] = [];
  for (let k = 0; k < counts.length; k++) {
    const probability = counts[k]!;
    if (probability > 0) found.push({ rank: above + k + 1, probability });
  }
  return found;
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
