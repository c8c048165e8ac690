import { distance } from 'fastest-levenshtein';

/** Folds case and Vietnamese diacritics, so that `tot`, `TỐT` and `Tốt` compare equal. */
export function fold(text: string): string {
  return text
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replace(/[đĐ]/g, 'd')
    .toLowerCase()
    .replace(/\s+/g, ' ')
    .trim();
}

/** The share of letters that may differ in a slip of the hand. */
const SLIP = 0.4;

/** Options folded already: one wrong name may stand on each of some thousand lines, beside as many right ones. */
const folds = new Map<string, string>();
const MOST_FOLDS = 10_000;

function foldedOnce(option: string): string {
  let folded = folds.get(option);
  if (folded === undefined) {
    if (folds.size >= MOST_FOLDS) folds.clear();
    folded = fold(option);
    folds.set(option, folded);
  }
  return folded;
}

/** The edits between two words; two letters in the wrong order are one slip. */
function slips(a: string, b: string): number {
  const edits = distance(a, b);
  const at = [...a].findIndex((letter, i) => letter !== b[i]);
  return edits === 2 && a.slice(0, at) + a[at + 1] + a[at] + a.slice(at + 2) === b ? 1 : edits;
}

/** The option nearest to what was typed, if near enough to be a slip of the hand. */
export function nearest(typed: string, options: Iterable<string>): string | undefined {
  const wanted = fold(typed);
  let best: string | undefined;
  let least = Number.POSITIVE_INFINITY;
  for (const option of options) {
    const folded = foldedOnce(option);
    const most = SLIP * Math.max(wanted.length, folded.length);
    // As many letters as one is longer than the other must differ.
    if (Math.abs(wanted.length - folded.length) > most) continue;
    const d = slips(wanted, folded);
    if (d < least && d <= most) {
      least = d;
      best = option;
    }
  }
  return best;
}
