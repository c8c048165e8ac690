import { Fraction } from '../exact/fraction.js';
import { type Points, roundToPoints } from '../exact/points.js';
import { evaluate, type Interval, intersect, type Line, type Piece } from './line.js';

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
  const found: Fraction[] = [];
  for (const piece of line) {
    const inside = intersect(piece, range);
    const part = inside && earning({ ...piece, ...inside }, points, decimals);
    if (part) found.push(...candidates(part, from, whole));
  }
  const good = found.filter((x) => earned(x) >= points);
  good.sort((p, q) => p.sub(from).abs().compare(q.sub(from).abs()));
  return good[0] ?? null;
}

/** The part of a piece that rounds to these points or more. Half away from zero: at nothing and below, half is too little. */
function earning(piece: Piece, points: Points, decimals: number): Interval | null {
  const least = new Fraction(2n * BigInt(points) - 1n, 2n * 10n ** BigInt(decimals));
  const open = points <= 0;
  if (piece.b.n === 0n) return piece.a.compare(least) >= 0 ? piece : null;
  const x = least.sub(piece.a).div(piece.b);
  const half: Interval =
    piece.b.s > 0n
      ? { lo: x, loOpen: open, hi: null, hiOpen: true }
      : { lo: null, loOpen: true, hi: x, hiOpen: open };
  return intersect(half, piece);
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
