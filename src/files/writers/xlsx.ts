import type { Writer } from './index.js';
import { tableOf } from './rows.js';

/** A worksheet of the same rows as the CSV; ids are text cells. */
export const xlsxWriter: Writer = {
  many: true,
  write: async (readings) => {
    const { default: ExcelJS } = await import('exceljs');
    const workbook = new ExcelJS.Workbook();
    const sheet = workbook.addWorksheet('cchc', { views: [{ state: 'frozen', ySplit: 1 }] });
    const { header, rows } = tableOf(readings);
    sheet.addRow(header).font = { bold: true };
    for (const row of rows) sheet.addRow(row);
    header.forEach((key, i) => {
      sheet.getColumn(i + 1).width = key === 'unit' || key === 'note' ? 24 : 14;
      if (key === 'id') sheet.getColumn(i + 1).numFmt = '@';
    });
    return new Uint8Array(await workbook.xlsx.writeBuffer());
  },
};
