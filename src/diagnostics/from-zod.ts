import type * as z from 'zod/mini';
import type { DiagnosticCode, DiagnosticParams } from './codes.js';
import { type Diagnostic, error, type KeyPath } from './diagnostic.js';
import { nearest } from './suggest.js';

type Issue = z.core.$ZodIssue;

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
