import { type Fraction, HUNDRED, ZERO } from '../../exact/fraction.js';
import { bare } from './condition.js';
import { type Made, no, type Of, pointsOf, reaches, rule, written } from './rule.js';
import type { Sentence } from './sentence.js';

/** `Có: 1; chậm: 0,5; không: 0`: categories in their own words. */
export function levels(said: readonly Sentence[], max: Fraction): Made {
  const given: { level: string; points: Fraction }[] = [];
  for (const s of said) {
    const points = s.kind === 'level' || s.kind === 'rest' || s.kind === 'none' ? pointsOf(s.earned) : null;
    if (points) given.push({ level: (s as Of<'level'>).level, points });
  }
  const names = new Set(given.map((l) => l.level.toLowerCase()));
  if (given.length < Math.max(said.length, 2) || names.size < given.length) return no();
  if (said.every((s) => s.kind === 'level') && areParts(given, max))
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

const DONE = /^(?:có|đã|ban hành|hoàn thành|kế hoạch|tổ chức|xây dựng|thực hiện|gửi|nộp|báo cáo)(?!\p{L})/iu;
const FAULTY = /(?<!\p{L})(?:không|chưa|chậm|muộn|trễ|thiếu|sai|một phần|chỉ|hoặc)(?!\p{L})/iu;

/**
 * `Có kế hoạch: 0,5; có báo cáo: 0,5` of one point: different things that are done, none of which earns all, and all
 * together do. `Ban hành đúng hạn: 0,6; ban hành chậm: 0,4` are degrees of one thing.
 */
function areParts(given: readonly { level: string; points: Fraction }[], max: Fraction): boolean {
  const whole = given.reduce((sum, l) => sum.add(l.points), ZERO);
  const things = given.map((l) =>
    l.level
      .toLowerCase()
      .replace(/^(?:có|đã)\s+/u, '')
      .split(' ')
      .at(0),
  );
  return (
    given.length > 1 &&
    whole.equals(max) &&
    given.every((l) => l.points.compare(0) > 0 && DONE.test(l.level) && !FAULTY.test(l.level)) &&
    new Set(things).size === things.length
  );
}

/** `Đủ 4 báo cáo: 1; thiếu 1 báo cáo: 0,75`: tiers of what is missing, and none of it is missing when there are enough. */
export function missingOf(said: readonly Sentence[]): Sentence[] | null {
  const tiers = said.filter((s): s is Of<'tier'> => s.kind === 'tier');
  const begins = (t: Of<'tier'>, word: string) => t.measured.subject[0]?.toLowerCase() === word;
  const [enough, ...more] = tiers.filter(
    (t) => begins(t, 'đủ') && t.measured.range.exact && !t.measured.range.percent,
  );
  const missing = tiers.filter((t) => begins(t, 'thiếu'));
  if (!enough || more.length > 0 || missing.length === 0 || missing.length + 1 < tiers.length) return null;
  const noun = enough.measured.subject.slice(1).join(' ').toLowerCase();
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
    ...said.filter((s) => s.kind !== 'tier'),
  ];
}

/** `100% nhiệm vụ đúng tiến độ: 1; có nhiệm vụ muộn: 0,5`: all of them, among words, is a category; null where it is not so. */
export function allOfThem(said: readonly Sentence[], max: Fraction): Made | null {
  const [all, ...more] = said.filter((s): s is Of<'tier'> => s.kind === 'tier');
  const others = said.filter((s): s is Of<'level'> => s.kind === 'level');
  const { range } = all!.measured;
  const whole = range.exact && range.percent && range.bounds.at_least?.equals(HUNDRED);
  const named = bare(all!.measured.subject).length > 1;
  if (!whole || !named || more.length > 0 || others.length === 0 || others.length + 1 < said.length)
    return null;
  return levels(
    said.map((s) =>
      s.kind === 'tier' ? { clause: s.clause, kind: 'level', level: s.level, earned: s.earned } : s,
    ),
    max,
  );
}
