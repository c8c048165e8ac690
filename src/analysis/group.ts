import type { Catalogue } from '../catalogue/catalogue.js';
import { type Standings, standings } from '../ranking/standings.js';
import type { Ties } from '../ranking/table.js';
import type { Entry, Reading } from '../reading/reading.js';
import { withGroup } from '../scoring/group.js';
import type { ReadingResult } from '../scoring/result.js';
import { score, scoreCriterion } from '../scoring/score.js';
import { applyScenario, type Scenario } from './changes.js';

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

/** Only the changes that gain points for this unit: what it does better already stays. */
export function raised({ reading, catalogue }: Member, scenario: Scenario): Scenario {
  const changes = new Map<string, Entry>();
  for (const [id, entry] of scenario.changes) {
    const criterion = catalogue.criteria.find((c) => c.id === id);
    if (!criterion) continue;
    const now = scoreCriterion(criterion, reading.entries.get(id) ?? null, catalogue);
    const then = scoreCriterion(criterion, entry, catalogue);
    if (now.status !== 'not_applicable' && (now.points === null || (then.points ?? 0) > now.points))
      changes.set(id, entry);
  }
  return { ...scenario, changes };
}

/** Ranks a group before and after each unit's own scenario. Members and scenarios are in the same order. */
export function groupWhatIf(
  members: readonly Member[],
  scenarios: readonly Scenario[],
  ties: Ties,
): GroupWhatIf {
  const scored = (group: readonly Member[]) =>
    withGroup(group).map(({ reading, catalogue }) => score(reading, catalogue));
  const first = scored(members);
  // A new leader moves the points of all who are measured by it.
  const second = scored(members.map((m, i) => ({ ...m, reading: applyScenario(m.reading, scenarios[i]!) })));
  const before = standings(first, ties);
  const after = standings(second, ties);
  const rankIn = (table: Standings, result: ReadingResult) =>
    table.rows.find((r) => r.result === result)!.rank;
  const moves = after.rows.map((row): GroupMove => {
    const i = second.indexOf(row.result);
    const rankBefore = rankIn(before, first[i]!);
    return {
      before: first[i]!,
      after: row.result,
      rankBefore,
      rankAfter: row.rank,
      places: rankBefore === null || row.rank === null ? null : rankBefore - row.rank,
    };
  });
  return { before, after, moves };
}
