import { Fraction, numerator } from '../exact/fraction.js';
import type { Line } from '../rules/line.js';

/**
 * A rule's line over whole numbers v, the indicator being v ÷ denominator: the first piece whose limit is
 * not below v holds it, and its points are (a + b·v) ÷ d of the scheme's smallest part. Every number is a
 * whole double below 2^53, so the arithmetic is exact.
 */
export interface LineColumn {
  limit: Float64Array;
  a: Float64Array;
  b: Float64Array;
  d: Float64Array;
}

const SAFE = BigInt(Number.MAX_SAFE_INTEGER);
const magnitude = (n: bigint) => (n < 0n ? -n : n);

/**
 * Compiles a line for values v ÷ denominator with |v| ≤ most; null when some number would leave the whole
 * doubles, and then the exact path must be taken. Doubled numerators carry the half of the rounding.
 */
export function compileColumn(
  line: Line,
  decimals: number,
  denominator: number,
  most: number,
): LineColumn | null {
  const unit = new Fraction(10n ** BigInt(decimals));
  const column = {
    limit: new Float64Array(line.length),
    a: new Float64Array(line.length),
    b: new Float64Array(line.length),
    d: new Float64Array(line.length),
  };
  for (const [i, piece] of line.entries()) {
    column.limit[i] = limitOf(piece.hi, piece.hiOpen, denominator);
    const a = piece.a.mul(unit);
    const b = piece.b.mul(unit).div(denominator);
    const d = (a.d * b.d) / gcd(a.d, b.d);
    const top = [2n * numerator(a) * (d / a.d), 2n * numerator(b) * (d / b.d)] as const;
    if (magnitude(top[0]) + magnitude(top[1]) * BigInt(most) + 2n * d > SAFE) return null;
    column.a[i] = Number(top[0]);
    column.b[i] = Number(top[1]);
    column.d[i] = Number(2n * d);
  }
  return column;
}

function gcd(p: bigint, q: bigint): bigint {
  return q === 0n ? p : gcd(q, p % q);
}

/** The greatest whole v of a piece: v ≤ hi·denominator, or below it when the end is open. */
function limitOf(hi: Fraction | null, open: boolean, denominator: number): number {
  if (!hi) return Number.POSITIVE_INFINITY;
  const end = hi.mul(denominator);
  return Number(open ? end.ceil(0).valueOf() - 1 : end.floor(0).valueOf());
}

/** Points of one value, rounded half away from zero. */
export function pointsAt({ limit, a, b, d }: LineColumn, v: number): number {
  let piece = 0;
  while (v > limit[piece]!) piece++;
  const top = a[piece]! + b[piece]! * v;
  return rounded(top, d[piece]!, 1 / d[piece]!);
}

/** top ÷ bottom to the nearest whole number, half away from zero; exact for whole doubles. */
function rounded(top: number, bottom: number, inverse: number): number {
  const size = Math.abs(top) + bottom / 2;
  let whole = Math.floor(size * inverse);
  // The product may land on the wrong side of a whole number; the remainder tells.
  const rest = size - whole * bottom;
  if (rest < 0) whole--;
  else if (rest >= bottom) whole++;
  return top < 0 ? -whole : whole;
}

/** Adds the points of each value to `into`; both hold at least `count` rows. */
export function addPoints(column: LineColumn, values: Float64Array, into: Float64Array, count: number): void {
  const { limit, a, b, d } = column;
  const inverse = d.map((bottom) => 1 / bottom);
  for (let row = 0; row < count; row++) {
    const v = values[row]!;
    let piece = 0;
    while (v > limit[piece]!) piece++;
    into[row]! += rounded(a[piece]! + b[piece]! * v, d[piece]!, inverse[piece]!);
  }
}
