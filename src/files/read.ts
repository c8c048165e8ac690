import { readFileSync, statSync } from 'node:fs';
import { extname } from 'node:path';
import { error, failure, type Result } from '../diagnostics/diagnostic.js';
import { decodeText } from './decode.js';
import type { Document } from './document.js';
import { LIMITS } from './limits.js';
import type { Sheet } from './sheet.js';

/** Reads one file format: its bytes to the documents in it. */
interface Reader {
  /** Whether old Windows encodings are tried. */
  legacy?: boolean;
  read(file: string, bytes: Uint8Array, text: () => Result<string>): Promise<Result<Document[]>>;
}

/** A reader of a text format with one document a file. */
const textReader = (load: () => Promise<(file: string, text: string) => Result<Document>>): Reader => ({
  async read(file, _bytes, text) {
    const decoded = text();
    if (!decoded.ok) return decoded;
    const found = (await load())(file, decoded.value);
    const diagnostics = [...decoded.diagnostics, ...found.diagnostics];
    return found.ok ? { ok: true, value: [found.value], diagnostics } : { ok: false, diagnostics };
  },
});

const csv: Reader = {
  legacy: true,
  async read(file, _bytes, text) {
    const decoded = text();
    if (!decoded.ok) return decoded;
    const [{ readCsv }, { readingsOfSheet }] = await Promise.all([import('./csv.js'), import('./sheet.js')]);
    const sheet = readCsv(file, decoded.value);
    if (!sheet.ok) return sheet;
    const found = readingsOfSheet(sheet.value);
    return { ...found, diagnostics: [...decoded.diagnostics, ...found.diagnostics] };
  },
};

const yaml = textReader(async () => (await import('./yaml.js')).readYaml);

/** One reader per ending, loaded when a file asks for it. A new format is one file and one line here. */
const readers: Record<string, Reader> = {
  yaml,
  yml: yaml,
  json: textReader(async () => (await import('./json.js')).readJson),
  csv,
  tsv: csv,
  xlsx: {
    async read(file, bytes) {
      const [{ readXlsx }, { readingsOfSheet }] = await Promise.all([
        import('./xlsx.js'),
        import('./sheet.js'),
      ]);
      const sheet = await readXlsx(file, bytes);
      return sheet.ok ? readingsOfSheet(sheet.value) : sheet;
    },
  },
};

/** File endings that can be read. */
const readableEndings = Object.keys(readers);

/** Reads every document of a file, or of standard input for `-` (YAML, which JSON is too). Throws nothing. */
export async function readDocuments(file: string): Promise<Result<Document[]>> {
  const bytes = await readBytes(file);
  if (!bytes.ok) return bytes;
  const ending = file === '-' ? 'yaml' : extname(file).slice(1).toLowerCase();
  const reader = Object.hasOwn(readers, ending) ? readers[ending] : undefined;
  if (!reader)
    return failure({ ...error('unknown-file-type', { file, known: readableEndings }), place: { file } });
  return reader.read(file, bytes.value, () => textOf(file, bytes.value, reader.legacy === true));
}

function textOf(file: string, bytes: Uint8Array, legacy: boolean): Result<string> {
  const decoded = decodeText(file, bytes, legacy);
  return decoded
    ? { ok: true, value: decoded.text, diagnostics: decoded.notes }
    : failure({ ...error('not-utf8', { file }), place: { file } });
}

/** Reads the cells of a CSV file or a worksheet as they stand. */
export async function readTable(file: string): Promise<Result<Sheet>> {
  const bytes = await readBytes(file);
  if (!bytes.ok) return bytes;
  const ending = extname(file).slice(1).toLowerCase();
  if (ending === 'xlsx') return (await import('./xlsx.js')).readXlsx(file, bytes.value);
  const decoded = textOf(file, bytes.value, true);
  return decoded.ok ? (await import('./csv.js')).readCsv(file, decoded.value) : decoded;
}

/** Reads a file that holds one document. */
export async function readDocument(file: string): Promise<Result<Document>> {
  const found = await readDocuments(file);
  if (!found.ok) return found;
  const [first, ...rest] = found.value;
  if (first && rest.length === 0) return { ...found, value: first };
  return failure({ ...error('many-readings', { count: found.value.length }), place: { file } });
}

async function readBytes(file: string): Promise<Result<Uint8Array>> {
  const fail = (problem: ReturnType<typeof error>) => failure({ ...problem, place: { file } });
  const tooLarge = (size: number) => fail(error('file-too-large', { file, size, limit: LIMITS.bytes }));
  try {
    if (file === '-') return await readStandardInput(tooLarge);
    const { size } = statSync(file);
    if (size > LIMITS.bytes) return tooLarge(size);
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
