import { memoize } from './scalars.js';
import { fold, nearest } from './suggest.js';

/** A unit as a file names it: its name and, where given, its official code. */
export interface UnitName {
  unit: string;
  code?: string | null | undefined;
}

const TONE_MARKS = /[\u0300\u0301\u0303\u0309\u0323]/g;

/**
 * The name that two spellings of one unit share: Unicode form, blanks, case and the place of the tone mark in its
 * syllable (`Hòa`, `Hoà`) make no difference. Tone marks and prefixes do: `Xã Tân Thành` is not `Xã Tân Thạnh`, nor
 * `Huyện Cai Lậy` `Thị xã Cai Lậy`.
 */
export function unitKey(name: string): string {
  return name
    .normalize('NFKC')
    .replace(/[\u00d0\u0189]/g, '\u0110')
    .toLowerCase()
    .replace(/[\u200b-\u200d\ufeff\u00ad]/g, '')
    .replace(/\s+/g, ' ')
    .replace(/ ?[-\u2010-\u2015] ?/g, '-')
    .trim()
    .normalize('NFD')
    .replace(/[\p{L}\p{M}]+/gu, (word) => {
      const tones = word.match(TONE_MARKS);
      return tones ? word.replace(TONE_MARKS, '') + tones.join('') : word;
    });
}

/** The key of a unit's name; worked out once for a unit, since a league is asked for each of its units. */
const keyOf = memoize(({ unit }: UnitName) => unitKey(unit));

/** Whether two names are of one unit: by their codes where both have one, else by name. */
export const sameUnit = (a: UnitName, b: UnitName): boolean =>
  a.code && b.code ? a.code === b.code : unitKey(a.unit) === unitKey(b.unit);

/** For each of many units, the position of the first that is the same. */
export function firstOfSame(units: readonly UnitName[]): number[] {
  // Looked up by code and name: to compare ten thousand units with each other takes too long.
  const byCode = new Map<string, number>();
  const byName = new Map<string, number>();
  const codeless = new Map<string, number>();
  const first = (places: Map<string, number>, key: string, i: number): number => {
    const before = places.get(key);
    if (before === undefined) places.set(key, i);
    return before ?? i;
  };
  return units.map(({ unit, code }, i) => {
    const name = unitKey(unit);
    const named = first(byName, name, i);
    if (code) return Math.min(first(byCode, code, i), codeless.get(name) ?? i);
    first(codeless, name, i);
    return named;
  });
}

/** The one of several units that is meant, by code or by name; null when none is, or two by name alone. */
export function findSameUnit<T extends UnitName>(units: readonly T[], wanted: UnitName): T | null {
  const coded = wanted.code ? units.filter((u) => u.code === wanted.code) : [];
  if (coded.length > 0) return alone(coded);
  const key = unitKey(wanted.unit);
  return alone(units.filter((u) => !(u.code && wanted.code) && keyOf(u) === key));
}

const alone = <T>(items: readonly T[]): T | null => (items.length === 1 ? (items[0] ?? null) : null);

/** The one of several units that a text names or gives the code of; null when none is, or two are. */
export function findByNameOrCode<T extends UnitName>(units: readonly T[], text: string): T | null {
  const [code, key] = [text.trim(), unitKey(text)];
  return alone(units.filter((u) => u.code === code || keyOf(u) === key));
}

/** Whether a text is a unit's name or code. */
export const hasNameOrCode = (unit: UnitName, text: string): boolean =>
  unit.code === text.trim() || unitKey(unit.unit) === unitKey(text);

const PREFIX =
  /^(ubnd |uy ban nhan dan )?(huyen|thi xa|thanh pho|tp\.?|quan|xa|phuong|thi tran|so|tinh|dac khu) /;

/** The unit whose name differs from one in tone marks alone, or in the prefix too. */
export function twinOf(name: string, units: readonly string[]): string | undefined {
  const folded = units.map(fold);
  const bare = (text: string) => text.replace(PREFIX, '');
  const wanted = fold(name);
  const same = folded.indexOf(wanted);
  if (same >= 0) return units[same];
  // A name may begin as a prefix does: Quan Sơn is no quận.
  const alike = units.filter((_, i) => [wanted, bare(wanted)].includes(bare(folded[i]!)));
  return alike.find((u) => unitKey(u).endsWith(unitKey(name))) ?? alike[0];
}

/** The unit that a name may be a slip for: its twin, else the nearest. */
export const similarUnit = (name: string, units: readonly string[]): string | undefined =>
  twinOf(name, units) ?? nearest(name, units);

/** Those of several units that stand there twice, each once. */
export function repeatedUnits<T extends UnitName>(units: readonly T[]): T[] {
  const byName = new Map<string, T[]>();
  const codes = new Set<string>();
  return units.filter((u) => {
    const key = unitKey(u.unit);
    const before = byName.get(key) ?? [];
    byName.set(key, [...before, u]);
    const twice = (u.code && codes.has(u.code)) || before.some((other) => sameUnit(other, u));
    if (u.code) codes.add(u.code);
    return twice;
  });
}
