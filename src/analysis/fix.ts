import type { Catalogue, Criterion } from '../catalogue/catalogue.js';
import { Fraction as Exact, type Fraction } from '../exact/fraction.js';
import type { Entry, Measured } from '../reading/reading.js';
import type { InputValue } from '../rules/apply.js';
import { boundsWithin } from '../rules/line.js';
import { nearestBest } from '../rules/next.js';
import type { Input } from '../rules/rule.js';
import type { CriterionResult, ReadingResult } from '../scoring/result.js';
import type { Bilingual } from '../shapes/scalars.js';
import type { Scenario } from './scenario.js';

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
    changes.set(row.criterion.id, {
      value: bestMeasured(row),
      volume: null,
      deducted: null,
      selfScored: null,
      appraised: null,
      exempt: null,
      notApplicable: false,
      provenance: 'assumed',
      source: null,
      note: null,
      evidence: [],
      path: [],
    });
  }
  return { name, changes };
}

/** The smallest move of a criterion's indicators that earns the most its rule gives. */
export function bestMeasured(row: CriterionResult): Measured {
  const inputs = row.criterion.compiled.inputs.map((input, i) => bestInput(input, startOf(row, i)));
  return { inputs, ratio: null };
}

function bestInput(input: Input, from: Fraction): InputValue {
  if (input.form === 'table') {
    const points = input.levels.map((l) => l.points);
    const top = points.reduce((p, q) => (q.compare(p) > 0 ? q : p));
    return { form: 'level', index: points.findIndex((p) => p.equals(top)) };
  }
  const { max } = boundsWithin(input.line, input.range);
  const x = nearestBest(input.line, from, input.range, max) ?? from;
  return { form: 'number', x: input.quantity === 'count' ? x.ceil(0) : x };
}

/** Where an indicator stands: its value, the middle of what is implied, or the range's low end. */
export function startOf(row: CriterionResult, index: number): Fraction {
  const given = row.value?.inputs[index];
  if (given?.form === 'number') return given.x;
  const input = row.criterion.compiled.inputs[index]!;
  const low = input.form === 'line' ? (input.range.lo ?? new Exact(0)) : new Exact(0);
  if (row.implied?.form !== 'interval') return low;
  if (row.implied.at) return row.implied.at;
  const first = row.implied.intervals[0]!;
  return first.lo ?? (first.hi ? first.hi.sub(1) : low);
}
