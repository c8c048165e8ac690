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
/** The years that a day may be due in, and how each is said. */
const YEARS: Record<string, Required<Bilingual> & { shift: number }> = {
  previous: { shift: -1, vi: ' năm trước', en: ' of the year before' },
  same: { shift: 0, vi: '', en: '' },
  next: { shift: 1, vi: ' năm sau', en: ' of the next year' },
};

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
  const [, date, month] = DAY.exec(due)?.map(Number) ?? [];
  if (date === undefined || month === undefined) {
    const day = parseDay(due)!;
    return { ...monthAndDay(day), year: { fixed: day.year } };
  }
  const shift = YEARS[year ?? 'same']?.shift;
  return { date, month, year: shift === undefined ? { fixed: Number(year) } : { shift } };
}

/** The day that is due for a reading's year; 29 February is the last of the month where there is none. */
export function dueDay(due: Due, readingYear: number): Day {
  const year = 'fixed' in due.year ? due.year.fixed : readingYear + due.year.shift;
  return dayOf(due.date, due.month, year);
}

/** Days from the day that is due: below zero when early. */
export const daysLate = (day: Day, due: Due, readingYear: number): number =>
  dayNumber(day) - dayNumber(dueDay(due, readingYear));

/** What a rule's days are counted from, before its words; nothing for other quantities. */
export function dueWords(
  { due, year = 'same' }: { due?: string | undefined; year?: string | undefined },
  n: Numerals,
): string {
  if (due === undefined) return '';
  const of = YEARS[year] ?? { vi: `/${year}` };
  return `${n.pick({ vi: 'số ngày chậm so với', en: 'days after' })} ${due}${n.pick(of)}: `;
}

/** A year that is no leap year, to count days of any year in. */
const SOME_YEAR = 2001;

/** The last day that is no later than so many days after the due one: `20/12 năm trước`, or the whole date of a given year. */
export function deadlineOf(due: Due, late: number): Bilingual {
  const day = daysAfter(dueDay(due, SOME_YEAR), late);
  if ('fixed' in due.year) return { vi: vietnameseDay(day), en: isoDay(day) };
  const written = vietnameseDay(day).slice(0, '31/12'.length);
  const later = day.year - SOME_YEAR;
  const of = Object.values(YEARS).find(({ shift }) => shift === later);
  if (!of) return { vi: `${written} của ${later} năm sau`, en: `${written}, ${later} years later` };
  return { vi: written + of.vi, en: written + of.en };
}
