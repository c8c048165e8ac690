import { type Diagnostic, error, type KeyPath } from '../values/diagnostic.js';
import { fromZod, isMap, kindOf } from '../values/from-zod.js';
import { year as yearShape } from '../values/scalars.js';
import { nearest } from '../values/suggest.js';

type Data = Record<string, unknown>;

/** Lists of a catalogue whose items have ids, and so merge by id. */
const BY_ID = ['fields', 'criteria'] as const;
const BY_KEY = ['sources', 'owners'];

/**
 * The data of a catalogue that extends another: its own keys go before the base's; sources and owners merge by
 * name, fields and criteria by id (a criterion may give only what differs), and `remove` takes criteria and owners
 * out.
 */
export function extend(whole: unknown, data: unknown): unknown {
  if (!isMap(whole) || !isMap(data)) return data;
  const { extends: _from, remove, ...rest } = data;
  const base = Array.isArray(remove) ? without(whole, new Set(remove.map(String))) : whole;
  const merged: Data = { ...base, ...rest };
  for (const key of BY_KEY) {
    if (isMap(base[key]) && isMap(data[key])) merged[key] = { ...base[key], ...data[key] };
  }
  for (const key of BY_ID) {
    if (Array.isArray(base[key]) && Array.isArray(data[key])) merged[key] = mergeById(base[key], data[key]);
  }
  return merged;
}

/** What a base has without criteria and owners that are taken out; those of the same id may come anew. */
function without(base: Data, out: ReadonlySet<string>): Data {
  const { criteria, owners } = base;
  return {
    ...base,
    ...(Array.isArray(criteria) && {
      criteria: criteria.filter((c) => !isMap(c) || !out.has(String(c.id))),
    }),
    ...(isMap(owners) && {
      owners: Object.fromEntries(Object.entries(owners).filter(([name]) => !out.has(name))),
    }),
  };
}

/** What is wrong with how a catalogue extends: a change given twice, or a `remove` of what the base has not. */
export function extendFaults(base: unknown, data: unknown): Diagnostic[] {
  if (!isMap(base) || !isMap(data)) return [];
  const twice = BY_ID.flatMap((key) => {
    const ids = Array.isArray(data[key]) ? data[key].map(idOf) : [];
    return ids.flatMap((id, i) =>
      id === undefined || ids.indexOf(id) === i ? [] : [error('duplicate-id', { id }, [key, i, 'id'])],
    );
  });
  return [...twice, ...removeFaults(base, data)];
}

function removeFaults(base: Data, data: Data): Diagnostic[] {
  if (data.remove === undefined) return [];
  if (!Array.isArray(data.remove))
    return [error('wrong-type', { expected: 'array', value: kindOf(data.remove) }, ['remove'])];
  const ids = Array.isArray(base.criteria) ? base.criteria.map((c) => String(isMap(c) ? c.id : c)) : [];
  const names = [...ids, ...(isMap(base.owners) ? Object.keys(base.owners) : [])];
  return data.remove.flatMap((item, i) => {
    const value = String(item);
    return names.includes(value)
      ? []
      : [error('unknown-criterion', { value, suggestion: nearest(value, names) }, ['remove', i])];
  });
}

const idOf = (item: unknown) => (isMap(item) ? String(item.id) : undefined);

function mergeById(base: readonly unknown[], data: readonly unknown[]): unknown[] {
  const changed = base.map((item) => {
    const change = data.find((o) => idOf(o) === idOf(item));
    return isMap(item) && isMap(change) ? { ...item, ...change } : item;
  });
  const ids = new Set(base.map(idOf));
  return [...changed, ...data.filter((o) => !ids.has(idOf(o)))];
}

/** Every `by_year` of a catalogue, with the path to it. */
function datedIn(value: unknown, path: KeyPath = []): { path: KeyPath; years: string[] }[] {
  if (Array.isArray(value)) return value.flatMap((item, i) => datedIn(item, [...path, i]));
  if (!isMap(value)) return [];
  return isMap(value.by_year)
    ? [{ path: [...path, 'by_year'], years: Object.keys(value.by_year) }]
    : Object.entries(value).flatMap(([key, item]) => datedIn(item, [...path, key]));
}

/** The years from which on some number is another, in order. */
export const datedYears = (data: unknown): number[] =>
  [...new Set(datedIn(data).flatMap(({ years }) => years))]
    .filter((key) => yearShape.safeParse(key).success)
    .map(Number)
    .sort((p, q) => p - q);

/** Under `by_year`: keys that are no years, and numbers without one for the first year that the catalogue holds. */
export function yearFaults(data: unknown): Diagnostic[] {
  const from = isMap(data) ? Number((isMap(data.valid) && data.valid.from) || data.year) : Number.NaN;
  return datedIn(data).flatMap(({ path, years }) => {
    const faults = years.flatMap((key) => {
      const parsed = yearShape.safeParse(key);
      return parsed.success ? [] : fromZod(parsed.error, key, [...path, key]);
    });
    const late = faults.length === 0 && years.every((key) => Number(key) > from);
    return late ? [error('missing-key', { key: String(from) }, path)] : faults;
  });
}

/**
 * Puts the value of a year in place of every `{by_year: {2022: …, 2024: …}}`: that of the latest year not after it.
 * A value there may be plain or carry its own provenance.
 */
export function atYear(data: unknown, year: number): unknown {
  if (Array.isArray(data)) return data.map((item) => atYear(item, year));
  if (!isMap(data)) return data;
  if (isMap(data.by_year)) {
    const chosen = datedYears(data).findLast((y) => y <= year);
    const { by_year: dated, ...rest } = data;
    const value = chosen === undefined ? undefined : (dated as Data)[String(chosen)];
    return isMap(value) ? { ...rest, ...value } : Object.keys(rest).length > 0 ? { ...rest, value } : value;
  }
  return Object.fromEntries(Object.entries(data).map(([key, item]) => [key, atYear(item, year)]));
}

/** The year to read a catalogue at: of those that it holds for, the one asked for or the nearest to it; else its own. */
export function yearOf(data: unknown, asked: number | undefined): number | undefined {
  if (!isMap(data)) return asked;
  const year = Number(data.year);
  if (asked === undefined || !isMap(data.valid)) return year;
  const [from, to] = [
    Number(data.valid.from),
    data.valid.to === undefined ? Number.POSITIVE_INFINITY : Number(data.valid.to),
  ];
  return from <= to ? Math.min(Math.max(asked, from), to) : year;
}
