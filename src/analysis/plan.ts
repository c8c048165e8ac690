import * as z from 'zod/mini';
import type { Catalogue } from '../catalogue/catalogue.js';
import { findOwner } from '../catalogue/select.js';
import type { Rank } from '../ranking/place.js';
import { chanceOfRank } from '../ranking/ranks.js';
import type { Rivals } from '../ranking/rivals.js';
import { placeResult } from '../ranking/standings.js';
import type { Entry, Reading } from '../reading/reading.js';
import { entryShape } from '../reading/shape.js';
import type { ReadingResult } from '../scoring/result.js';
import { indexOf } from '../scoring/score.js';
import { type Diagnostic, error, type Result } from '../values/diagnostic.js';
import { commonDivisor, Fraction, ZERO } from '../values/fraction.js';
import { parseWhole } from '../values/from-zod.js';
import type { Points } from '../values/points.js';
import {
  type Bilingual,
  bilingual,
  date,
  decimal,
  listOf,
  nonEmptyText,
  strictMap,
} from '../values/scalars.js';
import { firstWhere } from '../values/search.js';
import { nearest } from '../values/suggest.js';
import {
  among,
  type Changes,
  fullFixes,
  gainBetween,
  gainOf,
  type Position,
  positionAfter,
  positionOf,
} from './gain.js';
import { type Program, programOf, stepsOf } from './program.js';
import { type Constraint, MOST_STEPS, type Pricer, type SearchResult, scoreOf, search } from './search.js';
import { parseChanges } from './whatif.js';

/** What a plan must reach: points of the score, an index in percent, or a rank. */
export type Target =
  | { kind: 'score'; points: Points }
  | { kind: 'index'; index: Fraction }
  | { kind: 'rank'; rank: number; confidence: number | null };

export interface PlanLimits {
  budget: Fraction | null;
  maxActions: number | null;
  perOwner: number | null;
}

/** One action with what it changes for the unit, and gains on the baseline. */
export interface Option {
  action: Action;
  changes: Changes;
  gain: Points;
}

export interface Choice {
  options: Option[];
  cost: Fraction;
  gain: Points;
  result: ReadingResult;
  /** Null without a league. */
  rank: Rank | null;
  /** Whether no set of less cost has as many points; of the most points within limits, whether none has more. */
  proved: boolean;
}

/** Choices at which no more points can be had at the cost, cheapest first, and whether they are all there are. */
interface Choices {
  choices: Choice[];
  whole: boolean;
}

/** Told how many points of the frontier are found, of at most how many. */
type Tell = (points: number, limit: number) => void;

export interface Plan {
  feasible: boolean;
  /** The least score that reaches the target; null where none does. */
  needed: Points | null;
  /** What reaches it; else the most that the limits allow. */
  choice: Choice;
  /** Points that the choice falls short; null where no score reaches it. */
  short: Points | null;
  frontier: Choices;
}

/**
 * What each action changes that applies to the unit, and the points that it is sure to gain on a position whose score is
 * known: what it lets count without a value, by a condition, is at its worst.
 */
export function optionsOf(actions: readonly Action[], position: Position): Option[] {
  const { criteria } = position.result;
  // A condition that leaves a criterion out may come to hold.
  const may = criteria.filter((row) => row.status !== 'not_applicable' || row.condition);
  const ids = new Set(may.map((row) => row.criterion.id));
  const alone = among(position, null);
  return actions.map((action) => {
    const changes = new Map([...action.changes].filter(([id]) => ids.has(id)));
    return { action, changes, gain: gainOf(alone, changes).guaranteed };
  });
}

/** Without an actions file: each criterion that lost points repaired in full, at a cost of one. */
function defaultActions({ result }: Position): Action[] {
  const criteria = new Map(result.catalogue.criteria.map((c) => [c.id, c]));
  return [...fullFixes(result)].map(([id, entry]): Action => {
    const { name, owners } = criteria.get(id)!;
    return {
      id,
      name,
      owner: null,
      owners,
      cost: new Fraction(1),
      changes: new Map<string, Entry>([[id, entry]]),
      requires: [],
      excludes: [],
      deadline: null,
    };
  });
}

/** The most that a score can be: what lies outside the scale may take it over the maximum. */
function mostPoints({ total, catalogue: { criteria, adjustments } }: ReadingResult): Points {
  const beyond = criteria.reduce((sum, c) => (c.outside ? sum + c.max : sum), 0);
  return total.applicableMax + Math.min(beyond, adjustments.most ?? beyond);
}

/** The least score, in points, that meets the target; null when even the most does not. */
export function neededScore(target: Target, baseline: ReadingResult, rivals: Rivals | null): Points | null {
  const { applicableMax } = baseline.total;
  if (target.kind === 'score') return target.points;
  if (target.kind === 'index') return Number(target.index.mul(applicableMax).div(100).ceil(0).valueOf());
  if (!rivals) throw new Error('a rank target without a league');
  const meets = (points: Points): boolean => {
    const rank = placeResult(rivals, atScore(baseline, points));
    return rank !== null && meetsRank(rank, target.rank, target.confidence);
  };
  const most = mostPoints(baseline);
  return meets(most) ? firstWhere(0, most, meets) : null;
}

/** The result with another score in all. */
function atScore(result: ReadingResult, points: Points): ReadingResult {
  const { applicableMax } = result.total;
  const index = indexOf(points, applicableMax);
  const total = { ...result.total, score: points, worst: points, best: points, index };
  return { ...result, total };
}

const meetsRank = (rank: Rank, target: number, confidence: number | null): boolean =>
  confidence === null || !rank.distribution
    ? rank.worst <= target
    : chanceOfRank(rank.distribution, target) >= confidence - 1e-12;

/** Rows that every set of actions must keep; costs are whole, `unit` of them to one. */
function limitRows(
  options: readonly Option[],
  limits: PlanLimits,
  costs: readonly number[],
  unit: Fraction,
): Constraint[] {
  const rows: Constraint[] = [];
  const atMost = (most: number, terms: Constraint['terms']) => rows.push({ terms, most });
  const ones = (of: readonly number[]) => of.map((i) => [i, 1] as const);
  const index = new Map(options.map((o, i) => [o.action.id, i]));
  const touching = new Map<string, number[]>();
  options.forEach(({ action, changes }, i) => {
    for (const id of changes.keys()) touching.set(id, [...(touching.get(id) ?? []), i]);
    const others = (ids: readonly string[]) => ids.map((id) => index.get(id)!).filter((k) => k !== i);
    for (const k of others(action.requires)) atMost(0, [...ones([i]), [k, -1]]);
    for (const k of others(action.excludes)) atMost(1, ones([i, k]));
  });
  for (const same of touching.values()) if (same.length > 1) atMost(1, ones(same));
  if (limits.budget) atMost(Number(limits.budget.mul(unit).floor(0)), [...costs.entries()]);
  if (limits.maxActions !== null) atMost(limits.maxActions, ones([...options.keys()]));
  if (limits.perOwner !== null)
    for (const owner of new Set(options.flatMap((o) => o.action.owners))) {
      const led = [...options.keys()].filter((i) => options[i]!.action.owners.includes(owner));
      atMost(limits.perOwner, ones(led));
    }
  return rows;
}

export interface PlanRequest {
  reading: Reading;
  catalogue: Catalogue;
  rivals: Rivals | null;
  target: Target;
  /** Null: each criterion repaired in full, at a cost of one. */
  actions: readonly Action[] | null;
  limits: PlanLimits;
  /** Whether to trace the cost–score frontier, and how many points of it at most. */
  frontier: number;
  tell?: Tell;
}

/** Sets of actions that are best in one way, then in others among those that are equal in it. */
interface Chooser {
  /** Most points, then least cost, then fewest actions. */
  most(): SearchResult;
  /** A gain of at least so much: least cost, then most points, then fewest actions. */
  cheapest(gain: Points, steps?: Steps): SearchResult;
  gainOf(chosen: readonly number[] | null): Points;
  /** Whether points that an index or a rank needs may be others after a choice. */
  movesMax: boolean;
}

function chooserOf(
  options: readonly Option[],
  limits: PlanLimits,
  position: Position,
  price: Pricer,
): Chooser {
  const changes = options.map((o) => o.changes);
  const program = programOf(changes, position);
  // The coarsest unit of which every cost is a whole number.
  const fractions = options.map((o) => o.action.cost);
  const parts = fractions.reduce((all, { d }) => (all * d) / commonDivisor(all, d), 1n);
  const divisor = fractions.reduce((all, c) => commonDivisor(all, c.mul(parts).n), 0n) || 1n;
  const unit = new Fraction(parts, divisor);
  const costs = fractions.map((c) => c.mul(unit).valueOf());
  const rows = limitRows(options, limits, costs, unit);
  const { movesMax } = program;
  if (program.exact || options.length > MOST_TRIED)
    return { ...bySearch(program, costs, rows, price), movesMax };
  const gainOf = (chosen: readonly number[] | null) => choiceOf(pickedOf(options, chosen), position).gain;
  return { ...byTrying(gainOf, costs, rows), gainOf, movesMax };
}

const pickedOf = (options: readonly Option[], chosen: readonly number[] | null) =>
  (chosen ?? []).map((i) => options[i]!);

function bySearch(program: Program, costs: readonly number[], limits: readonly Constraint[], price: Pricer) {
  const base = scoreOf(program, []);
  const gainOf = (chosen: readonly number[] | null) => scoreOf(program, chosen ?? []) - base;
  const grid = stepsOf(program);
  const goals = { costs, points: 'points' as const, ones: costs.map(() => 1) };

  const inTurn = (order: (keyof typeof goals)[], gain: Points | null, steps: Steps): SearchResult => {
    let rows = limits;
    let need = gain && grid.base + Math.ceil((base + gain - grid.base) / grid.step) * grid.step;
    let best: SearchResult = { chosen: null, proved: program.exact };
    let proofs: Constraint[] = [];
    for (const key of order) {
      const goal = goals[key];
      const problem = { program, rows, need, goal };
      const prices = price(problem);
      const now = prices
        ? search({ ...problem, rows: [...rows, ...proofs] }, prices, best.chosen, steps)
        : NONE;
      best = { chosen: now.chosen ?? best.chosen, proved: best.proved && now.proved };
      if (!best.chosen) break;
      proofs = [...proofs, ...(now.rows ?? [])];
      if (goal === 'points') need = base + gainOf(best.chosen);
      else rows = [...rows, { terms: [...goal.entries()], most: sumOver(goal, best.chosen) }];
    }
    return best;
  };
  let best: SearchResult | null = null;
  const most = (): SearchResult => {
    best ??= inTurn(['points', 'costs', 'ones'], null, { left: MOST_STEPS });
    return best;
  };
  return {
    most,
    cheapest(gain: Points, steps: Steps = { left: MOST_STEPS }): SearchResult {
      const cheapest = inTurn(['costs', 'points', 'ones'], gain, steps);
      if (cheapest.chosen || cheapest.proved) return cheapest;
      return { chosen: gainOf(most().chosen) >= gain ? most().chosen : null, proved: false };
    },
    gainOf,
  };
}

const sumOver = (values: readonly number[], chosen: readonly number[]) =>
  chosen.reduce((sum, i) => sum + values[i]!, 0);

/** Actions of which every set is scored, where the program does not give every score. */
const MOST_TRIED = 10;

function byTrying(gainOf: Chooser['gainOf'], costs: readonly number[], rows: readonly Constraint[]) {
  const keeps = (chosen: readonly number[]) =>
    rows.every(({ terms, most }) => terms.reduce((s, [i, c]) => (chosen.includes(i) ? s + c : s), 0) <= most);
  const sets = Array.from({ length: 2 ** costs.length }, (_, set) =>
    [...costs.keys()].filter((i) => set & (1 << i)),
  )
    .filter(keeps)
    .map((chosen) => ({ chosen, proved: true, gain: gainOf(chosen), cost: sumOver(costs, chosen) }));
  type Tried = (typeof sets)[number];
  const fewer = (p: Tried, q: Tried) => p.chosen.length - q.chosen.length;
  const byCost = [...sets].sort((p, q) => p.cost - q.cost || q.gain - p.gain || fewer(p, q));
  const byGain = [...sets].sort((p, q) => q.gain - p.gain || p.cost - q.cost || fewer(p, q));
  return {
    most: () => byGain[0] ?? NONE,
    cheapest: (gain: Points) => byCost.find((s) => s.gain >= gain) ?? NONE,
  };
}

type Steps = { left: number };
const NONE: SearchResult = { chosen: null, proved: true };

/**
 * The cheapest set of actions that reaches the target; of equal cost the one with most points, and of those the
 * one with fewest actions. The frontier is chosen in the same order. The baseline's score must be known.
 */
export function plan(request: PlanRequest, price: Pricer): Plan {
  const { reading, catalogue, target, rivals, limits } = request;
  const position = positionOf(reading, catalogue, rivals);
  const baseline = position.result;
  const { score: now } = baseline.total;
  if (now === null) throw new Error('the baseline is not known');
  const options = optionsOf(request.actions ?? defaultActions(position), position);
  const chooser = chooserOf(options, limits, position, price);
  const build = ({ chosen, proved }: SearchResult): Choice => {
    const choice = choiceOf(pickedOf(options, chosen), position);
    // Where the program does not give every score, what it gives is not proved.
    return { ...choice, proved: proved && chooser.gainOf(chosen) === choice.gain };
  };
  const frontier = request.frontier > 0 ? trace(chooser, build, request) : { choices: [], whole: true };
  const needed = neededScore(target, baseline, rivals);
  let proved = target.kind === 'score' || !chooser.movesMax;
  for (let asked = needed === null ? null : needed - now, more = 1; asked !== null; more *= 2) {
    const searched = asked <= 0 ? { chosen: [], proved } : chooser.cheapest(asked);
    // What falls short of the program's gain may still reach it.
    const choice = build(searched.chosen ? searched : chooser.most());
    proved &&= searched.proved && choice.proved;
    // An index, and a rank by it, is of the maximum that applies after the choice.
    const wanted = chooser.movesMax ? neededScore(target, choice.result, rivals)! : needed!;
    const short = Math.max(0, wanted - now - choice.gain);
    if (short === 0 || !searched.chosen)
      return { feasible: short === 0, needed: wanted, choice: { ...choice, proved }, short, frontier };
    proved = false;
    asked += more * short;
  }
  return { feasible: false, needed: null, choice: build(chooser.most()), short: null, frontier };
}

function choiceOf(options: Option[], position: Position): Omit<Choice, 'proved'> {
  const now = positionAfter(position, new Map(options.flatMap((o) => [...o.changes])));
  const cost = options.reduce((sum, o) => sum.add(o.action.cost), ZERO);
  return { options, cost, gain: gainBetween(position, now).guaranteed, result: now.result, rank: now.rank };
}

/** Steps of all searches of a frontier together. */
const FRONTIER_STEPS = 3 * MOST_STEPS;

/**
 * Choices at which no more points can be had at the cost: first at even steps up to the most points, then between
 * them, the widest step first, until none is left out, there are `limit`, or it takes too long.
 */
function trace(
  chooser: Chooser,
  build: (searched: SearchResult) => Choice,
  { frontier: limit, tell = () => {} }: PlanRequest,
): Choices {
  const byGain = new Map<Points, SearchResult>();
  const steps = { left: FRONTIER_STEPS };
  const most = chooser.gainOf(chooser.most().chosen);
  /** The gain of the cheapest choice that has at least so much. */
  const probe = (need: Points): Points => {
    const searched = chooser.cheapest(need, steps);
    if (!searched.chosen) return most;
    const gain = chooser.gainOf(searched.chosen);
    byGain.set(gain, searched);
    tell(byGain.size, limit);
    return gain;
  };
  // Gains that are not settled yet: what the least of them costs is unknown.
  const open: { from: Points; to: Points }[] = [];
  const evenSteps = Math.max(1, Math.floor(limit / 2));
  let settled = 0;
  for (let k = 1; k <= evenSteps && settled < most && steps.left > 0; k++) {
    const need = Math.max(settled + 1, Math.round((most * k) / evenSteps));
    if (need > settled + 1) open.push({ from: settled + 1, to: need - 1 });
    settled = probe(need);
  }
  while (open.length > 0 && byGain.size < limit && steps.left > 0) {
    open.sort((p, q) => q.to - q.from - (p.to - p.from));
    const { from, to } = open.shift()!;
    const gain = probe(from);
    if (gain < to) open.push({ from: gain + 1, to });
  }
  const choices = [...byGain.values()].map(build).sort((p, q) => p.cost.compare(q.cost) || q.gain - p.gain);
  const better = choices.filter((c, i) => choices.slice(0, i).every((before) => before.gain < c.gain));
  return { choices: better, whole: open.length === 0 && settled >= most };
}

/** The YAML shape of an actions file. */
export const actionsShape = strictMap({
  name: bilingual,
  actions: listOf(
    strictMap({
      id: nonEmptyText,
      name: bilingual,
      owner: z.optional(nonEmptyText),
      cost: decimal,
      changes: z.record(z.string(), entryShape),
      requires: z._default(z.array(nonEmptyText), []),
      excludes: z._default(z.array(nonEmptyText), []),
      deadline: z.optional(date),
    }),
  ),
});

/** A change with a cost and an owner. */
export interface Action {
  id: string;
  name: Bilingual;
  /** The lead unit that the file names; null: each criterion's own. */
  owner: string | null;
  /** That lead unit, else those of the criteria it changes. */
  owners: string[];
  cost: Fraction;
  changes: ReadonlyMap<string, Entry>;
  requires: string[];
  excludes: string[];
  deadline: string | null;
}

/** Checks an actions file's data against the catalogue. */
export function parseActions(
  data: unknown,
  catalogue: Catalogue,
  year: number = catalogue.year,
): Result<Action[]> {
  return parseWhole(data, actionsShape, ({ actions }) => checkedActions(actions, catalogue, year));
}

function checkedActions(given: z.infer<typeof actionsShape>['actions'], catalogue: Catalogue, year: number) {
  const diagnostics: Diagnostic[] = [];
  const ids = given.map((a) => a.id);
  const value = given.map((raw, i): Action => {
    const path = ['actions', i];
    if (ids.indexOf(raw.id) < i) diagnostics.push(error('duplicate-id', { id: raw.id }, [...path, 'id']));
    if (raw.cost.s < 0n)
      diagnostics.push(error('out-of-range', { value: raw.cost.toString(), min: 0 }, [...path, 'cost']));
    const read = parseChanges(raw.changes, catalogue, [...path, 'changes'], year);
    diagnostics.push(...read.diagnostics);
    for (const [id, entry] of read.changes)
      if (entry.notApplicable)
        diagnostics.push(error('action-not-applicable', { id }, [...path, 'changes', id]));
    for (const key of ['requires', 'excludes'] as const)
      for (const [k, value] of raw[key].entries()) {
        const params = { value, suggestion: nearest(value, ids) };
        if (!ids.includes(value)) diagnostics.push(error('unknown-action', params, [...path, key, k]));
      }
    const named = raw.owner === undefined ? null : findOwner(catalogue, raw.owner);
    const owner = named && 'id' in named ? named.id : null;
    if (named && !('id' in named)) {
      const params = { value: raw.owner!, suggestion: named.suggestion };
      diagnostics.push(error('unknown-owner', params, [...path, 'owner']));
    }
    const led = catalogue.criteria.filter((c) => read.changes.has(c.id)).flatMap((c) => c.owners);
    return {
      ...raw,
      owner,
      owners: owner === null ? [...new Set(led)] : [owner],
      changes: read.changes,
      deadline: raw.deadline ?? null,
    };
  });
  return { value, diagnostics };
}
