import { type Diagnostic, error } from '../../diagnostics/diagnostic.js';
import { toNumber } from '../../exact/fraction.js';
import { type Points, pointsToFraction, roundToPoints } from '../../exact/points.js';
import { type InputValue, pointsOfInput } from '../../rules/apply.js';
import { compileColumn, type LineColumn } from '../../rules/column.js';
import type { Interval } from '../../rules/line.js';
import type { CompiledRule, Input } from '../../rules/rule.js';
import { factorDistribution, type PointsDistribution } from './exact.js';
import type { Uncertain } from './outlook.js';
import type { Spread } from './spread.js';

/** An uncertain criterion, as plain data that a worker can be sent. */
export type Factor = { id: string } & (
  | { form: 'column'; column: LineColumn; spread: Spread; low: number; high: number; grid: number }
  | { form: 'table'; points: number[]; upTo: number[] }
);

/** A whole number of this many parts makes one of a percent or number; counts are whole. */
const GRIDS = [1_000_000, 10_000, 100, 1];
const WIDEST = 1_000_000;

/** One uncertain indicator along its line or its levels. */
export function inputFactor(
  id: string,
  input: Input,
  uncertain: Exclude<Uncertain, { form: 'value' }>,
  decimals: number,
): Factor | Diagnostic {
  if (uncertain.form === 'chances') {
    let sum = 0;
    const upTo = uncertain.options.map((o) => {
      sum += o.probability;
      return sum;
    });
    const points = uncertain.options.map((o) => roundToPoints(pointsOfInput(input, o.value), decimals));
    return { id, form: 'table', points, upTo };
  }
  if (input.form !== 'line')
    return error('spread-on-level', { id, levels: input.levels.map((l) => l.level.vi) });
  const { low, high } = ends(input.range);
  const widest = Math.max(Math.abs(low ?? WIDEST), Math.abs(high ?? WIDEST));
  const whole = input.quantity === 'count' || input.quantity === 'date';
  for (const grid of whole ? [1] : GRIDS) {
    const column = compileColumn(input.line, decimals, grid, widest * grid);
    const limits = { low: low ?? -WIDEST, high: high ?? WIDEST };
    const spread = whole ? wholeNumbers(uncertain.spread) : uncertain.spread;
    if (column) return { id, form: 'column', column, spread, ...limits, grid };
  }
  return error('risk-too-fine', { id });
}

/** A range of whole numbers holds both its ends in full: 1 to 3 is 0.5 to 3.5 before rounding. */
export function wholeNumbers(spread: Spread): Spread {
  if (spread.kind !== 'uniform' && spread.kind !== 'triangular') return spread;
  return { ...spread, low: spread.low - 0.5, high: spread.high + 0.5 };
}

const ends = (range: Interval) => ({
  low: range.lo && toNumber(range.lo),
  high: range.hi && toNumber(range.hi),
});

/** Points with their chances as a table. */
export function tableFactor(id: string, masses: ReadonlyMap<Points, number>): Factor {
  const ordered = [...masses].sort(([p], [q]) => p - q);
  const whole = ordered.reduce((sum, [, chance]) => sum + chance, 0);
  let sum = 0;
  const upTo = ordered.map(([, chance]) => {
    sum += chance / whole;
    return sum;
  });
  return { id, form: 'table', points: ordered.map(([points]) => points), upTo };
}

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
  return tableFactor(id, masses);
}
