import type { Catalogue, Criterion, Field } from '../catalogue/catalogue.js';
import type { Entry, Measured } from '../reading/reading.js';
import type { InputValue } from '../rules/apply.js';
import type { Implied } from '../rules/inverse.js';
import type { Fraction } from '../values/fraction.js';
import type { Points } from '../values/points.js';
import type { ProvenanceKind } from '../values/provenance.js';

type Status =
  | 'scored'
  | 'deducted'
  | 'unknown'
  | 'exempt'
  | 'not_applicable'
  /** Full points, for the criterion is scored for other kinds of unit. */
  | 'other_unit'
  /** What it requires of another criterion is not so. */
  | 'condition_failed';

/** One criterion of one reading, scored. Points are null while the value is unknown. */
export interface CriterionResult {
  criterion: Criterion;
  status: Status;
  entry: Entry | null;
  value: Measured | null;
  points: Points | null;
  /** max − points. */
  deduction: Points | null;
  /** 0 when the criterion does not apply. */
  max: Points;
  /** Least and most points still possible; equal when known. */
  worst: Points;
  best: Points;
  /** Unrounded points, where the scheme rounds later; null where points are rounded. */
  exact: Fraction | null;
  /** What the criterion requires of another, and whether that is so; null when it requires nothing. */
  condition: { criterion: string; met: boolean | null } | null;
  /** The weakest provenance among the numbers the points rest on. */
  provenance: ProvenanceKind;
  /** The value that a published deduction implies under the rule; always inferred. */
  implied: Implied | null;
}

/** Sums over some criteria; points and deduction are null while one of them is unknown. */
export interface Subtotal {
  points: Points | null;
  deduction: Points | null;
  max: Points;
  worst: Points;
  best: Points;
}

export interface FieldResult extends Subtotal {
  field: Field;
  /** How deep it nests; 0 at the top. */
  depth: number;
  /** 100 × points ÷ maximum, exact; null while the points are unknown, or when nothing in it counts. */
  index: Fraction | null;
  /** Ids of the criteria in it and in the fields below it. */
  criteria: string[];
}

export interface OwnerResult extends Subtotal {
  owner: string;
  criteria: string[];
}

export interface Total {
  /** With what criteria outside the scale add and take. */
  score: Points | null;
  /** What criteria outside the scale add, or take when below 0; null without such, or while what it rests on is unknown. */
  adjustment: Points | null;
  deduction: Points | null;
  /** The least and the most that may be lost while something is unknown; what lies outside the scale is not in it. */
  leastLost: Points;
  mostLost: Points;
  /** Sum of the maxima that apply, with what the catalogue does not list. */
  applicableMax: Points;
  worst: Points;
  best: Points;
  /** 100 × score ÷ applicable maximum, exact; null while the score is unknown, or when no criterion applies. */
  index: Fraction | null;
}

/** How many of the score's points rest on stated, inferred and assumed numbers. */
export type Basis = Record<ProvenanceKind, Points>;

/** One reading, scored under one catalogue. */
export interface ReadingResult {
  unit: string;
  /** The unit's official code. */
  code: string | null;
  year: number;
  catalogue: Catalogue;
  criteria: CriterionResult[];
  fields: FieldResult[];
  owners: OwnerResult[];
  total: Total;
  basis: Basis;
}

/** One of a criterion's values as the reading has it, the others there or not. */
export const givenAt = (
  { value, entry }: Pick<CriterionResult, 'value' | 'entry'>,
  index: number,
): InputValue | null => value?.inputs[index] ?? entry?.inputs?.[index] ?? null;
