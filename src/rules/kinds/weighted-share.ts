import * as z from 'zod/mini';
import { Fraction, HUNDRED, ZERO } from '../../exact/fraction.js';
import { provenanceKeys, type Sourced, sourced } from '../../shapes/provenance.js';
import { type Bilingual, bilingual, closed, someText } from '../../shapes/scalars.js';
import { buildLine, clampLine } from '../line.js';
import { SHARE_RANGE } from '../range.js';
import { defineRule, type Numerals, type RuleContext } from '../rule.js';
import { single } from '../single.js';

interface WeightedShare {
  kind: 'weighted_share';
  total: Bilingual;
  parts: { key: string; name: Bilingual; weight: Sourced }[];
}

function shareText(rule: WeightedShare, context: RuleContext, n: Numerals): string {
  const parts = rule.parts.map((p) => `${n.pick(p.name)} × ${n.number(p.weight.value)}`);
  return `(${parts.join(' + ')}) ÷ ${n.pick(rule.total)} × ${n.number(context.max)}`;
}

/** (Σ weight × part) ÷ total × max: parts of a whole that count in full or in part. */
export default defineRule<WeightedShare>({
  kind: 'weighted_share',
  shape: () =>
    closed({
      kind: z.literal('weighted_share'),
      total: bilingual,
      parts: z.array(closed({ key: someText, name: bilingual, weight: sourced() })).check(z.minLength(1)),
      ...provenanceKeys(),
    }),
  compile: (rule, context) => {
    const rate = buildLine([], () => ({ a: new Fraction(0), b: context.max.div(HUNDRED) }));
    return single({
      form: 'line',
      line: clampLine(rate, ZERO, context.max),
      quantity: 'percent',
      range: SHARE_RANGE,
      share: {
        total: rule.total,
        parts: rule.parts.map((p) => ({ key: p.key, name: p.name, weight: p.weight.value })),
      },
    });
  },
  words: { vi: shareText, en: shareText },
});
