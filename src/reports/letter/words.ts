import { fullFix, reaching, standsAt } from '../../analysis/criterion.js';
import type { Catalogue } from '../../catalogue/catalogue.js';
import type { Fraction } from '../../exact/fraction.js';
import type { Entry } from '../../reading/reading.js';
import { entryText, valueText } from '../../render/words.js';
import type { Quantity } from '../../rules/rule.js';
import type { CriterionResult } from '../../scoring/result.js';
import type { Words } from '../../text/messages.js';

/** A number as letters write it: counts below ten with a nought before them in Vietnamese. */
function amount(x: Fraction, quantity: Quantity, { numbers }: Words): string {
  const text = numbers.value(x, quantity);
  return quantity === 'count' && numbers.language === 'vi' && /^[1-9]$/.test(text) ? `0${text}` : text;
}

/** The quantity that is measured, without its unit in brackets; the criterion's name where it has none. */
export function nounOf({ criterion }: CriterionResult, { numbers }: Words): string {
  const { indicator, name } = criterion;
  const noun = numbers
    .pick(indicator ?? name)
    .replace('(%)', '')
    .replace('  ', ' ')
    .trim();
  return noun.replace(/^% of /u, 'Share of ');
}

/** What an entry asks to reach, with the noun it is of: `Tỷ lệ hồ sơ … đạt từ 85% trở lên`. */
export function targetWords(row: CriterionResult, entry: Entry, words: Words): string {
  const { labels, numbers } = words;
  const say = labels.letter;
  const { criterion } = row;
  if (entry.exempt !== null && criterion.exemption) return numbers.pick(criterion.exemption);
  const [input, ...more] = criterion.compiled.inputs;
  const given = entry.value?.inputs[0];
  const noun = nounOf(row, words);
  if (input?.form === 'table' && given?.form === 'level' && more.length === 0) {
    if (criterion.rule.kind === 'yes_no') return given.index === 0 ? say.yes(noun) : say.no(noun);
    // Where several levels earn as much, each of them will do.
    const { points } = input.levels[given.index]!;
    const alike = input.levels.filter((l) => l.points.equals(points));
    return say.level(
      noun,
      alike.map((l) => numbers.pick(l.level)),
    );
  }
  if (entry.notApplicable || entry.exempt !== null || more.length > 0 || given?.form !== 'number')
    return `${noun}: ${entryText(criterion, entry, words)}`;
  if (input?.form !== 'line' || input.quantity === 'date' || given.day !== undefined)
    return `${noun}: ${entryText(criterion, entry, words)}`;
  const { lo, hi } = input.range;
  const shown = amount(given.x, input.quantity, words);
  const fewer = given.x.compare(standsAt(row, 0)) < 0 || (lo?.equals(given.x) ?? false);
  const counted = input.quantity === 'count' ? say.counted(noun) : null;
  if (fewer && lo?.equals(given.x)) return counted ? counted.none : say.exactly(noun, shown);
  if (fewer) return counted ? counted.atMost(shown) : say.atMost(noun, shown);
  if (hi?.equals(given.x)) return say.reaches(noun, shown);
  return counted ? counted.atLeast(shown) : say.atLeast(noun, shown);
}

/** What was lacking: of a value that is known, the value against what earns all; else as the scheme says it. */
export function shortcomingText(row: CriterionResult, catalogue: Catalogue, words: Words): string | null {
  const { labels, numbers } = words;
  const { criterion, value, status } = row;
  const said = criterion.limitation && numbers.pick(criterion.limitation);
  if (status === 'unknown') return labels.letter.notReported;
  const noun = nounOf(row, words);
  if (status === 'deducted' && !value && !said) return sideMissed(row, catalogue, noun, words);
  if ((status !== 'scored' && status !== 'deducted') || !value) return said;
  const [input, ...more] = criterion.compiled.inputs;
  const given = value.inputs[0];
  const asSaid = status === 'deducted' ? said : null;
  if (input?.form === 'table' && given?.form === 'level' && more.length === 0 && !asSaid) {
    const { yes, notYet, atLevel } = labels.letter;
    if (criterion.rule.kind === 'yes_no') return given.index === 0 ? yes(noun) : notYet(noun);
    return atLevel(noun, numbers.pick(input.levels[given.index]!.level));
  }
  const plain = asSaid ?? `${noun}: ${valueText(criterion, value, words)}`;
  if (input?.form !== 'line' || more.length > 0 || given?.form !== 'number' || given.day !== undefined)
    return plain;
  const full = fullValue(row, catalogue);
  if (!full || input.against) return plain;
  const { quantity } = input;
  if (status === 'deducted' && quantity !== 'count') return plain;
  const [has, needs] = [amount(given.x, quantity, words), amount(full, quantity, words)];
  const counted = quantity === 'count' ? labels.letter.counted(noun) : null;
  if (given.x.compare(full) > 0) return counted?.over(has, needs) ?? labels.letter.above(noun, has, needs);
  if (quantity !== 'count') return labels.letter.below(noun, has, needs);
  return counted?.only(has, needs) ?? labels.letter.only(noun, has, needs);
}

/** Of a published loss alone: on which side of what earns all the value lies. */
function sideMissed(row: CriterionResult, catalogue: Catalogue, noun: string, words: Words): string | null {
  const { short, exceeds } = words.labels.letter;
  const [input, ...more] = row.criterion.compiled.inputs;
  if (input?.form !== 'line' || more.length > 0 || input.quantity === 'date' || input.against) return null;
  const full = fullValue(row, catalogue);
  if (!full) return null;
  return (full.compare(standsAt(row, 0)) > 0 ? short : exceeds)(noun, amount(full, input.quantity, words));
}

/** The nearest value that earns all; null when none does. */
function fullValue(row: CriterionResult, catalogue: Catalogue): Fraction | null {
  const fixed = fullFix(row, catalogue)?.value?.inputs[0];
  if (fixed) return fixed.form === 'number' ? fixed.x : null;
  const reach = reaching(row, row.max, catalogue.decimals);
  if (reach?.form !== 'value') return null;
  // Rounded points are reached a little before the value that the scheme names.
  return reach.value.compare(standsAt(row, 0)) > 0 ? reach.value.ceil(2) : reach.value.floor(2);
}
