import { PassThrough } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { type Diagnostic, warning } from '../values/diagnostic.js';
import { AMBIGUOUS_NUMERAL, NUMERAL } from '../values/fraction.js';
import { csvCell } from './csv.js';
import { yamlText } from './yaml.js';

/** A reading as plain data, in the keys of its file formats. */
export interface ReadingData {
  unit?: unknown;
  code?: unknown;
  kind?: unknown;
  year?: unknown;
  catalogue?: unknown;
  note?: unknown;
  indicators: Record<string, unknown>;
}

/** Writes readings in one file format; `many` says whether a file may hold several. */
export interface ReadingWriter {
  many: boolean;
  write(readings: readonly ReadingData[]): Promise<string | Uint8Array>;
}

/** Columns of an entry, in the order a sheet shows them. */
export const KEYS = (
  'value done total expected plan months history parts values counts target leader last_year group ' +
  'deducted exempt not_applicable max self_scored appraised provenance source note evidence'
).split(' ');

type CellValue = string | number | boolean | null;

/** Readings as one table: a row an entry, only the columns that are used. */
function tableOf(readings: readonly ReadingData[]): { header: string[]; rows: CellValue[][] } {
  const entries = readings.flatMap((r) =>
    Object.entries(r.indicators).map(([id, raw]) => ({
      reading: r,
      id,
      entry: (typeof raw === 'object' && raw !== null ? raw : { value: raw }) as Record<string, unknown>,
    })),
  );
  const used = KEYS.filter((key) => entries.some(({ entry }) => entry[key] !== undefined));
  const said = (key: 'code' | 'kind') => readings.some((r) => r[key] !== undefined && r[key] !== null);
  const meta = ['unit', ...(['code', 'kind'] as const).filter(said), 'year', 'catalogue'];
  const rows = entries.map(({ reading, id, entry }) => [
    ...meta.map((key) => cellOf(reading[key as 'unit'])),
    id,
    ...used.map((key) => cellOf(entry[key])),
  ]);
  return { header: [...meta, 'id', ...used], rows };
}

function cellOf(value: unknown): CellValue {
  if (value === undefined || value === null) return null;
  if (typeof value === 'object') return JSON.stringify(value);
  return value as CellValue;
}

/** A number with three places gets a fourth, since `1.234` may be a thousand; a text numeral is quoted. */
function csvNumber(value: CellValue): string {
  if (typeof value === 'number') {
    const text = String(value);
    return AMBIGUOUS_NUMERAL.test(text) ? `${text}0` : text;
  }
  if (typeof value === 'string' && NUMERAL.test(value)) return `"${value}"`;
  return csvCell(value);
}

/** Comma-separated, with a mark that tells Excel it is UTF-8. */
function csvText(readings: readonly ReadingData[]): string {
  const { header, rows } = tableOf(readings);
  const at = header.indexOf('id');
  const lines = rows.map((row) => row.map((v, i) => (i === at ? csvCell(v) : csvNumber(v))).join(','));
  return `\ufeff${[header.join(','), ...lines].map((line) => `${line}\r\n`).join('')}`;
}

/** A worksheet of the same rows as the CSV; ids are text cells. Rows are let go as they are written: all take a gigabyte. */
async function workbookOf(readings: readonly ReadingData[]): Promise<Uint8Array> {
  const { default: ExcelJS } = await import('exceljs');
  // A package under this one makes buffers in a way that Node would warn of.
  process.noDeprecation = true;
  const stream = new PassThrough();
  const written = buffer(stream);
  const workbook = new ExcelJS.stream.xlsx.WorkbookWriter({
    stream,
    useStyles: true,
    useSharedStrings: true,
  });
  const sheet = workbook.addWorksheet('cchc', { views: [{ state: 'frozen', ySplit: 1 }] });
  const { header, rows } = tableOf(readings);
  header.forEach((key, i) => {
    sheet.getColumn(i + 1).width = key === 'unit' || key === 'note' ? 24 : 14;
    if (key === 'id') sheet.getColumn(i + 1).numFmt = '@';
  });
  const head = sheet.addRow(header);
  head.font = { bold: true };
  head.commit();
  for (const row of rows) sheet.addRow(row).commit();
  sheet.commit();
  await workbook.commit();
  return new Uint8Array(await written);
}

const yaml: ReadingWriter = {
  many: false,
  write: async ([reading]) => yamlText(reading!),
};

/** One writer per file ending. */
export const writers = {
  yaml,
  yml: yaml,
  json: { many: false, write: async ([reading]) => `${JSON.stringify(reading, null, 2)}\n` },
  csv: { many: true, write: async (readings) => csvText(readings) },
  xlsx: { many: true, write: workbookOf },
} satisfies Record<string, ReadingWriter>;

/** A table has rows of criteria, and none for what a reading says of itself, or for one without criteria. */
export const leftOutOfTable = (readings: readonly ReadingData[], file: string): Diagnostic[] =>
  readings.flatMap((r) => {
    const params = { unit: `${r.unit} ${r.year}`, file };
    if (Object.keys(r.indicators).length === 0) return [warning('reading-left-out', params)];
    return r.note === undefined || r.note === null ? [] : [warning('note-left-out', params)];
  });

/** Readings in every format, each made when it is asked for. */
export const readingDocuments = (readings: readonly ReadingData[]) =>
  Object.fromEntries(
    Object.entries<ReadingWriter>(writers).map(([format, writer]) => [format, () => writer.write(readings)]),
  );
