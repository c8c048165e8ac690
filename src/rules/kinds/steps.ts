import * as z from 'zod/mini';
import { numberRule } from '../number.js';
import { datedQuantityShape } from '../rule.js';
import { checkTiers, compileTiers, tierKeys, tiersText } from '../tiers.js';

/** Tiers of a measured value, each with its points; the first that fits decides. */
export default numberRule({
  kind: 'steps',
  dated: true,
  keys: () => ({ quantity: z._default(datedQuantityShape(), 'percent'), ...tierKeys() }),
  check: (ctx, range) => checkTiers(ctx, ctx.value.tiers, range),
  line: ({ tiers, otherwise }, context, range) => compileTiers(tiers, otherwise, context, range),
  words: (rule, n) => tiersText(rule, rule.quantity, n),
});
