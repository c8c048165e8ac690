import { csvCell } from '../files/csv.js';
import type { Presentation, Scalar } from './presentation.js';

/** The presentation's data: the names of its columns, and its rows. */
export function* renderCsv({ data }: Presentation): Iterable<string> {
  yield line(data!.keys);
  for (const row of data!.rows) yield line(row);
}

const line = (row: readonly Scalar[]): string => `${row.map(csvCell).join(',')}\r\n`;
