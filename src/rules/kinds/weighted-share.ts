import { HUNDRED, ZERO } from '../../values/fraction.js';
import { issue } from '../../values/from-zod.js';
import { sourced } from '../../values/provenance.js';
import { bilingual, listOf, nonEmptyText, strictMap } from '../../values/scalars.js';
import { buildLine, clampLine } from '../line.js';
import { rangeOf, single, whenNoneOf, whenNoneShape, whenNoneText } from '../number.js';
import { defineRule } from '../rule.js';

/** (Σ weight × part) ÷ total × max: parts of a whole that count in full or in part. */
export default defineRule({
  kind: 'weighted_share',
  keys: () => ({
    total: bilingual,
    parts: listOf(strictMap({ key: nonEmptyText, name: bilingual, weight: sourced() })).check((ctx) => {
      // A table of readings names the total beside the parts.
      const taken = new Set(['total']);
      ctx.value.forEach(({ key, weight: { value } }, i) => {
        if (taken.has(key)) ctx.issues.push(issue('duplicate-id', { id: key }, ctx.value, [i, 'key']));
        if (value.s < 0n) {
          const params = { value: value.toString(), min: 0 };
          ctx.issues.push(issue('out-of-range', params, ctx.value, [i, 'weight']));
        }
        taken.add(key);
      });
    }),
    when_none: whenNoneShape(),
  }),
  compile: (rule, context) => {
    const rate = buildLine([], () => ({ a: ZERO, b: context.max.div(HUNDRED) }));
    const parts = rule.parts.map((p) => ({ ...p, weight: p.weight.value }));
    const share = { total: rule.total, parts };
    const quantity = 'percent';
    const line = clampLine(rate, ZERO, context.max);
    const range = rangeOf(quantity, undefined);
    return single({ form: 'line', line, quantity, range, share }, whenNoneOf(rule.when_none, context));
  },
  words: (rule, n) => {
    const parts = rule.parts.map((p) => `${n.pick(p.name)} × ${n.number(p.weight.value)}`);
    const share = `(${parts.join(' + ')}) ÷ ${n.pick(rule.total)} × ${n.number(n.max)}`;
    return `${share}${whenNoneText(rule.when_none, n)}`;
  },
});
