import { type Diagnostic, error, type Result, resultOf, warning } from '../values/diagnostic.js';
import { type Fraction, toNumber, ZERO } from '../values/fraction.js';
import { groupBy } from '../values/grouping.js';
import type { ProvenanceKind } from '../values/provenance.js';
import { memoize } from '../values/scalars.js';
import { twinOf, type UnitName } from '../values/unit.js';
import { fits, gapsOf, type ScoreGap } from './gaps.js';
import { type GroupModel, groupModels, type ModelNote } from './group.js';
import { findUnit, type League, type LeagueUnit } from './league.js';
import { type LeagueStatistics, REFERENCE } from './prior.js';
import { compareScores } from './ranks.js';

/** Another unit of the group: at a known score, or somewhere between two. */
export type Rival =
  | { form: 'scored'; unit: string; score: Fraction; order: number }
  /**
   * Somewhere between two scores, `closed` at the lower one or not, as the group's model has it, and `by` so much higher
   * where it was moved; `kind` is the model's. `level` says at which of its ends who stands there may be level with it,
   * where that takes a place.
   */
  | {
      form: 'open';
      unit: string | null;
      lo: Fraction;
      hi: Fraction;
      closed: boolean;
      level?: Record<'lo' | 'hi', boolean>;
      kind: number;
      by?: Fraction;
    }
  /** Anywhere in a closed interval, with no probability: a reading with unknown values. */
  | { form: 'interval'; unit: string; lo: Fraction; hi: Fraction };

/** Why the rivals stand where they do; each is printed with the result. */
export type RankAssumption =
  | 'group-shape'
  | 'later-year'
  | 'earlier-year'
  | 'own-score-is-anchor'
  | 'own-score-differs'
  | 'own-place-nearest-gap'
  | 'outsider'
  | 'previous-in-percent'
  | 'league-assumed'
  | 'league-inferred'
  | 'nothing-to-go-by'
  | 'hidden-unshared';

/** A league without the unit that is to be placed. */
export interface Rivals {
  league: League;
  /** The year the unit is placed in: the league's, or a later one. */
  year: number;
  /** Units in the group, the placed one included. */
  size: number;
  rivals: Rival[];
  /** The placed unit's row, if the league has one. */
  ours: LeagueUnit | null;
  assumptions: RankAssumption[];
  /** How rivals without a known score stand; null when there is none, or nothing to go by. */
  model: (GroupModel & ModelNote) | null;
  /** Rivals at their places in the league's year, for moves made by hand; null in that year itself. */
  unmoved: Rivals | null;
}

/** How rivals move by hand: all by as much, and some by an amount on top. */
export interface RivalMoves {
  all: Fraction;
  units: ReadonlyMap<string, Fraction>;
}

export const NO_MOVES: RivalMoves = { all: ZERO, units: new Map() };

/** Rivals that have moved by hand: those of the league as published, so the moves stand for what a later year brings. */
export function movedRivals(group: Rivals, { all, units }: RivalMoves): Rivals {
  const published = group.unmoved ?? group;
  const { scale } = group.league;
  const rivals = published.rivals.map((rival): Rival => {
    const alone = rival.unit === null ? undefined : units.get(rival.unit);
    const by = alone ? all.add(alone) : all;
    // A score off the scale stays where it is: deductions may take a unit below 0.
    const move = (score: Fraction) => (by.n === 0n ? score : withinScale(score.add(by), scale));
    if (rival.form === 'scored') return { ...rival, score: move(rival.score) };
    if (rival.form === 'open') return { ...rival, by };
    return { ...rival, lo: move(rival.lo), hi: move(rival.hi) };
  });
  return { ...published, rivals };
}

/** A score, or the end of the scale that it is beyond. */
export const withinScale = (score: Fraction, scale: Fraction): Fraction =>
  score.compare(scale) > 0 ? scale : score.s < 0n ? ZERO : score;

/** Rivals somewhere between two scores, counted by those. */
export function openGaps({ rivals }: Rivals): { low: number; high: number; units: number }[] {
  const open = rivals.filter((r) => r.form === 'open');
  const gaps = groupBy(open, ({ lo, hi }) => `${lo.toFraction()} ${hi.toFraction()}`);
  return [...gaps.values()].map((alike) => {
    const { lo, hi } = alike[0]!;
    return { low: toNumber(lo), high: toNumber(hi), units: alike.length };
  });
}

/** A league whose units have the score of another with their rank: who shares one is level, but in the order of a file. */
const withSharedScores = memoize((league: League): League => {
  if (league.ties === 'order') return league;
  const scores = new Map(
    league.units.flatMap((u) => (u.rank !== null && u.score ? [[u.rank, u.score]] : [])),
  );
  const units = league.units.map((u) =>
    u.rank !== null && !u.score && scores.has(u.rank) ? { ...u, score: scores.get(u.rank)! } : u,
  );
  return { ...league, units };
});

/** A league around a unit that is taken out of it, with what there is to tell of the unit there. */
function withoutUnit(given: League, named: string | UnitName | null, anchor: Fraction | null, year: number) {
  const league = withSharedScores(given);
  const ours = named === null ? null : findUnit(league, named);
  const unit = named === null || typeof named === 'string' ? (named ?? '') : named.unit;
  const scored = league.units.flatMap((u, order): Extract<Rival, { form: 'scored' }>[] =>
    u.score && u !== ours ? [{ form: 'scored', unit: u.unit, score: u.score, order }] : [],
  );
  // A unit that a complete list leaves out is one more.
  const outsider = named === null || (!ours && league.units.length === league.size);
  const size = league.size + (outsider ? 1 : 0);
  const whole = scored.length === size - 1;
  const told: Told = { assumptions: [], diagnostics: [] };
  if (named !== null && !ours) tellUnlisted(league, unit, outsider, told);
  if (year < league.year) told.assumptions.push('earlier-year');
  // What is assumed of the unit itself tells nothing of others that are all known; what is inferred of it is its score.
  if (restsOn(league, 'assumed', whole ? ours : null)) told.assumptions.push('league-assumed');
  if (restsOn(league, 'inferred', ours)) told.assumptions.push('league-inferred');
  const misplaced = ours && anchor ? tellOtherScore(league, ours, anchor, year, whole, told) : false;
  // A place of a year before was not had with a score that does not fit it.
  const ourScore = ours?.score ?? (misplaced ? null : anchor);
  const around = { league, ours, ourScore, unit, scored, outsider, size, whole, ...told };
  if (whole) return { ...around, gaps: [], home: null };
  if (ours && ours.rank !== null && !ours.score && ourScore) told.assumptions.push('own-score-is-anchor');
  const { gaps, diagnostics } = gapsOf(league, ours, ourScore);
  if (!misplaced || year > league.year) told.diagnostics.push(...diagnostics);
  return { ...around, gaps, home: outsider ? null : takeOut(gaps, ours, ourScore, unit, told) };
}

/** Whether a row of a league but one, or a figure of the group, is marked so. */
const restsOn = ({ units, mean, median, counts }: League, mark: ProvenanceKind, but: LeagueUnit | null) =>
  units.some((u) => u.provenance === mark && u !== but) ||
  [mean, median, ...counts].some((figure) => figure?.provenance === mark);

/** Tells of a unit that the league has no row of: that it is one more, or is written much like one. */
function tellUnlisted(league: League, unit: string, outsider: boolean, { assumptions, diagnostics }: Told) {
  if (outsider) {
    assumptions.push('outsider');
    diagnostics.push(warning('league-outsider', { unit, size: league.size }, ['units']));
  }
  const names = league.units.map(nameAlone);
  const twin = twinOf(unit, names);
  if (twin === undefined) return;
  const suggestion = league.units[names.indexOf(twin)]!.unit;
  diagnostics.push(warning('unit-look-alike', { unit, suggestion }, ['units']));
}

/** Tells that the league has another score than the unit's, or a rank that its score does not fit; answers the latter. */
function tellOtherScore(
  league: League,
  ours: LeagueUnit,
  score: Fraction,
  year: number,
  whole: boolean,
  { assumptions, diagnostics }: Told,
): boolean {
  const wrong = ours.rank !== null && !ours.score ? outOfOrder(league, ours, score) : null;
  const unfit = wrong !== null && year <= league.year;
  // Where others are not known the place is one of what is known of them.
  if (unfit && !whole) diagnostics.push(wrong);
  const given = year === league.year ? ours.score : null;
  const differs = given !== null && compareScores(given, score, league.decimals) !== 0;
  if (differs || (unfit && whole)) assumptions.push('own-score-differs');
  return wrong !== null;
}

/** What there is to tell of a unit in a league: its rivals tell it too, but fitting a group takes long. */
export const toldOfUnit = (
  league: League,
  named: UnitName,
  anchor: Fraction | null,
  year: number,
): Diagnostic[] => withoutUnit(league, named, anchor, year).diagnostics;

/**
 * Takes the unit out of its league. Rivals without a score stand as the group's model has them, given all that is
 * known; in a year after the league's every rival does. `anchor` is the unit's score: with a rank but no score in
 * the league, it is where that rank stands, and in the league's year it is one of the group's scores. `named` is null for
 * one more than the group, who only looks at it.
 */
export function rivalsOf(
  published: League,
  named: string | UnitName | null,
  anchor: Fraction | null,
  year: number = published.year,
  reference: LeagueStatistics = REFERENCE,
): Result<Rivals> {
  const around = withoutUnit(published, named, anchor, year);
  const { league, ours, ourScore, scored, outsider, size, whole, gaps, assumptions, diagnostics } = around;
  const later = year > league.year;
  const open = gaps.flatMap(({ hi, lo, unknown }, kind) =>
    unknown.map((unit) => ({
      form: 'open' as const,
      unit,
      lo: lo.score,
      hi: hi.score,
      closed: (lo.holds || lo.level) && !lo.end,
      ...levelAt({ hi, lo }, ours, league),
      kind,
    })),
  );
  const rivals: Rival[] = [...scored, ...open];
  const base = { league, size, ours };
  if (diagnostics.some((d) => d.severity === 'error'))
    return resultOf({ ...base, year, rivals, assumptions, model: null, unmoved: null }, diagnostics);
  // The unit's score belongs to the league's year when the league gives it, or the place it is the score of.
  const ofYear = ours?.score ?? (ours?.rank != null || year === league.year ? ourScore : null);
  const known = { ...around, ourScore: outsider ? null : ofYear };
  const models = whole && !later ? null : groupModels(known, reference);
  const sameYear: Rivals = {
    ...base,
    year: league.year,
    rivals,
    assumptions: [...assumptions],
    model: whole || !models ? null : models.sameYear(),
    unmoved: null,
  };
  const scaled = league.previous.some((p) => !p.scale.equals(league.scale));
  const learned: RankAssumption[] = models && scaled ? ['previous-in-percent'] : [];
  // How many share a rank that the list does not show is not known: under `min` it makes no difference.
  if (!whole && league.ties !== 'min') sameYear.assumptions.push('hidden-unshared');
  if (!whole) sameYear.assumptions.push(sameYear.model ? 'group-shape' : 'nothing-to-go-by', ...learned);
  if (!later) return resultOf(sameYear, diagnostics);
  const model = models?.later(year - league.year) ?? null;
  const anywhere = { form: 'open' as const, lo: ZERO, hi: league.scale, closed: false };
  const moved = [
    ...scored.map(({ unit }, kind): Rival => ({ ...anywhere, unit, kind })),
    ...open.map(({ unit, kind }): Rival => ({ ...anywhere, unit, kind: scored.length + kind })),
  ];
  return resultOf(
    {
      ...base,
      year,
      rivals: moved,
      assumptions: [...assumptions, model ? 'later-year' : 'nothing-to-go-by', ...learned],
      model,
      unmoved: sameYear,
    },
    diagnostics,
  );
}

/**
 * At which ends of a gap its units may be level with the placed one and take its place: under `max` at a mark where no unit
 * stands, for who shares a score shares its rank; under `order` as long as the list does not say who comes first.
 */
function levelAt({ hi, lo }: Pick<ScoreGap, 'hi' | 'lo'>, ours: LeagueUnit | null, { ties }: League) {
  const before = ours?.place == null ? null : ours.place - 1;
  if (ties === 'max') return { level: { hi: !hi.unit, lo: false } };
  if (ties !== 'order') return {};
  return { level: { hi: before === null || hi.above < before, lo: before === null || lo.above > before } };
}

/** A unit's name without the code that tells it from another of the same name. */
const nameAlone = ({ unit, code }: LeagueUnit) =>
  code && unit.endsWith(` (${code})`) ? unit.slice(0, -code.length - 3) : unit;

/** The first unit that ranks above or below the placed one and has, as printed, a lower or higher score. */
function outOfOrder(league: League, ours: LeagueUnit, score: Fraction): Diagnostic | null {
  for (const [i, other] of league.units.entries()) {
    if (other.rank === null || !other.score || other.rank === ours.rank) continue;
    const ahead = compareScores(other.score, score, league.decimals);
    const above = other.rank < ours.rank!;
    if (above ? ahead >= 0 : ahead <= 0) continue;
    const [unit, better] = above ? [ours.unit, other.unit] : [other.unit, ours.unit];
    return error('league-order', { unit, other: better }, ['units', i, 'score']);
  }
  return null;
}

interface Told {
  assumptions: RankAssumption[];
  diagnostics: Diagnostic[];
}

function removeOne(gap: ScoreGap | undefined): boolean {
  const i = gap ? gap.unknown.lastIndexOf(null) : -1;
  if (i < 0) return false;
  gap!.unknown.splice(i, 1);
  return true;
}

/**
 * Takes the placed unit out of the unknown ones, unless its rank and score set it among the known: out of the
 * gap that holds its rank or score, else out of the nearest. Answers the gap it came from.
 */
function takeOut(
  gaps: ScoreGap[],
  ours: LeagueUnit | null,
  score: Fraction | null,
  unit: string,
  { assumptions, diagnostics }: Told,
): ScoreGap | null {
  if (ours?.rank != null && score) return null;
  const at = ours?.place ?? null;
  const home = gaps.find(({ hi, lo }) =>
    at === null ? score !== null && fits(score, hi, lo) : hi.above + Number(hi.unit) < at && at <= lo.above,
  );
  if (home && removeOne(home)) return home;
  if (ours?.score) return null;
  const free = gaps.filter((g) => g.unknown.includes(null));
  const distance = (g: ScoreGap) =>
    score ? (score.compare(g.hi.score) > 0 ? score.sub(g.hi.score) : g.lo.score.sub(score)).abs() : ZERO;
  free.sort((p, q) => distance(p).compare(distance(q)) || q.unknown.length - p.unknown.length);
  const told = score !== null || free.length > 1;
  if (removeOne(free[0]) && told) {
    assumptions.push('own-place-nearest-gap');
    const params = { unit, score: score?.round(4).toString() ?? '–' };
    diagnostics.push(warning('league-own-position', params, ['units']));
  }
  return free[0] ?? null;
}
