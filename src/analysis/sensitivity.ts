import type { Catalogue } from '../catalogue/catalogue.js';
import { findCriterion } from '../catalogue/select.js';
import { placeInLeague, type Rank } from '../ranking/place.js';
import type { Rivals } from '../ranking/rivals.js';
import { leagueScore, rivalsOfResult } from '../ranking/standings.js';
import { readNumber } from '../reading/number.js';
import { EMPTY_ENTRY, type Entry, type Reading } from '../reading/reading.js';
import { ruleBounds } from '../rules/apply.js';
import { compileRule } from '../rules/index.js';
import { holds } from '../rules/line.js';
import type { CriterionResult, ReadingResult } from '../scoring/result.js';
import { pointsAddUp } from '../scoring/score.js';
import { type Diagnostic, error } from '../values/diagnostic.js';
import { type Fraction, ZERO } from '../values/fraction.js';
import {
  exactPoints,
  type Points,
  pointsReaching,
  pointsToFraction,
  roundToPoints,
} from '../values/points.js';
import { firstWhere } from '../values/search.js';
import { entryAt, fullFix, oneUnitMore, type Reach, valueReaching } from './criterion.js';
import { among, gainOf, leversOf, type Position, positionOf } from './gain.js';

/** An assumed maximum that is let vary, `7.3.2.max=1..2`. */
export interface VariedMaximum {
  id: string;
  from: Fraction;
  to: Fraction;
}

/** Mean ranks so far apart are the same. */
const SMALLEST = 1e-9;

/**
 * Reads `ID.max=LOW..HIGH`; refuses what is not an assumed maximum of the catalogue, with the reason. Both ends are
 * above 0, at most the scheme's scale and what the criteria that it does not list leave, and no finer than its
 * points; and the reading's published loss fits in the lower.
 */
export function parseVariedMaximum(
  written: string,
  reading: Reading,
  catalogue: Catalogue,
): VariedMaximum | Diagnostic {
  const [, name, ...ends] = /^([^=]*)\.max\s*=(.*?)\.\.(.*)$/su.exec(written.trim()) ?? [];
  const bad = error('bad-assumption', { value: written });
  if (name === undefined) return bad;
  const { decimals } = catalogue;
  const range = { lo: ZERO, loOpen: true, hi: pointsToFraction(catalogue.scale, decimals), hiOpen: false };
  const read: Fraction[] = [];
  for (const end of ends) {
    const one = readNumber(end, 'points', [], range);
    if (!one.ok) return one.problem.code === 'wants-number' ? bad : one.problem;
    if (!holds(range, one.value)) return bad;
    if (exactPoints(one.value, decimals) === null)
      return error('too-precise', { value: one.value.toString(), decimals });
    read.push(one.value);
  }
  const [from, to] = read;
  if (!from || !to || from.compare(to) > 0) return bad;
  const criterion = findCriterion(catalogue, name);
  if (!('id' in criterion))
    return error('unknown-criterion', { value: name, suggestion: criterion.suggestion });
  const { kind } = criterion.maxProvenance;
  if (kind === 'stated') return error('assumption-not-open', { id: criterion.id });
  const rest = catalogue.notListed;
  const most = rest && pointsToFraction(criterion.max + rest.max, decimals);
  if (most && to.compare(most) > 0)
    return error('assumption-over-rest', {
      id: criterion.id,
      most: most.toString(),
      scale: range.hi.toString(),
    });
  const { deducted } = reading.entries.get(criterion.id) ?? EMPTY_ENTRY;
  if (deducted !== null) {
    const least = roundToPoints(from, decimals);
    const compiled = compileRule(criterion.rule, { max: from });
    if (least - deducted < ruleBounds(compiled, decimals).worst)
      return error('deduction-impossible', {
        value: pointsToFraction(deducted, decimals).toString(),
        max: from.toString(),
      });
  }
  return { id: criterion.id, from, to };
}

/** The catalogue with another maximum for one criterion; what it does not list takes up the difference. */
export function withMax(catalogue: Catalogue, id: string, max: Fraction): Catalogue {
  const points = exactPoints(max, catalogue.decimals);
  if (points === null) throw new RangeError(`a maximum of ${max.toString()} has too many decimals`);
  let difference = 0;
  const criteria = catalogue.criteria.map((c) => {
    if (c.id !== id) return c;
    difference = c.max - points;
    return { ...c, max: points, compiled: compileRule(c.rule, { max }) };
  });
  const rest = catalogue.notListed;
  return { ...catalogue, criteria, notListed: rest && { ...rest, max: rest.max + difference } };
}

/** What one criterion could give back, and what it would take. */
export interface Lever {
  row: CriterionResult;
  /** What repairs it in full; null when nothing gains. */
  fix: Entry | null;
  /** Points that a full repair earns; while unknown, the whole range. */
  recoverable: Points;
  /** Points that one unit more of the one indicator brings; null when none, or when that is unknown. */
  marginal: Points | null;
  /** Places gained on average by the same; null then, and without a league. */
  marginalPlaces: number | null;
  /** Places gained on average by a full repair; null without a league. */
  places: number | null;
  /** What this criterion alone must reach for the next place. */
  breakEven: Reach | null;
  /** Recoverable points and break-even at each end of an assumed maximum that varies. */
  range: { from: RangeEnd; to: RangeEnd } | null;
}

/** What an assumed maximum gives at one end of its range. */
export interface RangeEnd {
  recoverable: Points;
  breakEven: Reach | null;
}

interface OwnerLever {
  owner: string;
  recoverable: Points;
  /** How much of it is, whatever is still unknown. */
  sure: Points;
  places: number | null;
  criteria: string[];
}

export interface Sensitivity {
  result: ReadingResult;
  rank: Rank | null;
  /** Points for the next place: past the next known rival, or one place on average; null when none is left to gain. */
  nextPlace: Points | null;
  levers: Lever[];
  owners: OwnerLever[];
  /** Pairs that gain the next place together, and neither alone. */
  pairs: [string, string][];
}

/** What matters most: recoverable points and places by criterion and owner, break-evens, and maxima that vary. */
export function sensitivity(
  reading: Reading,
  catalogue: Catalogue,
  rivals: Rivals | null,
  varied: readonly VariedMaximum[] = [],
): Sensitivity {
  const position = positionOf(reading, catalogue, rivals);
  const { result, rank } = position;
  const nextPlace = pointsToNextPlace(position);
  const levers = leversOf(position).map(({ row, fix, gain, recoverable }): Lever => {
    const more = row.criterion.compiled.inputs.length === 1 ? oneUnitMore(row, 0) : null;
    const marginal = brought(position, [{ row, fix: more }]);
    return {
      row,
      fix,
      recoverable,
      marginal: marginal.points || null,
      marginalPlaces: marginal.points === 0 ? null : marginal.places,
      places: gain?.places ?? null,
      breakEven: nextPlace === null ? null : breakEven(position, row, recoverable, nextPlace),
      range: rangeOf(position, row, varied),
    };
  });
  const owners = result.owners
    .map(({ owner, criteria }): OwnerLever => {
      const led = levers.filter((l) => l.row.criterion.owners.includes(owner));
      const known = led.filter((l) => l.row.status !== 'unknown');
      const { points, places } = brought(position, led);
      // What no value is known to repair may yet bring its whole range.
      const unrepaired = led.reduce((sum, l) => sum + (l.fix ? 0 : l.recoverable), 0);
      const sure = known.length === led.length ? points : brought(position, known).points;
      return { owner, criteria, recoverable: points + unrepaired, sure, places };
    })
    .sort((p, q) => q.recoverable - p.recoverable);
  return {
    result,
    rank,
    nextPlace,
    levers,
    owners,
    pairs: nextPlace === null ? [] : pairsFor(position, levers, nextPlace),
  };
}

/** Points and places that fixes bring together; no places where there are none. */
function brought(
  position: Position,
  fixes: readonly Pick<Lever, 'row' | 'fix'>[],
): { points: Points; places: number | null } {
  const changes = new Map(fixes.flatMap(({ row, fix }) => (fix ? [[row.criterion.id, fix]] : [])));
  if (changes.size === 0) return { points: 0, places: null };
  const { guaranteed, places } = gainOf(position, changes);
  return { points: guaranteed, places };
}

/** Least gain that is worth one place on average, or where every rival is known that passes the next at the printed precision. */
function pointsToNextPlace({ result, rivals, rank }: Position): Points | null {
  if (!rivals || !rank) return null;
  const { total, catalogue } = result;
  const { decimals } = catalogue;
  const { scale } = rivals.league;
  const now = leagueScore(result, scale).score;
  if (!now || total.score === null || rank.worst === 1) return null;
  if (rivals.model && rank.mean !== null) {
    const headroom = total.applicableMax - total.score;
    const aim = rank.mean - 1 + SMALLEST;
    const gains = (more: Points) => {
      const risen = { catalogue, total: { ...total, score: total.score! + more } };
      return placeInLeague(rivals, leagueScore(risen, scale).score!).mean! <= aim;
    };
    const least = firstWhere(1, headroom, gains);
    return headroom > 0 && gains(least) ? least : null;
  }
  const { exact, decimals: places } = rivals.league;
  // Who is level as printed is passed first.
  const next = !exact && rank.tied.length > 0 ? now : rank.above[0]?.score;
  if (!next) return null;
  // At a table's precision the next printed score passes; among exact scores any more does.
  const passing = exact
    ? next.add(pointsToFraction(1, decimals))
    : pointsToFraction(roundToPoints(next, places), places).add(pointsToFraction(1, places).div(2));
  const back = pointsToFraction(total.applicableMax, decimals).div(scale);
  return pointsReaching(passing.sub(now).mul(back), decimals);
}

/** What one criterion alone must reach to bring the score so many points; null of several values, which share them. */
function breakEven(
  position: Position,
  row: CriterionResult,
  recoverable: Points,
  need: Points,
): Reach | null {
  const { points, criterion, max } = row;
  const { catalogue } = position.result;
  const several = criterion.compiled.inputs.length > 1;
  if (points === null || row.status === 'not_applicable' || several) return null;
  if (recoverable < need) return { form: 'cannot' };
  const reach = (earned: Points) => valueReaching(row, earned, catalogue);
  if (pointsAddUp(catalogue, new Set([criterion.id]))) return reach(points + need);
  // Under a weight, a cap or a mean the score gains other points than the criterion: the least of these that do.
  const suffices = (earned: Points) => {
    const reached = reach(earned);
    return reached !== null && brought(position, [{ row, fix: entryAt(row, reached) }]).points >= need;
  };
  const least = firstWhere(points + 1, max, suffices);
  return suffices(least) ? reach(least) : { form: 'cannot' };
}

/** What a varied maximum gives at each end, with the score, the place and the points to the next one that it has there. */
function rangeOf(
  { reading, result, rivals }: Position,
  row: CriterionResult,
  varied: readonly VariedMaximum[],
): Lever['range'] {
  const open = varied.find((a) => a.id === row.criterion.id);
  if (!open) return null;
  const at = (max: Fraction): RangeEnd => {
    const scored = positionOf(reading, withMax(result.catalogue, open.id, max));
    const group = rivals && rivalsOfResult(rivals.league, scored.result);
    const position = among(scored, group?.ok ? group.value : null);
    const nextPlace = pointsToNextPlace(position);
    const end = position.result.criteria.find((c) => c.criterion.id === open.id)!;
    const fix = fullFix(end, position.result.catalogue);
    const { points: recoverable } = brought(position, [{ row: end, fix }]);
    return {
      recoverable,
      breakEven: nextPlace === null ? null : breakEven(position, end, recoverable, nextPlace),
    };
  };
  return { from: at(open.from), to: at(open.to) };
}

function pairsFor(position: Position, levers: readonly Lever[], need: Points): [string, string][] {
  const short = levers.filter((l) => l.fix && l.recoverable < need);
  // Under a mean or a limit two may gain more together than the sum of each.
  const { catalogue } = position.result;
  const addsUp = pointsAddUp(catalogue, new Set(short.map((l) => l.row.criterion.id)));
  return short.flatMap((p, i) =>
    short
      .slice(i + 1)
      .filter((q) => !addsUp || p.recoverable + q.recoverable >= need)
      .filter((q) => brought(position, [p, q]).points >= need)
      .map((q): [string, string] => [p.row.criterion.id, q.row.criterion.id]),
  );
}
