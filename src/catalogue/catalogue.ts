import type { Fraction } from '../exact/fraction.js';
import type { Points } from '../exact/points.js';
import type { CompiledRule } from '../rules/rule.js';
import type { AnyRule } from '../rules/simple.js';
import type { Provenance } from '../shapes/provenance.js';
import type { Bilingual } from '../shapes/scalars.js';

export interface Field {
  id: string;
  name: Bilingual;
  /** The field it is part of; null at the top. Fields nest to any depth. */
  parent: string | null;
  /** What its criteria should add up to, where the scheme says so. */
  max: Points | null;
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
export interface NumberRecord {
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
  max: Points;
  maxProvenance: Provenance;
  rule: AnyRule;
  compiled: CompiledRule;
  /** Whether points also depend on the unit's target or the group's leader. */
  relative: boolean;
  /** Every number of the maximum and the rule, each with its provenance. */
  numbers: NumberRecord[];
}

/** Points of the scheme that the catalogue does not list, taken as earned in full. */
export interface NotListed {
  name: Bilingual;
  max: Points;
  provenance: Provenance;
}

/** A grade of the index, such as Tốt from 80%. */
export interface Band {
  name: Bilingual;
  /** Least index, percent. */
  atLeast: Fraction;
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
  /** Grades of the index, highest first; empty when the scheme has none. */
  bands: Band[];
}
