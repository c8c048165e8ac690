import { averages, type Gap, type GroupParameters, partBetween } from './fit.js';
import type { GroupModel, OpenUnits } from './group.js';
import { addOne, convolve, mix, normalise } from './ranks.js';
import { heavyTailed, type Normal, nodesOf, type Shape } from './shape.js';

/** How a group moves on from one year to the next. */
export interface Moving {
  /** Common move, in percent of the scale. */
  drift: Normal;
  /** Logarithm of the standard deviation of the units' changes over the group's spread. */
  logChange: Normal;
}

/** One set of parameters and one size of change: how likely, and where each kind is expected next, before the drift. */
interface Step {
  weight: number;
  sd: number;
  places: Places[];
}

const SLICES = 8;
const MOST_NODES = 16;
const LEAST_STAY = 0.1;

/** How much of its distance to the mean a unit keeps over some years, by its changes in one over the group's spread. */
export const persistence = (years: number, change: number): number =>
  Math.max(LEAST_STAY, 1 - (change * change * years) / 2);

/**
 * The group, whose units stood in gaps or at scores (gaps of no width), some years after the league's, by how it moves: every unit goes back towards the mean a little, keeps its
 * own change, and all share a drift. The changes leave the group's spread as it was.
 */
export function laterYear(
  befores: readonly Gap[],
  nodes: readonly GroupParameters[],
  years: number,
): (moving: Moving) => GroupModel {
  const few = spreadOut(nodes, MOST_NODES).map((node) => ({
    ...node,
    from: befores.map((before) => placesOf(before, node)),
  }));
  return (moving) => moved(befores, few, moving, years);
}

/** Where a unit of one kind stood: one place, or several with their shares. */
type Places = { at: number; share: number }[];

function moved(
  befores: readonly Gap[],
  few: readonly (GroupParameters & { from: Places[] })[],
  moving: Moving,
  years: number,
): GroupModel {
  // Few units move far, most little.
  const change = heavyTailed();
  // Where the parameters vary themselves, fewer points of the rest do.
  const fine = few.length === 1;
  const drifts = nodesOf({ centre: moving.drift.centre * years, sd: moving.drift.sd * Math.sqrt(years) }, 2);
  const changes = nodesOf(moving.logChange, fine ? 2 : 1);
  const steps = few.flatMap(({ weight: likely, mean, spread, from }) =>
    changes.map(({ at, weight }): Step => {
      const stays = persistence(years, Math.exp(at));
      const next = (p: Places[number]) => ({ at: mean + stays * (p.at - mean), share: p.share });
      return {
        weight: weight * likely,
        sd: spread * Math.sqrt(1 - stays * stays),
        places: from.map((places) => places.map(next)),
      };
    }),
  );
  const chanceOf = (step: Step, drift: number, { kind, level, moves }: OpenUnits) =>
    moves
      ? moves.reduce((sum, m) => sum + m.weight * shareAbove(change, step, kind, level - m.at - drift), 0)
      : shareAbove(change, step, kind, level - drift);
  const now = averages(few);
  return {
    ...now,
    mean: now.mean + moving.drift.centre * years,
    chances(open) {
      const total = open.reduce((sum, o) => sum + o.units, 0);
      const mixed = new Float64Array(total + 1);
      const counts = new Float64Array(total + 1);
      for (const step of steps)
        for (const drift of drifts) {
          let last = 0;
          counts[0] = 1;
          for (const o of open) {
            const chance = Math.min(1, Math.max(0, chanceOf(step, drift.at, o)));
            if (o.units === 1) addOne(counts, last, chance);
            // Those alike are a binomial.
            else counts.set(convolve(counts.subarray(0, last + 1), binomial(o.units, chance)));
            last += o.units;
          }
          mix(mixed, counts, step.weight * drift.weight);
        }
      return Array.from(mixed);
    },
    expected(open) {
      let sum = 0;
      for (const step of steps)
        for (const drift of drifts) {
          const weight = step.weight * drift.weight;
          for (const o of open) sum += weight * o.units * chanceOf(step, drift.at, o);
        }
      return sum;
    },
    density: (score) => {
      let [sum, units] = [0, 0];
      befores.forEach(({ units: n }, kind) => {
        units += n;
        for (const step of steps)
          for (const drift of drifts)
            for (const p of step.places[kind]!)
              sum +=
                (n *
                  step.weight *
                  drift.weight *
                  p.share *
                  Math.exp(change.logDensity((score - drift.at - p.at) / step.sd))) /
                step.sd;
      });
      return units === 0 ? 0 : sum / units;
    },
  };
}

/** The share of one kind that ends up above a score. */
function shareAbove(change: Shape, { places, sd }: Step, kind: number, x: number): number {
  let sum = 0;
  for (const p of places[kind]!) sum += p.share * (1 - change.cdf((x - p.at) / sd));
  return sum;
}

/** Probabilities of 0 … n successes. */
function binomial(n: number, p: number): Float64Array {
  const chances = new Float64Array(n + 1);
  if (p <= 0 || p >= 1) {
    chances[p <= 0 ? 0 : n] = 1;
    return chances;
  }
  const mode = Math.min(n, Math.floor((n + 1) * p));
  const odds = p / (1 - p);
  chances[mode] = 1;
  for (let k = mode; k < n; k++) chances[k + 1] = (chances[k]! * odds * (n - k)) / (k + 1);
  for (let k = mode; k > 0; k--) chances[k - 1] = (chances[k]! * k) / (odds * (n - k + 1));
  return normalise(chances);
}

/** At most so many nodes, alike in weight, spread out over all by their means. */
function spreadOut(nodes: readonly GroupParameters[], most: number): GroupParameters[] {
  if (nodes.length <= most) return [...nodes];
  const sorted = [...nodes].sort((p, q) => p.mean - q.mean || p.spread - q.spread);
  const chosen: GroupParameters[] = [];
  let running = 0;
  for (const node of sorted) {
    running += node.weight;
    while (chosen.length < most && running > (chosen.length + 0.5) / most)
      chosen.push({ ...node, weight: 1 / most });
  }
  return chosen;
}

function placesOf(gap: Gap, node: GroupParameters): Places {
  if (gap.units === 0) return [];
  if (gap.lo === gap.hi) return [{ at: gap.lo, share: 1 }];
  const far = 5 * node.spread;
  const lo = Math.max(gap.lo, Math.min(node.mean - far, gap.hi - far));
  const hi = Math.min(gap.hi, Math.max(node.mean + far, gap.lo + far));
  const slices = Array.from({ length: SLICES }, (_, i) =>
    partBetween(node, lo + ((hi - lo) * i) / SLICES, lo + ((hi - lo) * (i + 1)) / SLICES),
  );
  const mass = slices.reduce((sum, s) => sum + s.mass, 0);
  return slices.map((s) => ({ at: s.mean, share: s.mass / mass }));
}
