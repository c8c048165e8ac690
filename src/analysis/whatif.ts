import type { Fraction } from '../exact/fraction.js';
import type { Points } from '../exact/points.js';
import { NO_MOVES, type Rank, type RivalMoves } from '../ranking/place.js';
import type { Rivals } from '../ranking/rivals.js';
import { placeResult } from '../ranking/standings.js';
import type { Reading } from '../reading/reading.js';
import type { CriterionResult, ReadingResult } from '../scoring/result.js';
import { score } from '../scoring/score.js';
import type { Bilingual } from '../shapes/scalars.js';
import { applyScenario, type Scenario } from './changes.js';

/** One criterion before and after. */
interface Change {
  id: string;
  before: CriterionResult;
  after: CriterionResult;
  /** Points gained; null while either side is unknown. */
  gain: Points | null;
}

interface Delta {
  score: Points | null;
  deduction: Points | null;
  index: Fraction | null;
  rankMean: number | null;
}

export interface ScenarioResult {
  name: Bilingual;
  result: ReadingResult;
  rank: Rank | null;
  changes: Change[];
  delta: Delta;
  /** Known rivals that were not below before and are now, and the other way round. */
  overtaken: string[];
  overtakenBy: string[];
  /** Criteria in which the unit would lead its group, so that the others' points would move too. */
  leads: string[];
}

/** A baseline and its scenarios, side by side. */
export interface WhatIf {
  baseline: ReadingResult;
  /** The baseline's rank among rivals as published. */
  baselineRank: Rank | null;
  scenarios: ScenarioResult[];
}

export interface WhatIfOptions {
  /** The league without the unit; its anchor is the baseline's score. */
  rivals?: Rivals | null;
  /** How rivals move in every scenario. */
  moves?: RivalMoves;
}

/** Scores scenarios against a baseline: points, rank, who is overtaken. */
export function whatIf(
  reading: Reading,
  catalogue: ReadingResult['catalogue'],
  scenarios: readonly Scenario[],
  options: WhatIfOptions = {},
): WhatIf {
  const baseline = score(reading, catalogue);
  const rivals = options.rivals ?? null;
  const baselineRank = rivals && placeResult(rivals, baseline);
  return {
    baseline,
    baselineRank,
    scenarios: scenarios.map((scenario) =>
      compareTo(
        baseline,
        baselineRank,
        scenario,
        score(applyScenario(reading, scenario), catalogue),
        rivals,
        options.moves ?? NO_MOVES,
      ),
    ),
  };
}

function compareTo(
  baseline: ReadingResult,
  baselineRank: Rank | null,
  scenario: Scenario,
  result: ReadingResult,
  rivals: Rivals | null,
  moves: RivalMoves,
): ScenarioResult {
  const rank = rivals && placeResult(rivals, result, moves);
  const minus = (p: number | null | undefined, q: number | null | undefined) =>
    p == null || q == null ? null : p - q;
  const index = (r: ReadingResult) => r.total.index;
  const names = (r: Rank | null, side: 'above' | 'below') => (r ? r[side].map((n) => n.unit) : []);
  const below = names(baselineRank, 'below');
  const above = names(baselineRank, 'above');
  return {
    name: scenario.name,
    result,
    rank,
    changes: changesBetween(baseline, result, scenario),
    delta: {
      score: minus(result.total.score, baseline.total.score),
      deduction: minus(result.total.deduction, baseline.total.deduction),
      index: index(result) && index(baseline) ? index(result)!.sub(index(baseline)!) : null,
      rankMean: minus(rank?.mean, baselineRank?.mean),
    },
    overtaken: names(rank, 'below').filter((unit) => !below.includes(unit)),
    leads: newLeads(result),
    overtakenBy: names(rank, 'above').filter((unit) => !above.includes(unit)),
  };
}

/** Criteria whose value is beyond the leader that their points are measured by. */
function newLeads(result: ReadingResult): string[] {
  return result.criteria.flatMap(({ criterion, entry, value }) => {
    const x = value?.inputs[0];
    const beyond = entry?.leader && x?.form === 'number' && x.x.compare(entry.leader.value) > 0;
    return beyond ? [criterion.id] : [];
  });
}

function changesBetween(before: ReadingResult, after: ReadingResult, scenario: Scenario): Change[] {
  return before.criteria.flatMap((row, i) => {
    const next = after.criteria[i]!;
    if (!scenario.changes.has(row.criterion.id)) return [];
    const known = row.points !== null && next.points !== null;
    return [
      { id: row.criterion.id, before: row, after: next, gain: known ? next.points! - row.points! : null },
    ];
  });
}
