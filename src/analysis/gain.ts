import type { Catalogue, Criterion } from '../catalogue/catalogue.js';
import { type Diagnostic, error } from '../diagnostics/diagnostic.js';
import type { Fraction } from '../exact/fraction.js';
import { type Points, sumPoints } from '../exact/points.js';
import { NO_MOVES, type Rank, type RivalMoves } from '../ranking/place.js';
import type { Rivals } from '../ranking/rivals.js';
import { placeResult } from '../ranking/standings.js';
import { incomplete, ratioOf } from '../reading/measure.js';
import type { Entry, Reading } from '../reading/reading.js';
import type { CriterionResult, ReadingResult } from '../scoring/result.js';
import { pointsAddUp, rescore, score, scoreFor, totalAfter } from '../scoring/score.js';
import type { Bilingual } from '../shapes/scalars.js';
import { fullFix, repairedRow } from './criterion.js';

/** What stands in place of a reading's entries, by criterion. */
export type Changes = ReadonlyMap<string, Entry>;

/** Named changes to a reading. */
export interface Scenario {
  name: Bilingual;
  changes: Changes;
}

/** The reading with changes in place of its own entries; a target, a leader and last year's value stay unless changed. */
export function applyChanges(reading: Reading, changes: Changes): Reading {
  const entries = new Map(reading.entries);
  for (const [id, entry] of changes) entries.set(id, entryAfter(entry, reading.entries.get(id) ?? null));
  return { ...reading, entries };
}

/** A change as it stands in place of a reading's entry: inputs that it does not give are those of the reading. */
function entryAfter(change: Entry, current: Entry | null): Entry {
  const inputs = change.inputs?.map(
    (value, i) => value ?? current?.value?.inputs[i] ?? current?.inputs?.[i] ?? null,
  );
  const before = current?.value?.counts ?? current?.counts?.given ?? [];
  const counts = change.counts && { ...change.counts, given: new Map([...before, ...change.counts.given]) };
  return {
    ...change,
    ...(counts && { counts, value: counted(counts) }),
    ...(inputs && { inputs, value: inputs.every((v) => v !== null) ? { inputs, ratio: null } : null }),
    target: change.target ?? current?.target ?? null,
    leader: change.leader ?? current?.leader ?? null,
    references: new Map([...(current?.references ?? []), ...change.references]),
  };
}

/** The ratio of named counts; null while one of them is unknown, or there is nothing to divide by. */
function counted({ given, input }: NonNullable<Entry['counts']>): Entry['value'] {
  if (!input.counts.counts.every((key) => given.has(key))) return null;
  const made = ratioOf(given, input);
  return made && { inputs: [made.value], ratio: made.ratio, counts: given };
}

/** Changes of single inputs or counts that give no value: the reading lacks the others, or there is nothing to divide by. */
export function changeFaults(
  changes: Changes,
  { entries }: Pick<Reading, 'entries'>,
  { criteria }: Pick<Catalogue, 'criteria'>,
): Diagnostic[] {
  return criteria.flatMap(({ id, compiled }) => {
    const change = changes.get(id);
    if (!change?.counts && !change?.inputs) return [];
    const { value, counts, inputs, path } = entryAfter(change, entries.get(id) ?? null);
    if (value) return [];
    const names = counts ? counts.input.counts.counts : compiled.inputs.map((i) => i.key ?? '');
    const has = (name: string) => (counts ? counts.given.has(name) : inputs?.[names.indexOf(name)] != null);
    const lacking = incomplete(id, names, has, path);
    return lacking.length > 0 ? lacking : [error('zero-total', { id }, path)];
  });
}

/** A reading, what it scores, and where it stands among its rivals. */
export interface Position {
  reading: Reading;
  result: ReadingResult;
  rivals: Rivals | null;
  moves: RivalMoves;
  /** Null without a league, or when no criterion applies. */
  rank: Rank | null;
}

/** Scores a reading and, with rivals, places it. */
export function positionOf(
  reading: Reading,
  catalogue: Catalogue,
  rivals: Rivals | null = null,
  moves: RivalMoves = NO_MOVES,
): Position {
  return placed(reading, score(reading, catalogue), rivals, moves);
}

const placed = (
  reading: Reading,
  result: ReadingResult,
  rivals: Rivals | null,
  moves: RivalMoves,
): Position => ({ reading, result, rivals, moves, rank: rivals && placeResult(rivals, result, moves) });

/** The position after changes, among the same rivals. */
export function positionAfter({ reading, result, rivals, moves }: Position, changes: Changes): Position {
  const changed = applyChanges(reading, changes);
  return placed(changed, rescore(changed, result, changes.keys()), rivals, moves);
}

/** The same score among rivals. */
export const amongRivals = ({ reading, result }: Position, rivals: Rivals): Position =>
  placed(reading, result, rivals, NO_MOVES);

/** The same score among rivals that move. */
export function amongMovedRivals(position: Position, moves: RivalMoves): Position {
  const { rivals, result } = position;
  return { ...position, moves, rank: rivals && placeResult(rivals, result, moves) };
}

/** What one position has over another. */
export interface Gain {
  /** Points of the score; null unless what changed is known on both sides. */
  points: Points | null;
  /** Percentage points of the index; null while either is unknown. */
  index: Fraction | null;
  /** Points of the applicable maximum: not 0 when a criterion ceases to apply, or comes to. */
  max: Points;
  /** Places on average, positive upwards; null without a distribution of both ranks. */
  places: number | null;
}

/** What changes gain: points, index, maximum and places, whatever the changes are. */
export function gainBetween(before: Position, now: Position): Gain {
  const [from, to] = [before.result.total, now.result.total];
  const least = to.worst - from.worst;
  // Values that are unknown on either side, but the same, leave the gain known.
  const isKnown =
    (from.score !== null && to.score !== null) ||
    (least === to.best - from.best &&
      now.result.criteria.every((row, i) => {
        const old = before.result.criteria[i];
        return row.points !== null ? old?.points !== null : old?.points === null && row.entry === old.entry;
      }));
  const [was, is] = [before.rank?.mean, now.rank?.mean];
  return {
    points: isKnown ? least : null,
    index: from.index && to.index ? to.index.sub(from.index) : null,
    max: to.applicableMax - from.applicableMax,
    places: was == null || is == null ? null : was - is,
  };
}

/** What changes gain on a position. */
export const gainOf = (before: Position, changes: Changes): Gain =>
  gainBetween(before, positionAfter(before, changes));

/** Points that changes are sure to bring, values that are unknown being at their worst on both sides. */
export const guaranteedGain = (before: Position, now: Position): Points =>
  now.result.total.worst - before.result.total.worst;

/** A criterion and what stands in place of its entry. */
export interface Fix {
  row: CriterionResult;
  fix: Entry;
  /** The criterion with it, where that is known already. */
  fixed?: CriterionResult;
}

/** What fixes bring: points that are sure, whether these are all there is to tell, and places on average. */
interface FixGain {
  points: Points;
  certain: boolean;
  /** Null without a distribution of both ranks. */
  places: number | null;
}

/** A criterion with its fix, before what others require of it. */
export const fixedRow = (
  { row, fix }: Fix,
  criterion: Criterion,
  { reading, result }: Position,
): CriterionResult => scoreFor(criterion, entryAfter(fix, row.entry), reading, result.catalogue);

type GainOfFixes = (fixes: readonly Fix[]) => FixGain;

/**
 * What fixes bring to a position, for many that are tried one after another. Where the scheme's points add up, the
 * total moves by the criteria that are fixed; else the reading is scored again with each.
 */
export function gainOfFixes(position: Position): GainOfFixes {
  const { result, rivals, moves } = position;
  const { catalogue } = result;
  const byId = new Map(catalogue.criteria.map((c) => [c.id, c]));
  const addsUp = pointsAddUp(catalogue, new Set(byId.keys()));
  return (fixes) => {
    const rows = fixes.map(({ row }) => row);
    const fixed = fixes.map((fix) => fix.fixed ?? fixedRow(fix, byId.get(fix.row.criterion.id)!, position));
    if (!addsUp || fixed.some((row) => row.criterion.outside || row.status === 'not_applicable')) {
      const now = positionAfter(position, new Map(fixes.map(({ row, fix }) => [row.criterion.id, fix])));
      const { points, places } = gainBetween(position, now);
      return { points: guaranteedGain(position, now), certain: points !== null, places };
    }
    const worst = (of: readonly CriterionResult[]) => sumPoints(of.map((row) => row.worst));
    const was = position.rank?.mean;
    const placed = () => {
      const total = totalAfter(result, rows, fixed);
      return rivals && placeResult(rivals, { criteria: result.criteria, catalogue, total }, moves)?.mean;
    };
    const is = was == null ? null : placed();
    return {
      points: worst(fixed) - worst(rows),
      certain: [...rows, ...fixed].every((row) => row.points !== null),
      places: was == null || is == null ? null : was - is,
    };
  };
}

/** A criterion, what repairs it in full, and what this brings. */
export interface TopLever extends Fix, FixGain {}

/** Full repairs that are sure to bring points, the most first. */
export function levers(position: Position): TopLever[] {
  const { result } = position;
  const fixGain = gainOfFixes(position);
  return result.criteria
    .flatMap((row): TopLever[] => {
      const fixed = repairedRow(row, result.catalogue);
      if (!fixed?.entry) return [];
      const fix = fixed.entry;
      const { points, certain, places } = fixGain([{ row, fix, fixed }]);
      return points > 0 ? [{ row, fix, points, certain, places }] : [];
    })
    .sort((p, q) => q.points - p.points);
}

/** The criterion whose full repair brings the most points; null when none brings any. */
export const biggestLever = (reading: Reading, result: ReadingResult): TopLever | null =>
  levers({ reading, result, rivals: null, moves: NO_MOVES, rank: null })[0] ?? null;

/** Full repairs of the criteria that `wanted` picks and that lost points. */
export function fullFixes(
  result: ReadingResult,
  wanted: (criterion: Criterion) => boolean = () => true,
): Changes {
  return new Map(
    result.criteria.flatMap((row): [string, Entry][] => {
      const fix = wanted(row.criterion) ? fullFix(row, result.catalogue) : null;
      return fix ? [[row.criterion.id, fix]] : [];
    }),
  );
}
