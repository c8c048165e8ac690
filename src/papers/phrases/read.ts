import {
  type Fraction,
  fromNumber,
  HUNDRED,
  parseDecimal,
  parseNumeral,
  toNumber,
  ZERO,
} from '../../values/fraction.js';
import { allOfThem, dropping, items, levels, missingOf, penalties } from './cases.js';
import { comparison, daysLate, growth } from './changes.js';
import { bare, indicatorOf, MEAN_TIME, sameSubject } from './condition.js';
import { after, type Clause, clausesOf, type Range } from './range.js';
import type { Earned } from './result.js';
import { agrees, sayRule } from './say-back.js';
import { type Sentence, sentencesOf } from './sentence.js';
import {
  boundsOf,
  type Domain,
  type Made,
  type Note,
  no,
  type Of,
  ofKind,
  piecesOf,
  pointsOf,
  type ReadRule,
  rule,
  type ScoredRange,
  soleBound,
  stepped,
  type Unclear,
  worth,
  written,
} from './tiers.js';

/** A rule, or the sentences that are not understood (or do not fit together), and why. */
export type ReadPhrase = ({ ok: true } & ReadRule) | { ok: false; words: string[]; why: Unclear };

/**
 * Reads how a criterion is scored, as official tables put it in words. A phrase is a rule only when every word of it is
 * accounted for and the rule, said back, has its numbers and no others; else it says which sentences it could not read.
 */
export function readPhrase(phrase: string, max: number): ReadPhrase {
  const words = phrase.replace(LEADS_IN, '');
  const plain = placesOf(sharesAsPercents(words));
  const read = heldAgainst(plain, max);
  return read.ok || plain === words ? read : heldAgainst(words, max);
}

/** `Mức điểm như sau:`, which says nothing but that the points follow. */
const LEADS_IN =
  /^\s*(?:[-+•*]\s+)?(?:(?:mức|thang|số|cách tính|cách chấm|cách cho|tính|chấm) )?điểm(?: đánh giá| số)?(?: được)?(?: tính| chấm| xác định| đánh giá)?(?: cụ thể)? (?:như sau|cụ thể)\s*:\s*/iu;

/** A phrase as a rule that says all of it, and nothing else. */
function heldAgainst(phrase: string, max: number): ReadPhrase {
  const read = understand(phrase, max);
  if (!read.ok) return read;
  const said = sayRule(read, max);
  const again = understand(said, max);
  const same = again.ok && JSON.stringify(again.rule) === JSON.stringify(read.rule);
  const most = fromNumber(max);
  if (same && agrees(phrase, `${said}; ${read.indicator ?? ''}`, most)) return read;
  return { ok: false, words: [phrase.normalize('NFC').replace(/\s+/g, ' ').trim()], why: { kind: 'words' } };
}

/** What the sentences of a phrase say, before it is said back. */
function understand(phrase: string, max: number): ReadPhrase {
  const most = parseDecimal(String(max));
  const clauses = clausesOf(ofAll(phrase));
  const whole = phrase.normalize('NFC').replace(/\s+/g, ' ').trim();
  if (!most || most.compare(0) <= 0 || clauses.length === 0)
    return { ok: false, words: [whole], why: { kind: 'words' } };
  const read = clauses.map((c) => ({ clause: c, sentences: sentencesOf(c, most) }));
  const lost = read.filter((r) => r.sentences === null).map((r) => r.clause.text);
  if (lost.length > 0) return { ok: false, words: lost, why: { kind: 'words' } };
  const sentences = read.flatMap((r) => r.sentences ?? []);
  const made = assemble(sentences, most);
  return made.ok ? made : { ok: false, words: [whole], why: made.why };
}

const TOP =
  /(?<!(?:vượt|ngoài|sau) )(?:(?:nằm |đứng |thuộc |xếp |lọt )?(?:trong |vào )?)top\s+(\d{1,3})(?:\s*[-–]\s*(\d{1,3}))?(?= *(?::|thì(?!\p{L})|đơn vị *:))/giu;

/** `Top 5`, `top 6 - 10`: the first five places, and those after them. */
const placesOf = (phrase: string): string =>
  phrase.normalize('NFC').replace(TOP, (_, a, b) => `Thứ hạng từ ${b ? a : 1} đến ${b ?? a}`);

const LETTERS = /(?<![\p{L}\d])[a-zđ]\s?\/\s?[a-zđ](?![\p{L}\d])/iu;
/** `(b/a)`: brackets around one share say nothing. */
const BRACKETED = /\(\s*([a-zđ]\s?\/\s?[a-zđ])\s*\)/giu;
const SHARE = '(0[.,]\\d{1,4}|1(?:[.,]0+)?)(?![\\d.,%]| ?%| ?điểm)';
const COMPARED = new RegExp(
  `((?:[≥≤<>=]|từ|đến|dưới|trên|tới)\\s*)${SHARE}|(?<![\\d.,])${SHARE}(?=\\s*[≤<])`,
  'giu',
);

/** `b/a ≥ 0,8`: a share of two letters, with its bounds as the percents that they are. */
function sharesAsPercents(phrase: string): string {
  const percent = (share: string) =>
    `${Number(toNumber(parseNumeral(share)!.mul(HUNDRED)))}%`.replace('.', ',');
  return phrase
    .split(/(?<=[;\n])|(?<=\.\s)(?=\p{Lu})/u)
    .map((sentence) => {
      const sign = sentence.search(/:|→|(?<!\p{L})thì(?!\p{L})/iu);
      const condition = sentence.slice(0, sign).replace(BRACKETED, '$1');
      const rest = sentence.slice(sign);
      if (sign < 0 || !LETTERS.test(condition)) return sentence;
      const compared = condition.replace(
        COMPARED,
        (_, before = '', first, second) => `${before}${percent(first ?? second)}`,
      );
      return `${compared}${rest.replace(/(\/\s*)(0[.,]\d{1,4})(?![\d.,%])/gu, (_, slash, share) => `${slash}${percent(share)}`)}`;
    })
    .join('');
}

const PART_OF = /(?<![\d/.,])(\d{1,2})\/(\d{1,2})(?=\s+(?!điểm|số điểm|tối đa|tổng|x\s|của|năm)\p{Ll})/gu;

/** `đạt 4/4 tiêu chí: 1; đạt 3/4 tiêu chí: 0,5`: numbers of things out of one whole, when all of it is among them. */
function ofAll(phrase: string): string {
  const text = phrase.normalize('NFC');
  const parts = [...text.matchAll(PART_OF)];
  const [whole, ...more] = new Set(parts.map((m) => Number(m[2])));
  const isDay = parts.some((m) => /(?:ngày|trước|sau|đến|nhất)\s+$/iu.test(text.slice(0, m.index)));
  const fits = whole !== undefined && more.length === 0 && !isDay && parts.length > 1;
  const all = parts.some((m) => Number(m[1]) === whole) && parts.every((m) => Number(m[1]) <= Number(whole));
  return fits && all ? text.replace(PART_OF, '$1') : text;
}

function assemble(sentences: readonly Sentence[], max: Fraction): Made {
  const [heading, ...headings] = ofKind(sentences, 'heading');
  if (headings.length > 0 || (heading && sentences[0] !== heading)) return no();
  const rest = sentences.filter((s) => s !== heading);
  const made = withoutHeading(rest, max);
  if (!made.ok || !heading) return made;
  return { ...made, indicator: made.indicator ? `${heading.words}: ${made.indicator}` : heading.words };
}

function withoutHeading(sentences: readonly Sentence[], max: Fraction): Made {
  const kinds = new Set(sentences.map((s) => s.kind));
  if (kinds.has('define') || kinds.has('ratio') || kinds.has('formula')) return byFormula(sentences, max);
  if (kinds.has('drop')) return dropping(sentences, max);
  if (kinds.has('lost')) return penalties(sentences, max);
  const missing = kinds.has('tier') ? missingOf(sentences) : null;
  if (missing) return withoutHeading(missing, max);
  if (kinds.has('gained')) return items(sentences, max);
  if (kinds.has('limit')) {
    // `Tối đa 2 điểm` of two is only the maximum again.
    const rest = sentences.filter((s) => s.kind !== 'limit');
    const again = ofKind(sentences, 'limit').every(
      ({ limit }) => limit.kind === 'highest' && limit.points.equals(max),
    );
    return again && rest.length > 0 ? withoutHeading(rest, max) : no();
  }
  if (kinds.has('change')) {
    const amount = ofKind(sentences, 'change').some(({ change }) => change.amount);
    return amount ? growth(sentences, max) : comparison(sentences, max);
  }
  if (kinds.has('tier'))
    return daysLate(sentences, max) ?? allOfThem(sentences, max) ?? tiered(sentences, max);
  return levels(sentences, max);
}

// --- Tiers ---

// The first place is 1: nothing is before it.
const RANK = /(?:^| )(?:xếp thứ|thứ hạng|hạng(?! mục)|vị trí(?! việc))(?= |$)/iu;
const MEASURES = /^(?:triệu|tỷ|nghìn|đồng|km|ha|m|giờ|phút|điểm)$/iu;

function tiered(sentences: readonly Sentence[], max: Fraction): Made {
  const given = piecesOf(sentences, { tier: '+', level: '*', none: '?', rest: '?' });
  if (!given) return no();
  const { level: levelled, none: noneSaid, rest } = given;
  const tiers = withPercents(given.tier);
  const fuller = levelled.flatMap((l) => fullerOf(l, tiers[0]?.measured.subject ?? []) ?? []);
  const subject = sameSubject([
    ...(fuller.length === 1 ? fuller : []),
    ...tiers.map((t) => t.measured.subject),
  ]);
  const percents = new Set(tiers.map((t) => t.measured.range.percent));
  const percent = percents.has(true);
  const letters = lettersOf(subject ?? []);
  if (!subject || percents.size > 1 || (letters && !percent)) return no();
  const zero = levelled.map((l) => zeroOf(l, subject));
  if (zero.some((z) => z === null) || (percent && zero.some((z) => !z!.named))) return no();
  const isExact = ({ exact, bounds }: Range) => exact && bounds.at_least && bounds.at_most;
  if (percent && tiers.some((t) => isExact(t.measured.range))) return no();
  const quantity = percent ? 'percent' : quantityOf(tiers, subject);
  const rates = tiers.flatMap(({ earned: e }) =>
    e.kind === 'rate' && e.variable !== 'tỷ lệ' ? e.variable : [],
  );
  const named = indicatorOf(subject);
  const indicator = named ?? rates[0] ?? null;
  // A formula is of what the tiers measure, and a place is one of a ranking.
  if (named && !rates.every((words) => isAmong(words, named))) return no();
  const ofPlaces = tiers.some((t) => /(?:từ|đến|tới) hạng/iu.test(t.clause.text));
  if (ofPlaces && !RANK.test(indicator ?? '')) return no();
  const extra = zero.flatMap((z) => z ?? []);
  const counted = !percent && noneSaid ? [{ bounds: { at_most: ZERO }, earned: noneSaid.earned }] : [];
  const all = [
    ...tiers.map((t) => ({ bounds: t.measured.range.bounds, earned: asRate(t.earned, letters) })),
    ...extra,
    ...counted,
  ];
  // `không có hồ sơ` beside numbers of communes counts none of them.
  const none = noneSaid?.level.replace(/trường hợp|trong năm|không|nào/giu, '') ?? '';
  if (!percent && !isAmong(none, named ?? '')) return no();
  const whenNone = percent && noneSaid ? noneOf(noneSaid.earned, max) : undefined;
  // `100% văn bản được ký số: 1; không có: 0`: no papers, or none of them signed?
  if (whenNone === null || (percent && noneSaid && /^không có$/iu.test(noneSaid.level))) return no();
  const otherwise = rest?.earned;
  const made =
    all.some((t) => t.earned.kind !== 'points') || (otherwise && otherwise.kind !== 'points')
      ? rated(all, otherwise, quantity, max)
      : stepped(all, otherwise, quantity, max, RANK.test(indicator ?? '') ? 1 : 0);
  if (!made.ok) return made;
  const data = whenNone === undefined ? made.rule : { ...made.rule, when_none: whenNone };
  return { ...made, rule: data, indicator };
}

/** `Từ 70 đến dưới 80%: 0,5; dưới 70: 0`: a number alone is a percent where another sentence has it as one. */
function withPercents(tiers: readonly Of<'tier'>[]): Of<'tier'>[] {
  const ends = tiers.flatMap((t) => (t.measured.range.percent ? Object.values(t.measured.range.bounds) : []));
  return tiers.map((t) => {
    const { range, subject } = t.measured;
    const told = Object.values(range.bounds).every((b) => ends.some((e) => e.equals(b)));
    return range.percent || range.exact || subject.length > 0 || !told
      ? t
      : { ...t, measured: { subject, range: { ...range, percent: true } } };
  });
}

/** Whether each word that says something is among others. */
function isAmong(words: string, others: string): boolean {
  const there = new Set(others.toLowerCase().match(/\p{L}+/gu));
  return bare(words.match(/\p{L}+/gu) ?? []).every((word) => there.has(word));
}

/** The letters of a share that is measured (`b/a`), as its part and its whole. */
function lettersOf(subject: readonly string[]): { part: string; whole: string } | null {
  const [part, slash, whole, ...more] = bare(subject);
  const fits = slash === '/' && part?.length === 1 && whole?.length === 1 && more.length === 0;
  return fits ? { part, whole } : null;
}

/** `(b/a) x 2` where `b/a` itself is measured: points by the rate. */
function asRate(earned: Earned, letters: { part: string; whole: string } | null): Earned {
  if (earned.kind !== 'shares' || !letters) return earned;
  const [part, ...more] = earned.parts;
  return part?.letter === letters.part && part.total === letters.whole && more.length === 0
    ? { kind: 'rate', factor: part.points, variable: 'tỷ lệ' }
    : earned;
}

/** `không có sáng kiến` among numbers of initiatives: none of them. */
function zeroOf(
  level: Of<'level'>,
  subject: readonly string[],
): { bounds: { at_most: Fraction }; earned: Earned; named: boolean } | null {
  const words = /^không(?: có)?(?: (.+?))?(?: nào)?$/iu.exec(level.level);
  const noun = words?.[1] ?? '';
  const whole = ` ${subject.join(' ').toLowerCase()} `;
  const inside = words && (noun === '' || whole.includes(` ${noun.toLowerCase()} `));
  return inside ? { bounds: { at_most: ZERO }, earned: level.earned, named: noun !== '' } : null;
}

/** `không có đơn thư khiếu nại` before `có 01 đơn`: the fuller words for what is counted. */
function fullerOf(level: Of<'level'>, subject: readonly string[]): string[][] | null {
  const noun = /^không có (.+?)(?: nào)?$/iu.exec(level.level)?.[1]?.split(' ') ?? [];
  const short = bare(subject);
  const begins = short.length > 0 && short.every((w, i) => w === noun[i]?.toLowerCase());
  return begins && noun.length > short.length ? [noun] : null;
}

function noneOf(earned: Earned, max: Fraction): number | string | null {
  if (earned.kind === 'not_applicable') return 'not_applicable';
  return earned.kind === 'points' ? worth(earned.points, max) : null;
}

function quantityOf(tiers: readonly Of<'tier'>[], subject: readonly string[]): 'count' | 'number' {
  const whole = tiers.every((t) => Object.values(t.measured.range.bounds).every((b) => b?.d === 1n));
  const measured = MEAN_TIME.test(subject.join(' ')) || subject.some((w) => MEASURES.test(w));
  return whole && !measured ? 'count' : 'number';
}

/** Tiers with one that is reckoned by the rate: pro rata to a target, over a floor, or a line in its tier. */
function rated(
  all: readonly ScoredRange[],
  otherwise: Earned | undefined,
  quantity: Exclude<Domain, 'change'>,
  max: Fraction,
): Made {
  const [one, ...more] = all.filter((t) => t.earned.kind !== 'points');
  const others = all.filter((t) => t !== one);
  const [whole] = others;
  if (!one && otherwise?.kind === 'pro_rata') {
    // `Từ 80% trở lên: 2; còn lại tính theo tỷ lệ`
    const target = whole?.bounds.at_least;
    const rest = target && { bounds: { below: target }, earned: otherwise };
    return rest && quantity === 'percent' ? rated([...all, rest], undefined, quantity, max) : no();
  }
  if (!one || more.length > 0 || (otherwise && otherwise.kind !== 'points')) return no();
  if (one.earned.kind === 'shares') {
    // `100%: 1; dưới 100%: (b/a)*0,5 + (c/a)*1`: all of the part that counts in full is the maximum by the formula too.
    const meets = whole?.bounds.at_least?.equals(HUNDRED) && pointsOf(whole.earned)?.equals(max);
    const under = one.bounds.below?.equals(HUNDRED) && Object.keys(one.bounds).length === 1;
    return meets && under && others.length === 1 && !otherwise ? shares(one.earned, new Map(), max) : no();
  }
  const target = one.bounds.below ?? one.bounds.at_most ?? (quantity === 'percent' ? HUNDRED : null);
  if (!target || one.bounds.above || (quantity !== 'percent' && one.earned.kind !== 'pro_rata')) return no();
  const floor = one.bounds.at_least ?? null;
  const full = others.find((t) => soleBound(t.bounds, 'at_least'));
  const under = others.find((t) => soleBound(t.bounds, 'below'));
  if (others.some((t) => t !== full && t !== under) || (otherwise && (under || !floor))) return no();
  const fits = full
    ? full.bounds.at_least!.equals(target) && pointsOf(full.earned)?.equals(max)
    : target.equals(100);
  if (!fits || (full && one.bounds.at_most?.equals(target) && quantity !== 'percent')) return no();
  const from = under?.bounds.below;
  if (from && !floor?.equals(from))
    return no({ kind: 'hole', at: written(from), to: written(floor ?? target) });
  const rest = under?.earned ?? otherwise;
  const low = rest ? pointsOf(rest) : null;
  // `dưới 5%: 2; từ 5% trở lên: tính theo tỷ lệ` cannot mean that more earns less, and then more again.
  if (floor && low && low.compare(max.mul(floor).div(target)) > 0) return no();
  if (one.earned.kind !== 'rate' && one.earned.kind !== 'pro_rata') return no();
  const factor = one.earned.kind === 'rate' ? one.earned.factor : null;
  const notes: Note[] = floor && low === null ? [{ kind: 'rest' }] : [];
  const below = floor && low && !low.equals(0) ? { below_floor: worth(low, max) } : {};
  const floored = floor && { floor: written(floor), ...below };
  const proportional = (goal: Fraction, more: Note[]) =>
    rule({ kind: 'proportional', quantity, target: written(goal), ...floored }, null, [...notes, ...more]);
  if (!factor) return proportional(target, [{ kind: 'formula', target: written(target) }]);
  const atTarget = factor.mul(target).div(HUNDRED);
  if (atTarget.equals(max)) return proportional(target, []);
  // A line that does not meet the maximum where the next tier begins.
  if (!full || atTarget.compare(max) > 0) return no({ kind: 'max' });
  const line = {
    ...boundsOf({ ...(floor && { at_least: floor }), below: target }),
    points: { rate: written(factor), of: 100 },
  };
  const tiers = [{ at_least: written(target), points: 'max' }, line];
  return rule({ kind: 'steps', quantity, tiers, otherwise: low ? worth(low, max) : 0 }, null, notes);
}

// --- Formulas ---

function byFormula(sentences: readonly Sentence[], max: Fraction): Made {
  const defined = ofKind(sentences, 'define');
  const ratios = ofKind(sentences, 'ratio');
  const others = sentences.filter((s) => s.kind !== 'define' && s.kind !== 'ratio');
  const meaning = new Map(defined.map((d) => [d.letter, d.meaning]));
  if (meaning.size < defined.length || ratios.length > 1) return no();
  const [only, ...more] = others;
  const formula = only?.kind === 'formula' && more.length === 0 ? only.earned : null;
  if (formula?.kind === 'shares' && ratios.length === 0) return shares(formula, meaning, max);
  const measured = others.flatMap((s) => (s.kind === 'tier' ? [s.measured.subject] : []));
  const rate = rateOf(ratios[0] ?? lettersOf(sameSubject(measured) ?? []), meaning);
  if (rate === null) return no();
  if (rate !== '' && !measured.every((s) => isAmong(s.join(' '), `${rate} ${[...meaning.keys()].join(' ')}`)))
    return no();
  if (formula?.kind === 'rate') {
    if (formula.factor.compare(0) <= 0) return no({ kind: 'max' });
    const target = max.mul(HUNDRED).div(formula.factor);
    if (target.compare(HUNDRED) > 0) return no({ kind: 'max' });
    // `Tỷ lệ x 100/100` of ten points has no ten percent in it.
    if (!target.equals(HUNDRED) && !saysPercent(only!.clause, target, max)) return no({ kind: 'max' });
    const named = formula.variable === 'tỷ lệ' ? null : formula.variable;
    if (named && rate) return no();
    return rule({ kind: 'proportional', quantity: 'percent', target: written(target) }, rate || named);
  }
  // `Tính theo tỷ lệ`, and nothing else.
  if (formula?.kind === 'pro_rata' && sentences.length === 1)
    return rule({ kind: 'proportional', quantity: 'percent', target: 100 }, null, [
      { kind: 'formula', target: 100 },
    ]);
  if (others.some((s) => s.kind === 'formula') || others.length === 0) return no();
  const made = withoutHeading(others, max);
  const onRate = others.every((s) => s.kind !== 'tier' || s.measured.range.percent);
  if (!made.ok || !onRate || !['steps', 'proportional'].includes(made.rule.kind))
    return made.ok ? no() : made;
  return rate === '' ? made : { ...made, indicator: rate };
}

/** Whether a percent stands in a sentence: with its sign, or as a divisor that is not the maximum. */
const saysPercent = ({ tokens }: Clause, percent: Fraction, max: Fraction): boolean =>
  tokens.some(
    (t, i) =>
      t.kind === 'number' &&
      t.plain?.equals(percent) &&
      (after(tokens, i + 1, ['%']) !== null || !percent.equals(max)),
  );

/** The words of a rate that is defined by letters; '' where nothing is to be said, null where it does not fit. */
function rateOf(
  ratio: (Pick<Of<'ratio'>, 'part' | 'whole'> & { inWords?: boolean }) | null,
  meaning: ReadonlyMap<string, string>,
): string | null {
  if (!ratio) {
    // `a = Tỷ lệ`: only another name.
    const names = [...meaning.values()];
    return names.every((n) => /^tỷ lệ$|^tỉ lệ$/iu.test(n)) ? '' : null;
  }
  if (ratio.inWords) return meaning.size === 0 ? `${ratio.part} / ${ratio.whole}` : null;
  const [part, whole] = [meaning.get(ratio.part), meaning.get(ratio.whole)];
  if (part === undefined || whole === undefined || meaning.size !== 2 || ratio.part === ratio.whole)
    return null;
  // `a = Tổng số xã; b = Số xã đạt; Tỷ lệ = a/b`: the total would be the part.
  if (/^tổng/iu.test(part) && !/^tổng/iu.test(whole)) return null;
  return `${part} / ${whole}`;
}

function shares(
  earned: Extract<Earned, { kind: 'shares' }>,
  meaning: ReadonlyMap<string, string>,
  max: Fraction,
): Made {
  const { parts } = earned;
  const totals = [...new Set(parts.map((p) => p.total))];
  const letters = [...totals, ...parts.map((p) => p.letter)];
  if (meaning.size > 0 && (meaning.size !== letters.length || letters.some((l) => !meaning.has(l))))
    return no();
  // `a = Tổng số …; Điểm = a/b`: the total would be the part.
  const isTotal = (letter: string) => /^tổng/iu.test(meaning.get(letter) ?? '');
  if (parts.some((p) => isTotal(p.letter) && !isTotal(p.total))) return no();
  const distinct = new Set(letters).size === letters.length;
  const positive = parts.every((p) => p.points.compare(0) > 0);
  const wordsOf = (letter: string) => meaning.get(letter) ?? letter;
  const [total, ...others] = totals;
  if (others.length > 0) {
    // `(a/b)*1 + (c/d)*0,5`: each share earns its points, and all of them together the maximum.
    const sum = parts.reduce((s, { points }) => s.add(points), ZERO);
    if (!distinct || totals.length < parts.length) return no();
    if (!sum.equals(max) || !positive) return no({ kind: 'max' });
    const shares = parts.map((p, i) => ({
      input: `share_${i + 1}`,
      name: `${wordsOf(p.letter)} / ${wordsOf(p.total)}`,
      max: written(p.points),
      rule: { kind: 'proportional', quantity: 'percent', target: 100 },
    }));
    return rule({ kind: 'sum', parts: shares });
  }
  const most = parts.some((p) => p.points.equals(max)) && parts.every((p) => p.points.compare(max) <= 0);
  if (!distinct || !positive || !most) return no({ kind: 'max' });
  const weights = parts.map((p) => ({
    key: p.letter,
    name: wordsOf(p.letter),
    weight: written(p.points.div(max)),
  }));
  return rule({ kind: 'weighted_share', total: wordsOf(total!), parts: weights });
}
