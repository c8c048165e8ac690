import * as z from 'zod/mini';
import { issue } from '../../values/from-zod.js';
import { bilingual, listOf, nonEmptyText, strictMap } from '../../values/scalars.js';
import { single } from '../number.js';
import { defineRule, pointsOf, pointsShape } from '../rule.js';

/** Categories, each with its points. */
export default defineRule({
  kind: 'levels',
  keys: () => ({
    levels: listOf(
      strictMap({ level: bilingual, aliases: z._default(z.array(nonEmptyText), []), points: pointsShape() }),
      2,
    ).check((ctx) => {
      const taken = new Map<string, number>();
      ctx.value.forEach(({ level, aliases }, i) => {
        for (const name of [level.vi, ...(level.en ? [level.en] : []), ...aliases]) {
          const key = name.toLowerCase();
          if ((taken.get(key) ?? i) !== i)
            ctx.issues.push(issue('duplicate-id', { id: name }, ctx.value, [i]));
          taken.set(key, i);
        }
      });
    }),
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
  words: (rule, n) => rule.levels.map((l) => `${n.pick(l.level)} → ${n.points(l.points)}`).join('; '),
});
