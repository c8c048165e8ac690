import {
  chmodSync,
  closeSync,
  constants,
  copyFileSync,
  existsSync,
  lstatSync,
  mkdirSync,
  openSync,
  readlinkSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { type Diagnostic, error } from '../values/diagnostic.js';
import { isFolder } from './paths.js';

/** What a file is to hold: whole, or in pieces that are made as they are written. */
type Content = string | Uint8Array | Iterable<string>;

/** A file to write; content that a function makes is made when its turn comes, and then let go. */
export interface Output {
  file: string;
  content: Content | (() => Promise<Content>);
}

/** A file on its way: written beside its target, and what stood there before kept until all are in place. */
interface Pending {
  target: string;
  temporary: string;
  before: string | null;
  placed: boolean;
}

/**
 * Writes a file whole: to a temporary one beside it, then renamed. Refuses to write over unless forced, and then keeps
 * the file's mode. A symbolic link stays one, and what it leads to is written; a pipe or a character device is written
 * into, since nothing of it can be written over.
 */
export const writeWhole = async (
  file: string,
  content: Content,
  force: boolean,
): Promise<Diagnostic | null> => (await place([{ file, content }], force, false))[0] ?? null;

/** Writes several files, all or none: folders that are missing are made, and a fault puts back what stood before. */
export const writeAllWhole = (files: readonly Output[], force: boolean): Promise<Diagnostic[]> =>
  place(files, force, true);

/**
 * Makes a folder and those above it that are missing; the first one made, if any. Node's own way never ends in a
 * folder that takes none, as `/proc` does.
 */
export function makeFolders(folder: string, mode = 0o777): string | undefined {
  if (isFolder(folder)) return undefined;
  const first = makeFolders(dirname(folder), mode);
  try {
    mkdirSync(folder, { mode });
  } catch (fault) {
    // Another run may have made it meanwhile.
    if (isFolder(folder)) return first;
    throw existsSync(folder) ? Object.assign(new Error(folder), { code: 'ENOTDIR' }) : fault;
  }
  return first ?? folder;
}

async function place(files: readonly Output[], force: boolean, folders: boolean): Promise<Diagnostic[]> {
  const taken = force
    ? []
    : files.filter(({ file }) => existsSync(file) && !isStream(file) && !isFolder(file));
  if (taken.length > 0) return taken.map(({ file }) => error('output-exists', { file }));
  const pending: Pending[] = [];
  const made: string[] = [];
  for (const { file, content: given } of files) {
    try {
      const content = typeof given === 'function' ? await given() : given;
      if (isStream(file)) writeStream(file, content);
      else {
        const target = leadsTo(file);
        const first = folders ? makeFolders(dirname(target)) : undefined;
        if (first !== undefined) made.push(first);
        pending.push(prepare(target, content));
      }
    } catch (fault) {
      return undo(pending, made, file, fault);
    }
  }
  for (const one of pending) {
    try {
      // A single rename needs no way back.
      if (pending.length > 1 && existsSync(one.target)) {
        one.before = beside(one.target);
        copyFileSync(one.target, one.before);
      }
      renameSync(one.temporary, one.target);
      one.placed = true;
    } catch (fault) {
      return undo(pending, made, one.target, fault);
    }
  }
  for (const { before } of pending) if (before) rmSync(before, { force: true });
  return [];
}

let count = 0;
const beside = (target: string) =>
  join(dirname(target), `.cchc-${process.pid}-${process.hrtime.bigint()}-${count++}.tmp`);

function prepare(target: string, content: Content): Pending {
  const temporary = beside(target);
  const there = statSync(target, { throwIfNoEntry: false });
  const code = isFolder(target) ? 'EISDIR' : there && !there.isFile() ? 'EINVAL' : null;
  if (code) throw Object.assign(new Error(target), { code });
  try {
    writeInto(temporary, content, 'wx');
    if (there) chmodSync(temporary, there.mode & 0o7777);
  } catch (fault) {
    rmSync(temporary, { force: true });
    throw fault;
  }
  return { target, temporary, before: null, placed: false };
}

function writeInto(file: string, content: Content, flag: 'w' | 'wx'): void {
  const to = openSync(file, flag);
  try {
    if (isWhole(content)) writeFileSync(to, content);
    else for (const part of inParts(content)) writeFileSync(to, part);
  } finally {
    closeSync(to);
  }
}

const READER_WAIT = 2000;
const READER_ASKED = 50;

/** Writes into a pipe or a device. A pipe whose other end nobody reads would wait for ever: that is told after 2 s. */
function writeStream(file: string, content: Content): void {
  const asked = statSync(file).isFIFO() ? withReader(file) : null;
  try {
    // With a reader there this opens at once, and waits where the pipe is full.
    writeInto(file, content, 'w');
  } finally {
    if (asked !== null) closeSync(asked);
  }
}

/** Opens a pipe once somebody reads it. */
function withReader(file: string): number {
  const pause = new Int32Array(new SharedArrayBuffer(4));
  for (let waited = 0; ; waited += READER_ASKED) {
    try {
      return openSync(file, constants.O_WRONLY | constants.O_NONBLOCK);
    } catch (fault) {
      if ((fault as NodeJS.ErrnoException).code !== 'ENXIO' || waited >= READER_WAIT) throw fault;
      Atomics.wait(pause, 0, 0, READER_ASKED);
    }
  }
}

/** Whether content is all there, not in pieces. */
export const isWhole = (content: Content): content is string | Uint8Array =>
  typeof content === 'string' || content instanceof Uint8Array;

/** Characters that are written at a time. */
const PART = 1 << 16;

/** Pieces put together to parts worth writing. */
export function* inParts(pieces: Iterable<string>): Iterable<string> {
  let part = '';
  for (const piece of pieces) {
    part += piece;
    if (part.length < PART) continue;
    yield part;
    part = '';
  }
  yield part;
}

function undo(
  pending: readonly Pending[],
  made: readonly string[],
  file: string,
  fault: unknown,
): Diagnostic[] {
  for (const { target, temporary, before, placed } of pending) {
    rmSync(temporary, { force: true });
    if (placed && before) renameSync(before, target);
    else if (placed) rmSync(target, { force: true });
    else if (before) rmSync(before, { force: true });
  }
  for (const folder of made) rmSync(folder, { recursive: true, force: true });
  // Not the system's refusal: a piece could not be made.
  if (!(fault instanceof Error && 'code' in fault)) throw fault;
  return [error('output-unwritable', { file, reason: String(fault.code) })];
}

/** Whether a name stands for a pipe or a character device, also through links. */
function isStream(file: string): boolean {
  const stats = statSync(file, { throwIfNoEntry: false });
  return stats !== undefined && (stats.isFIFO() || stats.isCharacterDevice());
}

const MOST_LINKS = 40;

/** The file that a name leads to through symbolic links, whether it is there yet or not. */
function leadsTo(file: string): string {
  if (existsSync(file)) return realpathSync(file);
  let target = file;
  for (let links = 0; lstatSync(target, { throwIfNoEntry: false })?.isSymbolicLink(); links++) {
    if (links > MOST_LINKS) throw Object.assign(new Error(file), { code: 'ELOOP' });
    target = resolve(dirname(target), readlinkSync(target));
  }
  return target;
}
