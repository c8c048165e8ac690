import * as z from 'zod/mini';
import type { Catalogue, Criterion } from '../catalogue/catalogue.js';
import { isForKind } from '../catalogue/select.js';
import { missingForms } from '../reading/collect.js';
import type { Entry, Ratio, Reading } from '../reading/reading.js';
import { type Diagnostic, error, failure, type Result, resultOf, warning } from '../values/diagnostic.js';
import { type Fraction, ZERO } from '../values/fraction.js';
import { parseWhole } from '../values/from-zod.js';
import type { ProvenanceKind } from '../values/provenance.js';
import { bilingual, listOf, nonEmptyText, strictMap } from '../values/scalars.js';
import { isInCycle } from '../values/search.js';
import { findSameUnit, repeatedUnits, similarUnit, type UnitName, unitKey } from '../values/unit.js';

/** The YAML shape of a units file. */
export const unitsShape = strictMap({
  name: z.optional(bilingual),
  units: listOf(
    strictMap({
      unit: nonEmptyText,
      code: z.optional(nonEmptyText),
      parent: z.optional(nonEmptyText),
      groups: z._default(z.array(nonEmptyText), []),
    }),
  ),
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
  return parseWhole(data, unitsShape, (raw) => listedUnits(raw));
}

function listedUnits(raw: z.infer<typeof unitsShape>): { value: ListedUnit[]; diagnostics: Diagnostic[] } {
  const value = raw.units.map(
    ({ unit, code = null, parent = null, groups }): ListedUnit => ({ unit, code, parent, groups }),
  );
  const diagnostics: Diagnostic[] = [];
  const parents = new Map(value.map((u) => [unitKey(u.unit), u.parent === null ? null : unitKey(u.parent)]));
  const twice = new Set(repeatedUnits(value));
  value.forEach((u, i) => {
    const { unit } = u;
    if (twice.has(u)) diagnostics.push(error('duplicate-unit', { unit }, ['units', i, 'unit']));
    if (isInCycle(unitKey(unit), (of) => parents.get(of), value.length))
      diagnostics.push(error('unit-circle', { unit }, ['units', i, 'parent']));
  });
  return { value, diagnostics };
}

/** The groups that a unit is ranked in, its parent's among them. */
const groupsIn = ({ groups, parent }: ListedUnit): string[] => [
  ...groups,
  ...(parent === null ? [] : [parent]),
];

/** The members of each group, in the order in which the file of units names them. */
export function membersByGroup<T extends UnitName>(
  units: readonly ListedUnit[],
  some: readonly T[],
): { name: string; members: T[] }[] {
  const groups = new Map<string, { name: string; members: T[] }>();
  for (const name of units.flatMap(groupsIn))
    if (!groups.has(unitKey(name))) groups.set(unitKey(name), { name, members: [] });
  for (const one of some) {
    const listed = findSameUnit(units, one);
    for (const key of new Set(listed ? groupsIn(listed).map(unitKey) : []))
      groups.get(key)!.members.push(one);
  }
  return [...groups.values()];
}

/** The units that share a group with any of these, without those that others are below. */
function peersOf(units: readonly ListedUnit[], some: readonly UnitName[]): ListedUnit[] {
  const parents = new Set(units.flatMap(({ parent }) => (parent === null ? [] : [unitKey(parent)])));
  const shared = new Set(
    some.flatMap((u) => findSameUnit(units, u) ?? []).flatMap((u) => groupsIn(u).map(unitKey)),
  );
  const isLeaf = ({ unit }: ListedUnit) => !parents.has(unitKey(unit));
  return units.filter((u) => isLeaf(u) && groupsIn(u).some((name) => shared.has(unitKey(name))));
}

/** Units that the file of units does not name, and those that it names beside them and that did not come. */
export function heldAgainst(units: readonly ListedUnit[], came: readonly UnitName[]): Diagnostic[] {
  const unplaced = came.filter((unit) => !findSameUnit(units, unit)).map(({ unit }) => unit);
  const forms = came.map((unit) => ({ unit }));
  const told = unplaced.length > 0 ? [warning('unit-not-placed', { units: unplaced })] : [];
  return [...told, ...missingForms(peersOf(units, came), forms)];
}

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
function weakest(entries: readonly Entry[]): { provenance?: ProvenanceKind } {
  const kinds = entries.map((e) => e.provenance);
  const provenance = (['assumed', 'inferred'] as const).find((kind) => kinds.includes(kind));
  return provenance ? { provenance } : {};
}

/** The counts of a unit, none yet where it only says what is expected. */
const ratioOf = ({ value, volume }: Entry): Ratio | null =>
  value?.ratio ?? (volume?.none ? { done: ZERO, total: ZERO } : null);

/**
 * Counts of units added up, with what all of them say of the year: the volume expected, and as many months. `unlike` are
 * the keys that only some give, or of other months.
 */
function sumOfCounts(criterion: Criterion, entries: readonly Entry[], ratios: readonly Ratio[]) {
  const planned = isPlanned(criterion, entries[0]!);
  const expected = entries.flatMap((e) => e.volume?.expected ?? []);
  const months = entries.map((e) => e.volume?.months ?? []);
  const count = months[0]!.length;
  const monthly = months.every((m) => m.length === count);
  const of = (key: keyof Ratio, list: readonly Ratio[]) => sum(list.map((r) => r[key]));
  const total = { [planned && criterion.basis !== 'plan' ? 'plan' : 'total']: of('total', ratios) };
  const each = months[0]!.map((_, i) => {
    const ofMonth = months.map((m) => m[i]!);
    return { done: of('done', ofMonth), ...(!planned && { total: of('total', ofMonth) }) };
  });
  const soFar =
    monthly && count > 0 ? { months: each, ...(planned && total) } : { done: of('done', ratios), ...total };
  const complete = expected.length === entries.length;
  return {
    counts: { ...soFar, ...(complete && { expected: sum(expected) }), ...weakest(entries) },
    unlike: [...(complete || expected.length === 0 ? [] : ['expected']), ...(monthly ? [] : ['months'])],
  };
}

/** Whether an entry's total is the year's plan. */
const isPlanned = ({ basis }: Criterion, { volume }: Entry): boolean => volume?.plan ?? basis === 'plan';

/** A parent's reading as a file writes it, with what could not be added up. */
export interface Aggregate {
  data: { unit: string; code?: string; year: number; catalogue: string; indicators: Record<string, unknown> };
  from: string[];
}

/** Units that a message names; the others are like them. */
const UNITS_NAMED = 5;

/** A criterion's entry of the units together, and what there is to tell; no value where they make none. */
function sumOf(criterion: Criterion, present: readonly Reading[]): { value?: unknown; told: Diagnostic[] } {
  const { id, compiled } = criterion;
  const named = (of: readonly { unit: string }[]) => of.slice(0, UNITS_NAMED).map(({ unit }) => unit);
  const concerned = present.filter((r) => isForKind(criterion, r.kind));
  const lacking = concerned.filter((r) => !r.entries.has(id));
  if (lacking.length === concerned.length) return { told: [] };
  if (lacking.length > 0) return { told: [warning('children-without-value', { id, units: named(lacking) })] };
  const applying = concerned
    .map((r) => ({ unit: r.unit, entry: r.entries.get(id)! }))
    .filter(({ entry }) => !entry.notApplicable);
  const [input, ...others] = compiled.inputs;
  if (applying.length === 0 || !input) return { told: [] };
  const entries = applying.map(({ entry }) => entry);
  const alone = input.form === 'line' && others.length === 0 ? input : null;
  const ofCounts = alone !== null && alone.share === null && alone.counts === null;
  const ratios = entries.map(ratioOf);
  if (ofCounts && ratios.every((r) => r !== null)) {
    const planned = applying.filter(({ entry }) => isPlanned(criterion, entry));
    if (planned.length > 0 && planned.length < applying.length)
      return { told: [warning('plan-and-flow', { id, units: named(planned) })] };
    const { counts, unlike } = sumOfCounts(criterion, entries, ratios);
    return { value: counts, told: unlike.length > 0 ? [warning('sum-without', { id, keys: unlike })] : [] };
  }
  const numbers = entries.map(({ value }) =>
    value?.inputs[0]?.form === 'number' ? value.inputs[0].x : null,
  );
  if (alone?.quantity === 'count' && numbers.every((x) => x !== null)) {
    const kind = weakest(entries);
    return { value: kind.provenance ? { value: sum(numbers), ...kind } : sum(numbers), told: [] };
  }
  const averaged = ofCounts && alone.quantity === 'percent';
  const units = named(applying.filter((_, i) => !averaged || !ratios[i]));
  return { told: [warning(averaged ? 'no-average' : 'not-additive', { id, units })] };
}

/**
 * Adds up the readings of the units below a parent: done and total of ratios, numbers of counts. Percents without
 * their counts are not averaged, levels not mixed, and what a unit has no value of is not added up without it: such
 * criteria stay unknown, each with the reason; so do totals to date beside a year's plan. A sum is as much assumed as the most assumed of its values.
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
    return failure(error('unknown-unit', { value: parent, suggestion: similarUnit(parent, parents) }));
  }
  const leaves = named.filter((u) => below(units, u.unit).length === 0);
  const readings = leaves.map((u) => findSameUnit(children, u));
  const missing = leaves.filter((_, i) => !readings[i]).map((u) => u.unit);
  const present = readings.filter((r) => r !== null);
  if (missing.length > 0) {
    const tell = present.length > 0 ? warning : error;
    diagnostics.push(tell('children-missing', { parent, units: missing, present: present.length }));
  }
  const indicators: Record<string, unknown> = {};
  for (const criterion of catalogue.criteria) {
    const { value, told } = sumOf(criterion, present);
    diagnostics.push(...told);
    if (value !== undefined) indicators[criterion.id] = value;
  }
  const code = findSameUnit(units, { unit: parent })?.code;
  const year = present[0]?.year ?? catalogue.year;
  return resultOf(
    {
      data: { unit: parent, ...(code && { code }), year, catalogue: catalogue.id, indicators },
      from: present.map((r) => r.unit),
    },
    diagnostics,
  );
}
