import * as z from 'zod/mini';
import { issue } from '../../diagnostics/from-zod.js';
import { type Fraction, ZERO } from '../../exact/fraction.js';
import { positive, provenanceKeys, Sourced } from '../../shapes/provenance.js';
import { strictMap } from '../../shapes/scalars.js';
import { byCases, perKeys, perText } from '../counts.js';
import { checkNumber, numberKeys, numberText, overNumber, rangeOf } from '../number.js';
import { defineRule, type Numerals, pointsShape, type RuleContext } from '../rule.js';
import { checkTiers, compileTiers, tierShape, tiersText } from '../tiers.js';

const NOTHING = new Sourced(ZERO, undefined);

/** The most that items can earn: what the rule says, else the maximum. */
const mostOf = (rule: { most?: Sourced | undefined }, { max }: RuleContext): Fraction =>
  rule.most?.value ?? max;

function itemsText(
  rule: { per_item?: Sourced | undefined; per?: Sourced | undefined; most?: Sourced | undefined },
  language: 'vi' | 'en',
  context: RuleContext,
  n: Numerals,
): string {
  const each = n.number(rule.per_item?.value ?? ZERO);
  const most = n.number(mostOf(rule, context));
  const items = perText(rule.per, 'item', language, n);
  return language === 'vi'
    ? `${each} điểm mỗi ${items}, tối đa ${most}`
    : `${each} per ${items}, up to ${most}`;
}

/** So many items → points: `per_item` (for every `per` items) up to `most` or the maximum, or tiers by number. */
export default defineRule({
  kind: 'count',
  shape: () =>
    strictMap({
      kind: z.literal('count'),
      per_item: z.optional(positive()),
      ...perKeys(),
      tiers: z.optional(z.array(tierShape()).check(z.minLength(1))),
      otherwise: z._default(pointsShape(), () => NOTHING),
      ...numberKeys(),
      ...provenanceKeys(),
    })
      .check((ctx) => {
        const { per_item, tiers, per, most } = ctx.value;
        const way = tiers && per ? 'per' : tiers && most ? 'most' : 'per_item';
        if (!per_item === !tiers || way !== 'per_item')
          ctx.issues.push(issue('choose-one', { keys: [way, 'tiers'] }, ctx.value));
        if (tiers) checkTiers(ctx, tiers, rangeOf('count', ctx.value.range));
      })
      .check(checkNumber),
  compile: (rule, context) => {
    const range = rangeOf('count', rule.range);
    const each = rule.per_item?.value ?? ZERO;
    const line = rule.tiers
      ? compileTiers(rule.tiers, rule.otherwise, context, range)
      : byCases(ZERO, each, rule.per, mostOf(rule, context));
    return overNumber(line, 'count', rule, context);
  },
  words: (rule, language, context, n) =>
    numberText(rule, language, context, n, said(rule, language, context, n)),
});

type Said = Parameters<typeof itemsText>[0] & Partial<Parameters<typeof tiersText>[0]>;

const said = (rule: Said, language: 'vi' | 'en', context: RuleContext, n: Numerals): string =>
  rule.tiers
    ? tiersText(
        { ...rule, tiers: rule.tiers, otherwise: rule.otherwise ?? NOTHING },
        'count',
        language,
        context,
        n,
      )
    : itemsText(rule, language, context, n);
