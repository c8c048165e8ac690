import * as z from 'zod/mini';
import type { Fraction } from '../exact/fraction.js';
import { provenanceKeys, type Sourced, sourced } from '../shapes/provenance.js';
import { type Bilingual, bilingual, closed, someText } from '../shapes/scalars.js';
import { defineRule, type Input, type Numerals, type RuleContext } from './rule.js';
import { type AnyRule, kindNamed, shapeOfKinds, simpleKinds } from './simple.js';

interface Part {
  input: string;
  name: Bilingual;
  max?: Sourced | undefined;
  rule: AnyRule;
}

interface Words {
  vi: string;
  en: string;
}

function partContext(part: Part, context: RuleContext): RuleContext {
  return part.max ? { max: part.max.value } : context;
}

/** The compiled indicators of each part, named after the part. */
function compileParts(parts: readonly Part[], context: RuleContext): Input[] {
  return parts.flatMap((part) => {
    const inner = kindNamed(simpleKinds, part.rule.kind).compile(part.rule, partContext(part, context));
    return inner.inputs.map((input): Input => ({ ...input, key: part.input, name: part.name }));
  });
}

/** A rule kind that combines sub-rules of one criterion, each with its own indicator. */
export function combinedKind(kind: 'sum' | 'min', joiner: Words) {
  const words =
    (language: keyof Words) =>
    (rule: { parts: Part[]; floor?: Sourced; cap?: Sourced }, context: RuleContext, n: Numerals) => {
      const parts = rule.parts.map((part) => {
        const inner = kindNamed(simpleKinds, part.rule.kind);
        return `${n.pick(part.name)}: ${inner.words[language](part.rule, partContext(part, context), n)}`;
      });
      return parts.join(` ${joiner[language]} `);
    };
  return defineRule({
    kind,
    shape: () =>
      closed({
        kind: z.literal(kind),
        parts: z
          .array(
            closed({
              input: someText,
              name: bilingual,
              max: z.optional(sourced()),
              rule: shapeOfKinds(simpleKinds),
            }),
          )
          .check(z.minLength(2)),
        floor: z.optional(sourced()),
        cap: z.optional(sourced()),
        ...provenanceKeys(),
      }) as unknown as z.ZodMiniType<{ kind: 'sum' | 'min'; parts: Part[]; floor?: Sourced; cap?: Sourced }>,
    compile: (rule, context) => ({
      inputs: compileParts(rule.parts, context),
      combine: kind,
      floor: rule.floor?.value ?? null,
      cap: rule.cap?.value ?? (context.max as Fraction),
    }),
    words: { vi: words('vi'), en: words('en') },
  });
}
