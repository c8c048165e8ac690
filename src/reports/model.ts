import {
  among,
  type Changes,
  levers,
  type Position,
  positionAfter,
  positionOf,
  type Scenario,
  type TopLever,
} from '../analysis/gain.js';
import type { League } from '../ranking/league.js';
import type { Rank } from '../ranking/place.js';
import type { Rivals } from '../ranking/rivals.js';
import { rivalsOfResult } from '../ranking/standings.js';
import type { CataloguedReading } from '../reading/reading.js';
import { tableOf, type ViewField } from '../render/field.js';
import type { Table } from '../render/presentation.js';
import { indexText, scoreText } from '../render/words.js';
import type { ReadingResult } from '../scoring/result.js';
import { score } from '../scoring/score.js';
import type { Words } from '../text/index.js';
import { toNumber } from '../values/fraction.js';
import { firstOfSame, type UnitName } from '../values/unit.js';
import type { ChartName } from './charts/models.js';

/** A reading, and the scenarios as its own catalogue and year have them. */
export interface ReportUnit extends CataloguedReading {
  scenarios: Scenario[];
}

/** What a report is of. */
export interface ReportRequest {
  units: ReportUnit[];
  league: League | null;
  /** Only this chart; null is all of the report. */
  chart: ChartName | null;
}

/** What a report is made from; `changes` are those that its reader tries out. */
export interface ReportSource extends CataloguedReading {
  league: League | null;
  scenarios?: readonly Scenario[];
  changes?: Changes;
  /** The unit's readings of every year, this one among them, the earliest first. */
  years?: readonly CataloguedReading[];
}

/** One reading's results, as every report lays them out: page, workbook, chart. */
export interface ReportModel {
  /** The reading as it is, scored and placed. */
  position: Position;
  baseline: ReadingResult;
  /** With the changes. */
  current: ReadingResult;
  changed: boolean;
  league: League | null;
  rivals: Rivals | null;
  ranks: { baseline: Rank | null; current: Rank | null };
  /** Made when asked for: most of a report's work, and a letter or a workbook has no use for it. */
  levers: () => TopLever[];
  /** The unit's results of every year, the earliest first; none of a single year. */
  years: ReadingResult[];
  /** The reading, its scenarios and, when there are any, the changes. */
  compared: { name: string; result: ReadingResult; rank: Rank | null }[];
}

/** Scores and ranks what a report shows. */
export function reportModel(input: ReportSource, { labels, numbers }: Words): ReportModel {
  const { reading, catalogue, league, scenarios = [], changes = new Map(), years = [] } = input;
  const scored = positionOf(reading, catalogue);
  const baseline = scored.result;
  const rivalsResult = league && rivalsOfResult(league, baseline);
  const rivals = rivalsResult?.ok ? rivalsResult.value : null;
  const position = rivals ? among(scored, rivals) : scored;
  const changed = changes.size > 0;
  const current = changed ? positionAfter(position, changes) : position;
  return {
    position,
    baseline,
    current: current.result,
    changed,
    league,
    rivals,
    ranks: { baseline: position.rank, current: current.rank },
    years: years.length > 1 ? years.map((one) => score(one.reading, one.catalogue)) : [],
    levers: () => levers(among(current, null)),
    compared: [
      { name: labels.columns.baseline, at: position },
      ...scenarios.map((s) => ({ name: numbers.pick(s.name), at: positionAfter(position, s.changes) })),
      ...(changed ? [{ name: labels.report.asChanged, at: current }] : []),
    ].map(({ name, at }) => ({ name, result: at.result, rank: at.rank })),
  };
}

/** What is of each unit, the units as they first come, the years of each the earliest first. */
export function seriesOf<T>(items: readonly T[], readingOf: (item: T) => UnitName & { year: number }): T[][] {
  const first = firstOfSame(items.map(readingOf));
  const series = new Map(first.map((i): [number, T[]] => [i, []]));
  for (const [i, item] of items.entries()) series.get(first[i]!)!.push(item);
  for (const years of series.values()) years.sort((a, b) => readingOf(a).year - readingOf(b).year);
  return [...series.values()];
}

/** The one result of a year; none where the year stands twice. */
export function resultOf(years: readonly ReadingResult[], year: number | undefined): ReadingResult | null {
  const [found, ...more] = years.filter((one) => one.year === year);
  return more.length === 0 && found ? found : null;
}

/** How the index moved from one result to a later one, in points of a percent; null where either has none. */
export const indexChange = (
  before: ReadingResult | null,
  { total: { index } }: ReadingResult,
): number | null => (before?.total.index && index ? toNumber(index.sub(before.total.index)) : null);

/** The readings of each reading's unit, the earliest year first; it alone where there are no others. */
export function yearsOf<T extends CataloguedReading>(units: readonly T[]): (one: T) => T[] {
  const series = seriesOf(units, ({ reading }) => reading);
  const yearsAt = new Map(series.flatMap((years) => years.map((one) => [one, years])));
  return (one) => yearsAt.get(one) ?? [one];
}

/**
 * A unit's years as a table, the earliest first: score, index, and the change of the index since the last year before, in
 * points of a percent.
 */
export function yearsTable(years: readonly ReadingResult[], words: Words): Table {
  const { labels, numbers } = words;
  const fields: ViewField<{ result: ReadingResult; change: number | null }>[] = [
    { key: 'year', align: 'right', text: ({ result }) => String(result.year) },
    { key: 'score', align: 'right', text: ({ result }) => scoreText(result, words) },
    { key: 'index', align: 'right', text: ({ result }) => indexText(result, words) },
    {
      key: 'change',
      align: 'right',
      text: ({ change }) => (change === null ? '' : numbers.signedNumber(change, 2)),
    },
  ];
  const rows = years.map((result) => {
    const last = years.findLast(({ year }) => year < result.year)?.year;
    return { result, change: indexChange(resultOf(years, last), result) };
  });
  const { years: title, change } = labels.report.onePage;
  return tableOf(fields, rows, { title, titles: { ...labels.columns, change } });
}
