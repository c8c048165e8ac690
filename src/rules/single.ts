import type { CompiledRule, Input } from './rule.js';

type Form<T> = T extends unknown ? Omit<T, 'key' | 'name'> : never;

/** A rule with one indicator and no further limits. */
export function single(input: Form<Input>): CompiledRule {
  return { inputs: [{ key: null, name: null, ...input } as Input], combine: 'sum', floor: null, cap: null };
}
