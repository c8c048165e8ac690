import { greatest, least } from '../values/search.js';
import { type Normal, normalDensity, type Shape } from './shape.js';

/** Units whose scores lie somewhere between two scores. */
export interface Gap {
  lo: number;
  hi: number;
  units: number;
}

/** What is known of a group, in percent of its scale. */
export interface Observations {
  /** Scores of single units; `before` is where the unit stood last year, in standard deviations from the mean. */
  scores: readonly { at: number; before: number | null }[];
  gaps: readonly Gap[];
  /** Sum of the scores in the gaps, and the standard deviation its rounding leaves; null when unknown. */
  sum: Normal | null;
}

/** What is believed beforehand of a group's parameters. */
export interface Prior {
  shapes: readonly PriorShape[];
  /** Natural logarithm of the spread, in percent of the scale. */
  logSpread: Normal;
  /** Mean of the group, in percent of the scale; null when it could be anything. */
  mean: Normal | null;
}

/** A shape, how likely it is, and how far a unit stays where it was last year (0: its place then says nothing). */
interface PriorShape {
  shape: Shape;
  weight: number;
  stays: number;
}

/** One set of a group's parameters, and how likely it is. */
export interface GroupParameters {
  weight: number;
  mean: number;
  spread: number;
  shape: Shape;
}

/** Mass, sum and variance of a score between two ends, under one set of parameters. */
export interface ScoreMass {
  mass: number;
  mean: number;
  variance: number;
}

const LEAST_MASS = 1e-300;
/** The least share of a shape that is on the scale: about a mean far beyond its end nothing would be left to tell. */
const LEAST_ON_SCALE = 0.01;
const FULL = 100;

/** The share of a group between two scores. */
function massBetween(
  { shape, mean, spread }: Omit<GroupParameters, 'weight'>,
  lo: number,
  hi: number,
): number {
  return Math.max(shape.cdf((hi - mean) / spread) - shape.cdf((lo - mean) / spread), LEAST_MASS);
}

/** The part of a group between two scores; its mean and variance are worked out where a sum is known, and asked for. */
export function partBetween(
  { shape, mean, spread }: Omit<GroupParameters, 'weight'>,
  lo: number,
  hi: number,
): ScoreMass {
  const from = (lo - mean) / spread;
  const to = (hi - mean) / spread;
  const mass = shape.cdf(to) - shape.cdf(from);
  // Where next to nothing lies, the nearer end is as good as its place.
  if (!(mass > 1e-9)) {
    const at = mean <= lo ? lo : mean >= hi ? hi : (lo + hi) / 2;
    const width = hi - lo;
    const variance = Math.min((width * width) / 12, spread * spread);
    return { mass: Math.max(mass, LEAST_MASS), mean: at, variance };
  }
  const first = () => (shape.first(to) - shape.first(from)) / mass;
  return {
    mass,
    get mean() {
      return Math.min(hi, Math.max(lo, mean + spread * first()));
    },
    get variance() {
      const centre = first();
      const second = (shape.second(to) - shape.second(from)) / mass;
      return spread * spread * Math.max(0, second - centre * centre);
    },
  };
}

/** The means of what is said of a group, over the parameters that are left. */
export const averages = (nodes: readonly GroupParameters[]) => {
  const average = (of: (n: GroupParameters) => number) => nodes.reduce((sum, n) => sum + n.weight * of(n), 0);
  return {
    spread: average((n) => n.spread),
    skew: average((n) => n.shape.skew),
    mean: average((n) => n.mean),
  };
};

const logNormal = (x: number, centre: number, variance: number) => {
  const d = x - centre;
  return -(d * d) / (2 * variance) - Math.log(variance) / 2;
};

/** Logarithm of the likelihood of what is known, times the prior, up to a constant. */
function logPosterior(
  observed: Observations,
  prior: Prior,
  { shape, stays }: PriorShape,
  mean: number,
  logSpread: number,
): number {
  const spread = Math.exp(logSpread);
  const node = { shape, mean, spread };
  let total = logNormal(logSpread, prior.logSpread.centre, prior.logSpread.sd * prior.logSpread.sd);
  if (prior.mean) total += logNormal(mean, prior.mean.centre, prior.mean.sd * prior.mean.sd);
  let count = observed.scores.length;
  const loose = Math.sqrt(1 - stays * stays);
  for (const { at, before } of observed.scores) {
    const t = (at - mean) / spread;
    if (stays === 0 || before === null) total += shape.logDensity(t) - logSpread;
    else
      total +=
        Math.log(Math.max(LEAST_MASS, normalDensity((t - stays * before) / loose) / loose)) - logSpread;
  }
  let [sum, variance] = [0, 0];
  for (const gap of observed.gaps) {
    if (gap.units === 0) continue;
    count += gap.units;
    if (gap.lo === gap.hi) {
      total += gap.units * (shape.logDensity((gap.lo - mean) / spread) - logSpread);
      sum += gap.units * gap.lo;
      continue;
    }
    if (!observed.sum) {
      total += gap.units * Math.log(massBetween(node, gap.lo, gap.hi));
      continue;
    }
    const part = partBetween(node, gap.lo, gap.hi);
    total += gap.units * Math.log(part.mass);
    sum += gap.units * part.mean;
    variance += sumVariance(part, gap.units);
  }
  // No score lies off the scale.
  total -= count * Math.log(Math.max(massBetween(node, 0, FULL), LEAST_ON_SCALE));
  if (observed.sum) {
    const slack = observed.sum.sd * observed.sum.sd;
    total += logNormal(observed.sum.centre, sum, variance + slack);
  }
  return total;
}

/**
 * How closely a real group keeps to a shape of the family: as closely as this many units drawn from it would
 * (the concentration of a Dirichlet process about the shape). So shares are beta-binomial, and a sum varies more.
 */
export const KEEPS = 60;

/** Variance of the sum of so many units of one part: more than if the part had exactly the shape. */
export const sumVariance = ({ mass, variance }: ScoreMass, units: number): number =>
  (units * variance * (KEEPS * mass + units)) / (KEEPS * mass + 1);

/** Points of the grid to either side of the peak, how far apart in standard deviations, and how far out in points. */
const SIDE = 2;
const STEP = 1.2;
const FARTHEST = 2.5;
/** Parameters less likely than this part of the likeliest are left out. */
const LEAST_WEIGHT = 2e-3;

/**
 * The parameters that what is known leaves possible: for each shape a grid over mean and log spread, turned and
 * scaled to the likelihood around its peak, weighed by likelihood times prior. No sampling.
 */
export function fitGroup(observed: Observations, prior: Prior, least = LEAST_WEIGHT): GroupParameters[] {
  const points: (Omit<GroupParameters, 'weight'> & { log: number })[] = [];
  let start = roughPeak(observed, prior, prior.shapes[0]!);
  for (const form of prior.shapes) {
    const { shape, weight } = form;
    const log = (m: number, l: number) => logPosterior(observed, prior, form, m, l) + Math.log(weight);
    const peak = climb(log, start);
    start = peak.at;
    const [[a, b], [, c]] = peak.root;
    const cell = Math.log(a * c);
    for (let i = -SIDE; i <= SIDE; i++) {
      for (let j = -SIDE; j <= SIDE; j++) {
        if (i * i + j * j > FARTHEST * FARTHEST) continue;
        const mean = peak.at[0] + STEP * (a * i + b * j);
        const logSpread = peak.at[1] + STEP * c * j;
        points.push({ shape, mean, spread: Math.exp(logSpread), log: log(mean, logSpread) + cell });
      }
    }
  }
  const top = points.reduce((most, f) => Math.max(most, f.log), Number.NEGATIVE_INFINITY);
  const kept = points.filter((f) => f.log > top + Math.log(least));
  const total = kept.reduce((sum, f) => sum + Math.exp(f.log - top), 0);
  return kept.map(({ log, ...node }) => ({ ...node, weight: Math.exp(log - top) / total }));
}

type Point = [number, number];

/** The best point of a coarse grid: spreads the prior allows, means about what is known. */
function roughPeak(observed: Observations, prior: Prior, shape: PriorShape): Point {
  const ends = observed.gaps.flatMap((g) => [g.lo, g.hi]).filter((x) => x > 0 && x < FULL);
  const anchors = [...observed.scores.map((s) => s.at), ...ends];
  if (prior.mean) anchors.push(prior.mean.centre);
  if (observed.sum) {
    const units = observed.gaps.reduce((sum, g) => sum + g.units, 0);
    if (units > 0) anchors.push(observed.sum.centre / units);
  }
  const low = anchors.length > 0 ? least(anchors) : FULL / 2;
  const high = anchors.length > 0 ? greatest(anchors) : FULL / 2;
  let best: Point = [(low + high) / 2, prior.logSpread.centre];
  let most = Number.NEGATIVE_INFINITY;
  for (let k = -1; k <= 1; k++) {
    const logSpread = prior.logSpread.centre + k * prior.logSpread.sd;
    const spread = Math.exp(logSpread);
    const [from, to] = [low - 2.5 * spread, high + 2.5 * spread];
    const steps = Math.min(12, Math.ceil((to - from) / spread));
    for (let i = 0; i <= steps; i++) {
      const mean = from + ((to - from) * i) / steps;
      const log = logPosterior(observed, prior, shape, mean, logSpread);
      if (log > most) {
        most = log;
        best = [mean, logSpread];
      }
    }
  }
  return best;
}

/** Climbs to a peak by Newton's steps, and measures how wide it is: root × rootᵀ is the covariance. */
function climb(f: (x: number, y: number) => number, start: Point): { at: Point; root: [Point, Point] } {
  let [x, y] = start;
  let value = f(x, y);
  let root: [Point, Point] = [
    [1, 0],
    [0, 0.1],
  ];
  for (let round = 0; round < 25; round++) {
    const h = 0.05 * Math.exp(y);
    const k = 0.02;
    const [xp, xm, yp, ym] = [f(x + h, y), f(x - h, y), f(x, y + k), f(x, y - k)];
    const pp = f(x + h, y + k);
    const mm = f(x - h, y - k);
    const gx = (xp - xm) / (2 * h);
    const gy = (yp - ym) / (2 * k);
    // Curvatures kept positive and apart from degenerate, so that a step goes up.
    const xx = Math.max(-(xp - 2 * value + xm) / (h * h), 1e-3 * Math.exp(-2 * y));
    const yy = Math.max(-(yp - 2 * value + ym) / (k * k), 1);
    let xy = -(pp - xp - yp + 2 * value - xm - ym + mm) / (2 * h * k);
    const most = 0.98 * Math.sqrt(xx * yy);
    xy = Math.max(-most, Math.min(most, xy));
    const det = xx * yy - xy * xy;
    const [cxx, cxy, cyy] = [yy / det, -xy / det, xx / det];
    // Upper triangular root: x leans on y.
    const c = Math.sqrt(cyy);
    const top: Point = [Math.sqrt(cxx - (cxy * cxy) / cyy), cxy / c];
    root = [top, [0, c]];
    let dx = cxx * gx + cxy * gy;
    let dy = cxy * gx + cyy * gy;
    const limit = Math.max(1, Math.abs(dx) / (2 * Math.exp(y)), Math.abs(dy) / 0.5);
    dx /= limit;
    dy /= limit;
    let taken = false;
    for (let half = 0; half < 8; half++) {
      const next = f(x + dx, y + dy);
      if (next >= value) {
        taken = next > value + 1e-3;
        x += dx;
        y += dy;
        value = next;
        break;
      }
      dx /= 2;
      dy /= 2;
    }
    if (!taken) break;
  }
  return { at: [x, y], root };
}
