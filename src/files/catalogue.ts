import { existsSync, readdirSync, realpathSync } from 'node:fs';
import { basename, dirname, isAbsolute, join, relative, resolve } from 'node:path';
import type { Catalogue } from '../catalogue/catalogue.js';
import {
  asFarAsRead,
  type Diagnostic,
  error,
  failure,
  hasErrors,
  type KeyPath,
  type PartialResult,
  type Place,
  type Result,
  resultOf,
} from '../values/diagnostic.js';
import { nearest } from '../values/suggest.js';
import { cacheFile, readCached, writeCached } from './catalogue-cache.js';
import { Document, otherKind } from './document.js';
import { readBytes } from './limits.js';
import { embedded, folderOf, isPath, packageRoot, shorter } from './paths.js';
import { readDocument } from './read.js';
import { readYaml } from './yaml.js';

/** Folders that hold catalogues by id: `criteria/` near the file, in the working folder, and the shipped one. */
function catalogueFolders(near: string): string[] {
  const folders = [join(near, 'criteria'), near, join(process.cwd(), 'criteria'), ...shippedFolder()];
  return folders.filter((folder, i) => folders.indexOf(folder) === i && existsSync(folder));
}

function shippedFolder(): string[] {
  const root = packageRoot();
  return root === null ? [] : [join(root, 'criteria')];
}

/** Every catalogue that an id finds, by that id: those of a project's `criteria/`, and the shipped ones; null for a faulty one. */
export async function listCatalogues(): Promise<{ id: string; catalogue: Catalogue | null }[]> {
  const folders = [join(process.cwd(), 'criteria'), ...shippedFolder()];
  return Promise.all(
    idsIn(folders.filter((folder) => existsSync(folder))).map(async (id) => {
      const opened = await openCatalogue(id);
      return { id, catalogue: opened.ok ? opened.value : null };
    }),
  );
}

/**
 * The files that a named catalogue is made of: its own, then those that it extends; what ships with the program is
 * left out.
 */
export async function catalogueSources(name: string, near: string = process.cwd()): Promise<string[]> {
  const file = catalogueFile(name, near);
  if (
    !file ||
    file.startsWith(INSIDE) ||
    shippedFolder().some((folder) => resolve(folder) === dirname(resolve(file)))
  )
    return [];
  const document = await readSource(file);
  const base = document.ok && (document.value.data as { extends?: unknown } | null)?.extends;
  return [resolve(file), ...(base ? await catalogueSources(String(base), dirname(resolve(file))) : [])];
}

function idsIn(folders: readonly string[]): string[] {
  const files = folders.flatMap((folder) => readdirSync(folder));
  const ids = files.filter((name) => name.endsWith('.yaml')).map((name) => name.slice(0, -'.yaml'.length));
  return [...new Set([...ids, ...Object.keys(embedded.catalogues)])];
}

/**
 * Finds a catalogue by path or by id, and loads it as it holds in a year (its own when none is asked for).
 * `near` is the folder that a relative path starts from.
 */
export async function openCatalogue(
  name: string,
  near: string = process.cwd(),
  year?: number,
): Promise<Result<Catalogue>> {
  const file = catalogueFile(name, near);
  if (!file) return unknownCatalogue(name, ['catalogue']);
  const read = await readBytes(file);
  const kept = read.ok ? cacheFile(read.value, year) : null;
  const cached = kept && readCached(kept);
  if (cached) return { ok: true, value: cached, diagnostics: [] };
  const opened = await openCatalogueFile(file, year);
  if (!opened.ok) return opened;
  const { catalogue, extending } = opened.value;
  if (kept && !extending && opened.diagnostics.length === 0) writeCached(kept, catalogue);
  return { ...opened, value: catalogue };
}

/** A catalogue with a way back from it to places in its file, and whether it extends others. */
interface Opened {
  catalogue: Catalogue;
  extending: boolean;
  locate: Document['locate'];
}

/** A catalogue's file parsed as it holds in a year, its own when none is asked for. */
export async function openCatalogueFile(file: string, year?: number): Promise<Result<Opened>> {
  const source = await readSource(file);
  const document = asFarAsRead(source);
  return document ? catalogueOf(document, source.diagnostics, year) : failure(...source.diagnostics);
}

/** A catalogue from its document: what it extends put together, the numbers of a year chosen, and checked. */
export async function catalogueOf(
  source: Document,
  read: readonly Diagnostic[] = [],
  year?: number,
): Promise<Result<Opened>> {
  const composed = await compose(source, []);
  if (!composed.ok) return { ...composed, diagnostics: [...read, ...composed.diagnostics] };
  const { data, file, locate } = composed.value;
  const wrong = otherKind({ data, file }, 'catalogue');
  if (wrong) return failure(...read, wrong);
  const parsed = await parsedAt(data, year);
  const diagnostics = [...read, ...composed.diagnostics, ...locate(parsed.diagnostics)];
  return parsed.ok && !hasErrors(read)
    ? {
        ok: true,
        value: { catalogue: parsed.value, extending: composed.value !== source, locate },
        diagnostics,
      }
    : { ok: false, diagnostics };
}

/** A catalogue's data as they hold in a year, checked; in its own, when none is asked for, and then in every other. */
async function parsedAt(data: unknown, year: number | undefined): Promise<Result<Catalogue>> {
  const [{ parseCatalogue }, { atYear, datedYears, yearFaults, yearOf }] = await Promise.all([
    import('../catalogue/parse.js'),
    import('../catalogue/compose.js'),
  ]);
  const inForce = yearOf(data, year);
  if (inForce === undefined || typeof data !== 'object' || data === null) return parseCatalogue(data);
  const at = (y: number) =>
    parseCatalogue({ ...(atYear(data, y) as object), ...(Number.isInteger(y) && { year: y }) });
  const parsed = at(inForce);
  const others = year === undefined ? datedYears(data).filter((y) => y !== inForce) : [];
  const untold = untoldAfter(parsed.diagnostics);
  const more = [
    ...yearFaults(data).filter(untold),
    ...others.flatMap((year) =>
      at(year)
        .diagnostics.filter(untold)
        .map((d) => ({ ...d, year })),
    ),
  ];
  const diagnostics = [...parsed.diagnostics, ...more];
  return parsed.ok ? resultOf(parsed.value, diagnostics) : { ok: false, diagnostics };
}

/** Tells which diagnostics are neither among those that were told, nor were asked about before. */
export function untoldAfter(before: readonly Diagnostic[]): (d: Diagnostic) => boolean {
  const told = new Set(before.map((d) => JSON.stringify(d)));
  return (d) => {
    const key = JSON.stringify(d);
    if (told.has(key)) return false;
    told.add(key);
    return true;
  };
}

/** The years from which on some number of a named catalogue is another. */
export async function yearsOfNumbers(name: string, near: string = process.cwd()): Promise<number[]> {
  const file = catalogueFile(name, near);
  const source = file === undefined ? null : await readSource(file);
  const composed = source?.ok ? await compose(source.value, []) : null;
  if (!composed?.ok) return [];
  return (await import('../catalogue/compose.js')).datedYears(composed.value.data);
}

/** The complaint about a name that no catalogue has. */
export function unknownCatalogue(name: string, path: KeyPath): { ok: false; diagnostics: Diagnostic[] } {
  const options = idsIn(shippedFolder());
  const suggestion = nearest(name, options);
  return failure(error('unknown-catalogue', { value: name, options, suggestion }, path));
}

/** What a catalogue inside a build in one file has for a path. */
const INSIDE = 'cchc:';

/** A path from a folder; of a folder that is a link also from where it truly is, as `..` in paths of files goes. */
function besideOf(folder: string, name: string): string {
  const beside = resolve(folder, name);
  if (existsSync(beside) || !existsSync(folder)) return beside;
  const there = resolve(realpathSync(folder), name);
  return existsSync(there) ? there : beside;
}

/** The path of a catalogue named by its path or id, as far as there is one. */
export function catalogueFile(name: string, near: string): string | undefined {
  if (isPath(name)) {
    const beside = besideOf(near, name);
    // What says `./` is beside the file or nowhere; what does not may also be named from the working folder.
    const isHere =
      isAbsolute(name) ||
      resolve(near) === process.cwd() ||
      (!/^\.{1,2}[\\/]/.test(name) && !existsSync(beside));
    return isHere ? name : shorter(beside);
  }
  const files = catalogueFolders(near).map((folder) => join(folder, `${name}.yaml`));
  return (
    files.find((file) => existsSync(file)) ??
    (Object.hasOwn(embedded.catalogues, name) ? `${INSIDE}${name}` : undefined)
  );
}

/**
 * A catalogue's name as files in a folder say it: its id where that finds the same file from there, else its path
 * from there. `name` is its name now, from the folder `near`.
 */
export function nameFrom(folder: string, name: string, near: string = process.cwd(), id = name): string {
  const file = catalogueFile(name, near);
  if (file === undefined || !existsSync(file)) return name;
  const byId = isPath(id) ? undefined : catalogueFile(id, folder);
  if (byId !== undefined && resolve(byId) === resolve(file)) return id;
  const there = relative(resolve(folder), resolve(file)).replaceAll('\\', '/');
  if (isAbsolute(name) && there.startsWith('..')) return name;
  return there.includes('/') ? there : `./${there}`;
}

function readSource(file: string): Promise<PartialResult<Document>> {
  const inside = file.startsWith(INSIDE) ? embedded.catalogues[file.slice(INSIDE.length)] : undefined;
  return inside === undefined ? readDocument(file) : Promise.resolve(readYaml(file, inside));
}

/** A catalogue's document with those it extends; complaints find their way back to the file they are about. */
async function compose(source: Document, above: readonly string[]): Promise<Result<Document>> {
  const named = (source.data as { extends?: unknown } | null | undefined)?.extends;
  if (named === undefined) return { ok: true, value: source, diagnostics: [] };
  const { file } = source;
  const refuse = (faults: readonly Diagnostic[]) => failure(...source.locate(faults));
  const path = ['extends'];
  const from = catalogueFile(String(named), folderOf(file));
  if (!from) return refuse(unknownCatalogue(String(named), path).diagnostics);
  const chain = [...above, resolve(file)];
  if (chain.includes(resolve(from)))
    return refuse([error('extends-circle', { files: [...chain, from].map((f) => basename(f)) }, path)]);
  const read = await readSource(from);
  if (!read.ok) return read;
  const base = await compose(read.value, chain);
  if (!base.ok) return base;
  const { extend, extendFaults } = await import('../catalogue/compose.js');
  const faults = extendFaults(base.value.data, source.data);
  if (faults.length > 0) return refuse(faults);
  const data = extend(base.value.data, source.data);
  const placeOf: Document['placeOf'] = (d) => placeInMerged(d, data, source, base.value);
  const diagnostics = [...read.diagnostics, ...base.diagnostics];
  return { ok: true, value: new Document(file, () => data, placeOf), diagnostics };
}

type Lists = Record<string, { id?: unknown }[] | undefined>;

/** The place of a part of merged data in the file that said it. */
function placeInMerged(
  { code, path }: Pick<Diagnostic, 'code' | 'path'>,
  merged: unknown,
  extending: Document,
  base: Document,
): Place {
  const [head, index, ...rest] = path;
  const indexIn = (document: Document): number => {
    const id = String((merged as Lists)[String(head)]?.[Number(index)]?.id);
    const list = (document.data as Lists)[String(head)];
    return Array.isArray(list) ? list.findIndex((item) => String(item?.id) === id) : -1;
  };
  if (head === undefined) return extending.placeOf({ code, path });
  if (typeof index === 'number') {
    for (const document of [extending, base]) {
      const at = indexIn(document);
      const key = rest[0];
      const item = (document.data as Lists)[String(head)]?.[at] as Record<string, unknown> | undefined;
      // What the extending file does not say of an item, the base says.
      if (item && (document === base || key === undefined || Object.hasOwn(item, String(key))))
        return document.placeOf({ code, path: [head, at, ...rest] });
    }
  }
  const document = Object.hasOwn(extending.data as object, String(head)) ? extending : base;
  return document.placeOf({ code, path });
}
