import * as z from 'zod/mini';
import { ZERO } from '../../exact/fraction.js';
import { provenanceKeys, Sourced } from '../../shapes/provenance.js';
import { strictMap } from '../../shapes/scalars.js';
import { referenceRange } from '../against.js';
import { checkDue, dueKeys } from '../due.js';
import { checkNumber, type NumberKeys, numberKeys, numberText, overNumber, rangeOf } from '../number.js';
import { datedQuantityShape, defineRule, pointsShape, type Quantity } from '../rule.js';
import { checkTiers, compileTiers, tierShape, tiersText } from '../tiers.js';

const NOTHING = new Sourced(ZERO, undefined);

/** What the bounds of tiers are on: the value, or what it is held against something. */
const tierRange = ({ quantity, range, against }: NumberKeys & { quantity: Quantity }) =>
  against ? referenceRange(against) : rangeOf(quantity, range);

/** Tiers of a measured value, each with its points; the first that fits decides. */
export default defineRule({
  kind: 'steps',
  shape: () =>
    strictMap({
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
      .check((ctx) => checkTiers(ctx, ctx.value.tiers, tierRange(ctx.value))),
  compile: (rule, context) => {
    const line = compileTiers(rule.tiers, rule.otherwise, context, tierRange(rule));
    return overNumber(line, rule.quantity, rule, context);
  },
  words: (rule, language, context, n) =>
    numberText(rule, language, context, n, tiersText(rule, rule.quantity, language, context, n)),
});
