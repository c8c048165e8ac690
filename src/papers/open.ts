import { basename, extname } from 'node:path';
import { error, failure, type Result } from '../diagnostics/diagnostic.js';
import { decodeText } from '../files/decode.js';
import { readDocx } from '../files/docx.js';
import { readBytes } from '../files/limits.js';
import { readTables } from '../files/read.js';
import type { Grid } from './heads.js';
import { markdownTables, type Paragraph, paragraphsOf } from './paragraphs.js';

/** A paper that an office received: what it says in paragraphs, and its tables. */
export interface Paper {
  file: string;
  paragraphs: Paragraph[];
  tables: Grid[];
}

type Reader = (file: string) => Promise<Result<Paper>>;

async function decoded(file: string): Promise<Result<string>> {
  const bytes = await readBytes(file);
  if (!bytes.ok) return bytes;
  const read = decodeText(file, bytes.value, true);
  return read.ok ? { ...read, value: read.value.text } : read;
}

const plainText: Reader = async (file) => {
  const text = await decoded(file);
  return text.ok ? { ...text, value: { file, paragraphs: paragraphsOf(text.value), tables: [] } } : text;
};

const markdown: Reader = async (file) => {
  const text = await decoded(file);
  if (!text.ok) return text;
  const { tables, rest } = markdownTables(text.value, file);
  return { ...text, value: { file, paragraphs: paragraphsOf(rest), tables } };
};

const word: Reader = async (file) => {
  const bytes = await readBytes(file);
  if (!bytes.ok) return bytes;
  const read = readDocx(file, bytes.value);
  if (!read.ok) return read;
  const tables = read.value.tables.map((rows, i) =>
    rows.map((row) =>
      row.map(({ text, row: line, column }) => ({ text, place: { file: `${file}#${i + 1}`, line, column } })),
    ),
  );
  const paragraphs = read.value.paragraphs.flatMap(({ text, inTable }, i) =>
    text.split('\n').map((part) => ({ text: part.trim(), line: i + 1, inTable })),
  );
  return { ok: true, value: { file, paragraphs, tables }, diagnostics: read.diagnostics };
};

const table: Reader = async (file) => {
  const read = await readTables(file);
  if (!read.ok) return read;
  return { ...read, value: { file, paragraphs: [], tables: read.value.map((sheet) => sheet.rows) } };
};

/** A page format: its text cannot be told from its layout, and a scan has none. */
const page: Reader = async (file) => {
  const bytes = await readBytes(file);
  return bytes.ok ? failure({ ...error('no-text', { file: basename(file) }), place: { file } }) : bytes;
};

/** One reader per ending. */
const readers: Readonly<Record<string, Reader>> = {
  docx: word,
  docm: word,
  txt: plainText,
  md: markdown,
  csv: table,
  tsv: table,
  xlsx: table,
  xlsm: table,
  xls: table,
  ods: table,
  pdf: page,
};

/** Reads a paper by the ending of its name. */
export async function openPaper(file: string): Promise<Result<Paper>> {
  const ending = file === '-' ? 'txt' : extname(file).slice(1).toLowerCase();
  const reader = Object.hasOwn(readers, ending) ? readers[ending] : undefined;
  const known = Object.keys(readers).filter((e) => !['pdf', 'xls', 'ods'].includes(e));
  return reader ? reader(file) : failure({ ...error('unknown-file-type', { file, known }), place: { file } });
}
