import {
  type Diagnostic,
  error,
  failure,
  type KeyPath,
  type Result,
  resultOf,
} from '../diagnostics/diagnostic.js';
import { lazy } from '../shapes/scalars.js';
import { heapedMarks } from './decode.js';
import { type Document, documentInText, FORBIDDEN, Lines, Positions, type Span, TOLD } from './document.js';
import { LIMITS } from './limits.js';

/** Reads JSON strictly (RFC 8259). A number is a number, however it is written; a key may stand once. */
export function readJson(file: string, text: string): Result<Document> {
  const reader = new JsonReader(text, null);
  const data = reader.document();
  const linesOf = lazy(() => new Lines(text));
  const positionsOf = lazy(() => {
    const positions = new Positions();
    new JsonReader(text, positions).document();
    return positions;
  });
  const diagnostics = reader.faults.map(({ problem, span }) => ({
    ...problem,
    place: linesOf().place(file, span),
  }));
  if (reader.stopped) return failure(...diagnostics);
  return resultOf(documentInText(file, data, linesOf, positionsOf), diagnostics);
}

class Stopped extends Error {}

class JsonReader {
  readonly faults: { problem: Diagnostic; span: Span }[] = [];
  stopped = false;
  private at = 0;
  private values = 0;

  constructor(
    private readonly text: string,
    private readonly positions: Positions | null,
  ) {
    if (text.startsWith('\ufeff')) this.at = 1;
  }

  document(): unknown {
    try {
      const data = this.value([], null);
      this.blanks();
      if (this.at < this.text.length) this.refuse('text after the end');
      return data;
    } catch (fault) {
      if (!(fault instanceof Stopped)) throw fault;
      this.stopped = true;
      return undefined;
    }
  }

  private stop(problem: Diagnostic): never {
    this.faults.push({ problem, span: { start: this.at, end: this.at + 1 } });
    throw new Stopped();
  }

  private refuse(reason: string): never {
    return this.stop(error('syntax', { reason }));
  }

  private blanks(): void {
    for (; ; this.at++) {
      const code = this.text.charCodeAt(this.at);
      if (code !== 0x20 && code !== 0x0a && code !== 0x0d && code !== 0x09) return;
    }
  }

  private value(path: KeyPath, key: Span | null): unknown {
    this.blanks();
    if (++this.values > LIMITS.jsonValues) this.stop(error('too-many-values', { limit: LIMITS.jsonValues }));
    if (path.length > LIMITS.depth) this.stop(error('too-deep', { limit: LIMITS.depth }));
    const start = this.at;
    const value = this.anything(path);
    this.positions?.set(path, { start, end: this.at }, key);
    return value;
  }

  private anything(path: KeyPath): unknown {
    switch (this.text[this.at]) {
      case '{':
        return this.map(path);
      case '[':
        return this.list(path);
      case '"':
        return this.string();
      case 't':
        return this.word('true', true);
      case 'f':
        return this.word('false', false);
      case 'n':
        return this.word('null', null);
      default:
        return this.number();
    }
  }

  private map(path: KeyPath): Record<string, unknown> {
    const map: Record<string, unknown> = {};
    if (this.isEmpty('}')) return map;
    for (;;) {
      this.blanks();
      const start = this.at;
      if (this.text[start] !== '"') this.refuse('expected a key in double quotes');
      const key = this.string().normalize('NFC');
      const span = { start, end: this.at };
      this.blanks();
      if (this.text[this.at] !== ':') this.refuse('expected a colon after the key');
      this.at++;
      const here = [...path, key];
      const value = this.value(here, span);
      if (FORBIDDEN.has(key)) this.tell(error('forbidden-key', { key }, here), span);
      else {
        if (Object.hasOwn(map, key)) this.tell(error('duplicate-key', { key: key.slice(0, 60) }, here), span);
        map[key] = value;
      }
      if (this.next('}', 'expected a comma or a closing brace')) return map;
    }
  }

  private list(path: KeyPath): unknown[] {
    const items: unknown[] = [];
    if (this.isEmpty(']')) return items;
    for (;;) {
      items.push(this.value([...path, items.length], null));
      if (this.next(']', 'expected a comma or a closing bracket')) return items;
    }
  }

  /** Passes the sign that a list or map begins with, and, where nothing is in it, its end. */
  private isEmpty(end: string): boolean {
    this.at++;
    this.blanks();
    const empty = this.text[this.at] === end;
    if (empty) this.at++;
    return empty;
  }

  /** Passes a comma, or the end of a list or map and says so. */
  private next(end: string, reason: string): boolean {
    this.blanks();
    const sign = this.text[this.at];
    if (sign !== ',' && sign !== end) this.refuse(reason);
    this.at++;
    return sign === end;
  }

  private tell(problem: Diagnostic, span: Span): void {
    if (this.faults.length < TOLD) this.faults.push({ problem, span });
  }

  private string(): string {
    const start = this.at++;
    for (; ; this.at++) {
      const code = this.text.charCodeAt(this.at);
      if (code === 0x5c) this.at++;
      else if (code === 0x22) break;
      else if (Number.isNaN(code)) {
        this.at = start;
        this.refuse('unclosed text');
      } else if (code < 0x20) this.refuse('a line break or another control sign in a text');
    }
    this.at++;
    let value: string;
    try {
      value = JSON.parse(this.text.slice(start, this.at));
    } catch {
      this.at = start;
      return this.refuse('an unknown sign after a backslash');
    }
    if (heapedMarks(value) !== null) this.stop(error('garbled-text', {}));
    return value;
  }

  private word(word: string, value: unknown): unknown {
    if (!this.text.startsWith(word, this.at)) this.refuse('expected a value');
    this.at += word.length;
    return value;
  }

  /** A number; one that a number does not hold exactly stays as it is written. */
  private number(): number | string {
    const text = NUMBER.exec(this.text.slice(this.at, this.at + 400))?.[0];
    if (text === undefined)
      return this.refuse(this.at < this.text.length ? 'expected a value' : 'the text ends too early');
    this.at += text.length;
    const value = Number(text);
    if (!Number.isFinite(value)) return text;
    const digits = text.replace(/^-?0*\.?0*|\.|e.*$/gi, '').length;
    return digits > 15 && String(value) !== text ? text : value;
  }
}

const NUMBER = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/;
