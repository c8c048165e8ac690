import { type Diagnostic, error } from '../../diagnostics/diagnostic.js';
import { Fraction, fromNumber, toNumber } from '../../exact/fraction.js';
import type { Points } from '../../exact/points.js';
import { type Entry, type Reading, UNSAID } from '../../reading/reading.js';
import type { InputValue } from '../../rules/apply.js';
import type { ReadingResult } from '../../scoring/result.js';
import { score } from '../../scoring/score.js';
import { type Factor, tableFactor, wholeNumbers } from './factor.js';
import type { Outlook, Uncertain } from './outlook.js';
import { RandomStream } from './random.js';
import { curveOf } from './spread.js';

// A scheme that ties criteria together is scored whole: every set of the values that may come, or draws of them.

/** Sets of values that are scored; more are drawn, as many as these or as are asked for. */
const MOST_SETS = 20_000;
/** Whole numbers of one input that are tried one by one. */
const MOST_VALUES = 200;
/** Chances below this are left out at both ends of whole numbers. */
const NEGLIGIBLE = 1e-12;
const WIDEST = 1_000_000;
/** Places of a drawn percent or number. */
const PLACES = 4;

/** One uncertain input: the values that may come with their chances, where they are few, and a draw of one. */
interface Axis {
  id: string;
  at: number;
  values: { value: InputValue; chance: number }[] | null;
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
  const fixed = new Map<string, (InputValue | null)[]>();
  for (const row of result.criteria) {
    const asked = outlook.indicators.get(row.criterion.id);
    if (!asked) continue;
    if (row.status === 'not_applicable') return [error('risk-not-applicable', { id: row.criterion.id })];
    const own = reading.entries.get(row.criterion.id)?.value?.inputs;
    fixed.set(
      row.criterion.id,
      asked.map((u, i) => (u?.form === 'value' ? u.value : (own?.[i] ?? null))),
    );
    for (const [at, uncertain] of asked.entries()) {
      if (!uncertain || uncertain.form === 'value') continue;
      const axis = axisOf(row.criterion.id, at, row.criterion.compiled.inputs[at]!, uncertain);
      if ('code' in axis) return [axis];
      axes.push(axis);
    }
  }
  const masses = new Map<Points, number>();
  const problems: Diagnostic[] = [];
  const note = (values: readonly InputValue[], chance: number) => {
    const found = scored(result, reading, fixed, axes, values);
    if (typeof found === 'number') masses.set(found, (masses.get(found) ?? 0) + chance);
    else if (problems.length === 0) problems.push(found);
  };
  const sets = axes.reduce((n, a) => n * (a.values?.length ?? Number.POSITIVE_INFINITY), 1);
  const drawn = sets <= MOST_SETS && draws === undefined ? null : (draws ?? MOST_SETS);
  if (drawn === null) {
    const visit = (i: number, values: InputValue[], chance: number): void => {
      const axis = axes[i];
      if (problems.length > 0) return;
      if (!axis) note(values, chance);
      for (const v of axis?.values ?? []) visit(i + 1, [...values, v.value], chance * v.chance);
    };
    visit(0, [], 1);
  } else {
    const streams = axes.map((_, i) => new RandomStream(seed, i, 0));
    for (let k = 0; k < drawn && problems.length === 0; k++)
      note(
        axes.map((axis, i) => axis.draw(streams[i]!.share())),
        1 / drawn,
      );
  }
  if (problems.length > 0) return problems;
  return { factor: tableFactor('', masses), drawn };
}

/** The score with the given values, or why it has none on the same maximum. */
function scored(
  result: ReadingResult,
  reading: Reading,
  fixed: ReadonlyMap<string, readonly (InputValue | null)[]>,
  axes: readonly Axis[],
  values: readonly InputValue[],
): Points | Diagnostic {
  const entries = new Map(reading.entries);
  const missing: string[] = [];
  for (const [id, given] of fixed) {
    const inputs = given.map((value, i) => {
      const axis = axes.findIndex((a) => a.id === id && a.at === i);
      return axis < 0 ? value : values[axis]!;
    });
    if (!inputs.every((v) => v !== null)) {
      missing.push(id);
      continue;
    }
    const own: Entry = entries.get(id) ?? UNSAID;
    entries.set(id, { ...own, value: { inputs, ratio: null }, deducted: null, exempt: null });
  }
  const { criteria, total } = score({ ...reading, entries }, result.catalogue);
  if (total.score === null) {
    const unknown = criteria.flatMap((c) => (c.points === null ? [c.criterion.id] : []));
    return error('risk-needs-values', { ids: [...new Set([...missing, ...unknown])] });
  }
  return total.applicableMax === result.total.applicableMax ? total.score : error('risk-not-additive', {});
}

function axisOf(
  id: string,
  at: number,
  input: ReadingResult['criteria'][number]['criterion']['compiled']['inputs'][number],
  uncertain: Exclude<Uncertain, { form: 'value' }>,
): Axis | Diagnostic {
  if (uncertain.form === 'chances') {
    const values = uncertain.options.map(({ value, probability }) => ({ value, chance: probability }));
    return { id, at, values, draw: (share) => picked(values, share) };
  }
  if (input.form !== 'line')
    return error('spread-on-level', { id, levels: input.levels.map((l) => l.level.vi) });
  const [lo, hi] = [input.range.lo, input.range.hi].map((end) => end && toNumber(end));
  const [low, high] = [lo ?? -WIDEST, hi ?? WIDEST];
  const whole = input.quantity === 'count' || input.quantity === 'date';
  const spread = whole ? wholeNumbers(uncertain.spread) : uncertain.spread;
  const curve = curveOf(spread, low, high);
  const valueAt = (x: number): InputValue => {
    const inside = Math.min(high, Math.max(low, x));
    const rounded = whole ? new Fraction(Math.round(inside)) : fromNumber(inside).round(PLACES);
    return { form: 'number', x: rounded };
  };
  const draw = (share: number) => valueAt(curve.quantile(share));
  const [first, last] = [NEGLIGIBLE, 1 - NEGLIGIBLE].map((u) => Math.round(curve.quantile(u)));
  if (!whole || last! - first! >= MOST_VALUES) return { id, at, values: null, draw };
  const values = Array.from({ length: last! - first! + 1 }, (_, i) => {
    const v = first! + i;
    const upTo = v === last ? 1 : curve.cdf(v + 0.5);
    const before = v === first ? 0 : curve.cdf(v - 0.5);
    return { value: valueAt(v), chance: upTo - before };
  });
  return { id, at, values, draw };
}

/** The value that a share of the chances falls on. */
function picked(values: readonly { value: InputValue; chance: number }[], share: number): InputValue {
  let sum = 0;
  for (const v of values) {
    sum += v.chance;
    if (share <= sum) return v.value;
  }
  return values.at(-1)!.value;
}
