import { type Interval, wholeEnds } from '../rules/line.js';
import type { Quantity } from '../rules/rule.js';
import { decimalsNeeded, type Fraction } from '../values/fraction.js';
import { type Points, pointsToFraction, roundToPoints } from '../values/points.js';
import type { Bilingual, Language } from '../values/scalars.js';
import type { Labels } from './index.js';

/** The decimal mark of a language and the mark between its thousands: 10.331,5 and 10,331.5. */
const MARKS: Record<Language, { decimal: string; thousands: string }> = {
  vi: { decimal: ',', thousands: '.' },
  en: { decimal: '.', thousands: ',' },
};

const PLAIN_NUMBER = /(?<![\p{L}\d,]|(?<!\.)\.)\d+(\.\d+)?(?![\p{L}\d]|[.,]\d)/gu;

/** A plain decimal as a language writes it: `10331.5` is `10.331,5` in Vietnamese. */
function written(plain: string, language: Language): string {
  const { decimal, thousands } = MARKS[language];
  const [whole = '', part] = plain.split('.');
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, thousands);
  return part === undefined ? grouped : `${grouped}${decimal}${part}`;
}

/** Rewrites the plain decimals of a text (`-0.25`, `1200..1500`) as a language writes them; all else stays. */
export const localized = (text: string | number, language: Language): string =>
  String(text).replace(PLAIN_NUMBER, (plain) => written(plain, language));

/** What a text was read as: a year in it, or what would look like it with its thousands grouped, as plain digits. */
export function readAs(text: string, meaning: string, language: Language): string {
  const said = localized(meaning, language);
  return said === text || (/^\d+$/.test(meaning) && text.includes(meaning)) ? meaning : said;
}

/** Prints numbers as a language writes them, thousands grouped. */
export interface Numbers {
  language: Language;
  /** The text in this language, else in Vietnamese. */
  pick(text: Bilingual): string;
  /** As few places as are exact, at most `places` (6). */
  number(value: Fraction | number, places?: number): string;
  /** Just so many places. */
  fixed(value: Fraction | number, places: number): string;
  /** Points of a scheme with so many decimals; `?` while they are not known. */
  points(points: Points | null, decimals: number): string;
  /** With a plus or a minus sign. */
  signed(points: Points | null, decimals: number): string;
  signedNumber(value: Fraction | number, places?: number): string;
  /** A value with the sign of its quantity: `85%`, `2`; exact to six places, else to two. */
  value(value: Fraction, quantity: Quantity): string;
  /** An index in percent: exact to four places, as points are, else to two. */
  index(value: Fraction): string;
  /** A value that was worked out, to two places: `≈` belongs before it. */
  about(value: Fraction, quantity: Quantity): string;
  /** A value to reach, to two places on the side that reaches it: 59.54625% is `59.55%` where more is better. */
  toReach(value: Fraction, quantity: Quantity, better: 'more' | 'less'): string;
  /** `< 80%`, `≥ 2`, `99.3–99.4%`. */
  interval(interval: Interval, quantity: Quantity): string;
  percent(share: number, places?: number): string;
}

const WIDEST = 6;
const INDEX = 4;
/** Places of what is worked out and need not be exact. */
const PLACES = 2;

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

/** Places that show a value as it is: exact up to `most`; else two, or more where two would show a rounder number. */
function placesOf(value: Fraction, most = WIDEST): number {
  const exact = decimalsNeeded(value, most);
  if (exact !== null) return exact;
  for (let places = PLACES; places < most; places++) {
    if (digits(value, places).at(-1) !== '0') return places;
  }
  return most;
}

const trim = (text: string) => (text.includes('.') ? text.replace(/\.?0+$/, '') : text);

/** The number printer of a language. */
export function numbersIn(language: Language): Numbers {
  const local = (plain: string) =>
    plain.startsWith('−') ? `−${written(plain.slice(1), language)}` : written(plain, language);
  const number = (value: Fraction | number, places = WIDEST) => local(trim(digits(value, places)));
  const points = (p: Points | null, decimals: number) =>
    p === null ? '?' : number(pointsToFraction(p, decimals), decimals);
  const days = { vi: ' ngày', en: ' days' }[language];
  const unit = (quantity: Quantity) => ({ percent: '%', date: days, count: '', number: '' })[quantity];
  const value = (x: Fraction, quantity: Quantity) => `${number(x, placesOf(x))}${unit(quantity)}`;
  return {
    language,
    pick: (text) => (language === 'en' && text.en ? text.en : text.vi),
    number,
    fixed: (x, places) => local(digits(x, places)),
    points,
    signed: (p, decimals) => `${p !== null && p > 0 ? '+' : ''}${points(p, decimals)}`,
    signedNumber: (x, places) => `${x.valueOf() > 0 ? '+' : ''}${number(x, places)}`,
    value,
    index: (x) => `${number(x, placesOf(x, INDEX))}%`,
    about: (x, quantity) => `${number(x, PLACES)}${unit(quantity)}`,
    toReach: (x, quantity, better) => value(better === 'more' ? x.ceil(PLACES) : x.floor(PLACES), quantity),
    interval: (interval, quantity) => {
      if (quantity === 'count') return countInterval(interval, number);
      const { lo, loOpen, hi, hiOpen } = interval;
      if (lo && hi && lo.equals(hi)) return value(lo, quantity);
      if (!lo || (lo.n === 0n && quantity !== 'date'))
        return hi ? `${hiOpen ? '<' : '≤'} ${value(hi, quantity)}` : '–';
      if (!hi) return `${loOpen ? '>' : '≥'} ${value(lo, quantity)}`;
      return `${number(lo)}–${value(hi, quantity)}`;
    },
    percent: (share, places = 1) => `${local(digits(share * 100, places))}%`,
  };
}

/** How both languages write numbers. */
export const NUMBERS: Readonly<Record<Language, Numbers>> = { vi: numbersIn('vi'), en: numbersIn('en') };

function countInterval(interval: Interval, number: (x: Fraction) => string): string {
  const [first, last] = wholeEnds(interval);
  if (first && last) return first.equals(last) ? number(first) : `${number(first)}–${number(last)}`;
  if (first) return `≥ ${number(first)}`;
  return last ? `≤ ${number(last)}` : '–';
}

/** A number of a rule in words by its place: `tiers.0.at_least` is `tier 1: from`; members may have names. */
export function placeWords(
  what: string,
  { ruleNumbers, rulePlaces }: Pick<Labels, 'ruleNumbers' | 'rulePlaces'>,
  nameOf: (path: readonly string[]) => string | null = () => null,
): string {
  const keys = what.split('.');
  const words = keys.flatMap((key, i) => {
    const list = keys[i - 1] ?? '';
    if (/^\d+$/.test(key)) {
      const place = Number(key) + 1;
      return [nameOf(keys.slice(0, i + 1)) ?? rulePlaces[list]?.(place) ?? `${list} ${place}`];
    }
    if (key === 'rule' || /^\d+$/.test(keys[i + 1] ?? '')) return [];
    return [ruleNumbers[key] ?? key];
  });
  return words.join(': ');
}

const PIECE = /^(?:\S+: )?(?:= [\d.-]+|[[(][^;]*; [^;]*[\])])$/;

/** A piece or a cut of a rule with its numbers as the language writes them; a level's name stays. */
export const pieceText = (at: string, language: Language): string =>
  PIECE.test(at) ? localized(at, language) : at;
