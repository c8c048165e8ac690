import { join } from 'node:path';
import { expect, it } from 'vitest';
import { main } from '../src/cli/main.js';
import { parseDay } from '../src/values/calendar.js';
import { catalogueData, heard, withFiles } from './support.js';

const READING = [
  'unit: U',
  'year: 2022',
  'catalogue: thanh-hoa-district-2022',
  // Neither has evidence, which the config asks for, and the others are unknown: three warnings.
  'indicators: {1.5: {value: 2}, 6.2.1: {value: 2}}',
].join('\n');

/** Runs on a day with a config that accepts something; what was said, and the exit code. */
async function run(accept: string, args: string[], day = '31/12/2026') {
  let said = '';
  const listening = heard((words) => {
    said += words;
  });
  const config = `require_evidence: true\naccept:\n${accept}\n`;
  const catalogue = JSON.stringify(catalogueData({ kind: 'proportional', target: 80 }, 1, 1));
  return withFiles({ 'r.yaml': READING, 'c.yaml': catalogue, 'w.yaml': config }, async (folder) => {
    const full = [...args, '--config', join(folder, 'w.yaml')].map((a) => a.replace('{}', folder));
    const exit = await main(full, { out: listening, err: listening }, {}, parseDay(day)!);
    return { exit, said };
  });
}

const CHECK = ['check', '{}/r.yaml', '--lang', 'en'];
const ONE = '  - {code: evidence-missing, id: 1.5, reason: "files on their way", until: 31/12/2026}';

interface Told {
  code: string;
  severity: string;
  message: string;
  accepted?: { reason: string; until: string | null };
}

const told = (said: string): Told[] =>
  (JSON.parse(said) as { files: { diagnostics: Told[] }[] }).files.flatMap((f) => f.diagnostics);

const gates = (said: string) =>
  (JSON.parse(said) as { gates: { name: string; actual: number; pass: boolean }[] }).gates.map((g) => [
    g.name,
    g.actual,
    g.pass,
  ]);

it('an accepted finding is shown with its reason and is no warning; the other one stays', async () => {
  const { exit, said } = await run(ONE, [...CHECK, '--format', 'json', '--max-warnings', '2']);
  // The gate on evidence counts the one that is not accepted.
  expect([exit, gates(said)]).toEqual([
    1,
    [
      ['require-evidence', 1, false],
      ['max-warnings', 2, true],
    ],
  ]);
  const missing = told(said).filter((d) => d.code === 'evidence-missing');
  expect(missing.map((d) => [d.message.slice(0, 5).trim(), d.severity, d.accepted])).toEqual([
    ['1.5 h', 'note', { reason: 'files on their way', until: '31/12/2026' }],
    ['6.2.1', 'warning', undefined],
  ]);
  const both = '  - {code: evidence-missing, reason: all of them}';
  expect((await run(both, [...CHECK, '--max-warnings', '1'])).exit).toBe(0);
  expect((await run(both, [...CHECK, '--max-warnings', '0'])).exit).toBe(1);
});

it('after its last day it accepts nothing and is a warning itself', async () => {
  const { exit, said } = await run(ONE, [...CHECK, '--format', 'json', '--max-warnings', '3'], '01/01/2027');
  expect([exit, gates(said)[1]]).toEqual([1, ['max-warnings', 4, false]]);
  const warnings = told(said).filter((d) => d.severity === 'warning');
  expect(warnings.map((d) => d.code).sort()).toEqual([
    'evidence-missing',
    'evidence-missing',
    'unknown-values',
    'waiver-expired',
  ]);
});

it.each([
  ['table', /accepted[\s\S]*accepted: files/],
  [
    'github',
    /::notice [^\n]*title=evidence-missing::1\.5[^\n]*accepted: files on their way, until 31\/12\/2026/,
  ],
  ['sarif', /"suppressions": \[\s*\{\s*"kind": "external",\s*"status": "accepted"[^}]*files on their way/],
  [
    'gitlab',
    /1\.5 has no evidence \(accepted: files on their way[^\n]*\n[^\n]*\n[^\n]*\n\s*"severity": "info"/,
  ],
  ['junit', /1\.5 has no evidence \(accepted: files on their way/],
  ['markdown', /accepted.*files on their way/],
  ['csv', /accepted.*files on their way/],
])('%s says so', async (format, words) => {
  expect((await run(ONE, [...CHECK, '--format', format])).said).toMatch(words);
});

it('lint accepts by the criterion, wherever its finding stands', async () => {
  const lint = ['catalogue', 'lint', '{}/c.yaml', '--lang', 'en', '--format', 'json'];
  const plain = await run('  - {code: evidence-missing, reason: none here}', lint);
  const found = told(plain.said).map((d) => d.code);
  expect(found).toContain('examples-missing');
  const { said } = await run('  - {code: examples-missing, id: T1, reason: "the office drafts them"}', lint);
  const examples = told(said).filter((d) => d.code === 'examples-missing');
  expect(examples.map((d) => d.accepted?.reason)).toEqual(['the office drafts them']);
  const misspelt = await run('  - {code: exampels-missing, id: T10, reason: x}', lint);
  expect(misspelt.exit).toBe(3);
  expect(misspelt.said).toMatch(/exampels-missing[\s\S]*did you mean 'examples-missing'/);
  expect(misspelt.said).toMatch(/unknown-criterion[\s\S]*did you mean 'T1'/);
  expect(misspelt.said).toMatch(/w\.yaml:3/);
});

it('a waiver without a reason, or until no day, is refused', async () => {
  const { exit, said } = await run('  - {code: evidence-missing, until: 31/02/2026}', CHECK);
  expect(exit).toBe(3);
  expect(said).toMatch(/missing-key[\s\S]*reason/);
  expect(said).toMatch(/bad-date[\s\S]*31\/02\/2026/);
});

it('faults of shape in the config do not hide a waiver of an unknown criterion or code, nor its place', async () => {
  const accept = [
    '  - {code: evidence-missing, id: 1.6}',
    '  - {id: 1.7, reason: seen}',
    '  - {code: evidence-mising, reason: seen}',
    'strict: maybe',
  ].join('\n');
  for (const args of [CHECK, ['catalogue', 'lint', '{}/c.yaml', '--lang', 'en']]) {
    const { exit, said } = await run(accept, args);
    expect(exit).toBe(3);
    const complaints = [...said.matchAll(/error\[([a-z-]+)\][^\n]*\n[^\n]*w\.yaml:(\d+):/g)].map(
      (m) => `${m[2]} ${m[1]}`,
    );
    // The first lacks a reason, the second a code; 1.6 is no criterion, and evidence-mising no code.
    expect(complaints.sort()).toEqual([
      '3 missing-key',
      '3 unknown-criterion',
      '4 missing-key',
      '5 unknown-code',
      '6 not-one-of',
    ]);
  }
});
