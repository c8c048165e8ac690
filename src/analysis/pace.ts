import type { Catalogue } from '../catalogue/catalogue.js';
import type { Rivals } from '../ranking/rivals.js';
import { percentOf } from '../reading/number.js';
import type { Entry, Ratio, Reading } from '../reading/reading.js';
import { nearestBest, nextThreshold, topOf } from '../rules/inverse.js';
import { evaluate, type Interval, type Line } from '../rules/line.js';
import { isUnheld } from '../scoring/criterion.js';
import type { CriterionResult } from '../scoring/result.js';
import { type Day, dayOf, daysIn } from '../values/calendar.js';
import { Fraction, HUNDRED, ZERO } from '../values/fraction.js';
import type { Points } from '../values/points.js';
import { type Position, positionAfter, positionOf } from './gain.js';

/**
 * How a goal stands: sure even if nothing more is done; met if things go on as they do; within reach; or no
 * longer.
 */
type GoalState = 'secured' | 'on_pace' | 'within_reach' | 'out_of_reach';

/** A rate to end the year at. */
export interface Goal {
  kind: 'next' | 'target';
  /** Percent, and the points it gives. */
  value: Fraction;
  points: Points | null;
  /** Whether the rate is to be at least there, or at most. */
  side: 'at_least' | 'at_most';
  /** Percent of what is still to come, at least or at most; null when nothing more comes. */
  needed: Fraction | null;
  /** Cases still to be done for it, and how many a month; null when nothing more comes, and 0 once it is secured. */
  more: Fraction | null;
  perMonth: Fraction | null;
  /** Cases that may still go wrong: it is lost with the next one. Null for a plan, and where it is lost or secured. */
  spare: number | null;
  /** Which case that went wrong lost it; null for a plan, and while it is not lost. */
  lostWith: number | null;
  state: GoalState;
  /** The first day on which even doing all the rest comes too late, if things go on as they do. */
  lostFrom: Day | null;
}

/** One indicator's year so far and where it leads. */
export interface PaceRow {
  row: CriterionResult;
  /** Whether the total is what has come so far, or the year's plan. */
  basis: 'flow' | 'plan';
  done: Fraction;
  total: Fraction;
  /** The year's volume, and whether the reading gives it; otherwise it goes on evenly. */
  expected: Fraction;
  expectedGiven: boolean;
  /** How many months, from January on, the counts are made of; 0 where they are given whole. */
  monthsGiven: number;
  /** Percent to date, of the last three months when months are given, and where the year ends; null while nothing has come. */
  rate: Fraction | null;
  recent: Fraction | null;
  ends: Fraction | null;
  endPoints: Points | null;
  goals: Goal[];
  /** Percent to date after each month given. */
  history: Fraction[];
}

export interface Pace {
  asOf: Day;
  now: Position;
  /** The reading with every counted rate where it ends. */
  projected: Position;
  /** Whether it is the last day, so that nothing more comes. */
  yearOver: boolean;
  rows: PaceRow[];
  /** Criteria without counts, to which a pace does not apply. */
  without: string[];
}

const RECENT = 3;

/**
 * Year-to-date counts carried to the end of the year. `targets` are wanted rates by criterion; without one
 * the target is the easiest rate with the most points. The day must lie in the reading's year.
 */
export function pace(
  reading: Reading,
  catalogue: Catalogue,
  asOf: Day,
  targets: ReadonlyMap<string, Fraction> = new Map(),
  rivals: Rivals | null = null,
): Pace {
  const now = positionOf(reading, catalogue, rivals);
  const rows = now.result.criteria.flatMap((row) => paceRow(now, row, asOf, targets) ?? []);
  const byId = new Map(rows.map((r) => [r.row.criterion.id, r]));
  const ends = [...byId].flatMap(([id, { row, ends }]) => (ends ? [[id, endingAt(row, ends)] as const] : []));
  return {
    asOf,
    now,
    projected: positionAfter(now, new Map(ends)),
    rows,
    yearOver: asOf.day >= daysIn(reading.year),
    without: now.result.criteria.map((r) => r.criterion.id).filter((id) => !byId.has(id)),
  };
}

/** A criterion's entry with the rate at which its year ends. */
const endingAt = (row: CriterionResult, x: Fraction): Entry => ({
  ...row.entry!,
  value: { inputs: [{ form: 'number', x }], ratio: null },
  deducted: null,
  provenance: 'inferred',
});

function paceRow(
  now: Position,
  row: CriterionResult,
  asOf: Day,
  targets: ReadonlyMap<string, Fraction>,
): PaceRow | null {
  const { year } = now.reading;
  const input = row.criterion.compiled.inputs[0];
  const volume = row.entry?.volume ?? null;
  const ratio = row.value?.ratio ?? (volume?.none && row.status === 'unknown' ? NOTHING : null);
  if (!ratio || !input || input.form !== 'line' || row.criterion.compiled.inputs.length > 1) return null;
  const { done, total } = ratio;
  const basis = volume?.plan ? 'plan' : row.criterion.basis;
  const [elapsed, days] = [asOf.day, daysIn(year)];
  // What nothing came of has no pace, unless some is still expected.
  if (total.n === 0n && (!volume?.none || elapsed >= days)) return null;
  if (row.status === 'not_applicable' && total.n !== 0n) return null;
  // Full points by themselves, or a line that is not over the rate: none says what the rate earns.
  if (row.status === 'exempt' || row.status === 'other_unit' || isUnheld(row.criterion, row.entry!))
    return null;
  const left = new Fraction((days - elapsed) * MONTHS, days);
  const months = volume?.months ?? [];
  const rate = total.n === 0n ? null : percentOf(done, total);
  const seen = { done, total, elapsed, days, left, year, months };
  const ahead = (basis === 'plan' ? planAhead : flowAhead)(seen, volume?.expected ?? null);
  const { id } = row.criterion;
  const earned = (x: Fraction) => {
    const then = positionAfter(now, new Map([[id, endingAt(row, x)]]));
    return then.result.criteria.find((c) => c.criterion.id === id)?.points ?? null;
  };
  const goals = wantedRates(input, ahead.ends, targets.get(id)).map((wish) =>
    (basis === 'plan' ? planGoal : flowGoal)(wish, earned(wish.value), { ...seen, ...ahead }),
  );
  return {
    row,
    basis,
    done,
    total,
    expected: ahead.expected,
    expectedGiven: basis === 'plan' || volume?.expected != null,
    monthsGiven: months.length,
    rate,
    recent: ahead.recent,
    ends: ahead.ends,
    endPoints: ahead.ends && earned(ahead.ends),
    goals,
    history: volume && volume.history.length > 0 ? volume.history : historyOf(months, basis, total),
  };
}

const MONTHS = 12;
const NOTHING: Ratio = { done: ZERO, total: ZERO };

/** What is seen of the year so far. */
interface Seen {
  done: Fraction;
  total: Fraction;
  elapsed: number;
  days: number;
  /** Months that are left, in parts. */
  left: Fraction;
  year: number;
  months: readonly Ratio[];
}

/** Where the year ends if things go on as they do. */
interface Ahead {
  expected: Fraction;
  rest: Fraction;
  recent: Fraction | null;
  /** The rate, in percent, at which things go on; null while nothing has come. */
  on: Fraction | null;
  ends: Fraction | null;
}

const summed = (months: readonly Ratio[], key: 'done' | 'total'): Fraction =>
  months.reduce((sum, m) => sum.add(m[key]), ZERO);

/** A flow goes on as in the last three months, else as so far, until the volume expected or an even one has come. */
function flowAhead({ done, total, elapsed, days, months }: Seen, given: Fraction | null): Ahead {
  // On the last day nothing more comes, whatever volume was expected.
  const expected = elapsed >= days ? total : (given ?? total.mul(days).div(elapsed).ceil(0));
  const last = months.slice(-RECENT);
  const lastTotal = summed(last, 'total');
  const recent = lastTotal.n > 0n ? percentOf(summed(last, 'done'), lastTotal) : null;
  const rest = expected.sub(total);
  const on = recent ?? (total.n === 0n ? null : percentOf(done, total));
  const ends = on && percentOf(done.add(rest.mul(on).div(HUNDRED)), expected);
  return { expected, rest, recent, on, ends };
}

/**
 * A plan is done as fast as in the last three months, else as so far, and never beyond the whole of it: the volume
 * expected where it may still grow (problems yet to be found), else the total. Whole cases end as whole ones.
 */
function planAhead({ done, total, elapsed, days, left, months }: Seen, given: Fraction | null): Ahead {
  const expected = elapsed >= days ? total : (given ?? total);
  const last = months.slice(-RECENT);
  const aMonth =
    last.length > 0 ? summed(last, 'done').div(last.length) : done.mul(days).div(elapsed * MONTHS);
  const reached = done.add(aMonth.mul(left));
  const cases = inCases(done, expected) ? reached.floor(0) : reached;
  const ends = cases.compare(expected) > 0 ? expected : cases;
  const rest = expected.sub(done);
  const on = rest.n === 0n ? HUNDRED : percentOf(ends.sub(done), rest);
  return { expected, rest, recent: null, on, ends: percentOf(ends, expected) };
}

/** Whether what a plan counts are whole cases: none is done in part. */
const inCases = (done: Fraction, expected: Fraction): boolean => done.d === 1n && expected.d === 1n;

/** Percent to date after each month. */
function historyOf(months: readonly Ratio[], basis: 'flow' | 'plan', plan: Fraction): Fraction[] {
  return months.flatMap((_, i) => {
    const soFar = months.slice(0, i + 1);
    const of = basis === 'plan' ? plan : summed(soFar, 'total');
    return of.n > 0n ? [percentOf(summed(soFar, 'done'), of)] : [];
  });
}

/** The next rate that gains points, and the wanted one or the easiest with the most points; the easier first. */
function wantedRates(
  { line, range }: { line: Line; range: Interval },
  ends: Fraction | null,
  wanted: Fraction | undefined,
): Wish[] {
  const [low, high] = [range.lo ?? ZERO, range.hi ?? HUNDRED];
  // Where less is better the rate is to stay at most there, else to be at least there.
  const side = evaluate(line, low).compare(evaluate(line, high)) > 0 ? 'at_most' : 'at_least';
  const less = side === 'at_most';
  const target = wanted ?? nearestBest(topOf(line, range), less ? high : low) ?? ends ?? (less ? low : high);
  const next = ends && nextThreshold(line, ends, range);
  const onWay = next?.direction === (less ? 'down' : 'up') && !next.beyond && !next.value.equals(target);
  const rates: Wish[] = [{ kind: 'target', value: target, side }];
  if (onWay) rates.unshift({ kind: 'next', value: next.value, side });
  return rates.sort((p, q) => (less ? q.value.compare(p.value) : p.value.compare(q.value)));
}

type Clock = Seen & Ahead;
type Wish = Pick<Goal, 'kind' | 'value' | 'side'>;

/** To be at most at a rate is to be at least at the rest of it, in what is not counted. */
const mirrored = (clock: Clock): Clock => ({
  ...clock,
  done: clock.total.sub(clock.done),
  months: clock.months.map(({ done, total }) => ({ done: total.sub(done), total })),
  on: clock.on && HUNDRED.sub(clock.on),
});

/** A goal but for its state, of which nothing is lost. */
const goalOf = (
  wish: Wish,
  points: Points | null,
  more: Fraction | null,
  needed: Fraction | null,
  left: Fraction,
): Omit<Goal, 'state'> => ({
  ...wish,
  points,
  needed,
  more,
  perMonth: more && left.n > 0n ? more.div(left) : null,
  spare: null,
  lostWith: null,
  lostFrom: null,
});

/** A goal of a flow: cases keep coming, and each that goes wrong is lost for good. */
function flowGoal(wish: Wish, points: Points | null, given: Clock): Goal {
  const less = wish.side === 'at_most';
  const clock = less ? mirrored(given) : given;
  const { done, total, rest, expected, on, left } = clock;
  const wanted = expected.mul(less ? HUNDRED.sub(wish.value) : wish.value).div(HUNDRED);
  const allowed = expected.sub(wanted);
  const short = wanted.sub(done);
  const more = atLeastNone(short);
  const over = rest.n === 0n;
  const needed = over ? null : percentOf(short, rest);
  const goal = goalOf(wish, points, over ? null : more, needed && less ? HUNDRED.sub(needed) : needed, left);
  if (more.n === 0n) return { ...goal, state: 'secured' };
  if (!needed || needed.compare(HUNDRED) > 0)
    return {
      ...goal,
      lostWith: allowed.floor(0).valueOf() + 1,
      state: 'out_of_reach',
      lostFrom: lostSince(allowed, clock),
    };
  const spared = allowed.sub(total.sub(done));
  const spare = spared.floor(0).valueOf();
  if (on && needed.compare(on) <= 0) return { ...goal, spare, state: 'on_pace' };
  return { ...goal, spare, state: 'within_reach', lostFrom: on && lostOn(spared, on, clock) };
}

const atLeastNone = (x: Fraction) => (x.compare(ZERO) > 0 ? x : ZERO);

/** A goal of a plan: what is not done yet can be done until the year ends. Whole cases are done as a whole. */
function planGoal(wish: Wish, points: Points | null, { done, expected, rest, ends, left }: Clock): Goal {
  const less = wish.side === 'at_most';
  const exact = expected.mul(wish.value).div(HUNDRED);
  const wanted = inCases(done, expected) && !less ? exact.ceil(0) : exact;
  const over = left.n === 0n;
  const reached = done.compare(wanted);
  const more = less ? ZERO : atLeastNone(wanted.sub(done));
  const state = (): GoalState => {
    if (less ? reached > 0 : over && reached < 0) return 'out_of_reach';
    if (less ? over : reached >= 0) return 'secured';
    const side = ends!.compare(wish.value);
    return (less ? side <= 0 : side >= 0) ? 'on_pace' : 'within_reach';
  };
  const needed = over || rest.n === 0n ? null : percentOf(more, rest);
  return { ...goalOf(wish, points, over ? null : more, needed, left), state: state() };
}

/** The day on which misses that come evenly, so many from one day to another, pass those allowed. */
const dayPassed = (allowed: Fraction, missed: Fraction, from: number, to: number): number => {
  const passed = allowed.mul(to - from).div(missed);
  return from + Math.floor(passed.valueOf()) + 1;
};

/** When the misses of the rest, coming evenly at the present rate, use up those that the goal still allows. */
function lostOn(spared: Fraction, on: Fraction, { rest, elapsed, days, year }: Clock): Day | null {
  const missed = rest.mul(HUNDRED.sub(on)).div(HUNDRED);
  const day = dayPassed(spared, missed, elapsed, days);
  return day <= days ? { year, day } : null;
}

/** When the misses so far, taken as even over each month given, else over the days so far, passed those allowed. */
function lostSince(allowed: Fraction, { done, total, elapsed, year, months }: Clock): Day | null {
  const spans =
    months.length > 0
      ? months.map((m, i) => ({ ...m, from: dayOf(1, i + 1, year).day - 1, to: dayOf(31, i + 1, year).day }))
      : [{ done, total, from: 0, to: elapsed }];
  let left = allowed;
  for (const span of spans) {
    const missed = span.total.sub(span.done);
    if (missed.compare(left) > 0) {
      const day = dayPassed(left, missed, span.from, span.to);
      return { year, day: Math.max(1, Math.min(elapsed, day)) };
    }
    left = left.sub(missed);
  }
  return null;
}
