import { type Diagnostic, error, type KeyPath } from '../diagnostics/diagnostic.js';
import { nearest } from '../diagnostics/suggest.js';
import { toNumber } from '../exact/fraction.js';
import { exactPoints, type Points, pointsToNumber } from '../exact/points.js';
import { intersect } from '../rules/line.js';
import { valueRange } from '../rules/rule.js';
import type { Criterion, Field, Requires } from './catalogue.js';
import type { CatalogueData } from './shape.js';

type RawCriterion = CatalogueData['criteria'][number];
type RawRequires = Extract<NonNullable<RawCriterion['requires']>, { criterion: string }>;

/** What criteria say of each other: conditions, and whose points a criterion outside the scale takes from. */
export class Links {
  constructor(
    private readonly data: CatalogueData,
    private readonly criteria: readonly Criterion[],
    private readonly fields: readonly Field[],
    private readonly diagnostics: Diagnostic[],
  ) {}

  linked(): Criterion[] {
    const linked = this.criteria.map((criterion, i): Criterion => {
      const raw = this.data.criteria[i]!;
      const path = ['criteria', i];
      const asked =
        raw.requires === undefined ? [] : Array.isArray(raw.requires) ? raw.requires : [raw.requires];
      return {
        ...criterion,
        deductsFrom: this.deductsFrom(raw, path),
        requires: asked.flatMap((r, k) =>
          this.requires(r, criterion.max, [...path, 'requires', ...(Array.isArray(raw.requires) ? [k] : [])]),
        ),
      };
    });
    this.circles(linked);
    return linked;
  }

  private criterion(id: string, path: KeyPath): Criterion | null {
    const criterion = this.criteria.find((c) => c.id === id);
    if (criterion) return criterion;
    const ids = this.criteria.map((c) => c.id);
    this.diagnostics.push(error('unknown-criterion', { value: id, suggestion: nearest(id, ids) }, path));
    return null;
  }

  private requires(raw: RawRequires, max: Points, path: KeyPath): Requires[] {
    const other = this.criterion(raw.criterion, [...path, 'criterion']);
    if (!other) return [];
    const { inputs } = other.compiled;
    const keys = inputs.map((i) => i.key ?? '');
    const input = raw.input === undefined ? 0 : keys.indexOf(raw.input);
    const wrong = (options: string[]) => {
      this.diagnostics.push(error('requires-input', { id: other.id, options }, path));
      return [];
    };
    if (input < 0 || (raw.input === undefined && inputs.length !== 1)) return wrong(keys);
    const { form } = inputs[input]!;
    if ((form === 'table') !== (raw.is !== undefined)) {
      const levels = inputs[input]!;
      return wrong(levels.form === 'table' ? levels.levels.map((l) => l.level.vi) : []);
    }
    const test = this.test(raw, inputs[input]!, path);
    const otherwise = this.otherwise(raw, path);
    if (otherwise !== 'not_applicable' && otherwise > max) {
      const shown = (points: Points) => String(pointsToNumber(points, this.data.decimals));
      const params = { value: shown(otherwise), max: shown(max) };
      this.diagnostics.push(error('points-above-max', params, [...path, 'else']));
    }
    return test ? [{ criterion: other.id, input, test, otherwise }] : [];
  }

  private test(
    raw: RawRequires,
    input: Criterion['compiled']['inputs'][number],
    path: KeyPath,
  ): Requires['test'] | null {
    if (input.form === 'table') {
      const wanted = String(raw.is).toLowerCase();
      const index = input.levels.findIndex((l) =>
        [l.level.vi, ...l.aliases].some((name) => name.toLowerCase() === wanted),
      );
      if (index >= 0) return { form: 'level', index };
      const options = input.levels.map((l) => l.level.vi);
      const params = { value: String(raw.is), options, suggestion: nearest(String(raw.is), options) };
      this.diagnostics.push(error('not-a-level', params, [...path, 'is']));
      return null;
    }
    const [lo, hi] = [raw.at_least ?? raw.above ?? null, raw.at_most ?? raw.below ?? null];
    const interval = { lo, loOpen: raw.at_least === undefined, hi, hiOpen: raw.at_most === undefined };
    const values = valueRange(input);
    if (!intersect(interval, values)) {
      const [key, bound] = Object.entries(raw).find(([, end]) => end === (lo ?? hi))!;
      const [min, max] = [values.lo, values.hi].map((end) => (end ? toNumber(end) : undefined));
      this.diagnostics.push(error('out-of-range', { value: String(bound), min, max }, [...path, key]));
    }
    return { form: 'within', interval };
  }

  private otherwise(raw: RawRequires, path: KeyPath): Requires['otherwise'] {
    if (raw.else === 'not_applicable') return raw.else;
    const exact = exactPoints(raw.else, this.data.decimals);
    if (exact !== null) return exact;
    const params = { value: raw.else.toString(), decimals: this.data.decimals };
    this.diagnostics.push(error('too-precise', params, [...path, 'else']));
    return 0 as Points;
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
    if (Array.isArray(given)) return given.filter((id, k) => this.criterion(id, [...at, k]) !== null);
    if (!this.fields.some((f) => f.id === given)) {
      const options = ['total', ...this.fields.map((f) => f.id)];
      const params = { value: given, suggestion: nearest(given, options) };
      this.diagnostics.push(error('unknown-field', params, at));
      return null;
    }
    return { field: given };
  }
}
