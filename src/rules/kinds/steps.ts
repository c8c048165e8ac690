import * as z from 'zod/mini';
import { ZERO } from '../../exact/fraction.js';
import { provenanceKeys, Sourced } from '../../shapes/provenance.js';
import { closed } from '../../shapes/scalars.js';
import { checkDue, dueKeys } from '../due.js';
import { checkNumber, numberKeys, numberText, overNumber, rangeOf } from '../number.js';
import { datedQuantityShape, defineRule, pointsShape } from '../rule.js';
import { checkTiers, compileTiers, tierShape, tiersText } from '../tiers.js';

const NOTHING = new Sourced(ZERO, undefined);

/** Tiers of a measured value, each with its points; the first that fits decides. */
export default defineRule({
  kind: 'steps',
  shape: () =>
    closed({
      kind: z.literal('steps'),
      quantity: z._default(datedQuantityShape(), 'percent'),
      tiers: z.array(tierShape()).check(z.minLength(1)),
      otherwise: z._default(pointsShape(), () => NOTHING),
      ...dueKeys(),
      ...numberKeys(),
      ...provenanceKeys(),
    })
      .check(checkDue)
      .check(checkNumber)
      .check((ctx) => checkTiers(ctx, ctx.value.tiers, rangeOf(ctx.value.quantity, ctx.value.range))),
  compile: (rule, context) => {
    const range = rangeOf(rule.quantity, rule.range);
    return overNumber(compileTiers(rule.tiers, rule.otherwise, context, range), rule.quantity, rule, context);
  },
  words: {
    vi: (rule, context, n) =>
      numberText(rule, 'vi', context, n, tiersText(rule, rule.quantity, 'vi', context, n)),
    en: (rule, context, n) =>
      numberText(rule, 'en', context, n, tiersText(rule, rule.quantity, 'en', context, n)),
  },
});
