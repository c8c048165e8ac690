import * as z from 'zod/mini';
import { issue } from '../diagnostics/from-zod.js';
import { Fraction, ZERO } from '../exact/fraction.js';
import { positive, Sourced, sourced } from '../shapes/provenance.js';
import { closed, once } from '../shapes/scalars.js';
import { thresholdQuantity } from './against.js';
import { buildLine, clampLine, constant, type Interval, intersect, type Line, through } from './line.js';
import {
  type Numerals,
  pointsOf,
  pointsShape,
  type Quantity,
  type Reference,
  type RuleContext,
  type RulePoints,
} from './rule.js';

/** Points of a tier: the same everywhere, pro rata (`rate × value ÷ of`), or a line from its low end to its high end. */
export type TierPoints =
  | RulePoints
  | { rate: RulePoints; of: Sourced }
  | { from: RulePoints; to: RulePoints };

export interface Tier {
  at_least?: Sourced | undefined;
  above?: Sourced | undefined;
  at_most?: Sourced | undefined;
  below?: Sourced | undefined;
  points: TierPoints;
}

const tierPoints = once(() =>
  z.union([
    pointsShape(),
    closed({ rate: pointsShape(), of: positive() }),
    closed({ from: pointsShape(), to: pointsShape() }),
  ]),
);

/** Whether a tier's points are the same everywhere in it. */
export const isFlat = (points: TierPoints): points is RulePoints =>
  points === 'max' || points instanceof Sourced;

/** One tier: bounds on the value (`at_least`, `above`, `at_most`, `below`) and the points inside them. */
export const tierShape = once(() =>
  closed({
    at_least: z.optional(sourced()),
    above: z.optional(sourced()),
    at_most: z.optional(sourced()),
    below: z.optional(sourced()),
    points: tierPoints(),
  }).check((ctx) => {
    const { at_least, above, at_most, below } = ctx.value;
    const lower = at_least ?? above;
    const upper = at_most ?? below;
    const twice = (at_least && above) || (at_most && below) || (!lower && !upper);
    if (twice || (lower && upper && lower.value.compare(upper.value) > 0)) {
      ctx.issues.push(issue('bad-bounds', { value: Object.keys(ctx.value).join(', ') }, ctx.value));
    }
  }),
);

function inside(t: Tier, x: Fraction): boolean {
  return (
    (!t.at_least || x.compare(t.at_least.value) >= 0) &&
    (!t.above || x.compare(t.above.value) > 0) &&
    (!t.at_most || x.compare(t.at_most.value) <= 0) &&
    (!t.below || x.compare(t.below.value) < 0)
  );
}

const cutsOfTiers = (tiers: readonly Tier[]): Fraction[] =>
  tiers.flatMap((t) => [t.at_least, t.above, t.at_most, t.below].flatMap((end) => (end ? [end.value] : [])));

/** The ends of the values that a tier decides: its own bounds, those of tiers before it, else the range's. */
function spanOf(
  tiers: readonly Tier[],
  tier: Tier,
  range: Interval,
): { lo: Fraction | null; hi: Fraction | null } {
  const choice = buildLine(cutsOfTiers(tiers), (x) =>
    constant(new Fraction(tiers.find((t) => inside(t, x)) === tier ? 1 : 0)),
  );
  const parts = choice.flatMap((p) => {
    const part = p.a.n === 0n ? null : intersect(p, range);
    return part ? [part] : [];
  });
  return { lo: parts[0]?.lo ?? null, hi: parts.at(-1)?.hi ?? null };
}

/** Tiers whose line has no low or no high end: it cannot be drawn. */
function openTiers(tiers: readonly Tier[], range: Interval): number[] {
  return tiers.flatMap((tier, i) => {
    if (isFlat(tier.points) || 'rate' in tier.points) return [];
    const { lo, hi } = spanOf(tiers, tier, range);
    return lo && hi ? [] : [i];
  });
}

/** The first tier that holds a value decides; `otherwise` holds the rest. Pro rata never passes the maximum. */
export function compileTiers(
  tiers: readonly Tier[],
  otherwise: RulePoints,
  context: RuleContext,
  range: Interval,
): Line {
  const within = tiers.map((tier) => {
    const { points } = tier;
    if (isFlat(points)) return constant(pointsOf(points, context));
    if ('rate' in points) return { a: ZERO, b: pointsOf(points.rate, context).div(points.of.value) };
    const [from, to] = [pointsOf(points.from, context), pointsOf(points.to, context)];
    const { lo, hi } = spanOf(tiers, tier, range);
    return lo && hi && !lo.equals(hi) ? through(lo, from, hi, to) : constant(from);
  });
  const rest = constant(pointsOf(otherwise, context));
  const line = buildLine(cutsOfTiers(tiers), (x) => within[tiers.findIndex((t) => inside(t, x))] ?? rest);
  const rated = tiers.some(({ points }) => !isFlat(points) && 'rate' in points);
  return rated && context.max.s > 0n && context.max.n !== 0n ? clampLine(line, null, context.max) : line;
}

function boundsText(t: Tier, quantity: Quantity, n: Numerals): string {
  const show = (end: Sourced) => n.value(end.value, quantity);
  const upper = t.at_most ? `≤ ${show(t.at_most)}` : t.below ? `< ${show(t.below)}` : '';
  const lower = t.at_least ? `≥ ${show(t.at_least)}` : t.above ? `> ${show(t.above)}` : '';
  const both = t.at_least ?? t.above;
  if (both && upper) return `${show(both)} ${t.at_least ? '≤' : '<'} … ${upper}`;
  if (t.at_most?.value.n === 0n && quantity === 'count') return '0';
  return lower || upper;
}

const REST = { vi: 'còn lại', en: 'otherwise' };

/** `≥ 80% → 1; otherwise → 0`, in the language's words; thresholds are those of what a value is held against. */
export function tiersText(
  rule: { tiers: readonly Tier[]; otherwise: RulePoints; against?: Reference | undefined },
  quantity: Quantity,
  language: 'vi' | 'en',
  context: RuleContext,
  n: Numerals,
): string {
  const measured = thresholdQuantity(rule, quantity);
  const given = (p: RulePoints) => n.number(pointsOf(p, context));
  const points = (p: TierPoints) => {
    if (isFlat(p)) return given(p);
    if ('rate' in p)
      return `${given(p.rate)} × ${n.pick({ vi: 'giá trị', en: 'value' })} ÷ ${n.value(p.of.value, measured)}`;
    return `${given(p.from)}–${given(p.to)}`;
  };
  const rows = rule.tiers.map((t) => `${boundsText(t, measured, n)} → ${points(t.points)}`);
  return [...rows, `${REST[language]} → ${given(rule.otherwise)}`].join('; ');
}

/** A tier whose points run from one end to the other has both ends. */
export function checkTiers(
  ctx: { value: unknown; issues: unknown[] },
  tiers: readonly Tier[],
  range: Interval,
): void {
  for (const i of openTiers(tiers, range))
    ctx.issues.push(issue('tier-open', {}, ctx.value, ['tiers', i, 'points']));
}
