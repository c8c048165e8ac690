import { readXml } from './xml.js';

/** How the numbers of one level of a list are written. */
interface Level {
  start: number;
  format: string;
  /** `%1.%2.`: the numbers of the levels down to this one. */
  text: string;
  /** Whether the numbers of all levels are written in digits (`2.1` under `II`). */
  legal: boolean;
  /** The level, one-based, whose next number lets this one begin again: 0 for none; null for each level above it. */
  restart: number | null;
}

interface List {
  levels: Map<number, Level>;
  /** Lists of the same kind count on from each other. */
  kind: string;
  restarts: Map<number, number>;
}

const ROMAN: [number, string][] = [
  [100, 'C'],
  [90, 'XC'],
  [50, 'L'],
  [40, 'XL'],
  [10, 'X'],
  [9, 'IX'],
  [5, 'V'],
  [4, 'IV'],
  [1, 'I'],
];

function roman(n: number): string {
  let rest = n;
  let text = '';
  for (const [value, sign] of ROMAN) for (; rest >= value && text.length < 40; rest -= value) text += sign;
  return text;
}

const letters = (n: number): string =>
  String.fromCharCode(97 + ((n - 1) % 26)).repeat(Math.min(9, Math.ceil(n / 26)));

/** A number as a list writes it; null for a way of writing that is not known. */
function numeral(n: number, format: string): string | null {
  if (!Number.isInteger(n) || n < 0 || n > 30_000 || (n === 0 && !format.startsWith('decimal'))) return null;
  switch (format) {
    case 'decimal':
      return String(n);
    case 'decimalZero':
      return String(n).padStart(2, '0');
    case 'upperRoman':
      return roman(n);
    case 'lowerRoman':
      return roman(n).toLowerCase();
    case 'upperLetter':
      return letters(n).toUpperCase();
    case 'lowerLetter':
      return letters(n);
    default:
      return null;
  }
}

/** Depth of a level, 0 to 8. */
export function depthOf(written: string | undefined): number {
  const depth = Number(written);
  return Number.isInteger(depth) && depth >= 0 && depth <= 8 ? depth : 0;
}

/** The numbers that Word writes before paragraphs and does not keep in their text: as numbering.xml defines them. */
export class Numbering {
  private readonly lists = new Map<string, List>();
  private readonly styles = new Map<string, { list: string; level: number }>();
  private readonly counts = new Map<string, number[]>();
  private readonly seen = new Set<string>();
  /** Whether the last paragraph has a number that is written in a way that is not known. */
  unread = false;

  /** `numbering` and `styles` are the parts of the document, where it has them; a part that is damaged throws. */
  constructor(numbering: Uint8Array | null, styles: Uint8Array | null) {
    if (numbering) this.readLists(numbering);
    if (styles) this.readStyles(styles);
  }

  private readLists(bytes: Uint8Array): void {
    const kinds = new Map<string, Map<number, Level>>();
    let kind: Map<number, Level> | null = null;
    let level: Level | null = null;
    let list: List | null = null;
    let at = 0;
    readXml(bytes, {
      open: (name, attribute) => {
        const value = attribute('val') ?? '';
        if (name === 'abstractNum') {
          kind = new Map();
          kinds.set(attribute('abstractNumId') ?? '', kind);
        } else if (name === 'lvl') {
          level = { start: 1, format: 'decimal', text: '', legal: false, restart: null };
          at = depthOf(attribute('ilvl'));
          (list ? list.levels : kind)?.set(at, level);
        } else if (name === 'start' && level) level.start = Number(value);
        else if (name === 'numFmt' && level) level.format = value;
        else if (name === 'lvlText' && level) level.text = value;
        else if (name === 'isLgl' && level) level.legal = !['0', 'false', 'off'].includes(value);
        else if (name === 'lvlRestart' && level) level.restart = Number(value);
        else if (name === 'num') {
          list = { levels: new Map(), kind: '', restarts: new Map() };
          this.lists.set(attribute('numId') ?? '', list);
        } else if (name === 'abstractNumId' && list) {
          list.kind = value;
          list.levels = new Map(kinds.get(value));
        } else if (name === 'lvlOverride') at = depthOf(attribute('ilvl'));
        else if (name === 'startOverride' && list) list.restarts.set(at, Number(value));
      },
      text: () => {},
      close: (name) => {
        if (name === 'lvl') level = null;
        else if (name === 'abstractNum') kind = null;
        else if (name === 'num') list = null;
      },
    });
  }

  private readStyles(bytes: Uint8Array): void {
    let style = '';
    let level = 0;
    readXml(bytes, {
      open: (name, attribute) => {
        if (name === 'style') [style, level] = [attribute('styleId') ?? '', 0];
        else if (name === 'ilvl') level = depthOf(attribute('val'));
        else if (name === 'numId' && style !== '')
          this.styles.set(style, { list: attribute('val') ?? '', level });
      },
      text: () => {},
      close: (name) => {
        if (name === 'style') style = '';
      },
    });
  }

  /** What stands before the next paragraph of a list (`1.2.`), '' where nothing does. */
  next(list: string | null, level: number | null, style: string | null): string {
    const styled = style === null ? undefined : this.styles.get(style);
    const id = list ?? styled?.list;
    const found = id === undefined ? undefined : this.lists.get(id);
    const depth = level ?? styled?.level ?? 0;
    const own = found?.levels.get(depth);
    // 0 takes the number of its style away from a paragraph.
    this.unread = id !== undefined && id !== '0' && !own;
    if (!found || !own || id === undefined) return '';
    if (own.format === 'bullet') return '-';
    const counts = this.counts.get(found.kind) ?? [];
    this.counts.set(found.kind, counts);
    if (!this.seen.has(id)) {
      this.seen.add(id);
      for (const [at, start] of found.restarts) counts[at] = start - 1;
    }
    for (let at = 0; at <= depth; at++) {
      const first = found.levels.get(at)?.start ?? 1;
      const before = counts[at];
      counts[at] = before === undefined ? first : at === depth ? before + 1 : before;
    }
    for (let at = depth + 1; at < counts.length; at++) {
      const restart = found.levels.get(at)?.restart ?? null;
      if (restart === null || depth < restart) delete counts[at];
    }
    return own.text.replace(/%(\d)/g, (_, at: string) => {
      const format = own.legal ? 'decimal' : (found.levels.get(Number(at) - 1)?.format ?? '');
      const said = numeral(counts[Number(at) - 1] ?? 0, format);
      if (said === null && format !== 'none') this.unread = true;
      return said ?? '';
    });
  }
}
