import type { Catalogue, Criterion } from '../catalogue/catalogue.js';
import type { Fraction } from '../exact/fraction.js';
import { type Points, roundToPoints } from '../exact/points.js';
import type { Reading } from '../reading/reading.js';
import { type InputValues, type Slice, sliceRule } from '../rules/apply.js';
import { marginalGain, type NextThreshold, nextThreshold } from '../rules/next.js';
import type { Input, Level } from '../rules/rule.js';
import type { CriterionResult } from '../scoring/result.js';
import { scoreCriterion } from '../scoring/score.js';
import { startOf } from './start.js';

/** One indicator of a criterion: where it stands and what gains points. */
export interface IndicatorOutlook {
  input: Input;
  /** The rule along this indicator, the others held; null when one of them is unknown. */
  slice: Slice | null;
  /** Where the indicator stands (its value, or the middle of what is implied); null when unknown. */
  at: Fraction | null;
  /** The next value that gains points, and the points there. */
  next: { threshold: NextThreshold; points: Points } | null;
  /** The next better level, for categories. */
  nextLevel: { level: Level; points: Points } | null;
  /** Points per unit of the indicator here; null off a slope. */
  marginal: Fraction | null;
}

/** A criterion explained, for one reading or for none. */
export interface Explanation {
  catalogue: Catalogue;
  criterion: Criterion;
  reading: Reading | null;
  row: CriterionResult | null;
  outlook: IndicatorOutlook[];
}

/** What a criterion gives, why, and what would give more. */
export function explain(catalogue: Catalogue, criterion: Criterion, reading: Reading | null): Explanation {
  const row = reading && scoreCriterion(criterion, reading.entries.get(criterion.id) ?? null, catalogue);
  // A rule that looks at the unit's target or the leader is explained as it stands for this unit.
  const own = row?.criterion ?? criterion;
  const outlook = own.compiled.inputs.map((_, i) => lookAt(catalogue, own, row, i));
  return { catalogue, criterion, reading, row, outlook };
}

/** What gains points along one indicator of a scored criterion. */
function lookAt(
  catalogue: Catalogue,
  criterion: Criterion,
  row: CriterionResult | null,
  index: number,
): IndicatorOutlook {
  const { compiled } = criterion;
  const { decimals } = catalogue;
  const input = compiled.inputs[index]!;
  const values: InputValues = row?.value?.inputs ?? [];
  const othersKnown = compiled.inputs.every((_, i) => i === index || values[i]);
  const nothing = { at: null, next: null, nextLevel: null, marginal: null };
  if (!othersKnown) return { input, slice: null, ...nothing };
  const slice = sliceRule(compiled, values, index);
  if (!row || row.status === 'unknown' || row.status === 'not_applicable' || row.status === 'exempt') {
    return { input, slice, ...nothing };
  }
  if (slice.form === 'table') {
    return { input, slice, ...nothing, nextLevel: betterLevel(slice.levels, row, decimals) };
  }
  const at = startOf(row, index);
  const threshold = nextThreshold(slice.line, at, slice.range);
  const slope = marginalGain(slice.line, at);
  return {
    input,
    slice,
    at,
    next: threshold && { threshold, points: roundToPoints(threshold.points, decimals) },
    nextLevel: null,
    marginal: slope.n === 0n ? null : slope,
  };
}

function betterLevel(
  levels: readonly Level[],
  row: CriterionResult,
  decimals: number,
): { level: Level; points: Points } | null {
  const better = levels
    .map((level) => ({ level, points: roundToPoints(level.points, decimals) }))
    .filter((l) => row.points !== null && l.points > row.points);
  return better.length > 0 ? better.reduce((p, q) => (q.points < p.points ? q : p)) : null;
}
