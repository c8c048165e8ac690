import * as z from 'zod/mini';
import { ZERO } from '../../exact/fraction.js';
import { provenanceKeys, Sourced } from '../../shapes/provenance.js';
import { closed } from '../../shapes/scalars.js';
import { rangeShape } from '../range.js';
import { defineRule, pointsShape, quantityShape } from '../rule.js';
import { overNumber } from '../single.js';
import { compileTiers, tierShape, tiersText } from '../tiers.js';

const NOTHING = new Sourced(ZERO, undefined);

/** Tiers of a measured value, each with its points; the first that fits decides. */
export default defineRule({
  kind: 'steps',
  shape: () =>
    closed({
      kind: z.literal('steps'),
      quantity: z._default(quantityShape(), 'percent'),
      tiers: z.array(tierShape()).check(z.minLength(1)),
      otherwise: z._default(pointsShape(), () => NOTHING),
      range: rangeShape(),
      ...provenanceKeys(),
    }),
  compile: (rule, context) =>
    overNumber(compileTiers(rule.tiers, rule.otherwise, context), rule.quantity, rule.range),
  words: {
    vi: (rule, context, n) => tiersText(rule.tiers, rule.otherwise, 'còn lại', rule.quantity, context, n),
    en: (rule, context, n) => tiersText(rule.tiers, rule.otherwise, 'otherwise', rule.quantity, context, n),
  },
});
