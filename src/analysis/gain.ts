import type { Catalogue, Criterion } from '../catalogue/catalogue.js';
import type { Rank } from '../ranking/place.js';
import type { Rivals } from '../ranking/rivals.js';
import { placeResult } from '../ranking/standings.js';
import { incomplete, ratioOf } from '../reading/measure.js';
import { type Entry, type Reading, standingAt } from '../reading/reading.js';
import type { CriterionResult, ReadingResult } from '../scoring/result.js';
import { rescore, rescoreTotal, score } from '../scoring/score.js';
import { endsTell, pointsAddUp, sumsInScore } from '../scoring/totals.js';
import { type Diagnostic, error } from '../values/diagnostic.js';
import type { Fraction } from '../values/fraction.js';
import type { Points } from '../values/points.js';
import type { Bilingual } from '../values/scalars.js';
import { fullFix } from './criterion.js';

/** What stands in place of a reading's entries, by criterion. */
export type Changes = ReadonlyMap<string, Entry>;

/** Named changes to a reading. */
export interface Scenario {
  name: Bilingual;
  changes: Changes;
}

/** The reading with changes in place of its entries; a target, a leader and last year's value stay unless changed. */
export function applyChanges(reading: Reading, changes: Changes): Reading {
  const entries = new Map(reading.entries);
  for (const [id, entry] of changes) entries.set(id, entryAfter(entry, standingAt(reading, id)));
  return { ...reading, entries };
}

/** A change as it stands in place of an entry: single values that it does not give are those of the entry. */
export function entryAfter(change: Entry, current: Entry | null): Entry {
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

/** Changes with others on top, single values joined; and the criteria of which both give one value. */
export function joinChanges(
  changes: Changes,
  more: Changes,
): { joined: Map<string, Entry>; twice: string[] } {
  const joined = new Map(changes);
  const twice = [...more].flatMap(([id, entry]) => {
    const before = joined.get(id);
    joined.set(id, before ? entryAfter(entry, before) : entry);
    return before && !givesOthers(entry, before) ? [id] : [];
  });
  return { joined, twice };
}

/** Whether two changes of one criterion give single values, none of them both. */
const givesOthers = (p: Entry, q: Entry): boolean =>
  p.counts && q.counts
    ? [...p.counts.given.keys()].every((key) => !q.counts!.given.has(key))
    : p.inputs !== null && q.inputs !== null && p.inputs.every((x, i) => x === null || q.inputs![i] === null);

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
  /** Null without a league, or when no criterion applies. */
  rank: Rank | null;
}

/** Scores a reading and, with rivals, places it. */
export function positionOf(reading: Reading, catalogue: Catalogue, rivals: Rivals | null = null): Position {
  const result = score(reading, catalogue);
  return { reading, result, rivals, rank: rivals && placeResult(rivals, result) };
}

const entryWith =
  (changes: Changes) =>
  ({ criterion, entry }: CriterionResult): Entry | null => {
    const change = changes.get(criterion.id);
    return change ? entryAfter(change, entry) : entry;
  };

/** The position after changes, among the same rivals. */
export function positionAfter({ reading, result, rivals }: Position, changes: Changes): Position {
  const now = rescore(reading, result, entryWith(changes));
  return {
    reading: applyChanges(reading, changes),
    result: now,
    rivals,
    rank: rivals && placeResult(rivals, now),
  };
}

/** The same score among other rivals. */
export function among(position: Position, rivals: Rivals | null): Position {
  return { ...position, rivals, rank: rivals && placeResult(rivals, position.result) };
}

/** What one position has over another. */
export interface Gain {
  /** Points of the score; null unless what changed is known on both sides. */
  points: Points | null;
  /** Points of the worst case: values that are unknown are at their worst on both sides. */
  guaranteed: Points;
  /** Percentage points of the index; null while either is unknown. */
  index: Fraction | null;
  /** Points of the applicable maximum: not 0 when a criterion ceases to apply, or comes to. */
  max: Points;
  /** Places on average, positive upwards; null without a distribution of both ranks. */
  places: number | null;
}

/** What of a position tells a gain. */
interface Placed {
  result: Pick<ReadingResult, 'catalogue' | 'criteria' | 'total'>;
  rank: Rank | null;
}

/** What changes gain: points, index, maximum and places, whatever the changes are. */
export function gainBetween(before: Placed, now: Placed): Gain {
  const [from, to] = [before.result.total, now.result.total];
  const guaranteed = to.worst - from.worst;
  // Values that are unknown on either side, but the same, leave the gain known.
  const isKnown =
    (from.score !== null && to.score !== null) ||
    (guaranteed === to.best - from.best &&
      endsTellGain(before.result, now.result) &&
      now.result.criteria.every((row, i) => {
        const old = before.result.criteria[i];
        return row.points !== null ? old?.points !== null : old?.points === null && row.entry === old.entry;
      }));
  const [was, is] = [before.rank?.mean, now.rank?.mean];
  return {
    points: isKnown ? guaranteed : null,
    guaranteed,
    index: from.index && to.index ? to.index.sub(from.index) : null,
    max: to.applicableMax - from.applicableMax,
    places: was == null || is == null ? null : was - is,
  };
}

/** Whether a gain that is as much at both ends of the score is so wherever that is. */
function endsTellGain(before: Placed['result'], { catalogue, criteria }: Placed['result']): boolean {
  if (endsTell(catalogue)) return true;
  const touched = criteria.filter((row, i) => row.entry !== before.criteria[i]?.entry);
  return pointsAddUp(catalogue, new Set(touched.map(({ criterion }) => criterion.id)));
}

/** What changes gain on a position. */
export function gainOf(before: Position, changes: Changes): Gain {
  const { reading, result, rivals } = before;
  const now = rescoreTotal(reading, result, entryWith(changes));
  return gainBetween(before, { result: now, rank: rivals && placeResult(rivals, now) });
}

/** A criterion, what repairs it in full, and what this brings. */
export interface TopLever {
  row: CriterionResult;
  /** Null when nothing gains, or when what its value is held against is unknown. */
  fix: Entry | null;
  gain: Gain | null;
  recoverable: Points;
}

/** Points that a repair is sure to bring; of what is unknown, and may have earned them, all that it may have lost. */
export function recoverableBy(
  row: CriterionResult,
  gain: Gain | null,
  inScore: ReturnType<typeof sumsInScore>,
): Points {
  const sure = gain === null ? 0 : gain.guaranteed;
  const { best, worst } = inScore([row]);
  return row.status === 'unknown' ? Math.max(sure, best - worst) : sure;
}

/** What the repair of each criterion brings, the most first. */
export function leversOf(position: Position): TopLever[] {
  const { criteria, catalogue } = position.result;
  const inScore = sumsInScore(catalogue, criteria);
  return criteria
    .map((row): TopLever => {
      const fix = fullFix(row, catalogue);
      const gain = fix && gainOf(position, new Map([[row.criterion.id, fix]]));
      return { row, fix, gain, recoverable: recoverableBy(row, gain, inScore) };
    })
    .sort((p, q) => q.recoverable - p.recoverable);
}

/** The repairs that bring points, the most first. */
export const levers = (position: Position): TopLever[] =>
  leversOf(position).filter(({ recoverable }) => recoverable > 0);

/** The criterion whose full repair brings the most points; null when none brings any. */
export const biggestLever = (reading: Reading, result: ReadingResult): TopLever | null =>
  levers({ reading, result, rivals: null, rank: null })[0] ?? null;

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
