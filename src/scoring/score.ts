import type { Catalogue, Criterion, Requires } from '../catalogue/catalogue.js';
import { isForKind } from '../catalogue/select.js';
import { type Entry, type Reading, standingAt } from '../reading/reading.js';
import type { Implied } from '../rules/inverse.js';
import { holds, type Interval, intersect, sameInterval } from '../rules/line.js';
import { lazy } from '../values/scalars.js';
import { greatest, least } from '../values/search.js';
import { scoreCriterion } from './criterion.js';
import { type CriterionResult, givenAt, type OwnerResult, type ReadingResult, type Total } from './result.js';
import { basisOf, byField, sumsInScore, totalAfter, totalOf } from './totals.js';

export { scoreCriterion } from './criterion.js';
export { anyApplies, indexOf, pointsAddUp, totalAfter } from './totals.js';

/**
 * Scores a reading under its catalogue: points per criterion, rounded once, then exact sums by field,
 * by owner and in all. A criterion without a value is unknown, and the score an interval.
 */
export const score = (reading: Reading, catalogue: Catalogue): ReadingResult =>
  resultOf(
    reading,
    catalogue,
    withConditions(catalogue.criteria.map((c) => scoreFor(c, standingAt(reading, c.id), reading, catalogue))),
  );

/** Scores again a reading of the same unit, whose entries are others for some criteria. */
export function rescore(
  reading: Reading,
  before: ReadingResult,
  entryOf: (row: CriterionResult) => Entry | null,
): ReadingResult {
  const { criteria, total } = rescoreTotal(reading, before, entryOf);
  return resultOf(reading, before.catalogue, criteria, total);
}

/** The criteria and the total of `rescore` alone, for the many changes that are tried. */
export function rescoreTotal(
  reading: Reading,
  before: ReadingResult,
  entryOf: (row: CriterionResult) => Entry | null,
): Pick<ReadingResult, 'catalogue' | 'criteria' | 'total'> {
  const { catalogue, criteria } = before;
  const rows = criteria.map((row, i) => {
    const entry = entryOf(row);
    // What it requires of others may come to be so, or cease to.
    if (entry === row.entry && row.criterion.requires.length === 0) return row;
    return scoreFor(catalogue.criteria[i]!, entry, reading, catalogue);
  });
  const counted = withConditions(rows);
  return { catalogue, criteria: counted, total: totalAfter(before, counted) };
}

function resultOf(
  { unit, code, year }: Reading,
  catalogue: Catalogue,
  criteria: CriterionResult[],
  total: Total = totalOf(catalogue, criteria),
): ReadingResult {
  // A ranking of ten thousand units, and a change that is tried out, ask for the total alone.
  const fields = lazy(() => byField(catalogue, criteria));
  const owners = lazy(() => byOwner(catalogue, criteria));
  const basis = lazy(() => basisOf(catalogue, criteria));
  return {
    unit,
    code,
    year,
    catalogue,
    criteria,
    get fields() {
      return fields();
    },
    get owners() {
      return owners();
    },
    total,
    get basis() {
      return basis();
    },
  };
}

/** One criterion as it counts for a unit of the reading's kind, before what it requires of others. */
export const scoreFor = (
  criterion: Criterion,
  entry: Entry | null,
  { kind }: Pick<Reading, 'kind'>,
  catalogue: Catalogue,
): CriterionResult => forUnit(scoreCriterion(criterion, entry, catalogue), kind);

/** Criteria as what they require of others lets them count. */
function withConditions(rows: CriterionResult[]): CriterionResult[] {
  if (rows.every(({ criterion }) => criterion.requires.length === 0)) return rows;
  const byId = new Map(rows.map((row) => [row.criterion.id, row]));
  return rows.map((row) => withRequired(row, (id) => byId.get(id)));
}

/** Whether a criterion is what another requires; null while its value does not tell. */
export function isMet(required: Requires, row: CriterionResult): boolean | null {
  // What is accepted, or does not arise, is no reason to take points elsewhere.
  if (row.status === 'exempt' || row.status === 'not_applicable' || row.status === 'other_unit') return true;
  const value = givenAt(row, required.input);
  const { test } = required;
  if (value?.form === 'none') return true;
  if (test.form === 'level') {
    if (value?.form === 'level') return value.index === test.index;
    return impliedMeets(row.implied, null, test.index, row.criterion);
  }
  if (value?.form === 'number') return holds(test.interval, value.x);
  return impliedMeets(row.implied, test.interval, -1, row.criterion);
}

/** Whether every value, or none, that published points imply is what is required; null for some. */
function impliedMeets(
  implied: Implied | null,
  interval: Interval | null,
  index: number,
  { compiled }: Criterion,
): boolean | null {
  if (implied?.form === 'levels') {
    const input = compiled.inputs[0];
    const wanted = input?.form === 'table' ? input.levels[index]?.level.vi : undefined;
    const fits = implied.levels.map((l) => l.level.vi === wanted);
    return fits.every(Boolean) ? true : fits.some(Boolean) ? null : false;
  }
  if (implied?.form !== 'interval' || !interval) return null;
  const parts = implied.intervals.map((i) => intersect(i, interval));
  if (parts.every((p) => p === null)) return false;
  return parts.every((p, i) => p !== null && sameInterval(p, implied.intervals[i]!)) ? true : null;
}

/**
 * The criterion as it counts for the unit: other kinds of unit have it in full, or not at all. What does not say its
 * kind is scored as it is given.
 */
function forUnit(row: CriterionResult, kind: string | null): CriterionResult {
  const { criterion } = row;
  if (isForKind(criterion, kind)) return row;
  if (criterion.units?.otherwise === 'not_applicable') return leftOutOf(row);
  const points = criterion.max;
  const full = { points, worst: points, best: points, max: points, deduction: 0, exact: null };
  return { ...row, ...full, status: 'other_unit', provenance: criterion.maxProvenance.kind };
}

/** The criterion as one that is not applicable: it leaves the score and the maximum. */
export const leftOutOf = (row: CriterionResult): CriterionResult => ({
  ...row,
  status: 'not_applicable',
  ...{ points: 0, deduction: 0, max: 0, worst: 0, best: 0, exact: null },
});

/**
 * The criterion as it counts when it requires something of others: of several that are not met the first counts. Published
 * and accepted points stay.
 */
function withRequired(
  row: CriterionResult,
  rowOf: (id: string) => CriterionResult | undefined,
): CriterionResult {
  const { requires } = row.criterion;
  if (requires.length === 0 || (row.status !== 'scored' && row.status !== 'unknown')) return row;
  const tests = requires.map((required) => {
    const other = rowOf(required.criterion);
    return { ...required, met: other ? isMet(required, other) : null };
  });
  const failed = tests.findIndex((t) => t.met === false);
  // Those that may be the first not to be met.
  const lacking = tests.slice(0, failed < 0 ? undefined : failed + 1).filter((t) => t.met !== true);
  const [first] = lacking;
  if (!first) return { ...row, condition: { criterion: requires[0]!.criterion, met: true } };
  if (failed >= 0 && lacking.every((t) => t.otherwise === first.otherwise)) {
    const { otherwise, criterion } = tests[failed]!;
    const condition = { criterion, met: false };
    if (otherwise === 'not_applicable') return { ...leftOutOf(row), condition };
    const amounts = { points: otherwise, worst: otherwise, best: otherwise, exact: null };
    return { ...row, ...amounts, deduction: row.max - otherwise, status: 'condition_failed', condition };
  }
  const mayHave = lacking.map((t) => (t.otherwise === 'not_applicable' ? 0 : t.otherwise));
  const bounds = {
    worst: least(failed < 0 ? [row.worst, ...mayHave] : mayHave),
    best: greatest(failed < 0 ? [row.best, ...mayHave] : mayHave),
  };
  const condition = { criterion: first.criterion, met: null };
  return { ...row, ...bounds, status: 'unknown', points: null, deduction: null, exact: null, condition };
}

/** What criteria are of the score by lead unit; one with several leads counts under each of them. */
function byOwner(catalogue: Catalogue, criteria: readonly CriterionResult[]): OwnerResult[] {
  const sums = sumsInScore(catalogue, criteria);
  return catalogue.owners.flatMap(({ id: owner }) => {
    const led = criteria.filter(({ criterion }) => criterion.owners.includes(owner));
    return led.length === 0 ? [] : [{ owner, criteria: led.map((row) => row.criterion.id), ...sums(led) }];
  });
}
