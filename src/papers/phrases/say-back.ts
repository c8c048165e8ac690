import { Fraction, HUNDRED, ZERO } from '../../values/fraction.js';
import { allWithoutFault } from './cases.js';
import { MEAN_TIME, THINGS } from './condition.js';
import { clausesOf, type Token } from './range.js';
import type { ReadRule, RuleData } from './tiers.js';

const numeral = (value: unknown): string => String(value).replace('.', ',');

/** `1,5 điểm`, or `điểm tối đa`. */
const points = (value: unknown): string => (value === 'max' ? 'điểm tối đa' : `${numeral(value)} điểm`);

type Bounds = { at_least?: number; above?: number; at_most?: number; below?: number };
type TierData = Bounds & { points: unknown };

function rangeText({ at_least, above, at_most, below }: Bounds, unit: string): string {
  const n = (value: number) => `${numeral(value)}${unit}`;
  const low = at_least ?? above;
  const high = at_most ?? below;
  if (low !== undefined && high !== undefined) {
    if (at_least !== undefined && at_least === at_most) return n(at_least);
    const first = unit === '%' ? n(low) : numeral(low);
    return `${above === undefined ? 'từ' : 'trên'} ${first} đến ${below === undefined ? '' : 'dưới '}${n(high)}`;
  }
  if (at_least !== undefined) return `từ ${n(at_least)} trở lên`;
  if (above !== undefined) return `trên ${n(above)}`;
  if (at_most === 0) return unit === '%' ? '0%' : 'không có';
  return at_most === undefined ? `dưới ${n(below!)}` : `từ ${n(at_most)} trở xuống`;
}

function earnedText(given: unknown): string {
  const line = given as { rate?: number; of?: number };
  return typeof given === 'object' && given !== null
    ? `tính theo công thức (Tỷ lệ x ${numeral(line.rate)})/${numeral(line.of)}`
    : points(given);
}

/** What all other values earn; a count that has an end leaves none. */
const rest = (rule: RuleData): string[] =>
  rule.kind === 'count' && Object.values(rule.range ?? {}).some((end) => end !== 'none')
    ? []
    : [`còn lại: ${points(rule.otherwise)}`];

function changeText(bounds: Bounds, verb: string, unit: string): string {
  if (bounds.at_most === 0 && bounds.at_least === undefined && bounds.above === undefined)
    return `không ${verb}`;
  if (bounds.at_least === 0 && bounds.at_most === 0) return 'giữ nguyên';
  if (bounds.below === 0) return verb === 'tăng' ? 'giảm' : 'tăng';
  const { above, ...upper } = bounds;
  const grown: Bounds =
    above === 0 && (upper.below !== undefined || upper.at_most !== undefined) ? upper : bounds;
  const high = grown.at_most !== undefined && grown.at_least === undefined && grown.above === undefined;
  const open = above === undefined && bounds.at_least === undefined;
  return `${verb} ${high ? `không quá ${numeral(grown.at_most)}${unit}` : rangeText(grown, unit)}${open ? ` hoặc không ${verb}` : ''}`;
}

function beyondText(bounds: Bounds, target: string): string {
  if (bounds.below === 0) return `không đạt ${target}`;
  if (bounds.at_most === 0 && bounds.at_least === undefined) return `không vượt ${target}`;
  if (bounds.at_least === 0) return `đạt ${target}`;
  const { above, ...upper } = bounds;
  return `vượt ${target} ${rangeText(above === 0 && Object.keys(upper).length > 0 ? upper : bounds, '%')}`;
}

const COMPARED: Record<string, string> = {
  above: 'cao hơn',
  'at_least at_most': 'bằng',
  below: 'thấp hơn',
  at_most: 'không cao hơn',
  at_least: 'không thấp hơn',
};

function stepsText(rule: RuleData, indicator: string | null): string[] {
  const tiers = rule.tiers as TierData[];
  if (rule.quantity === 'date') return daysText(rule, tiers, indicator);
  const beyond = /^Mức vượt (.+) \(%\)$/u.exec(indicator ?? '')?.[1];
  if (beyond && rule.range) return tiers.map((t) => `${beyondText(t, beyond)}: ${points(t.points)}`);
  const change = /^(?:Mức|Số bậc) (tăng|giảm)(?: \(%\))?(?: so với (.+))?$/u.exec(indicator ?? '');
  if (change && rule.range) {
    const against = change[2] ? ` so với ${change[2]}` : '';
    const unit = rule.kind === 'count' ? ' bậc' : '%';
    return tiers.map((t) => `${changeText(t, change[1]!, unit)}${against}: ${points(t.points)}`);
  }
  if (rule.against === 'last_year') {
    const name = (t: TierData) =>
      COMPARED[['at_least', 'above', 'at_most', 'below'].filter((k) => k in t).join(' ')];
    return tiers.map((t) => `${name(t)} năm trước: ${points(t.points)}`);
  }
  const measure = /(?:triệu đồng|tỷ đồng|nghìn đồng|đồng|điểm|giờ|phút|km|ha|m)$/iu.exec(
    indicator ?? '',
  )?.[0];
  const unit = rule.quantity === 'percent' ? '%' : measure && rule.quantity === 'number' ? ` ${measure}` : '';
  const days = /^Số ngày (làm việc )?((.*?)\s?(?:chậm|muộn|trễ|quá hạn|trễ hạn))$/u.exec(indicator ?? '');
  if (days) {
    const [first, ...late] = tiers;
    const counted = ` ngày ${days[1] ?? ''}`.trimEnd();
    return [
      `${days[3]} đúng hạn: ${points(first!.points)}`.trim(),
      ...late.map((t) => `${days[2]} ${rangeText(t, counted)}: ${points(t.points)}`),
    ];
  }
  const least = (rule.range as { min?: number } | undefined)?.min;
  const mean = MEAN_TIME.test(indicator ?? '') ? /^([^(]+?)(?: \((.+)\))?$/u.exec(indicator!) : null;
  const before = mean ? `${mean[1]} ` : least === undefined || least === 0 ? '' : `${indicator ?? ''} `;
  const measured = mean?.[2] ? ` ${mean[2]}` : unit;
  return tiers.map((t) => `${before}${rangeText(t, measured)}: ${earnedText(t.points)}`);
}

/** `từ 95% trở lên: điểm tối đa; cứ giảm 1% trừ 0,1 điểm`, of the tiers that it makes. */
function dropText({ tiers: all, otherwise }: RuleData, step: number, max: number): string[] {
  const tiers = all as TierData[];
  const steps = tiers.flatMap((t) => (t.above === undefined ? [] : [t.above]));
  const exact = (value: number) => Number(value.toFixed(6));
  const each = exact(max - Number(tiers[1]!.points));
  const [first, last, floor] = [steps[0]!, steps.at(-1)!, tiers.at(-1)!.at_least];
  const lost = exact(max - Number(otherwise));
  // Below the last step there is nothing more to lose, or there are no values.
  const ends = floor !== undefined || Number(otherwise) <= 0 || last - step < 0;
  return [
    `từ ${numeral(exact(first + step))}% trở lên: điểm tối đa`,
    `cứ giảm ${numeral(step)}% trừ ${points(each)}`,
    ...(floor === undefined ? [] : [`dưới ${numeral(floor)}%: ${points(otherwise)}`]),
    ...(ends ? [] : [`trừ tối đa ${points(lost)}`]),
  ];
}

function daysText(rule: RuleData, [first, ...late]: TierData[], indicator: string | null): string[] {
  const due = `${indicator ? `${indicator} ` : ''}trước ngày ${rule.due}${rule.year === 'next' ? ' năm sau' : ''}`;
  return [
    `${due}: ${points(first!.points)}`,
    ...late.map((t) => `chậm ${rangeText(t, ' ngày')}: ${points(t.points)}`),
  ];
}

function proportionalText(rule: RuleData): string[] {
  const unit = rule.quantity === 'percent' ? '%' : '';
  const target = `${numeral(rule.target)}${unit}`;
  if (unit === '') return [`từ ${target} trở lên: điểm tối đa`, `dưới ${target}: tính theo tỷ lệ`];
  const formula = `Tỷ lệ/${target} * Điểm tối đa`;
  if (rule.floor === undefined) return [`Điểm = ${formula}`];
  const floor = `${numeral(rule.floor)}%`;
  return [
    ...(rule.target === 100 ? [] : [`từ ${target} trở lên: điểm tối đa`]),
    `từ ${floor} đến dưới ${target}: tính theo công thức ${formula}`,
    `dưới ${floor}: ${points(rule.below_floor ?? 0)}`,
  ];
}

function penaltyText(rule: RuleData, cases: string): string[] {
  const each = rule.per === undefined ? `mỗi 1 ${cases}` : `cứ ${numeral(rule.per)} ${cases}`;
  const floor =
    rule.start === undefined && rule.floor !== undefined ? [`thấp nhất ${points(rule.floor)}`] : [];
  const most = rule.most === undefined ? [] : [`trừ tối đa ${points(rule.most)}`];
  const all = (rule.range as { max?: number } | undefined)?.max;
  const enough = all === undefined ? [] : [`đủ ${all} ${cases.replace(/^thiếu /iu, '')}: điểm tối đa`];
  return [...enough, `${each} trừ ${points(rule.per_case)}`, ...most, ...floor];
}

function sharesText(rule: RuleData, max: number): string[] {
  const parts = rule.parts as { key: string; name: string; weight: number }[];
  const total = String(rule.total);
  const free = ['a', 'b', 'c', 'd', 'e', 'g', 'h'].find((l) => !parts.some((p) => p.key === l))!;
  const letter = total.length === 1 ? total : free;
  const defined =
    total.length === 1 ? [] : [`${letter} = ${total}`, ...parts.map((p) => `${p.key} = ${p.name}`)];
  const terms = parts.map((p) => `(${p.key}/${letter})*${numeral(Number((p.weight * max).toFixed(6)))}`);
  return [...defined, `Điểm = ${terms.join(' + ')}`];
}

/** Shares of several totals, with letters of their own where words name them. */
function severalText(parts: readonly Part[]): string[] {
  const letters = [...'abcdeghiklmnopqrstuvy'];
  const shares = parts.map(({ name, max }, i) => {
    const [part, whole] = name.split(' / ') as [string, string];
    const bare = part.length === 1 && whole.length === 1;
    const [p, w] = bare ? [part, whole] : [letters[2 * i], letters[2 * i + 1]];
    return {
      term: `(${p}/${w})*${numeral(max)}`,
      defined: bare ? [] : [`${p} = ${part}`, `${w} = ${whole}`],
    };
  });
  return [...shares.flatMap((s) => s.defined), `Điểm = ${shares.map((s) => s.term).join(' + ')}`];
}

interface Part {
  name: string;
  max?: number;
  rule: RuleData;
}

function sentencesOf(rule: RuleData, indicator: string | null, max: number): string[] {
  switch (rule.kind) {
    case 'steps':
    case 'count': {
      if (rule.tiers) return [...stepsText(rule, indicator), ...rest(rule)];
      const each = rule.per === undefined ? 'mỗi 1' : `cứ ${numeral(rule.per)}`;
      return [`${each} ${indicator ?? 'trường hợp'} được ${points(rule.per_item)}`];
    }
    case 'proportional':
      return proportionalText(rule);
    case 'penalty':
      return penaltyText(rule, indicator ?? 'trường hợp');
    case 'levels':
      return (rule.levels as { level: string; points: number }[]).map(
        (l) => `${l.level}: ${points(l.points)}`,
      );
    case 'yes_no':
      return [`Có: ${points(rule.yes)}`, `Không: ${points(rule.no)}`];
    case 'weighted_share':
      return sharesText(rule, max);
    case 'sum': {
      const parts = rule.parts as Part[];
      if (parts[0]!.rule.kind === 'proportional') return severalText(parts);
      return parts[0]!.rule.kind === 'yes_no'
        ? parts.map((p) => `${p.name}: ${points(p.rule.yes)}`)
        : [...parts.flatMap((p) => penaltyText(p.rule, p.name)), `thấp nhất ${points(rule.floor)}`];
    }
    case 'min': {
      const [cases, none] = rule.parts as [Part, Part];
      return [`${none.name}: ${points(none.rule.yes)}`, ...sentencesOf(cases.rule, cases.name, max)];
    }
    default:
      return [];
  }
}

/**
 * The rule in the words of an official table, so that a reader may hold both beside each other; `sayRule` of a rule
 * that was read, read again, is the same rule. What it measures is not in it, save where a sentence needs it.
 */
export function sayRule({ rule, indicator, notes }: ReadRule, max: number): string {
  const steps = notes.find((n) => n.kind === 'steps');
  if (steps) return dropText(rule, steps.step, max).join('; ');
  const sentences = sentencesOf(rule, indicator, max);
  const none = rule.when_none;
  if (none === undefined) return sentences.join('; ');
  const earns = none === 'not_applicable' ? 'không đánh giá' : `được ${points(none)}`;
  return [`không phát sinh hồ sơ thì ${earns}`, ...sentences].join('; ');
}

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
  /(?<!\p{L})(?:đúng thời gian quy định|đúng thời gian|đúng tiến độ|đúng thời hạn|đúng hạn|kịp thời|đầy đủ|đủ số lượng|đủ|đúng quy định|đạt yêu cầu|đảm bảo|chất lượng)(?!\p{L})/giu;

// `Không có hồ sơ trễ hạn` before what each costs, and `/lần` after it: the sentences were held against each other.
const NONE_OF = /(?:^|[;\n])\s*(?:nếu )?(?:không (?:có|để xảy ra)|có|còn|để xảy ra)(?!\p{L})/giu;
// `100% hồ sơ giải quyết đúng hạn` before what each costs: all of them, without the fault.
const ALL_OF = /(?:^|[;\n])[^;\n:]*?100 ?%[^;\n:]*(?=:)/gu;
const PER_CASE = /\/\s*(?:lần|trường hợp|vụ|lỗi)(?!\p{L})/giu;

// Nothing to count: the rule has it as `when_none`.
const NONE = new RegExp(
  `(?<!\\p{L})(?:trường hợp |nếu )?(?:trong năm )?không (?:có )?(?:phát sinh )?(?:${THINGS})(?: phát sinh)?(?=\\s*(?:thì|được|:|không))`,
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
  clean(text)
    .toLowerCase()
    .replaceAll('tỉ lệ', 'tỷ lệ')
    .match(/\p{L}[\p{L}\p{M}\d]*/gu) ?? [];

/**
 * Whether a rule, said back with what it measures, has every number and every word of the phrase, and no number that is
 * not in the phrase but the maximum (which the phrase may name), 0, 1 for 'each' and 100 for the whole of a percent.
 */
export function agrees(phrase: string, said: string, max: Fraction): boolean {
  const told = withoutPromise(phrase.replace(AS_PERCENT, '$1'));
  const [there, here] = [numbersOf(told), numbersOf(said)];
  if (/(?![0-9])\p{N}/u.test(phrase) || there.some((n) => n.length === 0)) return false;
  const usual = [max, ZERO, new Fraction(1), HUNDRED];
  const has = (list: Fraction[][], values: Fraction[]) =>
    list.some((l) => l.some((v) => values.some((w) => v.equals(w))));
  // A share of the maximum is said back as points.
  const ofMax = (v: Fraction) => [v.mul(max).div(100), max.sub(v.mul(max).div(100))];
  const shares = there.flatMap((n) => n.map(ofMax));
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

/** `Tỷ lệ = b/a x 100%`: a rate is a percent, however it is written. */
const AS_PERCENT = /(tỷ lệ(?: %)?\s*=[^;\n]*?)\s*[*x×]\s*100\s*%?(?=\s*(?:[;.\n]|$))/giu;

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
