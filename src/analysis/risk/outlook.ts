import * as z from 'zod/mini';
import type { Catalogue, Criterion } from '../../catalogue/catalogue.js';
import { findCriterion } from '../../catalogue/select.js';
import { type Diagnostic, error, type KeyPath, type Result, resultOf } from '../../diagnostics/diagnostic.js';
import { fromZod, issue } from '../../diagnostics/from-zod.js';
import { nearest } from '../../diagnostics/suggest.js';
import { type Fraction, parseDecimal, toNumber } from '../../exact/fraction.js';
import { findUnit, type League } from '../../ranking/league.js';
import { measure } from '../../reading/measure.js';
import type { Reading } from '../../reading/reading.js';
import type { InputValue } from '../../rules/apply.js';
import type { Input } from '../../rules/rule.js';
import { type Bilingual, bilingual, closed, decimal } from '../../shapes/scalars.js';
import type { Spread } from './spread.js';

const RANGE = /^([+-]?[\d.,]+)\s*%?\s*\.\.\s*(?:([+-]?[\d.,]+)\s*%?\s*\.\.\s*)?([+-]?[\d.,]+)\s*%?$/;

const scalar = z.union([z.string(), z.number(), z.boolean()]);
const ways = closed({
  value: z.optional(scalar),
  range: z.optional(z.array(decimal)),
  uniform: z.optional(z.array(decimal)),
  triangular: z.optional(z.array(decimal)),
  normal: z.optional(closed({ mean: decimal, sd: decimal })),
  beta: z.optional(closed({ done: decimal, total: decimal })),
  last_change: z.optional(decimal),
  chances: z.optional(z.record(z.string(), decimal)),
}).check((ctx) => {
  if (Object.keys(ctx.value).length !== 1)
    ctx.issues.push(issue('bad-spread', { found: Object.keys(ctx.value).join(', ') }, ctx.value));
});
type Ways = z.output<typeof ways>;

const spreadShape = z.union([scalar, ways]);
const indicatorShape = z.union([
  scalar,
  ways,
  closed({ values: z.record(z.string(), z.union([scalar, ways])) }),
]);

/** The YAML shape of an outlook: what is uncertain, and how. */
export const outlookShape = closed({
  name: z.optional(bilingual),
  note: z.optional(bilingual),
  indicators: z._default(z.record(z.string(), indicatorShape), () => ({})),
  rivals: z.optional(
    closed({
      all: z.optional(spreadShape),
      each: z.optional(spreadShape),
      units: z.optional(z.record(z.string(), spreadShape)),
    }),
  ),
});

/** One indicator or move as it may fall. */
export type Uncertain =
  | { form: 'value'; value: InputValue }
  | { form: 'spread'; spread: Spread }
  | { form: 'chances'; options: { value: InputValue; probability: number }[] };

/** A rival's move in points: by a certain amount, or as a spread. */
export type Move = { form: 'fixed'; by: Fraction } | { form: 'spread'; spread: Spread };

/** What an outlook takes on beyond what it was told; each is printed. */
export type OutlookAssumption = 'range-is-uniform' | 'like-last-change' | 'beta-from-counts' | 'independent';

/** Uncertain indicators of one unit, and uncertain rivals. */
export interface Outlook {
  name: Bilingual | null;
  /** By criterion id, one per input of its rule; null keeps the reading's value. */
  indicators: ReadonlyMap<string, (Uncertain | null)[]>;
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
  const parsed = outlookShape.safeParse(data);
  if (!parsed.success) return { ok: false, diagnostics: fromZod(parsed.error, data) };
  const parser = new OutlookParser(reading);
  for (const [id, raw] of Object.entries(parsed.data.indicators)) parser.indicator(id, raw, catalogue);
  const { rivals } = parsed.data;
  const move = (raw: unknown, path: KeyPath) => (raw === undefined ? null : parser.move(raw as Ways, path));
  const units = new Map<string, Move>();
  for (const [name, raw] of Object.entries(rivals?.units ?? {})) {
    const path = ['rivals', 'units', name];
    const unit = league && findUnit(league, name);
    const by = move(raw, path);
    if (!unit) {
      const suggestion = nearest(name, league?.units.map((u) => u.unit) ?? []);
      parser.diagnostics.push(error('unknown-unit', { found: name, suggestion }, path));
    } else if (by) units.set(unit.unit, by);
  }
  const outlook: Outlook = {
    name: parsed.data.name ?? null,
    indicators: parser.indicators,
    rivals: {
      all: move(rivals?.all, ['rivals', 'all']),
      each: move(rivals?.each, ['rivals', 'each']),
      units,
    },
    assumptions: [...parser.assumptions, 'independent'],
  };
  return resultOf(outlook, parser.diagnostics);
}

class OutlookParser {
  readonly diagnostics: Diagnostic[] = [];
  readonly indicators = new Map<string, (Uncertain | null)[]>();
  readonly assumptions = new Set<OutlookAssumption>();

  constructor(private readonly reading: Reading) {}

  indicator(id: string, raw: unknown, catalogue: Catalogue): void {
    const path = ['indicators', id];
    const criterion = findCriterion(catalogue, id);
    if (!('id' in criterion)) {
      this.diagnostics.push(
        error('unknown-criterion', { found: id, suggestion: criterion.suggestion }, path),
      );
      return;
    }
    const { inputs } = criterion.compiled;
    const parts = (raw as { values?: Record<string, unknown> }).values;
    if (!parts && inputs.length > 1) {
      this.diagnostics.push(error('wants-parts', { options: inputs.map((i) => i.key ?? '') }, path));
      return;
    }
    const found = inputs.map((input, i): Uncertain | null => {
      const own = parts ? parts[input.key ?? ''] : raw;
      if (own === undefined) return null;
      return this.uncertain(own as Ways, criterion, i, parts ? [...path, 'values', input.key ?? ''] : path);
    });
    if (found.filter((u) => u && u.form !== 'value').length > 1)
      this.diagnostics.push(error('one-uncertain-indicator', { id: criterion.id }, path));
    this.indicators.set(criterion.id, found);
  }

  private uncertain(raw: Ways, criterion: Criterion, index: number, path: KeyPath): Uncertain | null {
    const input = criterion.compiled.inputs[index]!;
    if (typeof raw === 'object' && raw.chances) return this.chances(raw.chances, input, criterion.id, path);
    const { value } = typeof raw === 'object' ? raw : { value: raw as unknown };
    const ranged = typeof value === 'string' && RANGE.test(value.trim());
    if (value !== undefined && !ranged) {
      const read = this.value(value as string, input, criterion.id, path);
      return read && { form: 'value', value: read };
    }
    if (input.form === 'table') {
      this.diagnostics.push(error('spread-on-level', { id: criterion.id }, path));
      return null;
    }
    if (typeof raw === 'object' && raw.beta && input.quantity !== 'percent') {
      this.diagnostics.push(error('ratio-on-wrong-rule', { id: criterion.id }, path));
      return null;
    }
    const now = this.reading.entries.get(criterion.id)?.value?.inputs[index];
    const from = now?.form === 'number' ? toNumber(now.x) : null;
    const spread = this.spread(raw, from, criterion.id, path);
    return spread && { form: 'spread', spread };
  }

  private value(value: string | number, input: Input, id: string, path: KeyPath): InputValue | null {
    const read = measure({ form: 'scalar', value }, input, id, path);
    this.diagnostics.push(...read.diagnostics);
    return read.value;
  }

  private chances(raw: Record<string, Fraction>, input: Input, id: string, path: KeyPath): Uncertain | null {
    const options = Object.entries(raw).flatMap(([written, chance]) => {
      const value = this.value(written, input, id, [...path, 'chances', written]);
      return value ? [{ value, probability: toNumber(chance) }] : [];
    });
    const sum = Object.values(raw).reduce((s, c) => s + toNumber(c), 0);
    if (Math.abs(sum - 1) > 1e-9 || options.some((o) => o.probability < 0)) {
      this.diagnostics.push(
        error('chances-sum', { sum: String(Number(sum.toFixed(6))) }, [...path, 'chances']),
      );
      return null;
    }
    return { form: 'chances', options };
  }

  /** A rival's move; a plain number is certain. */
  move(raw: Ways, path: KeyPath): Move | null {
    const plain = typeof raw === 'object' ? raw.value : (raw as unknown);
    if (plain !== undefined && !RANGE.test(String(plain).trim())) {
      const by = parseDecimal(String(plain).replace(',', '.'));
      if (by) return { form: 'fixed', by };
      this.diagnostics.push(error('not-a-number', { found: String(plain) }, path));
      return null;
    }
    if (typeof raw === 'object' && (raw.beta || raw.chances)) {
      this.diagnostics.push(error('bad-spread', { found: Object.keys(raw).join(', ') }, path));
      return null;
    }
    const spread = this.spread(raw, 0, '', path);
    return spread && { form: 'spread', spread };
  }

  private spread(raw: Ways, from: number | null, id: string, path: KeyPath): Spread | null {
    const bad = (): null => {
      const found = typeof raw === 'object' ? Object.keys(raw).join(', ') : String(raw);
      this.diagnostics.push(error('bad-spread', { found }, path));
      return null;
    };
    const ordered = (ends: number[], count: number) =>
      ends.length === count && ends.every((x, i) => i === 0 || ends[i - 1]! <= x);
    const written = typeof raw === 'object' ? raw.value : raw;
    const ends =
      typeof raw === 'object' && written === undefined
        ? (raw.range ?? raw.uniform ?? raw.triangular)?.map(toNumber)
        : RANGE.exec(String(written).trim())
            ?.slice(1)
            .filter((x) => x !== undefined)
            .map((x) => toNumber(parseDecimal(x.replace(',', '.')) ?? parseDecimal('0')!));
    if (ends) {
      const peaked = ends.length === 3;
      if (!ordered(ends, peaked ? 3 : 2)) return bad();
      if (peaked !== (typeof raw === 'object' && raw.triangular !== undefined) && written === undefined)
        return bad();
      if (peaked) return { kind: 'triangular', low: ends[0]!, mode: ends[1]!, high: ends[2]! };
      if (typeof raw !== 'object' || raw.uniform === undefined) this.assumptions.add('range-is-uniform');
      return { kind: 'uniform', low: ends[0]!, high: ends[1]! };
    }
    if (typeof raw !== 'object') return bad();
    if (raw.normal) {
      const { mean, sd } = raw.normal;
      return sd.s < 0n ? bad() : { kind: 'normal', mean: toNumber(mean), sd: toNumber(sd) };
    }
    if (raw.beta) {
      const [done, total] = [toNumber(raw.beta.done), toNumber(raw.beta.total)];
      if (done < 0 || total <= 0 || done > total) return bad();
      this.assumptions.add('beta-from-counts');
      return { kind: 'beta', done, total };
    }
    if (from === null) {
      this.diagnostics.push(error('last-change-needs-value', { id }, path));
      return null;
    }
    this.assumptions.add('like-last-change');
    return { kind: 'normal', mean: from, sd: Math.abs(toNumber(raw.last_change!)) };
  }
}
