import { Parser } from 'saxen';
import { raisedDigits } from './cells.js';

/** What is wrong with a part that should be XML. */
export class XmlFault extends Error {}

/** What hears a document's parts in order; names stand without their prefix. */
export interface XmlListener {
  open(name: string, attribute: (name: string) => string | undefined): void;
  close?(name: string): void;
  text?(text: string): void;
}

const CHUNK = 1 << 16;
/** Characters of one tag, text or comment; the parser keeps an unfinished one and looks at it again. */
const LONGEST = 1 << 22;

/**
 * Reads XML in pieces and tells a listener what comes. Entities are the five of XML and numbers; a document that
 * declares its own is refused. Throws `XmlFault` where the XML is broken.
 */
export function readXml(bytes: Uint8Array, listener: XmlListener): void {
  let silent = 0;
  const refuse = (reason: string): never => {
    throw new XmlFault(reason);
  };
  const parser = new Parser()
    .on('error', (fault) => refuse(fault.message))
    .on('warn', (fault) => refuse(fault.message))
    .on('attention', () => refuse('document type declaration'))
    .on('openTag', (name, attributes) => {
      silent = 0;
      listener.open(localName(name), (wanted) => attributeOf(attributes(), wanted));
    })
    .on('closeTag', (name) => {
      silent = 0;
      listener.close?.(localName(name));
    });
  if (listener.text) {
    const hear = listener.text.bind(listener);
    parser.on('text', (text, decode) => hear(text.includes('&') ? decode(text) : text));
    parser.on('cdata', hear);
  }
  const decoder = new TextDecoder(encodingOf(bytes), { fatal: true });
  try {
    for (let at = 0; at < bytes.length; at += CHUNK) {
      const piece = decoder.decode(bytes.subarray(at, at + CHUNK), { stream: true });
      silent += piece.length;
      if (silent > LONGEST) refuse('one part of the text is too long');
      parser.write(piece);
    }
    parser.write(decoder.decode());
    parser.end();
  } catch (fault) {
    if (fault instanceof XmlFault) throw fault;
    if (fault instanceof TypeError) refuse('not the encoding it says');
    throw fault;
  }
}

function encodingOf(bytes: Uint8Array): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  return bytes[0] === 0xfe && bytes[1] === 0xff ? 'utf-16be' : 'utf-8';
}

const localName = (name: string): string => name.slice(name.indexOf(':') + 1);

function attributeOf(attributes: Record<string, string>, wanted: string): string | undefined {
  if (Object.hasOwn(attributes, wanted)) return attributes[wanted];
  const key = Object.keys(attributes).find((name) => localName(name) === wanted && !name.startsWith('xmlns'));
  return key === undefined ? undefined : attributes[key];
}

/** The text of a string with its runs put together; what is said on how to pronounce it is left out. */
export class StringText {
  private text = '';
  private inText = false;
  private raised = false;
  private aside = 0;

  start(): void {
    this.text = '';
    this.inText = false;
    this.raised = false;
    this.aside = 0;
  }

  open(name: string, attribute: (name: string) => string | undefined): void {
    if (name === 'rPh') this.aside++;
    else if (name === 'r') this.raised = false;
    else if (name === 'vertAlign') this.raised = attribute('val') === 'superscript';
    else if (name === 't') this.inText = this.aside === 0;
  }

  close(name: string): void {
    if (name === 'rPh') this.aside--;
    else if (name === 't') this.inText = false;
  }

  add(piece: string): void {
    if (this.inText) this.text += this.raised ? raisedDigits(piece) : piece;
  }

  take(): string {
    return unescaped(this.text);
  }
}

/** `_x000D_` stands for a character that XML cannot hold (ECMA-376, part 1, 22.4.2.4). */
export const unescaped = (text: string): string =>
  text.includes('_x')
    ? text.replace(/_x([0-9a-fA-F]{4})_/g, (_, hex) => String.fromCharCode(Number.parseInt(hex, 16)))
    : text;
