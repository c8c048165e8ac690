import { type Fraction, toNumber, ZERO } from '../exact/fraction.js';
import { countDistribution, meanRank, quantileRank, type RankProbability } from './distribution.js';
import type { Assumption, Rival, Rivals } from './rivals.js';
import { compareScores, type Ties } from './table.js';

/** How the rivals move: all by as much, and some by their own amount on top. */
export interface RivalMoves {
  all: Fraction;
  units: ReadonlyMap<string, Fraction>;
}

export const NO_MOVES: RivalMoves = { all: ZERO, units: new Map() };

/**
 * How a rank was found: all scores known; equal at the printed precision; spread between known scores;
 * or bounds alone, because the own score or a rival's is an interval.
 */
type RankMethod = 'exact' | 'tie_range' | 'order_statistics' | 'bounds';

export interface Neighbour {
  unit: string;
  score: Fraction;
  /** Points between the unit and this neighbour, not negative. */
  points: Fraction;
}

/** A unit's place in its group. */
export interface Rank {
  size: number;
  /** The rank by the tie rule when every score is known; null while it is uncertain. */
  rank: number | null;
  best: number;
  worst: number;
  mean: number | null;
  median: number | null;
  interval90: [number, number] | null;
  distribution: RankProbability[] | null;
  method: RankMethod;
  ties: Ties;
  /** Known units level with this one. */
  tied: string[];
  /** Known units above and below, nearest first. */
  above: Neighbour[];
  below: Neighbour[];
  /** Points for one more place on average among rivals whose scores are not known. */
  pointsPerPlace: number | null;
  assumptions: Assumption[];
}

interface Standing {
  /** Rivals certainly above, and how many different scores they have (unknown ones differ). */
  above: number;
  distinctAbove: number;
  /** Known rivals that are level, and the chance of each rival who may be above. */
  tied: Extract<Rival, { form: 'known' }>[];
  maybe: (number | null)[];
}

function movedScore(rival: Extract<Rival, { form: 'known' }>, moves: RivalMoves, scale: Fraction): Fraction {
  const by = moves.all.add(moves.units.get(rival.unit) ?? ZERO);
  // A score off the scale stays where it is: deductions may take a unit below nothing.
  if (by.n === 0n) return rival.score;
  const moved = rival.score.add(by);
  if (moved.compare(scale) > 0) return scale;
  return moved.s < 0n ? ZERO : moved;
}

/**
 * Places a score among rivals. With every rival known the rank is exact, or a tie range at the printed
 * precision; otherwise the guaranteed range and the exact distribution (rivals independent and uniform
 * between the known scores around them).
 */
export function placeInLeague(
  group: Rivals,
  score: Fraction,
  moves: RivalMoves = NO_MOVES,
  ties: Ties = group.league.ties,
): Rank {
  const standing = stand(group, score, moves);
  const { league } = group;
  const t = standing.tied.length;
  const hidden = !league.exact && t > 0;
  const aboveCount = ties === 'dense' ? standing.distinctAbove : standing.above;
  const lost = placesLostToTies(group, standing, ties);
  const tieSpan = hidden ? { base: 0, width: t } : { base: lost, width: 0 };
  const certain = aboveCount + tieSpan.base;
  const best = certain + 1;
  const worst = certain + standing.maybe.length + tieSpan.width + 1;
  const bounded = standing.maybe.some((p) => p === null);
  const distribution = bounded ? null : spread(certain, standing.maybe as number[], tieSpan.width);
  const uncertain = standing.maybe.length > 0;
  return {
    size: group.size,
    rank: uncertain && best !== worst ? null : aboveCount + lost + 1,
    best,
    worst,
    mean: distribution && meanRank(distribution),
    median: distribution && quantileRank(distribution, 0.5),
    interval90: distribution && [quantileRank(distribution, 0.05), quantileRank(distribution, 0.95)],
    distribution,
    method: bounded ? 'bounds' : uncertain ? 'order_statistics' : tieSpan.width > 0 ? 'tie_range' : 'exact',
    ties,
    tied: standing.tied.map((r) => r.unit),
    ...neighbours(group, score, moves),
    pointsPerPlace: worst === 1 ? null : perPlace(group, score, moves),
    assumptions: group.assumptions,
  };
}

/** Places an interval of scores: the guaranteed range alone. */
export function placeInterval(
  group: Rivals,
  worstScore: Fraction,
  bestScore: Fraction,
  moves: RivalMoves = NO_MOVES,
  ties: Ties = group.league.ties,
): Rank {
  const low = placeInLeague(group, worstScore, moves, ties);
  const high = placeInLeague(group, bestScore, moves, ties);
  const nothing = { rank: null, mean: null, median: null, interval90: null, distribution: null };
  const { best } = high;
  const { worst } = low;
  return {
    ...low,
    ...nothing,
    best,
    worst,
    method: 'bounds',
    tied: [],
    above: [],
    below: [],
    pointsPerPlace: null,
  };
}

function stand(group: Rivals, score: Fraction, moves: RivalMoves): Standing {
  const { league } = group;
  const standing: Standing = { above: 0, distinctAbove: 0, tied: [], maybe: [] };
  const seen = new Set<string>();
  for (const rival of group.rivals) {
    if (rival.form === 'known') {
      const at = movedScore(rival, moves, league.scale);
      const c = compareScores(at, score, league.exact ? null : league.decimals);
      if (c > 0) {
        standing.above++;
        seen.add(at.toFraction());
      } else if (c === 0) standing.tied.push(rival);
      continue;
    }
    const p = chanceAbove(rival, score, moves, league.scale);
    if (p === 1) {
      standing.above++;
      standing.distinctAbove++;
    } else if (p !== 0) standing.maybe.push(p);
  }
  standing.distinctAbove += seen.size;
  return standing;
}

/** Probability that a rival of unknown score ends above; null when there is none to give. */
function chanceAbove(
  rival: Exclude<Rival, { form: 'known' }>,
  score: Fraction,
  moves: RivalMoves,
  scale: Fraction,
): number | null {
  const shift = moves.all.add(rival.unit === null ? ZERO : (moves.units.get(rival.unit) ?? ZERO));
  if (score.compare(scale) >= 0) return 0;
  const level = score.sub(shift);
  if (rival.form === 'interval') {
    if (level.compare(rival.lo) < 0) return 1;
    return level.compare(rival.hi) >= 0 ? 0 : null;
  }
  if (level.compare(rival.lo) <= 0) return 1;
  if (level.compare(rival.hi) >= 0) return 0;
  return toNumber(rival.hi.sub(level).div(rival.hi.sub(rival.lo)));
}

/** Places certainly lost to level rivals under a tie rule. */
function placesLostToTies(group: Rivals, standing: Standing, ties: Ties): number {
  if (ties === 'max') return standing.tied.length;
  if (ties !== 'order') return 0;
  const mine = group.own ? group.league.units.indexOf(group.own) : Number.POSITIVE_INFINITY;
  return standing.tied.filter((rival) => rival.order < mine).length;
}

function spread(certain: number, maybe: readonly number[], tieWidth: number): RankProbability[] {
  const counts = countDistribution(maybe);
  const ranks = new Array<number>(counts.length + tieWidth).fill(0);
  counts.forEach((p, k) => {
    for (let u = 0; u <= tieWidth; u++) ranks[k + u] = ranks[k + u]! + p / (tieWidth + 1);
  });
  return ranks.flatMap((probability, k) => (probability > 0 ? [{ rank: certain + k + 1, probability }] : []));
}

function neighbours(
  group: Rivals,
  score: Fraction,
  moves: RivalMoves,
): { above: Neighbour[]; below: Neighbour[] } {
  const { league } = group;
  const rows = group.rivals.flatMap((rival) => {
    if (rival.form !== 'known') return [];
    const at = movedScore(rival, moves, league.scale);
    const side = compareScores(at, score, league.exact ? null : league.decimals);
    return [{ unit: rival.unit, score: at, points: at.sub(score).abs(), side }];
  });
  rows.sort((p, q) => p.points.compare(q.points));
  const pick = (side: number) =>
    rows.filter((r) => r.side === side).map(({ unit, score: at, points }) => ({ unit, score: at, points }));
  return { above: pick(1), below: pick(-1) };
}

/** 1 ÷ expected rivals per point just above the score. */
function perPlace(group: Rivals, score: Fraction, moves: RivalMoves): number | null {
  let density = 0;
  for (const rival of group.rivals) {
    if (rival.form !== 'uniform') continue;
    const level = score
      .sub(moves.all)
      .sub(rival.unit === null ? ZERO : (moves.units.get(rival.unit) ?? ZERO));
    if (level.compare(rival.lo) >= 0 && level.compare(rival.hi) < 0) {
      density += 1 / toNumber(rival.hi.sub(rival.lo));
    }
  }
  return density > 0 ? 1 / density : null;
}
