import { spawn } from 'node:child_process';
import { copyFileSync, cpSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import ExcelJS from 'exceljs';
import { describe, expect, it } from 'vitest';
import { rootExamples } from '../src/cli/program.js';
import { commandNames, commands } from '../src/commands/index.js';
import { cchc, fixture, LEAGUE_2022, LEAGUE_2023, NHU_XUAN, root, withFiles } from './support.js';

const catalogue = join(root, 'criteria/thanh-hoa-district-2022.yaml');
const nhuXuan = readFileSync(NHU_XUAN, 'utf8');
const copy = (from: string) => async (to: string) => copyFileSync(from, to);
const text = (words: string) => async (to: string) => writeFileSync(to, words);
const converted = (words: string) => async (to: string) => {
  writeFileSync(`${to}.yaml`, words);
  expect((await cchc(['convert', `${to}.yaml`, to])).code).toBe(0);
};

/** What the reader of an example has at hand, by the name that the example gives it. */
const FILES: Record<string, Record<string, (to: string) => Promise<unknown>>> = {
  'xa-*.yaml': {
    'xa-1.yaml': text(nhuXuan),
    'xa-2.yaml': text(nhuXuan.replace(/^unit: .*/m, 'unit: Xã B')),
  },
  'data/**/*.yaml': { 'data/a/b.yaml': text(nhuXuan) },
  '2022.yaml': { '2022.yaml': text(nhuXuan) },
  '2023.yaml': { '2023.yaml': text(nhuXuan.replace(/^year: 2022/m, 'year: 2023')) },
  'league-2022.yaml': { 'league-2022.yaml': copy(LEAGUE_2022) },
  'league-2023.yaml': { 'league-2023.yaml': copy(LEAGUE_2023) },
  'league.yaml': { 'league.yaml': copy(LEAGUE_2022) },
  'bang-diem.xlsx': { 'bang-diem.xlsx': converted(nhuXuan) },
  'self-scoring.xlsx': {
    'self-scoring.xlsx': converted(
      nhuXuan.replace(/^ {2}7\.3\.2: .*/m, '  7.3.2: {value: 60%, self_scored: 0.8, appraised: 0.7}'),
    ),
  },
  'cac-xa.csv': { 'cac-xa.csv': copy(fixture('groups/communes-example.csv')) },
  'old.yaml': { 'old.yaml': copy(catalogue) },
  'new.yaml': { 'new.yaml': copy(catalogue) },
  'criteria/tinh-2026.yaml': { 'criteria/tinh-2026.yaml': copy(catalogue) },
  'bang-tieu-chi.xlsx': {
    'bang-tieu-chi.xlsx': async (to) => {
      const workbook = new ExcelJS.Workbook();
      workbook.addWorksheet('Bảng').addRows([
        ['STT', 'Tiêu chí', 'Điểm chuẩn', 'Cách tính', 'Đơn vị chủ trì'],
        ['1', 'Kế hoạch', 1, 'Ban hành: 1; không ban hành: 0', 'Phòng Nội vụ'],
      ]);
      await workbook.xlsx.writeFile(to);
    },
  },
};

/** The examples of a command, a line that goes on joined with the next. */
const whole = (lines: readonly string[]) => lines.join('\n').split(/(?<!\\)\n/);

const run = (example: string, cwd: string): Promise<{ code: number | null; said: string }> =>
  new Promise((resolve) => {
    const tool = `cchc() { "${process.execPath}" "${join(root, 'bin/cchc.js')}" "$@"; }`;
    const child = spawn('bash', ['-c', `${tool}\n${example}`], { cwd });
    let said = '';
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (chunk) => {
        said += chunk;
      });
    child.on('close', (code) => resolve({ code, said }));
  });

const examples = (
  await Promise.all(commandNames.map(async (name) => whole((await commands[name]()).examples)))
).flat();

describe.skipIf(process.platform === 'win32')('the examples of --help run as they are written', () => {
  // PowerShell is not at hand where this runs.
  it.each([...rootExamples, ...examples.filter((e) => !e.includes('Invoke-Expression'))])(
    '%s',
    async (example) => {
      await withFiles({}, async (folder) => {
        symlinkSync(join(root, 'fixtures'), join(folder, 'fixtures'));
        cpSync(join(root, 'criteria'), join(folder, 'criteria'), { recursive: true });
        if (example.startsWith('cchc check'))
          writeFileSync(join(folder, 'cchc.config.yaml'), 'files: [fixtures/nhu-xuan-2022.yaml]\n');
        const given = example.replace(/--(output|save) \S+/g, '').split(/[\s"]+/);
        for (const word of given.filter((w) => Object.hasOwn(FILES, w))) {
          for (const [file, write] of Object.entries(FILES[word]!)) {
            mkdirSync(dirname(join(folder, file)), { recursive: true });
            await write(join(folder, file));
          }
        }
        const { code, said } = await run(example, folder);
        // A gate may find something, and a target be out of reach; the words themselves are right.
        expect([0, 1, 4], said).toContain(code);
      });
    },
  );
});
