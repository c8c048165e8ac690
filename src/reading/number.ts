import { holds, type Interval } from '../rules/line.js';
import type { Quantity } from '../rules/rule.js';
import { type Diagnostic, error, type KeyPath } from '../values/diagnostic.js';
import {
  type Fraction,
  fromNumber,
  groupedNumeral,
  HUNDRED,
  parseNumeral,
  ZERO,
} from '../values/fraction.js';

/** How a written number was understood, when not as it stands. */
type Coercion = 'decimal-comma' | 'percent-sign' | 'thousands' | 'one-reading' | 'unit';

export type ReadNumber =
  | { ok: true; value: Fraction; coercions: Coercion[] }
  | { ok: false; problem: Diagnostic };

/** What a number is written for: an indicator's quantity, or points. */
export type Wanted = Quantity | 'points';

/** A percent below ten with three decimals, the last no padding: as likely a count in the wrong place. */
const COUNT_LIKE = /^[+-]?\d[.,]\d\d[1-9]$/;

/**
 * Reads a number as Vietnamese hands write it: `99,2%`, `99.2`, `1.234.567`, `1.234,5`. The whole text is read, or
 * refused. A data format's own number (a JavaScript number) has one reading; a text such as `1.234` may have two, and
 * is refused with both unless the quantity or the range leaves one. So is a percent below 1 without a percent sign
 * (0.97 is 0.97%, or 97% as a spreadsheet keeps it), of either kind.
 */
export function readNumber(
  written: string | number,
  quantity: Wanted,
  path: KeyPath = [],
  range: Interval | null | undefined = null,
): ReadNumber {
  if (typeof written === 'number' && !Number.isFinite(written))
    return { ok: false, problem: error('wants-number', { value: String(written), quantity }, path) };
  const read: ReadNumber =
    typeof written === 'number'
      ? { ok: true, value: fromNumber(written), coercions: [] }
      : readText(narrow(written.trim()), quantity, path, range);
  if (!read.ok || quantity !== 'percent' || read.coercions.includes('percent-sign')) return read;
  const asPercent = read.value.mul(100);
  const small = read.value.compare(ZERO) > 0 && read.value.compare(1) < 0;
  if (!small || (range && !holds(range, asPercent))) return read;
  const params = { value: String(written).trim(), asPercent: asPercent.toString() };
  return { ok: false, problem: error('looks-like-ratio', params, path) };
}

/** Digits and marks as wide as the letters of East Asian fonts, in their plain form. */
const narrow = (text: string): string =>
  text.replace(/[\uff01-\uff5e]/g, (wide) => String.fromCharCode(wide.charCodeAt(0) - 0xfee0));

/** `0,5 điểm`; and `1.234 hồ sơ`, which are whole, so that the mark groups thousands. */
const OF_POINTS = /^(.*\d)\s*(?:điểm|đ)$/iu;
const OF_THINGS =
  /^(.*\d)\s+(?:hồ sơ|văn bản|báo cáo|nhiệm vụ|sáng kiến|thủ tục|TTHC|vụ|vụ việc|trường hợp|người|cán bộ|công chức|viên chức|đơn vị|cơ quan|xã|phường|thôn|cuộc|lần|lượt|ý kiến|phiếu|đơn|tin|bài)$/iu;

function readText(text: string, quantity: Wanted, path: KeyPath, range: Interval | null): ReadNumber {
  const fail = (problem: Diagnostic): ReadNumber => ({ ok: false, problem });
  const unit = quantity === 'percent' ? null : (quantity === 'points' ? OF_POINTS : OF_THINGS).exec(text);
  if (unit) {
    const read = readText(unit[1]!, quantity === 'points' ? quantity : 'count', path, range);
    return read.ok ? { ...read, coercions: [...read.coercions, 'unit'] } : read;
  }
  const percent = text.endsWith('%');
  if (percent && quantity === 'count') return fail(error('percent-on-count', { value: text }, path));
  if (percent && quantity === 'points') return fail(error('percent-on-points', { value: text }, path));
  const bare = (percent ? text.slice(0, -1).trimEnd() : text).replace(/^[−–]/, '-');
  const coercions: Coercion[] = percent ? ['percent-sign'] : [];
  const grouped = groupedNumeral(bare);
  if (grouped) {
    const { thousands, decimal } = grouped;
    if (!decimal || quantity === 'count')
      return { ok: true, value: thousands, coercions: [...coercions, 'thousands'] };
    const doubtful = quantity === 'percent' && !percent && COUNT_LIKE.test(bare);
    const [only, other] = range && !doubtful ? [thousands, decimal].filter((x) => holds(range, x)) : [];
    if (only && !other) return { ok: true, value: only, coercions: [...coercions, 'one-reading'] };
    const readings = { thousands: thousands.toString(), decimal: decimal.toString() };
    return fail(error('ambiguous-number', { value: text, ...readings }, path));
  }
  const value = parseNumeral(bare);
  const wrong = quantity === 'percent' ? 'bad-percent' : 'wants-number';
  if (!value) return fail(error(wrong, { value: text, quantity }, path));
  if (bare.includes(',')) coercions.push('decimal-comma');
  return { ok: true, value, coercions };
}

/** The mark that a text groups thousands by, where it leaves no doubt: a full stop in `1.234,5` and `1.234.567`. */
export function thousandsMark(written: string | number | boolean): '.' | ',' | null {
  const grouped = typeof written === 'string' ? groupedNumeral(written.trim()) : null;
  if (!grouped || grouped.decimal) return null;
  return grouped.mark === '.' || grouped.mark === ',' ? grouped.mark : null;
}

/** Whether a text is a number of thousands once this mark is known to group them: `2.000` beside `1.234,5`. */
export const groupsBy = (written: string | number | boolean, mark: '.' | ','): boolean =>
  typeof written === 'string' && groupedNumeral(written.trim())?.mark === mark;

/** 100 × part ÷ whole, exactly. */
export const percentOf = (part: Fraction, whole: Fraction): Fraction => part.mul(HUNDRED).div(whole);
