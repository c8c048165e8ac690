import { type Diagnostic, note } from '../diagnostics/diagnostic.js';

/** A file's text, and a note when its encoding was not plain UTF-8. */
export interface Decoded {
  text: string;
  notes: Diagnostic[];
}

const as = (encoding: string, bytes: Uint8Array) => new TextDecoder(encoding).decode(bytes);

/** UTF-16 without a mark: Latin letters leave every other byte zero. */
function looksLikeUtf16(bytes: Uint8Array): 'utf-16le' | 'utf-16be' | null {
  const head = bytes.subarray(0, 200);
  const zeros = [0, 0];
  for (let i = 0; i < head.length; i++) if (head[i] === 0) zeros[i % 2]!++;
  if (zeros[1]! > head.length / 4) return 'utf-16le';
  return zeros[0]! > head.length / 4 ? 'utf-16be' : null;
}

/**
 * Decodes what Excel and editors save: UTF-8 with or without a mark, UTF-16, and, where a table allows it,
 * Windows-1258. Null when the bytes are none of these.
 */
export function decodeText(file: string, bytes: Uint8Array, legacy: boolean): Decoded | null {
  const noted = (encoding: string): Decoded => ({
    text: as(encoding, bytes).normalize('NFC'),
    notes: [{ ...note('decoded-as', { file, encoding }), place: { file } }],
  });
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return noted('utf-16le');
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return noted('utf-16be');
  const wide = looksLikeUtf16(bytes);
  if (wide) return noted(wide);
  try {
    return { text: new TextDecoder('utf-8', { fatal: true }).decode(bytes), notes: [] };
  } catch {
    return legacy ? noted('windows-1258') : null;
  }
}
