import * as z from 'zod/mini';
import { type Fraction, ZERO } from '../values/fraction.js';
import { provenanceKeys, Sourced, sourced } from '../values/provenance.js';
import { type Bilingual, type Language, lazy, strictMap } from '../values/scalars.js';
import { fold } from '../values/suggest.js';
import type { Others } from './against.js';
import type { Interval, Line } from './line.js';

/** What an indicator is measured in. */
export type Quantity = 'percent' | 'count' | 'number' | 'date';
export const quantityShape = lazy(() => z.enum(['percent', 'count', 'number']));
/** Quantities of rules whose value may also be a day, counted in days after it was due. */
export const datedQuantityShape = lazy(() => z.enum(['percent', 'count', 'number', 'date']));

/** Whether a quantity takes whole numbers alone: of cases, or of days. */
export const isWhole = (quantity: Quantity): boolean => quantity === 'count' || quantity === 'date';

/** One category of a levels rule. */
export interface Level {
  level: Bilingual;
  aliases: string[];
  points: Fraction;
}

export const namesOfLevel = (l: Level) => [l.level.vi, ...l.aliases];

/** The index of the level that the text names, but for case, or diacritics where only one is so named; else -1. */
export function levelNamed(text: string, levels: readonly Level[]): number {
  const alike = (form: (t: string) => string) =>
    levels.flatMap((l, i) => (namesOfLevel(l).some((n) => form(n) === form(text)) ? [i] : []));
  const [exact] = alike((t) => t.normalize('NFC').toLowerCase().trim());
  if (exact !== undefined) return exact;
  const [folded, ...others] = alike(fold);
  return folded === undefined || others.length > 0 ? -1 : folded;
}

/** How counted parts make one share: 100 × Σ weight·part ÷ total. */
export interface WeightedShare {
  total: Bilingual;
  parts: { key: string; name: Bilingual; weight: Fraction }[];
}

/** The day that a value is due: a day of a month, of the reading's year moved by `shift`, or of a given year. */
export interface Due {
  date: number;
  month: number;
  year: { shift: number } | { fixed: number };
}

/** What named counts make: one by its name, the product of several, or the larger of them. */
export type CountTerm = string | { times?: CountTerm[] | undefined; larger_of?: CountTerm[] | undefined };
/** Named counts, and what they make over another. */
export interface CountRatio {
  counts: string[];
  ratio: Exclude<CountTerm, string> & { over: CountTerm };
}

/** Points when there was nothing to count; or the indicator is left out, with its maximum. */
export type WhenNone = Fraction | 'not_applicable';

/** What a value is held against. */
export const REFERENCES = [
  'last_year',
  'group_min',
  'group_max',
  'group_mean',
  'group_rank',
  'group_share',
] as const;
export type Reference = (typeof REFERENCES)[number];

/** One indicator of a compiled rule: a line over numbers or a table over categories. */
export type Input = {
  /** Name inside the reading's entry; null when the rule has one indicator. */
  key: string | null;
  name: Bilingual | null;
  /** Null where nothing to count is a fault. */
  whenNone: WhenNone | null;
  /** The maximum of its own that a part of a rule has. */
  max: Fraction | null;
} & (
  | {
      form: 'line';
      line: Line;
      quantity: Quantity;
      /** What the indicator can be. */
      range: Interval;
      /** What the line is over: the indicator, or, while what that is held against is unknown, the difference or place. */
      domain: Interval;
      share: WeightedShare | null;
      due: Due | null;
      counts: CountRatio | null;
      /**
       * What the value is held against; `open` while unknown: line and domain are then over the difference, or the place.
       */
      against: { reference: Reference; better: Better; open: boolean } | null;
      /** The most that it may earn where its line says less: while the group's leader is unknown. */
      most: Fraction | null;
    }
  | { form: 'table'; levels: Level[] }
);
export type LineInput = Extract<Input, { form: 'line' }>;
export type TableInput = Extract<Input, { form: 'table' }>;
/** An input that is one ratio of named counts. */
export type CountedInput = LineInput & { counts: CountRatio };
export type Better = 'more' | 'less';

/**
 * The one representation of every rule: piecewise-linear lines over numbers, tables over categories,
 * added up or compared for the least, then clamped. Points are exact; rounding comes once, at the end.
 */
export interface CompiledRule {
  inputs: Input[];
  combine: 'sum' | 'min';
  floor: Fraction | null;
  cap: Fraction | null;
  /** A rule that is not understood yet: no value earns anything known. */
  todo?: true;
}

/** What is known of a value besides itself: the unit's value of last year and those of the rest of its group. */
export interface ReferenceValues {
  lastYear: Fraction | null;
  /** Null without a group. */
  others: Others | null;
}

/** What a rule kind may look at while compiling. */
export interface RuleContext {
  max: Fraction;
  /** What the unit's reading says besides its value, for rules that are relative; references by input key. */
  unit?: {
    target: Fraction | null;
    leader: Fraction | null;
    references?: ReadonlyMap<string | null, ReferenceValues>;
  };
  /** The part of the rule that is compiled; absent when the rule has one indicator. */
  part?: string;
}

/** Prints numbers in the reader's language; passed in, since the core knows none. */
export interface Numerals {
  language: Language;
  number(value: Fraction): string;
  /** A value with the unit of its quantity (`85%`, `2`). */
  value(value: Fraction, quantity: Quantity): string;
  pick(text: Bilingual): string;
}

/** What a rule's words are written with: numerals, and the maximum that its points are of. */
export interface RuleNumerals extends Numerals {
  max: Fraction;
  points(points: RulePoints): string;
}

export const ruleNumerals = (numerals: Numerals, max: Fraction): RuleNumerals => ({
  ...numerals,
  max,
  points: (points) => numerals.number(pointsOf(points, { max })),
});

/** Data with these keys. */
export type Keys<S extends z.core.$ZodLooseShape> = z.output<z.ZodMiniObject<S>>;

/** One kind of rule: what compiles it, and its words in both languages. */
interface Kind<Rule> {
  kind: string;
  /** Whether points also depend on the unit's target or the group's leader. */
  relative?: true;
  compile(rule: Rule, context: RuleContext): CompiledRule;
  words(rule: Rule, n: RuleNumerals): string;
}

/** A kind among the others; its shape in YAML is built when a catalogue is parsed, not before. */
export interface RuleKind extends Kind<AnyRule> {
  shape(): z.ZodMiniType<AnyRule>;
}

/** A kind by its keys in YAML, besides its name and where its numbers come from; its types are checked against them. */
export function defineRule<S extends z.core.$ZodLooseShape>({
  keys,
  check,
  ...kind
}: Kind<Keys<S>> & { keys(): S; check?(ctx: { value: Keys<S>; issues: unknown[] }): void }): RuleKind {
  const shape = lazy(() => {
    const map = strictMap({ kind: z.literal(kind.kind), ...keys(), ...provenanceKeys() });
    return check ? map.check(check as never) : map;
  });
  return { ...kind, shape } as unknown as RuleKind;
}

/** A parsed rule of any kind; its own file knows the rest of its shape. */
export interface AnyRule {
  kind: string;
  against?: Reference | undefined;
  target?: Sourced | undefined;
  parts?: readonly { input: string; rule?: AnyRule }[];
}

/** One zod shape for all the given kinds, told apart by `kind`. */
export function shapeOfKinds(kinds: readonly RuleKind[]): z.ZodMiniType<AnyRule> {
  return z.lazy(() => z.discriminatedUnion('kind', kinds.map((k) => k.shape()) as never)) as never;
}

/** The kind a parsed rule names. Throws when there is none (a bug: the shape has checked it). */
export function kindNamed(kinds: readonly RuleKind[], name: string): RuleKind {
  const kind = kinds.find((k) => k.kind === name);
  if (!kind) throw new Error(`no rule kind ${name}`);
  return kind;
}

/** Points in a rule: a number, or `max` for the criterion's maximum. */
export const pointsShape = lazy(() => z.union([z.literal('max'), sourced()]));
export type RulePoints = 'max' | Sourced;

/** No points, where a rule leaves them unsaid. */
export const NOTHING = new Sourced(ZERO, undefined);

export const pointsOf = (points: RulePoints, { max }: Pick<RuleContext, 'max'>): Fraction =>
  points === 'max' ? max : points.value;
