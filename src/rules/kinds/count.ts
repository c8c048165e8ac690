import * as z from 'zod/mini';
import { ZERO } from '../../values/fraction.js';
import { issue } from '../../values/from-zod.js';
import { positive } from '../../values/provenance.js';
import { byCases, perKeys, perText } from '../counts.js';
import { numberRule } from '../number.js';
import { checkTiers, compileTiers, tierKeys, tiersText } from '../tiers.js';

/** So many items → points: `per_item` (for every `per` items) up to `most` or the maximum, or tiers by number. */
export default numberRule({
  kind: 'count',
  quantity: 'count',
  keys: () => {
    const { tiers, otherwise } = tierKeys();
    return { per_item: z.optional(positive()), ...perKeys(), tiers: z.optional(tiers), otherwise };
  },
  check: (ctx, range) => {
    const { per_item, tiers, per, most } = ctx.value;
    const way = tiers && per ? 'per' : tiers && most ? 'most' : 'per_item';
    if (!per_item === !tiers || way !== 'per_item')
      ctx.issues.push(issue('choose-one', { keys: [way, 'tiers'] }, ctx.value));
    if (tiers) checkTiers(ctx, tiers, range);
  },
  line: ({ per_item, tiers, otherwise, per, most }, context, range) =>
    tiers
      ? compileTiers(tiers, otherwise, context, range)
      : byCases(ZERO, per_item!.value, per, most?.value ?? context.max),
  words: (rule, n) => {
    const { per_item, tiers, per, most } = rule;
    if (tiers) return tiersText({ ...rule, tiers }, 'count', n);
    const each = n.number(per_item!.value);
    const items = perText(per, 'item', n);
    const limit = n.number(most?.value ?? n.max);
    return n.pick({
      vi: `${each} điểm mỗi ${items}, tối đa ${limit}`,
      en: `${each} per ${items}, up to ${limit}`,
    });
  },
});
