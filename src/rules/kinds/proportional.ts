import * as z from 'zod/mini';
import { issue } from '../../diagnostics/from-zod.js';
import { Fraction, HUNDRED, ZERO } from '../../exact/fraction.js';
import { positive, provenanceKeys, Sourced, sourced } from '../../shapes/provenance.js';
import { strictMap } from '../../shapes/scalars.js';
import { thresholdQuantity } from '../against.js';
import { buildLine, constant } from '../line.js';
import { checkNumber, type NumberKeys, numberKeys, numberText, overNumber } from '../number.js';
import {
  defineRule,
  type Numerals,
  pointsOf,
  pointsShape,
  type Quantity,
  quantityShape,
  type RuleContext,
  type RulePoints,
} from '../rule.js';

interface Proportional extends NumberKeys {
  kind: 'proportional';
  quantity: Quantity;
  target: Sourced;
  floor?: Sourced | undefined;
  below_floor?: RulePoints | undefined;
}

const underFloor = (rule: Proportional, context: RuleContext) =>
  rule.below_floor ? pointsOf(rule.below_floor, context) : ZERO;

/** `≥ 85% → 1`, the language's words for what is below, and what a floor earns below it. */
function rateText(rule: Proportional, below: string, context: RuleContext, n: Numerals): string {
  const measured = thresholdQuantity(rule, rule.quantity);
  const value = (end: Sourced) => n.value(end.value, measured);
  const floor = rule.floor ? [`< ${value(rule.floor)} → ${n.number(underFloor(rule, context))}`] : [];
  return [`≥ ${value(rule.target)} → ${n.number(context.max)}`, below, ...floor].join('; ');
}

/** max × value ÷ target, capped at max; under an optional floor a fixed number of points. */
export default defineRule<Proportional>({
  kind: 'proportional',
  shape: () =>
    strictMap({
      kind: z.literal('proportional'),
      quantity: z._default(quantityShape(), 'percent'),
      target: z._default(positive(), () => new Sourced(HUNDRED, undefined)),
      floor: z.optional(sourced()),
      below_floor: z.optional(pointsShape()),
      ...numberKeys(),
      ...provenanceKeys(),
    })
      .check(checkNumber)
      .check((ctx) => {
        const { target, floor } = ctx.value;
        if (floor && floor.value.compare(target.value) > 0) {
          ctx.issues.push(issue('bad-bounds', { value: 'floor > target' }, floor, ['floor']));
        }
      }),
  compile: (rule, context) => {
    const target = rule.target.value;
    const floor = rule.floor?.value ?? ZERO;
    const below = rule.floor ? underFloor(rule, context) : ZERO;
    const rate = { a: new Fraction(0), b: context.max.div(target) };
    const line = buildLine([floor, target], (x) => {
      if (x.compare(target) >= 0) return constant(context.max);
      return x.compare(floor) < 0 ? constant(below) : rate;
    });
    return overNumber(line, rule.quantity, rule, context);
  },
  words: (rule, language, context, n) => {
    const below = language === 'vi' ? 'dưới mức này: theo tỷ lệ' : 'below that: pro rata';
    return numberText(rule, language, context, n, rateText(rule, below, context, n));
  },
});
