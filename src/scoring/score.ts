import type { Catalogue } from '../catalogue/catalogue.js';
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
export function score(reading: Reading, catalogue: Catalogue): ReadingResult {
  const criteria = rowsOf(reading, catalogue);
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

/** Each criterion with its points, as the unit's kind and what it requires of others let it count. */
function rowsOf(reading: Reading, catalogue: Catalogue): CriterionResult[] {
  const alone = catalogue.criteria.map((c) =>
    forUnit(scoreCriterion(c, reading.entries.get(c.id) ?? null, catalogue), reading),
  );
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
