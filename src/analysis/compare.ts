import type { Catalogue, Criterion, Field } from '../catalogue/catalogue.js';
import { counterparts, sameRule, sameRules as scoreAlike } from '../catalogue/diff.js';
import { notListedPoints } from '../catalogue/sums.js';
import type { CataloguedReading, Entry, Reading } from '../reading/reading.js';
import type { InputValue } from '../rules/apply.js';
import type { Input } from '../rules/rule.js';
import type { CriterionResult, ReadingResult } from '../scoring/result.js';
import { score } from '../scoring/score.js';
import { type Diagnostic, warning } from '../values/diagnostic.js';
import { toNumber } from '../values/fraction.js';
import { difference, type Points } from '../values/points.js';

/**
 * A change split in two: what new rules alone would have done to the old performance, and what the
 * performance did under the new rules. Null where the old value is unknown, so that nothing can be split.
 */
export interface PointsChange {
  total: Points | null;
  rules: Points | null;
  performance: Points | null;
}

/** Two scored readings side by side. Points are in the scheme's smallest part, the finer of the two. */
export interface Comparison {
  before: ReadingResult;
  after: ReadingResult;
  /** Whether both catalogues score alike: they need not be one file. */
  sameRules: boolean;
  decimals: number;
  criteria: {
    criterion: Criterion;
    /** Null when the criterion stands in one of the two schemes only. */
    before: CriterionResult | null;
    after: CriterionResult | null;
    change: PointsChange;
  }[];
  fields: { id: string; name: Criterion['name']; change: PointsChange }[];
  /** Of what lies outside the scale; null without such criteria. */
  adjustment: PointsChange | null;
  /** Change of what the catalogues do not list; a change of rules. */
  notListed: Points;
  /** What caps, means, weights, roundings and limits make of the criteria's changes, beyond their sum. */
  combined: PointsChange;
  change: PointsChange;
}

/** What moved the score from one reading to the other. */
export function compare(before: CataloguedReading, after: CataloguedReading): Comparison {
  const [from, to] = [score(before.reading, before.catalogue), score(after.reading, after.catalogue)];
  const sameRules = scoreAlike(before.catalogue, after.catalogue);
  const decimals = Math.max(before.catalogue.decimals, after.catalogue.decimals);
  // The old performance under the new rules.
  const pairs = pairsOf(before.catalogue.criteria, after.catalogue.criteria);
  const carried = sameRules ? from : carriedResult(from, pairs, after);
  const fine = (points: Points, { catalogue }: ReadingResult) =>
    points * 10 ** (decimals - catalogue.decimals);
  /** How a part of the score moved: as the old side, the old one under the new rules and the new one have it. */
  const changeOf = (part: (side: ReadingResult) => Points | null): PointsChange => {
    const [was = null, middle = null, is = null] = [from, carried, to].map((side) => {
      const points = part(side);
      return points === null ? null : fine(points, side);
    });
    return {
      total: difference(is, was),
      rules: sameRules ? 0 : difference(middle, was),
      performance: difference(is, middle),
    };
  };
  const rows = new Map([from, carried, to].map((side) => [side, rowsOf(side)]));
  const criteria = pairs.map(([was, is]) => {
    const rowOf = (side: ReadingResult) => {
      const criterion = side === from ? was : is;
      return (criterion && rows.get(side)!.get(criterion.id)) ?? null;
    };
    const change = changeOf((side) => {
      const row = rowOf(side);
      return row ? row.points : 0;
    });
    const [old, row] = [rowOf(from), rowOf(to)];
    return { criterion: (row ?? old)!.criterion, before: old, after: row, change };
  });
  const rest = (side: ReadingResult) => fine(notListedPoints(side.catalogue), side);
  const notListed = rest(to) - rest(from);
  const sum = sumOf(criteria.map((c) => c.change));
  const change = changeOf(({ total }) => total.score);
  return {
    before: from,
    after: to,
    sameRules,
    decimals,
    criteria,
    fields: fieldsOf(from, to).map(([was, is]) => ({
      id: (is ?? was)!.id,
      name: (is ?? was)!.name,
      change: changeOf((side) => {
        const its = side === from ? was : is;
        const field = its && side.fields.find((f) => f.field.id === its.id);
        return field ? field.points : 0;
      }),
    })),
    adjustment: [from, to].some(hasOutside)
      ? changeOf((side) => (hasOutside(side) ? side.total.adjustment : 0))
      : null,
    notListed,
    combined: {
      total: difference(difference(change.total, sum.total), notListed),
      rules: difference(difference(change.rules, sum.rules), notListed),
      performance: difference(change.performance, sum.performance),
    },
    change,
  };
}

const hasOutside = ({ criteria }: ReadingResult) => criteria.some((c) => c.criterion.outside);

const rowsOf = ({ criteria }: ReadingResult) => new Map(criteria.map((r) => [r.criterion.id, r]));

function sumOf(changes: readonly PointsChange[]): PointsChange {
  const sum = (key: keyof PointsChange) =>
    changes.reduce<Points | null>((s, c) => (s === null || c[key] === null ? null : s + c[key]), 0);
  return { total: sum('total'), rules: sum('rules'), performance: sum('performance') };
}

type Pair<T> = readonly [T | null, T | null];

/** Parts of two schemes beside those they correspond to, then those that the second has alone. */
function pairsOf<T extends Pick<Field, 'id' | 'name'>>(first: readonly T[], second: readonly T[]): Pair<T>[] {
  const found = counterparts(first, second);
  const taken = new Set(found.values());
  return [
    ...first.map((one): Pair<T> => [one, found.get(one) ?? null]),
    ...second.filter((one) => !taken.has(one)).map((one): Pair<T> => [null, one]),
  ];
}

/** Fields with criteria of their own within the scale, in the order of the later scheme. */
function fieldsOf(from: ReadingResult, to: ReadingResult): Pair<Field>[] {
  const isListed = (field: Field | null, { criteria }: ReadingResult) =>
    criteria.some((c) => c.criterion.field === field?.id && !c.criterion.outside);
  return pairsOf(to.catalogue.fields, from.catalogue.fields)
    .map(([is, was]): Pair<Field> => [was, is])
    .filter(([was, is]) => isListed(was, from) || isListed(is, to));
}

/** The old performance scored under the new rules; a criterion that came is as the new reading has it. */
function carriedResult(
  from: ReadingResult,
  pairs: readonly Pair<Criterion>[],
  { reading, catalogue }: CataloguedReading,
): ReadingResult {
  const rows = rowsOf(from);
  const entries = new Map(reading.entries);
  // A published deduction is in the smallest points of its own scheme.
  const samePoints = from.catalogue.decimals === catalogue.decimals;
  for (const [was, criterion] of pairs) {
    const old = was && rows.get(was.id);
    if (!old || !criterion) continue;
    const entry = samePoints && sameRule(old.criterion, criterion) ? old.entry : carriedEntry(old, criterion);
    if (entry) entries.set(criterion.id, entry);
    else entries.delete(criterion.id);
  }
  return score({ ...reading, entries }, catalogue);
}

/** The old entry as the new rule can read it: its value, or the one value that its deduction implies. */
function carriedEntry({ entry, implied, criterion }: CriterionResult, into: Criterion): Entry | null {
  if (!entry || entry.notApplicable || entry.exempt !== null) return entry;
  const at = implied?.form === 'interval' ? implied.at : null;
  const given = entry.value?.inputs ?? (at && [{ form: 'number', x: at } as const]);
  if (!given || given.length !== into.compiled.inputs.length) return null;
  const inputs = into.compiled.inputs.map((target): InputValue | null => {
    const source = sameInput(target, criterion);
    const value = source && given[criterion.compiled.inputs.indexOf(source)];
    if (!value) return null;
    if (value.form === 'number') return target.form === 'line' && sameQuantity(source, target) ? value : null;
    if (value.form === 'none') return target.whenNone === null ? null : value;
    if (source.form !== 'table' || target.form !== 'table') return null;
    const index = target.levels.findIndex((l) => l.level.vi === source.levels[value.index]!.level.vi);
    return index < 0 ? null : { form: 'level', index };
  });
  if (!inputs.every((v) => v !== null)) return null;
  return { ...entry, value: { inputs, ratio: null }, deducted: null };
}

/** The value of a criterion that is called as one of another is; a criterion's only value has no name. */
export const sameInput = ({ key }: Input, { compiled: { inputs } }: Criterion): Input | undefined =>
  inputs.find((input) => input.key === key);

/** Whether a number for the one means the same for the other: 8 cases are not 8%. */
export const sameQuantity = (p: Input, q: Input) =>
  p.form === 'line' && q.form === 'line' && p.quantity === q.quantity;

/** Whether an entry has the points the unit gave itself and those the panel gave. */
const hasBoth = ({ selfScored, appraised }: Entry) => selfScored !== null && appraised !== null;

/** Criteria that are given, but not with both: they count alike on both sides. */
export const withoutBoth = ({ entries }: Reading): string[] =>
  [...entries].flatMap(([id, e]) => (e.notApplicable || hasBoth(e) ? [] : [id]));

/** One reading as two, by the points the unit gave itself and those the panel gave; null when none has both. */
export function selfAndAppraised(reading: Reading, catalogue: Catalogue): [Reading, Reading] | null {
  const both = [...reading.entries].filter(([, e]) => hasBoth(e));
  if (both.length === 0) return null;
  const as = (key: 'selfScored' | 'appraised'): Reading => ({
    ...reading,
    entries: new Map([
      ...reading.entries,
      ...both.map(([id, e]): [string, Entry] => {
        const { max } = catalogue.criteria.find((c) => c.id === id)!;
        // The value stays, for what others require of it; of an explanation the points tell what came of it.
        return [id, { ...e, exempt: null, deducted: max - e[key]! }];
      }),
    ]),
  });
  return [as('selfScored'), as('appraised')];
}

/** Percentage points that a value seldom moves in a year. */
const FAR = 40;

/** Warnings on percents that moved far since another reading, under its own catalogue: often a slip of the decimal mark. */
export function movedFar(after: CataloguedReading, before: CataloguedReading): Diagnostic[] {
  const isPercent = ({ compiled: { inputs } }: Criterion) =>
    inputs.length === 1 && inputs[0]!.form === 'line' && inputs[0]!.quantity === 'percent';
  return pairsOf(before.catalogue.criteria, after.catalogue.criteria).flatMap(([was, c]): Diagnostic[] => {
    if (!was || !c || !isPercent(was) || !isPercent(c)) return [];
    const now = after.reading.entries.get(c.id);
    const then = before.reading.entries.get(was.id)?.value?.inputs[0];
    const value = now?.value?.inputs[0];
    if (!now || value?.form !== 'number' || then?.form !== 'number') return [];
    if (value.x.sub(then.x).abs().compare(FAR) < 0) return [];
    const shown = (x: typeof value.x) => `${Number(toNumber(x).toFixed(4))}%`;
    return [warning('moved-far', { id: c.id, before: shown(then.x), after: shown(value.x) }, now.path)];
  });
}
