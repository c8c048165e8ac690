import type { Catalogue, Criterion } from '../catalogue/catalogue.js';
import { criterionRounding } from '../catalogue/sums.js';
import type { Entry } from '../reading/reading.js';
import { exactPointsOf, leftOut, ruleBounds } from '../rules/apply.js';
import { compileRule, targeted } from '../rules/index.js';
import { type Implied, impliedBy } from '../rules/inverse.js';
import { type Fraction, greater } from '../values/fraction.js';
import { type Points, pointsToFraction, roundToPoints } from '../values/points.js';
import type { ProvenanceKind } from '../values/provenance.js';
import type { CriterionResult } from './result.js';

/** The criterion as it stands for one unit: a rule that looks at more than the unit's value is compiled with that. */
function specialise(criterion: Criterion, entry: Entry | null, decimals: number): Criterion {
  if (!criterion.relative || !entry) return criterion;
  if (!entry.target && !entry.leader && entry.references.size === 0) return criterion;
  const { target, references } = entry;
  const unit = { target, leader: leaderOf(criterion, entry), references };
  return {
    ...criterion,
    compiled: compileRule(criterion.rule, { max: pointsToFraction(criterion.max, decimals), unit }),
  };
}

/** The value that earns the maximum: the leader's; of a group whose others are all below the target, the target. */
function leaderOf(criterion: Criterion, { leader, target }: Entry): Fraction | null {
  if (leader?.from !== 'group') return leader?.value ?? null;
  const aim = target ?? targeted(criterion.rule)?.common ?? null;
  return leader.value && aim ? greater(leader.value, aim) : (leader.value ?? aim);
}

/** Inputs of a criterion that are held against something not known, of one unit (specialised) or of any. */
export const openInputs = ({ compiled }: Criterion) =>
  compiled.inputs.flatMap((i) =>
    i.form === 'line' && i.against?.open ? [{ key: i.key, against: i.against }] : [],
  );

/** Position of the indicator that is measured by the unit's target and the leader; -1 when none is. */
export function targetedInput({ rule, compiled }: Criterion): number {
  const aimed = targeted(rule);
  return aimed ? compiled.inputs.findIndex((i) => i.key === aimed.key) : -1;
}

/** What a value's points wait for: the unit's target, or, beyond the target, the group's leader; null when for neither. */
export function missingTarget(criterion: Criterion, entry: Entry): 'target' | 'leader' | null {
  const value = entry.value?.inputs[targetedInput(criterion)];
  if (value?.form !== 'number') return null;
  const target = entry.target ?? targeted(criterion.rule)!.common;
  if (!target) return 'target';
  return !entry.leader && value.x.compare(target) > 0 ? 'leader' : null;
}

/** Whether the value of a criterion, as it stands for the unit, is held against what is not known: its line is of no value. */
export const isUnheld = (criterion: Criterion, entry: Entry): boolean =>
  criterion.relative && (openInputs(criterion).length > 0 || missingTarget(criterion, entry) !== null);

const STRENGTH: ProvenanceKind[] = ['stated', 'inferred', 'assumed'];

/** The weaker of two provenances. */
const weaker = (p: ProvenanceKind, q: ProvenanceKind) => (STRENGTH.indexOf(q) > STRENGTH.indexOf(p) ? q : p);

/**
 * Scores one criterion by itself, without what it requires of others or the kind of unit; null is a criterion
 * without an entry.
 */
export function scoreCriterion(
  general: Criterion,
  entry: Entry | null,
  catalogue: Catalogue,
): CriterionResult {
  const { decimals } = catalogue;
  const criterion = specialise(general, entry, decimals);
  const { max, compiled } = criterion;
  const byRule = (kind: ProvenanceKind) =>
    criterion.numbers.reduce((weakest, n) => weaker(weakest, n.provenance.kind), kind);
  const given = weaker(criterion.maxProvenance.kind, entry?.provenance ?? 'stated');
  // All rows have their keys in one order: a hundred thousand rows put together from parts take a gigabyte.
  const rowOf = (
    status: CriterionResult['status'],
    { points, max, worst, best }: Pick<CriterionResult, 'points' | 'max' | 'worst' | 'best'>,
    provenance: ProvenanceKind = given,
    implied: Implied | null = null,
    exact: Fraction | null = null,
  ): CriterionResult => ({
    criterion,
    status,
    entry,
    value: entry?.value ?? null,
    points,
    deduction: points === null ? null : max - points,
    max,
    worst,
    best,
    exact,
    condition: null,
    provenance,
    implied,
  });
  const certain = (points: Points, of: Points = max) => ({ points, max: of, worst: points, best: points });
  const { places, part } = criterionRounding(catalogue);
  const unknown = () =>
    rowOf('unknown', { points: null, max, ...ruleBounds(compiled, decimals, places) }, byRule('stated'));
  const notApplicable = () => rowOf('not_applicable', certain(0, 0));
  if (!entry) return unknown();
  if (entry.notApplicable) return notApplicable();
  if (entry.exempt !== null) return rowOf('exempt', certain(max));
  if (entry.deducted !== null) {
    const points = max - entry.deducted;
    return rowOf('deducted', certain(points), given, impliedBy(compiled, points / part, places));
  }
  if (!entry.value) return unknown();
  if (isUnheld(criterion, entry)) return unknown();
  const out = leftOut(compiled, entry.value.inputs);
  if (out.whole) return notApplicable();
  const exact = exactPointsOf(compiled, entry.value.inputs);
  const points = roundToPoints(exact, places) * part;
  const most = out.max.n === 0n ? max : max - roundToPoints(out.max, decimals);
  return rowOf(
    'scored',
    certain(points, most),
    byRule(given),
    null,
    catalogue.round.criterion === null ? exact : null,
  );
}
