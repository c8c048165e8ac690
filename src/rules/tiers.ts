import * as z from 'zod/mini';
import { type Fraction, ZERO } from '../values/fraction.js';
import { issue } from '../values/from-zod.js';
import { positive, Sourced, sourced } from '../values/provenance.js';
import { lazy, listOf, strictMap } from '../values/scalars.js';
import { thresholdQuantity } from './against.js';
import {
  buildLine,
  clampLine,
  constant,
  type Interval,
  intersect,
  type Line,
  regionsOf,
  through,
} from './line.js';
import {
  NOTHING,
  type Numerals,
  pointsOf,
  pointsShape,
  type Quantity,
  type Reference,
  type RuleContext,
  type RuleNumerals,
  type RulePoints,
} from './rule.js';

/** Points of a tier: the same everywhere, pro rata (`rate × value ÷ of`), or a line from its low end to its high end. */
const tierPoints = lazy(() =>
  z.union([
    pointsShape(),
    strictMap({ rate: pointsShape(), of: positive() }),
    strictMap({ from: pointsShape(), to: pointsShape() }),
  ]),
);

/** One tier: bounds on the value (`at_least`, `above`, `at_most`, `below`) and the points inside them. */
const tierShape = lazy(() =>
  strictMap({
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

export type Tier = z.output<ReturnType<typeof tierShape>>;
type TierPoints = Tier['points'];

/** Keys of a rule by tiers. */
export const tierKeys = lazy(() => ({
  tiers: listOf(tierShape()),
  otherwise: z._default(pointsShape(), () => NOTHING),
}));

/** Whether a tier's points are the same everywhere in it. */
export const isFlat = (points: TierPoints): points is RulePoints =>
  points === 'max' || points instanceof Sourced;

const cutsOfTiers = (tiers: readonly Tier[]): Fraction[] =>
  tiers.flatMap((t) => [t.at_least, t.above, t.at_most, t.below].flatMap((end) => (end ? [end.value] : [])));

/**
 * For each region between the cuts of tiers the tier that decides there, the first that holds it (-1 for none); and for
 * each tier the ends, within a range, of the values that it decides (null where it has none).
 */
function decidersOf(tiers: readonly Tier[], range: Interval) {
  const regions = regionsOf(cutsOfTiers(tiers));
  // The region of each cut.
  const at = new Map(
    regions.flatMap(({ lo, loOpen }, i) => (loOpen ? [] : [[lo!.toFraction(), i] as const])),
  );
  const region = (end: Sourced) => at.get(end.value.toFraction())!;
  const deciders = new Int32Array(regions.length).fill(-1);
  // From the last tier to the first, which so has all that it holds.
  for (let tier = tiers.length - 1; tier >= 0; tier--) {
    const { at_least, above, at_most, below } = tiers[tier]!;
    const first = at_least ? region(at_least) : above ? region(above) + 1 : 0;
    const end = at_most ? region(at_most) + 1 : below ? region(below) : regions.length;
    deciders.fill(tier, first, Math.max(first, end));
  }
  const parts = tiers.map((): Interval[] => []);
  regions.forEach((r, i) => {
    const part = deciders[i] === -1 ? null : intersect(r, range);
    if (part) parts[deciders[i]!]!.push(part);
  });
  const spans = parts.map((of) => ({ lo: of[0]?.lo ?? null, hi: of.at(-1)?.hi ?? null }));
  return { deciders, spans };
}

/** The first tier that holds a value decides; `otherwise` holds the rest. Pro rata never passes the maximum. */
export function compileTiers(
  tiers: readonly Tier[],
  otherwise: RulePoints,
  context: RuleContext,
  range: Interval,
): Line {
  const { deciders, spans } = decidersOf(tiers, range);
  const within = tiers.map(({ points }, i) => {
    if (isFlat(points)) return constant(pointsOf(points, context));
    if ('rate' in points) return { a: ZERO, b: pointsOf(points.rate, context).div(points.of.value) };
    const [from, to] = [pointsOf(points.from, context), pointsOf(points.to, context)];
    const { lo, hi } = spans[i]!;
    return lo && hi && !lo.equals(hi) ? through(lo, from, hi, to) : constant(from);
  });
  const rest = constant(pointsOf(otherwise, context));
  const line = buildLine(cutsOfTiers(tiers), (_, region) => within[deciders[region]!] ?? rest);
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
const VALUE = { vi: 'giá trị', en: 'value' };

/** `≥ 80% → 1; otherwise → 0`, in the language's words; thresholds are those of what a value is held against. */
export function tiersText(
  rule: { tiers: readonly Tier[]; otherwise: RulePoints; against?: Reference | undefined },
  quantity: Quantity,
  n: RuleNumerals,
): string {
  const measured = thresholdQuantity(rule, quantity);
  const points = (p: TierPoints) => {
    if (isFlat(p)) return n.points(p);
    if ('rate' in p) return `${n.points(p.rate)} × ${n.pick(VALUE)} ÷ ${n.value(p.of.value, measured)}`;
    return `${n.points(p.from)}–${n.points(p.to)}`;
  };
  const rows = rule.tiers.map((t) => `${boundsText(t, measured, n)} → ${points(t.points)}`);
  return [...rows, `${n.pick(REST)} → ${n.points(rule.otherwise)}`].join('; ');
}

/** A tier whose points run from one end to the other has both ends. */
export function checkTiers(
  ctx: { value: unknown; issues: unknown[] },
  tiers: readonly Tier[],
  range: Interval,
): void {
  decidersOf(tiers, range).spans.forEach(({ lo, hi }, i) => {
    const { points } = tiers[i]!;
    if (!isFlat(points) && !('rate' in points) && !(lo && hi))
      ctx.issues.push(issue('tier-open', {}, ctx.value, ['tiers', i, 'points']));
  });
}
