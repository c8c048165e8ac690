import type { Catalogue } from '../catalogue/catalogue.js';
import { Fraction, ZERO } from '../exact/fraction.js';
import { type Points, pointsToFraction } from '../exact/points.js';
import { chanceOfRank } from '../ranking/distribution.js';
import { placeInLeague, type Rank } from '../ranking/place.js';
import type { Rivals } from '../ranking/rivals.js';
import type { Entry, Reading } from '../reading/reading.js';
import { nearestReaching } from '../rules/reach.js';
import type { ReadingResult } from '../scoring/result.js';
import { score, scoreCriterion } from '../scoring/score.js';
import type { Action } from './actions.js';
import { applyScenario } from './changes.js';
import { fixScenario } from './fix.js';
import { startOf } from './start.js';

/** A choice of 0 or 1 for each action: whole coefficients, rows of limits. */
export interface Model {
  minimize: number[];
  rows: { coefficients: Map<number, number>; least?: number; most?: number }[];
}

/** Solves a model to proven optimality: the chosen indices, or null when nothing fits. */
export type Solver = (model: Model) => number[] | null;

/** What a plan must reach: points of the score, an index in percent, or a rank. */
export type Target =
  | { kind: 'score'; points: Points }
  | { kind: 'index'; index: Fraction }
  | { kind: 'rank'; rank: number; confidence: number | null };

export interface Limits {
  budget: Fraction | null;
  maxActions: number | null;
  perOwner: number | null;
}

/** One action with what it gains on the baseline. */
export interface Option {
  action: Action;
  gain: Points;
}

export interface Choice {
  options: Option[];
  cost: Fraction;
  gain: Points;
  result: ReadingResult;
}

export type Plan =
  | { feasible: true; needed: Points; choice: Choice; frontier: Choice[] }
  /** The most that the limits allow, and how many points it falls short; needed null: no score reaches the rank. */
  | { feasible: false; needed: Points | null; best: Choice; short: Points | null; frontier: Choice[] };

/** Points an action gains on a reading; actions that touch the same criterion exclude each other. */
export function optionsOf(actions: readonly Action[], baseline: ReadingResult): Option[] {
  const { catalogue } = baseline;
  const before = new Map(baseline.criteria.map((c) => [c.criterion.id, c]));
  return actions.map((action) => ({
    action,
    gain: [...action.changes].reduce((sum, [id, entry]) => {
      const row = before.get(id)!;
      return sum + scoreCriterion(row.criterion, entry, catalogue).points! - row.points!;
    }, 0),
  }));
}

/** Without an actions file: each criterion that lost points repaired in full, at a cost of one. */
function defaultActions(baseline: ReadingResult): Action[] {
  const { changes } = fixScenario(baseline, { vi: '' });
  return [...changes].map(([id, entry]): Action => {
    const { name, owners } = baseline.catalogue.criteria.find((c) => c.id === id)!;
    return {
      id,
      name,
      owners,
      cost: new Fraction(1),
      changes: new Map([[id, entry]]),
      requires: [],
      excludes: [],
      deadline: null,
    };
  });
}

/** The least score, in points, that meets the target; null when even the full score does not. */
export function neededScore(target: Target, baseline: ReadingResult, rivals: Rivals | null): Points | null {
  const { applicableMax } = baseline.total;
  if (target.kind === 'score') return target.points;
  if (target.kind === 'index') return Number(target.index.mul(applicableMax).div(100).ceil(0).valueOf());
  if (!rivals) throw new Error('a rank target without a league');
  const meets = (points: Points): boolean => {
    const full = pointsToFraction(applicableMax, 0);
    const at = pointsToFraction(points, 0).mul(rivals.league.scale).div(full);
    return meetsRank(placeInLeague(rivals, at), target.rank, target.confidence);
  };
  if (!meets(applicableMax)) return null;
  let low = -1;
  let high = applicableMax;
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (meets(middle)) high = middle;
    else low = middle;
  }
  return high;
}

const meetsRank = (rank: Rank, target: number, confidence: number | null): boolean =>
  confidence === null || !rank.distribution
    ? rank.worst <= target
    : chanceOfRank(rank.distribution, target) >= confidence - 1e-12;

const COST_PLACES = 1_000_000;
const costOf = (option: Option) => Math.round(option.action.cost.mul(COST_PLACES).valueOf());

/** Rows that every set of actions must keep. */
function limitRows(options: readonly Option[], limits: Limits): Model['rows'] {
  const rows: Model['rows'] = [];
  const index = new Map(options.map((o, i) => [o.action.id, i]));
  const every = (value: (o: Option) => number) => new Map(options.map((o, i) => [i, value(o)]));
  const touching = new Map<string, number[]>();
  options.forEach(({ action }, i) => {
    for (const id of action.changes.keys()) touching.set(id, [...(touching.get(id) ?? []), i]);
    for (const other of action.requires) {
      rows.push({
        coefficients: new Map([
          [i, 1],
          [index.get(other)!, -1],
        ]),
        most: 0,
      });
    }
    for (const other of action.excludes) {
      rows.push({
        coefficients: new Map([
          [i, 1],
          [index.get(other)!, 1],
        ]),
        most: 1,
      });
    }
  });
  for (const same of touching.values()) {
    if (same.length > 1) rows.push({ coefficients: new Map(same.map((i) => [i, 1])), most: 1 });
  }
  if (limits.budget)
    rows.push({ coefficients: every(costOf), most: Math.floor(limits.budget.mul(COST_PLACES).valueOf()) });
  if (limits.maxActions !== null) rows.push({ coefficients: every(() => 1), most: limits.maxActions });
  if (limits.perOwner !== null) {
    for (const owner of new Set(options.flatMap((o) => o.action.owners))) {
      const own = options.flatMap((o, i) => (o.action.owners.includes(owner) ? [i] : []));
      rows.push({ coefficients: new Map(own.map((i) => [i, 1])), most: limits.perOwner });
    }
  }
  return rows;
}

/** Least cost, then fewest actions, then least surplus, for at least `need` points; proven by the solver. */
function cheapest(
  options: readonly Option[],
  need: Points,
  rows: Model['rows'],
  solve: Solver,
): number[] | null {
  const gains = new Map(options.map((o, i) => [i, o.gain]));
  const held = [...rows, { coefficients: gains, least: need }];
  const first = solve({ minimize: options.map(costOf), rows: held });
  if (!first) return null;
  const costs = new Map(options.map((o, i) => [i, costOf(o)]));
  const cost = first.reduce((sum, i) => sum + costs.get(i)!, 0);
  const atCost = [...held, { coefficients: costs, most: cost }];
  const fewest = solve({ minimize: options.map(() => 1), rows: atCost }) ?? first;
  const ones = new Map(options.map((_, i) => [i, 1]));
  const asFew = [...atCost, { coefficients: ones, most: fewest.length }];
  return solve({ minimize: options.map((o) => o.gain), rows: asFew }) ?? fewest;
}

const most = (options: readonly Option[], rows: Model['rows'], solve: Solver): number[] =>
  solve({ minimize: options.map((o) => -o.gain), rows }) ?? [];

export interface PlanRequest {
  reading: Reading;
  catalogue: Catalogue;
  rivals: Rivals | null;
  target: Target;
  /** Null: each criterion repaired in full, then moved no further than needed. */
  actions: readonly Action[] | null;
  limits: Limits;
  /** Whether to trace the cost–score frontier, and how many points of it at most. */
  frontier: number;
}

/** The cheapest set of actions that reaches the target. The baseline's score must be known. */
export function plan(request: PlanRequest, solve: Solver): Plan {
  const { reading, catalogue, target, rivals, limits } = request;
  const baseline = score(reading, catalogue);
  if (baseline.total.score === null) throw new Error('the baseline is not known');
  const options = optionsOf(request.actions ?? defaultActions(baseline), baseline);
  const rows = limitRows(options, limits);
  const build = (chosen: readonly number[]) =>
    choiceOf(
      chosen.map((i) => options[i]!),
      reading,
      catalogue,
      baseline,
    );
  const frontier = request.frontier > 0 ? trace(options, rows, request.frontier, solve).map(build) : [];
  const needed = neededScore(target, baseline, rivals);
  const need = needed === null ? null : Math.max(0, needed - baseline.total.score);
  const chosen = need === null ? null : need === 0 ? [] : cheapest(options, need, rows, solve);
  if (chosen && needed !== null) {
    const choice = build(chosen);
    if (choice.gain < need!) throw new Error('the solver broke the target');
    return {
      feasible: true,
      needed,
      choice: request.actions ? choice : trim(choice, need!, reading, baseline),
      frontier,
    };
  }
  const best = build(most(options, rows, solve));
  return { feasible: false, needed, best, short: need === null ? null : need - best.gain, frontier };
}

function choiceOf(
  options: Option[],
  reading: Reading,
  catalogue: Catalogue,
  baseline: ReadingResult,
): Choice {
  const changes = new Map(options.flatMap((o) => [...o.action.changes]));
  const result = score(applyScenario(reading, { name: { vi: '' }, changes }), catalogue);
  const gain = result.total.score! - baseline.total.score!;
  if (gain !== options.reduce((sum, o) => sum + o.gain, 0)) throw new Error('gains do not add up');
  return { options, cost: options.reduce((sum, o) => sum.add(o.action.cost), ZERO), gain, result };
}

/** Every cost at which more points can be had: from the cheapest gain to the largest. */
function trace(options: readonly Option[], rows: Model['rows'], limit: number, solve: Solver): number[][] {
  const costs = new Map(options.map((o, i) => [i, costOf(o)]));
  const found: number[][] = [];
  for (let need = 1; found.length < limit; ) {
    const cheap = cheapest(options, need, rows, solve);
    if (!cheap) break;
    const cost = cheap.reduce((sum, i) => sum + costs.get(i)!, 0);
    const full = most(options, [...rows, { coefficients: costs, most: cost }], solve);
    found.push(full);
    need = full.reduce((sum, i) => sum + options[i]!.gain, 0) + 1;
  }
  return found;
}

/** Moves each chosen indicator no further than the target needs, the largest surplus first. */
function trim(choice: Choice, need: Points, reading: Reading, baseline: ReadingResult): Choice {
  const { catalogue } = baseline;
  let surplus = choice.gain - need;
  const options = [...choice.options].sort((p, q) => q.gain - p.gain);
  const trimmed = options.map((option): Option => {
    const [id] = option.action.changes.keys();
    const row = baseline.criteria.find((c) => c.criterion.id === id)!;
    const [input, ...more] = row.criterion.compiled.inputs;
    if (surplus === 0 || !input || more.length > 0 || input.form !== 'line') return option;
    const wanted = row.points! + Math.max(1, option.gain - surplus);
    const whole = input.quantity === 'count';
    const x = nearestReaching(input.line, startOf(row, 0), wanted, catalogue.decimals, input.range, whole);
    if (!x) return option;
    const full = option.action.changes.get(id!)!;
    const entry: Entry = { ...full, value: { inputs: [{ form: 'number', x }], ratio: null } };
    const [less] = optionsOf([{ ...option.action, changes: new Map([[id!, entry]]) }], baseline);
    surplus -= option.gain - less!.gain;
    return less!;
  });
  return choiceOf(trimmed, reading, catalogue, baseline);
}
