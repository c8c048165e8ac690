import { ways } from '../../files/office-table.js';
import { clearNumeral, type Fraction, NUMERAL_IN_TEXT } from '../../values/fraction.js';
import { type ChangePhrase, changeOf, isNone, isRest, type MeasuredRange, measuredOf } from './condition.js';
import { gainOf, HIDES, type Limit, limitOf, lossOf, type PerCase } from './per-case.js';
import { after, type Clause, clauseOf, joined, rawOf, skip, type Token, textOf } from './range.js';
import { type Earned, earnedOf, FORMULA_LEADS, NOTHING, PRO_RATA, pointsAt, UNSCORED } from './result.js';

/** One sentence of a phrase, understood whole. */
export type Sentence = { clause: Clause } & (
  | { kind: 'tier'; measured: MeasuredRange; earned: Earned; level: string }
  | { kind: 'change'; change: ChangePhrase; earned: Earned }
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
  if (tokens.some((t) => t.text === 'trừ')) return conditionalOf(clause, partingsWithLoss(clause, max));
  const defined = definitionOf(clause);
  if (defined) return defined;
  const earned = earnedOf(tokens, max);
  const reckons = earned?.kind === 'rate' || earned?.kind === 'shares';
  const formula: Sentence | null = earned && { clause, kind: 'formula', earned };
  const proRata = earned?.kind === 'pro_rata' && /tỷ lệ|tỉ lệ/iu.test(clause.text);
  if ((reckons || proRata) && after(tokens, 0, FORMULA_LEADS) !== null) return formula;
  return conditionalOf(clause, partings(clause, max)) ?? (reckons ? formula : headingOf(clause));
}

const N = `(${NUMERAL_IN_TEXT})`;
const DROP = new RegExp(
  `^(?:dưới ${N} ?%\\s*[,:]? ?(?:thì )?)?(?:cứ|mỗi|cứ mỗi) (?:(?:giảm|thấp hơn|giảm đi) ${N} ?%|${N} ?% (?:giảm|thấp hơn|giảm đi)),? ?(?:thì )?(?:bị )?trừ ${N}(?: ?điểm| ?đ)?$`,
  'iu',
);

/** `cứ giảm 1% trừ 0,1 điểm`. */
function dropOf(clause: Clause): Sentence | null {
  const match = DROP.exec(clause.text);
  if (!match) return null;
  const [from = null, step, each] = [match[1], match[2] ?? match[3], match[4]].map((n) =>
    n === undefined ? null : clearNumeral(n),
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

const POINT_SIGNS = ways(':|→|thì|thì được|được|sẽ được|thì đạt|chấm|được chấm|thì chấm');

/** The ways to part a clause into a condition and what it earns, in the order in which they are tried. */
function* partings({ tokens, listed }: Clause, max: Fraction): Generator<[Token[], Earned]> {
  const last = tokens.length - 1;
  // `Từ 80% trở lên thì được 1 điểm`, `Ban hành đúng quy định 1 điểm`
  for (let i = 1; i <= last; i++) {
    const sign = after(tokens, i, POINT_SIGNS) ?? equalsPoints(tokens, i, max);
    if (sign === null && !trailingPoints(tokens, i, max, listed)) continue;
    const earned = earnedOf(tokens.slice(sign ?? i), max);
    // It could also mean that it is not judged.
    if (earned?.kind === 'points' && earned.unscored && isNone(tokens.slice(0, i))) return;
    if (earned) yield [tokens.slice(0, i), earned];
  }
  // `0,5 điểm: từ 50% đến dưới 80%`, `1 điểm nếu đạt từ 80% trở lên`
  const lead = skip(tokens, 0, ['đạt', 'được', 'chấm']);
  const first = tokens[lead]?.kind === 'number' ? pointsAt(tokens, lead, max) : null;
  const sign = first?.said ? after(tokens, first.next, [':', 'nếu', 'khi']) : null;
  if (first && sign !== null) yield [tokens.slice(sign), pointsEarned(first.points)];
  // `Đã ban hành (1 điểm)`
  const open = tokens.findIndex((t) => t.text === '(');
  const inside = open < 1 ? null : pointsAt(tokens, open + 1, max);
  if (inside?.said && inside.next === last && tokens[last]!.text === ')')
    yield [tokens.slice(0, open), pointsEarned(inside.points)];
}

/** `ban hành chậm: trừ 50% số điểm`: it keeps the rest. A plain number could be for each case. */
function* partingsWithLoss({ tokens }: Clause, max: Fraction): Generator<[Token[], Earned]> {
  for (let i = 1; i < tokens.length; i++) {
    const start = after(tokens, skip(tokens, i, [':', 'thì']), ['trừ', 'bị trừ']);
    const lost = start === null ? null : pointsAt(tokens, start, max);
    const share = start !== null && after(tokens, start + 1, ['%']) !== null;
    if (lost?.next === tokens.length && share && lost.points.compare(max) <= 0)
      yield [tokens.slice(0, i), pointsEarned(max.sub(lost.points))];
  }
}

const pointsEarned = (points: Fraction): Earned => ({ kind: 'points', points });

/** `Có = 1 điểm`. */
function equalsPoints(tokens: readonly Token[], i: number, max: Fraction): number | null {
  const next = after(tokens, i, ['=', 'đạt']);
  const points = next === null ? null : pointsAt(tokens, next, max);
  if (points?.next !== tokens.length) return null;
  const named = tokens.slice(0, i);
  const measured = measuredOf(named);
  // `Từ 70% đến dưới 90% đạt 0,5`; a number after other words may be one of something else.
  const clear = points.said || /^(?:có|không)$/iu.test(rawOf(named));
  const range = measured !== null && (points.said || !measured.range.exact);
  return range || (clear && named.every((t) => t.kind === 'word')) ? next : null;
}

/** Points at the end without a sign before them, nor, in a list, the unit behind them. */
function trailingPoints(tokens: readonly Token[], i: number, max: Fraction, listed: boolean): boolean {
  if (after(tokens, i, [...NOTHING, ...UNSCORED, ...PRO_RATA]) === tokens.length) return true;
  const formula = after(tokens, i, PRO_RATA);
  if (formula !== null && after(tokens, formula, [':', '=']) !== null) return true;
  const points = pointsAt(tokens, i, max);
  const before = tokens[i - 1];
  return (
    points?.next === tokens.length &&
    before?.kind === 'word' &&
    before.text !== 'x' &&
    (points.said || listed)
  );
}

const OPENINGS = ['nếu', 'khi', 'trường hợp', 'trong trường hợp', 'nếu đạt'];

/** A condition and what it earns; null where the condition is not understood. */
function judged(clause: Clause, tokens: Token[], earned: Earned): Sentence | null {
  const level = textOf(clause.text, tokens);
  const bare = tokens.slice(skip(tokens, 0, OPENINGS));
  if (bare.length === 0) return null;
  if (isRest(bare)) return { clause, kind: 'rest', earned, level };
  if (isNone(tokens) || isNone(bare)) return { clause, kind: 'none', earned, level };
  const change = changeOf(bare);
  if (change) return { clause, kind: 'change', change, earned };
  if (isLevel(tokens, level)) return { clause, kind: 'level', level, earned };
  const measured = measuredOf(bare);
  return measured && { clause, kind: 'tier', measured, earned, level };
}

/** The first way to part a clause of which both sides are understood. */
function conditionalOf(clause: Clause, ways: Iterable<[Token[], Earned]>): Sentence | null {
  for (const [tokens, earned] of ways) {
    const sentence = judged(clause, tokens, earned);
    if (sentence) return sentence;
  }
  return null;
}

// A level is kept in its own words; these would make it a calculation.
const CALCULATES =
  /(?:^|[\s(])(?:mỗi|cứ|từng|trừ|cộng|thưởng|phạt|nhân|chia|công thức|tỷ lệ|tỉ lệ|điểm|tối đa|tối thiểu|không quá|ít nhất|nhiều nhất|trở lên|trở xuống|tương ứng|lần lượt|tùy|tuỳ|theo mức độ|theo đánh giá|gấp|nửa)(?=$|[\s,)])|[%=<>≥≤:;*→]/iu;
// Numbers that belong to a name or a date and measure nothing.
const NAMES_A_NUMBER =
  /(?:trước|sau|chậm nhất|muộn nhất)\s+\d{1,2}\/(?:0?[1-9]|1[0-2])(?:\/\d{4})?(?![\d/])|(?:từ|đến)\s+[0-3]\d\/(?:0[1-9]|1[0-2])(?:\/\d{4})?(?![\d/])|(?:từ\s+)?(?:mức\s+)?(?:khiển trách|cảnh cáo|hoàn thành(?: tốt| xuất sắc)? nhiệm vụ)\s+trở lên|(?:trước|sau|đến|từ|chậm nhất|muộn nhất)?\s*ngày\s+\d{1,2}\/\d{1,2}(?:\/\d{4})?|(?:thuộc|trong)\s+nhóm\s+\d{1,2}\s*%\s+(?:dẫn đầu|cao nhất|đứng đầu|cuối|thấp nhất)|(?:cấp độ|mức độ|cấp|loại|nhóm|quý|tháng)\s+\d{1,2}|năm\s+\d{4}|ISO\s+\d{4,5}(?::\d{4})?/giu;

/** `Loại A (từ 80 điểm trở lên)`: a class, and which it is; the words are kept whole. */
const CLASS =
  /^(?:(?:xếp|đạt|đánh giá|được đánh giá) )?(?:(?:loại|hạng|mức) (?:[A-ZĐ]\d?|đạt)|(?:(?:loại|hạng|mức) )?(?:xuất sắc|giỏi|tốt|khá|trung bình|yếu|kém)) \(([^()]+)\)$/iu;

/** Whether words can stand as a category: they measure and compute nothing. */
function isLevel(tokens: readonly Token[], level: string): boolean {
  const ranged = CLASS.exec(level)?.[1];
  if (ranged !== undefined && measuredOf(clauseOf(ranged).tokens)) return true;
  const text = level.replace(NAMES_A_NUMBER, '·');
  if (tokens.length === 0 || !/\p{L}/u.test(level)) return false;
  return !/[\p{N}]/u.test(text) && !CALCULATES.test(text);
}

/** `Tỷ lệ hồ sơ giải quyết đúng hạn:`, above the lines that score it. */
function headingOf(clause: Clause): Sentence | null {
  const { tokens, text } = clause;
  const last = tokens.at(-1);
  if (last?.text !== ':' || tokens.length < 3) return null;
  const words = tokens.slice(0, -1);
  if (words.some((t, i) => t.kind !== 'word' && !joined(words, i))) return null;
  const said = textOf(text, words);
  return HIDES.test(said) && !/^tỷ lệ|^tỉ lệ/iu.test(said) ? null : { clause, kind: 'heading', words: said };
}

/** `a = Số cuộc họp …`; `a là …, b là …` is two definitions, and a number or a sign makes it a formula. */
const DEFINED = /^([a-wyzđ]) ?(?:=|:|(?<= )là(?= )) ?(.*\p{L}{2}.*)$/iu;
const NOT_MEANT = /[\p{N}=*+<>≥≤%×·]|, ?\S+ ?(?:=|:|là(?!\p{L}))/u;
/** `Tỷ lệ = b/a`, `Tỷ lệ = (Số hồ sơ trực tuyến / Tổng số hồ sơ) x 100%`: in letters, or in words. */
const RATIO =
  /^t[ỷỉ] lệ(?: ?%)? ?(?:=|là(?= )) ?\(?((?:số|tổng)(?: \p{L}+)+|\p{L}) ?\/ ?((?:số|tổng)(?: \p{L}+)+|\p{L})\)?(?: ?[*x×·] ?100 ?%?)?$/iu;

/** What a letter stands for, or what a rate is a rate of. */
function definitionOf(clause: Clause): Sentence | null {
  const text = clause.text.replace(/^(?:trong đó ?:?|gọi|với) /iu, '').trim();
  const [, letter, meaning] = DEFINED.exec(text) ?? [];
  if (letter !== undefined && meaning !== undefined)
    return NOT_MEANT.test(meaning) ? null : { clause, kind: 'define', letter: letter.toLowerCase(), meaning };
  const [, part, whole] = RATIO.exec(text) ?? [];
  if (part === undefined || whole === undefined) return null;
  const inWords = part.length > 1;
  return inWords === whole.length > 1 ? { clause, kind: 'ratio', part, whole, inWords } : null;
}
