import min from './kinds/min.js';
import sum from './kinds/sum.js';
import todo from './kinds/todo.js';
import type { CompiledRule, Numerals, RuleContext, RuleKind } from './rule.js';
import { type AnyRule, kindNamed, shapeOfKinds, simpleKinds } from './simple.js';

/** Every rule kind a catalogue may use. */
export const ruleKinds: readonly RuleKind[] = [...simpleKinds, sum, min, todo];

/** The zod shape of a rule of any kind. */
export const ruleShape = shapeOfKinds(ruleKinds);

/** Compiles a parsed rule to its lines and tables. */
export function compileRule(rule: AnyRule, context: RuleContext): CompiledRule {
  return kindNamed(ruleKinds, rule.kind).compile(rule, context);
}

/** Whether a rule's points also depend on the unit's target or last year's value, or on the rest of its group. */
export const isRelative = (rule: AnyRule): boolean =>
  kindNamed(ruleKinds, rule.kind).relative === true ||
  rule.against !== undefined ||
  (rule.parts ?? []).some((part) => part.rule !== undefined && isRelative(part.rule));

/** The rule in words, in one language, with its numbers printed by `numerals`. */
export function ruleWords(
  rule: AnyRule,
  context: RuleContext,
  language: 'vi' | 'en',
  numerals: Numerals,
): string {
  return kindNamed(ruleKinds, rule.kind).words[language](rule, context, numerals);
}
