import type { Requires } from '../../catalogue/catalogue.js';
import { type Fraction, numerator } from '../../exact/fraction.js';
import { type Affine, type Interval, type Line, wholeParts } from '../../rules/line.js';
import type { CountTerm, Input, Level } from '../../rules/rule.js';

export const text = (words: string) => `'${words.replaceAll("'", "''")}'`;
export const name = (words: string) => `"${words.replaceAll('"', '""')}"`;
export const list = (ids: readonly string[]) => ids.map(text).join(', ');

export function literal(value: Fraction): string {
  const top = numerator(value);
  return value.d === 1n ? `${top}.0` : `(${top}.0 / ${value.d}.0)`;
}

/** (A + B·x) ÷ D in whole numbers, so that one division rounds once. */
function affine(f: Affine): string {
  if (f.b.n === 0n) return literal(f.a);
  const { top, slope, over } = wholeParts(f);
  return `(${top}.0 + ${slope}.0 * x) / ${over}.0`;
}

function lineCase(line: Line): string {
  const whens = line
    .slice(0, -1)
    .map((p) => `WHEN x ${p.hiOpen ? '<' : '<='} ${literal(p.hi!)} THEN ${affine(p)}`);
  const last = affine(line.at(-1)!);
  return whens.length === 0 ? last : `CASE WHEN x IS NULL THEN NULL ${whens.join(' ')} ELSE ${last} END`;
}

function tableCase(levels: readonly Level[]): string {
  const whens = levels.map(
    (l) => `WHEN level IN (${list([l.level.vi, ...l.aliases])}) THEN ${literal(l.points)}`,
  );
  return `CASE ${whens.join(' ')} END`;
}

/** Points of one input over x, level and none. */
export function inputCase(input: Input): string {
  const points = input.form === 'line' ? lineCase(input.line) : tableCase(input.levels);
  if (input.whenNone === null) return points;
  const none = input.whenNone === 'not_applicable' ? 'NULL' : literal(input.whenNone);
  return `CASE WHEN none THEN ${none} ELSE ${points} END`;
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

function endsText({ lo, loOpen, hi, hiOpen }: Interval): string {
  return [
    ...(lo ? [`x ${loOpen ? '>' : '>='} ${literal(lo)}`] : []),
    ...(hi ? [`x ${hiOpen ? '<' : '<='} ${literal(hi)}`] : []),
  ].join(' AND ');
}
