import { type Diagnostic, error, type KeyPath } from '../diagnostics/diagnostic.js';
import { nearest } from '../diagnostics/suggest.js';
import { type Fraction, toNumber } from '../exact/fraction.js';
import { exactPoints, type Points, pointsToNumber } from '../exact/points.js';
import { intersect } from '../rules/line.js';
import { levelNamed } from '../rules/rule.js';
import type { Criterion, Field, Requires } from './catalogue.js';
import type { CatalogueData } from './shape.js';

/** What the parts of a catalogue are checked by, and what was found wrong. */
export class Checks {
  readonly diagnostics: Diagnostic[] = [];

  constructor(readonly decimals: number) {}

  /** Points as a number of the catalogue writes them. */
  readonly shown = (points: Points): string => String(pointsToNumber(points, this.decimals));

  /** The points that a number is, as far as the scheme has places for it. */
  exact(value: Fraction, path: KeyPath): Points | null {
    const exact = exactPoints(value, this.decimals);
    const params = { value: value.toString(), decimals: this.decimals };
    if (exact === null) this.diagnostics.push(error('too-precise', params, path));
    return exact;
  }

  /** A number that must lie between ends; past `above` where that is given. */
  within(value: Fraction, ends: { min?: number; max?: number; above?: number }, path: KeyPath): Fraction {
    const { min, max, above } = ends;
    const low = min !== undefined && value.compare(min) < 0;
    if (
      low ||
      (max !== undefined && value.compare(max) > 0) ||
      (above !== undefined && value.compare(above) <= 0)
    )
      this.diagnostics.push(error('out-of-range', { value: value.toString(), ...ends }, path));
    return value;
  }

  /** Whether an id is one of those that there are. */
  mustBeIn(
    id: string,
    options: readonly string[],
    code: 'unknown-field' | 'unknown-owner' | 'unknown-source' | 'unknown-criterion',
    path: KeyPath,
  ): boolean {
    const known = options.includes(id);
    if (!known) this.diagnostics.push(error(code, { value: id, suggestion: nearest(id, options) }, path));
    return known;
  }
}

type RawCriterion = CatalogueData['criteria'][number];
type RawRequires = Extract<NonNullable<RawCriterion['requires']>, { criterion: string }>;

/** What criteria say of each other: conditions, and whose points a criterion outside the scale takes from. */
export class Links {
  constructor(
    private readonly data: CatalogueData,
    private readonly criteria: readonly Criterion[],
    private readonly fields: readonly Field[],
    private readonly checks: Checks,
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
    const ids = this.criteria.map((c) => c.id);
    return this.checks.mustBeIn(id, ids, 'unknown-criterion', path) ? this.criteria[ids.indexOf(id)]! : null;
  }

  private requires(raw: RawRequires, max: Points, path: KeyPath): Requires[] {
    const other = this.criterion(raw.criterion, [...path, 'criterion']);
    if (!other) return [];
    const { inputs } = other.compiled;
    const keys = inputs.map((i) => i.key ?? '');
    const input = raw.input === undefined ? 0 : keys.indexOf(raw.input);
    const wrong = (options: string[]) => {
      this.checks.diagnostics.push(error('requires-input', { id: other.id, options }, path));
      return [];
    };
    if (input < 0 || (raw.input === undefined && inputs.length !== 1)) return wrong(keys);
    const { form } = inputs[input]!;
    if ((form === 'table') !== (raw.is !== undefined)) {
      const levels = inputs[input]!;
      return wrong(levels.form === 'table' ? levels.levels.map((l) => l.level.vi) : []);
    }
    const test = this.test(raw, inputs[input]!, path);
    const otherwise =
      raw.else === 'not_applicable' ? raw.else : this.checks.exact(raw.else, [...path, 'else']);
    if (typeof otherwise === 'number' && otherwise > max) {
      const { shown } = this.checks;
      const params = { value: shown(otherwise), max: shown(max) };
      this.checks.diagnostics.push(error('points-above-max', params, [...path, 'else']));
    }
    return test && otherwise !== null ? [{ criterion: other.id, input, test, otherwise }] : [];
  }

  private test(
    raw: RawRequires,
    input: Criterion['compiled']['inputs'][number],
    path: KeyPath,
  ): Requires['test'] | null {
    if (input.form === 'table') {
      const index = levelNamed(String(raw.is), input.levels);
      if (index >= 0) return { form: 'level', index };
      const options = input.levels.map((l) => l.level.vi);
      const params = { value: String(raw.is), options, suggestion: nearest(String(raw.is), options) };
      this.checks.diagnostics.push(error('not-a-level', params, [...path, 'is']));
      return null;
    }
    const [lo, hi] = [raw.at_least ?? raw.above ?? null, raw.at_most ?? raw.below ?? null];
    const interval = { lo, loOpen: raw.at_least === undefined, hi, hiOpen: raw.at_most === undefined };
    const values = input.range;
    if (!intersect(interval, values)) {
      const [key, bound] = Object.entries(raw).find(([, end]) => end === (lo ?? hi))!;
      const [min, max] = [values.lo, values.hi].map((end) => (end ? toNumber(end) : undefined));
      this.checks.diagnostics.push(error('out-of-range', { value: String(bound), min, max }, [...path, key]));
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
        this.checks.diagnostics.push(error('requires-circle', { id: c.id }, ['criteria', i, 'requires']));
    });
  }

  private deductsFrom(raw: RawCriterion, path: KeyPath): Criterion['deductsFrom'] {
    const { deducts_from: given } = raw;
    if (given === undefined) return null;
    const at = [...path, 'deducts_from'];
    if (!raw.outside) this.checks.diagnostics.push(error('deducts-inside', { id: raw.id }, at));
    if (given === 'total') return given;
    if (Array.isArray(given)) return given.filter((id, k) => this.criterion(id, [...at, k]) !== null);
    const options = ['total', ...this.fields.map((f) => f.id)];
    return this.checks.mustBeIn(given, options, 'unknown-field', at) ? { field: given } : null;
  }
}
