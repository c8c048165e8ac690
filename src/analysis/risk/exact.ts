import { firstWhere } from '../../exact/extremes.js';
import type { Points } from '../../exact/points.js';
import { pointsAt } from '../../rules/column.js';
import type { Factor } from './factor.js';
import type { RiskModel } from './model.js';
import { cornersOf, openChances } from './simulate.js';
import { curveOf } from './spread.js';

/** Probabilities of consecutive whole points, the first of which is `from`. */
export interface PointsDistribution {
  from: Points;
  chances: Float64Array;
}

/** Multiplications beyond which the exact distribution would take longer than a simulation. */
const MOST_WORK = 3e9;

/** Why a distribution is not computed exactly. */
export type NotExact = 'rivals-move' | 'too-much-work';

/** The exact distribution of the score: each criterion's points, convolved. */
export function exactScore(model: RiskModel): PointsDistribution | 'too-much-work' {
  const parts = model.factors.map(factorDistribution);
  parts.sort((p, q) => p.chances.length - q.chances.length);
  let work = 0;
  let width = 1;
  for (const part of parts) {
    work += width * part.chances.length;
    width += part.chances.length - 1;
  }
  if (work > MOST_WORK) return 'too-much-work';
  return parts.reduce(convolve, { from: model.base, chances: Float64Array.of(1) });
}

function convolve(p: PointsDistribution, q: PointsDistribution): PointsDistribution {
  const [small, large] =
    p.chances.length < q.chances.length ? [p.chances, q.chances] : [q.chances, p.chances];
  const chances = new Float64Array(small.length + large.length - 1);
  for (let i = 0; i < small.length; i++) {
    const chance = small[i]!;
    if (chance !== 0) addScaled(chances, i, large, chance);
  }
  return { from: p.from + q.from, chances };
}

/** into[at + j] += factor × from[j], for every j. */
function addScaled(into: Float64Array, at: number, from: Float64Array, factor: number): void {
  const part = into.subarray(at, at + from.length);
  for (let j = 0; j < from.length; j++) part[j]! += factor * from[j]!;
}

/** Chances below this are dropped at both ends of a criterion's points. */
const NEGLIGIBLE = 1e-18;

/** The chance of each number of points of one criterion. */
export function factorDistribution(factor: Factor): PointsDistribution {
  const masses = new Map<Points, number>();
  const add = (points: Points, chance: number) => {
    if (chance > NEGLIGIBLE) masses.set(points, (masses.get(points) ?? 0) + chance);
  };
  if (factor.form === 'table') {
    factor.points.forEach((points, k) => {
      add(points, factor.upTo[k]! - (factor.upTo[k - 1] ?? 0));
    });
  } else {
    spreadOver(factor, add);
  }
  const from = [...masses.keys()].reduce((p, q) => Math.min(p, q), Number.POSITIVE_INFINITY);
  const to = [...masses.keys()].reduce((m, p) => Math.max(m, p), from);
  const chances = new Float64Array(to - from + 1);
  for (const [points, chance] of masses) chances[points - from] = chance;
  return { from, chances };
}

/** Grid values with the same points form runs within each piece; a run's chance is a difference of the curve. */
function spreadOver(
  factor: Extract<Factor, { form: 'column' }>,
  add: (points: Points, chance: number) => void,
): void {
  const { spread, low, high, grid } = factor;
  const curve = curveOf(spread, low, high);
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
  const loose = model.rivals.flatMap((r) => (r.form === 'loose' ? [r] : []));
  const fixed = model.rivals.flatMap((r) => (r.form === 'fixed' ? [r] : []));
  if (model.shared || loose.length > 0) return 'rivals-move';
  const ranks = new Array<number>(model.size).fill(0);
  score.chances.forEach((chance, k) => {
    if (chance === 0) return;
    const own = score.from + k;
    const above = fixed.filter((r) => own < r.tie).length;
    const tied = fixed.filter((r) => own >= r.tie && own < r.pass).length;
    const upTo = model.open && own < model.full ? openChances(model.open, own) : [1];
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
