import type { Criterion, Requires } from '../catalogue/catalogue.js';
import type { Implied } from '../rules/inverse.js';
import { holds, type Interval, intersect } from '../rules/line.js';
import type { CriterionResult } from './result.js';

/** Whether a criterion is what another requires; null while its value does not tell. */
function isMet(required: Requires, row: CriterionResult): boolean | null {
  // What is accepted, or does not arise, is no reason to take points elsewhere.
  if (row.status === 'exempt' || row.status === 'not_applicable' || row.status === 'other_unit') return true;
  const value = row.value?.inputs[required.input];
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
  return parts.every((p, i) => p !== null && sameEnds(p, implied.intervals[i]!)) ? true : null;
}

const sameEnd = (p: Interval['lo'], q: Interval['lo']) => (p && q ? p.equals(q) : p === q);
const sameEnds = (p: Interval, q: Interval) =>
  sameEnd(p.lo, q.lo) && sameEnd(p.hi, q.hi) && p.loOpen === q.loOpen && p.hiOpen === q.hiOpen;

/** Whether a criterion is scored for a unit's kind; what does not say its kind is scored as it is given. */
const isForUnit = ({ units }: Criterion, kind: string | null): boolean =>
  !units || kind === null || units.kinds.includes(kind);

/** The criterion as it counts for the unit: other kinds of unit have it in full, or not at all. */
export function forUnit(row: CriterionResult, kind: string | null): CriterionResult {
  const { criterion } = row;
  if (isForUnit(criterion, kind) || !criterion.units) return row;
  if (criterion.units.otherwise === 'not_applicable') return leftOutOf(row);
  const points = criterion.max;
  const full = { points, worst: points, best: points, max: points, deduction: 0, exact: null };
  return { ...row, ...full, status: 'other_unit', provenance: criterion.maxProvenance.kind };
}

const leftOutOf = (row: CriterionResult): CriterionResult => ({
  ...row,
  status: 'not_applicable',
  ...{ points: 0, deduction: 0, max: 0, worst: 0, best: 0, exact: null },
});

/** The criterion as it counts when it requires something of others. Published and accepted points stay. */
export function withRequired(
  row: CriterionResult,
  rowOf: (id: string) => CriterionResult | undefined,
): CriterionResult {
  const { requires } = row.criterion;
  if (requires.length === 0 || (row.status !== 'scored' && row.status !== 'unknown')) return row;
  const tests = requires.map((r) => {
    const other = rowOf(r.criterion);
    return { required: r, met: other ? isMet(r, other) : null };
  });
  const failed = tests.find((t) => t.met === false);
  if (failed) {
    const { otherwise, criterion } = failed.required;
    const condition = { criterion, met: false };
    if (otherwise === 'not_applicable') return { ...leftOutOf(row), condition };
    const known = { points: otherwise, worst: otherwise, best: otherwise, exact: null };
    return { ...row, ...known, deduction: row.max - otherwise, status: 'condition_failed', condition };
  }
  const open = tests.find((t) => t.met === null);
  if (!open) return { ...row, condition: { criterion: requires[0]!.criterion, met: true } };
  const { otherwise, criterion } = open.required;
  const least = otherwise === 'not_applicable' ? 0 : otherwise;
  const bounds = { worst: Math.min(row.worst, least), best: Math.max(row.best, least) };
  const condition = { criterion, met: null };
  return { ...row, ...bounds, status: 'unknown', points: null, deduction: null, exact: null, condition };
}
