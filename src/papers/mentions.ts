import { clearNumeral, type Fraction, NUMERAL_IN_TEXT, parseNumeral } from '../values/fraction.js';
import { fold } from '../values/suggest.js';
import { unitKey } from '../values/unit.js';
import type { Loss } from './letter.js';

/** Points lost, as a stretch of text says them. */
export interface Lost {
  points: Fraction;
  /** The maximum, when it is said beside. */
  max: Fraction | null;
  /** Whether brackets hold it, as after a heading. */
  bracketed: boolean;
  /** Every number of it, so that none is told as left over. */
  numbers: Fraction[];
  index: number;
  end: number;
}

const N = `(${NUMERAL_IN_TEXT})`;
const UNIT = '(?:điểm(?!\\s+phần trăm)|đ)(?![\\p{L}\\d])';
const POINTS = `${N}\\s*${UNIT}`;
const MAX_IS =
  '(?:trên(?: tổng(?: số)?)?|/|(?:mức )?(?:số )?điểm (?:tối đa|chuẩn)(?: là)?:?|tối đa(?: là)?:?)';

type Read = (numbers: (Fraction | null)[], text: string) => Pick<Lost, 'points' | 'max'> | null;

const allOf: Read = ([max]) => (max ? { points: max, max } : null);
const lostOf: Read = ([points, max]) => (points ? { points, max: max ?? null } : null);
/** Of points earned and the most there are, the difference. */
const leftOf: Read = ([earned, max]) =>
  earned && max && earned.compare(max) <= 0 ? { points: max.sub(earned), max } : null;

// How letters say points lost; the first that fits at a place decides.
const WAYS: readonly [RegExp, Read][] = [
  // `đạt 1,5/2 điểm`, `chỉ đạt 0,5 điểm (điểm tối đa 1 điểm)`, `được 0,5 điểm trên tổng số 1 điểm`
  [
    new RegExp(
      `(?:đạt|được|(?:tự )?chấm)(?: được| số điểm| điểm)?:? ?${N}\\s*(?:${UNIT})?\\s*[(,;]?\\s*${MAX_IS}\\s*${POINTS}\\s*\\)?`,
      'iu',
    ),
    leftOf,
  ],
  // `: 1,5/2 điểm`
  [new RegExp(`:\\s*${N}\\s*(?:${UNIT})?\\s*/\\s*${POINTS}`, 'iu'), leftOf],
  // `điểm tối đa 2 điểm, đạt 1,5 điểm`, `điểm chuẩn: 2; điểm đạt: 1,5`
  [
    new RegExp(
      `(?:điểm (?:tối đa|chuẩn)|tối đa)(?: là)?:? ?${N}\\s*(?:${UNIT})?\\s*[,;.]?\\s*(?:nhưng |mà )?(?:chỉ )?(?:(?:số )?điểm )?(?:đạt|được)(?: được| là)?:? ?${N}(?![\\d/%]|[.,]\\d)\\s*(?:${UNIT})?`,
      'iu',
    ),
    ([max, earned]) => leftOf([earned ?? null, max ?? null], ''),
  ],
  // `không được điểm (điểm tối đa 1 điểm)`, `0 điểm/1 điểm`, `điểm tối đa 1 điểm, không được điểm`
  [
    new RegExp(
      `(?:không (?:được|có|đạt)(?: được)? điểm(?: nào)?|chưa có điểm|mất toàn bộ(?: số)? điểm)\\s*[(,;]?\\s*${MAX_IS}\\s*${POINTS}\\s*\\)?`,
      'iu',
    ),
    allOf,
  ],
  [
    new RegExp(
      `(?:điểm (?:tối đa|chuẩn)|tối đa)(?: là)?:? ?${POINTS}\\s*[,;)]?\\s*(?:nhưng |mà )?không (?:được|có|đạt) điểm`,
      'iu',
    ),
    allOf,
  ],
  // `trừ 0,5 điểm`, `giảm 0,5 điểm`, `bị trừ điểm: 0,5 điểm`, `mất trọn 1 điểm`, `trừ 0,25/1 điểm`
  [
    new RegExp(
      `(?:(?:đã )?bị )?(?<![\\p{L}])(?:trừ|mất|giảm)(?: điểm)?(?: là)?:?\\s*\\(?(?:(?:trọn|toàn bộ|cả|hết|đi) )?[-–−]?\\s?${N}\\s*(?:(?:${UNIT})?\\s*[(,]?\\s*${MAX_IS}\\s*${POINTS}\\s*\\)?|${UNIT}(?:\\s*\\(\\s*(?:đạt )?${N}\\s*/\\s*${POINTS}\\s*\\))?)`,
      'iu',
    ),
    ([points, max, earned, most], text) => {
      if (earned && most) return points?.equals(most.sub(earned)) ? { points, max: most } : null;
      return /\d\s*\/\s*\d/.test(text) && !/\d[.,]\d+\s*\//.test(text)
        ? null
        : lostOf([points ?? null, max ?? null], text);
    },
  ],
  // `điểm trừ: 0,5`, `số điểm bị mất là 0,5`
  [
    new RegExp(
      `điểm (?:bị )?(?:trừ|mất)(?: là)?\\s*[:=]?\\s*[-–−]?\\s?${N}(?!\\s*[/%\\d]|[.,]\\d|\\s+(?!${UNIT}|${MAX_IS}|do\\s|vì\\s)\\p{L})\\s*(?:${UNIT})?(?:\\s*[(,;]?\\s*${MAX_IS}\\s*${POINTS}\\s*\\)?)?`,
      'iu',
    ),
    lostOf,
  ],
  // `(-2,75 điểm)`, `: -0,5 điểm`
  [new RegExp(`(?:\\(\\s*|:\\s*)[-–−]\\s?${POINTS}\\s*\\)?`, 'iu'), lostOf],
];

/** A number of points: letters write a comma before decimals, so that `1,375` is one reading, and `1.000` is two. */
const number = (text: string | undefined): Fraction | null =>
  text === undefined ? null : text.includes(',') ? parseNumeral(text) : clearNumeral(text);

/**
 * Points lost in a text, in order; what a text says of points otherwise is none of them. `đạt 10/20 điểm (trừ 10 điểm)` says
 * one loss twice.
 */
export function lossesIn(text: string): Lost[] {
  const losses: Lost[] = [];
  for (let from = 0; from < text.length; ) {
    const one = firstFrom(text, from);
    if (!one) return losses;
    from = one.end;
    const last = losses.at(-1);
    const again = last?.points.equals(one.points) && /^[\s(,;]*$/.test(text.slice(last.end, one.index));
    if (last && again)
      losses[losses.length - 1] = {
        ...last,
        end: one.end,
        max: last.max ?? one.max,
        numbers: [...last.numbers, ...one.numbers],
      };
    else losses.push(one);
  }
  return losses;
}

function firstFrom(text: string, from: number): Lost | null {
  const rest = text.slice(from);
  let best: Lost | null = null;
  for (const [way, read] of WAYS) {
    const match = way.exec(rest);
    if (!match || (best && from + match.index >= best.index)) continue;
    const numbers = match.slice(1).map(number);
    const said = read(numbers, match[0]);
    const index = from + match.index;
    const each = /^\s*(?:\/|mỗi|cho mỗi|đối với mỗi|\/\s*\p{L})/iu.test(text.slice(index + match[0].length));
    if (!said || each) continue;
    const bracketed =
      /^\(/.test(match[0]) || (/\(\s*$/.test(text.slice(0, index)) && !match[0].endsWith(')'));
    best = {
      ...said,
      bracketed,
      numbers: numbers.filter((n) => n !== null),
      index,
      end: index + match[0].length,
    };
  }
  return best;
}

const MENTION = new RegExp(`(?<![\\d.,/])${N}(?:\\s*/\\s*${N})?\\s*${UNIT}`, 'giu');

/** Every number of points that a text says. */
export function pointsIn(text: string): Fraction[] {
  return [...text.matchAll(MENTION)].flatMap((m) => [number(m[1]), number(m[2])].filter((n) => n !== null));
}

/** A criterion as a text names it. */
export interface NamedCriterion {
  id: string;
  name: string;
}

const WORD =
  '(?:tiêu chí|chỉ số|TC|TCTP|chỉ tiêu|nội dung|mục)(?:\\s+thành phần)?(?:\\s+\\(?(?:TCTP|TC)\\)?)?(?:\\s+số)?';
const CRITERION = '(?:\\d+(?:\\.\\d+)*|[A-ZĐ]{1,3}(?:\\.\\d+)+|XHH)';
const NUMBERED = new RegExp(
  `(?:^|[\\s;,.(])${WORD}\\s+(${CRITERION})(?!\\p{L})((?:\\s*(?:,|và)\\s*(?:tiêu chí\\s+)?(?:\\d+(?:\\.\\d+)+))*)\\s*`,
  'giu',
);
/** An id before a name, as tables number criteria: `1.2`, `II.1`, `A.I.1`, `1.2.a`. */
const FIRST =
  /^(?:[*•+–-]\s*)?(?:[a-zđ][.)]\s*)?((?:\d+(?:\.\d+)+|(?:[IVXLC]{1,6}|[A-ZĐ])(?:\.[IVXLC]{1,6})?(?:\.\d{1,3})+)(?:\.[a-zđ](?![\p{L}\d]))?|[A-ZĐ]{2,8})(?:\.?\s*[.:)–-]\s*|\.?\s+(?=["“'(]?\p{Lu})|\s*\(?\s*$)/u;

/** The criteria that a stretch of text names by their numbers, with the last one's name. */
export function criteriaIn(segment: string): NamedCriterion[] {
  const numbered = [...segment.matchAll(NUMBERED)].filter(
    (m) => /\d/.test(m[1]!) && (/\./.test(m[1]!) || /^[^\p{L}]*(?:tiêu chí|TC)/iu.test(m[0])),
  );
  if (numbered.length > 1) {
    // Of two sentences the last one speaks of what was lost.
    const last = segment.split(/[;]\s*|\.\s+(?=\p{Lu})/u).at(-1)!;
    if (last !== segment) return criteriaIn(last);
  }
  const [one] = numbered;
  if (one) {
    const listed = [...one[2]!.matchAll(/\d+(?:\.\d+)+/g)].map((m) => m[0]);
    const ids = [...numbered.map((m) => m[1]!), ...listed];
    const behind = nameOf(segment.slice(one.index + one[0].length));
    const before = nameOf(
      segment.slice(0, one.index).replace(/^(?:[*•+–-]\s*)?(?:(?:\d{1,2}|[a-zđ]|[IVX]+)[.)]\s*)?/u, ''),
    );
    // `Xử lý văn bản (Tiêu chí 2.4)`
    const bracketed = /^[^\p{L}]*\(/u.test(one[0]);
    const name = /\p{L}/u.test(behind) ? behind : bracketed ? before : '';
    return ids.map((id) => ({ id, name: ids.length === 1 && name ? name : id }));
  }
  const first = FIRST.exec(segment);
  // `II.` numbers a heading.
  if (!first || /^[IVXLC]+$/.test(first[1]!)) return [];
  const name = nameOf(segment.slice(first[0].length));
  if (name === '') return first[1]!.includes('.') ? [{ id: first[1]!, name: first[1]! }] : [];
  return [{ id: first[1]!, name }];
}

/** The same where a number without dots before a name is a criterion's too. */
export function numberedIn(segment: string): NamedCriterion[] {
  const named = criteriaIn(segment);
  const plain = /^(\d{1,3})\.\s+(\p{Lu}.*)$/su.exec(segment);
  const name = named.length === 0 && plain ? nameOf(plain[2]!) : '';
  return name === '' ? named : [{ id: plain![1]!, name }];
}

const OPENS = new RegExp(
  `^(?:[*•+–-]\\s*)?(?:(?:[a-zđ]|\\d{1,2}|[IVX]+)[.)]\\s*)?(?:(?:Các\\s+)?${WORD}\\s+${CRITERION}(?![\\p{L}\\d])|\\d+(?:\\.\\d+)+[.:)]?\\s)`,
  'iu',
);

/** The criteria of a text that begins with one; null for any other. */
export function openedBy(text: string): NamedCriterion[] | null {
  const named = OPENS.test(text) ? criteriaIn(text) : [];
  return named.length > 0 ? named : null;
}

/** A name without the brackets, quotes and marks around it, and without the verb that begins what is said of it. */
function nameOf(text: string): string {
  let name = text
    .replace(/\s+/g, ' ')
    .trim()
    .replace(/^[.:)–-]\s*/, '')
    // What the unit gave itself, or was given, is said of it.
    .replace(/[\s,:;–-]+(?:điểm )?(?:tự chấm|tự đánh giá|thẩm định)(?!\p{L})(?:[^\p{L}]*\d).*$/isu, '')
    .replace(/\s*[,:;–-]\s*(?:số )?điểm$/u, '')
    .replace(/[\s,:;–-]+(?:chỉ|đã|bị|có|được|thì|mỗi tiêu chí|đều)?(?:\s+bị)?$/u, '')
    .replace(/[\s,:;–-]+$/u, '')
    .replace(/^(?:chỉ|đã|bị|có|được|thì|đều)$/u, '');
  if (name.endsWith('(')) name = name.slice(0, -1).replace(/[\s,:;–-]+$/u, '');
  const quoted = /^[“"'](.+)[”"']$/u.exec(name);
  if (quoted) name = quoted[1]!;
  return wrapped(name) ? name.slice(1, -1).trim() : name;
}

/** Whether one pair of brackets holds the whole text. */
function wrapped(text: string): boolean {
  if (!text.startsWith('(') || !text.endsWith(')')) return false;
  let depth = 0;
  for (const [i, char] of [...text].entries()) {
    if (char === '(') depth += 1;
    else if (char === ')') depth -= 1;
    if (depth === 0) return i === [...text].length - 1;
  }
  return false;
}

/** An id for a criterion that has only a name: the survey has its usual one, any other the first letters. */
export function idOf(name: string): string {
  if (/xã hội học|(?<!\p{L})XHH(?!\p{L})/iu.test(name)) return 'XHH';
  return fold(name)
    .split(' ')
    .map((w) => w[0]!.toUpperCase())
    .join('')
    .replace(/[^A-Z\d]/g, '');
}

/** Who a sentence gives the work to. */
interface Charge {
  leads: string[];
  trackers: string[];
  /** Whether it says what is to be done, and not names alone. */
  acts: boolean;
}

// What a unit does begins with a small letter; a capital is part of its name (`Phòng Xây dựng và Kiểm tra văn bản`).
const VERBS =
  'chủ trì|chủ động|tham mưu|hằng năm|hàng năm|hằng quý|hàng quý|theo dõi|duy trì|tăng c|nâng cao|khi|xây dựng|đẩy mạnh|phối hợp|' +
  'thực hiện|chỉ đạo|rà soát|kiểm tra|đôn đốc|tổng hợp|triển khai|có trách nhiệm|chịu trách nhiệm|trong năm|tiếp tục|chấn chỉnh|' +
  'khẩn trương|nghiêm túc|phải|cần|đề xuất|hướng dẫn|cung cấp|bố trí|xử lý|giải quyết|công khai|niêm yết|cập nhật|bảo đảm|' +
  'đảm bảo|hoàn thành|quán triệt|báo cáo|gửi|thường xuyên|tập trung|khắc phục|ban hành|là đầu mối|làm đầu mối|giúp|định kỳ|' +
  'tuyên truyền|vận hành|số hóa|đổi mới|hoàn thiện|đánh giá|thẩm định|giám sát|bám sát|tích cực|sớm|lập|trình|tổ chức|nghiên cứu|chuẩn bị';
const DOES = new RegExp(`[\\s,]+(?:${VERBS})(?!\\p{L})|\\s+tăng (?:cường|cuờng)`, 'gu');
// `Phòng Quản lý xây dựng`, `Ban Quản lý dự án đầu tư xây dựng`, `Phòng Kế hoạch tổng hợp`: the verb is part of the name.
const NAMED_AFTER = /(?:quản lý|đầu tư|kinh tế|kế hoạch|hành chính|nghiệp vụ|hạ tầng)(?: và)?$/iu;
const IN_NAME = /^[\s,]+(?:xây dựng|tổng hợp|thực hiện|kiểm tra)$/u;
const KINDS =
  'phòng|văn phòng|sở|ban|trung tâm|thanh tra|chi cục|cục|công an|bộ phận|công chức|tư pháp|tài chính|trưởng|truởng|các|chủ tịch|UBND|đơn vị|hội|đoàn|kho bạc|bảo hiểm|thủ trưởng|tổ|ông|bà|đồng chí|văn hóa|địa chính|kế toán';
const STARTS = new RegExp(`^(?:${KINDS})(?!\\p{L})`, 'iu');
const LEADS_WORK = 80;

/** Where what a unit does begins; null where the text names a unit alone, undefined where it cannot be told. */
function verbAt(order: string): { index: number; verb: string } | null | undefined {
  for (const match of order.matchAll(DOES)) {
    const before = order.slice(0, match.index);
    // `[đơn vị chủ trì]` stands for a name that is still to be put in.
    if (/\[[^\]]*$/.test(before)) continue;
    // A kind alone is no name (`ban tổ chức`), and `Phòng Quản lý` is none either.
    if (!/\s/.test(before.trim())) continue;
    if (IN_NAME.test(match[0]) && NAMED_AFTER.test(before)) continue;
    return { index: match.index, verb: match[0].trim() };
  }
  const alone = order.replace(/[.;,]$/, '');
  return alone.length <= LEADS_WORK && STARTS.test(alone) ? null : undefined;
}

/** Kinds of body or place, with a capital or without. */
export const anyCase = (kinds: string): string =>
  kinds
    .split('|')
    .map((k) => `[${k[0]!.toUpperCase()}${k[0]!.toLowerCase()}]${k.slice(1)}`)
    .join('|');
const BODIES =
  'phòng|văn phòng|sở|trung tâm|thanh tra|chi cục|công an|ban|UBND|bộ phận|chủ tịch|trưởng|thủ trưởng|công chức';
// A comma or 'và' before a kind of body: `Văn phòng HĐND và UBND` and `Phòng Kinh tế, Hạ tầng và Đô thị` are one.
const BETWEEN = new RegExp(
  `[,;]\\s*(?=(?:${anyCase(BODIES)})(?!\\p{L}))|(?<!HĐND)\\s+(?:và|cùng)\\s+(?=(?:${anyCase(BODIES)})(?!\\p{L}))`,
  'u',
);
// Posts have names without a kind: `Tư pháp - Hộ tịch, Địa chính`.
const BETWEEN_POSTS = /[,;]\s*(?=\p{Lu})/u;
const OF_BODY = new RegExp(`^(?:${anyCase(BODIES)})(?!\\p{L})`, 'u');

/** `Phòng Nội vụ, Văn phòng HĐND và UBND và Phòng Kinh tế`: the units one by one. */
function unitsIn(text: string): string[] {
  const bodies = text.split(BETWEEN).map((b) => b.trim());
  const parts = bodies.flatMap((b) => (OF_BODY.test(b) ? [b] : b.split(BETWEEN_POSTS)));
  return parts.map(ownerOf).filter((o) => o !== '');
}

/** `Giao Phòng Nội vụ tham mưu …; giao Văn phòng theo dõi …`: who acts and who follows. */
function chargesIn(text: string): Charge {
  const charge: Charge = { leads: [], trackers: [], acts: false };
  const orders = text.split(
    new RegExp(
      `(?:^|[.;,]\\s*|\\s)(?:Giao(?: cho)?\\s+|(?<=[.;,]\\s*)giao(?: cho)?\\s+(?=(?:${anyCase(KINDS)})\\s))`,
      'u',
    ),
  );
  const given = orders.length > 1 ? orders.slice(1) : STARTS.test(text) ? [text] : [];
  for (const order of given) {
    const sentence = order.split(/[.;](?:\s|$)/u)[0]!.replace(/^:\s*/, '');
    const does = verbAt(sentence);
    if (does !== null) charge.acts = true;
    if (does === undefined || (does && does.index > 200)) continue;
    const units = unitsIn(does ? sentence.slice(0, does.index) : sentence.replace(/[.;,]$/, ''));
    const list = does && /^[\s,]*theo dõi/u.test(does.verb) ? charge.trackers : charge.leads;
    for (const unit of units)
      if (![...charge.leads, ...charge.trackers].some((o) => sameOwner(o, unit))) list.push(unit);
  }
  return charge;
}

/** `Phòng A, Phòng B (Văn phòng C theo dõi)`, as a label of lead units has them. */
function leadsIn(text: string): Charge {
  const tracking = /\s*\(([^()]*)\)\s*[.;]?$/u.exec(text);
  const leads = (tracking ? text.slice(0, tracking.index) : text)
    .replace(/[;,.]\s*(?:(?:đơn vị|cơ quan|bộ phận) )?phối hợp.*$/isu, '')
    .replace(/[.;]$/, '');
  const who = tracking && tracking[1]!.replace(/(?:^theo dõi:?\s*|\s*theo dõi.*$)/iu, '');
  return { leads: unitsIn(leads.replace(/^Giao\s+/u, '')), trackers: who ? unitsIn(who) : [], acts: false };
}

/** A lead unit's name as it is written at the start of a sentence. */
function ownerOf(text: string): string {
  const clean = text
    .replace(/\s+/g, ' ')
    .replace(/\s*&\s*/g, ' và ')
    .replace(/(\p{L})\s*-\s+|(\p{L})\s+-\s*/gu, '$1$2 - ')
    .replace(/[,.;:]+$/, '')
    .trim();
  return clean.replace(/^\p{Ll}/u, (c) => c.toUpperCase());
}

const plainOwner = (name: string) =>
  fold(name)
    .replace(/&/g, ' va ')
    .replace(/[^a-z0-9]+/g, ' ')
    .trim();
export const sameOwner = (a: string, b: string): boolean => plainOwner(a) === plainOwner(b);

const COMMUNES = 'xã|phường|thị trấn|đặc khu';
/** Kinds of place that have an index of their own. */
export const PLACES = `huyện|thị xã|thành phố|quận|${COMMUNES}`;
const PLACE = new RegExp(`^(?:${PLACES})\\s`, 'iu');
const COMMUNE = new RegExp(`^(?:${COMMUNES})\\s`, 'iu');

/** Whether a name is that of another place of the same level; null where it cannot be told. */
export function isOtherPlace(name: string, meant: string | null): boolean | null {
  if (meant === null || !PLACE.test(meant) || !PLACE.test(name)) return null;
  return COMMUNE.test(meant) === COMMUNE.test(name) ? unitKey(name) !== unitKey(meant) : null;
}

/** A unit's name as a reading and a league have it. */
export const unitName = (text: string): string =>
  text
    .replace(/\s+/g, ' ')
    .replace(/[.\s]+$/, '')
    .trim()
    // A heading that names it, and the sentence below, in one line.
    .replace(/^(.+) \1$/iu, '$1')
    .replace(/^\p{Ll}/u, (c) => c.toUpperCase())
    .replace(/^TP\.?\s/u, 'Thành phố ');

/** What may stand under a loss, while nothing does. */
export const noDetails = (): Omit<Loss, 'id' | 'name' | 'field' | 'lost' | 'max' | 'line'> => ({
  limitation: null,
  requirement: null,
  owners: [],
  trackedBy: [],
  action: null,
  evidence: null,
});

/** Puts what stands under a label to a loss: what was lacking, who acts, what is to be done, what proves it. */
export function putUnder(loss: Loss, label: string, text: string, group: readonly Loss[]): void {
  const more = (before: string | null, said = text) =>
    [before, said].filter((t) => t !== null && t !== '').join(' ') || null;
  if (/hạn chế|tồn tại|nguyên nhân|lý do/u.test(label))
    loss.limitation = limited(more(loss.limitation), loss, group);
  else if (label === 'yêu cầu') loss.requirement = more(loss.requirement);
  else if (
    /chủ trì|phụ trách|chịu trách nhiệm|phân công|(?:đơn vị|cơ quan|bộ phận) (?:thực hiện|tham mưu)/u.test(
      label,
    )
  )
    charge(loss, leadsOrOrders(text));
  else if (/trách nhiệm/u.test(label)) {
    const charged = chargesIn(text);
    if (charged.acts) loss.action = more(loss.action);
    charge(loss, charged);
  } else if (/việc cần làm|nhiệm vụ|giải pháp|biện pháp|khắc phục/u.test(label)) {
    loss.action = more(loss.action);
    if (/^Giao\s/u.test(text)) charge(loss, chargesIn(text));
  } else if (/kiểm chứng|minh chứng|sản phẩm/u.test(label)) loss.evidence = more(loss.evidence);
  // When, and with whom, belongs to what is to be done.
  else if (/thời|phối hợp/u.test(label) && text !== '') {
    const name = label.replace(/^\p{L}/u, (c) => c.toUpperCase());
    loss.action = more(loss.action, `${name}: ${text}`);
  }
}

export function charge(loss: Pick<Loss, 'owners' | 'trackedBy'>, { leads, trackers }: Charge): void {
  const fresh = (names: readonly string[]) =>
    names.filter((n) => ![...loss.owners, ...loss.trackedBy].some((o) => sameOwner(o, n)));
  loss.owners.push(...fresh(leads));
  loss.trackedBy.push(...fresh(trackers));
  if (loss.owners.length === 0) loss.owners.push(...loss.trackedBy.splice(0));
}

/** `Văn phòng chịu trách nhiệm 1.1, 1.4; Tổ công nghệ số: 4.2`: who has which criteria; empty where none is named. */
export function chargesByCriterion(label: string, text: string): { ids: string[]; charged: Charge }[] {
  if (!/phân công|trách nhiệm|chủ trì|phụ trách/u.test(label)) return [];
  return text.split(/;\s*/u).flatMap((piece) => {
    const parts =
      /^(.+?)(?:\s+(?:chịu trách nhiệm|phụ trách|chủ trì|thực hiện))?\s*:?\s+(?:(?:các )?tiêu chí\s+)?((?:\d+(?:\.\d+)+(?:\s*(?:,|và)\s*)?)+)\.?$/u.exec(
        piece,
      );
    return parts ? [{ ids: parts[2]!.match(/\d+(?:\.\d+)+/gu)!, charged: leadsIn(parts[1]!) }] : [];
  });
}

/** A label of lead units holds names, or orders. */
export const leadsOrOrders = (text: string): Charge =>
  /^Giao\s|\schủ trì|\stham mưu/u.test(text) ? chargesIn(text) : leadsIn(text);

/** Of a limitation that several criteria share, the part that names one of them. */
function limited(text: string | null, loss: Loss, group: readonly Loss[]): string | null {
  if (text === null || group.length < 2) return text;
  const parts = text.split(/\s+và\s+(?=tỷ lệ|tỉ lệ|số|mức)|;\s*/u);
  const tail = fold(loss.name).split(' ').slice(-2).join(' ');
  const named = parts.filter((p) => fold(p).includes(tail));
  return named.length === 1 ? named[0]!.replace(/^\p{Ll}/u, (c) => c.toUpperCase()) : text;
}

/** How high a heading stands: A over I over 1 over a) over a dash. */
export function levelOf(text: string): number {
  if (/^(?:[A-ZĐ]|[IVX]{1,5})[.)]\s/u.test(text)) return 1;
  if (/^(?:\d{1,2}[.)]\s|lĩnh vực\s)/iu.test(text)) return 2;
  return /^[a-zđ][.)]\s/u.test(text) ? 3 : 4;
}
