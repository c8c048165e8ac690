import type { Catalogue, Criterion } from '../catalogue/catalogue.js';
import type { Reading } from '../reading/reading.js';
import { forUnit, withRequired } from './conditions.js';
import { scoreCriterion } from './criterion.js';
import type { Basis, CriterionResult, OwnerResult, ReadingResult } from './result.js';
import { byField, subtotal, totalOf } from './totals.js';

export { scoreCriterion } from './criterion.js';
export { anyApplies, indexOf, pointsAddUp } from './totals.js';

/**
 * Scores a reading under its catalogue: points per criterion, rounded once, then exact sums by field,
 * by owner and in all. A criterion without a value is unknown, and the score an interval.
 */
export const score = (reading: Reading, catalogue: Catalogue): ReadingResult =>
  resultOf(reading, catalogue, rowsOf(reading, catalogue));

/** Scores a reading that differs from one already scored in the entries of the given criteria alone. */
export function rescore(reading: Reading, before: ReadingResult, changed: Iterable<string>): ReadingResult {
  const { catalogue } = before;
  const ids = new Set(changed);
  // What others require of a criterion may change them too.
  if (catalogue.criteria.some((c) => c.requires.length > 0)) return score(reading, catalogue);
  const rows = before.criteria.map((row, i) =>
    ids.has(row.criterion.id) ? rowOf(catalogue.criteria[i]!, reading, catalogue) : row,
  );
  return resultOf(reading, catalogue, rows);
}

function resultOf(reading: Reading, catalogue: Catalogue, criteria: CriterionResult[]): ReadingResult {
  return {
    unit: reading.unit,
    code: reading.code,
    year: reading.year,
    catalogue,
    criteria,
    fields: byField(catalogue, criteria),
    owners: byOwner(catalogue, criteria),
    total: totalOf(catalogue, criteria),
    basis: basis(catalogue, criteria),
  };
}

const rowOf = (criterion: Criterion, reading: Reading, catalogue: Catalogue): CriterionResult =>
  forUnit(scoreCriterion(criterion, reading.entries.get(criterion.id) ?? null, catalogue), reading);

/** Each criterion with its points, as the unit's kind and what it requires of others let it count. */
function rowsOf(reading: Reading, catalogue: Catalogue): CriterionResult[] {
  const alone = catalogue.criteria.map((c) => rowOf(c, reading, catalogue));
  if (catalogue.criteria.every((c) => c.requires.length === 0)) return alone;
  const byId = new Map(alone.map((row) => [row.criterion.id, row]));
  return alone.map((row) => withRequired(row, (id) => byId.get(id)));
}

/** A criterion with several leads counts under each of them. */
function byOwner(catalogue: Catalogue, criteria: readonly CriterionResult[]): OwnerResult[] {
  return catalogue.owners.flatMap((owner) => {
    const own = criteria.filter((c) => c.criterion.owners.includes(owner.id));
    if (own.length === 0) return [];
    return [{ owner: owner.id, criteria: own.map((c) => c.criterion.id), ...subtotal(own) }];
  });
}

function basis(catalogue: Catalogue, criteria: readonly CriterionResult[]): Basis {
  const sums: Basis = { stated: 0, inferred: 0, assumed: 0 };
  for (const c of criteria) sums[c.provenance] += c.points ?? 0;
  if (catalogue.notListed) sums[catalogue.notListed.provenance.kind] += catalogue.notListed.max;
  return sums;
}
