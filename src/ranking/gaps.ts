import { type Diagnostic, error, type KeyPath } from '../values/diagnostic.js';
import { decimalsNeeded, Fraction, ZERO } from '../values/fraction.js';
import { firstWhere, greatest, least } from '../values/search.js';
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
  /** Whether those above may stand at it too: at the median of an even number, which is between two. */
  level: boolean;
}

const markAt = (score: Fraction, above: number, is: Partial<Mark> = {}): Mark => ({
  ...{ score, above, unit: false, end: false, holds: false, level: false },
  ...is,
});

/** The places between two marks, the units of unknown score in them, and the known scores that have no rank, highest first. */
export interface ScoreGap {
  hi: Mark;
  lo: Mark;
  unknown: (string | null)[];
  scored: Fraction[];
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
    markAt(league.scale, 0, { end: true }),
    markAt(ZERO, league.size, { end: true, holds: true }),
  ];
  const stands = (place: number, score: Fraction) => marks.push(markAt(score, place - 1, { unit: true }));
  for (const u of others) if (u.place !== null && u.score) stands(u.place, u.score);
  if (ours?.place != null && ourScore) stands(ours.place, ourScore);
  for (const { atLeast, units } of league.counts) marks.push(markAt(atLeast, units, { holds: true }));
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
  const named = others.filter((u) => !u.score && u.place !== null);
  const byRank = named.map((_, i) => i).sort((i, j) => named[i]!.place! - named[j]!.place!);
  const rankFrom = (place: number) => firstWhere(0, byRank.length, (i) => named[byRank[i]!]!.place! >= place);
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
    const scored = unranked.slice(under(lo), under(hi)).reverse();
    const free = places - within.length - scored.length;
    if (free < 0 || (places > 0 && hi.score.compare(lo.score) < 0))
      diagnostics.push(error('league-full-gap', { from: from - 1, to: lo.above + 1 }, ['units']));
    gaps.push({
      hi,
      lo,
      unknown: [...within.map((k) => named[k]!.unit), ...Array<null>(Math.max(0, free)).fill(null)],
      scored,
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
  const half = Math.floor(league.size / 2);
  if (league.size % 2 === 0) return [markAt(value, half, { level: true })];
  const scored = league.units.map((u) => ({ ...u, score: u === ours ? ourScore : u.score }));
  if (scored.some((u) => u.place === half + 1 && u.score)) return [];
  // The unit that stands there may be known by a finer score than the median is printed with.
  const rounding = halfUnit(printedDecimals(value));
  const off = (score: Fraction) => score.sub(value).abs();
  const near = [...scored.map((u) => (u.rank === null ? u.score : null)), ours ? null : ourScore]
    .filter((score) => score !== null && off(score).compare(rounding) <= 0)
    .sort((p, q) => off(p!).compare(off(q!)))[0];
  const middle = near ?? value;
  return [markAt(middle, half), markAt(middle, half + 1, { holds: true })];
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
  const { size, scale, units, counts, mean, median } = league;
  const figures: [Fraction | undefined, KeyPath][] = [
    [mean?.value, ['mean']],
    [median?.value, ['median']],
    ...counts.map((c, i): [Fraction, KeyPath] => [c.atLeast, ['counts', i, 'at_least']]),
  ];
  const off = figures.flatMap(([at, path]) =>
    at && (at.compare(scale) > 0 || at.s < 0n)
      ? [error('score-off-scale', { value: at.toString(), scale: scale.toString() }, path)]
      : [],
  );
  if (off.length > 0) return off;
  const wrong = counts.flatMap((_, i) => countFaults(league, i));
  if (wrong.length > 0) return wrong;
  const { gaps, diagnostics: disorder } = gapsOf({ ...league, median: null }, null, null);
  if (disorder.length > 0) return disorder;
  // Scores as printed may each be off by as much; bounds between ranks hold as they are.
  const whole = units.length === size && units.every((u) => u.score);
  const rounding = whole ? halfUnit(league.decimals) : ZERO;
  const refused = (key: 'mean' | 'median', value: Fraction, spans: readonly Span[], slack: Fraction) => {
    const [low, high] = (['lo', 'hi'] as const).map((end) =>
      spans.reduce((sum, s) => sum.add(s[end]), ZERO).div(spans.length),
    ) as [Fraction, Fraction];
    const half = halfUnit(printedDecimals(value)).add(slack);
    if (value.compare(low.sub(half)) >= 0 && value.compare(high.add(half)) <= 0) return [];
    const params = { value: value.toString(), from: shown(low), to: shown(high) };
    return [error(`league-${key}`, params, [key])];
  };
  if (median) {
    const middles = spansOf(league, gaps).slice(Math.ceil(size / 2) - 1, Math.floor(size / 2) + 1);
    const faults = refused('median', median.value, middles, rounding);
    if (faults.length > 0) return faults;
  }
  if (!mean) return [];
  const slack = median && !whole ? halfUnit(printedDecimals(median.value)) : rounding;
  return refused('mean', mean.value, spansOf(league, median ? gapsOf(league, null, null).gaps : gaps), slack);
}

/** What a count says that the known scores and ranks, or another count, cannot be. */
function countFaults({ size, units: listed, counts }: League, i: number): Diagnostic[] {
  const { atLeast, units } = counts[i]!;
  const scored = listed.flatMap(({ score, place: rank }) =>
    score ? [{ rank, reached: score.compare(atLeast) >= 0 }] : [],
  );
  const ranks = (reached: boolean) =>
    scored.flatMap((s) => (s.reached === reached && s.rank !== null ? [s.rank] : []));
  const reached = scored.filter((s) => s.reached).length;
  const from = greatest(ranks(true), reached);
  const to = least(ranks(false), size - (scored.length - reached) + 1) - 1;
  const at = atLeast.toString();
  const faults: Diagnostic[] = [];
  if (units < from || units > to)
    faults.push(error('league-count', { at, units, from, to }, ['counts', i, 'units']));
  const other = counts.find((c, j) => {
    const order = c.atLeast.compare(atLeast);
    return (order > 0 && c.units > units) || (order === 0 && j !== i);
  });
  if (other) {
    const params = { at, units, other: other.atLeast.toString(), more: other.units };
    faults.push(error('league-counts-order', params, ['counts', i]));
  }
  return faults;
}

const shown = (x: Fraction) => String(Number(x.valueOf().toFixed(4)));

/** Between which scores a unit stands. */
interface Span {
  lo: Fraction;
  hi: Fraction;
}

/** Between which scores the unit at each place stands, the first place first. */
function spansOf({ units }: League, gaps: readonly ScoreGap[]): Span[] {
  const rankOf = new Map(units.map((u) => [u.unit, u.place]));
  const spans = gaps.flatMap(({ hi, lo, unknown, scored }): Span[] => {
    const first = hi.above + Number(hi.unit) + 1;
    // Units of unknown score whose rank is known keep their places; the other places are of the rest.
    const ranks = unknown.flatMap((u) => (u === null ? [] : (rankOf.get(u) ?? [])));
    const taken = new Set(ranks);
    const free = unknown.length - taken.size;
    let next = 0;
    const places = Array.from({ length: unknown.length + scored.length }, (_, i) => {
      if (taken.has(first + i)) return { lo: lo.score, hi: hi.score };
      const k = next++;
      return { lo: scored[k] ?? lo.score, hi: scored[k - free] ?? hi.score };
    });
    return hi.unit ? [{ lo: hi.score, hi: hi.score }, ...places] : places;
  });
  // Nobody stands above who is before, or below who is behind.
  for (let i = 1; i < spans.length; i++)
    if (spans[i]!.hi.compare(spans[i - 1]!.hi) > 0) spans[i]!.hi = spans[i - 1]!.hi;
  for (let i = spans.length - 2; i >= 0; i--)
    if (spans[i]!.lo.compare(spans[i + 1]!.lo) < 0) spans[i]!.lo = spans[i + 1]!.lo;
  return spans;
}
