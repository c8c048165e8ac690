import type { Catalogue, Criterion, Requires } from '../../catalogue/catalogue.js';
import { criterionRounding } from '../../catalogue/sums.js';
import { foldTerm } from '../../rules/counts.js';
import { type PointsRange, pointsOver } from '../../rules/inverse.js';
import { type Interval, intersect, type Line, wholeParts } from '../../rules/line.js';
import type { CountTerm, Input, Level } from '../../rules/rule.js';
import { Fraction, numerator } from '../../values/fraction.js';
import { pointsToFraction, roundToPoints } from '../../values/points.js';
import { fold } from '../../values/suggest.js';

/** Criteria whose value is one ratio of several rows: counted parts of a total, or named counts. */
export const isCounted = ({ compiled }: Criterion): boolean => compiled.inputs.some(isRatio);

/** Inputs whose value is one ratio of several counts. */
export const isRatio = (input: Input): boolean =>
  input.form === 'line' && (input.share !== null || input.counts !== null);

/** Criteria with a row for each of several inputs. */
export const isSeveral = ({ compiled }: Criterion): boolean => compiled.inputs.length > 1;

/** Whether a value is held against those of its group. */
export const isOfGroup = (against: Extract<Input, { form: 'line' }>['against']): boolean =>
  against !== null && against.reference !== 'last_year';

export const text = (words: string) => `'${words.replaceAll("'", "''")}'`;
export const name = (words: string) => `"${words.replaceAll('"', '""')}"`;
export const list = (ids: readonly string[]) => ids.map(text).join(', ');

export function literal(value: Fraction): string {
  const top = numerator(value);
  return value.d === 1n ? `${top}.0` : `(${top}.0 / ${value.d}.0)`;
}

/** Rounds half away from zero; a double that came out a hair below a half is taken for it. */
export function rounded(points: string, places: number, positive = false): string {
  const unit = `1${'0'.repeat(places)}.0`;
  if (positive) return `FLOOR((${points}) * ${unit} + 0.5000001) / ${unit}`;
  return `SIGN(${points}) * FLOOR(ABS(${points}) * ${unit} + 0.5000001) / ${unit}`;
}

const namesOf = (levels: readonly Level[]) => levels.map((l) => [l.level.vi, ...l.aliases]);

/**
 * How each of several things may be written, by their names, in small letters and single blanks: in whole letters or in
 * decomposed ones, or without diacritics where nothing else is named so.
 */
export function spellings(names: readonly (readonly string[])[]): string[][] {
  const owners = new Map<string, Set<number>>();
  names.forEach((forms, i) => {
    for (const n of forms) owners.set(fold(n), (owners.get(fold(n)) ?? new Set()).add(i));
  });
  return names.map((forms) => {
    const written = forms.flatMap((n) => {
      const plain = n.toLowerCase().replace(/\s+/g, ' ').trim();
      const bare = owners.get(fold(n))!.size === 1 ? [fold(n)] : [];
      return [plain.normalize('NFC'), plain.normalize('NFD'), ...bare];
    });
    return [...new Set(written)];
  });
}

/** A text as `spellings` are written. */
export const written = (column: string): string =>
  `NULLIF(REPLACE(REPLACE(LOWER(TRIM(${column})), '  ', ' '), '  ', ' '), '')`;

const PRIME = 2n ** 40n - 87n;

/**
 * A number a row, so that as many rows as there are numbers add up to their sum only where each is there once: powers
 * of three, of which none twice stands for others, and past the prime such as no few add up to others.
 */
export function marksOf(count: number): bigint[] {
  const marks: bigint[] = [];
  for (let mark = 1n; marks.length < count; mark = (mark * 3n) % PRIME) marks.push(mark);
  return marks;
}

export const termText = (term: CountTerm, of: (key: string) => string): string =>
  foldTerm(term, {
    count: of,
    times: (terms) => terms.map((t) => `(${t})`).join(' * '),
    largerOf: (terms) => `GREATEST(${terms.join(', ')})`,
  });

/** Whether a required value is what it must be (`TRUE`), or is not (`FALSE`); neither while unknown. */
export function testText({ test }: Requires, input: Input | undefined, wanted: 'TRUE' | 'FALSE'): string {
  if (test.form === 'level') {
    const written = input?.form === 'table' ? list(spellings(namesOf(input.levels))[test.index]!) : "''";
    return wanted === 'TRUE' ? `level IN (${written})` : `level NOT IN (${written})`;
  }
  const ends = endsText(test.interval);
  return wanted === 'TRUE' ? `(${ends})` : `NOT (${ends})`;
}

/**
 * Whether a required value is what it must be, from its published deduction: 1 where every value with these points is, 0
 * where none is, nothing known where some are.
 */
export function publishedText(
  { test }: Requires,
  { compiled, max, relative }: Criterion,
  catalogue: Catalogue,
): string {
  const [input, ...more] = compiled.inputs;
  if (!input || more.length > 0 || relative) return 'NULL';
  const { decimals } = catalogue;
  const { places, part } = criterionRounding(catalogue);
  const unit = 2n * 10n ** BigInt(decimals);
  // Half of the smallest part on each side: a double may miss the number that it stands for.
  const among = (ranges: readonly PointsRange[]) =>
    ranges.map(({ lo, hi }) => {
      const ends = [
        ...(hi === null
          ? []
          : [`deducted > ${literal(new Fraction(BigInt(2 * (max - hi * part) - 1), unit))}`]),
        ...(lo === null
          ? []
          : [`deducted < ${literal(new Fraction(BigInt(2 * (max - lo * part) + 1), unit))}`]),
      ];
      return ends.length === 0 ? 'TRUE' : `(${ends.join(' AND ')})`;
    });
  const ranges = (fits: boolean): PointsRange[] => {
    if (input.form === 'table')
      return input.levels.flatMap(({ points }, i) => {
        const earned = roundToPoints(points, places);
        return test.form === 'level' && (i === test.index) === fits ? [{ lo: earned, hi: earned }] : [];
      });
    if (test.form === 'level') return [];
    const { lo, loOpen, hi, hiOpen } = test.interval;
    const outside: Interval[] = [
      ...(lo ? [{ lo: null, loOpen: true, hi: lo, hiOpen: !loOpen }] : []),
      ...(hi ? [{ lo: hi, loOpen: !hiOpen, hi: null, hiOpen: true }] : []),
    ];
    return (fits ? [test.interval] : outside).flatMap((values) => {
      const there = intersect(values, input.range);
      return there ? pointsOver(input.line, there, places) : [];
    });
  };
  const [met, unmet] = [among(ranges(true)), among(ranges(false))].map(
    (tests) => tests.join(' OR ') || 'FALSE',
  );
  // Points finer than the criterion is rounded to are of no value.
  const parts = `(${literal(pointsToFraction(max, decimals))} - deducted) * ${10 ** places}.0`;
  const finer = part === 1 ? '' : `WHEN ABS(${parts} - ROUND(${parts})) > 0.001 THEN NULL `;
  return `CASE ${finer}WHEN (${met}) AND (${unmet}) THEN NULL WHEN ${met} THEN 1 WHEN ${unmet} THEN 0 END`;
}

function endsText({ lo, loOpen, hi, hiOpen }: Interval): string {
  return [
    ...(lo ? [`x ${loOpen ? '>' : '>='} ${literal(lo)}`] : []),
    ...(hi ? [`x ${hiOpen ? '<' : '<='} ${literal(hi)}`] : []),
  ].join(' AND ');
}

/** What a column of a table of rules holds, as SQL. */
type Kind = 'number' | 'truth';

/** A number that a row of rules does not have. */
export const NULL = 'NULL';

interface QueryColumn {
  name: string;
  kind: Kind;
  cells: string[];
}

/** A table of values as a step of a query: rows of keys, null where any is meant, and of cells; the first says the types. */
function table(
  name: string,
  heads: readonly string[],
  keys: readonly (readonly (string | null)[])[],
  columns: readonly QueryColumn[],
): string {
  const key = (k: string | null, first: boolean) =>
    k !== null ? text(k) : first ? 'CAST(NULL AS VARCHAR)' : NULL;
  const cell = (c: QueryColumn, i: number) =>
    i === 0 && c.kind === 'number' ? `CAST(${c.cells[i]} AS DOUBLE PRECISION)` : c.cells[i];
  const rows = keys.map((row, i) =>
    [...row.map((k) => key(k, i === 0)), ...columns.map((c) => cell(c, i))].join(', '),
  );
  const all = [...heads, ...columns.map((c) => c.name)].join(', ');
  return `${name} (${all}) AS (\n  VALUES\n    (${rows.join('),\n    (')})\n)`;
}

/**
 * A table of what rules say, a row a rule, for a query to join: what all rules say alike is written where it is used, and
 * only what differs is a column.
 */
export class Values {
  private readonly columns: QueryColumn[] = [];

  /** `keys` has the columns that rows are joined by, null where any row is meant. */
  constructor(
    private readonly name: string,
    private readonly heads: readonly string[],
    private readonly keys: readonly (readonly (string | null)[])[],
  ) {}

  /** What stands for a value in the query: the value itself, or the column that has it. */
  column(name: string, cells: string[], kind: Kind = 'number'): string {
    const [first = NULL] = cells;
    if (cells.every((c) => c === first)) return first === NULL ? 'CAST(NULL AS DOUBLE PRECISION)' : first;
    const same = this.columns.find((c) => c.cells.every((cell, i) => cell === cells[i]));
    if (same) return same.name;
    this.columns.push({ name, kind, cells });
    return name;
  }

  /** Whether rows need the table at all. */
  get needed(): boolean {
    return this.columns.length > 0;
  }

  get names(): string[] {
    return this.columns.map((c) => c.name);
  }

  step(): string {
    return table(this.name, this.heads, this.keys, this.columns);
  }
}

/** What a value must be to be one of an input: in its range, and whole where it counts. */
export function rangeTests(input: Input): string[] {
  if (input.form === 'table') return [];
  const { lo, hi } = input.range;
  return [
    ...(lo ? [`x >= ${literal(lo)}`] : []),
    ...(hi ? [`x <= ${literal(hi)}`] : []),
    ...(input.quantity === 'count' ? ['x = FLOOR(x)'] : []),
  ];
}

/**
 * Points of inputs over x, level and none, as one CASE for all of them: the ends of the pieces and their (A + B·x) ÷ D,
 * in whole numbers so that one division rounds once, are values of the table of rules. `raw` are those whose x is the
 * value: one that it cannot be has none.
 */
export function inputCases(
  inputs: readonly (Input | null)[],
  raw: readonly boolean[],
  rules: Values,
): string {
  const lines = inputs.map((i) => (i?.form === 'line' ? i.line : null));
  const count = Math.max(0, ...lines.map((l) => (l === null ? 0 : l.length)));
  const cells = (k: number, of: (piece: Line[number]) => string, empty = NULL) =>
    lines.map((line) => {
      const piece = k < 0 ? line?.at(-1) : line?.slice(0, -1)[k];
      return piece ? of(piece) : empty;
    });
  const points = (k: number): string => {
    const part = (key: 'top' | 'slope' | 'over', empty: string) =>
      rules.column(
        `${key}_${k < 0 ? 'last' : k + 1}`,
        cells(k, (p) => `${wholeParts(p)[key]}.0`, empty),
      );
    const [top, slope, over] = [part('top', NULL), part('slope', '0.0'), part('over', '1.0')];
    const through = slope === '1.0' && top === '0.0';
    const sum = slope === '0.0' ? top : through ? 'x' : `(${top} + ${slope} * x)`;
    return over === '1.0' ? sum : `${sum} / ${over}`;
  };
  const whens = Array.from({ length: Math.max(0, count - 1) }, (_, k) => {
    const below = rules.column(
      `below_${k + 1}`,
      cells(k, (p) => literal(p.hi!)),
    );
    const ends = cells(k, (p) => (p.hiOpen ? NULL : literal(p.hi!)));
    const upTo = ends.every((e) => e === NULL) ? null : rules.column(`up_to_${k + 1}`, ends);
    const test =
      upTo === null ? `x < ${below}` : upTo === below ? `x <= ${below}` : `x < ${below} OR x = ${upTo}`;
    return `WHEN ${test} THEN ${points(k)}`;
  });
  const none = inputs.map((i) => {
    const { whenNone = null } = i ?? {};
    return whenNone === null || whenNone === 'not_applicable' ? NULL : literal(whenNone);
  });
  const first = inputs.some((i) => i !== null && i.whenNone !== null)
    ? [`WHEN none THEN ${rules.column('when_none', none)}`]
    : [];
  const given = inputs.map((i, k) => (i?.form === 'line' && raw[k] ? i : null));
  const beyond = (column: string, sign: '<' | '>', end: 'lo' | 'hi') => {
    const cells = given.map((i) => (i?.range[end] ? literal(i.range[end]) : NULL));
    return cells.every((c) => c === NULL) ? [] : [`x ${sign} ${rules.column(column, cells)}`];
  };
  const counts = given.map((i) => (i?.quantity === 'count' ? 'TRUE' : 'FALSE'));
  const impossible = [
    ...beyond('least', '<', 'lo'),
    ...beyond('most', '>', 'hi'),
    ...(counts.includes('TRUE') ? [`(${rules.column('whole', counts, 'truth')} AND x <> FLOOR(x))`] : []),
  ];
  const refused = impossible.length === 0 ? [] : [`WHEN ${impossible.join(' OR ')} THEN NULL`];
  const table = inputs.some((i) => i?.form === 'table') ? ['WHEN level IS NOT NULL THEN level_points'] : [];
  const rest = count > 0 ? points(-1) : 'CAST(NULL AS DOUBLE PRECISION)';
  return `CASE ${[...first, ...table, 'WHEN x IS NULL THEN NULL', ...refused, ...whens].join('\n      ')}\n      ELSE ${rest} END`;
}

/** Points of levels by their names, as a table to join; null where no rule has levels. */
export function levelTable(criteria: readonly Criterion[], several: boolean): string | null {
  const rows = new Map<string, { keys: (string | null)[]; points: string }>();
  for (const c of criteria)
    for (const input of c.compiled.inputs) {
      const levels = input.form === 'line' || c.compiled.todo ? [] : input.levels;
      const names = spellings(namesOf(levels));
      for (const [i, { points }] of levels.entries())
        for (const name of names[i]!) {
          const key = isSeveral(c) ? input.key : null;
          const same = JSON.stringify([c.id, key, name]);
          const keys = [c.id, ...(several ? [key] : []), name];
          if (!rows.has(same)) rows.set(same, { keys, points: literal(points) });
        }
    }
  if (rows.size === 0) return null;
  const all = [...rows.values()];
  return table(
    'levels',
    ['level_id', ...(several ? ['level_input'] : []), 'level_name'],
    all.map((r) => r.keys),
    [{ name: 'level_points', kind: 'number', cells: all.map((r) => r.points) }],
  );
}

/** The years that numbers hold for; null has no end. */
export interface YearSpan {
  from: number | null;
  to: number | null;
}

/** Without the years that a catalogue is valid for, its own numbers are those of every year, as in a score. */
export function spanOf({ year, valid }: Catalogue, dated: readonly number[]): YearSpan {
  if (valid === null) return { from: null, to: null };
  const { from: first, to: last } = valid;
  const from = dated.findLast((y) => y <= year && y > first) ?? null;
  const next = dated.find((y) => y > year && (last === null || y <= last));
  return { from, to: next === undefined ? null : next - 1 };
}
