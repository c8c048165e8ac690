import type { Fraction } from '../values/fraction.js';
import { inSmallestParts } from '../values/points.js';
import { type Line, wholeParts } from './line.js';

/**
 * A rule's line over whole numbers v, the indicator being v ÷ denominator. Four numbers a piece: limit, a, b,
 * inverse. The first piece whose limit is not below v holds it, and its points are (a + b·v)·inverse of the
 * scheme's smallest part, without what stands after the point.
 */
export interface LineColumn {
  pieces: Float64Array;
}

// Below 2^50 a product with 1 ÷ d is nearer to the true quotient than that is to any whole number.
const TOP = 2n ** 50n;

/**
 * Compiles a line for values v ÷ denominator with |v| ≤ most; null when some number would reach 2^50, and
 * then the exact path must be taken.
 *
 * Half away from zero, the points n ÷ d are (2n ± d) ÷ 2d cut towards zero, with the sign of n; so a piece
 * that crosses zero is parted there. Half a unit more in the numerator keeps the quotient off whole numbers.
 */
export function compileColumn(
  line: Line,
  decimals: number,
  denominator: number,
  most: number,
): LineColumn | null {
  const pieces: number[] = [];
  let last = Number.NEGATIVE_INFINITY;
  for (const piece of line) {
    const a = inSmallestParts(piece.a, decimals);
    const b = inSmallestParts(piece.b, decimals).div(denominator);
    const parts = wholeParts({ a, b });
    const [whole, slope, d] = [2n * parts.top, 2n * parts.slope, parts.over];
    if (magnitude(whole) + magnitude(slope) * BigInt(most) + 2n * d >= TOP) return null;
    const limit = limitOf(piece.hi, piece.hiOpen, denominator);
    for (const [end, sign] of signs(a, b, limit)) {
      if (end <= last) continue;
      const half = sign * (Number(d) + 0.5);
      pieces.push(end, Number(whole) + half, Number(slope), 1 / Number(2n * d));
      last = end;
    }
  }
  return { pieces: Float64Array.from(pieces) };
}

const magnitude = (n: bigint) => (n < 0n ? -n : n);

/** The greatest whole v of a piece: v ≤ hi·denominator, or below it when the end is open. */
function limitOf(hi: Fraction | null, open: boolean, denominator: number): number {
  if (!hi) return Number.POSITIVE_INFINITY;
  const end = hi.mul(denominator);
  return Number(open ? end.ceil(0).valueOf() - 1 : end.floor(0).valueOf());
}

/** Up to which v the points a + b·v are below zero, or not, within a piece. */
function signs(a: Fraction, b: Fraction, limit: number): [end: number, sign: 1 | -1][] {
  if (b.equals(0)) return [[limit, a.compare(0) < 0 ? -1 : 1]];
  const zero = a.neg().div(b);
  const rising = b.compare(0) > 0;
  const cut = rising ? zero.ceil(0).valueOf() - 1 : zero.floor(0).valueOf();
  const [before, after] = rising ? ([-1, 1] as const) : ([1, -1] as const);
  const parts = [cut, limit].map((end, i): [number, 1 | -1] => [end, i === 0 ? before : after]);
  return cut < limit ? parts : [[limit, before]];
}

/** The last whole v of each piece, ∞ in the end. */
export const limitsOf = ({ pieces }: LineColumn): number[] => [...pieces].filter((_, i) => i % 4 === 0);

/** Points of one value, rounded half away from zero. */
export function pointsAt({ pieces }: LineColumn, v: number): number {
  let at = 0;
  while (v > pieces[at]!) at += 4;
  // Plus zero, for −0.4 is cut to −0.
  return pointsIn(pieces, at, v) + 0;
}

const pointsIn = (pieces: Float64Array, at: number, v: number): number =>
  Math.trunc((pieces[at + 1]! + pieces[at + 2]! * v) * pieces[at + 3]!);

/** Adds the points of each value to `into`; both hold at least `count` rows. */
export function addPoints(column: LineColumn, values: Float64Array, into: Float64Array, count: number): void {
  const { pieces } = column;
  if (pieces.length > 12) {
    for (let row = 0; row < count; row++) into[row]! += pointsAt(column, values[row]!);
    return;
  }
  // Most rules have two or three pieces: comparisons that are added up cost no mispredicted branch.
  const first = pieces[0]!;
  const second = pieces.length > 4 ? pieces[4]! : first;
  for (let row = 0; row < count; row++) {
    const v = values[row]!;
    const at = ((+(v > first) | 0) + (+(v > second) | 0)) << 2;
    into[row]! += pointsIn(pieces, at, v);
  }
}
