import type { Band } from '../catalogue/catalogue.js';
import type { Points } from '../exact/points.js';
import type { ReadingResult } from './result.js';

/** The grade of a result, and what the next one needs. */
export interface Grade {
  /** Null below the lowest band. */
  band: Band | null;
  /** The next band up and the points that reach it; null in the highest. */
  next: { band: Band; points: Points } | null;
}

/** The band of a known index; null when the scheme has no bands or the score is not known. */
export function gradeOf({ catalogue, total }: ReadingResult): Grade | null {
  const { bands } = catalogue;
  if (bands.length === 0 || total.index === null || total.score === null) return null;
  const at = bands.findIndex((b) => total.index!.compare(b.atLeast) >= 0);
  const next = bands[(at < 0 ? bands.length : at) - 1];
  const needed = (band: Band) =>
    Number(band.atLeast.mul(total.applicableMax).div(100).ceil(0).valueOf()) - total.score!;
  return { band: bands[at] ?? null, next: next ? { band: next, points: needed(next) } : null };
}
