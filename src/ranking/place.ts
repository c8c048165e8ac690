import { Fraction, toNumber } from '../values/fraction.js';
import { roundToPoints } from '../values/points.js';
import { lazy, memoize } from '../values/scalars.js';
import { firstWhere } from '../values/search.js';
import type { ModelNote, OpenUnits, Variant } from './group.js';
import type { League } from './league.js';
import {
  compareScores,
  comparing,
  convolve,
  meanRank,
  quantileRank,
  type RankProbability,
  ranksAfter,
  type Ties,
} from './ranks.js';
import { openGaps, type RankAssumption, type Rival, type Rivals } from './rivals.js';

/**
 * How a rank was found: all scores known; equal at the printed precision; by the shape of the group, in the
 * league's year or a later one; or bounds alone, because a score is an interval or nothing is known of the group.
 */
type RankMethod = 'exact' | 'tie_range' | 'group_shape' | 'later_year' | 'bounds';

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
  /** What a place costs at this score: 1 ÷ the rivals without a known score that are expected per point just above it. */
  pointsPerPlace: number | null;
  assumptions: RankAssumption[];
  /** The group's model: spread in points of the league, and from how many leagues it was learned. */
  model: { name: ModelNote['name']; spread: number; skew: number; leagues: number } | null;
  /** Mean rank if an assumption were otherwise. */
  sensitivity: { assumption: Variant; mean: number }[];
}

type ScoredRival = Extract<Rival, { form: 'scored' }>;
type OpenRival = Extract<Rival, { form: 'open' }>;

interface Standing {
  /** Rivals certainly above; with `dense` ties, how many different scores they print (those of open rivals differ). */
  above: number;
  /** Rivals of known score, and whether that is above (1), level (0) or below (−1). */
  scored: { rival: ScoredRival; side: number }[];
  /** Those that are level. */
  tied: ScoredRival[];
  /** Rivals who may be above: those the group's model has, and how many it has not. */
  open: OpenUnits[];
  bounded: number;
}

/**
 * Places a score among rivals. With every rival known the rank is exact, or a tie range at the printed
 * precision; otherwise the guaranteed range and the distribution by the group's model.
 */
export function placeInLeague(group: Rivals, score: Fraction): Rank {
  const { league, model } = group;
  const standing = stand(group, score);
  const lost = placesLostToTies(group, standing);
  const hidden = !league.exact && standing.tied.length > 0;
  const certain = standing.above + (hidden ? 0 : lost);
  // Those that print one score are one place apart from this unit under `dense` ties, as they are where it is below them.
  const tieWidth = !hidden ? 0 : league.ties === 'dense' ? 1 : standing.tied.length;
  const bounded = standing.bounded > 0 || (standing.open.length > 0 && !model);
  const used = !bounded && standing.open.length > 0 ? model : null;
  const chances = bounded ? null : used ? used.chances(standing.open) : [1];
  const distribution = chances && ranksOf(certain, chances, tieWidth);
  const maybe = standing.open.reduce((sum, o) => sum + o.units, standing.bounded);
  const best = certain + 1;
  const worst = certain + maybe + tieWidth + 1;
  // Worked out when they are asked for: many ranks are placed for their mean alone.
  const near = lazy(() => neighbours(standing, score));
  const cost = lazy(() => (worst === 1 ? null : perPlace(group, score, chances)));
  const sensitivity = lazy(() =>
    (used?.variants() ?? []).map((v) => ({
      assumption: v.assumption,
      mean: certain + 1 + tieWidth / 2 + v.model.expected(standing.open),
    })),
  );
  return {
    size: group.size,
    rank: maybe > 0 && best !== worst ? null : standing.above + lost + 1,
    best,
    worst,
    mean: distribution && meanRank(distribution),
    median: distribution && quantileRank(distribution, 0.5),
    interval90: distribution && [quantileRank(distribution, 0.05), quantileRank(distribution, 0.95)],
    distribution,
    method: bounded ? 'bounds' : used ? METHODS[used.name] : tieWidth > 0 ? 'tie_range' : 'exact',
    ties: league.ties,
    tied: standing.tied.map((r) => r.unit),
    get above() {
      return near().above;
    },
    get below() {
      return near().below;
    },
    get pointsPerPlace() {
      return cost();
    },
    get sensitivity() {
      return sensitivity();
    },
    assumptions: group.assumptions,
    model: used && {
      name: used.name,
      spread: (used.spread * toNumber(league.scale)) / 100,
      skew: used.skew,
      leagues: used.leagues + used.previous,
    },
  };
}

const METHODS = { 'group-shape': 'group_shape', 'later-year': 'later_year' } as const;

/** Places an interval of scores: the guaranteed range alone. */
export const placeInterval = (group: Rivals, worstScore: Fraction, bestScore: Fraction): Rank =>
  boundsOf(placeInLeague(group, worstScore), placeInLeague(group, bestScore));

/** The range from the place of the worst score to that of the best. */
export const boundsOf = ({ size, worst, ties, assumptions }: Rank, { best }: Rank): Rank => ({
  ...{ size, best, worst, ties, assumptions, method: 'bounds' },
  ...{ rank: null, mean: null, median: null, interval90: null, distribution: null },
  ...{ pointsPerPlace: null, model: null, sensitivity: [] },
  ...{ tied: [], above: [], below: [] },
});

function stand({ league, rivals }: Pick<Rivals, 'league' | 'rivals'>, score: Fraction): Standing {
  const standing: Standing = { above: 0, scored: [], tied: [], open: [], bounded: 0 };
  const seen = new Set<string | number>();
  const intervals: ScoreInterval[] = [];
  const sideOf = sides(score, league);
  const compare = comparing(score, league.exact ? null : league.decimals);
  const printed = (at: Fraction) => (league.exact ? at.toFraction() : roundToPoints(at, league.decimals));
  for (const rival of rivals) {
    if (rival.form === 'scored') {
      const side = compare(rival.score);
      standing.scored.push({ rival, side });
      if (side === 0) standing.tied.push(rival);
      else if (side > 0 && league.ties !== 'dense') standing.above++;
      else if (side > 0) seen.add(printed(rival.score));
      continue;
    }
    if (rival.form === 'interval') {
      intervals.push(rival);
      continue;
    }
    const side = sideOf(rival);
    if (side === 'above') standing.above++;
    else if (side === 'level') standing.bounded++;
    else if (side !== 'below') addOpen(standing.open, rival.kind, side);
  }
  const beyond = intervals.map((rival) => beyondOf(rival, score, league.ties));
  const known = () => standing.scored.map(({ rival }) => rival.score);
  const surely =
    league.ties === 'dense' && intervals.length > 0
      ? apart(intervals, known()).filter((x) => x.compare(score) > 0).length
      : beyond.filter((b) => b.surely).length;
  standing.above += seen.size + surely;
  standing.bounded += beyond.filter((b) => b.maybe).length - surely;
  return standing;
}

/** The scores that a unit lies between. */
export interface ScoreInterval {
  lo: Fraction;
  hi: Fraction;
}

/** Whether who is level with a unit surely takes a place from it, or may: that comes before it in the list. */
export const levelTakes = (ties: Ties) => ({
  surely: ties === 'max',
  maybe: ties === 'max' || ties === 'order',
});

/** Whether an end of an interval takes a place from who has a score: above it, or, where that takes one, level with it. */
export const reaches = (end: Fraction, score: Fraction, level: boolean): boolean =>
  end.compare(score) >= (level ? 0 : 1);

/** Whether one between two scores surely takes a place from who has a score, and whether it may. */
export function beyondOf({ lo, hi }: ScoreInterval, score: Fraction, ties: Ties) {
  const takes = levelTakes(ties);
  return { surely: reaches(lo, score, takes.surely), maybe: reaches(hi, score, takes.maybe) };
}

/**
 * The fewest scores, highest first, that units between two scores each may have beside the known ones: those that may have
 * one are one place under `dense` ties. Whatever the score, those above it are the fewest for the units surely above.
 */
export function apart(intervals: readonly ScoreInterval[], known: readonly Fraction[]): Fraction[] {
  const rising = [...known].sort((p, q) => p.compare(q));
  const scores: Fraction[] = [];
  for (const { lo, hi } of [...intervals].sort((p, q) => q.lo.compare(p.lo))) {
    const next = rising[firstWhere(0, rising.length, (i) => rising[i]!.compare(lo) >= 0)];
    const isKnown = next !== undefined && next.compare(hi) <= 0;
    const last = scores.at(-1);
    if (!isKnown && (!last || last.compare(hi) > 0)) scores.push(lo);
  }
  return scores;
}

/** Surely above or below, or perhaps level where that takes a place; else the level to pass, in percent. */
type Side = 'above' | 'below' | 'level' | number;

/** On which side open rivals are. Those of one kind that move alike are on the same: it is worked out once. */
function sides(score: Fraction, { scale, exact, decimals }: League) {
  const printed = exact ? null : decimals;
  const sideOf = ({ lo, hi, closed, level: at, by }: OpenRival): Side => {
    const level = by ? score.sub(by) : score;
    if (at?.hi && compareScores(level, hi, printed) === 0) return 'level';
    if (at?.lo && compareScores(level, lo, printed) === 0) return 'level';
    // Points outside the scale may take a rival over it; else nobody is above what is full.
    const topped = score.compare(scale) >= 0 && hi.compare(scale) <= 0;
    if (topped || level.compare(hi) >= 0) return 'below';
    const over = level.compare(lo);
    // Who may stand at the lower end itself may be level.
    if (closed ? over < 0 : over <= 0) return 'above';
    return (100 * toNumber(level)) / toNumber(scale);
  };
  // Rivals between the same two scores follow each other.
  let last: { rival: OpenRival; side: Side } | null = null;
  return (rival: OpenRival): Side => {
    const { lo, hi, by } = rival;
    if (last?.rival.lo !== lo || last.rival.hi !== hi || last.rival.by !== by)
      last = { rival, side: sideOf(rival) };
    return last.side;
  };
}

function addOpen(open: OpenUnits[], kind: number, level: number): void {
  const same = open.findLast((o) => o.kind === kind && o.level === level);
  if (same) same.units++;
  else open.push({ kind, level, units: 1 });
}

/** Places certainly lost to level rivals under a tie rule. */
function placesLostToTies({ league, ours }: Rivals, { tied }: Standing): number {
  if (league.ties === 'max') return tied.length;
  if (league.ties !== 'order') return 0;
  const mine = ours ? league.units.indexOf(ours) : Number.POSITIVE_INFINITY;
  return tied.filter((rival) => rival.order < mine).length;
}

/** Ranks by how many of those who may be above are, each place of a tie being as likely. */
function ranksOf(certain: number, counts: readonly number[], tieWidth: number): RankProbability[] {
  if (tieWidth === 0) return ranksAfter(certain, counts);
  const even = new Array<number>(tieWidth + 1).fill(1 / (tieWidth + 1));
  return ranksAfter(certain, convolve(counts, even));
}

/** Known rivals above and below, nearest first; those equally near in the league's order. */
function neighbours({ scored }: Standing, score: Fraction): { above: Neighbour[]; below: Neighbour[] } {
  const pick = (side: number) =>
    scored
      .filter((k) => k.side === side)
      .map(({ rival: { unit, score: at } }) => ({ unit, score: at, points: at.sub(score).abs() }))
      .map((neighbour) => ({ neighbour, far: toNumber(neighbour.points) }))
      .sort((p, q) => p.far - q.far || p.neighbour.points.compare(q.neighbour.points))
      .map(({ neighbour }) => neighbour);
  return { above: pick(1), below: pick(-1) };
}

/** How far apart two scores are taken to see what a place costs, in parts of the scale. */
const STEP = new Fraction(1, 1000);

/** What a place costs; null where none is expected. `chances` are of 0, 1, 2 … above, where they have been worked out. */
function perPlace(group: Rivals, score: Fraction, chances: readonly number[] | null): number | null {
  const { league, model } = group;
  if (!model) return null;
  const step = STEP.mul(league.scale);
  const mean = (at: Fraction, worked: readonly number[] | null) => {
    const { sure, open } = openUnits(group, at);
    if (open.length === 0) return sure;
    return sure + (worked ? worked.reduce((sum, p, k) => sum + p * k, 0) : model.expected(open));
  };
  const passed = mean(score, chances) - mean(score.add(step), null);
  // A place that costs more than the whole scale is none.
  return passed > toNumber(STEP) ? toNumber(step) / passed : null;
}

/** The rivals without a known score: how many are surely above, and those who may be. */
function openUnits({ league, rivals }: Rivals, score: Fraction): { sure: number; open: OpenUnits[] } {
  const { above, open } = stand({ league, rivals: rivals.filter((r) => r.form === 'open') }, score);
  return { sure: above, open };
}

/** A rank, or how many rivals are above, at a score: on average and between 5% and 95%. */
export interface CurvePoint {
  score: number;
  mean: number;
  low: number;
  high: number;
}

const pointOf = (score: number, ranks: readonly RankProbability[]): CurvePoint => ({
  score,
  mean: meanRank(ranks),
  low: quantileRank(ranks, 0.05),
  high: quantileRank(ranks, 0.95),
});

/** Points this many to a standard deviation of the group, up to so many of them from its mean. */
const FINENESS = 32;
const WIDTH = 4.5;
const MOST_JUMPS = 100;
/** Just before a jump is so much under it. */
const SMALLEST = 1e-6;

/** The scores at which a curve is worked out, in points of the league: close together where the group is. */
function stepsOf({ league, model, rivals }: Rivals, finely: number): number[] {
  const scale = toNumber(league.scale);
  if (!model) return [0, scale];
  const unit = scale / 100;
  const around = Array.from(
    { length: 2 * WIDTH * finely + 1 },
    (_, i) => unit * (model.mean + model.spread * (i / finely - WIDTH)),
  );
  const edges = rivals.flatMap((r) => (r.form === 'open' ? [toNumber(r.lo), toNumber(r.hi)] : []));
  const all = [0, ...edges, ...around, scale].filter((x) => x >= 0 && x <= scale);
  return ascending(all.map(sixDigits));
}

const sixDigits = (x: number) => Number(x.toFixed(6));

const ascending = (scores: readonly number[]) => [...new Set(scores)].sort((p, q) => p - q);

/** A score of six decimals. */
export const toScore = (x: number): Fraction => new Fraction(Math.round(x * 1e6), 1_000_000);

/** Scores where rivals stand closer than the steps of a curve: about one for each of them. */
function betweenCrowded(group: Rivals): number[] {
  return openGaps(group).flatMap(({ low, high, units }) => {
    const steps = Math.min(units, MOST_JUMPS);
    return Array.from({ length: steps }, (_, i) => sixDigits(low + ((high - low) * i) / steps));
  });
}

/** How many of the rivals without a known score are above, along the scale; `also` are scores that it must hold. */
export function openCurve(group: Rivals, also: readonly number[] = []): CurvePoint[] {
  const { model } = group;
  if (!model) return [];
  return ascending([...stepsOf(group, FINENESS), ...betweenCrowded(group), ...also]).map((score) => {
    const { sure, open } = openUnits(group, toScore(score));
    return pointOf(score, ranksAfter(sure - 1, open.length === 0 ? [1] : model.chances(open)));
  });
}

/** The rank at a score, and how densely the group stands there: units expected per point. */
type PicturePoint = CurvePoint & { density: number };

/** Points of a picture to a standard deviation of the group. */
const PICTURE = 6;

/** The rank jumps where a score begins to print as a known one, and where it prints above: just before and at each. */
function jumpsOf({ league, rivals }: Rivals): number[] {
  const half = league.exact ? SMALLEST : 0.5 * 10 ** -league.decimals;
  const scored = rivals.flatMap((r) => (r.form === 'scored' ? [toNumber(r.score)] : []));
  // Among more units than these one place is less than a picture shows.
  if (scored.length > MOST_JUMPS) return [];
  return scored
    .flatMap((at) => [at - half - SMALLEST, at - half, at + half - SMALLEST, at + half])
    .map(sixDigits);
}

/** The group along its scale, with the 90% band of its ranks; null without a model. Worked out once for a group. */
export const groupPicture = memoize((group: Rivals): readonly PicturePoint[] | null => {
  const { model, league } = group;
  if (!model) return null;
  const unit = toNumber(league.scale) / 100;
  return ascending([...stepsOf(group, PICTURE), ...jumpsOf(group)]).flatMap((score) => {
    const ranks = placeInLeague(group, toScore(score)).distribution;
    if (!ranks) return [];
    return [{ ...pointOf(score, ranks), density: (group.size * model.density(score / unit)) / unit }];
  });
});
