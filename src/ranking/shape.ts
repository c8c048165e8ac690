import { normalDensity, normalShare } from './normal.js';

/** Half the width of a table, in standard deviations; what lies beyond is as good as impossible. */
const REACH = 8;
const STEPS_PER_SD = 32;
const LAST = 2 * REACH * STEPS_PER_SD;

/**
 * The shape of a group of scores, standardised to mean 0 and standard deviation 1. Every function is read off
 * one table by cubic interpolation (error under 1e-8), so it is fast and its parts agree with each other.
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
  const step = 1 / 16;
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

/** A shape as equal parts of normals, each with its own centre: units that are expected where they stood. */
export function normalMixture(centres: readonly number[], sd: number): Shape {
  const share = 1 / centres.length;
  const third = centres.reduce((sum, c) => sum + c * c * c, 0) * share;
  return tabulate(third, {
    cdf: (t) => centres.reduce((sum, c) => sum + normalShare((t - c) / sd), 0) * share,
    density: (t) => (centres.reduce((sum, c) => sum + normalDensity((t - c) / sd), 0) * share) / sd,
  });
}

function tabulate(skew: number, { cdf, density }: Density): Shape {
  const at = (i: number) => i / STEPS_PER_SD - REACH;
  const F = new Float64Array(LAST + 1);
  const f = new Float64Array(LAST + 1);
  const logs = new Float64Array(LAST + 1);
  const G = new Float64Array(LAST + 1);
  const H = new Float64Array(LAST + 1);
  for (let i = 0; i <= LAST; i++) {
    F[i] = cdf(at(i));
    f[i] = density(at(i));
    logs[i] = Math.log(Math.max(f[i]!, 1e-300));
    if (i === 0) continue;
    // Simpson's rule on each step.
    const [a, b, h] = [at(i - 1), at(i), 1 / STEPS_PER_SD];
    const middle = (a + b) / 2;
    const m = density(middle);
    G[i] = G[i - 1]! + (h / 6) * (a * f[i - 1]! + 4 * middle * m + b * f[i]!);
    H[i] = H[i - 1]! + (h / 6) * (a * a * f[i - 1]! + 4 * middle * middle * m + b * b * f[i]!);
  }
  const hermite = (values: Float64Array, slopeAt: (y: number) => number) => {
    const slopes = f.map((density, i) => (slopeAt(at(i)) * density) / STEPS_PER_SD);
    return (t: number) => {
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
  };
  return {
    skew,
    cdf: hermite(F, () => 1),
    logDensity: (t) => {
      if (Math.abs(t) >= REACH) return logs[t < 0 ? 0 : LAST]! - (Math.abs(t) - REACH) * REACH;
      const x = (t + REACH) * STEPS_PER_SD;
      const i = Math.floor(x);
      return logs[i]! + (x - i) * (logs[i + 1]! - logs[i]!);
    },
    first: hermite(G, (y) => y),
    second: hermite(H, (y) => y * y),
  };
}
