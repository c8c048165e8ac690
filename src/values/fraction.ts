import Fraction from 'fraction.js';

export { Fraction };

/** How a plain number is written by machines: `-0.5`, without thousands or a decimal comma. */
export const NUMERAL = /^-?\d+(\.\d+)?$/;

const DECIMAL = /^[+-]?\d+(\.\d+)?$/;

/** The exact fraction a plain decimal text says (`-0.8042`), or null when the text is not one. */
export function parseDecimal(text: string): Fraction | null {
  const trimmed = text.trim();
  if (!DECIMAL.test(trimmed) || trimmed.length > 40) return null;
  const negative = trimmed.startsWith('-');
  const [whole = '0', part = ''] = trimmed.replace(/^[+-]/, '').split('.');
  const digits = BigInt(whole + part);
  return new Fraction(negative ? -digits : digits, 10n ** BigInt(part.length));
}

/** The exact value of the shortest decimal that prints a JavaScript number. Throws RangeError on NaN or ±∞. */
export function fromNumber(value: number): Fraction {
  if (!Number.isFinite(value)) throw new RangeError(`not a finite number: ${value}`);
  const text = String(value);
  const parsed = parseDecimal(text);
  if (parsed) return parsed;
  const [mantissa = '0', exponent = '0'] = text.split('e');
  const power = new Fraction(10n ** BigInt(Math.abs(Number(exponent))));
  const base = parseDecimal(mantissa);
  if (!base) throw new RangeError(`not a decimal: ${text}`);
  return Number(exponent) < 0 ? base.div(power) : base.mul(power);
}

export const ZERO = new Fraction(0);
export const HUNDRED = new Fraction(100);

/** The lesser and the greater of two numbers. */
export const lesser = (p: Fraction, q: Fraction): Fraction => (q.compare(p) < 0 ? q : p);
export const greater = (p: Fraction, q: Fraction): Fraction => (q.compare(p) > 0 ? q : p);

/** The greatest whole number that divides both; neither is negative. */
export function commonDivisor(p: bigint, q: bigint): bigint {
  return q === 0n ? p : commonDivisor(q, p % q);
}

/** Signed numerator of a fraction (fraction.js keeps the sign apart). */
export function numerator(value: Fraction): bigint {
  return value.s < 0n ? -value.n : value.n;
}

/** The nearest double. */
export function toNumber(value: Fraction): number {
  return value.valueOf();
}

/** Digits after the point that print `value` exactly, up to `most`; null when more are needed. */
export function decimalsNeeded(value: Fraction, most: number): number | null {
  for (let places = 0; places <= most; places++) {
    if ((value.n * 10n ** BigInt(places)) % value.d === 0n) return places;
  }
  return null;
}

// Numerals as people write them: a decimal comma or point, thousands in groups. A machine's is NUMERAL.

/** A numeral inside a sentence, as the source of a pattern: `2`, `0,25`, `0.25`. Thousands have no groups in it. */
export const NUMERAL_IN_TEXT = '\\d+(?:[.,]\\d+)?';

/** The exact value of a numeral with a decimal comma or point and no groups; null when the text is anything else. */
export const parseNumeral = (text: string): Fraction | null => parseDecimal(text.replace(',', '.'));

/** One mark and three digits, `1.234` or `1,234`: more than a thousand, or a decimal with three places. */
export const AMBIGUOUS_NUMERAL = /^[+-]?[1-9]\d{0,2}[.,]\d{3}$/;

/** The value of a numeral that can be read in one way; null for `1.234`, and for what is no numeral. */
export const clearNumeral = (text: string): Fraction | null =>
  AMBIGUOUS_NUMERAL.test(text) ? null : parseNumeral(text);

/** One mark between groups of three digits, `1.234` or `1,234,567`; decimals may follow after the other mark. */
const GROUPED = /^[+-]?[1-9]\d{0,2}(?:([.,\s\u00a0\u202f])\d{3})(?:\1\d{3})*(?:(?!\1)([.,])(\d+))?$/u;

/** A numeral that may group its thousands. */
export interface GroupedNumeral {
  /** What stands between the groups. */
  mark: string;
  /** The value with the groups put together. */
  thousands: Fraction;
  /** Whether decimals follow the groups. */
  hasDecimals: boolean;
  /** The value if the mark begins decimals instead, where one mark and three digits may mean that. */
  decimal: Fraction | null;
}

/** Reads a numeral whose thousands are in groups, or may be; null when the text is anything else. */
export function groupedNumeral(text: string): GroupedNumeral | null {
  const [, mark, point, decimals] = GROUPED.exec(text) ?? [];
  if (mark === undefined) return null;
  const whole = (point ? text.slice(0, text.lastIndexOf(point)) : text).replace(/[^\d+-]/gu, '');
  const thousands = parseDecimal(decimals === undefined ? whole : `${whole}.${decimals}`);
  const decimal = AMBIGUOUS_NUMERAL.test(text) ? parseNumeral(text) : null;
  return thousands && { mark, thousands, hasDecimals: decimals !== undefined, decimal };
}
