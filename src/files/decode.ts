import { isUtf8 } from 'node:buffer';
import { error, failure, note, type Place, type Result } from '../values/diagnostic.js';
import { Lines } from './document.js';

const OLE = [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1];

const starts = (bytes: Uint8Array, mark: readonly number[]) => mark.every((byte, i) => bytes[i] === byte);

/** Whether the bytes are an Office file or another zip, whatever the name says. */
export const isOle = (bytes: Uint8Array): boolean => starts(bytes, OLE);
export const isZip = (bytes: Uint8Array): boolean => starts(bytes, [0x50, 0x4b, 0x03, 0x04]);

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

// Old Vietnamese letters in new clothes: text in the fonts of TCVN 3 (.VnTime) or VNI, or UTF-8 that was taken for
// Windows-1252 and encoded again. Each is told by its letters: what reads as Vietnamese syllables under one of them,
// and does not as it stands, is that one.

/** Encodings that a text may hold inside another. */
type OldEncoding = 'TCVN3' | 'VNI' | 'UTF-8 x2';

const TONES = '\u0300\u0301\u0303\u0309\u0323';
const ONSET = '(?:ngh|ng|nh|gh|gi|kh|ph|th|tr|ch|qu|[bcdđghklmnprstvx])?';
const OPEN =
  'a|ai|ao|au|ay|âu|ây|e|eo|ê|êu|i|ia|iu|iêu|o|oa|oai|oao|oay|oe|oeo|oi|ô|ôi|ơ|ơi|u|ua|ui|uây|uê|uơ|uôi|uy|uya|uyu|ư|ưa|ưi|ưu|ươi|ươu|y|yêu';
const NASAL =
  '(?:[aăâeoôơuiư]|oa|oă|oe|uâ|uô|ươ)(?:m|n)|(?:[aăâeoôuư]|oa|oă|oo|uâ|uô|ươ|iê|yê)ng|(?:[aêi]|oa|uê|uy)nh|ê[mn]|(?:iê|yê|uyê)n|(?:iê|yê)m|uyn';
const STOP =
  '(?:[aăâeoôơuiư]|oa|oă|oe|uâ|uô|ươ|iê|yê|ê|uy|uyê)[pt]|(?:[aăâeoôuư]|oa|oă|oo|uô|ươ|iê)c|(?:[aêi]|oa|uê|uy)ch';
const SYLLABLE = new RegExp(`^${ONSET}(?:${OPEN}|${NASAL})$`);
const STOPPED = new RegExp(`^${ONSET}(?:${STOP})$`);
const ON_CONSONANT = new RegExp(`[^aeiouy\u0302\u0306\u031b][${TONES}]`);
const TONE = new RegExp(`[${TONES}]`, 'g');

/** Whether a word could be a syllable of Vietnamese; one that ends in c, ch, p or t has the acute or the dot. */
export function isSyllable(word: string): boolean {
  const apart = word.toLowerCase().normalize('NFD');
  const tones = apart.match(TONE) ?? [];
  if (tones.length > 1 || ON_CONSONANT.test(apart)) return false;
  const bare = apart.replace(TONE, '').normalize('NFC');
  if (STOPPED.test(bare)) return tones[0] === '\u0301' || tones[0] === '\u0323';
  return SYLLABLE.test(bare);
}

/** Letters of Vietnamese that stand in no Western code page: text that has them is what it seems. */
const GENUINE = new RegExp(`[ĂăĐđĨĩŨũƠơƯư\u1ea0-\u1ef9${TONES}]`);
const WORD = /[A-Za-z\u0080-\uffff]+/g;
const ASCII = /^[\0-\x7f]*$/;
const LETTERS = /[\p{L}\p{M}]+/gu;
/** Signs that TCVN 3 and twice-encoded text have inside words, where no language has them. */
const MISPLACED = /[¡-®µ-¹»-¿€-™\u0080-\u009f](?=\p{L})|\p{L}[¡-®µ-¹»-¿€\u0080-\u009f]/u;

/** How many words there are with letters beyond ASCII, and how many of them are Vietnamese; a misplaced sign counts as one that is not. */
interface WordTally {
  words: number;
  valid: number;
}

function tally(text: string, into: WordTally): void {
  if (MISPLACED.test(text)) into.words++;
  for (const word of text.match(LETTERS) ?? []) {
    if (ASCII.test(word)) continue;
    into.words++;
    if (isSyllable(word)) into.valid++;
  }
}

const share = ({ words, valid }: WordTally) => (words === 0 ? 0 : valid / words);

const TCVN3 = pairs(
  '¸áµà¶ả·ã¹ạ¨ă¾ắ»ằ¼ẳ½ẵÆặ©âÊấÇầÈẩÉẫËậ®đÐéÌèÎẻÏẽÑẹªêÕếÒềÓểÔễÖệÝí×ìØỉÜĩÞịãóßòáỏâõäọ«ôèốåồæổçỗéộ¬ơíớêờëởìỡîợóúïùñủòũôụ\u00adưøứõừöử÷ữùựýýúỳûỷüỹþỵ¡Ă¢Â§Đ£Ê¤Ô¥Ơ¦Ư',
);
const VNI_TONES = ['', '\u0301', '\u0300', '\u0309', '\u0303', '\u0323'];
/** What a mark of VNI puts on a letter: nothing, a circumflex or a breve, each without a tone (`-` for no mark) and with each. */
const VNI_MARKS = new Map(
  Object.entries({ '': '-ùøûõï', '\u0302': 'âáàåãä', '\u0306': 'êéèúüë' }).flatMap(([hat, marks]) =>
    [...marks].map((mark, i) => [mark, hat + VNI_TONES[i]!] as const),
  ),
);
const VNI_ALONE = pairs('ñđÑĐííÍÍììÌÌæỉÆỈóĩÓĨòịÒỊîỵÎỴôơÔƠöưÖƯ');
const VNI = /([aeouyôöAEOUYÔÖ])([ùøûõïâáàåãäêéèúüëÙØÛÕÏÂÁÀÅÃÄÊÉÈÚÜË])|[ñÑíÍìÌæÆóÓòÒîÎôÔöÖ]/g;

function pairs(text: string): ReadonlyMap<string, string> {
  const letters = [...text.normalize('NFC')];
  return new Map(letters.flatMap((letter, i) => (i % 2 === 0 ? [[letter, letters[i + 1]!] as const] : [])));
}

const WINDOWS_1252 = '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ';

const UTF8 = new TextDecoder('utf-8', { fatal: true });

/** The text whose UTF-8 bytes were taken for Windows-1252 or Latin-1; null when they are no UTF-8. */
function decodedTwice(text: string): string | null {
  const bytes = new Uint8Array(text.length);
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    const special = code < 256 ? code : WINDOWS_1252.indexOf(text[i]!) + 128;
    if (special < 128 && code >= 256) return null;
    bytes[i] = special;
  }
  try {
    return UTF8.decode(bytes);
  } catch {
    return null;
  }
}

/** How each encoding's text is turned into what it means. */
const TURN: Record<OldEncoding, (text: string) => string> = {
  TCVN3: (text) => [...text].map((letter) => TCVN3.get(letter) ?? letter).join(''),
  VNI: (text) =>
    text.replace(VNI, (letter, base: string | undefined, mark: string | undefined) => {
      if (base === undefined || mark === undefined) return VNI_ALONE.get(letter) ?? letter;
      return `${VNI_ALONE.get(base) ?? base}${VNI_MARKS.get(mark.toLowerCase()) ?? ''}`.normalize('NFC');
    }),
  'UTF-8 x2': (text) =>
    text.replace(WORD, (word) => (ASCII.test(word) ? word : (decodedTwice(word) ?? word))),
};
const OLD = Object.keys(TURN) as OldEncoding[];

/** Text in an old encoding, as it is meant. */
const modern = (text: string, encoding: OldEncoding): string => TURN[encoding](text).normalize('NFC');

/** Words looked at before an answer; more would not change it. */
const SAMPLE = 5_000;
/** The share of words that must be syllables under an encoding for it to be sure. */
const SURE = 0.9;

/** What is wrong with the letters of a text: they are in an old encoding, or in none that is known. */
export interface Recognised {
  /** Null for one that is not known. */
  encoding: OldEncoding | null;
  /** A piece as it is meant; as it stands where that is not known. */
  modern(piece: string): string;
  /** Whether a piece is not as it is meant. */
  isWrong(piece: string): boolean;
}

/**
 * What is wrong with the pieces of a text (values, cells), by those that have letters beyond ASCII and none that only
 * Vietnamese has; null where nothing is.
 */
export function recognise(pieces: Iterable<string>): Recognised | null {
  const all = new Evidence();
  const odd = new Evidence();
  let genuine = 0;
  for (const piece of pieces) {
    if (ASCII.test(piece)) continue;
    if (GENUINE.test(piece)) genuine++;
    else {
      all.add(piece);
      if (isOdd(piece)) odd.add(piece);
    }
    if (all.plain.words > SAMPLE) break;
  }
  if (odd.plain.words === 0) return null;
  // Among real Vietnamese only what is odd counts, and one strange word may be a foreign name.
  const mixed = genuine > 0;
  const evidence = mixed ? odd : all;
  const wrong = evidence.plain.words - evidence.plain.valid;
  const encoding = evidence.sure();
  const enough = !mixed || wrong >= 2 || evidence.misplaced > 0;
  if (encoding && enough && wrong * 2 >= evidence.plain.words) {
    const inModern = (piece: string) => modernPiece(piece, encoding, mixed);
    return { encoding, modern: inModern, isWrong: (piece) => inModern(piece) !== piece };
  }
  return evidence.misplaced >= 3 && !mixed
    ? { encoding: null, modern: (piece) => piece, isWrong: isGarbled }
    : null;
}

/** How the words of some pieces read as they stand, and under each encoding. */
class Evidence {
  readonly plain: WordTally = { words: 0, valid: 0 };
  misplaced = 0;
  private readonly turned = new Map(OLD.map((encoding) => [encoding, { words: 0, valid: 0 }]));

  add(piece: string): void {
    for (const word of piece.match(WORD) ?? []) {
      if (ASCII.test(word)) continue;
      tally(word, this.plain);
      if (MISPLACED.test(word)) this.misplaced++;
      for (const [encoding, sum] of this.turned) tally(TURN[encoding](word), sum);
    }
  }

  /** The encoding under which nearly all is Vietnamese, and more than under any other. */
  sure(): OldEncoding | null {
    const ranked = OLD.map((encoding) => ({ encoding, share: share(this.turned.get(encoding)!) }));
    const [best, second] = ranked.sort((a, b) => b.share - a.share);
    return best!.share >= SURE && best!.share - second!.share >= 0.2 ? best!.encoding : null;
  }
}

/** Whether a piece has a word that is no Vietnamese as it stands. */
function isOdd(piece: string): boolean {
  const sum: WordTally = { words: 0, valid: 0 };
  tally(piece, sum);
  return sum.valid < sum.words;
}

/** A piece as it is meant: one with letters that only Vietnamese has stays, and among such so does what is not odd. */
function modernPiece(piece: string, encoding: OldEncoding, mixed: boolean): string {
  if (ASCII.test(piece) || GENUINE.test(piece) || (mixed && !isOdd(piece))) return piece;
  return modern(piece, encoding);
}

/** Whether a piece has signs where no language has them. */
const isGarbled = (piece: string): boolean => !GENUINE.test(piece) && MISPLACED.test(piece);

/** A syllable, its marks apart, in which question marks stand for vowels or for the `đ` that begins it. */
const WITH_LOSS = new RegExp(`^(?:\\?|${ONSET})[aeiouy\u0300-\u0303?]{1,6}(?:ch|n[gh]?|[cmpt])?\\?*$`, 'i');

/**
 * Where marks are heaped on a letter, more of them than any has (Unicode's limit is 30); null when nowhere. To put
 * them in order takes time by the square of their number.
 */
export function heapedMarks(text: string): number | null {
  const at = text.search(/\p{M}{31}/u);
  return at < 0 ? null : at;
}

/**
 * Where a letter was lost: a question mark inside a syllable, as in `Huy?n`, in a text without letters that only
 * Vietnamese has. A program writes one for each letter that the code page it saves in lacks. That of `so?yes` ends a
 * question, and that of `x/tra?id=3` begins a query.
 */
function lostLetter(text: string): number | null {
  if (GENUINE.test(text)) return null;
  for (const { index } of text.matchAll(/\p{L}\?+(?=\p{L})/gu)) {
    const before = text.slice(Math.max(0, index - 200), index + 1);
    const rest = text.slice(index + 1, index + 20);
    const word = `${before.split(/[^\p{L}?]/u).at(-1)}${rest.split(/[^\p{L}?]/u)[0]}`;
    const address = before
      .split(/[\s",;]/)
      .at(-1)!
      .includes('/');
    if (!address && WITH_LOSS.test(word.normalize('NFD'))) return index + 1;
  }
  return null;
}

/** The share of words beyond ASCII that are Vietnamese. */
function vietnameseShare(text: string): number {
  const sum: WordTally = { words: 0, valid: 0 };
  tally(text.slice(0, 1_000_000), sum);
  return share(sum);
}
