let rules: Intl.PluralRules | undefined;

/** A printed number with its noun in the right form: `1 point`, `2 points`, `0.5 points`, `1,200 units`. */
export function counted(shown: string | number, one: string, many = `${one}s`): string {
  rules ??= new Intl.PluralRules('en');
  const value = Math.abs(
    Number(
      String(shown)
        .replace(/,/g, '')
        .replace(/^[−+-]/, ''),
    ),
  );
  return `${shown} ${rules.select(value) === 'one' ? one : many}`;
}
