import * as z from 'zod/mini';
import { ZERO } from '../../exact/fraction.js';
import { NO_WORDS, YES_WORDS } from '../../shapes/answer.js';
import { provenanceKeys, Sourced } from '../../shapes/provenance.js';
import { strictMap } from '../../shapes/scalars.js';
import { single } from '../number.js';
import { defineRule, pointsOf, pointsShape } from '../rule.js';

/** Done or not done: a levels rule of two. */
export default defineRule({
  kind: 'yes_no',
  shape: () =>
    strictMap({
      kind: z.literal('yes_no'),
      yes: z._default(pointsShape(), 'max'),
      no: z._default(pointsShape(), () => new Sourced(ZERO, undefined)),
      ...provenanceKeys(),
    }),
  compile: (rule, context) =>
    single({
      form: 'table',
      levels: [
        { level: { vi: 'Có', en: 'Yes' }, aliases: YES_WORDS, points: pointsOf(rule.yes, context) },
        { level: { vi: 'Không', en: 'No' }, aliases: NO_WORDS, points: pointsOf(rule.no, context) },
      ],
    }),
  words: (rule, language, context, n) => {
    const [yes, no] = language === 'vi' ? ['có', 'không'] : ['yes', 'no'];
    return `${yes} → ${n.number(pointsOf(rule.yes, context))}; ${no} → ${n.number(pointsOf(rule.no, context))}`;
  },
});
