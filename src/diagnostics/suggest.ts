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

/** The option nearest to what was typed, if near enough to be a slip of the hand. */
export function nearest(found: string, options: Iterable<string>): string | undefined {
  const wanted = fold(found);
  let best: string | undefined;
  let least = Math.max(1, Math.floor(wanted.length / 3)) + 0.5;
  for (const option of options) {
    const d = distance(wanted, fold(option));
    if (d < least) {
      least = d;
      best = option;
    }
  }
  return best;
}
