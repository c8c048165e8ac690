import { ways } from '../../files/office-table.js';
import { type Fraction, groupedNumeral, HUNDRED, parseNumeral } from '../../values/fraction.js';

/** A piece of a scoring phrase: `text` is in lower case, `raw` as it is written. */
export interface Token {
  kind: 'number' | 'word' | 'sign';
  text: string;
  raw: string;
  at: number;
  end: number;
  /** What a number is; a word and a sign are none. */
  plain: Fraction | null;
  thousands: Fraction | null;
}

/**
 * A numeral as Vietnamese tables write it. `1.000` is one thousand of something counted, and elsewhere could be one
 * with three decimals: `plain` is then null, and only `thousands` is known.
 */
function numeral(raw: string): { plain: Fraction | null; thousands: Fraction | null } {
  const grouped = groupedNumeral(raw);
  if (!grouped) return { plain: parseNumeral(raw), thousands: null };
  const { thousands, hasDecimals } = grouped;
  return hasDecimals ? { plain: thousands, thousands: null } : { plain: null, thousands };
}

// Words that are one thing together: `quá` and `và` in them compare and join nothing.
const PIECE =
  /(\d+(?:[.,]\d+)*)|(quá\s+hạn(?!\p{L})|(?:đúng(?:\s+hạn)?\s+và\s+trước|trước(?:\s+hạn)?\s+và\s+đúng|trước)\s+hạn(?!\p{L})|\p{L}[\p{L}\p{M}\d]*)|(<=|>=|=>|\S)/giu;

// Other ways to write the same sign or word.
const SAME: Record<string, string> = {
  '–': '-',
  '—': '-',
  '−': '-',
  '×': '*',
  '·': '*',
  '÷': '/',
  '>=': '≥',
  '<=': '≤',
  '=>': '→',
  tỉ: 'tỷ',
};

/** Words, numbers and signs of a text, in order; nothing but white space is left out. */
export function tokensOf(text: string): Token[] {
  return [...text.matchAll(PIECE)].map((m): Token => {
    const [raw, digits, word] = m;
    const lower = raw.toLowerCase();
    return {
      kind: digits !== undefined ? 'number' : word === undefined ? 'sign' : 'word',
      text: SAME[lower] ?? lower,
      raw,
      at: m.index,
      end: m.index + raw.length,
      ...(digits === undefined ? { plain: null, thousands: null } : numeral(digits)),
    };
  });
}

/** The position after the words (or signs) `said` when they stand at `i`, else null. The longest of several fits. */
export function after(tokens: readonly Token[], i: number, said: readonly string[]): number | null {
  const first = tokens[i]?.text;
  let best: number | null = null;
  for (const phrase of said) {
    if (first === undefined || !phrase.startsWith(first)) continue;
    const wanted = phrase.split(' ');
    const fits = wanted.every((w, k) => tokens[i + k]?.text === w);
    if (fits && (best === null || i + wanted.length > best)) best = i + wanted.length;
  }
  return best;
}

/** The position after the first of `said` that stands at `i`, or `i` itself. */
export const skip = (tokens: readonly Token[], i: number, said: readonly string[]): number =>
  after(tokens, i, said) ?? i;

/** The text that tokens cover, as it is written, white space made plain. */
export function textOf(source: string, tokens: readonly Token[]): string {
  const [first] = tokens;
  const last = tokens.at(-1);
  return first && last ? source.slice(first.at, last.end).replace(/\s+/g, ' ').trim() : '';
}

/** The words and signs of tokens, with a blank between them. */
export const rawOf = (tokens: readonly Token[]): string => tokens.map((t) => t.raw).join(' ');

/** One sentence of a phrase, without its bullet. */
export interface Clause {
  text: string;
  tokens: Token[];
  /** Whether it stood under a), b) or a bullet of its own. */
  listed: boolean;
}

const BULLET = /^(?:[-+•*–]\s+|[-+•](?=\p{L})|\(?(?:[a-zđ]|\d{1,2})\)\s*)/u;

export function clauseOf(text: string): Clause {
  const bare = text.replace(BULLET, '');
  return { text: bare, tokens: tokensOf(bare), listed: bare !== text };
}

/** Sentences of a phrase: by semicolons, line breaks and full stops; `;` before a), b) may be missing. */
export function clausesOf(phrase: string): Clause[] {
  return phrase
    .normalize('NFC')
    .replace(/[\u00a0\u202f\t]/g, ' ')
    .replace(/(^|[;\n])\s*(?:\d{1,2}[.)]|[a-zđ]\.)\s+(?=\p{L})/gu, '$1• ')
    .replace(/( điểm| đ)\s+[-+]\s+(?=\p{Lu}\p{Ll})/gu, '$1;')
    .replace(/\[([^[\]]*)\]/gu, '($1)')
    .replace(/\(\s*((?:trong đó|[a-zđ]\s*[:=]|[a-zđ] là )[^()]*)\)/giu, ';$1')
    .split(/[;\n\r]|\.(?=\s|$)|,?\s+(?=[a-zđ]\)\s)/u)
    .map((part) => part.replace(/\s+/g, ' ').trim().replace(/[,.]$/, '').trim())
    .filter((part) => part !== '')
    .map(clauseOf);
}

export type Bound = 'at_least' | 'above' | 'at_most' | 'below';

/** A range of values, as a tier of a rule has it. */
export interface Range {
  bounds: Partial<Record<Bound, Fraction>>;
  percent: boolean;
  /** Whether it is one value rather than a range (`2 sáng kiến`). */
  exact: boolean;
}

type Ends = Partial<Record<Bound, readonly string[]>>;

/** How a range begins, by the end that it then has. */
const OPENINGS: Ends = {
  at_least: ways(
    'từ|từ thứ|từ hạng|đạt từ|≥|ít nhất|tối thiểu|không dưới|không ít hơn|không thấp hơn|lớn hơn hoặc bằng',
  ),
  above: ways('trên|từ trên|>|hơn|lớn hơn|cao hơn|nhiều hơn|vượt top|quá'),
  at_most: ways(
    '≤|không quá|không vượt quá|tối đa|nhiều nhất|không hơn|nhỏ hơn hoặc bằng|trong vòng|trong thời hạn|trong thời gian',
  ),
  below: ways('dưới|<|ít hơn|nhỏ hơn|thấp hơn|chưa đạt|chưa đến|chưa tới|không đạt'),
};
/** What stands before its second number. */
const UP_TO: Ends = {
  at_most: ways('đến|tới|-|đến bằng|đến thứ|đến hạng|và ≤'),
  below: ways('đến dưới|tới dưới|đến nhỏ hơn|- dưới|- <|đến <|và dưới|và nhỏ hơn|và <'),
};
/** What stands behind it, or behind its noun. */
const ONWARDS: Ends = { at_least: ['trở lên', 'trở đi'], at_most: ['trở xuống'] };
/** The signs around what is measured. */
const SIGNS_BEFORE: Ends = { at_least: ['≤'], above: ['<'] };
const SIGNS_BEHIND: Ends = { at_most: ['≤'], below: ['<'] };

/** The end that words at `i` say, by the longest of them, and the position after them. */
function endAt(tokens: readonly Token[], i: number, ends: Ends): { end: Bound; next: number } | null {
  const said = (Object.keys(ends) as Bound[]).flatMap((end) => {
    const next = after(tokens, i, ends[end]!);
    return next === null ? [] : { end, next };
  });
  return said.reduce<{ end: Bound; next: number } | null>((a, b) => (a && a.next >= b.next ? a : b), null);
}

// Words that make a condition of their own, or change one: a range with such words around it is not understood.
const CARRIES = new Set(
  (
    'và hoặc hay nhưng mà trừ cộng nếu thì ngoài riêng mỗi cứ từng dưới trên hơn kém quá chỉ còn nửa gấp đôi hai ba bốn ' +
    'sáu bảy tám chín mười trước sau giữa khoảng gần nhân chia cùng cả khi ít nhiều tối đó điểm thưởng phạt tăng giảm ' +
    'vượt top'
  ).split(' '),
);
export const NAMES = ['chỉ số', 'chỉ tiêu', 'chỉ đạo', 'chỉ thị', 'thời điểm', 'trọng điểm', 'thí điểm'];
export interface Ranged {
  range: Range;
  next: number;
  /** Words inside the range (`từ 80% số đơn vị trở lên`). */
  inside: Token[];
}

interface Numeral {
  value: Fraction;
  percent: boolean;
  next: number;
  /** A thousand (`1.000`) that no noun follows: only the other end of its range can say that it is one. */
  bare: boolean;
}

/** A number with its percent sign. `1.000` is a thousand only of things that are counted. */
export function numberAt(tokens: readonly Token[], i: number): Numeral | null {
  const t = tokens[i];
  if (t?.kind !== 'number') return null;
  const percent = after(tokens, i + 1, ['%']) !== null;
  if (tokens[i - 1]?.text === '/') return null;
  const value = t.plain ?? (percent ? null : t.thousands);
  const bare = t.plain === null && !isNoun(tokens[i + 1]);
  return value ? { value, percent, next: percent ? i + 2 : i + 1, bare } : null;
}

export const isNoun = (t: Token | undefined): t is Token =>
  t?.kind === 'word' &&
  !CARRIES.has(t.text) &&
  !/\d/.test(t.text) &&
  !['từ', 'đến', 'tới', 'trở'].includes(t.text);

/** The words from `i` on that name what is counted, at most eight. */
function nounAt(tokens: readonly Token[], i: number): number {
  // `80 điểm` in a condition is what is measured.
  let next = tokens[i - 1]?.kind === 'number' ? skip(tokens, i, ['điểm']) : i;
  const joins = (at: number) => at > i && isNoun(tokens[at + 1]) && joined(tokens, at);
  while (next < i + 8) {
    const name = after(tokens, next, NAMES);
    if (name === null && !isNoun(tokens[next]) && !joins(next)) break;
    next = name ?? next + 1;
  }
  return next;
}

/** A range of values at position `i`, the longest way it can be read; null where none stands. */
export function rangeAt(tokens: readonly Token[], i: number): Ranged | null {
  const opening = endAt(tokens, i, OPENINGS);
  const opened = opening?.end;
  const first = numberAt(tokens, opening?.next ?? skip(tokens, i, ['=', 'bằng']));
  if (!first) return null;
  const upTo = opened === 'at_most' || opened === 'below';
  const second = upTo ? null : upperEnd(tokens, first.next);
  if (first.bare && (!second || second.bare)) return null;
  if (second && !second.bare) {
    const percent = first.percent || second.percent;
    const bounds = { [opened ?? 'at_least']: first.value, [second.end]: second.value };
    return { range: { bounds, percent, exact: false }, next: second.next, inside: second.inside };
  }
  const noun = nounAt(tokens, first.next);
  const onwards = opened === undefined || opened === 'at_least' ? endAt(tokens, noun, ONWARDS) : null;
  const { value, percent } = first;
  const end = onwards?.end ?? opened;
  const range = end
    ? { bounds: { [end]: value }, percent, exact: false }
    : { bounds: percent ? wholePercent(value) : { at_least: value, at_most: value }, percent, exact: true };
  const inside = onwards ? tokens.slice(first.next, noun) : [];
  return { range, next: onwards?.next ?? first.next, inside };
}

/** A percent alone: none of it and all of it are the ends of what there can be. */
const wholePercent = (value: Fraction): Range['bounds'] => ({
  ...(value.equals(0) ? {} : { at_least: value }),
  ...(value.equals(HUNDRED) ? {} : { at_most: value }),
});

/** The second number of a range, with the words before it. */
function upperEnd(tokens: readonly Token[], i: number): (Numeral & { end: Bound; inside: Token[] }) | null {
  for (const noun of [i, nounAt(tokens, i)]) {
    const to = endAt(tokens, noun, UP_TO);
    const number = to && numberAt(tokens, to.next);
    if (number) return { ...number, end: to.end, inside: tokens.slice(i, noun) };
  }
  return null;
}

/** `80% ≤ tỷ lệ < 100%`: a number, a sign, what is measured, a sign, a number. */
export function chainAt(tokens: readonly Token[]): Ranged | null {
  const first = numberAt(tokens, 0);
  const lower = first && endAt(tokens, first.next, SIGNS_BEFORE);
  if (!lower || first.bare) return null;
  const noun = nounAt(tokens, lower.next);
  const upper = endAt(tokens, noun, SIGNS_BEHIND);
  const second = upper && numberAt(tokens, upper.next);
  if (!second || second.bare || noun === lower.next) return null;
  const bounds = { [lower.end]: first.value, [upper.end]: second.value };
  const percent = first.percent && second.percent;
  return {
    range: { bounds, percent, exact: false },
    next: second.next,
    inside: tokens.slice(lower.next, noun),
  };
}

// Lists that are one thing, so that a comma in them joins no condition.
const LISTED = (
  'cán bộ, công chức|công chức, viên chức|người dân, doanh nghiệp|huyện, thị xã|thị xã, thành phố|' +
  'huyện, thành phố|phản ánh, kiến nghị|tin, bài|xã, phường|phường, thị trấn|xã, thị trấn|sở, ban|' +
  'ban, ngành|sở, ngành|cơ quan, đơn vị|mục tiêu, nhiệm vụ|mô hình, sáng kiến|' +
  'sáng kiến, giải pháp|người dân, tổ chức|tổ chức, doanh nghiệp|tổ chức, cá nhân'
)
  .split('|')
  .map((pair) => pair.split(', ') as [string, string]);

/** Whether the sign at `i` joins words to one thing: `lần/năm`, `tin, bài`. */
export function joined(tokens: readonly Token[], i: number): boolean {
  const t = tokens[i];
  if (t?.kind !== 'sign') return false;
  return t.text === '/'
    ? tokens[i + 1]?.kind === 'word'
    : t.text === ',' &&
        LISTED.some(
          ([left, right]) =>
            after(tokens, i - left.split(' ').length, [left]) === i && after(tokens, i + 1, [right]) !== null,
        );
}
