import { type Fraction, toNumber } from '../values/fraction.js';
import { lazy } from '../values/scalars.js';
import {
  averages,
  fitGroup,
  type Gap,
  type GroupParameters,
  KEEPS,
  type Observations,
  type Prior,
  partBetween,
  type ScoreMass,
  sumVariance,
} from './fit.js';
import { gapsOf, printedDecimals, type ScoreGap } from './gaps.js';
import type { League, LeagueUnit } from './league.js';
import { laterYear, type Moving, persistence } from './next-year.js';
import {
  acrossYears,
  changeBetween,
  type LeagueStatistics,
  momentsOf,
  movingOf,
  type Past,
  priorOf,
  REFERENCE,
  scoresOf,
  shapesOf,
} from './prior.js';
import { convolve, mix, normalise } from './ranks.js';
import { heavyTailed, type Normal, nodesOf, normalMixture } from './shape.js';

/** Units whose scores are unknown: which of the model's kinds they are, and the score asked about, in percent. */
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

/** The group in the league's year, given the parameters that what is known leaves possible. */
export function sameYear(observed: Observations, nodes: readonly GroupParameters[]): GroupModel {
  const parts = observed.sum && nodes.map((n) => observed.gaps.map((g) => partBetween(n, g.lo, g.hi)));
  /** What the units of a gap add up to where all others are as they are expected. */
  const restOf = (i: number, { kind, units }: OpenUnits): KnownSum | null => {
    if (!observed.sum || !parts) return null;
    let [others, variance] = [0, observed.sum.sd * observed.sum.sd + 1e-9];
    for (let g = 0; g < observed.gaps.length; g++) {
      const part = parts[i]![g]!;
      // Units of this gap that are not counted, such as the one to be placed, may be anywhere in it.
      const loose = observed.gaps[g]!.units - (g === kind ? units : 0);
      others += loose * part.mean;
      variance += sumVariance(part, loose);
    }
    return { sum: observed.sum.centre - others, variance };
  };
  const model: GroupModel = {
    ...averages(nodes),
    chances(open) {
      const mixed = new Float64Array(open.reduce((sum, o) => sum + o.units, 1));
      nodes.forEach((node, i) => {
        const counts = open.map((o) => countAbove(node, observed.gaps[o.kind]!, o, restOf(i, o)));
        const all = counts.length === 1 ? counts[0]! : counts.reduce<ArrayLike<number>>(convolve, [1]);
        mix(mixed, all, node.weight);
      });
      return Array.from(mixed);
    },
    expected(open) {
      if (observed.sum) return model.chances(open).reduce((sum, p, k) => sum + p * k, 0);
      const above = (node: GroupParameters) =>
        open.reduce((sum, o) => {
          const { above, below } = sides(node, observed.gaps[o.kind]!, o);
          return sum + (o.units * above.mass) / (above.mass + below.mass);
        }, 0);
      return nodes.reduce((sum, n) => sum + n.weight * above(n), 0);
    },
    density: (score) =>
      nodes.reduce(
        (sum, { weight, shape, mean, spread }) =>
          sum + weight * (Math.exp(shape.logDensity((score - mean) / spread)) / spread),
        0,
      ),
  };
  return model;
}

/** A sum that is known, and the variance of all that is not counted in it. */
interface KnownSum {
  sum: number;
  variance: number;
}

/**
 * How many units of one gap are above a level under one set of parameters, as chances of 0, 1, 2 …: beta-binomial,
 * then weighed, where it is known, by how well the units above and those below make up their sum.
 */
function countAbove(node: GroupParameters, gap: Gap, open: OpenUnits, rest: KnownSum | null): Float64Array {
  const { above, below } = sides(node, gap, open);
  const counts = betaBinomial(open.units, KEEPS * above.mass, KEEPS * below.mass);
  if (rest) weighBySum(counts, open.units, above, below, rest);
  return normalise(counts);
}

/** Weighs the chances that 0 … n are above by how well they and those below make up a sum. */
function weighBySum(
  counts: Float64Array,
  n: number,
  above: ScoreMass,
  below: ScoreMass,
  rest: KnownSum,
): void {
  const [up, down] = [KEEPS * above.mass, KEEPS * below.mass];
  // `sumVariance` of k units and of n − k.
  const rise = above.variance / (up + 1);
  const fall = below.variance / (down + 1);
  const gain = above.mean - below.mean;
  const start = rest.sum - n * below.mean;
  for (let k = 0; k <= n; k++) {
    const chance = counts[k]!;
    // What is next to impossible stays so, whatever the sum.
    if (chance < 1e-12) counts[k] = 0;
    else {
      const variance = rest.variance + rise * k * (up + k) + fall * (n - k) * (down + n - k);
      const miss = start - k * gain;
      counts[k] = chance * (Math.exp((miss * miss) / (-2 * variance)) / Math.sqrt(variance) + 1e-30);
    }
  }
}

/** The parts of a gap above and below a level; over the moves that each unit may make, those that end up there. */
function sides(
  node: GroupParameters,
  gap: Gap,
  { level, moves }: Pick<OpenUnits, 'level' | 'moves'>,
): { above: ScoreMass; below: ScoreMass } {
  if (!moves) {
    const at = Math.min(gap.hi, Math.max(gap.lo, level));
    return { above: partBetween(node, at, gap.hi), below: partBetween(node, gap.lo, at) };
  }
  const ends = moves.map(({ at, weight }) => ({ weight, ...sides(node, gap, { level: level - at }) }));
  const mixed = (side: 'above' | 'below'): ScoreMass => {
    const mass = ends.reduce((sum, e) => sum + e.weight * e[side].mass, 0);
    const average = (of: (p: ScoreMass) => number) =>
      ends.reduce((sum, e) => sum + e.weight * e[side].mass * of(e[side]), 0) / mass;
    const mean = () => average((p) => p.mean);
    return {
      mass,
      get mean() {
        return mean();
      },
      get variance() {
        const centre = mean();
        return average((p) => p.variance + (p.mean - centre) * (p.mean - centre));
      },
    };
  };
  return { above: mixed('above'), below: mixed('below') };
}

/** How likely 0 … n are, the likeliest about 1, where each success makes the next likelier (Pólya's urn with a and b balls). */
function betaBinomial(n: number, a: number, b: number): Float64Array {
  const chances = new Float64Array(n + 1);
  const least = 1e-9;
  if (a < least || b < least) {
    // With next to nothing on both sides the first draws all the others along.
    const share = a < least && b < least ? a / (a + b) : Number(b < least);
    chances[0] = 1 - share;
    chances[n]! += share;
    return chances;
  }
  // Outward from about the likeliest, so that nothing underflows.
  const start = Math.min(n, Math.floor((n * a) / (a + b)));
  chances[start] = 1;
  for (let k = start; k < n; k++)
    chances[k + 1] = (chances[k]! * (n - k) * (a + k)) / ((k + 1) * (b + n - k - 1));
  for (let k = start; k > 0; k--)
    chances[k - 1] = (chances[k]! * k * (b + n - k)) / ((n - k + 1) * (a + k - 1));
  return chances;
}

/** What a model is called, what it was learned from, and how it would be if an assumption were otherwise. */
export interface ModelNote {
  name: 'group-shape' | 'later-year';
  /** Whole published leagues, and the office's own of earlier years, that it was learned from. */
  leagues: number;
  previous: number;
  variants(): ModelVariant[];
}

interface ModelVariant {
  assumption: Variant;
  model: GroupModel;
}

/** The spread of the group, or of the units' changes, half or double what it is taken for. */
export type Variant = 'half-spread' | 'double-spread' | 'half-change' | 'double-change';

/** A league with the unit to be placed taken out of it. */
interface Around {
  league: League;
  ours: LeagueUnit | null;
  unit: string;
  scored: readonly { unit: string; score: Fraction }[];
  gaps: readonly ScoreGap[];
  /** The gap the placed unit was taken from, and its score of that year; null where unknown. */
  home: ScoreGap | null;
  ourScore: Fraction | null;
}

/** Fewer units in common with last year's league say too little of each. */
const LEAST_COMMON = 8;
/** What is shown beside the answer may leave out more of what is unlikely. */
const ROUGHLY = 0.03;

/** What is known of a group leaves these models of it possible. */
interface GroupModels {
  /** In its league's year, where not all of its scores are known. */
  sameYear(): GroupModel & ModelNote;
  later(years: number): GroupModel & ModelNote;
}

/**
 * Fits a group. Null when nothing says where its scores are. `reference` is what whole leagues taught; leaving one out
 * is for the back-test.
 */
export function groupModels(around: Around, reference: LeagueStatistics = REFERENCE): GroupModels | null {
  const { league, scored, gaps } = around;
  const earlier = [...league.previous].sort((p, q) => q.year - p.year);
  const moving = movingOf(reference, changesOf(league, earlier));
  const observed = observationsOf(around, earlier[0] ?? null);
  const learned = { leagues: reference.leagues.length, previous: earlier.length };
  const whole = gaps.every((g) => g.unknown.length === 0) ? wholeNode(observed) : null;
  const prior = whole ? null : priorFor(around, earlier, moving, reference);
  const nodes = whole ? [whole] : fitOf(observed, prior!);
  if (!nodes) return null;
  return {
    sameYear() {
      const model = sameYear(observed, nodes);
      const centre = Math.log(model.spread);
      const scaled = (factor: number) => {
        const logSpread = { centre: centre + Math.log(factor), sd: 0.02 };
        return sameYear(observed, prior ? fitGroup(observed, { ...prior, logSpread }, ROUGHLY) : nodes);
      };
      const variants = lazy((): ModelVariant[] => [
        { assumption: 'half-spread', model: scaled(0.5) },
        { assumption: 'double-spread', model: scaled(2) },
      ]);
      return { ...model, ...learned, name: 'group-shape', variants };
    },
    later(years) {
      const places = scored.map((k) => percent(k.score, league)).map((at) => ({ lo: at, hi: at, units: 1 }));
      const later = laterYear([...places, ...observed.gaps], nodes, years);
      const scaled = (factor: number) => {
        const { centre, sd } = moving.logChange;
        return later({ ...moving, logChange: { centre: centre + Math.log(factor), sd } });
      };
      const variants = lazy((): ModelVariant[] => [
        { assumption: 'half-change', model: scaled(0.5) },
        { assumption: 'double-change', model: scaled(2) },
      ]);
      return { ...scaled(1), ...learned, name: 'later-year', variants };
    },
  };
}

/** The parameters that what is known leaves possible; null when nothing says where the group is. */
function fitOf(observed: Observations, prior: Prior): readonly GroupParameters[] | null {
  const anywhere = observed.gaps.every((g) => g.units === 0 || (g.lo <= 0 && g.hi >= 100));
  const placed = observed.scores.length > 0 || observed.sum !== null || prior.mean !== null;
  return placed || !anywhere ? fitGroup(observed, prior) : null;
}

const percent = (x: Fraction, league: League): number => (100 * toNumber(x)) / toNumber(league.scale);

function observationsOf(around: Around, last: League | null): Observations {
  const { league, ours, unit, scored, gaps, home, ourScore } = around;
  const before = last ? standardised(last) : new Map<string, number>();
  const at = (name: string, score: Fraction) => ({
    at: percent(score, league),
    before: before.get(acrossYears(name)) ?? null,
  });
  const scores = scored.map((k) => at(k.unit, k.score));
  if (ourScore) scores.push(at(ours?.unit ?? unit, ourScore));
  const open = gaps.map(
    (g): Gap => ({
      lo: percent(g.lo.score, league),
      hi: percent(g.hi.score, league),
      units: g.unknown.length + (g === home && !ourScore ? 1 : 0),
    }),
  );
  return { scores, gaps: open, sum: sumOf(league, scores, open) };
}

/** What the scores in the gaps add up to, by the published mean; its rounding is as wide as the group is large. */
function sumOf(league: League, scores: readonly { at: number }[], gaps: readonly Gap[]): Normal | null {
  if (!league.mean || gaps.every((g) => g.units === 0)) return null;
  const { value } = league.mean;
  const unit = (100 / toNumber(league.scale)) * 10 ** -printedDecimals(value);
  const given = scores.reduce((sum, s) => sum + s.at, 0);
  return { centre: percent(value, league) * league.size - given, sd: (league.size * unit) / Math.sqrt(12) };
}

/** Where each unit of a league stands, in standard deviations from the mean. */
function standardised(league: League): Map<string, number> {
  const scores = scoresOf(league);
  if (scores.size < LEAST_COMMON || scores.size < 0.8 * league.size) return new Map();
  const { mean, spread } = momentsOf([...scores.values()]);
  return new Map([...scores].map(([unit, x]) => [unit, (x - mean) / spread]));
}

/** A whole group as it is; null where so few, or all alike, say too little of how they differ. */
function wholeNode({ scores }: Observations): GroupParameters | null {
  const { mean, spread, skew } = momentsOf(scores.map((s) => s.at));
  if (scores.length < LEAST_COMMON || !(spread > 0)) return null;
  return { weight: 1, mean, spread, shape: { ...heavyTailed(), skew } };
}

/** Mean and spread of an earlier league: as they are when it is whole, else as far as it is known. */
function pastOf(league: League, year: number, reference: LeagueStatistics): Past[] {
  const scores = [...scoresOf(league).values()];
  const years = year - league.year;
  if (scores.length === league.size && scores.length >= LEAST_COMMON) {
    const { mean, spread, units } = momentsOf(scores);
    const logSpread = { centre: Math.log(spread), sd: Math.sqrt(0.5 / units) };
    return spread > 0 ? [{ years, mean: { centre: mean, sd: 1e-3 }, logSpread }] : [];
  }
  const model = groupNodes(league, reference);
  if (!model) return [];
  const moments = (of: (n: GroupParameters) => number): Normal => {
    const centre = model.reduce((sum, n) => sum + n.weight * of(n), 0);
    const square = model.reduce((sum, n) => sum + n.weight * (of(n) - centre) * (of(n) - centre), 0);
    return { centre, sd: Math.sqrt(square) };
  };
  return [{ years, mean: moments((n) => n.mean), logSpread: moments((n) => Math.log(n.spread)) }];
}

/** A league's whole group in its own year, with no unit taken out; null when nothing says where it is. */
export function wholeGroup(league: League): GroupModel | null {
  const nodes = groupNodes(league);
  return nodes && sameYear(observationsOf(wholeAround(league), null), nodes);
}

/** The parameters of a league on its own, with no unit taken out; null when nothing says where it is. */
export function groupNodes(
  league: League,
  reference: LeagueStatistics = REFERENCE,
  shapes: Prior['shapes'] = shapesOf(reference),
): readonly GroupParameters[] | null {
  const { drift } = movingOf(reference, []);
  return fitOf(observationsOf(wholeAround(league), null), { ...priorOf(reference, [], drift), shapes });
}

function wholeAround(league: League): Around {
  const scored = league.units.flatMap((u) => (u.score ? [{ unit: u.unit, score: u.score }] : []));
  const { gaps } = gapsOf(league, null, null);
  return { league, ours: null, unit: '', scored, gaps, home: null, ourScore: null };
}

/** How the group moved between the office's leagues, each and the one before it. */
function changesOf(
  league: League,
  earlier: readonly League[],
): { drift: number; change: number; years: number }[] {
  // Only a league known nearly whole says how all moved: those printed are the best of their year.
  const whole = [league, ...earlier].filter((l) => scoresOf(l).size >= 0.8 * l.size);
  return whole.flatMap((after, i) => {
    const before = whole[i + 1];
    const moved = before && changeBetween(scoresOf(before), scoresOf(after));
    return moved && moved.change > 0 ? [{ ...moved, years: after.year - before.year }] : [];
  });
}

/** What is believed of the group before its league is looked at: from reference leagues and the office's own. */
function priorFor(
  around: Around,
  earlier: readonly League[],
  moving: Moving,
  reference: LeagueStatistics,
): Prior {
  const past = earlier.flatMap((p) => pastOf(p, around.league.year, reference));
  return withLastYear(priorOf(reference, past, moving.drift), around, earlier[0] ?? null, moving);
}

/**
 * Last year's league tells where each unit of unknown score is likely to be: then the shapes are those units'
 * own expectations together, for a few sizes of change.
 */
function withLastYear(prior: Prior, around: Around, last: League | null, moving: Moving): Prior {
  if (!last) return prior;
  const before = standardised(last);
  const taken = new Set([
    ...around.scored.map((k) => acrossYears(k.unit)),
    acrossYears(around.ours?.unit ?? around.unit),
  ]);
  const places = [...before].filter(([unit]) => !taken.has(unit)).map(([, z]) => z);
  const unknown = around.gaps.reduce((sum, g) => sum + g.unknown.length, 0);
  if (unknown === 0 || places.length < LEAST_COMMON || places.length < 0.8 * unknown) return prior;
  const years = around.league.year - last.year;
  const shapes = nodesOf(moving.logChange, 2).map(({ at, weight }) => {
    const stays = persistence(years, Math.exp(at));
    const centres = places.map((z) => stays * z);
    return { weight, stays, shape: normalMixture(centres, Math.sqrt(1 - stays * stays)) };
  });
  return { ...prior, shapes };
}
