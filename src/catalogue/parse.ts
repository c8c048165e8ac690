import {
  type Diagnostic,
  error,
  type KeyPath,
  type Result,
  resultOf,
  warning,
} from '../diagnostics/diagnostic.js';
import { fromZod } from '../diagnostics/from-zod.js';
import { nearest } from '../diagnostics/suggest.js';
import { type Fraction, toNumber } from '../exact/fraction.js';
import { exactPoints, type Points, pointsToNumber, sumPoints } from '../exact/points.js';
import { ruleBounds } from '../rules/apply.js';
import { compileRule, isRelative } from '../rules/index.js';
import { type Provenance, sourcedWithin } from '../shapes/provenance.js';
import { partOfItself } from '../shapes/tree.js';
import type { Band, Catalogue, Criterion, Field, NotListed, NumberRecord } from './catalogue.js';
import { type CatalogueData, catalogueShape } from './shape.js';

/**
 * Checks plain data (as YAML or JSON gives it) and builds a catalogue. Every fault is reported at once.
 * Numbers may be texts (`"0.8042"`), and are exact that way.
 */
export function parseCatalogue(data: unknown): Result<Catalogue> {
  const parsed = catalogueShape.safeParse(data);
  if (!parsed.success) return { ok: false, diagnostics: fromZod(parsed.error, data) };
  const builder = new Builder(parsed.data);
  const catalogue = builder.build();
  return resultOf(catalogue, builder.diagnostics);
}

const NONE: Provenance = { kind: 'assumed', reason: { vi: '', en: '' } };

class Builder {
  readonly diagnostics: Diagnostic[] = [];
  private readonly sources: string[];

  constructor(private readonly data: CatalogueData) {
    this.sources = Object.keys(data.sources);
  }

  build(): Catalogue {
    const { data } = this;
    this.unique(
      data.fields.map((f) => f.id),
      ['fields'],
    );
    this.unique(
      data.criteria.map((c) => c.id),
      ['criteria'],
    );
    const scaleProvenance = this.need(data.scale.provenance, 'scale', ['scale']);
    const scale = this.points(data.scale.value, ['scale']);
    const criteria = data.criteria.map((c, i) => this.criterion(c, ['criteria', i]));
    const listed = sumPoints(criteria.map((c) => c.max));
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
      fields: this.fields(),
      owners: Object.entries(data.owners).map(([id, o]) => ({
        id: id.normalize('NFC'),
        name: { vi: id.normalize('NFC'), ...(o.en && { en: o.en }) },
        aliases: o.aliases,
        members: o.members,
      })),
      criteria,
      notListed: this.notListed(scale - listed),
      bands: this.bands(),
    };
  }

  private criterion(raw: CatalogueData['criteria'][number], path: KeyPath): Criterion {
    const { data } = this;
    this.known(
      raw.field,
      data.fields.map((f) => f.id),
      'unknown-field',
      [...path, 'field'],
    );
    const ownerIds = Object.keys(data.owners).map((o) => o.normalize('NFC'));
    raw.owners.forEach((o, i) => {
      this.known(o, ownerIds, 'unknown-owner', [...path, 'owners', i]);
    });
    raw.tracked_by.forEach((o, i) => {
      this.known(o, ownerIds, 'unknown-owner', [...path, 'tracked_by', i]);
    });
    const maxProvenance = this.need(raw.max.provenance, 'max', [...path, 'max']);
    const max = this.points(raw.max.value, [...path, 'max']);
    const rule = raw.measure ? { ...raw.rule.shape, measure: raw.measure } : raw.rule.shape;
    const compiled = compileRule(rule, { max: raw.max.value });
    const bounds = ruleBounds(compiled, [], data.decimals);
    const shown = (p: Points) => String(pointsToNumber(p, data.decimals));
    if (bounds.best > max) {
      this.diagnostics.push(
        error('points-above-max', { found: shown(bounds.best), max: shown(max) }, [...path, 'rule']),
      );
    } else if (bounds.best < max) {
      this.diagnostics.push(
        warning('max-unreachable', { best: shown(bounds.best), max: shown(max) }, [...path, 'rule']),
      );
    }
    return {
      id: raw.id,
      name: raw.name,
      field: raw.field,
      owners: raw.owners,
      trackedBy: raw.tracked_by,
      indicator: raw.indicator ?? null,
      requirement: raw.requirement ?? null,
      limitation: raw.limitation ?? null,
      action: raw.action ?? null,
      evidence: raw.evidence ?? null,
      exemption: raw.exemption ?? null,
      max,
      maxProvenance,
      rule,
      compiled,
      relative: isRelative(rule),
      numbers: this.numbers(raw, maxProvenance, path),
    };
  }

  private numbers(
    raw: CatalogueData['criteria'][number],
    maxProvenance: Provenance,
    path: KeyPath,
  ): NumberRecord[] {
    const inside = sourcedWithin(raw.rule.shape);
    const bare = inside.some(({ number }) => !number.provenance);
    const fallback = raw.rule.provenance;
    if (bare) this.need(fallback, 'rule', [...path, 'rule']);
    else if (fallback) this.sourceKnown(fallback, [...path, 'rule']);
    return [
      { what: 'max', value: raw.max.value, provenance: maxProvenance },
      ...inside.map(({ path: where, number }) => {
        if (number.provenance) this.sourceKnown(number.provenance, [...path, 'rule', ...where]);
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
    const ids = fields.map((f) => f.id);
    const parentOf = (id: string) => fields.find((f) => f.id === id)?.parent;
    return fields.map((f, i) => {
      const path = ['fields', i];
      if (f.parent !== undefined) {
        this.known(f.parent, ids, 'unknown-field', [...path, 'parent']);
        if (partOfItself(f.id, parentOf, fields.length))
          this.diagnostics.push(error('field-circle', { id: f.id }, [...path, 'parent']));
      }
      const max = f.max ? this.points(f.max, [...path, 'max']) : null;
      return { id: f.id, name: f.name, parent: f.parent ?? null, max };
    });
  }

  private bands(): Band[] {
    const bands = this.data.bands.map((b, i) => ({
      ...b,
      provenance: this.need(b.provenance, 'bands', ['bands', i]),
    }));
    bands.forEach((b, i) => {
      const path = ['bands', i, 'at_least'];
      const found = b.atLeast.toString();
      if (b.atLeast.s < 0n || b.atLeast.compare(100) > 0)
        this.diagnostics.push(error('out-of-range', { found, min: 0, max: 100 }, path));
      if (bands.findIndex((other) => other.atLeast.equals(b.atLeast)) < i)
        this.diagnostics.push(error('duplicate-id', { id: found }, path));
    });
    return bands.sort((p, q) => q.atLeast.compare(p.atLeast));
  }

  private notListed(max: Points): NotListed | null {
    const raw = this.data.not_listed;
    if (!raw || max <= 0) return null;
    const provenance = this.need(raw.provenance, 'not_listed', ['not_listed']);
    return { name: raw.name, max, provenance };
  }

  private scaleFits(listed: Points, scale: Points): void {
    const shown = {
      sum: String(pointsToNumber(listed, this.data.decimals)),
      scale: String(pointsToNumber(scale, this.data.decimals)),
    };
    if (listed > scale) this.diagnostics.push(error('maxima-exceed-scale', shown, ['scale']));
    if (listed < scale && !this.data.not_listed) {
      this.diagnostics.push(warning('maxima-below-scale', shown, ['scale']));
    }
  }

  private points(value: Fraction, path: KeyPath): Points {
    const exact = exactPoints(value, this.data.decimals);
    if (exact !== null && exact > 0 && Number.isSafeInteger(exact)) return exact;
    const found = String(toNumber(value));
    this.diagnostics.push(
      exact === null
        ? error('too-precise', { found, decimals: this.data.decimals }, path)
        : error('out-of-range', { found, min: 0 }, path),
    );
    return 1;
  }

  private need(provenance: Provenance | undefined, what: string, path: KeyPath): Provenance {
    if (provenance) {
      this.sourceKnown(provenance, path);
      return provenance;
    }
    this.diagnostics.push(error('provenance-missing', { what }, path));
    return NONE;
  }

  private sourceKnown(provenance: Provenance, path: KeyPath): void {
    if (provenance.kind === 'stated') {
      this.known(provenance.source, this.sources, 'unknown-source', [...path, 'source']);
    }
  }

  private known(
    found: string,
    options: readonly string[],
    code: 'unknown-field' | 'unknown-owner' | 'unknown-source',
    path: KeyPath,
  ): void {
    if (options.includes(found)) return;
    this.diagnostics.push(error(code, { found, suggestion: nearest(found, options) }, path));
  }

  private unique(ids: readonly string[], path: KeyPath): void {
    ids.forEach((id, i) => {
      if (ids.indexOf(id) < i) this.diagnostics.push(error('duplicate-id', { id }, [...path, i, 'id']));
    });
  }
}
