import type { Field, Requires } from '../catalogue/catalogue.js';
import { deductionGroups, notListedPoints } from '../catalogue/sums.js';
import type { CriterionResult } from '../scoring/result.js';
import { isMet, scoreFor } from '../scoring/score.js';
import { commonDivisor, Fraction, toNumber } from '../values/fraction.js';
import { greatest, least } from '../values/search.js';
import { applyChanges, type Changes, type Position } from './gain.js';

/** Points of one criterion as it stands, then by action, of which one at most is chosen. */
export interface Leaf {
  /** `unmet`: where what the criterion requires of others is not so. */
  states: { action: number | null; met: number; unmet: number }[];
  /** By state of another leaf, whether it is as this one requires. */
  requires: { leaf: number; meets: boolean[] }[];
}

/** What parts make: their sum or mean, held between two limits and rounded. Parts are leaves, then sums. */
export interface ProgramSum {
  parts: { at: number; weight: number }[];
  base: number;
  divide: number;
  geometric: boolean;
  floor: number;
  cap: number;
  /** Points that it is rounded to; 0 for none. */
  unit: number;
}

/** A score by the actions chosen: the last sum, each standing after its parts. */
export interface Program {
  /** How many actions there are. */
  actions: number;
  leaves: Leaf[];
  sums: ProgramSum[];
  /** Whether it gives the score of every choice; else a choice is to be scored, and is not proved. */
  exact: boolean;
  /** Whether a choice may have another maximum. */
  movesMax: boolean;
}

/** The score as a program of actions, each with what it changes. */
export function programOf(actions: readonly Changes[], { reading, result }: Position): Program {
  const { catalogue } = result;
  const { criteria, decimals, round, adjustments } = catalogue;
  const index = new Map(criteria.map((c, i) => [c.id, i]));
  // Each criterion as it stands and by action, before what it requires of others.
  const rows = criteria.map((c, i): { action: number | null; row: CriterionResult }[] => [
    { action: null, row: scoreFor(c, result.criteria[i]!.entry, reading, catalogue) },
  ]);
  actions.forEach((changes, action) => {
    const { entries } = applyChanges(reading, changes);
    for (const id of changes.keys()) {
      const i = index.get(id)!;
      rows[i]!.push({ action, row: scoreFor(criteria[i]!, entries.get(id) ?? null, reading, catalogue) });
    }
  });
  const program: Program = { actions: actions.length, leaves: [], sums: [], exact: true, movesMax: false };
  const applies = result.criteria.map((row) => row.status !== 'not_applicable');
  const unit = (places: number | null, none: number) => (places === null ? none : 10 ** (decimals - places));
  const pointsOf = ({ exact, worst }: CriterionResult) =>
    exact ? toNumber(exact.mul(new Fraction(10n ** BigInt(decimals)))) : worst;

  criteria.forEach(({ requires, field, outside }, i) => {
    const meets = (r: Requires) => rows[index.get(r.criterion)!]!.map(({ row }) => isMet(r, row));
    const tests = requires.map((r) => ({ leaf: index.get(r.criterion)!, meets: meets(r) }));
    const otherwise = requires.map((r) => (r.otherwise === 'not_applicable' ? 0 : r.otherwise));
    const mayLeave =
      requires.some((r) => r.otherwise === 'not_applicable') ||
      rows[i]!.some(({ row }) => (row.status !== 'not_applicable') !== applies[i]);
    if (mayLeave || rows[i]!.some(({ row }) => row.max !== rows[i]![0]!.row.max)) program.movesMax = true;
    if (mayLeave && !outside && !sumsOnly(catalogue.fields, field)) program.exact = false;
    if (tests.some((t) => t.meets.includes(null)) || new Set(otherwise).size > 1) program.exact = false;
    program.leaves.push({
      states: rows[i]!.map(({ action, row }) => {
        const met = pointsOf(row);
        const held = requires.length > 0 && (row.status === 'scored' || row.status === 'unknown');
        return { action, met, unmet: held ? greatest(otherwise) : met };
      }),
      requires: tests.map((t) => ({ ...t, meets: t.meets.map((met) => met !== false) })),
    });
  });

  const sumOf = (parts: ProgramSum['parts'], more: Partial<ProgramSum> = {}): ProgramSum => {
    const sum = { parts, base: 0, divide: 1, geometric: false, floor: Number.NEGATIVE_INFINITY };
    const whole: ProgramSum = { ...sum, cap: Number.POSITIVE_INFINITY, unit: 0, ...more };
    if (whole.geometric) return whole;
    const isFixed = ({ at }: { at: number }) => {
      const leaf = program.leaves[at];
      return leaf?.states.length === 1 && leaf.requires.length === 0;
    };
    // What no action moves is a number.
    const base = parts
      .filter(isFixed)
      .reduce((s, { at }) => s + program.leaves[at]!.states[0]!.met, whole.base);
    return { ...whole, base, parts: parts.filter((p) => !isFixed(p)) };
  };
  const added = (sum: ProgramSum) => program.leaves.length + program.sums.push(sum) - 1;
  const fieldParts = new Map<string, ProgramSum['parts'][number]>();
  const partsOf = (parent: string | null): ProgramSum['parts'] =>
    catalogue.fields
      .filter((f) => f.parent === parent)
      .flatMap((f) => {
        const counts = (i: number) => rows[i]!.some(({ row }) => row.status !== 'not_applicable');
        const direct = criteria.flatMap((c, i) => (c.field === f.id && !c.outside && counts(i) ? [i] : []));
        const below = partsOf(f.id);
        const count = direct.filter((i) => applies[i]).length + below.length;
        if (direct.length + below.length === 0) return [];
        const parts = [...direct.map((i) => ({ at: i, weight: 1 })), ...below];
        const divide = f.combine === 'sum' ? 1 : Math.max(1, count);
        const cap = f.cap ?? Number.POSITIVE_INFINITY;
        const geometric = f.combine === 'geometric';
        if (geometric) for (const p of parts) clip(program, p.at);
        const part = {
          at: added(sumOf(parts, { divide, geometric, cap, unit: unit(round.field, 0) })),
          weight: toNumber(f.weight),
        };
        fieldParts.set(f.id, part);
        return [part];
      });
  const tops = partsOf(null);
  const outside = criteria.flatMap((c, i) => (c.outside ? [{ at: i, weight: 1 }] : []));
  const base = notListedPoints(catalogue);
  if (outside.length > 0) {
    const { low } = rangesOf(program);
    const there = deductionGroups(catalogue).map(({ from }) => {
      if (from === null) return Number.POSITIVE_INFINITY;
      if (from === 'total') return tops.reduce((s, p) => s + p.weight * low[p.at]!, base);
      if (Array.isArray(from)) return from.reduce((s, id) => s + low[index.get(id)!]!, 0);
      const field = fieldParts.get(from.field);
      return field ? field.weight * low[field.at]! : 0;
    });
    const taken = outside.reduce((s, p) => s - Math.min(0, low[p.at]!), 0);
    if (taken > least(there)) program.exact = false;
    const limits = {
      floor: adjustments.least ?? Number.NEGATIVE_INFINITY,
      cap: adjustments.most ?? Number.POSITIVE_INFINITY,
    };
    tops.push({ at: added(sumOf(outside, limits)), weight: 1 });
  }
  added(sumOf(tops, { base, unit: unit(round.total, 1) }));
  return program;
}

/** Whether a field and those above it add up: what leaves one of them takes its points along, and nothing else. */
function sumsOnly(fields: readonly Field[], id: string | null): boolean {
  const field = fields.find((f) => f.id === id);
  return !field || (field.combine === 'sum' && sumsOnly(fields, field.parent));
}

/** In a geometric mean a negative part counts as 0. */
function clip({ leaves, sums }: Program, at: number): void {
  const leaf = leaves[at];
  for (const state of leaf?.states ?? []) {
    state.met = Math.max(0, state.met);
    state.unmet = Math.max(0, state.unmet);
  }
  const sum = sums[at - leaves.length];
  if (sum) sum.floor = Math.max(0, sum.floor);
}

/** What is chosen: 1, left: 0, or open: -1, by action. */
export type Decisions = Int8Array;

/** Writes the least and the most that a leaf has while some actions are open; all are for null. */
export function endsOf({ leaves }: Program, at: number, sides: Decisions | null, ends: Float64Array): void {
  const { states, requires } = leaves[at]!;
  const mayCome = (met: boolean, { leaf, meets }: Leaf['requires'][number]) =>
    meets.some((m, k) => m === met && mayBe(leaves[leaf]!, k, sides));
  const canMeet = requires.every((r) => mayCome(true, r));
  const canFail = requires.some((r) => mayCome(false, r));
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (const { action, met, unmet } of states) {
    const side = action === null || !sides ? -1 : sides[action];
    if (side === 0) continue;
    const [p, q] = [canMeet ? met : unmet, canFail ? unmet : met];
    low = side === 1 ? Math.min(p, q) : Math.min(low, p, q);
    high = side === 1 ? Math.max(p, q) : Math.max(high, p, q);
    if (side === 1) break;
  }
  ends[0] = low;
  ends[1] = high;
}

/** Whether a leaf may be in a state: that of the chosen action, else as it stands and those of open ones. */
function mayBe({ states }: Leaf, k: number, sides: Decisions | null): boolean {
  if (!sides) return true;
  const chosen = states.findIndex(({ action }) => action !== null && sides[action] === 1);
  const { action } = states[k]!;
  return chosen >= 0 ? chosen === k : action === null || sides[action] === -1;
}

/** The sum or mean of parts before its limits. */
export function beforeLimits(sum: ProgramSum, values: Float64Array): number {
  if (sum.geometric) {
    let product = 1;
    for (const { at, weight } of sum.parts) product *= weight * values[at]!;
    return product ** (1 / sum.divide);
  }
  let total = sum.base;
  for (const { at, weight } of sum.parts) total += weight * values[at]!;
  return total / sum.divide;
}

/** A double that stands for a half may be a little less than it. */
const NEARLY = 1e-7;

/** A sum within its limits, rounded half away from zero. */
export function withinLimits({ floor, cap, unit }: ProgramSum, x: number): number {
  const held = Math.max(floor, Math.min(cap, x));
  if (unit === 0 || !Number.isFinite(held)) return held;
  return Math.sign(held) * Math.floor(Math.abs(held) / unit + 0.5 + NEARLY) * unit;
}

/** The least and the most of every leaf and sum; null: while all actions are open. */
export function rangesOf(
  program: Program,
  sides: Decisions | null = null,
): { low: Float64Array; high: Float64Array } {
  const { leaves, sums } = program;
  const low = new Float64Array(leaves.length + sums.length);
  const high = low.slice();
  const ends = new Float64Array(2);
  leaves.forEach((_, k) => {
    endsOf(program, k, sides, ends);
    [low[k], high[k]] = [ends[0]!, ends[1]!];
  });
  sums.forEach((sum, j) => {
    low[leaves.length + j] = withinLimits(sum, beforeLimits(sum, low));
    high[leaves.length + j] = withinLimits(sum, beforeLimits(sum, high));
  });
  return { low, high };
}

/** A line that no value of a sum lies above, by its parts' sum or arithmetic mean, and the most it comes to. */
export interface UpperLine {
  slope: number;
  offset: number;
  top: number;
}

export function linesOf(program: Program): UpperLine[] {
  const { low, high } = rangesOf(program);
  return program.sums.map((sum): UpperLine => {
    const top = withinLimits(sum, sum.cap);
    const half = sum.unit / 2 + (sum.unit > 0 ? NEARLY * sum.unit : 0);
    const [from, to] = [beforeLimits(sum, low), beforeLimits(sum, high)];
    if (sum.floor <= from) return { slope: 1, offset: half, top };
    const slope = to > sum.floor ? (to - sum.floor) / (to - from) : 0;
    return { slope, offset: sum.floor - slope * from + half, top };
  });
}

/** Scores that choices may have: `base` and whole steps from it. */
export function stepsOf({ leaves, sums }: Program): { base: number; step: number } {
  const grid = leaves.map(({ states }) => {
    const base = states[0]!.met;
    return { base, step: divisorOf(states.flatMap(({ met, unmet }) => [met - base, unmet - base])) };
  });
  for (const sum of sums) {
    const adds =
      sum.divide === 1 && !sum.geometric && sum.unit <= 1 && sum.parts.every((p) => p.weight === 1);
    const base = sum.parts.reduce((s, { at }) => s + grid[at]!.base, sum.base);
    const ends = [sum.floor, sum.cap].filter(Number.isFinite).map((end) => end - base);
    const step = divisorOf([...sum.parts.map(({ at }) => grid[at]!.step), ...ends]);
    grid.push(adds && Number.isInteger(base) ? { base, step } : { base: 0, step: 0.5 });
  }
  const { base, step } = grid.at(-1)!;
  return step < 1 ? { base: 0, step: sums.at(-1)!.unit } : { base, step };
}

/** The greatest whole number that divides all; less than 1 where one of them is no whole number. */
function divisorOf(values: readonly number[]): number {
  if (!values.every(Number.isInteger)) return 0.5;
  return Number(values.reduce((all, v) => commonDivisor(all, BigInt(Math.abs(v))), 0n)) || 1;
}
