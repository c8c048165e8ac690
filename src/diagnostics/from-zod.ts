import type * as z from 'zod/mini';
import type { DiagnosticCode, DiagnosticParams } from './codes.js';
import { type Diagnostic, error, type KeyPath, type Result, resultOf } from './diagnostic.js';
import { nearest } from './suggest.js';

type Issue = z.core.$ZodIssue;

/** A map of keys to values, and no list. */
export const isMap = (value: unknown): value is Record<string | number, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function at(data: unknown, path: KeyPath): unknown {
  let here = data;
  for (const key of path) {
    if (typeof here !== 'object' || here === null) return undefined;
    here = (here as Record<string | number, unknown>)[key];
  }
  return here;
}

/** A short name of what stands there, for messages. */
export function kindOf(value: unknown): string {
  if (value === undefined || value === null || value === '') return 'nothing';
  if (Array.isArray(value)) return 'list';
  if (typeof value === 'object') return 'map';
  return 'text';
}

/** A value as a file writes it, in one line. */
function writtenAs(value: unknown): string {
  if (typeof value !== 'object' || value === null) return String(value ?? '');
  const inside = Array.isArray(value)
    ? value.map(writtenAs)
    : Object.entries(value).map(([key, one]) => `${key}: ${writtenAs(one)}`);
  return Array.isArray(value) ? `[${inside.join(', ')}]` : `{${inside.join(', ')}}`;
}

const NUMERAL = /^[-+]?\d+(?:[.,]\d+)?%?$/;

/** Raises a coded diagnostic from inside a zod transform or check. */
export function issue<C extends DiagnosticCode>(
  code: C,
  params: DiagnosticParams[C],
  input: unknown,
  path: (string | number)[] = [],
) {
  return { code: 'custom' as const, message: code, input, path, params: { diagnostic: code, with: params } };
}

function convert(fault: Issue, data: unknown, prefix: KeyPath): Diagnostic[] {
  const path = [...prefix, ...(fault.path as (string | number)[])];
  const value = at(data, fault.path as (string | number)[]);
  const wrongType = (expected: string) => [error('wrong-type', { expected, value: kindOf(value) }, path)];
  /** What is wrong with a value, unless there is none. */
  const unlessMissing = (otherwise: Diagnostic[]) =>
    kindOf(value) === 'nothing' ? [error('missing-key', { key: String(path.at(-1)) }, path)] : otherwise;
  const notOneOf = (options: string[]) => {
    const suggestion = nearest(writtenAs(value), options);
    return [error('not-one-of', { value: writtenAs(value), options, suggestion }, path)];
  };
  switch (fault.code) {
    case 'unrecognized_keys': {
      const keys = fault.message.split(' ');
      return fault.keys.map((key) =>
        error('unknown-key', { key, suggestion: nearest(key, keys), options: keys }, [...path, key]),
      );
    }
    case 'invalid_type':
      return path.length > prefix.length
        ? unlessMissing(wrongType(fault.expected))
        : wrongType(fault.expected);
    case 'invalid_value':
      return unlessMissing(notOneOf(fault.values.map(String)));
    case 'invalid_union': {
      const options = (fault as { options?: unknown[] }).options?.map(String);
      if (fault.discriminator && options) return notOneOf(options);
      const misfit = (i: { code: string; path: unknown[] }) =>
        i.path.length === 0 && (i.code === 'invalid_type' || i.code === 'invalid_union');
      const branches = fault.errors.filter((branch) => !branch.some(misfit));
      // What is wrong with a number is said of it as a number, not that it is no word.
      const asWord = (branch: Issue[]) =>
        NUMERAL.test(String(value)) && branch.some((i) => i.code === 'invalid_value') ? 1 : 0;
      const closest = branches.sort((a, b) => a.length - b.length || asWord(a) - asWord(b))[0];
      if (closest) return closest.flatMap((i) => convert(i as Issue, value, path));
      return unlessMissing(wrongType('text'));
    }
    case 'too_small':
      return [error('too-short', { least: Number(fault.minimum) }, path)];
    case 'custom': {
      const carried = fault.params as { diagnostic?: DiagnosticCode; with?: never } | undefined;
      if (carried?.diagnostic && carried.with) return [error(carried.diagnostic, carried.with, path)];
      return wrongType(fault.message);
    }
    default:
      return wrongType(fault.message);
  }
}

/** Every zod issue as a diagnostic, with its path into the data. */
export function fromZod(thrown: z.core.$ZodError, data: unknown, prefix: KeyPath = []): Diagnostic[] {
  return (thrown.issues as Issue[]).flatMap((i) => convert(i, data, prefix));
}

/** Data without what is faulty in it. */
interface Sound {
  data: unknown;
  /** Ids of the items that were left out. */
  left: ReadonlySet<string>;
  /** The place that something has in the whole data. */
  pathOf(path: KeyPath): KeyPath;
}

/**
 * Data without the keys that are unknown, and without the items of lists and maps (criteria, owners, actions …) that something else is
 * wrong with; `before` is what was done to the data already.
 */
function withoutFaulty(data: unknown, faults: readonly Diagnostic[], before?: Sound): Sound {
  const sound = structuredClone(data);
  const left = new Set(before?.left);
  const kept = new Map<string | number, number[]>();
  const items = faults.flatMap(({ code, path }) => {
    const [list, item] = path;
    if (code !== 'unknown-key') return [[list, item] as const];
    const holder = path
      .slice(0, -1)
      .reduce<unknown>((at, key) => (at as Record<string | number, unknown> | undefined)?.[key], sound);
    if (typeof holder === 'object' && holder !== null)
      delete (holder as Record<string | number, unknown>)[path.at(-1)!];
    return [];
  });
  for (const [list, item] of items) {
    const held = isMap(sound) && list !== undefined ? sound[list] : undefined;
    if (Array.isArray(held) && typeof item === 'number') {
      const positions = kept.get(list!) ?? held.map((_, i) => i);
      kept.set(
        list!,
        positions.filter((i) => i !== item),
      );
      if (isMap(held[item])) left.add(String(held[item].id));
    } else if (isMap(held) && item !== undefined) {
      left.add(String(item));
      delete held[item];
    } else if (isMap(sound) && list !== undefined) delete sound[list];
  }
  for (const [list, positions] of kept)
    (sound as Record<string | number, unknown>)[list] = positions.map(
      (i) => ((sound as Record<string | number, unknown>)[list] as unknown[])[i],
    );
  const pathOf = (path: KeyPath): KeyPath => {
    const [list, item, ...rest] = path;
    const at = typeof item === 'number' ? kept.get(list!)?.[item] : undefined;
    return at === undefined ? path : [list!, at, ...rest];
  };
  return { data: sound, left, pathOf: (path) => (before ? before.pathOf(pathOf(path)) : pathOf(path)) };
}

/**
 * What data of a shape makes, with all that is wrong: where parts of it have not even their shape, also the errors of
 * what can be read without those (`whole` is false then).
 */
export function parseWhole<D, T>(
  data: unknown,
  shape: { safeParse(data: unknown): z.core.util.SafeParseResult<D> },
  make: (data: D, whole: boolean) => { value: T; diagnostics: Diagnostic[] },
): Result<T> {
  let parsed = shape.safeParse(data);
  if (parsed.success) {
    const { value, diagnostics } = make(parsed.data, true);
    return resultOf(value, diagnostics);
  }
  const faults = fromZod(parsed.error, data);
  let rest = withoutFaulty(data, faults);
  parsed = shape.safeParse(rest.data);
  if (!parsed.success) {
    rest = withoutFaulty(rest.data, fromZod(parsed.error, rest.data), rest);
    parsed = shape.safeParse(rest.data);
  }
  const more = parsed.success ? make(parsed.data, false).diagnostics : [];
  const { left, pathOf } = rest;
  const told = more.filter(
    (d) =>
      d.severity === 'error' &&
      !(d.code.startsWith('unknown-') && 'value' in d.params && left.has(String(d.params.value))),
  );
  return { ok: false, diagnostics: [...faults, ...told.map((d) => ({ ...d, path: pathOf(d.path) }))] };
}
