import * as z from 'zod/mini';
import { issue } from '../diagnostics/from-zod.js';
import type { Fraction } from '../exact/fraction.js';
import { type Sourced, sourced } from '../shapes/provenance.js';
import { closed, once } from '../shapes/scalars.js';
import { buildLine, constant, type Line } from './line.js';
import {
  type Numerals,
  pointsOf,
  pointsShape,
  type Quantity,
  type RuleContext,
  type RulePoints,
} from './rule.js';

export interface Tier {
  at_least?: Sourced | undefined;
  above?: Sourced | undefined;
  at_most?: Sourced | undefined;
  below?: Sourced | undefined;
  points: RulePoints;
}

/** One tier: bounds on the value (`at_least`, `above`, `at_most`, `below`) and the points inside them. */
export const tierShape = once(() =>
  closed({
    at_least: z.optional(sourced()),
    above: z.optional(sourced()),
    at_most: z.optional(sourced()),
    below: z.optional(sourced()),
    points: pointsShape(),
  }).check((ctx) => {
    const { at_least, above, at_most, below } = ctx.value;
    const lower = at_least ?? above;
    const upper = at_most ?? below;
    const twice = (at_least && above) || (at_most && below) || (!lower && !upper);
    if (twice || (lower && upper && lower.value.compare(upper.value) > 0)) {
      ctx.issues.push(issue('bad-bounds', { found: Object.keys(ctx.value).join(', ') }, ctx.value));
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

/** The first tier that holds a value decides; `otherwise` holds the rest. */
export function compileTiers(tiers: readonly Tier[], otherwise: RulePoints, context: RuleContext): Line {
  const cuts = tiers.flatMap((t) =>
    [t.at_least, t.above, t.at_most, t.below].flatMap((end) => (end ? [end.value] : [])),
  );
  return buildLine(cuts, (x) =>
    constant(pointsOf(tiers.find((t) => inside(t, x))?.points ?? otherwise, context)),
  );
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

/** `≥ 80% → 1; otherwise → 0`, with the language's word for the rest. */
export function tiersText(
  tiers: readonly Tier[],
  otherwise: RulePoints,
  restWord: string,
  quantity: Quantity,
  context: RuleContext,
  n: Numerals,
): string {
  const rows = tiers.map((t) => `${boundsText(t, quantity, n)} → ${n.number(pointsOf(t.points, context))}`);
  return [...rows, `${restWord} → ${n.number(pointsOf(otherwise, context))}`].join('; ');
}
