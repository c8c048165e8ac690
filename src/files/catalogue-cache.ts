import { createHash } from 'node:crypto';
import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Catalogue } from '../catalogue/catalogue.js';
import { deserialize, serialize } from '../values/serialize.js';
import { makeFolders } from './write.js';

/** What the program was built from; the build sets it, and without one nothing is kept. */
declare const CCHC_BUILD: string | undefined;

const hashOf = (...texts: (string | Uint8Array)[]) => {
  const hash = createHash('sha256');
  for (const text of texts) hash.update(text).update('\0');
  return hash.digest('hex');
};

/** The user's cache folder; null where `CCHC_CACHE=off`. */
function folder(): string | null {
  const { CCHC_CACHE, LOCALAPPDATA, XDG_CACHE_HOME } = process.env;
  if (CCHC_CACHE === 'off') return null;
  return join(CCHC_CACHE || LOCALAPPDATA || XDG_CACHE_HOME || join(homedir(), '.cache'), 'cchc');
}

/**
 * Where a checked catalogue is kept in the user's cache folder: 45 of 270 ms of a score (Node 20) are the YAML and its
 * checks. The file's name is the hash of the program, the catalogue's text and the year; its first line that of the
 * rest. Only what fits both is used, and only a catalogue of which nothing was to be said is kept.
 */
export function cacheFile(bytes: Uint8Array, year: number | undefined): string | null {
  const at = typeof CCHC_BUILD === 'undefined' ? null : folder();
  return at && join(at, `${hashOf(CCHC_BUILD as string, bytes, String(year)).slice(0, 32)}.json`);
}

/** The catalogue in a file of the cache; null where there is none, or not the one that was kept. */
export function readCached(file: string): Catalogue | null {
  try {
    const kept = readFileSync(file, 'utf8');
    const end = kept.indexOf('\n');
    const json = kept.slice(end + 1);
    return kept.slice(0, end) === hashOf(json) ? deserialize<Catalogue>(json) : null;
  } catch {
    return null;
  }
}

/** Keeps it whole or not at all; a folder that cannot be written stays as it is. */
export function writeCached(file: string, catalogue: Catalogue): void {
  const temporary = `${file}.${process.pid}`;
  try {
    const json = serialize(catalogue);
    makeFolders(dirname(file), 0o700);
    writeFileSync(temporary, `${hashOf(json)}\n${json}`, { mode: 0o600 });
    renameSync(temporary, file);
  } catch {
    rmSync(temporary, { force: true });
  }
}
