import type { Catalogue, Criterion } from '../catalogue/catalogue.js';
import type { Entry, Reading } from '../reading/reading.js';
import { forUnit, withRequired } from './conditions.js';
import { scoreCriterion } from './criterion.js';
import type { Basis, CriterionResult, FieldResult, OwnerResult, ReadingResult } from './result.js';
import { byField, subtotal, totalOf } from './totals.js';

export { scoreCriterion } from './criterion.js';
export { anyApplies, indexOf, moved, pointsAddUp } from './totals.js';

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

function resultOf(
  { unit, code, year }: Reading,
  catalogue: Catalogue,
  criteria: CriterionResult[],
): ReadingResult {
  let fields: FieldResult[] | null = null;
  let owners: OwnerResult[] | null = null;
  return {
    unit,
    code,
    year,
    catalogue,
    criteria,
    // A ranking of ten thousand units, and a change that is tried out, ask for the total alone.
    get fields() {
      fields ??= byField(catalogue, criteria);
      return fields;
    },
    get owners() {
      owners ??= byOwner(catalogue, criteria);
      return owners;
    },
    total: totalOf(catalogue, criteria),
    basis: basis(catalogue, criteria),
  };
}

/** One criterion as it counts for a unit of the reading's kind, before what it requires of others. */
export const scoreFor = (
  criterion: Criterion,
  entry: Entry | null,
  { kind }: Pick<Reading, 'kind'>,
  catalogue: Catalogue,
): CriterionResult => forUnit(scoreCriterion(criterion, entry, catalogue), kind);

const rowOf = (criterion: Criterion, reading: Reading, catalogue: Catalogue): CriterionResult =>
  scoreFor(criterion, reading.entries.get(criterion.id) ?? null, reading, catalogue);

/** Each criterion with its points, as the unit's kind and what it requires of others let it count. */
function rowsOf(reading: Reading, catalogue: Catalogue): CriterionResult[] {
  const alone = catalogue.criteria.map((c) => rowOf(c, reading, catalogue));
  if (catalogue.criteria.every((c) => c.requires.length === 0)) return alone;
  const byId = new Map(alone.map((row) => [row.criterion.id, row]));
  return alone.map((row) => withRequired(row, (id) => byId.get(id)));
}

/** A criterion with several leads counts under each of them. */
function byOwner(catalogue: Catalogue, criteria: readonly CriterionResult[]): OwnerResult[] {
  const led = new Map<string, CriterionResult[]>();
  for (const row of criteria)
    for (const owner of row.criterion.owners) {
      const ofOwner = led.get(owner);
      if (ofOwner) ofOwner.push(row);
      else led.set(owner, [row]);
    }
  return catalogue.owners.flatMap((owner) => {
    const ofOwner = led.get(owner.id);
    if (!ofOwner) return [];
    return [{ owner: owner.id, criteria: ofOwner.map((c) => c.criterion.id), ...subtotal(ofOwner) }];
  });
}

function basis(catalogue: Catalogue, criteria: readonly CriterionResult[]): Basis {
  const sums: Basis = { stated: 0, inferred: 0, assumed: 0 };
  for (const c of criteria) sums[c.provenance] += c.points ?? 0;
  if (catalogue.notListed) sums[catalogue.notListed.provenance.kind] += catalogue.notListed.max;
  return sums;
}
