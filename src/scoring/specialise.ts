import type { Criterion } from '../catalogue/catalogue.js';
import { pointsToFraction } from '../exact/points.js';
import type { Entry } from '../reading/reading.js';
import { compileRule, targeted } from '../rules/index.js';

/** The criterion as it stands for one unit: a rule that looks at more than the unit's value is compiled with that. */
export function specialise(criterion: Criterion, entry: Entry | null, decimals: number): Criterion {
  if (!criterion.relative || !entry) return criterion;
  if (!entry.target && !entry.leader && entry.standings.size === 0) return criterion;
  const { target, standings } = entry;
  const unit = { target, leader: entry.leader?.value ?? null, standings };
  return {
    ...criterion,
    compiled: compileRule(criterion.rule, { max: pointsToFraction(criterion.max, decimals), unit }),
  };
}

/** Inputs of a criterion that are held against something not known, of one unit (specialised) or of any. */
export const openInputs = ({ compiled }: Criterion) =>
  compiled.inputs.flatMap((i) =>
    i.form === 'line' && i.against?.open ? [{ key: i.key, against: i.against }] : [],
  );

/** What a value's points wait for: the unit's target, or, beyond the target, the group's leader; null when for neither. */
export function awaited({ rule, compiled }: Criterion, entry: Entry): 'target' | 'leader' | null {
  const aimed = targeted(rule);
  const value = aimed && entry.value?.inputs[compiled.inputs.findIndex((i) => i.key === aimed.key)];
  if (!aimed || value?.form !== 'number') return null;
  const target = entry.target ?? aimed.common;
  if (!target) return 'target';
  return !entry.leader && value.x.compare(target) > 0 ? 'leader' : null;
}
