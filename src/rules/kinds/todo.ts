import * as z from 'zod/mini';
import { provenanceKeys } from '../../shapes/provenance.js';
import { bilingual, strictMap } from '../../shapes/scalars.js';
import { defineRule } from '../rule.js';

/** A rule that is not understood yet: the decision's own words, and no points until someone reads them. */
export default defineRule({
  kind: 'todo',
  shape: () => strictMap({ kind: z.literal('todo'), words: bilingual, ...provenanceKeys() }),
  compile: (_rule, { max }) => ({ inputs: [], combine: 'sum', floor: null, cap: max, todo: true }),
  words: (rule, language, _context, n) =>
    `${language === 'vi' ? 'chưa rõ cách tính' : 'not understood yet'}: ${n.pick(rule.words)}`,
});
