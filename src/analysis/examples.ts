import type { Catalogue, Criterion, Example } from '../catalogue/catalogue.js';
import { criterionRounding } from '../catalogue/sums.js';
import { parseEntry } from '../reading/parse.js';
import { EMPTY_ENTRY, type Entry, type PlainValue, plainValue } from '../reading/reading.js';
import type { InputValue, InputValues } from '../rules/apply.js';
import { holds, intersect, type Piece, valueAt } from '../rules/line.js';
import { reckoningText } from '../rules/reckoning.js';
import { type Input, isWhole, type Numerals } from '../rules/rule.js';
import { scoreCriterion } from '../scoring/criterion.js';
import { type Diagnostic, error, hasErrors, type KeyPath, note } from '../values/diagnostic.js';
import { Fraction, toNumber } from '../values/fraction.js';
import { type Points, pointsToNumber } from '../values/points.js';
import type { Bilingual } from '../values/scalars.js';

/** A part of a rule that an example can touch: a piece, a cut between two, a level, or nothing to count. */
export interface RulePart {
  input: number;
  at:
    | { form: 'piece'; piece: Piece }
    | { form: 'cut'; x: Fraction }
    | { form: 'level'; index: number }
    | { form: 'none' };
  /** A value that touches it. */
  value: InputValue;
}

/** Pieces beyond which a rule is a staircase, of which the first ones stand for the rest. */
const MOST_PIECES = 24;

/** What each example of a catalogue says and its rule does not; each at its place in the file. */
export function checkExamples(catalogue: Catalogue): Diagnostic[] {
  return catalogue.criteria.flatMap((criterion, i) =>
    criterion.examples.flatMap((example, k) =>
      checkExample(criterion, example, catalogue, ['criteria', i, 'examples', k]),
    ),
  );
}

function checkExample(
  criterion: Criterion,
  example: Example,
  catalogue: Catalogue,
  path: KeyPath,
): Diagnostic[] {
  const read = parseEntry(example.entry, criterion, catalogue.decimals, path, catalogue.year);
  if (!read.entry || hasErrors(read.diagnostics)) return read.diagnostics;
  const row = scoreCriterion(criterion, read.entry, catalogue);
  const points = row.status === 'not_applicable' ? 'not_applicable' : row.points;
  if (points === example.points) return [];
  const shown = (p: Points | 'not_applicable' | null) =>
    typeof p === 'number' ? String(pointsToNumber(p, catalogue.decimals)) : (p ?? '?');
  const params = { id: criterion.id, points: shown(example.points), byRule: shown(points) };
  return [error('example-differs', params, [...path, 'points'])];
}

const whole = (input: Input) => input.form === 'line' && isWhole(input.quantity);

/** Parts of a rule that its examples can touch. A rule held against others has none of its own. */
const rulePartsOf = (criterion: Criterion): RulePart[] => (criterion.relative ? [] : partsOf(criterion));

function partsOf({ compiled }: Criterion): RulePart[] {
  return compiled.inputs.flatMap((input, i): RulePart[] => {
    const part = (at: RulePart['at'], value: InputValue): RulePart => ({ input: i, at, value });
    const none = input.whenNone === null ? [] : [part({ form: 'none' }, { form: 'none' })];
    if (input.form === 'table')
      return [
        ...input.levels.map((_, index) => part({ form: 'level', index }, { form: 'level', index })),
        ...none,
      ];
    const pieces = input.line
      .flatMap((piece) => {
        const within = intersect(piece, input.domain);
        return within ? [{ ...piece, ...within }] : [];
      })
      .filter((piece, k, all) => !touches(piece, all[k - 1]) && !touches(piece, all[k + 1]))
      .slice(0, MOST_PIECES);
    const parts = pieces.flatMap((piece, k) => {
      const cut = k > 0 && piece.lo && (!whole(input) || piece.lo.d === 1n) ? piece.lo : null;
      const x = valueIn(piece, whole(input));
      return [
        ...(cut ? [part({ form: 'cut', x: cut }, { form: 'number', x: cut })] : []),
        ...(x ? [part({ form: 'piece', piece }, { form: 'number', x })] : []),
      ];
    });
    return [...parts, ...none];
  });
}

/** Whether a piece is one value, at an end of the range, where its neighbour gives the same. */
function touches(piece: Piece, neighbour: Piece | undefined): boolean {
  const { lo, hi } = piece;
  if (!neighbour || !lo || !hi?.equals(lo)) return false;
  const meets = neighbour.lo?.equals(lo) || neighbour.hi?.equals(lo);
  return meets === true && valueAt(neighbour, lo).equals(valueAt(piece, lo));
}

/** A plain value inside a piece: its middle, or a step from its end; null when no whole number is in it. */
function valueIn(piece: Piece, integer: boolean): Fraction | null {
  const { lo, hi } = piece;
  const one = new Fraction(1);
  const low = lo && (piece.loOpen ? lo.add(one) : lo);
  const middle = lo && hi ? lo.add(hi).div(2) : (low ?? (hi ? hi.sub(one) : new Fraction(0)));
  const tries = integer
    ? [middle.round(0), middle.floor(0), middle.ceil(0)]
    : [middle.round(0), middle.round(1), middle.round(2), middle];
  return tries.find((x) => holds(piece, x)) ?? null;
}

/** Parts that no example touches. */
export function untouched(criterion: Criterion, catalogue: Catalogue): RulePart[] {
  const values = criterion.examples.flatMap((e) => {
    const { entry } = parseEntry(e.entry, criterion, catalogue.decimals, [], catalogue.year);
    return entry?.value ? [entry.value.inputs] : [];
  });
  return rulePartsOf(criterion).filter(
    ({ input, at }) => !values.some((inputs) => isTouched(at, inputs[input])),
  );
}

function isTouched(at: RulePart['at'], given: InputValue | undefined): boolean {
  if (at.form === 'none') return given?.form === 'none';
  if (at.form === 'level') return given?.form === 'level' && given.index === at.index;
  if (given?.form !== 'number') return false;
  return at.form === 'cut' ? given.x.equals(at.x) : holds(at.piece, given.x);
}

/** A note for each criterion some of whose pieces, cuts or levels no example touches. */
export function lintExamples(catalogue: Catalogue): Diagnostic[] {
  return catalogue.criteria.flatMap((criterion, i) => {
    const parts = untouched(criterion, catalogue);
    if (parts.length === 0) return [];
    const at = parts.map((part) => partName(criterion, part));
    return [note('examples-missing', { id: criterion.id, at }, ['criteria', i])];
  });
}

/** A note for each criterion whose rule is held against others: its parts, which an example of a value cannot touch. */
export function relativeParts(catalogue: Catalogue): Diagnostic[] {
  return catalogue.criteria.flatMap((criterion, i) => {
    const at = criterion.relative ? partsOf(criterion).map((part) => partName(criterion, part)) : [];
    return at.length > 0 ? [note('examples-relative', { id: criterion.id, at }, ['criteria', i])] : [];
  });
}

/** A part as a range of values: `[0, 80)`, `= 80`, a level's name. */
function partName({ compiled }: Criterion, { input, at }: RulePart): string {
  const measured = compiled.inputs[input];
  const key = compiled.inputs.length > 1 ? `${measured?.key}: ` : '';
  const show = (x: Fraction | null) => (x ? String(Number(toNumber(x).toFixed(6))) : '…');
  switch (at.form) {
    case 'none':
      return `${key}0/0`;
    case 'level':
      return `${key}${measured?.form === 'table' ? measured.levels[at.index]?.level.vi : at.index}`;
    case 'cut':
      return `${key}= ${show(at.x)}`;
    case 'piece': {
      const { lo, loOpen, hi, hiOpen } = at.piece;
      return `${key}${loOpen ? '(' : '['}${show(lo)}; ${show(hi)}${hiOpen ? ')' : ']'}`;
    }
  }
}

/** An example that touches a part, with the points that the rule gives it, for the office to confirm. */
export interface ExampleDraft {
  id: string;
  value: PlainValue;
  points: number | 'not_applicable';
  /** How the rule comes to the points. */
  because: Bilingual;
}

/** Numbers as each language prints them. */
export type NumeralsOf = Record<'vi' | 'en', Numerals>;

/** The examples that are missing, each with what the rule gives. */
export function draftExamples(catalogue: Catalogue, numerals: NumeralsOf): ExampleDraft[] {
  return catalogue.criteria.flatMap((criterion) => {
    const drafts = new Map<string, ExampleDraft>();
    for (const part of untouched(criterion, catalogue)) {
      const draft = draftOf(criterion, part, catalogue, numerals);
      if (draft) drafts.set(JSON.stringify(draft.value), draft);
    }
    return [...drafts.values()];
  });
}

/** How a criterion's rule comes to the points of its values, in English too where the criterion is told in it. */
export function reckoningOf(
  { compiled, name }: Criterion,
  values: InputValues,
  decimals: number,
  numerals: NumeralsOf,
): Bilingual {
  const text = (language: 'vi' | 'en') => reckoningText(compiled, values, decimals, numerals[language]);
  return { vi: text('vi'), ...(name.en && { en: text('en') }) };
}

function draftOf(
  criterion: Criterion,
  { input, value }: RulePart,
  catalogue: Catalogue,
  numerals: NumeralsOf,
): ExampleDraft | null {
  // The other inputs stand where the first of their own parts does.
  const parts = rulePartsOf(criterion);
  const inputs = criterion.compiled.inputs.map((_, i) =>
    i === input ? value : parts.find((p) => p.input === i)?.value,
  );
  if (!inputs.every((v) => v !== undefined)) return null;
  const entry: Entry = { ...EMPTY_ENTRY, value: { inputs, ratio: null } };
  const row = scoreCriterion(criterion, entry, catalogue);
  if (row.points === null) return null;
  return {
    id: criterion.id,
    value: plainValue(criterion, { inputs, ratio: null }),
    points:
      row.status === 'not_applicable' ? 'not_applicable' : pointsToNumber(row.points, catalogue.decimals),
    because: reckoningOf(criterion, inputs, criterionRounding(catalogue).places, numerals),
  };
}
