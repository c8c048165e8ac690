import type { Catalogue } from '../catalogue/catalogue.js';
import { criterionRounding } from '../catalogue/sums.js';
import { EMPTY_ENTRY, type Entry, type Measured } from '../reading/reading.js';
import { applyRule, type InputValue, isLeftOut, type Slice, sliceRule } from '../rules/apply.js';
import { nearestBest, nearestReaching, nextThreshold, roundingToAtLeast, topOf } from '../rules/inverse.js';
import { evaluate, holds, type Interval } from '../rules/line.js';
import { type Input, isWhole, type Level, type LineInput } from '../rules/rule.js';
import type { CriterionResult } from '../scoring/result.js';
import { scoreCriterion } from '../scoring/score.js';
import { Fraction, greater } from '../values/fraction.js';
import { type Points, roundToPoints } from '../values/points.js';
import { memoize } from '../values/scalars.js';

const ONE = new Fraction(1);

/** A value inside an interval: its lower end, else its upper end, moved inside where the end is open. */
function inside({ lo, loOpen, hi, hiOpen }: Interval, whole: boolean): Fraction {
  if (lo) {
    if (whole) return loOpen ? lo.floor(0).add(ONE) : lo.ceil(0);
    if (!loOpen) return lo;
    return hi ? lo.add(hi).div(2) : lo.add(ONE);
  }
  if (!hi) return new Fraction(0);
  if (whole) return hiOpen ? hi.ceil(0).sub(ONE) : hi.floor(0);
  return hiOpen ? hi.sub(ONE) : hi;
}

/**
 * Where an indicator stands: its value; else the value that a published deduction implies (a value inside the
 * interval where it implies no single one); else the low end of its range.
 */
export function currentValue(row: CriterionResult, index: number): Fraction {
  const given = row.value?.inputs[index];
  if (given?.form === 'number') return given.x;
  const input = row.criterion.compiled.inputs[index]!;
  if (input.form !== 'line') return new Fraction(0);
  const { implied } = row;
  if (implied?.form !== 'interval') return input.range.lo ?? new Fraction(0);
  return implied.at ?? inside(implied.intervals[0]!, isWhole(input.quantity));
}

/** The rule along one indicator, the others held at their values; null when one of those is unknown. */
export function sliceOf(
  { criterion, value }: Pick<CriterionResult, 'criterion' | 'value'>,
  index: number,
): Slice | null {
  const { compiled } = criterion;
  const values = value?.inputs ?? [];
  const othersGiven = compiled.inputs.every((_, i) => i === index || values[i]);
  return othersGiven ? sliceRule(compiled, values, index) : null;
}

/** The rule along an indicator that a move would change; null where points are not by the rule, or nothing arose to count. */
function openSlice(row: CriterionResult, index: number): Slice | null {
  const input = row.criterion.compiled.inputs[index]!;
  const counts = row.status === 'scored' || row.status === 'deducted';
  return counts && !isLeftOut(input, row.value?.inputs[index]) ? sliceOf(row, index) : null;
}

/** The nearest move of one indicator that earns more than the criterion has now. */
export type NextStep =
  | {
      form: 'value';
      value: Fraction;
      /** Whether the value itself still falls short, so that it must be passed, upwards or downwards. */
      beyond: boolean;
      direction: 'up' | 'down';
      points: Points;
    }
  | { form: 'level'; level: Level; points: Points };

/** The next value or level that earns more; null when none does, or while the points are unknown or given. */
export function nextStep(row: CriterionResult, index: number, catalogue: Catalogue): NextStep | null {
  const now = row.points;
  const slice = openSlice(row, index);
  if (!slice || now === null) return null;
  const { places, part } = criterionRounding(catalogue);
  const earns = (exact: Fraction) => roundToPoints(exact, places) * part;
  if (slice.form === 'table') {
    const better = slice.levels
      .map((level) => ({ form: 'level' as const, level, points: earns(level.points) }))
      .filter((l) => l.points > now);
    return better.length > 0 ? better.reduce((p, q) => (q.points < p.points ? q : p)) : null;
  }
  const from = currentValue(row, index);
  const more = roundingToAtLeast(Math.floor(now / part) + 1, places);
  const next = nextThreshold(slice.line, from, slice.range, more);
  if (!next) return null;
  const input = row.criterion.compiled.inputs[index]!;
  if (input.form !== 'line' || !isWhole(input.quantity))
    return { form: 'value', ...next, points: earns(next.points) };
  const { value, beyond, direction } = next;
  const up = direction === 'up';
  const least = up ? value.ceil(0) : value.floor(0);
  const whole = beyond && least.equals(value) ? (up ? least.add(ONE) : least.sub(ONE)) : least;
  const points = earns(evaluate(slice.line, whole));
  return points > now ? { form: 'value', value: whole, beyond: false, direction, points } : null;
}

/**
 * An indicator at one unit more (a percentage point, a case, a day) than where it stands, the others held; null where
 * that is unknown, or where its range ends before.
 */
export function oneUnitMore(row: CriterionResult, index: number): Entry | null {
  const input = row.criterion.compiled.inputs[index]!;
  const given = row.value?.inputs[index];
  const at = given?.form === 'number' ? given.x : row.implied?.form === 'interval' ? row.implied.at : null;
  if (!at || input.form !== 'line' || !openSlice(row, index)) return null;
  const more = at.add(ONE);
  if (!holds(input.range, more)) return null;
  const inputs = row.criterion.compiled.inputs.map(
    (_, i): InputValue => (i === index ? { form: 'number', x: more } : row.value!.inputs[i]!),
  );
  return measured(row, { inputs, ratio: null });
}

/** An entry of other values, under the same target, leader and references. */
function measured({ entry }: CriterionResult, value: Measured | null): Entry {
  const { target, leader, references } = entry ?? EMPTY_ENTRY;
  return { ...EMPTY_ENTRY, target, leader, references, value };
}

/** What a criterion alone must reach. */
export type Reach =
  | { form: 'value'; value: Fraction }
  | { form: 'level'; index: number }
  | { form: 'cannot' };

/** The nearest value, or the level of the fewest points, that earns at least these points; null when several indicators share them. */
export function valueReaching(row: CriterionResult, points: Points, catalogue: Catalogue): Reach | null {
  const [input, ...more] = row.criterion.compiled.inputs;
  if (!input || more.length > 0 || row.status === 'not_applicable') return null;
  const { places, part } = criterionRounding(catalogue);
  const wanted = Math.ceil(points / part);
  if (input.form === 'table') {
    const enough = input.levels.filter((l) => roundToPoints(l.points, places) >= wanted);
    const [first] = enough;
    if (!first) return { form: 'cannot' };
    const fewest = enough.reduce((p, q) => (q.points.compare(p.points) < 0 ? q : p), first);
    return { form: 'level', index: input.levels.indexOf(fewest) };
  }
  const { line, range, quantity } = input;
  const value = nearestReaching(line, currentValue(row, 0), wanted, places, range, isWhole(quantity));
  return value ? { form: 'value', value } : { form: 'cannot' };
}

/** The entry that a criterion of one indicator has where it reaches that; null where nothing is reached. */
export function entryAt(row: CriterionResult, reach: Reach): Entry | null {
  if (reach.form === 'cannot') return null;
  const input: InputValue = reach.form === 'value' ? { form: 'number', x: reach.value } : reach;
  return measured(row, { inputs: [input], ratio: null });
}

/** Full points by themselves, or none to be had. */
const SETTLED: readonly CriterionResult['status'][] = ['not_applicable', 'exempt', 'other_unit'];

/**
 * What repairs a criterion in full: an accepted explanation where the catalogue knows one, else the nearest values that
 * earn the most its rule gives. Null when nothing earns more than it has.
 */
export function fullFix(row: CriterionResult, catalogue: Catalogue): Entry | null {
  if (SETTLED.includes(row.status)) return null;
  const { exemption } = row.criterion;
  const value = exemption ? null : bestMeasured(row, catalogue.decimals);
  if (!exemption && !value) return null;
  const entry: Entry = { ...measured(row, value), exempt: exemption?.vi ?? null };
  const { points } = scoreCriterion(row.criterion, entry, catalogue);
  return points !== null && points > (row.points ?? row.worst) ? entry : null;
}

/** The smallest move of a criterion's indicators that earns the most its rule gives; null when it has none. */
export function bestMeasured(row: CriterionResult, decimals: number): Measured | null {
  const { compiled } = row.criterion;
  if (compiled.inputs.length === 0) return null;
  const inputs = compiled.inputs.map((input, i) => bestInput(input, row, i, decimals));
  if (inputs.length === 1) return { inputs, ratio: null };
  const most = applyRule(compiled, inputs, decimals);
  // What need not move stays: a cap, or the least of several, may make one move enough.
  row.value?.inputs.forEach((given, i) => {
    const kept = inputs.map((best, k) => (k === i ? given : best));
    if (applyRule(compiled, kept, decimals) >= most) inputs[i] = given;
  });
  return { inputs, ratio: null };
}

/** Worked out once: most indicators have the same line for every unit. */
const topOfInput = memoize(({ line, range }: LineInput) => topOf(line, range));

function bestInput(input: Input, row: CriterionResult, index: number, decimals: number): InputValue {
  const given = row.value?.inputs[index];
  // What is left out, for want of anything to count, stays out.
  if (given && isLeftOut(input, given)) return given;
  if (input.form === 'table') {
    const points = input.levels.map((l) => l.points);
    const top = points.reduce(greater);
    return { form: 'level', index: points.findIndex((p) => p.equals(top)) };
  }
  const { line, range, quantity } = input;
  const from = currentValue(row, index);
  const top = topOfInput(input);
  const points = roundToPoints(top.most, decimals);
  const reached = (whole: boolean) => nearestReaching(line, from, points, decimals, range, whole);
  const x = isWhole(quantity) ? reached(true) : (nearestBest(top, from) ?? reached(false));
  return { form: 'number', x: x ?? from };
}
