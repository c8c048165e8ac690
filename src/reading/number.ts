import { type Diagnostic, error, type KeyPath } from '../diagnostics/diagnostic.js';
import { Fraction, fromNumber, parseDecimal } from '../exact/fraction.js';
import type { Quantity } from '../rules/rule.js';

/** How a written number was understood, when not as it stands. */
type Coercion = 'decimal-comma' | 'percent-sign' | 'thousands';

export type ReadNumber =
  | { ok: true; value: Fraction; coercions: Coercion[] }
  | { ok: false; problem: Diagnostic };

const GROUPED = /^[+-]?[1-9]\d{0,2}(?:[.\s\u00a0\u202f]\d{3})+$/;
const GROUPED_COMMA = /^[+-]?[1-9]\d{0,2}(?:,\d{3})+$/;

/**
 * Reads a number as Vietnamese hands write it: `99,2%`, `99.2`, `1.234.567`. A data format's own number
 * (a JavaScript number) is never ambiguous; a text such as `1.234` is, and is refused with both readings.
 */
export function readNumber(written: string | number, quantity: Quantity, path: KeyPath = []): ReadNumber {
  if (typeof written === 'number') {
    if (Number.isFinite(written)) return { ok: true, value: fromNumber(written), coercions: [] };
    return { ok: false, problem: error('wants-number', { found: String(written), quantity }, path) };
  }
  const found = written.trim();
  const fail = (problem: Diagnostic): ReadNumber => ({ ok: false, problem });
  const percent = /\s*%$/.test(found);
  if (percent && quantity === 'count') return fail(error('percent-on-count', { found }, path));
  const bare = found.replace(/\s*%$/, '').replace(/^[−–]/, '-');
  const coercions: Coercion[] = percent ? ['percent-sign'] : [];
  const grouped = GROUPED.test(bare);
  const groupedComma = GROUPED_COMMA.test(bare);
  if (grouped || groupedComma) {
    const separators = bare.replace(/[+-\d]/g, '').length;
    const asThousands = parseDecimal(bare.replace(/[.,\s\u00a0\u202f]/g, ''))!;
    const asDecimal = separators === 1 ? parseDecimal(bare.replace(/[,\s]/, '.')) : null;
    const onlyThousands = asDecimal === null || /\s/.test(bare);
    if (onlyThousands || quantity === 'count') {
      return { ok: true, value: asThousands, coercions: [...coercions, 'thousands'] };
    }
    const readings = { thousands: asThousands.toString(), decimal: bare.replace(',', '.') };
    return fail(error('ambiguous-number', { found, ...readings }, path));
  }
  const comma = /^[+-]?\d+,\d+$/.test(bare);
  const value = parseDecimal(comma ? bare.replace(',', '.') : bare);
  if (!value) {
    return fail(error(quantity === 'percent' ? 'bad-percent' : 'wants-number', { found, quantity }, path));
  }
  if (comma) coercions.push('decimal-comma');
  return { ok: true, value, coercions };
}

/** 100 × part ÷ whole, exactly. */
export function percentOf(part: Fraction, whole: Fraction): Fraction {
  return part.mul(new Fraction(100)).div(whole);
}
