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
