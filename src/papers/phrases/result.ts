import { ways } from '../../files/office-table.js';
import { Fraction, HUNDRED, ZERO } from '../../values/fraction.js';
import { after, skip, type Token } from './range.js';

/** What a condition earns. */
export type Earned =
  /** `unscored` by words that give no points where something was measured: `không chấm điểm`. */
  | { kind: 'points'; points: Fraction; unscored?: boolean }
  /** Points by a rate: `factor` × rate as a share of one (85% is 0.85). */
  | { kind: 'rate'; factor: Fraction; variable: string }
  /** Points by shares, of one total or of several: Σ points × part ÷ total. */
  | { kind: 'shares'; parts: Share[] }
  /** `tính theo tỷ lệ`, `tính theo công thức`, and no formula given. */
  | { kind: 'pro_rata' }
  | { kind: 'not_applicable' };

interface Share {
  letter: string;
  total: string;
  points: Fraction;
}

const MAX_WORDS = ways('điểm tối đa|tối đa|điểm chuẩn|số điểm tối đa|điểm tối đa của tiêu chí|tối đa điểm');
/** What a share of the points is a share of: the criterion's points. */
export const ALL_POINTS = ['số điểm', 'tổng số điểm', 'tổng điểm', 'điểm', ...MAX_WORDS];
const LEADS = ways(
  'được|đạt|chấm|tính|cho|được chấm|được tính|được đánh giá|đạt được|điểm đánh giá là|' +
    'điểm đánh giá =|điểm số là|số điểm là|điểm là|điểm =|=',
);

/** The end of a unit of points at `i`: `điểm`, `đ`, or none. */
const pointUnit = (tokens: readonly Token[], i: number): number => skip(tokens, i, ['điểm', 'đ']);

/** Points said at `i`: a number, the maximum, or a share of the maximum. A number such as `1.000` is not read. */
export function pointsAt(
  tokens: readonly Token[],
  i: number,
  max: Fraction,
): { points: Fraction; next: number; said: boolean } | null {
  const whole = after(tokens, i, MAX_WORDS);
  if (whole !== null) return { points: max, next: whole, said: true };
  const half = after(tokens, i, ['nửa số điểm', 'một nửa số điểm', 'nửa điểm tối đa', 'một nửa điểm tối đa']);
  if (half !== null) return { points: max.div(2), next: half, said: true };
  const sign = tokens[i];
  const negative = sign?.text === '-' && tokens[i + 1]?.at === sign.end;
  const at = negative ? i + 1 : i;
  const number = tokens[at];
  if (!number?.plain) return null;
  const value = negative ? number.plain.neg() : number.plain;
  if (after(tokens, at + 1, ['%']) !== null) {
    const of = after(tokens, skip(tokens, at + 2, ['của', '*', 'x']), ALL_POINTS);
    return of === null || negative ? null : { points: max.mul(value).div(HUNDRED), next: of, said: true };
  }
  const under = after(tokens, at + 1, ['/']) === null ? undefined : tokens[at + 2];
  if (under?.plain && !under.plain.equals(0)) {
    const times = after(tokens, at + 3, ['*', 'x', 'của']) ?? at + 3;
    const of = after(tokens, times, ['số điểm', ...MAX_WORDS]);
    return of === null || negative ? null : { points: max.mul(value).div(under.plain), next: of, said: true };
  }
  const unit = pointUnit(tokens, at + 1);
  return { points: value, next: unit, said: unit > at + 1 };
}

/** No points, in words. */
export const NOTHING = ['không có điểm', 'không được điểm', 'không điểm'];
/** No points where something was measured; where nothing was, it could also mean that it is not judged. */
export const UNSCORED = ways('không chấm điểm|không tính điểm|không được tính điểm|không được chấm điểm');
const NOT_JUDGED = ['không đánh giá', 'không áp dụng', 'không xem xét đánh giá', 'không xét'];
export const PRO_RATA = [
  ...ways(
    '|được|điểm|điểm được',
    'tính|tính điểm',
    'theo tỷ lệ|theo công thức|theo tỷ lệ tương ứng|theo tỷ lệ tương ứng với điểm tối đa',
  ),
  ...ways('theo tỷ lệ|theo công thức|theo tỷ lệ tương ứng'),
];
/** What a formula begins with. */
export const FORMULA_LEADS = [
  ...ways('điểm|điểm đánh giá|điểm số|số điểm|điểm đạt|điểm đạt được|số điểm đạt|số điểm đạt được', '='),
  ...ways('điểm là|điểm được tính là|điểm đánh giá là|=|điểm đánh giá được tính theo công thức'),
  ...ways('|điểm|điểm đánh giá', 'được tính bằng'),
  'tính bằng',
  ...PRO_RATA,
];

/** All of `tokens` as what a condition earns; null when anything in it is not understood. */
export function earnedOf(tokens: readonly Token[], max: Fraction): Earned | null {
  const unscored = after(tokens, 0, UNSCORED) === tokens.length;
  if (unscored || after(tokens, 0, NOTHING) === tokens.length)
    return { kind: 'points', points: ZERO, unscored };
  if (after(tokens, 0, NOT_JUDGED) === tokens.length) return { kind: 'not_applicable' };
  if (after(tokens, 0, PRO_RATA) === tokens.length) return { kind: 'pro_rata' };
  const lead = skip(tokens, 0, LEADS);
  for (const start of lead === 0 ? [0] : [lead, 0]) {
    const points = pointsAt(tokens, start, max);
    if (points && points.next === tokens.length) return { kind: 'points', points: points.points };
  }
  const formula = after(tokens, 0, FORMULA_LEADS);
  const start = formula === null ? 0 : skip(tokens, formula, [':']);
  // `tính theo công thức: Điểm = …`
  const last = tokens.length - 1;
  const unit = tokens[last - 1]?.kind === 'number' && after(tokens, last, ['điểm']) !== null;
  // … `x 2 điểm`
  return formulaOf(tokens.slice(skip(tokens, start, FORMULA_LEADS), unit ? last : undefined), max);
}

/** A formula as a sum of monomials: '' is a constant, `b/a` a share, any other a variable. */
type Sum = Map<string, Fraction>;

const constant = (value: Fraction): Sum => new Map([['', value]]);
const plain = (sum: Sum): Fraction | null => (sum.size === 1 ? (sum.get('') ?? null) : null);

interface Written {
  tokens: readonly Token[];
  i: number;
  max: Fraction;
  /** Whether the formula divides by a bare 100, or 80: the rate is then the number before the percent sign. */
  hundreds: boolean;
}

/** A bare divisor of this much is a percent; a smaller one is a number of something. */
const LEAST_PERCENT = new Fraction(10);

const at = (w: Written, said: readonly string[]): boolean => {
  const next = after(w.tokens, w.i, said);
  if (next === null) return false;
  w.i = next;
  return true;
};

function sumOf(w: Written): Sum | null {
  const total = productOf(w);
  if (!total) return null;
  while (at(w, ['+'])) {
    const more = productOf(w);
    if (!more) return null;
    for (const [name, value] of more) total.set(name, (total.get(name) ?? ZERO).add(value));
  }
  return total;
}

function productOf(w: Written): Sum | null {
  let result = factorOf(w);
  while (result) {
    if (at(w, ['*', 'x'])) {
      const by = factorOf(w);
      if (!by) return null;
      const [left, right] = [plain(result), plain(by)];
      if (left === null && right === null) return null;
      result = scaled(right === null ? by : result, (right ?? left)!);
    } else if (at(w, ['/'])) {
      const by = factorOf(w);
      const divisor = by && plain(by);
      if (by && divisor === null) {
        const share = shareOf(result, by);
        if (!share) return null;
        result = share;
        continue;
      }
      if (!divisor || divisor.equals(0)) return null;
      const last = w.tokens[w.i - 1];
      if (divisor.compare(LEAST_PERCENT) >= 0 && last?.kind === 'number') w.hundreds = true;
      result = scaled(result, divisor.inverse());
    } else return result;
  }
  return null;
}

const scaled = (sum: Sum, by: Fraction): Sum =>
  new Map([...sum].map(([name, value]) => [name, value.mul(by)]));

/** `b / a`: one letter, or one number of things, over another. */
function shareOf(above: Sum, below: Sum): Sum | null {
  const [[top, weight] = ['', ZERO], ...more] = above;
  const [[bottom, under] = ['', ZERO], ...others] = below;
  const alike = [LETTER, NUMBER_OF].some((form) => form.test(top) && form.test(bottom));
  if (more.length > 0 || others.length > 0 || !alike || top === bottom || top.includes('/')) return null;
  return new Map([[`${top}/${bottom}`, weight.div(under)]]);
}

const LETTER = /^\p{L}$/u;
const RATE = ways(
  'tỷ lệ|tỷ lệ này|tỷ lệ % hoàn thành|tỷ lệ hoàn thành|tỷ lệ %|tỷ lệ đạt được|tỷ lệ % đạt được|' +
    'tỷ lệ thực tế|tỷ lệ % thực hiện|tỷ lệ thực hiện',
);

function factorOf(w: Written): Sum | null {
  if (at(w, ['('])) {
    const inner = sumOf(w);
    return inner && at(w, [')']) ? inner : null;
  }
  if (at(w, MAX_WORDS)) return constant(w.max);
  const token = w.tokens[w.i];
  if (token?.kind === 'number') {
    if (!token.plain) return null;
    w.i += 1;
    return constant(at(w, ['%']) ? token.plain.div(HUNDRED) : token.plain);
  }
  const rate = w.i;
  if (at(w, RATE)) {
    // `Tỷ lệ hồ sơ đúng hạn x 2`: the words are kept as what is measured.
    const end = w.i;
    const told = wordsAt(w) ? w.tokens.slice(rate, w.i).map((t) => t.raw) : ['tỷ lệ'];
    if (w.i > end || w.tokens[end - 1]?.kind === 'word') at(w, ['%', '( % )']);
    return new Map([[told.join(' '), new Fraction(1)]]);
  }
  if (token?.kind !== 'word') return null;
  if (LETTER.test(token.text) && token.text !== 'x') {
    w.i += 1;
    return new Map([[token.text, new Fraction(1)]]);
  }
  // Another variable in words, such as 'chỉ số hài lòng'.
  const start = w.i;
  wordsAt(w);
  const name = w.tokens.slice(start, w.i).map((t) => t.raw);
  at(w, ['%', '( % )']);
  return w.i > start && VARIABLE.test(name.join(' ')) ? new Map([[name.join(' '), new Fraction(1)]]) : null;
}

/** Passes over the words that name a variable; whether there were any. */
function wordsAt(w: Written): boolean {
  const start = w.i;
  while (isWord(w.tokens[w.i])) w.i += 1;
  return w.i > start;
}

const VARIABLE = /^(?:chỉ số|tỷ lệ|tỉ lệ|mức độ|số|tổng số)(?: \p{L}[\p{L} ]*){0,10}$/iu;
const NUMBER_OF = /^(?:số|tổng số) /iu;
const isWord = (t: Token | undefined): boolean =>
  t?.kind === 'word' && !['x', 'điểm', 'trừ', 'cộng'].includes(t.text);

/** A formula of one rate, or of shares; null for any other. */
function formulaOf(tokens: readonly Token[], max: Fraction): Earned | null {
  const w: Written = { tokens, i: 0, max, hundreds: false };
  const sum = sumOf(w);
  if (!sum || w.i !== tokens.length || sum.has('')) return null;
  const terms = [...sum];
  const [[variable, weight] = ['', ZERO], ...more] = terms;
  if (NUMBER_OF.test(variable)) {
    // `số hồ sơ đúng hạn / tổng số hồ sơ x điểm tối đa`; a number alone is no rate.
    const whole = variable.includes('/') && more.length === 0 && !w.hundreds && weight.equals(max);
    return whole ? { kind: 'rate', factor: weight, variable: variable.replace('/', ' / ') } : null;
  }
  if (terms.every(([name]) => name.includes('/'))) return sharesOf(terms);
  if (more.length > 0 || LETTER.test(variable) || variable.includes('/')) return null;
  // `Chỉ số hài lòng x 10%`: the index is the number before its percent sign.
  const index = /^chỉ số /iu.test(variable) && weight.mul(HUNDRED).equals(max);
  return { kind: 'rate', factor: w.hundreds || index ? weight.mul(HUNDRED) : weight, variable };
}

function sharesOf(terms: [string, Fraction][]): Earned | null {
  const parts = terms.map(([name, points]): Share => {
    const [letter, total] = name.split('/');
    return { letter: letter!, total: total!, points };
  });
  const totals = new Set(parts.map((p) => p.total));
  return parts.some((p) => totals.has(p.letter)) ? null : { kind: 'shares', parts };
}
