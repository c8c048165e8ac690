import * as z from 'zod/mini';
import { bilingual, date, listOf, nonEmptyText, strictMap, text, year } from '../values/scalars.js';

// The likeliest first: a union asks its shapes in order, and each refusal costs.
const scalar = z.union([z.number(), z.string(), z.boolean()]);
const counts = z.record(z.string(), scalar);

/** A number for the one indicator, or by input where there are several. */
const byInput = z.union([scalar, z.record(z.string(), scalar)]);
const groupValues = listOf(scalar);

/** What one of several values is held against. */
const heldAgainst = {
  target: z.optional(scalar),
  leader: z.optional(scalar),
  last_year: z.optional(scalar),
  group: z.optional(groupValues),
};

/** One measured value: a scalar, a numerator and a denominator, or counted parts of a total. */
const measured = z.union([
  scalar,
  strictMap({ value: scalar, ...heldAgainst }),
  strictMap({ done: scalar, total: scalar, ...heldAgainst }),
  strictMap({ total: scalar, parts: counts, ...heldAgainst }),
  strictMap({ counts, ...heldAgainst }),
]);

/** A document that backs a value. */
const evidence = strictMap({
  title: z.optional(nonEmptyText),
  number: z.optional(nonEmptyText),
  date: z.optional(date),
  file: z.optional(nonEmptyText),
  link: z.optional(nonEmptyText),
});

const entry = strictMap({
  value: z.optional(scalar),
  done: z.optional(scalar),
  total: z.optional(scalar),
  expected: z.optional(scalar),
  plan: z.optional(scalar),
  months: z.optional(z.array(strictMap({ done: scalar, total: z.optional(scalar) }))),
  history: z.optional(z.array(scalar)),
  parts: z.optional(counts),
  counts: z.optional(counts),
  values: z.optional(z.record(z.string(), measured)),
  target: z.optional(scalar),
  leader: z.optional(scalar),
  last_year: z.optional(byInput),
  group: z.optional(z.union([groupValues, z.record(z.string(), groupValues)])),
  deducted: z.optional(scalar),
  exempt: z.optional(scalar),
  max: z.optional(scalar),
  self_scored: z.optional(scalar),
  appraised: z.optional(scalar),
  not_applicable: z.optional(scalar),
  provenance: z.optional(z.enum(['stated', 'inferred', 'assumed'])),
  source: z.optional(nonEmptyText),
  note: z.optional(bilingual),
  evidence: z.optional(z.array(evidence)),
});

export type EntryData = z.output<typeof entry>;

/** One indicator in YAML: a value alone, `not_applicable`, or a map. */
export const entryShape = z.union([scalar, entry]);

const ofReading = {
  unit: nonEmptyText,
  /** The unit's official code, which decides who it is where both sides give one. */
  code: z.optional(nonEmptyText),
  year,
  catalogue: nonEmptyText,
  kind: z.optional(nonEmptyText),
  note: z.optional(text),
};

/** The YAML shape of a reading. */
export const readingShape = strictMap({
  ...ofReading,
  indicators: z._default(z.record(z.string(), entryShape), () => ({})),
});

/** The same with its entries as they are, each to be read by its criterion. */
export const unreadShape = strictMap({
  ...ofReading,
  indicators: z._default(z.record(z.string(), z.unknown()), () => ({})),
});
