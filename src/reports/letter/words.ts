import { bestMeasured, currentValue, fullFix } from '../../analysis/criterion.js';
import type { Catalogue } from '../../catalogue/catalogue.js';
import type { Entry } from '../../reading/reading.js';
import { dayText, entryText, inputText, valueText } from '../../render/words.js';
import type { InputValue } from '../../rules/apply.js';
import { deadlineOf } from '../../rules/due.js';
import type { Input, Quantity } from '../../rules/rule.js';
import type { CriterionResult } from '../../scoring/result.js';
import type { Words } from '../../text/index.js';
import type { Fraction } from '../../values/fraction.js';
import type { Points } from '../../values/points.js';
import type { ProvenanceKind } from '../../values/provenance.js';

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

/** One indicator of a criterion, with what it is called; a criterion of one is called by its own noun. */
interface Measure {
  row: CriterionResult;
  index: number;
  input: Input;
  noun: string;
}

function measuresOf(row: CriterionResult, words: Words): Measure[] {
  const { inputs } = row.criterion.compiled;
  return inputs.map((input, index) => ({
    row,
    index,
    input,
    noun: inputs.length > 1 && input.name ? words.numbers.pick(input.name) : nounOf(row, words),
  }));
}

/** Sentences of several indicators as one. */
const joined = (parts: readonly string[]) =>
  parts.map((part, i) => (i === 0 ? part : lowered(part))).join('; ');

/** A sentence that goes on after a colon; an abbreviation stays as it is. */
export const lowered = (text: string) => text.replace(/^\p{Lu}(?=\p{Ll}|\s)/u, (c) => c.toLowerCase());

/** What an entry asks to reach, with the noun it is of: `Tỷ lệ hồ sơ … đạt từ 85% trở lên`. */
export function targetWords(row: CriterionResult, entry: Entry, words: Words): string {
  const { criterion, value } = row;
  if (entry.exempt !== null && criterion.exemption) return words.numbers.pick(criterion.exemption);
  const wanted = entry.value?.inputs ?? entry.inputs;
  const measures = measuresOf(row, words);
  const asked = measures.flatMap((measure, i) => {
    const given = wanted?.[i];
    // An indicator of several that need not move is not spoken of.
    const stays = measures.length > 1 && given === value?.inputs[i];
    return given == null || stays ? [] : [reachWords(measure, given, words)];
  });
  return entry.notApplicable || entry.exempt !== null || asked.length === 0
    ? `${nounOf(row, words)}: ${entryText(criterion, entry, words)}`
    : joined(asked);
}

/** What one indicator is to reach. */
function reachWords({ row, index, input, noun }: Measure, given: InputValue, words: Words): string {
  const { labels, numbers } = words;
  const say = labels.letter;
  if (input.form === 'table' && given.form === 'level') {
    if (row.criterion.rule.kind === 'yes_no') return given.index === 0 ? say.yes(noun) : say.no(noun);
    // Where several levels earn as much, each of them will do.
    const { points } = input.levels[given.index]!;
    const alike = input.levels.filter((l) => l.points.equals(points));
    return say.level(
      noun,
      alike.map((l) => numbers.pick(l.level)),
    );
  }
  if (input.form !== 'line' || given.form !== 'number') return `${noun}: ${inputText(input, given, words)}`;
  if (input.due) return say.dueBy(noun, numbers.pick(deadlineOf(input.due, given.x.valueOf())));
  const { lo, hi } = input.range;
  const shown = amount(given.x, input.quantity, words);
  if (say.namesLevel(noun, shown)) return noun;
  const fewer = given.x.compare(currentValue(row, index)) < 0 || (lo?.equals(given.x) ?? false);
  const counted = input.quantity === 'count' ? say.counted(noun) : null;
  if (fewer && lo?.equals(given.x)) return counted ? counted.none : say.exactly(noun, shown);
  if (fewer) return counted ? counted.atMost(shown) : say.atMost(noun, shown);
  if (hi?.equals(given.x)) return say.reaches(noun, shown);
  return counted ? counted.atLeast(shown) : say.atLeast(noun, shown);
}

/** Whether a value is missing, and not what else its points wait for. */
export const isUnreported = ({ status, entry }: CriterionResult): boolean =>
  status === 'unknown' && !(entry?.value ?? entry?.inputs ?? entry?.counts);

/** What a gain rests on: what was published as lost can be won back, else the rule's numbers say so. */
export const gainRestsOn = (row: CriterionResult, gain: Points): ProvenanceKind =>
  row.status === 'deducted' && gain === row.deduction ? 'stated' : row.provenance;

/** What was lacking: of a value that is known, the value against what earns all; else as the scheme says it. */
export function shortcomingText(row: CriterionResult, catalogue: Catalogue, words: Words): string | null {
  const { labels, numbers } = words;
  const { criterion, value, status, condition } = row;
  const said = criterion.limitation && numbers.pick(criterion.limitation);
  if (status === 'unknown') return isUnreported(row) ? labels.letter.notReported : labels.letter.unclear;
  if (status === 'condition_failed') return labels.letter.conditionFailed(condition!.criterion);
  const measures = measuresOf(row, words);
  if (status === 'deducted' && !value && !said) return sideMissed(row, catalogue, nounOf(row, words), words);
  if ((status !== 'scored' && status !== 'deducted') || !value) return said;
  if (status === 'deducted') {
    const counts = measures.some(({ input }) => input.form === 'line' && input.quantity === 'count');
    if (said && !counts) return said;
  }
  const fix = fullFix(row, catalogue)?.value?.inputs;
  const short = measures.filter((_, i) => measures.length === 1 || fix?.[i] !== value.inputs[i]);
  return joined(short.map((measure) => lacking(measure, catalogue, words)));
}

/** What one indicator lacks of what earns all. */
function lacking({ row, index, input, noun }: Measure, catalogue: Catalogue, words: Words): string {
  const { criterion, status } = row;
  const say = words.labels.letter;
  const value = row.value!;
  const given = value.inputs[index]!;
  if (input.form === 'table' && given.form === 'level') {
    if (criterion.rule.kind === 'yes_no') return given.index === 0 ? say.yes(noun) : say.notYet(noun);
    return say.atLevel(noun, words.numbers.pick(input.levels[given.index]!.level));
  }
  const single = criterion.compiled.inputs.length === 1;
  const plain = `${noun}: ${single ? valueText(criterion, value, words) : inputText(input, given, words)}`;
  if (input.form !== 'line' || given.form !== 'number') return plain;
  const full = fullValue(row, index, catalogue);
  if (!full) return plain;
  const { quantity } = input;
  if (input.due) {
    const late = given.x.sub(full);
    const due = words.numbers.pick(deadlineOf(input.due, full.valueOf()));
    const day = given.day === undefined ? null : dayText(given.day, words.numbers);
    return late.s > 0n ? say.late(noun, day, words.numbers.number(late), due) : plain;
  }
  if (status === 'deducted' && quantity !== 'count') return plain;
  const [has, needs] = [amount(given.x, quantity, words), amount(full, quantity, words)];
  const counted = quantity === 'count' ? say.counted(noun) : null;
  if (given.x.compare(full) > 0) return counted?.over(has, needs) ?? say.above(noun, has, needs);
  if (quantity !== 'count') return say.below(noun, has, needs);
  return counted?.only(has, needs) ?? say.only(noun, has, needs);
}

/** Of a published loss alone: on which side of what earns all the value lies. */
function sideMissed(row: CriterionResult, catalogue: Catalogue, noun: string, words: Words): string | null {
  const { short, exceeds } = words.labels.letter;
  const [input, ...more] = row.criterion.compiled.inputs;
  if (input?.form !== 'line' || more.length > 0 || input.quantity === 'date' || input.against) return null;
  const full = fullValue(row, 0, catalogue);
  if (!full) return null;
  return (full.compare(currentValue(row, 0)) > 0 ? short : exceeds)(
    noun,
    amount(full, input.quantity, words),
  );
}

/** The nearest value that earns the most, whatever explanation would be accepted in its place. */
function fullValue(row: CriterionResult, index: number, { decimals }: Catalogue): Fraction | null {
  const best = bestMeasured(row, decimals)?.inputs[index];
  return best?.form === 'number' ? best.x : null;
}
