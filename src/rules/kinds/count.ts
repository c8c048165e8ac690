import * as z from 'zod/mini';
import { issue } from '../../diagnostics/from-zod.js';
import { Fraction, ZERO } from '../../exact/fraction.js';
import { provenanceKeys, Sourced, sourced } from '../../shapes/provenance.js';
import { closed } from '../../shapes/scalars.js';
import { buildLine, clampLine } from '../line.js';
import { rangeShape } from '../range.js';
import { defineRule, pointsShape } from '../rule.js';
import { overNumber } from '../single.js';
import { compileTiers, tierShape, tiersText } from '../tiers.js';

const NOTHING = new Sourced(ZERO, undefined);

/** So many items → points: `per_item` up to the maximum, or tiers by number. */
export default defineRule({
  kind: 'count',
  shape: () =>
    closed({
      kind: z.literal('count'),
      per_item: z.optional(sourced()),
      tiers: z.optional(z.array(tierShape()).check(z.minLength(1))),
      otherwise: z._default(pointsShape(), () => NOTHING),
      range: rangeShape(),
      ...provenanceKeys(),
    }).check((ctx) => {
      if (!ctx.value.per_item === !ctx.value.tiers) {
        ctx.issues.push(issue('bad-bounds', { found: 'per_item, tiers' }, ctx.value));
      }
    }),
  compile: (rule, context) => {
    const line = rule.tiers
      ? compileTiers(rule.tiers, rule.otherwise, context)
      : clampLine(
          buildLine([], () => ({ a: new Fraction(0), b: rule.per_item?.value ?? ZERO })),
          ZERO,
          context.max,
        );
    return overNumber(line, 'count', rule.range);
  },
  words: {
    vi: (rule, context, n) =>
      rule.tiers
        ? tiersText(rule.tiers, rule.otherwise, 'còn lại', 'count', context, n)
        : `${n.number(rule.per_item?.value ?? ZERO)} điểm mỗi trường hợp, tối đa ${n.number(context.max)}`,
    en: (rule, context, n) =>
      rule.tiers
        ? tiersText(rule.tiers, rule.otherwise, 'otherwise', 'count', context, n)
        : `${n.number(rule.per_item?.value ?? ZERO)} per item, up to ${n.number(context.max)}`,
  },
});
