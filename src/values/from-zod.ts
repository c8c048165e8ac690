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

/** What is wrong by each alternative of a union, with those of a union in it. */
const branchesOf = (branches: readonly Issue[][]): Issue[][] =>
  branches.flatMap((branch) => {
    const [first] = branch;
    return branch.length === 1 && first?.code === 'invalid_union' && first.path.length === 0
      ? branchesOf(first.errors)
      : [branch];
  });

function convert(fault: Issue, data: unknown, prefix: KeyPath): Diagnostic[] {
  const path = [...prefix, ...(fault.path as (string | number)[])];
  const value = at(data, fault.path as (string | number)[]);
  const wrongType = (expected: string) => [error('wrong-type', { expected, value: kindOf(value) }, path)];
  /** What is wrong with a value, unless there is none. */
  const unlessMissing = (otherwise: Diagnostic[]) =>
    kindOf(value) === 'nothing' ? [error('missing-key', { key: String(path.at(-1)) }, path)] : otherwise;
  const notOneOf = (options: string[], number = false) => {
    const suggestion = nearest(writtenAs(value), options);
    return [error('not-one-of', { value: writtenAs(value), options, suggestion, number }, path)];
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
      const isText = kindOf(value) === 'text';
      const misfit = (i: { code: string; path: unknown[] }) =>
        i.path.length === 0 && (i.code === 'invalid_type' || i.code === 'invalid_union');
      const all = isText ? branchesOf(fault.errors) : fault.errors;
      const branches = all.filter((branch) => !branch.some(misfit));
      // A word where words or a number may stand: all of them are named.
      const words = branches.flatMap(([i]) => (i?.code === 'invalid_value' ? i.values.map(String) : []));
      const isNumber = ([i]: Issue[]) => i?.code === 'custom' && i.params?.diagnostic === 'not-a-number';
      const numbers = branches.filter(isNumber).length;
      if (
        isText &&
        words.length > 0 &&
        !NUMERAL.test(String(value)) &&
        words.length + numbers === branches.length
      )
        return unlessMissing(notOneOf(words, numbers > 0));
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
  /** By list: where each item that is left stood at first. */
  places: Map<string | number, number[]>;
  /** Ids of the items that were taken out. */
  out: Set<string>;
}

/** Takes out unknown keys, and items of lists and maps (criteria, owners, actions …) that something else is wrong with. */
function takeOut({ data, places, out }: Sound, faults: readonly Diagnostic[]): void {
  const taken = new Map<string | number, Set<string | number | undefined>>();
  for (const { code, path } of faults) {
    const [list, item] = path;
    const holder = at(data, path.slice(0, -1));
    if (code !== 'unknown-key') taken.set(list ?? '', (taken.get(list ?? '') ?? new Set()).add(item));
    else if (typeof holder === 'object' && holder !== null) Reflect.deleteProperty(holder, path.at(-1)!);
  }
  if (!isMap(data)) return;
  for (const [list, items] of taken) {
    const held = data[list];
    if (Array.isArray(held) && !items.has(undefined)) {
      const stays = (_: unknown, i: number) => !items.has(i);
      for (const i of items) if (isMap(held[i as number])) out.add(String(held[i as number].id));
      places.set(list, (places.get(list) ?? held.map((_, i) => i)).filter(stays));
      data[list] = held.filter(stays);
    } else if (isMap(held) && !items.has(undefined)) {
      for (const key of items) {
        out.add(String(key));
        delete held[key!];
      }
    } else delete data[list];
  }
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
  const sound: Sound = { data: structuredClone(data), places: new Map(), out: new Set() };
  // An item that is taken out may leave another at fault.
  for (let rounds = 2; rounds > 0 && !parsed.success; rounds--) {
    takeOut(sound, fromZod(parsed.error, sound.data));
    parsed = shape.safeParse(sound.data);
  }
  const more = parsed.success ? make(parsed.data, false).diagnostics : [];
  const ofTakenOut = ({ code, params }: Diagnostic) =>
    code.startsWith('unknown-') && 'value' in params && sound.out.has(String(params.value));
  const told = more.filter((d) => d.severity === 'error' && !ofTakenOut(d));
  const placed = told.map((d) => {
    const [list = '', item, ...rest] = d.path;
    const place = typeof item === 'number' ? sound.places.get(list)?.[item] : undefined;
    return place === undefined ? d : { ...d, path: [list, place, ...rest] };
  });
  // What lacks a value under the name of an unknown key is told by that.
  const holders = new Set(faults.flatMap((d) => (d.code === 'unknown-key' ? [holderOf(d)] : [])));
  const diagnostics = [...faults, ...placed].filter((d) => !holders.has(JSON.stringify(d.path)));
  return { ok: false, diagnostics };
}

const holderOf = ({ path }: Diagnostic): string => JSON.stringify(path.slice(0, -1));
