import type { Criterion } from '../catalogue/catalogue.js';
import { pointsToFraction } from '../exact/points.js';
import type { Entry } from '../reading/reading.js';
import { compileRule } from '../rules/index.js';

/** The criterion as it stands for one unit: a rule that looks at the unit's target or the group's leader is compiled with them. */
export function specialise(criterion: Criterion, entry: Entry | null, decimals: number): Criterion {
  if (!criterion.relative || !entry || (!entry.target && !entry.leader)) return criterion;
  const unit = { target: entry.target, leader: entry.leader?.value ?? null };
  return {
    ...criterion,
    compiled: compileRule(criterion.rule, { max: pointsToFraction(criterion.max, decimals), unit }),
  };
}
