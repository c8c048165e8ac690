import { type Fraction, parseDecimal } from './fraction.js';

// Numerals as people write them: a decimal comma or point, thousands in groups. A machine's is NUMERAL in fraction.ts.

/** A numeral inside a sentence, as the source of a pattern: `2`, `0,25`, `0.25`. Thousands have no groups in it. */
export const NUMERAL_IN_TEXT = '\\d+(?:[.,]\\d+)?';

/** The exact value of a numeral with a decimal comma or point and no groups; null when the text is anything else. */
export const parseNumeral = (text: string): Fraction | null => parseDecimal(text.replace(',', '.'));

/** One mark and three digits, `1.234` or `1,234`: more than a thousand, or a decimal with three places. */
export const AMBIGUOUS_NUMERAL = /^[+-]?[1-9]\d{0,2}[.,]\d{3}$/;

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
