import { bar } from '../plot.js';
import type { Chart } from './chart.js';

const BAR = 30;

/** A chart as lines of text. */
export function linesOf(chart: Chart): string[] {
  if (chart.kind === 'rank') return chart.summary.split('; ');
  const most = Math.max(...chart.rows.map((r) => r.value), 1e-9);
  const label = (r: { id: string; name: string }) => (r.id || r.name).slice(0, 28);
  const wide = Math.max(0, ...chart.rows.map((r) => label(r).length));
  return chart.rows.map(
    (r) => `${label(r).padEnd(wide)}  ${bar(Math.max(0, r.value) / most, BAR).padEnd(BAR)}  ${r.text}`,
  );
}
