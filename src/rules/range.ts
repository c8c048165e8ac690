import * as z from 'zod/mini';
import { issue } from '../diagnostics/from-zod.js';
import { Fraction, HUNDRED, ZERO } from '../exact/fraction.js';
import { closed, decimal, once } from '../shapes/scalars.js';
import type { Interval } from './line.js';
import type { Quantity } from './rule.js';

/** Optional limits of what an indicator can be; `none` opens an end. */
export const rangeShape = once(() =>
  z.optional(
    closed({
      min: z.optional(z.union([z.literal('none'), decimal])),
      max: z.optional(z.union([z.literal('none'), decimal])),
    }).check((ctx) => {
      const { min, max } = ctx.value;
      if (min instanceof Fraction && max instanceof Fraction && min.compare(max) > 0)
        ctx.issues.push(issue('bad-bounds', { found: 'min > max' }, ctx.value));
    }),
  ),
);

export type Range = { min?: Fraction | 'none' | undefined; max?: Fraction | 'none' | undefined } | undefined;

/** The plausible values of an indicator: from 0, and to 100 for a percent, unless the rule says otherwise. */
export function rangeOf(quantity: Quantity, given: Range): Interval {
  const end = (value: Fraction | 'none' | undefined, usual: Fraction | null) =>
    value === 'none' ? null : (value ?? usual);
  const lo = end(given?.min, quantity === 'number' || quantity === 'date' ? null : ZERO);
  const hi = end(given?.max, quantity === 'percent' ? HUNDRED : null);
  return { lo, loOpen: lo === null, hi, hiOpen: hi === null };
}

/** The usual range of a share of a whole: 0 to 100. */
export const SHARE_RANGE: Interval = { lo: new Fraction(0), loOpen: false, hi: HUNDRED, hiOpen: false };
