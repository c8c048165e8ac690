import { type Fraction, ZERO } from '../../exact/fraction.js';
import { ways } from '../../files/office-table.js';
import {
  after,
  chainAt,
  type End,
  isNoun,
  joined,
  NAMES,
  numberAt,
  type Range,
  type Ranged,
  rangeAt,
  rawOf,
  skip,
  type Token,
} from './range.js';

/** What a condition says: a range of something measured, in the words around it. */
export interface Measured {
  range: Range;
  /** The words before and after the range, without those that carry nothing. */
  subject: string[];
}

const CARRIES_TOGETHER =
  /(?<!\p{L})(?:đồng thời|đối với|so với|tương ứng|lần lượt|xấp xỉ|kể cả|kể từ|bao gồm|quy đổi|quy ra|bình quân|trung bình|liên tiếp|trong đó|trong vòng|trong thời hạn|trong thời gian|luỹ kế|lũy kế)(?!\p{L})/iu;
// … save in these, which are one thing.
const ONE_THING = [
  ...ways('cắt giảm|so với kế hoạch|tổng số|trên địa bàn|thủ tục hành chính|cùng kỳ'),
  'hoàn thành tốt nhiệm vụ trở lên',
  ...NAMES,
];

/** Words that say only that something is measured. */
const EMPTY = new Set(['đạt', 'có', 'tỷ', 'lệ', 'này', 'là', 'mức', 'được', 'thì', 'nếu', 'số']);

const AMOUNTS = new Set('ngày tuần tháng quý năm giờ phút điểm đồng nghìn triệu tỷ km ha m'.split(' '));

/** `Thời gian giải quyết trung bình`: a mean that is what is measured. */
export const MEAN_TIME = /^thời gian (?:\p{L}+ ){0,4}?(?:trung bình|bình quân)(?!\p{L})/iu;

/** Words that name what is measured, or null when one of them says more than that. */
function subjectOf(tokens: readonly Token[], ofNumber: boolean): string[] | null {
  if (
    CARRIES_TOGETHER.test(
      rawOf(tokens)
        .replace(/so với kế hoạch/giu, '')
        .replace(MEAN_TIME, ''),
    )
  )
    return null;
  const words: string[] = [];
  for (let i = 0; i < tokens.length; ) {
    const whole = after(tokens, i, ONE_THING);
    if (whole !== null) {
      for (const t of tokens.slice(i, whole)) words.push(t.raw);
      i = whole;
      continue;
    }
    const t = tokens[i]!;
    const unit = t.text === 'điểm' && i === 0 && ofNumber;
    if (!joined(tokens, i) && !unit && !isNoun(t)) return null;
    words.push(t.raw);
    i += 1;
  }
  return words;
}

/** What a condition measures and between which values; null when anything in it is not understood. */
export function measuredOf(tokens: readonly Token[]): Measured | null {
  const chain = chainAt(tokens);
  if (chain) return chain.next === tokens.length ? withSubject(chain, [], []) : null;
  const start = tokens.findIndex((_, i) => rangeAt(tokens, i) !== null);
  const ranged = start < 0 ? null : rangeAt(tokens, start);
  if (!ranged) return null;
  const rest = tokens.slice(ranged.next);
  const gloss = quarterly(rest, ranged.range);
  return withSubject(ranged, tokens.slice(0, start), gloss ?? rest);
}

function withSubject(ranged: Ranged, before: readonly Token[], rest: readonly Token[]): Measured | null {
  // `từ 4 ngày đến 7 ngày` says it twice.
  const inside = rawOf(ranged.inside) === rawOf(rest) ? [] : ranged.inside;
  const parts = [subjectOf(before, false), subjectOf(inside, true), subjectOf(rest, true)];
  if (parts.some((p) => p === null)) return null;
  // `Top 10` is not ten of anything.
  const alone = before.length === 0 && ranged.inside.length === 0 && rest.length === 0;
  const named = rawOf(before);
  const place = /(?:^|\s)(?:hạng|(?:xếp|hạng|đứng|vị trí) thứ)$/iu.test(named) && rest.length === 0;
  if (ranged.range.exact && !ranged.range.percent && !alone && !place && rest[0]?.kind !== 'word')
    return null;
  // `80 điểm`, `sớm 5 ngày`: whether more or less is meant too is not said; only days late are counted one by one.
  const next = rest[0]?.text ?? '';
  const amount = AMOUNTS.has(next) && !/chậm|muộn|trễ|quá hạn/iu.test(named);
  if (ranged.range.exact && !ranged.range.percent && amount) return null;
  // `từ 80% trở lên có …` may be a second condition.
  const bareRange = ranged.range.percent && ranged.inside.length === 0;
  if (bareRange && ['có', 'đã', 'được', 'bị'].includes(next)) return null;
  // `từ 80% trở lên không có …` is one.
  if (rest.some((t) => ['không', 'chưa'].includes(t.text))) return null;
  return { range: ranged.range, subject: parts.flatMap((p) => p ?? []) };
}

/** `4 lần/năm (trung bình mỗi quý 1 lần)`: the words without the remark, when its arithmetic holds. */
function quarterly(rest: readonly Token[], range: Range): Token[] | null {
  const open = rest.findIndex((t) => t.text === '(');
  if (open < 0) return null;
  const said = after(rest, open + 1, ['trung bình mỗi quý', 'mỗi quý']);
  const number = said === null ? null : numberAt(rest, said);
  const last = rest.length - 1;
  if (!number || number.percent || number.bare || !range.exact) return null;
  const unit = rest.slice(number.next, last);
  const whole =
    after(rest, last, [')']) === rest.length && unit.every((t) => t.kind === 'word') && unit.length <= 1;
  const yearly = number.value.mul(4);
  return whole && range.bounds.at_least?.equals(yearly) ? rest.slice(0, open) : null;
}

/** The words of a subject that say what is measured, in lower case. */
export const bare = (subject: readonly string[]) =>
  subject.map((w) => w.toLowerCase()).filter((w) => !EMPTY.has(w));

/** What is measured, from the words around a range; null where they only say that something is. */
export function indicatorOf(subject: readonly string[]): string | null {
  if (bare(subject).length === 0) return null;
  const words = subject.join(' ').replace(/ ([,/]) ?/g, (_, sign) => (sign === ',' ? ', ' : '/'));
  if (MEAN_TIME.test(words)) return words.replace(/ (ngày(?: làm việc)?|giờ|phút)$/iu, ' ($1)');
  return words.replace(/^(?:có|đạt)(?: |$)/iu, '') || null;
}

/** The first of several subjects, when the others are parts of it; null when they are not the same thing. */
export function sameSubject(subjects: readonly (readonly string[])[]): string[] | null {
  // Later sentences leave words out; they add none.
  const [fullest = []] = subjects;
  const whole = bare(fullest);
  const fits = subjects.every((s) => {
    const part = bare(s);
    if (part.length === 0) return true;
    for (let i = 0; i + part.length <= whole.length; i++) {
      // `đúng hạn` is not a part of `không đúng hạn`.
      if (i > 0 && ['không', 'chưa'].includes(whole[i - 1]!)) continue;
      if (part.every((w, k) => w === whole[i + k])) return true;
    }
    return false;
  });
  return fits ? [...fullest] : null;
}

const REST = ways('|các đơn vị|trường hợp|các trường hợp', 'còn lại|khác');

/** Whether a condition is all that the others leave. */
export const isRest = (tokens: readonly Token[]): boolean => after(tokens, 0, REST) === tokens.length;

/** What may have come or not, for a rate to have something to count. */
export const THINGS =
  'hồ sơ(?: thủ tục hành chính| tthc)?|tthc|thủ tục hành chính|(?:phản ánh ?, )?kiến nghị|vấn đề|văn bản|nhiệm vụ|đơn vị|nội dung';

/** `không phát sinh TTHC`, `trường hợp không có hồ sơ`: nothing that could be measured came. */
const NONE = new RegExp(
  `^(?:nếu |trường hợp )?(?:trong năm )?không (?:phát sinh|có(?: phát sinh)?)(?: (?:${THINGS}))?(?: phát sinh| nào)?$`,
  'iu',
);
export const isNone = (tokens: readonly Token[]): boolean => NONE.test(rawOf(tokens));

const LAST_YEAR = ['năm trước', 'năm trước liền kề', 'năm liền kề', 'năm liền kề trước', 'năm liền trước'];

/** A comparison with the unit's last year. */
export interface Compared {
  bounds: Partial<Record<End, Fraction>>;
  /** Whether last year is named, or only meant by the sentences around. */
  named: boolean;
}

const NOT_ABOVE =
  'không tăng|không cao hơn|bằng hoặc thấp hơn|thấp hơn hoặc bằng|không tăng hoặc giảm|bằng hoặc giảm|giữ nguyên hoặc giảm';
const ALONE: [End[], string[]][] = [
  [['above'], ways('cao hơn|tăng|tốt hơn|tăng lên|tăng hơn')],
  [['at_least', 'at_most'], ways('bằng|giữ nguyên|không đổi|không thay đổi')],
  [['below'], ways('thấp hơn|giảm|giảm đi|kém hơn')],
  [['at_most'], ways(NOT_ABOVE)],
  [['at_least'], ways('không giảm|không thấp hơn|bằng hoặc cao hơn|cao hơn hoặc bằng')],
];

/** `cao hơn so với năm trước`, `bằng năm trước`, `thấp hơn`; null for anything else. */
export function comparedOf(tokens: readonly Token[]): Compared | null {
  const start = skip(tokens, 0, ['kết quả', 'chỉ số', 'điểm số']);
  for (const [ends, said] of ALONE) {
    const next = after(tokens, start, said);
    if (next === null) continue;
    const year = after(tokens, skip(tokens, next, ['so với', 'với']), LAST_YEAR);
    if ((year ?? next) !== tokens.length) continue;
    return { bounds: Object.fromEntries(ends.map((e) => [e, ZERO])), named: year !== null };
  }
  return null;
}

/** Places of a ranking. */
export const PLACES = ['bậc', 'hạng'];

/**
 * A change of what is measured (`tăng từ 5% trở lên so với năm trước`), or of places, with what it is compared with; or how
 * far a target was passed (`vượt chỉ tiêu từ 5% trở lên`).
 */
export interface Grown {
  verb: 'tăng' | 'giảm' | 'vượt';
  range: Range;
  /** `không tăng`, said without a number. */
  none: boolean;
  against: string | null;
}

/** `năm 2021`. */
function yearAt(tokens: readonly Token[], i: number): number | null {
  const year = tokens[i + 1]?.raw ?? '';
  return after(tokens, i, ['năm']) !== null && /^20\d\d$/.test(year) ? i + 2 : null;
}

const TARGET = ways('chỉ tiêu|kế hoạch|dự toán|mục tiêu', '|giao|được giao|tỉnh giao|được tỉnh giao|đề ra');

/** `vượt chỉ tiêu từ 5% trở lên`, `vượt dưới 10% kế hoạch`. */
function exceededOf(tokens: readonly Token[]): Grown | null {
  const start = after(tokens, 0, ['vượt']);
  if (start === null) return null;
  const before = skip(tokens, start, TARGET);
  const ranged = rangeAt(tokens, before);
  if (!ranged?.range.percent || ranged.range.exact) return null;
  const end = skip(tokens, ranged.next, TARGET);
  const said = [tokens.slice(start, before), ranged.inside, tokens.slice(ranged.next, end)].filter(
    (t) => t.length > 0,
  );
  const [target = []] = said;
  if (end !== tokens.length || said.length > 1 || skip(target, 0, TARGET) !== target.length) return null;
  const { bounds } = ranged.range;
  const open = !bounds.at_least && !bounds.above;
  return {
    verb: 'vượt',
    range: { ...ranged.range, bounds: open ? { above: ZERO, ...bounds } : bounds },
    none: false,
    against: rawOf(target) || null,
  };
}

/** `đạt chỉ tiêu`, `không hoàn thành`, beside sentences of how far it was passed; null for other words. */
export function metOf(level: string): { target: string; bounds: Range['bounds'] } | null {
  const match = /^(không |chưa )?(đạt|hoàn thành|bằng|vượt)(?: (.+))?$/iu.exec(level);
  const [, not, verb, target = ''] = match ?? [];
  if (!match || (target !== '' && !TARGET.includes(target.toLowerCase()))) return null;
  if (/vượt/iu.test(verb!)) return not ? { target, bounds: { at_most: ZERO } } : null;
  if (not) return { target, bounds: { below: ZERO } };
  return { target, bounds: /bằng/iu.test(verb!) ? { at_least: ZERO, at_most: ZERO } : { at_least: ZERO } };
}

/** `tăng từ 5% trở lên so với năm trước`, `tăng dưới 5%`, `không tăng`, `vượt chỉ tiêu dưới 5%`. */
export function grownOf(tokens: readonly Token[]): Grown | null {
  const exceeded = exceededOf(tokens);
  if (exceeded) return exceeded;
  const lead = skip(tokens, 0, ['tỷ lệ', 'đạt tỷ lệ', 'mức', 'đạt mức']);
  const none = after(tokens, lead, ['không tăng', 'không giảm']);
  const start = none ?? after(tokens, lead, ['tăng', 'giảm']);
  if (start === null) return null;
  const up = tokens[start - 1]!.text === 'tăng';
  let range: Range;
  let next = start;
  if (none === null) {
    const ranged = rangeAt(tokens, start);
    if (!ranged) return null;
    range = ranged.range;
    const places = after(ranged.inside, 0, PLACES) === ranged.inside.length;
    next = ranged.inside.length > 0 || range.percent ? ranged.next : skip(tokens, ranged.next, PLACES);
    if (range.percent ? ranged.inside.length > 0 || range.exact : !places && next === ranged.next)
      return null;
    // `tăng dưới 5%` did grow; `tăng dưới 5% hoặc không tăng` may not have.
    const only = Object.keys(range.bounds);
    const either = after(tokens, next, [up ? 'hoặc không tăng' : 'hoặc không giảm']);
    const under = only.length === 1 && (only[0] === 'below' || only[0] === 'at_most');
    if (either !== null && !under) return null;
    if (under && either === null) range = { ...range, bounds: { above: ZERO, ...range.bounds } };
    next = either ?? next;
  } else range = { bounds: { at_most: ZERO }, percent: true, exact: false };
  const against = after(tokens, next, ['so với']);
  const year =
    against === null
      ? null
      : (after(tokens, against, [...LAST_YEAR, 'cùng kỳ', 'cùng kỳ năm trước']) ?? yearAt(tokens, against));
  if ((year ?? next) !== tokens.length) return null;
  const words = year === null ? null : rawOf(tokens.slice(against!, year));
  return { verb: up ? 'tăng' : 'giảm', range, none: none !== null, against: words };
}
