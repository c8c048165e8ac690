import * as z from 'zod/mini';
import { Fraction, HUNDRED, ZERO } from '../values/fraction.js';
import { issue } from '../values/from-zod.js';
import { decimal, lazy, strictMap } from '../values/scalars.js';
import { againstText, lineOverValue, referenceRange } from './against.js';
import { countsShape, ratioText } from './counts.js';
import { checkDue, dueKeys, dueWords, readDue } from './due.js';
import { closed, type Interval, type Line } from './line.js';
import {
  type CompiledRule,
  defineRule,
  type Input,
  type Keys,
  type LineInput,
  pointsOf,
  pointsShape,
  type Quantity,
  REFERENCES,
  type RuleContext,
  type RuleKind,
  type RuleNumerals,
  type RulePoints,
  type TableInput,
  type WhenNone,
} from './rule.js';

/** Optional limits of what an indicator can be; `none` opens an end. */
export const rangeShape = lazy(() =>
  z.optional(
    strictMap({
      min: z.optional(z.union([z.literal('none'), decimal])),
      max: z.optional(z.union([z.literal('none'), decimal])),
    }).check((ctx) => {
      const { min, max } = ctx.value;
      if (min instanceof Fraction && max instanceof Fraction && min.compare(max) > 0)
        ctx.issues.push(issue('bad-bounds', { value: 'min > max' }, ctx.value));
    }),
  ),
);

type PlausibleRange =
  | { min?: Fraction | 'none' | undefined; max?: Fraction | 'none' | undefined }
  | undefined;

/** The plausible values of an indicator: from 0, and to 100 for a percent, unless the rule says otherwise. */
export function rangeOf(quantity: Quantity, given: PlausibleRange): Interval {
  const end = (value: Fraction | 'none' | undefined, usual: Fraction | null) =>
    value === 'none' ? null : (value ?? usual);
  const lo = end(given?.min, quantity === 'number' || quantity === 'date' ? null : ZERO);
  const hi = end(given?.max, quantity === 'percent' ? HUNDRED : null);
  return closed(lo, hi);
}

/** A rule with one indicator and no further limits; its line is over what the indicator can be unless said. */
export function single(
  input:
    | Pick<TableInput, 'form' | 'levels'>
    | (Pick<LineInput, 'form' | 'line' | 'quantity' | 'range'> & Partial<LineInput>),
  whenNone: WhenNone | null = null,
): CompiledRule {
  const usual = input.form === 'line' && {
    domain: input.range,
    share: null,
    due: null,
    counts: null,
    against: null,
    most: null,
  };
  const whole = { key: null, name: null, whenNone, max: null, ...usual, ...input } as Input;
  return { inputs: [whole], combine: 'sum', floor: null, cap: null };
}

/** What nothing to count earns: points, or the criterion is left out. */
export const whenNoneShape = lazy(() => z.optional(z.union([z.literal('not_applicable'), pointsShape()])));
export type WhenNonePoints = 'not_applicable' | RulePoints;

export function whenNoneOf(given: WhenNonePoints | undefined, context: RuleContext): WhenNone | null {
  if (given === undefined) return null;
  return given === 'not_applicable' ? given : pointsOf(given, context);
}

const NONE = { vi: 'không phát sinh', en: 'none arose' };
const LEFT_OUT = { vi: 'không áp dụng', en: 'not applicable' };

/** What nothing to count earns, after a rule's words. */
export function whenNoneText(given: WhenNonePoints | undefined, n: RuleNumerals): string {
  if (given === undefined) return '';
  return `; ${n.pick(NONE)} → ${given === 'not_applicable' ? n.pick(LEFT_OUT) : n.points(given)}`;
}

/** Keys that a rule over one number may have, of whatever kind it is. */
const numberKeys = lazy(() => ({
  range: rangeShape(),
  when_none: whenNoneShape(),
  measure: z.optional(countsShape()),
  against: z.optional(z.enum(REFERENCES)),
  better: z.optional(z.enum(['more', 'less'])),
}));

type NumberKeys = Keys<ReturnType<typeof numberKeys>> & Partial<Keys<ReturnType<typeof dueKeys>>>;

/** A rule over one number: its line, what it is measured in, and what the rule says of the number. */
export function overNumber(
  line: Line,
  quantity: Quantity,
  rule: NumberKeys,
  context: RuleContext,
  most: Fraction | null = null,
): CompiledRule {
  const { against: reference, better = 'more', measure, due, year } = rule;
  const range = rangeOf(quantity, rule.range);
  const held = reference && lineOverValue(line, reference, better, range, context);
  return single(
    {
      form: 'line',
      line: held?.line ?? line,
      quantity,
      range,
      domain: held?.domain ?? range,
      due: due === undefined ? null : readDue(due, year),
      counts: measure ?? null,
      against: reference && held ? { reference, better, open: held.open } : null,
      most,
    },
    whenNoneOf(rule.when_none, context),
  );
}

/** A kind of rule over one number: its keys, its line and its words, beside those that every such rule has. */
interface NumberRuleKind<S extends z.core.$ZodLooseShape> {
  kind: string;
  keys(): S;
  /** What it is measured in, where the rule itself has no key for it. */
  quantity?: Quantity;
  /** Whether it may be over a day, and so has the keys for the day that is due. */
  dated?: true;
  check?(ctx: { value: Keys<S>; issues: unknown[] }, range: Interval): void;
  /** The points over the value, or, where it is held against something, over the difference or place. */
  line(rule: Keys<S>, context: RuleContext, range: Interval): Line;
  words(rule: Keys<S> & NumberKeys, n: RuleNumerals): string;
}

export function numberRule<S extends z.core.$ZodLooseShape>(kind: NumberRuleKind<S>): RuleKind {
  type Rule = Keys<S> & NumberKeys & { quantity?: Quantity };
  const quantityOf = (rule: Rule) => (rule.quantity ?? kind.quantity) as Quantity;
  const rangeIn = (rule: Rule) =>
    rule.against ? referenceRange(rule.against) : rangeOf(quantityOf(rule), rule.range);
  const check = (ctx: { value: Rule; issues: unknown[] }) => {
    const { against, better, due, year } = ctx.value;
    checkDue({ value: { quantity: quantityOf(ctx.value), due, year }, issues: ctx.issues });
    // `better` says how a value is held against something.
    if (better !== undefined && against === undefined)
      ctx.issues.push(issue('better-without-against', {}, ctx.value, ['better']));
    kind.check?.(ctx, rangeIn(ctx.value));
  };
  return defineRule<S>({
    kind: kind.kind,
    keys: () => ({ ...kind.keys(), ...(kind.dated && dueKeys()), ...numberKeys() }),
    check,
    compile: (rule: Rule, context) =>
      overNumber(kind.line(rule, context, rangeIn(rule)), quantityOf(rule), rule, context),
    words: (rule: Rule, n) => {
      const counted = rule.measure ? `${ratioText(rule.measure)}: ` : '';
      const before = `${counted}${dueWords(rule, n)}${againstText(rule, n)}`;
      return `${before}${kind.words(rule, n)}${whenNoneText(rule.when_none, n)}`;
    },
  });
}
