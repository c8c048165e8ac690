import { RandomStream } from './random.js';
import { drawFactor, type Prepared, rankRows } from './simulate.js';

/** Draws of one batch; the spread between batches gives the bounds. */
export const BATCH = 1024;

/** What one batch adds up, by factor; the last factor is the rivals. Whole numbers, so sums are exact. */
export interface InfluenceSums {
  count: number;
  sum: number;
  squares: number;
  first: Float64Array;
  total: Float64Array;
}

/** How much of the variance one uncertainty explains alone, and with all it acts together with. */
export interface Influence {
  /** A criterion's id, or null for the rivals. */
  id: string | null;
  first: number;
  total: number;
  /** 95% bounds; equal to the value when it is exact. */
  firstBounds: [number, number];
  totalBounds: [number, number];
}

/**
 * One batch of the pick-freeze scheme for the rank: each factor is redrawn alone (first order after
 * Saltelli 2010, total after Jansen 1999).
 */
export function influenceBatch(prepared: Prepared, seed: number, batch: number): InfluenceSums {
  const { model } = prepared;
  const factors = model.factors.length;
  const count = BATCH;
  const draw = (from: number) =>
    model.factors.map((_, i) => {
      const points = new Float64Array(count);
      drawFactor(prepared, i, new RandomStream(from, i, batch), points, count);
      return points;
    });
  const [seedA, seedB] = [seed ^ 0x5bd1_e995, seed ^ 0x1b87_3593];
  const [a, b] = [draw(seedA), draw(seedB)];
  const sumOf = (columns: readonly Float64Array[]) => {
    const sum = new Float64Array(count).fill(model.base);
    for (const column of columns) for (let row = 0; row < count; row++) sum[row]! += column[row]!;
    return sum;
  };
  const scoreA = sumOf(a);
  const redrawn = a.map((_, i) => sumOf(a.map((column, k) => (k === i ? b[i]! : column))));
  const [rankA, ...ranks] = rankRows(prepared, [scoreA, ...redrawn], seedA, batch, count);
  const [rankB, rivalsOnly] = rankRows(prepared, [sumOf(b), scoreA], seedB, batch, count);
  const sums: InfluenceSums = {
    count,
    sum: 0,
    squares: 0,
    first: new Float64Array(factors + 1),
    total: new Float64Array(factors + 1),
  };
  for (let row = 0; row < count; row++) {
    const yA = rankA![row]!;
    sums.sum += yA;
    sums.squares += yA * yA;
    for (let i = 0; i <= factors; i++) {
      const y = (i < factors ? ranks[i]! : rivalsOnly!)[row]!;
      sums.first[i]! += rankB![row]! * (y - yA);
      sums.total[i]! += (yA - y) ** 2;
    }
  }
  return sums;
}

/** Indices and their bounds from all batches, in the order of the batches. */
export function influences(prepared: Prepared, batches: readonly InfluenceSums[]): Influence[] {
  const { factors } = prepared.model;
  const count = batches.reduce((n, b) => n + b.count, 0);
  const mean = batches.reduce((n, b) => n + b.sum, 0) / count;
  const variance = batches.reduce((n, b) => n + b.squares, 0) / count - mean ** 2;
  if (!(variance > 1e-12)) return [];
  const estimate = (parts: number[]): [number, [number, number]] => {
    const values = parts.map((p) => p / variance);
    const middle = values.reduce((s, v) => s + v, 0) / values.length;
    const spread = values.reduce((s, v) => s + (v - middle) ** 2, 0) / (values.length - 1);
    const half = 1.96 * Math.sqrt(spread / values.length);
    return [middle, [middle - half, middle + half]];
  };
  return [...factors.map((f): string | null => f.id), null]
    .map((id, i): Influence => {
      const [first, firstBounds] = estimate(batches.map((b) => b.first[i]! / b.count));
      const [total, totalBounds] = estimate(batches.map((b) => b.total[i]! / b.count / 2));
      return { id, first, total, firstBounds, totalBounds };
    })
    .sort((p, q) => q.total - p.total);
}
