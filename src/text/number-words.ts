import type { Labels } from './messages.js';

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
