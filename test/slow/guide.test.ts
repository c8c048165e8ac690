import { execFileSync, spawnSync } from 'node:child_process';
import {
  appendFileSync,
  cpSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { root } from '../support.js';

interface Step {
  recipe: string;
  how: 'create' | 'append' | 'after' | 'replace';
  file: string;
  line: string | null;
  text: string;
}

/** The guide's blocks that say what to do with them. */
const steps: Step[] = [
  ...readFileSync(join(root, 'CONTRIBUTING.md'), 'utf8').matchAll(
    /^```\w+ recipe=(\w+) (create|append|after|replace)=(\S+)(?: line="(.+?)")?\n([\s\S]*?)^```$/gm,
  ),
].map(([, recipe, how, file, line, text]) => ({
  recipe: recipe!,
  how: how as Step['how'],
  file: file!,
  line: line ?? null,
  text: text!,
}));

function carryOut(folder: string, { how, file, line, text }: Step): void {
  const path = join(folder, file);
  if (how === 'create') writeFileSync(path, text, { flag: 'wx' });
  if (how === 'append') appendFileSync(path, text);
  if (how === 'create' || how === 'append') return;
  const lines = readFileSync(path, 'utf8').split('\n');
  const at = lines.findIndex((l) => l.includes(line!));
  expect(at, `${file}: ${line}`).toBeGreaterThanOrEqual(0);
  lines.splice(how === 'after' ? at + 1 : at, how === 'after' ? 0 : 1, text.replace(/\n$/, ''));
  writeFileSync(path, lines.join('\n'));
}

const folders: string[] = [];
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

/** A copy of the project with a recipe carried out. */
function following(recipe: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'cchc-guide-'));
  folders.push(folder);
  const tracked = execFileSync('git', ['ls-files'], { cwd: root, encoding: 'utf8' }).trim().split('\n');
  for (const file of tracked) cpSync(join(root, file), join(folder, file));
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
  for (const step of steps.filter((s) => s.recipe === recipe)) carryOut(folder, step);
  return folder;
}

const run = (folder: string, args: string[]) => {
  const ran = spawnSync(process.execPath, args, { cwd: folder, encoding: 'utf8' });
  return { ...ran, all: ran.stdout + ran.stderr };
};
const compile = (folder: string) => run(folder, ['node_modules/typescript/bin/tsc', '--noEmit']);
const cchc = (folder: string, ...args: string[]) => run(folder, ['bin/cchc.js', ...args]);

describe("the contributor's guide, followed on a copy", () => {
  it('a criterion is one YAML', () => {
    const folder = following('criterion');
    expect(run(folder, ['tools/build.mjs']).status).toBe(0);
    expect(
      cchc(folder, 'catalogue', 'lint', 'criteria/rule-forms-example.yaml', '--max-warnings', '0').all,
    ).toContain('pass');
    const reading = 'unit: U\nyear: 2025\ncatalogue: rule-forms-example\nindicators: {"2.3": 45%}\n';
    writeFileSync(join(folder, 'r.yaml'), reading);
    const scored = JSON.parse(cchc(folder, 'score', 'r.yaml', '-q', '--format', 'json').stdout);
    // 45 ÷ 90 of 1.
    expect(scored.readings[0].criteria.find((c: { id: string }) => c.id === '2.3').points).toBe(0.5);
  });

  it('a rule kind is one file, its line in the list, and its cases', () => {
    const folder = following('rule');
    expect(compile(folder).all).toBe('');
    const tested = run(folder, ['node_modules/vitest/vitest.mjs', 'run', 'test/rules.test.ts']);
    expect(tested.all).toMatch(/The maximum from 40% on|passed/);
    expect(tested.status).toBe(0);
  });

  it('a format is one file and one line', () => {
    const folder = following('format');
    expect(compile(folder).all).toBe('');
    expect(run(folder, ['tools/build.mjs']).status).toBe(0);
    const ran = cchc(folder, 'score', 'fixtures/nhu-xuan-2022.yaml', '--format', 'tsv');
    expect(ran.stdout.split('\n')[0]).toMatch(/^unit\tyear\tid/);
    expect(ran.stdout.trim().split('\n')).toHaveLength(16);
  });

  it('a command is one file, one line, and its words', () => {
    const folder = following('command');
    expect(compile(folder).all).toBe('');
    expect(run(folder, ['tools/build.mjs']).status).toBe(0);
    expect(cchc(folder, 'owners', 'thanh-hoa-district-2022', '--lang', 'en').stdout).toContain(
      'Home Affairs Division',
    );
    expect(cchc(folder, '--help', '--lang', 'vi').stdout).toContain('liệt kê đơn vị chủ trì');
  });

  it('a language without its words does not compile, and the compiler names the places that the guide names', () => {
    const { all, status } = compile(following('language'));
    expect(status).not.toBe(0);
    const files = new Set([...all.matchAll(/^(src\/[^(]+)\(/gm)].map((m) => m[1]));
    expect([...files].sort()).toEqual([
      'src/commands/init.ts',
      'src/rules/reckoning.ts',
      'src/text/index.ts',
      'src/text/numbers.ts',
    ]);
  });
});
