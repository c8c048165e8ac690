import type { DiagnosticCode } from '../diagnostics/codes.js';
import type { Diagnostic, KeyPath, Place } from '../diagnostics/diagnostic.js';

/** A span in a file, in characters from its start. */
export interface Span {
  start: number;
  end: number;
}

/** A file's data with a way back from each part of it to its place. */
export interface Document {
  file: string;
  data: unknown;
  /** Puts places on diagnostics that know only a path into the data. */
  locate(diagnostics: readonly Diagnostic[]): Diagnostic[];
}

/** Turns character offsets into one-based lines and columns. */
export class Lines {
  private readonly starts: number[] = [0];

  constructor(private readonly text: string) {
    for (let i = text.indexOf('\n'); i >= 0; i = text.indexOf('\n', i + 1)) this.starts.push(i + 1);
  }

  place(file: string, span: Span): Place {
    let low = 0;
    let high = this.starts.length - 1;
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      if (this.starts[middle]! <= span.start) low = middle;
      else high = middle - 1;
    }
    const start = this.starts[low]!;
    const end = this.starts[low + 1] ?? this.text.length + 1;
    const lineText = this.text.slice(start, end - 1).replace(/\r$/, '');
    const column = span.start - start + 1;
    const width = Math.max(1, Math.min(span.end, start + lineText.length) - span.start);
    return { file, line: low + 1, column, width, lineText };
  }
}

/** Where each path of a document stands; a path without a place of its own takes its nearest ancestor's. */
export class Positions {
  private readonly spans = new Map<string, Span>();
  private readonly keys = new Map<string, Span>();

  /** Where the value at a path stands. */
  set(path: KeyPath, span: Span): void {
    this.spans.set(JSON.stringify(path.map(String)), span);
  }

  /** Where the key that a path ends in stands. */
  setKey(path: KeyPath, span: Span): void {
    this.keys.set(JSON.stringify(path.map(String)), span);
  }

  getKey(path: KeyPath): Span {
    return this.keys.get(JSON.stringify(path.map(String))) ?? this.get(path);
  }

  get(path: KeyPath): Span {
    for (let length = path.length; length >= 0; length--) {
      const span = this.spans.get(JSON.stringify(path.slice(0, length).map(String)));
      if (span) return span;
    }
    return { start: 0, end: 0 };
  }
}

/** Complaints about a key rather than the value under it. */
const ABOUT_KEYS: ReadonlySet<DiagnosticCode> = new Set([
  'unknown-key',
  'duplicate-key',
  'forbidden-key',
  'unknown-criterion',
  'id-read-as-number',
  'duplicate-id',
  'unknown-values',
  'unknown-part',
]);

/** Builds a document whose diagnostics are placed by `positions`. */
export function documentOf(file: string, data: unknown, text: string, positions: Positions): Document {
  const lines = new Lines(text);
  return {
    file,
    data,
    locate: (diagnostics) =>
      diagnostics.map((d) => {
        if (d.place) return d;
        const span = ABOUT_KEYS.has(d.code) ? positions.getKey(d.path) : positions.get(d.path);
        return { ...d, place: lines.place(file, span) };
      }),
  };
}
