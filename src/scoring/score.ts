import type { Catalogue, Criterion } from '../catalogue/catalogue.js';
import { Fraction } from '../exact/fraction.js';
import { roundToPoints, sumPoints } from '../exact/points.js';
import type { Entry, Reading } from '../reading/reading.js';
import { applyRule, leftOut, ruleBounds } from '../rules/apply.js';
import { impliedBy } from '../rules/implied.js';
import type { ProvenanceKind } from '../shapes/provenance.js';
import type {
  Basis,
  CriterionResult,
  FieldResult,
  OwnerResult,
  ReadingResult,
  Subtotal,
  Total,
} from './result.js';
import { openInputs, specialise } from './specialise.js';

const STRENGTH: ProvenanceKind[] = ['stated', 'inferred', 'assumed'];

/** The weakest of several provenances; `stated` for none. */
function weakest(kinds: Iterable<ProvenanceKind>): ProvenanceKind {
  let found = 0;
  for (const kind of kinds) found = Math.max(found, STRENGTH.indexOf(kind));
  return STRENGTH[found]!;
}

/**
 * Scores a reading under its catalogue: points per criterion, rounded once, then exact sums by field,
 * by owner and in all. A criterion without a value is unknown, and the score an interval.
 */
export function score(reading: Reading, catalogue: Catalogue): ReadingResult {
  const criteria = catalogue.criteria.map((c) =>
    scoreCriterion(c, reading.entries.get(c.id) ?? null, catalogue),
  );
  return {
    unit: reading.unit,
    code: reading.code,
    year: reading.year,
    catalogue,
    criteria,
    fields: byField(catalogue, criteria),
    owners: byOwner(catalogue, criteria),
    total: total(catalogue, criteria),
    basis: basis(catalogue, criteria),
  };
}

/** Fields as a tree in the scheme's order, each with the sums of all below it; empty ones are left out. */
function byField(
  catalogue: Catalogue,
  criteria: readonly CriterionResult[],
  parent: string | null = null,
  depth = 0,
): FieldResult[] {
  return catalogue.fields
    .filter((f) => f.parent === parent)
    .flatMap((field) => {
      const below = byField(catalogue, criteria, field.id, depth + 1);
      const ids = new Set(below.flatMap((f) => f.criteria));
      const own = criteria.filter((c) => c.criterion.field === field.id || ids.has(c.criterion.id));
      if (own.length === 0) return [];
      return [{ field, depth, criteria: own.map((c) => c.criterion.id), ...subtotal(own) }, ...below];
    });
}

/** Scores one criterion; null is a criterion without an entry. */
export function scoreCriterion(
  general: Criterion,
  entry: Entry | null,
  catalogue: Catalogue,
): CriterionResult {
  const { decimals } = catalogue;
  const criterion = specialise(general, entry, decimals);
  const { max, compiled } = criterion;
  const common = { criterion, entry, value: entry?.value ?? null, implied: null };
  const maxKind = criterion.maxProvenance.kind;
  const ruleKinds = criterion.numbers.map((n) => n.provenance.kind);
  const given = entry ? [entry.provenance] : [];
  const scored = (
    points: number,
    status: CriterionResult['status'],
    kinds: ProvenanceKind[],
  ): CriterionResult => ({
    ...common,
    status,
    points,
    deduction: max - points,
    max,
    worst: points,
    best: points,
    provenance: weakest([maxKind, ...given, ...kinds]),
  });
  const unknown = (): CriterionResult => {
    const bounds = ruleBounds(compiled, [], decimals);
    const provenance = weakest(ruleKinds);
    return { ...common, status: 'unknown', points: null, deduction: null, max, ...bounds, provenance };
  };
  if (!entry) return unknown();
  const notApplicable = (): CriterionResult => {
    const nothing = { points: 0, deduction: 0, max: 0, worst: 0, best: 0 };
    return { ...common, status: 'not_applicable', ...nothing, provenance: weakest([maxKind, ...given]) };
  };
  if (entry.notApplicable) return notApplicable();
  if (entry.exempt !== null) return scored(max, 'exempt', []);
  if (entry.deducted !== null) {
    const points = max - entry.deducted;
    return { ...scored(points, 'deducted', []), implied: impliedBy(compiled, points, decimals) };
  }
  if (!entry.value || openInputs(criterion).length > 0) return unknown();
  const out = leftOut(compiled, entry.value.inputs);
  if (out.whole) return notApplicable();
  const row = scored(applyRule(compiled, entry.value.inputs, decimals), 'scored', ruleKinds);
  if (out.max.n === 0n) return row;
  const rest = max - roundToPoints(out.max, decimals);
  return { ...row, max: rest, deduction: rest - row.points! };
}

function subtotal(criteria: readonly CriterionResult[]): Subtotal {
  const known = criteria.every((c) => c.points !== null);
  return {
    points: known ? sumPoints(criteria.map((c) => c.points!)) : null,
    deduction: known ? sumPoints(criteria.map((c) => c.deduction!)) : null,
    max: sumPoints(criteria.map((c) => c.max)),
    worst: sumPoints(criteria.map((c) => c.worst)),
    best: sumPoints(criteria.map((c) => c.best)),
  };
}

/** A criterion with several leads counts under each of them. */
function byOwner(catalogue: Catalogue, criteria: readonly CriterionResult[]): OwnerResult[] {
  return catalogue.owners.flatMap((owner) => {
    const own = criteria.filter((c) => c.criterion.owners.includes(owner.id));
    if (own.length === 0) return [];
    return [{ owner: owner.id, criteria: own.map((c) => c.criterion.id), ...subtotal(own) }];
  });
}

function total(catalogue: Catalogue, criteria: readonly CriterionResult[]): Total {
  const sums = subtotal(criteria);
  const rest = catalogue.notListed?.max ?? 0;
  const applicableMax = sums.max + rest;
  const known = sums.points === null ? null : sums.points + rest;
  return {
    score: known,
    deduction: sums.deduction,
    applicableMax,
    worst: sums.worst + rest,
    best: sums.best + rest,
    index: known === null || !anyApplies(criteria) ? null : indexOf(known, applicableMax),
  };
}

/** Whether any criterion applies to the unit; if none does it has no index and no rank. */
export const anyApplies = (criteria: readonly CriterionResult[]): boolean =>
  criteria.some((c) => c.status !== 'not_applicable');

/** 100 × points ÷ applicable maximum; null when nothing applies. */
export function indexOf(points: number, applicableMax: number): Fraction | null {
  return applicableMax === 0 ? null : new Fraction(BigInt(points) * 100n, BigInt(applicableMax));
}

function basis(catalogue: Catalogue, criteria: readonly CriterionResult[]): Basis {
  const sums: Basis = { stated: 0, inferred: 0, assumed: 0 };
  for (const c of criteria) sums[c.provenance] += c.points ?? 0;
  if (catalogue.notListed) sums[catalogue.notListed.provenance.kind] += catalogue.notListed.max;
  return sums;
}
