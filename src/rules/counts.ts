import * as z from 'zod/mini';
import { Fraction, greater } from '../values/fraction.js';
import { issue } from '../values/from-zod.js';
import { positive, type Sourced } from '../values/provenance.js';
import { lazy, listOf, nonEmptyText, strictMap } from '../values/scalars.js';
import { buildLine, clampLine, constant, type Line } from './line.js';
import type { CountRatio, CountTerm, Numerals } from './rule.js';

const term: () => z.ZodMiniType<CountTerm> = lazy(() =>
  z.lazy(() => z.union([nonEmptyText, strictMap(termKeys()).check(oneWay)])),
) as never;

const termKeys = () => ({ times: z.optional(listOf(term())), larger_of: z.optional(listOf(term())) });

/** Exactly one of `times` and `larger_of`. */
function oneWay(ctx: { value: { times?: unknown; larger_of?: unknown }; issues: unknown[] }): void {
  if ((ctx.value.times === undefined) === (ctx.value.larger_of === undefined))
    ctx.issues.push(issue('choose-one', { keys: ['times', 'larger_of'] }, ctx.value));
}

/** Named counts, and one ratio of them: products and the larger of several, one over the other. */
export const countsShape = lazy(() =>
  strictMap({
    counts: listOf(nonEmptyText),
    ratio: strictMap({ ...termKeys(), over: term() }).check(oneWay),
  }).check((ctx) => {
    const { counts, ratio } = ctx.value;
    counts.forEach((id, i) => {
      if (counts.indexOf(id) < i) ctx.issues.push(issue('duplicate-id', { id }, counts, ['counts', i]));
    });
    for (const { key, path } of named(ratio, ['ratio'])) {
      if (!counts.includes(key))
        ctx.issues.push(issue('unknown-part', { value: key, options: counts }, ratio, path));
    }
  }),
);

function named(shape: CountTerm, path: (string | number)[]): { key: string; path: (string | number)[] }[] {
  if (typeof shape === 'string') return [{ key: shape, path }];
  const over = (shape as { over?: CountTerm }).over;
  return [
    ...(['times', 'larger_of'] as const).flatMap((how) =>
      (shape[how] ?? []).flatMap((t, i) => named(t, [...path, how, i])),
    ),
    ...(over === undefined ? [] : named(over, [...path, 'over'])),
  ];
}

/** Makes something of a term, from its counts outwards. */
export function foldTerm<T>(
  term: CountTerm,
  make: { count(key: string): T; times(terms: T[]): T; largerOf(terms: T[]): T },
): T {
  if (typeof term === 'string') return make.count(term);
  const terms = (term.times ?? term.larger_of ?? []).map((t) => foldTerm(t, make));
  return term.times ? make.times(terms) : make.largerOf(terms);
}

/** The value of a term for given counts. */
export const termValue = (term: CountTerm, counts: ReadonlyMap<string, Fraction>): Fraction =>
  foldTerm(term, {
    count: (key) => {
      const given = counts.get(key);
      if (!given) throw new Error(`no count ${key}`);
      return given;
    },
    times: (values) => values.reduce((p, q) => p.mul(q)),
    largerOf: (values) => values.reduce(greater),
  });

/** The ratio as it is written: `a × b ÷ max(c, d)`. */
export function ratioText({ ratio }: CountRatio): string {
  const text = (term: CountTerm): string =>
    foldTerm(term, {
      count: (key) => key,
      times: (terms) => terms.join(' × '),
      largerOf: (terms) => `max(${terms.join('; ')})`,
    });
  const { over } = ratio;
  const several = typeof over !== 'string' && over.times && over.times.length > 1;
  return `${text(ratio)} ÷ ${several ? `(${text(over)})` : text(over)}`;
}

/** Keys of a rule by the case: for every so many whole cases, and at most so many points in all. */
export const perKeys = lazy(() => ({
  per: z.optional(
    positive().check((ctx) => {
      const { value } = ctx.value;
      if (value.d !== 1n) ctx.issues.push(issue('wants-integer', { value: value.toString() }, ctx.value));
    }),
  ),
  most: z.optional(positive()),
}));

/** More steps than any scheme writes; past them the points stay. */
const MOST_STEPS = 1000;

/** `start` and `each` more (or less) for every case, or for every whole `per` cases, by `most` points at most. */
export function byCases(
  start: Fraction,
  each: Fraction,
  per: Sourced | undefined,
  most: Fraction | null,
): Line {
  if (per) return staircase(start, each, per.value, most);
  const line = buildLine([], () => ({ a: start, b: each }));
  const end = most && (each.s < 0n ? start.sub(most) : start.add(most));
  return each.s < 0n ? clampLine(line, end, start) : clampLine(line, start, end);
}

function staircase(start: Fraction, each: Fraction, per: Fraction, most: Fraction | null): Line {
  const size = each.abs();
  const needed = size.n === 0n ? 0 : most ? Number(most.div(size).ceil(0).valueOf()) : MOST_STEPS;
  const steps = Math.min(Math.max(0, needed), MOST_STEPS);
  const cuts = Array.from({ length: steps }, (_, i) => per.mul(new Fraction(i + 1)));
  return buildLine(cuts, (x) => {
    const whole = new Fraction(Math.min(steps, Math.max(0, Number(x.div(per).floor(0).valueOf()))));
    const moved = size.mul(whole);
    const held = most && moved.compare(most) > 0 ? most : moved;
    return constant(each.s < 0n ? start.sub(held) : start.add(held));
  });
}

/** What points go by, one and several of them. */
const CASES = {
  case: { vi: 'trường hợp', en: 'case', several: 'cases' },
  day: { vi: 'ngày', en: 'day', several: 'days' },
  item: { vi: 'trường hợp', en: 'item', several: 'items' },
};

/** What points go by: `case`, or `2 cases` when by several. */
export function perText(per: Sourced | undefined, what: keyof typeof CASES, n: Numerals): string {
  const { vi, en, several } = CASES[what];
  return per ? `${n.number(per.value)} ${n.pick({ vi, en: several })}` : n.pick({ vi, en });
}
