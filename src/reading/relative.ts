import type { Criterion } from '../catalogue/catalogue.js';
import { type Diagnostic, error, type KeyPath } from '../diagnostics/diagnostic.js';
import { type Fraction, ZERO } from '../exact/fraction.js';
import { targeted } from '../rules/index.js';
import { GroupValues, Others } from '../rules/others.js';
import type { Input, ReferenceValues } from '../rules/rule.js';
import { readPossible, type Scalar, unknownParts } from './measure.js';
import type { Entry } from './reading.js';
import type { EntryData } from './shape.js';

type Read = (written: Scalar, input: Extract<Input, { form: 'line' }>, path: KeyPath) => Fraction | null;

/** What values of several inputs are held against, as the entry says it: each beside its value, or at the entry. */
export function gatherReferences(
  fields: EntryData,
  criterion: Criterion,
  at: (key: string) => KeyPath,
  diagnostics: Diagnostic[],
): Parameters<typeof readRelative> {
  const places = new Map<string, KeyPath>();
  const all: Record<string, unknown> = { ...fields };
  const aimed = targeted(criterion.rule);
  for (const [part, value] of Object.entries(fields.values ?? {})) {
    if (typeof value !== 'object') continue;
    for (const key of HELD) {
      const given = (value as EntryData)[key];
      if (given === undefined) continue;
      const place = [...at('values'), part, key];
      const single = key === 'target' || key === 'leader';
      if (single && aimed?.key !== part) diagnostics.push(error('unknown-key', { key }, place));
      else if (fields[key] !== undefined)
        diagnostics.push(
          error('two-values', { id: criterion.id, keys: [key, `values.${part}.${key}`] }, place),
        );
      else {
        places.set(key, place);
        all[key] = single ? given : { ...(all[key] as object | undefined), [part]: given };
      }
    }
  }
  return [all as EntryData, criterion, (key) => places.get(key) ?? at(key), diagnostics];
}

const HELD = ['target', 'leader', 'last_year', 'group'] as const;

/** The unit's target and what its value is held against; only rules that look at them may have them. */
export function readRelative(
  fields: EntryData,
  criterion: Criterion,
  at: (key: string) => KeyPath,
  diagnostics: Diagnostic[],
): Pick<Entry, 'target' | 'leader' | 'references'> {
  const number: Read = (written, input, path) => {
    const read = readPossible(written, input, path);
    if ('code' in read) {
      diagnostics.push(read);
      return null;
    }
    diagnostics.push(...read.notes);
    return read.x;
  };
  const aimed = targeted(criterion.rule);
  const input = aimed && criterion.compiled.inputs.find((i) => i.key === aimed.key);
  const read = (key: 'target' | 'leader'): Fraction | null => {
    const written = fields[key] as Scalar | undefined;
    if (written === undefined) return null;
    if (input?.form !== 'line') {
      diagnostics.push(error('unknown-key', { key }, at(key)));
      return null;
    }
    const value = number(written, input, at(key));
    if (!value || key !== 'target' || value.compare(ZERO) > 0) return value;
    diagnostics.push(error('below-range', { value: String(written), min: '0' }, at(key)));
    return null;
  };
  const [target, leader] = [read('target'), read('leader')];
  const references = readReferences(fields, criterion, at, diagnostics, number);
  return { target, leader: leader && { value: leader, from: 'given' }, references };
}

/** What most entries say of it. */
const NONE: Entry['references'] = new Map();

/** `last_year` and `group` of an entry, by the input that is held against them. */
function readReferences(
  { last_year, group }: EntryData,
  criterion: Criterion,
  at: (key: string) => KeyPath,
  diagnostics: Diagnostic[],
  number: Read,
): Entry['references'] {
  if (last_year === undefined && group === undefined) return NONE;
  const held = criterion.compiled.inputs.filter((i) => i.form === 'line' && i.against !== null);
  const references = new Map<string | null, ReferenceValues>();
  const note = (key: string | null, said: Partial<ReferenceValues>) =>
    references.set(key, { lastYear: null, others: null, ...references.get(key), ...said });
  for (const [name, given] of Object.entries({ last_year, group })) {
    if (given === undefined) continue;
    const fits = held.filter(
      (i) => i.form === 'line' && (i.against?.reference === 'last_year') === (name === 'last_year'),
    );
    if (fits.length === 0) {
      diagnostics.push(error('unknown-key', { key: name }, at(name)));
      continue;
    }
    const map =
      typeof given === 'object' && !Array.isArray(given) ? (given as Record<string, unknown>) : null;
    const keys = fits.map((i) => i.key ?? '');
    if (map) diagnostics.push(...unknownParts(map, keys, at(name)));
    for (const input of fits) {
      if (input.form !== 'line') continue;
      const one = map ? map[input.key ?? ''] : given;
      if (one === undefined) continue;
      const path = map ? [...at(name), input.key ?? ''] : at(name);
      if (name === 'last_year') note(input.key, { lastYear: number(one as Scalar, input, path) });
      else {
        const others = (one as Scalar[]).map((v, i) => number(v, input, [...path, i]));
        note(input.key, { others: new Others(new GroupValues(others.filter((v) => v !== null)), null) });
      }
    }
  }
  return references;
}
