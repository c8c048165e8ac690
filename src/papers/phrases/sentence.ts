import { Fraction } from '../../exact/fraction.js';
import { NUMERAL_IN_TEXT, parseNumeral, TWO_READINGS } from '../../exact/numeral.js';
import {
  type Compared,
  comparedOf,
  type Grown,
  grownOf,
  isNone,
  isRest,
  type Measured,
  measuredOf,
} from './condition.js';
import { definitionOf } from './definitions.js';
import {
  ALL_POINTS,
  type Earned,
  earnedOf,
  FORMULA_LEADS,
  NOTHING,
  PRO_RATA,
  pointsAt,
  UNSCORED,
} from './result.js';
import { after, type Clause, clauseOf, skip, type Token, textOf } from './tokens.js';

/** Points for each of something: lost or gained. */
interface PerCase {
  each: Fraction;
  per: Fraction;
  /** What is counted, in the phrase's words. */
  cases: string;
  limit: Limit | null;
}

type Limit = { kind: 'most' | 'lowest' | 'highest'; points: Fraction };

/** One sentence of a phrase, understood whole. */
export type Sentence = { clause: Clause } & (
  | { kind: 'tier'; measured: Measured; earned: Earned; level: string }
  | { kind: 'grown'; grown: Grown; earned: Earned }
  | { kind: 'compared'; compared: Compared; earned: Earned }
  | { kind: 'none'; earned: Earned; level: string }
  | { kind: 'rest'; earned: Earned; level: string }
  | { kind: 'level'; level: string; earned: Earned }
  | { kind: 'lost'; each: PerCase }
  | { kind: 'gained'; each: PerCase }
  | { kind: 'limit'; limit: Limit }
  | { kind: 'formula'; earned: Earned }
  | { kind: 'define'; letter: string; meaning: string }
  | { kind: 'ratio'; part: string; whole: string; inWords: boolean }
  | { kind: 'heading'; words: string }
  | { kind: 'drop'; from: Fraction | null; step: Fraction; each: Fraction }
);

/** Reads one sentence; null when any word of it is not accounted for. */
function sentenceOf(clause: Clause, max: Fraction): Sentence | null {
  const { tokens } = clause;
  const limit = limitOf(tokens, max);
  if (limit) return { clause, kind: 'limit', limit };
  const drop = dropOf(clause);
  if (drop) return drop;
  const lost = lossOf(clause, max);
  if (lost) return { clause, kind: 'lost', each: lost };
  const gained = gainOf(clause, max);
  if (gained) return { clause, kind: 'gained', each: gained };
  if (tokens.some((t) => t.kind === 'word' && t.text === 'trừ')) return halved(clause, max);
  const defined = definitionOf(clause);
  if (defined) return defined;
  const formula = earnedOf(tokens, max);
  const led = after(tokens, 0, FORMULA_LEADS) !== null;
  if (led && (formula?.kind === 'rate' || formula?.kind === 'shares'))
    return { clause, kind: 'formula', earned: formula };
  if (led && formula?.kind === 'pro_rata' && /tỷ lệ|tỉ lệ/iu.test(clause.text))
    return { clause, kind: 'formula', earned: formula };
  const conditional = conditionalOf(clause, max);
  if (conditional) return conditional;
  const turned = turnedOf(clause, max);
  if (turned) return turned;
  if (formula?.kind === 'rate' || formula?.kind === 'shares')
    return { clause, kind: 'formula', earned: formula };
  return headingOf(clause);
}

const N = `(${NUMERAL_IN_TEXT})`;
const DROP = new RegExp(
  `^(?:dưới ${N} ?%\\s*[,:]? ?(?:thì )?)?(?:cứ|mỗi|cứ mỗi) (?:(?:giảm|thấp hơn|giảm đi) ${N} ?%|${N} ?% (?:giảm|thấp hơn|giảm đi)),? ?(?:thì )?(?:bị )?trừ ${N}(?: ?điểm| ?đ)?$`,
  'iu',
);

/** `cứ giảm 1% trừ 0,1 điểm`. */
function dropOf(clause: Clause): Sentence | null {
  const found = DROP.exec(clause.text);
  if (!found) return null;
  const [from = null, step, each] = [found[1], found[2] ?? found[3], found[4]].map((n) =>
    n === undefined || TWO_READINGS.test(n) ? null : parseNumeral(n),
  );
  return step && each ? { clause, kind: 'drop', from, step, each } : null;
}

/** Reads the sentences of a clause that commas join, when it cannot be read as one. */
export function sentencesOf(clause: Clause, max: Fraction): Sentence[] | null {
  const whole = sentenceOf(clause, max);
  if (whole) return [whole];
  const either = OR_NOTHING.exec(clause.text);
  if (either) {
    const [, late, nothing, points] = either;
    const both = [`${late}${points}`, `${nothing}${points}`].map((t) => sentenceOf(clauseOf(t), max));
    return both[0]?.kind === 'tier' && both[1]?.kind === 'level' ? (both as Sentence[]) : null;
  }
  return (
    partsOf(clause.text.split(/,\s+/u), max) ??
    partsOf(clause.text.split(/,\s+|\s+(?=\()/u), max) ??
    headed(clause, max)
  );
}

/** `Tỷ lệ thực hiện: 100%: 2`: a heading and the first of its lines. */
function headed(clause: Clause, max: Fraction): Sentence[] | null {
  const parts = /^([^:\d]+:)\s+([^:]+:.+)$/u.exec(clause.text);
  if (!parts) return null;
  const [heading, line] = [headingOf(clauseOf(parts[1]!)), sentenceOf(clauseOf(parts[2]!), max)];
  return heading && line?.kind === 'tier' ? [heading, line] : null;
}

function partsOf(texts: readonly string[], max: Fraction): Sentence[] | null {
  const parts = texts.filter((p) => p !== '');
  if (parts.length < 2) return null;
  const sentences: Sentence[] = [];
  for (const part of parts) {
    const bare = part.replace(/^\((.*)\)$/u, '$1');
    const read = sentenceOf(clauseOf(bare), max);
    if (!read || read.kind === 'heading') return null;
    sentences.push(read);
  }
  return sentences;
}

// `chậm trên 5 ngày hoặc không báo cáo: 0`: two sentences with the same points.
const OR_NOTHING =
  /^(.*?(?:chậm|muộn|trễ|quá hạn)[^:]*?ngày(?: làm việc)?(?: trở lên)?) hoặc ((?:không|chưa) (?:có |gửi |nộp )?(?:báo cáo|ban hành|gửi|nộp|thực hiện))(\s*(?::|thì|không được điểm|không có điểm).*)$/iu;

const POINT_SIGNS = [
  ':',
  '→',
  'thì',
  'thì được',
  'được',
  'sẽ được',
  'thì đạt',
  'chấm',
  'được chấm',
  'thì chấm',
];

/** `0,5 điểm: từ 50% đến dưới 80%`, `1 điểm nếu đạt từ 80% trở lên`, `Đã ban hành (1 điểm)`. */
function turnedOf(clause: Clause, max: Fraction): Sentence | null {
  const { tokens, text } = clause;
  const lead = skip(tokens, 0, ['đạt', 'được', 'chấm']);
  const points = tokens[lead]?.kind === 'number' ? pointsAt(tokens, lead, max) : null;
  const sign = points?.said ? after(tokens, points.next, [':', 'nếu', 'khi']) : null;
  if (points && sign !== null) {
    const rest = tokens.slice(sign);
    return judged(clause, rest, textOf(text, rest), { kind: 'points', points: points.points });
  }
  const open = tokens.findIndex((t) => t.kind === 'sign' && t.text === '(');
  const last = tokens.length - 1;
  const inside = open < 1 ? null : pointsAt(tokens, open + 1, max);
  if (!inside?.said || inside.next !== last || after(tokens, last, [')']) === null) return null;
  const named = tokens.slice(0, open);
  return judged(clause, named, textOf(text, named), { kind: 'points', points: inside.points });
}

/** A condition and what it earns: the first place between them where both sides are understood. */
function conditionalOf(clause: Clause, max: Fraction): Sentence | null {
  const { tokens, text } = clause;
  for (let i = 1; i < tokens.length; i++) {
    const sign = after(tokens, i, POINT_SIGNS) ?? equalsPoints(tokens, i, max);
    const bare = sign === null && trailingPoints(clause, i, max);
    if (sign === null && !bare) continue;
    const earned = earnedOf(tokens.slice(sign ?? i), max);
    if (!earned) continue;
    const found = judged(clause, tokens.slice(0, i), textOf(text, tokens.slice(0, i)), earned);
    if (found?.kind === 'none' && after(tokens, sign ?? i, UNSCORED) === tokens.length) return null;
    if (found) return found;
  }
  return null;
}

/** `Có = 1 điểm`. */
function equalsPoints(tokens: readonly Token[], i: number, max: Fraction): number | null {
  const next = after(tokens, i, ['=', 'đạt']);
  const points = next === null ? null : pointsAt(tokens, next, max);
  if (points?.next !== tokens.length) return null;
  const named = tokens.slice(0, i);
  const measured = measuredOf(named);
  // `Từ 70% đến dưới 90% đạt 0,5`; a number after other words may be one of something else.
  const clear = points.said || /^(?:có|không)$/iu.test(named.map((t) => t.raw).join(' '));
  const range = measured !== null && (points.said || !measured.range.exact);
  return range || (clear && named.every((t) => t.kind === 'word')) ? next : null;
}

/** `Ban hành đúng quy định 1 điểm`, or without the unit in a list: points at the end without a sign before them. */
function trailingPoints({ tokens, listed }: Clause, i: number, max: Fraction): boolean {
  if (after(tokens, i, [...NOTHING, ...UNSCORED, ...PRO_RATA]) === tokens.length) return true;
  const formula = after(tokens, i, PRO_RATA);
  if (formula !== null && after(tokens, formula, [':', '=']) !== null) return true;
  const points = pointsAt(tokens, i, max);
  if (!points || points.next !== tokens.length) return false;
  const before = tokens[i - 1];
  if (before?.kind !== 'word' || before.text === 'x') return false;
  return points.said || listed;
}

/** `ban hành chậm: trừ 50% số điểm`: a category that keeps the rest. A plain number could be for each case. */
function halved(clause: Clause, max: Fraction): Sentence | null {
  const { tokens, text } = clause;
  for (let i = 1; i < tokens.length; i++) {
    const start = after(tokens, skip(tokens, i, [':', 'thì']), ['trừ', 'bị trừ']);
    if (start === null) continue;
    const points = pointsAt(tokens, start, max);
    const share = after(tokens, start + 1, ['%']) !== null;
    const named = tokens.slice(0, i);
    if (!points || !share || points.next !== tokens.length || points.points.compare(max) > 0) return null;
    const level = textOf(text, named);
    const earned: Earned = { kind: 'points', points: max.sub(points.points) };
    if (isLevel(named, level)) return { clause, kind: 'level', level, earned };
    const measured = measuredOf(named);
    return measured && { clause, kind: 'tier', measured, earned, level };
  }
  return null;
}

const OPENINGS = ['nếu', 'khi', 'trường hợp', 'trong trường hợp', 'nếu đạt'];

function judged(clause: Clause, tokens: Token[], level: string, earned: Earned): Sentence | null {
  const bare = tokens.slice(skip(tokens, 0, OPENINGS));
  if (bare.length === 0) return null;
  if (isRest(bare)) return { clause, kind: 'rest', earned, level };
  if (isNone(tokens) || isNone(bare)) return { clause, kind: 'none', earned, level };
  const grown = grownOf(bare);
  if (grown) return { clause, kind: 'grown', grown, earned };
  const compared = comparedOf(bare);
  if (compared) return { clause, kind: 'compared', compared, earned };
  if (isLevel(tokens, level)) return { clause, kind: 'level', level, earned };
  const measured = measuredOf(bare);
  return measured && { clause, kind: 'tier', measured, earned, level };
}

// A level is kept in its own words; these would make it a calculation.
const CALCULATES =
  /(?:^|[\s(])(?:mỗi|cứ|từng|trừ|cộng|thưởng|phạt|nhân|chia|công thức|tỷ lệ|tỉ lệ|điểm|tối đa|tối thiểu|không quá|ít nhất|nhiều nhất|trở lên|trở xuống|tương ứng|lần lượt|tùy|tuỳ|theo mức độ|theo đánh giá|gấp|nửa)(?=$|[\s,)])|[%=<>≥≤:;*→]/iu;
// Numbers that belong to a name or a date and measure nothing.
const NAMES_A_NUMBER =
  /(?:trước|sau|chậm nhất|muộn nhất)\s+\d{1,2}\/(?:0?[1-9]|1[0-2])(?:\/\d{4})?(?![\d/])|(?:từ|đến)\s+[0-3]\d\/(?:0[1-9]|1[0-2])(?:\/\d{4})?(?![\d/])|(?:từ\s+)?(?:mức\s+)?(?:khiển trách|cảnh cáo|hoàn thành(?: tốt| xuất sắc)? nhiệm vụ)\s+trở lên|(?:trước|sau|đến|từ|chậm nhất|muộn nhất)?\s*ngày\s+\d{1,2}\/\d{1,2}(?:\/\d{4})?|(?:thuộc|trong)\s+nhóm\s+\d{1,2}\s*%\s+(?:dẫn đầu|cao nhất|đứng đầu|cuối|thấp nhất)|(?:cấp độ|mức độ|cấp|loại|nhóm|quý|tháng)\s+\d{1,2}|năm\s+\d{4}|ISO\s+\d{4,5}(?::\d{4})?/giu;

/** Whether words can stand as a category: they measure and compute nothing. */
function isLevel(tokens: readonly Token[], level: string): boolean {
  const text = level.replace(NAMES_A_NUMBER, '·');
  if (tokens.length === 0 || !/\p{L}/u.test(level)) return false;
  return !/[\p{N}]/u.test(text) && !CALCULATES.test(text);
}

const LIMITS: [Limit['kind'], string[]][] = [
  [
    'most',
    [
      'trừ không quá',
      'trừ tối đa',
      'tối đa trừ',
      'trừ tối đa không quá',
      'không trừ quá',
      'tối đa trừ không quá',
      'tổng điểm trừ không quá',
      'tổng số điểm trừ không quá',
      'tổng điểm trừ tối đa',
      'tổng điểm trừ tối đa không quá',
      'điểm trừ tối đa',
      'điểm trừ tối đa là',
      'điểm trừ không quá',
      'mức trừ tối đa',
      'mức trừ không quá',
      'nhưng trừ không quá',
      'nhưng không trừ quá',
      'nhưng trừ tối đa',
    ],
  ],
  [
    'lowest',
    [
      'thấp nhất',
      'thấp nhất là',
      'không thấp hơn',
      'điểm thấp nhất',
      'điểm thấp nhất là',
      'tối thiểu',
      'tối thiểu là',
    ],
  ],
  [
    'highest',
    [
      'tối đa',
      'tối đa là',
      'tối đa không quá',
      'không quá',
      'nhưng không quá',
      'nhưng tối đa',
      'nhưng tối đa không quá',
      'tổng điểm không quá',
      'tổng điểm tối đa',
      'điểm tối đa là',
      'điểm tối đa :',
      'điểm tối đa',
    ],
  ],
];

const NEVER_NEGATIVE = ['tính', 'có', 'chấm', 'bị', 'trừ', 'để'].flatMap((verb) => [
  `không ${verb} điểm âm`,
  `nhưng không ${verb} điểm âm`,
]);

function limitOf(tokens: readonly Token[], max: Fraction): Limit | null {
  for (const [kind, said] of LIMITS) {
    const next = after(tokens, 0, said);
    if (next === null) continue;
    const points = pointsAt(tokens, next, max);
    if (points && points.next === tokens.length && tokens[next]?.kind !== 'word')
      return { kind, points: points.points };
  }
  const floor: Limit = { kind: 'lowest', points: new Fraction(0) };
  if (after(tokens, 0, NEVER_NEGATIVE) === tokens.length) return floor;
  const all = after(tokens, 0, [
    'trừ đến hết',
    'trừ cho đến hết',
    'trừ cho đến khi hết',
    'trừ hết',
    'tối đa trừ hết',
    'trừ tối đa hết',
    'trừ đến khi hết',
    'cho đến hết',
    'cho đến khi hết',
    'đến khi hết',
  ]);
  if (all === null) return null;
  const whole = after(tokens, all, [...ALL_POINTS, 'số điểm của tiêu chí', 'điểm của tiêu chí']);
  return whole === tokens.length ? floor : null;
}

const ONE = new Fraction(1);
const EACH = ['mỗi', 'cứ', 'cứ mỗi', 'với mỗi', 'mỗi một', 'từng', 'đạt mỗi', 'có mỗi', 'đạt được mỗi'];

/** A whole number that counts cases (`02 báo cáo`). */
function countAt(tokens: readonly Token[], i: number): { count: Fraction; next: number } | null {
  const t = tokens[i];
  if (t?.kind !== 'number') return null;
  const count = t.plain ?? t.thousands;
  const percent = after(tokens, i + 1, ['%']) !== null;
  return count && !percent && count.d === 1n && count.n > 0n ? { count, next: i + 1 } : null;
}

// A second condition, measure or exception hides behind these words.
const HIDES =
  /(?:^|\s)(?:trừ|cộng|và|nhưng|mà|nếu|đồng thời|ngoài|riêng|mỗi|cứ|điểm|đối với|quá(?! hạn)|trên(?! địa bàn)|dưới|hơn|từ|tối đa|tối thiểu|trở lên|trở xuống|trước|sau|tỷ lệ|gấp|đôi|nửa|lũy tiến|luỹ tiến|so với|đầu tiên|tiếp theo|hai|ba|bốn|thứ|liên tiếp)(?=\s|$)/iu;

/** The words that name the cases, when they hide nothing else; numbers are not among them. */
function casesOf(text: string, tokens: readonly Token[]): string | null {
  const said = textOf(text, tokens);
  if (tokens.some((t) => t.kind === 'number' || (t.kind === 'sign' && ![',', '-'].includes(t.text))))
    return null;
  return HIDES.test(said) || /\p{N}/u.test(said) ? null : said;
}

/** `trừ 0,25 điểm/báo cáo`, `mỗi trường hợp vi phạm bị trừ 0,5 điểm`, `cứ 02 báo cáo chậm trừ 0,25 điểm`. */
function lossOf(clause: Clause, max: Fraction): PerCase | null {
  const { tokens } = clause;
  const verbs = tokens.flatMap((t, i) => (t.kind === 'word' && t.text === 'trừ' ? [i] : []));
  const [verb] = verbs;
  if (verb === undefined) return null;
  const told = tokens.slice(skip(tokens, 0, ['nếu']), verb);
  const before = stripped(told, ['bị', 'thì', 'thì bị', 'sẽ bị', ':', 'thì sẽ bị']);
  return perCaseOf(clause, before, verb + 1, max, 'lost');
}

/** `mỗi sáng kiến được 0,5 điểm`, `cộng 0,5 điểm cho mỗi sáng kiến`, `0,5 điểm/sáng kiến`. */
function gainOf(clause: Clause, max: Fraction): PerCase | null {
  const { tokens } = clause;
  const start = skip(tokens, 0, ['cộng', 'được cộng', 'được', 'thưởng', 'cộng thêm', 'được thưởng']);
  const bare = perCaseOf(clause, [], start, max, 'gained');
  if (bare) return bare;
  if (after(tokens, 0, EACH) === null) return null;
  for (let i = 1; i < tokens.length; i++) {
    const verb = after(tokens, i, [
      'được',
      'cộng',
      'được cộng',
      ':',
      'thì được',
      'đạt',
      'được tính',
      'thì được cộng',
    ]);
    if (verb === null) continue;
    const found = perCaseOf(clause, tokens.slice(0, i), verb, max, 'gained');
    if (found) return found;
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
  if (tokens.slice(start).some((t) => t.kind === 'sign' && t.text === '-')) return null;
  const points = pointsAt(tokens, start, max);
  if (!points || points.points.compare(0) <= 0 || after(tokens, start, ['tối đa', 'điểm tối đa']) !== null)
    return null;
  const [marked, lead] = eachInside(text, before) ?? eachFirst(text, before);
  if (!lead) return null;
  const slash = after(tokens, points.next, [
    '/',
    'cho mỗi',
    'mỗi',
    'trên mỗi',
    '/mỗi',
    '/ mỗi',
    'với mỗi',
    'đối với mỗi',
    'cho',
  ]);
  const tail = slash === null ? points.next : slash;
  const number = slash === null ? null : countAt(tokens, tail);
  const from = number?.next ?? tail;
  const cut = limitStart(tokens, from);
  const cases = casesOf(text, tokens.slice(from, cut));
  const limit = cut === tokens.length ? null : limitOf(tokens.slice(skip(tokens, cut, [','])), max);
  if (cases === null || (slash === null && cases !== '') || (slash !== null && cases === '')) return null;
  if (cut < tokens.length && !limit) return null;
  if (way === 'gained' && slash === null && marked === null) return null;
  // `Báo cáo chậm trừ 0,25 điểm`: for each, or once? Only a number or a word says.
  if (slash === null && lead.count === null && marked === null) return null;
  const per = perOf(lead.count, slash === null ? null : (number?.count ?? ONE), marked !== null);
  const joined = joinedCases(lead.cases, cases, marked !== null);
  return per && joined ? { each: points.points, per, cases: joined, limit } : null;
}

type Each = [number | null, { count: Fraction | null; cases: string } | null];

const eachFirst = (text: string, before: readonly Token[]): Each => {
  const marked = after(before, 0, EACH);
  return [marked, eachBefore(text, before, marked)];
};

/** `thiếu mỗi báo cáo`, `chậm mỗi ngày`: what is wrong with each of them stands before. */
function eachInside(text: string, before: readonly Token[]): Each | null {
  const at = before.findIndex((_, i) => i > 0 && after(before, i, ['mỗi']) !== null);
  const head = at < 0 ? null : casesOf(text, before.slice(0, at));
  const rest = at < 0 ? null : casesOf(text, before.slice(at + 1));
  return head && rest && /(?:^|\s)(?:thiếu|chậm|muộn|trễ|sai|không|chưa|vi phạm)(?=\s|$)/iu.test(head)
    ? [at + 1, { count: null, cases: faulted(head, rest) }]
    : null;
}

/** `Chậm 01 ngày` counts days late. */
const faulted = (head: string, rest: string): string =>
  THERE_IS.test(head) ? rest : (LATE.test(head) ? `${rest} ${head.toLowerCase()}` : `${head} ${rest}`).trim();

/** What stands before the verb: an optional `mỗi`, an optional number, the words. */
function eachBefore(text: string, before: readonly Token[], marked: number | null) {
  // `cứ 1% hồ sơ trễ hạn`: every whole percent.
  const share = marked === null ? undefined : before[marked];
  const percent = marked !== null && share?.kind === 'number' && after(before, marked + 1, ['%']) !== null;
  if (percent) {
    const cases = casesOf(text, before.slice(marked + 2));
    const plain =
      cases !== null && /\s/.test(cases) && !/^(?:giảm|tăng|thấp|cao|thiếu|chậm)(?!\p{L})/iu.test(cases);
    return plain && share.plain?.d === 1n ? { count: share.plain, cases: `% ${cases}` } : null;
  }
  const direct = countAt(before, marked ?? 0);
  if (direct) {
    const cases = casesOf(text, before.slice(direct.next));
    return cases === null || cases === '' ? null : { count: direct.count, cases };
  }
  const at = before.findIndex((t) => t.kind === 'number');
  const inner = at < 0 ? null : countAt(before, at);
  if (at >= 0 && !inner) return null;
  if (!inner) {
    const cases = casesOf(text, before.slice(marked ?? 0));
    return cases === null ? null : { count: null, cases };
  }
  // `mỗi hồ sơ trễ hạn 5 ngày` is one dossier, however late; `cứ chậm 5 ngày` is five days.
  if (marked !== null && !FAULT.test(textOf(text, before.slice(marked, at)))) return null;
  // `Thiếu 01 báo cáo hoặc chậm`: one of them, and what it is.
  const head = casesOf(text, before.slice(marked ?? 0, at));
  const rest = casesOf(text, before.slice(inner.next));
  return head === null || rest === null || rest === ''
    ? null
    : { count: inner.count, cases: faulted(head, rest) };
}

const FAULT = /^(?:chậm|muộn|trễ|quá hạn|thiếu|có)$/iu;
const LATE = /^(?:chậm|muộn|trễ)$/iu;
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
  for (let i = from; i < tokens.length; i++) {
    const at = skip(tokens, i, [',']);
    if (LIMITS.some(([, said]) => after(tokens, at, said) !== null) || after(tokens, at, ['trừ']) !== null)
      return i;
  }
  return tokens.length;
}

/** `Tỷ lệ hồ sơ giải quyết đúng hạn:`, above the lines that score it. */
function headingOf(clause: Clause): Sentence | null {
  const { tokens, text } = clause;
  const last = tokens.at(-1);
  if (last?.kind !== 'sign' || last.text !== ':' || tokens.length < 3) return null;
  const words = tokens.slice(0, -1);
  if (words.some((t) => t.kind !== 'word')) return null;
  const said = textOf(text, words);
  return HIDES.test(said) && !/^tỷ lệ|^tỉ lệ/iu.test(said) ? null : { clause, kind: 'heading', words: said };
}
