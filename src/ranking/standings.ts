import type { Fraction } from '../exact/fraction.js';
import { HUNDRED } from '../exact/fraction.js';
import type { ReadingResult } from '../scoring/result.js';
import { leagueScore } from './standing.js';
import { rankTable } from './table.js';
import type { Ties } from './ties.js';

/** One unit among those scored with it. */
export interface StandingRow {
  result: ReadingResult;
  /** Index, exact; null while values are unknown. */
  index: Fraction | null;
  /** By the tie rule; null while a range. */
  rank: number | null;
  best: number;
  worst: number;
}

/** All units of a group, ranked among themselves, highest first, with the middle of their indexes. */
export interface Standings {
  rows: StandingRow[];
  ties: Ties;
  /** Over the units whose index is known; null when none is. */
  mean: Fraction | null;
  median: Fraction | null;
  quartiles: [Fraction, Fraction] | null;
}

/**
 * Ranks scored readings by index. While values are unknown a unit's rank is the range between its worst and
 * its best, against the others' best and worst.
 */
export function standings(results: readonly ReadingResult[], ties: Ties): Standings {
  const scores = results.map((r) => leagueScore(r, HUNDRED));
  const known = scores.every((s) => s.score !== null);
  const ranks = known
    ? rankTable(
        scores.map((s) => s.score!),
        ties,
        null,
      ).map(({ rank }) => ({ rank, best: rank, worst: rank }))
    : ranges(scores);
  const rows = results.map((result, i): StandingRow => ({ result, index: scores[i]!.score, ...ranks[i]! }));
  const order = rows.map((_, i) => i);
  order.sort((i, j) => rows[i]!.best - rows[j]!.best || scores[j]!.worst.compare(scores[i]!.worst) || i - j);
  const values = rows.flatMap((r) => r.index ?? []).sort((p, q) => p.compare(q));
  return {
    rows: order.map((i) => rows[i]!),
    ties,
    mean: values.length === 0 ? null : values.reduce((s, v) => s.add(v)).div(values.length),
    median: quantile(values, 2),
    quartiles: values.length === 0 ? null : [quantile(values, 1)!, quantile(values, 3)!],
  };
}

function ranges(scores: readonly { worst: Fraction; best: Fraction }[]) {
  const descending = (key: 'worst' | 'best') => scores.map((s) => s[key]).sort((p, q) => q.compare(p));
  const [worsts, bests] = [descending('worst'), descending('best')];
  return scores.map((s) => {
    // An own interval may overlap itself, so the unit itself is not counted as above.
    const surely = above(worsts, s.best);
    const possibly = above(bests, s.worst) - (s.best.compare(s.worst) > 0 ? 1 : 0);
    const best = surely + 1;
    const worst = possibly + 1;
    return { rank: best === worst ? best : null, best, worst };
  });
}

/** How many of a descending list are above x. */
function above(descending: readonly Fraction[], x: Fraction): number {
  let low = 0;
  let high = descending.length;
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if (descending[middle]!.compare(x) > 0) low = middle + 1;
    else high = middle;
  }
  return low;
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
