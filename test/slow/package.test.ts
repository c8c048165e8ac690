import { execFileSync, spawnSync } from 'node:child_process';
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { LEAGUE_2023, NHU_XUAN, root } from '../support.js';

const TSC = join(root, 'node_modules/typescript/bin/tsc');

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'cchc-package-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const run = (cwd: string, ...args: string[]) => spawnSync(process.execPath, args, { cwd, encoding: 'utf8' });

describe('the build in one file', () => {
  let alone: string;
  beforeAll(() => {
    alone = join(folder, 'alone');
    mkdirSync(alone);
    cpSync(join(root, 'dist/cchc.mjs'), join(alone, 'cchc.mjs'));
    cpSync(NHU_XUAN, join(alone, 'reading.yaml'));
    cpSync(LEAGUE_2023, join(alone, 'league.yaml'));
  });
  const cchc = (...args: string[]) => run(alone, 'cchc.mjs', ...args);

  it('says what the installed tool says, with nothing beside it', () => {
    const calls = [
      ['score', 'reading.yaml', '--league', 'league.yaml'],
      ['plan', 'reading.yaml', '--target-score', '92'],
      ['risk', 'reading.yaml', '--uncertain', '7.3.2=20..80', '--draws', '20000'],
      ['letter', 'reading.yaml', '--lang', 'vi'],
      ['criteria', '--catalogue', 'communes-example'],
      ['sql', 'departments-example'],
    ];
    for (const args of calls) {
      const [one, whole] = [cchc(...args), run(alone, join(root, 'bin/cchc.js'), ...args)];
      expect(one.stderr).toBe('');
      // What is to be run next is said as this program is run.
      expect(one.stdout.replaceAll('node cchc.mjs ', 'cchc ')).toBe(whole.stdout);
      expect(one.status).toBe(0);
    }
  });

  it('says what to run as it is run itself', () => {
    expect(cchc('criteria', '--catalogue', 'communes-example').stdout).toContain(
      'node cchc.mjs explain 8.1 ',
    );
    expect(cchc('score', '--help', '--lang', 'en').stdout).toContain('node cchc.mjs score ');
    const refused = cchc('score', 'reading.yaml', '--leage', 'x');
    expect(refused.stderr).toContain('node cchc.mjs score --help');
    expect(refused.stderr).not.toMatch(/(?<!node )cchc score/);
  });

  it('writes workbooks, letters and pages; PNG is refused with the reason', () => {
    for (const name of ['r.html', 'r.xlsx'])
      expect(cchc('report', 'reading.yaml', '--output', name).status).toBe(0);
    expect(cchc('letter', 'reading.yaml', '--output', 'l.docx').status).toBe(0);
    expect(cchc('convert', 'reading.yaml', 'c.xlsx').status).toBe(0);
    expect(cchc('score', 'c.xlsx', '--format', 'json').stdout).toContain('87.6103');
    const png = cchc('report', 'reading.yaml', '--chart', 'tornado', '--output', 't.png');
    expect([png.status, png.stderr.includes('no-png')]).toEqual([2, true]);
    expect(readdirSync(alone)).not.toContain('t.png');
  });
});

describe('the package', () => {
  let installed: string;
  beforeAll(() => {
    execFileSync(process.execPath, [TSC, '-p', 'tsconfig.build.json'], { cwd: root });
    execFileSync('npm', ['pack', '--ignore-scripts', '--pack-destination', folder], {
      cwd: root,
      stdio: 'ignore',
    });
    const tarball = readdirSync(folder).find((name) => name.endsWith('.tgz'))!;
    installed = join(folder, 'app');
    const own = join(installed, 'node_modules/cchc');
    mkdirSync(own, { recursive: true });
    execFileSync('tar', ['-xzf', join(folder, tarball), '-C', own, '--strip-components=1']);
    writeFileSync(join(installed, 'package.json'), '{"type":"module"}');
    const { dependencies } = JSON.parse(readFileSync(join(own, 'package.json'), 'utf8'));
    // Only what it declares is there to be found.
    for (const name of Object.keys(dependencies)) {
      mkdirSync(dirname(join(installed, 'node_modules', name)), { recursive: true });
      symlinkSync(join(root, 'node_modules', name), join(installed, 'node_modules', name));
    }
  });

  it('runs every command that needs a library, with only what it declares', () => {
    const bin = 'node_modules/cchc/bin/cchc.js';
    const reading = 'node_modules/cchc/fixtures/nhu-xuan-2022.yaml';
    const calls = [
      ['score', reading],
      ['plan', reading, '--target-score', '92'],
      ['convert', reading, 'c.xlsx'],
      ['report', reading, '--output', 'r.xlsx'],
      ['report', reading, '--chart', 'tornado', '--output', 't.png'],
      ['letter', reading, '--output', 'l.docx'],
    ];
    for (const args of calls) {
      const ran = run(installed, bin, ...args);
      expect(ran.stderr, args.join(' ')).toBe('');
      expect(ran.status).toBe(0);
    }
  });

  it('is a library with types, and lists the licences of what it carries', () => {
    const use = (wanted: string) => `import { loadReading, score } from 'cchc';
      const read = await loadReading('node_modules/cchc/fixtures/nhu-xuan-2022.yaml');
      if (!read.ok) throw new Error('not read');
      const points: ${wanted} = score(read.value.reading, read.value.catalogue).total.score;
      console.log(points);`;
    const compile = (name: string, wanted: string) => {
      writeFileSync(join(installed, name), use(wanted));
      const options = ['--strict', '--target', 'es2022', '--module', 'nodenext', '--types', 'node'];
      const roots = ['--typeRoots', join(root, 'node_modules/@types')];
      return run(installed, TSC, ...options, ...roots, name);
    };
    const whole = compile('use.ts', 'number | null');
    expect([whole.stdout, whole.status]).toEqual(['', 0]);
    expect(run(installed, 'use.js').stdout.trim()).toBe('876103');
    expect(compile('wrong.ts', 'string').stdout).toContain('TS2322');
    const own = join(installed, 'node_modules/cchc');
    const licences = readFileSync(join(own, 'dist/LICENSES.txt'), 'utf8');
    for (const name of ['chalk', 'commander', 'exceljs', 'docx', 'yaml'])
      expect(licences).toMatch(new RegExp(`^${name} \\d`, 'm'));
    const manifest = JSON.parse(readFileSync(join(own, 'package.json'), 'utf8'));
    for (const script of ['preinstall', 'install', 'postinstall'])
      expect(manifest.scripts[script]).toBeUndefined();
  });
});
