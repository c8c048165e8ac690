import * as z from 'zod/mini';
import { HUNDRED, ZERO } from '../../values/fraction.js';
import { issue } from '../../values/from-zod.js';
import { positive, Sourced, sourced } from '../../values/provenance.js';
import { thresholdQuantity } from '../against.js';
import { buildLine, constant } from '../line.js';
import { numberRule } from '../number.js';
import { NOTHING, pointsOf, pointsShape, quantityShape } from '../rule.js';

const BELOW = { vi: 'dưới mức này: theo tỷ lệ', en: 'below that: pro rata' };

/** max × value ÷ target, capped at max; under an optional floor a fixed number of points. */
export default numberRule({
  kind: 'proportional',
  keys: () => ({
    quantity: z._default(quantityShape(), 'percent'),
    target: z._default(positive(), () => new Sourced(HUNDRED, undefined)),
    floor: z.optional(sourced()),
    below_floor: z.optional(pointsShape()),
  }),
  check: (ctx) => {
    const { target, floor } = ctx.value;
    if (floor && floor.value.compare(target.value) > 0)
      ctx.issues.push(issue('bad-bounds', { value: 'floor > target' }, floor, ['floor']));
  },
  line: ({ target: { value: target }, floor, below_floor = NOTHING }, context) => {
    const from = floor?.value ?? ZERO;
    const below = constant(floor ? pointsOf(below_floor, context) : ZERO);
    const rate = { a: ZERO, b: context.max.div(target) };
    return buildLine([from, target], (x) => {
      if (x.compare(target) >= 0) return constant(context.max);
      return x.compare(from) < 0 ? below : rate;
    });
  },
  words: (rule, n) => {
    const value = (end: Sourced) => n.value(end.value, thresholdQuantity(rule, rule.quantity));
    const { target, floor, below_floor = NOTHING } = rule;
    const under = floor ? [`< ${value(floor)} → ${n.points(below_floor)}`] : [];
    return [`≥ ${value(target)} → ${n.number(n.max)}`, n.pick(BELOW), ...under].join('; ');
  },
});
