import {
  beforeLimits,
  endsOf,
  type Leaf,
  linesOf,
  type Program,
  rangesOf,
  stepsOf,
  withinLimits,
} from './program.js';

/** A choice of actions that keeps every row and reaches a score, at the least cost or with the most points. */
export interface Problem {
  program: Program;
  /** What each action costs, in whole numbers; `points`: the score is to be as high as can be. */
  goal: readonly number[] | 'points';
  /** The least score. */
  need: number | null;
  rows: readonly Constraint[];
}

/** Terms of whole numbers whose sum is at most `most`. */
export interface Constraint {
  terms: readonly (readonly [action: number, coefficient: number])[];
  most: number;
}

/**
 * What a solver of the linear relaxation says, in which an action may be chosen in part: what one more of each limit
 * would save.
 */
export interface Prices {
  values: number[];
  rows: number[];
  need: number;
  /** Of a point that the parts of a sum make, and of a condition that is met, by leaf. */
  sums: number[];
  conditions: number[][];
}

/** Prices of a problem; null where not even parts of actions reach what is needed. */
export type Pricer = (problem: Problem) => Prices | null;

/** No prices: all is left to be tried, which is as quick for few actions and needs no solver. */
export const unpriced: Pricer = ({ rows, program }) => ({
  values: new Array<number>(program.actions).fill(0),
  rows: rows.map(() => 0),
  need: 0,
  sums: program.sums.map(() => 0),
  conditions: program.leaves.map(({ requires }) => requires.map(() => 0)),
});

export interface SearchResult {
  /** Null: none was found. */
  chosen: number[] | null;
  /** Whether there is nothing better, which is unknown where the search was given up. */
  proved: boolean;
  /** What every choice that is as good keeps. */
  rows?: Constraint[];
}

/** Actions that are searched without prices: some ten thousand steps, where the solver takes 0.3 s to start. */
export const FEW_ACTIONS = 16;
/** Steps of all searches of a plan, after which what is found is not proved. */
export const MOST_STEPS = 1_000_000;
/** Actions left open, so many calls deep. */
const MOST_OPEN = 2_000;
/** Goals and scores are whole numbers; what is added up of prices is not, and may be off by a little. */
const SLIGHT = 0.25;

/**
 * The best choice, by trying: exact, for what is left out is proved to be no better. By the prices every choice costs at
 * least `floor`, and more for each action off the side it tends to, for each row that it does not use up and for what
 * limits cut off sums. Any prices prove that; the relaxation's leave the least to try: 200 actions over 60 criteria take
 * some thousand steps. `start` is a choice that keeps the rows, to be bettered; `steps` is taken down.
 */
export function search(
  problem: Problem,
  prices: Prices,
  start: readonly number[] | null,
  steps: { left: number },
): SearchResult {
  const { program, goal, need, rows } = problem;
  const { actions, leaves, sums } = program;
  const { floor, extra, rowPrices, needPrice, pricedSums } = boundBy(problem, prices);
  const tends = extra.map((e, i) => Number(Math.abs(e) < 1e-9 ? prices.values[i]! > 0.5 : e < 0));
  const order = [...extra.keys()].sort((i, j) => Math.abs(extra[j]!) - Math.abs(extra[i]!) || j - i);
  const sides = new Int8Array(actions).fill(-1);
  const { low, high } = rangesOf(program);
  const root = low.length - 1;
  const lowIn = Float64Array.from(sums, (sum) => beforeLimits(sum, low));
  const highIn = Float64Array.from(sums, (sum) => beforeLimits(sum, high));
  const { above, weight, moved } = ties(program);
  // Of each row its room, and the least and the most that open actions can still add.
  const room = Float64Array.from(rows, (r) => r.most);
  const least = Float64Array.from(rows, (r) => r.terms.reduce((s, [, c]) => s + Math.min(0, c), 0));
  const most = Float64Array.from(rows, (r) => r.terms.reduce((s, [, c]) => s + Math.max(0, c), 0));
  const columns = Array.from({ length: actions }, (): { row: number; by: number }[] => []);
  for (const [row, { terms }] of rows.entries()) for (const [i, by] of terms) columns[i]!.push({ row, by });
  const unusedIn = (r: number) => rowPrices[r]! * Math.max(0, room[r]! - most[r]!);
  // In an array: a number that a closure writes is one more for the collector each time.
  const rowsUnused = Float64Array.of(rows.reduce((sum, _, r) => sum + unusedIn(r), 0));

  const worth = (chosen: readonly number[], score: number) =>
    goal === 'points' ? -score : chosen.reduce((s, i) => s + goal[i]!, 0);
  /** What a choice may cost above the floor to be better than one of this worth, by one at least. */
  const limitBelow = (value: number) =>
    value - (goal === 'points' ? stepsOf(program).step : 1) + SLIGHT - floor;
  /** By the prices no choice as good as the best is further off the sides that actions tend to. */
  const proofs = (): Constraint[] => {
    if (!best) return [];
    const off = worth(best, scoreOf(program, best)) - floor + SLIGHT;
    const terms = extra.map((e, i) => [i, tends[i] === 1 ? -Math.abs(e) : Math.abs(e)] as const);
    return [{ terms, most: off - extra.reduce((s, e, i) => s + tends[i]! * Math.abs(e), 0) }];
  };
  let best = start && [...start];
  let limit = 0;
  let cut = false;

  /** Gives a leaf a range, and the sums above it what they make of that. */
  const put = (at: number, from: number, to: number): void => {
    for (;;) {
      const less = from - low[at]!;
      const more = to - high[at]!;
      if (less === 0 && more === 0) return;
      low[at] = from;
      high[at] = to;
      const j = above[at]!;
      if (j < 0) return;
      const sum = sums[j]!;
      lowIn[j] = sum.geometric ? beforeLimits(sum, low) : lowIn[j]! + less * weight[at]!;
      highIn[j] = sum.geometric ? beforeLimits(sum, high) : highIn[j]! + more * weight[at]!;
      from = withinLimits(sum, lowIn[j]!);
      to = withinLimits(sum, highIn[j]!);
      at = leaves.length + j;
    }
  };
  const ends = new Float64Array(2);
  /** Leaves with the ranges that they had, to be given back. */
  const trail: number[] = [];
  const count = (i: number, side: number, sign: 1 | -1): boolean => {
    let keeps = true;
    for (const { row, by } of columns[i]!) {
      if (rowPrices[row]! > 0) rowsUnused[0]! -= unusedIn(row);
      least[row]! -= sign * Math.min(0, by);
      most[row]! -= sign * Math.max(0, by);
      room[row]! -= sign * by * side;
      if (rowPrices[row]! > 0) rowsUnused[0]! += unusedIn(row);
      if (least[row]! > room[row]!) keeps = false;
    }
    return keeps;
  };
  /** Decides an action; whether every row and what is needed can still be kept. */
  const take = (i: number, side: number): boolean => {
    sides[i] = side;
    if (!count(i, side, 1)) return false;
    for (const leaf of moved[i]!) {
      trail.push(leaf, low[leaf]!, high[leaf]!);
      endsOf(program, leaf, sides, ends);
      put(leaf, ends[0]!, ends[1]!);
    }
    return reaches();
  };
  /** Opens an action again, the trail being so long before it was decided. */
  const giveBack = (i: number, length: number): void => {
    count(i, sides[i]!, -1);
    sides[i] = -1;
    while (trail.length > length) {
      const to = trail.pop()!;
      const from = trail.pop()!;
      put(trail.pop()!, from, to);
    }
  };
  const reaches = () => need === null || high[root]! >= need - SLIGHT;
  /** What is sure to be lost to rows and sums. */
  const unused = (): number => {
    let lost = rowsUnused[0]! + needPrice * Math.max(0, low[root]! - (need ?? 0));
    for (const { j, line, over, under } of pricedSums) {
      lost += over * Math.max(0, line.slope * lowIn[j]! + line.offset - line.top);
      lost += under * (line.top - high[leaves.length + j]!);
    }
    return lost;
  };
  /** Decides actions from the `at`th of the order on, those before it costing `off` for their sides. */
  const decide = (at: number, off: number): void => {
    steps.left--;
    if (off + unused() > limit) {
      cut = true;
      return;
    }
    const i = order[at];
    if (i === undefined) {
      const chosen = [...sides.keys()].filter((k) => sides[k] === 1);
      const value = worth(chosen, high[root]!);
      // Beyond the limit something better may be left out too.
      if (value - floor > limit) cut = true;
      else {
        best = chosen;
        limit = limitBelow(value);
      }
      return;
    }
    const before = rowsUnused[0]!;
    const length = trail.length;
    for (let turn = 0; turn < 2; turn++) {
      if (take(i, turn === 0 ? tends[i]! : 1 - tends[i]!)) decide(at + 1, off + turn * Math.abs(extra[i]!));
      giveBack(i, length);
      // As it was, without what sums of prices are off by.
      rowsUnused[0] = before;
      if (steps.left < 0) return;
    }
  };
  /** Looks through all that costs up to the limit above the floor; what cannot change sides within it is not branched on. */
  const pass = (): void => {
    cut = false;
    const open = order.findIndex((i) => Math.abs(extra[i]!) <= limit);
    const settled = order.slice(0, open < 0 ? order.length : open);
    if (order.length - settled.length > MOST_OPEN) {
      steps.left = -1;
      return;
    }
    if (settled.length > 0) cut = true;
    if (settled.map((i) => take(i, tends[i]!)).every(Boolean)) decide(settled.length, 0);
    for (const i of settled.reverse()) giveBack(i, 0);
  };

  if (rows.some((_, r) => least[r]! > room[r]!) || !reaches()) return { chosen: null, proved: true };
  const bound = start ? limitBelow(worth(start, scoreOf(program, start))) : Number.POSITIVE_INFINITY;
  for (let width = Math.max(1, Math.abs(floor) / 1000); ; width *= 2) {
    limit = Math.min(width, bound);
    if (limit < 0) return { chosen: best, proved: true, rows: proofs() };
    const before = best;
    pass();
    if (steps.left < 0) return { chosen: best, proved: false };
    if (best !== before || !cut || width >= bound) return { chosen: best, proved: true, rows: proofs() };
  }
}

/** By value the sum above it and what a point is there, and by action the leaves that it moves. */
function ties({ actions, leaves, sums }: Program) {
  const above = new Int32Array(leaves.length + sums.length).fill(-1);
  const weight = new Float64Array(leaves.length + sums.length);
  sums.forEach(({ parts, divide }, j) => {
    for (const part of parts) {
      above[part.at] = j;
      weight[part.at] = part.weight / divide;
    }
  });
  const moved = Array.from({ length: actions }, () => new Set<number>());
  leaves.forEach(({ requires }, k) => {
    for (const of of [k, ...requires.map((r) => r.leaf)])
      for (const { action } of leaves[of]!.states) if (action !== null) moved[action]!.add(k);
  });
  return { above, weight, moved: moved.map((leaves) => [...leaves]) };
}

/** The score of a choice. */
export function scoreOf(program: Program, chosen: readonly number[]): number {
  const sides = new Int8Array(program.actions);
  for (const i of chosen) sides[i] = 1;
  return rangesOf(program, sides).high.at(-1)!;
}

/**
 * What every choice costs at least by the prices of limits, and what each action costs beyond what it uses of them. The
 * score's price is handed down from sum to part; a sum's limit takes what the parts' price is less.
 */
function boundBy({ program, goal, need, rows }: Problem, prices: Prices) {
  const { actions, leaves, sums } = program;
  const extra = goal === 'points' ? new Array<number>(actions).fill(0) : [...goal];
  let floor = 0;
  const rowPrices = rows.map((_, r) => Math.max(0, prices.rows[r] ?? 0));
  rows.forEach(({ terms, most }, r) => {
    for (const [i, c] of terms) extra[i]! += rowPrices[r]! * c;
    floor -= rowPrices[r]! * most;
  });
  const price = new Float64Array(leaves.length + sums.length);
  const needPrice = need === null ? 0 : Math.max(0, prices.need);
  price[price.length - 1] = needPrice + (goal === 'points' ? 1 : 0);
  floor += needPrice * (need ?? 0);
  const lines = linesOf(program);
  const pricedSums = [...sums.keys()].reverse().flatMap((j) => {
    const [sum, line, at] = [sums[j]!, lines[j]!, leaves.length + j];
    const whole = price[at]!;
    const passed =
      line.top === Number.POSITIVE_INFINITY ? whole : Math.min(whole, Math.max(0, prices.sums[j]!));
    const held = whole - passed;
    const each = (passed * line.slope) / sum.divide;
    floor -= passed * line.offset + each * sum.base;
    for (const part of sum.parts) price[part.at] = each * part.weight;
    if (line.top === Number.POSITIVE_INFINITY) return [];
    floor -= held * line.top;
    return [{ j, line, over: sum.geometric ? 0 : passed, under: held }];
  });
  leaves.forEach(({ states, requires }, k) => {
    const [asIs] = states;
    const met = prices.conditions[k]!.map((p) => Math.max(0, p));
    const all = met.reduce((s, p) => s + p, 0);
    // What a state has in any case, and what it brings beyond their price where it meets the conditions.
    const value = ({ met, unmet }: Leaf['states'][number]) =>
      price[k]! * unmet + Math.max(0, price[k]! * Math.max(0, met - unmet) - all);
    floor -= value(asIs!);
    for (const state of states)
      if (state.action !== null) extra[state.action]! -= value(state) - value(asIs!);
    requires.forEach(({ leaf, meets }, a) => {
      floor -= met[a]! * Number(meets[0]);
      leaves[leaf]!.states.forEach(({ action }, t) => {
        if (action !== null) extra[action]! -= met[a]! * (Number(meets[t]) - Number(meets[0]));
      });
    });
  });
  for (const e of extra) floor += Math.min(0, e);
  return { floor, extra, rowPrices, needPrice, pricedSums };
}
