import * as z from 'zod/mini';
import { issue } from '../../values/from-zod.js';
import { sourced } from '../../values/provenance.js';
import { listOf, strictMap } from '../../values/scalars.js';
import { thresholdQuantity } from '../against.js';
import { buildLine, constant, through } from '../line.js';
import { numberRule } from '../number.js';
import { datedQuantityShape, pointsOf, pointsShape } from '../rule.js';

const BETWEEN = { vi: 'ở giữa: nội suy', en: 'between: interpolated' };

/** Straight lines between given knots; outside them the end knot's points, or those that are given. */
export default numberRule({
  kind: 'linear',
  dated: true,
  keys: () => ({
    quantity: z._default(datedQuantityShape(), 'percent'),
    knots: listOf(strictMap({ at: sourced(), points: pointsShape() }), 2),
    before: z.optional(pointsShape()),
    after: z.optional(pointsShape()),
  }),
  check: (ctx) => {
    ctx.value.knots.forEach((knot, i) => {
      const next = ctx.value.knots[i + 1];
      if (next && knot.at.value.compare(next.at.value) >= 0) {
        const params = { before: knot.at.value.toString(), after: next.at.value.toString() };
        ctx.issues.push(issue('order-of-knots', params, next, ['knots', i + 1, 'at']));
      }
    });
  },
  line: (rule, context) => {
    const knots = rule.knots.map((k) => ({ x: k.at.value, y: pointsOf(k.points, context) }));
    const before = constant(rule.before ? pointsOf(rule.before, context) : knots[0]!.y);
    const after = constant(rule.after ? pointsOf(rule.after, context) : knots.at(-1)!.y);
    return buildLine(
      knots.map((k) => k.x),
      (_, region) => {
        if (region === 0) return before;
        if (region === 2 * knots.length) return after;
        // The k-th knot is region 2k + 1; the line that ends in it begins in the knot before.
        const k = Math.max(1, region >> 1);
        const [left, right] = [knots[k - 1]!, knots[k]!];
        return through(left.x, left.y, right.x, right.y);
      },
    );
  },
  words: (rule, n) => {
    const measured = thresholdQuantity(rule, rule.quantity);
    const ends = rule.knots.map((k) => n.value(k.at.value, measured));
    return [
      ...(rule.before ? [`< ${ends[0]} → ${n.points(rule.before)}`] : []),
      ...rule.knots.map((k, i) => `${ends[i]} → ${n.points(k.points)}`),
      ...(rule.after ? [`> ${ends.at(-1)} → ${n.points(rule.after)}`] : []),
      n.pick(BETWEEN),
    ].join('; ');
  },
});
