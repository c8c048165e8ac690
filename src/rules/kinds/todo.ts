import { bilingual } from '../../values/scalars.js';
import { defineRule } from '../rule.js';

const NOT_UNDERSTOOD = { vi: 'chưa rõ cách tính', en: 'not understood yet' };

/** A rule that is not understood yet: the decision's own words, and no points until someone reads them. */
export default defineRule({
  kind: 'todo',
  keys: () => ({ words: bilingual }),
  compile: (_rule, { max }) => ({ inputs: [], combine: 'sum', floor: null, cap: max, todo: true }),
  words: (rule, n) => `${n.pick(NOT_UNDERSTOOD)}: ${n.pick(rule.words)}`,
});
