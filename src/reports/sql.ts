import type { Catalogue, Criterion } from '../catalogue/catalogue.js';
import { type Fraction, numerator } from '../exact/fraction.js';
import { pointsToNumber } from '../exact/points.js';
import { oneLine } from '../render/words.js';
import type { Affine, Line } from '../rules/line.js';
import type { Input, Level } from '../rules/rule.js';

const text = (words: string) => `'${words.replaceAll("'", "''")}'`;
const name = (words: string) => `"${words.replaceAll('"', '""')}"`;

function literal(value: Fraction): string {
  const top = numerator(value);
  return value.d === 1n ? `${top}.0` : `(${top}.0 / ${value.d}.0)`;
}

/** (A + B·x) ÷ D in whole numbers, so that one division rounds once. */
function affine({ a, b }: Affine): string {
  if (b.n === 0n) return literal(a);
  const d = (a.d * b.d) / gcd(a.d, b.d);
  const [top, slope] = [numerator(a) * (d / a.d), numerator(b) * (d / b.d)];
  return `(${top}.0 + ${slope}.0 * x) / ${d}.0`;
}

function gcd(p: bigint, q: bigint): bigint {
  return q === 0n ? p : gcd(q, p % q);
}

function lineCase(line: Line): string {
  const whens = line
    .slice(0, -1)
    .map((p) => `WHEN x ${p.hiOpen ? '<' : '<='} ${literal(p.hi!)} THEN ${affine(p)}`);
  const last = affine(line.at(-1)!);
  return whens.length === 0 ? last : `CASE ${whens.join(' ')} ELSE ${last} END`;
}

function tableCase(levels: readonly Level[]): string {
  const whens = levels.map((l) => `WHEN level = ${text(l.level.vi)} THEN ${literal(l.points)}`);
  return `CASE ${whens.join(' ')} END`;
}

const inputCase = (input: Input) => (input.form === 'line' ? lineCase(input.line) : tableCase(input.levels));

/** Why a catalogue has no query: criteria whose rule looks at more than one value of the reading. */
export const notInSql = ({ criteria }: Catalogue): string[] =>
  criteria.filter((c) => c.relative || c.compiled.inputs.length > 1).map((c) => c.id);

/**
 * A catalogue as one standard SELECT over a table of readings, a row a criterion: unit, year, id, value (percents as
 * 60), level, done, total, deducted, exempt, not_applicable. It gives points, maximum and index of each unit and year;
 * the score is null while a criterion has no row or no value.
 */
export function sqlOf(catalogue: Catalogue, table: string): string {
  const { decimals, criteria, notListed } = catalogue;
  const unit = `1${'0'.repeat(decimals)}.0`;
  const points = (c: Criterion) => {
    const max = pointsToNumber(c.max, decimals).toFixed(decimals);
    return [
      `    WHEN id = ${text(c.id)} THEN CASE`,
      '      WHEN not_applicable THEN 0.0',
      `      WHEN exempt THEN ${max}`,
      `      WHEN deducted IS NOT NULL THEN ${max} - deducted`,
      `      ELSE ROUND(ROUND(CAST(${inputCase(c.compiled.inputs[0]!)} AS DOUBLE PRECISION) * ${unit}, 6), 0) / ${unit} END`,
    ].join('\n');
  };
  const maxima = criteria.map(
    (c) => `    WHEN id = ${text(c.id)} THEN ${pointsToNumber(c.max, decimals).toFixed(decimals)}`,
  );
  const rest = pointsToNumber(notListed?.max ?? 0, decimals).toFixed(decimals);
  const ids = criteria.map((c) => text(c.id)).join(', ');
  return `-- ${oneLine(`${catalogue.id}: ${catalogue.name.vi}`)}
-- Readings: unit, year, id, value, level, done, total, deducted, exempt, not_applicable; one row a criterion.
WITH given AS (
  SELECT unit, year, id, level, deducted,
    COALESCE(exempt, FALSE) AS exempt,
    COALESCE(not_applicable, FALSE) AS not_applicable,
    CAST(COALESCE(value, 100.0 * done / total) AS DOUBLE PRECISION) AS x
  FROM ${name(table)}
  WHERE id IN (${ids})
),
scored AS (
  SELECT unit, year, id,
    CASE
${criteria.map(points).join('\n')}
    END AS points,
    CASE WHEN not_applicable THEN 0.0 ELSE CASE
${maxima.join('\n')}
    END END AS maximum
  FROM given
)
SELECT unit, year,
  CASE WHEN COUNT(points) = ${criteria.length} THEN ROUND(CAST(SUM(points) + ${rest} AS DOUBLE PRECISION), ${decimals}) END AS score,
  ROUND(CAST(SUM(maximum) + ${rest} AS DOUBLE PRECISION), ${decimals}) AS applicable_max,
  CASE WHEN COUNT(points) = ${criteria.length} AND SUM(maximum) > 0 THEN 100.0 * (SUM(points) + ${rest}) / (SUM(maximum) + ${rest}) END AS index_percent
FROM scored
GROUP BY unit, year
ORDER BY year, score DESC, unit;
`;
}
