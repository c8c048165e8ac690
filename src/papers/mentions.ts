import { fold } from '../diagnostics/suggest.js';
import type { Fraction } from '../exact/fraction.js';
import { NUMERAL_IN_TEXT, parseNumeral } from '../exact/numeral.js';

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
const UNIT = '(?:điểm|đ)(?![\\p{L}\\d])';
const POINTS = `${N}\\s*${UNIT}`;
const MAX_IS =
  '(?:trên(?: tổng(?: số)?)?|/|(?:mức )?(?:số )?điểm (?:tối đa|chuẩn)(?: là)?:?|tối đa(?: là)?:?)';

type Read = (numbers: (Fraction | null)[], text: string) => Pick<Lost, 'points' | 'max'> | null;

const lostOf: Read = ([points, max]) => (points ? { points, max: max ?? null } : null);
/** Of points earned and the most there are, the difference. */
const leftOf: Read = ([earned, max]) =>
  earned && max && earned.compare(max) <= 0 ? { points: max.sub(earned), max } : null;

// How letters say points lost; the first that fits at a place decides.
const WAYS: readonly [RegExp, Read][] = [
  // `đạt 1,5/2 điểm`, `chỉ đạt 0,5 điểm (điểm tối đa 1 điểm)`, `được 0,5 điểm trên tổng số 1 điểm`
  [
    new RegExp(
      `(?:đạt|được|chấm)(?: được| số điểm| điểm)?:? ?${N}\\s*(?:${UNIT})?\\s*[(,;]?\\s*${MAX_IS}\\s*${POINTS}\\s*\\)?`,
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
    ([max]) => (max ? { points: max, max } : null),
  ],
  [
    new RegExp(
      `(?:điểm (?:tối đa|chuẩn)|tối đa)(?: là)?:? ?${POINTS}\\s*[,;)]?\\s*(?:nhưng |mà )?không (?:được|có|đạt) điểm`,
      'iu',
    ),
    ([max]) => (max ? { points: max, max } : null),
  ],
  // `trừ 0,5 điểm`, `bị trừ điểm: 0,5 điểm`, `mất trọn 1 điểm`, `trừ 0,25/1 điểm`
  [
    new RegExp(
      `(?:(?:đã )?bị )?(?<![\\p{L}])(?:trừ|mất)(?: điểm)?(?: là)?:?\\s*\\(?(?:(?:trọn|toàn bộ|cả|hết|đi) )?[-–−]?\\s?${N}\\s*(?:(?:${UNIT})?\\s*[(,]?\\s*${MAX_IS}\\s*${POINTS}\\s*\\)?|${UNIT})`,
      'iu',
    ),
    (numbers, text) =>
      /\d\s*\/\s*\d/.test(text) && !/\d[.,]\d+\s*\//.test(text) ? null : lostOf(numbers, text),
  ],
  // `giảm 0,5 điểm`
  [new RegExp(`(?<!\\p{L})(?:bị )?giảm(?: điểm)?:?\\s*${POINTS}(?!\\s*phần trăm)`, 'iu'), lostOf],
  // `điểm trừ: 0,5`, `số điểm bị mất là 0,5`
  [
    new RegExp(
      `điểm (?:bị )?(?:trừ|mất)(?: là)?\\s*[:=]?\\s*[-–−]?\\s?${N}(?!\\s*[/%\\d]|[.,]\\d)\\s*(?:${UNIT})?`,
      'iu',
    ),
    lostOf,
  ],
  // `(-2,75 điểm)`, `: -0,5 điểm`
  [new RegExp(`(?:\\(\\s*|:\\s*)[-–−]\\s?${POINTS}\\s*\\)?`, 'iu'), lostOf],
];

const number = (text: string | undefined): Fraction | null =>
  text === undefined ? null : parseNumeral(text);

/** Points lost in a text, in order; what a text says of points otherwise is none of them. */
export function lossesIn(text: string): Lost[] {
  const losses: Lost[] = [];
  for (let from = 0; from < text.length; ) {
    const first = firstFrom(text, from);
    if (!first) return losses;
    losses.push(first);
    from = first.end;
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
export interface Named {
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
const FIRST =
  /^(?:[*•+–-]\s*)?(?:[a-zđ][.)]\s*)?((?:\d+(?:\.\d+)+)|[A-ZĐ]{2,8})(?:\.?\s*[.:)–-]\s*|\.?\s+(?=["“'(]?\p{Lu}))/u;

/** The criteria that a stretch of text names by their numbers, with the last one's name. */
export function criteriaIn(segment: string): Named[] {
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
  return name === '' ? [] : [{ id: first[1]!, name }];
}

/** A name without the brackets, quotes and marks around it, and without the verb that begins what is said of it. */
function nameOf(text: string): string {
  let name = text
    .replace(/\s+/g, ' ')
    .trim()
    .replace(/^[.:)–-]\s*/, '')
    // What the unit gave itself, or was given, is said of it.
    .replace(/[\s,:;–-]+(?:điểm )?(?:tự chấm|tự đánh giá|thẩm định)(?!\p{L})(?:[^\p{L}]*\d).*$/isu, '')
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
  if (/xã hội học/iu.test(name)) return 'XHH';
  return fold(name)
    .split(' ')
    .map((w) => w[0]!.toUpperCase())
    .join('')
    .replace(/[^A-Z\d]/g, '');
}
