import { atYear } from '../catalogue/compose.js';
import { freeze } from '../catalogue/frozen.js';
import { parseCatalogue } from '../catalogue/parse.js';
import { readDocument } from './read.js';

/** A catalogue file as frozen text; null when anything at all is to be said about it. For the build. */
export async function frozenCatalogue(file: string): Promise<string | null> {
  const document = await readDocument(file);
  // One that extends another depends on more than its own text.
  if (!document.ok || 'extends' in (document.value.data as object)) return null;
  const parsed = parseCatalogue(
    atYear(document.value.data, Number((document.value.data as { year: unknown }).year)),
  );
  const told = document.diagnostics.length + parsed.diagnostics.length;
  return parsed.ok && told === 0 ? freeze(parsed.value) : null;
}

export { composedData } from './catalogue.js';
