import type { Cell, CellValue } from 'exceljs';
import { error, failure, type Result } from '../diagnostics/diagnostic.js';
import { fromNumber } from '../exact/fraction.js';
import { LIMITS } from './limits.js';
import type { Sheet, SheetCell } from './sheet.js';
import { inflatedSize } from './zip.js';

/** Reads the first worksheet of a workbook, each cell with its address. */
export async function readXlsx(file: string, bytes: Uint8Array): Promise<Result<Sheet>> {
  const fail = (reason: string) => failure({ ...error('syntax', { reason }), place: { file } });
  const size = inflatedSize(bytes);
  if (size === null) return fail('not an Excel workbook (.xlsx)');
  if (size > LIMITS.inflated) {
    return failure({ ...error('file-too-large', { file, size, limit: LIMITS.inflated }), place: { file } });
  }
  const { default: ExcelJS } = await import('exceljs');
  const workbook = new ExcelJS.Workbook();
  try {
    await workbook.xlsx.load(
      bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength) as ArrayBuffer,
    );
  } catch (fault) {
    return fail(fault instanceof Error ? fault.message : String(fault));
  }
  const worksheet = workbook.worksheets[0];
  if (!worksheet) return fail('no worksheet');
  if (worksheet.rowCount > LIMITS.rows) return fail(`more than ${LIMITS.rows} rows`);
  const rows: SheetCell[][] = [];
  worksheet.eachRow({ includeEmpty: true }, (row) => {
    const cells: SheetCell[] = [];
    for (let column = 1; column <= Math.min(row.cellCount, LIMITS.columns); column++) {
      const cell = row.getCell(column);
      const address = `${worksheet.name}!${cell.address}`;
      const value = plain(cell, cell.value);
      cells.push({ value, text: String(value), place: { file: `${file}#${address}` } });
    }
    rows.push(cells);
  });
  return { ok: true, value: { file, rows }, diagnostics: [] };
}

function plain(cell: Cell, value: CellValue): SheetCell['value'] {
  if (value === null || value === undefined) return '';
  if (typeof value === 'number') return cell.numFmt?.includes('%') ? percentText(value) : value;
  if (typeof value === 'string') return value.normalize('NFC').trim();
  if (typeof value === 'boolean') return value ? 'Có' : 'Không';
  if (value instanceof Date) return dateText(value);
  if ('richText' in value)
    return value.richText
      .map((part) => part.text)
      .join('')
      .normalize('NFC')
      .trim();
  if ('text' in value) return String(value.text).normalize('NFC').trim();
  if ('result' in value && value.result !== undefined) return plain(cell, value.result as CellValue);
  return '';
}

/** Excel keeps 99.2% as 0.992; fifteen digits are what it means. */
const percentText = (value: number) =>
  `${Number(
    fromNumber(Number(value.toPrecision(15)))
      .mul(100)
      .valueOf()
      .toPrecision(15),
  )}%`;

const two = (n: number) => String(n).padStart(2, '0');
const dateText = (date: Date) =>
  `${two(date.getUTCDate())}/${two(date.getUTCMonth() + 1)}/${date.getUTCFullYear()}`;
