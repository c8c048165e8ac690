import { bar } from '../../render/plot.js';
import type { Chart } from './chart.js';

const BAR = 30;
const LABEL = 60;

const clipped = (text: string) => (text.length > LABEL ? `${text.slice(0, LABEL - 1).trimEnd()}…` : text);

/** A chart as lines of text. */
export function linesOf(chart: Chart): string[] {
  if (chart.kind === 'rank') return chart.summary.split('; ');
  const most = Math.max(...chart.rows.map((r) => r.value), 1e-9);
  const label = (r: { id: string; name: string }) => clipped(r.id || r.name);
  const wide = Math.max(0, ...chart.rows.map((r) => label(r).length));
  return chart.rows.map(
    (r) => `${label(r).padEnd(wide)}  ${bar(Math.max(0, r.value) / most, BAR).padEnd(BAR)}  ${r.text}`,
  );
}
