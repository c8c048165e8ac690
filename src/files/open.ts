import { isAbsolute, relative, resolve } from 'node:path';
import { parseScenario } from '../analysis/whatif.js';
import type { Catalogue } from '../catalogue/catalogue.js';
import { type League, parseLeague, previousFiles, withPrevious } from '../ranking/league.js';
import { checkReadingShape, parseReading } from '../reading/parse.js';
import type { CataloguedReading, Reading } from '../reading/reading.js';
import {
  asFarAsRead,
  type Diagnostic,
  failure,
  hasErrors,
  type PartialResult,
  type Place,
  partialOf,
  type Result,
} from '../values/diagnostic.js';
import { isMap } from '../values/from-zod.js';
import { YEARS } from '../values/scalars.js';
import { catalogueFile, nameFrom, openCatalogue } from './catalogue.js';
import { type Document, type FileKind, kindOfData, otherKind } from './document.js';
import { folderOf } from './paths.js';
import { readDocument, readDocuments } from './read.js';

/**
 * The catalogue that readings are scored under whatever they name: as it stands, or by its name from the working folder,
 * as it holds in the year of each.
 */
export type Override = Catalogue | string;

/** A reading from a file, with the catalogue that it is scored under. */
export interface OpenReading extends CataloguedReading {
  file: string;
  /** The catalogue as the file names it; null where it names none. */
  named: string | null;
  /** Where values stand that the rest of the group, or `--strict`, may yet refuse: by criterion. */
  places: ReadonlyMap<string, Place>;
}

/** Places of the values that are held against others, or say that they are assumed. */
const placesOf = ({ placeOf }: Document, reading: Reading, { criteria }: Catalogue): Map<string, Place> =>
  new Map(
    criteria.flatMap(({ id, relative }) => {
      const entry = reading.entries.get(id);
      const looked = entry && (relative || entry.provenance === 'assumed');
      return looked ? [[id, placeOf({ code: 'no-value', path: entry.path })]] : [];
    }),
  );

/** A file of one kind as `parse` reads it, with all that is wrong at its place. */
async function openAs<T>(
  file: string,
  expected: FileKind | 'outlook',
  parse: (data: unknown) => Result<T> | Promise<Result<T>>,
): Promise<Result<T>> {
  const read = await readDocument(file);
  const document = asFarAsRead(read);
  if (!document) return failure(...read.diagnostics);
  const wrong = otherKind(document, expected);
  if (wrong) return failure(wrong);
  const parsed = await parse(document.data);
  const diagnostics = [...read.diagnostics, ...document.locate(parsed.diagnostics)];
  return parsed.ok && read.ok ? { ...parsed, diagnostics } : { ok: false, diagnostics };
}

/** Loads a reading and its catalogue; `catalogue` overrides the one that the reading names. */
export async function openReading(
  file: string,
  catalogue?: Override,
  cache: Map<string, Result<Catalogue>> = new Map(),
): Promise<Result<OpenReading>> {
  const document = await readDocument(file);
  if (!document.ok) return document;
  const opening = await readingOf(document.value, catalogue, cache);
  return { ...opening, diagnostics: [...document.diagnostics, ...opening.diagnostics] };
}

/**
 * Loads every reading of a file: a sheet may hold many units. With `coercions` false, how values were understood is not
 * told: there is a note for each of them.
 */
export async function openReadings(
  file: string,
  catalogue?: Override,
  cache: Map<string, Result<Catalogue>> = new Map(),
  coercions = true,
): Promise<PartialResult<OpenReading[]>> {
  const documents = await readDocuments(file);
  const opened: OpenReading[] = [];
  const untold = faultsOnce(documents.ok);
  const diagnostics = [...documents.diagnostics];
  // Each document is let go once it is read: ten thousand with their cells take as much as their readings.
  const waiting = asFarAsRead(documents)?.reverse() ?? [];
  for (let document = waiting.pop(); document; document = waiting.pop()) {
    const opening = await readingOf(document, catalogue, cache, coercions);
    for (const d of opening.diagnostics) if (untold(d)) diagnostics.push(d);
    const one = asFarAsRead(opening);
    if (one) opened.push(one);
  }
  return partialOf(opened, diagnostics);
}

/**
 * Tells which faults were not told yet: what is wrong with a sheet itself is said once, not once a unit. Of a file that is
 * not read whole it is not said what has no value.
 */
export function faultsOnce(whole: boolean): (fault: Diagnostic) => boolean {
  const told = new Set<string>();
  return ({ severity, code, path, place }) => {
    if (!whole && code === 'unknown-values') return false;
    if (severity !== 'error' && code !== 'max-differs') return true;
    const fault = JSON.stringify([code, path, place?.file, place?.line, place?.column]);
    return told.size < told.add(fault).size;
  };
}

/** The catalogue that a reading's data name, if they do. */
export function catalogueIn(data: unknown): string | null {
  const named = (data as { catalogue?: unknown } | null | undefined)?.catalogue;
  return typeof named === 'string' && named.trim() !== '' ? named : null;
}

/** The year that a reading's data say, if they do. */
export function yearIn(data: unknown): number | undefined {
  const year = Number((data as { year?: unknown } | null | undefined)?.year);
  return Number.isInteger(year) && year >= YEARS.least && year <= YEARS.most ? year : undefined;
}

/** A reading's data with the files of its evidence as they are named from another folder. */
function withEvidenceFrom(folder: string, near: string, data: unknown): unknown {
  if (resolve(folder) === resolve(near) || !isMap(data) || !isMap(data.indicators)) return data;
  const named = (one: unknown) =>
    isMap(one) && typeof one.file === 'string' && !isAbsolute(one.file)
      ? { ...one, file: relative(resolve(folder), resolve(near, one.file)).replaceAll('\\', '/') }
      : one;
  const entries = Object.entries(data.indicators).map(([id, entry]) => [
    id,
    isMap(entry) && Array.isArray(entry.evidence) ? { ...entry, evidence: entry.evidence.map(named) } : entry,
  ]);
  return { ...data, indicators: Object.fromEntries(entries) };
}

/**
 * A reading's data for a file in another folder: with its evidence and its catalogue as files there name them. `catalogue`, a
 * name from the working folder, stands in place of the one that it names.
 */
export function movedTo(folder: string, { file, data: before }: Document, catalogue?: string): unknown {
  const near = folderOf(file);
  const data = withEvidenceFrom(folder, near, before);
  const named = catalogue ?? catalogueIn(data);
  if (named === null || !isMap(data)) return data;
  return { ...data, catalogue: nameFrom(folder, named, catalogue === undefined ? near : undefined) };
}

/** A catalogue as a file names it, opened once; an id may be another catalogue's in another folder. */
async function catalogueOnce(
  named: string,
  near: string,
  year: number | undefined,
  cache: Map<string, Result<Catalogue>>,
): Promise<Result<Catalogue>> {
  const asNamed = JSON.stringify([near, named, year]);
  const opened = cache.get(asNamed);
  if (opened) return opened;
  const file = JSON.stringify([resolve(catalogueFile(named, near) ?? named), year]);
  const scheme = cache.get(file) ?? (await openCatalogue(named, near, year));
  cache.set(asNamed, scheme).set(file, scheme);
  return scheme;
}

/** The reading in a document that has been read. */
export async function readingOf(
  document: Document,
  catalogue: Override | undefined,
  cache: Map<string, Result<Catalogue>>,
  coercions = true,
): Promise<PartialResult<OpenReading>> {
  const { file } = document;
  const wrong = otherKind(document, 'reading');
  if (wrong) return failure(wrong);
  const named = catalogueIn(document.data);
  const [wanted, near] = typeof catalogue === 'string' ? [catalogue, process.cwd()] : [named, folderOf(file)];
  let scheme: Result<Catalogue> = failure();
  if (typeof catalogue === 'object') scheme = { ok: true, value: catalogue, diagnostics: [] };
  else if (wanted !== null) scheme = await catalogueOnce(wanted, near, yearIn(document.data), cache);
  if (!scheme.ok)
    return failure(...document.locate([...scheme.diagnostics, ...checkReadingShape(document.data)]));
  const read = parseReading(document.data, scheme.value);
  const told = coercions ? read.diagnostics : read.diagnostics.filter((d) => d.code !== 'read-as');
  const diagnostics = document.locate(told);
  const reading = asFarAsRead(read);
  if (!reading) return failure(...diagnostics);
  const places = placesOf(document, reading, scheme.value);
  return partialOf({ reading, catalogue: scheme.value, file, named, places }, diagnostics);
}

/** Whether a file can be read and is a league. */
export async function holdsLeague(file: string): Promise<boolean> {
  if (file === '-') return false;
  const document = await readDocument(file);
  return kindOfData(asFarAsRead(document)?.data) === 'league';
}

/** The league in a file's data, with those of earlier years that it names, as seen from its file. */
export async function leagueOf(data: unknown, file: string): Promise<Result<League>> {
  const league = parseLeague(data);
  if (!league.ok) return league;
  const previous: League[] = [];
  const diagnostics = [...league.diagnostics];
  for (const { file: name, path } of previousFiles(data)) {
    const opened = await openAs(resolve(folderOf(file), name), 'league', parseLeague);
    for (const d of opened.diagnostics) {
      // A file that cannot be read is a fault of the line that names it.
      const { place, ...fault } = d;
      diagnostics.push('file' in d.params ? { ...fault, path } : d);
    }
    if (opened.ok) previous.push(opened.value);
  }
  if (hasErrors(diagnostics)) return { ok: false, diagnostics };
  const whole = withPrevious(league.value, previous);
  return { ...whole, diagnostics: [...diagnostics, ...whole.diagnostics] };
}

/** Loads a league, and those of earlier years that it names. */
export const openLeague = (file: string): Promise<Result<League>> =>
  openAs(file, 'league', (data) => leagueOf(data, file));

/** Loads an actions file for a catalogue. */
export async function openActions(file: string, catalogue: Catalogue, year?: number) {
  const { parseActions } = await import('../analysis/plan.js');
  return openAs(file, 'actions', (data) => parseActions(data, catalogue, year));
}

/** Loads an outlook that departs from a reading. */
export async function openOutlook(
  file: string,
  catalogue: Catalogue,
  reading: Reading,
  league: League | null,
) {
  const { parseOutlook } = await import('../analysis/risk/outlook.js');
  return openAs(file, 'outlook', (data) => parseOutlook(data, catalogue, reading, league));
}

/** Loads a units file. */
export async function openUnits(file: string) {
  const { parseUnits } = await import('../analysis/hierarchy.js');
  return openAs(file, 'units', parseUnits);
}

/** Loads a scenario for a catalogue. */
export const openScenario = (file: string, catalogue: Catalogue, year?: number) =>
  openAs(file, 'scenario', (data) => parseScenario(data, catalogue, year));
