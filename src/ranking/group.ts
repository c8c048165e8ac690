import { convolve } from './distribution.js';
import {
  type Gap,
  KEEPS,
  type Knowledge,
  massBetween,
  type Node,
  type Part,
  partBetween,
  sumVariance,
} from './fit.js';

/** Units whose scores are not known: which of the model's kinds they are, and the score asked about, in percent. */
export interface OpenUnits {
  kind: number;
  level: number;
  units: number;
  /** How each of them may move on top, in percent of the scale; not at all where it is left out. */
  moves?: readonly { at: number; weight: number }[];
}

/** How the units without a known score stand, as one object that every command asks. Scores are in percent of the scale. */
export interface GroupModel {
  /** Standard deviation of the group's scores, and their skew, as expected. */
  spread: number;
  skew: number;
  mean: number;
  /** Probabilities that 0, 1, 2 … of these units are above their levels. */
  chances(open: readonly OpenUnits[]): number[];
  /** How many of them are above on average: the mean of those chances, without working them out. */
  expected(open: readonly OpenUnits[]): number;
  /** Expected share of the group per percent of the scale. */
  density(score: number): number;
}

/** The group in the league's own year, given the parameters that what is known leaves possible. */
export function sameYear(known: Knowledge, nodes: readonly Node[]): GroupModel {
  const average = (of: (node: Node) => number) => nodes.reduce((sum, n) => sum + n.weight * of(n), 0);
  const parts = known.sum ? nodes.map((n) => known.gaps.map((g) => partBetween(n, g.lo, g.hi))) : null;
  const model: GroupModel = {
    spread: average((n) => n.spread),
    skew: average((n) => n.shape.skew),
    mean: average((n) => n.mean),
    chances(open) {
      const total = open.reduce((sum, o) => sum + o.units, 0);
      const mixed = new Float64Array(total + 1);
      const counts = open.map((o) => new Float64Array(o.units + 1));
      nodes.forEach((node, i) => {
        open.forEach((o, j) => {
          countAbove(node, known, parts?.[i] ?? null, o, counts[j]!);
        });
        mix(
          mixed,
          counts.length === 1 ? counts[0]! : counts.reduce<ArrayLike<number>>(convolve, [1]),
          node.weight,
        );
      });
      return Array.from(mixed);
    },
    expected(open) {
      if (known.sum) return model.chances(open).reduce((sum, p, k) => sum + p * k, 0);
      return average((node) =>
        open.reduce((sum, o) => {
          const { above, below } = masses(node, known.gaps[o.kind]!, o);
          return sum + (o.units * above) / (above + below);
        }, 0),
      );
    },
    density: (score) => average((n) => Math.exp(n.shape.logDensity((score - n.mean) / n.spread)) / n.spread),
  };
  return model;
}

/**
 * How many units of one gap are above a level under one set of parameters, as chances of 0, 1, 2 …: beta-binomial,
 * then weighed by how well the units above, those below and all others make up the sum that is known.
 */
function countAbove(
  node: Node,
  known: Knowledge,
  parts: readonly Part[] | null,
  open: OpenUnits,
  counts: Float64Array,
): void {
  const { kind, level, units, moves } = open;
  const gap: Gap = known.gaps[kind]!;
  if (!known.sum || !parts) {
    const { above, below } = masses(node, gap, open);
    betaBinomial(units, KEEPS * above, KEEPS * below, counts);
    return;
  }
  const { above, below } = moves ? blurred(node, gap, level, moves) : sides(node, gap, level);
  betaBinomial(units, KEEPS * above.mass, KEEPS * below.mass, counts);
  let [rest, variance] = [0, 0];
  for (let g = 0; g < parts.length; g++) {
    // Units of this gap that are not counted, such as the one to be placed, may be anywhere in it.
    const loose = known.gaps[g]!.units - (g === kind ? units : 0);
    rest += loose * parts[g]!.mean;
    variance += sumVariance(parts[g]!, loose);
  }
  const slack = variance + known.sum.sd * known.sum.sd + 1e-9;
  weighBySum(counts, units, above, below, known.sum.centre - rest, slack);
}

/** Weighs the chances that 0 … units are above by how well they and those below make up a sum. */
function weighBySum(
  counts: Float64Array,
  units: number,
  above: Part,
  below: Part,
  sum: number,
  slack: number,
): void {
  let total = 0;
  for (let k = 0; k <= units; k++) {
    // What is next to impossible stays so, whatever the sum.
    if (counts[k]! < 1e-12) continue;
    const spread = slack + sumVariance(above, k) + sumVariance(below, units - k);
    const miss = sum - k * above.mean - (units - k) * below.mean;
    const fit = Math.exp(-(miss * miss) / (2 * spread)) / Math.sqrt(spread);
    counts[k] = counts[k]! * (fit + 1e-30);
    total += counts[k]!;
  }
  for (let k = 0; k <= units; k++) counts[k] = counts[k]! / total;
}

/** Adds chances to others, by a weight. */
function mix(into: Float64Array, counts: ArrayLike<number>, weight: number): void {
  for (let k = 0; k < into.length; k++) into[k]! += weight * counts[k]!;
}

/** The shares of the group above and below a level in a gap, over the moves that each unit may make. */
function masses(node: Node, gap: Gap, { level, moves }: OpenUnits): { above: number; below: number } {
  if (moves) {
    let [above, below] = [0, 0];
    for (const m of moves) {
      const at = masses(node, gap, { kind: 0, units: 0, level: level - m.at });
      above += m.weight * at.above;
      below += m.weight * at.below;
    }
    return { above, below };
  }
  const at = Math.min(gap.hi, Math.max(gap.lo, level));
  return { above: massBetween(node, at, gap.hi), below: massBetween(node, gap.lo, at) };
}

/** The parts of a gap above and below a level. */
function sides(node: Node, gap: Gap, level: number): { above: Part; below: Part } {
  const at = Math.min(gap.hi, Math.max(gap.lo, level));
  return { above: partBetween(node, at, gap.hi), below: partBetween(node, gap.lo, at) };
}

/** The same where each unit moves on its own: the parts that end up above and below. */
function blurred(node: Node, gap: Gap, level: number, moves: readonly { at: number; weight: number }[]) {
  const ends = moves.map((m) => ({ weight: m.weight, ...sides(node, gap, level - m.at) }));
  const mixed = (side: 'above' | 'below'): Part => {
    const mass = ends.reduce((sum, e) => sum + e.weight * e[side].mass, 0);
    const average = (of: (p: Part) => number) =>
      ends.reduce((sum, e) => sum + e.weight * e[side].mass * of(e[side]), 0) / mass;
    const mean = average((p) => p.mean);
    return { mass, mean, variance: average((p) => p.variance + (p.mean - mean) * (p.mean - mean)) };
  };
  return { above: mixed('above'), below: mixed('below') };
}

/** Probabilities of 0 … n where each success makes the next likelier (Pólya's urn with a and b balls). */
function betaBinomial(n: number, a: number, b: number, found: Float64Array): void {
  const least = 1e-9;
  if (a < least || b < least) {
    found.fill(0);
    found[a < least ? 0 : n] = 1;
    return;
  }
  // Outward from about the likeliest, so that nothing underflows.
  const start = Math.min(n, Math.floor((n * a) / (a + b)));
  found[start] = 1;
  let total = 1;
  for (let k = start, chance = 1; k < n; k++) {
    chance = (chance * (n - k) * (a + k)) / ((k + 1) * (b + n - k - 1));
    found[k + 1] = chance;
    total += chance;
  }
  for (let k = start, chance = 1; k > 0; k--) {
    chance = (chance * k * (b + n - k)) / ((n - k + 1) * (a + k - 1));
    found[k - 1] = chance;
    total += chance;
  }
  for (let k = 0; k <= n; k++) found[k] = found[k]! / total;
}
