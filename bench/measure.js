// What every benchmark measures with: whole processes, in turn with what they are compared to.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('..', import.meta.url));

export const median = (values) => [...values].sort((p, q) => p - q)[Math.floor(values.length / 2)];

/** A temporary folder with files, removed when the process ends; gives the path of a name in it. */
export function files(contents) {
  const folder = mkdtempSync(join(tmpdir(), 'cchc-bench-'));
  process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
  for (const [name, text] of Object.entries(contents)) writeFileSync(join(folder, name), text);
  return (name) => join(folder, name);
}

const AT_EXIT =
  'data:text/javascript,process.on("exit",()=>process.stderr.write("\\n"+process.resourceUsage().maxRSS))';

/** Runs Node with arguments; milliseconds of the whole process, and its peak memory in MB. */
export function run(args, env = {}) {
  const start = process.hrtime.bigint();
  const ran = spawnSync(process.execPath, ['--import', AT_EXIT, ...args], {
    cwd: root,
    encoding: 'utf8',
    maxBuffer: 1 << 30,
    env: { ...process.env, ...env },
  });
  const ms = Number(process.hrtime.bigint() - start) / 1e6;
  if (ran.status !== 0) throw new Error(`${args.join(' ')} exited ${ran.status}\n${ran.stderr}`);
  return { ms, mb: Number(ran.stderr.trimEnd().split('\n').at(-1)) / 1024, stdout: ran.stdout };
}

/** Numbers from 0 to 1 that are the same in every run. */
export function random(seed) {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

/** Prints a row of a table; the first cell is its name. */
export const row = (...cells) =>
  console.log(cells.map((c, i) => (i === 0 ? String(c).padEnd(56) : String(c).padStart(11))).join(''));

const A = 'provenance: assumed, reason: bench';

/** Ids `1.1`, `1.2` … of so many criteria, and the YAML of a catalogue of proportional rules for them. */
export function proportionalCatalogue(criteria, targetOf = () => 90) {
  const ids = Array.from({ length: criteria }, (_, i) => `${Math.floor(i / 10) + 1}.${(i % 10) + 1}`);
  const yaml = `id: bench
name: Bench
year: 2025
scale: {value: ${criteria}, ${A}}
sources: {}
fields: [{id: F, name: F}]
owners: {O: {}}
criteria:
${ids.map((id, i) => `  - {id: "${id}", name: "${id}", field: F, owners: [O], max: {value: 1, ${A}}, rule: {kind: proportional, target: ${targetOf(i)}, ${A}}}`).join('\n')}
`;
  return { ids, yaml };
}
