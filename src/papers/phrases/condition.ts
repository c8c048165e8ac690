import { ways } from '../../files/office-table.js';
import { ZERO } from '../../values/fraction.js';
import {
  after,
  chainAt,
  isNoun,
  joined,
  NAMES,
  numberAt,
  type Range,
  type Ranged,
  rangeAt,
  rawOf,
  type Token,
  tokensOf,
} from './range.js';

/** What a condition says: a range of something measured, in the words around it. */
export interface MeasuredRange {
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
export function measuredOf(tokens: readonly Token[]): MeasuredRange | null {
  const chain = chainAt(tokens);
  if (chain) return chain.next === tokens.length ? withSubject(chain, [], []) : null;
  const start = tokens.findIndex((_, i) => rangeAt(tokens, i) !== null);
  const ranged = start < 0 ? null : rangeAt(tokens, start);
  if (!ranged) return null;
  const rest = tokens.slice(ranged.next);
  const gloss = quarterly(rest, ranged.range);
  return withSubject(ranged, tokens.slice(0, start), gloss ?? rest);
}

function withSubject(ranged: Ranged, before: readonly Token[], rest: readonly Token[]): MeasuredRange | null {
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

/** A change of what is measured, or of places; how far a target was passed; or how a value stands to last year's. */
export interface ChangePhrase {
  /** Null where it is only compared with last year. */
  verb: 'tăng' | 'giảm' | 'vượt' | null;
  /** How far, in the verb's direction; of a comparison, upwards. */
  range: Range;
  /** Whether it is said how far: `không tăng` does not. */
  amount: boolean;
  /** What it is compared with, in the words that name it. */
  against: string | null;
}

const YEAR = 'năm (?:trước(?: liền kề)?|liền kề(?: trước)?|liền trước)';
/** Last year, as a comparison names it. */
export const LAST_YEAR = new RegExp(`^${YEAR}$`, 'iu');
const TARGET =
  '(?:chỉ tiêu|kế hoạch|dự toán|mục tiêu)(?: (?:giao|được giao|tỉnh giao|được tỉnh giao|đề ra))?';
/** Places of a ranking. */
export const PLACES = ['bậc', 'hạng'];

const COMPARISONS: readonly [Range['bounds'], RegExp][] = (
  [
    [{ above: ZERO }, 'cao hơn|tăng|tốt hơn|tăng lên|tăng hơn'],
    [{ at_least: ZERO, at_most: ZERO }, 'bằng|giữ nguyên|không đổi|không thay đổi'],
    [{ below: ZERO }, 'thấp hơn|giảm|giảm đi|kém hơn'],
    [{ at_most: ZERO }, 'không (?:tăng|cao hơn)|(?:không tăng|giữ nguyên) hoặc giảm'],
    [{ at_most: ZERO }, 'bằng hoặc (?:thấp hơn|giảm)|thấp hơn hoặc bằng'],
    [{ at_least: ZERO }, 'không (?:giảm|thấp hơn)|bằng hoặc cao hơn|cao hơn hoặc bằng'],
  ] as const
).map(([bounds, said]) => [
  bounds,
  new RegExp(`^(?:(?:kết quả|chỉ số|điểm số) )?(?:${said})(?: (?:(?:so )?với )?(${YEAR}))?$`, 'iu'),
]);
const CHANGED = new RegExp(
  `^(?:(?:đạt )?(?:t[ỷỉ] lệ|mức) )?(?:(không) )?(tăng|giảm)(?: (.+?))??(?: hoặc không (tăng|giảm))?(?: so với (${YEAR}|cùng kỳ(?: năm trước)?|năm 20\\d\\d))?$`,
  'iu',
);
const PASSED = new RegExp(`^vượt(?: (${TARGET}))? (.+?)(?: (${TARGET}))?$`, 'iu');

/** A range that is all of a text, with the words in it and behind it. */
function rangeOf(text: string): { range: Range; inside: string; behind: string } | null {
  const tokens = tokensOf(text);
  const ranged = rangeAt(tokens, 0);
  return (
    ranged && { range: ranged.range, inside: rawOf(ranged.inside), behind: rawOf(tokens.slice(ranged.next)) }
  );
}

/** A range without its lower end is above 0: `tăng dưới 5%` did grow. */
const grown = (range: Range): Range =>
  range.bounds.at_least || range.bounds.above
    ? range
    : { ...range, bounds: { above: ZERO, ...range.bounds } };

/** `tăng từ 5% trở lên so với năm trước`, `tăng dưới 5%`, `không tăng`, `vượt chỉ tiêu dưới 5%`, `thấp hơn năm trước`. */
export function changeOf(tokens: readonly Token[]): ChangePhrase | null {
  const text = rawOf(tokens);
  return passedIn(text) ?? changedIn(text) ?? comparedIn(text);
}

/** `vượt chỉ tiêu từ 5% trở lên`, `vượt dưới 10% kế hoạch`. */
function passedIn(text: string): ChangePhrase | null {
  const [, before = '', amount = '', behind = ''] = PASSED.exec(text) ?? [];
  const ranged = rangeOf(amount);
  const [target = null, ...more] = [before, ranged?.inside, behind].filter((words) => words);
  if (!ranged?.range.percent || ranged.range.exact || ranged.behind !== '' || more.length > 0) return null;
  if (target && !new RegExp(`^${TARGET}$`, 'iu').test(target)) return null;
  return { verb: 'vượt', range: grown(ranged.range), amount: true, against: target };
}

function changedIn(text: string): ChangePhrase | null {
  const [, not, said, amount, either, against = null] = CHANGED.exec(text) ?? [];
  if (said === undefined) return null;
  const verb = said.toLowerCase() as 'tăng' | 'giảm';
  if (amount === undefined) {
    const range = { bounds: { at_most: ZERO }, percent: true, exact: false };
    return not && !either ? { verb, range, amount: false, against } : null;
  }
  const { range, inside, behind } = rangeOf(amount) ?? {};
  if (!range || not) return null;
  const unit = `${inside}${behind}`;
  if (range.percent ? unit !== '' || range.exact : !PLACES.includes(unit.toLowerCase())) return null;
  // `tăng dưới 5% hoặc không tăng` may not have grown.
  const open = grown(range);
  if (either && (open === range || either.toLowerCase() !== verb)) return null;
  return { verb, range: either ? range : open, amount: true, against };
}

/** `cao hơn so với năm trước`, `bằng năm trước`, `thấp hơn`. */
function comparedIn(text: string): ChangePhrase | null {
  for (const [bounds, said] of COMPARISONS) {
    const match = said.exec(text);
    if (!match) continue;
    return {
      verb: null,
      range: { bounds, percent: false, exact: false },
      amount: false,
      against: match[1] ?? null,
    };
  }
  return null;
}

const MET = new RegExp(`^(không |chưa )?(đạt|hoàn thành|bằng|vượt)(?: (${TARGET}))?$`, 'iu');

/** `đạt chỉ tiêu`, `không hoàn thành`, beside sentences of how far it was passed; null for other words. */
export function metOf(level: string): { against: string | null; bounds: Range['bounds'] } | null {
  const [, not, verb, against = null] = MET.exec(level) ?? [];
  if (verb === undefined) return null;
  if (/vượt/iu.test(verb)) return not ? { against, bounds: { at_most: ZERO } } : null;
  if (not) return { against, bounds: { below: ZERO } };
  return { against, bounds: { at_least: ZERO, ...(/bằng/iu.test(verb) && { at_most: ZERO }) } };
}
