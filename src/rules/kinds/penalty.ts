import * as z from 'zod/mini';
import { type Fraction, ZERO } from '../../exact/fraction.js';
import { positive, provenanceKeys, type Sourced, sourced } from '../../shapes/provenance.js';
import { strictMap } from '../../shapes/scalars.js';
import { byCases, perKeys, perText } from '../counts.js';
import { checkDue, dueKeys } from '../due.js';
import { checkNumber, numberKeys, numberText, overNumber } from '../number.js';
import {
  defineRule,
  type Numerals,
  pointsOf,
  pointsShape,
  type RuleContext,
  type RulePoints,
} from '../rule.js';

interface Penalty {
  quantity: 'count' | 'date';
  start: RulePoints;
  per_case: Sourced;
  per?: Sourced | undefined;
  most?: Sourced | undefined;
  floor?: Sourced | undefined;
}

/** The most that is lost: what the rule says, down to its floor; null when nothing ends it. */
function mostLost(rule: Penalty, context: RuleContext): Fraction | null {
  const start = pointsOf(rule.start, context);
  // A rule that starts at nothing takes from the score, and a floor of nothing would leave it without effect.
  const floor = rule.floor?.value ?? (rule.most || start.compare(ZERO) <= 0 ? null : ZERO);
  const room = floor && start.sub(floor);
  const most = rule.most?.value ?? null;
  if (room && most) return room.compare(most) < 0 ? room : most;
  return room ?? most;
}

function penaltyText(rule: Penalty, language: 'vi' | 'en', context: RuleContext, n: Numerals): string {
  const start = pointsOf(rule.start, context);
  const lost = mostLost(rule, context);
  const each = n.number(rule.per_case.value);
  const cases = perText(rule.per, rule.quantity === 'date' ? 'day' : 'case', language, n);
  const least = lost && n.number(start.sub(lost));
  return language === 'vi'
    ? `${n.number(start)}, trừ ${each} mỗi ${cases}${least === null ? '' : `, thấp nhất ${least}`}`
    : `${n.number(start)}, less ${each} per ${cases}${least === null ? '' : `, not below ${least}`}`;
}

/**
 * Starts at `start` and loses `per_case` for each case (for every whole `per` cases), by `most` points at most, and
 * never below `floor` (which may be negative).
 */
export default defineRule({
  kind: 'penalty',
  shape: () =>
    strictMap({
      kind: z.literal('penalty'),
      quantity: z._default(z.enum(['count', 'date']), 'count'),
      start: z._default(pointsShape(), 'max'),
      per_case: positive(),
      ...perKeys(),
      floor: z.optional(sourced()),
      ...dueKeys(),
      ...numberKeys(),
      ...provenanceKeys(),
    })
      .check(checkDue)
      .check(checkNumber),
  compile: (rule, context) => {
    const start = pointsOf(rule.start, context);
    const lost = mostLost(rule, context);
    const each = rule.per_case.value;
    return overNumber(byCases(start, each.neg(), rule.per, lost), rule.quantity, rule, context);
  },
  words: (rule, language, context, n) =>
    numberText(rule, language, context, n, penaltyText(rule, language, context, n)),
});
