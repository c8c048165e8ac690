import type { Fraction } from '../values/fraction.js';
import combined from './kinds/combined.js';
import count from './kinds/count.js';
import leaderRelative from './kinds/leader-relative.js';
import levels from './kinds/levels.js';
import linear from './kinds/linear.js';
import penalty from './kinds/penalty.js';
import proportional from './kinds/proportional.js';
import steps from './kinds/steps.js';
import todo from './kinds/todo.js';
import weightedShare from './kinds/weighted-share.js';
import yesNo from './kinds/yes-no.js';
import {
  type AnyRule,
  type CompiledRule,
  kindNamed,
  type Numerals,
  type RuleContext,
  type RuleKind,
  ruleNumerals,
  shapeOfKinds,
} from './rule.js';

/** Rule kinds that score one indicator, and so may be parts of a sum. A new one is one file in kinds/ and one line here. */
const simpleKinds: readonly RuleKind[] = [
  steps,
  proportional,
  linear,
  count,
  penalty,
  levels,
  yesNo,
  weightedShare,
  leaderRelative,
];

/** Every rule kind a catalogue may use. */
export const ruleKinds: readonly RuleKind[] = [
  ...simpleKinds,
  combined('sum', simpleKinds),
  combined('min', simpleKinds),
  todo,
];

/** The zod shape of a rule of any kind. */
export const ruleShape = shapeOfKinds(ruleKinds);

/** Compiles a parsed rule to its lines and tables. */
export const compileRule = (rule: AnyRule, context: RuleContext): CompiledRule =>
  kindNamed(ruleKinds, rule.kind).compile(rule, context);

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

/** The rule in words, of a maximum, in the language of `numerals`. */
export const ruleWords = (rule: AnyRule, max: Fraction, numerals: Numerals): string =>
  kindNamed(ruleKinds, rule.kind).words(rule, ruleNumerals(numerals, max));
