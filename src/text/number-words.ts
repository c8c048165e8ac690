import type { Labels } from './messages.js';
import { type Language, localized } from './numbers.js';

/** A number of a rule in words by its place: `tiers.0.at_least` is `tier 1: from`; members may have names. */
export function placeWords(
  what: string,
  { ruleNumbers, rulePlaces }: Pick<Labels, 'ruleNumbers' | 'rulePlaces'>,
  nameOf: (path: readonly string[]) => string | null = () => null,
): string {
  const keys = what.split('.');
  const words = keys.flatMap((key, i) => {
    const list = keys[i - 1] ?? '';
    if (/^\d+$/.test(key)) {
      const place = Number(key) + 1;
      return [nameOf(keys.slice(0, i + 1)) ?? rulePlaces[list]?.(place) ?? `${list} ${place}`];
    }
    if (key === 'rule' || /^\d+$/.test(keys[i + 1] ?? '')) return [];
    return [ruleNumbers[key] ?? key];
  });
  return words.join(': ');
}

const PIECE = /^(?:\S+: )?(?:= [\d.-]+|[[(][^;]*; [^;]*[\])])$/;

/** A piece or a cut of a rule with its numbers as the language writes them; a level's name stays. */
export const pieceText = (at: string, language: Language): string =>
  PIECE.test(at) ? localized(at, language) : at;
