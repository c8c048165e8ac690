import type { Worksheet } from 'exceljs';
import type { Catalogue, Criterion, DeductsFrom, Field, Requires } from '../../catalogue/catalogue.js';
import { takingsOf } from '../../catalogue/sums.js';
import { daysAfter, isoDay } from '../../exact/calendar.js';
import { type Fraction, numerator, toNumber } from '../../exact/fraction.js';
import { type Points, pointsToNumber } from '../../exact/points.js';
import type { InputValue } from '../../rules/apply.js';
import { dueDay } from '../../rules/due.js';
import { type Affine, type Line, wholeParts } from '../../rules/line.js';
import type { Due, Input, Level } from '../../rules/rule.js';
import type { CriterionResult, ReadingResult } from '../../scoring/result.js';
import { pointsAddUp } from '../../scoring/score.js';
import { HEAD, type Layout } from './frame.js';

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
function literal(value: Fraction): string {
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

/** Whether a criterion, or a part of one, leaves the maximum where nothing arose. */
export const leavesWithNone = ({ compiled }: Criterion): boolean => compiled.inputs.some(leaves);

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
function conditionFormula({ test }: Requires, input: Input, cell: InputCell): string {
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
export function givenFormula({ compiled }: Criterion, cells: readonly InputCell[]): string {
  const tests = compiled.inputs.map((input, i) =>
    input.form === 'line' && input.whenNone === null
      ? `ISNUMBER(${cells[i]!.address})`
      : `${cells[i]!.address}<>""`,
  );
  return tests.length === 1 ? tests[0]! : `AND(${tests.join(',')})`;
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
  catalogue.round.criterion === catalogue.decimals &&
  catalogue.criteria.every((c) => !c.outside);

// Formulas of a scheme that does more with points than add them up. Each stands twice: as the reading is, and as tried.

/** A side of the score sheet: its columns of points and maximum, and the columns of working that belong to it. */
export interface Side {
  points: string;
  max: string;
  /** On the score sheet: points of the fields at the row of totals, and what a criterion outside the scale takes. */
  whole: string;
  takes: string;
  /** On the sheet of fields: points, maximum, and how many parts apply. */
  field: { points: string; max: string; count: string };
}
export const SIDES: Record<'given' | 'tried', Side> = {
  given: { points: 'E', max: 'D', whole: 'L', takes: 'N', field: { points: 'H', max: 'I', count: 'J' } },
  tried: { points: 'G', max: 'K', whole: 'M', takes: 'O', field: { points: 'K', max: 'L', count: 'M' } },
};
/** The first column of conditions on the score sheet, two for each: as it stands and as tried. */
const CONDITIONS = 16;
/** The first column of working on both sheets, which is out of sight. */
export const WORKING = { score: 11, fields: 8 } as const;

const sum = (cells: readonly string[]) => (cells.length === 0 ? '0' : `SUM(${cells.join(',')})`);
const number = (cell: string) => `IF(ISNUMBER(${cell}),${cell},0)`;

/** The cells that conditions of a criterion stand in, one for each. */
export const conditionCells = (
  sheet: Worksheet,
  { requires }: Criterion,
  row: number,
  side: 0 | 1,
): string[] => requires.map((_, k) => `${sheet.getColumn(CONDITIONS + 2 * k + side).letter}${row}`);

/** Points as what a criterion requires leaves them: 1 in a cell is met, 0 not, and nothing not known. */
export function requiredFormula(
  { requires }: Criterion,
  cells: readonly string[],
  points: string,
  decimals: number,
): string {
  const open =
    requires.length === 0 ? points : `IF(OR(${cells.map((c) => `${c}=""`).join(',')}),"",${points})`;
  return requires.reduceRight(
    (rest, r, k) =>
      `IF(${cells[k]}=0,${r.otherwise === 'not_applicable' ? 0 : pointsToNumber(r.otherwise, decimals)},${rest})`,
    open,
  );
}

/** Whether one of the conditions that leave a criterion out of both sums fails; null where there is none. */
export function leftOutFormula({ requires }: Criterion, cells: readonly string[]): string | null {
  const tests = requires.flatMap((r, k) => (r.otherwise === 'not_applicable' ? [`${cells[k]}=0`] : []));
  return tests.length === 0 ? null : `OR(${tests.join(',')})`;
}

/** Whether a criterion is what another requires, over the input sheet: 1, 0 or nothing. */
export function metFormula(required: Requires, other: CriterionResult, side: 0 | 1, layout: Layout): string {
  const say = layout.words.labels.workbook;
  const first = layout.inputRow.get(required.criterion)!;
  const at = (column: string, row = first) => `${layout.inputs}!${column}${row}`;
  const [c, f] = [at('C', first + required.input), at('F', first + required.input)];
  const value = side === 0 ? c : `IF(${f}<>"",${f},${c})`;
  if (other.status === 'other_unit') return '1';
  const excused = [`${at('E')}="${say.notApplicable}"`, `${at('E')}="${say.exempt}"`];
  if (side === 1 && other.criterion.exemption) excused.push(`${at('G')}="${say.exempt}"`);
  const input = other.criterion.compiled.inputs[required.input]!;
  const test = conditionFormula(required, input, {
    address: value,
    level: layout.level,
    year: layout.model.baseline.year,
  });
  return `IF(OR(${excused.join(',')}),1,IF(${value}="",${publishedMet(required, other, at('D'), layout)},${test}))`;
}

/** What published points say of a condition, as long as they are those of the reading. */
function publishedMet(required: Requires, other: CriterionResult, cell: string, { model }: Layout): string {
  const { decimals } = model.baseline.catalogue;
  const holder = model.baseline.criteria.find((r) => r.criterion.requires.includes(required));
  const met = holder?.criterion.requires.length === 1 ? holder.condition?.met : null;
  if (other.entry?.deducted == null || met == null) return '""';
  return `IF(${cell}=${pointsToNumber(other.entry.deducted, decimals)},${met ? 1 : 0},"")`;
}

const inside = (ids: readonly string[], { criteria }: ReadingResult) =>
  ids.filter((id) => !criteria.find((r) => r.criterion.id === id)!.criterion.outside);

/** What a field makes of its parts on one side: how many apply, points and maximum, unrounded. */
export function fieldFormulas(field: Field, side: Side, layout: Layout) {
  const { baseline } = layout.model;
  const { catalogue } = baseline;
  const { decimals, round } = catalogue;
  const members = baseline.criteria.filter((r) => r.criterion.field === field.id && !r.criterion.outside);
  const below = baseline.fields.flatMap((f, i) => (f.field.parent === field.id ? [HEAD + 1 + i] : []));
  const parts = [
    ...members.map((r) => {
      const at = layout.scoreRow.get(r.criterion.id)!;
      const [points, max] = [`${layout.score}!${side.points}${at}`, `${layout.score}!${side.max}${at}`];
      return { points, max, applies: `${max}>0` };
    }),
    ...below.map((at) => {
      const { points, max, count } = side.field;
      return { points: `${points}${at}`, max: `${max}${at}`, applies: `${count}${at}>0` };
    }),
  ];
  const count = parts.length === 0 ? '0' : parts.map((p) => `IF(${p.applies},1,0)`).join('+');
  const combined = (key: 'points' | 'max'): string => {
    const total = sum(parts.map((p) => p[key]));
    if (field.combine === 'sum' || parts.length === 0) return total;
    if (field.combine === 'mean') return `${total}/MAX(1,${count})`;
    const none = parts.map((p) => `AND(${p.applies},${number(p[key])}<=0)`).join(',');
    const product = parts.map((p) => `IF(${p.applies},${number(p[key])},1)`).join('*');
    return `IF(OR(${none}),0,IF(${count}=0,0,(${product})^(1/MAX(1,${count}))))`;
  };
  const weighted = (value: string) =>
    field.weight.equals(1) ? value : `(${value})*${literal(field.weight)}`;
  const capped = (value: string) =>
    field.cap === null ? value : `MIN(${value},${pointsToNumber(field.cap, decimals)})`;
  const made = (key: 'points' | 'max') => {
    const whole = capped(combined(key));
    return weighted(round.field === null ? whole : roundedFormula(whole, Math.min(round.field, decimals)));
  };
  return { count, points: made('points'), max: made('max') };
}

/** A field's points in sight: nothing known while one of its criteria is not. */
export function fieldShown(ids: readonly string[], cell: string, side: Side, layout: Layout): string {
  const { baseline } = layout.model;
  const cells = inside(ids, baseline).map((id) => `${layout.score}!${side.points}${layout.scoreRow.get(id)}`);
  return whereKnown(cells, roundedFormula(cell, baseline.catalogue.decimals));
}

/** What is made of cells of points, `?` while one of them is not known. */
export const whereKnown = (cells: readonly string[], whole: string): string =>
  cells.length === 0 ? whole : `IF(COUNT(${cells.join(',')})<${cells.length},"?",${whole})`;

/** What each criterion outside the scale takes on one side, as formulas by id. */
export function takesFormulas(side: Side, layout: Layout): Map<string, string> {
  const { catalogue, fields } = layout.model.baseline;
  const cell = (id: string) => `${side.points}${layout.scoreRow.get(id)}`;
  const takes = (c: Criterion) => `${side.takes}${layout.scoreRow.get(c.id)}`;
  const added = catalogue.criteria
    .filter((c) => c.outside)
    .map((c) => `MAX(0,${number(cell(c.id))})`)
    .join('+');
  const there = (from: DeductsFrom): string => {
    if (from === 'total') return `${side.whole}${layout.totalRow}+${added}`;
    if (Array.isArray(from)) return sum(from.map(cell));
    const row = fields.findIndex((f) => f.field.id === from.field);
    // A field of which nothing is scored has no row.
    return row < 0 ? '0' : `${layout.fields}!${side.field.points}${HEAD + 1 + row}`;
  };
  return new Map(
    takingsOf(catalogue).flatMap(({ from, criteria, within }) => {
      const narrower = within.flatMap((t) => t.criteria.map(takes));
      return criteria.map((c, k): [string, string] => {
        const wanted = `MAX(0,-${number(cell(c.id))})`;
        if (from === null) return [c.id, wanted];
        const earlier = [...narrower, ...criteria.slice(0, k).map(takes)];
        return [c.id, `MIN(${wanted},MAX(0,${[`(${there(from)})`, ...earlier].join('-')}))`];
      });
    }),
  );
}

/** What the criteria outside the scale add and take together on one side. */
export function adjustmentFormula(
  { criteria, adjustments, decimals }: Catalogue,
  side: Side,
  layout: Layout,
): string {
  const outside = criteria.filter((c) => c.outside);
  if (outside.length === 0) return '0';
  const cell = (column: string, id: string) => `${column}${layout.scoreRow.get(id)}`;
  const added = outside.map((c) => `MAX(0,${number(cell(side.points, c.id))})`).join('+');
  const all = `(${added})-${sum(outside.map((c) => cell(side.takes, c.id)))}`;
  const end = (points: Points) => pointsToNumber(points, decimals);
  const most = adjustments.most === null ? all : `MIN(${all},${end(adjustments.most)})`;
  return adjustments.least === null ? most : `MAX(${most},${end(adjustments.least)})`;
}

/** Points and maximum of the fields at the top together, on one side, with what the scheme does not list. */
export function wholeFormulas(side: Side, layout: Layout): { points: string; max: string } {
  const { baseline } = layout.model;
  const { decimals, notListed, round } = baseline.catalogue;
  const rest = notListed ? pointsToNumber(notListed.max, decimals) : 0;
  const tops = baseline.fields.flatMap((f, i) => (f.field.parent === null ? [HEAD + 1 + i] : []));
  const of = (column: string) => `${rest}+${sum(tops.map((at) => `${layout.fields}!${column}${at}`))}`;
  const max = of(side.field.max);
  return {
    points: of(side.field.points),
    max: round.total === null ? max : roundedFormula(max, round.total),
  };
}
