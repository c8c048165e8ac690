import { Fraction, toNumber } from '../exact/fraction.js';
import { meanRank, quantileRank } from './distribution.js';
import { openAbove, rankDistribution } from './place.js';
import type { Rivals } from './rivals.js';

/** At a score: how many rivals without a known score are above, on average and between 5% and 95%. */
export interface CurvePoint {
  score: number;
  mean: number;
  low: number;
  high: number;
}

/** Points this many to a standard deviation of the group, up to so many of them from its mean. */
const FINENESS = 16;
const WIDTH = 4.5;
const MOST_JUMPS = 100;
/** Just before a jump is so much under it. */
const SMALLEST = 1e-6;

/** The scores at which a curve is worked out, in points of the league: close together where the group is. */
function stepsOf({ league, model, rivals }: Rivals, finely: number): number[] {
  const scale = toNumber(league.scale);
  if (!model) return [0, scale];
  const unit = scale / 100;
  const around = Array.from(
    { length: 2 * WIDTH * finely + 1 },
    (_, i) => unit * (model.mean + model.spread * (i / finely - WIDTH)),
  );
  const edges = rivals.flatMap((r) => (r.form === 'open' ? [toNumber(r.lo), toNumber(r.hi)] : []));
  const all = [0, ...edges, ...around, scale].filter((x) => x >= 0 && x <= scale);
  return ascending(all.map(sixDigits));
}

const sixDigits = (x: number) => Number(x.toFixed(6));

const ascending = (scores: readonly number[]) => [...new Set(scores)].sort((p, q) => p - q);

const asScore = (x: number) => new Fraction(Math.round(x * 1e6), 1_000_000);

/** How many of the rivals without a known score are above, along the scale; `also` are scores that it must hold. */
export function openCurve(group: Rivals, also: readonly number[] = []): CurvePoint[] {
  return ascending([...stepsOf(group, FINENESS), ...also]).flatMap((score) => {
    const above = openAbove(group, asScore(score));
    if (!above) return [];
    const ranks = above.chances.map((probability, k) => ({ rank: above.sure + k, probability }));
    return [
      { score, mean: meanRank(ranks), low: quantileRank(ranks, 0.05), high: quantileRank(ranks, 0.95) },
    ];
  });
}

/** The rank along the scale, and how densely the group stands there, as a picture shows them. */
export interface GroupPicture {
  points: { score: number; mean: number; low: number; high: number; density: number }[];
}

/** Points of a picture to a standard deviation of the group. */
const PICTURE = 6;

const drawn = new WeakMap<Rivals, GroupPicture>();

/** The rank jumps where a score begins to print as a known one, and where it prints above: just before and at each. */
function jumpsOf({ league, rivals }: Rivals): number[] {
  const half = league.exact ? SMALLEST : 0.5 * 10 ** -league.decimals;
  const known = rivals.flatMap((r) => (r.form === 'known' ? [toNumber(r.score)] : []));
  // Among more units than these one place is less than a picture shows.
  if (known.length > MOST_JUMPS) return [];
  return known
    .flatMap((at) => [at - half - SMALLEST, at - half, at + half - SMALLEST, at + half])
    .map(sixDigits);
}

/** The group along its scale: the rank with its 90% band, and units expected per point; worked out once for a group. */
export function groupPicture(group: Rivals): GroupPicture | null {
  const { model, league } = group;
  if (!model) return null;
  const before = drawn.get(group);
  if (before) return before;
  const unit = toNumber(league.scale) / 100;
  const points = ascending([...stepsOf(group, PICTURE), ...jumpsOf(group)]).flatMap((score) => {
    const ranks = rankDistribution(group, asScore(score));
    if (!ranks) return [];
    const density = (group.size * model.density(score / unit)) / unit;
    return [
      {
        score,
        mean: meanRank(ranks),
        low: quantileRank(ranks, 0.05),
        high: quantileRank(ranks, 0.95),
        density,
      },
    ];
  });
  const picture = { points };
  drawn.set(group, picture);
  return picture;
}
