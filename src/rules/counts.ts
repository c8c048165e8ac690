import * as z from 'zod/mini';
import { issue } from '../diagnostics/from-zod.js';
import { Fraction } from '../exact/fraction.js';
import { closed, once, someText } from '../shapes/scalars.js';
import type { CountRatio, CountTerm } from './rule.js';

type TermShape = string | { times?: TermShape[] | undefined; larger_of?: TermShape[] | undefined };

const term: () => z.ZodMiniType<TermShape> = once(() =>
  z.lazy(() =>
    z.union([
      someText,
      closed({
        times: z.optional(z.array(term()).check(z.minLength(1))),
        larger_of: z.optional(z.array(term()).check(z.minLength(1))),
      }).check(one('times, larger_of')),
    ]),
  ),
) as never;

/** Exactly one of `times` and `larger_of`. */
function one(keys: string) {
  return (ctx: { value: { times?: unknown; larger_of?: unknown }; issues: unknown[] }) => {
    if ((ctx.value.times === undefined) === (ctx.value.larger_of === undefined))
      ctx.issues.push(issue('bad-bounds', { found: keys }, ctx.value));
  };
}

/** Named counts, and one ratio of them: products and the larger of several, one over the other. */
export const countsShape = once(() =>
  closed({
    counts: z.array(someText).check(z.minLength(1)),
    ratio: closed({
      times: z.optional(z.array(term()).check(z.minLength(1))),
      larger_of: z.optional(z.array(term()).check(z.minLength(1))),
      over: term(),
    }).check(one('times, larger_of')),
  }).check((ctx) => {
    const { counts, ratio } = ctx.value;
    for (const { key, path } of named(ratio as TermShape, ['ratio'])) {
      if (!counts.includes(key))
        ctx.issues.push(issue('unknown-part', { found: key, options: counts }, ratio, path));
    }
  }),
);

export interface CountsShape {
  counts: string[];
  ratio: { times?: TermShape[] | undefined; larger_of?: TermShape[] | undefined; over: TermShape };
}

function named(shape: TermShape, path: (string | number)[]): { key: string; path: (string | number)[] }[] {
  if (typeof shape === 'string') return [{ key: shape, path }];
  const over = (shape as { over?: TermShape }).over;
  return [
    ...(['times', 'larger_of'] as const).flatMap((how) =>
      (shape[how] ?? []).flatMap((t, i) => named(t, [...path, how, i])),
    ),
    ...(over === undefined ? [] : named(over, [...path, 'over'])),
  ];
}

function termOf(shape: TermShape): CountTerm {
  if (typeof shape === 'string') return { form: 'count', key: shape };
  const [form, terms] = shape.times
    ? (['times', shape.times] as const)
    : (['larger_of', shape.larger_of ?? []] as const);
  return { form, terms: terms.map(termOf) };
}

export function countRatio({ counts, ratio }: CountsShape): CountRatio {
  const { over, ...top } = ratio;
  return { counts, top: termOf(top), over: termOf(over) };
}

/** The value of a term for given counts. */
export function termValue(term: CountTerm, counts: ReadonlyMap<string, Fraction>): Fraction {
  if (term.form === 'count') {
    const given = counts.get(term.key);
    if (!given) throw new Error(`no count ${term.key}`);
    return given;
  }
  const values = term.terms.map((t) => termValue(t, counts));
  return term.form === 'times'
    ? values.reduce((p, q) => p.mul(q), new Fraction(1))
    : values.reduce((p, q) => (q.compare(p) > 0 ? q : p));
}

/** The ratio as it is written: `a × b ÷ max(c, d)`. */
export function ratioText({ top, over }: CountRatio): string {
  const text = (t: CountTerm): string => {
    if (t.form === 'count') return t.key;
    const inner = t.terms.map(text);
    return t.form === 'times' ? inner.join(' × ') : `max(${inner.join('; ')})`;
  };
  const under = over.form === 'times' && over.terms.length > 1 ? `(${text(over)})` : text(over);
  return `${text(top)} ÷ ${under}`;
}
