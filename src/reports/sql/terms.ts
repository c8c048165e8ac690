import type { Requires } from '../../catalogue/catalogue.js';
import { type Fraction, numerator } from '../../exact/fraction.js';
import type { Interval } from '../../rules/line.js';
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

function endsText({ lo, loOpen, hi, hiOpen }: Interval): string {
  return [
    ...(lo ? [`x ${loOpen ? '>' : '>='} ${literal(lo)}`] : []),
    ...(hi ? [`x ${hiOpen ? '<' : '<='} ${literal(hi)}`] : []),
  ].join(' AND ');
}
