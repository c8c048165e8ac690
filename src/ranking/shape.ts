import { lazy } from '../values/scalars.js';

/** A number believed to be normal: its centre and standard deviation. */
export interface Normal {
  centre: number;
  sd: number;
}

const ROOT_TWO_PI = Math.sqrt(2 * Math.PI);

export const normalDensity = (t: number): number => Math.exp((-t * t) / 2) / ROOT_TWO_PI;

const NUMERATOR = [
  220.206867912376, 221.213596169931, 112.079291497871, 33.912866078383, 6.37396220353165, 0.700383064443688,
  0.0352624965998911,
];
const DENOMINATOR = [
  440.413735824752, 793.826512519948, 637.333633378831, 296.564248779674, 86.7807322029461, 16.064177579207,
  1.75566716318264, 0.0883883476483184,
];

function polynomial(coefficients: readonly number[], x: number): number {
  let sum = 0;
  for (let i = coefficients.length - 1; i >= 0; i--) sum = sum * x + coefficients[i]!;
  return sum;
}

/**
 * Share of a standard normal below t, to 14 digits (Hart 1968, algorithm 5666, as given by West 2005). Only `exp`
 * and arithmetic, so that it is the same on every machine.
 */
export function normalShare(t: number): number {
  const x = Math.abs(t);
  if (x > 37) return t < 0 ? 0 : 1;
  const e = Math.exp((-x * x) / 2);
  let tail: number;
  if (x < 7.07106781186547) tail = (e * polynomial(NUMERATOR, x)) / polynomial(DENOMINATOR, x);
  else {
    const fraction = x + 1 / (x + 2 / (x + 3 / (x + 4 / (x + 0.65))));
    tail = e / (fraction * ROOT_TWO_PI);
  }
  return t < 0 ? tail : 1 - tail;
}

/** Points and weights over a normal: evenly spaced to 2.4 standard deviations, weighed by its density. */
export function nodesOf({ centre, sd }: Normal, each: number): { at: number; weight: number }[] {
  if (sd === 0 || each === 0) return [{ at: centre, weight: 1 }];
  const nodes = [];
  let total = 0;
  for (let i = -each; i <= each; i++) {
    const z = (2.4 * i) / each;
    const weight = Math.exp((-z * z) / 2);
    total += weight;
    nodes.push({ at: centre + sd * z, weight });
  }
  return nodes.map((n) => ({ at: n.at, weight: n.weight / total }));
}

/** What several independent beliefs of one number come to. */
export function combineNormals(beliefs: readonly Normal[]): Normal {
  const precision = beliefs.reduce((sum, b) => sum + 1 / (b.sd * b.sd), 0);
  const centre = beliefs.reduce((sum, b) => sum + b.centre / (b.sd * b.sd), 0) / precision;
  return { centre, sd: Math.sqrt(1 / precision) };
}

/** Half the width of a table, in standard deviations; what lies beyond is as good as impossible. */
const REACH = 8;
const STEPS_PER_SD = 16;
const LAST = 2 * REACH * STEPS_PER_SD;

/**
 * The shape of a group of scores, standardised to mean 0 and standard deviation 1. Every function is read off
 * one table by cubic interpolation (error under 1e-6), so it is fast and its parts agree with each other.
 */
export interface Shape {
  /** Third standardised moment. */
  skew: number;
  /** Share below t. */
  cdf(t: number): number;
  logDensity(t: number): number;
  /** ∫ x·f(x) dx and ∫ x²·f(x) dx up to t. */
  first(t: number): number;
  second(t: number): number;
}

interface Density {
  cdf(t: number): number;
  density(t: number): number;
}

const asinh = (x: number) =>
  x < 0 ? -Math.log(-x + Math.sqrt(x * x + 1)) : Math.log(x + Math.sqrt(x * x + 1));
const sinh = (x: number) => (Math.exp(x) - Math.exp(-x)) / 2;
const cosh = (x: number) => (Math.exp(x) + Math.exp(-x)) / 2;

/**
 * The sinh–arcsinh family (Jones and Pewsey 2009): a normal variable n becomes sinh((asinh n + lean) ÷ tail).
 * lean > 0 has the longer tail above, tail < 1 both tails heavier; lean 0 and tail 1 is the normal.
 */
export function sinhArcsinh(lean: number, tail: number): Shape {
  const transform = (n: number) => sinh((asinh(n) + lean) / tail);
  // Moments by the trapezium rule over the normal variable, where it is exact to rounding.
  let [mean, square, cube] = [0, 0, 0];
  const step = 1 / 8;
  for (let i = -REACH / step; i <= REACH / step; i++) {
    const w = normalDensity(i * step) * step;
    const x = transform(i * step);
    mean += w * x;
    square += w * x * x;
    cube += w * x * x * x;
  }
  const variance = square - mean * mean;
  const sd = Math.sqrt(variance);
  const skew = (cube - 3 * mean * square + 2 * mean * mean * mean) / (variance * sd);
  const back = (t: number) => tail * asinh(mean + sd * t) - lean;
  return tabulate(skew, {
    cdf: (t) => normalShare(sinh(back(t))),
    density: (t) => {
      const x = mean + sd * t;
      const y = back(t);
      return (normalDensity(sinh(y)) * cosh(y) * tail * sd) / Math.sqrt(x * x + 1);
    },
  });
}

/** Tails as heavy as those of leagues with a few units far ahead, and of what units change by from year to year. */
export const heavyTailed = lazy(() => sinhArcsinh(0, 0.7));

/** A shape as equal parts of normals, each with its own centre: units that are expected where they stood. */
export function normalMixture(centres: readonly number[], sd: number): Shape {
  const share = 1 / centres.length;
  const third = centres.reduce((sum, c) => sum + c * c * c, 0) * share;
  return tabulate(third, {
    cdf: (t) => centres.reduce((sum, c) => sum + normalShare((t - c) / sd), 0) * share,
    density: (t) => (centres.reduce((sum, c) => sum + normalDensity((t - c) / sd), 0) * share) / sd,
  });
}

/** The same shape leaning the other way. */
export function mirrored(shape: Shape): Shape {
  const [mean, square] = [shape.first(REACH), shape.second(REACH)];
  return {
    skew: -shape.skew,
    cdf: (t) => 1 - shape.cdf(-t),
    logDensity: (t) => shape.logDensity(-t),
    first: (t) => shape.first(-t) - mean,
    second: (t) => square - shape.second(-t),
  };
}

function tabulate(skew: number, { cdf, density }: Density): Shape {
  const h = 1 / STEPS_PER_SD;
  const at = (i: number) => i * h - REACH;
  const F = new Float64Array(LAST + 1);
  const f = new Float64Array(LAST + 1);
  const logs = new Float64Array(LAST + 1);
  for (let i = 0; i <= LAST; i++) {
    F[i] = cdf(at(i));
    f[i] = density(at(i));
    logs[i] = Math.log(Math.max(f[i]!, 1e-300));
  }
  const integral = (values: Float64Array, of: (y: number) => number) => {
    const slopes = f.map((density, i) => of(at(i)) * density * h);
    return cubic(values, slopes);
  };
  // Needed only where a mean is known.
  const moments = lazy(() => {
    const G = new Float64Array(LAST + 1);
    const H = new Float64Array(LAST + 1);
    for (let i = 1; i <= LAST; i++) {
      // Simpson's rule on each step.
      const [a, b] = [at(i - 1), at(i)];
      const middle = (a + b) / 2;
      const m = density(middle);
      G[i] = G[i - 1]! + (h / 6) * (a * f[i - 1]! + 4 * middle * m + b * f[i]!);
      H[i] = H[i - 1]! + (h / 6) * (a * a * f[i - 1]! + 4 * middle * middle * m + b * b * f[i]!);
    }
    return { first: integral(G, (y) => y), second: integral(H, (y) => y * y) };
  });
  const slopes = logs.map((_, i) => (logs[Math.min(LAST, i + 1)]! - logs[Math.max(0, i - 1)]!) / 2);
  const log = cubic(logs, slopes);
  return {
    skew,
    cdf: integral(F, () => 1),
    logDensity: (t) => log(t) - Math.max(0, Math.abs(t) - REACH) * REACH,
    first: (t) => moments().first(t),
    second: (t) => moments().second(t),
  };
}

/** Reads a table by cubics with given slopes per step; beyond its ends it stays. */
function cubic(values: Float64Array, slopes: Float64Array): (t: number) => number {
  return (t) => {
    if (t <= -REACH) return values[0]!;
    if (t >= REACH) return values[LAST]!;
    const x = (t + REACH) * STEPS_PER_SD;
    const i = Math.floor(x);
    const u = x - i;
    const p = values[i]!;
    const d = values[i + 1]! - p;
    const m = slopes[i]!;
    const n = slopes[i + 1]!;
    return p + u * (m + u * (3 * d - 2 * m - n + u * (m + n - 2 * d)));
  };
}
