import { meanRank, type RankProbability } from '../ranking/distribution.js';
import type { Messages } from '../text/index.js';
import { bar } from './plot.js';

const BAR_WIDTH = 30;
const SHOWN_RANKS = 12;

/** The likeliest ranks as bars, a line each. */
export function rankChances(distribution: readonly RankProbability[], { numbers }: Messages): string[] {
  const middle = meanRank(distribution);
  const near = [...distribution]
    .sort((p, q) => Math.abs(p.rank - middle) - Math.abs(q.rank - middle))
    .slice(0, SHOWN_RANKS)
    .filter((d) => d.probability >= 0.001)
    .sort((p, q) => p.rank - q.rank);
  const most = Math.max(...near.map((d) => d.probability));
  return near.map(
    (d) =>
      `${String(d.rank).padStart(4)}  ${bar(d.probability / most, BAR_WIDTH).padEnd(BAR_WIDTH)}  ${numbers.percent(d.probability)}`,
  );
}
