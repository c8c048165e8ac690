import * as z from 'zod/mini';
import {
  type Diagnostic,
  error,
  type KeyPath,
  type Result,
  resultOf,
  warning,
} from '../values/diagnostic.js';
import { Fraction } from '../values/fraction.js';
import { parseWhole } from '../values/from-zod.js';
import { countBy } from '../values/grouping.js';
import {
  type Provenance,
  type ProvenanceKind,
  provenanceKeys,
  type Sourced,
  sourced,
} from '../values/provenance.js';
import { bilingual, decimal, lazy, nonEmptyText, strictMap, wholeNumber, year } from '../values/scalars.js';
import { firstWhere, greatest } from '../values/search.js';
import { findByNameOrCode, findSameUnit, repeatedUnits, type UnitName, unitKey } from '../values/unit.js';
import { contradictions, printedDecimals } from './gaps.js';
import { TIES, type Ties } from './ranks.js';

/** The YAML shape of a league. */
export const leagueShape = lazy(() =>
  strictMap({
    name: bilingual,
    year,
    scale: z._default(decimal, () => new Fraction(100)),
    size: wholeNumber(1, 100_000),
    decimals: z.optional(wholeNumber(0, 6)),
    ties: z._default(z.enum(TIES), 'min'),
    note: z.optional(bilingual),
    mean: z.optional(sourced()),
    median: z.optional(sourced()),
    counts: z._default(
      z.array(strictMap({ at_least: decimal, units: wholeNumber(0, 100_000), ...provenanceKeys() })),
      () => [],
    ),
    previous: z._default(
      z.array(z.union([nonEmptyText, strictMap({ file: nonEmptyText, ...provenanceKeys() })])),
      () => [],
    ),
    ...provenanceKeys(),
    units: z._default(
      z.array(
        strictMap({
          unit: nonEmptyText,
          code: z.optional(nonEmptyText),
          score: z.optional(decimal),
          rank: z.optional(wholeNumber(1, 100_000)),
          ...provenanceKeys(),
        }),
      ),
      () => [],
    ),
  }),
);

export interface LeagueUnit {
  unit: string;
  /** Its official code. */
  code: string | null;
  score: Fraction | null;
  rank: number | null;
  /** The first place that its rank says it may have: one more than there are units before it. */
  place: number | null;
  provenance: ProvenanceKind;
}

/** A published figure of the whole group. */
interface GroupFigure {
  value: Fraction;
  provenance: ProvenanceKind;
}

/** Scores or ranks of the units in a group, as far as they are known. */
export interface League {
  name: { vi: string; en?: string };
  year: number;
  scale: Fraction;
  size: number;
  /** Places after the point that the table prints; hidden decimals may break ties. */
  decimals: number;
  /** Whether the scores are exact (computed), so that equal means equal. */
  exact: boolean;
  ties: Ties;
  provenance: Provenance | null;
  units: LeagueUnit[];
  mean: GroupFigure | null;
  median: GroupFigure | null;
  /** How many units reached a score. */
  counts: { atLeast: Fraction; units: number; provenance: ProvenanceKind }[];
  /** The group's leagues of earlier years, as far as they have been opened. */
  previous: League[];
}

/** Of a group of which nothing is published besides its units. */
export const NO_FIGURES = { mean: null, median: null, counts: [], previous: [] };

/** Checks plain data and builds a league. Every fault is reported at once. */
export function parseLeague(data: unknown): Result<League> {
  return parseWhole(data, leagueShape(), (raw, whole) => {
    const value = leagueFrom(raw);
    const diagnostics = checkLeague(value);
    // What the group's figures say is held against scores that agree with each other.
    return { value, diagnostics: whole && diagnostics.length === 0 ? contradictions(value) : diagnostics };
  });
}

function leagueFrom(raw: z.infer<ReturnType<typeof leagueShape>>): League {
  const overall = raw.provenance ?? 'stated';
  const shared = countBy(raw.units.map(({ unit }) => unitKey(unit)));
  const ranks = raw.units.flatMap((u) => u.rank ?? []);
  const placeOf = placesByRank(ranks, raw.ties);
  const units = raw.units.map(
    (u): LeagueUnit => ({
      // Two units of one name are told apart by their codes.
      unit: u.code && shared.get(unitKey(u.unit)) !== 1 ? `${u.unit} (${u.code})` : u.unit,
      code: u.code ?? null,
      score: u.score ?? null,
      rank: u.rank ?? null,
      place: u.rank === undefined ? null : placeOf(u.rank),
      provenance: u.provenance ?? overall,
    }),
  );
  const printed = units.map((u) => (u.score ? printedDecimals(u.score) : 0));
  return {
    name: raw.name as League['name'],
    year: raw.year,
    scale: raw.scale,
    size: raw.size,
    decimals: raw.decimals ?? greatest(printed, 0),
    exact: false,
    ties: raw.ties,
    provenance: raw.source
      ? { kind: 'stated', source: raw.source, ...(raw.place && { place: raw.place }) }
      : null,
    units,
    mean: figure(raw.mean, overall),
    median: figure(raw.median, overall),
    counts: raw.counts.map(({ at_least: atLeast, units, provenance = overall }) => {
      return { atLeast, units, provenance };
    }),
    previous: [],
  };
}

/**
 * The first place of units that share a rank, as the tie rule counts: of 1334 the last one is printed, and 1223 counts
 * scores, so that units stand before it who are listed with a better rank, and one at least of each rank that is not listed.
 */
function placesByRank(ranks: readonly number[], ties: Ties): (rank: number) => number {
  if (ties === 'min' || ties === 'order') return (rank) => rank;
  const sorted = [...ranks].sort((p, q) => p - q);
  const before = (rank: number) => firstWhere(0, sorted.length, (i) => sorted[i]! >= rank);
  if (ties === 'max') return (rank) => Math.max(rank - (before(rank + 1) - before(rank)), before(rank)) + 1;
  const distinct = [...new Set(sorted)];
  const listed = (rank: number) => firstWhere(0, distinct.length, (i) => distinct[i]! >= rank);
  return (rank) => before(rank) + (rank - 1 - listed(rank)) + 1;
}

/** Numbers of a league, and of those of earlier years, that are marked as assumed: of a unit, or a figure of the group. */
export function assumedOf({
  units,
  mean,
  median,
  counts,
  previous,
}: League): { id: string; value: Fraction }[] {
  const numbers = [
    ...units.map((u) => ({
      ...u,
      id: u.unit,
      value: u.score ?? (u.rank === null ? null : new Fraction(u.rank)),
    })),
    ...[
      { ...mean, id: 'mean' },
      { ...median, id: 'median' },
    ],
    ...counts.map((c) => ({ ...c, id: `counts ≥ ${c.atLeast.toString()}`, value: new Fraction(c.units) })),
  ];
  const assumed = numbers.flatMap(({ id, value, provenance }) =>
    value && provenance === 'assumed' ? [{ id, value }] : [],
  );
  return [...assumed, ...previous.flatMap(assumedOf)];
}

const figure = (raw: Sourced | undefined, overall: ProvenanceKind): GroupFigure | null =>
  raw ? { value: raw.value, provenance: raw.provenance?.kind ?? overall } : null;

/** The files of earlier years that a league's data names, in its order, and where it names them. */
export function previousFiles(data: unknown): { file: string; path: KeyPath }[] {
  const parsed = leagueShape().safeParse(data);
  if (!parsed.success) return [];
  return parsed.data.previous.map((p, i) =>
    typeof p === 'string'
      ? { file: p, path: ['previous', i] }
      : { file: p.file, path: ['previous', i, 'file'] },
  );
}

/** A league with its earlier years; each must be of another, earlier year, and is told of when its scale is another. */
export function withPrevious(league: League, previous: readonly League[]): Result<League> {
  const diagnostics = previous.flatMap((p, i) => {
    const path: KeyPath = ['previous', i];
    if (p.year >= league.year)
      return [error('league-previous-year', { value: p.year, year: league.year }, path)];
    if (previous.findIndex((other) => other.year === p.year) < i)
      return [error('league-previous-twice', { year: p.year }, path)];
    if (p.scale.equals(league.scale)) return [];
    const params = { year: p.year, value: p.scale.toString(), scale: league.scale.toString() };
    return [warning('league-previous-scale', params, path)];
  });
  return resultOf({ ...league, previous: [...previous] }, diagnostics);
}

function checkLeague(league: League): Diagnostic[] {
  const diagnostics: Diagnostic[] = [];
  const { units, size, scale } = league;
  if (scale.compare(0) <= 0)
    diagnostics.push(error('out-of-range', { value: scale.toString(), above: 0 }, ['scale']));
  if (units.length > size) diagnostics.push(error('league-size', { size, units: units.length }, ['size']));
  const twice = new Set(repeatedUnits(units));
  units.forEach((u, i) => {
    if (twice.has(u)) diagnostics.push(error('duplicate-unit', { unit: u.unit }, ['units', i, 'unit']));
    if (u.rank !== null && u.rank > size)
      diagnostics.push(error('league-rank-out', { rank: u.rank, size }, ['units', i, 'rank']));
    if (u.score && (u.score.compare(scale) > 0 || u.score.s < 0n)) {
      const params = { value: u.score.toString(), scale: scale.toString() };
      diagnostics.push(error('score-off-scale', params, ['units', i, 'score']));
    }
  });
  const placed = units.map((u, i) => ({ ...u, i })).filter((u) => u.rank !== null && u.score !== null);
  placed.sort((p, q) => p.rank! - q.rank!);
  placed.forEach((u, k) => {
    const next = placed[k + 1];
    if (!next) return;
    const params = { unit: next.unit, other: u.unit };
    const path: KeyPath = ['units', next.i, 'score'];
    if (next.rank! > u.rank! && next.score!.compare(u.score!) > 0)
      diagnostics.push(error('league-order', params, path));
    if (next.rank === u.rank && !next.score!.equals(u.score!))
      diagnostics.push(error('league-shared-rank', { ...params, rank: u.rank! }, path));
  });
  return diagnostics;
}

/** The league's row for a unit, by code or by name. */
export const findUnit = (league: League, unit: string | UnitName): LeagueUnit | null =>
  typeof unit === 'string' ? findByNameOrCode(league.units, unit) : findSameUnit(league.units, unit);
