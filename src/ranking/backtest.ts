import { Fraction, toNumber } from '../values/fraction.js';
import { lazy } from '../values/scalars.js';
import { type GroupParameters, partBetween } from './fit.js';
import { groupNodes } from './group.js';
import { findUnit, type League, type LeagueUnit, NO_FIGURES } from './league.js';
import { placeInLeague, toScore } from './place.js';
import { type LeagueStatistics, momentsOf, REFERENCE, scoresOf } from './prior.js';
import { countOf, meanRank, quantileRank, type RankProbability, ranksAfter } from './ranks.js';
import { type Rival, type Rivals, rivalsOf } from './rivals.js';
import { sinhArcsinh } from './shape.js';

/** What a league file would know: a unit's rank alone, what newspapers print, that and the mean, or all of last year. */
export const KNOWN_PARTS = ['own', 'first3,last', 'mean', 'next'] as const;
export type KnownPart = (typeof KNOWN_PARTS)[number];

/** How good a way to place was: of one question, or on average. */
interface Mark {
  /** Shares of the answers inside the 50, 80 and 90% intervals. */
  within50: number;
  within80: number;
  within90: number;
  /** Mean rank less the true one. */
  bias: number;
  /** Continuous ranked probability score, in places: the mean distance of the distribution from the truth. */
  crps: number;
}

/**
 * The model; rivals spread evenly between the known scores and the ends of the scale (for `next`, last year's league
 * as it was); a normal fitted to what is known, its parameters taken as certain.
 */
type Way = 'model' | 'even' | 'normal';

/** One question as each way answers it, and in which tenth of the model's distribution the truth is. */
type Marks = Record<Way, Mark> & { tenth: number };

export interface BacktestRow {
  league: string;
  units: number;
  known: KnownPart;
  answers: Marks[];
}

/** How good each way was over some questions; `tenths`: how often each held the truth, a tenth of them in a true model. */
export interface Goodness extends Record<Way, Mark & { questions: number }> {
  tenths: number[];
}

export function goodnessOf(answers: readonly Marks[]): Goodness {
  const questions = answers.length;
  const average = (of: (a: Marks) => number) => answers.reduce((sum, a) => sum + of(a), 0) / questions;
  const over = (way: Way) => {
    const mark = (key: keyof Mark) => average((a) => a[way][key]);
    const [within50, within80, within90] = [mark('within50'), mark('within80'), mark('within90')];
    return { questions, within50, within80, within90, bias: mark('bias'), crps: mark('crps') };
  };
  return {
    model: over('model'),
    even: over('even'),
    normal: over('normal'),
    tenths: Array.from({ length: 10 }, (_, k) => average((a) => Number(a.tenth === k))),
  };
}

interface Unit {
  unit: string;
  score: number;
}

/** A whole league's units, best first, in percent of the scale. */
function unitsOf(league: League): Unit[] {
  const full = toNumber(league.scale);
  return league.units
    .map((u) => ({ unit: u.unit, score: (100 * toNumber(u.score!)) / full }))
    .sort((p, q) => q.score - p.score);
}

/** Whether every score of a league is known, so that some can be hidden and asked about. */
export const isWhole = (league: League): boolean =>
  league.units.length === league.size && league.units.every((u) => u.score !== null);

/** Fewer units than these say too little: newspapers print four of them. */
export const LEAST_UNITS = 8;

/** Some of a league's units, by a seed; the same for the same seed. */
export function someOf(units: readonly string[], count: number, seed: number): Set<string> {
  // A linear congruence of Park and Miller shuffles them.
  let state = (seed * 7919 + 12345) % 2147483647;
  const shuffled = [...units];
  for (let i = shuffled.length - 1; i > 0; i--) {
    state = (state * 48271) % 2147483647;
    const j = state % (i + 1);
    [shuffled[i], shuffled[j]] = [shuffled[j]!, shuffled[i]!];
  }
  return new Set(shuffled.slice(0, count));
}

/** A league of only these units, ranked anew. */
export function partOf(league: League, kept: ReadonlySet<string>): League {
  const units = league.units.filter((u) => kept.has(u.unit));
  const { previous } = league;
  return {
    ...league,
    ...NO_FIGURES,
    previous,
    size: units.length,
    units: units.map((u) => ({ ...u, rank: null })),
  };
}

/** The reference without a league, by its figures: what a back-test of that league may know. */
function withoutLeague(league: League): LeagueStatistics {
  const reference = REFERENCE;
  const { units, spread, skew } = momentsOf([...scoresOf(league).values()]);
  const same = reference.leagues.find(
    (l) => l.units === units && Math.abs(l.spread - spread) < 1e-3 && Math.abs(l.skew - skew) < 1e-3,
  );
  if (!same) return reference;
  return {
    leagues: reference.leagues.filter((l) => l !== same),
    changes: reference.changes.filter(
      (c) => c.series !== same.series || (c.from !== league.year && c.to !== league.year),
    ),
  };
}

/**
 * Hides all of a whole league but the `known` part, asks for every unit's rank, and compares. For `next`, `before` is the
 * league of the year before, known whole.
 */
export function backtest(
  name: string,
  league: League,
  known: KnownPart,
  before: League | null = null,
): BacktestRow | null {
  const reference = withoutLeague(league);
  const answers =
    known === 'next' ? before && askNext(league, before, reference) : askHidden(league, known, reference);
  return answers && answers.length > 0 ? { league: name, units: league.size, known, answers } : null;
}

/** Just under a rival's score, so that the rival is above. */
const UNDER = toScore(1e-5);

/** A league without its units and figures. */
const hidden = (league: League): League => ({
  ...league,
  scale: new Fraction(100),
  ...NO_FIGURES,
  exact: true,
  units: [],
});

const unitOf = ({ unit, score }: Unit, rank: number | null = null): LeagueUnit => ({
  unit,
  code: null,
  score: toScore(score),
  rank,
  place: rank,
  provenance: 'stated',
});

function askHidden(league: League, known: Exclude<KnownPart, 'next'>, reference: LeagueStatistics): Marks[] {
  const units = unitsOf(league);
  const n = units.length;
  const base = hidden(league);
  if (known !== 'own') {
    const shown = [0, 1, 2, n - 1];
    const printed = toScore(Math.round((units.reduce((sum, u) => sum + u.score, 0) / n) * 100) / 100);
    const partly: League = {
      ...base,
      units: shown.map((i) => unitOf(units[i]!, i + 1)),
      mean: known === 'mean' ? { value: printed, provenance: 'stated' } : null,
    };
    const normal = fittedNormal(partly, reference);
    return units.flatMap(({ unit, score }, i) => {
      const group = rivalsFor(partly, unit, score, reference);
      return group && !shown.includes(i) ? [answer(group, score, i + 1, normal)] : [];
    });
  }
  // Each unit in turn knows its place only, and asks what the scores of some others would be worth.
  const asked = [1, 3, 5, 7, 9, 11].map((k) => Math.floor((k * n) / 12));
  return units.flatMap((unit, i) => {
    const alone: League = { ...base, units: [unitOf(unit, i + 1)] };
    const group = rivalsFor(alone, unit.unit, unit.score, reference);
    const normal = fittedNormal(alone, reference);
    return asked.flatMap((j) => {
      const at = units[j]!.score;
      if (!group || at === unit.score) return [];
      const truth = 1 + units.filter((u, k) => k !== i && u.score >= at).length;
      return [answer(group, at, truth, normal)];
    });
  });
}

function askNext(league: League, before: League, reference: LeagueStatistics): Marks[] {
  // Units of the same name in both years; who came or went is not asked about.
  const now = unitsOf(league).filter((u) => findUnit(before, u.unit));
  const gone = new Set(before.units.filter((u) => !findUnit(league, u.unit)).map((u) => u.unit));
  const then: League = {
    ...hidden(before),
    exact: before.exact,
    decimals: before.decimals,
    size: before.size - gone.size,
    units: unitsOf(before)
      .filter((u) => !gone.has(u.unit))
      .map((u) => unitOf(u)),
  };
  const { mean, spread } = momentsOf(then.units.map((u) => toNumber(u.score!)));
  return now.flatMap(({ unit, score }) => {
    const group = rivalsOf(then, unit, null, league.year, reference);
    const truth = 1 + now.filter((u) => u.unit !== unit && u.score > score).length;
    if (!group.ok) return [];
    return [answer(group.value, score, truth, { weight: 1, mean, spread, shape: normalShape() })];
  });
}

function rivalsFor(league: League, unit: string, score: number, reference: LeagueStatistics): Rivals | null {
  const rivals = rivalsOf(league, unit, toScore(score), league.year, reference);
  return rivals.ok ? rivals.value : null;
}

const normalShape = lazy(() => sinhArcsinh(0, 1));

/** The likeliest normal for what is known. */
function fittedNormal(league: League, reference: LeagueStatistics): GroupParameters | null {
  const nodes = groupNodes(league, reference, [{ shape: normalShape(), weight: 1, stays: 0 }]);
  return nodes?.reduce((best, n) => (n.weight > best.weight ? n : best)) ?? null;
}

function answer(group: Rivals, at: number, truth: number, normal: GroupParameters | null): Marks {
  const score = toScore(at).sub(UNDER);
  const model = placeInLeague(group, score).distribution ?? [];
  // The same rivals, each anywhere between its ends alike, or by the normal.
  const settled = group.unmoved ?? group;
  const below = model.reduce(
    (sum, d) => sum + (d.rank < truth ? d.probability : d.rank === truth ? d.probability / 2 : 0),
    0,
  );
  const even = spreadOut(settled.rivals, at, (lo, hi) => (hi - at) / (hi - lo));
  const byNormal = (curve: GroupParameters) => (lo: number, hi: number) => {
    const above = partBetween(curve, at, hi).mass;
    return above / (above + partBetween(curve, lo, at).mass);
  };
  const fitted = normal ? spreadOut(group.rivals, at, byNormal(normal)) : [];
  return {
    model: markOf(model, truth),
    even: markOf(even, truth),
    normal: markOf(fitted, truth),
    // Half of the truth's chance is counted below it.
    tenth: Math.min(9, Math.floor(below * 10)),
  };
}

function markOf(distribution: readonly RankProbability[], truth: number): Mark {
  const within = (share: number) =>
    Number(
      quantileRank(distribution, (1 - share) / 2) <= truth &&
        truth <= quantileRank(distribution, (1 + share) / 2),
    );
  return {
    within50: within(0.5),
    within80: within(0.8),
    within90: within(0.9),
    bias: meanRank(distribution) - truth,
    crps: crps(distribution, truth),
  };
}

/** The ranks that independent rivals leave, by the share of those between two scores that is above one. */
function spreadOut(
  rivals: readonly Rival[],
  at: number,
  shareAbove: (lo: number, hi: number) => number,
): RankProbability[] {
  const kinds = new Map<number, number>();
  const chances = rivals.map((rival) => {
    if (rival.form === 'scored') return Number(at <= toNumber(rival.score));
    const before = rival.form === 'open' ? kinds.get(rival.kind) : undefined;
    if (before !== undefined) return before;
    const [lo, hi] = [toNumber(rival.lo), toNumber(rival.hi)];
    const chance = at <= lo ? 1 : at >= hi ? 0 : shareAbove(lo, hi);
    if (rival.form === 'open') kinds.set(rival.kind, chance);
    return chance;
  });
  return ranksAfter(0, countOf(chances));
}

/** Continuous ranked probability score of a rank distribution, best rank first: Σ over ranks of (P(rank ≤ r) − [truth ≤ r])². */
export function crps(distribution: readonly RankProbability[], truth: number): number {
  const last = Math.max(truth, distribution.at(-1)?.rank ?? truth);
  let [running, sum, next] = [0, 0, 0];
  for (let rank = 1; rank <= last; rank++) {
    if (distribution[next]?.rank === rank) running += distribution[next++]!.probability;
    const miss = running - Number(rank >= truth);
    sum += miss * miss;
  }
  return sum;
}
