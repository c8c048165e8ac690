import betaCdf from '@stdlib/stats-base-dists-beta-cdf';
import betaQuantile from '@stdlib/stats-base-dists-beta-quantile';
import normalCdf from '@stdlib/stats-base-dists-normal-cdf';
import normalQuantile from '@stdlib/stats-base-dists-normal-quantile';
import { isWhole, type LineInput } from '../../rules/rule.js';
import { toNumber } from '../../values/fraction.js';

const WIDEST = 1_000_000;

/** How an uncertain number may fall, in the number's unit. */
export type Distribution =
  | { kind: 'uniform'; low: number; high: number }
  | { kind: 'triangular'; low: number; mode: number; high: number }
  | { kind: 'normal'; mean: number; sd: number }
  /** The rate behind `done` of `total`, in percent, every rate being as likely beforehand: Beta(done + 1, rest + 1). */
  | { kind: 'beta'; done: number; total: number };

/** A distribution as two functions, inverse to each other. */
export interface Curve {
  /** Probability of at most x. */
  cdf(x: number): number;
  /** The x below which a share u (0 to 1) falls. */
  quantile(u: number): number;
}

const untruncated: { [K in Distribution['kind']]: (spread: Extract<Distribution, { kind: K }>) => Curve } = {
  uniform: ({ low, high }) => ({
    cdf: (x) => (high > low ? unit((x - low) / (high - low)) : Number(x >= low)),
    quantile: (u) => low + u * (high - low),
  }),
  triangular: ({ low, mode, high }) => {
    const width = high - low;
    const peak = width > 0 ? (mode - low) / width : 0;
    return {
      cdf: (x) => {
        if (x <= low) return Number(width === 0 && x >= low);
        if (x >= high) return 1;
        return x <= mode
          ? (x - low) ** 2 / (width * (mode - low))
          : 1 - (high - x) ** 2 / (width * (high - mode));
      },
      quantile: (u) =>
        u < peak
          ? low + Math.sqrt(u * width * (mode - low))
          : high - Math.sqrt((1 - u) * width * (high - mode)),
    };
  },
  normal: ({ mean, sd }) => ({
    cdf: (x) => (sd > 0 ? normalCdf(x, mean, sd) : Number(x >= mean)),
    quantile: (u) => (sd > 0 ? normalQuantile(u, mean, sd) : mean),
  }),
  beta: ({ done, total }) => {
    const [p, q] = [done + 1, total - done + 1];
    return { cdf: (x) => betaCdf(x / 100, p, q), quantile: (u) => 100 * betaQuantile(u, p, q) };
  },
};

const unit = (x: number) => Math.min(1, Math.max(0, x));

/** The curve of a spread, cut to [low, high] and scaled up again; an end that is null stays open. */
export function curveOf(spread: Distribution, low: number | null, high: number | null): Curve {
  const whole = (untruncated[spread.kind] as (s: Distribution) => Curve)(spread);
  const from = low === null ? 0 : whole.cdf(low);
  const to = high === null ? 1 : whole.cdf(high);
  const kept = to - from;
  const within = (x: number) =>
    Math.min(high ?? Number.POSITIVE_INFINITY, Math.max(low ?? Number.NEGATIVE_INFINITY, x));
  // A spread that lies outside the range, or on its edge, falls on the nearest end.
  if (!(kept > 1e-9)) {
    const at = within(whole.quantile(0.5));
    return { cdf: (x) => Number(x >= at), quantile: () => at };
  }
  return {
    cdf: (x) => {
      if (high !== null && x >= high) return 1;
      return low !== null && x < low ? 0 : unit((whole.cdf(x) - from) / kept);
    },
    quantile: (u) => within(whole.quantile(from + u * kept)),
  };
}

/**
 * How an input falls before it is rounded: a whole number stands for all that round to it, so a spread and the
 * input's range hold both their ends in full. From 0 to 4 is −0.5 to 4.5.
 */
export function inputCurve({ quantity, range }: LineInput, given: Distribution) {
  const more = isWhole(quantity) ? 0.5 : 0;
  const ends = given.kind === 'uniform' || given.kind === 'triangular';
  return {
    distribution: ends ? { ...given, low: given.low - more, high: given.high + more } : given,
    low: range.lo ? toNumber(range.lo) - more : -WIDEST,
    high: range.hi ? toNumber(range.hi) + more : WIDEST,
  };
}

/** Chances below this are left out at both ends of whole numbers. */
const NEGLIGIBLE = 1e-12;

/** The whole numbers that a curve falls on, with their chances; null where they are more than `most`. */
export function wholeChances(curve: Curve, most: number): { x: number; chance: number }[] | null {
  const first = Math.round(curve.quantile(NEGLIGIBLE));
  const last = Math.round(curve.quantile(1 - NEGLIGIBLE));
  if (last - first >= most) return null;
  return Array.from({ length: last - first + 1 }, (_, i) => {
    const x = first + i;
    const upTo = x === last ? 1 : curve.cdf(x + 0.5);
    const before = x === first ? 0 : curve.cdf(x - 0.5);
    return { x, chance: upTo - before };
  });
}

const NODES = 2048;
const END_SPANS = 16;

/** A faster quantile: straight between 2048 nodes, exact in the end spans, where tails bend. */
export function tabulated(curve: Curve): (u: number) => number {
  const nodes = new Float64Array(NODES + 1);
  for (let i = END_SPANS; i <= NODES - END_SPANS; i++) nodes[i] = curve.quantile(i / NODES);
  return (u) => {
    const at = u * NODES;
    const i = Math.floor(at);
    if (i < END_SPANS || i >= NODES - END_SPANS) return curve.quantile(u);
    return nodes[i]! + (at - i) * (nodes[i + 1]! - nodes[i]!);
  };
}

/**
 * A stream of random whole numbers (sfc32: 32-bit integer steps alone, so every machine draws the same).
 * Streams of different (seed, factor, block) are independent, so blocks may run in any order and anywhere.
 */
export class RandomStream {
  private a: number;
  private b: number;
  private c: number;
  private d = 1;

  constructor(seed: number, factor: number, block: number) {
    this.a = mix(seed);
    this.b = mix(this.a ^ factor);
    this.c = mix(this.b ^ block);
    for (let i = 0; i < 12; i++) this.next();
  }

  /** A whole number from 0 to 2^32 − 1. */
  next(): number {
    const t = (((this.a + this.b) | 0) + this.d) | 0;
    this.d = (this.d + 1) | 0;
    this.a = this.b ^ (this.b >>> 9);
    this.b = (this.c + (this.c << 3)) | 0;
    this.c = (this.c << 21) | (this.c >>> 11);
    this.c = (this.c + t) | 0;
    return t >>> 0;
  }

  /** A share strictly between 0 and 1. */
  share(): number {
    return (this.next() + 0.5) / 4_294_967_296;
  }
}

/** Spreads the bits of a whole number (the finaliser of MurmurHash3). */
function mix(n: number): number {
  let h = (n + 0x9e37_79b9) | 0;
  h = Math.imul(h ^ (h >>> 16), 0x85eb_ca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2_ae35);
  return h ^ (h >>> 16);
}
