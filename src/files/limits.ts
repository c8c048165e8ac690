import { closeSync, constants, fstatSync, openSync, readdirSync, readSync } from 'node:fs';
import { basename, dirname, extname, join } from 'node:path';
import { type Diagnostic, error, failure, type Result } from '../values/diagnostic.js';
import { nearest } from '../values/suggest.js';

/**
 * What a file may be at most; a larger one is refused, so that no file takes more than seconds and some hundred
 * megabytes.
 */
export const LIMITS = {
  /** Bytes of a file. */
  bytes: 100 * 1024 * 1024,
  /** Bytes of YAML, whose reader takes about a second for two million. */
  yamlBytes: 5 * 1024 * 1024,
  /** Signs in YAML that begin a value; its reader takes about a kilobyte for each. */
  yamlMarks: 250_000,
  /** Values of a YAML file, those that aliases repeat counted again. */
  yamlValues: 300_000,
  /** Values of a JSON file. */
  jsonValues: 1_000_000,
  /** Readings, or other documents, of a file; each takes some fifty kilobytes to score. */
  documents: 20_000,
  /** Nesting of maps and lists. */
  depth: 40,
  /** Rows of a table that are not blank. */
  rows: 2_000_000,
  /** Columns of a CSV row that are not blank: those of 20,000 units side by side, and some before them. */
  columns: 20_100,
  /** Cells of a workbook that are not blank. */
  cells: 4_000_000,
  /** Cells of a CSV that are not blank; they are made row by row. */
  csvCells: 20_000_000,
  /** The last row and column of a worksheet. */
  sheetRows: 1_048_576,
  sheetColumns: 16_384,
  /** Merged ranges of a worksheet. */
  merges: 100_000,
  /** Bytes that the parts of a workbook may inflate to. */
  inflated: 200 * 1024 * 1024,
};

/** The file of the same folder whose name, apart from its ending, is nearest; of the same ending where one is. */
function neighbour(file: string): string | undefined {
  const stem = (name: string) => basename(name, extname(name));
  try {
    const names = readdirSync(dirname(file)).filter(
      (name) => extname(name) !== '' && name !== basename(file),
    );
    const near = nearest(stem(file), names.map(stem));
    const alike = names.filter((name) => stem(name) === near);
    const name = alike.find((other) => extname(other) === extname(file)) ?? alike[0];
    return name && join(dirname(file), name);
  } catch {
    return undefined;
  }
}

/** The bytes of a regular file, or of standard input for `-`. Throws nothing. */
export async function readBytes(file: string): Promise<Result<Uint8Array>> {
  const fail = (problem: Diagnostic) => failure({ ...problem, place: { file } });
  const tooLarge = (size: number) => fail(error('file-too-large', { file, size, limit: LIMITS.bytes }));
  let opened: number | null = null;
  try {
    if (file === '-' && process.stdin.readableEnded)
      return fail(error('file-unreadable', { file, reason: 'EOF' }));
    if (file === '-') return await readStandardInput(tooLarge);
    // Without waiting for what a pipe, or a file of the system's own, may never say.
    opened = openSync(file, constants.O_RDONLY | constants.O_NONBLOCK);
    const about = fstatSync(opened);
    if (about.isDirectory()) return fail(error('file-unreadable', { file, reason: 'EISDIR' }));
    // A device or a pipe may never end.
    if (!about.isFile()) return fail(error('not-a-regular-file', { file }));
    if (about.size > LIMITS.bytes) return tooLarge(about.size);
    const bytes = readAtMost(opened, about.size, LIMITS.bytes);
    return bytes ? { ok: true, value: bytes, diagnostics: [] } : tooLarge(LIMITS.bytes + 1);
  } catch (fault) {
    const reason = (fault as NodeJS.ErrnoException).code ?? 'unknown';
    return fail(
      reason === 'ENOENT'
        ? error('file-not-found', { file, suggestion: neighbour(file) })
        : error('file-unreadable', { file, reason }),
    );
  } finally {
    if (opened !== null) closeSync(opened);
  }
}

/** What an open file holds, which may be more than it says: files of the system's own say nothing. Null beyond `most`. */
function readAtMost(opened: number, says: number, most: number): Uint8Array | null {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for (;;) {
    const chunk = Buffer.allocUnsafe(Math.max(says - size + 1, 64 * 1024));
    const read = readSync(opened, chunk);
    if (read === 0) return chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks);
    size += read;
    if (size > most) return null;
    chunks.push(chunk.subarray(0, read));
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
