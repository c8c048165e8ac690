import * as z from 'zod/mini';
import type { Catalogue } from '../catalogue/catalogue.js';
import { type Diagnostic, error, type Result, resultOf, warning } from '../diagnostics/diagnostic.js';
import { fromZod } from '../diagnostics/from-zod.js';

import { type Fraction, ZERO } from '../exact/fraction.js';
import { isInCycle } from '../exact/search.js';
import type { Entry, Reading } from '../reading/reading.js';
import type { ProvenanceKind } from '../shapes/provenance.js';
import { bilingual, nonEmptyText, strictMap } from '../shapes/scalars.js';
import { findSameUnit, repeatedUnits, similarUnit, type UnitName, unitKey } from '../shapes/unit.js';

/** The YAML shape of a units file. */
export const unitsShape = strictMap({
  name: z.optional(bilingual),
  units: z
    .array(
      strictMap({
        unit: nonEmptyText,
        code: z.optional(nonEmptyText),
        parent: z.optional(nonEmptyText),
        groups: z._default(z.array(nonEmptyText), []),
      }),
    )
    .check(z.minLength(1)),
});

/** A unit as the file of units lists it: what it is part of, and the groups it is ranked in. */
export interface ListedUnit {
  unit: string;
  /** Its official code. */
  code: string | null;
  parent: string | null;
  groups: string[];
}

/** Checks a units file: every unit once, and no unit over its parents part of itself. */
export function parseUnits(data: unknown): Result<ListedUnit[]> {
  const parsed = unitsShape.safeParse(data);
  if (!parsed.success) return { ok: false, diagnostics: fromZod(parsed.error, data) };
  const units = parsed.data.units.map(
    ({ unit, code = null, parent = null, groups }): ListedUnit => ({ unit, code, parent, groups }),
  );
  const diagnostics: Diagnostic[] = [];
  const parents = new Map(units.map((u) => [unitKey(u.unit), u.parent === null ? null : unitKey(u.parent)]));
  const twice = new Set(repeatedUnits(units));
  units.forEach((u, i) => {
    const { unit } = u;
    if (twice.has(u)) diagnostics.push(error('duplicate-unit', { unit }, ['units', i, 'unit']));
    if (isInCycle(unitKey(unit), (of) => parents.get(of), units.length))
      diagnostics.push(error('unit-circle', { unit }, ['units', i, 'parent']));
  });
  return resultOf(units, diagnostics);
}

/** A unit as listed; null when the file does not name it. */
export const findListed = (units: readonly ListedUnit[], unit: UnitName): ListedUnit | null =>
  findSameUnit(units, unit);

/** All units below another, at any depth. */
function below(units: readonly ListedUnit[], parent: string): ListedUnit[] {
  const children = units.filter((u) => u.parent !== null && unitKey(u.parent) === unitKey(parent));
  return children.flatMap((c) => [c, ...below(units, c.unit)]);
}

/** A sum as a number, or in digits where no number has them all. */
function sum(values: readonly Fraction[]): number | string {
  const digits = values.reduce((s, v) => s.add(v), ZERO).toString();
  return String(Number(digits)) === digits ? Number(digits) : digits;
}

/** A sum of values that are not all stated is not either. */
function weakest(entries: readonly { entry: Entry }[]): { provenance?: ProvenanceKind } {
  const kinds = entries.map(({ entry }) => entry.provenance);
  const provenance = (['assumed', 'inferred'] as const).find((kind) => kinds.includes(kind));
  return provenance ? { provenance } : {};
}

/** A parent's reading as a file writes it, with what could not be added up. */
export interface Aggregate {
  data: { unit: string; code?: string; year: number; catalogue: string; indicators: Record<string, unknown> };
  from: string[];
}

/**
 * Adds up the readings of the units below a parent: done and total of ratios, numbers of counts. Percents without
 * their counts are not averaged, levels not mixed, and what a unit has no value of is not added up without it: such
 * criteria stay unknown, each with the reason. A sum is as much assumed as the most assumed of its values.
 */
export function aggregate(
  parent: string,
  children: readonly Reading[],
  catalogue: Catalogue,
  units: readonly ListedUnit[],
): Result<Aggregate> {
  const diagnostics: Diagnostic[] = [];
  const named = below(units, parent);
  if (named.length === 0) {
    const parents = [...new Set(units.flatMap((u) => u.parent ?? []))];
    return {
      ok: false,
      diagnostics: [error('unknown-unit', { value: parent, suggestion: similarUnit(parent, parents) })],
    };
  }
  const leaves = named.filter((u) => below(units, u.unit).length === 0);
  const readings = leaves.map((u) => findSameUnit(children, u));
  const missing = leaves.filter((_, i) => !readings[i]).map((u) => u.unit);
  const present = readings.filter((r) => r !== null);
  if (missing.length > 0) {
    const tell = present.length > 0 ? warning : error;
    diagnostics.push(tell('children-missing', { parent, units: missing }));
  }
  const indicators: Record<string, unknown> = {};
  for (const criterion of catalogue.criteria) {
    const { id, compiled } = criterion;
    const lacking = present.filter((r) => !r.entries.has(id)).map((r) => r.unit);
    if (lacking.length === present.length) continue;
    if (lacking.length > 0) {
      diagnostics.push(warning('children-without-value', { id, units: lacking.slice(0, 5) }));
      continue;
    }
    const entries = present
      .map((r) => ({ unit: r.unit, entry: r.entries.get(id)! }))
      .filter((e) => !e.entry.notApplicable);
    if (entries.length === 0) continue;
    const [input, ...others] = compiled.inputs;
    if (!input) continue;
    const line = input.form === 'line' ? input : null;
    const alone = others.length === 0 ? line : null;
    const ratios = entries.map((e) => e.entry.value?.ratio ?? null);
    const numbers = entries.map((e) => {
      const x = e.entry.value?.inputs[0];
      return x?.form === 'number' ? x.x : null;
    });
    if (alone && !alone.share && !alone.counts && ratios.every((r) => r !== null)) {
      const counts = { done: sum(ratios.map((r) => r.done)), total: sum(ratios.map((r) => r.total)) };
      indicators[id] = { ...counts, ...weakest(entries) };
    } else if (alone?.quantity === 'count' && numbers.every((x) => x !== null)) {
      const value = sum(numbers);
      const kind = weakest(entries);
      indicators[id] = kind.provenance ? { value, ...kind } : value;
    } else {
      const units = entries.filter((_, i) => !ratios[i]).map((e) => e.unit);
      const code = line?.quantity === 'percent' ? 'no-average' : 'not-additive';
      diagnostics.push(warning(code, { id, units: units.slice(0, 5) }));
    }
  }
  const code = findListed(units, { unit: parent })?.code;
  const year = present[0]?.year ?? catalogue.year;
  return resultOf(
    {
      data: { unit: parent, ...(code && { code }), year, catalogue: catalogue.id, indicators },
      from: present.map((r) => r.unit),
    },
    diagnostics,
  );
}
