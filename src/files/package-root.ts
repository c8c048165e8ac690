import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { embedded } from './embedded.js';

/** The whole program in one file: this one, or the one that was built beside it; null when there is none. */
export function wholeProgram(): string | null {
  if (embedded.version !== null) return fileURLToPath(import.meta.url);
  const file = join(packageRoot() ?? '', 'dist', 'cchc.mjs');
  return existsSync(file) ? file : null;
}

/** The folder that holds the shipped `criteria/`, wherever this module was bundled to; null when it stands alone in one file. */
export function packageRoot(): string | null {
  let folder = dirname(fileURLToPath(import.meta.url));
  while (!existsSync(join(folder, 'criteria', 'thanh-hoa-district-2022.yaml'))) {
    const up = dirname(folder);
    if (up === folder) return null;
    folder = up;
  }
  return folder;
}
