import { type Fraction, ZERO } from '../../exact/fraction.js';
import { NOTHING_SENT } from './cases.js';
import { bare, type Compared, metOf, PLACES, sameSubject } from './condition.js';
import type { Earned } from './result.js';
import type { Sentence } from './sentence.js';
import {
  type Made,
  type Note,
  no,
  type Of,
  ofKind,
  orNothing,
  pointsOf,
  restOf,
  rule,
  type Said,
  stepped,
  tiersOf,
  written,
} from './tiers.js';

const LATE = /(?:^|\s)(?:chậm|muộn|trễ|quá hạn|sau hạn)(?:\s|$)/iu;
const SENT = /^(?:báo cáo|ban hành|gửi báo cáo|nộp báo cáo|gửi|nộp|hoàn thành) /iu;
const IN_TIME =
  /^(?:báo cáo |ban hành |gửi |nộp |gửi báo cáo |nộp báo cáo |hoàn thành )?(?:đúng hạn|đúng thời hạn|kịp thời|đúng thời gian quy định|đúng thời gian)$/iu;
const DAYS =
  /^(?:(?:báo cáo|ban hành|gửi|nộp|gửi báo cáo|nộp báo cáo|hoàn thành) )?(?:chậm|muộn|trễ|quá hạn|trễ hạn)$/iu;
const DUE =
  /^(.*?)\s*(?:trước|chậm nhất|muộn nhất|chậm nhất là|chậm nhất trước)\s+ngày\s+(\d{1,2})\/(\d{1,2})(?:\/(\d{4}))?(.*)$/iu;

/** `Báo cáo trước ngày 15/01: 1; chậm từ 1 đến 5 ngày: 0,5`: tiers over days late; null when it is not about days. */
export function daysLate(said: readonly Sentence[], max: Fraction): Made | null {
  const late = ofKind(said, 'tier');
  const days = late.every((t) => {
    const words = t.measured.subject.join(' ');
    return /(?:^|\s)ngày(?: làm việc)?$/iu.test(words) && LATE.test(words) && !t.measured.range.percent;
  });
  const others = said.filter((s) => s.kind !== 'tier');
  if (!days || others.some((s) => s.kind !== 'level' && s.kind !== 'rest')) return null;
  const words = ofKind(others, 'level');
  const [nothing, ...twice] = words.filter((w) => NOTHING_SENT.test(w.level));
  const [first, ...more] = words.filter((w) => w !== nothing);
  if (twice.length > 0) return no();
  const rest = restOf(said);
  if (!first || more.length > 0 || rest === 'misplaced') return no();
  const subject = sameSubject(late.map((t) => t.measured.subject));
  const stated = subject
    ?.join(' ')
    .replace(/ ngày(?: làm việc)?$/iu, '')
    .toLowerCase();
  if (!stated || !DAYS.test(stated)) return no();
  const due = DUE.exec(first.level);
  if (!due && !IN_TIME.test(first.level)) return no();
  // `Báo cáo đúng hạn: 1; chậm dưới 5 ngày: 0,5`: what is sent late is what is sent in time.
  const [intime = '', behind = ''] = [first.level, stated].map((t) => SENT.exec(t)?.[0].toLowerCase());
  if (behind !== '' && !(due ? first.level.toLowerCase().includes(behind) : intime === behind)) return no();
  const sent = due || / /u.test(stated) ? '' : intime;
  const lateness = `${sent}${stated}`;
  const all: Said[] = [
    { bounds: { at_most: ZERO }, earned: first.earned },
    ...late.map((t) => ({ bounds: t.measured.range.bounds, earned: t.earned })),
  ];
  const made = stepped(all, rest?.earned, 'count', max);
  if (!made.ok) return made;
  const working = late.some((t) => /làm việc$/iu.test(t.measured.subject.join(' '))) ? 'làm việc ' : '';
  const indicator = `Số ngày ${working}${lateness}`;
  if (nothing) {
    // A day that it falls due by is not read with it.
    const points = pointsOf(nothing.earned);
    if (due || !points || points.compare(ZERO) > 0) return no();
    const days = { input: 'days', name: indicator, rule: made.rule };
    return rule(orNothing(days, nothing.level, points), indicator, made.notes);
  }
  if (!due) return { ...made, indicator };
  // A date is counted in days of the calendar.
  if (working) return no();
  const [, what, day, month, year, tail] = due;
  const next = /^\s*(?:năm sau|năm kế tiếp|năm tiếp theo|của năm sau)$/iu.test(tail!);
  if (year !== undefined || (tail!.trim() !== '' && !next)) return no();
  // A yearly report falls due when the year is over; a day without a year does not say so.
  const january = /báo cáo/iu.test(what!) && Number(month) <= 2;
  const { tiers, otherwise } = made.rule;
  const notes: Note[] = next ? [] : [{ kind: 'year', due: `${day}/${month}` }];
  const whenNext = next || january ? { year: 'next' } : {};
  const data = { kind: 'steps', quantity: 'date', due: `${day}/${month}`, ...whenNext, tiers, otherwise };
  return rule(data, what!.trim() || null, [...made.notes, ...notes]);
}

const FALLEN = { tăng: /^(?:giảm|tụt) (?:bậc|hạng)$/iu, giảm: /^tăng (?:bậc|hạng)$/iu };

/** `Tăng từ 5% trở lên so với năm trước: 2`, `tăng từ 3 bậc trở lên: 2; giữ nguyên: 1`, `vượt chỉ tiêu dưới 5%: 1`. */
export function growth(said: readonly Sentence[], max: Fraction): Made {
  const [first] = said.filter((s): s is Of<'grown'> => s.kind === 'grown' && !s.grown.none);
  if (!first) return no();
  const { verb } = first.grown;
  const places = !first.grown.range.percent;
  const grown = said.flatMap((s): Pick<Of<'grown'>, 'grown' | 'earned'>[] => {
    if (s.kind === 'grown') return [s];
    if (s.kind === 'level') {
      // `đạt chỉ tiêu`, `không đạt`, after `vượt chỉ tiêu`; `giảm bậc` after `tăng 3 bậc`.
      const met =
        verb === 'vượt'
          ? metOf(s.level)
          : places && FALLEN[verb].test(s.level) && { target: '', bounds: { below: ZERO } };
      if (!met) return [];
      const range = { bounds: met.bounds, percent: !places, exact: false };
      return [{ grown: { verb, range, none: true, against: met.target || null }, earned: s.earned }];
    }
    // `giữ nguyên`, `giảm` after `tăng 3 bậc` are of it too.
    if (s.kind === 'compared' && verb !== 'vượt') {
      const bounds = verb === 'tăng' ? s.compared.bounds : turned(s.compared.bounds);
      const range = { bounds, percent: !places, exact: false };
      return [{ grown: { verb, range, none: true, against: null }, earned: s.earned }];
    }
    if (s.kind !== 'tier') return [];
    // `từ 5% đến dưới 10%` after `tăng từ 10% trở lên` is of the same change.
    return [{ grown: { verb, range: s.measured.range, none: false, against: null }, earned: s.earned }];
  });
  // `dưới 5%` may be no growth at all, which only earns nothing for certain.
  const clear = said.every(
    (s) =>
      s.kind !== 'tier' ||
      (bare(s.measured.subject).every((w) => places && PLACES.includes(w)) &&
        (s.measured.range.bounds.at_least || pointsOf(s.earned)?.equals(0))),
  );
  if (!clear) return no();
  const rest = restOf(said);
  const verbs = new Set(grown.map((g) => g.grown.verb));
  // `chỉ tiêu` after `chỉ tiêu được giao` is the same.
  const told = grown.flatMap((g) => g.grown.against ?? []);
  const isShort = (t: string) => verb === 'vượt' && told.some((o) => o.startsWith(`${t} `));
  const named = new Set(told.filter((t) => !isShort(t)));
  if (
    grown.length < said.filter((s) => s !== rest).length ||
    verbs.size > 1 ||
    named.size > 1 ||
    rest === 'misplaced'
  )
    return no();
  if (grown.some((g) => !g.grown.none && g.grown.range.percent === places)) return no();
  // `Tăng 10 bậc: 2; còn lại: 0` would give eleven places nothing.
  if (rest && grown.some((g) => g.grown.range.exact)) return no();
  const all = grown.map((g) => ({ bounds: g.grown.range.bounds, earned: g.earned }));
  const tiers = untilPassed(all, verb);
  // Of whole places one less stands for all that fall.
  const made = tiersOf(tiers, rest?.earned, places ? 'count' : 'change', max, places ? -1 : 0);
  if (!made.ok) return made;
  const [against] = named;
  if (verb === 'vượt' && !against) return no();
  const than = against ? ` so với ${against}` : '';
  const indicator =
    verb === 'vượt' ? `Mức vượt ${against} (%)` : `${places ? `Số bậc ${verb}` : `Mức ${verb} (%)`}${than}`;
  const range = { min: 'none', max: made.most ? written(made.most) : 'none' };
  const kind = places ? { kind: 'count' } : { kind: 'steps', quantity: 'percent' };
  return rule({ ...kind, ...made.data, range }, indicator, made.notes);
}

/** `đạt chỉ tiêu` is said of what is met and not passed as far as another sentence says. */
function untilPassed(tiers: Said[], verb: Of<'grown'>['grown']['verb']): Said[] {
  const from = tiers.flatMap(
    ({ bounds }) => bounds.above ?? (bounds.at_least?.equals(0) ? [] : (bounds.at_least ?? [])),
  );
  const least = from.reduce((a: Fraction | null, b) => (a === null || b.compare(a) < 0 ? b : a), null);
  if (verb !== 'vượt' || !least) return tiers;
  const end = least.equals(0) ? { at_most: ZERO } : { below: least };
  return tiers.map((t) =>
    t.bounds.at_least?.equals(0) && !t.bounds.at_most && !t.bounds.below
      ? { ...t, bounds: { ...t.bounds, ...end } }
      : t,
  );
}

/** The bounds of a fall as those of a rise. */
const turned = ({ at_least, above, at_most, below }: Compared['bounds']): Compared['bounds'] => ({
  ...(at_most && { at_least: at_most.neg() }),
  ...(below && { above: below.neg() }),
  ...(at_least && { at_most: at_least.neg() }),
  ...(above && { below: above.neg() }),
});

/** `Cao hơn năm trước: 2; bằng: 1`. */
export function comparison(said: readonly Sentence[], max: Fraction): Made {
  const grown = ofKind(said, 'grown');
  if (grown.some((g) => !g.grown.none || g.grown.against)) return no();
  // `không tăng` among such sentences is a comparison too.
  const compared = said.flatMap((s): { compared: Compared; earned: Earned }[] => {
    if (s.kind !== 'grown') return s.kind === 'compared' ? [s] : [];
    const bounds = { [s.grown.verb === 'tăng' ? 'at_most' : 'at_least']: ZERO };
    return [{ compared: { bounds, named: false }, earned: s.earned }];
  });
  const rest = restOf(said);
  if (!compared.some((c) => c.compared.named) || rest === 'misplaced') return no();
  const all = compared.map((c) => ({ bounds: c.compared.bounds, earned: c.earned }));
  const made = tiersOf(all, rest?.earned, 'change', max);
  if (!made.ok) return made;
  return rule({ kind: 'steps', quantity: 'number', against: 'last_year', ...made.data }, null, made.notes);
}
