import type { Points } from '../exact/points.js';

/** A choice of 0 or 1 for each variable: whole coefficients, rows of limits. */
export interface Model {
  minimize: number[];
  rows: { coefficients: Map<number, number>; least?: number; most?: number }[];
}

/** Solves a model to proven optimality: the chosen indices, or null when nothing fits. `start` is a choice that fits. */
export type Solver = (model: Model, start?: readonly number[] | null) => number[] | null;

/** Items to choose from; those that clash are never chosen together. */
export interface Items {
  count: number;
  /** Points that a set of items gains together. */
  gainOf(set: readonly number[]): Points;
  clash(i: number, j: number): boolean;
}

/** Whole sets of items stand for their members where gains do not add up; more would be too many to try. */
const MOST_TOGETHER = 10;

/**
 * The points of a choice, for the solver. Where gains add up a variable for each item is enough; items that do not
 * (a field's cap, a criterion that requires another) have a variable for each set of them as well, of which one is
 * chosen.
 */
export interface Program {
  /** Variables: the items first. */
  size: number;
  /** Points by variable, and those that a choice of none needs to come to nothing. */
  gains: Map<number, Points>;
  offset: Points;
  rows: Model['rows'];
  /** Whether every set's points were reckoned with; else a choice is to be checked and is not proven. */
  exact: boolean;
}

export function programOf(items: Items): Program {
  const alone = Array.from({ length: items.count }, (_, i) => items.gainOf([i]));
  const program: Program = {
    size: items.count,
    gains: new Map(alone.entries()),
    offset: 0,
    rows: [],
    exact: true,
  };
  for (const members of clustersOf(items, alone)) {
    if (members.length > MOST_TOGETHER) {
      program.exact = false;
      continue;
    }
    const sets = subsetsOf(members, items).map((set) => ({ set, at: program.size++ }));
    for (const i of members) {
      program.gains.delete(i);
      const among = sets.filter(({ set }) => set.includes(i)).map(({ at }) => [at, -1] as const);
      program.rows.push({ coefficients: new Map([[i, 1], ...among]), least: 0, most: 0 });
    }
    program.rows.push({ coefficients: new Map(sets.map(({ at }) => [at, 1])), most: 1 });
    for (const { set, at } of sets) program.gains.set(at, items.gainOf(set));
  }
  return program;
}

/** A sum of points: what there is of it now, `base` and what each variable adds to that, and the most they may add. */
export interface Sum {
  now: Points;
  base: Points;
  terms: Map<number, Points>;
  most: Points;
}

/**
 * The sum held to a cap. What the cap cuts off is a whole number, written in variables of 1, 2, 4 … points: at least
 * what is beyond the cap, and never more than it must be, since it takes points away.
 */
export function capped(program: Program, { now, base, terms, most }: Sum, cap: Points): Sum {
  const beyond = base + most - cap;
  if (beyond <= 0) return { now, base, terms, most };
  const held = new Map(terms);
  for (let left = beyond, part = 1; left > 0; left -= part, part = Math.min(part * 2, left))
    held.set(program.size++, -part);
  program.rows.push({ coefficients: held, most: cap - base });
  return { now: Math.min(now, cap), base, terms: held, most: cap - base };
}

/** Every set of members that do not clash, but the empty one. */
function subsetsOf(members: readonly number[], items: Items): number[][] {
  const sets: number[][] = [[]];
  for (const i of members) {
    const fit = sets.filter((set) => set.every((j) => !items.clash(i, j)));
    sets.push(...fit.map((set) => [...set, i]));
  }
  return sets.slice(1);
}

/** Items that do not clash, the given ones first, then as many others as fit, the largest gain first. */
function company(given: readonly number[], byGain: readonly number[], items: Items): number[] {
  const set = [...given];
  for (const i of byGain) if (!set.includes(i) && set.every((j) => !items.clash(i, j))) set.push(i);
  return set;
}

/**
 * Items whose gains depend on each other, together: those of which a pair does not add up, by itself or beside all
 * that go with it, and what clashes with them. None where every item adds up in the fullest company it can have.
 */
function clustersOf(items: Items, alone: readonly Points[]): number[][] {
  const { count, gainOf, clash } = items;
  const every = Array.from({ length: count }, (_, i) => i);
  const byGain = [...every].sort((i, j) => alone[j]! - alone[i]!);
  const sum = (set: readonly number[]) => set.reduce((total, i) => total + alone[i]!, 0);
  const seen = new Set<number>();
  const odd = new Set<number>();
  for (const first of byGain) {
    if (seen.has(first)) continue;
    const set = company([first], byGain, items);
    for (const i of set) seen.add(i);
    const whole = gainOf(set);
    const beside = set.filter((i) => whole - gainOf(set.filter((j) => j !== i)) !== alone[i]);
    for (const i of whole === sum(set) && beside.length === 0 ? [] : [...beside, first]) odd.add(i);
  }
  if (odd.size === 0) return [];
  const clusters = new Map(every.map((i) => [i, new Set([i])]));
  const join = (i: number, j: number) => {
    const joined = new Set([...clusters.get(i)!, ...clusters.get(j)!]);
    for (const member of joined) clusters.set(member, joined);
  };
  for (const i of every)
    for (const j of every.slice(i + 1)) {
      if (clash(i, j)) continue;
      if (gainOf([i, j]) !== alone[i]! + alone[j]!) {
        join(i, j);
        continue;
      }
      const set = company([i, j], byGain, items);
      const without = (...out: number[]) => gainOf(set.filter((k) => !out.includes(k)));
      // What each adds beside the rest and the other, against what it adds beside the rest alone.
      if (without() - without(j) !== without(i) - without(i, j)) join(i, j);
    }
  // Where a few together are held by what no two of them show, such as a cap that three reach.
  const adds = (p: Set<number>, q: Set<number>) => {
    const members = byGain.filter((i) => p.has(i) || q.has(i));
    const both = company([], members, items);
    return gainOf(both) === gainOf(both.filter((i) => p.has(i))) + gainOf(both.filter((i) => q.has(i)));
  };
  for (let again = true; again; ) {
    again = false;
    const groups = [...new Set(clusters.values())];
    for (const [at, p] of groups.entries())
      for (const q of groups.slice(at + 1)) {
        if (again || (p.size === 1 && q.size === 1) || adds(p, q)) continue;
        join([...p][0]!, [...q][0]!);
        again = true;
      }
  }
  // What clashes with a member changes which of its sets can be chosen.
  for (const [i, cluster] of clusters)
    if (cluster.size > 1) for (const j of every) if (i !== j && clash(i, j)) join(i, j);
  const sets = [...new Set(clusters.values())].filter((c) => c.size > 1);
  return sets.map((c) => [...c].sort((p, q) => p - q));
}

/** Of several goals, each solved at the best of those before it; proven by the solver. Null when nothing fits. */
export function inTurn(goals: readonly number[][], rows: Model['rows'], solve: Solver): number[] | null {
  let held = [...rows];
  let chosen: number[] | null = null;
  for (const minimize of goals) {
    const better: number[] | null = solve({ minimize, rows: held }, chosen);
    if (!better) return chosen;
    chosen = better;
    const least = chosen.reduce((sum, i) => sum + minimize[i]!, 0);
    held = [...held, { coefficients: new Map(minimize.map((c, i) => [i, c])), most: least }];
  }
  return chosen;
}
