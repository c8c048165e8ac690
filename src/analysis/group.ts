import type { Catalogue, Criterion } from '../catalogue/catalogue.js';
import { sameRules } from '../catalogue/diff.js';
import { rankBy, type Ties } from '../ranking/ranks.js';
import { type Standings, standings } from '../ranking/standings.js';
import type { CataloguedReading, Entry } from '../reading/reading.js';
import { withGroup } from '../scoring/group.js';
import type { ReadingResult, Total } from '../scoring/result.js';
import { anyApplies, leftOutOf, score, totalAfter } from '../scoring/score.js';
import { greatest } from '../values/search.js';
import { applyChanges, type Changes, gainBetween, joinChanges, positionAfter, positionOf } from './gain.js';

/** One unit before and after a change to the whole group. */
interface GroupMove {
  before: ReadingResult;
  after: ReadingResult;
  rankBefore: number | null;
  rankAfter: number | null;
  /** Places gained; null while either rank is a range. */
  places: number | null;
}

/** A group ranked, and ranked again after every unit takes on the same changes. */
export interface GroupWhatIf {
  before: Standings;
  after: Standings;
  /** In the order of the ranking afterwards. */
  moves: GroupMove[];
}

/** Only the changes that gain points for this unit, here or by a condition: what it does better already stays. */
export function gainingChanges({ reading, catalogue }: CataloguedReading, changes: Changes): Changes {
  const now = positionOf(reading, catalogue);
  const row = ({ result }: typeof now, id: string) => result.criteria.find((c) => c.criterion.id === id);
  return new Map(
    [...changes].filter(([id, entry]): boolean => {
      const changed = positionAfter(now, new Map<string, Entry>([[id, entry]]));
      const [before, then] = [row(now, id), row(changed, id)];
      if (!before || !then || then.points === null || before.status === 'not_applicable') return false;
      return (
        before.points === null || then.points > before.points || gainBetween(now, changed).guaranteed > 0
      );
    }),
  );
}

/**
 * The changes that gain points for each unit when the whole group takes them on: where units are measured by one
 * another, one that gains nothing now may gain, or keep, points once the others have moved. They stand on what is set in
 * any case, which is given back with them. In the order of members.
 */
export function gainingTogether(
  given: readonly CataloguedReading[],
  changes: readonly Changes[],
  set: readonly Changes[] = given.map(() => new Map()),
): Changes[] {
  const members = withGroup(given.map((m, i) => ({ ...m, reading: applyChanges(m.reading, set[i]!) })));
  const taken = members.map((m, i) => new Map(gainingChanges(m, changes[i]!)));
  const relative = new Set(
    members.flatMap((m) => m.catalogue.criteria.filter((c) => c.relative).map((c) => c.id)),
  );
  const left = (i: number) => [...changes[i]!].filter(([id]) => relative.has(id) && !taken[i]!.has(id));
  while (members.some((_, i) => left(i).length > 0)) {
    const moved = withGroup(members.map((m, i) => ({ ...m, reading: applyChanges(m.reading, taken[i]!) })));
    const more = moved.map((m, i) => gainingChanges(m, new Map(left(i))));
    if (more.every((m) => m.size === 0)) break;
    more.forEach((m, i) => {
      for (const [id, entry] of m) taken[i]!.set(id, entry);
    });
  }
  return taken.map((gaining, i) => joinChanges(set[i]!, gaining).joined);
}

/** Ranks a group before and after each unit's changes. Members and changes are in the same order. */
export function groupWhatIf(
  members: readonly CataloguedReading[],
  changes: readonly Changes[],
  ties: Ties,
): GroupWhatIf {
  const scored = (group: readonly CataloguedReading[]) =>
    withGroup(group).map(({ reading, catalogue }) => score(reading, catalogue));
  const first = scored(members);
  // A new leader moves the points of all who are measured by it.
  const second = scored(members.map((m, i) => ({ ...m, reading: applyChanges(m.reading, changes[i]!) })));
  const before = standings(first, ties);
  const then = standings(second, ties);
  const rankBeforeOf = new Map(before.rows.map(({ result, rank }) => [result, rank]));
  const beforeOf = new Map(second.map((result, i) => [result, first[i]!]));
  const moves = then.rows.map((row): GroupMove => {
    const was = beforeOf.get(row.result)!;
    const rankBefore = rankBeforeOf.get(was) ?? null;
    return {
      before: was,
      after: row.result,
      rankBefore,
      rankAfter: row.rank,
      places: rankBefore === null || row.rank === null ? null : rankBefore - row.rank,
    };
  });
  return { before, after: then, moves };
}

/** What one criterion tells of a whole group, over the units it applies to. */
export interface CriterionOfGroup {
  criterion: Criterion;
  units: number;
  /** Share of those with full points, and their mean and standard deviation in points; null where there are none. */
  full: number | null;
  mean: number | null;
  spread: number | null;
  /** Correlation of its points with the index, and with the index without it; null where either does not vary. */
  withTotal: number | null;
  withRest: number | null;
  /** Mean points of the first ten (or the upper half of a smaller group), and how much the unit asked about lacks. */
  firstMean: number | null;
  behind: number | null;
  /** If the criterion is left out: how many units change their rank, by how much at most, and the asked one's rank. */
  without: { changed: number; most: number; rank: number | null };
}

/** The catalogue whose rules all results are under, each with its score known; null where there is none. */
export function sharedCatalogue(results: readonly ReadingResult[]): Catalogue | null {
  const [first, ...others] = new Set(results.map((r) => r.catalogue));
  const shared = first && others.every((other) => sameRules(other, first));
  return shared && results.every((r) => r.total.score !== null) ? first : null;
}

/** What each criterion tells of a whole group; null unless every unit's score is known, under the same rules. */
export function groupByCriterion(
  group: readonly ReadingResult[],
  ties: Ties,
  asking: number | null,
): CriterionOfGroup[] | null {
  // A unit to which nothing applies has no index, and is none of the group's sums.
  const results = group.filter((r) => anyApplies(r.criteria));
  const asked = asking === null ? -1 : results.indexOf(group[asking]!);
  const catalogue = sharedCatalogue(results);
  if (!catalogue || results.length < 3) return null;
  const one = 10 ** catalogue.decimals;
  const indexes = results.map((r) => shareOf(r.total));
  const ranks = ranksOf(indexes, ties);
  const order = ranks.map((_, i) => i).sort((i, j) => ranks[i]! - ranks[j]!);
  const head = new Set(order.slice(0, Math.min(10, Math.floor(results.length / 2))));
  return catalogue.criteria.map((criterion, k) => {
    const left = results.map((result) => {
      const rows = result.criteria.with(k, leftOutOf(result.criteria[k]!));
      return shareOf(totalAfter(result, rows));
    });
    const scored = results.flatMap((r, i) => {
      const row = r.criteria[k]!;
      if (row.points === null || row.status === 'not_applicable') return [];
      return [{ i, points: row.points / one, full: row.points >= row.max }];
    });
    const points = scored.map((s) => s.points);
    const middle = mean(points);
    const others = ranksOf(left, ties);
    const places = others.map((rank, i) => Math.abs(rank - ranks[i]!));
    const firstMean = mean(scored.filter((s) => head.has(s.i)).map((s) => s.points));
    const mine = scored.find((s) => s.i === asked);
    return {
      criterion,
      units: scored.length,
      full: mean(scored.map((s) => Number(s.full))),
      mean: middle,
      spread: middle === null ? null : Math.sqrt(mean(points.map((p) => (p - middle) ** 2))!),
      withTotal: correlation(scored.map((s) => [s.points, indexes[s.i]!])),
      withRest: correlation(scored.map((s) => [s.points, left[s.i]!])),
      firstMean,
      behind: mine && firstMean !== null ? firstMean - mine.points : null,
      without: {
        changed: places.filter((m) => m > 0).length,
        most: greatest(places),
        rank: others[asked] ?? null,
      },
    };
  });
}

/** The index of a score that is known, in percent; where nothing applies there are no points, and it stands last. */
const shareOf = ({ score, applicableMax }: Total): number => (100 * score!) / Math.max(1, applicableMax);

/** Ranks by index, equal to eight places. */
function ranksOf(indexes: readonly number[], ties: Ties): number[] {
  const whole = indexes.map((x) => Math.round(x * 1e8));
  return rankBy(whole.length, (i, j) => whole[i]! - whole[j]!, ties).map((r) => r.rank);
}

const mean = (xs: readonly number[]): number | null =>
  xs.length === 0 ? null : xs.reduce((sum, x) => sum + x, 0) / xs.length;

function correlation(pairs: readonly (readonly [number, number])[]): number | null {
  const [mx, my] = [mean(pairs.map(([x]) => x)), mean(pairs.map(([, y]) => y))];
  if (mx === null || my === null) return null;
  let [xx, yy, xy] = [0, 0, 0];
  for (const [x, y] of pairs) {
    xx += (x - mx) ** 2;
    yy += (y - my) ** 2;
    xy += (x - mx) * (y - my);
  }
  const scale = Math.sqrt(xx * yy);
  // Less is what rounding makes of numbers that are all the same.
  return scale > 1e-12 * pairs.length ? xy / scale : null;
}
