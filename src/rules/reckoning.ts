import { type Fraction, ZERO } from '../values/fraction.js';
import { pointsToFraction } from '../values/points.js';
import {
  applyRule,
  exactPointsOf,
  type InputValue,
  type InputValues,
  isLeftOut,
  pointsOfInput,
} from './apply.js';
import { type Interval, intersect, type Piece, pieceAt, valueAt } from './line.js';
import type { CompiledRule, Input, Numerals, Quantity } from './rule.js';

// How a rule comes to the points of a value, in words: `66,49% dưới 85%: 0`, `2 × (92,5% − 80%) ÷ (100% − 80%) = 1,25`.

const WORDS = {
  vi: {
    none: 'không phát sinh',
    leftOut: 'không áp dụng',
    any: 'mọi giá trị',
    points: (points: string) => `${points} điểm`,
    from: (lo: string) => `từ ${lo} trở lên`,
    above: (lo: string) => `trên ${lo}`,
    below: (hi: string) => `dưới ${hi}`,
    upTo: (hi: string) => `không quá ${hi}`,
    between: ({ loOpen, hiOpen }: Interval, lo: string, hi: string) =>
      `${loOpen ? 'trên' : 'từ'} ${lo} đến ${hiOpen ? 'dưới ' : ''}${hi}`,
    least: (points: string) => `lấy mức thấp nhất là ${points}`,
    sum: (points: string) => `cộng lại ${points}`,
    floor: (points: string) => `không dưới ${points}`,
    cap: (points: string) => `không quá ${points}`,
  },
  en: {
    none: 'none arose',
    leftOut: 'not applicable',
    any: 'any value',
    points: (points: string) => (points === '1' || points === '−1' ? `${points} point` : `${points} points`),
    from: (lo: string) => `at least ${lo}`,
    above: (lo: string) => `above ${lo}`,
    below: (hi: string) => `below ${hi}`,
    upTo: (hi: string) => `at most ${hi}`,
    between: ({ loOpen, hiOpen }: Interval, lo: string, hi: string) =>
      `${loOpen ? 'above' : 'at least'} ${lo} and ${hiOpen ? 'below' : 'at most'} ${hi}`,
    least: (points: string) => `the least is ${points}`,
    sum: (points: string) => `${points} together`,
    floor: (points: string) => `not below ${points}`,
    cap: (points: string) => `not above ${points}`,
  },
} as const;

/** How a rule comes to the points of its values, every one of which is given. */
export function reckoningText(
  rule: CompiledRule,
  values: InputValues,
  decimals: number,
  n: Numerals,
): string {
  const say = WORDS[n.language];
  const points = (x: Fraction) => n.number(x);
  const rounded = pointsToFraction(applyRule(rule, values, decimals), decimals);
  if (rule.inputs.length === 1) return inputText(rule.inputs[0]!, values[0]!, rounded, n);
  const parts = rule.inputs.map((input, i) => {
    const earned = isLeftOut(input, values[i]) ? ZERO : pointsOfInput(input, values[i]!);
    return `${input.name ? n.pick(input.name) : input.key}: ${inputText(input, values[i]!, earned, n)}`;
  });
  const open = exactPointsOf({ ...rule, floor: null, cap: null }, values);
  const joined = rule.combine === 'min' ? say.least(points(open)) : say.sum(points(open));
  const limit =
    rule.floor && open.compare(rule.floor) < 0
      ? [say.floor(points(rule.floor))]
      : rule.cap && open.compare(rule.cap) > 0
        ? [say.cap(points(rule.cap))]
        : [];
  return [...parts, [joined, ...limit].join(', ')].join('; ');
}

/** How one indicator comes to its points. */
function inputText(input: Input, value: InputValue, points: Fraction, n: Numerals): string {
  const say = WORDS[n.language];
  const earned = say.points(n.number(points));
  if (value.form === 'none') return `${say.none}: ${isLeftOut(input, value) ? say.leftOut : earned}`;
  if (value.form === 'level')
    return `${input.form === 'table' ? n.pick(input.levels[value.index]!.level) : ''}: ${earned}`;
  if (input.form !== 'line') return earned;
  const { quantity } = input;
  const piece = pieceAt(input.line, value.x);
  const x = n.value(value.x, quantity);
  const part = intersect(piece, input.domain);
  // A piece of one value needs no words for where it ends.
  if (part?.lo && part.hi?.equals(part.lo)) return `${x}: ${earned}`;
  if (piece.b.n === 0n) return `${x} ${spanText(piece, input.domain, quantity, n)}: ${earned}`;
  const exact = valueAt(piece, value.x);
  return `${slopeText(piece, input.domain, value.x, quantity, n)} ${exact.equals(points) ? '=' : '≈'} ${n.number(points)}`;
}

/** The values of a piece, without the ends that are those of the range: `dưới 85%`, `từ 20% đến dưới 30%`. */
function spanText(span: Interval, range: Interval, quantity: Quantity, n: Numerals): string {
  const say = WORDS[n.language];
  const { lo, loOpen, hi, hiOpen } = span;
  const show = (end: Fraction) => n.value(end, quantity);
  const low = lo && (!range.lo || lo.compare(range.lo) > 0 || loOpen) ? lo : null;
  const high = hi && (!range.hi || hi.compare(range.hi) < 0 || hiOpen) ? hi : null;
  if (low && high?.equals(low)) return `= ${show(low)}`;
  if (low && high) return say.between(span, show(low), show(high));
  if (high) return hiOpen ? say.below(show(high)) : say.upTo(show(high));
  if (low) return loOpen ? say.above(show(low)) : say.from(show(low));
  return say.any;
}

/** The arithmetic of a slope: by the case, pro rata to its far end, or across from one end to the other. */
function slopeText(piece: Piece, range: Interval, x: Fraction, quantity: Quantity, n: Numerals): string {
  const { a, b } = piece;
  const show = (value: Fraction) => n.value(value, quantity);
  const { lo = null, hi = null } = intersect(piece, range) ?? piece;
  if (quantity !== 'percent' || !lo || !hi) {
    const each = `${n.number(b.abs())} × ${n.number(x)}`;
    if (a.n === 0n) return b.s < 0n ? `−${each}` : each;
    return `${n.number(a)} ${b.s < 0n ? '−' : '+'} ${each}`;
  }
  const [low, high] = [valueAt(piece, lo), valueAt(piece, hi)];
  if (a.n === 0n) return `${n.number(high)} × ${show(x)} ÷ ${show(hi)}`;
  const across = `(${show(x)} − ${show(lo)}) ÷ (${show(hi)} − ${show(lo)})`;
  if (low.n === 0n) return `${n.number(high)} × ${across}`;
  const rise = high.sub(low);
  return `${n.number(low)} ${rise.s < 0n ? '−' : '+'} ${n.number(rise.abs())} × ${across}`;
}
