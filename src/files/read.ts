import { readFileSync, statSync } from 'node:fs';
import { extname } from 'node:path';
import {
  type Diagnostic,
  error,
  failure,
  type Place,
  type Result,
  warning,
} from '../diagnostics/diagnostic.js';
import { denseRows, type Sheet } from './cells.js';
import { type Document, onlyDocument } from './document.js';
import { LIMITS } from './limits.js';
import type { ColumnMap } from './reading-columns.js';
import type { SheetAccount } from './sheet.js';

/** A file that has been read: its documents, and how they were understood. */
export interface FileContent {
  documents: Document[];
  /** The encoding of a text; null for a workbook. */
  encoding: string | null;
  /** A table's sheets; none for YAML and JSON. */
  sheets: SheetAccount[];
}

/** Reads one file format: its bytes to the documents in it. */
type Reader = (file: string, bytes: Uint8Array, columns: ColumnMap) => Promise<Result<FileContent>>;

/** A reader of a text format. */
const textReader =
  (load: () => Promise<(file: string, text: string) => Result<Document[]>>): Reader =>
  async (file, bytes) => {
    const { decodeText } = await import('./decode.js');
    const decoded = decodeText(file, bytes, false);
    if (!decoded.ok) return decoded;
    const found = (await load())(file, decoded.value.text);
    const diagnostics = [...decoded.diagnostics, ...found.diagnostics];
    if (!found.ok) return { ok: false, diagnostics };
    const { encoding } = decoded.value;
    return { ok: true, value: { documents: found.value, encoding, sheets: [] }, diagnostics };
  };

const yaml = textReader(async () => (await import('./yaml.js')).readYamlDocuments);
const json = textReader(async () => {
  const { readJson } = await import('./json.js');
  return (file, text) => {
    const found = readJson(file, text);
    return found.ok ? { ...found, value: [found.value] } : found;
  };
});

/** A reader of tables, whose rows are readings. */
const tableReader =
  (load: (file: string, bytes: Uint8Array) => Promise<Result<Table>>): Reader =>
  async (file, bytes, columns) => {
    const table = await load(file, bytes);
    if (!table.ok) return table;
    const { readingsOfSheets } = await import('./sheet.js');
    const found = readingsOfSheets(table.value.sheets, columns);
    const diagnostics = [...table.diagnostics, ...found.diagnostics];
    if (!found.ok) return { ok: false, diagnostics };
    const { documents, accounts } = found.value;
    return { ok: true, value: { documents, encoding: table.value.encoding, sheets: accounts }, diagnostics };
  };

/** The sheets of a table, and the encoding of a text. */
interface Table {
  sheets: Sheet[];
  encoding: string | null;
}

async function readCsvTable(file: string, bytes: Uint8Array): Promise<Result<Table>> {
  const [{ readCsv }, { decodeText }, { rateOfReading }] = await Promise.all([
    import('./csv.js'),
    import('./decode.js'),
    import('./reading-columns.js'),
  ]);
  const decoded = decodeText(file, bytes, true);
  if (!decoded.ok) return decoded;
  const sheet = readCsv(file, decoded.value.text, rateOfReading);
  const diagnostics = [...decoded.diagnostics, ...sheet.diagnostics];
  if (!sheet.ok) return { ok: false, diagnostics };
  return { ok: true, value: { sheets: [sheet.value], encoding: decoded.value.encoding }, diagnostics };
}

async function readWorkbook(file: string, bytes: Uint8Array): Promise<Result<Table>> {
  const sheets = (await import('./xlsx.js')).readXlsx(file, bytes);
  return sheets.ok ? { ...sheets, value: { sheets: sheets.value, encoding: null } } : sheets;
}

const csv = tableReader(readCsvTable);
const workbook = tableReader(readWorkbook);

/** One reader per ending, loaded when a file asks for it. A new format is one file and one line here. */
const readers: Record<string, Reader> = {
  yaml,
  yml: yaml,
  json,
  csv,
  tsv: csv,
  xlsx: workbook,
  xlsm: workbook,
};

/** Endings of workbooks that cannot be read: what each is, and what to do, is said. */
const FOREIGN = ['xls', 'xlsb', 'xltx', 'xltm', 'ods', 'fods', 'htm', 'html'];

/** File endings that can be read. */
const readableEndings = Object.keys(readers);

const endingOf = (file: string) => (file === '-' ? 'yaml' : extname(file).slice(1).toLowerCase());

/** Reads every document of a file, or of standard input for `-` (YAML, which JSON is too). Throws nothing. */
export async function readDocuments(file: string, columns: ColumnMap = {}): Promise<Result<Document[]>> {
  const found = await readFileContent(file, columns);
  return found.ok ? { ...found, value: found.value.documents } : found;
}

/** Reads a file with an account of what was made of it. */
export async function readFileContent(file: string, columns: ColumnMap = {}): Promise<Result<FileContent>> {
  const ending = endingOf(file);
  const reader = Object.hasOwn(readers, ending)
    ? readers[ending]!
    : FOREIGN.includes(ending)
      ? workbook
      : null;
  const bytes = await readBytes(file);
  if (!bytes.ok) return bytes;
  if (!reader)
    return failure({ ...error('unknown-file-type', { file, known: readableEndings }), place: { file } });
  return reader(file, bytes.value, columns);
}

/** The cells of a CSV file, or of a workbook's first visible sheet that has any, as they stand. */
export async function readTable(
  file: string,
): Promise<Result<{ file: string; rows: { text: string; place: Place }[][] }>> {
  const bytes = await readBytes(file);
  if (!bytes.ok) return bytes;
  const ending = endingOf(file);
  const load = ['xlsx', 'xlsm', ...FOREIGN].includes(ending) ? readWorkbook : readCsvTable;
  const table = await load(file, bytes.value);
  if (!table.ok) return table;
  const shown = table.value.sheets.filter(({ hidden, rows }) => !hidden && rows.length > 0);
  const diagnostics: Diagnostic[] = [...table.diagnostics];
  for (const sheet of table.value.sheets) {
    if (sheet === shown[0] || sheet.rows.length === 0) continue;
    const cells = sheet.rows.reduce((sum, row) => sum + row.cells.length, 0);
    const place = { file: `${file}#${sheet.name}` };
    const params = { sheet: sheet.name ?? '', cells, hidden: sheet.hidden };
    diagnostics.push({ ...warning('sheet-not-used', params), place });
  }
  return { ok: true, value: { file, rows: shown[0] ? denseRows(shown[0]) : [] }, diagnostics };
}

/** Reads a file that holds one document. */
export async function readDocument(file: string): Promise<Result<Document>> {
  const found = await readDocuments(file);
  return found.ok ? onlyDocument(file, found) : found;
}

/** The bytes of a file, or of standard input for `-`, within the limit. */
export async function readBytes(file: string): Promise<Result<Uint8Array>> {
  const fail = (problem: Diagnostic) => failure({ ...problem, place: { file } });
  const tooLarge = (size: number) => fail(error('file-too-large', { file, size, limit: LIMITS.bytes }));
  try {
    if (file === '-') return await readStandardInput(tooLarge);
    const about = statSync(file);
    if (about.isDirectory()) return fail(error('file-unreadable', { file, reason: 'EISDIR' }));
    // A device or a pipe may never end.
    if (!about.isFile()) return fail(error('not-a-regular-file', { file }));
    if (about.size > LIMITS.bytes) return tooLarge(about.size);
    return { ok: true, value: readFileSync(file), diagnostics: [] };
  } catch (fault) {
    const reason = (fault as NodeJS.ErrnoException).code ?? 'unknown';
    return fail(
      reason === 'ENOENT' ? error('file-not-found', { file }) : error('file-unreadable', { file, reason }),
    );
  }
}

/** A pipe may have nothing to read yet, so it is waited for. */
async function readStandardInput(
  tooLarge: (size: number) => Result<Uint8Array>,
): Promise<Result<Uint8Array>> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of process.stdin) {
    chunks.push(chunk as Uint8Array);
    size += (chunk as Uint8Array).length;
    if (size > LIMITS.bytes) return tooLarge(size);
  }
  return { ok: true, value: Buffer.concat(chunks), diagnostics: [] };
}
