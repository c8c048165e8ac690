import { type Fraction, HUNDRED, ZERO } from '../../values/fraction.js';
import { bare, indicatorOf, sameSubject } from './condition.js';
import type { Limit, PerCase } from './per-case.js';
import type { Bound } from './range.js';
import type { Sentence } from './sentence.js';
import {
  type Made,
  type Note,
  no,
  type Of,
  ofKind,
  orNothing,
  piecesOf,
  pointsOf,
  type RuleData,
  reaches,
  rule,
  soleBound,
  worth,
  written,
} from './tiers.js';

/** What a sentence of full points promises, and the faults that break it. */
const PROMISES: [RegExp, RegExp][] = [
  [
    /đúng hạn|đúng thời hạn|kịp thời|đúng thời gian|đúng tiến độ/iu,
    /chậm|trễ|muộn|quá hạn|(?:không|chưa) (?:đúng hạn|đúng thời|kịp thời)/iu,
  ],
  [/đầy đủ|đủ số lượng|đủ/iu, /thiếu|không đủ|không đầy đủ|không có|không gửi|không báo cáo/iu],
  [
    /đúng quy định|đạt yêu cầu|chất lượng|đảm bảo/iu,
    /(?:không|chưa) (?:đúng quy định|đạt|đảm bảo)|sai|vi phạm/iu,
  ],
];
const ONLY_PROMISES =
  /^(?:(?:báo cáo|gửi|nộp|ban hành|thực hiện|và|đúng hạn|đúng thời hạn|kịp thời|đúng thời gian quy định|đúng thời gian|đúng tiến độ|đầy đủ|đủ số lượng|đủ|đúng quy định|đạt yêu cầu|đảm bảo chất lượng|chất lượng|,)\s*)+$/iu;

/** Whether each of what a sentence promises is broken by one of the faults. */
const allBroken = (promise: string, faults: string): boolean =>
  PROMISES.every(([said, broken]) => !said.test(promise) || broken.test(faults));

const kept = (promise: string, faults: string): boolean =>
  ONLY_PROMISES.test(promise) && allBroken(promise, faults);

/** What is done with things, whatever they are. */
const DONE =
  /(?<!\p{L})(?:gửi|nộp|ban hành|thực hiện|giải quyết|hoàn thành|xử lý|được|có|tổng|số)(?!\p{L})/giu;

/**
 * `100% TTHC được công khai` before `mỗi TTHC không công khai trừ …`: all of what is counted, without the fault; its
 * other words are among those of the fault.
 */
export function allWithoutFault(promise: string, faults: string): boolean {
  const [, before, after] = /^(.*?)(?<!\d)100 ?% (.+)$/u.exec(promise.toLowerCase()) ?? [];
  if (
    after === undefined ||
    !/(?<!\p{L})(?:không|chưa|chậm|trễ|muộn|thiếu|quá hạn|sai|vi phạm)(?!\p{L})/iu.test(faults)
  )
    return false;
  const rest = PROMISES.reduce((text, [said]) => text.replace(said, ' '), `${before} ${after}`);
  const words = (text: string) => text.toLowerCase().match(/\p{L}+/gu) ?? [];
  const named = words(rest.replace(DONE, ' '));
  const there = new Set(words(faults));
  return named.length > 0 && named.every((w) => there.has(w)) && allBroken(promise, faults);
}

/** `Không có hồ sơ trễ hạn` promises that there is none of what costs points. */
function isNoneOf(promise: string, lost: readonly PerCase[]): boolean {
  const noun = /^không (?:có |để xảy ra )?(.+?)(?: nào)?$/iu.exec(promise)?.[1]?.toLowerCase();
  return noun !== undefined && lost.length === 1 && lost[0]!.cases.toLowerCase() === noun;
}

export const NOTHING_SENT =
  /^(?:không|chưa)(?: có)? (?:báo cáo|ban hành|gửi báo cáo|nộp báo cáo|thực hiện|triển khai|xây dựng|kế hoạch|văn bản|gửi|nộp)(?: kế hoạch| báo cáo| văn bản)?$/iu;

/** Points lost for each case, with a limit, and what is lost at once. */
export function penalties(sentences: readonly Sentence[], max: Fraction): Made {
  const given = piecesOf(sentences, { lost: '+', tier: '*', level: '*', none: '*', limit: '*' });
  if (!given) return no();
  const lost = given.lost.map((l) => l.each);
  const [first, ...others] = lost;
  const faults = lost.map((l) => l.cases).join('; ');
  const enough = given.tier.find((t) => /^đủ /iu.test(t.measured.subject.join(' ')));
  const whole = given.tier.find((t) => t !== enough && isWhole(t, lost, max));
  const [limit, ...moreLimits] = [...given.limit.map((s) => s.limit), ...lost.flatMap((l) => l.limit ?? [])];
  if (moreLimits.length > 0 || given.tier.some((t) => t !== enough && t !== whole)) return no();
  // Of several losses the sum never goes below 0; another limit could be of one of them.
  const zero = limit?.kind === 'lowest' && limit.points.equals(0) && sentences.at(-1)?.kind === 'limit';
  if (limit && others.length > 0 && !zero) return no();
  if (lost.some((l) => l.each.compare(max) > 0) || (limit && !fitsIn(limit, max))) return no({ kind: 'max' });
  const categories = [...given.level, ...given.none];
  const [full, ...moreFull] = categories.filter((c) => pointsOf(c.earned)?.equals(max));
  const [stop, ...moreStops] = categories.filter((c) => !pointsOf(c.earned)?.equals(max));
  const promised = !full || kept(full.level, faults) || isNoneOf(full.level, lost);
  if (moreFull.length > 0 || moreStops.length > 0 || !promised || (full && whole)) return no();
  const points = stop && pointsOf(stop.earned);
  if (stop && (!points || points.compare(ZERO) > 0 || !NOTHING_SENT.test(stop.level))) return no();
  const notes: Note[] = limit ? [] : [{ kind: 'floor' }];
  const end = limit && { [limit.kind === 'lowest' ? 'floor' : 'most']: written(limit.points) };
  const parts = [
    { input: 'cases', name: first!.cases, rule: { ...lossRule(first!), ...(others.length === 0 && end) } },
    ...others.map((each, i) => ({
      input: `cases_${i + 2}`,
      name: each.cases,
      rule: { ...lossRule(each), start: 0, floor: written(max.neg()) },
    })),
  ];
  if (new Set(parts.map((p) => p.name)).size < parts.length) return no();
  if (others.length > 0) return stop || enough ? no() : rule({ kind: 'sum', floor: 0, parts }, null, notes);
  if (stop && points)
    return enough || whole ? no() : rule(orNothing(parts[0]!, stop.level, points), null, notes);
  const name = first!.cases;
  const range = enough && mostMissing(enough, name, max);
  if (range === null) return no();
  return rule({ ...parts[0]!.rule, ...range }, name === 'trường hợp' ? null : name, notes);
}

const lossRule = ({ each, per }: PerCase): RuleData => ({
  kind: 'penalty',
  per_case: written(each),
  ...(per.equals(1) ? {} : { per: written(per) }),
});

/** Whether a limit of what is lost, or of what is left, is one that points can reach. */
function fitsIn({ kind, points }: Limit, max: Fraction): boolean {
  if (kind === 'lowest') return points.compare(max) < 0;
  return points.compare(max) <= 0 && (kind === 'highest' || points.compare(ZERO) > 0);
}

/** Whether a tier of full points is all of what is counted, without its one fault. */
const isWhole = ({ earned, level }: Of<'tier'>, lost: readonly PerCase[], max: Fraction): boolean =>
  lost.length === 1 && pointsOf(earned)?.equals(max) === true && allWithoutFault(level, lost[0]!.cases);

/** `Đủ 04 báo cáo: 3` before `thiếu 01 báo cáo trừ 1`: as many as four can be missing; null where it does not fit. */
function mostMissing(
  { measured, earned }: Of<'tier'>,
  cases: string,
  max: Fraction,
): { range: { max: number } } | null {
  const { range } = measured;
  const noun = enoughOf(measured.subject);
  const whole = range.exact && !range.percent ? range.bounds.at_least : undefined;
  const fits = cases.toLowerCase() === `thiếu ${noun}` && pointsOf(earned)?.equals(max);
  return whole && fits ? { range: { max: written(whole) } } : null;
}

/** Points gained for each of something, up to the maximum. */
export function items(sentences: readonly Sentence[], max: Fraction): Made {
  const given = piecesOf(sentences, { gained: '*', limit: '*' });
  if (!given) return no();
  const [one, ...more] = given.gained;
  const [limit, ...limits] = [
    ...given.limit.map((s) => s.limit),
    ...given.gained.flatMap((g) => g.each.limit ?? []),
  ];
  if (!one || more.length > 0 || limits.length > 0 || one.each.each.compare(max) > 0)
    return no({ kind: 'max' });
  if (limit && (limit.kind !== 'highest' || !limit.points.equals(max))) return no({ kind: 'max' });
  const per = one.each.per.equals(1) ? {} : { per: written(one.each.per) };
  return rule({ kind: 'count', per_item: written(one.each.each), ...per }, one.each.cases);
}

/** More steps than this are no table of points any more. */
const MOST_STEPS = 50;

/** `Đạt từ 95% trở lên: 1; cứ giảm 1% trừ 0,1; dưới 80%: 0`: a tier for every whole step below the target. */
export function dropping(sentences: readonly Sentence[], max: Fraction): Made {
  const given = piecesOf(sentences, { drop: '1', tier: '+', limit: '?' });
  if (!given) return no();
  const { drop, limit: stated } = given;
  const limit = stated?.limit;
  const [full, low, ...moreTiers] = given.tier;
  const only = ({ measured: { range } }: Of<'tier'>, end: Bound) =>
    range.percent ? soleBound(range.bounds, end) : null;
  const [target, floor] = [only(full!, 'at_least'), low ? only(low, 'below') : ZERO];
  const subject = sameSubject(given.tier.map((t) => t.measured.subject));
  if (!target || !floor || !subject || moreTiers.length > 0 || !pointsOf(full!.earned)?.equals(max))
    return no();
  if ((drop.from && !drop.from.equals(target)) || (limit && (low || limit.kind === 'highest'))) return no();
  const least = !limit ? ZERO : limit.kind === 'most' ? max.sub(limit.points) : limit.points;
  if (least.compare(max) >= 0 || least.compare(0) < 0 || (low && !pointsOf(low.earned)?.equals(0)))
    return no();
  const tiers: Record<string, unknown>[] = [];
  let points = max;
  let above = target.sub(drop.step);
  for (; points.compare(least) > 0 && above.compare(floor) >= 0; above = above.sub(drop.step)) {
    tiers.push({ above: written(above), points: worth(points, max) });
    points = points.sub(drop.each);
  }
  if (tiers.length < 2 || tiers.length > MOST_STEPS) return no();
  const left = points.compare(least) > 0;
  if (left && low) tiers.push({ at_least: written(floor), points: written(points) });
  const otherwise = left && !low ? points : least;
  const notes: Note[] = limit || low ? [] : [{ kind: 'floor' }];
  return rule(
    { kind: 'steps', quantity: 'percent', tiers, otherwise: written(otherwise) },
    indicatorOf(subject),
    [{ kind: 'steps', step: written(drop.step) }, ...notes],
  );
}

/** `Có: 1; chậm: 0,5; không: 0`: categories in their own words. */
export function levels(sentences: readonly Sentence[], max: Fraction): Made {
  const given: { level: string; points: Fraction }[] = [];
  for (const s of sentences) {
    const points = s.kind === 'level' || s.kind === 'rest' || s.kind === 'none' ? pointsOf(s.earned) : null;
    if (points) given.push({ level: (s as Of<'level'>).level, points });
  }
  const names = new Set(given.map((l) => l.level.toLowerCase()));
  if (given.length < Math.max(sentences.length, 2) || names.size < given.length) return no();
  if (sentences.every((s) => s.kind === 'level') && areParts(given, max))
    return rule({ kind: 'sum', parts: given.map(partOf) }, null, [{ kind: 'parts' }]);
  const points = given.map((l) => l.points);
  if (!reaches(points, max) || points.every((p) => p.equals(max))) return no({ kind: 'max' });
  const at = (words: string[]) => given.find((l) => words.includes(l.level.toLowerCase()));
  const [yes, none] = [at(['có']), at(['không', 'không có'])];
  if (given.length === 2 && yes && none)
    return rule({ kind: 'yes_no', yes: written(yes.points), no: written(none.points) });
  return rule({ kind: 'levels', levels: given.map((l) => ({ level: l.level, points: written(l.points) })) });
}

const partOf = ({ level, points }: { level: string; points: Fraction }, i: number) => ({
  input: `part_${i + 1}`,
  name: level,
  rule: { kind: 'yes_no', yes: written(points), no: 0 },
});

const IS_DONE =
  /^(?:có|đã|ban hành|hoàn thành|kế hoạch|tổ chức|xây dựng|thực hiện|gửi|nộp|báo cáo)(?!\p{L})/iu;
const FAULTY = /(?<!\p{L})(?:không|chưa|chậm|muộn|trễ|thiếu|sai|một phần|chỉ|hoặc)(?!\p{L})/iu;

/**
 * `Có kế hoạch: 0,5; có báo cáo: 0,5` of one point: different things that are done, none of which earns all, and all
 * together do. `Ban hành đúng hạn: 0,6; ban hành chậm: 0,4` are degrees of one thing.
 */
function areParts(given: readonly { level: string; points: Fraction }[], max: Fraction): boolean {
  const whole = given.reduce((sum, l) => sum.add(l.points), ZERO);
  const thingOf = (level: string) =>
    level
      .toLowerCase()
      .replace(/^(?:có|đã)\s+/u, '')
      .split(' ')[0];
  const things = given.map((l) => thingOf(l.level));
  return (
    given.length > 1 &&
    whole.equals(max) &&
    given.every((l) => l.points.compare(0) > 0 && IS_DONE.test(l.level) && !FAULTY.test(l.level)) &&
    new Set(things).size === things.length
  );
}

/** What there is enough of: `đủ báo cáo`, `đủ số lượng báo cáo`. */
const enoughOf = ([, ...words]: readonly string[]): string =>
  words
    .join(' ')
    .toLowerCase()
    .replace(/^số lượng /u, '');

/** `Đủ 4 báo cáo: 1; thiếu 1 báo cáo: 0,75`: tiers of what is missing, and none of it is missing when there are enough. */
export function missingOf(sentences: readonly Sentence[]): Sentence[] | null {
  const tiers = ofKind(sentences, 'tier');
  const begins = (t: Of<'tier'>, word: string) => t.measured.subject[0]?.toLowerCase() === word;
  const [enough, ...more] = tiers.filter(
    (t) => begins(t, 'đủ') && t.measured.range.exact && !t.measured.range.percent,
  );
  const missing = tiers.filter((t) => begins(t, 'thiếu'));
  if (!enough || more.length > 0 || missing.length === 0 || missing.length + 1 < tiers.length) return null;
  const noun = enoughOf(enough.measured.subject);
  const alike = missing.every((t) => t.measured.subject.slice(1).join(' ').toLowerCase() === noun);
  const whole = enough.measured.range.bounds.at_least;
  if (!alike || !whole) return null;
  const subject = [...missing[0]!.measured.subject, 'trong', 'số', String(written(whole))];
  const of = (tier: Of<'tier'>, range: Of<'tier'>['measured']['range']): Of<'tier'> => ({
    ...tier,
    measured: { subject, range },
  });
  return [
    ...missing.map((t) => of(t, t.measured.range)),
    of(enough, { bounds: { at_most: ZERO }, percent: false, exact: false }),
    ...sentences.filter((s) => s.kind !== 'tier'),
  ];
}

/** `100% nhiệm vụ đúng tiến độ: 1; có nhiệm vụ muộn: 0,5`: all of them, among words, is a category; null where it is not so. */
export function allOfThem(sentences: readonly Sentence[], max: Fraction): Made | null {
  const all = piecesOf(sentences, { tier: '1', level: '+' })?.tier.measured;
  const whole = all?.range.exact && all.range.percent && all.range.bounds.at_least?.equals(HUNDRED);
  if (!whole || bare(all.subject).length < 2) return null;
  return levels(
    sentences.map((s) =>
      s.kind === 'tier' ? { clause: s.clause, kind: 'level', level: s.level, earned: s.earned } : s,
    ),
    max,
  );
}
