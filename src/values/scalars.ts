import * as z from 'zod/mini';
import { parseDay } from './calendar.js';
import { clearNumeral, type Fraction, fromNumber, parseDecimal } from './fraction.js';
import { issue } from './from-zod.js';

// Parsers written at run time pay off after thousands of readings; a run has a few.
z.config({ jitless: true });

/** A shape that is built when it is first asked for: a run needs few of them, and each takes a while. */
export function lazy<T>(build: () => T): () => T {
  let built: T | undefined;
  return () => {
    built ??= build();
    return built;
  };
}

/** What is made of a thing, worked out once for each. */
export function memoize<K extends object, T>(make: (of: K) => T): (of: K) => T {
  const made = new WeakMap<K, T>();
  return (of) => {
    const before = made.get(of);
    if (before !== undefined) return before;
    const now = make(of);
    made.set(of, now);
    return now;
  };
}

/** Data of a shape, made into something else. */
export const transformed = <S extends z.core.$ZodType, T>(
  shape: S,
  make: (value: z.output<S>, ctx: z.core.ParsePayload) => T,
) => z.pipe(shape, z.transform(make));

/** A list of so many items at least. */
export const listOf = <S extends z.core.$ZodType>(item: S, least = 1) =>
  z.array(item).check(z.minLength(least));

/** A map that refuses keys it does not know; the message carries those it does, for 'did you mean'. */
export function strictMap<S extends z.core.$ZodLooseShape>(shape: S) {
  return z.strictObject(shape, {
    error: (fault) => (fault.code === 'unrecognized_keys' ? Object.keys(shape).join(' ') : undefined),
  });
}

const written = z.union([z.string(), z.number()]);

/** Text; a number is taken as it was written, so that an id `1.10` stays `1.10`. */
export const text = transformed(written, (value) => String(value).normalize('NFC').trim());

/** Text that is not empty. */
export const nonEmptyText = transformed(written, (value, ctx) => {
  const clean = String(value).normalize('NFC').trim();
  if (clean === '') ctx.issues.push(issue('too-short', { least: 1 }, value));
  return clean;
});

/** With a decimal comma too, but `1,234`, which may be more than a thousand. */
const decimalIn = (text: string): Fraction | null => parseDecimal(text) ?? clearNumeral(text);

/** An exact decimal; a trailing percent sign is allowed and means nothing more than the unit. */
export const decimal = transformed(written, (value, ctx): Fraction => {
  const parsed =
    typeof value === 'string'
      ? decimalIn(value.trim().replace(/%$/, '').trimEnd())
      : Number.isFinite(value) && fromNumber(value);
  if (parsed) return parsed;
  ctx.issues.push(issue('not-a-number', { value: String(value) }, value));
  return z.NEVER;
});

/** The years that a file may speak of. */
export const YEARS = { least: 1990, most: 2200 };

/** A whole number within bounds. */
export function wholeNumber(min: number, max: number, isYear = false) {
  return transformed(written, (given, ctx): number => {
    const value = String(given);
    const n = typeof given === 'number' || /^-?\d+$/.test(value.trim()) ? Number(given) : Number.NaN;
    if (Number.isInteger(n) && n >= min && n <= max) return n;
    ctx.issues.push(
      Number.isInteger(n)
        ? issue('out-of-range', { value, min, max, ...(isYear && { year: true }) }, given)
        : issue('not-a-number', { value, whole: true }, given),
    );
    return z.NEVER;
  });
}

/** A year. */
export const year = wholeNumber(YEARS.least, YEARS.most, true);

/** Yes or no as a data format writes it. */
export const flag = transformed(
  z.union([z.boolean(), z.enum(['true', 'false'])]),
  (value) => value === true || value === 'true',
);

/** A language that words are written in. */
export type Language = 'vi' | 'en';

/** Words in Vietnamese, and in English where they exist. */
export interface Bilingual {
  vi: string;
  en?: string;
}

/** `{vi, en}`, or one text that serves both languages. */
export const bilingual = z.union([
  transformed(nonEmptyText, (vi): Bilingual => ({ vi })),
  strictMap({ vi: nonEmptyText, en: z.optional(nonEmptyText) }),
]);

/** A date, day first as Vietnam writes it (`14/02/2023`) or `2023-02-14`; kept as it is written. */
export const date = transformed(written, (value, ctx) => {
  const clean = String(value).trim();
  if (!parseDay(clean)) ctx.issues.push(issue('bad-date', { value: clean }, value));
  return clean;
});
