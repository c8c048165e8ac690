// 3,321 communes × 100 criteria × 5 years from one CSV: time and memory of the streamed ranking.
import { spawnSync } from 'node:child_process';
import { createWriteStream, mkdtempSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Stream } from '../dist/index.js';

const [UNITS, CRITERIA, YEARS] = [Number(process.argv[2] ?? 3321), 100, [2021, 2022, 2023, 2024, 2025]];
const root = fileURLToPath(new URL('..', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'cchc-scale-'));
const ids = Array.from({ length: CRITERIA }, (_, i) => `${1 + Math.floor(i / 20)}.${(i % 20) + 1}x`);
const stated = 'provenance: assumed, reason: bench';
writeFileSync(
  join(folder, 'scale.yaml'),
  `id: scale
name: Scale
year: 2025
valid: {from: 2021, to: 2025}
scale: {value: ${CRITERIA}, ${stated}}
sources: {}
fields: [{id: "1", name: F1}, {id: "2", name: F2}, {id: "3", name: F3}, {id: "4", name: F4}, {id: "5", name: F5}]
owners: {O: {}}
criteria:
${ids
  .map((id, i) => {
    const rule =
      i % 3 === 0
        ? `{kind: steps, tiers: [{at_least: 80, points: max}, {at_least: 50, points: 0.5}], ${stated}}`
        : `{kind: proportional, target: ${60 + (i % 40)}, ${stated}}`;
    return `  - {id: "${id}", name: C, field: "${id[0]}", owners: [O], max: {value: 1, ${stated}}, rule: ${rule}}`;
  })
  .join('\n')}
`,
);
const file = join(folder, 'readings.csv');
const out = createWriteStream(file);
const random = new Stream(7, 0, 0);
out.write('unit,year,id,value\n');
for (let u = 0; u < UNITS; u++) {
  for (const year of YEARS) {
    let text = '';
    for (const id of ids) text += `Xã ${u},${year},${id},${(random.share() * 100).toFixed(2)}\n`;
    if (!out.write(text)) await new Promise((resolve) => out.once('drain', resolve));
  }
}
await new Promise((resolve) => out.end(resolve));
const args = [
  join(root, 'bin/cchc.cjs'),
  'league',
  file,
  '--stream',
  '--catalogue',
  join(folder, 'scale.yaml'),
  '--format',
  'csv',
];
const probe = `const{resourceUsage}=process;process.on('exit',()=>process.stderr.write(JSON.stringify({mb:Math.round(resourceUsage().maxRSS/1024)})))`;
writeFileSync(join(folder, 'probe.cjs'), probe);
const start = process.hrtime.bigint();
const ran = spawnSync(process.execPath, ['-r', join(folder, 'probe.cjs'), ...args], {
  encoding: 'utf8',
  maxBuffer: 1 << 28,
});
const seconds = Number(process.hrtime.bigint() - start) / 1e9;
if (ran.status !== 0) throw new Error(ran.stderr.slice(0, 2000));
const rows = UNITS * CRITERIA * YEARS.length;
const mb = Math.round(statSync(file).size / 1e6);
console.log(
  `${rows} rows (${mb} MB): ${seconds.toFixed(1)} s, ${(rows / seconds / 1e6).toFixed(2)} million rows a second, peak ${JSON.parse(ran.stderr.slice(ran.stderr.lastIndexOf('{'))).mb} MB`,
);
console.log(`${ran.stdout.trim().split('\n').length - 1} unit-years ranked`);
