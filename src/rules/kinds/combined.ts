import * as z from 'zod/mini';
import { Fraction, lesser } from '../../values/fraction.js';
import { issue } from '../../values/from-zod.js';
import { sourced } from '../../values/provenance.js';
import { type Bilingual, bilingual, listOf, nonEmptyText, strictMap } from '../../values/scalars.js';
import { combineLines } from '../line.js';
import { whenNoneOf, whenNoneShape, whenNoneText } from '../number.js';
import {
  defineRule,
  type Input,
  kindNamed,
  type RuleContext,
  type RuleKind,
  ruleNumerals,
  shapeOfKinds,
} from '../rule.js';

const partShape = (kinds: readonly RuleKind[]) =>
  strictMap({
    input: nonEmptyText,
    name: bilingual,
    max: z.optional(sourced()),
    when_none: whenNoneShape(),
    rule: shapeOfKinds(kinds),
  });

type Part = z.output<ReturnType<typeof partShape>>;

function partContext(part: Part, context: RuleContext): RuleContext {
  return { ...context, ...(part.max && { max: part.max.value }), part: part.input };
}

/** The compiled indicators of each part, named after the part; parts that share an input are one indicator. */
function compileParts(
  parts: readonly Part[],
  kinds: readonly RuleKind[],
  how: 'sum' | 'min',
  context: RuleContext,
): Input[] {
  const inputs: Input[] = [];
  for (const part of parts) {
    const ofPart = partContext(part, context);
    const { inputs: inner } = kindNamed(kinds, part.rule.kind).compile(part.rule, ofPart);
    for (const compiled of inner) {
      const input: Input = {
        ...compiled,
        key: part.input,
        name: part.name,
        whenNone: whenNoneOf(part.when_none, ofPart) ?? compiled.whenNone,
        max: part.max?.value ?? null,
      };
      const at = inputs.findIndex((i) => i.key === input.key);
      if (at < 0) inputs.push(input);
      else inputs[at] = joined(inputs[at]!, input, how);
    }
  }
  return inputs;
}

/** Two parts over one input, as one indicator. */
function joined(one: Input, q: Input, how: 'sum' | 'min'): Input {
  const p: Input = { ...one, name: bothNames(one.name, q.name) };
  const join = how === 'sum' ? (a: Fraction, b: Fraction) => a.add(b) : lesser;
  const whenNone =
    p.whenNone instanceof Fraction && q.whenNone instanceof Fraction
      ? join(p.whenNone, q.whenNone)
      : (p.whenNone ?? q.whenNone);
  const max = p.max && q.max ? join(p.max, q.max) : null;
  if (p.form === 'line' && q.form === 'line')
    return { ...p, whenNone, max, line: combineLines([p.line, q.line], how) };
  if (p.form === 'table' && q.form === 'table') {
    const levels = p.levels.map((l, i) => ({
      ...l,
      points: join(l.points, q.levels[i]?.points ?? l.points),
    }));
    return { ...p, whenNone, max, levels };
  }
  return p;
}

const bothNames = (p: Bilingual | null, q: Bilingual | null): Bilingual | null => {
  if (!p || !q) return p ?? q;
  return { vi: `${p.vi}, ${q.vi}`, ...((p.en ?? q.en) && { en: `${p.en ?? p.vi}, ${q.en ?? q.vi}` }) };
};

/** Inputs that several parts share while the parts measure different things. */
function misshared(parts: readonly Part[], kinds: readonly RuleKind[]): number[] {
  const measured = (part: Part): string => {
    const context = { max: new Fraction(1), part: part.input };
    const [input] = kindNamed(kinds, part.rule.kind).compile(part.rule, context).inputs;
    if (!input) return '';
    return input.form === 'table'
      ? input.levels.map((l) => l.level.vi).join('|')
      : JSON.stringify([
          input.quantity,
          input.share?.parts.map((p) => p.key),
          input.due,
          input.counts,
          input.against?.reference,
          input.against?.better,
        ]);
  };
  return parts.flatMap((part, i) => {
    const first = parts.find((p) => p.input === part.input)!;
    return first !== part && measured(first) !== measured(part) ? [i] : [];
  });
}

const JOINERS = {
  sum: { vi: 'cộng', en: 'plus' },
  min: { vi: 'lấy mức thấp hơn với', en: 'or, if less,' },
};

/** Adds sub-rules of the given kinds up, or takes the least of them; each has its own indicator. */
export default function combined(kind: 'sum' | 'min', kinds: readonly RuleKind[]): RuleKind {
  return defineRule({
    kind,
    keys: () => ({
      parts: listOf(partShape(kinds), 2).check((ctx) => {
        const parts: Part[] = ctx.value;
        for (const i of misshared(parts, kinds))
          ctx.issues.push(issue('input-shared', { key: parts[i]!.input }, ctx.value, [i, 'input']));
        const relative = parts.filter((p) => kindNamed(kinds, p.rule.kind).relative);
        for (const { input } of relative.filter((p) => p.input !== relative[0]?.input))
          ctx.issues.push(issue('one-relative-part', { key: input }, ctx.value));
        parts.forEach(({ input, max, when_none, rule }, i) => {
          const leaves = [when_none, (rule as Partial<Part>).when_none].includes('not_applicable');
          if (leaves && kind === 'sum' && !max)
            ctx.issues.push(issue('part-needs-max', { key: input }, ctx.value, [i]));
        });
      }),
      floor: z.optional(sourced()),
      cap: z.optional(sourced()),
    }),
    compile: (rule, context) => ({
      inputs: compileParts(rule.parts, kinds, kind, context),
      combine: kind,
      floor: rule.floor?.value ?? null,
      cap: rule.cap?.value ?? context.max,
    }),
    words: (rule, n) => {
      const parts = rule.parts.map((part) => {
        const ofPart = ruleNumerals(n, part.max?.value ?? n.max);
        const words = kindNamed(kinds, part.rule.kind).words(part.rule, ofPart);
        return `${n.pick(part.name)}: ${words}${whenNoneText(part.when_none, ofPart)}`;
      });
      return parts.join(`; ${n.pick(JOINERS[kind])} `);
    },
  });
}
