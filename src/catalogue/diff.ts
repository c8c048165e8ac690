import type { Fraction } from '../values/fraction.js';
import { groupBy } from '../values/grouping.js';
import { type Points, pointsToNumber } from '../values/points.js';
import type { Catalogue, Criterion } from './catalogue.js';

/** What changed of one criterion; `moved` is the same criterion under another id. */
export interface CriterionChange {
  kind: 'added' | 'removed' | 'moved' | 'changed';
  before: Criterion | null;
  after: Criterion | null;
  /** Whether the rule differs in more than the maximum. */
  rule: boolean;
  max: { before: Points; after: Points } | null;
  owners: boolean;
  name: boolean;
  field: boolean;
  /**
   * Whether it counts otherwise: what it requires of others, for which units, whether within the scale, what an accepted
   * explanation earns, and what its total is of.
   */
  scope: boolean;
}

/** What a scheme says of its criteria together, by the key it has in the file. */
const OF_SCHEME = {
  fields: (c: Catalogue) =>
    c.fields.map(({ id, parent, cap, weight, combine }) => [id, parent, plain(cap, c), weight, combine]),
  not_listed: (c: Catalogue) => plain(c.notListed?.max ?? null, c),
  adjustments: (c: Catalogue) => [plain(c.adjustments.most, c), plain(c.adjustments.least, c)],
  round: (c: Catalogue) => c.round,
  bands: (c: Catalogue) => c.bands,
};

type Decimals = Pick<Catalogue, 'decimals'>;

/** Points as a number, whatever part they are counted in. */
const plain = (points: Points | null, { decimals }: Decimals) =>
  points === null ? null : pointsToNumber(points, decimals);

/** What a criterion that is in one of the two alone has of changes. */
const SAME = { rule: false, max: null, owners: false, name: false, field: false, scope: false } as const;

/** What changed from one catalogue to another. */
export interface CatalogueDiff {
  before: Catalogue;
  after: Catalogue;
  changes: CriterionChange[];
  scale: { before: Points; after: Points } | null;
  /** Keys of what the scheme says otherwise of its criteria together. */
  scheme: string[];
}

type Named = Pick<Criterion, 'id' | 'name'>;

/**
 * Which of the later scheme each of the earlier one's is: first by id and name; by a name that each has once, for a new one
 * in the middle moves the ids of those after it; by id, where the name is worded anew; then by names in order.
 */
export function counterparts<T extends Named>(before: readonly T[], after: readonly T[]): Map<T, T> {
  const nameOf = ({ name }: T) => name.vi;
  const byName = [before, after].map((all) => groupBy(all, nameOf));
  const keys: ((one: T) => string | null)[] = [
    ({ id, name }) => JSON.stringify([id, name.vi]),
    ({ name: { vi } }) => (byName.every((of) => of.get(vi)?.length === 1) ? vi : null),
    ({ id }) => id,
    nameOf,
  ];
  const found = new Map<T, T>();
  const left = new Set(after);
  for (const keyOf of keys) {
    const free = groupBy(left, keyOf);
    for (const old of before) {
      const key = keyOf(old);
      const now = found.has(old) || key === null ? undefined : free.get(key)?.shift();
      if (now === undefined) continue;
      found.set(old, now);
      left.delete(now);
    }
  }
  return found;
}

/** Compares two catalogues criterion by criterion. */
export function diffCatalogues(before: Catalogue, after: Catalogue): CatalogueDiff {
  const changes: CriterionChange[] = [];
  const found = counterparts(before.criteria, after.criteria);
  const taken = new Set(found.values());
  for (const old of before.criteria) {
    const change = changeOf(old, found.get(old) ?? null, before, after);
    if (change) changes.push(change);
  }
  for (const now of after.criteria)
    if (!taken.has(now)) changes.push({ kind: 'added', before: null, after: now, ...SAME });
  const scale =
    plain(before.scale, before) === plain(after.scale, after)
      ? null
      : { before: before.scale, after: after.scale };
  const scheme = Object.entries(OF_SCHEME).flatMap(([key, of]) =>
    shapeOf(of(before)) === shapeOf(of(after)) ? [] : [key],
  );
  return { before, after, changes, scale, scheme };
}

function changeOf(
  old: Criterion,
  now: Criterion | null,
  from: Decimals,
  to: Decimals,
): CriterionChange | null {
  if (!now) return { kind: 'removed', before: old, after: null, ...SAME };
  const moved = now.id !== old.id;
  const max = plain(old.max, from) === plain(now.max, to) ? null : { before: old.max, after: now.max };
  const rule = shapeOf(old.rule) !== shapeOf(now.rule);
  const owners = old.owners.join('\n') !== now.owners.join('\n');
  const name = old.name.vi !== now.name.vi;
  const field = old.field !== now.field;
  const counts = (c: Criterion, scale: Decimals) =>
    shapeOf([scopeOf(c, scale), c.basis, c.exemption !== null]);
  const scope = counts(old, from) !== counts(now, to);
  if (!moved && !max && !rule && !owners && !name && !field && !scope) return null;
  const how = { rule, max, owners, name, field, scope };
  return { kind: moved ? 'moved' : 'changed', before: old, after: now, ...how };
}

const scopeOf = ({ requires, outside, deductsFrom, units }: Criterion, scale: Decimals) => [
  requires.map(({ otherwise, ...r }) => [
    r,
    otherwise === 'not_applicable' ? otherwise : plain(otherwise, scale),
  ]),
  outside,
  deductsFrom,
  units,
];

/** Whether two criteria score alike: the same rule and maximum, wherever their numbers come from. */
export const sameRule = (p: Criterion, q: Criterion): boolean =>
  p.max === q.max && shapeOf(p.rule) === shapeOf(q.rule);

/** Whether two catalogues score alike, whatever files or years they were opened for: the same criteria in the same order. */
export const sameRules = (p: Catalogue, q: Catalogue): boolean =>
  p === q || (p.decimals === q.decimals && shapeOf(scoringOf(p)) === shapeOf(scoringOf(q)));

/** The ids of catalogues that do not all count and score alike; none where they do, as copies beside each unit. */
export function unlikeCatalogues(catalogues: Iterable<Catalogue>): string[] {
  const each = [...new Set(catalogues)];
  const counted = ({ criteria }: Catalogue) => criteria.map((c) => c.basis).join();
  const isAlike = (p: Catalogue, q: Catalogue) => sameRules(p, q) && counted(p) === counted(q);
  return each.every((other) => isAlike(other, each[0]!)) ? [] : each.map((c) => c.id);
}

const scoringOf = (c: Catalogue) => [
  c.scale,
  Object.values(OF_SCHEME).map((of) => of(c)),
  c.criteria.map((one) => [one.id, one.field, one.max, one.rule, scopeOf(one, c)]),
];

/** A rule's shape without where its numbers come from. */
function shapeOf(rule: unknown): string {
  return JSON.stringify(rule, (key, value) => {
    if (['provenance', 'source', 'place', 'working', 'reason'].includes(key)) return undefined;
    if (typeof value === 'bigint') return String(value);
    if (typeof value === 'object' && value !== null && 'n' in value && 'd' in value)
      return (value as Fraction).toFraction();
    return value;
  });
}
