import { EMPTY_ENTRY, type Entry, type Reading, standingAt } from '../../reading/reading.js';
import { type InputValue, pointsOfInput } from '../../rules/apply.js';
import { compileColumn, type LineColumn } from '../../rules/column.js';
import { type CompiledRule, type Input, isWhole } from '../../rules/rule.js';
import type { ReadingResult } from '../../scoring/result.js';
import { score } from '../../scoring/score.js';
import { type Diagnostic, error } from '../../values/diagnostic.js';
import { fromNumber, greater, lesser } from '../../values/fraction.js';
import { addTo } from '../../values/grouping.js';
import { type Points, pointsToFraction, roundToPoints } from '../../values/points.js';
import { runningSums } from '../../values/search.js';
import { certain, type Outlook, setsOf, type Uncertain, type ValueChance, valuesOf } from './outlook.js';
import { factorDistribution, type PointsDistribution, sumOf } from './risk.js';
import { curveOf, type Distribution, inputCurve, RandomStream } from './spread.js';

/** An uncertain criterion, as plain data that a worker can be sent. */
export type Factor = { id: string } & (
  | {
      form: 'column';
      column: LineColumn;
      distribution: Distribution;
      low: number;
      high: number;
      grid: number;
    }
  | { form: 'table'; points: number[]; upTo: number[] }
);

/** A whole number of this many parts makes one of a percent or number; counts are whole. */
const GRIDS = [1_000_000, 10_000, 100, 1];

/** One uncertain indicator along its line or its levels. */
export function inputFactor(
  id: string,
  input: Input,
  uncertain: Uncertain,
  decimals: number,
): Factor | Diagnostic {
  if (uncertain.kind === 'chances') {
    const { options } = uncertain;
    const points = options.map((o) => roundToPoints(pointsOfInput(input, o.value), decimals));
    return { id, form: 'table', points, upTo: runningSums(options.map((o) => o.probability)) };
  }
  if (input.form !== 'line') return spreadOnLevel(id, input);
  const curve = inputCurve(input, uncertain);
  const widest = Math.max(Math.abs(curve.low), Math.abs(curve.high));
  for (const grid of isWhole(input.quantity) ? [1] : GRIDS) {
    const column = compileColumn(input.line, decimals, grid, Math.floor(widest * grid));
    if (column) return { id, form: 'column', column, ...curve, grid };
  }
  return error('risk-too-fine', { id });
}

const spreadOnLevel = (id: string, { levels }: Extract<Input, { form: 'table' }>): Diagnostic =>
  error('spread-on-level', { id, levels: levels.map((l) => l.level.vi) });

/** Points with their chances as a table. */
function tableFactor(id: string, masses: ReadonlyMap<Points, number>): Factor {
  const ordered = [...masses].sort(([p], [q]) => p - q);
  const whole = ordered.reduce((sum, [, chance]) => sum + chance, 0);
  const upTo = runningSums(ordered.map(([, chance]) => chance / whole));
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
  inputs: readonly Uncertain[],
  decimals: number,
): Factor | null {
  for (const finer of FINER) {
    const places = decimals + finer;
    if (places < 0) continue;
    // How each input's points fall, in whole parts of `places`.
    const parts = inputs.flatMap((uncertain, i) => {
      const factor = inputFactor(id, rule.inputs[i]!, uncertain, places);
      return 'code' in factor ? [] : [factorDistribution(factor)];
    });
    const joined = parts.length === inputs.length ? together(parts, rule.combine) : null;
    if (joined) return tableOf(id, joined, rule, places, decimals);
  }
  return null;
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
    joined = how === 'sum' ? sumOf(joined, part) : lesserOf(joined, part);
  }
  return joined;
}

/** The distribution of the lesser of two independent ones. */
function lesserOf(p: PointsDistribution, q: PointsDistribution): PointsDistribution {
  const from = Math.min(p.from, q.from);
  const to = Math.min(p.from + p.chances.length, q.from + q.chances.length) - 1;
  const chances = new Float64Array(to - from + 1);
  p.chances.forEach((a, i) => {
    if (a === 0) return;
    q.chances.forEach((b, j) => {
      chances[Math.min(p.from + i, q.from + j) - from]! += a * b;
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
    const exact = pointsToFraction(from + k, places);
    const capped = cap ? lesser(exact, cap) : exact;
    addTo(masses, roundToPoints(floor ? greater(capped, floor) : capped, decimals), chance);
  });
  return tableFactor(id, masses);
}

// A scheme that ties criteria together is scored whole: every set of the values that may come, or draws of them.

/** Sets of values that are scored; more are drawn, as many as these or as are asked for. */
const MOST_SETS = 20_000;
/** Whole numbers of one input that are tried one by one. */
const MOST_VALUES = 200;
/** Places of a drawn percent or number. */
const PLACES = 4;

/** One input: the values that may come with their chances, where they are few, and a draw of one. */
interface Axis {
  id: string;
  values: ValueChance[] | null;
  draw(share: number): InputValue;
}

/** The score's distribution as one table, and how many draws it is from; null where every set was scored. */
export interface TiedScore {
  factor: Factor;
  drawn: number | null;
}

/** Scores the whole reading for every set of uncertain values, or for seeded draws of them. */
export function tiedScore(
  result: ReadingResult,
  reading: Reading,
  outlook: Outlook,
  { draws, seed }: { draws: number | undefined; seed: number },
): TiedScore | Diagnostic[] {
  const axes: Axis[] = [];
  const missing: string[] = [];
  for (const { criterion, status } of result.criteria) {
    const { id, compiled } = criterion;
    const asked = outlook.indicators.get(id);
    if (!asked) continue;
    if (status === 'not_applicable' || status === 'other_unit') return [error('risk-not-applicable', { id })];
    const inputs = wholeOf(asked, reading.entries.get(id));
    if (!inputs) missing.push(id);
    for (const [i, uncertain] of (inputs ?? []).entries()) {
      const axis = axisOf(id, compiled.inputs[i]!, uncertain);
      if ('code' in axis) return [axis];
      axes.push(axis);
    }
  }
  const masses = new Map<Points, number>();
  const problems: Diagnostic[] = [];
  const note = (values: readonly InputValue[], chance: number) => {
    const points = scored(result, reading, missing, axes, values);
    if (typeof points === 'number') addTo(masses, points, chance);
    else if (problems.length === 0) problems.push(points);
  };
  const sets = axes.reduce((n, a) => n * (a.values?.length ?? Number.POSITIVE_INFINITY), 1);
  const drawn = sets <= MOST_SETS && draws === undefined ? null : (draws ?? MOST_SETS);
  if (drawn === null) {
    for (const { values, chance } of setsOf(axes.map((axis) => axis.values!))) {
      if (problems.length > 0) break;
      note(values, chance);
    }
  } else {
    const streams = axes.map((_, i) => new RandomStream(seed, i, 0));
    for (let k = 0; k < drawn && problems.length === 0; k++) {
      const values = axes.map((axis, i) => axis.draw(streams[i]!.share()));
      note(values, 1 / drawn);
    }
  }
  if (problems.length > 0) return problems;
  return { factor: tableFactor('', masses), drawn };
}

/** The score with the given values, or why it has none on the same maximum. */
function scored(
  result: ReadingResult,
  reading: Reading,
  missing: readonly string[],
  axes: readonly Axis[],
  values: readonly InputValue[],
): Points | Diagnostic {
  const inputs = new Map<string, InputValue[]>();
  axes.forEach(({ id }, i) => {
    inputs.set(id, [...(inputs.get(id) ?? []), values[i]!]);
  });
  const entries = new Map(reading.entries);
  for (const [id, given] of inputs) {
    const entry: Entry = standingAt(reading, id) ?? EMPTY_ENTRY;
    entries.set(id, { ...entry, value: { inputs: given, ratio: null }, deducted: null, exempt: null });
  }
  const { criteria, total } = score({ ...reading, entries }, result.catalogue);
  if (total.score === null || missing.length > 0) {
    const unknown = criteria.flatMap((c) => (c.points === null ? [c.criterion.id] : []));
    return error('risk-needs-values', { ids: [...new Set([...missing, ...unknown])] });
  }
  return total.applicableMax === result.total.applicableMax ? total.score : error('risk-not-additive', {});
}

/** Every input of a criterion, as the outlook says or else as the reading has it; null where one is given by neither. */
export function wholeOf(asked: readonly (Uncertain | null)[], entry: Entry | undefined): Uncertain[] | null {
  const inputs = asked.map((uncertain, i) => {
    const value = entry?.value?.inputs[i];
    return uncertain ?? (value ? certain(value) : null);
  });
  return inputs.every((u) => u !== null) ? inputs : null;
}

function axisOf(id: string, input: Input, uncertain: Uncertain): Axis | Diagnostic {
  const values = valuesOf(uncertain, input, MOST_VALUES);
  if (uncertain.kind === 'chances') return { id, values, draw: pickerOf(uncertain.options) };
  if (input.form !== 'line') return spreadOnLevel(id, input);
  const { distribution, low, high } = inputCurve(input, uncertain);
  const curve = curveOf(distribution, low, high);
  const places = isWhole(input.quantity) ? 0 : PLACES;
  const inside = (x: number) => (places === 0 ? Math.min(Math.floor(high), Math.max(Math.ceil(low), x)) : x);
  const draw = (share: number): InputValue => {
    return { form: 'number', x: fromNumber(inside(curve.quantile(share))).round(places) };
  };
  return { id, values, draw };
}

/** What gives the value that a share of the chances falls on; their sums are made once, not at each draw. */
function pickerOf(values: readonly ValueChance[]): (share: number) => InputValue {
  const upTo = runningSums(values.map((v) => v.probability));
  return (share) => (values[upTo.findIndex((sum) => share <= sum)] ?? values.at(-1)!).value;
}
