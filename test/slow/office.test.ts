import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import ExcelJS from 'exceljs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { loadCatalogue, score } from '../../src/index.js';
import { cchc, must, NHU_XUAN, withFiles } from '../support.js';
import { readingsOf, SCORE_COLUMNS, workbookFor } from '../workbook-support.js';

const READINGS = 200;
const HEAD = 4;

/** LibreOffice without a window, with settings of its own so that runs do not meet. */
function office(folder: string, to: string, out: string, files: string[]): void {
  const profile = `-env:UserInstallation=file://${folder}/profile`;
  const args = [profile, '--headless', '--convert-to', to, '--outdir', out, ...files];
  execFileSync(process.env.SOFFICE ?? 'soffice', args, { stdio: 'ignore', timeout: 300_000 });
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
  }, 600_000);

  it('opens the letter and turns it into pages', async () => {
    await withFiles({}, async (folder) => {
      const file = join(folder, 'letter.docx');
      expect((await cchc(['letter', NHU_XUAN, '--lang', 'vi', '--output', file])).code).toBe(0);
      office(folder, 'pdf', folder, [file]);
      const text = execFileSync('pdftotext', ['-layout', join(folder, 'letter.pdf'), '-'], {
        encoding: 'utf8',
      });
      const plain = text.normalize('NFC').replace(/\s+/g, ' ');
      expect(plain).toContain('CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM');
      expect(plain).toContain('bị trừ 12,3897 điểm ở 15 tiêu chí');
      expect(plain).toContain('7.3.3.');
      const info = execFileSync('pdfinfo', [join(folder, 'letter.pdf')], { encoding: 'utf8' });
      expect(info).toMatch(/Page size:\s+595\.\d+ x 84[12]\.\d+ pts/);
    });
  }, 120_000);
});
