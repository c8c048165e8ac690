import type { Zip } from './zip.js';

/** What a file is that should be a workbook and is none. */
export type ForeignKind =
  | 'password'
  | 'xls'
  | 'xlsb'
  | 'ods'
  | 'html'
  | 'xml'
  | 'pdf'
  | 'word'
  | 'zip'
  | 'text'
  | 'empty'
  | 'unknown';

const OLE = [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1];

const starts = (bytes: Uint8Array, mark: readonly number[]) => mark.every((byte, i) => bytes[i] === byte);

/** Whether the bytes are an Office file or another zip, whatever the name says. */
export const isOle = (bytes: Uint8Array): boolean => starts(bytes, OLE);
export const isZip = (bytes: Uint8Array): boolean => starts(bytes, [0x50, 0x4b, 0x03, 0x04]);

/** Whether an Office file carries macros; none is ever run. */
export const holdsMacros = (zip: Zip): boolean =>
  [...zip.names].some((name) => name.endsWith('vbaproject.bin'));

/** What the bytes are when not an Excel workbook; null when they are one. */
export function foreignKind(bytes: Uint8Array, zip: Zip | null): ForeignKind | null {
  if (bytes.length === 0) return 'empty';
  if (isOle(bytes)) return holdsUtf16(bytes, 'EncryptedPackage') ? 'password' : 'xls';
  if (zip) {
    const names = [...zip.names];
    if (zip.has('xl/workbook.bin')) return 'xlsb';
    if (zip.has('[content_types].xml')) return zip.has('word/document.xml') ? 'word' : null;
    if (zip.has('mimetype') && zip.has('content.xml')) return 'ods';
    return names.some((name) => name.startsWith('xl/')) ? null : 'zip';
  }
  const head = new TextDecoder('latin1').decode(bytes.subarray(0, 2048)).replace(/\0/g, '').trimStart();
  if (head.startsWith('%PDF')) return 'pdf';
  if (/<(html|table|!doctype html)[\s>]/i.test(head)) return 'html';
  if (/^(ï»¿)?<\?xml/.test(head))
    return /urn:schemas-microsoft-com:office:spreadsheet/.test(head) ? 'xml' : 'unknown';
  const printable = bytes
    .subarray(0, 2048)
    .every((byte) => byte >= 32 || byte === 9 || byte === 10 || byte === 13);
  return printable && !isZip(bytes) ? 'text' : 'unknown';
}

/** Whether a word stands in the bytes in UTF-16, as the directory of an old Office file names its parts. */
function holdsUtf16(bytes: Uint8Array, word: string): boolean {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).includes(Buffer.from(word, 'utf16le'));
}
