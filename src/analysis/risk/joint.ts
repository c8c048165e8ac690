import { pointsToFraction, roundToPoints } from '../../exact/points.js';
import { type InputValue, pointsOfInput } from '../../rules/apply.js';
import type { CompiledRule, Input } from '../../rules/rule.js';
import { factorDistribution, type PointsDistribution } from './exact.js';
import { type Factor, inputFactor } from './factor.js';
import type { Uncertain } from './outlook.js';

/** Multiplications that one criterion's distribution may take. */
const MOST_WORK = 5e7;
/** Places beyond the scheme's that the inputs' points are kept to, as many as the work allows. */
const FINER = [2, 1, 0, -1, -2];

/**
 * A criterion several of whose inputs are uncertain, as a table of its points: the inputs' points, each to places finer
 * than the scheme's where the work allows it, put together, and then limited and rounded once. Null when even the
 * coarsest are too many.
 */
export function jointFactor(
  id: string,
  rule: CompiledRule,
  values: readonly (InputValue | undefined)[],
  asked: readonly (Uncertain | null)[],
  decimals: number,
): Factor | null {
  for (const finer of FINER) {
    const places = decimals + finer;
    if (places < 0) continue;
    const parts = rule.inputs.map((input, i) => partOf(id, input, values[i], asked[i] ?? null, places));
    if (!parts.every((p) => p !== null)) continue;
    const joined = together(parts, rule.combine);
    if (joined) return tableOf(id, joined, rule, places, decimals);
  }
  return null;
}

/** How an input's points fall, in whole parts of `places`. */
function partOf(
  id: string,
  input: Input,
  value: InputValue | undefined,
  asked: Uncertain | null,
  places: number,
): PointsDistribution | null {
  const given = asked?.form === 'value' ? asked.value : value;
  if (!asked || asked.form === 'value') {
    if (!given) return null;
    const from = roundToPoints(pointsOfInput(input, given), places);
    return { from, chances: Float64Array.of(1) };
  }
  const factor = inputFactor(id, input, asked, places);
  return 'code' in factor ? null : factorDistribution(factor);
}

function together(
  parts: readonly PointsDistribution[],
  how: CompiledRule['combine'],
): PointsDistribution | null {
  const [first, ...rest] = parts;
  if (!first) return null;
  let joined = first;
  for (const part of rest) {
    if (joined.chances.length * part.chances.length > MOST_WORK) return null;
    joined = pairOf(joined, part, how);
  }
  return joined;
}

/** The distribution of the sum, or the lesser, of two independent ones. */
function pairOf(
  p: PointsDistribution,
  q: PointsDistribution,
  how: CompiledRule['combine'],
): PointsDistribution {
  const [lastP, lastQ] = [p.from + p.chances.length - 1, q.from + q.chances.length - 1];
  const from = how === 'sum' ? p.from + q.from : Math.min(p.from, q.from);
  const to = how === 'sum' ? lastP + lastQ : Math.min(lastP, lastQ);
  const chances = new Float64Array(to - from + 1);
  p.chances.forEach((a, i) => {
    if (a === 0) return;
    q.chances.forEach((b, j) => {
      const [x, y] = [p.from + i, q.from + j];
      chances[(how === 'sum' ? x + y : Math.min(x, y)) - from]! += a * b;
    });
  });
  return { from, chances };
}

/** Points within the rule's limits, rounded as the scheme rounds, with the chance of each or less. */
function tableOf(
  id: string,
  { from, chances }: PointsDistribution,
  { floor, cap }: CompiledRule,
  places: number,
  decimals: number,
): Factor {
  const masses = new Map<number, number>();
  chances.forEach((chance, k) => {
    if (chance === 0) return;
    let exact = pointsToFraction(from + k, places);
    if (cap && exact.compare(cap) > 0) exact = cap;
    if (floor && exact.compare(floor) < 0) exact = floor;
    const points = roundToPoints(exact, decimals);
    masses.set(points, (masses.get(points) ?? 0) + chance);
  });
  const ordered = [...masses].sort(([p], [q]) => p - q);
  const whole = ordered.reduce((sum, [, chance]) => sum + chance, 0);
  let sum = 0;
  const upTo = ordered.map(([, chance]) => {
    sum += chance / whole;
    return sum;
  });
  return { id, form: 'table', points: ordered.map(([points]) => points), upTo };
}
