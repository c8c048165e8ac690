import { Fraction } from '../exact/fraction.js';
import { evaluate, type Interval, intersect, type Line, type Piece, pieceAt, valueAt } from './line.js';

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

type IsBetter = (points: Fraction) => boolean;

/**
 * The nearest value each way where points rise above those at x, or become `isBetter` when that is asked: the
 * end of a rising slope or the next jump up. The nearer of the two directions is returned; null when nothing gains.
 */
export function nextThreshold(
  line: Line,
  x: Fraction,
  range: Interval,
  isBetter: IsBetter = (points) => points.compare(evaluate(line, x)) > 0,
): NextThreshold | null {
  const found = [seek(line, x, isBetter, range, 'up'), seek(line, x, isBetter, range, 'down')].filter(
    (t) => t !== null,
  );
  found.sort((p, q) => p.value.sub(x).abs().compare(q.value.sub(x).abs()));
  return found[0] ?? null;
}

function seek(
  line: Line,
  x: Fraction,
  isBetter: IsBetter,
  range: Interval,
  direction: 'up' | 'down',
): NextThreshold | null {
  const up = direction === 'up';
  const way: Interval = up
    ? { lo: x, loOpen: true, hi: range.hi, hiOpen: range.hiOpen }
    : { lo: range.lo, loOpen: range.loOpen, hi: x, hiOpen: true };
  const ahead = line.flatMap((piece): Piece[] => {
    const part = intersect(piece, way);
    return part ? [{ ...part, a: piece.a, b: piece.b }] : [];
  });
  if (!up) ahead.reverse();
  for (const piece of ahead) {
    const near = up ? piece.lo : piece.hi;
    if (near && isBetter(valueAt(piece, near))) {
      return {
        direction,
        value: near,
        beyond: up ? piece.loOpen : piece.hiOpen,
        points: valueAt(piece, near),
      };
    }
    // What is better at its far end alone rises towards it; there the line itself says what is earned.
    const far = up ? piece.hi : piece.lo;
    if (far && isBetter(valueAt(piece, far)) && isBetter(evaluate(line, far))) {
      return { direction, value: far, beyond: false, points: evaluate(line, far) };
    }
  }
  return null;
}

/** Points gained per unit of the indicator at x: the slope of the piece that holds it (0 on a step). */
export function marginalGain(line: Line, x: Fraction): Fraction {
  return pieceAt(line, x).b;
}

/** The value nearest to x that gives the most points within the range. */
export function nearestBest(line: Line, x: Fraction, range: Interval, best: Fraction): Fraction | null {
  const spots = line.flatMap((piece): Fraction[] => {
    const part = intersect(piece, range);
    if (!part) return [];
    if (piece.b.n === 0n) return piece.a.equals(best) ? [clampInto(x, part)] : [];
    const at = best.sub(piece.a).div(piece.b);
    return intersect({ lo: at, loOpen: false, hi: at, hiOpen: false }, part) ? [at] : [];
  });
  spots.sort((p, q) => p.sub(x).abs().compare(q.sub(x).abs()));
  return spots[0] ?? null;
}

function clampInto(x: Fraction, part: Interval): Fraction {
  if (part.lo && x.compare(part.lo) <= 0) return part.loOpen ? justInside(part.lo, part.hi, 1) : part.lo;
  if (part.hi && x.compare(part.hi) >= 0) return part.hiOpen ? justInside(part.hi, part.lo, -1) : part.hi;
  return x;
}

function justInside(end: Fraction, other: Fraction | null, side: 1 | -1): Fraction {
  const step = other ? other.sub(end).abs().div(new Fraction(2)) : new Fraction(1);
  const one = new Fraction(1);
  const move = step.compare(one) < 0 ? step : one;
  return side > 0 ? end.add(move) : end.sub(move);
}
