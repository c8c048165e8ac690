import { ways } from '../../files/office-table.js';
import { Fraction } from '../../values/fraction.js';
import { after, type Clause, skip, type Token, textOf } from './range.js';
import { ALL_POINTS, pointsAt } from './result.js';

/** Points for each of something: lost or gained. */
export interface PerCase {
  each: Fraction;
  per: Fraction;
  /** What is counted, in the phrase's words. */
  cases: string;
  limit: Limit | null;
}

export type Limit = { kind: 'most' | 'lowest' | 'highest'; points: Fraction };

const LIMITS: Record<Limit['kind'], readonly string[]> = {
  most: [
    ...ways('|nhưng', 'trừ', 'tối đa|không quá|tối đa không quá'),
    ...ways('|nhưng', 'không trừ quá'),
    ...ways('tối đa trừ', '|không quá'),
    ...ways('|tổng|tổng số', 'điểm trừ', 'tối đa|tối đa là|không quá|tối đa không quá'),
    ...ways('mức trừ', 'tối đa|không quá'),
  ],
  lowest: ['không thấp hơn', ...ways('|điểm', 'thấp nhất|tối thiểu', '|là')],
  highest: [
    ...ways('|nhưng|tổng điểm', 'tối đa|không quá|tối đa không quá'),
    ...ways('|điểm', 'tối đa', '|là'),
    'điểm tối đa :',
  ],
};
const BEGINS_LIMIT = [...Object.values(LIMITS).flat(), 'trừ'];

const NEVER_NEGATIVE = ways('|nhưng', 'không', 'tính|có|chấm|bị|trừ|để', 'điểm âm');
/** `trừ cho đến hết số điểm` */
const TO_THE_END = [
  ...ways('|trừ', 'cho đến|cho đến khi|đến khi', 'hết'),
  ...ways('trừ|trừ đến|trừ tối đa|tối đa trừ', 'hết'),
];

export function limitOf(tokens: readonly Token[], max: Fraction): Limit | null {
  for (const kind of ['most', 'lowest', 'highest'] as const) {
    const next = after(tokens, 0, LIMITS[kind]);
    if (next === null) continue;
    const points = pointsAt(tokens, next, max);
    if (points && points.next === tokens.length && tokens[next]?.kind !== 'word')
      return { kind, points: points.points };
  }
  const floor: Limit = { kind: 'lowest', points: new Fraction(0) };
  if (after(tokens, 0, NEVER_NEGATIVE) === tokens.length) return floor;
  const all = after(tokens, 0, TO_THE_END);
  if (all === null) return null;
  const whole = after(tokens, all, [...ALL_POINTS, 'số điểm của tiêu chí', 'điểm của tiêu chí']);
  return whole === tokens.length ? floor : null;
}

const ONE = new Fraction(1);
const EACH = ways('mỗi|cứ|cứ mỗi|với mỗi|mỗi một|từng|đạt mỗi|có mỗi|đạt được mỗi');
const FOR_EACH = ways('/|cho mỗi|mỗi|trên mỗi|/mỗi|/ mỗi|với mỗi|đối với mỗi|cho');
const GIVES = ways('được|cộng|được cộng|:|thì được|đạt|được tính|thì được cộng');

/** A whole number that counts cases (`02 báo cáo`). */
function countAt(tokens: readonly Token[], i: number): { count: Fraction; next: number } | null {
  const t = tokens[i];
  if (t?.kind !== 'number') return null;
  const count = t.plain ?? t.thousands;
  const percent = after(tokens, i + 1, ['%']) !== null;
  return count && !percent && count.d === 1n && count.n > 0n ? { count, next: i + 1 } : null;
}

// A second condition, measure or exception hides behind these words.
export const HIDES =
  /(?:^|\s)(?:trừ|cộng|và|nhưng|mà|nếu|đồng thời|ngoài|riêng|mỗi|cứ|điểm|đối với|quá(?! hạn)|trên(?! địa bàn)|dưới|hơn|từ|tối đa|tối thiểu|trở lên|trở xuống|trước|sau|tỷ lệ|gấp|đôi|nửa|lũy tiến|luỹ tiến|so với|đầu tiên|tiếp theo|hai|ba|bốn|thứ|liên tiếp)(?=\s|$)/iu;

/** The words that name the cases, when they hide nothing else; numbers are not among them. */
function casesOf(text: string, tokens: readonly Token[]): string | null {
  const said = textOf(text, tokens);
  if (tokens.some((t) => t.kind === 'number' || (t.kind === 'sign' && ![',', '-'].includes(t.text))))
    return null;
  return HIDES.test(said) || /\p{N}/u.test(said) ? null : said;
}

/** `trừ 0,25 điểm/báo cáo`, `mỗi trường hợp vi phạm bị trừ 0,5 điểm`, `cứ 02 báo cáo chậm trừ 0,25 điểm`. */
export function lossOf(clause: Clause, max: Fraction): PerCase | null {
  const { tokens } = clause;
  const verbs = tokens.flatMap((t, i) => (t.text === 'trừ' ? [i] : []));
  const [verb] = verbs;
  if (verb === undefined) return null;
  const told = tokens.slice(skip(tokens, 0, ['nếu']), verb);
  const before = stripped(told, ['bị', 'thì', 'thì bị', 'sẽ bị', ':', 'thì sẽ bị']);
  return perCaseOf(clause, before, verb + 1, max, 'lost');
}

/** `mỗi sáng kiến được 0,5 điểm`, `cộng 0,5 điểm cho mỗi sáng kiến`, `0,5 điểm/sáng kiến`. */
export function gainOf(clause: Clause, max: Fraction): PerCase | null {
  const { tokens } = clause;
  const start = skip(tokens, 0, ['cộng', 'được cộng', 'được', 'thưởng', 'cộng thêm', 'được thưởng']);
  const bare = perCaseOf(clause, [], start, max, 'gained');
  if (bare) return bare;
  if (after(tokens, 0, EACH) === null) return null;
  for (let i = 1; i < tokens.length; i++) {
    const verb = after(tokens, i, GIVES);
    if (verb === null) continue;
    const each = perCaseOf(clause, tokens.slice(0, i), verb, max, 'gained');
    if (each) return each;
  }
  return null;
}

function stripped(tokens: Token[], said: readonly string[]): Token[] {
  for (const phrase of said) {
    const at = tokens.length - phrase.split(' ').length;
    if (at >= 0 && after(tokens, at, [phrase]) === tokens.length) return stripped(tokens.slice(0, at), said);
  }
  return tokens;
}

/** Points each, what they are for before them or after, and a limit; all of the sentence or nothing. */
function perCaseOf(
  { text, tokens }: Clause,
  before: readonly Token[],
  start: number,
  max: Fraction,
  way: 'lost' | 'gained',
): PerCase | null {
  if (tokens.slice(start).some((t) => t.text === '-')) return null;
  const points = pointsAt(tokens, start, max);
  if (!points || points.points.compare(0) <= 0 || after(tokens, start, ['tối đa', 'điểm tối đa']) !== null)
    return null;
  const lead = leadOf(text, before);
  if (!lead) return null;
  const slash = after(tokens, points.next, FOR_EACH);
  const tail = slash ?? points.next;
  const number = slash === null ? null : countAt(tokens, tail);
  const from = number?.next ?? tail;
  const cut = limitStart(tokens, from);
  const cases = casesOf(text, tokens.slice(from, cut));
  const limit = cut === tokens.length ? null : limitOf(tokens.slice(skip(tokens, cut, [','])), max);
  if (cases === null || (slash === null && cases !== '') || (slash !== null && cases === '')) return null;
  if (cut < tokens.length && !limit) return null;
  // `Báo cáo chậm trừ 0,25 điểm`: for each, or once? Only a number or a word says.
  if (slash === null && !lead.each && (way === 'gained' || lead.count === null)) return null;
  const per = perOf(lead.count, slash === null ? null : (number?.count ?? ONE), lead.each);
  const joined = joinedCases(lead.cases, cases, lead.each);
  return per && joined ? { each: points.points, per, cases: joined, limit } : null;
}

/** What stands before the verb: whether it is of each of the cases, how many they are, where that is said, and their words. */
interface Lead {
  each: boolean;
  count: Fraction | null;
  cases: string;
}

function leadOf(text: string, before: readonly Token[]): Lead | null {
  // `thiếu mỗi báo cáo`, `chậm mỗi ngày`: what is wrong with each of them stands before.
  const inside = before.findIndex((t, i) => i > 0 && t.text === 'mỗi');
  if (inside > 0) {
    const [fault, cases] = [before.slice(0, inside), before.slice(inside + 1)].map((t) => casesOf(text, t));
    if (fault && cases && FAULTY.test(fault))
      return { each: true, count: null, cases: faulted(fault, cases) };
  }
  const start = skip(before, 0, EACH);
  const each = start > 0;
  const words = before.slice(start);
  const at = words.findIndex((t) => t.kind === 'number');
  if (at < 0) {
    const cases = casesOf(text, words);
    return cases === null ? null : { each, count: null, cases };
  }
  // `cứ 1% hồ sơ trễ hạn`: every whole percent.
  if (each && at === 0 && after(words, 1, ['%']) !== null) {
    const cases = casesOf(text, words.slice(2));
    const plain = cases?.includes(' ') && !/^(?:giảm|tăng|thấp|cao|thiếu|chậm)(?!\p{L})/iu.test(cases);
    const share = words[0]!.plain;
    return plain && share?.d === 1n ? { each, count: share, cases: `% ${cases}` } : null;
  }
  const number = countAt(words, at);
  const [head, cases] = [words.slice(0, at), words.slice(number?.next)].map((t) => casesOf(text, t));
  if (!number || head === null || !cases) return null;
  // `mỗi hồ sơ trễ hạn 5 ngày` is one dossier, however late; `cứ chậm 5 ngày` is five days.
  if (each && at > 0 && !FAULT.test(head!)) return null;
  // `Thiếu 01 báo cáo hoặc chậm`: one of them, and what it is.
  return { each, count: number.count, cases: faulted(head!, cases) };
}

/** `Chậm 01 ngày` counts days late. */
const faulted = (head: string, rest: string): string =>
  THERE_IS.test(head) ? rest : (LATE.test(head) ? `${rest} ${head.toLowerCase()}` : `${head} ${rest}`).trim();

const FAULTY = /(?:^|\s)(?:thiếu|chậm|muộn|trễ|sai|không|chưa|vi phạm)(?=\s|$)/iu;
const FAULT = /^(?:chậm|muộn|trễ|quá hạn|thiếu|có)$/iu;
const LATE = /^(?:(?:gửi|nộp|báo cáo|ban hành) )?(?:chậm|muộn|trễ)$/iu;
const THERE_IS = /^(?:có|còn|để xảy ra)$/iu;

/** How many cases cost the points once: said before, after, or both alike. */
function perOf(before: Fraction | null, behind: Fraction | null, marked: boolean): Fraction | null {
  if (before && behind) return before.equals(behind) ? before : null;
  // `Thiếu 02 báo cáo trừ 0,5 điểm` could be said of just two.
  if (before && !behind) return marked || before.equals(1) ? before : null;
  return behind ?? ONE;
}

/** `Thiếu báo cáo hoặc chậm` of `báo cáo`: the fuller words, when the shorter are among them. */
function joinedCases(said: string, behind: string, each: boolean): string | null {
  const before = said.replace(/^(?:có|còn|để xảy ra) /iu, '');
  if (before === '' || behind === '') return before || behind || 'trường hợp';
  if (GENERIC.includes(behind.toLowerCase()))
    // `mỗi đơn vị không họp trừ 0,5 điểm/lần`: of units, or of meetings?
    return each && !before.toLowerCase().startsWith(behind.toLowerCase()) ? null : before;
  return before.toLowerCase().includes(behind.toLowerCase()) ? before : `${before}: ${behind}`;
}

const GENERIC = ['trường hợp', 'lần', 'vụ', 'lỗi', 'nội dung', 'trường hợp vi phạm'];

function limitStart(tokens: readonly Token[], from: number): number {
  const at = tokens.findIndex(
    (_, i) => i >= from && after(tokens, skip(tokens, i, [',']), BEGINS_LIMIT) !== null,
  );
  return at < 0 ? tokens.length : at;
}
