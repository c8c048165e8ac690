import * as z from 'zod/mini';
import { issue } from '../../diagnostics/from-zod.js';
import { Fraction, HUNDRED, ZERO } from '../../exact/fraction.js';
import { provenanceKeys, Sourced, sourced } from '../../shapes/provenance.js';
import { closed } from '../../shapes/scalars.js';
import { buildLine, constant } from '../line.js';
import { rangeShape } from '../range.js';
import {
  defineRule,
  pointsOf,
  pointsShape,
  quantityShape,
  type RuleContext,
  type RulePoints,
} from '../rule.js';
import { overNumber } from '../single.js';

const underFloor = (rule: { below_floor?: RulePoints | undefined }, context: RuleContext) =>
  rule.below_floor ? pointsOf(rule.below_floor, context) : ZERO;

/** max × value ÷ target, capped at max; under an optional floor a fixed number of points. */
export default defineRule({
  kind: 'proportional',
  shape: () =>
    closed({
      kind: z.literal('proportional'),
      quantity: z._default(quantityShape(), 'percent'),
      target: z._default(sourced(), () => new Sourced(HUNDRED, undefined)),
      floor: z.optional(sourced()),
      below_floor: z.optional(pointsShape()),
      range: rangeShape(),
      ...provenanceKeys(),
    }).check((ctx) => {
      const { target, floor } = ctx.value;
      if (target.value.compare(ZERO) <= 0) {
        ctx.issues.push(
          issue('out-of-range', { found: target.value.toString(), min: 0 }, target, ['target']),
        );
      }
      if (floor && floor.value.compare(target.value) > 0) {
        ctx.issues.push(issue('bad-bounds', { found: 'floor > target' }, floor, ['floor']));
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
    return overNumber(line, rule.quantity, rule.range);
  },
  words: {
    vi: (rule, context, n) =>
      [
        `≥ ${n.value(rule.target.value, rule.quantity)} → ${n.number(context.max)}`,
        `dưới mức này: theo tỷ lệ`,
        ...(rule.floor
          ? [`< ${n.value(rule.floor.value, rule.quantity)} → ${n.number(underFloor(rule, context))}`]
          : []),
      ].join('; '),
    en: (rule, context, n) =>
      [
        `≥ ${n.value(rule.target.value, rule.quantity)} → ${n.number(context.max)}`,
        `below that: pro rata`,
        ...(rule.floor
          ? [`< ${n.value(rule.floor.value, rule.quantity)} → ${n.number(underFloor(rule, context))}`]
          : []),
      ].join('; '),
  },
});
