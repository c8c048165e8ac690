import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** What a build in one file carries inside, since nothing stands beside it. */
interface Embedded {
  version: string | null;
  /** YAML of the shipped catalogues by id. */
  catalogues: Readonly<Record<string, string>>;
  /** The browser part of a report's page. */
  page: string | null;
  /** The solver's WebAssembly, in base64. */
  solver: string | null;
}

/** Set by the build in one file alone. */
declare const CCHC_EMBEDDED: Embedded | undefined;

export const embedded: Embedded =
  typeof CCHC_EMBEDDED === 'undefined'
    ? { version: null, catalogues: {}, page: null, solver: null }
    : CCHC_EMBEDDED;

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
