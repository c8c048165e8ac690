import { spawnSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import ExcelJS from 'exceljs';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { main } from '../../src/cli/main.js';
import { completionScripts } from '../../src/commands/completion.js';
import { jsonSchemaOf, shapeNames } from '../../src/files/json-schema.js';
import { LIMITS } from '../../src/files/limits.js';
import { openReadings } from '../../src/files/open.js';
import { loadReading, score } from '../../src/index.js';
import { generated } from '../../tools/generated.js';
import { cchc, heard, must, NHU_XUAN, root, startReading, withFiles } from '../support.js';

describe('JSON Schema', () => {
  const shipped: [string, string][] = [
    ['reading', 'fixtures/nhu-xuan-2022.yaml'],
    ['reading', 'examples/readings-repo/nhu-xuan-2022.yaml'],
    ['config', 'examples/readings-repo/cchc.config.yaml'],
    ['actions', 'fixtures/actions/nhu-xuan-2023.yaml'],
    ...readdirSync(join(root, 'criteria')).map((f): [string, string] => ['catalogue', `criteria/${f}`]),
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

  it('a catalogue that extends another gives only what differs; one that does not gives all', () => {
    const valid = validator('catalogue');
    const file = readFileSync(join(root, 'criteria/communes-example.yaml'), 'utf8');
    const { extends: _from, ...alone } = parse(file);
    expect(valid(alone)).toBe(false);
    expect(valid({ extends: 'communes-example', scal: 90 })).toBe(false);
    const dated = (max: unknown) => valid({ extends: 'x', criteria: [{ id: '1.1', max }] });
    // The keys are years, here with a letter O.
    expect([{ by_year: { 2025: 3 } }, { by_year: { '2O25': 3 } }].map(dated)).toEqual([true, false]);
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

  it('the hook calls a command that exists', async () => {
    const [hook] = parse(readFileSync(join(root, '.pre-commit-hooks.yaml'), 'utf8'));
    // It checks what the config names: among the committed files may be the config itself, and other YAML.
    expect(hook).toMatchObject({
      id: 'cchc-check',
      entry: 'cchc check',
      language: 'node',
      pass_filenames: false,
    });
  });

  it.skipIf(process.platform === 'win32')("the action runs this repository's own code", async () => {
    const { runs } = parse(readFileSync(join(root, 'action.yml'), 'utf8'));
    expect(runs.using).toBe('composite');
    const [step, ...more] = runs.steps;
    expect(more).toEqual([]);
    await withFiles({ 'nhu-xuan.yaml': readFileSync(NHU_XUAN) }, async (folder) => {
      const played = (files: string, given: string) => {
        const summary = join(folder, 'summary.md');
        writeFileSync(summary, '');
        const env: Record<string, string> = { ...step.env };
        const known: Record<string, string> = {
          'github.action_path': root,
          'inputs.files': files,
          'inputs.arguments': given,
        };
        for (const [name, value] of Object.entries(env))
          env[name] = value.replace(/\$\{\{ (\S+) \}\}/, (_, word: string) => known[word] ?? '');
        const ran = spawnSync('bash', ['-eo', 'pipefail', '-c', step.run], {
          cwd: folder,
          encoding: 'utf8',
          env: { ...process.env, ...env, GITHUB_STEP_SUMMARY: summary },
        });
        return { status: ran.status, out: ran.stdout, summary: readFileSync(summary, 'utf8') };
      };
      const held = played('*.yaml', '--min-score 87.6103');
      expect([held.status, held.out]).toEqual([0, '']);
      expect(held.summary).toContain('min-score');
      const broken = played('nhu-xuan.yaml', '--min-score 87.6104');
      expect([broken.status, broken.out]).toEqual([1, expect.stringContaining('::error file=nhu-xuan.yaml')]);
    });
  });
});

describe('init', () => {
  const init = (folder: string, ...args: string[]) => cchc(['init', ...args], { cwd: folder });

  it('makes a project that fails its check until something is filled in, and is not written over', async () => {
    await withFiles({}, async (folder) => {
      const made = await init(
        folder,
        '--catalogue',
        'thanh-hoa-district-2022',
        '--unit',
        'Xã A',
        '--lang',
        'vi',
      );
      expect([made.code, made.stderr]).toEqual([0, '']);
      const [files, next] = made.stdout.trim().split('\n\n');
      for (const file of files!.split('\n')) expect(existsSync(join(folder, file)), file).toBe(true);
      const [asked, ...commands] = next!.split('\n');
      expect(asked).toBe('Điền số liệu vào reading.yaml, rồi chạy:');
      expect(commands).toEqual(['  node cchc.mjs score reading.yaml', '  node cchc.mjs check']);
      const ran = commands.map((line) => spawnSync('bash', ['-c', line], { cwd: folder }).status);
      // A score of what is not known yet is a range; a check of nothing filled in fails.
      expect(ran).toEqual([0, 1]);
      const empty = await cchc(['check', '--format', 'json'], { cwd: folder });
      expect([empty.code, JSON.parse(empty.stdout).verdict]).toEqual([1, 'fail']);
      const reading = join(folder, 'reading.yaml');
      writeFileSync(reading, readFileSync(reading, 'utf8').replace('# 7.3.2:', '7.3.2: 60%'));
      expect((await cchc(['check'], { cwd: folder })).code).toBe(0);
      expect(
        (await cchc(['check', 'league.yaml', 'cchc.config.yaml'], { cwd: folder })).stdout,
      ).not.toContain('league.yaml  ');
      expect((await init(folder, '--catalogue', 'communes-example')).code).toBe(3);
      expect((await init(folder, '--catalogue', 'communes-example', '--force')).code).toBe(0);
      expect((await init(folder, 'x', '--catalogue', 'nope')).code).toBe(3);
      expect(existsSync(join(folder, 'x'))).toBe(false);
    });
  });

  it('what it prints to run next works when pasted, from where it was called', async () => {
    await withFiles({}, async (folder) => {
      const made = await init(folder, 'số liệu 2025', '--catalogue', 'communes-example', '--lang', 'en');
      const [, next] = made.stdout.split(':\n');
      expect(next).toBe('  cd "số liệu 2025"\n  node cchc.mjs score reading.yaml\n  node cchc.mjs check\n');
      const ran = spawnSync('bash', ['-ec', next!], { cwd: folder, encoding: 'utf8' });
      expect([ran.status, ran.stdout]).toEqual([1, expect.stringContaining('filled-in')]);
    });
  });

  it('its workflow runs the program that stands beside it', async () => {
    await withFiles({}, async (folder) => {
      await init(folder, '--catalogue', 'communes-example');
      const workflow = readFileSync(join(folder, '.github/workflows/cchc.yml'), 'utf8');
      const steps: { run?: string }[] = parse(workflow).jobs.check.steps;
      const [step, ...more] = steps.flatMap((s) => s.run ?? []);
      expect([step, more]).toEqual(['node cchc.mjs check --format github', []]);
      const [, ...args] = step!.split(' ');
      const ran = spawnSync(process.execPath, args, { cwd: folder, encoding: 'utf8' });
      expect(ran.status, ran.stderr).toBe(1);
      expect(ran.stdout).toContain('::error file=');
    });
  });

  it('without --catalogue lists the catalogues with level and years: a usage error, or a question', async () => {
    await withFiles({}, async (folder) => {
      const listed = await init(folder, '--lang', 'vi');
      expect(listed.code).toBe(2);
      expect(listed.stderr).toContain('thanh-hoa-district-2022 · cấp huyện · năm 2022 · ');
      expect(listed.stderr).toContain('communes-example · cấp xã · từ năm 2025 · ');
      expect(readdirSync(folder)).toEqual([]);
      let said = '';
      const silent = heard(() => {});
      const answer = (line: string) => ({
        out: silent,
        err: silent,
        ask: async (question: string) => {
          said = question;
          return line;
        },
      });
      const at = /^(\d+)\. communes-example · commune · from 2025/m;
      expect(await main(['init', join(folder, 'a'), '--lang', 'en'], answer(''))).toBe(2);
      const [, number] = at.exec(said) ?? [];
      for (const line of [number!, 'communes-example']) {
        expect(await main(['init', join(folder, line), '--lang', 'en'], answer(line))).toBe(0);
        expect(readFileSync(join(folder, line, 'reading.yaml'), 'utf8')).toContain(
          'year: 2025\ncatalogue: communes-example\n',
        );
      }
    });
  });

  it("takes a file of one's own: copied in, with what it extends, or named where it stands", async () => {
    const shipped = readFileSync(join(root, 'criteria/thanh-hoa-district-2022.yaml'), 'utf8');
    const own = shipped.replace('id: thanh-hoa-district-2022', 'id: huyen-a');
    const heir = 'extends: goc\nid: xa-b\nname: B\nyear: 2022\n';
    await withFiles({ 'bo-tieu-chi.yaml': own, 'goc.yaml': own, 'con.yaml': heir }, async (folder) => {
      const score = async (project: string) => {
        const file = join(folder, project, 'reading.yaml');
        writeFileSync(file, readFileSync(file, 'utf8').replace('# 7.3.2:', '7.3.2: 85%'));
        return (await cchc(['score', file, '-q', '--format', 'json'])).code;
      };
      for (const [file, id] of [
        ['bo-tieu-chi.yaml', 'huyen-a'],
        ['con.yaml', 'xa-b'],
      ]) {
        expect((await init(folder, `p-${id}`, '--catalogue', file!)).code).toBe(0);
        expect(readFileSync(join(folder, `p-${id}`, 'reading.yaml'), 'utf8')).toContain(`catalogue: ${id}\n`);
        expect(existsSync(join(folder, `p-${id}`, 'criteria', `${id}.yaml`))).toBe(true);
        expect(await score(`p-${id}`)).toBe(0);
      }
      mkdirSync(join(folder, 'kho/so-lieu'), { recursive: true });
      writeFileSync(join(folder, 'kho/so-lieu/bo.yaml'), own);
      expect((await init(folder, 'kho', '--catalogue', 'kho/so-lieu/bo.yaml')).code).toBe(0);
      expect(readFileSync(join(folder, 'kho/reading.yaml'), 'utf8')).toContain(
        'catalogue: so-lieu/bo.yaml\n',
      );
      expect(existsSync(join(folder, 'kho/criteria'))).toBe(false);
      expect(await score('kho')).toBe(0);
    });
  });

  it('says when the year is not one of the catalogue', async () => {
    await withFiles({}, async (folder) => {
      const made = await init(folder, '--catalogue', 'thanh-hoa-district-2022', '--year', '2025');
      expect([made.code, made.stderr]).toEqual([0, expect.stringContaining('other-year')]);
      const wrong = await init(folder, '--catalogue', 'communes-example', '--year', 'nay');
      expect([wrong.code, wrong.stderr]).toEqual([2, expect.stringContaining('--year')]);
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
      const header = sheet.getRow(6).values as string[];
      expect(header).toContain('Giá trị');
      expect(sheet.views[0]).toMatchObject({ state: 'frozen', ySplit: 6 });
      const rowOf = (id: string) => {
        for (let r = 7; r <= sheet.rowCount; r++) if (sheet.getCell(r, 1).value === id) return r;
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
      // The value as it stands, else what was done of the total.
      expect(rate.formula).toMatch(/^IF\(H\d+<>"",.*\bH\d+\b.*,N\(I\d+\)\/J\d+,/);
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

  it('a criterion of several values takes each in a row of its own, and its deduction to type', async () => {
    await withFiles({}, async (folder) => {
      const file = `${folder}/form.xlsx`;
      const made = await cchc([
        'template',
        '--catalogue',
        'rule-forms-example',
        '--output',
        file,
        '--lang',
        'vi',
      ]);
      expect(made.code).toBe(0);
      const workbook = new ExcelJS.Workbook();
      await workbook.xlsx.readFile(file);
      const sheet = workbook.worksheets[0]!;
      const row = sheet.getColumn(1).values.indexOf('1.1.3');
      const header = sheet.getRow(6).values as string[];
      const [value, deducted] = [header.indexOf('Giá trị'), header.indexOf('Điểm trừ')];
      expect([1, 2, 3].map((i) => sheet.getCell(row + i, 1).value)).toEqual([
        '1.1.3.late',
        '1.1.3.quarterly',
        '1.1.3.yearly',
      ]);
      const open = (column: number, i: number) => sheet.getCell(row + i, column).protection?.locked === false;
      expect([0, 1, 2, 3].map((i) => [open(value, i), open(deducted, i)])).toEqual([
        [false, true],
        [true, false],
        [true, false],
        [true, false],
      ]);
      expect(sheet.getCell(row + 1, value).dataValidation.prompt).toBe('Nhập số lượng.');
      // Counts are asked for where their cells are open: of a weighted share they are not.
      const percent = (id: string) => {
        const at = sheet.getColumn(1).values.indexOf(id);
        return [sheet.getCell(at, value).dataValidation.prompt, open(header.indexOf('Số đã làm'), at - row)];
      };
      expect(percent('1.2.1')).toEqual([expect.stringContaining('nhập số đã làm, tổng số'), true]);
      expect(percent('1.2.2')).toEqual(['Nhập tỷ lệ phần trăm, ví dụ 92,5%.', false]);
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
      const text = yaml.replace(/^ {2}# (\S+): #.*$/gm, (line, id: string) =>
        id in filled ? `  ${id}: ${filled[id]}` : line,
      );
      writeFileSync(join(folder, 'f.yaml'), text);
      expect(await pointsOf(join(folder, 'f.yaml'))).toEqual(EXPECTED);
    });
  });

  it('counts a criterion of several values as missing, and opens no cell that could not hold them', async () => {
    await withFiles({}, async (folder) => {
      const file = join(folder, 'f.xlsx');
      await cchc(['template', '--catalogue', 'rule-forms-example', '--lang', 'en', '-o', file]);
      const workbook = new ExcelJS.Workbook();
      await workbook.xlsx.readFile(file);
      const sheet = workbook.worksheets[0]!;
      const header = sheet.getRow(6).values as string[];
      for (let r = 7; r <= sheet.rowCount; r++) {
        if (sheet.getCell(r, 1).isMerged) continue;
        const at = (head: string) => sheet.getCell(r, header.indexOf(head));
        const id = String(at('ID').value);
        const part = /^(1\.1\.3|2\.2)\./.test(id);
        if (!part) expect(at('State').formula, id).toContain('"missing"');
        expect(at('Value').protection?.locked ?? true, id).toBe(['1.1.3', '2.2'].includes(id));
        expect(at('Deducted').protection?.locked ?? true, id).toBe(part);
      }
    });
  });

  it('heads its columns in words in English too, all of which are read', async () => {
    await withFiles({}, async (folder) => {
      const file = join(folder, 'f.xlsx');
      await cchc(['template', '--unit', 'X', '-o', file, '--lang', 'en']);
      const workbook = new ExcelJS.Workbook();
      await workbook.xlsx.readFile(file);
      expect(workbook.worksheets[0]!.getRow(6).values).toEqual([
        undefined,
        ...[
          'ID',
          'Name',
          'Max',
          'Lead unit',
          'Rule',
          'Evidence asked',
          'Last year',
          'Value',
          'Done',
          'Total',
        ],
        ...['Rate', 'Deducted', 'Exempt', 'Not applicable', 'Note', 'Points so far', 'State'],
      ]);
      const told = (await cchc(['inspect', file, '--lang', 'en'])).stdout;
      expect(told).toMatch(/N +Not applicable +not applicable/);
      expect(told).not.toContain('unknown');
      expect(await pointsOf(file)).toEqual({});
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
      { 'big.yaml': '', 'long.csv': `id,value\n${'x\n'.repeat(LIMITS.rows + 1)}` },
      async (folder) => {
        truncateSync(join(folder, 'big.yaml'), LIMITS.bytes + 1);
        const [big, long] = await Promise.all(
          ['big.yaml', 'long.csv'].map((f) => cchc(['check', join(folder, f), '--format', 'json'])),
        );
        expect(big!.code).toBe(3);
        expect(big!.stdout).toContain('file-too-large');
        expect(long!.code).toBe(3);
        expect(long!.stdout).toContain('too-many-rows');
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
