import type { Fraction } from '../../exact/fraction.js';
import { groupedNumeral, parseNumeral } from '../../exact/numeral.js';

/** A piece of a scoring phrase. Words are in lower case; `raw` is as it is written. */
export type Token =
  | {
      kind: 'number';
      raw: string;
      plain: Fraction | null;
      thousands: Fraction | null;
      at: number;
      end: number;
    }
  | { kind: 'word'; raw: string; text: string; at: number; end: number }
  | { kind: 'sign'; raw: string; text: string; at: number; end: number };

/**
 * A numeral as Vietnamese tables write it. `1.000` is one thousand of something counted, and elsewhere could be one
 * with three decimals: `plain` is then null, and only `thousands` is known.
 */
function numeral(raw: string): { plain: Fraction | null; thousands: Fraction | null } {
  const grouped = groupedNumeral(raw);
  if (!grouped) return { plain: parseNumeral(raw), thousands: null };
  const { thousands, hasDecimals } = grouped;
  return hasDecimals ? { plain: thousands, thousands: null } : { plain: null, thousands };
}

// Words that are one thing together: `quá` and `và` in them compare and join nothing.
const PIECE =
  /(\d+(?:[.,]\d+)*)|(quá\s+hạn(?!\p{L})|(?:đúng(?:\s+hạn)?\s+và\s+trước|trước(?:\s+hạn)?\s+và\s+đúng|trước)\s+hạn(?!\p{L})|\p{L}[\p{L}\p{M}\d]*)|(<=|>=|=>|\S)/giu;

// Other ways to write the same sign or word.
const SAME: Record<string, string> = {
  '–': '-',
  '—': '-',
  '−': '-',
  '×': '*',
  '·': '*',
  '÷': '/',
  '>=': '≥',
  '<=': '≤',
  '=>': '→',
  tỉ: 'tỷ',
};

/** Words, numbers and signs of a text, in order; nothing but white space is left out. */
function tokensOf(text: string): Token[] {
  return [...text.matchAll(PIECE)].map((m): Token => {
    const [raw, digits, word] = m;
    const place = { raw, at: m.index, end: m.index + raw.length };
    if (digits !== undefined) return { kind: 'number', ...numeral(digits), ...place };
    const lower = raw.toLowerCase();
    const same = SAME[lower] ?? lower;
    return { kind: word === undefined ? 'sign' : 'word', text: same, ...place };
  });
}

/** The position after the words (or signs) `said` when they stand at `i`, else null. The longest of several fits. */
export function after(tokens: readonly Token[], i: number, said: readonly string[]): number | null {
  const first = tokens[i];
  if (first === undefined || first.kind === 'number') return null;
  let best: number | null = null;
  for (const phrase of said) {
    if (!phrase.startsWith(first.text)) continue;
    const wanted = phrase.split(' ');
    const fits = wanted.every((w, k) => {
      const t = tokens[i + k];
      return t !== undefined && t.kind !== 'number' && t.text === w;
    });
    if (fits && (best === null || i + wanted.length > best)) best = i + wanted.length;
  }
  return best;
}

/** The position after the first of `said` that stands at `i`, or `i` itself. */
export const skip = (tokens: readonly Token[], i: number, said: readonly string[]): number =>
  after(tokens, i, said) ?? i;

/** The text that tokens cover, as it is written, white space made plain. */
export function textOf(source: string, tokens: readonly Token[]): string {
  const [first] = tokens;
  const last = tokens.at(-1);
  return first && last ? source.slice(first.at, last.end).replace(/\s+/g, ' ').trim() : '';
}

/** One sentence of a phrase, without its bullet. */
export interface Clause {
  text: string;
  tokens: Token[];
  /** Whether it stood under a), b) or a bullet of its own. */
  listed: boolean;
}

const BULLET = /^(?:[-+•*–]\s+|[-+•](?=\p{L})|\(?(?:[a-zđ]|\d{1,2})\)\s*)/u;

export function clauseOf(text: string): Clause {
  const bare = text.replace(BULLET, '');
  return { text: bare, tokens: tokensOf(bare), listed: bare !== text };
}

/** Sentences of a phrase: by semicolons, line breaks and full stops; `;` before a), b) may be missing. */
export function clausesOf(phrase: string): Clause[] {
  return phrase
    .normalize('NFC')
    .replace(/[\u00a0\u202f\t]/g, ' ')
    .replace(/(^|[;\n])\s*(?:\d{1,2}[.)]|[a-zđ]\.)\s+(?=\p{L})/gu, '$1• ')
    .replace(/( điểm| đ)\s+[-+]\s+(?=\p{Lu}\p{Ll})/gu, '$1;')
    .replace(/\[([^[\]]*)\]/gu, '($1)')
    .replace(/\(\s*(trong đó[^()]*)\)/giu, ';$1')
    .split(/[;\n\r]|\.(?=\s|$)|,?\s+(?=[a-zđ]\)\s)/u)
    .map((part) => part.replace(/\s+/g, ' ').trim().replace(/[,.]$/, '').trim())
    .filter((part) => part !== '')
    .map(clauseOf);
}
