import type { Line } from './line.js';
import { type Range, rangeOf } from './range.js';
import type { CompiledRule, Input, Quantity } from './rule.js';

type Form<T> = T extends unknown ? Omit<T, 'key' | 'name'> : never;

/** A rule with one indicator and no further limits. */
export function single(input: Form<Input>): CompiledRule {
  return { inputs: [{ key: null, name: null, ...input } as Input], combine: 'sum', floor: null, cap: null };
}

/** A rule over one number: its line, what it is measured in, and the limits that the rule gives it. */
export function overNumber(line: Line, quantity: Quantity, range: Range): CompiledRule {
  return single({ form: 'line', line, quantity, range: rangeOf(quantity, range), share: null });
}
