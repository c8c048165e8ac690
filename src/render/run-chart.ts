/** What a run chart shows: rates by share of the year gone, 0 to 1. */
export interface RunChart {
  /** What has been, with a mark each. */
  history: { at: number; rate: number }[];
  /** Where it goes on to: the rate at the year's end. */
  ends: number;
  /** A level to compare with, and its label. */
  goal: number | null;
  label(rate: number): string;
  /** Words under the two ends of the axis. */
  from: string;
  to: string;
}

const WIDTH = 48;
const HEIGHT = 7;

/** A run chart of characters: ● has been, · goes on, ─ the goal. */
export function runChart({ history, ends, goal, label, from, to }: RunChart): string[] {
  const rates = [...history.map((h) => h.rate), ends, ...(goal === null ? [] : [goal])];
  const top = Math.max(...rates);
  const bottom = Math.min(...rates);
  const margin = Math.max((top - bottom) * 0.1, 0.5);
  const [low, high] = [Math.max(0, bottom - margin), top + margin];
  const rowOf = (rate: number) => HEIGHT - 1 - Math.round(((rate - low) / (high - low)) * (HEIGHT - 1));
  const columnOf = (at: number) => Math.round(at * (WIDTH - 1));
  const grid = Array.from({ length: HEIGHT }, () => new Array<string>(WIDTH).fill(' '));
  if (goal !== null) grid[rowOf(goal)]!.fill('─');
  const last = history.at(-1)!;
  for (let column = columnOf(last.at) + 1; column < WIDTH; column++) {
    const gone = (column / (WIDTH - 1) - last.at) / (1 - last.at);
    grid[rowOf(last.rate + (ends - last.rate) * gone)]![column] = '·';
  }
  for (const { at, rate } of history) grid[rowOf(rate)]![columnOf(at)] = '●';
  const marks = new Map([
    [0, label(high)],
    [HEIGHT - 1, label(low)],
    ...(goal === null ? [] : [[rowOf(goal), label(goal)] as const]),
  ]);
  const gutter = Math.max(...[...marks.values()].map((m) => m.length));
  const rows = grid.map((cells, i) =>
    `${(marks.get(i) ?? '').padStart(gutter)} ┤${cells.join('')}`.trimEnd(),
  );
  return [
    ...rows,
    `${' '.repeat(gutter)} └${'─'.repeat(WIDTH)}`,
    `${' '.repeat(gutter + 2)}${from}${to.padStart(WIDTH - from.length)}`,
  ];
}
