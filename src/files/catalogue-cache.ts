import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import type { Catalogue } from '../catalogue/catalogue.js';
import { freeze, thaw } from '../shapes/freeze.js';

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
 * Checked catalogues in the user's cache folder: 45 of 270 ms of a score (Node 20) are the YAML and its checks. A
 * file's name is the hash of the program, the catalogue's text and the year; its first line that of the rest. Only
 * what fits both is used, and only a catalogue of which nothing was to be said is kept.
 */
export class CatalogueCache {
  private readonly file: string | null;

  constructor(bytes: Uint8Array, year: number | undefined) {
    const at = typeof CCHC_BUILD === 'undefined' ? null : folder();
    this.file = at && join(at, `${hashOf(CCHC_BUILD as string, bytes, String(year)).slice(0, 32)}.json`);
  }

  read(): Catalogue | null {
    if (!this.file) return null;
    try {
      const kept = readFileSync(this.file, 'utf8');
      const end = kept.indexOf('\n');
      const frozen = kept.slice(end + 1);
      return kept.slice(0, end) === hashOf(frozen) ? thaw<Catalogue>(frozen) : null;
    } catch {
      return null;
    }
  }

  /** Keeps it whole or not at all; a folder that cannot be written stays as it is. */
  write(catalogue: Catalogue): void {
    if (!this.file) return;
    const temporary = `${this.file}.${process.pid}`;
    try {
      const frozen = freeze(catalogue);
      mkdirSync(join(this.file, '..'), { recursive: true, mode: 0o700 });
      writeFileSync(temporary, `${hashOf(frozen)}\n${frozen}`, { mode: 0o600 });
      renameSync(temporary, this.file);
    } catch {
      rmSync(temporary, { force: true });
    }
  }
}
