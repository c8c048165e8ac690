import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import ExcelJS from 'exceljs';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { completionScripts } from '../src/commands/completion-scripts.js';
import { jsonSchemaOf, shapeNames } from '../src/files/json-schema.js';
import { LIMITS } from '../src/files/limits.js';
import { openReadings } from '../src/files/open.js';
import { loadReading, score } from '../src/index.js';
import { generated } from '../tools/generated.js';
import { cchc, must, NHU_XUAN, root, startReading, withFiles } from './support.js';

describe('JSON Schema', () => {
  const shipped: [string, string][] = [
    ['reading', 'fixtures/nhu-xuan-2022.yaml'],
    ['reading', 'examples/readings-repo/nhu-xuan-2022.yaml'],
    ['config', 'examples/readings-repo/cchc.config.yaml'],
    ['actions', 'fixtures/actions/nhu-xuan-2023.yaml'],
    ['catalogue', 'criteria/thanh-hoa-district-2022.yaml'],
    ...readdirSync(join(root, 'fixtures/leagues')).map((f): [string, string] => [
      'league',
      `fixtures/leagues/${f}`,
    ]),
    ...readdirSync(join(root, 'fixtures/scenarios')).map((f): [string, string] => [
      'scenario',
      `fixtures/scenarios/${f}`,
    ]),
  ];
  const validator = (name: string) => new Ajv({ strict: false }).compile(jsonSchemaOf(name)!);

  it.each(shipped)('%s: %s names its schema and validates', (name, file) => {
    const text = readFileSync(join(root, file), 'utf8');
    const [, schema] = /^# yaml-language-server: \$schema=(\S+)/.exec(text) ?? [];
    expect(existsSync(join(root, file, '..', schema!)), schema).toBe(true);
    expect(schema).toMatch(new RegExp(`schemas/${name}\\.schema\\.json$`));
    const valid = validator(name);
    expect(valid(parse(text)), JSON.stringify(valid.errors?.slice(0, 3))).toBe(true);
  });

  it.each(shapeNames)('%s refuses an unknown key, and describes keys in both languages', (name) => {
    expect(validator(name)({ nonsense: 1 })).toBe(false);
    expect(JSON.stringify(jsonSchemaOf(name))).toMatch(/"description":"[^"]+ · [^"]+"/);
  });

  it('an unknown name is bad usage', async () => {
    const ran = await cchc(['schema', 'readin']);
    expect([ran.code, ran.stderr]).toEqual([2, expect.stringContaining("did you mean 'reading'")]);
  });
});

describe('what is generated', () => {
  it('is what the program says now (npm run generate)', async () => {
    for (const [file, text] of Object.entries(await generated())) {
      expect(readFileSync(join(root, file), 'utf8'), file).toBe(text);
    }
  });

  it('completion knows every command and its options, in every shell', async () => {
    for (const shell of Object.keys(completionScripts)) {
      const { stdout, code } = await cchc(['completion', shell]);
      expect(code).toBe(0);
      for (const word of ['whatif', 'convert', 'rivals', 'min-score']) expect(stdout).toContain(word);
      if (shell === 'bash' && process.platform !== 'win32') {
        expect(spawnSync('bash', ['-n'], { input: stdout }).status).toBe(0);
      }
    }
    expect((await cchc(['completion', 'tcsh'])).code).toBe(2);
  });

  it('the action and the hooks call a command that exists, with options it has', async () => {
    const action = parse(readFileSync(join(root, 'action.yml'), 'utf8'));
    expect(action.runs.using).toBe('composite');
    expect(action.runs.steps[0].run).toContain('check $CCHC_FILES $CCHC_ARGUMENTS --format github');
    const [hook] = parse(readFileSync(join(root, '.pre-commit-hooks.yaml'), 'utf8'));
    expect(hook).toMatchObject({ id: 'cchc-check', entry: 'cchc check', language: 'node' });
  });
});

describe('init', () => {
  it('makes a project that checks, refuses to write over it, and says what it wrote', async () => {
    await withFiles({}, async (folder) => {
      const made = await cchc(['init', '--unit', 'Xã A', '--lang', 'vi'], { cwd: folder });
      expect(made.code).toBe(0);
      for (const file of made.stdout.trim().split('\n'))
        expect(existsSync(join(folder, file)), file).toBe(true);
      const checked = await cchc(['check', '--format', 'json'], { cwd: folder });
      expect(checked.code).toBe(0);
      expect(
        (await cchc(['check', 'league.yaml', 'cchc.config.yaml'], { cwd: folder })).stdout,
      ).not.toContain('league.yaml  ');
      expect((await cchc(['init'], { cwd: folder })).code).toBe(3);
      expect((await cchc(['init', '--force'], { cwd: folder })).code).toBe(0);
      expect((await cchc(['init', 'x', '--catalogue', 'nope'], { cwd: folder })).code).toBe(3);
      expect(existsSync(join(folder, 'x'))).toBe(false);
    });
  });
});

describe('template', () => {
  // Values worked under the 2022 catalogue: 60/85, level 0.5, 2 initiatives, 992/1000, 0.2 lost of 1.
  const EXPECTED = { '7.3.2': 7059, '7.6.1': 5000, '1.5': 10_000, '3.5.1': 9920, '7.3.3': 8000 };
  const pointsOf = async (file: string) => {
    const [one] = must(await openReadings(file));
    const known = score(one!.reading, one!.catalogue).criteria.filter((c) => c.status !== 'unknown');
    return Object.fromEntries(known.map((c) => [c.criterion.id, c.points]));
  };

  it('a filled workbook scores as the same YAML does', async () => {
    await withFiles({}, async (folder) => {
      const file = join(folder, 'f.xlsx');
      expect(
        (
          await cchc([
            'template',
            '--format',
            'xlsx',
            '-o',
            file,
            '--unit',
            'X',
            '--lang',
            'vi',
            '--baseline',
            NHU_XUAN,
          ])
        ).code,
      ).toBe(0);
      const workbook = new ExcelJS.Workbook();
      await workbook.xlsx.readFile(file);
      const sheet = workbook.worksheets[0]!;
      const header = sheet.getRow(5).values as string[];
      expect(header).toContain('Giá trị');
      expect(sheet.views[0]).toMatchObject({ state: 'frozen', ySplit: 5 });
      const rowOf = (id: string) => {
        for (let r = 6; r <= sheet.rowCount; r++) if (sheet.getCell(r, 1).value === id) return r;
        throw new Error(`no row ${id}`);
      };
      const put = (id: string, column: string, value: ExcelJS.CellValue) => {
        const cell = sheet.getCell(rowOf(id), header.indexOf(column));
        expect(cell.protection.locked).toBe(false);
        cell.value = value;
      };
      const level = sheet.getCell(rowOf('7.6.1'), header.indexOf('Giá trị'));
      expect(level.dataValidation).toMatchObject({ type: 'list', formulae: ['"Tốt,Đạt yêu cầu,Không đạt"'] });
      expect(sheet.getCell(rowOf('7.6.1'), header.indexOf('Năm trước')).value).toBe('Đạt yêu cầu');
      expect(sheet.getCell(rowOf('7.3.2'), 2).protection?.locked).not.toBe(false);
      const rate = sheet.getCell(rowOf('3.5.1'), header.indexOf('Tỷ lệ'));
      expect([rate.formula, rate.protection?.locked]).not.toContain(false);
      expect(rate.formula).toMatch(/^IF\(N\(\$?G\d+\)>0/);
      put('7.3.2', 'Giá trị', 0.6);
      put('7.6.1', 'Giá trị', 'Đạt yêu cầu');
      put('1.5', 'Giá trị', 2);
      put('3.5.1', 'Số đã làm', 992);
      put('3.5.1', 'Tổng số', 1000);
      put('7.3.3', 'Điểm trừ', 0.2);
      await workbook.xlsx.writeFile(file);
      expect(await pointsOf(file)).toEqual(EXPECTED);
    });
  });

  it('so do a filled CSV and a filled YAML', async () => {
    await withFiles({}, async (folder) => {
      const csv = (await cchc(['template', '--format', 'csv', '--unit', 'X'])).stdout;
      const lines = csv.split('\r\n').map((line) => {
        const tail: Record<string, string> = {
          '7.3.2': '60%,,',
          '7.6.1': 'Đạt yêu cầu,,',
          '1.5': '2,,',
          '3.5.1': ',992,1000',
          '7.3.3': ',,,,"0,2"',
        };
        const id = line.split(',')[0]!;
        return id in tail ? `${line.replace(/,$/, '')},,${tail[id]}` : line;
      });
      writeFileSync(join(folder, 'f.csv'), lines.join('\r\n'));
      expect(await pointsOf(join(folder, 'f.csv'))).toEqual(EXPECTED);
      const yaml = (await cchc(['template', '--unit', 'X'])).stdout;
      const filled: Record<string, string> = {
        '7.3.2': '60%',
        '7.6.1': 'Đạt yêu cầu',
        '1.5': '2',
        '3.5.1': '{done: 992, total: 1000}',
        '7.3.3': '{deducted: 0.2}',
      };
      const text = yaml.replace(/^ {2}# (\S+):$/gm, (line, id: string) =>
        id in filled ? `  ${id}: ${filled[id]}` : line,
      );
      writeFileSync(join(folder, 'f.yaml'), text);
      expect(await pointsOf(join(folder, 'f.yaml'))).toEqual(EXPECTED);
    });
  });

  it('an unfilled form is all unknown, not zero', async () => {
    await withFiles({ 'f.yaml': (await cchc(['template'])).stdout }, async (folder) => {
      const { reading, catalogue } = must(await loadReading(join(folder, 'f.yaml')));
      expect(score(reading, catalogue).total.score).toBeNull();
    });
  });
});

describe('safety', () => {
  it('a file or a table beyond the limits is refused', async () => {
    await withFiles(
      { 'big.yaml': '', 'long.csv': `id,value\n${'x\n'.repeat(LIMITS.rows)}` },
      async (folder) => {
        truncateSync(join(folder, 'big.yaml'), LIMITS.bytes + 1);
        const [big, long] = await Promise.all(
          ['big.yaml', 'long.csv'].map((f) => cchc(['check', join(folder, f), '--format', 'json'])),
        );
        expect(big!.code).toBe(3);
        expect(big!.stdout).toContain('file-too-large');
        expect(long!.code).toBe(3);
        expect(long!.stdout).toContain(`more than ${LIMITS.rows} rows`);
      },
    );
  });

  it.skipIf(process.platform === 'win32')('Ctrl-C leaves no file behind', async () => {
    await withFiles({}, async (folder) => {
      const { child, ended } = await startReading([
        'score',
        '-',
        '--output',
        join(folder, 'out.csv'),
        '--format',
        'csv',
      ]);
      child.stdin!.write('unit: X\n');
      child.kill('SIGINT');
      const { signal } = await ended;
      expect(signal).toBe('SIGINT');
      expect(readdirSync(folder)).toEqual([]);
    });
  });

  it.skipIf(process.platform === 'win32')('the command of a clone is executable', () => {
    expect(statSync(join(root, 'bin/cchc.js')).mode & 0o111).toBe(0o111);
  });

  it('a failed write leaves nothing behind', async () => {
    await withFiles({ 'there.csv': 'old' }, async (folder) => {
      expect((await cchc(['convert', NHU_XUAN, join(folder, 'there.csv')])).code).toBe(3);
      expect((await cchc(['convert', NHU_XUAN, join(folder, 'no/such/folder.csv')])).code).toBe(3);
      expect(readdirSync(folder)).toEqual(['there.csv']);
      expect(readFileSync(join(folder, 'there.csv'), 'utf8')).toBe('old');
    });
  });
});
