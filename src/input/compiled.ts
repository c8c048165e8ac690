import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** A shipped catalogue, compiled ahead: the YAML it was compiled from, and the frozen catalogue. */
interface CompiledCatalogue {
  yaml: string;
  frozen: string;
}

/** The folder of compiled catalogues beside the bundle. None in the source; the build names it. */
const folder: string | null = null;

/** The catalogue compiled ahead under this id, if the build has one. */
export function compiledCatalogue(id: string): CompiledCatalogue | null {
  if (folder === null || !/^[\w.-]+$/.test(id)) return null;
  const file = fileURLToPath(new URL(`${folder}/${id}.json`, import.meta.url));
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as CompiledCatalogue) : null;
}
