import { Fraction, HUNDRED, ZERO } from '../../exact/fraction.js';
import { allWithoutFault } from './cases.js';
import { THINGS } from './condition.js';
import { clausesOf, type Token } from './tokens.js';

// What the grammar itself is made of: such words are in the rule as its form, not as its words.
const FORM = new Set(
  (
    'từ đến tới dưới trên trở lên xuống đạt được điểm đ tối đa chuẩn tính theo công thức tỷ lệ thì là nếu khi có số tổng ' +
    'trường hợp còn lại các khác đánh giá chấm cho bằng này mức x không_quá nhiều nhất ít thiểu mỗi cứ trừ bị sẽ cộng ' +
    'nửa một hoàn thành thực tế % đơn vị nhưng hơn lớn nhỏ cao thấp vượt quá của so với hết khi tiêu chí nào thưởng thêm gọi đi thứ'
  ).split(' '),
);
// Comparisons that begin with a negation or a joining word.
const COMPARES =
  /(?<!\p{L})(?:trong (?:vòng|thời hạn|thời gian)(?= \d)|không (?:tính|có|chấm|bị|trừ|để) điểm âm|với điểm tối đa|không (?:quá|dưới|trừ quá|vượt quá|ít hơn|thấp hơn|cao hơn|hơn|có điểm|được điểm|điểm|chấm điểm|tính điểm|được chấm điểm|được tính điểm|đạt(?= \d))|chưa (?:đạt|đến|tới)|theo tỷ lệ tương ứng|trong đó:?(?= [a-zđ] ?[=:]| [a-zđ] là)|và(?: (?:dưới|nhỏ hơn)| ?(?=[<≤]))|lớn hơn hoặc bằng|nhỏ hơn hoặc bằng|không (?:xem xét )?đánh giá|không áp dụng|không xét|đối với mỗi)(?!\p{L})/giu;
const QUARTERLY = /\((?:trung bình )?mỗi quý \d+ \p{L}*\)/giu;
// What a sentence of full points promises: `kept` has held it against the faults that follow.
const PROMISE =
  /(?<!\p{L})(?:đúng thời gian quy định|đúng thời gian|đúng thời hạn|đúng hạn|kịp thời|đầy đủ|đủ số lượng|đủ|đúng quy định|đạt yêu cầu|đảm bảo|chất lượng)(?!\p{L})/giu;

// `Không có hồ sơ trễ hạn` before what each costs, and `/lần` after it: the sentences were held against each other.
const NONE_OF = /(?:^|[;\n])\s*(?:nếu )?(?:không (?:có|để xảy ra)|có|còn|để xảy ra)(?!\p{L})/giu;
// `100% hồ sơ giải quyết đúng hạn` before what each costs: all of them, without the fault.
const ALL_OF = /(?:^|[;\n])[^;\n:]*?100 ?%[^;\n:]*(?=:)/gu;
const PER_CASE = /\/\s*(?:lần|trường hợp|vụ|lỗi)(?!\p{L})/giu;

// Nothing to count: the rule has it as `when_none`.
const NONE = new RegExp(
  `(?<!\\p{L})(?:trường hợp |nếu )?(?:trong năm )?không (?:có )?(?:phát sinh )?(?:${[...THINGS].sort((a, b) => b.length - a.length).join('|')})(?: phát sinh)?(?=\\s*(?:thì|được|:|không))`,
  'giu',
);
const LAST_YEAR = /(?<!\p{L})năm (?:trước liền kề|liền kề trước|liền kề|liền trước)(?!\p{L})/giu;

// How a value stands to last year's: the rule has it as a bound.
const CHANGES =
  /(?<!\p{L})(?:không tăng|không giảm|không đổi|không thay đổi|giữ nguyên|tăng lên|tăng|giảm đi|giảm|tốt hơn|kém hơn|hoặc (?:bằng|giảm)|bằng hoặc)(?!\p{L})/giu;

const clean = (text: string) => text.normalize('NFC').replace(/[^\S\n]+/g, ' ');

function numbersOf(text: string): Fraction[][] {
  const tokens = clausesOf(clean(text).replace(QUARTERLY, '')).flatMap((c): Token[] => c.tokens);
  return tokens.flatMap((t) =>
    t.kind === 'number' ? [[t.plain, t.thousands].filter((v): v is Fraction => v !== null)] : [],
  );
}

const wordsOf = (text: string): string[] =>
  (
    clean(text)
      .toLowerCase()
      .replaceAll('tỉ lệ', 'tỷ lệ')
      .match(/\p{L}[\p{L}\p{M}\d]*/gu) ?? []
  ).filter((w) => w.length > 0);

/**
 * Whether a rule, said back with what it measures, has every number and every word of the phrase, and no number that is
 * not in the phrase but the maximum (which the phrase may name), 0, 1 for 'each' and 100 for the whole of a percent.
 */
export function agrees(phrase: string, said: string, max: Fraction): boolean {
  const told = withoutPromise(phrase);
  const [there, here] = [numbersOf(told), numbersOf(said)];
  if (/(?![0-9])\p{N}/u.test(phrase) || there.some((n) => n.length === 0)) return false;
  const usual = [max, ZERO, new Fraction(1), HUNDRED];
  const has = (list: Fraction[][], values: Fraction[]) =>
    list.some((l) => l.some((v) => values.some((w) => v.equals(w))));
  // A share of the maximum is said back as points.
  const shares = there.flatMap((n) => n.map((v) => [v.mul(max).div(100), max.sub(v.mul(max).div(100))]));
  const ofMax = (v: Fraction) => [v.mul(max).div(100), max.sub(v.mul(max).div(100))];
  const every = there.every(
    (n) => has(here, n) || n.some((v) => v.equals(max)) || has(here, n.flatMap(ofMax)) || isHalf(phrase, n),
  );
  const noMore = here.every(
    (n) =>
      has(there, n) ||
      n.some((v) => usual.some((u) => u.equals(v))) ||
      has(shares, n) ||
      partOf(phrase, n, max),
  );
  return every && noMore && keepsWords(told, said);
}

/** A phrase without the sentence of full points that what each case costs was held against. */
const withoutPromise = (phrase: string): string =>
  IS_PENALTY.test(phrase)
    ? clean(phrase).replace(ALL_OF, (whole) => {
        const faults = clean(phrase).replace(whole, ' ').toLowerCase();
        return allWithoutFault(whole.replace(/^[;\n]\s*/u, '').trim(), faults) ? ';' : whole;
      })
    : phrase;

const IS_PENALTY = /(?<!\p{L})trừ(?!\p{L})/iu;
const FRACTION = /(\d+)\s*\/\s*(\d+)\s*(?:[x×*]|của)?\s*(?:số điểm|điểm|tối đa)/giu;
const isHalf = (phrase: string, values: Fraction[]): boolean =>
  [...phrase.matchAll(FRACTION)].some(([, a, b]) =>
    values.some((v) => v.equals(Number(a)) || v.equals(Number(b))),
  );
const partOf = (phrase: string, values: Fraction[], max: Fraction): boolean =>
  (/nửa/iu.test(phrase) && values.some((v) => v.equals(max.div(2)))) ||
  [...phrase.matchAll(FRACTION)].some(
    ([, a, b]) => Number(b) > 0 && values.some((v) => v.equals(max.mul(Number(a)).div(Number(b)))),
  );

function keepsWords(phrase: string, said: string): boolean {
  const penalty = IS_PENALTY.test(phrase);
  let text = clean(phrase).replace(QUARTERLY, ' ').replace(COMPARES, ' ').replace(LAST_YEAR, 'năm trước');
  if (said.includes('không phát sinh')) text = text.replace(NONE, ' ');
  if (/; Số ngày \p{L}/u.test(said))
    text = text.replace(PROMISE, ' ').replace(/ hoặc (?=không |chưa )/giu, ' ');
  if (penalty)
    text = text
      .replace(PROMISE, ' ')
      .replace(/(?<!\p{L})và(?!\p{L})/giu, ' ')
      .replace(NONE_OF, ' ')
      .replace(PER_CASE, '/ ');
  if (/thiếu .* trong số \d/iu.test(said)) text = text.replace(/(?<!\p{L})đủ(?!\p{L})/giu, ' ');
  if (/(?<!\d)0%/u.test(said)) text = text.replace(NONE_OF, ' ');
  if (said.includes(' năm trước: ')) text = text.replace(CHANGES, ' ');
  const kept = new Set(wordsOf(said));
  const counts = clausesOf(text)
    .map((c) => c.text)
    .join(' ; ');
  return wordsOf(counts).every((w) => FORM.has(w) || kept.has(w) || /^[a-zđ]$/u.test(w));
}
