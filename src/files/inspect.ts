import { checkExamples } from '../analysis/examples.js';
import { parseUnits } from '../analysis/hierarchy.js';
import { parseScenario, scenarioShape } from '../analysis/whatif.js';
import type { Catalogue } from '../catalogue/catalogue.js';
import { lintCatalogue } from '../catalogue/lint.js';
import type { League } from '../ranking/league.js';
import { asFarAsRead, type Diagnostic, error, type Result } from '../values/diagnostic.js';
import { fromZod } from '../values/from-zod.js';
import {
  catalogueFile,
  catalogueOf,
  openCatalogue,
  openCatalogueFile,
  untoldAfter,
  yearsOfNumbers,
} from './catalogue.js';
import { type Document, type FileKind, kindOfData } from './document.js';
import { catalogueIn, faultsOnce, leagueOf, type OpenReading, readingOf } from './open.js';
import { folderOf } from './paths.js';
import { readDocuments } from './read.js';

/** The kinds of file that can be checked by themselves. */
const CHECKED = ['reading', 'catalogue', 'league', 'units', 'scenario'] as const;

/** A file that has been looked at: what it is, what is wrong, and its reading if it holds one. */
export interface Inspected {
  file: string;
  kind: FileKind | null;
  diagnostics: Diagnostic[];
  opened: OpenReading | null;
  /** The catalogue that it is or is read by, as far as it could be opened. */
  catalogue: Catalogue | null;
  league: League | null;
  /** The file of the catalogue that a reading names. */
  catalogueFile: string | null;
  /** Puts places on further diagnostics of this file. */
  locate(diagnostics: readonly Diagnostic[]): Diagnostic[];
}

/** Checks the documents of a file that has been read. */
export async function checkDocuments(
  file: string,
  documents: readonly Document[],
  whole: boolean,
  override: string | undefined,
  cache: Map<string, Result<Catalogue>>,
): Promise<Inspected[]> {
  const inspected: Inspected[] = [];
  const untold = faultsOnce(whole);
  for (const document of documents) {
    const kind = kindOfData(document.data);
    const seen = await inspectAs(kind, document, override, cache);
    const diagnostics = document.locate(seen.diagnostics).filter(untold);
    const named = kind === 'reading' ? catalogueIn(document.data) : null;
    const of = named === null ? null : (catalogueFile(named, folderOf(document.file)) ?? null);
    inspected.push({ ...seen, file, kind, diagnostics, catalogueFile: of, locate: document.locate });
  }
  return inspected;
}

/** Checks a file of any kind; a sheet of many units gives one answer a unit. */
export async function inspect(
  file: string,
  override: string | undefined,
  cache: Map<string, Result<Catalogue>>,
): Promise<Inspected[]> {
  const documents = await readDocuments(file);
  const { diagnostics } = documents;
  const all = asFarAsRead(documents) ?? [];
  const [first, ...rest] = await checkDocuments(file, all, documents.ok, override, cache);
  if (first) return [{ ...first, diagnostics: [...diagnostics, ...first.diagnostics] }, ...rest];
  return [{ ...looked(diagnostics), file, kind: null, catalogueFile: null, locate: (more) => [...more] }];
}

/** What came of looking at a document. */
type Looked = Pick<Inspected, 'diagnostics' | 'opened' | 'catalogue' | 'league'>;

const looked = (diagnostics: Diagnostic[], catalogue: Catalogue | null = null): Looked => ({
  diagnostics,
  opened: null,
  catalogue,
  league: null,
});

/** A catalogue as it is used, what it extends put together, with its examples tried. */
async function checkCatalogue(document: Document): Promise<Looked> {
  const opened = await catalogueOf(document);
  if (!opened.ok) return looked(opened.diagnostics);
  const { catalogue, locate } = opened.value;
  return looked([...opened.diagnostics, ...locate(checkExamples(catalogue))], catalogue);
}

/**
 * What a catalogue's examples say and its rules do not, each at its place in the catalogue's file. They are of its own year,
 * whatever the year of the reading that it was opened for.
 */
export async function inspectExamples(catalogue: Catalogue, file: string | null): Promise<Diagnostic[]> {
  const own = file === null ? null : await openCatalogue(file);
  const wrong = checkExamples(own?.ok ? own.value : catalogue);
  if (wrong.length === 0 || file === null) return wrong;
  const opened = await openCatalogueFile(file);
  return opened.ok ? opened.value.locate(checkExamples(opened.value.catalogue)) : wrong;
}

/** What is doubtful in a catalogue in its own year, and what only in another from which on its numbers are others. */
export async function lintYears(own: Catalogue, file: string): Promise<Diagnostic[]> {
  const found = lintCatalogue(own);
  const untold = untoldAfter(found);
  for (const year of await yearsOfNumbers(file)) {
    const opened = await openCatalogueFile(file, year);
    if (!opened.ok) continue;
    const { catalogue } = opened.value;
    // Of a year outside its span the catalogue is that of the nearest one in it.
    for (const d of lintCatalogue(catalogue).filter(untold)) found.push({ ...d, year: catalogue.year });
  }
  return found;
}

async function inspectAs(
  kind: FileKind | null,
  document: Document,
  override: string | undefined,
  cache: Map<string, Result<Catalogue>>,
): Promise<Looked> {
  const { data } = document;
  switch (kind) {
    case 'reading': {
      const reading = await readingOf(document, override, cache);
      const opened = asFarAsRead(reading) ?? null;
      return { ...looked(reading.diagnostics, opened?.catalogue), opened };
    }
    case 'catalogue':
      return checkCatalogue(document);
    case 'league': {
      const league = await leagueOf(data, document.file);
      return { ...looked(league.diagnostics), league: league.ok ? league.value : null };
    }
    case 'units':
      return looked(parseUnits(data).diagnostics);
    case 'scenario': {
      const scheme = override === undefined ? null : await openCatalogue(override);
      if (scheme?.ok) return looked(parseScenario(data, scheme.value).diagnostics);
      const parsed = scenarioShape.safeParse(data);
      return looked(parsed.success ? [] : fromZod(parsed.error, data));
    }
    default:
      return looked([error('unknown-shape', { kinds: [...CHECKED] })]);
  }
}
