import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import ExcelJS from 'exceljs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { loadCatalogue, score } from '../../src/index.js';
import { cchc, LEAGUE_2023, must, NHU_XUAN, withFiles } from '../support.js';
import { engineOf, readingsOf, SCORE_COLUMNS, workbookFor } from '../workbook-support.js';

const READINGS = 200;
const HEAD = 4;

/** LibreOffice without a window, with settings of its own so that runs do not meet. */
function office(folder: string, to: string, out: string, files: string[]): void {
  const profile = `-env:UserInstallation=file://${folder}/profile`;
  const args = [profile, '--headless', '--convert-to', to, '--outdir', out, ...files];
  execFileSync(process.env.SOFFICE ?? 'soffice', args, { stdio: 'ignore', timeout: 600_000 });
}

/** Words of a PDF that lie over one another by more than a third of the smaller, as pairs. */
function wordsOverWords(pdf: string): string[] {
  const text = execFileSync('pdftotext', ['-bbox', pdf, '-'], { encoding: 'utf8' });
  return text.split('<page ').flatMap((page) => {
    const words = [...page.matchAll(/xMin="(.+?)" yMin="(.+?)" xMax="(.+?)" yMax="(.+?)">(.*?)</g)].map(
      (m) => ({
        box: m.slice(1, 5).map(Number) as [number, number, number, number],
        word: m[5]!,
      }),
    );
    const along = (p: number, q: number, r: number, s: number) =>
      Math.max(0, Math.min(q, s) - Math.max(p, r));
    return words.flatMap(({ box: a, word }, i) =>
      words.slice(i + 1).flatMap(({ box: b, word: other }) => {
        const shared = along(a[0], a[2], b[0], b[2]) * along(a[1], a[3], b[1], b[3]);
        const smaller = Math.min((a[2] - a[0]) * (a[3] - a[1]), (b[2] - b[0]) * (b[3] - b[1]));
        return shared > smaller / 3 ? [`${word} · ${other}`] : [];
      }),
    );
  });
}

describe('LibreOffice', () => {
  it(`recalculates ${READINGS} random workbooks to the command line's points, thresholds included`, async () => {
    const catalogue = must(await loadCatalogue('thanh-hoa-district-2022'));
    const readings = fc.sample(readingsOf(catalogue), { numRuns: READINGS, seed: 11 });
    await withFiles({}, async (folder) => {
      const [from, to] = [join(folder, 'in'), join(folder, 'out')];
      mkdirSync(from);
      for (const [i, reading] of readings.entries()) {
        const workbook = await workbookFor(reading, catalogue, null, 'vi');
        // Without results of our own there is nothing to show but what it works out.
        workbook.eachSheet((sheet) =>
          sheet.eachRow((row) =>
            row.eachCell((cell) => {
              if (cell.formula)
                cell.value = { formula: cell.formula, result: undefined } as ExcelJS.CellFormulaValue;
            }),
          ),
        );
        await workbook.xlsx.writeFile(join(from, `${String(i).padStart(3, '0')}.xlsx`));
      }
      const files = readdirSync(from)
        .sort()
        .map((name) => join(from, name));
      for (let i = 0; i < files.length; i += 50) office(folder, 'xlsx', to, files.slice(i, i + 50));
      for (const [i, reading] of readings.entries()) {
        const workbook = new ExcelJS.Workbook();
        await workbook.xlsx.readFile(join(to, `${String(i).padStart(3, '0')}.xlsx`));
        const sheet = workbook.getWorksheet('Điểm')!;
        score(reading, catalogue).criteria.forEach((row, k) => {
          const cell = sheet.getCell(HEAD + 1 + k, SCORE_COLUMNS.points);
          expect(Number(cell.result), `${i} ${row.criterion.id}`).toBeCloseTo(row.points! / 1e4, 9);
        });
      }
    });
  });

  it('works out the points of a filled form as the command line does, and prints it on a page or two', async () => {
    await withFiles({}, async (folder) => {
      const form = join(folder, 'form.xlsx');
      await cchc(['template', '--lang', 'vi', '--catalogue', 'thanh-hoa-district-2022', '--output', form]);
      const workbook = new ExcelJS.Workbook();
      await workbook.xlsx.readFile(form);
      const sheet = workbook.worksheets[0]!;
      const heads = sheet.getRow(6).values as string[];
      const at = (id: string, head: string) => {
        for (let r = 7; r <= sheet.rowCount; r++)
          if (sheet.getCell(r, 1).value === id) return sheet.getCell(r, heads.indexOf(head));
        throw new Error(id);
      };
      sheet.getCell(3, 2).value = 'Huyện X';
      // By hand: 60 ÷ 85; a level's half; two initiatives; 992 of 1,000; explained in full; 0.2 lost of 1; not applicable.
      const typed: [string, string, ExcelJS.CellValue, number | ''][] = [
        ['7.3.2', 'Giá trị', 0.6, 0.7059],
        ['7.6.1', 'Giá trị', 'Đạt yêu cầu', 0.5],
        ['1.5', 'Giá trị', 2, 1],
        ['3.5.1', 'Số đã làm', 992, 0.992],
        ['3.5.1', 'Tổng số', 1000, 0.992],
        ['4.1.3', 'Giải trình', 'Báo cáo giải trình', 1],
        ['7.3.3', 'Điểm trừ', 0.2, 0.8],
        ['6.2.2', 'Không áp dụng', 'Có', ''],
      ];
      for (const [id, head, value] of typed) at(id, head).value = value;
      const filled = join(folder, 'filled.xlsx');
      await workbook.xlsx.writeFile(filled);
      office(folder, 'xlsx', join(folder, 'out'), [filled]);
      const out = new ExcelJS.Workbook();
      await out.xlsx.readFile(join(folder, 'out/filled.xlsx'));
      const worked = out.worksheets[0]!;
      const ran = await cchc(['score', filled, '--format', 'json', '-q']);
      const rows = JSON.parse(ran.stdout).readings[0].criteria as {
        id: string;
        points: number;
        status: string;
      }[];
      for (const [id, , , points] of typed) {
        const cell = worked.getCell(Number(at(id, 'Mã').row), heads.indexOf('Điểm tạm tính'));
        expect(typeof cell.result === 'number' ? cell.result : '', id).toBe(points);
        const row = rows.find((r) => r.id === id)!;
        expect(row.status === 'not_applicable' ? '' : row.points, id).toBe(points);
      }
      // 0.7059 + 0.5 + 1 + 0.992 + 1 + 0.8; eight of fifteen are missing.
      expect(Number(worked.getCell(3, heads.indexOf('Điểm tạm tính')).result)).toBeCloseTo(4.9979, 9);
      expect(Number(worked.getCell(4, heads.indexOf('Điểm tạm tính')).result)).toBe(8);
      office(folder, 'pdf', folder, [filled]);
      const info = execFileSync('pdfinfo', [join(folder, 'filled.pdf')], { encoding: 'utf8' });
      expect(info).toMatch(/Pages:\s+[12]\b/);
    });
  });

  it('works out every other form of rule in a form as score does: dates, several values, nothing to count, kinds of unit, last year, the leader, shares', async () => {
    const stated = 'provenance: stated, source: q';
    const criterion = (id: string, max: number, rule: string, more = '') =>
      `  - {id: "${id}", name: Việc ${id}, field: "1", owners: [P], max: {value: ${max}, ${stated}}, rule: {${rule}, ${stated}}${more}}\n`;
    const catalogue = `id: so\nname: Bộ\nyear: 2026\nscale: {value: 100, ${stated}}\nsources: {q: {title: QĐ}}\nfields: [{id: "1", name: A}]\nowners: {P: {}}\ncriteria:\n${
      criterion(
        '1',
        4,
        'kind: steps, quantity: date, due: 20/12, year: previous, tiers: [{at_most: 0, points: max}, {at_most: 15, points: 2}], otherwise: 0',
      ) +
      criterion(
        '2',
        4,
        'kind: steps, quantity: date, due: 15/03, tiers: [{at_most: 0, points: max}, {at_most: 10, points: 2}], otherwise: 0',
      ) +
      criterion(
        '3',
        10,
        'kind: sum, parts: [{input: a, name: A, max: 6, rule: {kind: proportional, target: 100}}, {input: b, name: B, max: 4, rule: {kind: proportional, target: 80}}]',
      ) +
      criterion('4', 6, 'kind: proportional, target: 90, when_none: max') +
      criterion('5', 67, 'kind: yes_no, yes: max, no: 0', ', units: [tỉnh], otherwise: max') +
      criterion('6', 2, 'kind: steps, against: last_year, tiers: [{above: 0, points: max}], otherwise: 0') +
      criterion('7', 5, 'kind: leader_relative, at_target: 0.5') +
      criterion(
        '8',
        2,
        'kind: weighted_share, total: việc, parts: [{key: a, name: A, weight: 1}, {key: b, name: B, weight: 0.5}]',
      )
    }`; // prettier-ignore
    await withFiles({ 'so.yaml': catalogue }, async (folder) => {
      const form = join(folder, 'form.xlsx');
      await cchc([
        ...['template', '--lang', 'vi', '--catalogue', join(folder, 'so.yaml')],
        ...['--unit', 'Xã A', '--output', form],
      ]);
      const workbook = new ExcelJS.Workbook();
      await workbook.xlsx.readFile(form);
      const sheet = workbook.worksheets[0]!;
      const heads = sheet.getRow(6).values as string[];
      const rowOf = (id: string) => {
        for (let r = 7; r <= sheet.rowCount; r++) if (sheet.getCell(r, 1).value === id) return r;
        throw new Error(id);
      };
      const type = (id: string, head: string, value: ExcelJS.CellValue) => {
        sheet.getCell(rowOf(id), heads.indexOf(head)).value = value;
      };
      // 13 days after 20/12/2025, the day 46,024 of a spreadsheet; three after 15/03/2026, as a text.
      type('1', 'Giá trị', 46_024);
      type('2', 'Giá trị', '18/03/2026');
      type('3.a', 'Số đã làm', 30);
      type('3.a', 'Tổng số', 40);
      type('3.b', 'Giá trị', 0.6);
      type('4', 'Số đã làm', 0);
      type('4', 'Tổng số', 0);
      type('6', 'Giá trị', 0.05);
      type('6', 'Giá trị năm trước', 0.03);
      type('7', 'Giá trị', 150);
      type('7', 'Chỉ tiêu giao', 100);
      type('7', 'Đơn vị dẫn đầu', 200);
      type('8', 'Giá trị', 0.75);
      sheet.getCell('B2').value = 'xã';
      const filled = join(folder, 'filled.xlsx');
      await workbook.xlsx.writeFile(filled);
      office(folder, 'xlsx', join(folder, 'out'), [filled]);
      const out = new ExcelJS.Workbook();
      await out.xlsx.readFile(join(folder, 'out/filled.xlsx'));
      // 6 × 75% + 4 × 60 ÷ 80 = 7.5; nothing to count is all of 6; a commune has 5 in full; 2 points of a percent more
      // than last year; half of 5 at the target and half of the rest at half the way to the leader; 2 × 75%.
      const points = { 1: 2, 2: 2, 3: 7.5, 4: 6, 5: 67, 6: 2, 7: 3.75, 8: 1.5 };
      for (const [id, wanted] of Object.entries(points))
        expect(out.worksheets[0]!.getCell(rowOf(id), heads.indexOf('Điểm tạm tính')).result, id).toBe(wanted);
      const ran = await cchc([
        ...['score', join(folder, 'out/filled.xlsx'), '--catalogue', join(folder, 'so.yaml')],
        ...['--format', 'json', '-q'],
      ]);
      expect(ran.stderr).toBe('');
      const [reading] = JSON.parse(ran.stdout).readings;
      expect(reading.criteria.map((c: { points: number }) => c.points)).toEqual(Object.values(points));
      // What score refuses has no points in the form: it is to be looked at.
      const { engine, at } = engineOf(workbook);
      const [name, point, state] = [sheet.name, heads.indexOf('Điểm tạm tính'), heads.indexOf('Tình trạng')];
      const told = () => [1, 3, 4, 7, 8].map((id) => at(name, rowOf(String(id)), state));
      expect(told()).toEqual(['', '', '', '', '']);
      const cell = (id: string, head: string) => ({
        sheet: engine.getSheetId(name)!,
        row: rowOf(id) - 1,
        col: heads.indexOf(head) - 1,
      });
      engine.setCellContents(cell('1', 'Giá trị'), 'hôm qua');
      engine.setCellContents(cell('3.a', 'Số đã làm'), 41);
      engine.setCellContents(cell('4', 'Số đã làm'), '');
      engine.setCellContents(cell('7', 'Chỉ tiêu giao'), '');
      engine.setCellContents(cell('8', 'Giá trị'), 75);
      expect(told()).toEqual(['xem lại', 'xem lại', 'còn thiếu', 'xem lại', 'xem lại']);
      expect([1, 3, 4, 7, 8].map((id) => at(name, rowOf(String(id)), point))).toEqual(['', '', '', '', '']);
      expect(at(name, 4, point)).toBe(5);
    });
  });

  it('opens the Vietnamese CSV form in columns, decimal commas read as numbers', async () => {
    await withFiles({}, async (folder) => {
      const form = (await cchc(['template', '--format', 'csv', '--lang', 'vi'])).stdout;
      expect(form.startsWith('\ufeff')).toBe(true);
      // After the rule and last year come the value, done, total, the rate and what was deducted.
      const filled = form.replace(/^(7\.3\.2;.*)$/m, '$1;60,5%').replace(/^(7\.3\.3;.*)$/m, '$1;;;;;0,25');
      writeFileSync(`${folder}/form.csv`, filled);
      // What a Vietnamese LibreOffice proposes: semicolons (59), UTF-8 (76), the language vi-VN (1066), formats detected.
      const from = '--infilter=CSV:59,34,76,1,,1066,false,true';
      office(folder, 'xlsx', folder, [from, `${folder}/form.csv`]);
      const workbook = new ExcelJS.Workbook();
      await workbook.xlsx.readFile(`${folder}/form.xlsx`);
      const sheet = workbook.worksheets[0]!;
      const row = (id: string) => sheet.getRow(sheet.getColumn(1).values.indexOf(id));
      expect((row('Mã').values as string[]).slice(1, 6)).toEqual([
        'Mã',
        'Tiêu chí',
        'Cách tính',
        'Năm trước',
        'Giá trị',
      ]);
      expect(row('7.3.2').getCell(5).value).toBeCloseTo(0.605, 10);
      expect(row('7.3.3').getCell(9).value).toBe(0.25);
      expect(row('7.3.3').getCell(2).value).toBe('Tỷ lệ hồ sơ TTHC được xử lý trực tuyến mức độ 4');
    });
  });

  it('prints form and workbooks without words over words, and rows without their heights with them', async () => {
    await withFiles({}, async (folder) => {
      const before = join(folder, 'before.yaml');
      writeFileSync(before, readFileSync(NHU_XUAN, 'utf8').replace('year: 2022', 'year: 2021'));
      const made: Record<string, string[]> = {
        form: ['template', '--catalogue', 'thanh-hoa-district-2022', '--baseline', NHU_XUAN],
        one: ['report', NHU_XUAN, '--league', LEAGUE_2023],
        many: ['report', before, NHU_XUAN],
      };
      for (const [name, args] of Object.entries(made))
        await cchc([...args, '--lang', 'vi', '-q', '--output', join(folder, `${name}.xlsx`)]);
      const bare = new ExcelJS.Workbook();
      await bare.xlsx.readFile(join(folder, 'one.xlsx'));
      bare.eachSheet((sheet) =>
        sheet.eachRow((row) => {
          row.height = 15;
        }),
      );
      await bare.xlsx.writeFile(join(folder, 'bare.xlsx'));
      const names = [...Object.keys(made), 'bare'];
      office(
        folder,
        'pdf',
        folder,
        names.map((name) => join(folder, `${name}.xlsx`)),
      );
      const met = names.map((name) => wordsOverWords(join(folder, `${name}.pdf`)));
      expect(met.slice(0, 3)).toEqual([[], [], []]);
      expect(met[3]!.length).toBeGreaterThan(0);
    });
  });

  it('opens the letter and turns it into pages', async () => {
    await withFiles({}, async (folder) => {
      const file = join(folder, 'letter.docx');
      expect((await cchc(['letter', NHU_XUAN, '--lang', 'vi', '--output', file])).code).toBe(0);
      office(folder, 'pdf', folder, [file]);
      const text = execFileSync('pdftotext', ['-layout', join(folder, 'letter.pdf'), '-'], {
        encoding: 'utf8',
      });
      // Kerned letters come apart in the text of a PDF.
      const plain = text.normalize('NFC').replace(/\s+/g, '');
      expect(plain).toContain('CỘNGHÒAXÃHỘICHỦNGHĨAVIỆTNAM');
      expect(plain).toContain('bịtrừ12,3897điểmở15tiêuchí');
      expect(plain).toContain('7.3.3.');
      // The text on two pages, and the annex on its side after it, its head on each page.
      const pages = text.split('\f').map((p) => p.normalize('NFC'));
      const annex = pages.findIndex((p) => p.includes('Phụ lục\n'));
      expect([annex, pages.length - 1]).toEqual([2, 4]);
      expect(pages.slice(annex, -1).every((p) => /Nhiệm vụ\s+Sản phẩm/.test(p))).toBe(true);
      // Page numbers from the second page on, in the annex by itself.
      const first = pages.slice(0, -1).map((p) => p.trim().split('\n')[0]!.trim());
      expect(first.slice(1, annex)).toEqual(['2']);
      expect(first[annex]).toBe('Phụ lục');
      // No heading is the last line of its page, and who signs stands with the name.
      for (const page of pages) expect(page.trim().split('\n').at(-1)).not.toMatch(/^\s*[IVX]+\. /);
      const signed = pages.find((p) => p.includes('TM. ỦY BAN NHÂN DÂN'));
      expect(signed).toContain('[Họ và tên]');
      const info = execFileSync('pdfinfo', [join(folder, 'letter.pdf')], { encoding: 'utf8' });
      expect(info).toMatch(/Page size:\s+595\.\d+ x 84[12]\.\d+ pts/);
    });
  });

  it('leaves no heading of a letter at a page’s foot, wherever the pages end', async () => {
    // Of these the twentieth paragraph is a heading, and the page ends there.
    const units = [
      {
        1.1: '85%',
        1.2: 2,
        1.3: '10%',
        1.4: 1,
        1.5: 'Một hình thức',
        2.3: 'có',
        3.1: '100%',
        3.2: '92%',
        3.3: '80%',
        3.4: '70%',
        3.5: 'không',
        4.2: 'không',
        5.1: '90%',
        5.2: '100%',
        5.3: 0,
        6.1: '95%',
        6.2: '70%',
        7.1: '40%',
        7.2: '100%',
        7.4: 'Tốt',
        8.1: '100%',
      },
      {
        1.1: '85%',
        1.2: 2,
        1.3: '25%',
        1.4: 0,
        1.5: 'Một hình thức',
        2.3: 'có',
        3.1: '90%',
        3.2: '92%',
        3.3: '80%',
        3.4: '100%',
        4.2: 'không',
        4.3: '60%',
        5.1: '90%',
        5.2: '90%',
        5.3: 1,
        6.1: '95%',
        6.2: '70%',
        7.1: '40%',
        7.2: '100%',
        7.3: '80%',
        7.4: 'Khá',
        8.1: '90%',
      },
    ]; // prettier-ignore
    await withFiles({}, async (folder) => {
      const readings = units.map((indicators, i) => {
        const file = join(folder, `r${i}.json`);
        const reading = { unit: `Xã Số ${i}`, year: 2025, catalogue: 'communes-example', indicators };
        writeFileSync(file, JSON.stringify(reading));
        return file;
      });
      const letters = join(folder, 'letters');
      expect(
        (await cchc(['letter', ...readings, '--lang', 'vi', '-q', '--output', `${letters}/`])).code,
      ).toBe(0);
      const made = readdirSync(letters).map((name) => join(letters, name));
      office(folder, 'pdf', letters, made);
      for (const file of made) {
        const pdf = file.replace(/docx$/, 'pdf');
        const pages = execFileSync('pdftotext', ['-layout', pdf, '-'], { encoding: 'utf8' }).split('\f');
        for (const page of pages) expect(page.trim().split('\n').at(-1)).not.toMatch(/^\s*[IVX]+\. /);
      }
    });
  });

  it('opens the one page as one page of A4, its picture on it', async () => {
    await withFiles({}, async (folder) => {
      const file = join(folder, 'one.docx');
      const args = [
        'report',
        NHU_XUAN,
        '--league',
        LEAGUE_2023,
        '--one-page',
        '--lang',
        'vi',
        '--output',
        file,
      ];
      expect((await cchc(args)).code).toBe(0);
      office(folder, 'pdf', folder, [file]);
      const info = execFileSync('pdfinfo', [join(folder, 'one.pdf')], { encoding: 'utf8' });
      expect(info).toMatch(/Pages:\s+1\b/);
      const text = execFileSync('pdftotext', [join(folder, 'one.pdf'), '-'], { encoding: 'utf8' });
      expect(text.normalize('NFC').replace(/\s+/g, '')).toContain('tăng4điểm,đạt91,6103điểm');
      expect(execFileSync('pdfimages', ['-list', join(folder, 'one.pdf')], { encoding: 'utf8' })).toContain(
        'image',
      );
    });
  });
});
