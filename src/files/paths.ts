import { existsSync, readdirSync, statSync } from 'node:fs';
import { dirname, extname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { error, failure, type Result } from '../values/diagnostic.js';
import { fold } from '../values/suggest.js';

const PATTERN = /[*?[\]{}!]/;

/** The files that a pattern (`**` too) stands for, in order; null for a plain name, and for a file that is called so. */
export async function matchesOf(name: string, folder = process.cwd()): Promise<string[] | null> {
  if (!PATTERN.test(name) || existsSync(resolve(folder, name))) return null;
  const { glob } = await import('tinyglobby');
  const ignore = ['**/node_modules/**'];
  const paths = await glob(name.replace(/\\/g, '/'), { cwd: folder, absolute: true, ignore });
  return paths.sort().map(shorter);
}

/** Files that names and patterns stand for, from `folder`; a pattern that no file fits is an error. */
export async function expandFiles(names: readonly string[], folder: string): Promise<Result<string[]>> {
  const paths: string[] = [];
  const unmatched: string[] = [];
  for (const name of names) {
    const matches = await matchesOf(name, folder);
    if (matches === null) paths.push(folder === process.cwd() ? name : shorter(resolve(folder, name)));
    else if (matches.length === 0) unmatched.push(name);
    else for (const one of matches) paths.push(one);
  }
  if (unmatched.length > 0) return failure(error('no-files', { patterns: unmatched }));
  return { ok: true, value: [...new Set(paths)], diagnostics: [] };
}

/** A path from the working folder where that is shorter. */
export function shorter(file: string): string {
  const near = relative(process.cwd(), file);
  return near.startsWith('..') ? file : near;
}

/** Whether a catalogue is named by its path, not by its id. */
export const isPath = (name: string) => /[\\/]|\.(ya?ml|json)$/i.test(name);

/** The folder that paths in a file start from. */
export const folderOf = (file: string) => (file === '-' ? process.cwd() : dirname(resolve(file)));

const READINGS = ['.yaml', '.yml', '.json', '.csv', '.tsv', '.xlsx', '.xlsm'];

/** Whether an output's name is of a folder: it ends in a slash, or the folder is there. */
export const isFolder = (path: string): boolean =>
  /[\\/]$/.test(path) || (existsSync(path) && statSync(path).isDirectory());

/** The files that stand for readings: a folder is every file in it that may hold some, by name; hidden ones are
 * not, nor a project's config and schemas. */
export function readingFiles(paths: readonly string[]): string[] {
  return paths.flatMap((path) => {
    if (path === '-' || !existsSync(path) || !statSync(path).isDirectory()) return [path];
    const inside = readdirSync(path)
      .filter((name) => /^[^.~]/.test(name) && READINGS.includes(extname(name).toLowerCase()))
      .filter((name) => name !== 'cchc.config.yaml' && !name.endsWith('.schema.json'))
      .map((name) => join(path, name))
      // A link to a file is one.
      .filter((file) => !isFolder(file))
      .sort();
    // A folder without readings is complained of as such.
    return inside.length > 0 ? inside : [path];
  });
}

/** File names in a folder, one for each title, in plain letters: `Huyện Như Xuân 2022` is `huyen-nhu-xuan-2022`. */
export class FileNames {
  private readonly taken = new Set<string>();
  /** The last number that each name was given. */
  private readonly last = new Map<string, number>();

  constructor(
    private readonly folder: string,
    private readonly ending: string,
  ) {}

  of(title: string): string {
    const plain =
      fold(title)
        .replace(/[^a-z0-9]+/g, '-')
        .replace(/^-|-$/g, '') || 'file';
    const before = this.last.get(plain);
    for (let n = before === undefined ? 1 : before + 1; ; n++) {
      const name = `${plain}${n === 1 ? '' : `-${n}`}`;
      if (this.taken.has(name)) continue;
      this.last.set(plain, n);
      this.taken.add(name);
      return join(this.folder, `${name}.${this.ending}`);
    }
  }
}

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
