import * as z from 'zod/mini';
import { issue } from '../../diagnostics/from-zod.js';
import { provenanceKeys, type Sourced, sourced } from '../../shapes/provenance.js';
import { strictMap } from '../../shapes/scalars.js';
import { thresholdQuantity } from '../against.js';
import { checkDue, dueKeys } from '../due.js';
import { buildLine, constant, through } from '../line.js';
import { checkNumber, type NumberKeys, numberKeys, numberText, overNumber } from '../number.js';
import {
  datedQuantityShape,
  defineRule,
  type Numerals,
  pointsOf,
  pointsShape,
  type Quantity,
  type RuleContext,
  type RulePoints,
} from '../rule.js';

interface Linear extends NumberKeys {
  kind: 'linear';
  quantity: Quantity;
  knots: { at: Sourced; points: RulePoints }[];
  before?: RulePoints | undefined;
  after?: RulePoints | undefined;
}

/** `0% → 0; 50% → 1`, with what holds outside when it is given, and the language's words for what is between. */
function knotsText(rule: Linear, between: string, context: RuleContext, n: Numerals): string {
  const points = (given: RulePoints) => n.number(pointsOf(given, context));
  const knots = rule.knots.map((k) => ({
    at: n.value(k.at.value, thresholdQuantity(rule, rule.quantity)),
    points: points(k.points),
  }));
  return [
    ...(rule.before ? [`< ${knots[0]!.at} → ${points(rule.before)}`] : []),
    ...knots.map((k) => `${k.at} → ${k.points}`),
    ...(rule.after ? [`> ${knots.at(-1)!.at} → ${points(rule.after)}`] : []),
    between,
  ].join('; ');
}

/** Straight lines between given knots; outside them the end knot's points, or those that are given. */
export default defineRule<Linear>({
  kind: 'linear',
  shape: () =>
    strictMap({
      kind: z.literal('linear'),
      quantity: z._default(datedQuantityShape(), 'percent'),
      knots: z.array(strictMap({ at: sourced(), points: pointsShape() })).check(z.minLength(2)),
      before: z.optional(pointsShape()),
      after: z.optional(pointsShape()),
      ...dueKeys(),
      ...numberKeys(),
      ...provenanceKeys(),
    })
      .check(checkDue)
      .check(checkNumber)
      .check((ctx) => {
        ctx.value.knots.forEach((knot, i) => {
          const next = ctx.value.knots[i + 1];
          if (next && knot.at.value.compare(next.at.value) >= 0) {
            const params = { before: knot.at.value.toString(), after: next.at.value.toString() };
            ctx.issues.push(issue('order-of-knots', params, next, ['knots', i + 1, 'at']));
          }
        });
      }),
  compile: (rule, context) => {
    const knots = rule.knots.map((k) => ({ x: k.at.value, y: pointsOf(k.points, context) }));
    const first = knots[0]!;
    const last = knots.at(-1)!;
    const before = constant(rule.before ? pointsOf(rule.before, context) : first.y);
    const after = constant(rule.after ? pointsOf(rule.after, context) : last.y);
    const line = buildLine(
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
    return overNumber(line, rule.quantity, rule, context);
  },
  words: (rule, language, context, n) => {
    const between = language === 'vi' ? 'ở giữa: nội suy' : 'between: interpolated';
    return numberText(rule, language, context, n, knotsText(rule, between, context, n));
  },
});
