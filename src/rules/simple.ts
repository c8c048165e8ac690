import * as z from 'zod/mini';
import type { Sourced } from '../shapes/provenance.js';
import count from './kinds/count.js';
import leaderRelative from './kinds/leader-relative.js';
import levels from './kinds/levels.js';
import linear from './kinds/linear.js';
import penalty from './kinds/penalty.js';
import proportional from './kinds/proportional.js';
import steps from './kinds/steps.js';
import weightedShare from './kinds/weighted-share.js';
import yesNo from './kinds/yes-no.js';
import type { Reference, RuleKind } from './rule.js';

/** Rule kinds that score one indicator. A new one is one file in kinds/ and one line here. */
export const simpleKinds: readonly RuleKind[] = [
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

/** A parsed rule of any kind; its own file knows the rest of its shape. */
export interface AnyRule {
  kind: string;
  against?: Reference | undefined;
  target?: Sourced | undefined;
  parts?: readonly { input: string; rule?: AnyRule }[];
}

/** One zod shape for all the given kinds, told apart by `kind`. */
export function shapeOfKinds(kinds: readonly RuleKind[]): z.ZodMiniType<AnyRule> {
  return z.lazy(() => z.discriminatedUnion('kind', kinds.map((k) => k.shape()) as never)) as never;
}

/** The kind a parsed rule names. Throws when there is none (a bug: the shape has checked it). */
export function kindNamed(kinds: readonly RuleKind[], name: string): RuleKind {
  const kind = kinds.find((k) => k.kind === name);
  if (!kind) throw new Error(`no rule kind ${name}`);
  return kind;
}
