import {
  type Alias,
  isAlias,
  isMap,
  isPair,
  isScalar,
  isSeq,
  parseDocument,
  type Document as Yaml,
} from 'yaml';
import { type Diagnostic, error, type KeyPath, type Result, resultOf } from '../diagnostics/diagnostic.js';
import { type Document, documentOf, Lines, Positions, type Span } from './document.js';
import { LIMITS } from './limits.js';

const FORBIDDEN = new Set(['__proto__', 'constructor', 'prototype']);
const NUMERAL = /^-?\d+(\.\d+)?$/;

/**
 * Reads YAML (and JSON, which is YAML). Every scalar is text, so that ids and figures stay as written;
 * only an unquoted numeral that a number holds exactly becomes a number.
 */
export function readYaml(file: string, text: string): Result<Document> {
  const yaml = parseDocument(text, { schema: 'failsafe', prettyErrors: false, logLevel: 'silent' });
  const lines = new Lines(text);
  const at = (d: Diagnostic, span: Span): Diagnostic => ({ ...d, place: lines.place(file, span) });
  const faults = yaml.errors.map((fault) => {
    const span = { start: fault.pos[0], end: fault.pos[1] };
    const key = text.slice(span.start, text.indexOf(':', span.start));
    const problem =
      fault.code === 'DUPLICATE_KEY'
        ? error('duplicate-key', { key: key.trim().slice(0, 60) })
        : error('syntax', { reason: fault.message.split('\n')[0]! });
    return at(problem, span);
  });
  if (faults.length > 0) return { ok: false, diagnostics: faults };
  const walker = new Walker(yaml);
  const data = walker.plain(yaml.contents, [], 0);
  const document = documentOf(file, data, text, walker.positions);
  return resultOf(document, document.locate(walker.diagnostics));
}

class Walker {
  readonly positions = new Positions();
  readonly diagnostics: Diagnostic[] = [];
  private aliases = 0;
  private stopped = false;

  constructor(private readonly yaml: Yaml.Parsed) {}

  plain(node: unknown, path: KeyPath, depth: number): unknown {
    if (this.stopped) return undefined;
    this.mark(node, path);
    if (depth > LIMITS.depth) return this.stop(error('too-deep', { limit: LIMITS.depth }, path));
    if (isAlias(node)) return this.alias(node, path, depth);
    if (isScalar(node)) return scalarValue(node);
    if (isSeq(node)) return node.items.map((item, i) => this.plain(item, [...path, i], depth + 1));
    if (isMap(node)) return this.map(node.items, path, depth);
    return undefined;
  }

  private map(items: readonly unknown[], path: KeyPath, depth: number): Record<string, unknown> {
    const found: Record<string, unknown> = {};
    for (const pair of items) {
      if (!isPair(pair)) continue;
      const key = isScalar(pair.key) ? String(pair.key.value).normalize('NFC') : '';
      const here = [...path, key];
      this.mark(pair.key, here, true);
      if (FORBIDDEN.has(key)) {
        this.diagnostics.push(error('forbidden-key', { key }, here));
        continue;
      }
      if (Object.hasOwn(found, key)) this.diagnostics.push(error('duplicate-key', { key }, here));
      found[key] = this.plain(pair.value, here, depth + 1);
    }
    return found;
  }

  private alias(node: Alias, path: KeyPath, depth: number): unknown {
    if (++this.aliases > LIMITS.aliases) {
      return this.stop(error('too-many-aliases', { limit: LIMITS.aliases }, path));
    }
    return this.plain(node.resolve(this.yaml), path, depth + 1);
  }

  private stop(problem: Diagnostic): undefined {
    this.stopped = true;
    this.diagnostics.push(problem);
    return undefined;
  }

  private mark(node: unknown, path: KeyPath, key = false): void {
    const range = (node as { range?: [number, number, number] | null } | null)?.range;
    if (!range || range[1] <= range[0]) return;
    const span = { start: range[0], end: range[1] };
    if (key) this.positions.setKey(path, span);
    this.positions.set(path, span);
  }
}

function scalarValue(node: { value: unknown; type?: string }): unknown {
  const text = String(node.value ?? '');
  if (node.type !== 'PLAIN') return text;
  if (text === '') return undefined;
  return NUMERAL.test(text) && String(Number(text)) === text ? Number(text) : text;
}
