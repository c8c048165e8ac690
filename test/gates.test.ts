import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import Ajv04 from 'ajv-draft-04';
import addFormats from 'ajv-formats';
import { beforeEach, describe, expect, it } from 'vitest';
import { main } from '../src/cli/main.js';
import { formatNames } from '../src/render/formats.js';
import {
  catalogueData,
  cchc,
  heard,
  LEAGUE_2022,
  LEAGUE_2023,
  NHU_XUAN,
  root,
  withFiles,
} from './support.js';

let out = '';
let err = '';
beforeEach(() => {
  out = '';
  err = '';
});
const streams = {
  // Wide enough for a code and a temporary file's path side by side.
  out: {
    ...heard((said) => {
      out += said;
    }),
    columns: 200,
  },
  err: heard((said) => {
    err += said;
  }),
};

const run = async (...args: string[]) => ({ code: await main([...args, '--lang', 'en'], streams), out, err });

// The 2022 reading: score 87.6103, lost 12.3897, 7.3.2 lost 0.8042, Phòng Nội vụ lost 3, rank 21 of 27;
// 11.8603 points rest on assumed numbers; in the 2023 league the 90% rank follows from Binomial(22, p).
// A criterion or lead unit goes by any name that it has elsewhere.
const GATES: [string, string[], string[]][] = [
  ['min-score', ['--min-score', '87.6103'], ['--min-score', '87.6104']],
  ['min-index', ['--min-index', '87.6'], ['--min-index', '88%']],
  ['max-deduction', ['--max-deduction', '12.3897'], ['--max-deduction', '12.3896']],
  ['max-rank', ['--max-rank', '21', '--league', LEAGUE_2022], ['--max-rank', '20', '--league', LEAGUE_2022]],
  [
    'max-rank@0.9',
    ['--max-rank', '26', '--confidence', '0.9', '--league', LEAGUE_2023],
    ['--max-rank', '19', '--confidence', '0.9', '--league', LEAGUE_2023],
  ],
  ['max-deduction:7.3.2', ['--max-criterion', '7.3.2=0.8042'], ['--max-criterion', '7.3.2=0.8']],
  [
    'max-deduction:Phòng Nội vụ',
    ['--max-owner', 'Home Affairs Division=3'],
    ['--max-owner', 'Phòng Nội vụ=2.9'],
  ],
  ['max-assumed-points', ['--max-assumed-points', '11.8603'], ['--max-assumed-points', '11']],
  ['require-complete', ['--require-complete'], ['--require-complete', 'INCOMPLETE']],
  // The letter's reading gives no evidence; the other file does.
  ['require-evidence', ['--require-evidence', 'PROVEN'], ['--require-evidence']],
  ['no-regression', ['--no-regression', '--baseline', NHU_XUAN], ['--no-regression', '--baseline', 'BETTER']],
  ['max-warnings', ['--max-warnings', '0'], ['--max-warnings', '0', 'INCOMPLETE']],
];

/** Readings besides the letter's, by the name that a call gives them. */
const FILES: Readonly<Record<string, string>> = { INCOMPLETE: 'i.yaml', PROVEN: 'p.yaml' };

describe('every gate, held and broken, in three formats, and every format', () => {
  for (const [i, [gate, pass, fail]] of GATES.entries()) {
    for (const format of new Set(['table', 'json', formatNames[i % formatNames.length]!])) {
      it(`${gate} --format ${format}`, async () => {
        const text = readFileSync(NHU_XUAN, 'utf8');
        const incomplete = text.replace(/ {2}XHH: .*\n/, '');
        const better = text.replace('deducted: 0.8042', 'deducted: 0.5');
        const proven = text.replace(/\{deducted/g, '{evidence: [{title: Báo cáo}], deducted');
        await withFiles({ 'i.yaml': incomplete, 'b.yaml': better, 'p.yaml': proven }, async (folder) => {
          const check = async (args: string[]) => {
            out = '';
            const file = FILES[args.find((a) => a in FILES) ?? ''];
            const swapped = file === undefined ? NHU_XUAN : join(folder, file);
            const given = args
              .filter((a) => !(a in FILES))
              .map((a) => (a === 'BETTER' ? join(folder, 'b.yaml') : a));
            return run('check', swapped, ...given, '--format', format);
          };
          const held = await check(pass);
          expect(held.err).toBe('');
          expect(held.code).toBe(0);
          const broken = await check(fail);
          expect(broken.code).toBe(1);
          if (format === 'json') {
            const { verdict, gates } = JSON.parse(broken.out);
            expect(verdict).toBe('fail');
            expect(gates.find((g: { pass: boolean }) => !g.pass).name).toBe(gate);
          } else {
            const sign = format === 'table' || format === 'markdown' ? 'FAIL' : 'gate-failed';
            expect(broken.out).toContain(sign);
            expect(held.out).not.toContain(sign);
          }
        });
      });
    }
  }

  for (const format of formatNames) {
    it(`a broken file is exit 3 in ${format}, whatever the gates`, async () => {
      await withFiles(
        { 'r.yaml': 'unit: X\nyear: 2022\ncatalogue: thanh-hoa-district-2022\nindicators: {7.3.9: 1}\n' },
        async (folder) => {
          const ran = await run('check', join(folder, 'r.yaml'), '--format', format, '--min-score', '0');
          expect(ran.code).toBe(3);
          expect(ran.out).toContain('unknown-criterion');
        },
      );
    });
  }
});

describe('gates', () => {
  it.each([
    [['--min-score', 'x'], "--min-score: 'x'"],
    [['--confidence', '2'], '--confidence'],
    [['--max-rank', '5'], '--league'],
    [['--no-regression'], '--baseline'],
    [['--max-criterion', '9.9=1'], "'9.9'"],
    [['--max-owner', 'Phòng Nội bộ=1'], 'Phòng Nội vụ'],
  ])('%j is bad usage', async (args, says) => {
    const ran = await run('check', NHU_XUAN, ...args);
    expect(ran.code).toBe(2);
    expect(ran.err).toContain(says);
  });

  it('a gate that one of several files cannot be held to names that file', async () => {
    const other = 'unit: X\nyear: 2022\ncatalogue: c.yaml\nindicators: {T1: 50%}\n';
    const catalogue = JSON.stringify(catalogueData({ kind: 'proportional', target: 100 }, 1));
    await withFiles({ 'c.yaml': catalogue, 'other.yaml': other }, async (folder) => {
      const file = join(folder, 'other.yaml');
      const asked = ['--max-criterion', '7.3.2=1', '--max-owner', 'Phòng Nội vụ=9', '--lang', 'en'];
      const { code, stderr } = await cchc(['check', NHU_XUAN, file, ...asked]);
      const faults = stderr.match(/unknown-(criterion|owner)\].*\n +--> .*other\.yaml/g);
      expect([code, faults?.length]).toEqual([2, 2]);
      expect(stderr).not.toContain(NHU_XUAN);
    });
  });

  it('a rank in a later year than its league is said to be so, and nobody is overtaken whose place was not known', async () => {
    const units = '[{unit: A, score: 95}, {unit: B, score: 80}]';
    await withFiles({ 'l.yaml': `name: x\nyear: 2021\nsize: 3\nunits: ${units}\n` }, async (folder) => {
      const league = ['--league', join(folder, 'l.yaml'), '--format', 'json'];
      const { stdout } = await cchc(['check', NHU_XUAN, '--max-rank', '3', ...league]);
      expect(JSON.parse(stdout).gates[0]).toMatchObject({ pass: true, assumptions: ['later-year'] });
      const moved = await cchc(['whatif', NHU_XUAN, '--set', '1.5=2', '--rivals', '+1', ...league]);
      expect(JSON.parse(moved.stdout).scenarios[0]).toMatchObject({ overtaken: [], overtakenBy: [] });
    });
  });

  it('a bonus outside the scale that was not earned loses nothing; what it takes is lost', async () => {
    const A = 'provenance: assumed, reason: x';
    const outside = (id: string, max: number, rule: string) =>
      `  - {id: ${id}, name: C, field: F, owners: [O], outside: true, max: {value: ${max}, ${A}}, rule: {${rule}, ${A}}}\n`;
    const catalogue = `id: t\nname: T\nyear: 2025\nscale: {value: 10, ${A}}\nsources: {}\nfields: [{id: F, name: F}]\nowners: {O: {}}\ncriteria:
  - {id: A, name: A, field: F, owners: [O], max: {value: 10, ${A}}, rule: {kind: proportional, target: 100, ${A}}}
${outside('B', 2, 'kind: proportional, target: 100')}${outside('P', 0, 'kind: penalty, per_case: 0.5, start: 0, most: 3')}`;
    const reading = 'unit: U\nyear: 2025\ncatalogue: c.yaml\nindicators: {A: 50%, B: 0%, P: 3}\n';
    const bonus = reading.replace('B: 0%', 'B: 100%');
    const files = { 'r.yaml': reading, 'b.yaml': bonus, 'open.yaml': bonus.replace('A: 50%, ', '') };
    await withFiles({ 'c.yaml': catalogue, ...files }, async (folder) => {
      // 5 of 10 are lost, and all 10 may be where A is unknown, whatever lies outside the scale: +2 − 1.5.
      for (const [file, lost] of Object.entries({ 'r.yaml': 5, 'b.yaml': 5, 'open.yaml': 10 })) {
        const ran = await cchc(['check', join(folder, file), '--max-deduction', '5', '--format', 'json']);
        expect(JSON.parse(ran.stdout).gates[0].actual).toBe(lost);
      }
      const limits = ['--max-criterion', 'A=5', '--max-criterion', 'B=0', '--max-criterion', 'P=1'];
      const { code, stdout } = await cchc(['check', join(folder, 'r.yaml'), ...limits, '--format', 'json']);
      const gates = JSON.parse(stdout).gates.map((g: { actual: number; pass: boolean }) => [
        g.actual,
        g.pass,
      ]);
      // 10 × 50% lost; no bonus earned; three cases at half a point.
      expect([code, gates]).toEqual([
        1,
        [
          [5, true],
          [0, true],
          [1.5, false],
        ],
      ]);
    });
  });

  it('a regression names each criterion that fell', async () => {
    const better = readFileSync(NHU_XUAN, 'utf8').replace('deducted: 0.8042', 'deducted: 0.5');
    await withFiles({ 'b.yaml': better }, async (folder) => {
      const { gates } = JSON.parse(
        (
          await run(
            'check',
            NHU_XUAN,
            '--baseline',
            join(folder, 'b.yaml'),
            '--no-regression',
            '0.1',
            '--format',
            'json',
          )
        ).out,
      );
      expect(gates.map((g: { name: string; actual: number }) => [g.name, g.actual])).toEqual([
        ['no-regression', 0.3042],
        ['no-regression:7.3.2', 0.3042],
      ]);
    });
  });

  it('a baseline with other decimals is the same points, and one of another unit is told', async () => {
    const scheme = readFileSync(join(root, 'criteria/departments-example.yaml'), 'utf8');
    const reading = (unit: string, value: string, catalogue: string) =>
      `unit: ${unit}\nyear: 2024\ncatalogue: ${catalogue}\nindicators: {"7.1": ${value}}\n`;
    const files = {
      'coarse.yaml': scheme.replace(/^id: .*/m, 'id: coarse'),
      'fine.yaml': scheme.replace(/^id: .*/m, 'id: fine').replace(/^decimals: 2/m, 'decimals: 4'),
      'before.yaml': reading('Sở A', '63%', 'coarse.yaml'),
      'now.yaml': reading('Sở A', '60%', 'fine.yaml'),
      'other.yaml': reading('Sở B', '60%', 'fine.yaml'),
    };
    await withFiles(files, async (folder) => {
      const check = async (now: string, before: string) => {
        out = '';
        const paths = [join(folder, now), '--baseline', join(folder, before)];
        const ran = await run('check', ...paths, '--no-regression', '--format', 'json');
        return JSON.parse(ran.out) as {
          gates: { name: string; actual: number }[];
          files: { diagnostics: { code: string; message: string }[] }[];
        };
      };
      // 5 × 63 ÷ 70 = 4.5, and 5 × 60 ÷ 70 = 4.2857: 0.2143 less; the other way, more.
      const fell = await check('now.yaml', 'before.yaml');
      expect(fell.gates.map((g) => [g.name, g.actual])).toEqual([
        ['no-regression', 0.2143],
        ['no-regression:7.1', 0.2143],
      ]);
      expect((await check('before.yaml', 'now.yaml')).gates.map((g) => g.actual)).toEqual([0]);
      const other = await check('other.yaml', 'before.yaml');
      expect(other.files[0]!.diagnostics.filter((d) => d.code === 'baseline-of-other-unit')).toMatchObject([
        { message: 'Sở B is held against a baseline of another unit, Sở A' },
      ]);
    });
  });

  it('a catalogue of the config in place of the one that a reading names is told; one that is asked for is not', async () => {
    const scheme = readFileSync(join(root, 'criteria/thanh-hoa-district-2022.yaml'), 'utf8');
    const files = {
      'own.yaml': scheme.replace(/^id: .*/m, 'id: own'),
      'cchc.config.yaml': 'files: [r.yaml]\ncatalogue: ./own.yaml\n',
      'r.yaml': readFileSync(NHU_XUAN, 'utf8'),
      's.yaml': readFileSync(NHU_XUAN, 'utf8').replace(/^catalogue: .*/m, 'catalogue: own'),
    };
    await withFiles(files, async (folder) => {
      const told = async (...args: string[]) => {
        const ran = await cchc([
          'check',
          ...args,
          '--config',
          join(folder, 'cchc.config.yaml'),
          '--format',
          'json',
        ]);
        const [file] = (
          JSON.parse(ran.stdout) as { files: { diagnostics: { code: string; line: number }[] }[] }
        ).files;
        return file!.diagnostics.filter((d) => d.code === 'catalogue-of-config').map((d) => d.line);
      };
      expect(await told()).toEqual([6]);
      expect(await told('--catalogue', join(folder, 'own.yaml'))).toEqual([]);
      expect(await told(join(folder, 's.yaml'))).toEqual([]);
    });
  });

  it('evidence: what lacks it, with what is wanted, and paths that are not there', async () => {
    const text =
      'unit: X\nyear: 2022\ncatalogue: thanh-hoa-district-2022\nindicators:\n  7.3.2: {value: 85, evidence: [{title: Báo cáo, file: a.pdf}, {file: gone.pdf}]}\n  7.3.3: 75\n';
    await withFiles({ 'r.yaml': text, 'a.pdf': '' }, async (folder) => {
      const ran = await run('check', join(folder, 'r.yaml'), '--require-evidence', '--format', 'json');
      const found = JSON.parse(ran.out).files[0].diagnostics.map((d: { code: string; line: number }) => [
        d.code,
        d.line,
      ]);
      expect(found).toContainEqual(['evidence-missing', 6]);
      expect(found).toContainEqual(['evidence-not-found', 5]);
      expect(found.filter(([code]: [string]) => code === 'evidence-missing')).toHaveLength(1);
      // Of two entries one has no evidence: a gate, as the others are, in the options and in the config.
      const { gates, verdict } = JSON.parse(ran.out);
      expect([ran.code, verdict, gates]).toEqual([
        1,
        'fail',
        [{ file: join(folder, 'r.yaml'), name: 'require-evidence', actual: 1, limit: 0, pass: false }],
      ]);
      for (const config of ['gates: {require_evidence: true}\n', 'require_evidence: true\n']) {
        writeFileSync(join(folder, 'cchc.config.yaml'), config);
        expect((await cchc(['check', 'r.yaml'], { cwd: folder })).code).toBe(1);
        expect((await cchc(['check', 'r.yaml', '--require-evidence'], { cwd: folder })).code).toBe(1);
      }
    });
  });

  it('a reading in which nothing is filled in passes nothing', async () => {
    const head = 'unit: X\nyear: 2022\ncatalogue: thanh-hoa-district-2022\nindicators:';
    await withFiles({ 'r.yaml': `${head}\n`, 'begun.yaml': `${head} {7.3.2: 85}\n` }, async (folder) => {
      const empty = await run('check', join(folder, 'r.yaml'), '--format', 'json');
      expect(empty.code).toBe(1);
      expect(JSON.parse(empty.out).gates).toMatchObject([
        { name: 'filled-in', actual: 0, limit: 1, pass: false },
      ]);
      expect((await run('check', join(folder, 'begun.yaml'))).code).toBe(0);
    });
  });

  it('nor does one of a kind that has a criterion in full without doing anything', async () => {
    const data = catalogueData({ kind: 'proportional', target: 100 }, 1, 2);
    const criteria = [data.criteria[0], { ...data.criteria[0], id: 'T2', units: ['xã'], otherwise: 'max' }];
    const head = 'unit: X\nyear: 2022\nkind: phường\ncatalogue: c.yaml\nindicators:';
    const files = { 'c.yaml': JSON.stringify({ ...data, criteria }), 'r.yaml': head };
    await withFiles({ ...files, 'begun.yaml': `${head} {T1: 85}\n` }, async (folder) => {
      const codes = ['r.yaml', 'begun.yaml'].map((f) =>
        run('check', join(folder, f)).then((ran) => ran.code),
      );
      expect(await Promise.all(codes)).toEqual([1, 0]);
    });
  });

  it('a value that moved by 40 points warns', async () => {
    const reading = (v: number) =>
      `unit: X\nyear: 2022\ncatalogue: thanh-hoa-district-2022\nindicators: {7.3.2: ${v}}\n`;
    await withFiles(
      { 'a.yaml': reading(8.5), 'b.yaml': reading(85), 'c.yaml': reading(48.4) },
      async (folder) => {
        const codes = async (file: string) => {
          out = '';
          const ran = await run(
            'check',
            join(folder, file),
            '--baseline',
            join(folder, 'a.yaml'),
            '--format',
            'json',
          );
          return JSON.parse(ran.out).files[0].diagnostics.map((d: { code: string }) => d.code);
        };
        expect(await codes('b.yaml')).toContain('moved-far');
        expect(await codes('c.yaml')).not.toContain('moved-far');
      },
    );
  });
});

describe('the config file', () => {
  it('means its own folder, also when called from a folder below it', async () => {
    const config = 'files: ["sub/*.yaml", top.yaml]\ngates: {min_score: 80}\n';
    const text = readFileSync(NHU_XUAN);
    await withFiles({ 'cchc.config.yaml': config, 'top.yaml': text }, async (folder) => {
      mkdirSync(join(folder, 'sub'));
      writeFileSync(join(folder, 'sub', 'r.yaml'), text);
      for (const cwd of [folder, join(folder, 'sub')]) {
        const ran = await cchc(['check', '--format', 'json'], { cwd });
        expect(ran.code, ran.stderr).toBe(0);
        expect(JSON.parse(ran.stdout).files).toHaveLength(2);
      }
    });
  });

  it('is found upwards, names files by pattern, and flags go before it', async () => {
    await withFiles(
      {
        'r1.yaml': readFileSync(NHU_XUAN),
        'cchc.config.yaml': 'files: ["r*.yaml"]\ngates: {min_score: 90}\n',
      },
      async (folder) => {
        const ran = await cchc(['check', '--format', 'json'], { cwd: folder });
        expect(ran.stderr).toBe('');
        expect(ran.code).toBe(1);
        expect(JSON.parse(ran.stdout).gates).toMatchObject([
          { name: 'min-score', actual: 87.6103, limit: 90, pass: false },
        ]);
        expect((await cchc(['check', '--min-score', '80'], { cwd: folder })).code).toBe(0);
        writeFileSync(join(folder, 'cchc.config.yaml'), 'files: ["r*.yaml"]\ngates: {min_scor: 90}\n');
        const wrong = await cchc(['check'], { cwd: folder });
        expect(wrong.code).toBe(3);
        expect(wrong.stderr).toContain("did you mean 'min_score'");
      },
    );
  });
});

describe('formats for CI', () => {
  const bad =
    'unit: "X\u202e"\nyear: 2022\ncatalogue: thanh-hoa-district-2022\nindicators:\n  7.3.9: 1\n  7.6.1: "a,b:c%<&>\\e"\n';

  it('SARIF validates against the 2.1.0 schema, with and without complaints', async () => {
    const require = createRequire(import.meta.url);
    const schema = JSON.parse(
      readFileSync(
        require.resolve('@microsoft/jest-sarif').replace(/index\.js$/, 'schemas/sarif-2.1.0-rtm.5.json'),
        'utf8',
      ),
    );
    const ajv = new Ajv04.default({ strict: false, allErrors: true, unicodeRegExp: false });
    addFormats.default(ajv);
    const valid = ajv.compile(schema);
    await withFiles({ 'r.yaml': bad }, async (folder) => {
      for (const args of [
        ['check', join(folder, 'r.yaml')],
        ['check', NHU_XUAN],
        ['check', NHU_XUAN, '--min-score', '99'],
      ]) {
        out = '';
        const log = JSON.parse((await run(...args, '--format', 'sarif')).out);
        expect(valid(log), JSON.stringify(valid.errors)).toBe(true);
        expect(log.runs[0].results.length > 0).toBe(args.length > 2 || args[1] !== NHU_XUAN);
      }
      expect(valid({ version: '2.0.0', runs: [] })).toBe(false);
    });
  });

  it('GitHub annotations escape what would break out of a line', async () => {
    await withFiles({ 'r.yaml': bad }, async (folder) => {
      const lines = (await run('check', join(folder, 'r.yaml'), '--format', 'github')).out
        .trimEnd()
        .split('\n');
      for (const line of lines)
        expect(line).toMatch(/^::(error|warning|notice) file=[^,]+(,line=\d+)?(,col=\d+)?,title=[a-z-]+::/);
      expect(lines.find((l) => l.includes('not-a-level'))).toContain('c%25<&>');
      expect(lines.join('')).not.toContain('\u001b');
    });
  });

  it('JUnit is well-formed and counts failures; GitLab fingerprints are stable and distinct', async () => {
    await withFiles({ 'r.yaml': bad }, async (folder) => {
      const junit = (await run('check', join(folder, 'r.yaml'), NHU_XUAN, '--format', 'junit')).out;
      expect(junit).toContain('tests="2" failures="1"');
      expect(junit).toContain('c%&lt;&amp;&gt;');
      expect(junit.match(/<testcase /g)).toHaveLength(2);
      out = '';
      const first = JSON.parse((await run('check', join(folder, 'r.yaml'), '--format', 'gitlab')).out);
      expect(new Set(first.map((i: { fingerprint: string }) => i.fingerprint)).size).toBe(first.length);
      expect(first[0]).toMatchObject({ severity: 'major', location: { lines: { begin: 5 } } });
    });
  });

  it('annotating formats are for checks alone', async () => {
    expect((await run('score', NHU_XUAN, '--format', 'sarif')).code).toBe(2);
  });
});

it('readings that are checked together are one group, as they are scored', async () => {
  const assumed = 'provenance: assumed, reason: r';
  const catalogue = `
id: t
name: T
year: 2025
scale: {value: 2, ${assumed}}
sources: {}
fields: [{id: F, name: F}]
owners: {O: {}}
criteria:
  - id: "1"
    name: C
    field: F
    owners: [O]
    max: {value: 2, ${assumed}}
    rule: {kind: steps, quantity: count, against: group_rank, better: less, ${assumed},
      tiers: [{at_most: 1, points: max}, {at_most: 2, points: 1}]}
`;
  const reading = (unit: string, value: number) =>
    `{unit: ${unit}, year: 2025, catalogue: ./c.yaml, indicators: {"1": ${value}}}\n`;
  const files = { 'c.yaml': catalogue, 'a.yaml': reading('A', 3), 'b.yaml': reading('B', 5) };
  await withFiles(files, async (folder) => {
    const gates = async (...names: string[]) => {
      const ran = await cchc([
        'check',
        ...names.map((n) => `${folder}/${n}`),
        '--min-score',
        '2',
        '--format',
        'json',
      ]);
      const { gates, files: found } = JSON.parse(ran.stdout);
      const codes = found.flatMap((f: { diagnostics: { code: string }[] }) =>
        f.diagnostics.map((d) => d.code),
      );
      const held = gates.filter((g: { name: string }) => g.name === 'min-score');
      return [ran.code, held.map((g: { actual: number; pass: boolean }) => [g.actual, g.pass]), codes];
    };
    // A is first of two with 2 points, B second with 1; A alone is held against nothing.
    expect(await gates('a.yaml', 'b.yaml')).toEqual([
      1,
      [
        [2, true],
        [1, false],
      ],
      [],
    ]);
    expect(await gates('a.yaml')).toEqual([1, [[0, false]], ['needs-group']]);
  });
});
