import { type Fraction, ZERO } from '../../exact/fraction.js';
import { type Made, no, type Of, pointsOf, type RuleData, rule, written } from './made.js';
import type { Sentence } from './sentence.js';
import type { Note } from './tiers.js';

/** What a sentence of full points promises, and the faults that break it. */
const PROMISES: [RegExp, RegExp][] = [
  [
    /đúng hạn|đúng thời hạn|kịp thời|đúng thời gian/iu,
    /chậm|trễ|muộn|quá hạn|không đúng hạn|không đúng thời|không kịp thời/iu,
  ],
  [/đầy đủ|đủ số lượng|đủ/iu, /thiếu|không đủ|không đầy đủ|không có|không gửi|không báo cáo/iu],
  [
    /đúng quy định|đạt yêu cầu|chất lượng|đảm bảo/iu,
    /không đúng quy định|không đạt|sai|vi phạm|không đảm bảo/iu,
  ],
];
const ONLY_PROMISES =
  /^(?:(?:báo cáo|gửi|nộp|ban hành|thực hiện|và|đúng hạn|đúng thời hạn|kịp thời|đúng thời gian quy định|đúng thời gian|đầy đủ|đủ số lượng|đủ|đúng quy định|đạt yêu cầu|đảm bảo chất lượng|chất lượng|,)\s*)+$/iu;

function kept(promise: string, faults: string): boolean {
  return (
    ONLY_PROMISES.test(promise) &&
    PROMISES.every(([said, broken]) => !said.test(promise) || broken.test(faults))
  );
}

/** `Không có hồ sơ trễ hạn` promises that there is none of what costs points. */
function isNoneOf(promise: string, lost: readonly Of<'lost'>[]): boolean {
  const noun = /^không (?:có |để xảy ra )?(.+?)(?: nào)?$/iu.exec(promise)?.[1]?.toLowerCase();
  return noun !== undefined && lost.length === 1 && lost[0]!.each.cases.toLowerCase() === noun;
}

export const NOTHING_SENT =
  /^(?:không|chưa)(?: có)? (?:báo cáo|ban hành|gửi báo cáo|nộp báo cáo|thực hiện|triển khai|xây dựng|kế hoạch|văn bản|gửi|nộp)(?: kế hoạch| báo cáo| văn bản)?$/iu;

/** Points lost for each case, with a limit, and what is lost at once. */
export function penalties(all: readonly Sentence[], max: Fraction): Made {
  const enough = all.find(
    (s): s is Of<'tier'> => s.kind === 'tier' && /^đủ /iu.test(s.measured.subject.join(' ')),
  );
  const said = all.filter((s) => s !== enough);
  const lost = said.filter((s): s is Of<'lost'> => s.kind === 'lost');
  const limits = [
    ...said.flatMap((s) => (s.kind === 'limit' ? [s.limit] : [])),
    ...lost.flatMap((l) => l.each.limit ?? []),
  ];
  const categories = said.filter(
    (s): s is Of<'level'> | Of<'none'> => s.kind === 'level' || s.kind === 'none',
  );
  if (lost.length + said.filter((s) => s.kind === 'limit').length + categories.length < said.length)
    return no();
  if (limits.length > 1 || (limits.length > 0 && lost.length > 1)) return no();
  if (lost.some((l) => l.each.each.compare(max) > 0)) return no({ kind: 'max' });
  const faults = lost.map((l) => l.each.cases).join('; ');
  const full = categories.filter((c) => pointsOf(c.earned)?.equals(max));
  const none = categories.filter((c) => !full.includes(c));
  if (
    full.length > 1 ||
    none.length > 1 ||
    (full[0] && !kept(full[0].level, faults) && !isNoneOf(full[0].level, lost))
  )
    return no();
  const [stop] = none;
  const points = stop && pointsOf(stop.earned);
  if (stop && (!points || points.compare(ZERO) > 0 || !NOTHING_SENT.test(stop.level))) return no();
  const limit = limits[0];
  if (limit?.kind === 'most' && (limit.points.compare(max) > 0 || limit.points.compare(0) <= 0))
    return no({ kind: 'max' });
  if (limit?.kind === 'lowest' && limit.points.compare(max) >= 0) return no({ kind: 'max' });
  if (limit?.kind === 'highest' && limit.points.compare(max) > 0) return no({ kind: 'max' });
  const limited = !limit
    ? {}
    : limit.kind === 'lowest'
      ? { floor: written(limit.points) }
      : { most: written(limit.points) };
  const penalty = (each: Of<'lost'>['each']): RuleData => ({
    kind: 'penalty',
    per_case: written(each.each),
    ...(each.per.equals(1) ? {} : { per: written(each.per) }),
  });
  const notes: Note[] = limit ? [] : [{ kind: 'floor' }];
  const [first, ...others] = lost;
  const parts = [
    { input: 'cases', name: first!.each.cases, rule: { ...penalty(first!.each), ...limited } as RuleData },
    ...others.map((l, i) => ({
      input: `cases_${i + 2}`,
      name: l.each.cases,
      rule: { ...penalty(l.each), start: 0, floor: written(max.neg()) } as RuleData,
    })),
  ];
  if (new Set(parts.map((p) => p.name)).size < parts.length) return no();
  if (stop && points) {
    if (others.length > 0 || enough) return no();
    const sent = {
      input: 'none',
      name: stop.level,
      rule: { kind: 'yes_no', yes: written(points), no: 'max' },
    };
    return rule({ kind: 'min', parts: [parts[0]!, sent] }, null, notes);
  }
  if (others.length > 0 && enough) return no();
  if (others.length > 0) return rule({ kind: 'sum', floor: 0, parts }, null, notes);
  const name = first!.each.cases;
  const range = enough && missingOf(enough, name, max);
  if (range === null) return no();
  return rule({ ...parts[0]!.rule, ...range }, name === 'trường hợp' ? null : name, notes);
}

/** `Đủ 04 báo cáo: 3` before `thiếu 01 báo cáo trừ 1`: as many as four can be missing; null where it does not fit. */
function missingOf(
  { measured, earned }: Of<'tier'>,
  cases: string,
  max: Fraction,
): { range: { max: number } } | null {
  const { range, subject } = measured;
  const noun = subject.slice(1).join(' ').toLowerCase();
  const whole = range.exact && !range.percent ? range.bounds.at_least : undefined;
  const fits = cases.toLowerCase() === `thiếu ${noun}` && pointsOf(earned)?.equals(max);
  return whole && fits ? { range: { max: written(whole) } } : null;
}

/** Points gained for each of something, up to the maximum. */
export function items(said: readonly Sentence[], max: Fraction): Made {
  const gained = said.filter((s): s is Of<'gained'> => s.kind === 'gained');
  const [one, ...more] = gained;
  const limits = [
    ...said.flatMap((s) => (s.kind === 'limit' ? [s.limit] : [])),
    ...gained.flatMap((g) => g.each.limit ?? []),
  ];
  if (!one || more.length > 0 || limits.length > 1 || one.each.each.compare(max) > 0)
    return no({ kind: 'max' });
  const [limit] = limits;
  if (limit && (limit.kind !== 'highest' || !limit.points.equals(max))) return no({ kind: 'max' });
  const per = one.each.per.equals(1) ? {} : { per: written(one.each.per) };
  return rule({ kind: 'count', per_item: written(one.each.each), ...per }, one.each.cases);
}
