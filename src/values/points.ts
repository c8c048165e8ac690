import { Fraction, numerator } from './fraction.js';

/**
 * Points as a whole number of the scheme's smallest part: with 4 decimals, 8042 is 0.8042.
 * Whole numbers add exactly in any order; `decimals` belongs to the catalogue.
 */
export type Points = number;

/** Rounds half away from zero to `decimals` places; the one rounding of a criterion's points. */
export function roundToPoints(value: Fraction, decimals: number): Points {
  const top = numerator(value) * 10n ** BigInt(decimals);
  const magnitude = top < 0n ? -top : top;
  const rounded = (2n * magnitude + value.d) / (2n * value.d);
  return Number(top < 0n ? -rounded : rounded) + 0;
}

/** A number in the scheme's smallest parts, which may come to a fraction of one. */
export const inSmallestParts = (value: Fraction, decimals: number): Fraction =>
  value.mul(new Fraction(10n ** BigInt(decimals)));

/** The least points that are not below a number, which may have more places than the scheme. */
export const pointsReaching = (value: Fraction, decimals: number): Points =>
  inSmallestParts(value, decimals).ceil(0).valueOf();

/** The exact points of a fraction, or null when it needs more places than the scheme has. */
export function exactPoints(value: Fraction, decimals: number): Points | null {
  const parts = inSmallestParts(value, decimals);
  return parts.d === 1n ? Number(numerator(parts)) : null;
}

/** Points as an exact fraction. */
export function pointsToFraction(points: Points, decimals: number): Fraction {
  return new Fraction(BigInt(points), 10n ** BigInt(decimals));
}

/** Points as the nearest double, which prints as the decimal that is meant. */
export function pointsToNumber(points: Points, decimals: number): number {
  return points / 10 ** decimals;
}

/** Points less others; null while either is unknown. */
export const difference = (points: Points | null, less: Points | null): Points | null =>
  points === null || less === null ? null : points - less;

/** Sum of points; exact. */
export function sumPoints(values: Iterable<Points>): Points {
  let total = 0;
  for (const value of values) total += value;
  return total;
}
