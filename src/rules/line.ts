import { commonDivisor, Fraction, greater, lesser, numerator, ZERO } from '../values/fraction.js';

/** points = a + b·x */
export interface Affine {
  a: Fraction;
  b: Fraction;
}

/** An interval of the number line; a null end is infinite. */
export interface Interval {
  lo: Fraction | null;
  loOpen: boolean;
  hi: Fraction | null;
  hiOpen: boolean;
}

/** From one number to another, both among them; null is without an end. */
export function closed(lo: Fraction | null, hi: Fraction | null): Interval {
  return { lo, loOpen: lo === null, hi, hiOpen: hi === null };
}

/** One piece of a piecewise-linear rule. */
export interface Piece extends Interval, Affine {}

/** A rule over numbers: pieces in order, without gap or overlap, from −∞ to +∞. */
export type Line = readonly Piece[];

const ONE = new Fraction(1);
const TWO = new Fraction(2);

export const constant = (points: Fraction): Affine => ({ a: points, b: ZERO });

export const valueAt = (f: Affine, x: Fraction): Fraction => (f.b.n === 0n ? f.a : f.a.add(f.b.mul(x)));

/** The same as (top + slope·x) ÷ over, in whole numbers: one division, and so one rounding, where doubles reckon. */
export function wholeParts({ a, b }: Affine): { top: bigint; slope: bigint; over: bigint } {
  const over = (a.d * b.d) / commonDivisor(a.d, b.d);
  return { top: numerator(a) * (over / a.d), slope: numerator(b) * (over / b.d), over };
}

/** The straight line through two points of different x. */
export function through(x1: Fraction, y1: Fraction, x2: Fraction, y2: Fraction): Affine {
  const b = y2.sub(y1).div(x2.sub(x1));
  return { a: y1.sub(b.mul(x1)), b };
}

function sortedUnique(cuts: readonly Fraction[]): Fraction[] {
  const sorted = [...cuts].sort((p, q) => p.compare(q));
  return sorted.filter((cut, i) => i === 0 || !cut.equals(sorted[i - 1]!));
}

/**
 * The regions that cut points part the number line into: the first gap, then each cut and the gap after it, so that
 * the k-th cut is region 2k + 1. Each with a value inside it.
 */
export function regionsOf(cuts: readonly Fraction[]): (Interval & { sample: Fraction })[] {
  const at = sortedUnique(cuts);
  const gap = (lo: Fraction | null, hi: Fraction | null) => {
    const middle = lo && hi ? lo.add(hi).div(TWO) : lo ? lo.add(ONE) : hi ? hi.sub(ONE) : ZERO;
    return { lo, loOpen: true, hi, hiOpen: true, sample: middle };
  };
  return [
    gap(null, at[0] ?? null),
    ...at.flatMap((cut, i) => [
      { lo: cut, loOpen: false, hi: cut, hiOpen: false, sample: cut },
      gap(cut, at[i + 1] ?? null),
    ]),
  ];
}

/**
 * Builds a line from its cut points: `choose` is asked once in every region for the function that holds there.
 * Neighbours that say the same are merged.
 */
export function buildLine(
  cuts: readonly Fraction[],
  choose: (sample: Fraction, region: number) => Affine,
): Line {
  const pieces = regionsOf(cuts).map(({ sample, ...interval }, region): Piece => {
    const { a, b } = choose(sample, region);
    return { ...interval, a, b };
  });
  return merge(pieces);
}

function merge(regions: readonly Piece[]): Line {
  const pieces: Piece[] = [];
  for (const region of regions) {
    const last = pieces.at(-1);
    if (last && joins(last, region)) {
      const { a, b } = isPoint(last) ? region : last;
      pieces[pieces.length - 1] = { ...last, hi: region.hi, hiOpen: region.hiOpen, a, b };
    } else {
      pieces.push(region);
    }
  }
  return pieces;
}

const isPoint = (p: Interval) => p.lo !== null && p.hi !== null && p.lo.equals(p.hi);

function joins(left: Piece, right: Piece): boolean {
  if (isPoint(right)) return valueAt(left, right.lo!).equals(valueAt(right, right.lo!));
  if (isPoint(left)) return valueAt(left, left.lo!).equals(valueAt(right, left.lo!));
  return left.a.equals(right.a) && left.b.equals(right.b);
}

/** Whether an interval holds x. */
export function holds(interval: Interval, x: Fraction): boolean {
  if (interval.lo) {
    const c = x.compare(interval.lo);
    if (c < 0 || (c === 0 && interval.loOpen)) return false;
  }
  if (interval.hi) {
    const c = x.compare(interval.hi);
    if (c > 0 || (c === 0 && interval.hiOpen)) return false;
  }
  return true;
}

/** The piece that holds x. Throws when the line has a gap there (a bug). */
export function pieceAt(line: Line, x: Fraction): Piece {
  let first = 0;
  for (let last = line.length - 1; first < last; ) {
    const middle = (first + last) >> 1;
    const { hi, hiOpen } = line[middle]!;
    const c = hi ? x.compare(hi) : -1;
    if (c < 0 || (c === 0 && !hiOpen)) last = middle;
    else first = middle + 1;
  }
  const piece = line[first];
  if (!piece || !holds(piece, x)) throw new Error(`no piece at ${x.toString()}`);
  return piece;
}

/** Exact, unrounded points at x. */
export function evaluate(line: Line, x: Fraction): Fraction {
  return valueAt(pieceAt(line, x), x);
}

/** The ends of a line's pieces. */
export const cutsOf = (line: Line): Fraction[] =>
  line.flatMap((p) => [p.lo, p.hi].filter((end) => end !== null));

/** Where two functions meet, if at one point. */
function crossing(f: Affine, g: Affine): Fraction | null {
  const slope = f.b.sub(g.b);
  return slope.n === 0n ? null : g.a.sub(f.a).div(slope);
}

/** Combines lines point by point: their sum, their least or their greatest. */
export function combineLines(lines: readonly Line[], how: 'sum' | 'min' | 'max'): Line {
  const ends = lines.flatMap(cutsOf);
  // Where one passes another between two ends.
  const crossings = (how === 'sum' ? [] : regionsOf(ends)).flatMap(({ sample }) => {
    const here = lines.map((line) => pieceAt(line, sample));
    return here.flatMap((p, i) => here.slice(i + 1).flatMap((q) => crossing(p, q) ?? []));
  });
  const cuts = [...ends, ...crossings];
  return buildLine(cuts, (x) => {
    const here = lines.map((line) => pieceAt(line, x));
    if (how === 'sum') {
      return here.reduce<Affine>((f, g) => ({ a: f.a.add(g.a), b: f.b.add(g.b) }), constant(ZERO));
    }
    const wins = how === 'min' ? -1 : 1;
    return here.reduce((f, g) => (Math.sign(valueAt(g, x).compare(valueAt(f, x))) === wins ? g : f));
  });
}

/** A line that gives the same points everywhere. */
export const flat = (points: Fraction): Line => buildLine([], () => constant(points));

/** Limits a line's points to a floor and a cap; null is no limit. */
export function clampLine(line: Line, floor: Fraction | null, cap: Fraction | null): Line {
  const capped = cap ? combineLines([line, flat(cap)], 'min') : line;
  return floor ? combineLines([capped, flat(floor)], 'max') : capped;
}

const sameEnd = (p: Fraction | null, q: Fraction | null): boolean => (p && q ? p.equals(q) : p === q);

/** Whether two intervals hold the same values. */
export const sameInterval = (p: Interval, q: Interval): boolean =>
  sameEnd(p.lo, q.lo) && sameEnd(p.hi, q.hi) && p.loOpen === q.loOpen && p.hiOpen === q.hiOpen;

/** The first and the last whole number of an interval; null where it has no end. */
export function wholeEnds({ lo, loOpen, hi, hiOpen }: Interval): [Fraction | null, Fraction | null] {
  const first = lo && (loOpen && lo.d === 1n ? lo.add(1) : lo.ceil(0));
  const last = hi && (hiOpen && hi.d === 1n ? hi.sub(1) : hi.floor(0));
  return [first, last];
}

/** The part two intervals share, or null. */
export function intersect(p: Interval, q: Interval): Interval | null {
  const [lo, loOpen] = tighter(p.lo, p.loOpen, q.lo, q.loOpen, 1);
  const [hi, hiOpen] = tighter(p.hi, p.hiOpen, q.hi, q.hiOpen, -1);
  if (lo && hi) {
    const c = lo.compare(hi);
    if (c > 0 || (c === 0 && (loOpen || hiOpen))) return null;
  }
  return { lo, loOpen, hi, hiOpen };
}

function tighter(
  p: Fraction | null,
  pOpen: boolean,
  q: Fraction | null,
  qOpen: boolean,
  side: 1 | -1,
): [Fraction | null, boolean] {
  if (!p) return [q, qOpen];
  if (!q) return [p, pOpen];
  const c = p.compare(q) * side;
  if (c === 0) return [p, pOpen || qOpen];
  return c > 0 ? [p, pOpen] : [q, qOpen];
}

/** Stands for a value without end where a slope has no end either. */
const FAR = new Fraction(1_000_000_000);

/** Least and greatest points a line approaches within an interval. */
export function boundsWithin(line: Line, range: Interval): { min: Fraction; max: Fraction } {
  const ends: Fraction[] = [];
  for (const piece of line) {
    const part = intersect(piece, range);
    if (!part) continue;
    if (piece.b.n === 0n) ends.push(piece.a);
    else {
      ends.push(valueAt(piece, part.lo ?? FAR.neg()), valueAt(piece, part.hi ?? FAR));
    }
  }
  const first = ends[0] ?? ZERO;
  return { min: ends.reduce(lesser, first), max: ends.reduce(greater, first) };
}
