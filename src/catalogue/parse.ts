import { error, type KeyPath, type Result, warning } from '../diagnostics/diagnostic.js';
import { parseWhole } from '../diagnostics/from-zod.js';
import { Fraction, toNumber } from '../exact/fraction.js';
import { exactPoints, type Points, pointsToFraction, roundToPoints } from '../exact/points.js';
import { isInCycle } from '../exact/search.js';
import { ruleBounds } from '../rules/apply.js';
import { compileRule, isRelative } from '../rules/index.js';
import type { CompiledRule } from '../rules/rule.js';
import { type Provenance, sourcedWithin } from '../shapes/provenance.js';
import type { Band, Catalogue, Criterion, Field, NotListed, SourcedNumber } from './catalogue.js';
import { Checks, Links } from './links.js';
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
const endless = ({ inputs, floor }: CompiledRule): boolean =>
  floor === null &&
  inputs.some(
    (input) =>
      input.form === 'line' &&
      input.line.some(
        ({ lo, hi, b }) =>
          (hi === null && input.domain.hi === null && b.s < 0n && b.n !== 0n) ||
          (lo === null && input.domain.lo === null && b.s > 0n && b.n !== 0n),
      ),
  );

/** A rule that nothing ends from below takes no more than the whole scale. */
function held(compiled: CompiledRule, scale: Points, decimals: number): CompiledRule {
  if (!endless(compiled)) return compiled;
  return { ...compiled, floor: pointsToFraction(-scale, decimals) };
}

const PERCENT = { min: 0, max: 100 };

const NONE: Provenance = { kind: 'assumed', reason: { vi: '', en: '' } };

class Builder extends Checks {
  private readonly sources: string[];
  private readonly ownerIds: string[];
  private readonly fieldIds: string[];

  constructor(private readonly data: CatalogueData) {
    super(data.decimals);
    this.sources = Object.keys(data.sources);
    this.ownerIds = Object.keys(data.owners).map((o) => o.normalize('NFC'));
    this.fieldIds = data.fields.map((f) => f.id);
  }

  build(): Catalogue {
    const { data } = this;
    this.unique(this.fieldIds, ['fields']);
    this.unique(
      data.criteria.map((c) => c.id),
      ['criteria'],
    );
    const scaleProvenance = this.need(data.scale.provenance, 'scale', ['scale']);
    const scale = this.points(data.scale.value, ['scale']);
    const built = data.criteria.map((c, i) => this.criterion(c, ['criteria', i], scale));
    const fields = this.fields();
    const round = this.rounding();
    const criteria = new Links(data, built, fields, this).linked();
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

  private criterion(raw: CatalogueData['criteria'][number], path: KeyPath, scale: Points): Criterion {
    const { data } = this;
    const { tracked_by, deducts_from, otherwise, measure, ...said } = raw;
    this.mustBeIn(raw.field, this.fieldIds, 'unknown-field', [...path, 'field']);
    raw.owners.forEach((o, i) => {
      this.mustBeIn(o, this.ownerIds, 'unknown-owner', [...path, 'owners', i]);
    });
    tracked_by.forEach((o, i) => {
      this.mustBeIn(o, this.ownerIds, 'unknown-owner', [...path, 'tracked_by', i]);
    });
    const maxProvenance = this.need(raw.max.provenance, 'max', [...path, 'max']);
    const max = this.points(raw.max.value, [...path, 'max'], raw.outside ? 0 : 1);
    const rule = measure ? { ...raw.rule.shape, measure } : raw.rule.shape;
    const compiled = held(compileRule(rule, { max: raw.max.value }), scale, data.decimals);
    const counts = compiled.inputs.some((i) => i.form === 'line' && i.counts !== null);
    if (measure && !counts)
      this.diagnostics.push(error('measure-unread', { kind: rule.kind }, [...path, 'measure']));
    if (measure && 'measure' in raw.rule.shape)
      this.diagnostics.push(error('duplicate-id', { id: 'measure' }, [...path, 'measure']));
    const bounds = ruleBounds(compiled, data.decimals);
    const { shown } = this;
    if (bounds.best > max) {
      this.diagnostics.push(
        error('points-above-max', { value: shown(bounds.best), max: shown(max) }, [...path, 'rule']),
      );
    } else if (bounds.best < max && raw.max.value.compare(0) > 0) {
      this.diagnostics.push(
        warning('max-unreachable', { best: shown(bounds.best), max: shown(max) }, [...path, 'rule']),
      );
    }
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

  private numbers(
    raw: CatalogueData['criteria'][number],
    maxProvenance: Provenance,
    path: KeyPath,
  ): SourcedNumber[] {
    const inside = sourcedWithin(raw.rule.shape);
    const bare = inside.some(({ number }) => !number.provenance);
    const fallback = raw.rule.provenance;
    if (bare) this.need(fallback, 'rule', [...path, 'rule']);
    else if (fallback) this.checkSource(fallback, [...path, 'rule']);
    return [
      { what: 'max', value: raw.max.value, provenance: maxProvenance },
      ...inside.map(({ path: where, number }) => {
        if (number.provenance) this.checkSource(number.provenance, [...path, 'rule', ...where]);
        return {
          what: where.join('.'),
          value: number.value,
          provenance: number.provenance ?? fallback ?? NONE,
        };
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

  private units(raw: CatalogueData['criteria'][number], path: KeyPath): Criterion['units'] {
    if (!raw.units) {
      if (raw.otherwise) this.diagnostics.push(error('otherwise-without-units', {}, [...path, 'otherwise']));
      return null;
    }
    return { kinds: raw.units, otherwise: raw.otherwise ?? 'not_applicable' };
  }

  private example(
    { points, because, ...entry }: CatalogueData['criteria'][number]['examples'][number],
    max: Points,
    path: KeyPath,
  ): Criterion['examples'] {
    const keys = Object.keys(entry);
    const said =
      points === 'max' ? max : points === 'not_applicable' ? points : this.exact(points, [...path, 'points']);
    const alone = keys.length === 1 && keys[0] === 'value';
    return said === null ? [] : [{ entry: alone ? entry.value : entry, points: said, because }];
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
    const ids = criteria.map((c) => c.id);
    if (this.mustBeIn(id, ids, 'unknown-criterion', [...path, 'criterion'])) {
      const { max } = criteria[ids.indexOf(id)]!;
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
    if (listed < scale && !this.data.not_listed) {
      this.diagnostics.push(warning('maxima-below-scale', shown, ['scale']));
    }
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
    if (provenance.kind === 'stated') {
      this.mustBeIn(provenance.source, this.sources, 'unknown-source', [...path, 'source']);
    }
  }

  private unique(ids: readonly string[], path: KeyPath): void {
    const seen = new Set<string>();
    ids.forEach((id, i) => {
      if (seen.has(id)) this.diagnostics.push(error('duplicate-id', { id }, [...path, i, 'id']));
      seen.add(id);
    });
  }
}
