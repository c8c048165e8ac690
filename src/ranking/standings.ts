import type { ReadingResult } from '../scoring/result.js';
import { anyApplies } from '../scoring/score.js';
import type { Diagnostic, Result } from '../values/diagnostic.js';
import { Fraction, HUNDRED } from '../values/fraction.js';
import { pointsToFraction } from '../values/points.js';
import { firstWhere } from '../values/search.js';
import { type League, NO_FIGURES } from './league.js';
import {
  apart,
  beyondOf,
  boundsOf,
  levelTakes,
  placeInLeague,
  placeInterval,
  type Rank,
  reaches,
  type ScoreInterval,
} from './place.js';
import type { Ties } from './ranks.js';
import { type Rival, type Rivals, rivalsOf, toldOfUnit } from './rivals.js';

/** A result's worst, best and (when known) exact score on the league's scale, by its index. */
export interface LeagueScore {
  worst: Fraction;
  best: Fraction;
  score: Fraction | null;
}

/** Leagues rank by index: points of an applicable maximum other than the scale are brought to the scale. */
export function leagueScore(
  { total, catalogue }: Pick<ReadingResult, 'total' | 'catalogue'>,
  scale: Fraction,
): LeagueScore {
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

/**
 * The rivals of a scored unit; the unit's score is the anchor where the league gives it a rank alone, or that of another
 * of its readings, which the league's rank is of.
 */
export function rivalsOfResult(league: League, result: ReadingResult, ranked = result): Result<Rivals> {
  const { score } = leagueScore(ranked, league.scale);
  const key = `${result.unit} ${result.code ?? ''} ${score?.toFraction() ?? ''} ${result.year}`;
  const last = lastAsked.get(league);
  if (last?.key === key) return last.rivals;
  const rivals = rivalsOf(league, result, score, result.year);
  lastAsked.set(league, { key, rivals });
  return rivals;
}

/** What there is to tell of a scored unit in a league, as its rivals tell it. */
export const toldOfResult = (league: League, result: ReadingResult): Diagnostic[] =>
  toldOfUnit(league, result, leagueScore(result, league.scale).score, result.year);

/** The rivals last asked for in a league: a page asks for the same at every move of a slider. */
const lastAsked = new WeakMap<League, { key: string; rivals: Result<Rivals> }>();

/** Places a scored reading: by its score, or by its bounds while values are unknown; null when nothing applies. */
export function placeResult(
  rivals: Rivals,
  result: Pick<ReadingResult, 'criteria' | 'catalogue' | 'total'>,
): Rank | null {
  if (!anyApplies(result.criteria)) return null;
  const at = leagueScore(result, rivals.league.scale);
  return at.score ? placeInLeague(rivals, at.score) : placeInterval(rivals, at.worst, at.best);
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
    ...NO_FIGURES,
    units: results.map((r) => ({
      unit: r.unit,
      code: r.code,
      score: leagueScore(r, scale).score,
      rank: null,
      place: null,
      provenance: 'inferred',
    })),
  };
}

/** The rivals of one of several scored readings; those with unknown values are intervals. */
export function rivalsAmong(all: readonly ReadingResult[], index: number, ties: Ties): Rivals {
  const results = all.filter((r, i) => i === index || anyApplies(r.criteria));
  const mine = results.indexOf(all[index]!);
  const league = leagueOfResults(results, ties);
  const rivals = results.flatMap((r, i): Rivals['rivals'] => {
    if (i === mine) return [];
    const at = leagueScore(r, league.scale);
    return at.score
      ? [{ form: 'scored', unit: r.unit, score: at.score, order: i }]
      : [{ form: 'interval', unit: r.unit, lo: at.worst, hi: at.best }];
  });
  return amongScored(league, rivals, mine);
}

/** Rivals of one of the units that a league of scored readings is made of. */
const amongScored = (league: League, rivals: Rival[], mine: number): Rivals => ({
  league,
  year: league.year,
  size: league.size,
  rivals,
  ours: league.units[mine] ?? null,
  assumptions: [],
  model: null,
  unmoved: null,
});

/** One unit among those scored with it. */
export interface StandingRow {
  result: ReadingResult;
  /** Index, exact; null while values are unknown, or when no criterion applies. */
  index: Fraction | null;
  /** By the tie rule; null while a range. All three are null for a unit without an index: it is not ranked. */
  rank: number | null;
  best: number | null;
  worst: number | null;
}

/** Those of a group that may stand first and last: all of an equal score, and who may come to it while values are unknown. */
export function endsOf(results: readonly ReadingResult[]): Record<'first' | 'last', ReadingResult[]> {
  // A unit to which nothing applies is not placed.
  const placed = results.filter((r) => anyApplies(r.criteria));
  const at = (placed.length > 0 ? placed : results).map((result) => ({
    result,
    ...leagueScore(result, HUNDRED),
  }));
  const floor = at.reduce((most, { worst }) => (worst.compare(most) > 0 ? worst : most), at[0]!.worst);
  const ceiling = at.reduce((least, { best }) => (best.compare(least) < 0 ? best : least), at[0]!.best);
  return {
    first: at.filter(({ best }) => best.compare(floor) >= 0).map(({ result }) => result),
    last: at.filter(({ worst }) => worst.compare(ceiling) <= 0).map(({ result }) => result),
  };
}

/** All units of a group, ranked among themselves, highest first, with the middle of their indexes. */
export interface Standings {
  rows: StandingRow[];
  ties: Ties;
  /** How many units have an index that is known. */
  known: number;
  /** Over those; null when none is. */
  mean: Fraction | null;
  median: Fraction | null;
  quartiles: [Fraction, Fraction] | null;
}

/**
 * Ranks scored readings by index. While values are unknown a unit's rank is the range between its worst and
 * its best, against the others' best and worst. Units to which no criterion applies come last, without a rank.
 */
export function standings(all: readonly ReadingResult[], ties: Ties): Standings {
  const places = placeAmong(all, ties);
  const ranked: (StandingRow & { best: number; low: Fraction })[] = [];
  const unranked: StandingRow[] = [];
  all.forEach((result, i) => {
    const place = places[i];
    const { score, worst: low } = leagueScore(result, HUNDRED);
    if (!place) unranked.push({ result, index: null, rank: null, best: null, worst: null });
    else {
      const { best, worst } = place;
      ranked.push({ result, index: score, rank: best === worst ? best : null, best, worst, low });
    }
  });
  ranked.sort((p, q) => p.best - q.best || q.low.compare(p.low));
  const values = ranked.flatMap((r) => r.index ?? []).sort((p, q) => p.compare(q));
  return {
    rows: [...ranked, ...unranked],
    ties,
    known: values.length,
    mean: values.length === 0 ? null : values.reduce((s, v) => s.add(v)).div(values.length),
    median: quantile(values, 2),
    quartiles: values.length === 0 ? null : [quantile(values, 1)!, quantile(values, 3)!],
  };
}

/** A quarter point of an ascending list, straight between its neighbours. */
function quantile(ascending: readonly Fraction[], quarters: 1 | 2 | 3): Fraction | null {
  const last = ascending.length - 1;
  if (last < 0) return null;
  const at = (last * quarters) / 4;
  const low = ascending[Math.floor(at)]!;
  const high = ascending[Math.ceil(at)]!;
  return low.add(high.sub(low).mul(at - Math.floor(at)));
}

type ScoredRival = Extract<Rival, { form: 'scored' }>;

/** Names of level units that a place lists; more of them are counted. */
const LISTED = 100;

/**
 * The place of every one of many scored readings among the others; null where no criterion applies. Scores are sorted
 * once: each place is worked out among its nearest rivals and moved by the number of those beyond.
 */
export function placeAmong(all: readonly ReadingResult[], ties: Ties): (Rank | null)[] {
  const results = all.filter((r) => anyApplies(r.criteria));
  const league = leagueOfResults(results, ties);
  const scores = results.map((r) => leagueScore(r, league.scale));
  // Rivals of known score, highest first, and how many different scores there are up to each.
  const scored = results.flatMap(({ unit }, order): ScoredRival[] => {
    const { score } = scores[order]!;
    return score ? [{ form: 'scored', unit, score, order }] : [];
  });
  scored.sort((p, q) => q.score.compare(p.score) || p.order - q.order);
  let count = 0;
  const distinct = scored.map(({ score }, i) => {
    if (i === 0 || !score.equals(scored[i - 1]!.score)) count++;
    return count;
  });
  // The ends of the intervals, and under `dense` the fewest scores that those have.
  const open = scores.flatMap(({ score, worst: lo, best: hi }) => (score ? [] : [{ lo, hi }]));
  const rising = (ends: readonly Fraction[]) => [...ends].sort((p, q) => p.compare(q));
  const lows = rising(
    ties === 'dense'
      ? apart(
          open,
          scored.map((r) => r.score),
        )
      : open.map(({ lo }) => lo),
  );
  const highs = rising(open.map(({ hi }) => hi));
  const takes = levelTakes(ties);
  const over = (ends: readonly Fraction[], x: Fraction, level = false) =>
    ends.length - firstWhere(0, ends.length, (i) => reaches(ends[i]!, x, level));

  /** `own` is the unit's interval, which is no rival of itself. */
  const placeAt = (index: number, score: Fraction, own: ScoreInterval | null): Rank => {
    const from = firstWhere(0, scored.length, (i) => scored[i]!.score.compare(score) <= 0);
    const end = firstWhere(0, scored.length, (i) => scored[i]!.score.compare(score) < 0);
    const above = scored.slice(Math.max(0, from - 1), from);
    const below = scored.slice(end, end + 1);
    const level = scored.slice(from, end).filter(({ order }) => order !== index);
    const unlisted = level.splice(LISTED);
    const mine = own ? beyondOf(own, score, ties) : { surely: false, maybe: false };
    const surely =
      ties === 'dense' ? over(lows, score) : over(lows, score, takes.surely) - Number(mine.surely);
    const maybe = over(highs, score, takes.maybe) - Number(mine.maybe) - surely;
    // One in place of all who may be above.
    const perhaps = { form: 'interval', unit: '', lo: score.sub(1), hi: score.add(1) } as const;
    const near = placeInLeague(
      amongScored(league, [...above, ...level, ...below, ...(maybe > 0 ? [perhaps] : [])], index),
      score,
    );
    const higher = ties === 'dense' ? (distinct[from - 1] ?? 0) : from;
    const lost = ties === 'max' ? unlisted : ties === 'order' ? unlisted.filter((r) => r.order < index) : [];
    const beyond = higher - above.length + surely + lost.length;
    return further(near, beyond, Math.max(0, maybe - 1));
  };
  let next = 0;
  return all.map(({ criteria }) => {
    if (!anyApplies(criteria)) return null;
    const index = next++;
    const { score, worst, best } = scores[index]!;
    if (score) return placeAt(index, score, null);
    const own = { lo: worst, hi: best };
    return boundsOf(placeAt(index, worst, own), placeAt(index, best, own));
  });
}

/** A place moved down by so many rivals who are certainly above; so many more may be. */
function further(rank: Rank, above: number, perhaps: number): Rank {
  const moved = (place: number | null) => (place === null ? null : place + above);
  return {
    ...rank,
    rank: moved(rank.rank),
    best: rank.best + above,
    worst: rank.worst + above + perhaps,
    mean: moved(rank.mean),
    median: moved(rank.median),
    interval90: rank.interval90 && [rank.interval90[0] + above, rank.interval90[1] + above],
    distribution: rank.distribution?.map((d) => ({ ...d, rank: d.rank + above })) ?? null,
  };
}
