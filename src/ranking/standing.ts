import type { Result } from '../diagnostics/diagnostic.js';
import { Fraction } from '../exact/fraction.js';
import { pointsToFraction } from '../exact/points.js';
import type { ReadingResult } from '../scoring/result.js';
import type { League } from './league.js';
import { NO_MOVES, placeInLeague, placeInterval, type Rank, type RivalMoves } from './place.js';
import { type Rivals, rivalsOf } from './rivals.js';
import type { Ties } from './ties.js';

/** A result's worst, best and (when known) exact score on the league's scale, by its index. */
export interface LeagueScore {
  worst: Fraction;
  best: Fraction;
  score: Fraction | null;
}

/** Leagues rank by index: points of an applicable maximum other than the scale are brought to the scale. */
export function leagueScore(result: ReadingResult, scale: Fraction): LeagueScore {
  const { total, catalogue } = result;
  const full = pointsToFraction(total.applicableMax, catalogue.decimals);
  const bring = (points: number) => {
    const exact = pointsToFraction(points, catalogue.decimals);
    return full.equals(scale) || full.n === 0n ? exact : exact.mul(scale).div(full);
  };
  return {
    worst: bring(total.worst),
    best: bring(total.best),
    score: total.score === null ? null : bring(total.score),
  };
}

/** The rivals of a scored unit; the unit's own score is the anchor where the league gives it a rank alone. */
export function rivalsOfResult(league: League, result: ReadingResult): Result<Rivals> {
  return rivalsOf(league, result.unit, leagueScore(result, league.scale).score);
}

/** Places a scored reading: by its score, or by its bounds while values are unknown. */
export function placeResult(
  rivals: Rivals,
  result: ReadingResult,
  moves: RivalMoves = NO_MOVES,
  ties: Ties = rivals.league.ties,
): Rank {
  const at = leagueScore(result, rivals.league.scale);
  return at.score
    ? placeInLeague(rivals, at.score, moves, ties)
    : placeInterval(rivals, at.worst, at.best, moves, ties);
}

/** A league made of scored readings: exact scores, so that equal means equal. */
export function leagueOfResults(results: readonly ReadingResult[], ties: Ties): League {
  const scale = new Fraction(100);
  return {
    name: { vi: 'Các đơn vị được chấm', en: 'The units scored' },
    year: results[0]?.year ?? 0,
    scale,
    size: results.length,
    decimals: 4,
    exact: true,
    ties,
    provenance: null,
    units: results.map((r) => ({
      unit: r.unit,
      score: leagueScore(r, scale).score,
      rank: null,
      provenance: 'inferred',
    })),
  };
}

/** The rivals of one of several scored readings; those with unknown values are intervals. */
export function rivalsAmong(results: readonly ReadingResult[], index: number, ties: Ties): Rivals {
  const league = leagueOfResults(results, ties);
  const rivals = results.flatMap((r, i): Rivals['rivals'] => {
    if (i === index) return [];
    const at = leagueScore(r, league.scale);
    return at.score
      ? [{ form: 'known', unit: r.unit, score: at.score, order: i }]
      : [{ form: 'interval', unit: r.unit, lo: at.worst, hi: at.best }];
  });
  return { league, size: results.length, rivals, own: league.units[index] ?? null, assumptions: [] };
}
