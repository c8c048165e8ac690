import type { RankProbability } from '../ranking/ranks.js';
import { boundsWithin, evaluate, type Interval, type Line } from '../rules/line.js';
import type { Messages } from '../text/index.js';
import { Fraction, toNumber } from '../values/fraction.js';
import { rangeText } from './words.js';

interface PlotOptions {
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

const PLOT = { width: 50, height: 8 };

/** A rule drawn with characters: points upwards, the indicator to the right. */
export function plotLine(line: Line, range: Interval, { x: xText, y: yText, mark }: PlotOptions): string[] {
  const { width, height } = PLOT;
  const [lo, hi] = plotRange(line, range);
  const { min, max } = boundsWithin(line, { lo, loOpen: false, hi, hiOpen: false });
  const low = min.s < 0n ? min : new Fraction(0);
  const high = max.compare(low) > 0 ? max : low.add(new Fraction(1));
  const step = hi.sub(lo).div(new Fraction(width - 1));
  const rowOf = (points: Fraction) => Math.round(toNumber(points.sub(low).div(high.sub(low))) * (height - 1));
  const grid = Array.from({ length: height }, () => new Array<string>(width).fill(' '));
  let before: number | null = null;
  const markColumn = mark && Math.round(toNumber(mark.sub(lo).div(hi.sub(lo))) * (width - 1));
  for (let column = 0; column < width; column++) {
    const x = column === markColumn ? mark! : lo.add(step.mul(new Fraction(column)));
    const row = rowOf(evaluate(line, x));
    if (before !== null && Math.abs(row - before) > 1) {
      for (let r = Math.min(row, before) + 1; r < Math.max(row, before); r++) grid[r]![column] = '│';
    }
    grid[row]![column] = column === markColumn ? '●' : '─';
    before = row;
  }
  const labels = new Map([
    [0, yText(high)],
    [height - 1, yText(low)],
  ]);
  return framed(grid.reverse(), labels, xText(lo), xText(hi));
}

/** Rows of characters between axes, some with a label, and words under the two ends. */
function framed(
  grid: readonly string[][],
  labels: ReadonlyMap<number, string>,
  from: string,
  to: string,
): string[] {
  const width = grid[0]!.length;
  const gutter = Math.max(...[...labels.values()].map((l) => l.length));
  const rows = grid.map((cells, i) =>
    `${(labels.get(i) ?? '').padStart(gutter)} ┤${cells.join('')}`.trimEnd(),
  );
  const under = `${from}${to.padStart(width - from.length)}`;
  return [...rows, `${' '.repeat(gutter)} └${'─'.repeat(width)}`, `${' '.repeat(gutter + 2)}${under}`];
}

/** A bar of a share of the whole, in eighths of a character. */
export function bar(share: number, width: number): string {
  const eighths = Math.round(Math.max(0, Math.min(1, share)) * width * 8);
  const part = ['', '▏', '▎', '▍', '▌', '▋', '▊', '▉'][eighths % 8]!;
  return '█'.repeat(Math.floor(eighths / 8)) + part;
}

const BAR_WIDTH = 30;
const SHOWN_RANKS = 18;
/** Chance that is left out at either end. */
const LEAST_CHANCE = 0.005;

/** Chances of ranks as bars, but of the few at both ends that hardly ever come; of many ranks several to a line. */
export function rankChances(distribution: readonly RankProbability[], { numbers }: Messages): string[] {
  let below = 0;
  const near = [...distribution]
    .sort((p, q) => p.rank - q.rank)
    .filter(({ probability }) => {
      below += probability;
      return below > LEAST_CHANCE && below - probability < 1 - LEAST_CHANCE;
    });
  const width = Math.ceil(near.length / SHOWN_RANKS);
  const bins = Array.from({ length: Math.ceil(near.length / width) }, (_, i) => {
    const ranks = near.slice(i * width, (i + 1) * width);
    const label = rangeText(ranks[0]!.rank, ranks.at(-1)!.rank);
    return { label, chance: ranks.reduce((sum, { probability }) => sum + probability, 0) };
  });
  const most = Math.max(...bins.map((b) => b.chance));
  const wide = Math.max(4, ...bins.map((b) => b.label.length));
  return bins.map(
    ({ label, chance }) =>
      `${label.padStart(wide)}  ${bar(chance / most, BAR_WIDTH).padEnd(BAR_WIDTH)}  ${numbers.percent(chance)}`,
  );
}

/** What a run chart shows: rates by share of the year gone, 0 to 1. */
interface RunChart {
  /** What has been, with a mark each. */
  history: { at: number; rate: number }[];
  /** Where it goes on to: the rate at the year's end. */
  ends: number;
  /** A level to compare with. */
  goal: number;
  label(rate: number): string;
  /** Words under the two ends of the axis. */
  from: string;
  to: string;
}

const WIDTH = 48;
const HEIGHT = 7;

/** A run chart of characters: ● has been, · goes on, ─ the goal. */
export function runChart({ history, ends, goal, label, from, to }: RunChart): string[] {
  const rates = [...history.map((h) => h.rate), ends, goal];
  const top = Math.max(...rates);
  const bottom = Math.min(...rates);
  const margin = Math.max((top - bottom) * 0.1, 0.5);
  // No rate is below 0, and none above 100 where none is drawn there.
  const [low, high] = [Math.max(0, bottom - margin), top <= 100 ? Math.min(100, top + margin) : top + margin];
  const rowOf = (rate: number) => HEIGHT - 1 - Math.round(((rate - low) / (high - low)) * (HEIGHT - 1));
  const columnOf = (at: number) => Math.round(at * (WIDTH - 1));
  const grid = Array.from({ length: HEIGHT }, () => new Array<string>(WIDTH).fill(' '));
  grid[rowOf(goal)]!.fill('─');
  const last = history.at(-1)!;
  for (let column = columnOf(last.at) + 1; column < WIDTH; column++) {
    const gone = (column / (WIDTH - 1) - last.at) / (1 - last.at);
    grid[rowOf(last.rate + (ends - last.rate) * gone)]![column] = '·';
  }
  for (const { at, rate } of history) grid[rowOf(rate)]![columnOf(at)] = '●';
  const marks = new Map([
    [0, label(high)],
    [HEIGHT - 1, label(low)],
    [rowOf(goal), label(goal)],
  ]);
  return framed(grid, marks, from, to);
}
