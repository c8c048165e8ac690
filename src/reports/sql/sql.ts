import type { Catalogue, Criterion } from '../../catalogue/catalogue.js';
import { oneLine } from '../../render/words.js';
import { ruleBounds } from '../../rules/apply.js';
import { targeted } from '../../rules/index.js';
import type { Input } from '../../rules/rule.js';
import type { Points } from '../../values/points.js';
import { leavesSums, type Needs, needs, pointsLiteral, Sums } from './sums.js';
import {
  inputCases,
  isCounted,
  isOfGroup,
  isRatio,
  isSeveral,
  levelTable,
  list,
  literal,
  marksOf,
  NULL,
  name,
  publishedText,
  rangeTests,
  rounded,
  spanOf,
  spellings,
  termText,
  testText,
  text,
  Values,
  written,
  type YearSpan,
} from './terms.js';

/** Whether an input of a criterion stands in several rows. */
const TWICE = "COUNT(*) > COUNT(DISTINCT COALESCE(input, ''))";

/** Writes a catalogue as one SELECT, step by step: what is given, points of inputs, of criteria, of fields, the score. */
class Query {
  private readonly need: Needs;
  /** What differs between inputs, and between criteria: one table where each criterion has one input. */
  private readonly rules: Values;
  private readonly scheme: Values;

  constructor(
    private readonly catalogue: Catalogue,
    private readonly table: string,
    private readonly span: YearSpan,
  ) {
    this.need = needs(catalogue);
    const { criteria } = catalogue;
    const ids = criteria.map((c) => [c.id]);
    const inputs = criteria.flatMap((c) =>
      c.compiled.inputs.map((i) => [c.id, isSeveral(c) ? i.key : null] as const),
    );
    this.rules = this.need.several
      ? new Values('rules', ['rule_id', 'rule_input'], inputs)
      : new Values('rules', ['rule_id'], ids);
    this.scheme = this.need.several ? new Values('scheme', ['scheme_id'], ids) : this.rules;
  }

  text(): string {
    const steps = [...this.completed(), ...this.counted(), ...this.held(), ...this.parts(), ...this.scored()];
    const sums = new Sums(this.catalogue, { ...this.need, marked: !this.need.several });
    const tables = [...new Set([this.rules, this.scheme])].filter((t) => t.needed).map((t) => t.step());
    return `${this.comment()}WITH ${[...tables, this.given(), ...steps, ...sums.steps()].join(',\n')}
${sums.result()}`;
  }

  private points(points: Points): string {
    return pointsLiteral(points, this.catalogue.decimals);
  }

  private get columns(): string[] {
    const { input, target, lastYear, units } = this.need;
    return [
      ...(input ? ['input'] : []),
      ...(target ? ['target', 'leader'] : []),
      ...(lastYear ? ['last_year'] : []),
      ...(units ? ['kind'] : []),
    ];
  }

  private comment(): string {
    const more = this.columns.length > 0 ? `, ${this.columns.join(', ')}` : '';
    return `-- ${oneLine(`${this.catalogue.id}: ${this.catalogue.name.vi}`)}
-- Readings: unit, year, id, value, level, done, total, deducted, exempt, not_applicable${more}; a row a criterion${
      this.need.input ? ', or a row for each input of one' : ''
    }; a unit with one twice has no score, and places are among those that have one.
-- Percents as 60, dates as days after they were due.
${this.yearsHeld()}${this.publishedRequired()}`;
  }

  /** That rows of years with other numbers are left out. */
  private yearsHeld(): string {
    const { from, to } = this.span;
    if (from === null && to === null) return '';
    const { id, year } = this.catalogue;
    const years = [...(from === null ? [] : [`from ${from}`]), ...(to === null ? [] : [`to ${to}`])].join(
      ' ',
    );
    return `-- Numbers of ${year}, which hold ${years}; rows of other years are left out: a catalogue that extends ${id} with their year has theirs.\n`;
  }

  /** What published points do not always tell: whether the value is what a condition asks for. */
  private publishedRequired(): string {
    const ids = [...new Set(this.catalogue.criteria.flatMap((c) => c.requires.map((r) => r.criterion)))];
    return ids.length === 0
      ? ''
      : `-- ${ids.join(', ')}: others depend on the value; where deducted, given instead, does not tell it, they and the score are NULL.\n`;
  }

  /** Rows of the criteria, with the value as x and whether there was nothing to count; asked for when the rules are written. */
  private given(): string {
    const { criteria } = this.catalogue;
    const more = this.columns.map((c) => `, ${c}`).join('');
    const { target, lastYear, group, units, requires } = this.need;
    const looked = target || lastYear || group || units || requires || criteria.some(isCounted);
    // Where rows go straight to the rules, to join those leaves out what the catalogue does not list.
    const joins = this.rules.needed && !this.need.several && !looked;
    // Nothing is asked of what is not so where only what is so decides.
    const said = (c: string) => (this.need.steady ? c : `COALESCE(${c}, FALSE) AS ${c}`);
    const { from, to } = this.span;
    const only = [
      ...(joins ? [] : [`id IN (${list(criteria.map((c) => c.id))})`]),
      ...(from === null ? [] : [`year >= ${from}`]),
      ...(to === null ? [] : [`year <= ${to}`]),
    ];
    return `given AS (
  SELECT unit, year, id, ${this.need.leveled ? `${written('level')} AS level` : 'level'}, deducted${more},
    ${said('exempt')},
    ${said('not_applicable')},
    COALESCE(done = 0 AND total = 0, FALSE) AS none,
    CAST(COALESCE(value, 100.0 * done / NULLIF(total, 0)) AS DOUBLE PRECISION) AS x
  FROM ${name(this.table)}${only.length === 0 ? '' : `\n  WHERE ${only.join(' AND ')}`}
)`;
  }

  private source = 'given';

  /**
   * Rows for criteria that may count without a value, by the unit's kind or a condition, or that a group's values are not
   * whole without, where the readings have none.
   */
  private completed(): string[] {
    const missing = this.catalogue.criteria.flatMap((c) => {
      const open = c.units !== null || c.requires.length > 0;
      const aimed = targeted(c.rule);
      const ofGroup = c.compiled.inputs.filter(
        (i) => i.form === 'line' && (isOfGroup(i.against) || (aimed !== null && aimed.key === i.key)),
      );
      const keys = ofGroup.map((i) => (isSeveral(c) ? i.key : null));
      return [...new Set(open ? [null, ...keys] : keys)].map((key) => ({ c, key }));
    });
    if (missing.length === 0) return [];
    const columns = ['level', 'deducted', ...this.columns, 'exempt', 'not_applicable', 'none', 'x'];
    const rows = missing.map(({ c, key }) => {
      const values = columns.map((column) => {
        if (column === 'kind') return 'MAX(kind)';
        if (column === 'input' && key !== null) return text(key);
        return ['exempt', 'not_applicable', 'none'].includes(column) ? 'FALSE' : 'NULL';
      });
      const there = `id = ${text(c.id)}${key === null ? '' : ` AND (input IS NULL OR input = ${text(key)})`}`;
      return `  SELECT unit, year, ${text(c.id)}, ${values.join(', ')} FROM given GROUP BY unit, year
  HAVING COUNT(CASE WHEN ${there} THEN 1 END) = 0`;
    });
    const all = `  SELECT unit, year, id, ${columns.join(', ')} FROM ${this.source}`;
    this.source = 'completed';
    return [`completed AS (\n${[all, ...rows].join('\n  UNION ALL\n')}\n)`];
  }

  /** Rows of counts made one row with their ratio. */
  private counted(): string[] {
    const counted = this.catalogue.criteria.filter(isCounted);
    if (counted.length === 0) return [];
    const ids = list(counted.map((c) => c.id));
    const of = (key: string) => `MAX(CASE WHEN input = ${text(key)} THEN x END)`;
    const ratios = counted.flatMap((c) =>
      c.compiled.inputs.flatMap((i) => {
        if (i.form !== 'line') return [];
        const [top, over] = i.counts
          ? [termText(i.counts.ratio, of), termText(i.counts.ratio.over, of)]
          : [
              (i.share?.parts ?? []).map((p) => `${literal(p.weight)} * ${of(p.key)}`).join(' + '),
              of('total'),
            ];
        const scale = i.quantity === 'percent' ? '100.0 * ' : '';
        return [
          {
            x: `WHEN id = ${text(c.id)} THEN ${scale}(${top}) / NULLIF(${over}, 0)`,
            none: `WHEN id = ${text(c.id)} THEN (${top}) = 0 AND ${over} = 0`,
          },
        ];
      }),
    );
    const source = this.source;
    this.source = 'measured';
    const columns = ['level', 'deducted', ...this.columns];
    const kept = columns.map((c) => (c === 'input' ? 'NULL AS input' : `MAX(${c}) AS ${c}`)).join(', ');
    return [
      `measured AS (
  SELECT unit, year, id, ${columns.join(', ')}, exempt, not_applicable, none, x, FALSE AS twice
  FROM ${source} WHERE id NOT IN (${ids})
  UNION ALL
  SELECT unit, year, id, ${kept}, BOOL_OR(exempt), BOOL_OR(not_applicable),
    COALESCE(CASE ${ratios.map((r) => r.none).join(' ')} END, BOOL_OR(none)),
    COALESCE(CASE ${ratios.map((r) => r.x).join(' ')} END, MAX(CASE WHEN input IS NULL THEN x END)),
    ${TWICE}
  FROM ${source} WHERE id IN (${ids})
  GROUP BY unit, year, id
)`,
    ];
  }

  /** x as the difference, the place or the share of the target that a rule is over; \`own\` keeps the value. */
  private held(): string[] {
    const { target, lastYear, group, requires } = this.need;
    if (!target && !lastYear && !group && !requires) return [];
    const window = `PARTITION BY year, id${this.need.input ? ', input' : ''}`;
    const count = (of: string) => `COUNT(${of}) OVER (${window})`;
    const order = (by: string) => `DENSE_RANK() OVER (${window} ORDER BY unit${by})`;
    // A group in which a unit stands twice says nothing.
    const once = `${count('*')} = ${order('')} + ${order(' DESC')} - 1`;
    const grouped = `MAX(unit) OVER (PARTITION BY year) <> MIN(unit) OVER (PARTITION BY year) AND ${once}`;
    const twice = this.need.counted ? ', twice' : '';
    const cases = this.catalogue.criteria.flatMap((c) =>
      c.compiled.inputs.flatMap((i): string[] => {
        const here = `id = ${text(c.id)}${isSeveral(c) ? ` AND input = ${text(i.key ?? '')}` : ''}`;
        const aimed = targeted(c.rule);
        // Whom it does not apply to is not of its group.
        const counts = `NOT COALESCE(not_applicable, FALSE)${c.units ? ` AND (${this.forUnit(c)})` : ''}`;
        const value = `CASE WHEN ${[counts, ...rangeTests(i)].join(' AND ')} THEN x END`;
        const over = (what: string) => `${what}(${value}) OVER (${window})`;
        const known = count(value);
        const allKnown = `${known} = ${count(`CASE WHEN ${counts} THEN 1 END`)}`;
        if (aimed && aimed.key === i.key) {
          const { common } = aimed;
          const aim = `COALESCE(target${common ? `, ${literal(common)}` : ''})`;
          const top = `COALESCE(leader, CASE WHEN ${grouped} AND ${allKnown} THEN ${over('MAX')} END)`;
          // The rule is drawn with its own target reached there, or at 1, and the leader at twice that.
          const drawn = common ? `${literal(common)} * ` : '';
          return [
            `WHEN ${here} THEN ${drawn}CASE WHEN ${value} IS NULL THEN NULL WHEN x < ${aim} THEN x / ${aim} WHEN x >= ${top} THEN 2.0 ` +
              `WHEN x = ${aim} THEN 1.0 ELSE 1.0 + (x - ${aim}) / (${top} - ${aim}) END`,
          ];
        }
        if (i.form !== 'line' || !i.against) return [];
        const { reference, better } = i.against;
        const sign = better === 'less' ? '-1.0 * ' : '';
        const whole = `${once} AND ${allKnown} AND ${known} > 1`;
        const place = `RANK() OVER (${window} ORDER BY ${value} ${better === 'less' ? 'ASC' : 'DESC'} NULLS LAST)`;
        const standing = {
          last_year: `${sign}(x - last_year)`,
          group_min: `${sign}(x - ${over('MIN')})`,
          group_max: `${sign}(x - ${over('MAX')})`,
          group_mean: `${sign}(x - ${over('AVG')})`,
          group_rank: place,
          group_share: `100.0 * ${place} / ${known}`,
        }[reference];
        const complete = reference === 'last_year' ? 'TRUE' : whole;
        return [`WHEN ${here} THEN CASE WHEN ${value} IS NOT NULL AND ${complete} THEN ${standing} END`];
      }),
    );
    const tests = this.tests().map(
      (t) =>
        `,\n    MAX(CASE WHEN id = ${text(t.id)}${t.key === null ? '' : ` AND input = ${text(t.key)}`} THEN ${t.met} END) OVER (PARTITION BY unit, year) AS met_${t.index}`,
    );
    const source = this.source;
    this.source = 'held';
    const columns = ['level', 'deducted', ...this.columns].join(', ');
    return [
      `held AS (
  SELECT unit, year, id, ${columns}, exempt, not_applicable, none${twice},
    ${cases.length > 0 ? `CASE ${cases.join('\n      ')} ELSE x END` : 'x'} AS x${tests.join('')}
  FROM ${source}
)`,
    ];
  }

  /** Conditions between criteria, numbered: 1 met, 0 not, null not known. */
  private tests() {
    const { criteria } = this.catalogue;
    return criteria
      .flatMap((c) => c.requires.map((required) => ({ required, criterion: c })))
      .map(({ required, criterion }, index) => {
        const other = criteria.find((c) => c.id === required.criterion)!;
        const input = other.compiled.inputs[required.input];
        const key = isSeveral(other) ? (input?.key ?? '') : null;
        const kinds = other.units ? ` OR NOT (${this.forUnit(other)})` : '';
        const free = `exempt OR not_applicable OR none${kinds}`;
        const published = publishedText(required, other, this.catalogue);
        const met = `CASE WHEN ${free} THEN 1 WHEN ${testText(required, input, 'TRUE')} THEN 1 WHEN ${testText(required, input, 'FALSE')} THEN 0 WHEN deducted IS NOT NULL THEN ${published} END`;
        return { index, id: required.criterion, key, met, required, criterion };
      });
  }

  /** The columns that say whether conditions are met. */
  private get met(): string[] {
    return this.tests().map((t) => `met_${t.index}`);
  }

  private forUnit(criterion: Criterion): string {
    const kinds = spellings((criterion.units?.kinds ?? []).map((k) => [k])).flat();
    return `kind IS NULL OR ${written('kind')} IN (${list(kinds)})`;
  }

  /** Points of each input as p; where a criterion has several, those of all put together. */
  private parts(): string[] {
    const { criteria } = this.catalogue;
    const { rules } = this;
    const { several } = this.need;
    const inputs = criteria.flatMap((c) =>
      // A criterion of none, or that is not understood yet, has a row of its own where no other has several.
      (several ? c.compiled.inputs : [c.compiled.inputs[0] ?? null]).map((i) => (c.compiled.todo ? null : i)),
    );
    const raw = criteria.flatMap((c) => {
      const aimed = targeted(c.rule);
      const isRaw = (i: Input) => i.form === 'line' && !i.against && !isRatio(i) && aimed?.key !== i.key;
      const each = c.compiled.inputs.map(isRaw);
      return several ? each : [each[0] === true];
    });
    const points = inputCases(inputs, raw, rules);
    const out = inputs.map((i) => (i?.whenNone !== 'not_applicable' ? NULL : i.max ? literal(i.max) : '0.0'));
    const gone =
      several && out.some((o) => o !== NULL)
        ? `CASE WHEN none THEN ${rules.column('left_out', out)} END`
        : 'CAST(NULL AS DOUBLE PRECISION)';
    const columns = [
      'deducted',
      ...this.columns.filter((c) => c === 'kind'),
      ...this.met,
      'exempt',
      'not_applicable',
      'none',
      ...(this.need.counted ? ['twice'] : []),
    ];
    if (!several) this.settle();
    const kept = [...columns, ...(several ? [] : rules.names)];
    const levels = levelTable(criteria, several);
    const on = (table: string, more = '') =>
      `${table}_id = id${more}${several ? ` AND (${table}_input IS NULL OR ${table}_input = input)` : ''}`;
    const joins = [
      ...(rules.needed ? [`\n  ${several ? 'LEFT ' : ''}JOIN rules ON ${on('rule')}`] : []),
      ...(levels === null ? [] : [`\n  LEFT JOIN levels ON ${on('level', ' AND level_name = level')}`]),
    ];
    const steps = [
      ...(levels === null ? [] : [levels]),
      `parts AS (
  SELECT unit, year, id, ${[...kept, ...(several ? ['input'] : [])].join(', ')},
    ${points} AS p${several ? `,\n    ${gone} AS gone` : ''}
  FROM ${this.source}${joins.join('')}
)`,
    ];
    this.source = 'parts';
    return several ? [...steps, this.joined(columns)] : steps;
  }

  private joined(columns: readonly string[]): string {
    const several = this.catalogue.criteria.filter(isSeveral);
    const sizes = [...new Set(several.map((c) => c.compiled.inputs.length))];
    const whole = sizes.map(
      (n) =>
        `WHEN id IN (${list(several.filter((c) => c.compiled.inputs.length === n).map((c) => c.id))}) THEN COUNT(*) = ${n} AND COUNT(p) + COUNT(gone) = COUNT(*)`,
    );
    const least = several.filter((c) => c.compiled.combine === 'min').map((c) => c.id);
    const joined =
      least.length > 0 ? `CASE WHEN id IN (${list(least)}) THEN MIN(p) ELSE SUM(p) END` : 'SUM(p)';
    const truths = ['exempt', 'not_applicable'];
    const ids = list(several.map((c) => c.id));
    const kept = columns
      .filter((c) => c !== 'none' && c !== 'twice')
      .map((c) => `${truths.includes(c) ? 'BOOL_OR' : 'MAX'}(${c}) AS ${c}`);
    this.source = 'joined';
    return `joined AS (
  SELECT unit, year, id, ${kept.join(', ')},
    BOOL_AND(gone IS NOT NULL) AS none, COALESCE(SUM(gone), 0.0) AS gone,
    ${this.need.counted ? 'BOOL_OR(twice) OR ' : ''}CASE WHEN id IN (${ids}) THEN ${TWICE} ELSE COUNT(*) > 1 END AS twice,
    CASE WHEN CASE ${whole.join(' ')} ELSE TRUE END THEN COALESCE(${joined}, CASE WHEN COUNT(gone) = COUNT(*) THEN 0.0 END) END AS p
  FROM parts
  GROUP BY unit, year, id
)`;
  }

  /** What stands for the numbers of a criterion that its points are settled by; null for what no criterion has. */
  private settle() {
    const { criteria, decimals } = this.catalogue;
    const column = (name: string, of: (c: Criterion, i: number) => string, kind?: 'truth') =>
      this.scheme.column(name, criteria.map(of), kind);
    const limit = (key: 'cap' | 'floor') =>
      criteria.some(({ compiled }) => compiled[key] !== null)
        ? column(`${key}_points`, ({ compiled }) => (compiled[key] ? literal(compiled[key]) : NULL))
        : null;
    const marks = marksOf(criteria.length);
    const mark = this.need.several ? null : column('mark', (_, i) => `${marks[i]}.0`);
    return {
      /** The column that tells a criterion's row from all others, where each row is a criterion. */
      marked: mark === null ? [] : [mark === 'mark' ? mark : `${mark} AS mark`],
      max: column('full_points', (c) => this.points(c.max)),
      mostLost: column('most_lost', (c) => this.points(c.max - ruleBounds(c.compiled, decimals).worst)),
      cap: limit('cap'),
      floor: limit('floor'),
      leaves: criteria.some(leavesSums)
        ? column('leaves_sums', (c) => (leavesSums(c) ? 'TRUE' : 'FALSE'), 'truth')
        : null,
    };
  }

  /** Points and maximum of each criterion, rounded where the scheme rounds each criterion's. */
  private scored(): string[] {
    const { criteria, decimals, round } = this.catalogue;
    const { marked, max, mostLost, cap, floor, leaves } = this.settle();
    const tests = this.tests();
    const here = (c: Criterion) => `id = ${text(c.id)}`;
    const other = (otherwise: string) =>
      criteria
        .filter((c) => c.units?.otherwise === otherwise)
        .map((c) => `(${here(c)} AND NOT (${this.forUnit(c)}))`);
    const [others, gone] = [other('max'), other('not_applicable')];
    // Of several that are not met the first counts: one before it, of other points, must be known to be met.
    const fails = ({ criterion, required, index }: (typeof tests)[number]) =>
      [
        `${here(criterion)} AND met_${index} = 0`,
        ...tests
          .filter((t) => t.criterion === criterion && t.index < index)
          .filter((t) => t.required.otherwise !== required.otherwise)
          .map((t) => `met_${t.index} = 1`),
      ].join(' AND ');
    const failed = tests.map((t) => {
      const { otherwise } = t.required;
      return `WHEN ${fails(t)} THEN ${otherwise === 'not_applicable' ? '0.0' : this.points(otherwise)}`;
    });
    const twice = this.need.several || this.need.counted ? ['WHEN twice THEN NULL'] : [];
    // What a rule makes is rounded; what is published, or a condition leaves, stands as it is.
    const byRule = (earned: string) =>
      round.criterion === null ? earned : rounded(earned, round.criterion, this.need.positive);
    const points = [
      ...twice,
      ...(others.length > 0 ? [`WHEN ${others.join(' OR ')} THEN ${max}`] : []),
      ...(gone.length > 0 ? [`WHEN ${gone.join(' OR ')} THEN 0.0`] : []),
      'WHEN not_applicable THEN 0.0',
      `WHEN exempt THEN ${max}`,
      `WHEN deducted < 0 OR deducted > ${mostLost} THEN NULL`,
      `WHEN deducted IS NOT NULL THEN ${rounded(`${max} - deducted`, decimals)}`,
      ...failed,
      ...tests.map((t) => `WHEN ${here(t.criterion)} AND met_${t.index} IS NULL THEN NULL`),
      ...(leaves === null ? [] : [`WHEN none AND ${leaves} THEN 0.0`]),
      ...(cap === null ? [] : [`WHEN p > ${cap} THEN ${byRule(cap)}`]),
      ...(floor === null ? [] : [`WHEN p < ${floor} THEN ${byRule(floor)}`]),
    ];
    const byValue = 'NOT exempt AND deducted IS NULL';
    const zero = [
      others.length > 0 ? `(not_applicable AND NOT (${others.join(' OR ')}))` : 'not_applicable',
      ...gone,
      ...(leaves === null ? [] : [`(none AND ${leaves} AND ${byValue})`]),
      ...tests
        .filter((t) => t.required.otherwise === 'not_applicable')
        .map((t) => `(${fails(t)} AND ${byValue})`),
    ].join(' OR ');
    const full = this.need.several
      ? `${max} - CASE WHEN exempt OR deducted IS NOT NULL THEN 0.0 ELSE gone END`
      : max;
    const maximum = this.need.steady
      ? `CASE WHEN not_applicable THEN ${max} END AS lost`
      : `CASE WHEN ${zero} THEN NULL ELSE ${full} END AS maximum`;
    const join = this.need.several && this.scheme.needed ? '\n  JOIN scheme ON scheme_id = id' : '';
    const scored = `scored AS (
  SELECT unit, year, id,
    CASE
      ${points.join('\n      ')}
      ELSE ${byRule('p')} END AS points,
    ${[maximum, ...marked].join(', ')}
  FROM ${this.source}${join}
)`;
    return [scored];
  }
}

/**
 * A catalogue as one standard SELECT over a table of readings, a row a criterion (a row an input where it has several):
 * points, maximum, index, band and place of each unit and year; the score is null while a value is unknown. `dated` are
 * the years from which on some number is another: rows of years whose numbers differ are left out.
 */
export function sqlOf(catalogue: Catalogue, table: string, dated: readonly number[] = []): string {
  return new Query(catalogue, table, spanOf(catalogue, dated)).text();
}
