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

/** Different points of the score beyond which the exact distribution would take longer than a simulation. */
const MOST_WIDTH = 5e6;

/** Why a distribution is not computed exactly. */
export type NotExact = 'rivals-move' | 'too-much-work' | 'tied';

/** The exact distribution of the score: each criterion's points, convolved. */
export function exactScore(model: RiskModel): PointsDistribution | 'too-much-work' {
  const parts = model.factors.map(factorDistribution);
  parts.sort((p, q) => p.chances.length - q.chances.length);
  if (parts.reduce((width, part) => width + part.chances.length - 1, 1) > MOST_WIDTH) return 'too-much-work';
  return parts.reduce(convolve, { from: model.base, chances: Float64Array.of(1) });
}

function convolve(p: PointsDistribution, q: PointsDistribution): PointsDistribution {
  const [small, large] =
    p.chances.length < q.chances.length ? [p.chances, q.chances] : [q.chances, p.chances];
  const chances = small.length < LONG ? plainProduct(small, large) : transformedProduct(small, large);
  return { from: p.from + q.from, chances };
}

/** Lengths from which the transform is quicker than term by term. */
const LONG = 256;

/** The chances of the sum of two independent counts, term by term. */
export function plainProduct(small: Float64Array, large: Float64Array): Float64Array {
  const chances = new Float64Array(small.length + large.length - 1);
  small.forEach((chance, i) => {
    if (chance !== 0) addScaled(chances, i, large, chance);
  });
  return chances;
}

/** into[at + j] += factor × from[j], for every j. */
function addScaled(into: Float64Array, at: number, from: Float64Array, factor: number): void {
  const part = into.subarray(at, at + from.length);
  for (let j = 0; j < from.length; j++) part[j]! += factor * from[j]!;
}

/**
 * The same by a Fourier transform: the imaginary part of (p + iq)² is 2pq. 2 s → 0.1 s for the seven uncertain
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
