import * as z from 'zod/mini';
import { issue } from '../diagnostics/from-zod.js';
import { countsShape } from '../rules/counts.js';
import { ruleShape } from '../rules/index.js';
import { type ProvenanceFields, provenanceKeys, readProvenance, sourced } from '../shapes/provenance.js';
import { bilingual, closed, decimal, someText, whole } from '../shapes/scalars.js';

const ID = /^[\p{L}\p{N}]+([.\-_][\p{L}\p{N}]+)*$/u;

/** An id is text: letters and digits in parts joined by `.`, `-` or `_`; `1.10` is not `1.1`. */
const id = someText.check((ctx) => {
  if (!ID.test(ctx.value)) {
    ctx.issues.push(issue('wrong-type', { expected: 'id', found: 'text' }, ctx.value));
  }
});

const rule = z.pipe(
  ruleShape,
  z.transform((shape, ctx) => ({ shape, provenance: readProvenance(shape as ProvenanceFields, ctx) })),
);

const criterion = closed({
  id,
  name: bilingual,
  field: someText,
  owners: z.array(someText).check(z.minLength(1)),
  tracked_by: z._default(z.array(someText), []),
  indicator: z.optional(bilingual),
  requirement: z.optional(bilingual),
  limitation: z.optional(bilingual),
  action: z.optional(bilingual),
  evidence: z.optional(bilingual),
  exemption: z.optional(bilingual),
  max: sourced(),
  rule,
  /** Named counts of the rule's number; they may stand inside the rule as well. */
  measure: z.optional(countsShape()),
});

const notListed = z.pipe(
  closed({ name: bilingual, ...provenanceKeys() }),
  z.transform((raw, ctx) => ({ name: raw.name, provenance: readProvenance(raw, ctx) })),
);

const band = z.pipe(
  closed({ name: bilingual, at_least: decimal, ...provenanceKeys() }),
  z.transform((raw, ctx) => ({
    name: raw.name,
    atLeast: raw.at_least,
    provenance: readProvenance(raw, ctx),
  })),
);

/** The YAML shape of a catalogue; what it says in prose is in docs/formats.md. */
export const catalogueShape = closed({
  id,
  name: bilingual,
  level: z.optional(bilingual),
  year: whole(1990, 2200),
  valid: z.optional(closed({ from: whole(1990, 2200), to: z.optional(whole(1990, 2200)) })),
  decimals: z._default(whole(0, 6), 4),
  scale: sourced(),
  sources: z.record(
    z.string(),
    closed({
      title: bilingual,
      date: z.optional(someText),
      note: z.optional(bilingual),
      url: z.optional(someText),
    }),
  ),
  fields: z
    .array(closed({ id, name: bilingual, parent: z.optional(someText), max: z.optional(decimal) }))
    .check(z.minLength(1)),
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
  bands: z._default(z.array(band).check(z.minLength(1)), () => []),
});

export type CatalogueData = z.output<typeof catalogueShape>;
