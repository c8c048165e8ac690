import { type Field, tableOf } from '../render/field.js';
import type { Table } from '../render/presentation.js';
import { indexText, scoreText } from '../render/words.js';
import type { ReadingResult } from '../scoring/result.js';
import { firstOfSame } from '../shapes/unit.js';
import type { Words } from '../text/messages.js';
import type { ReportRequest } from './model.js';

type OneReading = ReportRequest['units'][number];

/** The readings of each reading's own unit, the earliest year first; it alone where there are no others. */
export function yearsOf(units: readonly OneReading[]): (one: OneReading) => OneReading[] {
  const first = firstOfSame(units.map(({ reading }) => reading));
  const yearsFrom = new Map<number, OneReading[]>();
  const yearsAt = new Map<OneReading, OneReading[]>();
  units.forEach((one, i) => {
    const years = yearsFrom.get(first[i]!) ?? [];
    years.push(one);
    yearsFrom.set(first[i]!, years);
    yearsAt.set(one, years);
  });
  for (const years of yearsFrom.values()) years.sort((a, b) => a.reading.year - b.reading.year);
  return (one) => yearsAt.get(one) ?? [one];
}

/**
 * A unit's years as a table, the earliest first: score, index, and the change of the index since the row before, in points
 * of a percent.
 */
export function yearsTable(years: readonly ReadingResult[], words: Words): Table {
  const { labels, numbers } = words;
  const fields: Field<{ result: ReadingResult; before: ReadingResult | undefined }>[] = [
    { key: 'year', title: labels.columns.year, align: 'right', text: ({ result }) => String(result.year) },
    {
      key: 'score',
      title: labels.columns.score,
      align: 'right',
      text: ({ result }) => scoreText(result, words),
    },
    {
      key: 'index',
      title: labels.columns.index,
      align: 'right',
      text: ({ result }) => indexText(result, words),
    },
    {
      key: 'change',
      title: labels.report.onePage.change,
      align: 'right',
      text: ({ result: { total }, before }) =>
        before?.total.index && total.index
          ? numbers.signedNumber(total.index.sub(before.total.index).valueOf(), 2)
          : '',
    },
  ];
  const rows = years.map((result, i) => ({ result, before: years[i - 1] }));
  return tableOf(fields, rows, { title: labels.report.onePage.years });
}
