import * as z from 'zod/mini';
import { type Fraction, ZERO } from '../../values/fraction.js';
import { positive, type Sourced, sourced } from '../../values/provenance.js';
import { byCases, perKeys, perText } from '../counts.js';
import { numberRule } from '../number.js';
import { pointsOf, pointsShape, type RulePoints } from '../rule.js';

interface Limits {
  start: RulePoints;
  most?: Sourced | undefined;
  floor?: Sourced | undefined;
}

/** Where it starts, and the most that is lost: what the rule says, down to its floor; null when nothing ends it. */
function limitsOf(rule: Limits, of: { max: Fraction }): { start: Fraction; lost: Fraction | null } {
  const start = pointsOf(rule.start, of);
  // A rule that starts at 0 takes from the score, and a floor of 0 would leave it without effect.
  const floor = rule.floor?.value ?? (rule.most || start.compare(ZERO) <= 0 ? null : ZERO);
  const room = floor && start.sub(floor);
  const most = rule.most?.value ?? null;
  return { start, lost: room && most && most.compare(room) < 0 ? most : (room ?? most) };
}

/**
 * Starts at `start` and loses `per_case` for each case (for every whole `per` cases), by `most` points at most, and
 * never below `floor` (which may be negative).
 */
export default numberRule({
  kind: 'penalty',
  dated: true,
  keys: () => ({
    quantity: z._default(z.enum(['count', 'date']), 'count'),
    start: z._default(pointsShape(), 'max'),
    per_case: positive(),
    ...perKeys(),
    floor: z.optional(sourced()),
  }),
  line: (rule, context) => {
    const { start, lost } = limitsOf(rule, context);
    return byCases(start, rule.per_case.value.neg(), rule.per, lost);
  },
  words: (rule, n) => {
    const { start, lost } = limitsOf(rule, n);
    const [from, each] = [n.number(start), n.number(rule.per_case.value)];
    const cases = perText(rule.per, rule.quantity === 'date' ? 'day' : 'case', n);
    const least = lost && n.number(start.sub(lost));
    return n.pick({
      vi: `${from}, trừ ${each} mỗi ${cases}${least === null ? '' : `, thấp nhất ${least}`}`,
      en: `${from}, less ${each} per ${cases}${least === null ? '' : `, not below ${least}`}`,
    });
  },
});
