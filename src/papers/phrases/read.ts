import { type Fraction, fromNumber, HUNDRED, parseDecimal, ZERO } from '../../exact/fraction.js';
import { agrees } from './agree.js';
import { items, penalties } from './cases.js';
import { bare, type Compared, type End, sameSubject } from './condition.js';
import { type Made, no, type Of, pointsOf, type ReadRule, reaches, rule, worth, written } from './made.js';
import type { Earned } from './result.js';
import { sayRule } from './say.js';
import { type Sentence, sentencesOf } from './sentence.js';
import { arrange, type Domain, type Note, type Tier, type Unclear } from './tiers.js';
import { clausesOf } from './tokens.js';

/** A rule, or the sentences that are not understood (or do not fit together), and why. */
export type ReadPhrase = ({ ok: true } & ReadRule) | { ok: false; words: string[]; why: Unclear };

/**
 * Reads how a criterion is scored, as official tables put it in words. A phrase is a rule only when every word of it is
 * accounted for and the rule, said back, has its numbers and no others; else it says which sentences it could not read.
 */
export function readPhrase(phrase: string, max: number): ReadPhrase {
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
  const clauses = clausesOf(phrase);
  const whole = phrase.normalize('NFC').replace(/\s+/g, ' ').trim();
  if (!most || most.compare(0) <= 0 || clauses.length === 0)
    return { ok: false, words: [whole], why: { kind: 'words' } };
  const read = clauses.map((c) => ({ clause: c, sentences: sentencesOf(c, most) }));
  const lost = read.filter((r) => r.sentences === null).map((r) => r.clause.text);
  if (lost.length > 0) return { ok: false, words: lost, why: { kind: 'words' } };
  const made = assemble(
    read.flatMap((r) => r.sentences ?? []),
    most,
  );
  return made.ok ? made : { ok: false, words: [whole], why: made.why };
}

function assemble(said: readonly Sentence[], max: Fraction): Made {
  const of = <K extends Sentence['kind']>(kind: K) => said.filter((s): s is Of<K> => s.kind === kind);
  const [heading, ...headings] = of('heading');
  if (headings.length > 0 || (heading && said[0] !== heading)) return no();
  const rest = said.filter((s) => s !== heading);
  const made = withoutHeading(rest, max);
  if (!made.ok || !heading) return made;
  return { ...made, indicator: made.indicator ? `${heading.words}: ${made.indicator}` : heading.words };
}

function withoutHeading(said: readonly Sentence[], max: Fraction): Made {
  const kinds = new Set(said.map((s) => s.kind));
  const only = (...allowed: Sentence['kind'][]) => [...kinds].every((k) => allowed.includes(k));
  if (kinds.has('define') || kinds.has('ratio') || kinds.has('formula')) return byFormula(said, max);
  if (kinds.has('lost')) return penalties(said, max);
  if (kinds.has('gained')) return only('gained', 'limit') ? items(said, max) : no();
  if (kinds.has('compared')) return only('compared', 'grown', 'rest') ? comparison(said, max) : no();
  if (kinds.has('grown')) return only('grown', 'rest') ? growth(said, max) : no();
  if (kinds.has('tier')) return daysLate(said, max) ?? tiered(said, max);
  return only('level', 'rest', 'none') ? levels(said, max) : no();
}

// --- Levels ---

function levels(said: readonly Sentence[], max: Fraction): Made {
  const read = said.map((s) =>
    s.kind === 'level' || s.kind === 'rest' || s.kind === 'none'
      ? { level: s.level, points: pointsOf(s.earned) }
      : null,
  );
  if (read.length < 2 || read.some((l) => l === null || l.points === null)) return no();
  const given = read.map((l) => ({ level: l!.level, points: l!.points! }));
  const names = given.map((l) => l.level.toLowerCase());
  if (new Set(names).size < names.length) return no();
  if (
    !reaches(
      given.map((l) => l.points),
      max,
    ) ||
    given.every((l) => l.points.equals(max))
  )
    return no({ kind: 'max' });
  const at = (words: string[]) => given.find((l) => words.includes(l.level.toLowerCase()));
  const [yes, none] = [at(['có']), at(['không', 'không có'])];
  if (given.length === 2 && yes && none)
    return rule({ kind: 'yes_no', yes: written(yes.points), no: written(none.points) });
  return rule({ kind: 'levels', levels: given.map((l) => ({ level: l.level, points: written(l.points) })) });
}

// --- Tiers ---

// The first place is 1: nothing is before it.
const RANK = /(?:^| )(?:xếp thứ|thứ hạng|hạng(?! mục)|vị trí(?! việc))(?= |$)/iu;
const MEASURES = /^(?:triệu|tỷ|nghìn|đồng|km|ha|m|giờ|phút|điểm)$/iu;

function tiered(said: readonly Sentence[], max: Fraction): Made {
  const tiers = withPercents(said.filter((s): s is Of<'tier'> => s.kind === 'tier'));
  const rests = said.filter((s) => s.kind === 'rest');
  const nones = said.filter((s) => s.kind === 'none');
  const levelled = said.filter((s): s is Of<'level'> => s.kind === 'level');
  if (rests.length > 1 || nones.length > 1 || (rests[0] && said.at(-1) !== rests[0])) return no();
  const subject = sameSubject(tiers.map((t) => t.measured.subject));
  const percents = new Set(tiers.map((t) => t.measured.range.percent));
  if (!subject || percents.size > 1) return no();
  const percent = percents.has(true);
  const zero = levelled.map((l) => zeroOf(l, subject));
  if (zero.some((z) => z === null) || (percent && zero.length > 0)) return no();
  const exact = tiers.some(
    (t) => t.measured.range.exact && percent && !t.measured.range.bounds.at_least?.equals(100),
  );
  if (exact) return no();
  const quantity = percent ? 'percent' : quantityOf(tiers, subject);
  const indicator = indicatorOf(subject);
  const extra = zero.flatMap((z) => z ?? []);
  const counted = !percent && nones[0] ? [{ bounds: { at_most: ZERO }, earned: nones[0].earned }] : [];
  const all = [
    ...tiers.map((t) => ({ bounds: t.measured.range.bounds, earned: t.earned })),
    ...extra,
    ...counted,
  ];
  const whenNone = percent && nones[0] ? noneOf(nones[0].earned, max) : undefined;
  if (whenNone === null) return no();
  const otherwise = rests[0]?.earned;
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

function indicatorOf(subject: readonly string[]): string | null {
  if (bare(subject).length === 0) return null;
  const words = subject.join(' ').replace(/ ([,/]) ?/g, (_, sign) => (sign === ',' ? ', ' : '/'));
  return words.replace(/^(?:có|đạt)(?: |$)/iu, '') || null;
}

/** `không có sáng kiến` among numbers of initiatives: none of them. */
function zeroOf(
  level: Of<'level'>,
  subject: readonly string[],
): { bounds: { at_most: Fraction }; earned: Earned } | null {
  const words = /^không(?: có)?(?: (.+?))?(?: nào)?$/iu.exec(level.level);
  const noun = words?.[1] ?? '';
  const whole = ` ${subject.join(' ').toLowerCase()} `;
  const inside = words && (noun === '' || whole.includes(` ${noun.toLowerCase()} `));
  return inside ? { bounds: { at_most: ZERO }, earned: level.earned } : null;
}

function noneOf(earned: Earned, max: Fraction): number | string | null {
  if (earned.kind === 'not_applicable') return 'not_applicable';
  return earned.kind === 'points' ? worth(earned.points, max) : null;
}

function quantityOf(tiers: readonly Of<'tier'>[], subject: readonly string[]): 'count' | 'number' {
  const whole = tiers.every((t) => Object.values(t.measured.range.bounds).every((b) => b?.d === 1n));
  return whole && !subject.some((w) => MEASURES.test(w)) ? 'count' : 'number';
}

type Said = { bounds: Partial<Record<End, Fraction>>; earned: Earned };

const boundsOf = (bounds: Said['bounds']) =>
  Object.fromEntries(
    (['at_least', 'above', 'at_most', 'below'] as const).flatMap((end) => {
      const value = bounds[end];
      return value ? [[end, written(value)]] : [];
    }),
  );

function stepped(
  all: readonly Said[],
  otherwise: Earned | undefined,
  domain: Exclude<Domain, 'change'>,
  max: Fraction,
  least = 0,
): Made {
  const plain = all.flatMap((t): Tier[] =>
    t.earned.kind === 'points' ? [{ bounds: t.bounds, earned: t.earned }] : [],
  );
  const rest = otherwise === undefined ? ZERO : pointsOf(otherwise);
  if (rest === null || rest.compare(max) > 0) return no();
  const given = plain.map((t) => (t.earned.kind === 'points' ? t.earned.points : ZERO));
  const [first] = given;
  if (
    !reaches([...given, ...(otherwise ? [rest] : [])], max) ||
    (first && given.length > 1 && given.every((p) => p.equals(first)))
  )
    return no({ kind: 'max' });
  if (least > 0 && !falls(plain, rest)) return no();
  const arranged = arrange(plain, domain, otherwise !== undefined, least);
  if (!arranged.ok) return no(arranged.why);
  const tiers = arranged.tiers.map((t) => ({
    ...boundsOf(t.bounds),
    points: t.earned.kind === 'points' ? worth(t.earned.points, max) : 0,
  }));
  const range = {
    ...(least > 0 && !otherwise && { min: least }),
    ...(arranged.most && { max: written(arranged.most) }),
  };
  const data = {
    tiers,
    otherwise: worth(rest, max),
    ...(Object.keys(range).length > 0 && { range }),
  };
  return rule(
    domain === 'count' ? { kind: 'count', ...data } : { kind: 'steps', quantity: domain, ...data },
    null,
    arranged.notes,
  );
}

/** Whether later places earn less: `hạng 5 trở lên` may be the first five places, or all but the first four. */
function falls(tiers: readonly Tier[], rest: Fraction): boolean {
  const from = (t: Tier) => t.bounds.at_least ?? t.bounds.above;
  const given = [...tiers]
    .sort((a, b) => {
      const [p, q] = [from(a), from(b)];
      return p && q ? p.compare(q) : Number(p !== undefined) - Number(q !== undefined);
    })
    .flatMap((t) => (t.earned.kind === 'points' ? [t.earned.points] : []));
  const [first, ...later] = given;
  const open = tiers.some((t) => !t.bounds.at_most && !t.bounds.below);
  return (
    first !== undefined &&
    (later.length > 0 || !open) &&
    [...later, ...(open ? [] : [rest])].every((p, i) => p.compare(given[i]!) <= 0)
  );
}

/** Tiers with one that is reckoned by the rate: pro rata to a target, over a floor, or a line in its tier. */
function rated(
  all: readonly Said[],
  otherwise: Earned | undefined,
  quantity: Exclude<Domain, 'change'>,
  max: Fraction,
): Made {
  const rates = all.filter((t) => t.earned.kind !== 'points');
  const [one] = rates;
  if (!one || rates.length > 1 || (otherwise && otherwise.kind !== 'points')) return no();
  const target = one.bounds.below ?? one.bounds.at_most ?? (quantity === 'percent' ? HUNDRED : null);
  if (!target || one.bounds.above || (quantity !== 'percent' && one.earned.kind !== 'pro_rata')) return no();
  const floor = one.bounds.at_least ?? null;
  const others = all.filter((t) => t !== one);
  const over = others.filter((t) => t.bounds.at_least && !t.bounds.at_most && !t.bounds.below);
  const under = others.filter((t) => t.bounds.below && !t.bounds.at_least && !t.bounds.above);
  if (over.length + under.length !== others.length || over.length > 1 || under.length > 1) return no();
  const full = over[0];
  if (full && (!full.bounds.at_least!.equals(target) || !pointsOf(full.earned)?.equals(max))) return no();
  if (!full && !target.equals(100)) return no();
  if (full && one.bounds.at_most?.equals(target) && quantity !== 'percent') return no();
  const low = under[0] ? pointsOf(under[0].earned) : otherwise ? pointsOf(otherwise) : null;
  if (under[0] && otherwise) return no();
  if (under[0] && (!floor || !under[0].bounds.below!.equals(floor)))
    return no({ kind: 'hole', from: written(under[0].bounds.below!), to: written(floor ?? target) });
  if (otherwise && !floor) return no();
  const notes: Note[] = floor && low === null ? [{ kind: 'rest' }] : [];
  const factor = one.earned.kind === 'rate' ? one.earned.factor : null;
  if (one.earned.kind !== 'rate' && one.earned.kind !== 'pro_rata') return no();
  const below = floor && low && !low.equals(0) ? { below_floor: worth(low, max) } : {};
  const proportional = (goal: Fraction, more: Note[]) =>
    rule(
      {
        kind: 'proportional',
        quantity,
        target: written(goal),
        ...(floor && { floor: written(floor), ...below }),
      },
      null,
      [...notes, ...more],
    );
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

// --- Days late, growth, comparison ---

const LATE = /(?:^|\s)(?:chậm|muộn|trễ|quá hạn|sau hạn)(?:\s|$)/iu;
const IN_TIME =
  /^(?:báo cáo |ban hành |gửi |nộp |gửi báo cáo |nộp báo cáo |hoàn thành )?(?:đúng hạn|đúng thời hạn|kịp thời|đúng thời gian quy định|đúng thời gian)$/iu;
const DAYS =
  /^(?:(?:báo cáo|ban hành|gửi|nộp|gửi báo cáo|nộp báo cáo|hoàn thành) )?(?:chậm|muộn|trễ|quá hạn|trễ hạn)$/iu;
const DUE =
  /^(.*?)\s*(?:trước|chậm nhất|muộn nhất|chậm nhất là|chậm nhất trước)\s+ngày\s+(\d{1,2})\/(\d{1,2})(?:\/(\d{4}))?(.*)$/iu;

/** `Báo cáo trước ngày 15/01: 1; chậm từ 1 đến 5 ngày: 0,5`: tiers over days late; null when it is not about days. */
function daysLate(said: readonly Sentence[], max: Fraction): Made | null {
  const late = said.filter((s): s is Of<'tier'> => s.kind === 'tier');
  const days = late.every((t) => {
    const words = t.measured.subject.join(' ');
    return /(?:^|\s)ngày$/iu.test(words) && LATE.test(words) && !t.measured.range.percent;
  });
  const others = said.filter((s) => s.kind !== 'tier');
  if (!days || others.some((s) => s.kind !== 'level' && s.kind !== 'rest')) return null;
  const [first, ...more] = others.filter((s): s is Of<'level'> => s.kind === 'level');
  const rest = others.find((s): s is Of<'rest'> => s.kind === 'rest');
  if (!first || more.length > 0 || (rest && said.at(-1) !== rest)) return no();
  const subject = sameSubject(late.map((t) => t.measured.subject));
  const lateness = subject
    ?.join(' ')
    .replace(/ ngày$/iu, '')
    .toLowerCase();
  if (!lateness || !DAYS.test(lateness)) return no();
  const due = DUE.exec(first.level);
  if (!due && !IN_TIME.test(first.level)) return no();
  const all: Said[] = [
    { bounds: { at_most: ZERO }, earned: first.earned },
    ...late.map((t) => ({ bounds: t.measured.range.bounds, earned: t.earned })),
  ];
  const made = stepped(all, rest?.earned, 'count', max);
  if (!made.ok || !due) return made.ok ? { ...made, indicator: `Số ngày ${lateness}` } : made;
  const [, what, day, month, year, tail] = due;
  const next = /^\s*(?:năm sau|năm kế tiếp|năm tiếp theo|của năm sau)$/iu.test(tail!);
  if (year !== undefined || (tail!.trim() !== '' && !next)) return no();
  // A yearly report falls due when the year is over; a day without a year does not say so.
  const january = /báo cáo/iu.test(what!) && Number(month) <= 2;
  const { tiers, otherwise } = made.rule;
  const notes: Note[] = next ? [] : [{ kind: 'year', due: `${day}/${month}` }];
  return rule(
    {
      kind: 'steps',
      quantity: 'date',
      due: `${day}/${month}`,
      ...((next || january) && { year: 'next' }),
      tiers,
      otherwise,
    },
    what!.trim() || null,
    [...made.notes, ...notes],
  );
}

function growth(said: readonly Sentence[], max: Fraction): Made {
  const grown = said.filter((s): s is Of<'grown'> => s.kind === 'grown');
  const rest = said.find((s): s is Of<'rest'> => s.kind === 'rest');
  const ups = new Set(grown.map((g) => g.grown.up));
  const named = new Set(grown.flatMap((g) => g.grown.against ?? []));
  if (ups.size > 1 || named.size > 1 || (rest && said.at(-1) !== rest)) return no();
  const plain = grown.flatMap((g): Tier[] =>
    g.earned.kind === 'points' ? [{ bounds: g.grown.range.bounds, earned: g.earned }] : [],
  );
  if (plain.length < grown.length || grown.some((g) => !g.grown.range.percent)) return no();
  const given = plain.map((t) => (t.earned.kind === 'points' ? t.earned.points : ZERO));
  if (!reaches(given, max)) return no({ kind: 'max' });
  const arranged = arrange(plain, 'change', rest !== undefined);
  if (!arranged.ok) return no(arranged.why);
  const otherwise = rest ? pointsOf(rest.earned) : ZERO;
  if (otherwise === null) return no();
  const tiers = arranged.tiers.map((t) => ({
    ...boundsOf(t.bounds),
    points: t.earned.kind === 'points' ? worth(t.earned.points, max) : 0,
  }));
  const [against] = named;
  const indicator = `Mức ${ups.has(true) ? 'tăng' : 'giảm'} (%)${against ? ` so với ${against}` : ''}`;
  const data = {
    kind: 'steps',
    quantity: 'percent',
    tiers,
    otherwise: worth(otherwise, max),
    range: { min: 'none', max: 'none' },
  };
  return rule(data, indicator, arranged.notes);
}

function comparison(said: readonly Sentence[], max: Fraction): Made {
  const grown = said.filter((s): s is Of<'grown'> => s.kind === 'grown');
  if (grown.some((g) => !g.grown.none || g.grown.against)) return no();
  // `không tăng` among such sentences is a comparison too.
  const compared = said.flatMap((s): { compared: Compared; earned: Earned }[] => {
    if (s.kind === 'compared') return [s];
    if (s.kind !== 'grown') return [];
    return [
      {
        compared: { bounds: { [s.grown.up ? 'at_most' : 'at_least']: ZERO }, named: false },
        earned: s.earned,
      },
    ];
  });
  const rest = said.find((s): s is Of<'rest'> => s.kind === 'rest');
  if (!compared.some((c) => c.compared.named) || (rest && said.at(-1) !== rest)) return no();
  const plain = compared.flatMap((c): Tier[] =>
    c.earned.kind === 'points' ? [{ bounds: c.compared.bounds, earned: c.earned }] : [],
  );
  const otherwise = rest ? pointsOf(rest.earned) : ZERO;
  if (plain.length < compared.length || otherwise === null) return no();
  const given = plain.map((t) => (t.earned.kind === 'points' ? t.earned.points : ZERO));
  if (!reaches(given, max)) return no({ kind: 'max' });
  const arranged = arrange(plain, 'change', rest !== undefined);
  if (!arranged.ok) return no(arranged.why);
  const tiers = arranged.tiers.map((t) => ({
    ...boundsOf(t.bounds),
    points: t.earned.kind === 'points' ? worth(t.earned.points, max) : 0,
  }));
  return rule(
    { kind: 'steps', quantity: 'number', against: 'last_year', tiers, otherwise: worth(otherwise, max) },
    null,
    arranged.notes,
  );
}

// --- Formulas ---

function byFormula(said: readonly Sentence[], max: Fraction): Made {
  const defined = said.filter((s): s is Of<'define'> => s.kind === 'define');
  const ratios = said.filter((s): s is Of<'ratio'> => s.kind === 'ratio');
  const others = said.filter((s) => s.kind !== 'define' && s.kind !== 'ratio');
  const meaning = new Map(defined.map((d) => [d.letter, d.meaning]));
  if (meaning.size < defined.length || ratios.length > 1) return no();
  const [only, ...more] = others;
  const formula = only?.kind === 'formula' && more.length === 0 ? only.earned : null;
  if (formula?.kind === 'shares' && ratios.length === 0) return shares(formula, meaning, max);
  const [ratio] = ratios;
  const rate = rateOf(ratio, meaning);
  if (rate === null) return no();
  if (formula?.kind === 'rate') {
    const target = max.mul(HUNDRED).div(formula.factor);
    if (formula.factor.compare(0) <= 0 || target.compare(HUNDRED) > 0) return no({ kind: 'max' });
    const named = formula.variable === 'tỷ lệ' ? null : formula.variable;
    if (named && rate) return no();
    return rule({ kind: 'proportional', quantity: 'percent', target: written(target) }, rate || named);
  }
  if (others.some((s) => s.kind === 'formula') || others.length === 0) return no();
  const made = withoutHeading(others, max);
  const onRate = others.every((s) => s.kind !== 'tier' || s.measured.range.percent);
  if (!made.ok || !onRate || !['steps', 'proportional'].includes(made.rule.kind))
    return made.ok ? no() : made;
  return rate === '' ? made : { ...made, indicator: rate };
}

/** The words of a rate that is defined by letters; '' where nothing is to be said, null where it does not fit. */
function rateOf(ratio: Of<'ratio'> | undefined, meaning: ReadonlyMap<string, string>): string | null {
  if (!ratio) {
    // `a = Tỷ lệ`: only another name.
    const names = [...meaning.values()];
    return names.every((n) => /^tỷ lệ$|^tỉ lệ$/iu.test(n)) ? '' : null;
  }
  const [part, whole] = [meaning.get(ratio.part), meaning.get(ratio.whole)];
  if (part === undefined || whole === undefined || meaning.size !== 2 || ratio.part === ratio.whole)
    return null;
  return `${part} / ${whole}`;
}

function shares(
  earned: Extract<Earned, { kind: 'shares' }>,
  meaning: ReadonlyMap<string, string>,
  max: Fraction,
): Made {
  const letters = [earned.total, ...earned.parts.map((p) => p.letter)];
  if (meaning.size > 0 && (meaning.size !== letters.length || letters.some((l) => !meaning.has(l))))
    return no();
  const whole = earned.parts.every((p) => p.points.compare(max) <= 0 && p.points.compare(0) > 0);
  if (!whole || !earned.parts.some((p) => p.points.equals(max)) || new Set(letters).size < letters.length)
    return no({ kind: 'max' });
  return rule({
    kind: 'weighted_share',
    total: meaning.get(earned.total) ?? earned.total,
    parts: earned.parts.map((p) => ({
      key: p.letter,
      name: meaning.get(p.letter) ?? p.letter,
      weight: written(p.points.div(max)),
    })),
  });
}
