import { freeze } from '../catalogue/frozen.js';
import { parseCatalogue } from '../catalogue/parse.js';
import { readDocument } from './read.js';

/** A catalogue file as frozen text; null when anything at all is to be said about it. For the build. */
export async function frozenCatalogue(file: string): Promise<string | null> {
  const document = await readDocument(file);
  if (!document.ok) return null;
  const parsed = parseCatalogue(document.value.data);
  const told = document.diagnostics.length + parsed.diagnostics.length;
  return parsed.ok && told === 0 ? freeze(parsed.value) : null;
}
