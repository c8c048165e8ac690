import * as z from 'zod/mini';
import { NO_WORDS, YES_WORDS } from '../../values/answer.js';
import { single } from '../number.js';
import { defineRule, NOTHING, pointsOf, pointsShape } from '../rule.js';

const YES = { vi: 'Có', en: 'Yes' };
const NO = { vi: 'Không', en: 'No' };

/** Done or not done: a levels rule of two. */
export default defineRule({
  kind: 'yes_no',
  keys: () => ({ yes: z._default(pointsShape(), 'max'), no: z._default(pointsShape(), () => NOTHING) }),
  compile: (rule, context) =>
    single({
      form: 'table',
      levels: [
        { level: YES, aliases: YES_WORDS, points: pointsOf(rule.yes, context) },
        { level: NO, aliases: NO_WORDS, points: pointsOf(rule.no, context) },
      ],
    }),
  words: ({ yes, no }, n) =>
    `${n.pick(YES).toLowerCase()} → ${n.points(yes)}; ${n.pick(NO).toLowerCase()} → ${n.points(no)}`,
});
