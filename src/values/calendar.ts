const MONTHS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/** A day of a year, from 1. */
export interface Day {
  year: number;
  day: number;
}

const leap = (year: number) => (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;

/** Days of a month (1 to 12); 0 when there is no such month. */
function daysOfMonth(month: number, year: number): number {
  return month === 2 && leap(year) ? 29 : (MONTHS[month - 1] ?? 0);
}

export const daysIn = (year: number): number => (leap(year) ? 366 : 365);

const DAY_FIRST = /^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})$/;
const YEAR_FIRST = /^(\d{4})-(\d{2})-(\d{2})$/;

/** Reads `31/07/2023`, day first as Vietnam writes it, or `2023-07-31`; null when there is no such day. */
export function parseDay(written: string): Day | null {
  const clean = written.trim();
  const dayFirst = DAY_FIRST.exec(clean)?.slice(1).map(Number);
  const [d = 0, m = 0, y = 0] = dayFirst ?? YEAR_FIRST.exec(clean)?.slice(1).map(Number).reverse() ?? [];
  if (d < 1 || d > daysOfMonth(m, y)) return null;
  return dayOf(d, m, y);
}

/** The day and the month of a day of a year. */
export function monthAndDay({ year, day }: Day): { month: number; date: number } {
  let month = 1;
  let date = day;
  while (date > daysOfMonth(month, year)) date -= daysOfMonth(month++, year);
  return { month, date };
}

const two = (n: number) => String(n).padStart(2, '0');

/** `2023-07-31`. */
export function isoDay(day: Day): string {
  const { month, date } = monthAndDay(day);
  return `${day.year}-${two(month)}-${two(date)}`;
}

/** `31/07/2023`. */
export function vietnameseDay(day: Day): string {
  const { month, date } = monthAndDay(day);
  return `${two(date)}/${two(month)}/${day.year}`;
}

/** A day of a month of a year; 29 February is the 28th of a year that has none. */
export function dayOf(date: number, month: number, year: number): Day {
  let day = Math.min(date, daysOfMonth(month, year));
  for (let m = 1; m < month; m++) day += daysOfMonth(m, year);
  return { year, day };
}

/** The day so many days after another; before it, below zero. */
export function daysAfter({ year, day }: Day, days: number): Day {
  let [at, left] = [year, day + days];
  while (left > daysIn(at)) left -= daysIn(at++);
  while (left < 1) left += daysIn(--at);
  return { year: at, day: left };
}

/** Days since the first of January of the year 0, so that days of different years can be told apart. */
export function dayNumber({ year, day }: Day): number {
  const before = year - 1;
  return 365 * year + Math.floor(before / 4) - Math.floor(before / 100) + Math.floor(before / 400) + day;
}
