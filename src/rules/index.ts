import min from './kinds/min.js';
import sum from './kinds/sum.js';
import type { CompiledRule, Numerals, RuleContext, RuleKind } from './rule.js';
import { type AnyRule, kindNamed, shapeOfKinds, simpleKinds } from './simple.js';

/** Every rule kind a catalogue may use. */
export const ruleKinds: readonly RuleKind[] = [...simpleKinds, sum, min];

/** The zod shape of a rule of any kind. */
export const ruleShape = shapeOfKinds(ruleKinds);

/** Compiles a parsed rule to its lines and tables. */
export function compileRule(rule: AnyRule, context: RuleContext): CompiledRule {
  return kindNamed(ruleKinds, rule.kind).compile(rule, context);
}

/** Whether a rule's points depend on the unit's target or the group's leader. */
export const isRelative = (rule: AnyRule): boolean => kindNamed(ruleKinds, rule.kind).relative === true;

/** The rule in words, in one language, with its numbers printed by `numerals`. */
export function ruleWords(
  rule: AnyRule,
  context: RuleContext,
  language: 'vi' | 'en',
  numerals: Numerals,
): string {
  return kindNamed(ruleKinds, rule.kind).words[language](rule, context, numerals);
}
