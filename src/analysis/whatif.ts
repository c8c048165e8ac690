import type { Fraction } from '../exact/fraction.js';
import type { Points } from '../exact/points.js';
import { NO_MOVES, type Rank, type RivalMoves } from '../ranking/place.js';
import type { Rivals } from '../ranking/rivals.js';
import type { Reading } from '../reading/reading.js';
import type { CriterionResult, ReadingResult } from '../scoring/result.js';
import type { Bilingual } from '../shapes/scalars.js';
import {
  after,
  amongMoved,
  type Gain,
  gainBetween,
  type Position,
  positionOf,
  type Scenario,
} from './gain.js';

/** One criterion before and after. */
interface Change {
  id: string;
  before: CriterionResult;
  after: CriterionResult;
  /** Points gained; null while either side is unknown. */
  gain: Points | null;
  /** Points of the maximum gained: less than 0 when the criterion ceases to apply. */
  max: Points;
}

interface Delta {
  score: Points | null;
  deduction: Points | null;
  index: Fraction | null;
  /** Points of the applicable maximum. */
  max: Points;
  /** Against the baseline among rivals as published. */
  rankMean: number | null;
  /** Against the baseline among rivals that have moved. */
  rankMeanAmongMoved: number | null;
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
  /** The baseline's rank among rivals that have moved; null when none moves. */
  baselineMoved: Rank | null;
  scenarios: ScenarioResult[];
}

export interface WhatIfOptions {
  /** The league without the unit; its anchor is the baseline's score. */
  rivals?: Rivals | null;
  /** How rivals move, in every scenario. */
  moves?: RivalMoves;
}

/** Scores scenarios against a baseline: points, rank, who is overtaken. */
export function whatIf(
  reading: Reading,
  catalogue: ReadingResult['catalogue'],
  scenarios: readonly Scenario[],
  options: WhatIfOptions = {},
): WhatIf {
  const moves = options.moves ?? NO_MOVES;
  const moving = moves.all.n !== 0n || moves.units.size > 0;
  const published = positionOf(reading, catalogue, options.rivals ?? null);
  const moved = moving ? amongMoved(published, moves) : published;
  return {
    baseline: published.result,
    baselineRank: published.rank,
    baselineMoved: moving ? moved.rank : null,
    scenarios: scenarios.map((scenario) => compareTo(published, moved, scenario)),
  };
}

function compareTo(published: Position, moved: Position, scenario: Scenario): ScenarioResult {
  const now = after(moved, scenario.changes);
  const { result, rank } = now;
  const baseline = published.result;
  const gain: Gain = gainBetween(published, now);
  const { places } = gainBetween(moved, now);
  const names = (r: Rank | null, side: 'above' | 'below') => (r ? r[side].map((n) => n.unit) : []);
  const below = names(published.rank, 'below');
  const above = names(published.rank, 'above');
  const lost = (r: ReadingResult) => r.total.deduction;
  return {
    name: scenario.name,
    result,
    rank,
    changes: changesBetween(baseline, result, scenario),
    delta: {
      score: gain.points,
      deduction: lost(result) === null || lost(baseline) === null ? null : lost(result)! - lost(baseline)!,
      index: gain.index,
      max: gain.max,
      rankMean: gain.places === null ? null : 0 - gain.places,
      rankMeanAmongMoved: places === null ? null : 0 - places,
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
      {
        id: row.criterion.id,
        before: row,
        after: next,
        gain: known ? next.points! - row.points! : null,
        max: next.max - row.max,
      },
    ];
  });
}
