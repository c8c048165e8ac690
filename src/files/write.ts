import { existsSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type Diagnostic, error } from '../diagnostics/diagnostic.js';

/** Writes a file whole: to a temporary one beside it, then renamed. Refuses to write over unless forced. */
export function writeWhole(file: string, content: string | Uint8Array, force: boolean): Diagnostic | null {
  if (existsSync(file) && !force) return error('output-exists', { file });
  const temporary = join(dirname(file), `.cchc-${process.pid}-${process.hrtime.bigint()}.tmp`);
  try {
    writeFileSync(temporary, content, { flag: 'wx' });
    renameSync(temporary, file);
    return null;
  } catch (fault) {
    rmSync(temporary, { force: true });
    return error('output-unwritable', { file, reason: (fault as NodeJS.ErrnoException).code ?? 'unknown' });
  }
}
