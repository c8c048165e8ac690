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
      `(?:(?:đã )?bị )?(?<![\\p{L}])(?:trừ|mất)(?: điểm)?(?: là)?:?\\s*(?:(?:trọn|toàn bộ|cả|hết|đi) )?[-–−]?\\s?${N}\\s*(?:(?:${UNIT})?\\s*[(,]?\\s*${MAX_IS}\\s*${POINTS}\\s*\\)?|${UNIT})`,
      'iu',
    ),
    (numbers, text) =>
      /\d\s*\/\s*\d/.test(text) && !/\d[.,]\d+\s*\//.test(text) ? null : lostOf(numbers, text),
  ],
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
