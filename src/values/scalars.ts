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

/** A map that refuses keys it does not know; the message carries those it does, for 'did you mean'. */
export function strictMap<S extends z.core.$ZodLooseShape>(shape: S) {
  return z.strictObject(shape, {
    error: (fault) => (fault.code === 'unrecognized_keys' ? Object.keys(shape).join(' ') : undefined),
  });
}

const written = z.union([z.string(), z.number()]);

/** Text; a number is taken as it was written, so that an id `1.10` stays `1.10`. */
export const text = z.pipe(
  written,
  z.transform((value) => String(value).normalize('NFC').trim()),
);

/** Text that is not empty. */
export const nonEmptyText = z.pipe(
  written,
  z.transform((value, ctx) => {
    const clean = String(value).normalize('NFC').trim();
    if (clean === '') ctx.issues.push(issue('too-short', { least: 1 }, value));
    return clean;
  }),
);

/** With a decimal comma too, but `1,234`, which may be more than a thousand. */
const decimalIn = (text: string): Fraction | null => parseDecimal(text) ?? clearNumeral(text);

/** An exact decimal; a trailing percent sign is allowed and means nothing more than the unit. */
export const decimal = z.pipe(
  written,
  z.transform((value, ctx): Fraction => {
    const parsed =
      typeof value === 'number'
        ? Number.isFinite(value)
          ? fromNumber(value)
          : null
        : decimalIn(value.trim().replace(/%$/, '').trimEnd());
    if (parsed) return parsed;
    ctx.issues.push(issue('not-a-number', { value: String(value) }, value));
    return z.NEVER;
  }),
);

/** The years that a file may speak of. */
export const YEARS = { least: 1990, most: 2200 };

/** A whole number within bounds. */
export function wholeNumber(min: number, max: number, isYear = false) {
  return z.pipe(
    written,
    z.transform((value, ctx): number => {
      const n = typeof value === 'number' ? value : /^-?\d+$/.test(value.trim()) ? Number(value) : Number.NaN;
      if (Number.isInteger(n) && n >= min && n <= max) return n;
      ctx.issues.push(
        Number.isInteger(n)
          ? issue('out-of-range', { value: String(value), min, max, ...(isYear && { year: true }) }, value)
          : issue('not-a-number', { value: String(value), whole: true }, value),
      );
      return z.NEVER;
    }),
  );
}

/** A year. */
export const year = wholeNumber(YEARS.least, YEARS.most, true);

/** Yes or no as a data format writes it. */
export const flag = z.pipe(
  z.union([z.boolean(), z.enum(['true', 'false'])]),
  z.transform((value) => value === true || value === 'true'),
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
  z.pipe(
    nonEmptyText,
    z.transform((value): Bilingual => ({ vi: value })),
  ),
  strictMap({ vi: nonEmptyText, en: z.optional(nonEmptyText) }),
]);

/** A date, day first as Vietnam writes it (`14/02/2023`) or `2023-02-14`; kept as it is written. */
export const date = z.pipe(
  written,
  z.transform((value, ctx) => {
    const clean = String(value).trim();
    if (!parseDay(clean)) ctx.issues.push(issue('bad-date', { value: clean }, value));
    return clean;
  }),
);
