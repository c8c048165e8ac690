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
