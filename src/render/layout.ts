import stringWidth from 'fast-string-width';
import { greatest } from '../values/search.js';
import type { Column } from './presentation.js';

/** Spaces between columns. */
export const GAP = 2;
const NARROWEST = 8;
/** Words up to this long keep their column wide enough for them. */
const LONGEST_WORD = 20;

/** Where a word that is too long may be broken: after the marks inside paths, ids, lists and ranges; in no number. */
const JOINT = /(?<=[/\\\-–_;:=])(?=.)|(?<=,)(?=\D)/;

/** Breaks text at spaces into lines of at most `width` columns, indented as it begins; a longer word at its joints. */
export function wrapText(text: string, width: number): string[] {
  const lines: string[] = [];
  for (const paragraph of text.split('\n')) {
    if (stringWidth(paragraph) <= width) {
      lines.push(paragraph);
      continue;
    }
    const indent = /^ */.exec(paragraph)![0];
    if (indent !== '') {
      const inner = wrapText(paragraph.slice(indent.length), Math.max(1, width - indent.length));
      for (const line of inner) lines.push(indent + line);
      continue;
    }
    let line = '';
    for (const word of paragraph.split(' ')) {
      const joined = line === '' ? word : `${line} ${word}`;
      if (stringWidth(joined) <= width) {
        line = joined;
        continue;
      }
      if (line !== '') lines.push(line);
      const [head, rest] = cut(word, width);
      for (const line of head) lines.push(line);
      line = rest;
    }
    lines.push(line);
  }
  return lines;
}

/** A text on one line of at most `width` columns, broken off at a word with an ellipsis. */
export function clip(text: string, width: number): string {
  const [line = '', ...rest] = wrapText(text, width);
  if (rest.length === 0) return line;
  return `${wrapText(text, Math.max(1, width - 1))[0]!.replace(/[\s,;:·(]+$/, '')}…`;
}

function cut(word: string, width: number): [string[], string] {
  const full: string[] = [];
  let line = '';
  const pieces = word.split(JOINT).flatMap((piece) => (stringWidth(piece) > width ? [...piece] : [piece]));
  for (const letter of pieces) {
    if (stringWidth(line + letter) > width && line !== '') {
      full.push(line);
      line = '';
    }
    line += letter;
  }
  return [full, line];
}

/** Widths of columns: as wide as their texts, the flexible ones narrowed until the row fits. */
export function columnWidths(
  columns: readonly Column[],
  texts: readonly string[][],
  total: number,
): number[] {
  const longest = (items: readonly string[]) =>
    greatest(
      items.map((t) => stringWidth(t)),
      0,
    );
  const natural = columns.map((c, i) => Math.max(1, longest([c.title, ...texts[i]!])));
  const room = total - GAP * (columns.length - 1);
  const widths = [...natural];
  const flexible = columns.flatMap((c, i) => (c.flexible ? [i] : []));
  const words = columns.map((c, i) =>
    longest([c.title, ...texts[i]!].flatMap((t) => t.split(/\s/).flatMap((w) => w.split(JOINT)))),
  );
  const least = words.map((w, i) =>
    Math.max(columns[i]!.flexible ? NARROWEST : 1, Math.min(w, LONGEST_WORD)),
  );
  narrow(widths, flexible, room, least);
  const every = columns.map((_, i) => i);
  // No word is broken while another column has room between its words.
  narrow(widths, every, room, least);
  narrow(
    widths,
    every,
    room,
    every.map(() => NARROWEST),
  );
  return widths;
}

/** Takes a column from the widest one that is above its least, again and again, until the sum fits. */
function narrow(widths: number[], which: readonly number[], room: number, least: readonly number[]): void {
  let excess = widths.reduce((a, b) => a + b, 0) - room;
  while (excess > 0) {
    const open = which.filter((i) => widths[i]! > least[i]!);
    if (open.length === 0) return;
    const widest = open.reduce((p, q) => (widths[q]! > widths[p]! ? q : p));
    widths[widest]!--;
    excess--;
  }
}
