import { readFileSync, statSync } from 'node:fs';
import { type Diagnostic, error, failure, type Result } from '../diagnostics/diagnostic.js';
import { LIMITS } from './limits.js';

/** The bytes of a regular file, or of standard input for `-`. Throws nothing. */
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
