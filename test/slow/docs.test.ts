import { spawnSync } from 'node:child_process';
import {
  copyFileSync,
  cpSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import ExcelJS from 'exceljs';
import { globSync } from 'tinyglobby';
import { describe, expect, it } from 'vitest';
import { rootExamples } from '../../src/cli/program.js';
import { type CommandName, commandNames, commands } from '../../src/commands/index.js';
import { optionsOf } from '../../src/commands/shared/options.js';
import { cchc, fixture, LEAGUE_2022, LEAGUE_2023, NHU_XUAN, type Ran, root, withFiles } from '../support.js';

const catalogue = join(root, 'criteria/thanh-hoa-district-2022.yaml');
const nhuXuan = readFileSync(NHU_XUAN, 'utf8');
const ofYear = (year: number) => nhuXuan.replace(/^year: 2022/m, `year: ${year}`);
const copy = (from: string) => async (to: string) => copyFileSync(from, to);
const text = (words: string) => async (to: string) => writeFileSync(to, words);
const converted = (words: string) => async (to: string) => {
  writeFileSync(`${to}.yaml`, words);
  expect((await cchc(['convert', `${to}.yaml`, to])).code).toBe(0);
};
const officialTable = async (to: string) => {
  const workbook = new ExcelJS.Workbook();
  workbook.addWorksheet('Bảng').addRows([
    ['STT', 'Tiêu chí', 'Điểm chuẩn', 'Cách tính', 'Đơn vị chủ trì'],
    ['1', 'Kế hoạch', 1, 'Ban hành: 1; không ban hành: 0', 'Phòng Nội vụ'],
  ]);
  await workbook.xlsx.writeFile(to);
};

const ranking = async (to: string) => {
  const workbook = new ExcelJS.Workbook();
  workbook.addWorksheet('Bảng').addRows([
    ['TT', 'Đơn vị', 'Tổng điểm', 'Xếp hạng'],
    [1, 'Huyện A', 92.15, 1],
    [2, 'Huyện B', 90.4, 2],
  ]);
  await workbook.xlsx.writeFile(to);
};
const letter = async (to: string) =>
  expect(
    (await cchc(['letter', NHU_XUAN, '--league', LEAGUE_2022, '--lang', 'vi', '--output', to])).code,
  ).toBe(0);

type Files = Record<string, (to: string) => Promise<unknown>>;

/** What the reader of a command has at hand, by the name that the command gives it. */
const FILES: Record<string, Files> = {
  'xa-*.yaml': {
    'xa-1.yaml': text(nhuXuan),
    'xa-2.yaml': text(nhuXuan.replace(/^unit: .*/m, 'unit: Xã B')),
  },
  'data/**/*.yaml': { 'data/a/b.yaml': text(nhuXuan) },
  'so-lieu/**/*.yaml': { 'so-lieu/a/b.yaml': text(nhuXuan) },
  '2022.yaml': { '2022.yaml': text(nhuXuan) },
  '2023.yaml': { '2023.yaml': text(ofYear(2023)) },
  'league-2022.yaml': { 'league-2022.yaml': copy(LEAGUE_2022) },
  'league-2023.yaml': { 'league-2023.yaml': copy(LEAGUE_2023) },
  'league.yaml': { 'league.yaml': copy(LEAGUE_2022) },
  'bang-xep-hang.yaml': { 'bang-xep-hang.yaml': copy(LEAGUE_2022) },
  'bang-diem.xlsx': { 'bang-diem.xlsx': converted(nhuXuan) },
  'self-scoring.xlsx': {
    'self-scoring.xlsx': converted(
      nhuXuan.replace(/^ {2}7\.3\.2: .*/m, '  7.3.2: {value: 60%, self_scored: 0.8, appraised: 0.7}'),
    ),
  },
  'cac-xa.csv': { 'cac-xa.csv': copy(fixture('groups/communes-example.csv')) },
  'bieu-mau/': { 'bieu-mau/a.yaml': text(nhuXuan) },
  'bieu-thang/': { 'bieu-thang/t1.yaml': text(nhuXuan), 'bieu-thang/t2.yaml': text(nhuXuan) },
  'old.yaml': { 'old.yaml': text(nhuXuan) },
  'new.yaml': { 'new.yaml': text(nhuXuan) },
  'cu.yaml': { 'cu.yaml': text(nhuXuan) },
  'moi.yaml': { 'moi.yaml': text(nhuXuan) },
  'criteria/tinh-2026.yaml': { 'criteria/tinh-2026.yaml': copy(catalogue) },
  'bang-tieu-chi.xlsx': { 'bang-tieu-chi.xlsx': officialTable },
};
/** What a name stands for where it means something else. */
const FILES_OF: Record<string, Record<string, Files>> = {
  import: {
    'cong-van.docx': { 'cong-van.docx': letter },
    'bang-xep-hang.xlsx': { 'bang-xep-hang.xlsx': ranking },
  },
  catalogue: { 'old.yaml': { 'old.yaml': copy(catalogue) }, 'new.yaml': { 'new.yaml': copy(catalogue) } },
};

/** What stands for a word in capitals, by command where it matters. */
const EXAMPLE = { reading: 'fixtures/nhu-xuan-2022.yaml', group: 'fixtures/groups/example-2022.csv' };
const WORDS: Record<string, string> = {
  FILE: EXAMPLE.reading,
  TỆP: EXAMPLE.reading,
  A: EXAMPLE.reading,
  B: 'fixtures/nhu-xuan-2022-to-date.yaml',
  ID: '7.3.2',
  MÃ: '7.3.2',
  VALUE: '60%',
  GIÁ_TRỊ: '60%',
  LOW: '20',
  HIGH: '80',
  THẤP: '20',
  CAO: '80',
  POINTS: '92',
  ĐIỂM: '92',
  DATE: '31/07/2022',
  NGÀY: '31/07/2022',
  UNIT: '"Tỉnh A"',
  ĐƠN_VỊ: '"Tỉnh A"',
  UNITS: 'fixtures/groups/units-example.yaml',
  CÁC_ĐƠN_VỊ: 'fixtures/groups/units-example.yaml',
  CATALOGUE: 'thanh-hoa-district-2022',
  BỘ_TIÊU_CHÍ: 'thanh-hoa-district-2022',
  FROM: EXAMPLE.reading,
  TO: 'nhu-xuan.xlsx',
  FOLDER: 'du-an',
  NAME: 'reading',
  SHELL: 'bash',
};
const WORDS_OF: Record<string, Record<string, string>> = {
  pace: { FILE: 'fixtures/nhu-xuan-2022-to-date.yaml', TỆP: 'fixtures/nhu-xuan-2022-to-date.yaml' },
  league: { FILE: EXAMPLE.group, TỆP: EXAMPLE.group },
  collect: { FORM: EXAMPLE.reading, BIỂU: EXAMPLE.reading, FOLDER: EXAMPLE.reading },
  aggregate: { FILE: 'fixtures/groups/communes-example.csv', TỆP: 'fixtures/groups/communes-example.csv' },
  init: { ID: 'communes-example', MÃ: 'communes-example' },
};

/** The arguments of a command line, with quotes and patterns as a shell takes them. */
function argumentsOf(line: string, folder: string): string[] {
  const words = [...line.matchAll(/"([^"]*)"|(\S+)/g)];
  return words.flatMap(([, quoted, bare]) => {
    if (quoted !== undefined) return [quoted];
    const found = bare!.includes('*') ? globSync(bare!, { cwd: folder }) : [];
    return found.length > 0 ? found.sort() : [bare!];
  });
}

/** A command as it is typed: without prompt, comment, and what the shell does around it. */
const typed = (line: string) =>
  line
    .replaceAll(/\\\n\s*/g, '')
    .replace(/^\$ /, '')
    .replace(/^eval "\$\((.*)\)"$/, '$1')
    .replace(/ \| .*$/, '')
    .replace(/\s+#.*$/, '')
    .replace(/^(npx |node bin\/)?cchc(\.js)? /, '');

/** A command with words in capitals filled in; optional ones too. */
function filled(command: string): string {
  const own = WORDS_OF[command.split(' ')[0]!] ?? {};
  return command.replaceAll(/[[\]…]/g, '').replaceAll(/\p{Lu}[\p{Lu}_]*/gu, (word, at: number) => {
    const alone = !/[\p{L}\p{N}-]/u.test(command.replaceAll(/[[\]…]/g, '')[at - 1] ?? ' ');
    return (alone && (own[word] ?? WORDS[word])) || word;
  });
}

const ran = new Map<string, Promise<Ran>>();

/** What a command says and does; one that several pages show is run once. */
function run(command: string, language: 'vi' | 'en'): Promise<Ran> {
  const key = `${language} ${command}`;
  const known = ran.get(key) ?? runNow(command, language);
  ran.set(key, known);
  return known;
}

/** Runs a command where all is at hand that it names. */
async function runNow(command: string, language: 'vi' | 'en'): Promise<Ran> {
  return withFiles({}, async (folder) => {
    symlinkSync(join(root, 'fixtures'), join(folder, 'fixtures'));
    // Copied where the command has a catalogue of its own there.
    if (command.includes('criteria/tinh')) {
      cpSync(join(root, 'criteria'), join(folder, 'criteria'), { recursive: true });
    } else {
      symlinkSync(join(root, 'criteria'), join(folder, 'criteria'));
    }
    const [name] = command.split(' ');
    if (name === 'check')
      writeFileSync(join(folder, 'cchc.config.yaml'), 'files: [fixtures/nhu-xuan-2022.yaml]\n');
    const given = command.replace(/--(output|save) \S+/g, '').split(/[\s"]+/);
    for (const word of given) {
      for (const [file, write] of Object.entries({ ...FILES[word], ...FILES_OF[name!]?.[word] })) {
        mkdirSync(dirname(join(folder, file)), { recursive: true });
        await write(join(folder, file));
      }
    }
    return cchc(argumentsOf(command, folder), {
      cwd: folder,
      env: { LC_ALL: language === 'vi' ? 'vi_VN.UTF-8' : 'en_US.UTF-8' },
    });
  });
}

/** Gates may find something, and a target be out of reach; all else goes well. */
const ALLOWED: Record<string, number[]> = { check: [0, 1], plan: [0, 4] };

async function goesWell(command: string): Promise<void> {
  for (const language of ['vi', 'en'] as const) {
    const { code, stdout, stderr } = await run(command, language);
    expect(ALLOWED[command.split(' ')[0]!] ?? [0], stdout + stderr).toContain(code);
    // A page carries its own script, which may say so.
    const said = stdout.startsWith('<!doctype') ? '' : stdout;
    expect(said + stderr).not.toMatch(/undefined|NaN|\[object/);
  }
}

const whole = (lines: readonly string[]) => lines.join('\n').split(/(?<!\\)\n/);
const examples = (
  await Promise.all(commandNames.map(async (name) => whole((await commands[name]()).examples)))
).flat();

describe('the examples of --help run as they are written', () => {
  it.each([...new Set([...rootExamples, ...examples])])('%s', async (example) => goesWell(typed(example)));
});

const pages = [
  'README.md',
  'README.vi.md',
  'CONTRIBUTING.md',
  'examples/readings-repo/README.md',
  ...readdirSync(join(root, 'docs'))
    .filter((name) => name.endsWith('.md') && !name.startsWith('reference'))
    .map((name) => `docs/${name}`),
];
const pageText = (page: string) => readFileSync(join(root, page), 'utf8');

/** The commands that a page shows, in blocks and in its sentences. */
function commandsOf(page: string): string[] {
  const words = pageText(page);
  const blocks = [...words.matchAll(/^```(?:sh|console)\n([\s\S]*?)^```$/gm)].map((m) => m[1]!);
  const lines = blocks.flatMap(
    (b) => b.match(/^(?:\$ )?(?:npx |node bin\/)?cchc(?:\.js)? (?:.*\\\n)*.*$/gm) ?? [],
  );
  const inline = [...words.replace(/^```[\s\S]*?^```$/gm, '').matchAll(/`((?:npx )?cchc [^`]+)`/g)].map(
    (m) => m[1]!,
  );
  return [...new Set([...lines, ...inline].map(typed))].filter((c) => c !== '…');
}

/** Named, not run: a command's name alone. */
const isMention = (command: string) =>
  /^(\p{Lu}+ --help.*|[a-z]+|catalogue (\p{Lu}+|[a-z]+))$/u.test(command);

describe('the commands of the pages run as they are written, in both languages', () => {
  // The back-tests take seconds each: test/slow/backtest.test.ts runs them, and holds their tables.
  const isSlow = (command: string) => /^league backtest(?!.*--known)/.test(command);
  const shown = pages.flatMap((page) =>
    commandsOf(page)
      .filter((command) => !isSlow(command))
      .map((command): [string, string] => [page, command]),
  );
  it('are many', () => expect(shown.length).toBeGreaterThan(50));

  it.each(shown)('%s: %s', async (_page, command) => {
    if (!isMention(command)) return goesWell(filled(command));
    const [name] = command.split(' ');
    expect(/^\p{Lu}/u.test(name!) || commandNames.includes(name as CommandName), command).toBe(true);
  });
});

describe('the first pages', () => {
  const read = ['README.md', 'README.vi.md'];

  it.each(read)('%s: a row of the commands speaks of options that the command has', async (page) => {
    const rows = [...pageText(page).matchAll(/^\| `cchc ([a-z]+).*$/gm)];
    expect(rows.length).toBeGreaterThan(15);
    for (const [row, name] of rows) {
      const has = optionsOf(await commands[name as CommandName]()).flatMap(
        (o) => o.flags.match(/--[a-z-]+/g) ?? [],
      );
      expect(
        (row.match(/--[a-z][a-z-]*/g) ?? []).filter((flag) => !has.includes(flag)),
        row,
      ).toEqual([]);
    }
  });

  it.each(read)('%s: its reading is a reading', async (page) => {
    const [, reading] = /^```yaml\n(unit: [\s\S]*?)^```$/m.exec(pageText(page)) ?? [];
    const { code, stdout, stderr } = await cchc(['score', '-', '--format', 'json'], { stdin: reading! });
    expect(code, stderr).toBe(0);
    const [scored] = JSON.parse(stdout).readings;
    const of = (id: string) => scored.criteria.find((c: { id: string }) => c.id === id);
    // 60 of 85, 992 of 1,000, 1 − 0.8255, and the exemption in full.
    expect(['7.3.2', '3.5.1', '7.3.3', '4.1.3'].map((id) => of(id).points)).toEqual([
      0.7059, 0.992, 0.1745, 1,
    ]);
    expect(of('5.4.3').status).toBe('not_applicable');
  });

  it('README.md: the library says what its comment says', () => {
    const [, code] = /^```js\n([\s\S]*?)^```$/m.exec(pageText('README.md')) ?? [];
    const [, said] = /\/\/ (\d+)\n/.exec(code!) ?? [];
    const library = pathToFileURL(join(root, 'dist/index.js')).href;
    const ran = spawnSync(process.execPath, ['--input-type=module'], {
      cwd: root,
      encoding: 'utf8',
      input: code!.replace("'cchc'", JSON.stringify(library)),
    });
    expect([ran.stderr, ran.stdout.trim()]).toEqual(['', said]);
  });
});

describe('the numbers in the sentences of the pages are those of their commands', () => {
  it.each(['README.md', 'README.vi.md', 'docs/tutorial.md', 'docs/tutorial.vi.md'])('%s', async (page) => {
    const words = pageText(page)
      .replace(/^```[\s\S]*?^```$/gm, '')
      .replace(/`[^`]*`/g, '');
    const told = [...words.matchAll(/(?<![\d.,/])\d+[.,]\d{2,}(?![\d/])/g)].map((m) =>
      m[0].replace(',', '.'),
    );
    expect(told.length).toBeGreaterThan(0);
    const blocks = commandsOf(page).filter((c) => !isMention(c) && !/\p{Lu}{2}/u.test(c.replace(/XHH/g, '')));
    const outputs: string[] = [];
    for (const command of blocks)
      outputs.push((await run(command, 'en')).stdout.replaceAll(/(\d),(\d)/g, '$1.$2'));
    const all = outputs.join('\n');
    expect(told.filter((n) => !all.includes(n))).toEqual([]);
  });
});
