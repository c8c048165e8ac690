import { type Diagnostic, error, type KeyPath } from '../diagnostics/diagnostic.js';
import { decimalsNeeded, Fraction, ZERO } from '../exact/fraction.js';
import { firstWhere } from '../exact/search.js';
import type { League, LeagueUnit } from './league.js';

/** A score on the league's scale of which it is known how many units stand above. */
interface Mark {
  score: Fraction;
  above: number;
  /** Whether a unit stands at it. */
  unit: boolean;
  end: boolean;
  /** Whether a unit of just that score is on its upper side: at the foot of the scale, or where so many reached it. */
  holds: boolean;
}

/** The places between two marks, and the units of unknown score in them. */
export interface ScoreGap {
  hi: Mark;
  lo: Mark;
  unknown: (string | null)[];
}

/**
 * The places between scores whose rank is known, counts per band and the median, and who stands there unknown.
 * `ours` is a row whose score is given apart.
 */
export function gapsOf(
  league: League,
  ours: LeagueUnit | null,
  ourScore: Fraction | null,
): { gaps: ScoreGap[]; diagnostics: Diagnostic[] } {
  const others = league.units.filter((u) => u !== ours);
  const marks: Mark[] = [
    { score: league.scale, above: 0, unit: false, end: true, holds: false },
    { score: ZERO, above: league.size, unit: false, end: true, holds: true },
  ];
  const stands = (rank: number, score: Fraction) =>
    marks.push({ score, above: rank - 1, unit: true, end: false, holds: false });
  for (const u of others) if (u.rank !== null && u.score) stands(u.rank, u.score);
  if (ours?.rank != null && ourScore) stands(ours.rank, ourScore);
  for (const { atLeast, units } of league.counts)
    marks.push({ score: atLeast, above: units, unit: false, end: false, holds: true });
  for (const mark of medianMarks(league, ours, ourScore)) marks.push(mark);
  // The scale's ends stand outside all others, even where no unit, or every one, is above a mark.
  const edge = (m: Mark) => (m.end ? (m.above === 0 ? -1 : 1) : 0);
  marks.sort((p, q) => p.above - q.above || edge(p) - edge(q) || q.score.compare(p.score));
  // Units that share a rank stand one behind the other: of 1, 2, 2, 4 none is unknown.
  const ranks = marks.map((m) => m.above);
  let alike = 0;
  marks.forEach((mark, i) => {
    alike = mark.unit && marks[i - 1]?.unit === true && ranks[i - 1] === ranks[i] ? alike + 1 : 0;
    mark.above += alike;
  });
  // Sorted once: a league of ten thousand has as many gaps.
  const named = others.filter((u) => !u.score && u.rank !== null);
  const byRank = named.map((_, i) => i).sort((i, j) => named[i]!.rank! - named[j]!.rank!);
  const rankFrom = (rank: number) => firstWhere(0, byRank.length, (i) => named[byRank[i]!]!.rank! >= rank);
  const unranked = others.flatMap((u) => (u.score && u.rank === null ? [u.score] : []));
  unranked.sort((p, q) => p.compare(q));
  const below = (score: Fraction) => firstWhere(0, unranked.length, (i) => unranked[i]!.compare(score) >= 0);
  const upTo = (score: Fraction) => firstWhere(0, unranked.length, (i) => unranked[i]!.compare(score) > 0);
  const under = (mark: Mark) => (mark.holds ? below(mark.score) : upTo(mark.score));
  const diagnostics: Diagnostic[] = [];
  const gaps: ScoreGap[] = [];
  for (let i = 0; i + 1 < marks.length; i++) {
    const hi = marks[i]!;
    const lo = marks[i + 1]!;
    const from = hi.above + Number(hi.unit) + 1;
    const places = Math.max(0, lo.above - from + 1);
    const within = byRank.slice(rankFrom(from), rankFrom(lo.above + 1)).sort((p, q) => p - q);
    // As many as `fits` holds for.
    const scored = Math.max(0, under(hi) - under(lo));
    const free = places - within.length - scored;
    if (free < 0 || (places > 0 && hi.score.compare(lo.score) < 0))
      diagnostics.push(error('league-full-gap', { from: from - 1, to: lo.above + 1 }, ['units']));
    gaps.push({
      hi,
      lo,
      unknown: [...within.map((k) => named[k]!.unit), ...Array<null>(Math.max(0, free)).fill(null)],
    });
  }
  return { gaps, diagnostics };
}

/**
 * An even number of units is parted in two halves by the median; of an odd number the middle one stands at it, between
 * two marks. None where the unit at the middle rank is known.
 */
function medianMarks(league: League, ours: LeagueUnit | null, ourScore: Fraction | null): Mark[] {
  if (!league.median) return [];
  const { value } = league.median;
  const mark = (score: Fraction, above: number, holds: boolean): Mark => ({
    score,
    above,
    unit: false,
    end: false,
    holds,
  });
  const half = Math.floor(league.size / 2);
  if (league.size % 2 === 0) return [mark(value, half, false)];
  const scored = league.units.map((u) => ({ ...u, score: u === ours ? ourScore : u.score }));
  if (scored.some((u) => u.rank === half + 1 && u.score)) return [];
  // The unit that stands there may be known by a finer score than the median is printed with.
  const rounding = halfUnit(printedDecimals(value));
  const off = (score: Fraction) => score.sub(value).abs();
  const near = [...scored.map((u) => (u.rank === null ? u.score : null)), ours ? null : ourScore]
    .filter((score) => score !== null && off(score).compare(rounding) <= 0)
    .sort((p, q) => off(p!).compare(off(q!)))[0];
  const middle = near ?? value;
  return [mark(middle, half, false), mark(middle, half + 1, true)];
}

/** Whether a score lies in a gap: on the lower side of its upper mark and the upper side of its lower one. */
export function fits(score: Fraction, hi: Mark, lo: Mark): boolean {
  const over = (mark: Mark) => score.compare(mark.score) > (mark.holds ? -1 : 0);
  return !over(hi) && over(lo);
}

/** How many decimals a number is printed with, up to six. */
export const printedDecimals = (x: Fraction): number => decimalsNeeded(x, 6) ?? 6;

/** Half a unit of the last decimal of a printed number. */
const halfUnit = (decimals: number): Fraction => new Fraction(1n, 2n * 10n ** BigInt(decimals));

/** What the league's mean, median and counts say that its known scores cannot be. */
export function contradictions(league: League): Diagnostic[] {
  const diagnostics: Diagnostic[] = [];
  const { size, scale } = league;
  const onScale = (at: Fraction, path: KeyPath) => {
    if (at.compare(scale) > 0 || at.s < 0n)
      diagnostics.push(error('score-off-scale', { value: at.toString(), scale: scale.toString() }, path));
  };
  for (const key of ['mean', 'median'] as const) {
    const figure = league[key];
    if (figure) onScale(figure.value, [key]);
  }
  league.counts.forEach((c, i) => {
    onScale(c.atLeast, ['counts', i, 'at_least']);
  });
  if (diagnostics.length > 0) return diagnostics;
  const scores = league.units.flatMap((u) => (u.score ? [u.score] : []));
  // Scores as printed may each be off by as much; bounds between ranks hold as they are.
  const whole = scores.length === size;
  const rounding = whole ? halfUnit(league.decimals) : ZERO;
  league.counts.forEach(({ atLeast, units }, i) => {
    const path: KeyPath = ['counts', i];
    const [surely, atMost] = [
      scores.filter((s) => s.compare(atLeast) >= 0).length,
      size - scores.filter((s) => s.compare(atLeast) < 0).length,
    ];
    const ranked = league.units.filter((u) => u.rank !== null && u.score);
    const least = Math.max(
      surely,
      ...ranked.filter((u) => u.score!.compare(atLeast) >= 0).map((u) => u.rank!),
    );
    const most = Math.min(
      atMost,
      ...ranked.filter((u) => u.score!.compare(atLeast) < 0).map((u) => u.rank! - 1),
    );
    if (units < least || units > most) {
      const params = { at: atLeast.toString(), units, from: least, to: most };
      diagnostics.push(error('league-count', params, [...path, 'units']));
    }
    const wrong = league.counts.find(
      (c) =>
        (c.atLeast.compare(atLeast) > 0 && c.units > units) ||
        (c !== league.counts[i] && c.atLeast.equals(atLeast)),
    );
    if (wrong) {
      const params = { at: atLeast.toString(), units, other: wrong.atLeast.toString(), more: wrong.units };
      diagnostics.push(error('league-counts-order', params, path));
    }
  });
  if (diagnostics.length > 0) return diagnostics;
  const { gaps, diagnostics: disorder } = gapsOf({ ...league, median: null }, null, null);
  if (disorder.length > 0) return disorder;
  const median = league.median?.value;
  const medianHalf = median ? halfUnit(printedDecimals(median)).add(rounding) : ZERO;
  if (median) {
    // Where the middle units can be, by the marks around their places.
    const middles = size % 2 === 0 ? [size / 2, size / 2 + 1] : [(size + 1) / 2];
    const spans = middles.map((place) => spanOf(place, league, gaps));
    const low = spans.reduce((sum, s) => sum.add(s.lo), ZERO).div(spans.length);
    const high = spans.reduce((sum, s) => sum.add(s.hi), ZERO).div(spans.length);
    if (median.compare(low.sub(medianHalf)) < 0 || median.compare(high.add(medianHalf)) > 0) {
      const params = { value: median.toString(), from: shown(low), to: shown(high) };
      return [error('league-median', params, ['median'])];
    }
  }
  const mean = league.mean?.value;
  if (mean) {
    const sum = scores.reduce((s, x) => s.add(x), ZERO);
    const halved = median ? gapsOf(league, null, null).gaps : gaps;
    const ends = (side: 'lo' | 'hi') =>
      halved.reduce((s, g) => s.add(g[side].score.mul(g.unknown.length)), sum).div(size);
    const [low, high] = whole ? [sum.div(size), sum.div(size)] : [ends('lo'), ends('hi')];
    const half = halfUnit(printedDecimals(mean)).add(whole ? rounding : medianHalf);
    if (mean.compare(low.sub(half)) < 0 || mean.compare(high.add(half)) > 0) {
      const params = { value: mean.toString(), from: shown(low), to: shown(high) };
      diagnostics.push(error('league-mean', params, ['mean']));
    }
  }
  return diagnostics;
}

const shown = (x: Fraction) => String(Number(x.valueOf().toFixed(4)));

function spanOf(place: number, league: League, gaps: readonly ScoreGap[]): { lo: Fraction; hi: Fraction } {
  if (league.units.length === league.size && league.units.every((u) => u.score)) {
    const sorted = league.units.map((u) => u.score!).sort((p, q) => q.compare(p));
    return { lo: sorted[place - 1]!, hi: sorted[place - 1]! };
  }
  const above = gaps.filter((g) => g.hi.above < place).at(-1)!.hi;
  const below = gaps.find((g) => g.lo.above >= place || (g.lo.unit && g.lo.above + 1 === place))?.lo;
  const at = above.unit && above.above + 1 === place ? above.score : null;
  return { hi: above.score, lo: at ?? below?.score ?? ZERO };
}
