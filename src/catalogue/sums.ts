import { Fraction, fromNumber, toNumber, ZERO } from '../exact/fraction.js';
import { type Points, roundToPoints } from '../exact/points.js';
import type { Criterion, Field } from './catalogue.js';

/** Points and the maximum that they are of, in the scheme's smallest parts, exact. */
export interface Amount {
  points: Fraction;
  max: Fraction;
}

/** Ids of a field and of all fields below it. */
export function fieldsWithin(fields: readonly Field[], id: string): Set<string> {
  const below = fields.filter((f) => f.parent === id);
  return new Set([id, ...below.flatMap((f) => [...fieldsWithin(fields, f.id)])]);
}

const ONE = new Fraction(1);
/** Places that a root, which is seldom exact, is kept to before points are rounded. */
const ROOT_PLACES = 12;

/** The n-th root to twelve places; nothing below nothing. */
function root(value: Fraction, n: number): Fraction {
  if (value.compare(ZERO) <= 0) return ZERO;
  const found = fromNumber(toNumber(value) ** (1 / n));
  const near = found.round(ROOT_PLACES);
  const whole = near.round(0);
  return whole.pow(n)?.equals(value) ? whole : near;
}

/** What a field makes of its parts: their sum, mean or geometric mean, then its cap, rounding and weight. */
export function combined(
  field: Field,
  parts: readonly Amount[],
  places: number | null,
  decimals: number,
): Amount {
  const count = new Fraction(Math.max(1, parts.length));
  const over = (key: 'points' | 'max'): Fraction => {
    const values = parts.map((p) => p[key]);
    // A part at or below nothing leaves nothing: two below it are no gain.
    if (field.combine === 'geometric')
      return values.some((x) => x.compare(ZERO) <= 0)
        ? ZERO
        : root(
            values.reduce((p, q) => p.mul(q), ONE),
            values.length,
          );
    const sum = values.reduce((p, q) => p.add(q), ZERO);
    return field.combine === 'mean' ? sum.div(count) : sum;
  };
  const capped = (x: Fraction): Fraction =>
    field.cap !== null && x.compare(field.cap) > 0 ? new Fraction(field.cap) : x;
  const points = rounded(capped(over('points')), places, decimals);
  return { points: points.mul(field.weight), max: capped(over('max')).mul(field.weight) };
}

/** Smallest parts rounded to fewer places, half away from zero; null leaves them. */
export function rounded(value: Fraction, places: number | null, decimals: number): Fraction {
  if (places === null) return value;
  const part = new Fraction(10n ** BigInt(decimals));
  return new Fraction(roundToPoints(value.div(part), places))
    .mul(part)
    .div(new Fraction(10n ** BigInt(places)));
}

/** The scheme's maximum as its fields combine it, of the kind of unit that has the most. */
export function listedMax(
  fields: readonly Field[],
  criteria: readonly Criterion[],
  decimals: number,
): Points {
  const kinds = [...new Set(criteria.flatMap((c) => c.units?.kinds ?? []))];
  const of = (kind: string | null): Points => {
    const applies = criteria.filter(
      (c) =>
        !c.outside &&
        (!c.units || c.units.otherwise === 'max' || (kind !== null && c.units.kinds.includes(kind))),
    );
    const sum = (field: Field): Amount | null => {
      const direct = applies.filter((c) => c.field === field.id).map((c) => new Fraction(c.max));
      const below = fields.filter((f) => f.parent === field.id).flatMap((f) => sum(f) ?? []);
      const parts = [...direct.map((max) => ({ points: max, max })), ...below];
      return parts.length === 0 ? null : combined(field, parts, null, decimals);
    };
    const tops = fields.filter((f) => f.parent === null).flatMap((f) => sum(f) ?? []);
    const unplaced = applies.filter((c) => !fields.some((f) => f.id === c.field)).map((c) => c.max);
    const total = tops.reduce((s, t) => s.add(t.max), ZERO).add(unplaced.reduce((s, m) => s + m, 0));
    return roundToPoints(total, 0);
  };
  return Math.max(...[null, ...kinds].map(of));
}
