import type { Catalogue } from '../catalogue/catalogue.js';
import { type Diagnostic, warning } from '../diagnostics/diagnostic.js';
import { toNumber } from '../exact/fraction.js';
import type { Reading } from '../reading/reading.js';

/** Percentage points that a value seldom moves in a year. */
const FAR = 40;

/** Warnings on percents that moved far since another reading: often a slip of the decimal mark. */
export function movedFar(reading: Reading, before: Reading, catalogue: Catalogue): Diagnostic[] {
  return catalogue.criteria.flatMap((c): Diagnostic[] => {
    const input = c.compiled.inputs[0];
    const now = reading.entries.get(c.id);
    const then = before.entries.get(c.id)?.value?.inputs[0];
    const value = now?.value?.inputs[0];
    if (c.compiled.inputs.length > 1 || input?.form !== 'line' || input.quantity !== 'percent') return [];
    if (!now || value?.form !== 'number' || then?.form !== 'number') return [];
    if (value.x.sub(then.x).abs().compare(FAR) < 0) return [];
    const shown = (x: typeof value.x) => `${Number(toNumber(x).toFixed(4))}%`;
    return [warning('moved-far', { id: c.id, before: shown(then.x), after: shown(value.x) }, now.path)];
  });
}
