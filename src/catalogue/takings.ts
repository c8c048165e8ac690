import type { Catalogue, Criterion, DeductsFrom } from './catalogue.js';
import { fieldsWithin } from './sums.js';

/** Criteria outside the scale that deduct from the same points. */
export interface Taking {
  from: DeductsFrom | null;
  criteria: Criterion[];
  /** Those that deduct from a part of these points, and so leave less of them; each stands earlier in the list. */
  within: Taking[];
}

/**
 * Who deducts from what, the narrowest first: criteria, then fields, then the score. What a part has lost already
 * is not there to be lost again, so that a deduction from the score never brings it below nothing.
 */
export function takingsOf(catalogue: Catalogue): Taking[] {
  const takings: Taking[] = [];
  for (const criterion of catalogue.criteria.filter((c) => c.outside)) {
    const { deductsFrom: from } = criterion;
    const same = takings.find((t) => JSON.stringify(t.from) === JSON.stringify(from));
    if (same) same.criteria.push(criterion);
    else takings.push({ from, criteria: [criterion], within: [] });
  }
  const reach = new Map(takings.map((t) => [t, reachOf(t.from, catalogue)]));
  // Of the same criteria those that are named go before the field that has them.
  const size = (t: Taking) => reach.get(t)!.size + (Array.isArray(t.from) ? 0 : 0.5);
  const last = (t: Taking) => (t.from === 'total' ? 1 : 0);
  takings.sort((p, q) => last(p) - last(q) || size(p) - size(q));
  takings.forEach((t, i) => {
    const isPart = (u: Taking) => u.from !== null && [...reach.get(u)!].every((id) => reach.get(t)!.has(id));
    t.within = takings.slice(0, i).filter((u) => t.from === 'total' || (t.from !== null && isPart(u)));
  });
  return takings;
}

/** The criteria whose points are deducted from. */
function reachOf(from: DeductsFrom | null, { fields, criteria }: Catalogue): ReadonlySet<string> {
  if (from === null || from === 'total') return new Set();
  if (Array.isArray(from)) return new Set(from);
  const within = fieldsWithin(fields, from.field);
  return new Set(criteria.filter((c) => !c.outside && within.has(c.field)).map((c) => c.id));
}
