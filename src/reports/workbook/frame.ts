import type { Workbook, Worksheet } from 'exceljs';
import type { Level } from '../../rules/rule.js';
import type { Words } from '../../text/messages.js';
import type { ReportModel } from '../model.js';

/** Where the rows of a workbook stand, for the sheets that refer to them. */
export interface Layout {
  model: ReportModel;
  words: Words;
  /** Names of the sheets that others refer to, quoted. */
  inputs: string;
  score: string;
  /** Row of each criterion on the score sheet, and of its first indicator on the input sheet. */
  scoreRow: ReadonlyMap<string, number>;
  inputRow: ReadonlyMap<string, number>;
  totalRow: number;
  level(level: Level): string;
}

/** The row of headings; data start below it. */
export const HEAD = 4;
export const POINTS_FORMAT = '0.0###';
/** Columns of the score sheet, for the sheets that add them up. */
export const SCORE = { max: 'D', points: 'E', deduction: 'F', triedDeduction: 'H' } as const;

export function addSheet(
  workbook: Workbook,
  name: string,
  title: string,
  heads: string[],
  widths: number[],
): Worksheet {
  const sheet = workbook.addWorksheet(name, {
    views: [{ state: 'frozen', ySplit: HEAD, xSplit: 1 }],
    pageSetup: { paperSize: 9, orientation: 'landscape', fitToPage: true, fitToWidth: 1, fitToHeight: 0 },
  });
  sheet.getCell(1, 1).value = title;
  sheet.getCell(1, 1).font = { bold: true, size: 14 };
  heads.forEach((head, i) => {
    const cell = sheet.getCell(HEAD, i + 1);
    cell.value = head;
    cell.font = { bold: true };
    cell.alignment = { wrapText: true, vertical: 'middle' };
    cell.border = { bottom: { style: 'thin' } };
  });
  widths.forEach((width, i) => {
    sheet.getColumn(i + 1).width = width;
  });
  return sheet;
}

export const lock = (sheet: Worksheet) => sheet.protect('', { formatColumns: true, formatRows: true });

/** Data bars under numbers, red for what is lost. */
export function dataBars(sheet: Worksheet, ref: string, argb: string): void {
  const rule = {
    type: 'dataBar',
    priority: 1,
    cfvo: [{ type: 'num', value: 0 }, { type: 'max' }],
    color: { argb },
    gradient: false,
  };
  sheet.addConditionalFormatting({ ref, rules: [rule as never] });
}
