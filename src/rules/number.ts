import * as z from 'zod/mini';
import { issue } from '../diagnostics/from-zod.js';
import { Fraction, HUNDRED, ZERO } from '../exact/fraction.js';
import { decimal, lazy, strictMap } from '../shapes/scalars.js';
import { againstText, lineOverValue } from './against.js';
import { type CountsShape, countRatio, countsShape, ratioText } from './counts.js';
import { dueWords, readDue } from './due.js';
import type { Interval, Line } from './line.js';
import {
  type Better,
  type CompiledRule,
  type Input,
  type Numerals,
  pointsOf,
  pointsShape,
  type Quantity,
  REFERENCES,
  type Reference,
  type RuleContext,
  type RulePoints,
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

type Range = { min?: Fraction | 'none' | undefined; max?: Fraction | 'none' | undefined } | undefined;

/** The plausible values of an indicator: from 0, and to 100 for a percent, unless the rule says otherwise. */
export function rangeOf(quantity: Quantity, given: Range): Interval {
  const end = (value: Fraction | 'none' | undefined, usual: Fraction | null) =>
    value === 'none' ? null : (value ?? usual);
  const lo = end(given?.min, quantity === 'number' || quantity === 'date' ? null : ZERO);
  const hi = end(given?.max, quantity === 'percent' ? HUNDRED : null);
  return { lo, loOpen: lo === null, hi, hiOpen: hi === null };
}

type Form<T> = T extends unknown ? Omit<T, 'key' | 'name' | 'whenNone' | 'max' | 'domain'> : never;

/** A rule with one indicator and no further limits; its line is over what the indicator can be unless said. */
export function single(
  input: Form<Input> & { domain?: Interval },
  whenNone: WhenNone | null = null,
): CompiledRule {
  const domain = input.form === 'line' ? { domain: input.range } : {};
  const whole = { key: null, name: null, whenNone, max: null, ...domain, ...input } as Input;
  return { inputs: [whole], combine: 'sum', floor: null, cap: null };
}

/** What nothing to count earns: points, or the criterion is left out. */
export const whenNoneShape = lazy(() => z.optional(z.union([z.literal('not_applicable'), pointsShape()])));
export type WhenNonePoints = 'not_applicable' | RulePoints;

export function whenNoneOf(given: WhenNonePoints | undefined, context: RuleContext): WhenNone | null {
  if (given === undefined) return null;
  return given === 'not_applicable' ? given : pointsOf(given, context);
}

/** Keys that a rule over one number may have, of whatever kind it is. */
export const numberKeys = lazy(() => ({
  range: rangeShape(),
  when_none: whenNoneShape(),
  measure: z.optional(countsShape()),
  against: z.optional(z.enum(REFERENCES)),
  better: z.optional(z.enum(['more', 'less'])),
}));

export interface NumberKeys {
  range?: Range;
  when_none?: WhenNonePoints | undefined;
  measure?: CountsShape | undefined;
  against?: Reference | undefined;
  better?: Better | undefined;
  due?: string | undefined;
  year?: string | undefined;
}

/** A rule over one number: its line, what it is measured in, and what the rule says of the number. */
export function overNumber(
  line: Line,
  quantity: Quantity,
  rule: NumberKeys,
  context: RuleContext,
): CompiledRule {
  const usual = rangeOf(quantity, rule.range);
  const held = rule.against
    ? lineOverValue(line, rule.against, rule.better ?? 'more', usual, context)
    : { line, domain: usual, open: false };
  return single(
    {
      form: 'line',
      line: held.line,
      quantity,
      range: usual,
      domain: held.domain,
      share: null,
      due: rule.due === undefined ? null : readDue(rule.due, rule.year),
      counts: rule.measure ? countRatio(rule.measure) : null,
      against: rule.against
        ? { reference: rule.against, better: rule.better ?? 'more', open: held.open, values: usual }
        : null,
    },
    whenNoneOf(rule.when_none, context),
  );
}

/** `better` says how a value is held against something, and so needs `against`. */
export function checkNumber(ctx: { value: NumberKeys; issues: unknown[] }): void {
  const { better, against } = ctx.value;
  if (better !== undefined && against === undefined)
    ctx.issues.push(issue('better-without-against', {}, ctx.value, ['better']));
}

const NONE = { vi: 'không phát sinh', en: 'none arose' };
const LEFT_OUT = { vi: 'không áp dụng', en: 'not applicable' };

/** What nothing to count earns, after a rule's words. */
export function whenNoneText(
  given: WhenNonePoints | undefined,
  language: 'vi' | 'en',
  context: RuleContext,
  n: Numerals,
): string {
  const points = whenNoneOf(given, context);
  if (points === null) return '';
  return `; ${NONE[language]} → ${points === 'not_applicable' ? LEFT_OUT[language] : n.number(points)}`;
}

/** A rule's words with what is said of its number: counted how, held against what, and when there is none. */
export function numberText(
  rule: NumberKeys,
  language: 'vi' | 'en',
  context: RuleContext,
  n: Numerals,
  words: string,
): string {
  const counted = rule.measure ? `${ratioText(countRatio(rule.measure))}: ` : '';
  const before = `${counted}${dueWords(rule, language)}${againstText(rule, language)}`;
  return `${before}${words}${whenNoneText(rule.when_none, language, context, n)}`;
}
