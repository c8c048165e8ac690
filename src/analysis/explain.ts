import type { Catalogue, Criterion } from '../catalogue/catalogue.js';
import type { Entry, Reading } from '../reading/reading.js';
import { isLeftOut, type Slice } from '../rules/apply.js';
import type { Input } from '../rules/rule.js';
import type { CriterionResult } from '../scoring/result.js';
import type { Fraction } from '../values/fraction.js';
import type { Points } from '../values/points.js';
import { currentValue, fullFix, type NextStep, nextStep, oneUnitMore, sliceOf } from './criterion.js';
import { type Gain, gainOf, positionOf } from './gain.js';

/** One indicator of a criterion: where it stands and what gains points. */
export interface IndicatorOutlook {
  input: Input;
  /** The rule along this indicator, the others held; null when one of them is unknown. */
  slice: Slice | null;
  /** Where the indicator stands (its value, or what a published deduction implies); null when unknown. */
  at: Fraction | null;
  /** The nearest move that gains points; null when none does. */
  next: NextStep | null;
  /** Points that the unit gains by one unit more of the indicator; null when none, or when it is unknown. */
  marginal: Points | null;
  /** Whether nothing arose to count, so that the indicator is left out. */
  leftOut: boolean;
}

/** A criterion explained, for one reading or for none. */
export interface Explanation {
  catalogue: Catalogue;
  criterion: Criterion;
  reading: Reading | null;
  row: CriterionResult | null;
  outlook: IndicatorOutlook[];
  /** What repairs it in full, and what the unit gains by that; null when nothing gains. */
  fix: { entry: Entry; gain: Gain } | null;
}

/** What a criterion gives, why, and what would give more. */
export function explain(catalogue: Catalogue, criterion: Criterion, reading: Reading | null): Explanation {
  const position = reading && positionOf(reading, catalogue);
  const row = position?.result.criteria.find((c) => c.criterion.id === criterion.id) ?? null;
  // A rule that looks at the unit's target or the leader is explained as it stands for this unit.
  const asScored = row?.criterion ?? criterion;
  const outlook = asScored.compiled.inputs.map((input, i): IndicatorOutlook => {
    const slice = sliceOf({ criterion: asScored, value: row?.value ?? null }, i);
    const more = row && oneUnitMore(row, i);
    const placed = slice?.form === 'line' && (row?.status === 'scored' || row?.status === 'deducted');
    return {
      input,
      slice,
      at: placed ? currentValue(row, i) : null,
      next: row && nextStep(row, i, catalogue),
      marginal: (position && more && gainOf(position, new Map([[criterion.id, more]])).guaranteed) || null,
      leftOut: isLeftOut(input, row?.value?.inputs[i]),
    };
  });
  const entry = row && fullFix(row, catalogue);
  const gain = position && entry && gainOf(position, new Map([[criterion.id, entry]]));
  return { catalogue, criterion, reading, row, outlook, fix: gain && { entry, gain } };
}
