import { type Diagnostic, error, note, warning } from '../values/diagnostic.js';
import { toNumber, ZERO } from '../values/fraction.js';
import { isMap } from '../values/from-zod.js';
import { fold } from '../values/suggest.js';
import { findSameUnit, sameUnit, type UnitName } from '../values/unit.js';
import { ratioText, readCount, type ScalarData } from './measure.js';

/** A filled form: one unit's reading as plain data. */
export interface FilledForm {
  file: string;
  unit: UnitName;
  year: string;
  indicators: Readonly<Record<string, unknown>>;
}

/** What the counts of a month's form are of: that month alone, or the year up to its end. */
export type MonthCounts = 'month' | 'to-date';

/** The forms of one unit and year made one. */
export interface Collected<F extends FilledForm> {
  /** The forms, in the order of their months. */
  forms: F[];
  indicators: Record<string, unknown>;
}

/**
 * What of a criterion is counted: whether a total is the year's plan, and which of its values are counts or may be
 * `600/1000` (null: its one value).
 */
export interface CountsOf {
  planned: boolean;
  ratios: readonly (string | null)[];
  values: readonly (string | null)[];
}

type RawEntry = Record<string, unknown>;

const isBlank = (value: unknown): boolean => value === undefined || value === null || value === '';

const entryOf = (value: unknown): RawEntry =>
  typeof value === 'object' && value !== null ? (value as RawEntry) : { value };

/** The entry with the counts that its value says as `600/1000`. */
function withCounts(entry: RawEntry): RawEntry {
  const { value, ...rest } = entry;
  const ratio = isBlank(value) ? null : ratioText(value as ScalarData);
  return ratio ? { ...rest, done: ratio.done, total: ratio.total } : entry;
}

/** Whether anything stands in what a form has of a criterion. */
export const isFilled = (value: unknown): boolean =>
  Object.values(entryOf(value)).some((part) => !isBlank(part));

/**
 * The month that a form's file names: `xa-a-thang-3.xlsx`, `xa-a-t03.csv`, `2026-03.yaml`; null when it names none,
 * or two.
 */
export function monthOf(file: string): number | null {
  const last = file.slice(Math.max(file.lastIndexOf('/'), file.lastIndexOf('\\')) + 1);
  const dot = last.lastIndexOf('.');
  const name = fold(dot < 0 ? last : last.slice(0, dot));
  const named = [...name.matchAll(/(?:^|[^a-z0-9])(?:thang|month|t|m)[ _.-]?(0?[1-9]|1[0-2])(?![0-9])/g)];
  const dated = [...name.matchAll(/(?:^|[^0-9])20[0-9]{2}[ _.-](0[1-9]|1[0-2])(?![0-9])/g)];
  const months = new Set((named.length > 0 ? named : dated).map((m) => Number(m[1])));
  return months.size === 1 ? [...months][0]! : null;
}

/**
 * Forms gathered by unit and year. Several forms of a unit are months of its year, named by their files, from
 * January on without a gap: counts become `months`, numbers `history`, and all else is that of the last month.
 */
export function collect<F extends FilledForm>(
  forms: readonly F[],
  counts: MonthCounts | null,
  about: (id: string, form: F) => CountsOf,
): { collected: Collected<F>[]; diagnostics: Diagnostic[] } {
  const groups: F[][] = [];
  for (const form of forms) {
    const group = groups.find(([first]) => first!.year === form.year && sameUnit(first!.unit, form.unit));
    if (group) group.push(form);
    else groups.push([form]);
  }
  const diagnostics: Diagnostic[] = [];
  const collected = groups.flatMap((group) => {
    const [first] = group;
    // One form of March alone is not the year so far.
    const isPart = counts === 'month' && Number(monthOf(first!.file)) > 1;
    if (group.length === 1 && !isPart) return [{ forms: group, indicators: { ...first!.indicators } }];
    const told = { unit: `${first!.unit.unit} ${first!.year}`, files: group.map((f) => f.file) };
    if (counts === null) {
      diagnostics.push(error('forms-of-months', told));
      return [];
    }
    const { inOrder, problems } = byMonth(group);
    const merged = problems.length > 0 ? null : mergeMonths(inOrder, counts, about, problems);
    diagnostics.push(...problems);
    return merged ? [{ forms: inOrder, indicators: merged }] : [];
  });
  return { collected, diagnostics: [...diagnostics, ...(counts === null ? [] : endingEarlier(collected))] };
}

/** Units whose forms end before the last month that others of their year have sent. */
function endingEarlier<F extends FilledForm>(collected: readonly Collected<F>[]): Diagnostic[] {
  const ends = collected.map(({ forms }) => ({ of: forms.at(-1)!, month: monthOf(forms.at(-1)!.file) }));
  const lastOf = new Map<string, number>();
  for (const { of, month } of ends) {
    const before = lastOf.get(of.year);
    if (month !== null && (before === undefined || month > before)) lastOf.set(of.year, month);
  }
  return ends.flatMap(({ of, month }) => {
    const last = lastOf.get(of.year)!;
    if (month === null || month === last) return [];
    const months = Array.from({ length: last - month }, (_, i) => month + 1 + i);
    return [warning('month-missing', { unit: of.unit.unit, id: null, months })];
  });
}

/** Forms of a unit in the order of their months, each month once and none missing up to the last. */
function byMonth<F extends FilledForm>(forms: readonly F[]): { inOrder: F[]; problems: Diagnostic[] } {
  const problems: Diagnostic[] = [];
  const ofMonth = new Map<number, F>();
  for (const form of forms) {
    const month = monthOf(form.file);
    const other = month === null ? undefined : ofMonth.get(month);
    if (month === null) problems.push({ ...error('form-month', {}), place: { file: form.file } });
    else if (other) {
      const told = { unit: form.unit.unit, month, files: [other.file, form.file] };
      problems.push(error('month-twice', told));
    } else ofMonth.set(month, form);
  }
  const last = Math.max(...ofMonth.keys());
  const missing = Array.from({ length: last }, (_, i) => i + 1).filter((m) => !ofMonth.has(m));
  if (problems.length === 0 && missing.length > 0)
    problems.push(error('month-missing', { unit: forms[0]!.unit.unit, id: null, months: missing }));
  return { inOrder: [...ofMonth].sort(([p], [q]) => p - q).map(([, form]) => form), problems };
}

function mergeMonths<F extends FilledForm>(
  forms: readonly F[],
  counts: MonthCounts,
  about: (id: string, form: F) => CountsOf,
  problems: Diagnostic[],
): Record<string, unknown> {
  const ids = [...new Set(forms.flatMap((f) => Object.keys(f.indicators)))];
  return Object.fromEntries(
    ids.flatMap((id): [string, unknown][] => {
      const written = forms.map((f) => f.indicators[id]);
      const latest = written.findLastIndex(isFilled);
      if (latest < 0) return [];
      const last = written[latest];
      const counted = about(id, forms[latest]!);
      const entries = written.map(entryOf).map((e) => (counted.ratios.includes(null) ? withCounts(e) : e));
      if (entries.some((e) => !isBlank(e.done))) {
        const { done: _, total, ...rest } = entries[latest]!;
        // The total of a plan is that of the year, and stands in the last form.
        const planned = counted.planned || rest.plan !== undefined;
        const keys = planned ? (['done'] as const) : (['done', 'total'] as const);
        const months = monthsOf(forms, id, entries, keys, counts, problems);
        return [[id, { ...rest, ...(planned && rest.plan === undefined && { plan: total }), months }]];
      }
      if (counts === 'month' && entries.filter((e) => holdsCounts(e, counted)).length > 1) {
        problems.push(error('month-parts', { unit: forms[0]!.unit.unit, id }));
        return [];
      }
      // What the last form leaves blank is not what an earlier one said.
      const since = written.slice(latest + 1).map((_, i) => latest + 2 + i);
      if (since.length > 0) {
        problems.push(
          warning('month-blank', { unit: forms[0]!.unit.unit, id, month: latest + 1, months: since }),
        );
        return [];
      }
      const sums = counts === 'month' && counted.values.includes(null) ? sumsOf(entries) : null;
      if (sums) {
        const { history, missing } = sums;
        const { unit } = forms[0]!.unit;
        const value = history.at(-1)!;
        problems.push(
          missing.length > 0
            ? error('month-missing', { unit, id, months: missing })
            : note('months-added', { unit, id, months: history.length, value }),
        );
        return [[id, { ...entryOf(last), value, history }]];
      }
      // What has a number at the end of every month has a course.
      const values = entries.map((e) => e.value);
      const course = values.every(isNumeral);
      return [[id, course ? { ...entryOf(last), history: values } : last]];
    }),
  );
}

const isNumeral = (value: unknown): boolean =>
  typeof value === 'number' || (typeof value === 'string' && /^\s*\d[\d.,]*\s*%?\s*$/.test(value));

/** Whether an entry has counts besides `done` and `total` of its own: named ones, parts, or those of one of its values. */
const holdsCounts = ({ parts, counts, values }: RawEntry, counted: CountsOf): boolean =>
  !isBlank(parts) ||
  !isBlank(counts) ||
  (isMap(values) &&
    Object.entries(values).some(
      ([key, v]) =>
        counted.values.includes(key) ||
        (isMap(v)
          ? v.value === undefined
          : counted.ratios.includes(key) && ratioText(v as ScalarData) !== null),
    ));

/**
 * A count of each month alone as it stands at the end of each month, and the months without one; null where the last month
 * says no count but, as it may be, that none applies.
 */
function sumsOf(entries: readonly RawEntry[]): { history: number[]; missing: number[] } | null {
  const read = entries.map(({ value }) => (isBlank(value) ? null : readCount(value as ScalarData, []).x));
  if (!read.at(-1)) return null;
  let sum = ZERO;
  const history = read.map((x) => {
    sum = x ? sum.add(x) : sum;
    return toNumber(sum);
  });
  return { history, missing: read.flatMap((x, i) => (x ? [] : [i + 1])) };
}

/** The counts of each month alone. */
function monthsOf(
  forms: readonly FilledForm[],
  id: string,
  entries: readonly RawEntry[],
  keys: readonly ('done' | 'total')[],
  counts: MonthCounts,
  problems: Diagnostic[],
): RawEntry[] {
  const { unit } = forms[0]!.unit;
  const blank = entries.flatMap((e, i) => (keys.some((key) => isBlank(e[key])) ? [i + 1] : []));
  if (blank.length > 0) {
    problems.push(error('month-missing', { unit, id, months: blank }));
    return [];
  }
  if (counts === 'month') return entries.map((e) => Object.fromEntries(keys.map((key) => [key, e[key]])));
  const read = entries.map((entry, i) =>
    keys.map((key) => {
      const { x, diagnostics } = readCount(entry[key] as ScalarData, ['indicators', id, key]);
      problems.push(...diagnostics.map((d) => ({ ...d, place: { file: forms[i]!.file } })));
      return x ?? [];
    }),
  );
  // What could not be read is complained of, and nothing is worked out from it.
  const whole = read.map((of) => of.flat());
  if (whole.some((of) => of.length < keys.length)) return [];
  return whole.map((now, i) => {
    const before = i === 0 ? now.map(() => ZERO) : whole[i - 1]!;
    if (now.some((n, k) => n.compare(before[k]!) < 0))
      problems.push(error('month-fell', { unit, id, month: i + 1 }));
    return Object.fromEntries(keys.map((key, k) => [key, toNumber(now[k]!.sub(before[k]!))]));
  });
}

/** The units of which no form has come, as one warning; none when all have. */
export function missingForms(
  expected: readonly UnitName[],
  forms: readonly Pick<FilledForm, 'unit'>[],
): Diagnostic[] {
  const came = forms.map((f) => f.unit);
  const missing = expected.filter((unit) => findSameUnit(came, unit) === null);
  if (missing.length === 0) return [];
  return [warning('forms-missing', { units: missing.map((u) => u.unit), size: expected.length })];
}
