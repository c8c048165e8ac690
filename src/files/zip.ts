import { inflateRawSync } from 'node:zlib';
import { isOle, isZip } from './decode.js';

const END = 0x06054b50;
const ENTRY = 0x02014b50;
const LOCAL = 0x04034b50;
const STORED = 0;
const DEFLATED = 8;

/** Why a part of a zip cannot be read. */
type ZipFault = 'damaged' | 'encrypted' | 'too-large';

/** A part of a zip, or why there is none. */
export type ZipPart = { ok: true; bytes: Uint8Array } | { ok: false; fault: ZipFault };

interface ZipEntry {
  method: number;
  encrypted: boolean;
  crc: number;
  packed: number;
  start: number;
}

/**
 * A zip, read part by part. What is inflated is counted as it comes, whatever the directory says of it: the parts
 * that are read may take `limit` bytes together.
 */
export class Zip {
  private left: number;

  private constructor(
    private readonly bytes: Uint8Array,
    private readonly entries: ReadonlyMap<string, ZipEntry>,
    limit: number,
  ) {
    this.left = limit;
  }

  /** Reads the directory; null when the bytes are no zip. */
  static open(bytes: Uint8Array, limit: number): Zip | null {
    const entries = directoryOf(bytes);
    return entries && new Zip(bytes, entries, limit);
  }

  /** Names of the parts, in lower case, with `/` between folders. */
  get names(): Iterable<string> {
    return this.entries.keys();
  }

  has(name: string): boolean {
    return this.entries.has(partName(name));
  }

  /** The content of a part that the directory names. */
  read(name: string): ZipPart {
    const entry = this.entries.get(partName(name));
    if (!entry) return { ok: false, fault: 'damaged' };
    if (entry.encrypted) return { ok: false, fault: 'encrypted' };
    const packed = this.packedOf(entry);
    if (!packed) return { ok: false, fault: 'damaged' };
    let content: Uint8Array;
    if (entry.method === STORED) content = packed;
    else if (entry.method === DEFLATED) {
      try {
        content = inflateRawSync(packed, { maxOutputLength: Math.max(1, this.left) });
      } catch (fault) {
        const tooLarge = (fault as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE';
        return { ok: false, fault: tooLarge ? 'too-large' : 'damaged' };
      }
    } else return { ok: false, fault: 'damaged' };
    this.left -= content.length;
    if (this.left < 0) return { ok: false, fault: 'too-large' };
    return crc32(content) === entry.crc ? { ok: true, bytes: content } : { ok: false, fault: 'damaged' };
  }

  private packedOf({ start, packed }: ZipEntry): Uint8Array | null {
    const view = viewOf(this.bytes);
    if (start + 30 > this.bytes.length || view.getUint32(start, true) !== LOCAL) return null;
    const from = start + 30 + view.getUint16(start + 26, true) + view.getUint16(start + 28, true);
    return from + packed <= this.bytes.length ? this.bytes.subarray(from, from + packed) : null;
  }
}

/** One spelling of a part's name: some producers write `\`, a leading `/` or other capitals. */
export function partName(name: string): string {
  return name.replaceAll('\\', '/').replace(/^\//, '').toLowerCase();
}

const viewOf = (bytes: Uint8Array) => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);

function directoryOf(bytes: Uint8Array): Map<string, ZipEntry> | null {
  if (bytes.length < 22) return null;
  const view = viewOf(bytes);
  const last = Math.max(0, bytes.length - 22 - 0xffff);
  let end = bytes.length - 22;
  while (end >= last && view.getUint32(end, true) !== END) end--;
  if (end < last) return null;
  const count = view.getUint16(end + 10, true);
  let at = view.getUint32(end + 16, true);
  const entries = new Map<string, ZipEntry>();
  const names = new TextDecoder();
  for (let i = 0; i < count; i++) {
    if (at + 46 > bytes.length || view.getUint32(at, true) !== ENTRY) return null;
    const name = view.getUint16(at + 28, true);
    const rest = view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
    entries.set(partName(names.decode(bytes.subarray(at + 46, at + 46 + name))), {
      encrypted: (view.getUint16(at + 8, true) & 1) === 1,
      method: view.getUint16(at + 10, true),
      crc: view.getUint32(at + 16, true),
      packed: view.getUint32(at + 20, true),
      start: view.getUint32(at + 42, true),
    });
    at += 46 + name + rest;
  }
  return entries;
}

let table: Uint32Array | undefined;

function crc32(bytes: Uint8Array): number {
  table ??= Uint32Array.from({ length: 256 }, (_, n) => {
    let c = n;
    for (let bit = 0; bit < 8; bit++) c = c & 1 ? 0xedb88320 ^ (c >>> 1) : c >>> 1;
    return c;
  });
  let crc = 0xffffffff;
  for (let i = 0; i < bytes.length; i++) crc = table[(crc ^ bytes[i]!) & 0xff]! ^ (crc >>> 8);
  return (crc ^ 0xffffffff) >>> 0;
}

/** Whether an Office file carries macros; none is ever run. */
export const holdsMacros = (zip: Zip): boolean =>
  [...zip.names].some((name) => name.endsWith('vbaproject.bin'));

/** What the bytes are when not an Excel workbook; null when they are one. */
export function foreignKind(bytes: Uint8Array, zip: Zip | null): string | null {
  if (bytes.length === 0) return 'empty';
  if (isOle(bytes)) return holdsUtf16(bytes, 'EncryptedPackage') ? 'password' : 'xls';
  if (zip) {
    if (zip.has('xl/workbook.bin')) return 'xlsb';
    if (zip.has('[content_types].xml')) return zip.has('word/document.xml') ? 'word' : null;
    if (zip.has('mimetype') && zip.has('content.xml')) return 'ods';
    return [...zip.names].some((name) => name.startsWith('xl/')) ? null : 'zip';
  }
  const head = new TextDecoder('latin1').decode(bytes.subarray(0, 2048)).replace(/\0/g, '').trimStart();
  if (head.startsWith('%PDF')) return 'pdf';
  if (/<(html|table|!doctype html)[\s>]/i.test(head)) return 'html';
  if (/^(ï»¿)?<\?xml/.test(head)) {
    if (head.includes('urn:oasis:names:tc:opendocument')) return 'ods';
    return head.includes('urn:schemas-microsoft-com:office:spreadsheet') ? 'xml' : 'unknown';
  }
  const printable = bytes.subarray(0, 2048).every((byte) => byte >= 32 || [9, 10, 13].includes(byte));
  return printable && !isZip(bytes) ? 'text' : 'unknown';
}

/** Whether a word stands in the bytes in UTF-16, as the directory of an old Office file names its parts. */
function holdsUtf16(bytes: Uint8Array, word: string): boolean {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).includes(Buffer.from(word, 'utf16le'));
}
