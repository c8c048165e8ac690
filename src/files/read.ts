import { basename, dirname, extname } from 'node:path';
import {
  asFarAsRead,
  type Diagnostic,
  error,
  failure,
  hasErrors,
  note,
  type PartialResult,
  partialOf,
  type Result,
  warning,
} from '../values/diagnostic.js';
import { hiddenOf, type Sheet } from './cells.js';
import { decodeText, isZip } from './decode.js';
import { type Document, onlyDocument } from './document.js';
import { readBytes } from './limits.js';
import type { ColumnMap } from './reading-columns.js';
import type { SheetAccount } from './sheet-results.js';
import { readYamlDocuments } from './yaml.js';

/** What was made of a file: as far as it could be read, and what is wrong with it. */
export interface FileContent {
  /** Null when an error stands in the way; beside a fault of one row, value or key, what else is wrong is told too. */
  documents: Document[] | null;
  /** The encoding of a text; null for a workbook, or when it is none. */
  encoding: string | null;
  /** A table's sheets; none for YAML and JSON. */
  sheets: SheetAccount[];
  diagnostics: Diagnostic[];
}

/** Reads one file format: its bytes to the documents in it. */
type Reader = (file: string, bytes: Uint8Array) => Promise<FileContent>;

const unread = (diagnostics: Diagnostic[]): FileContent => ({
  documents: null,
  encoding: null,
  sheets: [],
  diagnostics,
});

/** A reader of a text format. */
const textReader =
  (load: () => Promise<(file: string, text: string) => PartialResult<Document[]>>): Reader =>
  async (file, bytes) => {
    const decoded = decodeText(file, bytes, false);
    if (!decoded.ok) return unread(decoded.diagnostics);
    const documents = (await load())(file, decoded.value.text);
    return {
      documents: asFarAsRead(documents) ?? null,
      encoding: decoded.value.encoding,
      sheets: [],
      diagnostics: [...decoded.diagnostics, ...documents.diagnostics],
    };
  };

const yaml = textReader(async () => readYamlDocuments);
const json = textReader(async () => {
  const { readJson } = await import('./json.js');
  return (file, text) => {
    const document = readJson(file, text);
    const data = asFarAsRead(document);
    return data ? partialOf([data], document.diagnostics) : failure(...document.diagnostics);
  };
});

/** Faults of a row or a cell, beside which the others can be read. */
const OF_ONE_ROW: ReadonlySet<string> = new Set([
  'duplicate-id',
  'row-too-wide',
  'cell-without-head',
  'split-decimal',
  'merged-value',
  'cell-error',
  'formula-not-calculated',
]);

/** A reader of tables, whose rows are readings. */
const tableReader =
  (load: (file: string, bytes: Uint8Array) => Promise<Result<DecodedTable>>): Reader =>
  async (file, bytes) => {
    const columns = await columnsFor(file);
    if (!columns.ok) return unread(columns.diagnostics);
    const table = await load(file, bytes);
    if (!table.ok) return unread(table.diagnostics);
    const { readingsOfSheets } = await import('./sheet.js');
    const { documents, accounts, diagnostics } = readingsOfSheets(table.value.sheets, columns.value);
    return {
      documents: hasErrors(diagnostics.filter((d) => !OF_ONE_ROW.has(d.code))) ? null : documents,
      encoding: table.value.encoding,
      sheets: accounts,
      diagnostics: [...table.diagnostics, ...diagnostics],
    };
  };

/** What the project that a table is in says of its columns. */
async function columnsFor(file: string): Promise<Result<ColumnMap>> {
  const { findConfig, openConfig } = await import('./config.js');
  const config = findConfig(dirname(file));
  if (config === null) return { ok: true, value: {}, diagnostics: [] };
  const opened = await openConfig(config);
  return opened.ok ? { ...opened, value: opened.value.columns } : opened;
}

/** The sheets of a table, and the encoding of a text. */
interface DecodedTable {
  sheets: Sheet[];
  encoding: string | null;
}

async function readCsvTable(file: string, bytes: Uint8Array): Promise<Result<DecodedTable>> {
  const { readCsv } = await import('./csv.js');
  const { rateOfReading } = await import('./reading-columns.js');
  const decoded = decodeText(file, bytes, true);
  if (!decoded.ok) return decoded;
  // A Mac writes letters and their marks apart.
  const { text } = decoded.value;
  const sheet = readCsv(file, /[\u0300-\u036f]/.test(text) ? text.normalize('NFC') : text, rateOfReading);
  const diagnostics = [...decoded.diagnostics, ...sheet.diagnostics];
  if (!sheet.ok) return { ok: false, diagnostics };
  return { ok: true, value: { sheets: [sheet.value], encoding: decoded.value.encoding }, diagnostics };
}

async function readWorkbook(file: string, bytes: Uint8Array): Promise<Result<DecodedTable>> {
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

const endingOf = (file: string) => extname(file).slice(1).toLowerCase();

/**
 * Standard input has no name to tell its format: a workbook by its first bytes; else YAML, which JSON is too, where
 * it holds maps; else CSV, where it has a table. What is none of them is told as YAML.
 */
const standardInput: Reader = async (file, bytes) => {
  if (isZip(bytes)) return workbook(file, bytes);
  const asYaml = await yaml(file, bytes);
  const isMap = ({ data }: Document) => typeof data === 'object' && data !== null;
  if (bytes.length === 0 || asYaml.documents?.every(isMap)) return asYaml;
  const asTable = await csv(file, bytes);
  return asTable.sheets.some(({ tables }) => tables.length > 0) ? asTable : asYaml;
};

/** Reads every document of a file, or of standard input for `-`. Throws nothing. */
export async function readDocuments(file: string): Promise<PartialResult<Document[]>> {
  const { documents, diagnostics } = await readFileContent(file);
  return documents ? partialOf(documents, diagnostics) : { ok: false, diagnostics };
}

/** Reads a file with an account of what was made of it. */
export async function readFileContent(file: string): Promise<FileContent> {
  const ending = endingOf(file);
  const known = Object.hasOwn(readers, ending) ? readers[ending] : undefined;
  const foreign = FOREIGN.includes(ending) ? workbook : null;
  const reader = file === '-' ? standardInput : (known ?? foreign);
  const bytes = await readBytes(file);
  if (!bytes.ok) return unread(bytes.diagnostics);
  if (reader) return reader(file, bytes.value);
  const unknown =
    ending === 'pdf'
      ? error('no-text', { file: basename(file) })
      : error('unknown-file-type', { file, options: readableEndings });
  return unread([{ ...unknown, place: { file } }]);
}

/** The cells of a CSV file, or of a workbook's visible sheets that have any, as they stand; hidden ones are told. */
export async function readTables(file: string): Promise<Result<Sheet[]>> {
  const bytes = await readBytes(file);
  if (!bytes.ok) return bytes;
  const ending = endingOf(file);
  const load = ['xlsx', 'xlsm', ...FOREIGN].includes(ending) ? readWorkbook : readCsvTable;
  const table = await load(file, bytes.value);
  if (!table.ok) return table;
  const filled = table.value.sheets.filter(({ rows }) => rows.length > 0);
  const hidden = filled.filter((sheet) => sheet.hidden);
  const diagnostics: Diagnostic[] = [...table.diagnostics];
  const { holdsMacros, Zip } = await import('./zip.js');
  // Only the names of its parts are looked at.
  const zip = Zip.open(bytes.value, 0);
  if (zip && holdsMacros(zip)) diagnostics.push({ ...note('macros-ignored', { file }), place: { file } });
  for (const sheet of hidden) {
    const cells = sheet.rows.reduce((sum, row) => sum + row.cells.length, 0);
    const params = { sheet: sheet.name ?? '', cells, hidden: true };
    diagnostics.push({ ...warning('sheet-not-used', params), place: { file: `${file}#${sheet.name}` } });
  }
  const shown = filled.filter((sheet) => !sheet.hidden);
  for (const sheet of shown) {
    const unseen = hiddenOf(sheet);
    if (unseen.rows.length > 0 || unseen.columns.length > 0)
      diagnostics.push({ ...note('unseen-read', unseen), place: { file: `${file}#${sheet.name}` } });
  }
  return { ok: true, value: shown, diagnostics };
}

/** Reads a file that holds one document. */
export async function readDocument(file: string): Promise<PartialResult<Document>> {
  return onlyDocument(file, await readDocuments(file));
}
