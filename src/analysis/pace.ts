import type { Catalogue } from '../catalogue/catalogue.js';
import { type Day, daysIn } from '../exact/calendar.js';
import { type Fraction, HUNDRED, ZERO } from '../exact/fraction.js';
import type { Points } from '../exact/points.js';
import type { Rivals } from '../ranking/rivals.js';
import { percentOf } from '../reading/number.js';
import type { Entry, Reading } from '../reading/reading.js';
import { boundsWithin, evaluate, type Interval, type Line } from '../rules/line.js';
import { nearestBest, nextThreshold } from '../rules/next.js';
import type { CriterionResult } from '../scoring/result.js';
import { scoreCriterion } from '../scoring/score.js';
import { after, type Position, positionOf } from './gain.js';

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
  state: GoalState;
  /** The first day on which even doing all the rest comes too late, if things go on as they do. */
  lostFrom: Day | null;
}

/** One indicator's year so far and where it leads. */
export interface PaceRow {
  row: CriterionResult;
  done: Fraction;
  total: Fraction;
  /** The year's volume, and whether the reading gives it; otherwise it goes on evenly. */
  expected: Fraction;
  expectedGiven: boolean;
  /** Percent to date, of the last three months when months are given, and where the year ends. */
  rate: Fraction;
  recent: Fraction | null;
  ends: Fraction;
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
  const rows = now.result.criteria.flatMap(
    (row) => paceRow(row, reading.year, asOf, targets, catalogue) ?? [],
  );
  return {
    asOf,
    now,
    projected: after(now, new Map(rows.map((r) => [r.row.criterion.id, endingAt(r.row, r.ends)]))),
    rows,
    yearOver: asOf.day >= daysIn(reading.year),
    without: now.result.criteria
      .map((r) => r.criterion.id)
      .filter((id) => !rows.some((r) => r.row.criterion.id === id)),
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
  row: CriterionResult,
  year: number,
  asOf: Day,
  targets: ReadonlyMap<string, Fraction>,
  catalogue: Catalogue,
): PaceRow | null {
  const input = row.criterion.compiled.inputs[0];
  const ratio = row.value?.ratio;
  if (!ratio || !input || input.form !== 'line' || row.criterion.compiled.inputs.length > 1) return null;
  const { done, total } = ratio;
  if (total.n === 0n || row.status === 'not_applicable') return null;
  const volume = row.entry?.volume ?? null;
  const elapsed = asOf.day;
  const days = daysIn(year);
  // On the last day nothing more comes, whatever volume was expected.
  const evenly = total.mul(days).div(elapsed).ceil(0);
  const expected = elapsed >= days ? total : (volume?.expected ?? evenly);
  const months = volume?.months ?? [];
  const recentCounts = months.slice(-RECENT);
  const recentTotal = recentCounts.reduce((s, m) => s.add(m.total), ZERO);
  const recentDone = recentCounts.reduce((s, m) => s.add(m.done), ZERO);
  const rate = percentOf(done, total);
  const recent = recentTotal.n > 0n ? percentOf(recentDone, recentTotal) : null;
  const rest = expected.sub(total);
  const on = recent ?? rate;
  const ends = percentOf(done.add(rest.mul(on).div(HUNDRED)), expected);
  const earned = (x: Fraction) => scoreCriterion(row.criterion, endingAt(row, x), catalogue).points;
  let running = { done: ZERO, total: ZERO };
  const history = months.flatMap((m) => {
    running = { done: running.done.add(m.done), total: running.total.add(m.total) };
    return running.total.n > 0n ? [percentOf(running.done, running.total)] : [];
  });
  const clock: Clock = { done, total, rest, expected, on, elapsed, days, year };
  const goals = wantedRates(input, ends, targets.get(row.criterion.id)).map((g) =>
    goalOf(g, earned(g.value), clock),
  );
  return {
    row,
    done,
    total,
    expected,
    expectedGiven: volume?.expected != null,
    rate,
    recent,
    ends,
    endPoints: earned(ends),
    goals,
    history,
  };
}

/** The next rate that gains points, and the wanted one or the easiest with the most points; the easier first. */
function wantedRates(
  { line, range }: { line: Line; range: Interval },
  ends: Fraction,
  wanted: Fraction | undefined,
): Pick<Goal, 'kind' | 'value' | 'side'>[] {
  const [low, high] = [range.lo ?? ZERO, range.hi ?? HUNDRED];
  // Where less is better the rate is to stay at most there, else to be at least there.
  const side = evaluate(line, low).compare(evaluate(line, high)) > 0 ? 'at_most' : 'at_least';
  const less = side === 'at_most';
  const most = boundsWithin(line, range).max;
  const target = wanted ?? nearestBest(line, less ? high : low, range, most) ?? ends;
  const next = nextThreshold(line, ends, range);
  const onWay = next?.direction === (less ? 'down' : 'up') && !next.beyond && !next.value.equals(target);
  const rates = [
    ...(onWay ? [{ kind: 'next' as const, value: next.value, side } as const] : []),
    { kind: 'target' as const, value: target, side } as const,
  ];
  return rates.sort((p, q) => (less ? q.value.compare(p.value) : p.value.compare(q.value)));
}

interface Clock {
  done: Fraction;
  total: Fraction;
  rest: Fraction;
  expected: Fraction;
  /** The rate, in percent, at which things go on. */
  on: Fraction;
  elapsed: number;
  days: number;
  year: number;
}

/** To be at most at a rate is to be at least at the rest of it, in what is not counted. */
const mirrored = (clock: Clock): Clock => ({
  ...clock,
  done: clock.total.sub(clock.done),
  on: HUNDRED.sub(clock.on),
});

function goalOf(wish: Pick<Goal, 'kind' | 'value' | 'side'>, points: Points | null, given: Clock): Goal {
  const less = wish.side === 'at_most';
  const clock = less ? mirrored(given) : given;
  const { done, rest, expected, on } = clock;
  const wanted = expected.mul(less ? HUNDRED.sub(wish.value) : wish.value).div(HUNDRED);
  const needed = rest.n === 0n ? null : percentOf(wanted.sub(done), rest);
  const common = { ...wish, points, needed: needed && less ? HUNDRED.sub(needed) : needed };
  if (done.compare(wanted) >= 0) return { ...common, state: 'secured', lostFrom: null };
  if (!needed || needed.compare(HUNDRED) > 0) {
    return { ...common, state: 'out_of_reach', lostFrom: lostSince(wanted, clock) };
  }
  if (needed.compare(on) <= 0) return { ...common, state: 'on_pace', lostFrom: null };
  return { ...common, state: 'within_reach', lostFrom: lostOn(wanted, clock) };
}

/** When the misses of the rest, coming evenly at the present rate, use up those that the goal allows. */
function lostOn(
  wanted: Fraction,
  { done, total, rest, expected, on, elapsed, days, year }: Clock,
): Day | null {
  const left = expected.sub(wanted).sub(total.sub(done));
  const aDay = rest
    .div(days - elapsed)
    .mul(HUNDRED.sub(on))
    .div(HUNDRED);
  const day = elapsed + Math.floor(left.div(aDay).valueOf()) + 1;
  return day <= days ? { year, day } : null;
}

/** When the misses so far, taken as even over the days so far, passed what the goal allows. */
function lostSince(wanted: Fraction, { done, total, expected, elapsed, year }: Clock): Day | null {
  const missed = total.sub(done);
  if (missed.n === 0n) return null;
  const day = Math.floor(expected.sub(wanted).mul(elapsed).div(missed).valueOf()) + 1;
  return { year, day: Math.max(1, Math.min(elapsed, day)) };
}
