/** What a cell's number format makes of its number. */
export type NumberKind = 'number' | 'percent' | 'date' | 'time';

/** Number formats that every workbook has without naming them (ECMA-376, part 1, 18.8.30). */
const BUILT_IN: Record<number, NumberKind> = { 9: 'percent', 10: 'percent' };
for (const id of [14, 15, 16, 17, 22, 27, 28, 29, 30, 31, 34, 35, 36, 50, 51, 52, 53, 54, 55, 56, 57, 58])
  BUILT_IN[id] = 'date';
for (const id of [18, 19, 20, 21, 32, 33, 45, 46, 47]) BUILT_IN[id] = 'time';

export const builtInKind = (id: number): NumberKind => BUILT_IN[id] ?? 'number';

/** What a format code makes of a number: a percent sign or a date letter counts only where it is not quoted. */
export function kindOfFormat(code: string): NumberKind {
  const bare = code
    .replace(/"[^"]*"?/g, '')
    .replace(/[\\_*]./gs, '')
    .replace(/\[([hms])\1*\]/gi, 's') // Hours, minutes or seconds gone by.
    .replace(/\[[^\]]*\]?/g, '')
    .replace(/General|E[+-]/gi, '')
    .split(';')[0]!
    .toLowerCase();
  if (bare.includes('%')) return 'percent';
  if (/[dy]/.test(bare)) return 'date';
  if (/[hs]/.test(bare)) return 'time';
  return bare.includes('m') ? 'date' : 'number';
}

/** Decimals of a plain format such as `0.00`; null for any other. */
export function fixedDecimals(code: string): number | null {
  return /^0(\.0{1,9})?$/.test(code) ? Math.max(0, code.length - 2) : null;
}

/** Excel works with fifteen digits: 56.99999999999999 from a formula is the 57 that it shows. */
export const fifteenDigits = (value: number): number => Number(value.toPrecision(15));

/** A share as the percent that a percent format shows: 0.992 is `99.2%`. */
export function percentText(share: number): string {
  const digits = share.toPrecision(15);
  // Moving the point by two places in the text keeps the fifteen digits as they are.
  const [mantissa, exponent = '0'] = digits.split('e');
  return `${Number(`${mantissa}e${Number(exponent) + 2}`)}%`;
}

const DAY = 86_400_000;
const two = (n: number) => String(n).padStart(2, '0');

/** The day of a serial number, `dd/mm/yyyy`; null outside the years 1900 to 9999. */
export function dayText(serial: number, from1904: boolean): string | null {
  const day = Math.floor(serial);
  // Excel counts 29 February 1900, which was none.
  const since = from1904 ? Date.UTC(1904, 0, 1) : Date.UTC(1899, 11, day < 60 ? 31 : 30);
  const date = new Date(since + day * DAY);
  const year = date.getUTCFullYear();
  if (!(year >= 1900 && year <= 9999)) return null;
  return `${two(date.getUTCDate())}/${two(date.getUTCMonth() + 1)}/${year}`;
}
