import * as z from 'zod/mini';
import { issue } from '../diagnostics/from-zod.js';
import { Fraction, ZERO } from '../exact/fraction.js';
import { countsShape } from '../rules/counts.js';
import { ruleShape } from '../rules/index.js';
import { type ProvenanceFields, provenanceKeys, readProvenance, sourced } from '../shapes/provenance.js';
import { bilingual, closed, decimal, flag, someText, whole, year } from '../shapes/scalars.js';

const ID = /^[\p{L}\p{N}]+([.\-_][\p{L}\p{N}]+)*$/u;

/** An id is text: letters and digits in parts joined by `.`, `-` or `_`; `1.10` is not `1.1`. */
const id = someText.check((ctx) => {
  if (!ID.test(ctx.value)) {
    ctx.issues.push(issue('wrong-type', { expected: 'id', value: 'text' }, ctx.value));
  }
});

const words = z.pipe(
  z.optional(bilingual),
  z.transform((text) => text ?? null),
);

const rule = z.pipe(
  ruleShape,
  z.transform((shape, ctx) => ({ shape, provenance: readProvenance(shape as ProvenanceFields, ctx) })),
);

/** What another criterion must be: a bound on its value, or its level; `else` is earned otherwise. */
const requires = closed({
  criterion: someText,
  input: z.optional(someText),
  at_least: z.optional(decimal),
  above: z.optional(decimal),
  at_most: z.optional(decimal),
  below: z.optional(decimal),
  is: z.optional(someText),
  else: z._default(z.union([z.literal('not_applicable'), decimal]), () => ZERO),
}).check((ctx) => {
  const { at_least, above, at_most, below, is } = ctx.value;
  const given = Object.entries({ at_least, above, at_most, below, is }).filter(
    ([, end]) => end !== undefined,
  );
  const [lower, upper] = [at_least ?? above, at_most ?? below];
  const twice = (at_least && above) || (at_most && below) || (is !== undefined && given.length > 1);
  if (given.length === 0) ctx.issues.push(issue('missing-key', { key: 'at_least' }, ctx.value));
  else if (twice || (lower && upper && lower.compare(upper) > 0))
    ctx.issues.push(issue('bad-bounds', { value: given.map(([key]) => key).join(', ') }, ctx.value));
});

/** A value as a reading gives it, what it earns, and why. */
const example = z.catchall(
  z.object({
    points: z.union([z.literal('max'), z.literal('not_applicable'), decimal]),
    because: words,
  }),
  z.unknown(),
);

const places = z.union([z.literal('none'), whole(0, 6)]);

/** Fields within each other; sums go down through them. */
const DEEPEST = 40;

const criterion = closed({
  id,
  name: bilingual,
  field: someText,
  owners: z.array(someText).check(z.minLength(1)),
  tracked_by: z._default(z.array(someText), []),
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
  deducts_from: z.optional(z.union([z.array(someText).check(z.minLength(1)), someText])),
  requires: z.optional(z.union([z.array(requires).check(z.minLength(1)), requires])),
  units: z.optional(z.array(someText).check(z.minLength(1))),
  otherwise: z.optional(z.enum(['max', 'not_applicable'])),
  examples: z._default(z.array(example), () => []),
});

const notListed = z.pipe(
  closed({ name: bilingual, ...provenanceKeys() }),
  z.transform((raw, ctx) => ({ name: raw.name, provenance: readProvenance(raw, ctx) })),
);

const condition = closed({
  each_field_at_least: z.optional(decimal),
  field: z.optional(someText),
  criterion: z.optional(someText),
  at_least: z.optional(decimal),
}).check((ctx) => {
  const { each_field_at_least, field, criterion, at_least } = ctx.value;
  const named = [each_field_at_least, field, criterion].filter((key) => key !== undefined);
  if (named.length !== 1) {
    const keys = ['each_field_at_least', 'field', 'criterion'];
    ctx.issues.push(issue('choose-one', { keys }, ctx.value));
  } else if (each_field_at_least && at_least)
    ctx.issues.push(issue('choose-one', { keys: ['each_field_at_least', 'at_least'] }, ctx.value));
  else if (!each_field_at_least && !at_least)
    ctx.issues.push(issue('missing-key', { key: 'at_least' }, ctx.value));
});

const band = z.pipe(
  closed({
    name: bilingual,
    at_least: decimal,
    and: z._default(z.array(condition), () => []),
    ...provenanceKeys(),
  }),
  z.transform((raw, ctx) => ({
    name: raw.name,
    atLeast: raw.at_least,
    and: raw.and,
    provenance: readProvenance(raw, ctx),
  })),
);

/** The YAML shape of a catalogue; what it says in prose is in docs/formats.md. */
export const catalogueShape = closed({
  id,
  name: bilingual,
  level: z.optional(bilingual),
  year,
  valid: z.optional(closed({ from: year, to: z.optional(year) })),
  decimals: z._default(whole(0, 6), 4),
  scale: sourced(),
  sources: z._default(
    z.record(
      z.string(),
      closed({
        title: bilingual,
        date: z.optional(someText),
        note: z.optional(bilingual),
        url: z.optional(someText),
      }),
    ),
    () => ({}),
  ),
  fields: z
    .array(
      closed({
        id,
        name: bilingual,
        parent: z.pipe(
          z.optional(someText),
          z.transform((id) => id ?? null),
        ),
        max: z.optional(decimal),
        cap: z.optional(decimal),
        weight: z._default(decimal, () => new Fraction(1)),
        combine: z._default(z.enum(['sum', 'mean', 'geometric']), 'sum'),
      }),
    )
    .check(z.minLength(1))
    .check((ctx) => {
      const parents = new Map(ctx.value.map((f) => [f.id, f.parent]));
      ctx.value.forEach((f, i) => {
        let depth = 0;
        for (let at: string | null | undefined = f.parent; at && depth <= DEEPEST; at = parents.get(at))
          depth++;
        if (depth === DEEPEST)
          ctx.issues.push(issue('too-deep', { limit: DEEPEST }, ctx.value, [i, 'parent']));
      });
    }),
  owners: z.record(
    z.string(),
    closed({
      en: z.optional(someText),
      aliases: z._default(z.array(someText), []),
      members: z._default(z.array(someText), []),
    }),
  ),
  criteria: z.array(criterion).check(z.minLength(1)),
  not_listed: z.optional(notListed),
  adjustments: z.optional(closed({ most: z.optional(decimal), least: z.optional(decimal) })),
  round: z.optional(
    closed({ criterion: z.optional(places), field: z.optional(places), total: z.optional(places) }),
  ),
  bands: z._default(z.array(band).check(z.minLength(1)), () => []),
});

export type CatalogueData = z.output<typeof catalogueShape>;
