import { Fraction } from '../exact/fraction.js';
import { type Points, pointsToFraction, roundToPoints } from '../exact/points.js';
import type { Interval } from '../rules/line.js';
import type { Quantity } from '../rules/rule.js';
import type { Bilingual } from '../shapes/scalars.js';

export type Language = 'vi' | 'en';

/** Prints numbers as a language writes them. */
export interface Numbers {
  language: Language;
  /** The text in this language, else in Vietnamese. */
  pick(text: Bilingual): string;
  /** As few places as are exact, at most `places` (6). */
  number(value: Fraction | number, places?: number): string;
  /** Just so many places. */
  fixed(value: Fraction | number, places: number): string;
  points(points: Points, decimals: number): string;
  /** With a plus or a minus sign. */
  signed(points: Points, decimals: number): string;
  signedNumber(value: number, places: number): string;
  /** A value with the sign of its quantity: `85%`, `2`. */
  value(value: Fraction, quantity: Quantity): string;
  /** `< 80%`, `≥ 2`, `99.3–99.4%`. */
  interval(interval: Interval, quantity: Quantity): string;
  percent(share: number, places?: number): string;
}

const WIDEST = 6;

function digits(value: Fraction | number, places: number): string {
  const exact = typeof value === 'number' ? null : value;
  const scaled = exact
    ? BigInt(roundToPoints(exact, places))
    : BigInt(Math.round((value as number) * 10 ** places));
  const negative = scaled < 0n;
  const text = (negative ? -scaled : scaled).toString().padStart(places + 1, '0');
  const whole = text.slice(0, text.length - places);
  const part = places > 0 ? `.${text.slice(text.length - places)}` : '';
  return `${negative ? '−' : ''}${whole}${part}`;
}

const trim = (text: string) => (text.includes('.') ? text.replace(/\.?0+$/, '') : text);

/** The number printer of a language. */
export function numbersIn(language: Language): Numbers {
  const local = (text: string) => (language === 'vi' ? text.replace('.', ',') : text);
  const number = (value: Fraction | number, places = WIDEST) => local(trim(digits(value, places)));
  const points = (p: Points, decimals: number) => number(pointsToFraction(p, decimals), decimals);
  const unit = (quantity: Quantity) => (quantity === 'percent' ? '%' : '');
  const value = (x: Fraction, quantity: Quantity) => `${number(x)}${unit(quantity)}`;
  return {
    language,
    pick: (text) => (language === 'en' && text.en ? text.en : text.vi),
    number,
    fixed: (x, places) => local(digits(x, places)),
    points,
    signed: (p, decimals) => (p > 0 ? `+${points(p, decimals)}` : points(p, decimals)),
    signedNumber: (x, places) => (x > 0 ? `+${number(x, places)}` : number(x, places)),
    value,
    interval: ({ lo, loOpen, hi, hiOpen }, quantity) => {
      if (quantity === 'count') return countInterval(lo, loOpen, hi, hiOpen, number);
      if (lo && hi && lo.equals(hi)) return value(lo, quantity);
      if (!lo || lo.n === 0n) return hi ? `${hiOpen ? '<' : '≤'} ${value(hi, quantity)}` : '–';
      if (!hi) return `${loOpen ? '>' : '≥'} ${value(lo, quantity)}`;
      return `${number(lo)}–${value(hi, quantity)}`;
    },
    percent: (share, places = 1) => `${local(digits(share * 100, places))}%`,
  };
}

function countInterval(
  lo: Fraction | null,
  loOpen: boolean,
  hi: Fraction | null,
  hiOpen: boolean,
  number: (x: Fraction) => string,
): string {
  const one = new Fraction(1);
  const first = lo ? (loOpen && lo.d === 1n ? lo.add(one) : lo.ceil(0)) : null;
  const last = hi ? (hiOpen && hi.d === 1n ? hi.sub(one) : hi.floor(0)) : null;
  if (first && last) return first.equals(last) ? number(first) : `${number(first)}–${number(last)}`;
  if (first) return `≥ ${number(first)}`;
  return last ? `≤ ${number(last)}` : '–';
}
