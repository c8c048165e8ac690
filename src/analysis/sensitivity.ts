import type { Catalogue } from '../catalogue/catalogue.js';
import { Fraction, toNumber } from '../exact/fraction.js';
import { type Points, pointsToFraction, roundToPoints } from '../exact/points.js';
import { NO_MOVES, placeInLeague, type Rank } from '../ranking/place.js';
import type { Rivals } from '../ranking/rivals.js';
import { leagueScore, placeResult } from '../ranking/standings.js';
import type { Reading } from '../reading/reading.js';
import { marginalGain } from '../rules/next.js';
import { nearestReaching } from '../rules/reach.js';
import type { CriterionResult, ReadingResult } from '../scoring/result.js';
import { score } from '../scoring/score.js';
import { type Assumption, withMax } from './assume.js';
import { startOf } from './start.js';

/** What one criterion could give back, and what it would take. */
export interface Lever {
  row: CriterionResult;
  /** Points that a full repair earns; while unknown, the whole range. */
  recoverable: Points;
  /** Points per unit of the indicator where it stands; null off a slope or when unknown. */
  marginal: Fraction | null;
  /** Places gained on average per unit of the indicator where it stands; null off a slope or without a league. */
  marginalPlaces: number | null;
  /** Places gained on average by a full repair; null without a league. */
  places: number | null;
  /** What this criterion alone must reach for the next place. */
  breakEven: BreakEven | null;
  /** Recoverable points and break-even at each end of an assumed maximum that varies. */
  range: { from: RangeEnd; to: RangeEnd } | null;
}

export type BreakEven =
  | { form: 'value'; value: Fraction }
  | { form: 'level'; index: number }
  | { form: 'cannot' };

/** What an assumed maximum gives at one end of its range. */
export interface RangeEnd {
  recoverable: Points;
  breakEven: BreakEven | null;
}

interface OwnerLever {
  owner: string;
  recoverable: Points;
  places: number | null;
  criteria: string[];
}

export interface Sensitivity {
  result: ReadingResult;
  rank: Rank | null;
  /** Points for the next place: past the next known rival, or one place on average; null when first. */
  nextPlace: Points | null;
  levers: Lever[];
  owners: OwnerLever[];
  /** Pairs that gain the next place together, and neither alone. */
  pairs: [string, string][];
}

/** Points that a full repair of a criterion earns. */
function recoverable(row: CriterionResult): Points {
  if (row.status === 'unknown') return row.best - row.worst;
  return Math.max(0, row.deduction ?? 0);
}

/** What matters most: recoverable points and places by criterion and owner, break-evens, and open assumptions. */
export function sensitivity(
  reading: Reading,
  catalogue: Catalogue,
  rivals: Rivals | null,
  assumptions: readonly Assumption[] = [],
): Sensitivity {
  const result = score(reading, catalogue);
  const rank = rivals && placeResult(rivals, result);
  const nextPlace = rivals && rank ? pointsToNextPlace(result, rivals, rank) : null;
  const placesFor = (gain: Points): number | null => {
    const now = rivals && leagueScore(result, rivals.league.scale).score;
    if (!rivals || !now || rank?.mean == null) return null;
    const after = placeInLeague(rivals, now.add(leagueGain(gain, result, rivals)), NO_MOVES);
    return after.mean === null ? null : rank.mean - after.mean;
  };
  // One point more, on the league's scale, over the points of a place: places per point just above the score.
  const perPoint =
    rivals && rank?.pointsPerPlace
      ? toNumber(leagueGain(10 ** catalogue.decimals, result, rivals)) / rank.pointsPerPlace
      : null;
  const marginalPlaces = (row: CriterionResult) => {
    const slope = marginalOf(row);
    return slope && perPoint !== null ? toNumber(slope) * perPoint : null;
  };
  const levers = result.criteria.map(
    (row): Lever => ({
      row,
      recoverable: recoverable(row),
      marginal: marginalOf(row),
      marginalPlaces: marginalPlaces(row),
      places: recoverable(row) > 0 ? placesFor(recoverable(row)) : null,
      breakEven:
        nextPlace === null || row.points === null ? null : breakEven(row, nextPlace, catalogue.decimals),
      range: rangeOf(reading, catalogue, row, assumptions, nextPlace),
    }),
  );
  levers.sort((p, q) => q.recoverable - p.recoverable);
  const owners = result.owners
    .map(({ owner, criteria }): OwnerLever => {
      const own = levers.filter((l) => l.row.criterion.owners.includes(owner));
      const sum = own.reduce((s, l) => s + l.recoverable, 0);
      return { owner, recoverable: sum, places: sum > 0 ? placesFor(sum) : null, criteria };
    })
    .sort((p, q) => q.recoverable - p.recoverable);
  return {
    result,
    rank,
    nextPlace,
    levers,
    owners,
    pairs: nextPlace === null ? [] : pairsFor(levers, nextPlace),
  };
}

/** A gain in points on the league's scale. */
function leagueGain(gain: Points, { total, catalogue }: ReadingResult, { league }: Rivals): Fraction {
  const full = pointsToFraction(total.applicableMax, catalogue.decimals);
  return pointsToFraction(gain, catalogue.decimals).mul(league.scale).div(full);
}

/** Least gain that passes the next known rival at the printed precision, or is worth one place on average. */
function pointsToNextPlace(result: ReadingResult, rivals: Rivals, rank: Rank): Points | null {
  const { decimals } = result.catalogue;
  const now = leagueScore(result, rivals.league.scale).score;
  if (!now || rank.worst === 1) return null;
  const back = pointsToFraction(result.total.applicableMax, decimals).div(rivals.league.scale);
  if (rank.pointsPerPlace !== null) {
    return Math.ceil(rank.pointsPerPlace * toNumber(back) * 10 ** decimals - 1e-9);
  }
  const next = rank.above[0];
  if (!next) return null;
  // At a table's precision the next printed score passes; among exact scores any more does.
  const step = new Fraction(1n, 10n ** BigInt(rivals.league.exact ? decimals : rivals.league.decimals));
  const half = rivals.league.exact ? step : step.div(2);
  const need = next.score.add(half).sub(now).mul(back);
  const rounded = roundToPoints(need, decimals);
  return pointsToFraction(rounded, decimals).compare(need) < 0 ? rounded + 1 : rounded;
}

function marginalOf(row: CriterionResult): Fraction | null {
  const [input, ...more] = row.criterion.compiled.inputs;
  if (!input || more.length > 0 || input.form !== 'line') return null;
  if (row.status !== 'scored' && row.status !== 'deducted') return null;
  const slope = marginalGain(input.line, startOf(row, 0));
  return slope.n === 0n ? null : slope;
}

function breakEven(row: CriterionResult, need: Points, decimals: number): BreakEven | null {
  const [input, ...more] = row.criterion.compiled.inputs;
  const target = row.points! + need;
  if (!input || more.length > 0 || row.status === 'not_applicable') return null;
  if (recoverable(row) < need) return { form: 'cannot' };
  if (input.form === 'table') {
    const index = input.levels.findIndex((l) => roundToPoints(l.points, decimals) >= target);
    return index < 0 ? { form: 'cannot' } : { form: 'level', index };
  }
  const whole = input.quantity === 'count';
  const value = nearestReaching(input.line, startOf(row, 0), target, decimals, input.range, whole);
  return value ? { form: 'value', value } : { form: 'cannot' };
}

function rangeOf(
  reading: Reading,
  catalogue: Catalogue,
  row: CriterionResult,
  assumptions: readonly Assumption[],
  nextPlace: Points | null,
): Lever['range'] {
  const open = assumptions.find((a) => a.id === row.criterion.id);
  if (!open) return null;
  const at = (max: Fraction): RangeEnd => {
    const varied = score(reading, withMax(catalogue, open.id, max));
    const end = varied.criteria.find((c) => c.criterion.id === open.id)!;
    const known = nextPlace !== null && end.points !== null;
    return {
      recoverable: recoverable(end),
      breakEven: known ? breakEven(end, nextPlace, catalogue.decimals) : null,
    };
  };
  return { from: at(open.from), to: at(open.to) };
}

function pairsFor(levers: readonly Lever[], need: Points): [string, string][] {
  const short = levers.filter((l) => l.recoverable > 0 && l.recoverable < need);
  return short.flatMap((p, i) =>
    short
      .slice(i + 1)
      .filter((q) => p.recoverable + q.recoverable >= need)
      .map((q): [string, string] => [p.row.criterion.id, q.row.criterion.id]),
  );
}
