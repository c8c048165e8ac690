import { Fraction } from '../exact/fraction.js';
import type { Points } from '../exact/points.js';
import { type Interval, intersect, type Line, type Piece } from './line.js';

/** The values that a line rounds to given points: intervals in order, within the plausible range. */
export function inverse(line: Line, points: Points, decimals: number, range: Interval): Interval[] {
  const target = roundingBand(points, decimals);
  const found: Interval[] = [];
  for (const piece of line) {
    const part = preimage(piece, target);
    const inside = part && intersect(part, range);
    if (!inside) continue;
    const last = found.at(-1);
    if (last && touches(last, inside)) {
      last.hi = inside.hi;
      last.hiOpen = inside.hiOpen;
    } else {
      found.push({ ...inside });
    }
  }
  return found;
}

/** Exact points that round to these: half away from zero belongs to the larger magnitude. */
function roundingBand(points: Points, decimals: number): Interval {
  const unit = 2n * 10n ** BigInt(decimals);
  const lo = new Fraction(2n * BigInt(points) - 1n, unit);
  const hi = new Fraction(2n * BigInt(points) + 1n, unit);
  return { lo, loOpen: points <= 0, hi, hiOpen: points >= 0 };
}

function preimage(piece: Piece, band: Interval): Interval | null {
  if (piece.b.n === 0n) {
    return intersect({ lo: piece.a, loOpen: false, hi: piece.a, hiOpen: false }, band) ? piece : null;
  }
  const solve = (y: Fraction) => y.sub(piece.a).div(piece.b);
  const rising = piece.b.s > 0n;
  const solved: Interval = rising
    ? { lo: solve(band.lo!), loOpen: band.loOpen, hi: solve(band.hi!), hiOpen: band.hiOpen }
    : { lo: solve(band.hi!), loOpen: band.hiOpen, hi: solve(band.lo!), hiOpen: band.loOpen };
  const part = intersect(solved, piece);
  return part;
}

const touches = (left: Interval, right: Interval): boolean =>
  left.hi !== null && right.lo !== null && left.hi.equals(right.lo) && !(left.hiOpen && right.loOpen);

/** The values where a sloping piece gives exactly these points, if any: the middle of what is implied. */
export function exactInverse(line: Line, points: Fraction, range: Interval): Fraction | null {
  for (const piece of line) {
    if (piece.b.n === 0n) continue;
    const x = points.sub(piece.a).div(piece.b);
    const spot: Interval = { lo: x, loOpen: false, hi: x, hiOpen: false };
    const inside = intersect(spot, piece);
    if (inside && intersect(inside, range)) return x;
  }
  return null;
}
