import * as z from 'zod/mini';
import type { Fraction } from './fraction.js';
import { issue } from './from-zod.js';
import { type Bilingual, bilingual, decimal, lazy, nonEmptyText, strictMap, transformed } from './scalars.js';

/** Where a number comes from: a document that states it, a working, or an assumption. */
export type Provenance =
  | { kind: 'stated'; source: string; place?: Bilingual }
  | { kind: 'inferred'; working: Bilingual }
  | { kind: 'assumed'; reason: Bilingual };

export type ProvenanceKind = Provenance['kind'];

/** Keys that may stand beside any number that says where it comes from. */
export const provenanceKeys = lazy(() => ({
  provenance: z.optional(z.enum(['stated', 'inferred', 'assumed'])),
  source: z.optional(nonEmptyText),
  place: z.optional(bilingual),
  working: z.optional(bilingual),
  reason: z.optional(bilingual),
}));

export type ProvenanceFields = z.output<z.ZodMiniObject<ReturnType<typeof provenanceKeys>>>;

interface Payload {
  issues: { push(added: ReturnType<typeof issue>): unknown };
}

/** Reads the provenance keys of a map; each kind must bring what backs it. */
export function readProvenance(fields: ProvenanceFields, ctx: Payload): Provenance | undefined {
  const { provenance: kind, source, place, working, reason } = fields;
  if (kind === undefined) return undefined;
  if (kind === 'stated' && source) return { kind, source, ...(place && { place }) };
  if (kind === 'inferred' && working) return { kind, working };
  if (kind === 'assumed' && reason) return { kind, reason };
  const wants = { stated: 'source', inferred: 'working', assumed: 'reason' }[kind];
  ctx.issues.push(issue('provenance-incomplete', { provenance: kind, wants }, fields, ['provenance']));
  return undefined;
}

/** A number with its provenance; undefined where that of what surrounds it holds. */
export class Sourced {
  constructor(
    readonly value: Fraction,
    readonly provenance: Provenance | undefined,
  ) {}
}

/** A plain number, or `{value, provenance, …}`. */
export const sourced = lazy(() =>
  z.union([
    transformed(decimal, (value) => new Sourced(value, undefined)),
    transformed(
      strictMap({ value: decimal, ...provenanceKeys() }),
      (raw, ctx) => new Sourced(raw.value, readProvenance(raw, ctx)),
    ),
  ]),
);

/** A sourced number above 0. */
export const positive = lazy(() =>
  sourced().check((ctx) => {
    const { value } = ctx.value;
    if (value.s <= 0n || value.n === 0n)
      ctx.issues.push(issue('out-of-range', { value: value.toString(), above: 0 }, ctx.value));
  }),
);

/** Every sourced number inside a parsed shape, with the path to it. */
export function sourcedWithin(
  shape: unknown,
  path: (string | number)[] = [],
): { path: (string | number)[]; number: Sourced }[] {
  if (shape instanceof Sourced) return [{ path, number: shape }];
  if (Array.isArray(shape)) return shape.flatMap((item, i) => sourcedWithin(item, [...path, i]));
  if (typeof shape === 'object' && shape !== null && Object.getPrototypeOf(shape) === Object.prototype) {
    return Object.entries(shape).flatMap(([key, item]) => sourcedWithin(item, [...path, key]));
  }
  return [];
}
