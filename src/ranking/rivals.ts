import { type Diagnostic, error, type Result, resultOf, warning } from '../diagnostics/diagnostic.js';
import { Fraction } from '../exact/fraction.js';
import { twinOf, type UnitName } from '../shapes/unit.js';
import { findUnit, type League, type LeagueUnit } from './league.js';

/** Another unit of the group: at a known score, or somewhere between two. */
export type Rival =
  | { form: 'known'; unit: string; score: Fraction; order: number }
  /** Uniform on an open interval: an order statistic between two known neighbours. */
  | { form: 'uniform'; unit: string | null; lo: Fraction; hi: Fraction }
  /** Anywhere in a closed interval, with no probability: a reading with unknown values. */
  | { form: 'interval'; unit: string; lo: Fraction; hi: Fraction };

/** Why the rivals stand where they do; each is printed with the result. */
export type Assumption =
  | 'uniform-between-known'
  | 'own-score-is-anchor'
  | 'own-place-nearest-gap'
  | 'outsider';

/** A league without the unit that is to be placed. */
export interface Rivals {
  league: League;
  /** Units in the group, the placed one included. */
  size: number;
  rivals: Rival[];
  /** The placed unit's own row, if the league has one. */
  own: LeagueUnit | null;
  assumptions: Assumption[];
}

interface Anchor {
  rank: number;
  score: Fraction;
  end: boolean;
}

interface Gap {
  hi: Anchor;
  lo: Anchor;
  unknown: (string | null)[];
}

/**
 * Takes the unit out of its league. Rivals without a score are spread between the known units around
 * them. `anchor` is the unit's score in the league's own year: with a rank but no score in the league,
 * it is where that rank stands.
 */
export function rivalsOf(league: League, named: string | UnitName, anchor: Fraction | null): Result<Rivals> {
  const own = findUnit(league, named);
  const unit = typeof named === 'string' ? named : named.unit;
  const others = league.units.filter((u) => u !== own);
  const known = league.units.flatMap((u, order): Rival[] =>
    u.score && u !== own ? [{ form: 'known', unit: u.unit, score: u.score, order }] : [],
  );
  // A unit that a complete list leaves out is one more.
  const outsider = !own && league.units.length === league.size;
  const size = league.size + (outsider ? 1 : 0);
  const diagnostics: Diagnostic[] = [];
  const assumptions: Assumption[] = [];
  if (outsider) {
    assumptions.push('outsider');
    diagnostics.push(warning('league-outsider', { unit, size: league.size }, ['units']));
  }
  const twin = own
    ? undefined
    : twinOf(
        unit,
        league.units.map((u) => u.unit),
      );
  if (twin !== undefined) diagnostics.push(warning('unit-look-alike', { unit, suggestion: twin }, ['units']));
  const rivals = [...known];
  if (known.length < size - 1) {
    assumptions.push('uniform-between-known');
    const told = { assumptions, diagnostics };
    const ownScore = own?.score ?? anchor;
    const gaps = gapsOf(league, own, others, ownScore, told);
    if (!outsider) takeOut(gaps, own, ownScore, unit, told);
    for (const { hi, lo, unknown } of gaps)
      rivals.push(
        ...unknown.map((name): Rival => ({ form: 'uniform', unit: name, lo: lo.score, hi: hi.score })),
      );
  }
  return resultOf({ league, size, rivals, own, assumptions }, diagnostics);
}

interface Told {
  assumptions: Assumption[];
  diagnostics: Diagnostic[];
}

/** The places between units whose rank and score are known, and who stands there unknown. */
function gapsOf(
  league: League,
  own: LeagueUnit | null,
  others: readonly LeagueUnit[],
  ownScore: Fraction | null,
  told: Told,
): Gap[] {
  const anchors: Anchor[] = [
    { rank: 0, score: league.scale, end: true },
    { rank: league.size + 1, score: new Fraction(0), end: true },
  ];
  for (const u of others)
    if (u.rank !== null && u.score) anchors.push({ rank: u.rank, score: u.score, end: false });
  if (own?.rank != null && ownScore) {
    anchors.push({ rank: own.rank, score: ownScore, end: false });
    if (!own.score) told.assumptions.push('own-score-is-anchor');
  }
  anchors.sort((p, q) => p.rank - q.rank);
  const gaps: Gap[] = [];
  for (let i = 0; i + 1 < anchors.length; i++) {
    const hi = anchors[i]!;
    const lo = anchors[i + 1]!;
    const named = others.filter((u) => !u.score && u.rank !== null && u.rank > hi.rank && u.rank < lo.rank);
    const places = Math.max(0, lo.rank - hi.rank - 1);
    const unranked = others.filter((u) => u.score && u.rank === null && fits(u.score, hi, lo)).length;
    const free = places - named.length - unranked;
    if (free < 0 || (places > 0 && hi.score.compare(lo.score) < 0)) {
      told.diagnostics.push(error('league-full-gap', { from: hi.rank, to: lo.rank }, ['units']));
    }
    const unknown = [...named.map((u) => u.unit), ...Array<null>(Math.max(0, free)).fill(null)];
    gaps.push({ hi, lo, unknown });
  }
  return gaps;
}

const fits = (score: Fraction, hi: Anchor, lo: Anchor) =>
  score.compare(hi.score) <= 0 && (score.compare(lo.score) > 0 || (lo.end && score.compare(lo.score) === 0));

function removeOne(gap: Gap | undefined): boolean {
  const i = gap ? gap.unknown.lastIndexOf(null) : -1;
  if (i < 0) return false;
  gap!.unknown.splice(i, 1);
  return true;
}

/**
 * Takes the placed unit out of the unknown ones, unless its rank and score set it among the known: out of the
 * gap that holds its rank or score, else out of the nearest.
 */
function takeOut(
  gaps: Gap[],
  own: LeagueUnit | null,
  score: Fraction | null,
  unit: string,
  { assumptions, diagnostics }: Told,
): void {
  if (own?.rank != null && score) return;
  const at = own?.rank ?? null;
  const home = gaps.find(({ hi, lo }) =>
    at === null ? score !== null && fits(score, hi, lo) : hi.rank < at && at < lo.rank,
  );
  if (removeOne(home) || own?.score) return;
  const free = gaps.filter((g) => g.unknown.includes(null));
  const distance = (g: Gap) =>
    score
      ? (score.compare(g.hi.score) > 0 ? score.sub(g.hi.score) : g.lo.score.sub(score)).abs()
      : new Fraction(0);
  free.sort((p, q) => distance(p).compare(distance(q)) || q.unknown.length - p.unknown.length);
  const told = score !== null || free.length > 1;
  if (removeOne(free[0]) && told) {
    assumptions.push('own-place-nearest-gap');
    diagnostics.push(warning('league-own-position', { unit, score: score?.toString() ?? '–' }, ['units']));
  }
}
