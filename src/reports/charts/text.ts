import { wrapText } from '../../render/layout.js';
import { bar } from '../../render/plot.js';
import type { Chart } from './chart.js';

const BAR = 30;
const LABEL = 40;

/** A chart as lines of text; a long name goes on below its bar. */
export function linesOf(chart: Chart): string[] {
  if (chart.kind === 'rank') return chart.summary.split('; ');
  if (chart.kind === 'line') {
    const { low, high } = chart;
    return chart.points.map(
      (p) => `${p.label}  ${bar((p.value - low) / (high - low), BAR).padEnd(BAR)}  ${p.text}`,
    );
  }
  const most = Math.max(...chart.rows.map((r) => r.value), 1e-9);
  const named = chart.rows.map((row) => ({ row, label: wrapText(row.id || row.name, LABEL) }));
  const wide = Math.max(0, ...named.flatMap(({ label }) => label.map((l) => l.length)));
  return named.flatMap(({ row, label: [first = '', ...rest] }) => [
    `${first.padEnd(wide)}  ${bar(Math.max(0, row.value) / most, BAR).padEnd(BAR)}  ${row.text}`,
    ...rest,
  ]);
}
