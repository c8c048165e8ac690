import ExcelJS from 'exceljs';
import fc from 'fast-check';
import { HyperFormula } from 'hyperformula';
import { expect } from 'vitest';
import type { Catalogue } from '../src/catalogue/catalogue.js';
import { parseReading, score } from '../src/index.js';
import type { League } from '../src/ranking/league.js';
import type { Reading } from '../src/reading/reading.js';
import { workbookOf } from '../src/reports/workbook/workbook.js';
import { loadMessages } from '../src/text/index.js';
import { must } from './support.js';

/** One criterion's entry as a file writes it: a value on or beside a threshold, a deduction, an excuse. */
const entryFor = (catalogue: Catalogue, id: string): fc.Arbitrary<unknown> => {
  const criterion = catalogue.criteria.find((c) => c.id === id)!;
  const [input, ...more] = criterion.compiled.inputs;
  if (!input || more.length > 0) throw new Error('one indicator expected');
  const max = criterion.max / 10 ** catalogue.decimals;
  const excuses = [
    fc.constant({ not_applicable: true }),
    fc.constant({ deducted: max }),
    ...(criterion.exemption ? [fc.constant({ exempt: 'x' })] : []),
  ];
  if (input.form === 'table') {
    return fc.oneof(
      { weight: 6, arbitrary: fc.constantFrom(...input.levels.map((l) => l.level.vi)) },
      ...excuses.map((arbitrary) => ({ weight: 1, arbitrary })),
    );
  }
  const ends = input.line.flatMap((p) => [p.lo, p.hi].flatMap((end) => (end ? [end.valueOf()] : [])));
  const [low, high] = [input.range.lo?.valueOf() ?? 0, input.range.hi?.valueOf() ?? 12];
  const near = ends.flatMap((e) => [e - 1, e - 0.0001, e, e + 0.0001, e + 1]);
  const value =
    input.quantity === 'count'
      ? fc.integer({ min: Math.ceil(low), max: Math.floor(high) })
      : fc
          .oneof(
            fc.integer({ min: low * 10_000, max: high * 10_000 }).map((n) => n / 10_000),
            fc.constantFrom(...near),
          )
          .map((x) => Math.min(high, Math.max(low, Number(x.toFixed(4)))))
          .map((x) => (input.quantity === 'percent' ? `${x}%` : x));
  return fc.oneof({ weight: 8, arbitrary: value }, ...excuses.map((arbitrary) => ({ weight: 1, arbitrary })));
};

/** Whole readings of a catalogue with one indicator a criterion. */
export const readingsOf = (catalogue: Catalogue): fc.Arbitrary<Reading> =>
  fc
    .record(Object.fromEntries(catalogue.criteria.map((c) => [c.id, entryFor(catalogue, c.id)])))
    .map((indicators) =>
      must(
        parseReading(
          { unit: 'Huyện Như Xuân', year: catalogue.year, catalogue: catalogue.id, indicators },
          catalogue,
        ),
      ),
    );

/** The workbook of a reading, in a language, with its cached results taken out. */
export async function workbookFor(
  reading: Reading,
  catalogue: Catalogue,
  league: League | null,
  language: 'vi' | 'en',
): Promise<ExcelJS.Workbook> {
  const bytes = await workbookOf(
    { units: [{ reading, catalogue, scenarios: [] }], league, chart: null },
    await loadMessages(language),
  );
  const workbook = new ExcelJS.Workbook();
  await workbook.xlsx.load(Buffer.from(bytes) as never);
  return workbook;
}

/** Rows of the score sheet as a spreadsheet program left them: points, deduction, both tried out. */
export const SCORE_COLUMNS = { points: 5, deduction: 6, triedPoints: 7, triedDeduction: 8 } as const;

/** A workbook inside a formula engine; formulas start without results. */
export function engineOf(workbook: ExcelJS.Workbook) {
  const sheets = Object.fromEntries(
    workbook.worksheets.map((sheet) => {
      const rows: (string | number | null)[][] = [];
      sheet.eachRow({ includeEmpty: true }, (row, r) => {
        const cells: (string | number | null)[] = [];
        row.eachCell({ includeEmpty: true }, (cell, c) => {
          cells[c - 1] = cell.formula ? `=${cell.formula}` : ((cell.value as string | number | null) ?? null);
        });
        rows[r - 1] = Array.from(cells, (v) => v ?? null);
      });
      return [sheet.name, Array.from(rows, (row) => row ?? [])];
    }),
  );
  const engine = HyperFormula.buildFromSheets(sheets, { licenseKey: 'gpl-v3' });
  const at = (sheet: string, row: number, column: number) =>
    engine.getCellValue({ sheet: engine.getSheetId(sheet)!, row: row - 1, col: column - 1 });
  return { engine, at };
}

const HEAD = 4;
const SCORE = { vi: 'Điểm', en: 'Score' } as const;

/** Holds the points that a second engine works out in workbooks of random readings to the score. */
export const agreesWithEngine = (catalogue: Catalogue, runs: number) =>
  fc.assert(
    fc.asyncProperty(readingsOf(catalogue), fc.constantFrom('vi', 'en'), async (reading, language) => {
      const { engine, at } = engineOf(await workbookFor(reading, catalogue, null, language));
      const result = score(reading, catalogue);
      const unit = 10 ** catalogue.decimals;
      const points = (row: number) => at(SCORE[language], HEAD + 1 + row, SCORE_COLUMNS.points);
      for (const [i, row] of result.criteria.entries())
        expect(points(i), row.criterion.id).toBeCloseTo(row.points! / unit, 10);
      expect(points(result.criteria.length + 1)).toBeCloseTo(result.total.score! / unit, 10);
      engine.destroy();
    }),
    { numRuns: runs },
  );
