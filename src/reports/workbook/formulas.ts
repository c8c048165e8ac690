import type { Catalogue, Criterion, Requires } from '../../catalogue/catalogue.js';
import type { InputValue } from '../../rules/apply.js';
import { dueDay } from '../../rules/due.js';
import { targeted } from '../../rules/index.js';
import { type Affine, type Line, wholeParts } from '../../rules/line.js';
import type { Due, Input, Level } from '../../rules/rule.js';
import { openInputs, targetedInput } from '../../scoring/criterion.js';
import type { CriterionResult } from '../../scoring/result.js';
import { pointsAddUp } from '../../scoring/score.js';
import { daysAfter, isoDay } from '../../values/calendar.js';
import { type Fraction, numerator, toNumber } from '../../values/fraction.js';

/** A cell's address, how a level is written in it, and of a day the year that it is of; without one it holds days late. */
export interface InputCell {
  address: string;
  year?: number;
  level(level: Level): string;
}

/** Digits that a spreadsheet's doubles hold for sure; a value is cut to them before it meets a threshold. */
const SURE = 10;

/** A text as a formula writes it. */
export const quoted = (words: string) => `"${words.replaceAll('"', '""')}"`;

/** An exact number as a formula writes it: a whole number, or one over another. */
export function literal(value: Fraction): string {
  const top = numerator(value);
  return value.d === 1n ? String(top) : `(${top}/${value.d})`;
}

/** (A + B·x) ÷ D in whole numbers, so that one division rounds once. */
function affine(f: Affine, x: string): string {
  if (f.b.n === 0n) return literal(f.a);
  const { top, slope, over } = wholeParts(f);
  const sum = `${top === 0n ? '' : `${top}+`}${slope === 1n ? '' : `${slope}*`}${x}`;
  return over === 1n ? `(${sum})` : `((${sum})/${over})`;
}

/** A line's pieces as nested IFs, in order, with their open and closed ends. */
function lineFormula(line: Line, x: string): string {
  const [piece, ...rest] = line;
  if (!piece) throw new Error('a line without pieces');
  if (rest.length === 0 || !piece.hi) return affine(piece, x);
  return `IF(${x}${piece.hiOpen ? '<' : '<='}${literal(piece.hi)},${affine(piece, x)},${lineFormula(rest, x)})`;
}

/** What a cell holds where there was nothing to count. */
export const NONE_CELL = '0/0';

const isNone = ({ address }: InputCell) => `${address}=${quoted(NONE_CELL)}`;
const leaves = (input: Input): boolean => input.whenNone === 'not_applicable';

/** Whether a criterion leaves both sums as nothing arose; null where it never does. */
export function allNoneFormula({ compiled }: Criterion, cells: readonly InputCell[]): string | null {
  return compiled.inputs.length > 0 && compiled.inputs.every(leaves)
    ? `AND(${cells.map(isNone).join(',')})`
    : null;
}

/** What parts of a criterion, for which nothing arose, take from its maximum; null where none does. */
export function maximumGoneFormula(criterion: Criterion, cells: readonly InputCell[]): string | null {
  const gone = criterion.compiled.inputs.flatMap((input, i) =>
    leaves(input) && input.max ? [`IF(${isNone(cells[i]!)},${literal(input.max)},0)`] : [],
  );
  return gone.length === 0 ? null : `IF(${givenFormula(criterion, cells)},${gone.join('+')},0)`;
}

/** More points than any rule gives: what is left out of the least of several. */
const BEYOND = '1000000000000';

function inputFormula(input: Input, cell: InputCell, combine: 'sum' | 'min'): string {
  const points = pointsFormula(input, cell);
  if (input.whenNone === null) return points;
  const out = combine === 'min' ? BEYOND : '0';
  const none = input.whenNone === 'not_applicable' ? out : literal(input.whenNone);
  return `IF(${isNone(cell)},${none},${points})`;
}

/** The days of 1900 to 1999: a number below is no day that is meant. */
const FIRST_DAY = 36526;

/** A day typed into a cell as a date or as the text `18/03/2026`, as a spreadsheet counts days; else an error. */
export const dateFormula = (cell: string) =>
  `IF(ISNUMBER(${cell}),IF(${cell}<${FIRST_DAY},NA(),${cell}),DATE(VALUE(RIGHT(${cell},4)),VALUE(MID(${cell},4,2)),VALUE(LEFT(${cell},2))))`;

/** The day that is due for a year, or for that in a cell, as a spreadsheet counts days. */
export function dueFormula({ date, month, year }: Due, of: number | string): string {
  const y = 'fixed' in year ? `${year.fixed}` : year.shift === 0 ? `${of}` : `${of}+${year.shift}`;
  // 29 February is the last of the month where there is none.
  return date === 29 && month === 2 ? `(DATE(${y},3,1)-1)` : `DATE(${y},${month},${date})`;
}

/** What a line is over, from a cell: percents are shares, days dates. */
function numberFormula(
  { quantity, due }: Extract<Input, { form: 'line' }>,
  { address, year }: InputCell,
): string {
  if (due && year !== undefined) return `(${address}-${dueFormula(due, year)})`;
  return quantity === 'percent' ? `ROUND(${address}*100,${SURE})` : address;
}

/** Whether a number is no more than another; what is no number is. */
const withinFormula = (input: Input, cell: InputCell, most: Fraction): string =>
  input.form === 'line'
    ? `IF(ISNUMBER(${cell.address}),${numberFormula(input, cell)}<=${literal(most)},TRUE())`
    : 'TRUE()';

function pointsFormula(input: Input, cell: InputCell): string {
  if (input.form === 'line') {
    return lineFormula(input.line, numberFormula(input, cell));
  }
  return input.levels.reduceRight(
    (otherwise, level) =>
      `IF(${cell.address}=${quoted(cell.level(level))},${literal(level.points)},${otherwise})`,
    'NA()',
  );
}

/**
 * Rounded half away from zero as scoring does: in the smallest part, where half a part that came out a hair below it is
 * half again after a first rounding.
 */
export function roundedFormula(value: string, places: number): string {
  const unit = 10 ** places;
  return `ROUND(ROUND((${value})*${unit},${SURE - places}),0)/${unit}`;
}

/** Whether a value is what another criterion requires, as 1 or 0; nothing to count is. */
export function conditionFormula({ test }: Requires, input: Input, cell: InputCell): string {
  const { address } = cell;
  const holds = (): string => {
    if (test.form === 'level') {
      const level = input.form === 'table' ? input.levels[test.index] : undefined;
      return level ? `${address}=${quoted(cell.level(level))}` : 'FALSE()';
    }
    const x = input.form === 'line' ? numberFormula(input, cell) : address;
    const { lo, loOpen, hi, hiOpen } = test.interval;
    const ends = [
      ...(lo ? [`${x}${loOpen ? '>' : '>='}${literal(lo)}`] : []),
      ...(hi ? [`${x}${hiOpen ? '<' : '<='}${literal(hi)}`] : []),
    ];
    return `AND(${ends.join(',')})`;
  };
  const met = `IF(${holds()},1,0)`;
  return input.whenNone === null ? met : `IF(${isNone(cell)},1,${met})`;
}

/** A criterion's rule over cells, rounded to so many places; null leaves it as it comes. */
export function ruleFormula(
  { compiled }: Criterion,
  cells: readonly InputCell[],
  places: number | null,
): string {
  const parts = compiled.inputs.map((input, i) => inputFormula(input, cells[i]!, compiled.combine));
  let joined =
    parts.length === 1 ? parts[0]! : compiled.combine === 'sum' ? parts.join('+') : `MIN(${parts.join(',')})`;
  if (compiled.cap) joined = `MIN(${joined},${literal(compiled.cap)})`;
  if (compiled.floor) joined = `MAX(${joined},${literal(compiled.floor)})`;
  return places === null ? `(${joined})` : roundedFormula(joined, places);
}

/** Whether every cell of a rule holds something. */
function givenFormula({ compiled }: Criterion, cells: readonly InputCell[]): string {
  const tests = compiled.inputs.map((input, i) =>
    input.form === 'line' && input.whenNone === null
      ? `ISNUMBER(${cells[i]!.address})`
      : `${cells[i]!.address}<>""`,
  );
  return tests.length === 1 ? tests[0]! : `AND(${tests.join(',')})`;
}

/**
 * Whether the cells of a criterion hold values that earn points; null where none does. One held against what is unknown
 * has none: last year's value or the group's, the unit's target, or, beyond the target, the group's leader.
 */
export function scorableFormula(
  { criterion, entry }: CriterionResult,
  cells: readonly InputCell[],
): string | null {
  if (criterion.compiled.inputs.length === 0 || openInputs(criterion).length > 0) return null;
  const given = givenFormula(criterion, cells);
  const aimed = targetedInput(criterion);
  if (aimed < 0) return given;
  const target = entry?.target ?? targeted(criterion.rule)!.common;
  if (target === null) return null;
  return entry?.leader
    ? given
    : `AND(${given},${withinFormula(criterion.compiled.inputs[aimed]!, cells[aimed]!, target)})`;
}

/** What a value is written as in a cell: percents as shares, levels by name, days of a year as dates. */
export function cellValue(
  input: Input,
  value: InputValue,
  level: InputCell['level'],
  year?: number,
): number | string | Date {
  if (value.form === 'none') return NONE_CELL;
  if (value.form === 'level') return input.form === 'table' ? level(input.levels[value.index]!) : '';
  if (input.form === 'line' && input.due && year !== undefined)
    return new Date(isoDay(daysAfter(dueDay(input.due, year), value.x.valueOf())));
  return input.form === 'line' && input.quantity === 'percent'
    ? toNumber(value.x.div(100))
    : toNumber(value.x);
}

/** Whether the sums of a scheme are those of its criteria's points, each by its own cells. */
export const addsUp = (catalogue: Catalogue): boolean =>
  pointsAddUp(catalogue, new Set(catalogue.criteria.map((c) => c.id))) &&
  catalogue.criteria.every((c) => !c.outside);

export const sum = (cells: readonly string[]) => (cells.length === 0 ? '0' : `SUM(${cells.join(',')})`);
export const number = (cell: string) => `IF(ISNUMBER(${cell}),${cell},0)`;
