import { chanceOfRank, convolve, meanRank, type RankProbability } from '../../ranking/ranks.js';
import { pointsAt } from '../../rules/column.js';
import { addTo } from '../../values/grouping.js';
import type { Points } from '../../values/points.js';
import { firstWhere, greatest, least } from '../../values/search.js';
import type { Factor } from './factor.js';
import type { RiskModel } from './model.js';
import { cornersOf, type Influence, openChances, type Prepared, type Tally } from './simulate.js';
import { curveOf } from './spread.js';

/** Mean, spread and quantiles of the score, in points. */
interface ScoreOutlook {
  mean: number;
  /** 95% bounds of a simulated mean; null of an exact one. */
  meanBounds: [number, number] | null;
  sd: number;
  quantiles: { share: number; points: Points }[];
  /** Mean of the worst twentieth: what a bad year gives. */
  worstMean: number;
  least: Points;
  most: Points;
}

/** A probability, with 95% bounds when it was simulated. */
export interface Chance {
  value: number;
  bounds: [number, number] | null;
}

/** The score and the rank as distributions. */
export interface Risk {
  /** `why` says what keeps a simulated result from being exact. */
  method: { form: 'exact' } | { form: 'simulated'; draws: number; seed: number; why: NotExact | 'asked' };
  /** Chances of consecutive points. */
  scores: PointsDistribution;
  score: ScoreOutlook;
  /** Null without a league. */
  ranks: RankProbability[] | null;
  rankMean: number | null;
  targetScore: Chance | null;
  targetRank: Chance | null;
  influence: Influence[];
}

type RiskWithoutInfluence = Omit<Risk, 'influence'>;

export interface RiskTargets {
  points: Points | null;
  rank: number | null;
}

const SHARES = [0.05, 0.25, 0.5, 0.75, 0.95];

/** The exact answer where it can be computed, or why it cannot. */
export function exactRisk(model: RiskModel, targets: RiskTargets, seed = 1): RiskWithoutInfluence | NotExact {
  const score = exactScore(model);
  if (typeof score === 'string') return score;
  const ranks = model.size > 0 ? exactRanks(model, score) : null;
  if (typeof ranks === 'string') return ranks;
  const drawn = model.tied?.drawn ?? null;
  const method: Risk['method'] =
    drawn === null ? { form: 'exact' } : { form: 'simulated', draws: drawn, seed, why: 'tied' };
  return { method, scores: score, ...summarise(score, ranks, targets, drawn) };
}

/** The same from simulated counts. */
export function simulatedRisk(
  prepared: Prepared,
  tally: Tally,
  seed: number,
  why: NotExact | 'asked',
  targets: RiskTargets,
): RiskWithoutInfluence {
  const { draws } = tally;
  const score = { from: prepared.least, chances: tally.scores.map((n) => n / Math.max(1, draws)) };
  const ranks = prepared.model.size > 0 ? [...tally.ranks].map((n) => n / Math.max(1, draws)) : null;
  // Draws of a score that was drawn itself are off by both.
  const { tied } = prepared.model;
  const worth = tied?.drawn ? 1 / (1 / Math.max(1, draws) + 1 / tied.drawn) : draws;
  return {
    method: { form: 'simulated', draws, seed, why },
    scores: score,
    ...summarise(score, ranks, targets, worth),
  };
}

function summarise(
  score: PointsDistribution,
  chances: readonly number[] | null,
  targets: RiskTargets,
  draws: number | null,
): Omit<RiskWithoutInfluence, 'method' | 'scores'> {
  const ranks = chances?.map((probability, i) => ({ rank: i + 1, probability })) ?? null;
  const chance = (value: number): Chance => ({
    value: Math.min(1, value),
    bounds: draws === null ? null : wilson(value, draws),
  });
  const reached = (points: Points) =>
    score.chances.reduce((sum, p, k) => (score.from + k >= points ? sum + p : sum), 0);
  return {
    score: scoreOutlook(score, draws),
    ranks,
    rankMean: ranks && meanRank(ranks),
    targetScore: targets.points === null ? null : chance(reached(targets.points)),
    targetRank: targets.rank === null || !ranks ? null : chance(chanceOfRank(ranks, targets.rank)),
  };
}

function scoreOutlook({ from, chances }: PointsDistribution, draws: number | null): ScoreOutlook {
  let mean = 0;
  let squares = 0;
  let running = 0;
  let tail = 0;
  let tailSum = 0;
  let least: Points | null = null;
  let most = from;
  const quantiles: ScoreOutlook['quantiles'] = [];
  chances.forEach((p, k) => {
    if (p === 0) return;
    const points = from + k;
    least ??= points;
    most = points;
    mean += p * points;
    squares += p * k * k;
    running += p;
    const inTail = Math.min(p, Math.max(0, 0.05 - tail));
    tail += inTail;
    tailSum += inTail * points;
    while (quantiles.length < SHARES.length && running >= SHARES[quantiles.length]! - 1e-12)
      quantiles.push({ share: SHARES[quantiles.length]!, points });
  });
  const variance = Math.max(0, squares - (mean - from) ** 2);
  const sd = Math.sqrt(variance);
  const half = draws === null ? null : (WITHIN_95 * sd) / Math.sqrt(Math.max(1, draws));
  return {
    mean,
    meanBounds: half === null ? null : [mean - half, mean + half],
    sd,
    quantiles,
    worstMean: tailSum / tail,
    least: least ?? from,
    most,
  };
}

/** Standard deviations within which 95% of a normal curve lie. */
const WITHIN_95 = 1.96;

/** 95% bounds of a simulated share (Wilson), which stay within 0 and 1. */
function wilson(share: number, draws: number): [number, number] {
  const z = WITHIN_95;
  const middle = share + z ** 2 / (2 * draws);
  const half = z * Math.sqrt((share * (1 - share)) / draws + z ** 2 / (4 * draws ** 2));
  const whole = 1 + z ** 2 / draws;
  return [Math.max(0, (middle - half) / whole), Math.min(1, (middle + half) / whole)];
}

/** Shares of the score's variance: criteria are independent and add up, so first order and total agree. */
export function exactInfluence(model: RiskModel): Influence[] {
  const parts = model.factors.map((factor) => {
    return { id: factor.id, variance: varianceOf(factorDistribution(factor)) };
  });
  const whole = parts.reduce((sum, p) => sum + p.variance, 0);
  if (!(whole > 0)) return [];
  return parts
    .map(({ id, variance }): Influence => {
      const share = variance / whole;
      return { id, first: share, total: share, firstBounds: [share, share], totalBounds: [share, share] };
    })
    .sort((p, q) => q.total - p.total);
}

function varianceOf({ chances }: PointsDistribution): number {
  const mean = chances.reduce((sum, p, k) => sum + p * k, 0);
  return chances.reduce((sum, p, k) => sum + p * (k - mean) ** 2, 0);
}

/** Probabilities of consecutive whole points, the first of which is `from`. */
export interface PointsDistribution {
  from: Points;
  chances: Float64Array;
}

/** Different points of the score beyond which the exact distribution would take longer than a simulation. */
const MOST_WIDTH = 5e6;

/** Why a distribution is not computed exactly. */
export type NotExact = 'rivals-move' | 'too-much-work' | 'tied';

/** The exact distribution of the score: each criterion's points, convolved. */
export function exactScore(model: RiskModel): PointsDistribution | 'too-much-work' {
  const parts = model.factors.map(factorDistribution);
  parts.sort((p, q) => p.chances.length - q.chances.length);
  if (parts.reduce((width, part) => width + part.chances.length - 1, 1) > MOST_WIDTH) return 'too-much-work';
  return parts.reduce(sumOf, { from: model.base, chances: Float64Array.of(1) });
}

/** The distribution of the sum of two independent ones. */
export function sumOf(p: PointsDistribution, q: PointsDistribution): PointsDistribution {
  const [small, large] =
    p.chances.length < q.chances.length ? [p.chances, q.chances] : [q.chances, p.chances];
  const chances = small.length < LONG ? convolve(small, large) : transformedProduct(small, large);
  return { from: p.from + q.from, chances };
}

/** Lengths from which the transform is quicker than term by term. */
const LONG = 256;

/**
 * What `convolve` gives, by a Fourier transform: the imaginary part of (p + iq)² is 2pq. 2 s → 0.1 s for the seven uncertain
 * criteria of the example. Chances carry an error of about 1e-16 each; what is below that is 0.
 */
export function transformedProduct(p: Float64Array, q: Float64Array): Float64Array {
  const length = p.length + q.length - 1;
  const size = 2 ** Math.ceil(Math.log2(length));
  const re = new Float64Array(size);
  const im = new Float64Array(size);
  re.set(p);
  im.set(q);
  transform(re, im);
  for (let k = 0; k < size; k++) {
    const [x, y] = [re[k]!, im[k]!];
    re[k] = x * x - y * y;
    im[k] = 2 * x * y;
  }
  // With the parts exchanged the forward transform undoes itself, but for the size.
  transform(im, re);
  return im.subarray(0, length).map((twice) => {
    const chance = twice / (2 * size);
    return chance < 1e-16 ? 0 : chance;
  });
}

/** The discrete Fourier transform in place, of a length that is a power of two (Cooley and Tukey). */
function transform(re: Float64Array, im: Float64Array): void {
  const size = re.length;
  for (let i = 0, j = 0; i < size; i++) {
    if (i < j) {
      [re[i], re[j]] = [re[j]!, re[i]!];
      [im[i], im[j]] = [im[j]!, im[i]!];
    }
    let bit = size >> 1;
    for (; j & bit; bit >>= 1) j ^= bit;
    j |= bit;
  }
  for (let half = 1; half < size; half *= 2) {
    for (let k = 0; k < half; k++) {
      const angle = (-Math.PI * k) / half;
      const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
      for (let a = k; a < size; a += 2 * half) {
        const b = a + half;
        const x = re[b]! * cos - im[b]! * sin;
        const y = re[b]! * sin + im[b]! * cos;
        re[b] = re[a]! - x;
        im[b] = im[a]! - y;
        re[a] = re[a]! + x;
        im[a] = im[a]! + y;
      }
    }
  }
}

/** Chances below this are dropped at both ends of a criterion's points. */
const NEGLIGIBLE = 1e-18;

/** The chance of each number of points of one criterion. */
export function factorDistribution(factor: Factor): PointsDistribution {
  const masses = new Map<Points, number>();
  const add = (points: Points, chance: number) => {
    if (chance > NEGLIGIBLE) addTo(masses, points, chance);
  };
  if (factor.form === 'column') spreadOver(factor, add);
  else
    factor.points.forEach((points, k) => {
      add(points, factor.upTo[k]! - (factor.upTo[k - 1] ?? 0));
    });
  const from = least(masses.keys());
  const to = greatest(masses.keys(), from);
  const chances = new Float64Array(to - from + 1);
  for (const [points, chance] of masses) chances[points - from] = chance;
  return { from, chances };
}

/** Grid values with the same points form runs within each piece; a run's chance is a difference of the curve. */
function spreadOver(
  factor: Extract<Factor, { form: 'column' }>,
  add: (points: Points, chance: number) => void,
): void {
  const { distribution, low, high, grid } = factor;
  const curve = curveOf(distribution, low, high);
  const at = (v: number) => pointsAt(factor.column, v);
  // A value stands for all that round to it.
  const upTo = (v: number) => curve.cdf((v + 0.5) / grid);
  const corners = cornersOf(factor);
  let start = corners[0]!;
  let before = 0;
  for (let c = 0; c < corners.length; c++) {
    const end = corners[c]!;
    // From a corner to the next, points rise, fall or stay.
    while (start <= end) {
      const points = at(start);
      const stop = lastWith(points, start, end, at);
      const chance = stop === corners.at(-1) ? 1 : upTo(stop);
      add(points, chance - before);
      before = chance;
      start = stop + 1;
    }
  }
}

/** The last value up to `end` with the same points as `start`; points are monotone in between. */
function lastWith(points: Points, start: number, end: number, at: (v: number) => Points): number {
  if (at(end) === points) return end;
  let low = start;
  let step = 1;
  while (low + step < end && at(low + step) === points) {
    low += step;
    step *= 2;
  }
  return firstWhere(low + 1, Math.min(low + step, end), (v) => at(v) !== points) - 1;
}

/**
 * The exact chance of each rank, from 1: over every score, the chances of how many rivals are above. Only
 * where rivals do not move at random: then each is above with a chance that the score alone decides.
 */
export function exactRanks(model: RiskModel, score: PointsDistribution): number[] | 'rivals-move' {
  const fixed = model.rivals.filter((r) => r.form === 'fixed');
  if (model.shared || fixed.length < model.rivals.length) return 'rivals-move';
  const ranks = new Array<number>(model.size).fill(0);
  score.chances.forEach((chance, k) => {
    if (chance === 0) return;
    const points = score.from + k;
    const above = fixed.filter((r) => points < r.tie).length;
    const tied = fixed.filter((r) => points >= r.tie && points < r.pass).length;
    const upTo = model.open && points < model.full ? openChances(model.open, points) : [1];
    const first = model.ties === 'max' ? tied : 0;
    const last = model.ties === 'min' ? 0 : tied;
    const share = chance / (last - first + 1);
    upTo.forEach((p, n) => {
      const chance = p - (upTo[n - 1] ?? 0);
      if (chance > 0) for (let t = first; t <= last; t++) ranks[above + n + t]! += chance * share;
    });
  });
  return ranks;
}
