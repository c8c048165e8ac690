import { GroupValues, Others } from '../rules/against.js';
import { targeted } from '../rules/index.js';
import type { LineInput, ReferenceValues } from '../rules/rule.js';
import { error, type KeyPath } from '../values/diagnostic.js';
import { type Fraction, ZERO } from '../values/fraction.js';
import { isMap } from '../values/from-zod.js';
import { nearest } from '../values/suggest.js';
import { type EntryContext, readPossible, type ScalarData } from './measure.js';
import type { Entry } from './reading.js';
import type { EntryData } from './shape.js';

/** What is given for one value to be held against: of which of several values, null for all; and where it stands. */
interface Given {
  part: string | null;
  written: unknown;
  path: KeyPath;
}

/** All that an entry gives under a key: at the entry, for all of its values or by name, or else beside each value. */
function givenFor(
  key: 'target' | 'leader' | 'last_year' | 'group',
  fields: EntryData,
  { criterion: { id }, at, diagnostics }: EntryContext,
): Given[] {
  const beside = Object.entries(fields.values ?? {}).flatMap(([part, value]): Given[] => {
    const written = typeof value === 'object' ? (value as EntryData)[key] : undefined;
    return written === undefined ? [] : [{ part, written, path: [...at('values'), part, key] }];
  });
  const given = fields[key];
  if (given === undefined) return beside;
  for (const { part, path } of beside)
    diagnostics.push(error('two-values', { id, keys: [key, `values.${part}.${key}`] }, path));
  if (!isMap(given)) return [{ part: null, written: given, path: at(key) }];
  return Object.entries(given).map(([part, written]) => ({ part, written, path: [...at(key), part] }));
}

/** What most entries say of it. */
const NONE: Entry['references'] = new Map();

/** The unit's target and what its value is held against; only rules that look at them may have them. */
export function readRelative(
  fields: EntryData,
  context: EntryContext,
): Pick<Entry, 'target' | 'leader' | 'references'> {
  const { criterion, diagnostics } = context;
  const aimed = targeted(criterion.rule);
  const lines = criterion.compiled.inputs.filter((input) => input.form === 'line');
  const number = (written: unknown, input: LineInput, path: KeyPath): Fraction | null => {
    const read = readPossible(written as ScalarData, input, path);
    diagnostics.push(...read.diagnostics);
    return read.x;
  };
  const single = (key: 'target' | 'leader'): Fraction | null => {
    let value: Fraction | null = null;
    for (const { part, written, path } of givenFor(key, fields, context)) {
      const input = lines.find((i) => i.key === aimed?.key && (part === null || i.key === part));
      if (!input) diagnostics.push(error('unknown-key', { key }, path));
      else value = number(written, input, path);
      if (key !== 'target' || !value || value.compare(ZERO) > 0) continue;
      diagnostics.push(error('out-of-range', { value: String(written), above: 0 }, path));
      value = null;
    }
    return value;
  };
  const [target, leader] = [single('target'), single('leader')];
  const references = new Map<string | null, ReferenceValues>();
  for (const key of ['last_year', 'group'] as const) {
    const held = lines.filter(
      (i) => i.against && (i.against.reference === 'last_year') === (key === 'last_year'),
    );
    const options = held.map((i) => i.key ?? '');
    for (const { part, written, path } of givenFor(key, fields, context)) {
      const inputs = held.filter((i) => part === null || (i.key ?? '') === part);
      if (held.length === 0) diagnostics.push(error('unknown-key', { key }, path));
      else if (inputs.length === 0) {
        const params = { value: String(part), options, suggestion: nearest(String(part), options) };
        diagnostics.push(error('unknown-part', params, path));
      }
      for (const input of inputs) {
        const said: Partial<ReferenceValues> =
          key === 'last_year'
            ? { lastYear: number(written, input, path) }
            : { others: othersOf((written as ScalarData[]).map((v, i) => number(v, input, [...path, i]))) };
        references.set(input.key, { lastYear: null, others: null, ...references.get(input.key), ...said });
      }
    }
  }
  return {
    target,
    leader: leader && { value: leader, from: 'given' },
    references: references.size > 0 ? references : NONE,
  };
}

const othersOf = (values: (Fraction | null)[]): Others =>
  new Others(new GroupValues(values.filter((v) => v !== null)), null, 'given');
