import { Fraction, fromNumber, toNumber, ZERO } from '../values/fraction.js';
import { groupBy } from '../values/grouping.js';
import { type Points, pointsToFraction, roundToPoints } from '../values/points.js';
import type { Catalogue, Criterion, DeductsFrom, Field } from './catalogue.js';

/** Points and the maximum that they are of, in the scheme's smallest parts, exact. */
export interface Amount {
  points: Fraction;
  max: Fraction;
}

/** Points of what the catalogue does not list, taken as earned in full: a scheme without such a line has nothing in it. */
export const notListedPoints = ({ notListed }: Pick<Catalogue, 'notListed'>): Points => notListed?.max ?? 0;

/** Ids of a field and of all fields below it. */
export function fieldsWithin(fields: readonly Field[], id: string): Set<string> {
  const below = fields.filter((f) => f.parent === id);
  return new Set([id, ...below.flatMap((f) => [...fieldsWithin(fields, f.id)])]);
}

const ONE = new Fraction(1);
/** Places that a root, which is seldom exact, is kept to before points are rounded. */
const ROOT_PLACES = 12;

/** The n-th root to twelve places; 0 of a negative number. */
function root(value: Fraction, n: number): Fraction {
  if (value.compare(ZERO) <= 0) return ZERO;
  const power = fromNumber(toNumber(value) ** (1 / n));
  const near = power.round(ROOT_PLACES);
  const whole = near.round(0);
  return whole.pow(n)?.equals(value) ? whole : near;
}

/** What a field makes of its parts: their sum, mean or geometric mean, then its cap, rounding and weight. */
export function combineParts(
  field: Field,
  parts: readonly Amount[],
  places: number | null,
  decimals: number,
): Amount {
  const count = new Fraction(Math.max(1, parts.length));
  const over = (key: 'points' | 'max'): Fraction => {
    const values = parts.map((p) => p[key]);
    // One part at or below 0 makes the mean 0: the product of two negatives would be a gain.
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
  // The maximum is rounded as the points are: who has every point has all of it.
  const made = (key: 'points' | 'max'): Fraction => {
    const x = over(key);
    const capped = field.cap !== null && x.compare(field.cap) > 0 ? new Fraction(field.cap) : x;
    return roundPlaces(capped, places, decimals).mul(field.weight);
  };
  return { points: made('points'), max: made('max') };
}

/**
 * The places that a criterion's points are rounded to, which may be fewer than the scheme's, and how many of the scheme's
 * smallest points one in the last of them is. Points that are not rounded are shown in the scheme's places.
 */
export function criterionRounding({ decimals, round }: Pick<Catalogue, 'decimals' | 'round'>) {
  const places = round.criterion ?? decimals;
  return { places, part: 10 ** (decimals - places) };
}

/** Smallest parts rounded to fewer places, half away from zero; null leaves them. */
export function roundPlaces(value: Fraction, places: number | null, decimals: number): Fraction {
  if (places === null) return value;
  const part = new Fraction(10n ** BigInt(decimals));
  return pointsToFraction(roundToPoints(value.div(part), places), places).mul(part);
}

/** The scheme's maximum as its fields combine it, of the kind of unit that has the most. */
export function listedMax(
  fields: readonly Field[],
  criteria: readonly Criterion[],
  round: { field: number | null; total: number | null },
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
      return parts.length === 0 ? null : combineParts(field, parts, round.field, decimals);
    };
    const tops = fields.filter((f) => f.parent === null).flatMap((f) => sum(f) ?? []);
    const unplaced = applies.filter((c) => !fields.some((f) => f.id === c.field)).map((c) => c.max);
    const total = tops.reduce((s, t) => s.add(t.max), ZERO).add(unplaced.reduce((s, m) => s + m, 0));
    return roundToPoints(roundPlaces(total, round.total, decimals), 0);
  };
  return Math.max(...[null, ...kinds].map(of));
}

/** Criteria outside the scale that deduct from the same points. */
export interface DeductionGroup {
  from: DeductsFrom | null;
  criteria: Criterion[];
  /** Those that deduct from a part of these points, and so leave less of them; each stands earlier in the list. */
  within: DeductionGroup[];
}

/**
 * Who deducts from what, the narrowest first: criteria, then fields, then the score. What a part has lost already
 * is not there to be lost again, so that a deduction from the score never brings it below 0.
 */
export function deductionGroups(catalogue: Catalogue): DeductionGroup[] {
  const outside = catalogue.criteria.filter((c) => c.outside);
  const alike = groupBy(outside, (c) => JSON.stringify(c.deductsFrom)).values();
  const groups = [...alike].map((criteria): DeductionGroup => {
    return { from: criteria[0]!.deductsFrom, criteria, within: [] };
  });
  const reach = new Map(groups.map((t) => [t, reachOf(t.from, catalogue)]));
  // Of the same criteria those that are named go before the field that has them.
  const size = (t: DeductionGroup) => reach.get(t)!.size + (Array.isArray(t.from) ? 0 : 0.5);
  const last = (t: DeductionGroup) => (t.from === 'total' ? 1 : 0);
  groups.sort((p, q) => last(p) - last(q) || size(p) - size(q));
  groups.forEach((t, i) => {
    const isPart = (u: DeductionGroup) =>
      u.from !== null && [...reach.get(u)!].every((id) => reach.get(t)!.has(id));
    t.within = groups.slice(0, i).filter((u) => t.from === 'total' || (t.from !== null && isPart(u)));
  });
  return groups;
}

/** The criteria whose points are deducted from. */
function reachOf(from: DeductsFrom | null, { fields, criteria }: Catalogue): ReadonlySet<string> {
  if (from === null || from === 'total') return new Set();
  if (Array.isArray(from)) return new Set(from);
  const within = fieldsWithin(fields, from.field);
  return new Set(criteria.filter((c) => !c.outside && within.has(c.field)).map((c) => c.id));
}
