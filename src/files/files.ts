import { relative, resolve } from 'node:path';
import { error, failure, type Result } from '../diagnostics/diagnostic.js';

const PATTERN = /[*?[\]{}!]/;

/** Files that names and patterns (`**` too) stand for, from `folder`, in order; not every shell expands patterns. */
export async function expandFiles(names: readonly string[], folder: string): Promise<Result<string[]>> {
  const paths: string[] = [];
  for (const name of names) {
    if (!PATTERN.test(name)) paths.push(folder === process.cwd() ? name : shorter(resolve(folder, name)));
    else {
      const { glob } = await import('tinyglobby');
      const absolute = await glob(name.replace(/\\/g, '/'), {
        cwd: folder,
        absolute: true,
        ignore: ['**/node_modules/**'],
      });
      for (const one of absolute.sort()) paths.push(shorter(one));
    }
  }
  if (paths.length === 0) return failure(error('no-files', { patterns: [...names] }));
  return { ok: true, value: [...new Set(paths)], diagnostics: [] };
}

/** A path from the working folder where that is shorter. */
function shorter(file: string): string {
  const near = relative(process.cwd(), file);
  return near.startsWith('..') ? file : near;
}
