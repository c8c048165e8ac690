import * as z from 'zod/mini';
import { provenanceKeys } from '../../shapes/provenance.js';
import { bilingual, closed, someText } from '../../shapes/scalars.js';
import { defineRule, pointsOf, pointsShape } from '../rule.js';
import { single } from '../single.js';

/** Categories, each with its points. */
export default defineRule({
  kind: 'levels',
  shape: () =>
    closed({
      kind: z.literal('levels'),
      levels: z
        .array(
          closed({ level: bilingual, aliases: z._default(z.array(someText), []), points: pointsShape() }),
        )
        .check(z.minLength(2)),
      ...provenanceKeys(),
    }),
  compile: (rule, context) =>
    single({
      form: 'table',
      levels: rule.levels.map((l) => ({
        level: l.level,
        aliases: [...(l.level.en ? [l.level.en] : []), ...l.aliases],
        points: pointsOf(l.points, context),
      })),
    }),
  words: {
    vi: (rule, context, n) =>
      rule.levels.map((l) => `${n.pick(l.level)} → ${n.number(pointsOf(l.points, context))}`).join('; '),
    en: (rule, context, n) =>
      rule.levels.map((l) => `${n.pick(l.level)} → ${n.number(pointsOf(l.points, context))}`).join('; '),
  },
});
