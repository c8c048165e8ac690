import type { Band, BandCondition } from '../catalogue/catalogue.js';
import type { Points } from '../exact/points.js';
import type { ReadingResult } from './result.js';

/** A condition of a band that does not hold, and the field or criterion that fails it. */
export interface FailedCondition {
  condition: BandCondition;
  id: string;
}

/** The grade of a result, and what the next one needs. */
export interface Grade {
  /** Null below the lowest band. */
  band: Band | null;
  /**
   * The next band up, the points that reach its index (0 when the index is there) and the conditions that fail; null
   * in the highest.
   */
  next: { band: Band; points: Points; failed: FailedCondition[] } | null;
}

/** The band of a known index; null when the scheme has no bands or the score is not known. */
export function gradeOf(result: ReadingResult): Grade | null {
  const { catalogue, total } = result;
  const { bands } = catalogue;
  if (bands.length === 0 || total.index === null || total.score === null) return null;
  const { index, score } = total;
  const at = bands.findIndex((b) => index.compare(b.atLeast) >= 0 && failedOf(b, result).length === 0);
  const next = bands[(at < 0 ? bands.length : at) - 1];
  const needed = (band: Band) =>
    Math.max(0, Number(band.atLeast.mul(total.applicableMax).div(100).ceil(0).valueOf()) - score);
  return {
    band: bands[at] ?? null,
    next: next ? { band: next, points: needed(next), failed: failedOf(next, result) } : null,
  };
}

/** The conditions of a band that do not hold, each with the field or criterion that fails it. */
function failedOf({ and }: Band, { fields, criteria }: ReadingResult): FailedCondition[] {
  return and.flatMap((condition): FailedCondition[] => {
    if (condition.form === 'criterion') {
      const row = criteria.find((c) => c.criterion.id === condition.id);
      const fails = row && row.status !== 'not_applicable' && (row.points ?? 0) < condition.atLeast;
      return fails ? [{ condition, id: condition.id }] : [];
    }
    const asked =
      condition.form === 'field'
        ? fields.filter((f) => f.field.id === condition.id)
        : fields.filter((f) => f.depth === 0);
    return asked
      .filter((f) => f.index !== null && f.index.compare(condition.atLeast) < 0)
      .map((f) => ({ condition, id: f.field.id }));
  });
}
