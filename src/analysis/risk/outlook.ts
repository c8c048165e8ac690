import * as z from 'zod/mini';
import type { Catalogue, Criterion } from '../../catalogue/catalogue.js';
import { findInput } from '../../catalogue/select.js';
import { findUnit, type League } from '../../ranking/league.js';
import {
  incomplete,
  isCounted,
  measure,
  ratioOf,
  type ScalarData,
  unknownParts,
} from '../../reading/measure.js';
import { readNumber, type Wanted } from '../../reading/number.js';
import type { Reading } from '../../reading/reading.js';
import type { InputValue } from '../../rules/apply.js';
import { closed, type Interval } from '../../rules/line.js';
import { type CountedInput, type Input, isWhole, type LineInput } from '../../rules/rule.js';
import { type Diagnostic, error, type KeyPath, type Result } from '../../values/diagnostic.js';
import { Fraction, toNumber, ZERO } from '../../values/fraction.js';
import { issue, parseWhole } from '../../values/from-zod.js';
import { type Bilingual, bilingual, strictMap } from '../../values/scalars.js';
import { findSameUnit, similarUnit } from '../../values/unit.js';
import { curveOf, type Distribution, inputCurve, wholeChances } from './spread.js';

/** Whether a value is written as a range, `40..70`; its ends are read afterwards, each whole or not at all. */
const isRange = (value: ScalarData): boolean => typeof value === 'string' && value.includes('..');

/** Complaints that a text is no number. */
const NO_NUMBER: ReadonlySet<string> = new Set(['bad-percent', 'wants-number']);

/** How far the chances of a value may miss 1, as thirds of two decimals do not. */
const SLACK = new Fraction(1, 1_000_000_000);

const scalar = z.union([z.string(), z.number(), z.boolean()]);
const numeral = z.union([z.string(), z.number()]);
const ways = strictMap({
  value: z.optional(scalar),
  range: z.optional(z.array(numeral)),
  uniform: z.optional(z.array(numeral)),
  triangular: z.optional(z.array(numeral)),
  normal: z.optional(strictMap({ mean: numeral, sd: numeral })),
  beta: z.optional(strictMap({ done: numeral, total: numeral })),
  last_change: z.optional(numeral),
  chances: z.optional(z.record(z.string(), numeral)),
}).check((ctx) => {
  if (Object.keys(ctx.value).length !== 1)
    ctx.issues.push(issue('bad-spread', { value: Object.keys(ctx.value).join(', ') }, ctx.value));
});
type Ways = z.output<typeof ways>;

const spreadShape = z.union([scalar, ways]);
const indicatorShape = z.union([
  scalar,
  ways,
  strictMap({ values: z.record(z.string(), z.union([scalar, ways])) }),
]);

/** The YAML shape of an outlook: what is uncertain, and how. */
export const outlookShape = strictMap({
  name: z.optional(bilingual),
  note: z.optional(bilingual),
  indicators: z._default(z.record(z.string(), indicatorShape), () => ({})),
  rivals: z.optional(
    strictMap({
      all: z.optional(spreadShape),
      each: z.optional(spreadShape),
      units: z.optional(z.record(z.string(), spreadShape)),
    }),
  ),
});

/** A value with its chance. */
export interface ValueChance {
  value: InputValue;
  probability: number;
}

/** One indicator as it may fall: along a distribution, or at some values; at one alone, it is certain. */
export type Uncertain = Distribution | { kind: 'chances'; options: ValueChance[] };

export const certain = (value: InputValue): Uncertain => ({
  kind: 'chances',
  options: [{ value, probability: 1 }],
});

export const isCertain = (u: Uncertain): boolean => u.kind === 'chances' && u.options.length === 1;

/** The values that an indicator may have, whole numbers one by one; null where they are more than `most`, or not whole. */
export function valuesOf(uncertain: Uncertain, input: Input, most: number): ValueChance[] | null {
  if (uncertain.kind === 'chances') return uncertain.options;
  if (input.form !== 'line' || !isWhole(input.quantity)) return null;
  const { distribution, low, high } = inputCurve(input, uncertain);
  const chances = wholeChances(curveOf(distribution, low, high), most);
  if (!chances) return null;
  return chances.map(({ x, chance }) => {
    const whole = Math.max(Math.ceil(low), Math.min(Math.floor(high), x));
    return { value: { form: 'number', x: new Fraction(whole) }, probability: chance };
  });
}

/** Every set of one value of each, with the chance of all together. */
export function* setsOf(
  each: readonly (readonly ValueChance[])[],
  values: readonly InputValue[] = [],
  chance = 1,
): Generator<{ values: readonly InputValue[]; chance: number }> {
  const next = each[values.length];
  if (!next) yield { values, chance };
  for (const { value, probability } of next ?? [])
    yield* setsOf(each, [...values, value], chance * probability);
}

/** A rival's move in points: by a certain amount, or as it may fall. */
export type Move = Distribution | { kind: 'fixed'; by: Fraction };

/** What an outlook takes on beyond what it was told; each is printed. */
export type OutlookAssumption = 'range-is-uniform' | 'like-last-change' | 'beta-from-counts' | 'independent';

/** Uncertain indicators of one unit, and uncertain rivals. */
export interface Outlook {
  name: Bilingual | null;
  /** By criterion id, one per input of its rule; null keeps the reading's value. */
  indicators: ReadonlyMap<string, (Uncertain | null)[]>;
  /** By criterion id, the single counts that its ratio was made of. */
  counts: ReadonlyMap<string, ReadonlySet<string>>;
  rivals: { all: Move | null; each: Move | null; units: ReadonlyMap<string, Move> };
  assumptions: OutlookAssumption[];
}

/** Checks an outlook's data against the catalogue, the reading it departs from and the league. */
export function parseOutlook(
  data: unknown,
  catalogue: Catalogue,
  reading: Reading,
  league: League | null,
): Result<Outlook> {
  return parseWhole(data, outlookShape, (raw) => outlookFrom(raw, catalogue, reading, league));
}

function outlookFrom(
  { name, indicators, rivals }: z.infer<typeof outlookShape>,
  catalogue: Catalogue,
  reading: Reading,
  league: League | null,
): { value: Outlook; diagnostics: Diagnostic[] } {
  const parser = new OutlookParser(reading);
  for (const [id, raw] of Object.entries(indicators)) parser.indicator(id, raw, catalogue);
  parser.ratios();
  const move = (raw: unknown, path: KeyPath) => (raw === undefined ? null : parser.move(raw as Ways, path));
  const units = new Map<string, Move>();
  for (const [name, raw] of Object.entries(rivals?.units ?? {})) {
    const path = ['rivals', 'units', name];
    const unit = league && findUnit(league, name);
    const by = move(raw, path);
    if (!unit) {
      const suggestion = similarUnit(name, league?.units.map((u) => u.unit) ?? []);
      parser.diagnostics.push(error('unknown-unit', { value: name, suggestion }, path));
    } else if (findSameUnit([unit], reading))
      parser.diagnostics.push(error('bad-rivals', { value: name }, path));
    else if (units.has(unit.unit)) parser.diagnostics.push(error('duplicate-key', { key: unit.unit }, path));
    else if (by) units.set(unit.unit, by);
  }
  const value: Outlook = {
    name: name ?? null,
    indicators: parser.indicators,
    counts: parser.counted,
    rivals: {
      all: move(rivals?.all, ['rivals', 'all']),
      each: move(rivals?.each, ['rivals', 'each']),
      units,
    },
    assumptions: [...parser.assumptions, 'independent'],
  };
  return { value, diagnostics: parser.diagnostics };
}

/** Sets of counts that one ratio is made of. */
const MOST_SETS = 20_000;

class OutlookParser {
  readonly diagnostics: Diagnostic[] = [];
  readonly indicators = new Map<string, (Uncertain | null)[]>();
  readonly counted = new Map<string, Set<string>>();
  readonly assumptions = new Set<OutlookAssumption>();
  /** Single counts by criterion, each with the numbers it may be; null where they are too many. */
  private readonly counts = new Map<
    string,
    { input: CountedInput; path: KeyPath; counts: Map<string, ValueChance[] | null> }
  >();

  constructor(private readonly reading: Reading) {}

  indicator(id: string, raw: unknown, catalogue: Catalogue): void {
    const path = ['indicators', id];
    const named = findInput(catalogue, id);
    if (!('criterion' in named)) {
      this.diagnostics.push(error('unknown-criterion', { value: id, suggestion: named.suggestion }, path));
      return;
    }
    const { criterion, index, count } = named;
    const { inputs } = criterion.compiled;
    const value = this.reading.entries.get(criterion.id)?.value;
    if (count !== null) {
      this.count(raw as Ways, criterion, count, path);
      return;
    }
    const before = this.indicators.get(criterion.id);
    if (before && (index === null || before[index])) {
      this.diagnostics.push(error('two-values', { id: criterion.id, keys: [id] }, path));
      return;
    }
    if (index !== null) {
      const one = this.uncertain(raw as Ways, inputs[index]!, criterion.id, value?.inputs[index], path);
      const joined = inputs.map((_, i) => (i === index ? one : (before?.[i] ?? null)));
      this.indicators.set(criterion.id, joined);
      return;
    }
    const parts = (raw as { values?: Record<string, unknown> }).values;
    if (!parts && inputs.length > 1) {
      this.diagnostics.push(
        error('wants-parts', { options: inputs.map((i) => i.key ?? ''), id: criterion.id }, path),
      );
      return;
    }
    const keys = inputs.flatMap((i) => i.key ?? []);
    if (parts) this.diagnostics.push(...unknownParts(parts, keys, [...path, 'values']));
    const uncertain = inputs.map((input, i): Uncertain | null => {
      const given = parts ? parts[input.key ?? ''] : raw;
      if (given === undefined) return null;
      const at = parts ? [...path, 'values', input.key ?? ''] : path;
      return this.uncertain(given as Ways, input, criterion.id, value?.inputs[i], at);
    });
    this.indicators.set(criterion.id, uncertain);
  }

  /** How one named count may fall; the ratio is made of it and the others when all are read. */
  private count(raw: Ways, { id, compiled }: Criterion, key: string, path: KeyPath): void {
    const [input] = compiled.inputs;
    if (!isCounted(input)) return;
    const x = this.standing(id)?.get(key);
    const of = {
      quantity: 'count',
      range: closed(ZERO, null),
      whenNone: null,
      counts: null,
      against: null,
      most: null,
    } as const;
    const alone: Input = { ...input, ...of };
    const one = this.uncertain(raw, alone, id, x && { form: 'number', x }, path);
    const asked = this.counts.get(id) ?? { input, path, counts: new Map() };
    if (one) asked.counts.set(key, valuesOf(one, alone, MOST_SETS));
    this.counts.set(id, asked);
    this.counted.set(id, new Set([...(this.counted.get(id) ?? []), key]));
  }

  /** The named counts that the reading has. */
  private standing(id: string): ReadonlyMap<string, Fraction> | undefined {
    const entry = this.reading.entries.get(id);
    return entry?.value?.counts ?? entry?.counts?.given;
  }

  /** Criteria of which single counts are uncertain, as the ratios that these make with the rest, each with its chance. */
  ratios(): void {
    for (const [id, { input, path, counts }] of this.counts) {
      if (this.indicators.has(id)) {
        const keys = [id, ...[...counts.keys()].map((k) => `${id}.${k}`)];
        this.diagnostics.push(error('two-values', { id, keys }, path));
        continue;
      }
      const standing = this.standing(id);
      const has = (key: string) => counts.has(key) || standing?.has(key) === true;
      const lacking = incomplete(id, input.counts.counts, has, path);
      const axes = [...counts.values()];
      const sets = axes.reduce((n, values) => n * (values?.length ?? Number.POSITIVE_INFINITY), 1);
      if (lacking.length > 0)
        this.diagnostics.push(...lacking.map((d): Diagnostic => ({ ...d, severity: 'error' })));
      else if (sets > MOST_SETS) this.diagnostics.push(error('risk-too-fine', { id }, path));
      else {
        const whole = [...counts] as [string, ValueChance[]][];
        this.indicators.set(id, [this.ratio(id, input, whole, standing, path)]);
      }
    }
  }

  private ratio(
    id: string,
    input: CountedInput,
    axes: readonly [string, readonly ValueChance[]][],
    standing: ReadonlyMap<string, Fraction> | undefined,
    path: KeyPath,
  ): Uncertain | null {
    const chances = new Map<string, ValueChance>();
    for (const { values, chance } of setsOf(axes.map(([, counts]) => counts))) {
      const counts = new Map(standing);
      values.forEach((value, i) => {
        if (value.form === 'number') counts.set(axes[i]![0], value.x);
      });
      const made = ratioOf(counts, input);
      if (!made) {
        this.diagnostics.push(error('zero-total', { id }, path));
        return null;
      }
      const key = made.value.form === 'number' ? made.value.x.toFraction() : made.value.form;
      const before = chances.get(key);
      chances.set(key, { value: made.value, probability: chance + (before ? before.probability : 0) });
    }
    return { kind: 'chances', options: [...chances.values()] };
  }

  private uncertain(
    raw: ScalarData | Ways,
    input: Input,
    id: string,
    now: InputValue | undefined,
    path: KeyPath,
  ): Uncertain | null {
    const counted = raw === 'beta' && input.form === 'line';
    const ratio = counted ? this.reading.entries.get(id)?.value?.ratio : null;
    if (counted && !ratio) {
      this.diagnostics.push(error('counts-needed', { id }, path));
      return null;
    }
    const beta = ratio && { done: toNumber(ratio.done), total: toNumber(ratio.total) };
    const given: Ways = beta ? { beta } : typeof raw === 'object' ? raw : { value: raw };
    if (given.chances) return this.chances(given.chances, input, id, path);
    if (given.value !== undefined && !isRange(given.value)) {
      const scalar = { form: 'scalar' as const, value: given.value };
      const { value, diagnostics } = measure(scalar, input, id, path, this.reading.year);
      // What is no number at all may be meant for a spread: the complaint shows how one is written.
      const spread = error('bad-spread', { value: String(given.value) }, path);
      this.diagnostics.push(...diagnostics.map((d) => (NO_NUMBER.has(d.code) ? spread : d)));
      return value && certain(value);
    }
    if (input.form === 'table') {
      const levels = input.levels.map((l) => l.level.vi);
      this.diagnostics.push(error('spread-on-level', { id, levels }, path));
      return null;
    }
    if (given.beta && input.quantity !== 'percent') {
      this.diagnostics.push(error('ratio-on-wrong-rule', { id }, path));
      return null;
    }
    const from = now?.form === 'number' ? toNumber(now.x) : null;
    return this.distribution(given, input, from, id, path);
  }

  private value(value: ScalarData, input: Input, id: string, path: KeyPath): InputValue | null {
    const read = measure({ form: 'scalar', value }, input, id, path, this.reading.year);
    this.diagnostics.push(...read.diagnostics);
    return read.value;
  }

  private chances(
    raw: Record<string, string | number>,
    input: Input,
    id: string,
    path: KeyPath,
  ): Uncertain | null {
    const options = Object.entries(raw).flatMap(([written, chance]) => {
      const at = [...path, 'chances', written];
      const value = this.value(written, input, id, at);
      const probability = this.share(chance, at);
      return value && probability ? [{ value, probability }] : [];
    });
    if (options.length < Object.keys(raw).length) return null;
    const sum = options.reduce((s, o) => s.add(o.probability), ZERO);
    if (sum.sub(1).abs().compare(SLACK) > 0 || options.some((o) => o.probability.s < 0n)) {
      const params = { sum: String(Number(toNumber(sum).toFixed(6))) };
      this.diagnostics.push(error('chances-sum', params, [...path, 'chances']));
      return null;
    }
    const chances = options.map((o) => ({ ...o, probability: toNumber(o.probability) }));
    return { kind: 'chances', options: chances };
  }

  /** An end of a range: a number that the indicator can be. */
  private end(written: string | number, input: LineInput | null, path: KeyPath): Fraction | null {
    if (!input) return this.number(written, 'points', path);
    const read = this.value(written, input, '', path);
    return read?.form === 'number' ? read.x : null;
  }

  /** A probability, `0.4` or `40%`. */
  private share(written: string | number, path: KeyPath): Fraction | null {
    const read = this.number(written, 'number', path);
    return read && (String(written).trim().endsWith('%') ? read.div(100) : read);
  }

  private number(written: string | number, quantity: Wanted, path: KeyPath, range?: Interval) {
    const read = readNumber(written, quantity, path, range);
    if (read.ok) return read.value;
    this.diagnostics.push(read.problem);
    return null;
  }

  /** A rival's move; a plain number is certain. */
  move(raw: ScalarData | Ways, path: KeyPath): Move | null {
    const given: Ways = typeof raw === 'object' ? raw : { value: raw };
    if (given.beta || given.chances || typeof given.value === 'boolean') {
      const value = Object.keys(given).join(', ');
      this.diagnostics.push(error('bad-spread', { value }, path));
      return null;
    }
    if (given.value !== undefined && !isRange(given.value)) {
      const by = this.number(given.value, 'points', path);
      return by && { kind: 'fixed', by };
    }
    return this.distribution(given, null, 0, '', path);
  }

  /** A spread of an indicator in its own quantity and range, or of a move in points. */
  private distribution(
    raw: Ways,
    input: LineInput | null,
    from: number | null,
    id: string,
    path: KeyPath,
  ): Distribution | null {
    if (raw.value !== undefined || raw.range || raw.uniform || raw.triangular)
      return this.between(raw, input, path);
    if (raw.normal) return this.normal(raw.normal, input, path);
    if (raw.beta) return this.beta(raw.beta, path);
    if (raw.last_change === undefined) return this.bad(Object.keys(raw)[0] ?? '', path);
    const change = this.number(raw.last_change, input ? 'number' : 'points', [...path, 'last_change']);
    if (!change) return null;
    if (from === null) {
      this.diagnostics.push(error('last-change-needs-value', { id }, path));
      return null;
    }
    this.assumptions.add('like-last-change');
    return { kind: 'normal', mean: from, sd: Math.abs(toNumber(change)) };
  }

  private bad(value: string, path: KeyPath): null {
    this.diagnostics.push(error('bad-spread', { value }, path));
    return null;
  }

  /** Even between two numbers, or highest at the middle one of three. */
  private between(raw: Ways, input: LineInput | null, path: KeyPath): Distribution | null {
    const written = raw.range ?? raw.uniform ?? raw.triangular ?? String(raw.value).trim().split('..');
    const texts = written.map((end) => String(end).trim());
    const all = texts.join('..');
    if (texts.some((end) => !/^[^.].*[^.]$|^[^.]$/u.test(end))) return this.bad(all, path);
    const ends = written.map((end) => this.end(typeof end === 'string' ? end.trim() : end, input, path));
    if (!ends.every((x) => x !== null)) return null;
    const [low, second, third, more] = ends;
    const rising = ends.every((x, i) => i === 0 || ends[i - 1]!.compare(x) <= 0);
    const counted = raw.value !== undefined || (raw.triangular !== undefined) === (third !== undefined);
    if (!low || !second || more || !rising || !counted) return this.bad(all, path);
    if (third)
      return { kind: 'triangular', low: toNumber(low), mode: toNumber(second), high: toNumber(third) };
    if (raw.uniform === undefined) this.assumptions.add('range-is-uniform');
    return { kind: 'uniform', low: toNumber(low), high: toNumber(second) };
  }

  private normal(raw: NonNullable<Ways['normal']>, input: LineInput | null, path: KeyPath) {
    const quantity = input?.quantity ?? 'points';
    const mean = this.number(raw.mean, quantity, [...path, 'normal', 'mean'], input?.range);
    const sd = this.number(raw.sd, input ? 'number' : 'points', [...path, 'normal', 'sd']);
    if (!mean || !sd) return null;
    if (sd.s < 0n) return this.bad(`sd ${sd.toString()}`, path);
    return { kind: 'normal' as const, mean: toNumber(mean), sd: toNumber(sd) };
  }

  /** What so many of so many say of a share. */
  private beta(raw: NonNullable<Ways['beta']>, path: KeyPath) {
    const done = this.number(raw.done, 'count', [...path, 'beta', 'done']);
    const total = this.number(raw.total, 'count', [...path, 'beta', 'total']);
    if (!done || !total) return null;
    if (done.s < 0n || total.compare(ZERO) <= 0 || done.compare(total) > 0)
      return this.bad(`${done.toString()}/${total.toString()}`, path);
    this.assumptions.add('beta-from-counts');
    return { kind: 'beta' as const, done: toNumber(done), total: toNumber(total) };
  }
}
