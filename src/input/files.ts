import { relative } from 'node:path';
import { error, failure, type Result } from '../diagnostics/diagnostic.js';

const PATTERN = /[*?[\]{}!]/;

/** Files that names and patterns (`**` too) stand for, in order; not every shell expands patterns. */
export async function expandFiles(names: readonly string[], folder: string): Promise<Result<string[]>> {
  const patterns = names.filter((n) => PATTERN.test(n));
  if (patterns.length === 0) return { ok: true, value: [...names], diagnostics: [] };
  const { glob } = await import('tinyglobby');
  const found: string[] = [];
  for (const name of names) {
    if (!PATTERN.test(name)) found.push(name);
    else {
      const absolute = await glob(name.replace(/\\/g, '/'), {
        cwd: folder,
        absolute: true,
        ignore: ['**/node_modules/**'],
      });
      found.push(...absolute.sort().map((file) => shorter(file)));
    }
  }
  const unique = [...new Set(found)];
  return unique.length > 0
    ? { ok: true, value: unique, diagnostics: [] }
    : failure(error('no-files', { patterns }));
}

/** A path from the working folder where that is shorter. */
function shorter(file: string): string {
  const near = relative(process.cwd(), file);
  return near.startsWith('..') ? file : near;
}
