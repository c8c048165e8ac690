import {
  type Diagnostic,
  error,
  failure,
  type KeyPath,
  type PartialResult,
  partialOf,
} from '../values/diagnostic.js';
import { lazy } from '../values/scalars.js';
import { heapedMarks } from './decode.js';
import {
  type Document,
  documentInText,
  FORBIDDEN,
  Lines,
  Positions,
  type TextSpan,
  TOLD,
} from './document.js';
import { LIMITS } from './limits.js';

/** Reads JSON strictly (RFC 8259). A number is a number, however it is written; a key may stand once. */
export function readJson(file: string, text: string): PartialResult<Document> {
  const { data, faults, stopped } = parseJson(text, null);
  const linesOf = lazy(() => new Lines(text));
  const positionsOf = lazy(() => {
    const positions = new Positions();
    parseJson(text, positions);
    return positions;
  });
  const diagnostics = faults.map(({ problem, span }) => ({ ...problem, place: linesOf().place(file, span) }));
  if (stopped) return failure(...diagnostics);
  return partialOf(documentInText(file, data, linesOf, positionsOf), diagnostics);
}

class Stopped extends Error {}

/** What a text says as JSON, with its faults; each part's place goes to `positions`, where they are asked for. */
function parseJson(text: string, positions: Positions | null) {
  const faults: { problem: Diagnostic; span: TextSpan }[] = [];
  let at = text.startsWith('\ufeff') ? 1 : 0;
  let values = 0;
  try {
    const data = readValue([], null);
    blanks();
    if (at < text.length) refuse('text after the end');
    return { data, faults, stopped: false };
  } catch (fault) {
    if (!(fault instanceof Stopped)) throw fault;
    return { data: undefined, faults, stopped: true };
  }

  function stop(problem: Diagnostic): never {
    faults.push({ problem, span: { start: at, end: at + 1 } });
    throw new Stopped();
  }

  function refuse(reason: string): never {
    return stop(error('syntax', { reason }));
  }

  function blanks(): void {
    for (; ; at++) {
      const code = text.charCodeAt(at);
      if (code !== 0x20 && code !== 0x0a && code !== 0x0d && code !== 0x09) return;
    }
  }

  function readValue(path: KeyPath, key: TextSpan | null): unknown {
    blanks();
    if (++values > LIMITS.jsonValues) stop(error('too-many-values', { limit: LIMITS.jsonValues }));
    if (path.length > LIMITS.depth) stop(error('too-deep', { limit: LIMITS.depth }));
    const start = at;
    const value = readAny(path);
    positions?.set(path, { start, end: at }, key);
    return value;
  }

  function readAny(path: KeyPath): unknown {
    switch (text[at]) {
      case '{':
        return readMap(path);
      case '[':
        return readList(path);
      case '"':
        return readText();
      case 't':
        return readWord('true', true);
      case 'f':
        return readWord('false', false);
      case 'n':
        return readWord('null', null);
      default:
        return readNumber();
    }
  }

  function readMap(path: KeyPath): Record<string, unknown> {
    const map: Record<string, unknown> = {};
    if (isEmpty('}')) return map;
    for (;;) {
      blanks();
      const start = at;
      if (text[start] !== '"') refuse('expected a key in double quotes');
      const key = readText().normalize('NFC');
      const span = { start, end: at };
      blanks();
      if (text[at] !== ':') refuse('expected a colon after the key');
      at++;
      const here = [...path, key];
      const value = readValue(here, span);
      if (FORBIDDEN.has(key)) tell(error('forbidden-key', { key }, here), span);
      else {
        if (Object.hasOwn(map, key)) tell(error('duplicate-key', { key: key.slice(0, 60) }, here), span);
        map[key] = value;
      }
      if (next('}', 'expected a comma or a closing brace')) return map;
    }
  }

  function readList(path: KeyPath): unknown[] {
    const items: unknown[] = [];
    if (isEmpty(']')) return items;
    for (;;) {
      items.push(readValue([...path, items.length], null));
      if (next(']', 'expected a comma or a closing bracket')) return items;
    }
  }

  /** Passes the sign that a list or map begins with, and, where nothing is in it, its end. */
  function isEmpty(end: string): boolean {
    at++;
    blanks();
    const empty = text[at] === end;
    if (empty) at++;
    return empty;
  }

  /** Passes a comma, or the end of a list or map and says so. */
  function next(end: string, reason: string): boolean {
    blanks();
    const sign = text[at];
    if (sign !== ',' && sign !== end) refuse(reason);
    at++;
    return sign === end;
  }

  function tell(problem: Diagnostic, span: TextSpan): void {
    if (faults.length < TOLD) faults.push({ problem, span });
  }

  function readText(): string {
    const start = at++;
    for (; ; at++) {
      const code = text.charCodeAt(at);
      if (code === 0x5c) at++;
      else if (code === 0x22) break;
      else if (Number.isNaN(code)) {
        at = start;
        refuse('unclosed text');
      } else if (code < 0x20) refuse('a line break or another control sign in a text');
    }
    at++;
    let value: string;
    try {
      value = JSON.parse(text.slice(start, at));
    } catch {
      at = start;
      return refuse('an unknown sign after a backslash');
    }
    if (heapedMarks(value) !== null) stop(error('garbled-text', {}));
    return value;
  }

  function readWord(word: string, value: unknown): unknown {
    if (!text.startsWith(word, at)) refuse('expected a value');
    at += word.length;
    return value;
  }

  /** A number; one that a number does not hold exactly stays as it is written. */
  function readNumber(): number | string {
    const written = NUMBER.exec(text.slice(at, at + 400))?.[0];
    if (written === undefined)
      return refuse(at < text.length ? 'expected a value' : 'the text ends too early');
    at += written.length;
    const value = Number(written);
    if (!Number.isFinite(value)) return written;
    const digits = written.replace(/^-?0*\.?0*|\.|e.*$/gi, '').length;
    return digits > 15 && String(value) !== written ? written : value;
  }
}

const NUMBER = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/;
