import { indexText, scoreText } from '../render/words.js';
import type { ReadingResult } from '../scoring/result.js';
import { unitKey } from '../shapes/unit.js';
import type { Words } from '../text/messages.js';
import type { ReportRequest } from './model.js';

type OneReading = ReportRequest['units'][number];

/** The readings of each reading's own unit, the earliest year first; it alone where there are no others. */
export function yearsOf(units: readonly OneReading[]): (one: OneReading) => OneReading[] {
  const keyOf = ({ reading }: OneReading) => reading.code ?? unitKey(reading.unit);
  const byUnit = new Map<string, OneReading[]>();
  for (const one of units) {
    const key = keyOf(one);
    const others = byUnit.get(key);
    if (others) others.push(one);
    else byUnit.set(key, [one]);
  }
  for (const years of byUnit.values()) years.sort((a, b) => a.reading.year - b.reading.year);
  return (one) => byUnit.get(keyOf(one)) ?? [one];
}

/** Headings of a unit's years as a table. */
export const yearHeads = ({ labels }: Words): string[] => [
  labels.columns.year,
  labels.columns.score,
  labels.columns.index,
  labels.report.onePage.change,
];

/** A unit's years as rows, the earliest first: score, index, and the change of the index since the row before. */
export function yearRows(years: readonly ReadingResult[], words: Words): string[][] {
  return years.map((result, i) => {
    const before = years[i - 1]?.total.index;
    const now = result.total.index;
    const change = before && now ? words.numbers.signedNumber(now.sub(before).valueOf(), 2) : '';
    return [String(result.year), scoreText(result, words), indexText(result, words), change];
  });
}
