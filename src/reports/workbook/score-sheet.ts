import type { Cell, Workbook, Worksheet } from 'exceljs';
import type { Criterion, DeductsFrom, Field, Requires } from '../../catalogue/catalogue.js';
import { deductionGroups, notListedPoints } from '../../catalogue/sums.js';
import { type Points, pointsToNumber } from '../../exact/points.js';
import { ownerText, provenanceMark } from '../../render/words.js';
import { ruleBounds } from '../../rules/apply.js';
import type { CriterionResult } from '../../scoring/result.js';
import { addsFields, subtotal } from '../../scoring/totals.js';
import {
  allNoneFormula,
  conditionFormula,
  givenFormula,
  type InputCell,
  literal,
  maximumGoneFormula,
  number,
  roundedFormula,
  ruleFormula,
  sum,
} from './formulas.js';
import { addSheet, BOLD, dataBars, HEAD, type Layout, lock, POINTS_FORMAT } from './frame.js';

/**
 * What stands where. Points stand twice, as the reading is and as tried; and what is unknown of them stands at its
 * least and at its most in the working, which is out of sight: columns of the score sheet and of that of fields.
 */
interface End {
  bound: 'worst' | 'best';
  /** Points of each criterion, and of the fields together at the row of totals. */
  points: string;
  /** What each criterion outside the scale takes, and all of them add at the row of totals. */
  takes: string;
  field: string;
}
interface View {
  points: string;
  lost: string;
  max: string;
  /** Maximum of a field, and how many parts of it apply. */
  field: { lost: string; max: string; count: string };
  ends: readonly [End, End];
  /** Position of its cells among those of a condition. */
  side: 0 | 1;
}
export const GIVEN: View = {
  points: 'E',
  lost: 'F',
  max: 'D',
  field: { lost: 'E', max: 'H', count: 'I' },
  ends: [
    { bound: 'worst', points: 'L', takes: 'P', field: 'J' },
    { bound: 'best', points: 'M', takes: 'Q', field: 'K' },
  ],
  side: 0,
};
export const TRIED: View = {
  points: 'G',
  lost: 'H',
  max: 'K',
  field: { lost: 'F', max: 'L', count: 'M' },
  ends: [
    { bound: 'worst', points: 'N', takes: 'R', field: 'N' },
    { bound: 'best', points: 'O', takes: 'S', field: 'O' },
  ],
  side: 1,
};
const VIEWS = [GIVEN, TRIED];
/** The first column of working on the sheets of score and fields, and the first of conditions, two for each. */
const WORKING = { score: 11, fields: 8 };
const CONDITIONS = 20;

const hide = (sheet: Worksheet, from: number) => {
  for (let column = from; column <= sheet.columnCount; column++) sheet.getColumn(column).hidden = true;
};

/** A cell's formula, with what it comes to as it stands; points unless said otherwise. */
function set(cell: Cell, formula: string, result?: number | string): void {
  cell.value = result === undefined ? { formula } : { formula, result };
  cell.numFmt = POINTS_FORMAT;
  cell.alignment = { horizontal: 'right', vertical: 'top' };
}

/** Points on a sheet: a number, or both ends of what they may be. */
function shownPoints(layout: Layout, points: Points | null, worst: Points, best: Points): number | string {
  const { decimals } = layout.model.baseline.catalogue;
  if (points !== null) return pointsToNumber(points, decimals);
  if (!isBounded(layout)) return '?';
  return [worst, best].map((end) => layout.words.numbers.points(end, decimals)).join('–');
}

/** Points where all that they are made of is known, else both ends of them. */
function rangeFormula(layout: Layout, cells: readonly string[], worst: string, best: string): string {
  const { decimals } = layout.model.baseline.catalogue;
  const [low, high] = [roundedFormula(worst, decimals), roundedFormula(best, decimals)];
  if (cells.length === 0) return low;
  const open = isBounded(layout) ? `${low}&"–"&${high}` : '"?"';
  return `IF(COUNT(${cells.join(',')})=${cells.length},${low},${open})`;
}

/**
 * Whether a sum is least where all that it is made of is. Not where a mean may lose a part to a condition, nor where what
 * is taken from is itself no sum of points of the score.
 */
function isBounded({ model }: Layout): boolean {
  const { catalogue } = model.baseline;
  const { fields, criteria } = catalogue;
  if (addsFields(catalogue)) return true;
  const means = fields.some((f) => f.combine !== 'sum');
  return !criteria.some(({ requires, deductsFrom: from }) => {
    const inner = Array.isArray(from) || fields.some((f) => f.parent !== null && fieldOf(from) === f.id);
    return inner || (means && requires.some((r) => r.otherwise === 'not_applicable'));
  });
}

const fieldOf = (from: DeductsFrom | null): string | null =>
  from !== null && typeof from === 'object' && 'field' in from ? from.field : null;

/** Each criterion's maximum, points and losses over the cells of the input sheet, and what they come to. */
export async function scoreSheet(workbook: Workbook, layout: Layout): Promise<void> {
  const { labels, numbers } = layout.words;
  const say = labels.workbook;
  const { baseline } = layout.model;
  const { decimals, notListed } = baseline.catalogue;
  const { id, criterion, field, max, points, deduction, provenance } = labels.columns;
  const heads = [
    id,
    criterion,
    field,
    max,
    points,
    deduction,
    say.triedPoints,
    say.triedDeduction,
    provenance,
  ];
  const title = `${baseline.unit} · ${baseline.year}`;
  const sheet = addSheet(workbook, labels.columns.score, title, heads, [8, 60, 10, 12, 17, 17, 17, 17, 12]);
  const shown = (p: number | null) => (p === null ? '' : pointsToNumber(p, decimals));
  for (const row of baseline.criteria) {
    const r = layout.scoreRow.get(row.criterion.id)!;
    const at = (column: string) => sheet.getCell(`${column}${r}`);
    at('A').value = row.criterion.id;
    at('A').numFmt = '@';
    at('B').value = numbers.pick(row.criterion.name);
    at('C').value = row.criterion.field;
    at('C').numFmt = '@';
    for (const view of VIEWS) {
      const made = criterionFormulas(row, sheet, view, layout);
      set(at(view.max), made.max, view === GIVEN ? shown(row.max) : undefined);
      set(at(view.points), made.points, shown(row.points));
      const lost = `IF(${view.points}${r}="","",ROUND(${view.max}${r}-${view.points}${r},${decimals}))`;
      set(at(view.lost), lost, shown(row.deduction));
      for (const end of view.ends)
        set(at(end.points), `IF(${view.points}${r}="",${made.open(end.bound)},${view.points}${r})`);
    }
    at('I').value = `${labels.provenance[row.provenance]} ${provenanceMark(row.provenance)}`.trim();
  }
  const [first, last] = [HEAD + 1, HEAD + baseline.criteria.length];
  if (notListed) {
    const at = (column: string) => sheet.getCell(`${column}${last + 1}`);
    at('B').value = numbers.pick(notListed.name);
    for (const column of ['D', 'E', 'G']) at(column).value = shown(notListed.max);
    for (const column of ['F', 'H']) at(column).value = 0;
    for (const column of 'DEFGH') at(column).numFmt = POINTS_FORMAT;
    at('I').value = labels.provenance[notListed.provenance.kind];
  }
  totals(sheet, layout);
  for (const at of [layout.totalRow, layout.totalRow + 1]) sheet.getRow(at).font = BOLD;
  dataBars(sheet, `F${first}:F${last}`, 'FFE57373');
  dataBars(sheet, `H${first}:H${last}`, 'FF81C784');
  hide(sheet, WORKING.score);
  await lock(sheet);
}

/** The score, the loss and the index, and what lies outside the scale, as fields and conditions make them. */
function totals(sheet: Worksheet, layout: Layout): void {
  const { labels } = layout.words;
  const { catalogue, total, criteria, fields } = layout.model.baseline;
  const { decimals, round } = catalogue;
  const r = layout.totalRow;
  const at = (column: string, row = r) => sheet.getCell(`${column}${row}`);
  const outside = catalogue.criteria.some((c) => c.outside);
  at('B').value = labels.score.total;
  at('B', r + 1).value = `${labels.columns.index} (%)`;
  if (outside) at('B', r + 2).value = labels.score.adjustment;
  const rest = pointsToNumber(notListedPoints(catalogue), decimals);
  const tops = fields.flatMap((f, i) => (f.field.parent === null ? [HEAD + 1 + i] : []));
  const whole = (column: string) => `${rest}+${sum(tops.map((top) => `${layout.fields}!${column}${top}`))}`;
  for (const view of VIEWS) {
    const cells = criteria.map((row) => `${view.points}${layout.scoreRow.get(row.criterion.id)}`);
    const [low, high] = view.ends.map((end) => {
      set(at(end.points), whole(end.field));
      const takes = takesFormulas(end, layout);
      for (const [id, formula] of takes) set(at(end.takes, layout.scoreRow.get(id)!), formula);
      set(at(end.takes), adjustmentFormula(end, layout));
      const points = `${end.points}${r}+${end.takes}${r}`;
      return round.total === null ? points : roundedFormula(points, round.total);
    }) as [string, string];
    const max =
      round.total === null ? whole(view.field.max) : roundedFormula(whole(view.field.max), round.total);
    set(at(view.max), roundedFormula(max, decimals), pointsToNumber(total.applicableMax, decimals));
    set(
      at(view.points),
      rangeFormula(layout, cells, low, high),
      shownPoints(layout, total.score, total.worst, total.best),
    );
    const [worst, best] = view.ends;
    const lost = (score: string, { takes }: End) => `${view.max}${r}-(${score}-${takes}${r})`;
    const { adjustment } = total;
    const within = total.applicableMax;
    const inside = !outside ? within : adjustment === null ? null : within + adjustment;
    // Of what lies outside the scale both ends are not told by those of the score.
    const told =
      inside === null
        ? undefined
        : shownPoints(layout, total.deduction, inside - total.best, inside - total.worst);
    set(at(view.lost), rangeFormula(layout, cells, lost(high, best), lost(low, worst)), told);
    const index = total.index?.valueOf() ?? (total.applicableMax === 0 ? '–' : '?');
    const known = `ISNUMBER(${view.points}${r})`;
    set(at(view.points, r + 1), `IF(${view.max}${r}=0,"–",IF(${known},100*(${low})/(${max}),"?"))`, index);
    if (!outside) continue;
    const added = roundedFormula(`${worst.takes}${r}`, decimals);
    const result = adjustment === null ? '?' : pointsToNumber(adjustment, decimals);
    set(at(view.points, r + 2), `IF(${known},${added},"?")`, result);
  }
}

/** A criterion's maximum and points over the cells of the input sheet, and what it may have while unknown. */
function criterionFormulas(row: CriterionResult, sheet: Worksheet, view: View, layout: Layout) {
  const { criterion, status } = row;
  const { requires } = criterion;
  const { inputs } = criterion.compiled;
  const { status: state } = layout.words.labels;
  const { catalogue, criteria, year } = layout.model.baseline;
  const { decimals, round } = catalogue;
  const places = round.criterion === null ? null : Math.min(decimals, round.criterion);
  const first = layout.inputRow.get(criterion.id)!;
  const at = (column: string, i = 0) => `${layout.inputs}!${column}${first + i}`;
  const max = pointsToNumber(criterion.max, decimals);
  // Another kind of unit has it in full, whatever the values are.
  if (status === 'other_unit') return { max: `${max}`, points: `${max}`, open: () => `${max}` };
  const cells = inputs.map(
    (_, i): InputCell => ({ address: valueAt(view, at('C', i), at('F', i)), level: layout.level, year }),
  );
  const conditions = requires.map((required, k) => {
    const cell = sheet.getCell(layout.scoreRow.get(criterion.id)!, CONDITIONS + 2 * k + view.side);
    const other = criteria.find((o) => o.criterion.id === required.criterion)!;
    cell.value = { formula: metFormula(required, other, view, layout) };
    return cell.address;
  });
  const untried = inputs.map((_, i) => `${at('F', i)}=""`);
  // What the reading says besides values stands until a value is tried.
  const standing = (test: string) => (view === GIVEN ? test : `AND(${[...untried, test].join(',')})`);
  const [na, exempt] = [`${at('E')}="${state.not_applicable}"`, `${at('E')}="${state.exempt}"`];
  const published = `ISNUMBER(${at('D')})`;
  const explained = view === TRIED && criterion.exemption ? [`${at('G')}="${state.exempt}"`] : [];
  const excused = `OR(${[...explained, standing(`OR(${exempt},${published})`)].join(',')})`;
  // A value held against what is unknown has no points by any formula.
  const unheld = status === 'unknown' && row.value !== null && row.condition?.met !== null;
  const valued = (otherwise: string) =>
    inputs.length === 0 || unheld
      ? otherwise
      : `IF(${givenFormula(criterion, cells)},${ruleFormula(criterion, cells, places)},${otherwise})`;
  const isOpen = conditions.map((c) => `${c}=""`);
  const required = requires.reduceRight(
    (rest, { otherwise }, k) => `IF(${conditions[k]}=0,${leastOf(otherwise, decimals)},${rest})`,
    isOpen.length === 0 ? valued('""') : `IF(OR(${isOpen.join(',')}),"",${valued('""')})`,
  );
  const none = allNoneFormula(criterion, cells);
  // Where nothing arose it leaves both sums, whatever it requires of others.
  const byRule = none ? `IF(${none},0,${required})` : required;
  const deducted = `ROUND(${max}-${at('D')},${decimals})`;
  const full = `OR(${[...explained, standing(exempt)].join(',')})`;
  const gone = maximumGoneFormula(criterion, cells);
  const rest = gone === null ? max : `ROUND(${max}-IF(${excused},0,${gone}),${decimals})`;
  const leaves = [
    ...requires.flatMap((r, k) => (r.otherwise === 'not_applicable' ? [`${conditions[k]}=0`] : [])),
    ...(none ? [none] : []),
  ];
  const applies = leaves.length === 0 ? rest : `IF(AND(NOT(${excused}),OR(${leaves.join(',')})),0,${rest})`;
  const bounds = ruleBounds(criterion.compiled, decimals);
  return {
    max: `IF(${na},0,${applies})`,
    points: `IF(${na},0,IF(${full},${max},IF(${standing(published)},${deducted},${byRule})))`,
    open: (bound: End['bound']) => {
      const end = `${pointsToNumber(bounds[bound], decimals)}`;
      const choose = bound === 'worst' ? 'MIN' : 'MAX';
      return requires.reduceRight((points, { otherwise }, k) => {
        const either = `${choose}(${valued(end)},${leastOf(otherwise, decimals)})`;
        return `IF(${isOpen[k]},${either},${points})`;
      }, end);
    },
  };
}

/** A value as it stands, or as it is tried. */
const valueAt = (view: View, given: string, tried: string) =>
  view === GIVEN ? given : `IF(${tried}<>"",${tried},${given})`;

/** What a criterion has whose condition fails. */
const leastOf = (otherwise: Requires['otherwise'], decimals: number) =>
  otherwise === 'not_applicable' ? 0 : pointsToNumber(otherwise, decimals);

/** Whether a criterion is what another requires, over the input sheet: 1, 0 or nothing. */
function metFormula(required: Requires, other: CriterionResult, view: View, layout: Layout): string {
  if (other.status === 'other_unit') return '1';
  const { status: state } = layout.words.labels;
  const first = layout.inputRow.get(required.criterion)!;
  const at = (column: string, row = first) => `${layout.inputs}!${column}${row}`;
  const row = first + required.input;
  const value = valueAt(view, at('C', row), at('F', row));
  const excused = [`${at('E')}="${state.not_applicable}"`, `${at('E')}="${state.exempt}"`];
  if (view === TRIED && other.criterion.exemption) excused.push(`${at('G')}="${state.exempt}"`);
  const { year } = layout.model.baseline;
  const input = other.criterion.compiled.inputs[required.input]!;
  const test = conditionFormula(required, input, { address: value, level: layout.level, year });
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

/** Points and deductions by field, as the scheme makes them of their parts. */
export async function fieldsSheet(workbook: Workbook, layout: Layout): Promise<void> {
  const { labels, numbers } = layout.words;
  const { fields, catalogue } = layout.model.baseline;
  const { columns, workbook: say, report } = labels;
  const heads = [
    columns.id,
    columns.field,
    columns.max,
    columns.points,
    columns.deduction,
    say.triedDeduction,
  ];
  const sheet = addSheet(workbook, say.fields, report.charts.fields, heads, [8, 60, 12, 17, 17, 17]);
  fields.forEach(({ field, criteria, max, points, deduction, worst, best }, i) => {
    const r = HEAD + 1 + i;
    const at = (column: string) => sheet.getCell(`${column}${r}`);
    at('A').value = field.id;
    at('A').numFmt = '@';
    at('B').value = numbers.pick(field.name);
    const inside = catalogue.criteria.filter((c) => criteria.includes(c.id) && !c.outside);
    for (const view of VIEWS) {
      const cells = inside.map((c) => `${layout.score}!${view.points}${layout.scoreRow.get(c.id)}`);
      const [low, high] = view.ends.map((end) => {
        const made = fieldFormulas(field, view, end, layout);
        at(view.field.count).value = { formula: made.count };
        at(view.field.max).value = { formula: made.max };
        at(end.field).value = { formula: made.points };
        return `${end.field}${r}`;
      }) as [string, string];
      const full = `${view.field.max}${r}`;
      if (view === GIVEN) {
        set(at('C'), roundedFormula(full, catalogue.decimals), pointsToNumber(max, catalogue.decimals));
        set(at('D'), rangeFormula(layout, cells, low, high), shownPoints(layout, points, worst, best));
      }
      const lost = rangeFormula(layout, cells, `${full}-${high}`, `${full}-${low}`);
      set(at(view.field.lost), lost, shownPoints(layout, deduction, max - best, max - worst));
    }
  });
  dataBars(sheet, `E${HEAD + 1}:E${HEAD + fields.length}`, 'FFE57373');
  hide(sheet, WORKING.fields);
  await lock(sheet);
}

/** What a field makes of its parts at one end: how many apply, points and maximum, unrounded. */
function fieldFormulas(field: Field, view: View, end: End, layout: Layout) {
  const { catalogue, criteria, fields } = layout.model.baseline;
  const { decimals, round } = catalogue;
  const parts = [
    ...criteria.flatMap(({ criterion: { id, field: of, outside } }) => {
      if (of !== field.id || outside) return [];
      const [points, max] = [end.points, view.max].map(
        (c) => `${layout.score}!${c}${layout.scoreRow.get(id)}`,
      );
      return [{ points: points!, max: max!, applies: `${max}>0` }];
    }),
    ...fields.flatMap(({ field: { parent } }, i) => {
      const at = HEAD + 1 + i;
      const { max, count } = view.field;
      return parent === field.id
        ? [{ points: `${end.field}${at}`, max: `${max}${at}`, applies: `${count}${at}>0` }]
        : [];
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
  const made = (key: 'points' | 'max') => {
    const whole = combined(key);
    const capped = field.cap === null ? whole : `MIN(${whole},${pointsToNumber(field.cap, decimals)})`;
    const rounded = round.field === null ? capped : roundedFormula(capped, Math.min(round.field, decimals));
    return field.weight.equals(1) ? rounded : `(${rounded})*${literal(field.weight)}`;
  };
  return { count, points: made('points'), max: made('max') };
}

/** What each criterion outside the scale takes at one end, as formulas by id. */
function takesFormulas(end: End, layout: Layout): Map<string, string> {
  const { catalogue, fields } = layout.model.baseline;
  const cell = (id: string) => `${end.points}${layout.scoreRow.get(id)}`;
  const takes = (c: Criterion) => `${end.takes}${layout.scoreRow.get(c.id)}`;
  const there = (from: DeductsFrom): string => {
    if (from === 'total') return `${end.points}${layout.totalRow}+${addedOutside(end, layout)}`;
    if (Array.isArray(from)) return sum(from.map(cell));
    const row = fields.findIndex((f) => f.field.id === from.field);
    // A field of which nothing is scored has no row.
    return row < 0 ? '0' : `${layout.fields}!${end.field}${HEAD + 1 + row}`;
  };
  return new Map(
    deductionGroups(catalogue).flatMap(({ from, criteria, within }) => {
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

/** Bonuses of criteria outside the scale. */
const addedOutside = ({ points }: End, { model, scoreRow }: Layout): string =>
  model.baseline.catalogue.criteria
    .flatMap((c) => (c.outside ? [`MAX(0,${number(`${points}${scoreRow.get(c.id)}`)})`] : []))
    .join('+');

/** What the criteria outside the scale add and take together at one end. */
function adjustmentFormula(end: End, layout: Layout): string {
  const { criteria, adjustments, decimals } = layout.model.baseline.catalogue;
  const outside = criteria.filter((c) => c.outside);
  if (outside.length === 0) return '0';
  const taken = sum(outside.map((c) => `${end.takes}${layout.scoreRow.get(c.id)}`));
  const all = `(${addedOutside(end, layout)})-${taken}`;
  const limit = (points: Points) => pointsToNumber(points, decimals);
  const most = adjustments.most === null ? all : `MIN(${all},${limit(adjustments.most)})`;
  return adjustments.least === null ? most : `MAX(${most},${limit(adjustments.least)})`;
}

/** Deductions by lead unit, of criteria where they are not those of the score; one with several leads counts under each. */
export async function ownersSheet(workbook: Workbook, layout: Layout): Promise<void> {
  const { columns, workbook: say, report } = layout.words.labels;
  const { catalogue, owners, criteria: rows } = layout.model.baseline;
  const heads = [columns.owner, columns.deduction, say.triedDeduction, columns.criteria];
  const title = addsFields(catalogue) ? report.charts.owners : say.criteriaByOwner;
  const sheet = addSheet(workbook, columns.owners, title, heads, [52, 17, 17, 40]);
  owners.forEach(({ owner, criteria }, i) => {
    const at = (column: string) => sheet.getCell(`${column}${HEAD + 1 + i}`);
    const led = rows.filter((r) => criteria.includes(r.criterion.id));
    const inside = led.flatMap(({ criterion: { id, outside } }) =>
      outside ? [] : [layout.scoreRow.get(id)!],
    );
    const { deduction, max, worst, best } = subtotal(led);
    at('A').value = ownerText(catalogue, owner, layout.words);
    VIEWS.forEach((view, k) => {
      const cells = (column: string) => inside.map((r) => `${layout.score}!${column}${r}`);
      const [most, least] = view.ends.map((end) => `${sum(cells(view.max))}-${sum(cells(end.points))}`);
      const formula = rangeFormula(layout, cells(view.points), least!, most!);
      set(at('BC'[k]!), formula, shownPoints(layout, deduction, max - best, max - worst));
    });
    at('D').value = criteria.join(', ');
    at('D').numFmt = '@';
  });
  dataBars(sheet, `B${HEAD + 1}:B${HEAD + owners.length}`, 'FFE57373');
  await lock(sheet);
}
