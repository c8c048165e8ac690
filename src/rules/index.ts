import type { Fraction } from '../exact/fraction.js';
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

/**
 * The indicator whose points depend on the unit's target and the group's leader, by the name of its part (null where
 * the rule has but one), and the target that the scheme sets for all units, if it does; null when there is none.
 */
export function targeted(rule: AnyRule): { key: string | null; common: Fraction | null } | null {
  if (kindNamed(ruleKinds, rule.kind).relative) return { key: null, common: rule.target?.value ?? null };
  const part = (rule.parts ?? []).find((p) => p.rule && targeted(p.rule));
  const inner = part?.rule && targeted(part.rule);
  return part && inner ? { key: part.input, common: inner.common } : null;
}

/** The rule in words, in one language, with its numbers printed by `numerals`. */
export function ruleWords(
  rule: AnyRule,
  context: RuleContext,
  language: 'vi' | 'en',
  numerals: Numerals,
): string {
  return kindNamed(ruleKinds, rule.kind).words(rule, language, context, numerals);
}
