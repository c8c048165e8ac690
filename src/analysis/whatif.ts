import * as z from 'zod/mini';
import type { Catalogue } from '../catalogue/catalogue.js';
import { findInput } from '../catalogue/select.js';
import type { Rank } from '../ranking/place.js';
import { movedRivals, NO_MOVES, type RivalMoves, type Rivals } from '../ranking/rivals.js';
import { parseEntry, parsePart } from '../reading/parse.js';
import type { Entry, Reading } from '../reading/reading.js';
import { entryShape } from '../reading/shape.js';
import type { Reference } from '../rules/rule.js';
import { targetedInput } from '../scoring/criterion.js';
import type { CriterionResult, ReadingResult } from '../scoring/result.js';
import { type Diagnostic, error, type KeyPath, type Result } from '../values/diagnostic.js';
import type { Fraction } from '../values/fraction.js';
import { parseWhole } from '../values/from-zod.js';
import { difference, type Points } from '../values/points.js';
import { type Bilingual, bilingual, strictMap } from '../values/scalars.js';
import {
  among,
  entryAfter,
  type Gain,
  gainBetween,
  gainOf,
  type Position,
  positionAfter,
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

/** Where what the others of the group are measured by moves with the unit. */
export interface OthersMoved {
  /** Criteria in which the unit would lead its group, so that the others' points would move too. */
  leads: string[];
  /** Criteria in which what the group is measured by moves with the unit's value, and so the others' points. */
  groupMoves: { id: string; reference: Reference | 'leader' }[];
}

export interface ScenarioResult extends OthersMoved {
  name: Bilingual;
  result: ReadingResult;
  rank: Rank | null;
  changes: Change[];
  /** What caps, means, weights, roundings and limits make of the changes, beyond their sum; null while unknown. */
  combined: Points | null;
  /** What each change alone brings the score: under weights, means or caps not the points of its criterion. */
  alone: () => ReadonlyMap<string, Points>;
  delta: Delta;
  /** Known rivals that were not below before and are now, and the other way round. */
  overtaken: string[];
  overtakenBy: string[];
  /** Conditions between criteria that hold after, or no longer do: null while a value does not tell. */
  conditions: { id: string; criterion: string; met: boolean | null }[];
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
  const { rivals = null, moves = NO_MOVES } = options;
  // A move of 0 says that they stand as published.
  const moving = moves !== NO_MOVES;
  const published = positionOf(reading, catalogue, rivals);
  const moved = moving && rivals ? among(published, movedRivals(rivals, moves)) : published;
  return {
    baseline: published.result,
    baselineRank: published.rank,
    baselineMoved: moving ? moved.rank : null,
    scenarios: scenarios.map((scenario) => compareTo(published, moved, scenario)),
  };
}

function compareTo(published: Position, moved: Position, scenario: Scenario): ScenarioResult {
  const now = positionAfter(moved, scenario.changes);
  const { result, rank } = now;
  const baseline = published.result;
  const gain: Gain = gainBetween(published, now);
  const { places } = gainBetween(moved, now);
  // Those who were known to stand on the other side, or level: in a later year nobody is, but where rivals move by hand.
  const before = published.rivals?.unmoved ? moved.rank : published.rank;
  const passed = (from: 'above' | 'below', to: 'above' | 'below') => {
    const were = new Set([...(before?.[from].map((n) => n.unit) ?? []), ...(before?.tied ?? [])]);
    return (rank?.[to] ?? []).map((n) => n.unit).filter((unit) => were.has(unit));
  };
  const changes = changesBetween(baseline, result, scenario);
  return {
    name: scenario.name,
    result,
    rank,
    changes,
    combined: changes.reduce<Points | null>((rest, change) => difference(rest, change.gain), gain.points),
    alone: () =>
      new Map(
        baseline.criteria.flatMap(({ criterion: { id } }) => {
          const change = scenario.changes.get(id);
          return change ? [[id, gainOf(moved, new Map([[id, change]])).guaranteed]] : [];
        }),
      ),
    delta: {
      score: gain.points,
      deduction: difference(result.total.deduction, baseline.total.deduction),
      index: gain.index,
      max: gain.max,
      rankMean: gain.places === null ? null : 0 - gain.places,
      rankMeanAmongMoved: places === null ? null : 0 - places,
    },
    overtaken: passed('above', 'below'),
    ...othersMoved(baseline, result),
    conditions: conditionsMoved(baseline, result),
    overtakenBy: passed('below', 'above'),
  };
}

/** Where a change of the unit moves the others of its group. */
export const othersMoved = (before: ReadingResult, after: ReadingResult): OthersMoved => ({
  leads: newLeads(before, after),
  groupMoves: groupMoves(before, after),
});

/** The number that an indicator has; null while it has none. */
function numberOf(row: CriterionResult | undefined, index: number): Fraction | null {
  const value = row?.value?.inputs[index];
  return value?.form === 'number' ? value.x : null;
}

const differ = (p: Fraction | null, q: Fraction | null): boolean => (p && q ? !p.equals(q) : p !== q);

/** Criteria whose value becomes another, beyond the leader that their points are measured by. */
function newLeads(before: ReadingResult, after: ReadingResult): string[] {
  return after.criteria.flatMap((row, i) => {
    const at = targetedInput(row.criterion);
    const [was, is] = [numberOf(before.criteria[i], at), numberOf(row, at)];
    return differ(was, is) && row.entry && passesLeader(row.entry, is) ? [row.criterion.id] : [];
  });
}

/** Whether a value is beyond the leader's, of a group the best of the others'. */
const passesLeader = ({ leader }: Entry, x: Fraction | null): boolean =>
  leader !== null && x !== null && (leader.value === null || x.compare(leader.value) > 0);

/** Whether one that leads falls back to the others or behind them: a leader that the reading gives may be itself. */
function losesLead(entry: Entry, was: Fraction | null, is: Fraction | null): boolean {
  const { leader } = entry;
  if (!leader?.value || !was || passesLeader(entry, is)) return false;
  return was.compare(leader.value) >= (leader.from === 'given' ? 0 : 1);
}

/** Conditions that hold on one side and not on the other. */
function conditionsMoved(before: ReadingResult, after: ReadingResult): ScenarioResult['conditions'] {
  return after.criteria.flatMap(({ criterion, condition }, i) => {
    const old = before.criteria[i]?.condition;
    return condition && old && condition.met !== old.met
      ? [{ id: criterion.id, criterion: condition.criterion, met: condition.met }]
      : [];
  });
}

/** Where the leader, the least, greatest or mean value of the group, or the order of another unit, is not what it was. */
function groupMoves(before: ReadingResult, after: ReadingResult): ScenarioResult['groupMoves'] {
  return after.criteria.flatMap(({ criterion, entry }, i) =>
    criterion.compiled.inputs.flatMap((input, k): ScenarioResult['groupMoves'] => {
      const old = before.criteria[i];
      const [was, is] = [numberOf(old, k), numberOf(after.criteria[i], k)];
      const leaves = (old?.entry?.notApplicable === true) !== (entry?.notApplicable === true);
      if (!entry || input.form !== 'line' || (!differ(was, is) && !leaves)) return [];
      const { id } = criterion;
      if (k === targetedInput(criterion) && losesLead(entry, was, is)) return [{ id, reference: 'leader' }];
      const others = entry.references.get(input.key)?.others;
      const reference = input.against?.reference ?? 'last_year';
      if (reference === 'last_year' || !others || others.size === 0) return [];
      const ends = [was, is].some(
        (x) => x && (reference === 'group_min' ? others.above(x) : others.below(x)) === others.size,
      );
      // Who comes into the group, or leaves it, moves all of it.
      const moves =
        !was ||
        !is ||
        reference === 'group_mean' ||
        (reference === 'group_min' || reference === 'group_max'
          ? ends
          : others.below(was) !== others.below(is) || others.above(was) !== others.above(is));
      return moves ? [{ id, reference }] : [];
    }),
  );
}

function changesBetween(before: ReadingResult, after: ReadingResult, scenario: Scenario): Change[] {
  return before.criteria.flatMap((row, i) => {
    const next = after.criteria[i]!;
    const moved = next.points !== row.points || next.max !== row.max || next.status !== row.status;
    if (!scenario.changes.has(row.criterion.id) && !moved) return [];
    const gain = difference(next.points, row.points);
    return [{ id: row.criterion.id, before: row, after: next, gain, max: next.max - row.max }];
  });
}

/** The YAML shape of a scenario file. */
export const scenarioShape = strictMap({
  name: bilingual,
  note: z.optional(bilingual),
  changes: z.record(z.string(), entryShape),
});

/** Checks a scenario file's data against the catalogue. */
export function parseScenario(
  data: unknown,
  catalogue: Catalogue,
  year: number = catalogue.year,
): Result<Scenario> {
  return parseWhole(data, scenarioShape, ({ name, changes: given }) => {
    const { changes, diagnostics } = parseChanges(given, catalogue, ['changes'], year);
    return { value: { name, changes }, diagnostics };
  });
}

/** Checks a map id → value, as scenario files and `--set` give it for a reading of `year`. Such values are assumed. */
export function parseChanges(
  data: Readonly<Record<string, unknown>>,
  catalogue: Catalogue,
  path: KeyPath = [],
  year: number = catalogue.year,
): { changes: Map<string, Entry>; diagnostics: Diagnostic[] } {
  const changes = new Map<string, Entry>();
  const diagnostics: Diagnostic[] = [];
  for (const [id, raw] of Object.entries(data)) {
    const named = findInput(catalogue, id);
    if (!('criterion' in named)) {
      diagnostics.push(
        error('unknown-criterion', { value: id, suggestion: named.suggestion }, [...path, id]),
      );
      continue;
    }
    const { criterion, index, count } = named;
    const at = [...path, id];
    const before = changes.get(criterion.id);
    const taken =
      index === null ||
      (count === null ? before?.inputs?.[index] !== null : !before?.counts || before.counts.given.has(count));
    if (before && taken) {
      diagnostics.push(error('two-values', { id: criterion.id, keys: [id] }, at));
      continue;
    }
    const read =
      index === null
        ? parseEntry(raw, criterion, catalogue.decimals, at, year)
        : parsePart(raw, named, catalogue.decimals, at, year);
    diagnostics.push(...read.diagnostics);
    if (!read.entry) continue;
    const entry: Entry = { ...read.entry, provenance: 'assumed' };
    // Single values of one criterion, given one by one, are one change.
    changes.set(criterion.id, before ? entryAfter(entry, before) : entry);
  }
  return { changes, diagnostics };
}
