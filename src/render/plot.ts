import { Fraction, toNumber } from '../exact/fraction.js';
import { boundsWithin, evaluate, type Interval, type Line } from '../rules/line.js';

export interface PlotOptions {
  width: number;
  height: number;
  /** Prints an x or y value. */
  x(value: Fraction): string;
  y(value: Fraction): string;
  /** A value to mark. */
  mark: Fraction | null;
}

/** The part of the number line worth drawing: the plausible range, or a little past the last threshold. */
function plotRange(line: Line, range: Interval): [Fraction, Fraction] {
  const ends = line.flatMap((p) => [p.lo, p.hi].filter((e) => e !== null));
  const first = ends[0] ?? new Fraction(0);
  const last = ends.at(-1) ?? new Fraction(1);
  const spread = last.sub(first);
  const two = new Fraction(2);
  const margin = spread.n === 0n ? two : spread.div(two);
  const lo = range.lo ?? (first.s < 0n ? first.sub(margin) : new Fraction(0));
  const past = last.add(spread.n === 0n ? two : spread);
  const wide = range.hi === null || (spread.n !== 0n && range.hi.compare(past) > 0);
  const hi = wide ? past : range.hi!;
  return [lo, hi.compare(lo) > 0 ? hi : lo.add(new Fraction(1))];
}

/** A rule drawn with characters: points upwards, the indicator to the right. */
export function plotLine(line: Line, range: Interval, options: PlotOptions): string[] {
  const { width, height } = options;
  const [lo, hi] = plotRange(line, range);
  const { min, max } = boundsWithin(line, { lo, loOpen: false, hi, hiOpen: false });
  const low = min.s < 0n ? min : new Fraction(0);
  const high = max.compare(low) > 0 ? max : low.add(new Fraction(1));
  const step = hi.sub(lo).div(new Fraction(width - 1));
  const rowOf = (points: Fraction) => Math.round(toNumber(points.sub(low).div(high.sub(low))) * (height - 1));
  const grid = Array.from({ length: height }, () => new Array<string>(width).fill(' '));
  let before: number | null = null;
  const markColumn = options.mark
    ? Math.round(toNumber(options.mark.sub(lo).div(hi.sub(lo))) * (width - 1))
    : null;
  for (let column = 0; column < width; column++) {
    const x = column === markColumn && options.mark ? options.mark : lo.add(step.mul(new Fraction(column)));
    const row = rowOf(evaluate(line, x));
    if (before !== null && Math.abs(row - before) > 1) {
      for (let r = Math.min(row, before) + 1; r < Math.max(row, before); r++) grid[r]![column] = '│';
    }
    grid[row]![column] = column === markColumn ? '●' : '─';
    before = row;
  }
  const labels = [options.y(high), options.y(low)];
  const gutter = Math.max(...labels.map((l) => l.length));
  const rows = grid.reverse().map((cells, i) => {
    const label = i === 0 ? labels[0]! : i === height - 1 ? labels[1]! : '';
    return `${label.padStart(gutter)} ┤${cells.join('')}`.trimEnd();
  });
  const left = options.x(lo);
  const right = options.x(hi);
  const axis = `${' '.repeat(gutter)} └${'─'.repeat(width)}`;
  const ends = `${' '.repeat(gutter + 2)}${left}${right.padStart(width - left.length)}`;
  return [...rows, axis, ends];
}

/** A bar of a share of the whole, in eighths of a character. */
export function bar(share: number, width: number): string {
  const eighths = Math.round(Math.max(0, Math.min(1, share)) * width * 8);
  const part = ['', '▏', '▎', '▍', '▌', '▋', '▊', '▉'][eighths % 8]!;
  return '█'.repeat(Math.floor(eighths / 8)) + part;
}
