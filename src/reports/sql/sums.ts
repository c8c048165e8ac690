import type { Catalogue, Criterion, Field } from '../../catalogue/catalogue.js';
import { type DeductionGroup, deductionGroups, notListedPoints } from '../../catalogue/sums.js';
import { ruleBounds } from '../../rules/apply.js';
import { targeted } from '../../rules/index.js';
import { addsFields } from '../../scoring/totals.js';
import { type Points, pointsToNumber } from '../../values/points.js';
import { isCounted, isOfGroup, isSeveral, list, literal, marksOf, rounded, text } from './terms.js';

/** Points as SQL writes them. */
export const pointsLiteral = (points: Points, decimals: number): string =>
  pointsToNumber(points, decimals).toFixed(Math.max(1, decimals));

/** Whether points and maxima of fields only add up. */
const isPlainSum = (catalogue: Catalogue): boolean => catalogue.round.field === null && addsFields(catalogue);

/** What the table of readings must say for a catalogue, besides what every one needs. */
export function needs(catalogue: Catalogue) {
  const { criteria, decimals, bands } = catalogue;
  const inputs = criteria.flatMap((c) => c.compiled.inputs);
  return {
    input: criteria.some((c) => isSeveral(c) || isCounted(c)),
    target: criteria.some((c) => targeted(c.rule) !== null),
    lastYear: inputs.some((i) => i.form === 'line' && i.against?.reference === 'last_year'),
    group: inputs.some((i) => i.form === 'line' && isOfGroup(i.against)),
    units: criteria.some((c) => c.units !== null),
    requires: criteria.some((c) => c.requires.length > 0),
    /** Whether a criterion has a row for each of several inputs. */
    several: criteria.some(isSeveral),
    /** Whether rows of counts are made one before the rules, and say whether one of them stood there twice. */
    counted: criteria.some(isCounted),
    /** Whether any rule has levels, whose names are then told whatever their case and the blanks around them. */
    leveled: inputs.some((i) => i.form === 'table'),
    /**
     * Whether a criterion leaves the maximum only where the readings say so: then what is left out is summed, which few
     * rows are, and not what applies.
     */
    steady:
      isPlainSum(catalogue) &&
      bands.every((b) => b.and.length === 0) &&
      criteria.every(
        (c) => !c.outside && !isSeveral(c) && !c.units && c.requires.length === 0 && !leavesSums(c),
      ),
    /** Whether no criterion takes points. */
    positive: criteria.every((c) => ruleBounds(c.compiled, decimals).worst >= 0),
  };
}

export type Needs = ReturnType<typeof needs>;

/** Whether a criterion leaves the sums when there was nothing to count. */
export const leavesSums = ({ compiled: { inputs } }: Criterion): boolean =>
  inputs.length > 0 && inputs.every((i) => i.whenNone === 'not_applicable');

/** What is known of the rows of the step that has the points of criteria. */
export interface Settled {
  /** Whether the rows say what leaves the maximum, rather than what applies. */
  steady: boolean;
  /** Whether no criterion takes points. */
  positive: boolean;
  /** Whether a number tells each criterion's row from all others; else a criterion may have several. */
  marked: boolean;
}

/** The steps of a catalogue's query from the points of criteria on: fields, what lies outside the scale, index and place. */
export class Sums {
  private readonly plainFields: boolean;
  private readonly outside: Criterion[];

  constructor(
    private readonly catalogue: Catalogue,
    private readonly settled: Settled,
  ) {
    this.plainFields = isPlainSum(catalogue);
    this.outside = catalogue.criteria.filter((c) => c.outside);
  }

  steps(): string[] {
    return [this.sums(), this.totals(), this.indexed()];
  }

  private number(points: Points): string {
    return pointsLiteral(points, this.catalogue.decimals);
  }

  /** Criteria that conditions of bands are on. */
  private get inBands(): string[] {
    return this.catalogue.bands.flatMap((b) => b.and.flatMap((x) => (x.form === 'criterion' ? [x.id] : [])));
  }

  /** Criteria whose points stand in columns of their own. */
  private get singles(): string[] {
    const from = this.outside.flatMap((c) => (Array.isArray(c.deductsFrom) ? c.deductsFrom : []));
    return [...new Set([...this.outside.map((c) => c.id), ...from, ...this.inBands])];
  }

  /** Fields that criteria outside the scale deduct from. */
  private get deductedFields(): Field[] {
    return this.catalogue.fields.filter((f) =>
      this.outside.some(
        ({ deductsFrom: from }) =>
          from !== null && typeof from === 'object' && 'field' in from && from.field === f.id,
      ),
    );
  }

  /** Sums by field, in a row a unit and year. */
  private sums(): string {
    const { criteria, fields, bands } = this.catalogue;
    const within = criteria.filter((c) => !c.outside);
    const all = this.outside.length === 0 ? 'TRUE' : `id IN (${list(within.map((c) => c.id))})`;
    const when = (ids: readonly string[], value: string) =>
      ids.length === 0
        ? 'CAST(NULL AS DOUBLE PRECISION)'
        : `CASE WHEN id IN (${list(ids)}) AND maximum IS NOT NULL THEN ${value} END`;
    const asked = bands.some((b) => b.and.length > 0) || this.deductedFields.length > 0;
    const byField = this.plainFields && !asked ? [] : fields;
    const perField = byField.flatMap((f, i) => {
      const ids = within.filter((c) => c.field === f.id).map((c) => c.id);
      const geometric = f.combine === 'geometric';
      return [
        `SUM(${when(ids, 'points')}) AS s${i}`,
        `SUM(${when(ids, 'maximum')}) AS m${i}`,
        `COUNT(${when(ids, 'maximum')}) AS c${i}`,
        ...(geometric
          ? [
              `SUM(${when(ids, 'LN(NULLIF(GREATEST(points, 0.0), 0.0))')}) AS l${i}`,
              `SUM(${when(ids, 'LN(maximum)')}) AS n${i}`,
              `COUNT(${when(ids, 'NULLIF(GREATEST(points, 0.0), 0.0)')}) AS k${i}`,
            ]
          : []),
      ];
    });
    const perCriterion = this.singles.map(
      (id) => `SUM(CASE WHEN id = ${text(id)} AND maximum IS NOT NULL THEN points END) AS ${this.one(id)}`,
    );
    const listed = this.number(within.reduce((sum, c) => sum + c.max, 0));
    const whole = this.settled.steady
      ? [
          `${criteria.length} - COUNT(lost) AS apply`,
          'SUM(points) AS points',
          `${listed} - COALESCE(SUM(lost), 0.0) AS maximum`,
        ]
      : [
          `COUNT(CASE WHEN ${all} THEN maximum END) AS apply`,
          `SUM(CASE WHEN ${all} THEN points END) AS points`,
          `COALESCE(SUM(CASE WHEN ${all} THEN maximum END), 0.0) AS maximum`,
        ];
    const count = criteria.length;
    const marks = marksOf(count).reduce((s, m) => s + m, 0n);
    const once = this.settled.marked ? ` AND SUM(mark) = ${marks}.0` : '';
    const columns = [`COUNT(points) = ${count}${once} AS complete`, ...whole, ...perField, ...perCriterion];
    return `sums AS (\n  SELECT unit, year,\n    ${columns.join(',\n    ')}\n  FROM scored\n  GROUP BY unit, year\n)`;
  }

  private one(id: string): string {
    return `o${this.catalogue.criteria.findIndex((c) => c.id === id)}`;
  }

  /** A field's points or maximum as its scheme makes them; null when nothing in it applies. */
  private field(f: Field, what: 'points' | 'maximum'): string {
    const { fields, round, decimals } = this.catalogue;
    const i = fields.indexOf(f);
    const below = fields.filter((g) => g.parent === f.id).map((g) => this.field(g, what));
    const [column, log] = what === 'points' ? [`s${i}`, `l${i}`] : [`m${i}`, `n${i}`];
    const count = [`c${i}`, ...below.map((b) => `CASE WHEN ${b} IS NULL THEN 0 ELSE 1 END`)].join(' + ');
    const sum = [`COALESCE(${column}, 0.0)`, ...below.map((b) => `COALESCE(${b}, 0.0)`)].join(' + ');
    let value = `(${sum})`;
    if (f.combine === 'mean') value = `((${sum}) / NULLIF(${count}, 0))`;
    if (f.combine === 'geometric') {
      const logs = [
        `COALESCE(${log}, 0.0)`,
        ...below.map((b) => `COALESCE(LN(NULLIF(GREATEST(${b}, 0.0), 0.0)), 0.0)`),
      ].join(' + ');
      const zeros =
        what === 'points' ? [`k${i} < c${i}`, ...below.map((b) => `${b} <= 0`)].join(' OR ') : 'FALSE';
      value = `CASE WHEN ${zeros} THEN 0.0 ELSE EXP((${logs}) / NULLIF(${count}, 0)) END`;
    }
    if (f.cap !== null) value = `LEAST(${value}, ${this.number(f.cap)})`;
    if (round.field !== null) value = rounded(value, Math.min(decimals, round.field));
    const weighted = f.weight.equals(1) ? value : `(${value}) * ${literal(f.weight)}`;
    return `CASE WHEN ${count} > 0 THEN ${weighted} END`;
  }

  /** Points and maximum of the fields together, and what lies outside the scale. */
  private totals(): string {
    const { fields, bands, round } = this.catalogue;
    const rest = this.number(notListedPoints(this.catalogue));
    const tops = fields.filter((f) => f.parent === null);
    const all = (what: 'points' | 'maximum') =>
      this.plainFields ? what : tops.map((f) => `COALESCE(${this.field(f, what)}, 0.0)`).join(' + ');
    const least = bands.some((b) => b.and.some((x) => x.form !== 'criterion'));
    const indexes = least
      ? fields.map(
          (f, i) => `100.0 * (${this.field(f, 'points')}) / NULLIF(${this.field(f, 'maximum')}, 0) AS i${i}`,
        )
      : [];
    const maximum = `${all('maximum')} + ${rest}`;
    const columns = [
      'unit',
      'year',
      'complete',
      'apply',
      `${all('points')} + ${rest} AS points`,
      `${round.total === null ? maximum : rounded(maximum, round.total, true)} AS maximum`,
      ...this.singles.map((id) => this.one(id)),
      ...indexes,
      ...this.deductedFields.map((f) => `${this.field(f, 'points')} AS f${fields.indexOf(f)}`),
    ];
    return `totals AS (\n  SELECT ${[...new Set(columns)].join(',\n    ')}\n  FROM sums\n)`;
  }

  /** What the criteria outside the scale add and take together. */
  private adjustment(): string {
    const { adjustments } = this.catalogue;
    const value = (c: Criterion) => `COALESCE(${this.one(c.id)}, 0.0)`;
    const added = this.outside.map((c) => `GREATEST(${value(c)}, 0.0)`).join(' + ');
    const taken = new Map<DeductionGroup, string>();
    for (const taking of deductionGroups(this.catalogue)) {
      const wanted = taking.criteria.map((c) => `GREATEST(0.0 - ${value(c)}, 0.0)`).join(' + ');
      if (taking.from === null) {
        taken.set(taking, wanted);
        continue;
      }
      const there = taking.from === 'total' ? `points + ${added}` : this.there(taking.from);
      const left = [`(${there})`, ...taking.within.map((t) => `(${taken.get(t)})`)].join(' - ');
      taken.set(taking, `LEAST(${wanted}, GREATEST(${left}, 0.0))`);
    }
    let sum = `(${added}) - (${[...taken.values()].join(' + ')})`;
    if (adjustments.most !== null) sum = `LEAST(${sum}, ${this.number(adjustments.most)})`;
    if (adjustments.least !== null) sum = `GREATEST(${sum}, ${this.number(adjustments.least)})`;
    return sum;
  }

  /** What can be taken from a field or from named criteria. */
  private there(from: { field: string } | string[]): string {
    if (!Array.isArray(from))
      return `COALESCE(f${this.catalogue.fields.findIndex((f) => f.id === from.field)}, 0.0)`;
    return from.length === 0 ? '0.0' : from.map((id) => `COALESCE(${this.one(id)}, 0.0)`).join(' + ');
  }

  private indexed(): string {
    const { decimals, round, bands } = this.catalogue;
    const adjustment = this.outside.length > 0 ? this.adjustment() : null;
    const whole = adjustment ? `points + ${adjustment}` : 'points';
    const score = rounded(whole, round.total ?? decimals, this.settled.positive && adjustment === null);
    const exact = round.total === null ? whole : score;
    const kept = [
      ...this.inBands.map((id) => this.one(id)),
      ...(bands.some((b) => b.and.some((x) => x.form !== 'criterion'))
        ? this.catalogue.fields.map((_, i) => `i${i}`)
        : []),
    ];
    const columns = [
      'unit',
      'year',
      `CASE WHEN complete THEN ${score} END AS score`,
      ...(adjustment ? [`CASE WHEN complete THEN ${rounded(adjustment, decimals)} END AS adjustment`] : []),
      `CASE WHEN complete THEN ${rounded('maximum', decimals, true)} END AS applicable_max`,
      `CASE WHEN complete AND apply > 0 AND maximum > 0 THEN 100.0 * (${exact}) / maximum END AS index_percent`,
      ...new Set(kept),
    ];
    return `indexed AS (\n  SELECT ${columns.join(',\n    ')}\n  FROM totals\n)`;
  }

  /** The query itself, over the last step. */
  result(): string {
    const { bands, fields } = this.catalogue;
    const holds = (b: Catalogue['bands'][number]) =>
      [
        `index_percent >= ${literal(b.atLeast)} - 0.0000000001`,
        ...b.and.flatMap((x): string[] => {
          if (x.form === 'criterion')
            return [`COALESCE(${this.one(x.id)}, ${this.number(x.atLeast)}) >= ${this.number(x.atLeast)}`];
          const asked = fields.flatMap((f, i) =>
            (x.form === 'field' ? f.id === x.id : f.parent === null) ? [i] : [],
          );
          return asked.map((i) => `COALESCE(i${i}, 100.0) >= ${literal(x.atLeast)} - 0.0000000001`);
        }),
      ].join(' AND ');
    const band =
      bands.length === 0
        ? []
        : [`CASE ${bands.map((b) => `WHEN ${holds(b)} THEN ${text(b.name.vi)}`).join(' ')} END AS band`];
    const columns = [
      'unit',
      'year',
      'score',
      ...(this.outside.length > 0 ? ['adjustment'] : []),
      'applicable_max',
      'index_percent',
      ...band,
      'CASE WHEN index_percent IS NOT NULL THEN RANK() OVER (PARTITION BY year ORDER BY FLOOR(index_percent * 1000000000.0 + 0.5) DESC NULLS LAST) END AS place',
    ];
    return `SELECT ${columns.join(',\n  ')}\nFROM indexed\nORDER BY year, place, unit;\n`;
  }
}
