import type { DiagnosticCode } from '../values/codes.js';
import {
  asFarAsRead,
  type Diagnostic,
  error,
  failure,
  type KeyPath,
  type PartialResult,
  type Place,
  partialOf,
} from '../values/diagnostic.js';
import { isMap } from '../values/from-zod.js';
import { firstWhere } from '../values/search.js';

/** Keys that reach into the making of objects. */
export const FORBIDDEN: ReadonlySet<string> = new Set(['__proto__', 'constructor', 'prototype']);
/** Faults of one file that are told: one with more has one cause. */
export const TOLD = 200;

/** A span in a file, in characters from its start. */
export interface TextSpan {
  start: number;
  end: number;
}

/** What a place is asked for: a path into the data, and of which complaint. */
type Located = Pick<Diagnostic, 'code' | 'path'>;

/** A file's data with a way back from each part of it to its place. */
export class Document {
  private made: { data: unknown } | null = null;

  /** `make` is asked for the data once, when they are first needed. */
  constructor(
    readonly file: string,
    private readonly make: () => unknown,
    readonly placeOf: (d: Located) => Place,
  ) {}

  get data(): unknown {
    this.made ??= { data: this.make() };
    return this.made.data;
  }

  /** Puts places on diagnostics that know only a path into the data. */
  locate = (diagnostics: readonly Diagnostic[]): Diagnostic[] =>
    diagnostics.map((d) => (d.place ? d : { ...d, place: this.placeOf(d) }));
}

/** Characters of a line that a place keeps on each side of its column, to show it. */
const SHOWN = 120;

/** One start of so many lines is kept: those of twenty million lines take half a gigabyte. */
const STEP = 64;

/** Turns character offsets into one-based lines and columns. */
export class Lines {
  /** Where every `STEP`th line starts. */
  private readonly starts: number[] = [];
  /** The line that was asked for last: a line of many cells is asked for each of them. */
  private last = { line: 0, start: 0, end: 0 };

  constructor(private readonly text: string) {
    for (let start = 0, line = 0; start <= text.length; start = this.after(start), line++)
      if (line % STEP === 0) this.starts.push(start);
  }

  /** Where the line after the one from `start` on starts; beyond the text after the last. */
  private after(start: number): number {
    const end = this.text.indexOf('\n', start);
    return end < 0 ? this.text.length + 1 : end + 1;
  }

  private lineAt(offset: number): { line: number; start: number; end: number } {
    const step = firstWhere(1, this.starts.length, (i) => this.starts[i]! > offset) - 1;
    let line = step * STEP + 1;
    let start = this.starts[step]!;
    let end = this.after(start);
    for (; end <= offset && end <= this.text.length; line++) {
      start = end;
      end = this.after(start);
    }
    return { line, start, end };
  }

  place(file: string, span: TextSpan): Place {
    if (!(this.last.start <= span.start && span.start < this.last.end)) this.last = this.lineAt(span.start);
    const { line, start, end } = this.last;
    const column = span.start - start + 1;
    // A line of a megabyte is not carried along; the frame shows a part of it.
    const shown = this.text.slice(start, Math.min(end - 1, span.start + SHOWN)).replace(/\r$/, '');
    const lineText = column > 10 * SHOWN ? '' : shown;
    const width = Math.max(1, Math.min(span.end, end - 1) - span.start);
    return { file, line, column, width, ...(lineText !== '' && { lineText }) };
  }
}

/** A value's place, the place of the key it stands under, and what is in it. */
interface Placed {
  span: TextSpan;
  key: TextSpan | null;
  inside: Map<string, Placed> | null;
}

/** Where each path of a document stands; a path without a place of its own takes its nearest ancestor's. */
export class Positions {
  private readonly root: Placed = { span: { start: 0, end: 0 }, key: null, inside: null };

  /** Where the value at a path stands, and the key that the path ends in. */
  set(path: KeyPath, span: TextSpan, key: TextSpan | null = null): void {
    let here = this.root;
    for (const step of path) {
      here.inside ??= new Map();
      let next = here.inside.get(String(step));
      if (!next) {
        next = { span: here.span, key: null, inside: null };
        here.inside.set(String(step), next);
      }
      here = next;
    }
    here.span = span;
    if (key) here.key = key;
  }

  get(path: KeyPath): TextSpan {
    return this.nearest(path).span;
  }

  /** Where the key stands that the path ends in. */
  getKey(path: KeyPath): TextSpan {
    const { key, span } = this.nearest(path);
    return key ?? span;
  }

  private nearest(path: KeyPath): Placed {
    let here = this.root;
    for (const step of path) {
      const next = here.inside?.get(String(step));
      if (!next) return { ...here, key: null };
      here = next;
    }
    return here;
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

/** A document that stands in a text, by lines and positions that are looked up when first needed. */
export function documentInText(
  file: string,
  data: unknown,
  lines: () => Lines,
  positions: () => Positions,
): Document {
  return new Document(
    file,
    () => data,
    ({ code, path }) => {
      const at = positions();
      return lines().place(file, ABOUT_KEYS.has(code) ? at.getKey(path) : at.get(path));
    },
  );
}

/** The only document of those that a file holds. */
export function onlyDocument(file: string, documents: PartialResult<Document[]>): PartialResult<Document> {
  const { diagnostics } = documents;
  const all = asFarAsRead(documents);
  if (!all) return failure(...diagnostics);
  const [first, ...rest] = all;
  if (first && rest.length === 0) return partialOf(first, diagnostics);
  return failure({ ...error('many-readings', { count: all.length }), place: { file } });
}

/** The kinds of file that are told by their keys. */
export type FileKind =
  | 'reading'
  | 'catalogue'
  | 'league'
  | 'scenario'
  | 'actions'
  | 'units'
  | 'config'
  | 'schema';

/** The keys of a project's config. */
const CONFIG_KEYS =
  'files catalogue league baseline strict require_evidence max_warnings gates accept columns'.split(' ');

/** What kind of file the data is of, by the key that only that kind has; null when none is there. */
export function kindOfData(data: unknown): FileKind | null {
  if (typeof data !== 'object' || data === null) return null;
  if ('$schema' in data && 'properties' in data) return 'schema';
  if ('indicators' in data) return 'reading';
  if ('criteria' in data || 'extends' in data) return 'catalogue';
  if ('actions' in data) return 'actions';
  if ('units' in data && isUnits(data)) return 'units';
  if ('units' in data || 'size' in data) return 'league';
  const ofConfig = Object.keys(data).every((key) => CONFIG_KEYS.includes(key));
  if (('files' in data || 'gates' in data) && ofConfig) return 'config';
  return 'changes' in data ? 'scenario' : 'unit' in data ? 'reading' : null;
}

/** Whether data are a list of units: a league has a year and a size, and its units scores or ranks. */
const isUnits = (data: { units: unknown }): boolean =>
  Object.keys(data).every((key) => key === 'units' || key === 'name') &&
  !(Array.isArray(data.units) && data.units.some((one) => isMap(one) && ('score' in one || 'rank' in one)));

/** One sentence for a file of another kind, in place of a complaint about each of its keys. */
export function otherKind(
  { data, file }: Pick<Document, 'data' | 'file'>,
  expected: FileKind | 'outlook',
): Diagnostic | null {
  const kind = kindOfData(data);
  if (kind === null || kind === expected) return null;
  // An outlook speaks of indicators as a reading does, but of no unit.
  if (expected === 'outlook' && kind === 'reading' && !('unit' in (data as object))) return null;
  return { ...error('other-kind', { expected, value: kind }), place: { file } };
}
