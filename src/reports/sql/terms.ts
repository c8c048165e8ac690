import type { Criterion, Requires } from '../../catalogue/catalogue.js';
import { Fraction, numerator } from '../../exact/fraction.js';
import { roundToPoints } from '../../exact/points.js';
import { type PointsRange, pointsOver } from '../../rules/inverse.js';
import { type Interval, intersect } from '../../rules/line.js';
import type { CountTerm, Input } from '../../rules/rule.js';

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

export function termText(term: CountTerm, of: (key: string) => string): string {
  if (term.form === 'count') return of(term.key);
  const inner = term.terms.map((t) => termText(t, of));
  return term.form === 'times' ? inner.map((t) => `(${t})`).join(' * ') : `GREATEST(${inner.join(', ')})`;
}

/** Whether a required value is what it must be (`TRUE`), or is not (`FALSE`); neither while it is not known. */
export function testText({ test }: Requires, input: Input | undefined, wanted: 'TRUE' | 'FALSE'): string {
  if (test.form === 'level') {
    const level = input?.form === 'table' ? input.levels[test.index] : undefined;
    const names = level ? list([level.level.vi, ...level.aliases]) : "''";
    return wanted === 'TRUE' ? `level IN (${names})` : `level NOT IN (${names})`;
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
  decimals: number,
): string {
  const [input, ...more] = compiled.inputs;
  if (!input || more.length > 0 || relative) return 'NULL';
  const unit = 2n * 10n ** BigInt(decimals);
  // Half of the smallest part on each side: a double may miss the number that it stands for.
  const among = (ranges: readonly PointsRange[]) =>
    ranges.map(({ lo, hi }) => {
      const ends = [
        ...(hi === null ? [] : [`deducted > ${literal(new Fraction(BigInt(2 * (max - hi) - 1), unit))}`]),
        ...(lo === null ? [] : [`deducted < ${literal(new Fraction(BigInt(2 * (max - lo) + 1), unit))}`]),
      ];
      return ends.length === 0 ? 'TRUE' : `(${ends.join(' AND ')})`;
    });
  const ranges = (fits: boolean): PointsRange[] => {
    if (input.form === 'table')
      return input.levels.flatMap(({ points }, i) => {
        const earned = roundToPoints(points, decimals);
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
      return there ? pointsOver(input.line, there, decimals) : [];
    });
  };
  const [met, unmet] = [among(ranges(true)), among(ranges(false))].map(
    (tests) => tests.join(' OR ') || 'FALSE',
  );
  return `CASE WHEN (${met}) AND (${unmet}) THEN NULL WHEN ${met} THEN 1 WHEN ${unmet} THEN 0 END`;
}

function endsText({ lo, loOpen, hi, hiOpen }: Interval): string {
  return [
    ...(lo ? [`x ${loOpen ? '>' : '>='} ${literal(lo)}`] : []),
    ...(hi ? [`x ${hiOpen ? '<' : '<='} ${literal(hi)}`] : []),
  ].join(' AND ');
}
