import { readFileSync, statSync } from 'node:fs';
import { extname } from 'node:path';
import { error, failure, type Result } from '../diagnostics/diagnostic.js';
import type { Document } from './document.js';
import { LIMITS } from './limits.js';

/** One reader per file format; the key is the ending. Loaded when a file asks for it. */
const readers: Record<string, () => Promise<(file: string, text: string) => Result<Document>>> = {
  yaml: async () => (await import('./yaml.js')).readYaml,
  yml: async () => (await import('./yaml.js')).readYaml,
  json: async () => (await import('./json.js')).readJson,
};

/** File endings that can be read. */
export const readableEndings = Object.keys(readers);

/** Reads a file, or standard input for `-` (taken as YAML, which JSON is too). Throws nothing. */
export async function readDocument(file: string): Promise<Result<Document>> {
  const bytes = readBytes(file);
  if (!bytes.ok) return bytes;
  const text = decode(file, bytes.value);
  if (!text.ok) return text;
  const ending = file === '-' ? 'yaml' : extname(file).slice(1).toLowerCase();
  const load = Object.hasOwn(readers, ending) ? readers[ending] : undefined;
  if (!load) {
    return failure(placed(file, error('unknown-file-type', { file, known: readableEndings })));
  }
  return (await load())(file, text.value);
}

const placed = <T extends object>(file: string, d: T): T => ({ ...d, place: { file } });

function readBytes(file: string): Result<Uint8Array> {
  try {
    const size = file === '-' ? 0 : statSync(file).size;
    if (size > LIMITS.bytes) {
      return failure(placed(file, error('file-too-large', { file, size, limit: LIMITS.bytes })));
    }
    const value = readFileSync(file === '-' ? 0 : file);
    return { ok: true, value, diagnostics: [] };
  } catch (fault) {
    const code = (fault as NodeJS.ErrnoException).code ?? 'unknown';
    return failure(
      placed(
        file,
        code === 'ENOENT'
          ? error('file-not-found', { file })
          : error('file-unreadable', { file, reason: code }),
      ),
    );
  }
}

function decode(file: string, bytes: Uint8Array): Result<string> {
  try {
    const value = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return { ok: true, value, diagnostics: [] };
  } catch {
    return failure(placed(file, error('not-utf8', { file })));
  }
}
