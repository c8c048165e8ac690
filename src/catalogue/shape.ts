import * as z from 'zod/mini';
import { countsShape } from '../rules/counts.js';
import { ruleShape } from '../rules/index.js';
import { Fraction, ZERO } from '../values/fraction.js';
import { issue } from '../values/from-zod.js';
import { type ProvenanceFields, provenanceKeys, readProvenance, sourced } from '../values/provenance.js';
import {
  bilingual,
  decimal,
  flag,
  listOf,
  nonEmptyText,
  strictMap,
  transformed,
  wholeNumber,
  year,
} from '../values/scalars.js';

const ID = /^[\p{L}\p{N}]+([.\-_][\p{L}\p{N}]+)*$/u;

/** An id is text: letters and digits in parts joined by `.`, `-` or `_`; `1.10` is not `1.1`. */
const id = nonEmptyText.check((ctx) => {
  if (!ID.test(ctx.value)) ctx.issues.push(issue('wrong-type', { expected: 'id', value: 'text' }, ctx.value));
});

const words = transformed(z.optional(bilingual), (text) => text ?? null);

const rule = transformed(ruleShape, (shape, ctx) => ({
  shape,
  provenance: readProvenance(shape as ProvenanceFields, ctx),
}));

/** What another criterion must be: a bound on its value, or its level; `else` is earned otherwise. */
const requires = strictMap({
  criterion: nonEmptyText,
  input: z.optional(nonEmptyText),
  at_least: z.optional(decimal),
  above: z.optional(decimal),
  at_most: z.optional(decimal),
  below: z.optional(decimal),
  is: z.optional(nonEmptyText),
  else: z._default(z.union([z.literal('not_applicable'), decimal]), () => ZERO),
}).check((ctx) => {
  const { at_least, above, at_most, below, is } = ctx.value;
  const ends = Object.entries({ at_least, above, at_most, below, is });
  const given = ends.flatMap(([key, end]) => (end === undefined ? [] : [key]));
  const [lower, upper] = [at_least ?? above, at_most ?? below];
  const twice = (at_least && above) || (at_most && below) || (is !== undefined && given.length > 1);
  if (given.length === 0) ctx.issues.push(issue('missing-key', { key: 'at_least' }, ctx.value));
  else if (twice || (lower && upper && lower.compare(upper) > 0))
    ctx.issues.push(issue('bad-bounds', { value: given.join(', ') }, ctx.value));
});

/** A value as a reading gives it, what it earns, and why. */
const example = z.catchall(
  z.object({
    points: z.union([z.literal('max'), z.literal('not_applicable'), decimal]),
    because: words,
  }),
  z.unknown(),
);

const places = z.union([z.literal('none'), wholeNumber(0, 6)]);

/** Fields within each other; sums go down through them. */
const DEEPEST = 40;

const criterion = strictMap({
  id,
  name: bilingual,
  field: nonEmptyText,
  owners: listOf(nonEmptyText),
  tracked_by: z._default(z.array(nonEmptyText), []),
  indicator: words,
  requirement: words,
  limitation: words,
  action: words,
  evidence: words,
  exemption: words,
  basis: z._default(z.enum(['flow', 'plan']), 'flow'),
  max: sourced(),
  rule,
  /** Named counts of the rule's number; they may stand inside the rule as well. */
  measure: z.optional(countsShape()),
  outside: z._default(flag, false),
  deducts_from: z.optional(z.union([listOf(nonEmptyText), nonEmptyText])),
  requires: z.optional(z.union([listOf(requires), requires])),
  units: z.optional(listOf(nonEmptyText)),
  otherwise: z.optional(z.enum(['max', 'not_applicable'])),
  examples: z._default(z.array(example), () => []),
});

const notListed = transformed(strictMap({ name: bilingual, ...provenanceKeys() }), (raw, ctx) => ({
  name: raw.name,
  provenance: readProvenance(raw, ctx),
}));

const condition = strictMap({
  each_field_at_least: z.optional(decimal),
  field: z.optional(nonEmptyText),
  criterion: z.optional(nonEmptyText),
  at_least: z.optional(decimal),
}).check((ctx) => {
  const { each_field_at_least, field, criterion, at_least } = ctx.value;
  const ways = Object.entries({ each_field_at_least, field, criterion });
  if (ways.filter(([, given]) => given !== undefined).length !== 1)
    ctx.issues.push(issue('choose-one', { keys: ways.map(([key]) => key) }, ctx.value));
  else if (each_field_at_least && at_least)
    ctx.issues.push(issue('choose-one', { keys: ['each_field_at_least', 'at_least'] }, ctx.value));
  else if (!each_field_at_least && !at_least)
    ctx.issues.push(issue('missing-key', { key: 'at_least' }, ctx.value));
});

const bandData = strictMap({
  name: bilingual,
  at_least: decimal,
  and: z._default(z.array(condition), () => []),
  ...provenanceKeys(),
});

const band = transformed(bandData, ({ name, at_least: atLeast, and, ...raw }, ctx) => {
  const provenance = readProvenance(raw, ctx);
  return { name, atLeast, and, provenance };
});

/** The YAML shape of a catalogue; what it says in prose is in docs/formats.md. */
export const catalogueShape = strictMap({
  id,
  name: bilingual,
  level: z.optional(bilingual),
  year,
  valid: z.optional(strictMap({ from: year, to: z.optional(year) })),
  decimals: z._default(wholeNumber(0, 6), 4),
  scale: sourced(),
  sources: z._default(
    z.record(
      z.string(),
      strictMap({
        title: bilingual,
        date: z.optional(nonEmptyText),
        note: z.optional(bilingual),
        url: z.optional(nonEmptyText),
      }),
    ),
    () => ({}),
  ),
  fields: listOf(
    strictMap({
      id,
      name: bilingual,
      parent: transformed(z.optional(nonEmptyText), (id) => id ?? null),
      max: z.optional(decimal),
      cap: z.optional(decimal),
      weight: z._default(decimal, () => new Fraction(1)),
      combine: z._default(z.enum(['sum', 'mean', 'geometric']), 'sum'),
    }),
  ).check((ctx) => {
    const parents = new Map(ctx.value.map((f) => [f.id, f.parent]));
    ctx.value.forEach((f, i) => {
      let depth = 0;
      for (let at: string | null | undefined = f.parent; at && depth <= DEEPEST; at = parents.get(at))
        depth++;
      if (depth === DEEPEST) ctx.issues.push(issue('too-deep', { limit: DEEPEST }, ctx.value, [i, 'parent']));
    });
  }),
  owners: z.record(
    z.string(),
    strictMap({
      en: z.optional(nonEmptyText),
      aliases: z._default(z.array(nonEmptyText), []),
      members: z._default(z.array(nonEmptyText), []),
    }),
  ),
  criteria: listOf(criterion),
  not_listed: z.optional(notListed),
  adjustments: z.optional(strictMap({ most: z.optional(decimal), least: z.optional(decimal) })),
  round: z.optional(
    strictMap({ criterion: z.optional(places), field: z.optional(places), total: z.optional(places) }),
  ),
  bands: z._default(listOf(band), () => []),
});

export type CatalogueData = z.output<typeof catalogueShape>;
