import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { describe, expect, it } from 'vitest';
import { root } from './support.js';

const src = join(root, 'src');
const files = readdirSync(src, { recursive: true })
  .map(String)
  .map((name) => name.replaceAll('\\', '/'))
  .filter((name) => name.endsWith('.ts'));

const importsOf = (file: string) =>
  [...readFileSync(join(src, file), 'utf8').matchAll(/\b(?:from|import\()\s*'([^']+)'/g)].map((m) => m[1]!);
const target = (file: string, spec: string) =>
  spec.startsWith('.') ? relative(src, join(src, file, '..', spec)).replaceAll('\\', '/') : spec;

// The rooms, from the ground up: each may import itself and those named here.
const CORE = ['values', 'rules', 'catalogue', 'reading', 'scoring', 'ranking', 'analysis'] as const;
const MAY: Record<string, readonly string[]> = {
  values: [],
  rules: ['values'],
  catalogue: ['values', 'rules'],
  reading: ['values', 'rules', 'catalogue'],
  scoring: ['values', 'rules', 'catalogue', 'reading'],
  ranking: ['values', 'catalogue', 'scoring'],
  analysis: CORE,
  files: CORE,
  papers: [...CORE, 'files'],
  text: ['values', 'rules'],
  render: [...CORE, 'text', 'files'],
  reports: [...CORE, 'text', 'files', 'papers', 'render'],
  commands: [...CORE, 'text', 'files', 'papers', 'render', 'reports'],
  cli: [...CORE, 'text', 'files', 'render', 'commands'],
};
const CORE_PACKAGES = [
  'zod/mini',
  'fraction.js',
  'fastest-levenshtein',
  '@stdlib/stats-base-dists-beta-cdf',
  '@stdlib/stats-base-dists-beta-quantile',
  '@stdlib/stats-base-dists-normal-cdf',
  '@stdlib/stats-base-dists-normal-quantile',
];

describe('the shape of the code', () => {
  it.each(files.filter((f) => f.includes('/')))('%s imports only what its folder may', (file) => {
    const folder = file.split('/')[0]!;
    const allowed = [folder, ...MAY[folder]!];
    const wrong = importsOf(file)
      .filter((spec) => spec.startsWith('.'))
      .map((spec) => target(file, spec).split('/')[0]!)
      .filter((other) => !allowed.includes(other));
    expect(wrong).toEqual([]);
  });

  it('the core knows no IO, clock, randomness, colour or language', () => {
    for (const file of files.filter((f) => (CORE as readonly string[]).includes(f.split('/')[0]!))) {
      const packages = importsOf(file).filter((spec) => !spec.startsWith('.'));
      expect(
        packages.filter((p) => !CORE_PACKAGES.includes(p)),
        file,
      ).toEqual([]);
      expect(readFileSync(join(src, file), 'utf8'), file).not.toMatch(
        /\bprocess\.|\bDate\b|Math\.random|console\.|toLocale/,
      );
    }
  });

  it('scoring a reading loads only what it needs', () => {
    // What `cchc score FILE` runs before its first line: static imports from these, and no others.
    const open = ['cli/main.ts', 'commands/score.ts', 'render/table.ts', 'text/en/index.ts', 'files/yaml.ts'];
    const seen = new Set<string>();
    const packages = new Set<string>();
    for (let file = open.pop(); file; file = open.pop()) {
      if (seen.has(file)) continue;
      seen.add(file);
      const text = readFileSync(join(src, file), 'utf8').replace(/(?:import|export) type [^;]*;/g, '');
      for (const [, spec] of text.matchAll(/^(?:import|export) [^;]*?from '([^']+)';/gm)) {
        if (spec!.startsWith('.')) open.push(target(file, spec!).replace(/\.js$/, '.ts'));
        else if (!spec!.startsWith('node:')) packages.add(spec!);
      }
    }
    expect([...packages].sort()).toEqual([
      'chalk',
      'cli-table3',
      'commander',
      'fast-string-width',
      'fastest-levenshtein',
      'fraction.js',
      'yaml',
      'zod/mini',
    ]);
    expect([...seen].filter((f) => /analysis\/(plan|risk)|catalogue\/(parse|shape)/.test(f))).toEqual([]);
  });

  it('every room has a line in the picture, and the core is told in its order', () => {
    const picture = readFileSync(join(root, 'docs/architecture.md'), 'utf8').split('```')[1]!;
    expect(Object.keys(MAY).filter((room) => !new RegExp(`\\b${room}\\b`).test(picture))).toEqual([]);
    expect([...new Set(files.map((f) => f.split('/')[0]))].sort()).toEqual(
      [...Object.keys(MAY), 'index.ts'].sort(),
    );
    for (const page of ['README.md', 'CONTRIBUTING.md'])
      expect(readFileSync(join(root, page), 'utf8'), page).toContain(`\`${CORE.join(' → ')}\``);
  });

  it('the name of a type that files share is the name of no other type', () => {
    const typesOf = (file: string) =>
      [
        ...readFileSync(join(src, file), 'utf8').matchAll(/^(export )?(?:interface|type|class) (\w+)[ <=]/gm),
      ].map(([, shared, name]) => ({ shared: shared !== undefined, name: name! }));
    const types = files.flatMap(typesOf);
    expect(types.length).toBeGreaterThan(300);
    const repeated = types
      .filter(({ name }, i) => types.findIndex((t) => t.name === name) !== i)
      .map((t) => t.name);
    expect(types.filter(({ shared, name }) => shared && repeated.includes(name)).map((t) => t.name)).toEqual(
      [],
    );
  });

  it('no file outgrows one sitting', () => {
    const long = files.filter((f) => readFileSync(join(src, f), 'utf8').split('\n').length > 500);
    expect(long).toEqual([]);
  });

  it('its page names files that are there, and functions that are in them', () => {
    const page = readFileSync(join(root, 'docs/architecture.md'), 'utf8');
    const named = [...page.matchAll(/`(?:src\/)?([a-z-]+\/[\w./-]+\.ts)`/g)].map((m) => m[1]!);
    const inSource = named.filter((file) => !/NAME/.test(file) && !file.startsWith('test/'));
    expect(inSource.length).toBeGreaterThan(15);
    expect(inSource.filter((file) => !files.includes(file))).toEqual([]);
    const section = page.split('## One reading, from file to screen')[1]!.split('\n## ')[0]!;
    const steps = section.slice(section.indexOf('1. '));
    // Each name stands before the file that it is in, with others between them or not.
    let names: string[] = [];
    const functions: [name: string, file: string][] = [];
    for (const [, quoted] of steps.matchAll(/`([^`]+)`/g)) {
      if (!quoted!.endsWith('.ts')) names.push(quoted!.split('.').at(-1)!);
      else {
        for (const name of names) functions.push([name, quoted!]);
        names = [];
      }
    }
    expect(names).toEqual([]);
    expect(functions.length).toBeGreaterThan(20);
    const isIn = (name: string, file: string) =>
      new RegExp(`(?:(?:function\\*?|const|class) |^  (?:async )?)${name}\\b(?! *:)`, 'm').test(
        readFileSync(join(src, file), 'utf8'),
      );
    expect(functions.filter(([name, file]) => !isIn(name, file))).toEqual([]);
  });
});

it('docs/formats.md names every form of answer', () => {
  const answers = files.flatMap(
    (file) => readFileSync(join(src, file), 'utf8').match(/cchc\/[a-z-]+@\d/g) ?? [],
  );
  const formats = readFileSync(join(root, 'docs/formats.md'), 'utf8');
  expect(answers.length).toBeGreaterThan(15);
  expect(answers.filter((name) => !formats.includes(`\`${name}\``))).toEqual([]);
});
