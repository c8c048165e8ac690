import * as z from 'zod/mini';
import { issue } from '../diagnostics/from-zod.js';
import { Fraction, ZERO } from '../exact/fraction.js';
import { type Sourced, sourced } from '../shapes/provenance.js';
import { once } from '../shapes/scalars.js';
import { buildLine, constant, type Line } from './line.js';
import type { Numerals } from './rule.js';

/** Keys of a rule by the case: for every so many whole cases, and at most so many points in all. */
export const perKeys = once(() => ({ per: z.optional(sourced()), most: z.optional(sourced()) }));

interface Per {
  per?: Sourced | undefined;
  most?: Sourced | undefined;
}

/** `per` is a whole number from 1, `most` is above nothing. */
export function checkPer(ctx: { value: Per; issues: unknown[] }): void {
  const { per, most } = ctx.value;
  if (per && (per.value.d !== 1n || per.value.compare(1) < 0))
    ctx.issues.push(issue('out-of-range', { found: per.value.toString(), min: 1 }, per, ['per']));
  if (most && most.value.compare(ZERO) <= 0)
    ctx.issues.push(issue('out-of-range', { found: most.value.toString(), min: 0 }, most, ['most']));
}

/** More steps than any scheme writes; past them the points stay. */
const MOST_STEPS = 1000;

/** `start` and `each` more (or less) for every whole `per` cases, by `most` points at most. */
export function staircase(start: Fraction, each: Fraction, per: Fraction, most: Fraction | null): Line {
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

/** `2 ` before the word for cases when points go by several; nothing when by one. */
export const perText = (per: Sourced | undefined, _language: 'vi' | 'en', n: Numerals): string =>
  per ? `${n.number(per.value)} ` : '';
