import type { Catalogue } from '../catalogue/catalogue.js';
import { type Standings, standings } from '../ranking/standings.js';
import type { Ties } from '../ranking/table.js';
import type { Entry, Reading } from '../reading/reading.js';
import { withGroup } from '../scoring/group.js';
import type { ReadingResult } from '../scoring/result.js';
import { score } from '../scoring/score.js';
import { after, applyChanges, type Changes, positionOf, sureGain } from './gain.js';

/** A unit's reading with the catalogue it is scored under. */
export interface Member {
  reading: Reading;
  catalogue: Catalogue;
}

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
export function raised({ reading, catalogue }: Member, changes: Changes): Changes {
  const now = positionOf(reading, catalogue);
  const row = ({ result }: typeof now, id: string) => result.criteria.find((c) => c.criterion.id === id);
  return new Map(
    [...changes].filter(([id, entry]): boolean => {
      const changed = after(now, new Map<string, Entry>([[id, entry]]));
      const [before, then] = [row(now, id), row(changed, id)];
      if (!before || !then || then.points === null || before.status === 'not_applicable') return false;
      return before.points === null || then.points > before.points || sureGain(now, changed) > 0;
    }),
  );
}

/** Ranks a group before and after each unit's own changes. Members and changes are in the same order. */
export function groupWhatIf(
  members: readonly Member[],
  changes: readonly Changes[],
  ties: Ties,
): GroupWhatIf {
  const scored = (group: readonly Member[]) =>
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
