import type { Catalogue, Criterion } from '../catalogue/catalogue.js';
import type { InputValue } from '../rules/apply.js';
import type { CountedInput, ReferenceValues } from '../rules/rule.js';
import type { KeyPath } from '../values/diagnostic.js';
import { type Fraction, toNumber } from '../values/fraction.js';
import type { Points } from '../values/points.js';
import type { ProvenanceKind } from '../values/provenance.js';
import type { Bilingual } from '../values/scalars.js';

/** A numerator and a denominator as they were given. */
export interface Ratio {
  done: Fraction;
  total: Fraction;
}

/** The year's expected volume and its months so far, as far as they are given. */
export interface Volume {
  expected: Fraction | null;
  /** Whether the total is the year's plan, not what has come so far. */
  plan: boolean;
  /** Whether nothing has come yet of what is expected, so that there is no rate. */
  none: boolean;
  months: Ratio[];
  /** The value at the end of each month so far. */
  history: Fraction[];
}

/** What a unit measured for one criterion, by input position of its rule. */
export interface Measured {
  inputs: InputValue[];
  ratio: Ratio | null;
  /** The named counts that its ratio is made of, of a rule that measures so. */
  counts?: ReadonlyMap<string, Fraction>;
}

/** A document that backs a value: what it is called, its number and date, and where it is. */
interface Evidence {
  title?: string | undefined;
  number?: string | undefined;
  date?: string | undefined;
  /** A path from the reading's folder. */
  file?: string | undefined;
  link?: string | undefined;
}

/** One criterion's entry in a reading. */
export interface Entry {
  value: Measured | null;
  /**
   * Some inputs of a combined rule, by position: those that a reading has of a value that is not complete, or those that
   * a change puts in their place; else null.
   */
  inputs: readonly (InputValue | null)[] | null;
  /** The same of the named counts of the rule's one indicator. */
  counts: { given: ReadonlyMap<string, Fraction>; input: CountedInput } | null;
  /** For counts to date; null when nothing is said of the year. */
  volume: Volume | null;
  /**
   * The unit's target and the value of the group's leader, for rules that look at them; of a group, the best of the others,
   * null where none of them has a value: beyond it the unit leads itself.
   */
  target: Fraction | null;
  leader: { value: Fraction; from: 'given' } | { value: Fraction | null; from: 'group' } | null;
  /** Last year's value and the others' values of the group, by input key, for rules that are held against them. */
  references: ReadonlyMap<string | null, ReferenceValues>;
  /** Published deduction; it counts, whatever the rule would give. */
  deducted: Points | null;
  /** Points the unit gave itself, and points the panel gave. */
  selfScored: Points | null;
  appraised: Points | null;
  /** Evidence of an accepted explanation: full points. */
  exempt: string | null;
  notApplicable: boolean;
  provenance: ProvenanceKind;
  source: string | null;
  note: Bilingual | null;
  evidence: Evidence[];
  /** Where the entry stands in the file. */
  path: KeyPath;
}

/** An entry that says nothing yet, for values that are tried out. */
export const EMPTY_ENTRY: Entry = {
  value: null,
  inputs: null,
  counts: null,
  volume: null,
  target: null,
  leader: null,
  references: new Map(),
  deducted: null,
  selfScored: null,
  appraised: null,
  exempt: null,
  notApplicable: false,
  provenance: 'assumed',
  source: null,
  note: null,
  evidence: [],
  path: [],
};

/** One unit's indicator values for one year. Criteria without an entry are unknown. */
export interface Reading {
  unit: string;
  /** The unit's official code. */
  code: string | null;
  year: number;
  catalogue: string;
  /** What kind of unit it is, as the catalogue names kinds; null when it is not said. */
  kind: string | null;
  entries: ReadonlyMap<string, Entry>;
  /** What criteria without an entry are held against in the unit's group, for values that are tried out. */
  held?: ReadonlyMap<string, Entry>;
}

/** A reading with the catalogue that it is scored under. */
export interface CataloguedReading {
  reading: Reading;
  catalogue: Catalogue;
}

/** A criterion's entry; where there is none, what a value of it would be held against. */
export const standingAt = ({ entries, held }: Reading, id: string): Entry | null =>
  entries.get(id) ?? held?.get(id) ?? null;

/** A value as plain data: a number, a day, a level's Vietnamese name, `none`, or a map of them by part. */
export type PlainValue = number | string | Record<string, number | string>;

/** The value for machine formats. */
export function plainValue(criterion: Criterion, value: Measured): PlainValue {
  const one = (i: number): number | string => {
    const input = criterion.compiled.inputs[i]!;
    const given = value.inputs[i]!;
    if (given.form === 'number') return given.day ?? toNumber(given.x);
    if (given.form === 'none') return 'none';
    return input.form === 'table' ? input.levels[given.index]!.level.vi : given.index;
  };
  if (criterion.compiled.inputs.length === 1) return one(0);
  return Object.fromEntries(criterion.compiled.inputs.map((input, i) => [input.key ?? String(i), one(i)]));
}
