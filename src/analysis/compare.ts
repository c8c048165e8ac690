import type { Catalogue, Criterion } from '../catalogue/catalogue.js';
import { sameRule } from '../catalogue/diff.js';
import { type Diagnostic, warning } from '../diagnostics/diagnostic.js';
import { toNumber } from '../exact/fraction.js';
import type { Points } from '../exact/points.js';
import type { Entry, Reading } from '../reading/reading.js';
import type { InputValue } from '../rules/apply.js';
import type { CriterionResult, ReadingResult } from '../scoring/result.js';
import { score, scoreCriterion } from '../scoring/score.js';

/**
 * A change split in two: what new rules alone would have done to the old performance, and what the
 * performance did under the new rules. Null where the old value is not known, so that nothing can be split.
 */
export interface Change {
  total: Points | null;
  rules: Points | null;
  performance: Points | null;
}

interface ComparedCriterion {
  criterion: Criterion;
  /** Null when the criterion stands in one of the two schemes only. */
  before: CriterionResult | null;
  after: CriterionResult | null;
  change: Change;
}

interface ComparedField {
  id: string;
  name: Criterion['name'];
  change: Change;
}

/** Two scored readings side by side. Points are in the scheme's smallest part, the finer of the two. */
export interface Comparison {
  before: ReadingResult;
  after: ReadingResult;
  /** Whether both are scored under one catalogue. */
  sameRules: boolean;
  decimals: number;
  criteria: ComparedCriterion[];
  fields: ComparedField[];
  /** Change of what the catalogues do not list; a change of rules. */
  notListed: Points;
  change: Change;
}

/** What moved the score from one reading to the other. */
export function compare(
  before: { reading: Reading; catalogue: Catalogue },
  after: { reading: Reading; catalogue: Catalogue },
): Comparison {
  const [from, to] = [score(before.reading, before.catalogue), score(after.reading, after.catalogue)];
  const sameRules = before.catalogue === after.catalogue;
  const decimals = Math.max(before.catalogue.decimals, after.catalogue.decimals);
  const fine = (points: Points, { decimals: own }: Catalogue) => points * 10 ** (decimals - own);
  const rows = new Map(from.criteria.map((r) => [r.criterion.id, r]));
  const onlyAfter = to.criteria.filter((r) => !rows.has(r.criterion.id));
  const criteria = [
    ...from.criteria.map((old): [CriterionResult | null, CriterionResult | null] => [
      old,
      to.criteria.find((r) => r.criterion.id === old.criterion.id) ?? null,
    ]),
    ...onlyAfter.map((row): [CriterionResult | null, CriterionResult | null] => [null, row]),
  ].map(([old, row]): ComparedCriterion => {
    const was = old ? (old.points === null ? null : fine(old.points, before.catalogue)) : 0;
    const is = row ? (row.points === null ? null : fine(row.points, after.catalogue)) : 0;
    const carried = sameRules ? was : carriedPoints(old, row, after.catalogue);
    const middle = carried === null ? null : sameRules || !row ? carried : fine(carried, after.catalogue);
    return {
      criterion: (row ?? old)!.criterion,
      before: old,
      after: row,
      change: {
        total: minus(is, was),
        rules: sameRules ? 0 : minus(middle, was),
        performance: minus(is, middle),
      },
    };
  });
  const rest = (c: Catalogue) => fine(c.notListed?.max ?? 0, c);
  const notListed = rest(after.catalogue) - rest(before.catalogue);
  const total = sumOf(criteria.map((c) => c.change));
  return {
    before: from,
    after: to,
    sameRules,
    decimals,
    criteria,
    fields: fieldsOf(criteria, [after.catalogue, before.catalogue]),
    notListed,
    change: {
      total: plus(total.total, notListed),
      rules: plus(total.rules, notListed),
      performance: total.performance,
    },
  };
}

const minus = (p: Points | null, q: Points | null) => (p === null || q === null ? null : p - q);
const plus = (p: Points | null, q: Points) => (p === null ? null : p + q);

function sumOf(changes: readonly Change[]): Change {
  const sum = (key: keyof Change) =>
    changes.reduce<Points | null>((s, c) => (s === null || c[key] === null ? null : s + c[key]), 0);
  return { total: sum('total'), rules: sum('rules'), performance: sum('performance') };
}

function fieldsOf(criteria: readonly ComparedCriterion[], catalogues: readonly Catalogue[]): ComparedField[] {
  const fields = catalogues.flatMap((c) => c.fields);
  return fields.flatMap((field, i): ComparedField[] => {
    const own = criteria.filter((c) => c.criterion.field === field.id);
    if (own.length === 0 || fields.findIndex((f) => f.id === field.id) < i) return [];
    return [{ id: field.id, name: field.name, change: sumOf(own.map((c) => c.change)) }];
  });
}

/** Points of the old performance under the new rule; a criterion that came or went counts as a change of rules. */
function carriedPoints(
  old: CriterionResult | null,
  row: CriterionResult | null,
  catalogue: Catalogue,
): Points | null {
  if (!row) return 0;
  if (!old) return row.points;
  if (sameRule(old.criterion, row.criterion)) return old.points;
  const entry = carriedEntry(old, row.criterion);
  return entry && scoreCriterion(row.criterion, entry, catalogue).points;
}

/** The old entry as the new rule can read it: its value, or the one value that its deduction implies. */
function carriedEntry({ entry, implied, criterion }: CriterionResult, into: Criterion): Entry | null {
  if (!entry || entry.notApplicable || entry.exempt !== null) return entry;
  const given = entry.value?.inputs ?? impliedInput(implied);
  if (!given || given.length !== into.compiled.inputs.length) return null;
  const inputs = given.map((value, i): InputValue | null => {
    const [source, target] = [criterion.compiled.inputs[i]!, into.compiled.inputs[i]!];
    if (value.form === 'number') return target.form === 'line' && sameQuantity(source, target) ? value : null;
    if (value.form === 'none') return target.whenNone === null ? null : value;
    if (source.form !== 'table' || target.form !== 'table') return null;
    const index = target.levels.findIndex((l) => l.level.vi === source.levels[value.index]!.level.vi);
    return index < 0 ? null : { form: 'level', index };
  });
  if (!inputs.every((v) => v !== null)) return null;
  return { ...entry, value: { inputs, ratio: null }, deducted: null };
}

type Input = Criterion['compiled']['inputs'][number];
const sameQuantity = (p: Input, q: Input) =>
  p.form === 'line' && q.form === 'line' && p.quantity === q.quantity;

function impliedInput(implied: CriterionResult['implied']): InputValue[] | null {
  return implied?.form === 'interval' && implied.at ? [{ form: 'number', x: implied.at }] : null;
}

/** One reading as two, by the points the unit gave itself and those the panel gave; null when none has both. */
export function selfAndAppraised(reading: Reading, catalogue: Catalogue): [Reading, Reading] | null {
  const both = [...reading.entries].filter(([, e]) => e.selfScored !== null && e.appraised !== null);
  if (both.length === 0) return null;
  const as = (key: 'selfScored' | 'appraised'): Reading => ({
    ...reading,
    entries: new Map([
      ...reading.entries,
      ...both.map(([id, e]): [string, Entry] => {
        const { max } = catalogue.criteria.find((c) => c.id === id)!;
        return [id, { ...e, value: null, deducted: max - e[key]! }];
      }),
    ]),
  });
  return [as('selfScored'), as('appraised')];
}

/** Percentage points that a value seldom moves in a year. */
const FAR = 40;

/** Warnings on percents that moved far since another reading: often a slip of the decimal mark. */
export function movedFar(reading: Reading, before: Reading, catalogue: Catalogue): Diagnostic[] {
  return catalogue.criteria.flatMap((c): Diagnostic[] => {
    const input = c.compiled.inputs[0];
    const now = reading.entries.get(c.id);
    const then = before.entries.get(c.id)?.value?.inputs[0];
    const value = now?.value?.inputs[0];
    if (c.compiled.inputs.length > 1 || input?.form !== 'line' || input.quantity !== 'percent') return [];
    if (!now || value?.form !== 'number' || then?.form !== 'number') return [];
    if (value.x.sub(then.x).abs().compare(FAR) < 0) return [];
    const shown = (x: typeof value.x) => `${Number(toNumber(x).toFixed(4))}%`;
    return [warning('moved-far', { id: c.id, before: shown(then.x), after: shown(value.x) }, now.path)];
  });
}
