import { type Fraction, ZERO } from '../../values/fraction.js';
import { NOTHING_SENT } from './cases.js';
import { bare, type ChangePhrase, LAST_YEAR, metOf, PLACES, sameSubject } from './condition.js';
import type { Earned } from './result.js';
import type { Sentence } from './sentence.js';
import {
  type Made,
  type Note,
  no,
  orNothing,
  piecesOf,
  pointsOf,
  rule,
  type ScoredRange,
  stepped,
  tiersOf,
  written,
} from './tiers.js';

type Verb = NonNullable<ChangePhrase['verb']>;

const LATE = /(?:^|\s)(?:chậm|muộn|trễ|quá hạn|sau hạn)(?:\s|$)/iu;
const SENT = /^(?:báo cáo|ban hành|gửi báo cáo|nộp báo cáo|gửi|nộp|hoàn thành) /iu;
const IN_TIME =
  /^(?:báo cáo |ban hành |gửi |nộp |gửi báo cáo |nộp báo cáo |hoàn thành )?(?:đúng hạn|đúng thời hạn|kịp thời|đúng thời gian quy định|đúng thời gian)$/iu;
const DAYS =
  /^(?:(?:báo cáo|ban hành|gửi|nộp|gửi báo cáo|nộp báo cáo|hoàn thành) )?(?:chậm|muộn|trễ|quá hạn|trễ hạn)$/iu;
const DUE =
  /^(.*?)\s*(?:trước|chậm nhất|muộn nhất|chậm nhất là|chậm nhất trước)\s+ngày\s+(\d{1,2})\/(\d{1,2})(?:\/(\d{4}))?(.*)$/iu;

/** `Báo cáo trước ngày 15/01: 1; chậm từ 1 đến 5 ngày: 0,5`: tiers over days late; null when it is not about days. */
export function daysLate(sentences: readonly Sentence[], max: Fraction): Made | null {
  const given = piecesOf(sentences, { tier: '+', level: '*', rest: '?' });
  const days = given?.tier.every(({ measured: { subject, range } }) => {
    const words = subject.join(' ');
    return /(?:^|\s)ngày(?: làm việc)?$/iu.test(words) && LATE.test(words) && !range.percent;
  });
  if (!given || !days) return null;
  const { tier: late, level: words, rest } = given;
  const [nothing, ...twice] = words.filter((w) => NOTHING_SENT.test(w.level));
  const [first, ...more] = words.filter((w) => w !== nothing);
  if (twice.length > 0 || !first || more.length > 0) return no();
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
  const all: ScoredRange[] = [
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

/** Another sentence beside a change that is said with how far it goes, as one of the same change; null where it is none. */
function sameChange(s: Sentence, { verb, percent }: { verb: Verb; percent: boolean }): ChangePhrase | null {
  const of = (bounds: ScoredRange['bounds'], against: string | null = null): ChangePhrase => ({
    verb,
    range: { bounds, percent, exact: false },
    amount: false,
    against,
  });
  if (s.kind === 'change') {
    // `giữ nguyên`, `giảm` after `tăng 3 bậc`.
    if (s.change.verb !== null) return s.change;
    return verb === 'vượt' ? null : of(inDirection(verb, s.change));
  }
  if (s.kind === 'level') {
    // `đạt chỉ tiêu`, `không đạt`, after `vượt chỉ tiêu`; `giảm bậc` after `tăng 3 bậc`.
    const met = verb === 'vượt' ? metOf(s.level) : null;
    if (met) return of(met.bounds, met.against);
    return verb !== 'vượt' && !percent && FALLEN[verb].test(s.level) ? of({ below: ZERO }) : null;
  }
  if (s.kind !== 'tier') return null;
  // `từ 5% đến dưới 10%` after `tăng từ 10% trở lên`; `dưới 5%` may be no growth at all, which only earns nothing for certain.
  const { subject, range } = s.measured;
  const alone = bare(subject).every((w) => !percent && PLACES.includes(w));
  const clear = range.bounds.at_least || pointsOf(s.earned)?.equals(0);
  return alone && clear ? { verb, range, amount: true, against: null } : null;
}

/** `Tăng từ 5% trở lên so với năm trước: 2`, `tăng từ 3 bậc trở lên: 2; giữ nguyên: 1`, `vượt chỉ tiêu dưới 5%: 1`. */
export function growth(sentences: readonly Sentence[], max: Fraction): Made {
  const given = piecesOf(sentences, { change: '+', tier: '*', level: '*', rest: '?' });
  const first = given?.change.find(({ change }) => change.amount)?.change;
  if (!given || !first?.verb) return no();
  const { rest } = given;
  const { verb } = first;
  const { percent } = first.range;
  const changes = sentences.flatMap((s): (ChangePhrase & { earned: Earned })[] => {
    const change = sameChange(s, { verb, percent });
    return change && 'earned' in s ? [{ ...change, earned: s.earned }] : [];
  });
  const other = changes.some((c) => c.verb !== verb || (c.amount && c.range.percent !== percent));
  if (other || changes.length < sentences.filter((s) => s !== rest).length) return no();
  // `chỉ tiêu` after `chỉ tiêu được giao` is the same.
  const told = changes.flatMap((c) => c.against ?? []);
  const isShort = (t: string) => verb === 'vượt' && told.some((o) => o.startsWith(`${t} `));
  const [against, ...more] = new Set(told.filter((t) => !isShort(t)));
  if (more.length > 0) return no();
  // `Tăng 10 bậc: 2; còn lại: 0` would give eleven places nothing.
  if (rest && changes.some((c) => c.range.exact)) return no();
  const all = changes.map(({ range, earned }) => ({ bounds: range.bounds, earned }));
  const tiers = verb === 'vượt' ? untilPassed(all) : all;
  // Of whole places one less stands for all that fall.
  const made = tiersOf(tiers, rest?.earned, percent ? 'change' : 'count', max, percent ? 0 : -1);
  if (!made.ok) return made;
  if (verb === 'vượt' && !against) return no();
  const than = against ? ` so với ${against}` : '';
  const indicator =
    verb === 'vượt' ? `Mức vượt ${against} (%)` : `${percent ? `Mức ${verb} (%)` : `Số bậc ${verb}`}${than}`;
  const range = { min: 'none', max: made.most ? written(made.most) : 'none' };
  const kind = percent ? { kind: 'steps', quantity: 'percent' } : { kind: 'count' };
  return rule({ ...kind, ...made.data, range }, indicator, made.notes);
}

/** `đạt chỉ tiêu` is said of what is met and not passed as far as another sentence says. */
function untilPassed(tiers: ScoredRange[]): ScoredRange[] {
  const from = tiers.flatMap(
    ({ bounds: { above, at_least } }) => above ?? (at_least?.equals(0) ? [] : (at_least ?? [])),
  );
  const [least] = from.sort((a, b) => a.compare(b));
  if (!least) return tiers;
  const end = least.equals(0) ? { at_most: ZERO } : { below: least };
  const isOpen = ({ at_least, at_most, below }: ScoredRange['bounds']) =>
    at_least?.equals(0) && !at_most && !below;
  return tiers.map((t) => (isOpen(t.bounds) ? { ...t, bounds: { ...t.bounds, ...end } } : t));
}

/** The bounds of a change as those of a rise, or of a fall. */
function inDirection(wanted: Verb, { verb, range: { bounds } }: ChangePhrase): ScoredRange['bounds'] {
  if ((verb ?? 'tăng') === wanted) return bounds;
  const { at_least, above, at_most, below } = bounds;
  return {
    ...(at_most && { at_least: at_most.neg() }),
    ...(below && { above: below.neg() }),
    ...(at_least && { at_most: at_least.neg() }),
    ...(above && { below: above.neg() }),
  };
}

/** `Cao hơn năm trước: 2; bằng: 1`; `không tăng` among such sentences is a comparison too. */
export function comparison(sentences: readonly Sentence[], max: Fraction): Made {
  const given = piecesOf(sentences, { change: '+', rest: '?' });
  const named = given?.change.flatMap(({ change }) => change.against ?? []) ?? [];
  if (!given || named.length === 0 || !named.every((against) => LAST_YEAR.test(against))) return no();
  const all = given.change.map(({ change, earned }) => ({ bounds: inDirection('tăng', change), earned }));
  const made = tiersOf(all, given.rest?.earned, 'change', max);
  if (!made.ok) return made;
  return rule({ kind: 'steps', quantity: 'number', against: 'last_year', ...made.data }, null, made.notes);
}
