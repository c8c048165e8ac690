import type { Catalogue, Criterion } from '../catalogue/catalogue.js';
import { roundToPoints } from '../exact/points.js';
import type { Entry } from '../reading/reading.js';
import { exactPointsOf, leftOut, ruleBounds } from '../rules/apply.js';
import { impliedBy } from '../rules/implied.js';
import type { ProvenanceKind } from '../shapes/provenance.js';
import type { CriterionResult } from './result.js';
import { awaited, openInputs, specialise } from './specialise.js';

const STRENGTH: ProvenanceKind[] = ['stated', 'inferred', 'assumed'];

/** The weakest of several provenances; `stated` for none. */
function weakest(kinds: Iterable<ProvenanceKind>): ProvenanceKind {
  let found = 0;
  for (const kind of kinds) found = Math.max(found, STRENGTH.indexOf(kind));
  return STRENGTH[found]!;
}

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
  const common = { criterion, entry, value: entry?.value ?? null, implied: null, condition: null };
  const maxKind = criterion.maxProvenance.kind;
  const ruleKinds = criterion.numbers.map((n) => n.provenance.kind);
  const given = entry ? [entry.provenance] : [];
  const scored = (
    points: number,
    status: CriterionResult['status'],
    kinds: ProvenanceKind[],
  ): CriterionResult => ({
    ...common,
    status,
    points,
    deduction: max - points,
    max,
    worst: points,
    best: points,
    exact: null,
    provenance: weakest([maxKind, ...given, ...kinds]),
  });
  const unknown = (): CriterionResult => {
    const bounds = ruleBounds(compiled, [], decimals);
    const provenance = weakest(ruleKinds);
    return {
      ...common,
      status: 'unknown',
      points: null,
      deduction: null,
      max,
      ...bounds,
      exact: null,
      provenance,
    };
  };
  if (!entry) return unknown();
  const notApplicable = (): CriterionResult => {
    const nothing = { points: 0, deduction: 0, max: 0, worst: 0, best: 0, exact: null };
    return { ...common, status: 'not_applicable', ...nothing, provenance: weakest([maxKind, ...given]) };
  };
  if (entry.notApplicable) return notApplicable();
  if (entry.exempt !== null) return scored(max, 'exempt', []);
  if (entry.deducted !== null) {
    const points = max - entry.deducted;
    return { ...scored(points, 'deducted', []), implied: impliedBy(compiled, points, decimals) };
  }
  if (!entry.value || openInputs(criterion).length > 0 || awaited(criterion, entry)) return unknown();
  const out = leftOut(compiled, entry.value.inputs);
  if (out.whole) return notApplicable();
  const places = catalogue.round.criterion;
  const exact = exactPointsOf(compiled, entry.value.inputs);
  const points = roundToPoints(exact, places ?? decimals) * 10 ** (decimals - (places ?? decimals));
  const row = { ...scored(points, 'scored', ruleKinds), exact: places === null ? exact : null };
  if (out.max.n === 0n) return row;
  const rest = max - roundToPoints(out.max, decimals);
  return { ...row, max: rest, deduction: rest - row.points! };
}
