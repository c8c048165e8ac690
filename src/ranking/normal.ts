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
  const found = [];
  let total = 0;
  for (let i = -each; i <= each; i++) {
    const z = (2.4 * i) / each;
    const weight = Math.exp((-z * z) / 2);
    total += weight;
    found.push({ at: centre + sd * z, weight });
  }
  return found.map((n) => ({ at: n.at, weight: n.weight / total }));
}

/** What several independent beliefs of one number come to. */
export function together(beliefs: readonly Normal[]): Normal {
  const precision = beliefs.reduce((sum, b) => sum + 1 / (b.sd * b.sd), 0);
  const centre = beliefs.reduce((sum, b) => sum + b.centre / (b.sd * b.sd), 0) / precision;
  return { centre, sd: Math.sqrt(1 / precision) };
}
