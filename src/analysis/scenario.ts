import * as z from 'zod/mini';
import type { Catalogue } from '../catalogue/catalogue.js';
import { findInput } from '../catalogue/select.js';
import { type Diagnostic, error, type KeyPath, type Result, resultOf } from '../diagnostics/diagnostic.js';
import { fromZod } from '../diagnostics/from-zod.js';
import { parseEntry, parseInput } from '../reading/parse.js';
import type { Entry } from '../reading/reading.js';
import { entryShape } from '../reading/shape.js';
import { bilingual, closed } from '../shapes/scalars.js';
import type { Scenario } from './gain.js';

/** The YAML shape of a scenario file. */
export const scenarioShape = closed({
  name: bilingual,
  note: z.optional(bilingual),
  changes: z.record(z.string(), entryShape),
});

/** Checks a scenario file's data against the catalogue. */
export function parseScenario(
  data: unknown,
  catalogue: Catalogue,
  year: number = catalogue.year,
): Result<Scenario> {
  const parsed = scenarioShape.safeParse(data);
  if (!parsed.success) return { ok: false, diagnostics: fromZod(parsed.error, data) };
  const read = parseChanges(parsed.data.changes, catalogue, ['changes'], year);
  return resultOf({ name: parsed.data.name, changes: read.changes }, read.diagnostics);
}

/** Checks a map id → value, as scenario files and `--set` give it for a reading of `year`. Such values are assumed. */
export function parseChanges(
  data: Readonly<Record<string, unknown>>,
  catalogue: Catalogue,
  path: KeyPath = [],
  year: number = catalogue.year,
): { changes: Map<string, Entry>; diagnostics: Diagnostic[] } {
  const changes = new Map<string, Entry>();
  const diagnostics: Diagnostic[] = [];
  for (const [id, raw] of Object.entries(data)) {
    const found = findInput(catalogue, id);
    if (!('criterion' in found)) {
      diagnostics.push(
        error('unknown-criterion', { found: id, suggestion: found.suggestion }, [...path, id]),
      );
      continue;
    }
    const { criterion, index } = found;
    const at = [...path, id];
    const before = changes.get(criterion.id);
    if (before && (index === null || !before.inputs || before.inputs[index])) {
      diagnostics.push(error('two-values', { id: criterion.id, keys: [id] }, at));
      continue;
    }
    const read =
      index === null
        ? parseEntry(raw, criterion, catalogue.decimals, at, year)
        : parseInput(raw, criterion, index, at, year);
    diagnostics.push(...read.diagnostics);
    if (!read.entry) continue;
    const inputs = read.entry.inputs?.map((value, i) => value ?? before?.inputs?.[i] ?? null) ?? null;
    changes.set(criterion.id, { ...read.entry, inputs, provenance: 'assumed' });
  }
  return { changes, diagnostics };
}
