// A province's communes (3,321) ranked from one CSV: time and peak memory, against Node reading the same lines.
import { files, median, proportionalCatalogue, random, row, run } from './measure.js';

const UNITS = 3321;
/** A catalogue of `criteria` proportional rules, and a CSV of all units. */
function province(criteria) {
  const next = random(1);
  const { ids, yaml } = proportionalCatalogue(criteria);
  const lines = ['unit,year,catalogue,id,value'];
  for (let u = 0; u < UNITS; u++)
    for (const id of ids) lines.push(`Xã ${u},2025,c.yaml,${id},${Math.round(next() * 1000) / 10}%`);
  return files({
    'c.yaml': yaml,
    'all.csv': `${lines.join('\n')}\n`,
    'lines.cjs': `let n = 0; for (const line of require('node:fs').readFileSync(process.argv[2], 'utf8').split('\\n')) n += line.split(',').length; console.log(n);`,
  });
}

row('3,321 communes ranked, medians of 3', 'lines ms', 'cchc ms', 'ratio', 'peak MB');
for (const criteria of [15, 100]) {
  const path = province(criteria);
  const league = ['bin/cchc.js', 'league', path('all.csv'), '--format', 'csv', '-q'];
  const runs = Array.from({ length: 3 }, () => ({
    floor: run([path('lines.cjs'), path('all.csv')]),
    ranked: run(league),
  }));
  row(
    `× ${criteria} criteria (${(UNITS * criteria).toLocaleString('en')} rows)`,
    median(runs.map((r) => r.floor.ms)).toFixed(0),
    median(runs.map((r) => r.ranked.ms)).toFixed(0),
    median(runs.map((r) => r.ranked.ms / r.floor.ms)).toFixed(1),
    median(runs.map((r) => r.ranked.mb)).toFixed(0),
  );
}
