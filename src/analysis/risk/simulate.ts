import { addPoints, limitsOf, pointsAt } from '../../rules/column.js';
import type { Points } from '../../values/points.js';
import { firstWhere, greatest, least } from '../../values/search.js';
import type { Factor } from './factor.js';
import type { OpenRivals, RiskModel } from './model.js';
import { curveOf, RandomStream, tabulated } from './spread.js';

/** Draws of a block; a block is the smallest piece of work, and its result depends on nothing else. */
export const BLOCK = 4096;

// Streams of the rivals' side; criteria use 0, 1, 2, …
const TIES = 1_000_000;
const SHARED = 1_000_001;
const OPEN = 1_000_002;
const RIVAL = 2_000_000;

type Quantile = (u: number) => number;

/** A model made ready to draw from. */
export interface Prepared {
  model: RiskModel;
  quantiles: (Quantile | null)[];
  moves: (Quantile | null)[];
  shared: Quantile | null;
  /** Least and most points of the sum. */
  least: Points;
  most: Points;
}

/** Builds what drawing needs: quantiles and the span of the score. */
export function prepare(model: RiskModel): Prepared {
  const spans = model.factors.map(pointsSpan);
  return {
    model,
    quantiles: model.factors.map((f) =>
      f.form === 'column' ? tabulated(curveOf(f.distribution, f.low, f.high)) : null,
    ),
    moves: model.rivals.map((r) =>
      r.form === 'loose' && r.move ? tabulated(curveOf(r.move, null, null)) : null,
    ),
    shared: model.shared && tabulated(curveOf(model.shared, null, null)),
    least: spans.reduce((sum, s) => sum + s.least, model.base),
    most: spans.reduce((sum, s) => sum + s.most, model.base),
  };
}

/** The lowest and highest points a factor can give. */
function pointsSpan(factor: Factor): { least: Points; most: Points } {
  const all =
    factor.form === 'table' ? factor.points : cornersOf(factor).map((v) => pointsAt(factor.column, v));
  return { least: least(all), most: greatest(all) };
}

/** Grid values at both sides of every end of a piece within the range; a straight piece is steepest there. */
export function cornersOf({ column, low, high, grid }: Extract<Factor, { form: 'column' }>): number[] {
  const from = Math.ceil(low * grid);
  const to = Math.floor(high * grid);
  const inside = limitsOf(column)
    .flatMap((end) => [end, end + 1])
    .filter((v) => v > from && v < to);
  return [from, ...new Set(inside), to];
}

/** Adds a factor's drawn points to each row of a block. */
function drawFactor(
  { model, quantiles }: Prepared,
  index: number,
  stream: RandomStream,
  into: Float64Array,
  count: number,
): void {
  const factor = model.factors[index]!;
  if (factor.form === 'table') {
    const last = factor.points.length - 1;
    for (let row = 0; row < count; row++) {
      const u = stream.share();
      into[row]! += factor.points[firstWhere(0, last, (i) => u <= factor.upTo[i]!)]!;
    }
    return;
  }
  const quantile = quantiles[index]!;
  const { grid, low, high } = factor;
  const from = Math.ceil(low * grid);
  const to = Math.floor(high * grid);
  const values = new Float64Array(count);
  for (let row = 0; row < count; row++) {
    const v = Math.round(quantile(stream.share()) * grid);
    values[row] = v < from ? from : v > to ? to : v;
  }
  addPoints(factor.column, values, into, count);
}

/**
 * Ranks several versions of each row's score against the same draw of rivals. `seed` and `block` name the
 * draw; ranks come in as many arrays as there are scores.
 */
function rankRows(
  { model, moves, shared }: Prepared,
  scores: readonly Float64Array[],
  seed: number,
  block: number,
  count: number,
): Float64Array[] {
  const ranks = scores.map(() => new Float64Array(count).fill(1));
  const level = scores.map(() => new Float64Array(count));
  const common = new Float64Array(count);
  if (shared) {
    const stream = new RandomStream(seed, SHARED, block);
    for (let row = 0; row < count; row++) common[row] = shared(stream.share());
  }
  const { full, ties } = model;
  model.rivals.forEach((rival, j) => {
    if (rival.form === 'fixed') {
      scores.forEach((score, s) => {
        for (let row = 0; row < count; row++) {
          const points = score[row]!;
          if (points < rival.tie) ranks[s]![row]!++;
          else if (points < rival.pass) level[s]![row]!++;
        }
      });
      return;
    }
    const stream = new RandomStream(seed, RIVAL + j, block);
    const move = moves[j];
    for (let row = 0; row < count; row++) {
      let at = rival.at + common[row]!;
      if (move) at += move(stream.share());
      at = at > full ? full : at;
      for (let s = 0; s < scores.length; s++) {
        const points = scores[s]![row]!;
        if (at > points && points < full) ranks[s]![row]!++;
      }
    }
  });
  if (model.open) {
    // One share for all versions of a score: the same draw of the group, seen from each.
    const stream = new RandomStream(seed, OPEN, block);
    for (let row = 0; row < count; row++) {
      const u = stream.share();
      for (let s = 0; s < scores.length; s++) {
        const points = scores[s]![row]!;
        if (points < full) ranks[s]![row]! += openAbove(model.open, points - common[row]!, u);
      }
    }
  }
  const order = ties === 'any' ? new RandomStream(seed, TIES, block) : null;
  for (let row = 0; row < count; row++) {
    const u = order?.share() ?? (ties === 'max' ? 1 : 0);
    for (let s = 0; s < scores.length; s++) {
      const tied = level[s]![row]!;
      if (tied > 0) ranks[s]![row]! += u >= 1 ? tied : Math.floor(u * (tied + 1));
    }
  }
  return ranks;
}

/** The last level at or under some points. */
const levelUnder = ({ levels }: OpenRivals, points: number): number =>
  firstWhere(1, levels.length - 1, (i) => levels[i]! > points) - 1;

/** How far from one level to the next some points are: 0 to 1. */
function between({ levels }: OpenRivals, i: number, points: number): number {
  return Math.min(1, Math.max(0, (points - levels[i]!) / (levels[i + 1]! - levels[i]!)));
}

/** The chance of at most each number of open rivals above some points. */
export function openChances(open: OpenRivals, points: number): number[] {
  const i = levelUnder(open, points);
  const part = between(open, i, points);
  const next = open.upTo[i + 1]!;
  return open.upTo[i]!.map((p, k) => p + part * (next[k]! - p));
}

/** How many open rivals are above some points, for a share u of 0 to 1. */
function openAbove(open: OpenRivals, points: number, u: number): number {
  const i = levelUnder(open, points);
  const part = between(open, i, points);
  const [here, next] = [open.upTo[i]!, open.upTo[i + 1]!];
  const last = here.length - 1;
  let k = 0;
  while (k < last && u > here[k]! + part * (next[k]! - here[k]!)) k++;
  return k;
}

/** Whole counts, so that blocks add up the same in any order. */
export interface Tally {
  draws: number;
  /** Draws by points, from the least of the model on. */
  scores: Float64Array;
  /** Draws by rank, from 1; empty without a league. */
  ranks: Float64Array;
}

export const emptyTally = ({ model, least, most }: Prepared): Tally => ({
  draws: 0,
  scores: new Float64Array(most - least + 1),
  ranks: new Float64Array(model.size),
});

/** Draws one block and adds it to the tally. */
export function drawBlock(
  prepared: Prepared,
  seed: number,
  block: number,
  count: number,
  tally: Tally,
): void {
  const { model, least } = prepared;
  const score = new Float64Array(count).fill(model.base);
  model.factors.forEach((_, i) => {
    drawFactor(prepared, i, new RandomStream(seed, i, block), score, count);
  });
  for (let row = 0; row < count; row++) tally.scores[score[row]! - least]!++;
  if (model.size > 0) {
    const [ranks] = rankRows(prepared, [score], seed, block, count);
    for (let row = 0; row < count; row++) tally.ranks[ranks![row]! - 1]!++;
  }
  tally.draws += count;
}

export function addTally(sum: Tally, more: Tally): void {
  sum.draws += more.draws;
  more.scores.forEach((n, i) => {
    sum.scores[i]! += n;
  });
  more.ranks.forEach((n, i) => {
    sum.ranks[i]! += n;
  });
}

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
