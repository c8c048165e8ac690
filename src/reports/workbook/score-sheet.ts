import type { CellValue, Workbook, Worksheet } from 'exceljs';
import type { Criterion, DeductsFrom, Field, Requires } from '../../catalogue/catalogue.js';
import { criterionRounding, deductionGroups, notListedPoints } from '../../catalogue/sums.js';
import { ownerText, provenanceName } from '../../render/words.js';
import { ruleBounds } from '../../rules/apply.js';
import type { CriterionResult, FieldResult, OwnerResult, Subtotal } from '../../scoring/result.js';
import { isMet } from '../../scoring/score.js';
import { addsFields, anyApplies, subtotal } from '../../scoring/totals.js';
import { type Points, pointsToNumber } from '../../values/points.js';
import type { ProvenanceKind } from '../../values/provenance.js';
import {
  allNoneFormula,
  conditionFormula,
  type InputCell,
  literal,
  maximumGoneFormula,
  number,
  roundedFormula,
  ruleFormula,
  scorableFormula,
  sum,
} from './formulas.js';
import {
  addSheet,
  dataBars,
  embolden,
  HEAD,
  hide,
  isOfOthers,
  type Layout,
  lock,
  POINTS_FORMAT,
  pointsColumn,
  type SheetColumn,
  tableSheet,
  worked,
  writeTable,
} from './frame.js';

/**
 * What stands where. Points stand twice, as the reading is and as tried; and what is unknown of them stands at its
 * least and at its most in the working, which is out of sight: columns of the score sheet and of that of fields.
 */
function viewOf(side: 0 | 1) {
  const column = (letters: string) => letters[side]!;
  return {
    /** Position of its cells among those of a condition. */
    side,
    points: column('EG'),
    lost: column('FH'),
    max: column('DK'),
    /** Maximum of a field, and how many parts of it apply. */
    field: { max: column('HL'), count: column('IM') },
    /** Points of criteria and of fields, and what those outside the scale take; in the row of totals, all together. */
    ends: [
      { bound: 'worst', points: column('LN'), takes: column('PR'), field: column('JN') },
      { bound: 'best', points: column('MO'), takes: column('QS'), field: column('KO') },
    ],
  } as const;
}
type View = ReturnType<typeof viewOf>;
type End = View['ends'][number];
export const GIVEN = viewOf(0);
export const TRIED = viewOf(1);
const VIEWS = [GIVEN, TRIED];
/** The first column of working on the sheets of score and fields, and the first of conditions, two for each. */
const WORKING = { score: 11, fields: 8 };
const CONDITIONS = 20;

/** Points of parts that may not all be known, with both ends of them. */
interface Span {
  points: Points | null;
  worst: Points;
  best: Points;
}

/** What a part loses, with both ends of it. */
const lossIn = (
  { deduction, worst, best }: Pick<Subtotal, 'deduction' | 'worst' | 'best'>,
  max: Points,
): Span => ({
  points: deduction,
  worst: max - best,
  best: max - worst,
});

/** Points where all cells that they are made of are known, else both ends of them; with what that is as it stands. */
function rangeOf(
  layout: Layout,
  cells: readonly string[],
  [worst, best]: readonly string[],
  span: Span,
): CellValue {
  const { decimals } = layout.model.baseline.catalogue;
  const [low, high] = [roundedFormula(worst!, decimals), roundedFormula(best!, decimals)];
  const bounded = isBounded(layout);
  const open = bounded ? `${low}&"–"&${high}` : '"?"';
  const formula = cells.length === 0 ? low : `IF(COUNT(${cells.join(',')})=${cells.length},${low},${open})`;
  if (span.points !== null) return worked(formula, pointsToNumber(span.points, decimals));
  const ends = [span.worst, span.best].map((end) => layout.words.numbers.points(end, decimals));
  return worked(formula, bounded ? ends.join('–') : '?');
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

/** A row of the score sheet by the letters of its columns. */
type Cells = Record<string, CellValue>;

/** Each criterion's maximum, points and losses over the cells of the input sheet, and what they come to. */
export async function scoreSheet(workbook: Workbook, layout: Layout): Promise<void> {
  const { labels, numbers } = layout.words;
  const say = labels.workbook;
  const { baseline } = layout.model;
  const { decimals, notListed } = baseline.catalogue;
  const sheet = addSheet(workbook, labels.columns.score, `${baseline.unit} · ${baseline.year}`);
  const shown = (p: number | null) => (p === null ? '' : pointsToNumber(p, decimals));
  const basis = (kind: ProvenanceKind) => provenanceName(kind, layout.words);
  const rows = baseline.criteria.map((row): Cells => {
    const { id, name, field } = row.criterion;
    const r = layout.scoreRow.get(id)!;
    const cells: Cells = { A: id, B: numbers.pick(name), C: field, I: basis(row.provenance) };
    for (const view of VIEWS) {
      const { max, points, lost, ends } = view;
      const made = criterionFormulas(row, sheet, view, layout);
      const loss = `IF(${points}${r}="","",ROUND(${max}${r}-${points}${r},${decimals}))`;
      cells[max] = worked(made.max, view === GIVEN ? shown(row.max) : undefined);
      cells[points] = worked(made.points, shown(row.points));
      cells[lost] = worked(loss, shown(row.deduction));
      for (const end of ends)
        cells[end.points] = worked(`IF(${points}${r}="",${made.open(end.bound)},${points}${r})`);
    }
    return cells;
  });
  if (notListed) {
    const [full, I] = [shown(notListed.max), basis(notListed.provenance.kind)];
    rows.push({ B: numbers.pick(notListed.name), D: full, E: full, F: 0, G: full, H: 0, I });
  }
  const heads = labels.columns;
  const told: [head: string, width: number, format?: string][] = [
    [heads.id, 8, '@'],
    [heads.criterion, 60],
    [heads.field, 10, '@'],
    [heads.max, 12, POINTS_FORMAT],
    [heads.points, 17, POINTS_FORMAT],
    [heads.deduction, 17, POINTS_FORMAT],
    [say.triedPoints, 17, POINTS_FORMAT],
    [say.triedDeduction, 17, POINTS_FORMAT],
    [heads.provenance, 12],
  ];
  const columns = told.map(([head, width, format], k): SheetColumn<Cells> => {
    const letter = String.fromCharCode('A'.charCodeAt(0) + k);
    return { head, width, ...(format && { format }), of: (cells) => cells[letter] };
  });
  const totals = totalRows(layout);
  const [first, last] = [HEAD + 1, HEAD + baseline.criteria.length];
  writeTable(sheet, columns, [...rows, ...(notListed ? [] : [null]), ...totals]);
  for (const at of [layout.totalRow, layout.totalRow + 1]) embolden(sheet.getRow(at));
  const working = [
    ...rows.map((row, i) => [row, first + i] as const),
    [totals[0]!, layout.totalRow] as const,
  ];
  for (const [cells, r] of working)
    for (const [letter, value] of Object.entries(cells))
      if (letter > 'I') sheet.getCell(`${letter}${r}`).value = value;
  for (const end of VIEWS.flatMap((view) => view.ends))
    for (const [id, formula] of takesFormulas(end, layout))
      sheet.getCell(`${end.takes}${layout.scoreRow.get(id)!}`).value = worked(formula);
  dataBars(sheet, `F${first}:F${last}`, 'FFE57373');
  dataBars(sheet, `H${first}:H${last}`, 'FF81C784');
  hide(sheet, WORKING.score);
  await lock(sheet);
}

/** The score with the loss, the index, and what lies outside the scale, as fields and conditions make them. */
function totalRows(layout: Layout): Cells[] {
  const { catalogue, total, criteria, fields } = layout.model.baseline;
  const { labels } = layout.words;
  const { decimals, round } = catalogue;
  const r = layout.totalRow;
  const rest = pointsToNumber(notListedPoints(catalogue), decimals);
  const tops = fields.flatMap((f, i) => (f.field.parent === null ? [HEAD + 1 + i] : []));
  const all = (column: string) => sum(tops.map((top) => `${layout.fields}!${column}${top}`));
  const whole = (column: string) => `${rest}+${all(column)}`;
  const rounded = (formula: string) =>
    round.total === null ? formula : roundedFormula(formula, round.total);
  const outside = criteria.some((row) => row.criterion.outside);
  const score: Cells = { B: labels.score.total };
  const index: Cells = { B: `${labels.columns.index} (%)` };
  const adjustment: Cells = { B: labels.score.adjustment };
  for (const view of VIEWS) {
    const cells = criteria.map((row) => `${view.points}${layout.scoreRow.get(row.criterion.id)}`);
    const [low, high] = view.ends.map((end) => {
      score[end.points] = worked(whole(end.field));
      score[end.takes] = worked(adjustmentFormula(end, layout));
      return rounded(`${end.points}${r}+${end.takes}${r}`);
    }) as [string, string];
    const max = rounded(whole(view.field.max));
    score[view.max] = worked(roundedFormula(max, decimals), pointsToNumber(total.applicableMax, decimals));
    score[view.points] = rangeOf(layout, cells, [low, high], { ...total, points: total.score });
    const [worst, best] = view.ends;
    const shown = (formula: string) => roundedFormula(formula, decimals);
    const lost = (points: string, { takes }: End) =>
      `${view.max}${r}-(${[points, `${takes}${r}`].map(shown).join('-')})`;
    const loss = { points: total.deduction, worst: total.leastLost, best: total.mostLost };
    score[view.lost] = rangeOf(layout, cells, [lost(high, best), lost(low, worst)], loss);
    const isNumber = `ISNUMBER(${view.points}${r})`;
    index[view.points] = worked(
      `IF(OR(${all(view.field.count)}=0,${view.max}${r}=0),"–",IF(${isNumber},100*(${low})/(${max}),"?"))`,
      total.index?.valueOf() ?? (anyApplies(criteria) ? '?' : '–'),
    );
    adjustment[view.points] = worked(
      `IF(${isNumber},${roundedFormula(`${worst.takes}${r}`, decimals)},"?")`,
      total.adjustment === null ? '?' : pointsToNumber(total.adjustment, decimals),
    );
  }
  return outside ? [score, index, adjustment] : [score, index];
}

/** What the input sheet says of a criterion, as formulas. */
function inputFormulas({ criterion }: CriterionResult, view: View, layout: Layout) {
  const { status } = layout.words.labels;
  const first = layout.inputRow.get(criterion.id)!;
  const at = (column: string, i = 0) => `${layout.inputs}!${column}${first + i}`;
  const untried = [
    ...criterion.compiled.inputs.map((_, i) => `${at('F', i)}=""`),
    ...(criterion.exemption ? [`${at('G')}=""`] : []),
  ];
  /** What the reading says besides values stands until something else is tried. */
  const standing = (test: string) => (view === GIVEN ? test : `AND(${[...untried, test].join(',')})`);
  return {
    /** Values, as they stand or as they are tried. */
    cells: criterion.compiled.inputs.map((_, i): InputCell => {
      const [given, tried] = [at('C', i), at('F', i)];
      const address = view === GIVEN ? given : `IF(${tried}<>"",${tried},${given})`;
      return { address, level: layout.level, year: layout.model.baseline.year };
    }),
    deducted: at('D'),
    published: standing(`ISNUMBER(${at('D')})`),
    notApplicable: standing(`${at('E')}="${status.not_applicable}"`),
    exempt: standing(`${at('E')}="${status.exempt}"`),
    /** Explanations that are tried out. */
    explained: view === TRIED && criterion.exemption ? [`${at('G')}="${status.exempt}"`] : [],
  };
}

/** A criterion's maximum and points over the cells of the input sheet, and what it may have while unknown. */
function criterionFormulas(row: CriterionResult, sheet: Worksheet, view: View, layout: Layout) {
  const { criterion, status } = row;
  const { requires, compiled } = criterion;
  const { catalogue, criteria } = layout.model.baseline;
  const { decimals } = catalogue;
  const places = catalogue.round.criterion;
  const max = pointsToNumber(criterion.max, decimals);
  // Another kind of unit has it in full, or not at all, whatever the values are.
  if (status === 'other_unit') return { max: `${max}`, points: `${max}`, open: () => `${max}` };
  if (isOfOthers(row, layout)) return { max: '0', points: '0', open: () => '0' };
  const { cells, deducted, published, notApplicable, exempt, explained } = inputFormulas(row, view, layout);
  const conditions = requires.map((required, k) => {
    const cell = sheet.getCell(layout.scoreRow.get(criterion.id)!, CONDITIONS + 2 * k + view.side);
    const other = criteria.find((o) => o.criterion.id === required.criterion)!;
    cell.value = { formula: metFormula(required, other, view, layout) };
    return cell.address;
  });
  const excused = `OR(${[...explained, exempt, published].join(',')})`;
  const scorable = scorableFormula(row, cells);
  const valued = (otherwise: string) =>
    scorable === null ? otherwise : `IF(${scorable},${ruleFormula(criterion, cells, places)},${otherwise})`;
  const isOpen = conditions.map((c) => `${c}=""`);
  // Of several that are not met the first counts: one before it, of other points, must be known to be met.
  const fails = requires.map(({ otherwise }, k) => {
    const before = conditions.slice(0, k).filter((_, j) => requires[j]!.otherwise !== otherwise);
    return `AND(${[`${conditions[k]}=0`, ...before.map((c) => `${c}=1`)].join(',')})`;
  });
  const required = requires.reduceRight(
    (rest, { otherwise }, k) => `IF(${fails[k]},${leastOf(otherwise, decimals)},${rest})`,
    isOpen.length === 0 ? valued('""') : `IF(OR(${isOpen.join(',')}),"",${valued('""')})`,
  );
  const none = allNoneFormula(criterion, cells);
  // Where nothing arose it leaves both sums, whatever it requires of others.
  const byRule = none ? `IF(${none},0,${required})` : required;
  const full = `OR(${[...explained, exempt].join(',')})`;
  const left = `ROUND(${max}-${deducted},${decimals})`;
  const gone = maximumGoneFormula(criterion, cells);
  const rest = gone === null ? max : `ROUND(${max}-IF(${excused},0,${gone}),${decimals})`;
  const leaves = [
    ...requires.flatMap((r, k) => (r.otherwise === 'not_applicable' ? [fails[k]!] : [])),
    ...(none ? [none] : []),
  ];
  const applies = leaves.length === 0 ? rest : `IF(AND(NOT(${excused}),OR(${leaves.join(',')})),0,${rest})`;
  const bounds = ruleBounds(compiled, decimals, criterionRounding(catalogue).places);
  return {
    max: `IF(${notApplicable},0,${applies})`,
    points: `IF(${notApplicable},0,IF(${full},${max},IF(${published},${left},${byRule})))`,
    open: (bound: End['bound']) => {
      const end = `${pointsToNumber(bounds[bound], decimals)}`;
      if (requires.length === 0) return end;
      const [choose, none] = bound === 'worst' ? ['MIN', '1000000000'] : ['MAX', '-1000000000'];
      // The first that may not be met counts, or the rule where all may be.
      const may = requires.map(({ otherwise }, k) => {
        const first = [...conditions.slice(0, k).map((c) => `${c}<>0`), `${conditions[k]}<>1`];
        return `IF(AND(${first.join(',')}),${leastOf(otherwise, decimals)},${none})`;
      });
      const all = conditions.map((c) => `${c}<>0`).join(',');
      return `${choose}(${[`IF(AND(${all}),${valued(end)},${none})`, ...may].join(',')})`;
    },
  };
}

/** What a criterion has whose condition fails. */
const leastOf = (least: Requires['otherwise'], decimals: number) =>
  least === 'not_applicable' ? 0 : pointsToNumber(least, decimals);

/** Whether a criterion is what another requires, over the input sheet: 1, 0 or nothing. */
function metFormula(required: Requires, other: CriterionResult, view: View, layout: Layout): string {
  if (other.status === 'other_unit' || isOfOthers(other, layout)) return '1';
  const { cells, deducted, notApplicable, exempt, explained } = inputFormulas(other, view, layout);
  const cell = cells[required.input]!;
  const test = conditionFormula(required, other.criterion.compiled.inputs[required.input]!, cell);
  const published = publishedMet(required, other, deducted, layout);
  const excused = [notApplicable, exempt, ...explained].join(',');
  return `IF(OR(${excused}),1,IF(${cell.address}="",${published},${test}))`;
}

/** What published points say of a condition, as long as they are those of the reading. */
function publishedMet(required: Requires, other: CriterionResult, cell: string, { model }: Layout): string {
  const { decimals } = model.baseline.catalogue;
  const met = isMet(required, other);
  if (other.entry?.deducted == null || met === null) return '""';
  return `IF(${cell}=${pointsToNumber(other.entry.deducted, decimals)},${met ? 1 : 0},"")`;
}

/** Points and deductions by field, as the scheme makes them of their parts. */
export async function fieldsSheet(workbook: Workbook, layout: Layout): Promise<void> {
  const { labels, numbers } = layout.words;
  const { fields, catalogue } = layout.model.baseline;
  const { decimals } = catalogue;
  const { columns: heads, workbook: say, report } = labels;
  /** Points, or what is lost of the maximum, of both ends. */
  const range = (view: View, lost: boolean) => (result: FieldResult, at: number) => {
    const inside = catalogue.criteria.filter((c) => result.criteria.includes(c.id) && !c.outside);
    const cells = inside.map((c) => `${layout.score}!${view.points}${layout.scoreRow.get(c.id)}`);
    const shown = (column: string) => roundedFormula(`${column}${at}`, decimals);
    const [low, high] = view.ends.map((end) => shown(end.field));
    const full = shown(view.field.max);
    return lost
      ? rangeOf(layout, cells, [`${full}-${high}`, `${full}-${low}`], lossIn(result, result.max))
      : rangeOf(layout, cells, [low!, high!], result);
  };
  const full = ({ max }: FieldResult, at: number) =>
    worked(roundedFormula(`${GIVEN.field.max}${at}`, decimals), pointsToNumber(max, decimals));
  const columns: SheetColumn<FieldResult>[] = [
    { head: heads.id, width: 8, format: '@', of: ({ field }) => field.id },
    { head: heads.field, width: 60, of: ({ field }) => numbers.pick(field.name) },
    pointsColumn(heads.max, 12, full),
    pointsColumn(heads.points, 17, range(GIVEN, false)),
    pointsColumn(heads.deduction, 17, range(GIVEN, true)),
    pointsColumn(say.triedDeduction, 17, range(TRIED, true)),
  ];
  const sheet = tableSheet(workbook, say.fields, report.charts.fields, columns, fields);
  fields.forEach(({ field }, i) => {
    const write = (column: string, formula: string) => {
      sheet.getCell(`${column}${HEAD + 1 + i}`).value = worked(formula);
    };
    for (const view of VIEWS)
      for (const end of view.ends) {
        const made = fieldFormulas(field, view, end, layout);
        write(view.field.count, made.count);
        write(view.field.max, made.max);
        write(end.field, made.points);
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
  const { columns: heads, workbook: say, report } = layout.words.labels;
  const { catalogue, owners, criteria: rows } = layout.model.baseline;
  const lost =
    (view: View) =>
    ({ criteria }: OwnerResult) => {
      const led = rows.filter((r) => criteria.includes(r.criterion.id));
      const inside = led.filter(({ criterion }) => !criterion.outside);
      const cells = (column: string) =>
        inside.map(({ criterion: { id } }) => `${layout.score}!${column}${layout.scoreRow.get(id)}`);
      const [most, least] = view.ends.map((end) => `${sum(cells(view.max))}-${sum(cells(end.points))}`);
      const total = subtotal(led);
      return rangeOf(layout, cells(view.points), [least!, most!], lossIn(total, total.max));
    };
  const columns: SheetColumn<OwnerResult>[] = [
    { head: heads.owner, width: 52, of: ({ owner }) => ownerText(catalogue, owner, layout.words) },
    pointsColumn(heads.deduction, 17, lost(GIVEN)),
    pointsColumn(say.triedDeduction, 17, lost(TRIED)),
    { head: heads.criteria, width: 40, format: '@', of: ({ criteria }) => criteria.join(', ') },
  ];
  const title = addsFields(catalogue) ? report.charts.owners : say.criteriaByOwner;
  const sheet = tableSheet(workbook, heads.owners, title, columns, owners);
  dataBars(sheet, `B${HEAD + 1}:B${HEAD + owners.length}`, 'FFE57373');
  await lock(sheet);
}
