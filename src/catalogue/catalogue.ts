import type { Interval } from '../rules/line.js';
import type { AnyRule, CompiledRule } from '../rules/rule.js';
import type { Fraction } from '../values/fraction.js';
import type { Points } from '../values/points.js';
import type { Provenance } from '../values/provenance.js';
import type { Bilingual } from '../values/scalars.js';

export interface Field {
  id: string;
  name: Bilingual;
  /** The field it is part of; null at the top. Fields nest to any depth. */
  parent: string | null;
  /** What its criteria should add up to, where the scheme says so. */
  max: Points | null;
  /** The most points that count of it; null is no limit. */
  cap: Points | null;
  /** How much its points count in what it is part of. */
  weight: Fraction;
  /** How its criteria and the fields below it make its points. */
  combine: Combine;
}

type Combine = 'sum' | 'mean' | 'geometric';

/** What another criterion's value must be for a criterion to earn what its rule gives. */
export interface Requires {
  criterion: string;
  /** Position of the other criterion's indicator. */
  input: number;
  test: { form: 'within'; interval: Interval } | { form: 'level'; index: number };
  /** What the criterion earns while it is not so. */
  otherwise: Points | 'not_applicable';
}

/** Kinds of unit a criterion is scored for, and what it gives the others. */
interface ForUnits {
  kinds: string[];
  otherwise: 'max' | 'not_applicable';
}

/** A value with the points that the office says it earns. */
export interface Example {
  /** The entry as a reading would give it. */
  entry: unknown;
  points: Points | 'not_applicable';
  because: Bilingual | null;
}

/** A lead unit; its Vietnamese name is its id. */
export interface Owner {
  id: string;
  name: Bilingual;
  aliases: string[];
  members: string[];
}

interface Source {
  id: string;
  title: Bilingual;
  date?: string | undefined;
  note?: Bilingual | undefined;
  url?: string | undefined;
}

/** A number of a criterion, in words of where it stands, with its provenance. */
export interface SourcedNumber {
  /** `max`, or the place within the rule, such as `tiers.0.at_least`. */
  what: string;
  value: Fraction;
  provenance: Provenance;
}

export interface Criterion {
  id: string;
  name: Bilingual;
  field: string;
  /** Ids of the lead units. */
  owners: string[];
  trackedBy: string[];
  indicator: Bilingual | null;
  /** What must hold for full points. */
  requirement: Bilingual | null;
  /** The shortcoming that loses points. */
  limitation: Bilingual | null;
  action: Bilingual | null;
  evidence: Bilingual | null;
  /** What evidence earns full points whatever the value; null when the scheme knows no exemption. */
  exemption: Bilingual | null;
  /** What a ratio's total is during the year: what has come so far (dossiers), or the year's plan (units to inspect). */
  basis: 'flow' | 'plan';
  max: Points;
  maxProvenance: Provenance;
  rule: AnyRule;
  compiled: CompiledRule;
  /** Whether points also depend on the unit's target or the group's leader. */
  relative: boolean;
  /** Whether its points are added to the score and its maximum is not added to the scale. */
  outside: boolean;
  /** The points that it cannot bring below 0. */
  deductsFrom: DeductsFrom | null;
  requires: Requires[];
  units: ForUnits | null;
  examples: Example[];
  /** Every number of the maximum and the rule, each with its provenance. */
  numbers: SourcedNumber[];
}

/** The whole score, a field's points as its scheme makes them, or criteria by id. */
export type DeductsFrom = 'total' | { field: string } | string[];

/** Points of the scheme that the catalogue does not list, taken as earned in full. */
export interface NotListed {
  name: Bilingual;
  max: Points;
  provenance: Provenance;
}

/** What a grade asks besides the index: the least index of every field, or of one, or a criterion's least points. */
export type BandCondition =
  | { form: 'each_field'; atLeast: Fraction }
  | { form: 'field'; id: string; atLeast: Fraction }
  | { form: 'criterion'; id: string; atLeast: Points };

/** Places that points are rounded to: a criterion's, a field's and the total; null is not rounded there. */
interface Rounding {
  criterion: number | null;
  field: number | null;
  total: number | null;
}

/** A grade of the index, such as Tốt from 80%. */
export interface Band {
  name: Bilingual;
  /** Least index, percent. */
  atLeast: Fraction;
  /** What must hold besides. */
  and: BandCondition[];
  provenance: Provenance;
}

/** A scheme: what is scored, how, and where each number comes from. */
export interface Catalogue {
  id: string;
  name: Bilingual;
  /** Whom it scores: provinces, departments, communes; null when it does not say. */
  level: Bilingual | null;
  year: number;
  /** Years the scheme holds for; null when it says none. */
  valid: { from: number; to: number | null } | null;
  /** Places after the point that points are rounded to. */
  decimals: number;
  /** The whole scheme's maximum. */
  scale: Points;
  scaleProvenance: Provenance;
  sources: Source[];
  fields: Field[];
  owners: Owner[];
  criteria: Criterion[];
  notListed: NotListed | null;
  round: Rounding;
  /** What all criteria outside the scale together may add (`most`) and take (`least`); null is no limit. */
  adjustments: { most: Points | null; least: Points | null };
  /** Grades of the index, highest first; empty when the scheme has none. */
  bands: Band[];
}
