import type { Catalogue, Criterion } from '../catalogue/catalogue.js';
import { type Entry, UNSAID } from '../reading/reading.js';
import type { ReadingResult } from '../scoring/result.js';
import type { Bilingual } from '../shapes/scalars.js';
import { bestMeasured } from './best.js';
import type { Scenario } from './changes.js';

/** A scenario that brings every criterion `wanted` says, and that lost points, to its best value. */
export function fixScenario(
  result: ReadingResult,
  name: Bilingual,
  wanted: (criterion: Criterion, catalogue: Catalogue) => boolean = () => true,
): Scenario {
  const changes = new Map<string, Entry>();
  for (const row of result.criteria) {
    const lossless = row.status !== 'unknown' && (row.deduction ?? 0) <= 0;
    if (lossless || !wanted(row.criterion, result.catalogue)) continue;
    changes.set(row.criterion.id, { ...UNSAID, value: bestMeasured(row) });
  }
  return { name, changes };
}
