import * as z from 'zod/mini';
import { ZERO } from '../../exact/fraction.js';
import { provenanceKeys, Sourced, sourced } from '../../shapes/provenance.js';
import { closed } from '../../shapes/scalars.js';
import { buildLine, clampLine } from '../line.js';
import { rangeShape } from '../range.js';
import { defineRule, pointsOf, pointsShape } from '../rule.js';
import { overNumber } from '../single.js';

/** Starts at `start` and loses `per_case` for each case, never below `floor` (which may be negative). */
export default defineRule({
  kind: 'penalty',
  shape: () =>
    closed({
      kind: z.literal('penalty'),
      start: z._default(pointsShape(), 'max'),
      per_case: sourced(),
      floor: z._default(sourced(), () => new Sourced(ZERO, undefined)),
      range: rangeShape(),
      ...provenanceKeys(),
    }),
  compile: (rule, context) => {
    const start = pointsOf(rule.start, context);
    const falling = buildLine([], () => ({ a: start, b: rule.per_case.value.neg() }));
    const line = clampLine(falling, rule.floor.value, start);
    return overNumber(line, 'count', rule.range);
  },
  words: {
    vi: (rule, context, n) =>
      `${n.number(pointsOf(rule.start, context))}, trừ ${n.number(rule.per_case.value)} mỗi trường hợp, thấp nhất ${n.number(rule.floor.value)}`,
    en: (rule, context, n) =>
      `${n.number(pointsOf(rule.start, context))}, less ${n.number(rule.per_case.value)} per case, not below ${n.number(rule.floor.value)}`,
  },
});
