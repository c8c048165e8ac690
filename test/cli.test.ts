import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { commandNames } from '../src/commands/index.js';
import { makeFolders } from '../src/files/write.js';
import { resultFormats as formatNames } from '../src/render/formats.js';
import {
  cchc,
  fixture,
  LEAGUE_2022,
  LEAGUE_2023,
  NHU_XUAN,
  root,
  startReading,
  withFiles,
} from './support.js';

const json = async (args: string[]) => JSON.parse((await cchc([...args, '--format', 'json'])).stdout);

const CALLS: Record<string, string[]> = {
  score: ['score', NHU_XUAN, '--league', LEAGUE_2022],
  whatif: ['whatif', NHU_XUAN, '--set', '7.3.2=60%', '--league', LEAGUE_2023],
  explain: ['explain', '7.3.2', NHU_XUAN],
  criteria: ['criteria', '--field', '7'],
  check: ['check', NHU_XUAN],
  plan: [
    'plan',
    NHU_XUAN,
    '--target-score',
    '92',
    '--actions',
    fixture('actions/nhu-xuan-2023.yaml'),
    '--frontier',
  ],
  sensitivity: ['sensitivity', NHU_XUAN, '--league', LEAGUE_2022],
  risk: ['risk', NHU_XUAN, '--uncertain', '7.3.2=20..80', '--uncertain', '1.5=1..3', '--league', LEAGUE_2022],
  pace: ['pace', fixture('nhu-xuan-2022-to-date.yaml'), '--as-of', '31/07/2022', '--league', LEAGUE_2022],
  compare: ['compare', NHU_XUAN, fixture('nhu-xuan-2022-to-date.yaml'), '--league', LEAGUE_2022],
  report: ['report', NHU_XUAN, '--league', LEAGUE_2022, '--format', 'table'],
  catalogue: ['catalogue', 'diff', 'departments-example', 'communes-example'],
  league: ['league', fixture('groups/example-2022.csv'), '--raise', '7.3.2=85%'],
  inspect: ['inspect', fixture('groups/example-2022.csv')],
};

describe('every command in every format and language', () => {
  // The others print no result of a reading; slow/project.test.ts and sheets.test.ts try them.
  const OTHERS = [
    'letter',
    'aggregate',
    'sql',
    'collect',
    'convert',
    'import',
    'template',
    'init',
    'schema',
    'completion',
  ];
  it('has a call for each command', () =>
    expect([...Object.keys(CALLS), ...OTHERS].sort()).toEqual([...commandNames].sort()));

  for (const name of Object.keys(CALLS)) {
    for (const format of formatNames) {
      it(`${name} --format ${format}`, async () => {
        const [en, vi] = await Promise.all(
          ['en', 'vi'].map((lang) => cchc([...CALLS[name]!, '--format', format, '--lang', lang])),
        );
        for (const ran of [en!, vi!]) {
          expect(ran.stderr).toBe('');
          expect(ran.code).toBe(0);
          expect(ran.stdout.length).toBeGreaterThan(format === 'csv' ? 10 : 60);
          expect(ran.stdout).not.toContain('\u001b');
          expect(ran.stdout).not.toMatch(/undefined|NaN|\[object/);
        }
        if (format === 'json') JSON.parse(vi!.stdout);
        if (format === 'csv') {
          const rows = vi!.stdout.trimEnd().split('\r\n');
          expect(rows[0]).toMatch(/^[a-zA-Z,]+$/);
          expect(rows[0]!.split(',')).toHaveLength(en!.stdout.split('\r\n')[0]!.split(',').length);
        }
        if (format === 'table' && name !== 'check') expect(vi!.stdout).not.toBe(en!.stdout);
      });
    }
  }

  it.each([80, 200])('fits %i columns', async (width) => {
    for (const args of Object.values(CALLS)) {
      const { stdout } = await cchc([...args, '--lang', 'vi'], { env: { COLUMNS: String(width) } });
      const long = stdout.split('\n').filter((line) => line.length > width);
      expect(long).toEqual([]);
    }
  });
});

describe('golden screens', () => {
  it.each([
    ['score-vi.txt', [...CALLS.score!, '--lang', 'vi']],
    ['whatif-en.txt', [...CALLS.whatif!, '--lang', 'en']],
    ['explain-vi.txt', [...CALLS.explain!, '--lang', 'vi']],
    ['pace-vi.txt', [...CALLS.pace!, '--lang', 'vi']],
    ['compare-en.txt', [...CALLS.compare!, '--lang', 'en']],
    ['league-vi.txt', [...CALLS.league!, '--lang', 'vi']],
    ['letter-vi.md', ['letter', NHU_XUAN, '--lang', 'vi', '--league', LEAGUE_2022]],
    [
      'rank-vi.svg',
      ['report', NHU_XUAN, '--lang', 'vi', '--league', LEAGUE_2023, '--chart', 'rank', '--format', 'svg'],
    ],
  ])('%s', async (file, args) => {
    const golden = join(root, 'test/golden', file);
    const { stdout } = await cchc(args, { env: { COLUMNS: '100' } });
    // UPDATE=1 writes the screens anew, to be read over before they are committed.
    if (process.env.UPDATE) writeFileSync(golden, stdout);
    else expect(stdout).toBe(readFileSync(golden, 'utf8'));
  });
});

describe('the fixed JSON', () => {
  it('score', async () => {
    const { schema, catalogue, readings } = await json(CALLS.score!);
    expect(schema).toBe('cchc/score@1');
    expect(catalogue).toEqual({ id: 'thanh-hoa-district-2022', year: 2022 });
    const [r] = readings;
    expect(r).toMatchObject({ unit: 'Huyện Như Xuân', year: 2022 });
    expect(r.total).toMatchObject({
      deduction: 12.3897,
      score: 87.6103,
      index: 87.6103,
      applicableMax: 100,
      worst: 87.6103,
      best: 87.6103,
    });
    expect(r.rank).toMatchObject({
      size: 27,
      best: 21,
      worst: 21,
      mean: 21,
      median: 21,
      interval90: [21, 21],
      distribution: [{ rank: 21, probability: 1 }],
    });
    const one = r.criteria.find((c: { id: string }) => c.id === '7.3.2');
    expect(one).toMatchObject({
      field: '7',
      status: 'deducted',
      value: null,
      points: 0.1958,
      deduction: 0.8042,
      max: 1,
      provenance: 'assumed',
      owners: ['Phòng Văn hóa - Thông tin'],
    });
    // 0.1958 ± 0.00005 of 85: 16.63875 to 16.64725
    expect(one.implied).toMatchObject({ min: 16.63875, max: 16.64725, at: 16.643 });
    expect(r.criteria.find((c: { id: string }) => c.id === '7.6.1').value).toBe('Đạt yêu cầu');
  });

  it('whatif: 60% of 85% is 0.7059, 0.5101 more', async () => {
    const { schema, baseline, scenarios } = await json(CALLS.whatif!);
    expect(schema).toBe('cchc/whatif@1');
    expect(baseline.total.score).toBe(87.6103);
    expect(scenarios).toHaveLength(1);
    expect(scenarios[0].changes).toEqual([
      { id: '7.3.2', from: null, to: 60, pointsBefore: 0.1958, pointsAfter: 0.7059 },
    ]);
    expect(scenarios[0].delta).toMatchObject({ score: 0.5101, deduction: -0.5101, index: 0.5101 });
    // At about 0.28 points a place, half a point is a place or two.
    expect(scenarios[0].delta.rankMean).toBeLessThan(-1);
    expect(scenarios[0].delta.rankMean).toBeGreaterThan(-4);
    expect(scenarios[0].result.total.score).toBe(88.1204);
  });

  it('unknown values: nulls, bounds, and a rank range without a distribution', async () => {
    const text =
      'unit: Huyện Như Xuân\nyear: 2022\ncatalogue: thanh-hoa-district-2022\nindicators: {7.3.2: 85}\n';
    await withFiles({ 'r.yaml': text }, async (folder) => {
      const { readings } = await json(['score', join(folder, 'r.yaml'), '--league', LEAGUE_2023, '--quiet']);
      const { total, rank } = readings[0];
      expect(total).toMatchObject({ deduction: null, score: null, index: null, worst: 76.75, best: 100 });
      expect(rank).toMatchObject({ best: 1, worst: 27, mean: null, median: null, distribution: null });
    });
  });

  it('check: the verdict, the place and the hint of each complaint', async () => {
    const text =
      'unit: X\nyear: 2022\ncatalogue: thanh-hoa-district-2022\nindicators:\n  7.3.9: 85\n  7.6.1: Tot lam\n';
    await withFiles({ 'r.yaml': text }, async (folder) => {
      const file = join(folder, 'r.yaml');
      const ran = await cchc(['check', file, '--format', 'json']);
      expect(ran.code).toBe(3);
      const { schema, verdict, files, gates } = JSON.parse(ran.stdout);
      expect([schema, verdict, gates]).toEqual(['cchc/check@1', 'error', []]);
      expect(files[0].diagnostics).toEqual(
        expect.arrayContaining([
          expect.objectContaining({
            code: 'unknown-criterion',
            severity: 'error',
            line: 5,
            column: 3,
            hint: expect.stringContaining('7.3'),
          }),
          expect.objectContaining({ code: 'not-a-level', severity: 'error', line: 6, column: 10 }),
        ]),
      );
    });
  });
});

describe('exit codes', () => {
  it.each([
    [['score'], 2, "'file' is missing"],
    [['scroe', NHU_XUAN], 2, "did you mean 'score'"],
    [['plna', NHU_XUAN], 2, "did you mean 'plan'"],
    [['catalogue', 'lnit'], 2, "did you mean 'lint'"],
    [['--langg', 'vi', 'score', NHU_XUAN], 2, "did you mean '--lang'"],
    [['score', NHU_XUAN, '--leage', 'x'], 2, "did you mean '--league'"],
    [['score', NHU_XUAN, '--format', 'jsn'], 2, "did you mean 'json'"],
    [['score', NHU_XUAN, '--league'], 2, '--league needs a value'],
    [['whatif', NHU_XUAN], 2, '--set'],
    [['whatif', NHU_XUAN, '--set', '7.3.2'], 2, 'ID=VALUE'],
    [['whatif', NHU_XUAN, '--set', '7.3.22=1'], 2, "did you mean '7.3.2'"],
    [['whatif', NHU_XUAN, '--set', '7.3.2=nhiều'], 2, 'not a percent'],
    [['whatif', NHU_XUAN, '--only', 'Phòng Nội vu'], 0, ''],
    [['whatif', NHU_XUAN, '--only', 'Phòng Nội bộ'], 2, "did you mean 'Phòng Nội vụ'"],
    [['whatif', NHU_XUAN, '--all-fixed', '--rivals', '+1'], 2, '--league'],
    [['explain', '9.9'], 2, 'no criterion'],
    [['explain'], 2, 'missing'],
    [['score', 'nowhere.yaml'], 3, 'no such file'],
    [['score', 'package.json'], 3, "'unit' is missing"],
    [['score', NHU_XUAN, '--strict'], 3, 'assumed'],
    [['score', NHU_XUAN, '--catalogue', 'thanh-hoa-2022'], 3, "did you mean 'thanh-hoa-district-2022'"],
    [['check', NHU_XUAN, '--strict'], 3, ''],
    [['--help'], 0, ''],
    [['help', 'score'], 0, ''],
    [['--version'], 0, ''],
    [[], 0, ''],
  ] as [string[], number, string][])('%j → %i', async (args, code, says) => {
    for (const format of args.length > 1 && code !== 2 ? formatNames : [null]) {
      const ran = await cchc(format && args[0] !== 'help' ? [...args, '--format', format] : args);
      expect(ran.code, ran.stderr).toBe(code);
      expect(ran.stderr).toContain(says);
      if (code >= 2 && args[0] !== 'check') expect(ran.stdout).toBe('');
    }
  });
});

describe('manners', () => {
  it('waits for standard input that comes late', async () => {
    const { child, ended } = await startReading(['check', '-', '--format', 'json']);
    child.stdin!.end(readFileSync(NHU_XUAN));
    const { code, stdout } = await ended;
    expect([code, JSON.parse(stdout).verdict]).toEqual([0, 'pass']);
  });

  it('standard input may be a table, which has no name to say so', async () => {
    const form = ['Đơn vị: X', 'Năm: 2022', 'Mã;Đã làm;Tổng số', '7.3.2;425;1.000'];
    for (const text of [form.join('\r\n'), 'unit,year,id,value\nX,2022,7.3.2,"42,5%"\n']) {
      const args = ['score', '-', '-q', '--catalogue', 'thanh-hoa-district-2022', '--format', 'json'];
      const ran = await cchc(args, { stdin: text });
      const of = (j: { readings: { criteria: { id: string; points: number }[] }[] }) =>
        j.readings[0]!.criteria.find((c) => c.id === '7.3.2')!.points;
      // 42.5% of 85% of 1 point.
      expect(ran.code === 0 ? of(JSON.parse(ran.stdout)) : ran.stderr).toBe(0.5);
    }
    // What is neither is told as YAML.
    const none = await cchc(['score', '-'], { stdin: 'xin chào' });
    expect([none.code, none.stderr]).toEqual([3, expect.stringContaining('wrong-type')]);
    const twice = await cchc(['score', '-', '--league', '-'], { stdin: readFileSync(NHU_XUAN, 'utf8') });
    expect([twice.code, twice.stderr]).toEqual([3, expect.stringContaining('read once')]);
  });

  it('keeps what is to be done in the answer where the name of who does it is long', async () => {
    const { stdout } = await cchc(['explain', '3.5.1', NHU_XUAN, '--brief', '--lang', 'en']);
    expect(stdout).toMatch(/^Next step +Office of .*…: 3\.5\.1 → 100% \(\+0\.01\)$/m);
    expect(stdout.split('\n').every((line) => line.length <= 80)).toBe(true);
  });

  it('says nothing on stdout but the result; warnings go to stderr and --quiet drops them', async () => {
    const text =
      'unit: X\nyear: 2023\ncatalogue: thanh-hoa-district-2022\nindicators: {7.3.2: {value: 60, deducted: 0.1}}\n';
    const [loud, quiet] = await Promise.all([
      cchc(['score', '-'], { stdin: text }),
      cchc(['score', '-', '--quiet'], { stdin: text }),
    ]);
    expect(loud.stderr).toMatch(/other-year[\s\S]*rule-disagrees[\s\S]*unknown-values/);
    expect(quiet.stderr).toBe('');
    expect(quiet.stdout).toBe(loud.stdout);
  });

  it('writes a file whole, refuses to write over it, and obeys --force', async () => {
    await withFiles({}, async (folder) => {
      const file = join(folder, 'out.md');
      const args = ['criteria', '--format', 'markdown', '--output', file];
      expect((await cchc(args)).code).toBe(0);
      const first = readFileSync(file, 'utf8');
      expect(first).toContain('| 7.3.2 |');
      expect((await cchc(args)).code).toBe(3);
      expect((await cchc([...args, '--force'])).code).toBe(0);
    });
  });

  it('names the file that was meant: of a near name, or of the same with another ending', async () => {
    await withFiles({ 'reading.yaml': '', 'so-lieu.csv': '', 'b.yaml': '' }, async (folder) => {
      const meant = async (name: string) =>
        /did you mean '.*[\\/](.*)'/.exec((await cchc(['score', join(folder, name)])).stderr)?.[1];
      expect(await meant('raeding.yaml')).toBe('reading.yaml');
      expect(await meant('so-lieu.xlsx')).toBe('so-lieu.csv');
      // Names of one letter have nothing in common.
      expect(await meant('a.yaml')).toBe(undefined);
    });
  });

  it('makes the folders that are missing, and ends where none can be made', async () => {
    await withFiles({ f: '' }, async (folder) => {
      expect(makeFolders(join(folder, 'a/b'))).toBe(join(folder, 'a'));
      expect(makeFolders(join(folder, 'a/b'))).toBe(undefined);
      expect(() => makeFolders(join(folder, 'f/x'))).toThrow(expect.objectContaining({ code: 'ENOTDIR' }));
    });
    // A folder of the system that takes no folders, though nothing says so.
    if (existsSync('/proc')) expect(() => makeFolders('/proc/cchc/x')).toThrow();
  });

  it('follows the locale, and --lang before it', async () => {
    const vi = await cchc(['criteria'], { env: { LC_ALL: 'vi_VN.UTF-8' } });
    expect(vi.stdout).toContain('Tiêu chí');
    expect((await cchc(['criteria', '--lang', 'en'], { env: { LC_ALL: 'vi_VN.UTF-8' } })).stdout).toContain(
      'Criterion',
    );
    expect((await cchc(['--help', '--lang', 'vi'])).stdout).toContain('Cách dùng');
  });

  it('colours only when asked, and NO_COLOR wins', async () => {
    const forced = await cchc(['criteria'], { env: { FORCE_COLOR: '1' } });
    expect(forced.stdout).toContain('\u001b[');
    expect((await cchc(['criteria'], { env: { FORCE_COLOR: '1', NO_COLOR: '1' } })).stdout).not.toContain(
      '\u001b[',
    );
    expect((await cchc(['criteria', '--no-color'], { env: { FORCE_COLOR: '1' } })).stdout).not.toContain(
      '\u001b[',
    );
  });

  it('shows terminal escapes in names, and does not obey them; formulas are defused in CSV', async () => {
    const text =
      'unit: "=cmd|\\e[31mX"\nyear: 2022\ncatalogue: thanh-hoa-district-2022\nindicators: {7.3.2: 85}\n';
    const ran = await cchc(['score', '-', '-q'], { stdin: text });
    expect(ran.stdout).not.toContain('\u001b');
    expect(ran.stdout).toContain('␛[31mX');
    expect((await cchc(['score', '-', '-q', '--format', 'csv'], { stdin: text })).stdout).toContain("'=cmd|");
  });

  it('ranks several readings among themselves', async () => {
    const reading = (unit: string, value: string) =>
      `unit: ${unit}\nyear: 2022\ncatalogue: ${join(root, 'criteria/thanh-hoa-district-2022.yaml')}\nindicators: {${value}}\n`;
    const all = readFileSync(NHU_XUAN, 'utf8').split('indicators:\n')[1]!;
    const full = (unit: string, from: string, to: string) =>
      reading(unit, '').replace('{}', `\n${all.replace(from, to)}`);
    await withFiles(
      {
        'a.yaml': full('A', '0.8042', '0.5'),
        'b.yaml': full('B', 'x', 'x'),
        'c.yaml': full('C', '0.8042', '0.5'),
      },
      async (folder) => {
        const { readings } = await json(['score', ...['a', 'b', 'c'].map((n) => join(folder, `${n}.yaml`))]);
        expect(readings.map((r: { rank: { rank: number } }) => r.rank.rank)).toEqual([1, 3, 1]);
      },
    );
  });

  it('readings of several years, or of one unit twice, are no group: they have no ranks', async () => {
    const next = readFileSync(NHU_XUAN, 'utf8').replace(/^year: 2022/m, 'year: 2023');
    await withFiles({ 'next.yaml': next }, async (folder) => {
      for (const [other, why] of [
        [join(folder, 'next.yaml'), 'they are of several years'],
        [NHU_XUAN, 'a unit is given twice'],
      ] as const) {
        const { readings } = await json(['score', NHU_XUAN, other, '-q']);
        expect(readings.map((r: { rank: unknown }) => r.rank)).toEqual([null, null]);
        const shown = await cchc(['score', NHU_XUAN, other, '-q', '--lang', 'en']);
        expect(shown.stdout.split('\n')[0]).toBe(`2 readings scored, not ranked: ${why}`);
        expect(shown.stdout).not.toMatch(/^Rank/m);
      }
    });
  });
});

describe('an output that a file is named for', () => {
  const first = (file: string) => readFileSync(file, 'utf8').slice(0, 60);
  /** Every command that writes a result, with what a file of each ending begins with. */
  const ENDINGS: [string[], Record<string, RegExp>][] = [
    [CALLS.score!, { csv: /^\ufeff?unit,year,/, json: /^\{\s*"schema"/, md: /^#/, txt: /\S/ }],
    ...['whatif', 'explain', 'criteria', 'plan', 'sensitivity', 'risk', 'pace', 'compare', 'league'].map(
      (name): [string[], Record<string, RegExp>] => [CALLS[name]!, { csv: /^\ufeff?[a-z_]+,[a-z_]+,/ }],
    ),
    [CALLS.check!, { csv: /^\ufeff?file,line,/, json: /^\{/, sarif: /^\{\s*"\$schema"/, xml: /^<\?xml/ }],
    [['report', NHU_XUAN], { html: /^<!doctype html/i, xlsx: /^PK/, json: /^\{/, csv: /^\ufeff?unit,/ }],
    [['report', NHU_XUAN, '--chart', 'tornado'], { svg: /^<svg/, txt: /\S/ }],
    [['letter', NHU_XUAN], { docx: /^PK/, md: /\S/, json: /^\{/ }],
    [['template'], { xlsx: /^PK/, csv: /^\ufeffunit,/, yml: /^# yaml/ }],
    [['catalogue', 'docs', 'thanh-hoa-district-2022'], { md: /^# /, csv: /,/ }],
    [['sql', 'thanh-hoa-district-2022'], { sql: /SELECT|WITH|--/i }],
    [['schema', 'reading'], { json: /^\{\s*"\$schema"/ }],
    [
      [
        'aggregate',
        fixture('groups/communes-example.csv'),
        '--units',
        fixture('groups/units-example.yaml'),
        '--parent',
        'Tỉnh A',
      ],
      { yaml: /^unit: /, json: /^\{/, csv: /Tỉnh A/, xlsx: /^PK/ },
    ],
  ];
  it.each(ENDINGS)('%j', async (args, endings) => {
    await withFiles({}, async (folder) => {
      for (const [ending, begins] of Object.entries(endings)) {
        const file = join(folder, `out.${ending}`);
        const ran = await cchc([...args, '-o', file, '--lang', 'en']);
        expect(ran.code, ran.stderr).toBe(0);
        expect(first(file)).toMatch(begins);
      }
      const wrong = await cchc([...args, '-o', join(folder, 'out.pdf')]);
      expect(wrong.code).toBe(2);
      for (const ending of Object.keys(endings)) expect(wrong.stderr).toContain(`.${ending}`);
      // What is asked for by name goes before the ending.
      if (args[0] === 'score') {
        const asked = await cchc([...args, '--format', 'json', '-o', join(folder, 'out.bak')]);
        expect([asked.code, first(join(folder, 'out.bak'))[0]]).toEqual([0, '{']);
      }
    });
  });
});

describe('the words of --help', () => {
  it.each(commandNames)('%s speaks only of options that it has', async (name) => {
    for (const lang of ['en', 'vi']) {
      const { stdout } = await cchc([name, '--help', '--lang', lang]);
      const offered = [...stdout.matchAll(/^ {2}(?:-\w, )?(--[a-z-]+)/gm)].map((m) => m[1]);
      const [body] = stdout.split(lang === 'en' ? '\nExamples:' : '\nVí dụ:');
      const spoken = [...body!.matchAll(/--[a-z][a-z-]*/g)].map((m) => m[0]);
      expect(spoken.filter((flag) => !offered.includes(flag))).toEqual([]);
    }
  });

  it('says what is typed', async () => {
    expect((await cchc(['--help', '--lang', 'en'])).stdout).toMatch(/^Usage: cchc COMMAND \[options\]\n/);
    expect((await cchc(['--help', '--lang', 'vi'])).stdout).toMatch(/^Cách dùng: cchc LỆNH \[tùy chọn\]\n/);
  });

  it('offers nothing that cannot apply', async () => {
    const refused: [string[], string][] = [
      [['convert', NHU_XUAN, 'x.csv', '--format', 'csv'], '--format'],
      [['completion', 'bash', '--strict'], '--strict'],
      [['--lang', 'fr'], '--lang'],
      [['collect', NHU_XUAN, '--strict'], '--strict'],
      [['convert', NHU_XUAN, 'x.csv', '--explain-input'], '--explain-input'],
      [['init', '--format', 'json'], '--format'],
      [['schema', 'reading', '--explain-input'], '--explain-input'],
      [['catalogue', 'docs', 'thanh-hoa-district-2022', '--from', 'x.csv'], '--from'],
      [['catalogue', 'diff', 'a', 'b', '--max-warnings', '0'], '--max-warnings'],
    ];
    for (const [args, option] of refused) {
      const ran = await cchc(args.includes('--lang') ? args : [...args, '--lang', 'en']);
      expect([ran.code, ran.stderr], args.join(' ')).toEqual([2, expect.stringContaining(option)]);
    }
  });
});

it.each(['score', 'whatif', 'letter', 'collect', 'convert'])('%s: an empty file is no reading', (name) =>
  withFiles({ 'empty.yaml': '' }, async (folder) => {
    const more = { whatif: ['--all-fixed'], convert: ['out.csv'] }[name] ?? [];
    const { code, stderr } = await cchc([name, 'empty.yaml', ...more], { cwd: folder });
    expect([code, stderr]).toEqual([
      3,
      expect.stringContaining('expected a map (key: value), found nothing'),
    ]);
  }),
);
