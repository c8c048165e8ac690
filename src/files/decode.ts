import { error, failure, note, type Place, type Result } from '../diagnostics/diagnostic.js';
import { Lines } from './document.js';
import {
  heapedMarks,
  isGarbled,
  lostLetter,
  modern,
  modernPiece,
  type OldEncoding,
  recognise,
  vietnameseShare,
} from './vietnamese.js';
import { isOle, isZip } from './zip.js';

/** A file's text, and how it was encoded. */
export interface Decoded {
  text: string;
  encoding: string;
}

/**
 * Decodes what Excel and editors save: UTF-8 with or without a mark, UTF-16 and, where a table allows it, the old
 * Vietnamese code pages, told by their letters. What reads as none of them is refused with its line and column.
 */
export function decodeText(file: string, bytes: Uint8Array, legacy: boolean): Result<Decoded> {
  if (isOle(bytes) || isZip(bytes)) return failure({ ...error('not-text', { file }), place: { file } });
  const wide = utf16Of(bytes);
  if (wide) return decoded(file, bytes, wide);
  const faults = utf8Faults(bytes);
  if (faults.first === null) return decoded(file, bytes, 'utf-8');
  const western = legacy && faults.bad > faults.good ? new TextDecoder('windows-1252').decode(bytes) : null;
  const old = western === null ? null : oldCodePage(bytes, western);
  if (western !== null && old) {
    // A Western code page lacks most letters of Vietnamese.
    const lost = vietnameseShare(western) >= vietnameseShare(old.text) ? lostLetter(western) : null;
    if (lost !== null)
      return failure({ ...error('garbled-text', {}), place: new Lines(western).place(file, spanAt(lost)) });
    const diagnostics = [{ ...note('decoded-as', { file, encoding: old.encoding }), place: { file } }];
    return { ok: true, value: old, diagnostics };
  }
  return failure({ ...error('not-utf8', { file }), place: placeOfByte(file, bytes, faults.first) });
}

function decoded(file: string, bytes: Uint8Array, encoding: string): Result<Decoded> {
  let text: string;
  try {
    text = new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    return failure({ ...error('not-utf8', { file }), place: { file } });
  }
  const mended = mendText(file, text);
  if (!mended.ok) return mended;
  const noted = { ...note('decoded-as', { file, encoding }), place: { file } };
  const value = { text: mended.value.text, encoding: mended.value.old ?? encoding };
  const before = encoding === 'utf-8' ? [] : [noted];
  return { ok: true, value, diagnostics: [...before, ...mended.diagnostics] };
}

/** What stands between lines, cells and values. */
const SIGNS = '\n;,\t|":';
const PIECE = /[^\n;,\t|":]+/g;

/** The pieces that have letters beyond ASCII. */
function* letteredPieces(text: string): Iterable<string> {
  const letters = /[^\0-\x7f]/g;
  const ends = /[\n;,\t|":]/g;
  let start = 0;
  for (let letter = letters.exec(text); letter; letter = letters.exec(text)) {
    for (let at = letter.index; at > start; at--)
      if (SIGNS.includes(text[at - 1]!)) {
        start = at;
        break;
      }
    ends.lastIndex = letter.index;
    const end = ends.exec(text)?.index ?? text.length;
    yield text.slice(start, end);
    start = end;
    letters.lastIndex = end;
  }
}

/** A text in which old letters stand in modern ones, turned piece by piece and said; garbled text is refused. */
function mendText(file: string, text: string): Result<{ text: string; old: OldEncoding | null }> {
  const mark = text.indexOf('\ufffd');
  const lost = mark >= 0 ? mark : (heapedMarks(text) ?? lostLetter(text));
  if (lost !== null)
    return failure({ ...error('garbled-text', {}), place: new Lines(text).place(file, spanAt(lost)) });
  if (/^[\0-\x7f]*$/.test(text)) return { ok: true, value: { text, old: null }, diagnostics: [] };
  const seen = recognise(letteredPieces(text));
  if (seen.kind === 'plain') return { ok: true, value: { text, old: null }, diagnostics: [] };
  const at = (wrong: (piece: string) => boolean): Place => {
    for (const piece of text.matchAll(PIECE))
      if (wrong(piece[0])) return new Lines(text).place(file, spanAt(piece.index));
    return { file };
  };
  if (seen.kind === 'garbled') return failure({ ...error('garbled-text', {}), place: at(isGarbled) });
  const { encoding } = seen;
  const { lineText: _, ...place } = at((piece) => modernPiece(piece, seen) !== piece);
  return {
    ok: true,
    value: { text: text.replace(PIECE, (piece) => modernPiece(piece, seen)), old: encoding },
    diagnostics: [{ ...note('decoded-as', { file, encoding }), place }],
  };
}

const spanAt = (start: number) => ({ start, end: start + 1 });

/** UTF-16 by its mark or, without one, by its zeros: Latin letters leave every other byte zero. */
function utf16Of(bytes: Uint8Array): 'utf-16le' | 'utf-16be' | null {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be';
  const head = bytes.subarray(0, 200);
  const zeros = [0, 0];
  for (let i = 0; i < head.length; i++) if (head[i] === 0) zeros[i % 2]!++;
  if (zeros[1]! > head.length / 4) return 'utf-16le';
  return zeros[0]! > head.length / 4 ? 'utf-16be' : null;
}

/** Letters of several bytes that are UTF-8, bytes that are none, and where the first of these stands. */
function utf8Faults(bytes: Uint8Array): { good: number; bad: number; first: number | null } {
  let good = 0;
  let bad = 0;
  let first: number | null = null;
  for (let i = 0; i < bytes.length; ) {
    const byte = bytes[i]!;
    if (byte < 0x80) {
      i++;
      continue;
    }
    const length = byte >= 0xf0 && byte < 0xf5 ? 4 : byte >= 0xe0 ? 3 : byte >= 0xc2 ? 2 : 0;
    let next = 1;
    while (next < length && (bytes[i + next]! & 0xc0) === 0x80) next++;
    if (length > 0 && byte < 0xf5 && next === length && isShortest(byte, bytes[i + 1]!)) good++;
    else {
      bad++;
      first ??= i;
      next = 1;
    }
    i += next;
  }
  return { good, bad, first };
}

/** Neither a letter written longer than needed, nor half of a UTF-16 pair, nor beyond Unicode. */
function isShortest(first: number, second: number): boolean {
  if (first === 0xe0) return second >= 0xa0;
  if (first === 0xed) return second < 0xa0;
  if (first === 0xf0) return second >= 0x90;
  return first !== 0xf4 || second < 0x90;
}

/** The share of words that must be Vietnamese for a code page to be believed. */
const BELIEVED = 0.8;

/** Text in Windows-1258, or in a font of TCVN 3 or VNI; null when it reads as none of them. */
function oldCodePage(bytes: Uint8Array, western: string): Decoded | null {
  const candidates = [
    { encoding: 'windows-1258', text: new TextDecoder('windows-1258').decode(bytes).normalize('NFC') },
    { encoding: 'TCVN3', text: modern(western, 'TCVN3') },
    { encoding: 'VNI', text: modern(western, 'VNI') },
  ].map((candidate) => ({ ...candidate, share: vietnameseShare(candidate.text) }));
  const best = candidates.reduce((a, b) => (b.share > a.share ? b : a));
  return best.share >= BELIEVED ? { text: best.text, encoding: best.encoding } : null;
}

function placeOfByte(file: string, bytes: Uint8Array, at: number): Place {
  const before = new TextDecoder().decode(bytes.subarray(0, at));
  const start = before.length === 0 ? 0 : bytes.lastIndexOf(10, at - 1) + 1;
  const end = bytes.indexOf(10, at);
  const line = bytes.subarray(start, end < 0 ? undefined : end);
  const column = before.length - (before.lastIndexOf('\n') + 1) + 1;
  const lineText = new TextDecoder().decode(line).replace(/\r$/, '');
  return { file, line: before.split('\n').length, column, width: 1, lineText };
}
