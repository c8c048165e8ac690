import { isUtf8 } from 'node:buffer';
import { error, failure, note, type Place, type Result } from '../diagnostics/diagnostic.js';
import { Lines } from './document.js';
import { heapedMarks, lostLetter, modern, recognise, vietnameseShare } from './vietnamese.js';
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
  const encoding = utf16Of(bytes) ?? 'utf-8';
  if (encoding !== 'utf-8' || isUtf8(bytes)) return decoded(file, bytes, encoding);
  // What is no UTF-8 is decoded as U+FFFD.
  const text = new TextDecoder().decode(bytes);
  const western = legacy && isMostlyLost(text) ? new TextDecoder('windows-1252').decode(bytes) : null;
  const old = western === null ? null : oldCodePage(bytes, western);
  if (western === null || !old)
    return failure({ ...error('not-utf8', { file }), place: placeAt(file, text, text.indexOf('\ufffd')) });
  // A Western code page lacks most letters of Vietnamese.
  const lost = vietnameseShare(western) >= vietnameseShare(old.text) ? lostLetter(western) : null;
  if (lost !== null) return failure({ ...error('garbled-text', {}), place: placeAt(file, western, lost) });
  const diagnostics = [{ ...note('decoded-as', { file, encoding: old.encoding }), place: { file } }];
  return { ok: true, value: old, diagnostics };
}

const placeAt = (file: string, text: string, start: number): Place =>
  new Lines(text).place(file, { start, end: start + 1 });

/** Whether more letters beyond ASCII were lost than read. */
function isMostlyLost(text: string): boolean {
  let lost = 0;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code > 0x7f) lost += code === 0xfffd ? 1 : -1;
  }
  return lost > 0;
}

function decoded(file: string, bytes: Uint8Array, encoding: string): Result<Decoded> {
  let text: string;
  try {
    text = new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    return failure({ ...error('not-utf8', { file }), place: { file } });
  }
  const wrong = text.indexOf('\ufffd');
  const lost = wrong >= 0 ? wrong : (heapedMarks(text) ?? lostLetter(text));
  if (lost !== null) return failure({ ...error('garbled-text', {}), place: placeAt(file, text, lost) });
  const diagnostics =
    encoding === 'utf-8' ? [] : [{ ...note('decoded-as', { file, encoding }), place: { file } }];
  const seen = /^[\0-\x7f]*$/.test(text) ? null : recognise(letteredPieces(text));
  if (!seen) return { ok: true, value: { text, encoding }, diagnostics };
  let place: Place = { file };
  for (const { 0: piece, index } of text.matchAll(PIECE))
    if (seen.isWrong(piece)) {
      place = placeAt(file, text, index);
      break;
    }
  if (seen.encoding === null) return failure({ ...error('garbled-text', {}), place });
  const { lineText: _, ...there } = place;
  diagnostics.push({ ...note('decoded-as', { file, encoding: seen.encoding }), place: there });
  const value = { text: text.replace(PIECE, seen.modern), encoding: seen.encoding };
  return { ok: true, value, diagnostics };
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
