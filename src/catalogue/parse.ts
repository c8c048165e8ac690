import { ruleBounds } from '../rules/apply.js';
import { compileRule, isRelative } from '../rules/index.js';
import { intersect } from '../rules/line.js';
import { type CompiledRule, type Input, type LineInput, levelNamed } from '../rules/rule.js';
import { type Diagnostic, error, type KeyPath, type Result, warning } from '../values/diagnostic.js';
import { Fraction, toNumber } from '../values/fraction.js';
import { parseWhole } from '../values/from-zod.js';
import {
  exactPoints,
  type Points,
  pointsToFraction,
  pointsToNumber,
  roundToPoints,
} from '../values/points.js';
import { type Provenance, sourcedWithin } from '../values/provenance.js';
import { YEARS } from '../values/scalars.js';
import { isInCycle } from '../values/search.js';
import { nearest } from '../values/suggest.js';
import type { Band, Catalogue, Criterion, Field, NotListed, Requires, SourcedNumber } from './catalogue.js';
import { type CatalogueData, catalogueShape } from './shape.js';
import { listedMax } from './sums.js';

/**
 * Checks plain data (as YAML or JSON gives it) and builds a catalogue. Every fault is reported at once.
 * Numbers may be texts (`"0.8042"`), and are exact that way.
 */
export function parseCatalogue(data: unknown): Result<Catalogue> {
  return parseWhole(data, catalogueShape, (shaped, whole) => {
    const builder = new Builder(shaped);
    const value = builder.build();
    // Without a part the sum of the rest says nothing.
    const diagnostics = builder.diagnostics.filter((d) => whole || d.code !== 'maxima-exceed-scale');
    return { value, diagnostics };
  });
}

/** Whether more and more is lost without an end, as by a penalty that has no floor. */
function endless({ inputs, floor }: CompiledRule): boolean {
  const falls = ({ line, domain }: LineInput) =>
    line.some(({ lo, hi, b }) => {
      if (b.n === 0n) return false;
      return b.s < 0n ? hi === null && domain.hi === null : lo === null && domain.lo === null;
    });
  return floor === null && inputs.some((input) => input.form === 'line' && falls(input));
}

/** A rule that nothing ends from below takes no more than the whole scale. */
function held(compiled: CompiledRule, scale: Points, decimals: number): CompiledRule {
  if (!endless(compiled)) return compiled;
  return { ...compiled, floor: pointsToFraction(-scale, decimals) };
}

const PERCENT = { min: 0, max: 100 };

const NONE: Provenance = { kind: 'assumed', reason: { vi: '', en: '' } };

type RawCriterion = CatalogueData['criteria'][number];
type RawRequires = Extract<NonNullable<RawCriterion['requires']>, { criterion: string }>;

/** Builds a catalogue from data of its shape, and gathers what is wrong with them. */
class Builder {
  readonly diagnostics: Diagnostic[] = [];
  private readonly sources: string[];
  private readonly ownerIds: string[];
  private readonly fieldIds: string[];
  private readonly criterionIds: string[];

  constructor(private readonly data: CatalogueData) {
    this.sources = Object.keys(data.sources);
    this.ownerIds = Object.keys(data.owners).map((o) => o.normalize('NFC'));
    this.fieldIds = data.fields.map((f) => f.id);
    this.criterionIds = data.criteria.map((c) => c.id);
  }

  build(): Catalogue {
    const { data } = this;
    this.unique(this.fieldIds, ['fields']);
    this.unique(this.criterionIds, ['criteria']);
    if (data.valid?.to)
      this.within(new Fraction(data.valid.to), { min: data.valid.from, max: YEARS.most, year: true }, [
        'valid',
        'to',
      ]);
    const scaleProvenance = this.need(data.scale.provenance, 'scale', ['scale']);
    const scale = this.points(data.scale.value, ['scale']);
    const round = this.rounding();
    const alone = data.criteria.map((c, i) => this.criterion(c, ['criteria', i], scale, round.criterion));
    const fields = this.fields();
    const criteria = this.linked(alone);
    const listed = listedMax(fields, criteria, round, data.decimals);
    this.scaleFits(listed, scale);
    return {
      id: data.id,
      name: data.name,
      level: data.level ?? null,
      year: data.year,
      valid: data.valid ? { from: data.valid.from, to: data.valid.to ?? null } : null,
      decimals: data.decimals,
      scale,
      scaleProvenance,
      sources: Object.entries(data.sources).map(([id, s]) => ({ id, ...s })),
      fields,
      owners: Object.entries(data.owners).map(([id, o]) => ({
        id: id.normalize('NFC'),
        name: { vi: id.normalize('NFC'), ...(o.en && { en: o.en }) },
        aliases: o.aliases,
        members: o.members,
      })),
      criteria,
      notListed: this.notListed(scale - listed),
      round,
      adjustments: this.adjustments(),
      bands: this.bands(),
    };
  }

  private criterion(raw: RawCriterion, path: KeyPath, scale: Points, places: number | null): Criterion {
    const { data } = this;
    const { tracked_by, deducts_from, otherwise, measure, ...said } = raw;
    this.mustBeIn(raw.field, this.fieldIds, 'unknown-field', [...path, 'field']);
    for (const key of ['owners', 'tracked_by'] as const)
      for (const [i, owner] of raw[key].entries())
        this.mustBeIn(owner, this.ownerIds, 'unknown-owner', [...path, key, i]);
    const maxProvenance = this.need(raw.max.provenance, 'max', [...path, 'max']);
    const max = this.points(raw.max.value, [...path, 'max'], raw.outside ? 0 : 1);
    const rule = measure ? { ...raw.rule.shape, measure } : raw.rule.shape;
    const compiled = held(compileRule(rule, { max: raw.max.value }), scale, data.decimals);
    const counts = compiled.inputs.some((i) => i.form === 'line' && i.counts !== null);
    if (measure && !counts)
      this.diagnostics.push(error('measure-unread', { kind: rule.kind }, [...path, 'measure']));
    if (measure && 'measure' in raw.rule.shape)
      this.diagnostics.push(error('duplicate-id', { id: 'measure' }, [...path, 'measure']));
    const bounds = ruleBounds(compiled, data.decimals, places ?? data.decimals);
    const [best, most] = [this.shown(bounds.best), this.shown(max)];
    if (bounds.best > max)
      this.diagnostics.push(error('points-above-max', { value: best, max: most }, [...path, 'rule']));
    else if (bounds.best < max && raw.max.value.compare(0) > 0)
      this.diagnostics.push(warning('max-unreachable', { best, max: most }, [...path, 'rule']));
    return {
      ...said,
      trackedBy: tracked_by,
      max,
      maxProvenance,
      rule,
      compiled,
      relative: isRelative(rule),
      deductsFrom: null,
      requires: [],
      units: this.units(raw, path),
      examples: raw.examples.flatMap((e, k) => this.example(e, max, [...path, 'examples', k])),
      numbers: this.numbers(raw, maxProvenance, path),
    };
  }

  private numbers(raw: RawCriterion, maxProvenance: Provenance, path: KeyPath): SourcedNumber[] {
    const inside = sourcedWithin(raw.rule.shape);
    const bare = inside.some(({ number }) => !number.provenance);
    const fallback = raw.rule.provenance;
    if (bare) this.need(fallback, 'rule', [...path, 'rule']);
    else if (fallback) this.checkSource(fallback, [...path, 'rule']);
    return [
      { what: 'max', value: raw.max.value, provenance: maxProvenance },
      ...inside.map(({ path: where, number }) => {
        const { value, provenance = fallback ?? NONE } = number;
        if (number.provenance) this.checkSource(number.provenance, [...path, 'rule', ...where]);
        return { what: where.join('.'), value, provenance };
      }),
    ];
  }

  private fields(): Field[] {
    const { fields } = this.data;
    const parents = new Map(fields.map((f) => [f.id, f.parent]));
    const parentOf = (id: string) => parents.get(id);
    return fields.map((f, i) => {
      const path = ['fields', i];
      if (f.parent !== null) {
        this.mustBeIn(f.parent, this.fieldIds, 'unknown-field', [...path, 'parent']);
        if (isInCycle(f.id, parentOf, fields.length))
          this.diagnostics.push(error('field-circle', { id: f.id }, [...path, 'parent']));
      }
      const max = f.max ? this.points(f.max, [...path, 'max']) : null;
      this.within(f.weight, { above: 0 }, [...path, 'weight']);
      return { ...f, max, cap: f.cap ? this.points(f.cap, [...path, 'cap']) : null };
    });
  }

  private units(raw: RawCriterion, path: KeyPath): Criterion['units'] {
    if (!raw.units) {
      if (raw.otherwise) this.diagnostics.push(error('otherwise-without-units', {}, [...path, 'otherwise']));
      return null;
    }
    return { kinds: raw.units, otherwise: raw.otherwise ?? 'not_applicable' };
  }

  private example(
    { points, because, ...entry }: RawCriterion['examples'][number],
    max: Points,
    path: KeyPath,
  ): Criterion['examples'] {
    const keys = Object.keys(entry);
    const said =
      points === 'max' ? max : points === 'not_applicable' ? points : this.exact(points, [...path, 'points']);
    const alone = keys.length === 1 && keys[0] === 'value';
    return said === null ? [] : [{ entry: alone ? entry.value : entry, points: said, because }];
  }

  /** Criteria with what they say of each other: conditions, and whose points one outside the scale takes from. */
  private linked(criteria: readonly Criterion[]): Criterion[] {
    const linked = criteria.map((criterion, i): Criterion => {
      const raw = this.data.criteria[i]!;
      const path = ['criteria', i];
      const at = [...path, 'requires'];
      const requires = Array.isArray(raw.requires)
        ? raw.requires.flatMap((r, k) => this.requires(r, criteria, criterion.max, [...at, k]))
        : raw.requires && this.requires(raw.requires, criteria, criterion.max, at);
      return { ...criterion, deductsFrom: this.deductsFrom(raw, path), requires: requires ?? [] };
    });
    this.circles(linked);
    return linked;
  }

  private requires(
    raw: RawRequires,
    criteria: readonly Criterion[],
    max: Points,
    path: KeyPath,
  ): Criterion['requires'] {
    if (!this.mustBeIn(raw.criterion, this.criterionIds, 'unknown-criterion', [...path, 'criterion']))
      return [];
    const other = criteria[this.criterionIds.indexOf(raw.criterion)]!;
    const { inputs } = other.compiled;
    const keys = inputs.map((i) => i.key ?? '');
    const input = raw.input === undefined ? 0 : keys.indexOf(raw.input);
    const wrong = (options: string[]) => {
      this.diagnostics.push(error('requires-input', { id: other.id, options }, path));
      return [];
    };
    if (input < 0 || (raw.input === undefined && inputs.length !== 1)) return wrong(keys);
    const asked = inputs[input]!;
    if ((asked.form === 'table') !== (raw.is !== undefined))
      return wrong(asked.form === 'table' ? asked.levels.map((l) => l.level.vi) : []);
    const test = this.test(raw, asked, path);
    const otherwise = raw.else === 'not_applicable' ? raw.else : this.exact(raw.else, [...path, 'else']);
    if (typeof otherwise === 'number' && otherwise > max) {
      const params = { value: this.shown(otherwise), max: this.shown(max) };
      this.diagnostics.push(error('points-above-max', params, [...path, 'else']));
    }
    return test && otherwise !== null ? [{ criterion: other.id, input, test, otherwise }] : [];
  }

  private test(raw: RawRequires, input: Input, path: KeyPath): Requires['test'] | null {
    if (input.form === 'table') {
      const index = levelNamed(String(raw.is), input.levels);
      if (index >= 0) return { form: 'level', index };
      const options = input.levels.map((l) => l.level.vi);
      const params = { value: String(raw.is), options, suggestion: nearest(String(raw.is), options) };
      this.diagnostics.push(error('not-a-level', params, [...path, 'is']));
      return null;
    }
    const [lo, hi] = [raw.at_least ?? raw.above ?? null, raw.at_most ?? raw.below ?? null];
    const interval = { lo, loOpen: raw.at_least === undefined, hi, hiOpen: raw.at_most === undefined };
    const values = input.range;
    if (!intersect(interval, values)) {
      const [key, bound] = Object.entries(raw).find(([, end]) => end === (lo ?? hi))!;
      const [min, max] = [values.lo, values.hi].map((end) => (end ? toNumber(end) : undefined));
      this.diagnostics.push(error('out-of-range', { value: String(bound), min, max }, [...path, key]));
    }
    return { form: 'within', interval };
  }

  /** A criterion that, over what it requires, requires itself. */
  private circles(criteria: readonly Criterion[]): void {
    const required = new Map(criteria.map((c) => [c.id, c.requires.map((r) => r.criterion)]));
    criteria.forEach((c, i) => {
      const seen = new Set(required.get(c.id));
      for (const id of seen) for (const next of required.get(id)!) seen.add(next);
      if (seen.has(c.id))
        this.diagnostics.push(error('requires-circle', { id: c.id }, ['criteria', i, 'requires']));
    });
  }

  private deductsFrom(raw: RawCriterion, path: KeyPath): Criterion['deductsFrom'] {
    const { deducts_from: given } = raw;
    if (given === undefined) return null;
    const at = [...path, 'deducts_from'];
    if (!raw.outside) this.diagnostics.push(error('deducts-inside', { id: raw.id }, at));
    if (given === 'total') return given;
    if (Array.isArray(given))
      return given.filter((id, k) => this.mustBeIn(id, this.criterionIds, 'unknown-criterion', [...at, k]));
    const options = ['total', ...this.fieldIds];
    return this.mustBeIn(given, options, 'unknown-field', at) ? { field: given } : null;
  }

  private rounding(): Catalogue['round'] {
    const { round, decimals } = this.data;
    const places = (key: 'criterion' | 'field' | 'total', usual: number | null): number | null => {
      const given = round?.[key];
      if (given === undefined) return usual;
      if (given === 'none') return null;
      this.within(new Fraction(given), { min: 0, max: decimals }, ['round', key]);
      return given;
    };
    return {
      criterion: places('criterion', decimals),
      field: places('field', null),
      total: places('total', null),
    };
  }

  private adjustments(): Catalogue['adjustments'] {
    const { adjustments, criteria } = this.data;
    if (!adjustments) return { most: null, least: null };
    if (!criteria.some((c) => c.outside))
      this.diagnostics.push(warning('adjustments-of-nothing', {}, ['adjustments']));
    const end = (key: 'most' | 'least', sign: 1 | -1): Points | null => {
      const given = adjustments[key];
      if (given === undefined) return null;
      const path = ['adjustments', key];
      const exact = this.exact(given, path);
      if (exact !== null) this.within(given, sign > 0 ? { min: 0 } : { max: 0 }, path);
      return exact;
    };
    const limits = { most: end('most', 1), least: end('least', -1) };
    const { shown } = this;
    criteria.forEach(({ id, outside, max }, i) => {
      const points = exactPoints(max.value, this.data.decimals);
      const { most } = limits;
      if (!outside || points === null || most === null || most < 0 || points <= most) return;
      const params = { id, max: shown(points), most: shown(most) };
      this.diagnostics.push(warning('adjustment-over-most', params, ['criteria', i, 'max']));
    });
    return limits;
  }

  private bands(): Band[] {
    const bands = this.data.bands.map((b, i) => ({
      ...b,
      and: b.and.flatMap((c, k) => this.condition(c, ['bands', i, 'and', k])),
      provenance: this.need(b.provenance, 'bands', ['bands', i]),
    }));
    bands.forEach((b, i) => {
      const path = ['bands', i, 'at_least'];
      this.within(b.atLeast, PERCENT, path);
      if (bands.findIndex((other) => other.atLeast.equals(b.atLeast)) < i)
        this.diagnostics.push(error('duplicate-id', { id: b.atLeast.toString() }, path));
    });
    return bands.sort((p, q) => q.atLeast.compare(p.atLeast));
  }

  private condition(raw: CatalogueData['bands'][number]['and'][number], path: KeyPath): Band['and'] {
    const { criteria, decimals } = this.data;
    const index = (value: Fraction, key: string) => this.within(value, PERCENT, [...path, key]);
    if (raw.each_field_at_least)
      return [{ form: 'each_field', atLeast: index(raw.each_field_at_least, 'each_field_at_least') }];
    const atLeast = raw.at_least ?? new Fraction(0);
    if (raw.field !== undefined) {
      this.mustBeIn(raw.field, this.fieldIds, 'unknown-field', [...path, 'field']);
      return [{ form: 'field', id: raw.field, atLeast: index(atLeast, 'at_least') }];
    }
    const id = raw.criterion ?? '';
    if (this.mustBeIn(id, this.criterionIds, 'unknown-criterion', [...path, 'criterion'])) {
      const { max } = criteria[this.criterionIds.indexOf(id)]!;
      this.within(atLeast, { max: toNumber(max.value) }, [...path, 'at_least']);
    }
    return [{ form: 'criterion', id, atLeast: roundToPoints(atLeast, decimals) }];
  }

  private notListed(max: Points): NotListed | null {
    const raw = this.data.not_listed;
    if (!raw || max <= 0) return null;
    const provenance = this.need(raw.provenance, 'not_listed', ['not_listed']);
    return { name: raw.name, max, provenance };
  }

  private scaleFits(listed: Points, scale: Points): void {
    const shown = { sum: this.shown(listed), scale: this.shown(scale) };
    if (listed > scale) this.diagnostics.push(error('maxima-exceed-scale', shown, ['scale']));
    if (listed < scale && !this.data.not_listed)
      this.diagnostics.push(warning('maxima-below-scale', shown, ['scale']));
  }

  private points(value: Fraction, path: KeyPath, least = 1): Points {
    const exact = this.exact(value, path);
    if (exact !== null && exact >= least && Number.isSafeInteger(exact)) return exact;
    const params = { value: value.toString(), ...(least > 0 ? { above: 0 } : { min: 0 }) };
    if (exact !== null) this.diagnostics.push(error('out-of-range', params, path));
    return 1;
  }

  private need(provenance: Provenance | undefined, what: string, path: KeyPath): Provenance {
    if (provenance) {
      this.checkSource(provenance, path);
      return provenance;
    }
    this.diagnostics.push(error('provenance-missing', { what }, path));
    return NONE;
  }

  private checkSource(provenance: Provenance, path: KeyPath): void {
    if (provenance.kind === 'stated')
      this.mustBeIn(provenance.source, this.sources, 'unknown-source', [...path, 'source']);
  }

  private unique(ids: readonly string[], path: KeyPath): void {
    const seen = new Set<string>();
    ids.forEach((id, i) => {
      if (seen.has(id)) this.diagnostics.push(error('duplicate-id', { id }, [...path, i, 'id']));
      seen.add(id);
    });
  }

  /** Points as a number of the catalogue writes them. */
  private readonly shown = (points: Points): string => String(pointsToNumber(points, this.data.decimals));

  /** The points that a number is, as far as the scheme has places for it. */
  private exact(value: Fraction, path: KeyPath): Points | null {
    const exact = exactPoints(value, this.data.decimals);
    const params = { value: value.toString(), decimals: this.data.decimals };
    if (exact === null) this.diagnostics.push(error('too-precise', params, path));
    return exact;
  }

  /** A number that must lie between ends; past `above` where that is given. */
  private within(
    value: Fraction,
    ends: { min?: number; max?: number; above?: number; year?: true },
    path: KeyPath,
  ): Fraction {
    const { min, max, above } = ends;
    const isLow =
      (min !== undefined && value.compare(min) < 0) || (above !== undefined && value.compare(above) <= 0);
    if (isLow || (max !== undefined && value.compare(max) > 0))
      this.diagnostics.push(error('out-of-range', { value: value.toString(), ...ends }, path));
    return value;
  }

  /** Whether an id is one of those that there are. */
  private mustBeIn(
    id: string,
    options: readonly string[],
    code: 'unknown-field' | 'unknown-owner' | 'unknown-source' | 'unknown-criterion',
    path: KeyPath,
  ): boolean {
    const listed = options.includes(id);
    if (!listed) this.diagnostics.push(error(code, { value: id, suggestion: nearest(id, options) }, path));
    return listed;
  }
}
