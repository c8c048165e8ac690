import type { Criterion } from '../catalogue/catalogue.js';
import type { InputValue } from '../rules/apply.js';
import { termValue } from '../rules/counts.js';
import { daysLate, dueDay } from '../rules/due.js';
import { holds, type Interval } from '../rules/line.js';
import {
  type CountedInput,
  type Due,
  type Input,
  type Level,
  type LineInput,
  levelNamed,
  namesOfLevel,
  type Quantity,
  type WeightedShare,
} from '../rules/rule.js';
import { isoDay, parseDay, vietnameseDay } from '../values/calendar.js';
import { type Diagnostic, error, type KeyPath, note, warning } from '../values/diagnostic.js';
import { Fraction, toNumber, ZERO } from '../values/fraction.js';
import { nearest } from '../values/suggest.js';
import { groupsBy, percentOf, readNumber, thousandsMark } from './number.js';
import type { Ratio, Volume } from './reading.js';
import type { EntryData } from './shape.js';

export type ScalarData = string | number | boolean;

/** What an entry is read under, where its keys stand, and what is found wrong with it. */
export interface EntryContext {
  criterion: Criterion;
  decimals: number;
  year: number;
  at(key: string): KeyPath;
  diagnostics: Diagnostic[];
}

/** One measured value as a file gives it. */
export type RawMeasure =
  | { form: 'scalar'; value: ScalarData }
  | { form: 'ratio'; done: ScalarData; total: ScalarData }
  | { form: 'parts'; total: ScalarData; parts: Record<string, ScalarData> }
  | { form: 'counts'; counts: Record<string, ScalarData> };

export interface MeasureResult {
  value: InputValue | null;
  ratio: Ratio | null;
  /** Named counts, of a value or of one that still lacks some. */
  counts?: ReadonlyMap<string, Fraction>;
  diagnostics: Diagnostic[];
}

const nothing = (): MeasureResult => ({ value: { form: 'none' }, ratio: null, diagnostics: [] });

/** How a sheet says that there was nothing to count. */
const NONE = /^(?:none|0\s*\/\s*0|không phát sinh)$/iu;

/** `600/1000` or `600 trên 1000` as its two counts; null for any other text. */
export function ratioText(written: ScalarData): Extract<RawMeasure, { form: 'ratio' }> | null {
  const text = String(written).replace(/ trên /iu, '/');
  const [, done, total] = /^\s*([+\-−]?\d[^/]*)\/\s*([+\-−]?\d[^/]*)$/u.exec(text) ?? [];
  return done && total ? { form: 'ratio', done: done.trim(), total: total.trim() } : null;
}

const fail = (...diagnostics: Diagnostic[]): MeasureResult => ({ value: null, ratio: null, diagnostics });

/** Reads one indicator's value, in a reading of `year`, against what its rule measures; every fault is reported. */
export function measure(
  written: RawMeasure,
  input: Input,
  id: string,
  path: KeyPath,
  year: number,
): MeasureResult {
  const text = written.form === 'scalar' ? String(written.value).normalize('NFC').trim() : '';
  if (input.whenNone !== null && NONE.test(text)) return nothing();
  if (input.form === 'table')
    return written.form === 'scalar'
      ? readLevel(written.value, input.levels, path)
      : fail(error('ratio-on-wrong-rule', { id }, path));
  const raw = (written.form === 'scalar' && !input.due && ratioText(written.value)) || written;
  if (isCounted(input) && raw.form !== 'scalar') return readCounts(raw, input, id, path);
  if (input.share && raw.form !== 'scalar') return readShare(raw, input, input.share, id, path);
  if (raw.form === 'scalar')
    return input.due ? readDate(raw.value, input.due, year, path) : readScalar(raw.value, input, path);
  if (raw.form !== 'ratio' || input.quantity !== 'percent')
    return fail(error('ratio-on-wrong-rule', { id }, path));
  const read = readRatio(raw.done, raw.total, input, id, path);
  if (written.form !== 'scalar') return read;
  const params = { value: String(written.value), meaning: `done: ${raw.done}, total: ${raw.total}` };
  return { ...read, diagnostics: [...read.diagnostics, note('read-as', params, path)] };
}

function readLevel(value: ScalarData, levels: readonly Level[], path: KeyPath): MeasureResult {
  const text = String(value).normalize('NFC').trim();
  const index = levelNamed(text, levels);
  if (index >= 0) {
    const meaning = levels[index]!.level.vi;
    const diagnostics = text === meaning ? [] : [note('read-as', { value: text, meaning }, path)];
    return { value: { form: 'level', index }, ratio: null, diagnostics };
  }
  const options = levels.map((l) => l.level.vi);
  const suggestion = nearest(text, levels.flatMap(namesOfLevel));
  return fail(error('not-a-level', { value: text, options, suggestion }, path));
}

/** A number that was read, with how it was understood; null with the reasons why it is none. */
export interface NumberRead {
  x: Fraction | null;
  diagnostics: Diagnostic[];
}

const noNumber = (...diagnostics: Diagnostic[]): NumberRead => ({ x: null, diagnostics });

function number(
  value: ScalarData,
  quantity: Quantity,
  path: KeyPath,
  range: Interval | null = null,
): NumberRead {
  if (typeof value === 'boolean')
    return noNumber(error('wants-number', { value: String(value), quantity }, path));
  const read = readNumber(value, quantity, path, range);
  if (!read.ok) return noNumber(read.problem);
  const params = { value: String(value), meaning: read.value.toString() };
  return { x: read.value, diagnostics: read.coercions.length > 0 ? [note('read-as', params, path)] : [] };
}

/** A count that is not negative. */
export function readCount(value: ScalarData, path: KeyPath): NumberRead {
  const read = number(value, 'count', path);
  const wrong = read.x ? negative(read.x, path) : [];
  return wrong.length > 0 ? noNumber(...wrong) : read;
}

/** A number outside what the indicator can be. */
function outside(range: Interval, x: Fraction, text: string, path: KeyPath): Diagnostic | null {
  if (holds(range, x)) return null;
  return range.lo !== null && x.compare(range.lo) < 0
    ? error('below-range', { value: text, min: range.lo.toString() }, path)
    : error('above-range', { value: text, max: String(range.hi) }, path);
}

/** One number as an indicator can be, the unit's or one that it is held against. */
export function readPossible(value: ScalarData, input: LineInput, path: KeyPath): NumberRead {
  const range = input.range;
  const read = number(value, input.quantity, path, range);
  if (!read.x) return read;
  const text = String(value);
  if (input.quantity === 'count' && read.x.d !== 1n)
    return noNumber(error('wants-integer', { value: text }, path));
  const problem = outside(range, read.x, text, path);
  return problem ? noNumber(problem) : read;
}

function readScalar(value: ScalarData, input: LineInput, path: KeyPath): MeasureResult {
  const { x, diagnostics } = readPossible(value, input, path);
  return { value: x && { form: 'number', x }, ratio: null, diagnostics };
}

function readRatio(
  done: ScalarData,
  total: ScalarData,
  input: LineInput,
  id: string,
  path: KeyPath,
): MeasureResult {
  const atDone = [...path, 'done'];
  const atTotal = [...path, 'total'];
  const both = (quantity: Quantity) =>
    [number(done, quantity, atDone), number(total, quantity, atTotal)] as const;
  const counts = both('count');
  // Amounts such as 12,5 of 30 have decimals, and beside them `1.234` may be one too.
  const whole = counts.every(({ x }) => !x || x.d === 1n);
  // Two numbers of one hand: where one shows its marks, the other is read by them.
  const mark = thousandsMark(done) ?? thousandsMark(total);
  const settled = (value: ScalarData) => mark !== null && groupsBy(value, mark);
  const [top, bottom] = whole
    ? counts
    : both('number').map((read, i) => (settled(i === 0 ? done : total) ? counts[i]! : read));
  const told = [...top.diagnostics, ...bottom.diagnostics];
  if (!top.x || !bottom.x) return fail(...told.filter(({ severity }) => severity === 'error'));
  const signs = [...negative(top.x, atDone), ...negative(bottom.x, atTotal)];
  if (signs.length > 0) return fail(...signs);
  const ratio = { done: top.x, total: bottom.x };
  if (bottom.x.equals(ZERO))
    return input.whenNone !== null && top.x.equals(ZERO)
      ? { ...nothing(), ratio }
      : fail(error('zero-total', { id }, atTotal));
  const x = percentOf(top.x, bottom.x);
  if (holds(input.range, x)) return { value: { form: 'number', x }, ratio, diagnostics: told };
  const params = { done: top.x.toString(), total: bottom.x.toString() };
  if (x.compare(100) > 0) return fail(error('done-over-total', params, atDone));
  const value = `${params.done}/${params.total}`;
  return fail(error('below-range', { value, min: String(input.range.lo) }, atDone));
}

const negative = (x: Fraction, path: KeyPath): Diagnostic[] =>
  x.compare(ZERO) < 0 ? [error('below-range', { value: x.toString(), min: '0' }, path)] : [];

/** Names that a map has beside those that are asked for. */
export const unknownParts = (given: object, names: readonly string[], path: KeyPath): Diagnostic[] =>
  Object.keys(given)
    .filter((key) => !names.includes(key))
    .map((key) => {
      const params = { value: key, options: [...names], suggestion: nearest(key, names) };
      return error('unknown-part', params, [...path, key]);
    });

/** Some values of a criterion without the others: it stays unknown. */
export function incomplete(
  id: string,
  names: readonly string[],
  has: (name: string) => boolean,
  path: KeyPath,
): Diagnostic[] {
  const given = names.filter(has);
  const missing = names.filter((name) => !has(name));
  const params = { id, given, missing };
  return missing.length > 0 ? [warning('value-incomplete', params, [...path, ...given.slice(0, 1)])] : [];
}

/** Counts by name, none negative and none but those asked for; `whole` when none of these lacks. */
function readNamed(given: Record<string, ScalarData>, names: readonly string[], id: string, path: KeyPath) {
  const diagnostics = unknownParts(given, names, path);
  const has = (key: string) => Object.hasOwn(given, key) && given[key] !== undefined;
  const notes = incomplete(id, names, has, path);
  const whole = notes.length === 0;
  const counts = new Map<string, Fraction>();
  for (const key of names.filter(has)) {
    const { x, diagnostics: told } = readCount(given[key]!, [...path, key]);
    if (x) counts.set(key, x);
    (x ? notes : diagnostics).push(...told);
  }
  return { counts, whole, notes, diagnostics };
}

function readShare(
  raw: Exclude<RawMeasure, { form: 'scalar' }>,
  input: Input,
  share: WeightedShare,
  id: string,
  path: KeyPath,
): MeasureResult {
  const keys = share.parts.map((p) => p.key);
  if (raw.form !== 'parts') return fail(error('wants-parts', { options: keys }, path));
  const parts = readNamed(raw.parts, keys, id, [...path, 'parts']);
  const total = number(raw.total, 'count', [...path, 'total']);
  const { diagnostics } = parts;
  if (!total.x) return fail(...diagnostics, ...total.diagnostics);
  const none = total.x.equals(ZERO) && input.whenNone !== null;
  if (total.x.compare(ZERO) <= 0 && !none)
    return fail(...diagnostics, error('zero-total', { id }, [...path, 'total']));
  const sum = [...parts.counts.values()].reduce((a, b) => a.add(b), ZERO);
  if (sum.compare(total.x) > 0)
    diagnostics.push(error('done-over-total', { done: sum.toString(), total: total.x.toString() }, path));
  if (diagnostics.length > 0) return fail(...diagnostics);
  if (none) return sum.equals(ZERO) ? nothing() : fail(error('zero-total', { id }, [...path, 'total']));
  if (!parts.whole) return fail(...total.diagnostics, ...parts.notes);
  const weighted = share.parts
    .map(({ key, weight }) => parts.counts.get(key)!.mul(weight))
    .reduce((a, b) => a.add(b), ZERO);
  return {
    value: { form: 'number', x: percentOf(weighted, total.x) },
    ratio: { done: weighted, total: total.x },
    diagnostics: [...total.diagnostics, ...parts.notes],
  };
}

/** A day, as days after it was due; a whole number is taken for such days themselves. */
function readDate(value: ScalarData, due: Due, year: number, path: KeyPath): MeasureResult {
  const text = String(value).trim();
  const day = parseDay(text);
  if (day) {
    const x = new Fraction(daysLate(day, due, year));
    return { value: { form: 'number', x, day: isoDay(day) }, ratio: null, diagnostics: [] };
  }
  if (!/^[-−+]?\d{1,4}$/.test(text)) return fail(error('bad-date', { value: text }, path));
  const days = Number(text.replace('−', '-'));
  const params = { value: text, days, due: vietnameseDay(dueDay(due, year)) };
  const diagnostics = [note('read-as-days', params, path)];
  return { value: { form: 'number', x: new Fraction(days) }, ratio: null, diagnostics };
}

/** Whether an input is one ratio of named counts. */
export const isCounted = (input: Input | undefined): input is CountedInput =>
  input?.form === 'line' && input.counts !== null;

/** Named counts, as the one ratio that the rule makes of them. */
function readCounts(
  raw: Exclude<RawMeasure, { form: 'scalar' }>,
  input: CountedInput,
  id: string,
  path: KeyPath,
): MeasureResult {
  const { counts } = input.counts;
  if (raw.form !== 'counts') return fail(error('wants-counts', { options: counts }, path));
  const read = readNamed(raw.counts, counts, id, [...path, 'counts']);
  const { counts: given, whole, notes, diagnostics } = read;
  if (diagnostics.length > 0) return fail(...diagnostics);
  if (!whole) return { ...fail(...notes), counts: given };
  const made = ratioOf(given, input);
  return made ? { ...made, diagnostics: notes } : fail(error('zero-total', { id }, path));
}

/** The value of named counts, all of them given; null when there is nothing to divide by and the rule does not say what then. */
export function ratioOf(
  counts: ReadonlyMap<string, Fraction>,
  { counts: { ratio }, quantity, whenNone }: CountedInput,
): { value: InputValue; ratio: Ratio | null; counts: ReadonlyMap<string, Fraction> } | null {
  const [done, total] = [termValue(ratio, counts), termValue(ratio.over, counts)];
  if (total.equals(ZERO))
    return done.equals(ZERO) && whenNone !== null ? { value: { form: 'none' }, ratio: null, counts } : null;
  const x = quantity === 'percent' ? percentOf(done, total) : done.div(total);
  return { value: { form: 'number', x }, ratio: { done, total }, counts };
}

/** Months of a year; a list by month may be no longer. */
const MONTHS = 12;

/**
 * Reads what is known of the year besides its counts to date: the volume expected, the counts of its months, and
 * the value at the end of each month; null when none is given. Of a plan the months have no totals of their own.
 */
export function readVolume(
  { expected, plan, months, history, done, total }: EntryData,
  planned: boolean,
  quantity: Quantity,
  { at, diagnostics }: EntryContext,
): Volume | null {
  if (expected === undefined && plan === undefined && months === undefined && history === undefined)
    return null;
  const count = (written: ScalarData, path: KeyPath): Fraction | null => {
    const read = readCount(written, path);
    diagnostics.push(...read.diagnostics);
    return read.x;
  };
  const ofMonth = (m: NonNullable<EntryData['months']>[number], i: number) => {
    const path = [...at('months'), i];
    const done = count(m.done, [...path, 'done']);
    if (m.total === undefined) {
      if (!planned) diagnostics.push(error('missing-key', { key: 'total' }, path));
      return done && planned ? [{ done, total: ZERO }] : [];
    }
    const of = count(m.total, [...path, 'total']);
    return done && of ? [{ done, total: of }] : [];
  };
  const read = (months ?? []).flatMap(ofMonth);
  const values = (history ?? []).flatMap((written, i) => {
    const { x, diagnostics: told } = number(written, quantity, [...at('history'), i]);
    if (!x) diagnostics.push(...told);
    return x ?? [];
  });
  for (const [key, list = []] of Object.entries({ months, history }))
    if (list.length > MONTHS)
      diagnostics.push(error('out-of-range', { value: String(list.length), max: MONTHS }, at(key)));
  if (plan !== undefined && expected !== undefined)
    diagnostics.push(error('two-values', { id: 'plan', keys: ['plan', 'expected'] }, at('expected')));
  const volume = expected === undefined ? null : count(expected, at('expected'));
  const soFarOf = (key: 'done' | 'total', written: ScalarData | undefined) => {
    if (months) return read.reduce((sum, m) => sum.add(m[key]), ZERO);
    return written === undefined ? null : readCount(written, at(key)).x;
  };
  const soFar = soFarOf('total', total);
  if (volume && soFar && volume.compare(soFar) < 0) {
    const params = { expected: volume.toString(), total: soFar.toString() };
    diagnostics.push(error('volume-below-total', params, at('expected')));
  }
  const awaits = volume !== null && volume.compare(ZERO) > 0 && !planned;
  const none = awaits && soFar?.n === 0n && soFarOf('done', done)?.n === 0n;
  return { expected: volume, plan: planned, none, months: read, history: values };
}

/** A number beside a plan, without the sign of a percent: it may be one, or what was done of the plan. */
export function percentOrPlan({ plan, value, history = [] }: EntryData, { at }: EntryContext): Diagnostic[] {
  if (plan === undefined) return [];
  const bare = (x: unknown) => /^[\d.,\s]*[1-9][\d.,\s]*$/.test(String(x));
  const month = history.findIndex(bare);
  const [given, path] =
    month < 0 ? [value, at('value')] : ([history[month], [...at('history'), month]] as const);
  if (!bare(given)) return [];
  return [error('percent-or-plan', { value: String(given), plan: String(plan) }, path)];
}

/** The entry with its months added up as counts to date, and its plan as the total. */
export function withMonths(fields: EntryData, volume: Volume | null): EntryData {
  const { months, plan, history: _, ...rest } = fields;
  const whole = plan === undefined ? rest : { ...rest, total: plan };
  if (months === undefined || !volume) return whole;
  // A number, not a text: `1.187` as a text would be 1187.
  const sum = (key: 'done' | 'total') =>
    toNumber(volume.months.reduce((total, m) => total.add(m[key]), ZERO));
  return volume.plan ? { ...whole, done: sum('done') } : { ...whole, done: sum('done'), total: sum('total') };
}
