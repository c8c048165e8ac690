import { firstWhere } from '../exact/extremes.js';
import type { Fraction } from '../exact/fraction.js';
import type { ReadingResult } from '../scoring/result.js';
import { anyApplies } from '../scoring/score.js';
import type { League } from './league.js';
import { placeInLeague, type Rank } from './place.js';
import type { Rival, Rivals } from './rivals.js';
import { type LeagueScore, leagueOfResults, leagueScore } from './standings.js';
import type { Ties } from './table.js';

type Known = Extract<Rival, { form: 'known' }>;

/** Names of level units that a place lists; more of them are counted. */
const LISTED = 100;

/**
 * The place of every one of many scored readings among the others; null where no criterion applies. Scores are sorted
 * once: each place is worked out among its nearest rivals and moved by the number of those beyond.
 */
export function placeAmong(all: readonly ReadingResult[], ties: Ties): (Rank | null)[] {
  const results = all.filter((r) => anyApplies(r.criteria));
  const group = new Group(results, leagueOfResults(results, ties));
  let next = 0;
  return all.map((r) => (anyApplies(r.criteria) ? group.place(next++) : null));
}

class Group {
  private readonly scores: LeagueScore[];
  /** Rivals of known score, highest first, and how many different scores there are up to each. */
  private readonly known: Known[];
  private readonly distinct: number[] = [];
  /** Ends of the intervals of the others, lowest first. */
  private readonly lows: Fraction[];
  private readonly highs: Fraction[];

  constructor(
    results: readonly ReadingResult[],
    private readonly league: League,
  ) {
    this.scores = results.map((r) => leagueScore(r, league.scale));
    this.known = results.flatMap((r, order): Known[] => {
      const { score } = this.scores[order]!;
      return score ? [{ form: 'known', unit: r.unit, score, order }] : [];
    });
    this.known.sort((p, q) => q.score.compare(p.score) || p.order - q.order);
    let count = 0;
    this.known.forEach((k, i) => {
      if (i === 0 || !k.score.equals(this.known[i - 1]!.score)) count++;
      this.distinct.push(count);
    });
    const open = this.scores.filter(({ score }) => score === null);
    this.lows = open.map(({ worst }) => worst).sort((p, q) => p.compare(q));
    this.highs = open.map(({ best }) => best).sort((p, q) => p.compare(q));
  }

  /** The place of the reading at an index. */
  place(index: number): Rank {
    const { score, worst, best } = this.scores[index]!;
    if (score) return this.at(index, score, 0);
    // The interval reaches over its own worst end, and is no rival of itself.
    const low = this.at(index, worst, best.compare(worst) > 0 ? 1 : 0);
    const { best: first } = this.at(index, best, 0);
    const nothing = { rank: null, mean: null, median: null, interval90: null, distribution: null };
    return {
      ...low,
      ...nothing,
      best: first,
      method: 'bounds',
      tied: [],
      above: [],
      below: [],
      pointsPerPlace: null,
    };
  }

  private at(index: number, score: Fraction, mine: number): Rank {
    const { league, known } = this;
    const from = firstWhere(0, known.length, (i) => known[i]!.score.compare(score) <= 0);
    const end = firstWhere(0, known.length, (i) => known[i]!.score.compare(score) < 0);
    const above = from > 0 ? [known[from - 1]!] : [];
    const below = end < known.length ? [known[end]!] : [];
    const level = known.slice(from, end).filter(({ order }) => order !== index);
    const listed = level.slice(0, LISTED);
    const surely =
      this.lows.length - firstWhere(0, this.lows.length, (i) => this.lows[i]!.compare(score) > 0);
    const notAbove = firstWhere(0, this.highs.length, (i) => this.highs[i]!.compare(score) > 0);
    const maybe = this.highs.length - notAbove - surely - mine;
    const open: Rival[] =
      maybe > 0 ? [{ form: 'interval', unit: '', lo: score, hi: this.highs[this.highs.length - 1]! }] : [];
    const rivals: Rival[] = [...above, ...listed, ...below, ...open];
    const group: Rivals = {
      league,
      year: league.year,
      size: this.scores.length,
      rivals,
      own: league.units[index] ?? null,
      assumptions: [],
      model: null,
      unmoved: null,
    };
    const near = placeInLeague(group, score);
    const higher = league.ties === 'dense' ? (this.distinct[from - 1] ?? 0) : from;
    const beyond = higher - above.length + surely + this.lostTo(level.slice(LISTED), index);
    return further(near, beyond, Math.max(0, maybe - open.length));
  }

  /** Places lost to level units that are not listed, under the tie rule. */
  private lostTo(level: readonly Known[], index: number): number {
    if (this.league.ties === 'max') return level.length;
    return this.league.ties === 'order' ? level.filter(({ order }) => order < index).length : 0;
  }
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
