import type { Points } from '../../exact/points.js';
import {
  exactRanks,
  exactScore,
  factorDistribution,
  type NotExact,
  type PointsDistribution,
} from './exact.js';
import type { Influence } from './influence.js';
import type { RiskModel } from './model.js';
import type { Prepared, Tally } from './simulate.js';

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
  /** Chance of each rank, from 1; null without a league. */
  ranks: number[] | null;
  rankMean: number | null;
  targetScore: Chance | null;
  targetRank: Chance | null;
  influence: Influence[];
}

type Drawn = Omit<Risk, 'influence'>;

export interface RiskTargets {
  points: Points | null;
  rank: number | null;
}

const SHARES = [0.05, 0.25, 0.5, 0.75, 0.95];

/** The exact answer where it can be computed, or why it cannot. */
export function exactRisk(model: RiskModel, targets: RiskTargets, seed = 1): Drawn | NotExact {
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
): Drawn {
  const { draws } = tally;
  const score = { from: prepared.least, chances: tally.scores.map((n) => n / Math.max(1, draws)) };
  const ranks = prepared.model.size > 0 ? [...tally.ranks].map((n) => n / Math.max(1, draws)) : null;
  return {
    method: { form: 'simulated', draws, seed, why },
    scores: score,
    ...summarise(score, ranks, targets, draws),
  };
}

function summarise(
  score: PointsDistribution,
  ranks: number[] | null,
  targets: RiskTargets,
  draws: number | null,
): Omit<Drawn, 'method' | 'scores'> {
  const chance = (value: number): Chance => ({
    value: Math.min(1, value),
    bounds: draws === null ? null : wilson(value, draws),
  });
  const reached = score.chances.reduce(
    (sum, p, k) => (targets.points !== null && score.from + k >= targets.points ? sum + p : sum),
    0,
  );
  return {
    score: scoreOutlook(score, draws),
    ranks,
    rankMean: ranks?.reduce((sum, p, k) => sum + p * (k + 1), 0) ?? null,
    targetScore: targets.points === null ? null : chance(reached),
    targetRank:
      targets.rank === null || !ranks
        ? null
        : chance(ranks.slice(0, targets.rank).reduce((sum, p) => sum + p, 0)),
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
  const parts = model.factors.map((factor) => ({
    id: factor.id,
    variance: varianceOf(factorDistribution(factor)),
  }));
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
