import type { Model } from '../analysis/program.js';
import { commonDivisor } from '../exact/fraction.js';

/** Terms of whole numbers whose sum is at most `most`. */
interface AtMost {
  terms: (readonly [variable: number, coefficient: number])[];
  most: number;
}

/** A model in its smallest whole numbers: every limit an upper one, without what divides all of it. */
export interface WholeModel {
  costs: number[];
  rows: AtMost[];
}

/** What a solver of the relaxation, in which variables lie anywhere from 0 to 1, says of it. */
export interface Relaxed {
  values: number[];
  /** By row, what one more of its limit would save. */
  prices: number[];
}

/** `least`: a cheapest choice, null where none keeps the rows. `tooMany`: to find it out would take too long. */
export type Searched = { kind: 'least'; chosen: number[] | null } | { kind: 'tooMany' };

/** The greatest whole number that divides all; 1 for nothing but zeros. */
const divisorOf = (values: readonly number[]): number =>
  Number(values.reduce((all, v) => commonDivisor(all, BigInt(Math.abs(v))), 0n)) || 1;

export function wholeModel({ minimize, rows }: Model): WholeModel {
  const unit = divisorOf(minimize);
  return {
    costs: minimize.map((c) => c / unit),
    rows: rows.flatMap(({ coefficients, least, most }) => {
      const each = divisorOf([...coefficients.values()]);
      const terms = [...coefficients].filter(([, c]) => c !== 0);
      const atMost = (sign: 1 | -1, limit: number): AtMost => ({
        terms: terms.map(([i, c]) => [i, (sign * c) / each]),
        most: Math.floor((sign * limit) / each),
      });
      return [
        ...(most === undefined ? [] : [atMost(1, most)]),
        ...(least === undefined ? [] : [atMost(-1, least)]),
      ];
    }),
  };
}

const costOf = (chosen: readonly number[], costs: readonly number[]): number =>
  chosen.reduce((sum, i) => sum + costs[i]!, 0);

/** Steps after which a search is given up: about as long as the solver takes for whole numbers. */
const MOST_STEPS = 1_000_000;
/** Variables left open, so many calls deep. */
const MOST_OPEN = 1_000;
/** Sums that are exact, with room for adding them. */
const EXACT = 2 ** 50;
const FINEST = 2 ** 20;

/**
 * The cheapest choice, by trying: exact, for what is left out is proven to cost more. By the prices of the rows every
 * choice costs at least `floor`, and more for each variable off the side it tends to and for each priced row that it
 * does not use up. Any prices prove that (the relaxation's leave the least to try), so they are rounded to whole parts
 * and all sums are of whole numbers. 200 actions over 60 criteria: some thousand steps (20 ms) where the solver for
 * whole numbers takes 1 to 3 s. `start` is a choice that keeps the rows, to be bettered.
 */
export function cheapestBySearch(
  { costs, rows }: WholeModel,
  relaxed: Relaxed,
  start: readonly number[] | null,
): Searched {
  const parts = partsFor(costs);
  const prices = relaxed.prices.map((price) => Math.round(Math.max(0, price) * parts));
  // What choosing a variable costs beyond what it uses of the priced rows.
  const extra = costs.map((c) => c * parts);
  let floor = 0;
  let magnitude = 0;
  rows.forEach(({ terms, most }, r) => {
    for (const [i, c] of terms) extra[i]! += prices[r]! * c;
    floor -= prices[r]! * most;
    magnitude += prices[r]! * terms.reduce((sum, [, c]) => sum + Math.abs(c), Math.abs(most));
  });
  for (const e of extra) floor += Math.min(0, e);
  if (parts < 1 || magnitude > EXACT) return { kind: 'tooMany' };

  const tends = extra.map((e, i) => (e === 0 ? Number(relaxed.values[i]! > 0.5) : Number(e < 0)));
  const order = [...costs.keys()].sort((i, j) => Math.abs(extra[j]!) - Math.abs(extra[i]!));
  const table = new Rows(rows, prices, costs.length);
  const taken = new Uint8Array(costs.length);
  let best = start && [...start];
  let limit = 0;
  let cut = false;
  let steps = 0;

  /** Decides variables from the `at`th of the order on, those before it costing `off` for their sides. */
  const decide = (at: number, off: number): void => {
    steps++;
    if (off + table.unused > limit) {
      cut = true;
      return;
    }
    const i = order[at];
    if (i === undefined) {
      best = [...taken.keys()].filter((v) => taken[v] === 1);
      limit = limitBelow(best);
      return;
    }
    const preferred = tends[i]!;
    for (const side of [preferred, 1 - preferred]) {
      taken[i] = side;
      if (table.take(i, side)) decide(at + 1, off + (side === preferred ? 0 : Math.abs(extra[i]!)));
      table.giveBack(i, side);
      taken[i] = 0;
      if (steps > MOST_STEPS) return;
    }
  };
  /** What a choice may cost above the floor to be cheaper than this one, by a whole part at least. */
  const limitBelow = (chosen: readonly number[]) => (costOf(chosen, costs) - 1) * parts - floor;
  /** Looks through all that costs up to the limit above the floor; those that cannot change sides are not branched on. */
  const pass = (): boolean => {
    cut = false;
    const open = order.findIndex((i) => Math.abs(extra[i]!) <= limit);
    const settled = order.slice(0, open < 0 ? order.length : open);
    if (order.length - settled.length > MOST_OPEN) return false;
    if (settled.length > 0) cut = true;
    for (const i of settled) taken[i] = tends[i]!;
    const fits = settled.map((i) => table.take(i, tends[i]!)).every((kept) => kept);
    if (fits) decide(settled.length, 0);
    for (const i of settled) {
      table.giveBack(i, tends[i]!);
      taken[i] = 0;
    }
    return steps <= MOST_STEPS;
  };

  if (table.broken) return { kind: 'least', chosen: null };
  if (best) {
    limit = limitBelow(best);
    return limit < 0 || pass() ? { kind: 'least', chosen: best } : { kind: 'tooMany' };
  }
  for (let room = Math.max(parts, Math.round(Math.abs(floor) / 1000)); ; room *= 2) {
    limit = room;
    if (!pass()) return { kind: 'tooMany' };
    if (best || !cut) return { kind: 'least', chosen: best };
  }
}

/** Into how many parts a unit of cost is divided, so that sums stay exact. */
function partsFor(costs: readonly number[]): number {
  const sum = costs.reduce((s, c) => s + Math.abs(c), 1);
  return Math.min(FINEST, 2 ** Math.floor(Math.log2(EXACT / 2 ** 10 / sum)));
}

/** Rows of limits while variables are decided one after another. */
class Rows {
  /** Price of all that priced rows are sure to leave unused. */
  unused = 0;
  private readonly room: Float64Array;
  /** The least and the most that the undecided can still add to a row. */
  private readonly least: Float64Array;
  private readonly most: Float64Array;
  private readonly columns: (readonly [row: number, coefficient: number])[][];

  constructor(
    rows: readonly AtMost[],
    private readonly prices: readonly number[],
    variables: number,
  ) {
    this.room = Float64Array.from(rows, (r) => r.most);
    this.least = new Float64Array(rows.length);
    this.most = new Float64Array(rows.length);
    this.columns = Array.from({ length: variables }, () => []);
    rows.forEach(({ terms }, r) => {
      for (const [i, c] of terms) {
        this.columns[i]!.push([r, c]);
        this.least[r]! += Math.min(0, c);
        this.most[r]! += Math.max(0, c);
      }
      this.unused += this.unusedIn(r);
    });
  }

  /** Whether a row cannot be kept whatever is decided. */
  get broken(): boolean {
    return this.room.some((room, r) => this.least[r]! > room);
  }

  private unusedIn(row: number): number {
    return this.prices[row] === 0 ? 0 : this.prices[row]! * Math.max(0, this.room[row]! - this.most[row]!);
  }

  /** Decides a variable; whether every row of it can still be kept. */
  take(variable: number, side: number): boolean {
    let kept = true;
    for (const [r, c] of this.columns[variable]!) {
      this.unused -= this.unusedIn(r);
      this.least[r]! -= Math.min(0, c);
      this.most[r]! -= Math.max(0, c);
      this.room[r]! -= c * side;
      this.unused += this.unusedIn(r);
      if (this.least[r]! > this.room[r]!) kept = false;
    }
    return kept;
  }

  /** Takes back the decision. */
  giveBack(variable: number, side: number): void {
    for (const [r, c] of this.columns[variable]!) {
      this.unused -= this.unusedIn(r);
      this.room[r]! += c * side;
      this.least[r]! += Math.min(0, c);
      this.most[r]! += Math.max(0, c);
      this.unused += this.unusedIn(r);
    }
  }
}
