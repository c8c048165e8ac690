/** How a cell should stand out; formats decide what that looks like. */
export type Tone = 'plain' | 'good' | 'bad' | 'warn' | 'dim' | 'strong';

interface Cell {
  text: string;
  tone?: Tone;
}

export interface Column {
  title: string;
  align?: 'left' | 'right' | 'decimal';
  /** May be narrowed and wrapped when space is short. */
  flexible?: boolean;
}

export interface Row {
  cells: Cell[];
  /** A group row heads the rows below it; a total row closes those above. */
  role?: 'group' | 'total';
}

/** A table that people read. */
export interface Table {
  kind: 'table';
  title?: string;
  columns: Column[];
  rows: Row[];
}

/** The table that machines read, as CSV: the names of its columns, and its rows, made as they are asked for. */
export interface DataRows {
  keys: readonly string[];
  rows: Iterable<readonly Scalar[]>;
}

export type Scalar = string | number | boolean | null;

/** A label and what there is to say under it. */
export interface Fact {
  label: string;
  text: string;
  /** What the text begins with and may be cut first, where it is kept to a line. */
  who?: string;
  tone?: Tone | undefined;
}

/** The answer in five lines at most: a title, and up to four facts, each kept to a line. */
export interface Answer {
  kind: 'answer';
  title: string;
  rows: Fact[];
}

export type Block =
  | Answer
  | { kind: 'heading'; text: string }
  | { kind: 'text'; text: string; tone?: Tone }
  | { kind: 'facts'; title?: string; rows: Fact[] }
  | { kind: 'picture'; title: string; lines: string[] }
  | Table;

/** A member of a list, several in its place, or nothing. */
export type Some<T> = T | readonly T[] | null | undefined | false | '';

/** A list without the members that are left out. */
export const listOf = <T>(members: readonly Some<T>[]): T[] => members.flatMap((m) => (m || []) as T | T[]);

/** Facts under each other; those that are nothing are left out. */
export const factsOf = (rows: readonly Some<Fact>[], title?: string): Block => ({
  kind: 'facts',
  ...(title !== undefined && { title }),
  rows: listOf(rows),
});

/** A line of text. */
export const textOf = (text: string, tone?: Tone): Block => ({ kind: 'text', text, ...(tone && { tone }) });

/** A picture made of letters. */
export const pictureOf = (title: string, lines: string[]): Block => ({ kind: 'picture', title, lines });

/** One complaint, in words, for formats that annotate files. */
export interface Finding {
  /** The file, of a workbook with its sheet and cell. */
  file: string;
  /** The file alone. */
  path: string;
  line: number | null;
  column: number | null;
  severity: 'error' | 'warning' | 'note';
  code: string;
  message: string;
  hint: string | null;
  /** Why it is accepted, and the last day that it is. */
  accepted?: { reason: string; until: string | null };
}

/** A complaint with its hint, on one line; of a workbook with its sheet and cell before it. */
export const findingText = ({ file, path, message, hint }: Finding): string => {
  const at = file.length > path.length ? `${file.slice(path.length + 1)}: ` : '';
  return hint ? `${at}${message} (${hint})` : `${at}${message}`;
};

/** What annotating formats lay out; the verdict has been decided already. */
interface Annotations {
  passed: boolean;
  files: string[];
  items: Finding[];
}

/** A result, ready to be laid out: what people read, and what machines read. */
export interface Presentation {
  json: unknown;
  blocks: Block[];
  data?: DataRows;
  /** Only of checks. */
  findings?: Annotations;
}

/** A list whose members are made as they are asked for: ten thousand score cards at once take a gigabyte. */
export class LazyList<T> implements Iterable<T> {
  constructor(
    readonly length: number,
    readonly at: (index: number) => T,
  ) {}

  *[Symbol.iterator](): Iterator<T> {
    for (let i = 0; i < this.length; i++) yield this.at(i);
  }

  toJSON(): T[] {
    return [...this];
  }
}

/** The answers of a presentation alone, for people; all of it where it has none. */
export function answersOnly(presentation: Presentation): Presentation {
  const blocks = presentation.blocks.filter((b) => b.kind === 'answer');
  return blocks.length === 0 ? presentation : { json: null, blocks };
}

export const cell = (text: string, tone?: Tone): Cell => ({ text, ...(tone && { tone }) });

const CONTROL = /[\p{Cc}\u202a-\u202e\u2066-\u2069]/gu;

/** Shows control characters instead of obeying them, and keeps combining marks with their letters. */
export function visible(text: string): string {
  return text
    .normalize('NFC')
    .replace(CONTROL, (c) => (c < ' ' ? String.fromCharCode(0x2400 + c.charCodeAt(0)) : '\ufffd'));
}

/** A result and the reading it is of. */
interface ReadingPresentation {
  unit: string;
  year: number;
  presentation: Presentation;
}

/** Results of several readings as one: one after another for people, a list or a longer table for machines. */
export function joinPresentations(results: readonly ReadingPresentation[]): Presentation {
  const [first, ...rest] = results;
  if (rest.length === 0) return first!.presentation;
  return {
    json: { schema: 'cchc/several@1', results: results.map((r) => r.presentation.json) },
    blocks: results.flatMap((r) => r.presentation.blocks),
    data: {
      keys: ['unit', 'year', ...first!.presentation.data!.keys],
      rows: results.flatMap(({ unit, year, presentation }) =>
        [...presentation.data!.rows].map((row) => [unit, year, ...row]),
      ),
    },
  };
}
