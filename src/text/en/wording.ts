import { localized } from '../numbers.js';

/** A guess at what was meant, as the line of the hint; else what is said otherwise. */
export const meant = (suggestion: string | undefined, otherwise = '') =>
  `\n${suggestion ? `did you mean '${suggestion}'?` : otherwise}`;
/** Numbers that a message itself states; what the user wrote stays as written. */
export const num = (text: string | number) => localized(text, 'en');
/** What there is to choose from, in a sentence. */
export const list = (items: readonly string[], between = ', ') => items.map((i) => `'${i}'`).join(between);

/** A key as the user's file has it: a column's head in a table. */
export const name = (key: string, inTable = false) => (inTable ? `'${key}'` : key);
/** The same, said to be a column. */
export const column = (key: string, inTable = false) => (inTable ? `column '${key}'` : `'${key}'`);
/** Values under their keys, as `{done: 600, total: 1000}`, or as cells under their heads. */
export const example = (values: Record<string, string>, inTable = false) => {
  const pairs = Object.entries(values).map(([key, value]) => `${name(key, inTable)}: ${value}`);
  return inTable ? pairs.join('; ') : `{${pairs.join(', ')}}`;
};

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
