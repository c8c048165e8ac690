import { diffCatalogues } from '../catalogue/diff.js';
import { EXIT, type OptionValues, type Outcome, type Session } from '../cli/command.js';
import { Loader } from '../cli/load.js';
import { type Diagnostic, error, hasErrors, note, warning } from '../diagnostics/diagnostic.js';
import { isPath, openCatalogue } from '../files/catalogue.js';
import { readDocument } from '../files/read.js';
import type { ReadingData } from '../files/writers/index.js';
import { yamlText } from '../files/writers/yaml.js';
import { checkReadingShape, parseEntry } from '../reading/parse.js';

/** A reading of one catalogue as one of another: entries under their new ids, and those that have no place named. */
export async function migrate(
  [from, to, file]: readonly string[],
  options: OptionValues,
  session: Session,
): Promise<Outcome> {
  if (from === undefined || to === undefined || file === undefined)
    return { diagnostics: [error('missing-argument', { name: 'OLD NEW READING' })], exit: EXIT.usage };
  const loader = new Loader(options, session);
  const before = loader.take(await openCatalogue(from));
  const after = loader.take(await openCatalogue(to));
  const document = loader.take(await readDocument(file));
  if (document) loader.diagnostics.push(...document.locate(checkReadingShape(document.data)));
  if (!before || !after || !document || loader.failed) return loader.refusal();
  const reading = document.data as ReadingData;
  const { changes } = diffCatalogues(before, after);
  const year = Number(reading.year);
  const indicators: Record<string, unknown> = {};
  const found: Diagnostic[] = [];
  for (const [id, entry] of Object.entries(reading.indicators)) {
    const path = ['indicators', id];
    const change = changes.find((c) => c.before?.id === id);
    const now = change ? change.after : (after.criteria.find((c) => c.id === id) ?? null);
    // A value that the new rule cannot read has no place either.
    const read = now && parseEntry(entry, now, after.decimals, path, year);
    if (now && read && !hasErrors(read.diagnostics)) indicators[now.id] = entry;
    else found.push(warning('migrate-lost', { id, to: now?.id ?? null }, path));
  }
  const added = after.criteria.filter((c) => !(c.id in indicators)).map((c) => c.id);
  if (added.length > 0) found.push(note('migrate-new', { ids: added }));
  const named = isPath(to) ? to : after.id;
  const raw = yamlText({ ...reading, catalogue: named, indicators });
  return {
    presentation: { json: null, blocks: [], raw },
    diagnostics: [...loader.diagnostics, ...document.locate(found)],
    exit: EXIT.fine,
  };
}
