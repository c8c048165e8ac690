import { Fraction, HUNDRED, ZERO } from '../../exact/fraction.js';
import { MEAN_TIME } from './condition.js';
import { clausesOf } from './range.js';
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

const clean = (text: string) => text.normalize('NFC').replace(/[^\S\n]+/g, ' ');
/** `4 lần/năm (trung bình mỗi quý 1 lần)`: its arithmetic was held when it was read. */
const QUARTERLY = /\((?:trung bình )?mỗi quý \d+ \p{L}*\)/giu;
/** `Tỷ lệ = b/a x 100%`: a rate is a percent, however it is written. */
const AS_PERCENT = /(tỷ lệ(?: %)?\s*=[^;\n]*?)\s*[*x×]\s*100\s*%?(?=\s*(?:[;.\n]|$))/giu;
const FRACTION = /(\d+)\s*\/\s*(\d+)\s*(?:[x×*]|của)?\s*(?:số điểm|điểm|tối đa)/giu;

function numbersOf(text: string): Fraction[][] {
  const tokens = clausesOf(clean(text).replace(QUARTERLY, '')).flatMap((c) => c.tokens);
  return tokens.flatMap((t) =>
    t.kind === 'number' ? [[t.plain, t.thousands].filter((v) => v !== null)] : [],
  );
}

/**
 * Whether a rule, said back with what it measures, has every number of the phrase, and no number that is not in the
 * phrase but the maximum (which the phrase may name), 0, 1 for 'each' and 100 for the whole of a percent.
 */
export function agrees(phrase: string, said: string, max: Fraction): boolean {
  const [there, here] = [numbersOf(phrase.replace(AS_PERCENT, '$1')), numbersOf(said)];
  if (/(?![0-9])\p{N}/u.test(phrase) || there.some((n) => n.length === 0)) return false;
  const isIn = (list: readonly Fraction[][], values: readonly Fraction[]) =>
    list.some((l) => l.some((v) => values.some((w) => v.equals(w))));
  // A share of the maximum is said back as points.
  const ofMax = (v: Fraction) => [v.mul(max).div(100), max.sub(v.mul(max).div(100))];
  const fractions = [...phrase.matchAll(FRACTION)].map(([, a, b]) => [new Fraction(a!), new Fraction(b!)]);
  const parts = fractions.flatMap(([a, b]) => (b!.equals(0) ? [] : [max.mul(a!).div(b!)]));
  const half = /nửa/iu.test(phrase) ? [max.div(2)] : [];
  const usual = [max, ZERO, new Fraction(1), HUNDRED];
  return (
    there.every((n) => isIn([...here, usual, ...fractions], [...n, ...n.flatMap(ofMax)])) &&
    here.every((n) => isIn([...there, usual, half, parts, ...there.map((t) => t.flatMap(ofMax))], n))
  );
}
