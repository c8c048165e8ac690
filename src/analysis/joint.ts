import type { Points } from '../exact/points.js';

/** A choice of 0 or 1 for each variable: whole coefficients, rows of limits. */
export interface Model {
  minimize: number[];
  rows: { coefficients: Map<number, number>; least?: number; most?: number }[];
}

/** Solves a model to proven optimality: the chosen indices, or null when nothing fits. */
export type Solver = (model: Model) => number[] | null;

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
  /** Points by variable. */
  gains: Map<number, Points>;
  rows: Model['rows'];
  /** Whether every set's points were reckoned with; else a choice is to be checked and is not proven. */
  exact: boolean;
}

export function programOf(items: Items): Program {
  const alone = Array.from({ length: items.count }, (_, i) => items.gainOf([i]));
  const program: Program = { size: items.count, gains: new Map(alone.entries()), rows: [], exact: true };
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

/** Every set of members that do not clash, but the empty one. */
function subsetsOf(members: readonly number[], items: Items): number[][] {
  const sets: number[][] = [[]];
  for (const i of members) {
    const fit = sets.filter((set) => set.every((j) => !items.clash(i, j)));
    sets.push(...fit.map((set) => [...set, i]));
  }
  return sets.slice(1);
}

/**
 * Items whose gains depend on each other, together: those of which a pair does not add up, by itself or beside all
 * the others, with what clashes with them. None where the gains of all of them add up.
 */
function clustersOf(items: Items, alone: readonly Points[]): number[][] {
  const { gainOf, clash } = items;
  const free: number[] = [];
  for (let i = 0; i < items.count; i++) if (free.every((j) => !clash(i, j))) free.push(i);
  const without = (...out: number[]) => gainOf(free.filter((i) => !out.includes(i)));
  const whole = gainOf(free);
  const beside = new Map(free.map((i) => [i, whole - without(i)]));
  const odd = free.filter((i) => beside.get(i) !== alone[i]);
  if (odd.length === 0 && whole === free.reduce((sum, i) => sum + alone[i]!, 0)) return [];
  const clusters = new Map(free.map((i) => [i, new Set([i])]));
  const join = (i: number, j: number) => {
    const joined = new Set([...clusters.get(i)!, ...clusters.get(j)!]);
    for (const member of joined) clusters.set(member, joined);
  };
  free.forEach((i, at) => {
    for (const j of free.slice(at + 1)) {
      const pair = gainOf([i, j]) - alone[i]! - alone[j]!;
      const last = whole - without(i, j) - beside.get(i)! - beside.get(j)!;
      if (pair !== 0 || last !== 0) join(i, j);
    }
  });
  for (const [i, cluster] of clusters) {
    if (cluster.size === 1 && !odd.includes(i)) continue;
    for (let j = 0; j < items.count; j++) {
      if (i === j || !clash(i, j)) continue;
      if (!clusters.has(j)) clusters.set(j, new Set([j]));
      join(i, j);
    }
  }
  const sets = [...new Set(clusters.values())].filter((c) => c.size > 1);
  return sets.map((c) => [...c].sort((p, q) => p - q));
}

/** Of several goals, each solved at the best of those before it; proven by the solver. Null when nothing fits. */
export function inTurn(goals: readonly number[][], rows: Model['rows'], solve: Solver): number[] | null {
  let held = [...rows];
  let chosen: number[] | null = null;
  for (const minimize of goals) {
    const better: number[] | null = solve({ minimize, rows: held });
    if (!better) return chosen;
    chosen = better;
    const least = chosen.reduce((sum, i) => sum + minimize[i]!, 0);
    held = [...held, { coefficients: new Map(minimize.map((c, i) => [i, c])), most: least }];
  }
  return chosen;
}
