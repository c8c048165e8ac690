import * as z from 'zod/mini';
import type { Catalogue, Field } from '../catalogue/catalogue.js';
import { findOwner } from '../catalogue/select.js';
import { type Diagnostic, error, type Result, resultOf } from '../diagnostics/diagnostic.js';
import { fromZod } from '../diagnostics/from-zod.js';
import { nearest } from '../diagnostics/suggest.js';
import { Fraction, ZERO } from '../exact/fraction.js';
import type { Points } from '../exact/points.js';
import { firstWhere } from '../exact/search.js';
import type { Rank } from '../ranking/place.js';
import { chanceOfRank } from '../ranking/ranks.js';
import type { Rivals } from '../ranking/rivals.js';
import { placeResult } from '../ranking/standings.js';
import type { Entry, Reading } from '../reading/reading.js';
import { entryShape } from '../reading/shape.js';
import type { ReadingResult } from '../scoring/result.js';
import { indexOf, pointsAddUpToCaps } from '../scoring/score.js';
import { type Bilingual, bilingual, closed, date, decimal, someText } from '../shapes/scalars.js';
import {
  after,
  type Changes,
  type Fix,
  fixedRow,
  fullFixes,
  type Position,
  positionOf,
  sureGain,
  tries,
} from './gain.js';
import { capped, inTurn, type Model, type Program, programOf, type Solver, type Sum } from './program.js';
import { parseChanges } from './whatif.js';

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
  /** Null without a league. */
  rank: Rank | null;
}

/** Choices at which no more points can be had at the cost, cheapest first, and whether they are all there are. */
interface Choices {
  choices: Choice[];
  whole: boolean;
}

/** Told how many points of the frontier are found, of at most how many. */
type Tell = (points: number, limit: number) => void;

export type Plan =
  /** `proved`: no set of less cost reaches it; else the gains of the actions were too entangled to try every set. */
  | { feasible: true; needed: Points; choice: Choice; frontier: Choices; proved: boolean }
  /** The most that the limits allow, and how many points it falls short; needed null: no score reaches the rank. */
  | { feasible: false; needed: Points | null; best: Choice; short: Points | null; frontier: Choices };

/** What of an action's changes applies to the unit: a criterion that does not apply stays out of its score. */
function applying({ result }: Position): (action: Action) => Fix[] {
  const rows = new Map(result.criteria.map((row) => [row.criterion.id, row]));
  return ({ changes }) =>
    [...changes].flatMap(([id, fix]) => {
      const row = rows.get(id);
      return row && row.status !== 'not_applicable' ? [{ row, fix }] : [];
    });
}

/**
 * Points each action is sure to gain on a position whose score is known: what it lets count without a value, by a
 * condition, is at its worst.
 */
export function optionsOf(actions: readonly Action[], position: Position): Option[] {
  const tried = tries(position);
  const fixesOf = applying(position);
  return actions.map((action) => ({ action, gain: tried(fixesOf(action)).points }));
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

/** The least score, in points, that meets the target; null when even the full score does not. */
export function neededScore(target: Target, baseline: ReadingResult, rivals: Rivals | null): Points | null {
  const { applicableMax } = baseline.total;
  if (target.kind === 'score') return target.points;
  if (target.kind === 'index') return Number(target.index.mul(applicableMax).div(100).ceil(0).valueOf());
  if (!rivals) throw new Error('a rank target without a league');
  const meets = (points: Points): boolean => {
    const rank = placeResult(rivals, atScore(baseline, points));
    return rank !== null && meetsRank(rank, target.rank, target.confidence);
  };
  if (!meets(applicableMax)) return null;
  return firstWhere(0, applicableMax, meets);
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

const COST_PLACES = 1_000_000;
const costOf = (option: Option) => Math.round(option.action.cost.mul(COST_PLACES).valueOf());

/** Rows that every set of actions must keep. */
function limitRows(options: readonly Option[], limits: Limits): Model['rows'] {
  const rows: Model['rows'] = [];
  const atMost = (most: number, terms: Iterable<readonly [number, number]>) =>
    rows.push({ coefficients: new Map(terms), most });
  const index = new Map(options.map((o, i) => [o.action.id, i]));
  const every = (value: (o: Option) => number) => options.map((o, i) => [i, value(o)] as const);
  const touching = new Map<string, number[]>();
  options.forEach(({ action }, i) => {
    for (const id of action.changes.keys()) touching.set(id, [...(touching.get(id) ?? []), i]);
    for (const other of action.requires)
      atMost(0, [
        [i, 1],
        [index.get(other)!, -1],
      ]);
    for (const other of action.excludes)
      atMost(1, [
        [i, 1],
        [index.get(other)!, 1],
      ]);
  });
  for (const same of touching.values())
    if (same.length > 1)
      atMost(
        1,
        same.map((i) => [i, 1]),
      );
  if (limits.budget) atMost(Math.floor(limits.budget.mul(COST_PLACES).valueOf()), every(costOf));
  if (limits.maxActions !== null)
    atMost(
      limits.maxActions,
      every(() => 1),
    );
  if (limits.perOwner !== null)
    for (const owner of new Set(options.flatMap((o) => o.action.owners)))
      atMost(
        limits.perOwner,
        options.flatMap((o, i) => (o.action.owners.includes(owner) ? [[i, 1]] : [])),
      );
  return rows;
}

/** Actions that touch the same criterion are never taken together. */
const clashing = (p: Action, q: Action): boolean => [...p.changes.keys()].some((id) => q.changes.has(id));

/** The program of options whose points add up in every field, to its cap. */
function programUpToCaps(options: readonly Option[], position: Position): Program {
  const { result } = position;
  const { fields, criteria } = result.catalogue;
  const fixesOf = applying(position);
  const program: Program = { size: options.length, gains: new Map(), offset: 0, rows: [], exact: true };
  const added = new Map<string, Map<number, Points>>();
  options.forEach(({ action }, i) => {
    for (const fix of fixesOf(action)) {
      const { criterion, worst } = fix.row;
      const by = added.get(criterion.id) ?? new Map<number, Points>();
      const full = criteria.find((c) => c.id === criterion.id)!;
      added.set(criterion.id, by.set(i, fixedRow(fix, full, position).worst - worst));
    }
  });
  const sumOf = (parts: readonly Sum[]): Sum => {
    const terms = new Map<number, Points>();
    for (const part of parts)
      for (const [i, points] of part.terms) terms.set(i, points + (terms.get(i) ?? 0));
    const total = (of: (part: Sum) => Points) => parts.reduce((sum, part) => sum + of(part), 0);
    return { now: total((p) => p.now), base: total((p) => p.base), terms, most: total((p) => p.most) };
  };
  const fieldSum = (field: Field): Sum => {
    const own = result.criteria.filter(
      (r) => r.criterion.field === field.id && !r.criterion.outside && r.status !== 'not_applicable',
    );
    const sum = sumOf([
      ...own.map((row): Sum => {
        const terms = added.get(row.criterion.id) ?? new Map<number, Points>();
        return { now: row.worst, base: row.worst, terms, most: Math.max(0, ...terms.values()) };
      }),
      ...fields.filter((f) => f.parent === field.id).map(fieldSum),
    ]);
    return field.cap === null ? sum : capped(program, sum, field.cap);
  };
  const { now, base, terms } = sumOf(fields.filter((f) => f.parent === null).map(fieldSum));
  return { ...program, gains: terms, offset: base - now };
}

/** Chooses among options; a choice lists variables of the program, the options first. */
function chooserOf(options: readonly Option[], limits: Limits, position: Position, solve: Solver) {
  const { catalogue } = position.result;
  const touched = new Set(options.flatMap(({ action }) => [...action.changes.keys()]));
  // Of those that touch the same criterion one is taken at most, so criteria that add up are enough.
  const adds =
    pointsAddUpToCaps(catalogue, touched) &&
    catalogue.criteria.every((c) => !c.outside || !touched.has(c.id));
  const program = adds
    ? programUpToCaps(options, position)
    : programOf({
        count: options.length,
        gainOf: (set) =>
          jointGain(
            set.map((i) => options[i]!),
            position,
          ),
        clash: (i, j) => clashing(options[i]!.action, options[j]!.action),
      });
  const rows = [...limitRows(options, limits), ...program.rows];
  const sized = (of: (i: number) => number) => Array.from({ length: program.size }, (_, i) => of(i));
  const costs = sized((i) => (i < options.length ? costOf(options[i]!) : 0));
  const losses = sized((i) => 0 - (program.gains.get(i) ?? 0));
  const ones = sized((i) => (i < options.length ? 1 : 0));
  return {
    exact: program.exact,
    /** For at least `need` points: least cost, then most points, then fewest actions. */
    cheapest: (need: Points) =>
      inTurn(
        [costs, losses, ones],
        [...rows, { coefficients: program.gains, least: need - program.offset }],
        solve,
      ),
    /** Most points, then least cost, then fewest actions. */
    most: () => inTurn([losses, costs, ones], rows, solve) ?? [],
    gainOf: (chosen: readonly number[]) =>
      chosen.reduce((sum, i) => sum + (program.gains.get(i) ?? 0), program.offset),
    chosenOf: (chosen: readonly number[]) => chosen.flatMap((i) => options[i] ?? []),
  };
}

export interface PlanRequest {
  reading: Reading;
  catalogue: Catalogue;
  rivals: Rivals | null;
  target: Target;
  /** Null: each criterion repaired in full, at a cost of one. */
  actions: readonly Action[] | null;
  limits: Limits;
  /** Whether to trace the cost–score frontier, and how many points of it at most. */
  frontier: number;
  tell?: Tell;
}

/**
 * The cheapest set of actions that reaches the target; of equal cost the one with most points, and of those the
 * one with fewest actions. The frontier is chosen in the same order. The baseline's score must be known.
 */
export function plan(request: PlanRequest, solve: Solver): Plan {
  const { reading, catalogue, target, rivals, limits } = request;
  const position = positionOf(reading, catalogue, rivals);
  const baseline = position.result;
  if (baseline.total.score === null) throw new Error('the baseline is not known');
  const options = optionsOf(request.actions ?? defaultActions(position), position);
  const chooser = chooserOf(options, limits, position, solve);
  const build = (chosen: readonly number[]) => choiceOf(chooser.chosenOf(chosen), position);
  const traced =
    request.frontier > 0
      ? trace(chooser, request.frontier, request.tell ?? (() => {}))
      : { chosen: [], whole: true };
  const frontier = { choices: traced.chosen.map(build), whole: traced.whole };
  const needed = neededScore(target, baseline, rivals);
  const need = needed === null ? null : Math.max(0, needed - baseline.total.score);
  // Where not every set could be reckoned with, a choice that falls short is tried again for as much more.
  let tries = 1;
  for (let asked = need; asked !== null && needed !== null; tries *= 2) {
    const chosen = asked === 0 ? [] : chooser.cheapest(asked);
    if (!chosen) break;
    const choice = build(chosen);
    if (choice.gain >= need!) return { feasible: true, needed, choice, frontier, proved: chooser.exact };
    if (chooser.exact) throw new Error('the solver broke the target');
    asked += tries * (need! - choice.gain);
  }
  const best = build(chooser.most());
  return { feasible: false, needed, best, short: need === null ? null : need - best.gain, frontier };
}

function changesOf(options: readonly Option[], position: Position): Changes {
  const fixesOf = applying(position);
  return new Map(options.flatMap((o) => fixesOf(o.action).map(({ row, fix }) => [row.criterion.id, fix])));
}

/** Points that options gain together. */
const jointGain = (options: readonly Option[], position: Position): Points =>
  sureGain(position, after(position, changesOf(options, position)));

function choiceOf(options: Option[], position: Position): Choice {
  const now = after(position, changesOf(options, position));
  const cost = options.reduce((sum, o) => sum.add(o.action.cost), ZERO);
  return { options, cost, gain: sureGain(position, now), result: now.result, rank: now.rank };
}

/**
 * Choices at which no more points can be had at the cost: first at even steps up to the most points, then between
 * them, the widest step first, until none is left out or there are `limit`. Each is proved for its points.
 */
function trace(chooser: ReturnType<typeof chooserOf>, limit: number, tell: Tell) {
  const byGain = new Map<Points, number[]>();
  const probe = (need: Points): Points | null => {
    const chosen = chooser.cheapest(need);
    if (!chosen) return null;
    const gain = chooser.gainOf(chosen);
    byGain.set(gain, chosen);
    tell(byGain.size, limit);
    return gain;
  };
  const most = chooser.gainOf(chooser.most());
  // Needs that are not settled yet: what the least of them costs is not known.
  const open: { from: Points; to: Points }[] = [];
  const steps = Math.max(1, Math.floor(limit / 2));
  let settled = 0;
  for (let k = 1; k <= steps && settled < most; k++) {
    const need = Math.max(settled + 1, Math.round((most * k) / steps));
    if (need > settled + 1) open.push({ from: settled + 1, to: need - 1 });
    settled = probe(need) ?? most;
  }
  while (open.length > 0 && byGain.size < limit) {
    open.sort((p, q) => q.to - q.from - (p.to - p.from));
    const { from, to } = open.shift()!;
    const gain = probe(from) ?? to;
    if (gain < to) open.push({ from: gain + 1, to });
  }
  const chosen = [...byGain].sort(([p], [q]) => p - q).map(([, choice]) => choice);
  return { chosen, whole: open.length === 0 };
}

/** The YAML shape of an actions file. */
export const actionsShape = closed({
  name: bilingual,
  actions: z
    .array(
      closed({
        id: someText,
        name: bilingual,
        owner: z.optional(someText),
        cost: decimal,
        changes: z.record(z.string(), entryShape),
        requires: z._default(z.array(someText), []),
        excludes: z._default(z.array(someText), []),
        deadline: z.optional(date),
      }),
    )
    .check(z.minLength(1)),
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
  const parsed = actionsShape.safeParse(data);
  if (!parsed.success) return { ok: false, diagnostics: fromZod(parsed.error, data) };
  const diagnostics: Diagnostic[] = [];
  const ids = parsed.data.actions.map((a) => a.id);
  const actions = parsed.data.actions.map((raw, i): Action => {
    const path = ['actions', i];
    if (ids.indexOf(raw.id) < i) diagnostics.push(error('duplicate-id', { id: raw.id }, [...path, 'id']));
    if (raw.cost.s < 0n) {
      diagnostics.push(error('out-of-range', { value: raw.cost.toString(), min: 0 }, [...path, 'cost']));
    }
    const read = parseChanges(raw.changes, catalogue, [...path, 'changes'], year);
    diagnostics.push(...read.diagnostics);
    for (const [id, entry] of read.changes) {
      if (entry.notApplicable)
        diagnostics.push(error('action-not-applicable', { id }, [...path, 'changes', id]));
    }
    for (const key of ['requires', 'excludes'] as const) {
      raw[key].forEach((other, k) => {
        const params = { value: other, suggestion: nearest(other, ids) };
        if (!ids.includes(other)) diagnostics.push(error('unknown-action', params, [...path, key, k]));
      });
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
  return resultOf(actions, diagnostics);
}
