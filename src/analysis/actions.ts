import * as z from 'zod/mini';
import type { Catalogue } from '../catalogue/catalogue.js';
import { findOwner } from '../catalogue/select.js';
import { type Diagnostic, error, type Result, resultOf } from '../diagnostics/diagnostic.js';
import { fromZod } from '../diagnostics/from-zod.js';
import { nearest } from '../diagnostics/suggest.js';
import type { Fraction } from '../exact/fraction.js';
import type { Entry } from '../reading/reading.js';
import { entryShape } from '../reading/shape.js';
import { type Bilingual, bilingual, closed, date, decimal, someText } from '../shapes/scalars.js';
import { parseChanges } from './whatif.js';

/** The YAML shape of an actions file. */
export const actionsShape = closed({
  name: bilingual,
  actions: z
    .array(
      closed({
        id: someText,
        name: bilingual,
        owner: z.optional(someText),
        cost: decimal,
        changes: z.record(z.string(), entryShape),
        requires: z._default(z.array(someText), []),
        excludes: z._default(z.array(someText), []),
        deadline: z.optional(date),
      }),
    )
    .check(z.minLength(1)),
});

/** A change with a cost and an owner. */
export interface Action {
  id: string;
  name: Bilingual;
  /** The lead unit that the file names; null: each criterion's own. */
  owner: string | null;
  /** That lead unit, else those of the criteria it changes. */
  owners: string[];
  cost: Fraction;
  changes: ReadonlyMap<string, Entry>;
  requires: string[];
  excludes: string[];
  deadline: string | null;
}

/** Checks an actions file's data against the catalogue. */
export function parseActions(
  data: unknown,
  catalogue: Catalogue,
  year: number = catalogue.year,
): Result<Action[]> {
  const parsed = actionsShape.safeParse(data);
  if (!parsed.success) return { ok: false, diagnostics: fromZod(parsed.error, data) };
  const diagnostics: Diagnostic[] = [];
  const ids = parsed.data.actions.map((a) => a.id);
  const actions = parsed.data.actions.map((raw, i): Action => {
    const path = ['actions', i];
    if (ids.indexOf(raw.id) < i) diagnostics.push(error('duplicate-id', { id: raw.id }, [...path, 'id']));
    if (raw.cost.s < 0n) {
      diagnostics.push(error('out-of-range', { value: raw.cost.toString(), min: 0 }, [...path, 'cost']));
    }
    const read = parseChanges(raw.changes, catalogue, [...path, 'changes'], year);
    diagnostics.push(...read.diagnostics);
    for (const [id, entry] of read.changes) {
      if (entry.notApplicable)
        diagnostics.push(error('action-not-applicable', { id }, [...path, 'changes', id]));
    }
    for (const key of ['requires', 'excludes'] as const) {
      raw[key].forEach((other, k) => {
        if (!ids.includes(other)) {
          diagnostics.push(
            error('unknown-action', { value: other, suggestion: nearest(other, ids) }, [...path, key, k]),
          );
        }
      });
    }
    const owner = raw.owner === undefined ? null : findOwner(catalogue, raw.owner);
    if (owner && !('id' in owner)) {
      diagnostics.push(
        error('unknown-owner', { value: raw.owner!, suggestion: owner.suggestion }, [...path, 'owner']),
      );
    }
    const led = catalogue.criteria.filter((c) => read.changes.has(c.id)).flatMap((c) => c.owners);
    return {
      id: raw.id,
      name: raw.name,
      owner: owner && 'id' in owner ? owner.id : null,
      owners: owner && 'id' in owner ? [owner.id] : [...new Set(led)],
      cost: raw.cost,
      changes: read.changes,
      requires: raw.requires,
      excludes: raw.excludes,
      deadline: raw.deadline ?? null,
    };
  });
  return resultOf(actions, diagnostics);
}
