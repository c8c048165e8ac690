import { Fraction, lesser } from '../values/fraction.js';
import { inSmallestParts, type Points, pointsToFraction, roundToPoints } from '../values/points.js';
import {
  boundsWithin,
  closed,
  evaluate,
  holds,
  type Interval,
  intersect,
  type Line,
  type Piece,
  pieceAt,
  valueAt,
} from './line.js';
import type { CompiledRule, Level } from './rule.js';

// Where a line earns given points: every question here is one of which values have points in a band (`partWithin`).

/** The part of a piece, within the range, whose points lie in a band; null when none do. */
function partWithin(piece: Piece, band: Interval, range: Interval): Interval | null {
  const inside = intersect(piece, range);
  if (!inside || piece.b.n === 0n) return inside && holds(band, piece.a) ? inside : null;
  const solve = (y: Fraction | null) => y?.sub(piece.a).div(piece.b) ?? null;
  const { lo, loOpen, hi, hiOpen } = band;
  const solved: Interval =
    piece.b.s > 0n
      ? { lo: solve(lo), loOpen, hi: solve(hi), hiOpen }
      : { lo: solve(hi), loOpen: hiOpen, hi: solve(lo), hiOpen: loOpen };
  return intersect(solved, inside);
}

/** The values within the range whose exact points lie in a band: the part of each piece, in order. */
const partsWithin = (line: Line, band: Interval, range: Interval): Interval[] =>
  line.flatMap((piece) => partWithin(piece, band, range) ?? []);

/** Exact points that round to these: half away from zero belongs to the larger magnitude. */
function roundingBand(points: Points, decimals: number): Interval {
  const unit = 2n * 10n ** BigInt(decimals);
  const lo = new Fraction(2n * BigInt(points) - 1n, unit);
  const hi = new Fraction(2n * BigInt(points) + 1n, unit);
  return { lo, loOpen: points <= 0, hi, hiOpen: points >= 0 };
}

/** Exact points above these. */
const over = (points: Fraction): Interval => ({ lo: points, loOpen: true, hi: null, hiOpen: true });

/** Exact points that round to at least these. */
export const roundingToAtLeast = (points: Points, decimals: number): Interval => ({
  ...roundingBand(points, decimals),
  hi: null,
  hiOpen: true,
});

/** The values that a line rounds to given points: intervals in order, within the plausible range. */
export function inverse(line: Line, points: Points, decimals: number, range: Interval): Interval[] {
  const intervals: Interval[] = [];
  for (const part of partsWithin(line, roundingBand(points, decimals), range)) {
    const last = intervals.at(-1);
    if (last && touches(last, part)) {
      last.hi = part.hi;
      last.hiOpen = part.hiOpen;
    } else {
      intervals.push(part);
    }
  }
  return intervals;
}

const touches = (left: Interval, right: Interval): boolean =>
  left.hi !== null && right.lo !== null && left.hi.equals(right.lo) && !(left.hiOpen && right.loOpen);

/** The first value where a sloping piece gives exactly these points, if any: the middle of what is implied. */
function exactInverse(line: Line, points: Fraction, range: Interval): Fraction | null {
  const slopes = line.filter((piece) => piece.b.n !== 0n);
  return partsWithin(slopes, closed(points, points), range)[0]?.lo ?? null;
}

/** The one of some values that is nearest to x, the first of two as near; null of none. */
function nearest(values: readonly Fraction[], x: Fraction): Fraction | null {
  const away = (value: Fraction) => value.sub(x).abs();
  return [...values].sort((p, q) => away(p).compare(away(q)))[0] ?? null;
}

/** The values within a range that earn the most a line gives there; none where an open end comes near it alone. */
export interface Top {
  most: Fraction;
  parts: Interval[];
}

export function topOf(line: Line, range: Interval): Top {
  const most = boundsWithin(line, range).max;
  return { most, parts: partsWithin(line, closed(most, most), range) };
}

/** The value nearest to x that earns the most; null when none does. */
export function nearestBest({ parts }: Top, x: Fraction): Fraction | null {
  const values = parts.map((part) => clampInto(x, part));
  return nearest(values, x);
}

function clampInto(x: Fraction, part: Interval): Fraction {
  if (part.lo && x.compare(part.lo) <= 0) return part.loOpen ? justInside(part.lo, part.hi, 1) : part.lo;
  if (part.hi && x.compare(part.hi) >= 0) return part.hiOpen ? justInside(part.hi, part.lo, -1) : part.hi;
  return x;
}

function justInside(end: Fraction, other: Fraction | null, side: 1 | -1): Fraction {
  const one = new Fraction(1);
  const move = other ? lesser(one, other.sub(end).abs().div(2)) : one;
  return side > 0 ? end.add(move) : end.sub(move);
}

/**
 * The value nearest to `from`, within the range, that earns at least these points after rounding; null when
 * none does. A whole indicator takes whole values.
 */
export function nearestReaching(
  line: Line,
  from: Fraction,
  points: Points,
  decimals: number,
  range: Interval,
  whole: boolean,
): Fraction | null {
  const earned = (x: Fraction) => roundToPoints(evaluate(line, x), decimals);
  if (earned(from) >= points) return from;
  const values = partsWithin(line, roundingToAtLeast(points, decimals), range)
    .flatMap((part) => candidates(part, from, whole))
    .filter((x) => earned(x) >= points);
  return nearest(values, from);
}

/** The points of an interval nearest to `from`; an open end is passed by a hair, or by one when whole. */
function candidates({ lo, loOpen, hi, hiOpen }: Interval, from: Fraction, whole: boolean): Fraction[] {
  const hair = whole ? new Fraction(1) : new Fraction(1, 1_000_000);
  if (lo && from.compare(lo) <= 0) {
    const x = whole ? lo.ceil(0) : lo;
    return [x, ...(loOpen ? [x.add(hair)] : [])];
  }
  if (hi && from.compare(hi) >= 0) {
    const x = whole ? hi.floor(0) : hi;
    return [x, ...(hiOpen ? [x.sub(hair)] : [])];
  }
  return [from];
}

/** A move along one indicator that gains points. */
export interface NextThreshold {
  /** Which way the indicator must move. */
  direction: 'up' | 'down';
  /** The value to reach. */
  value: Fraction;
  /** Whether the value itself still falls short, so that it must be passed. */
  beyond: boolean;
  /** Exact points on reaching it. */
  points: Fraction;
}

/**
 * The nearest value each way whose points lie in a band without upper end, by default above those at x: the end of a
 * rising slope or the next jump up. The nearer of the two directions is returned; null when nothing gains.
 */
export function nextThreshold(
  line: Line,
  x: Fraction,
  range: Interval,
  band: Interval = over(evaluate(line, x)),
): NextThreshold | null {
  const ways = (['up', 'down'] as const).flatMap((way) => seek(line, x, band, range, way) ?? []);
  ways.sort((p, q) => p.value.sub(x).abs().compare(q.value.sub(x).abs()));
  return ways[0] ?? null;
}

function seek(
  line: Line,
  x: Fraction,
  band: Interval,
  range: Interval,
  direction: 'up' | 'down',
): NextThreshold | null {
  const up = direction === 'up';
  const way: Interval = up
    ? { lo: x, loOpen: true, hi: range.hi, hiOpen: range.hiOpen }
    : { lo: range.lo, loOpen: range.loOpen, hi: x, hiOpen: true };
  for (const piece of up ? line : line.toReversed()) {
    const ahead = intersect(piece, way);
    const part = partWithin(piece, band, way);
    if (!ahead || !part) continue;
    const near = up ? ahead.lo : ahead.hi;
    if (near && holds(band, valueAt(piece, near))) {
      const beyond = up ? ahead.loOpen : ahead.hiOpen;
      return { direction, value: near, beyond, points: valueAt(piece, near) };
    }
    // A part that begins further on rises to its end; there the line itself says what is earned.
    const far = up ? part.hi : part.lo;
    const points = far && evaluate(line, far);
    if (points && holds(band, points)) return { direction, value: far, beyond: false, points };
  }
  return null;
}

/** Points from one number to another, both among them; null has no end. */
export interface PointsRange {
  lo: Points | null;
  hi: Points | null;
}

/** The points that values in an interval round to: a range for each piece of the line that is in it. */
export function pointsOver(line: Line, values: Interval, decimals: number): PointsRange[] {
  const half = new Fraction(1, 2);
  // Just above, or just below, points that are not reached themselves.
  const above = (points: Fraction) => inSmallestParts(points, decimals).add(half).floor(0).valueOf();
  const below = (points: Fraction) => inSmallestParts(points, decimals).sub(half).ceil(0).valueOf();
  return line.flatMap((piece): PointsRange[] => {
    const part = intersect(piece, values);
    if (!part) return [];
    if (piece.b.n === 0n) {
      const points = roundToPoints(piece.a, decimals);
      return [{ lo: points, hi: points }];
    }
    const low = { x: part.lo, open: part.loOpen };
    const high = { x: part.hi, open: part.hiOpen };
    const [least, most] = piece.b.s > 0n ? [low, high] : [high, low];
    const at = (end: typeof low, beside: (points: Fraction) => Points): Points | null => {
      if (!end.x) return null;
      const points = valueAt(piece, end.x);
      return end.open ? beside(points) : roundToPoints(points, decimals);
    };
    return [{ lo: at(least, above), hi: at(most, below) }];
  });
}

/** Points gained per unit of the indicator at x: the slope of the piece that holds it (0 on a step). */
export const marginalGain = (line: Line, x: Fraction): Fraction => pieceAt(line, x).b;

/** The values that a rule turns into given points. */
export type Implied =
  /** `at` is the value with exactly these points, on a slope. */
  | { form: 'interval'; intervals: Interval[]; at: Fraction | null }
  | { form: 'levels'; levels: Level[] }
  | { form: 'none' };

/**
 * What the value must have been for the rule to give these points; null when several indicators share them. Points finer
 * than it is rounded to are of no value.
 */
export function impliedBy(rule: CompiledRule, points: Points, decimals: number): Implied | null {
  const input = rule.inputs[0];
  if (!input || rule.inputs.length > 1) return null;
  if (!Number.isInteger(points)) return { form: 'none' };
  if (input.form === 'table') {
    const levels = input.levels.filter((l) => roundToPoints(l.points, decimals) === points);
    return levels.length > 0 ? { form: 'levels', levels } : { form: 'none' };
  }
  const intervals = inverse(input.line, points, decimals, input.domain);
  if (intervals.length === 0) return { form: 'none' };
  const at = exactInverse(input.line, pointsToFraction(points, decimals), input.domain);
  return { form: 'interval', intervals, at };
}
