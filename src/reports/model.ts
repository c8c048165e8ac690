import { applyScenario, type Scenario } from '../analysis/changes.js';
import { type Lever, sensitivity } from '../analysis/sensitivity.js';
import type { Catalogue } from '../catalogue/catalogue.js';
import type { League } from '../ranking/league.js';
import type { Rank } from '../ranking/place.js';
import type { Rivals } from '../ranking/rivals.js';
import { placeResult, rivalsOfResult } from '../ranking/standings.js';
import type { Entry, Reading } from '../reading/reading.js';
import type { ReadingResult } from '../scoring/result.js';
import { score } from '../scoring/score.js';
import type { Words } from '../text/messages.js';
import type { ChartName } from './charts/models.js';

/** What a report is of. */
export interface ReportRequest {
  units: { reading: Reading; catalogue: Catalogue }[];
  league: League | null;
  scenarios: Scenario[];
  /** Only this chart; null is all of the report. */
  chart: ChartName | null;
}

/** What a report is made from; `changes` are those that its reader tries out. */
export interface ReportInput {
  reading: Reading;
  catalogue: Catalogue;
  league: League | null;
  scenarios: readonly Scenario[];
  changes: ReadonlyMap<string, Entry>;
}

/** One reading's results, as every report lays them out: page, workbook, chart. */
export interface ReportModel {
  baseline: ReadingResult;
  /** With the changes. */
  current: ReadingResult;
  changed: boolean;
  rivals: Rivals | null;
  ranks: { baseline: Rank | null; current: Rank | null };
  levers: Lever[];
  /** The reading, its scenarios and, when there are any, the changes. */
  compared: { name: string; result: ReadingResult; rank: Rank | null }[];
}

/** Scores and ranks what a report shows. */
export function reportModel(input: ReportInput, { labels, numbers }: Words): ReportModel {
  const { reading, catalogue, league, scenarios, changes } = input;
  const baseline = score(reading, catalogue);
  const with_ = (scenario: Pick<Scenario, 'changes'>) =>
    applyScenario(reading, { name: { vi: '' }, ...scenario });
  const changedReading = with_({ changes });
  const current = score(changedReading, catalogue);
  const found = league && rivalsOfResult(league, baseline);
  const rivals = found?.ok ? found.value : null;
  const rankOf = (result: ReadingResult) => rivals && placeResult(rivals, result);
  const changed = changes.size > 0;
  return {
    baseline,
    current,
    changed,
    rivals,
    ranks: { baseline: rankOf(baseline), current: rankOf(current) },
    levers: sensitivity(changedReading, catalogue, rivals).levers,
    compared: [
      { name: labels.columns.baseline, result: baseline },
      ...scenarios.map((s) => ({ name: numbers.pick(s.name), result: score(with_(s), catalogue) })),
      ...(changed ? [{ name: labels.report.asChanged, result: current }] : []),
    ].map((c) => ({ ...c, rank: rankOf(c.result) })),
  };
}
