import * as z from 'zod/mini';
import {
  type Day,
  dayNumber,
  dayOf,
  daysAfter,
  isoDay,
  monthAndDay,
  parseDay,
  vietnameseDay,
} from '../values/calendar.js';
import { issue } from '../values/from-zod.js';
import { type Bilingual, lazy, nonEmptyText } from '../values/scalars.js';
import type { Due, Numerals, Quantity } from './rule.js';

const DAY = /^(\d{1,2})[/.-](\d{1,2})$/;
const YEARS: Record<string, number> = { previous: -1, same: 0, next: 1 };

const dueShape = lazy(() =>
  nonEmptyText.check((ctx) => {
    const [, d, m] = DAY.exec(ctx.value) ?? [];
    // Every day of a leap year is a day.
    if (!parseDay(d ? `${d}/${m}/2024` : ctx.value))
      ctx.issues.push(issue('bad-date', { value: ctx.value, due: true }, ctx.value));
  }),
);

/** Keys of a rule over a date: the day it is due, and of which year (`same` when not said). */
export const dueKeys = lazy(() => ({
  due: z.optional(dueShape()),
  year: z.optional(
    nonEmptyText.check((ctx) => {
      if (ctx.value in YEARS || /^(19|20|21)\d\d$/.test(ctx.value)) return;
      const options = Object.keys(YEARS);
      ctx.issues.push(issue('not-one-of', { value: ctx.value, options }, ctx.value));
    }),
  ),
}));

interface Dated {
  quantity: Quantity;
  due?: string | undefined;
  year?: string | undefined;
}

/** A date has a day it is due; nothing else has. */
export function checkDue(ctx: { value: Dated; issues: unknown[] }): void {
  const { quantity, due, year } = ctx.value;
  if (quantity === 'date' && due === undefined) ctx.issues.push(issue('date-without-due', {}, ctx.value));
  if (quantity !== 'date' && (due ?? year) !== undefined)
    ctx.issues.push(issue('due-without-date', { quantity }, ctx.value, [due === undefined ? 'year' : 'due']));
}

/** The day that a text says, with what is said of its year. */
export function readDue(due: string, year: string | undefined): Due {
  const [, d, m] = DAY.exec(due) ?? [];
  if (d === undefined) {
    const [date = 1, month = 1, fixed = 0] = dateParts(due);
    return { date, month, year: { fixed } };
  }
  const shift = YEARS[year ?? 'same'];
  return {
    date: Number(d),
    month: Number(m),
    year: shift === undefined ? { fixed: Number(year) } : { shift },
  };
}

/** Day, month and year of a written date. */
function dateParts(written: string): number[] {
  const parts = written.split(/[/.-]/).map(Number);
  return /^\d{4}-/.test(written.trim()) ? parts.reverse() : parts;
}

/** The day that is due for a reading's year; 29 February is the last of the month where there is none. */
export function dueDay(due: Due, readingYear: number): Day {
  const year = 'fixed' in due.year ? due.year.fixed : readingYear + due.year.shift;
  return dayOf(due.date, due.month, year);
}

/** Days from the day that is due: below zero when early. */
export const daysLate = (day: Day, due: Due, readingYear: number): number =>
  dayNumber(day) - dayNumber(dueDay(due, readingYear));

const OF_YEAR: Record<string, Required<Bilingual>> = {
  previous: { vi: ' năm trước', en: ' of the year before' },
  same: { vi: '', en: '' },
  next: { vi: ' năm sau', en: ' of the next year' },
};

/** What a rule's days are counted from, before its words; nothing for other quantities. */
export function dueWords(
  { due, year = 'same' }: { due?: string | undefined; year?: string | undefined },
  n: Numerals,
): string {
  if (due === undefined) return '';
  const of = OF_YEAR[year] ?? { vi: `/${year}` };
  return `${n.pick({ vi: 'số ngày chậm so với', en: 'days after' })} ${due}${n.pick(of)}: `;
}

/** A year that is no leap year, to count days of any year in. */
const SOME_YEAR = 2001;

/** The last day that is no later than so many days after the due one: `20/12 năm trước`, or the whole date of a given year. */
export function deadlineOf(due: Due, late: number): Bilingual {
  const day = daysAfter(dueDay(due, SOME_YEAR), late);
  if ('fixed' in due.year) return { vi: vietnameseDay(day), en: isoDay(day) };
  const { date, month } = monthAndDay(day);
  const written = `${String(date).padStart(2, '0')}/${String(month).padStart(2, '0')}`;
  const later = day.year - SOME_YEAR;
  const of = OF_YEAR[Object.keys(YEARS).find((key) => YEARS[key] === later) ?? ''];
  if (!of) return { vi: `${written} của ${later} năm sau`, en: `${written}, ${later} years later` };
  return { vi: written + of.vi, en: written + of.en };
}
