import * as z from 'zod/mini';
import { Fraction, ZERO } from '../../values/fraction.js';
import { issue } from '../../values/from-zod.js';
import { Sourced, sourced } from '../../values/provenance.js';
import { buildLine, constant, through } from '../line.js';
import { overNumber, rangeShape } from '../number.js';
import { defineRule, quantityShape } from '../rule.js';

const HALF = new Fraction(1, 2);
const share = (rule: { at_target: Sourced }, { max }: { max: Fraction }) => max.mul(rule.at_target.value);

/**
 * Part of the maximum for reaching the unit's target, pro rata below it; above it the rest by the distance to
 * the group's leader, who has the maximum. The reading gives the target and the leader's value.
 */
export default defineRule({
  kind: 'leader_relative',
  relative: true,
  keys: () => ({
    quantity: z._default(quantityShape(), 'number'),
    target: z.optional(sourced()),
    at_target: z
      ._default(sourced(), () => new Sourced(HALF, undefined))
      .check((ctx) => {
        const { value } = ctx.value;
        if (value.s < 0n || value.compare(1) > 0)
          ctx.issues.push(issue('out-of-range', { value: value.toString(), min: 0, max: 1 }, ctx.value));
      }),
    range: rangeShape(),
  }),
  compile: (rule, context) => {
    const reached = share(rule, context);
    // Without a unit and its target the rule is drawn in targets: 1 reaches it, and the leader stands at 2.
    const aim = context.unit?.target ?? rule.target?.value ?? null;
    const target = aim ?? new Fraction(1);
    const leader = aim && context.unit ? context.unit.leader : target.mul(2);
    const below = target.n === 0n ? constant(reached) : { a: ZERO, b: reached.div(target) };
    const line = buildLine([ZERO, target, ...(leader ? [leader] : [])], (x) => {
      if (x.compare(ZERO) < 0) return constant(ZERO);
      if (x.compare(target) < 0) return below;
      if (!leader) return constant(reached);
      return x.compare(leader) >= 0 ? constant(context.max) : through(target, reached, leader, context.max);
    });
    const limits = { ...rule.range, min: rule.range?.min ?? ZERO };
    return overNumber(line, rule.quantity, { range: limits }, context, leader ? null : context.max);
  },
  words: (rule, n) => {
    const [reached, all] = [n.number(share(rule, n)), n.number(n.max)];
    return n.pick({
      vi: `đạt chỉ tiêu → ${reached}; dưới chỉ tiêu: theo tỷ lệ; trên chỉ tiêu: theo khoảng cách tới đơn vị dẫn đầu (${all})`,
      en: `target reached → ${reached}; below it: pro rata; above it: by the distance to the leader (${all})`,
    });
  },
});
