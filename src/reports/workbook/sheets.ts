import type { Cell, Workbook, Worksheet } from 'exceljs';
import type { Field } from '../../catalogue/catalogue.js';
import { type Points, pointsToNumber } from '../../exact/points.js';
import { ownerText, provenanceText, rankText, ruleText } from '../../render/words.js';
import { addsFields, subtotal } from '../../scoring/totals.js';
import {
  fieldFormulas,
  fieldShown,
  roundedFormula,
  SIDES,
  type Side,
  WORKING,
  whereKnown,
} from './formulas.js';
import { addSheet, dataBars, HEAD, type Layout, lock, POINTS_FORMAT, SCORE } from './frame.js';

/** A formula that adds up a column of the score sheet over some criteria, with what it comes to as it stands. */
function liveSum(
  cell: Cell,
  { score, scoreRow, model }: Layout,
  column: string,
  criteria: readonly string[],
  result: Points | null,
): void {
  const { decimals } = model.baseline.catalogue;
  const outside = new Set(model.baseline.catalogue.criteria.flatMap((c) => (c.outside ? [c.id] : [])));
  const cells = criteria.flatMap((id) => (outside.has(id) ? [] : [`${score}!${column}${scoreRow.get(id)}`]));
  const sum = cells.length === 0 ? '0' : `ROUND(SUM(${cells.join(',')}),${decimals})`;
  cell.value = {
    formula: whereKnown(cells, sum),
    result: result === null ? '?' : pointsToNumber(result, decimals),
  };
  cell.numFmt = POINTS_FORMAT;
}

/** Points and deductions by field, added up from the score sheet. */
export async function fieldsSheet(workbook: Workbook, layout: Layout): Promise<void> {
  const { labels, numbers } = layout.words;
  const { baseline } = layout.model;
  const { columns, workbook: say, report } = labels;
  const heads = [
    ...[columns.id, columns.field, columns.max, columns.points, columns.deduction],
    say.triedDeduction,
  ];
  const sheet = addSheet(workbook, say.fields, report.charts.fields, heads, [8, 60, 12, 12, 12, 16]);
  baseline.fields.forEach(({ field, criteria, max, points, deduction }, i) => {
    const r = HEAD + 1 + i;
    sheet.getCell(`A${r}`).value = field.id;
    sheet.getCell(`A${r}`).numFmt = '@';
    sheet.getCell(`B${r}`).value = numbers.pick(field.name);
    const results = [max, points, deduction, deduction];
    if (layout.tied) {
      schemeField(sheet, r, field, criteria, layout);
      return;
    }
    [SCORE.max, SCORE.points, SCORE.deduction, SCORE.triedDeduction].forEach((letter, k) => {
      liveSum(sheet.getCell(r, 3 + k), layout, letter, criteria, results[k] ?? null);
    });
  });
  dataBars(sheet, `E${HEAD + 1}:E${HEAD + baseline.fields.length}`, 'FFE57373');
  if (layout.tied)
    for (let column = WORKING.fields; column <= sheet.columnCount; column++)
      sheet.getColumn(column).hidden = true;
  await lock(sheet);
}

/** A field as its scheme makes it of its parts, rounded in sight and exact in the working. */
function schemeField(
  sheet: Worksheet,
  r: number,
  field: Field,
  criteria: readonly string[],
  layout: Layout,
): void {
  const { decimals } = layout.model.baseline.catalogue;
  for (const side of Object.values(SIDES)) {
    const made = fieldFormulas(field, side, layout);
    for (const key of ['count', 'points', 'max'] as const)
      sheet.getCell(`${side.field[key]}${r}`).value = { formula: made[key] };
  }
  const max = (side: Side) => roundedFormula(`${side.field.max}${r}`, decimals);
  const lost = (side: Side) => {
    const points = fieldShown(criteria, `${side.field.points}${r}`, side, layout);
    return `IF(ISNUMBER(${points}),${roundedFormula(`${max(side)}-${points}`, decimals)},"?")`;
  };
  const { given, tried } = SIDES;
  const shown = [
    max(given),
    fieldShown(criteria, `${given.field.points}${r}`, given, layout),
    lost(given),
    lost(tried),
  ];
  const { points, deduction, max: full } = layout.model.baseline.fields[r - HEAD - 1]!;
  [full, points, deduction, deduction].forEach((result, k) => {
    const cell = sheet.getCell(r, 3 + k);
    cell.value = { formula: shown[k]!, result: result === null ? '?' : pointsToNumber(result, decimals) };
    cell.numFmt = POINTS_FORMAT;
  });
}

/** Deductions by lead unit, of criteria where they are not those of the score; one with several leads counts under each. */
export async function ownersSheet(workbook: Workbook, layout: Layout): Promise<void> {
  const { columns, workbook: say, report } = layout.words.labels;
  const { baseline } = layout.model;
  const heads = [columns.owner, columns.deduction, say.triedDeduction, columns.criteria];
  const title = addsFields(baseline.catalogue) ? report.charts.owners : say.criteriaByOwner;
  const sheet = addSheet(workbook, say.owners, title, heads, [52, 12, 16, 40]);
  baseline.owners.forEach(({ owner, criteria }, i) => {
    const r = HEAD + 1 + i;
    const { deduction } = subtotal(baseline.criteria.filter((c) => criteria.includes(c.criterion.id)));
    sheet.getCell(`A${r}`).value = ownerText(baseline.catalogue, owner, layout.words);
    [SCORE.deduction, SCORE.triedDeduction].forEach((letter, k) => {
      liveSum(sheet.getCell(r, 2 + k), layout, letter, criteria, deduction);
    });
    sheet.getCell(`D${r}`).value = criteria.join(', ');
    sheet.getCell(`D${r}`).numFmt = '@';
  });
  dataBars(sheet, `B${HEAD + 1}:B${HEAD + baseline.owners.length}`, 'FFE57373');
  await lock(sheet);
}

/** The scenarios given, with their scores as the tool worked them out. */
export async function scenarioSheet(workbook: Workbook, layout: Layout): Promise<void> {
  const { columns, workbook: say, report } = layout.words.labels;
  const { compared } = layout.model;
  const heads = [columns.scenario, columns.score, say.gain, columns.rank];
  const sheet = addSheet(workbook, columns.scenario, report.comparison, heads, [48, 12, 12, 30]);
  const first = compared[0]!.result;
  compared.forEach(({ name, result, rank }, i) => {
    const { decimals } = result.catalogue;
    const gain =
      result.total.score === null || first.total.score === null
        ? null
        : result.total.score - first.total.score;
    const row = sheet.getRow(HEAD + 1 + i);
    row.getCell(1).value = name;
    row.getCell(2).value = result.total.score === null ? '?' : pointsToNumber(result.total.score, decimals);
    row.getCell(3).value = gain === null ? '?' : pointsToNumber(gain, decimals);
    row.getCell(4).value = rank ? rankText(rank, layout.words) : '';
    for (const k of [2, 3]) row.getCell(k).numFmt = POINTS_FORMAT;
  });
  await lock(sheet);
}

/** Every rule in words, its maximum and where its numbers come from. */
export async function rulesSheet(workbook: Workbook, layout: Layout): Promise<void> {
  const { labels, numbers } = layout.words;
  const { baseline } = layout.model;
  const { decimals } = baseline.catalogue;
  const { id, criterion: name, rule, max, basis: rests, owner } = labels.columns;
  const { rules } = labels.workbook;
  const sheet = addSheet(workbook, rules, rules, [id, name, rule, max, rests, owner], [8, 38, 42, 9, 44, 26]);
  baseline.criteria.forEach(({ criterion }, i) => {
    const row = sheet.getRow(HEAD + 1 + i);
    const basis = provenanceText(criterion.maxProvenance, baseline.catalogue, layout.words);
    row.values = [
      criterion.id,
      numbers.pick(criterion.name),
      ruleText(criterion, decimals, layout.words),
      pointsToNumber(criterion.max, decimals),
      `${labels.ruleNumbers.max}: ${basis}`,
      criterion.owners.map((o) => ownerText(baseline.catalogue, o, layout.words)).join(', '),
    ];
    row.getCell(1).numFmt = '@';
    row.getCell(4).numFmt = POINTS_FORMAT;
  });
  await lock(sheet);
}

/** How to read the workbook. */
export async function notesSheet(workbook: Workbook, layout: Layout): Promise<void> {
  const { labels, numbers } = layout.words;
  const { baseline, ranks } = layout.model;
  const sheet = addSheet(workbook, labels.workbook.notes, labels.report.notes, [labels.report.notes], [110]);
  const notes = [
    labels.workbook.hint,
    labels.score.legend,
    ...labels.report.methods,
    ...(ranks.baseline?.assumptions ?? []).map(
      (a) => `${labels.rank.assumption}: ${labels.rank.assumptions[a]}`,
    ),
    ...baseline.catalogue.sources.map((s) => numbers.pick(s.title)),
  ];
  notes.forEach((note, i) => {
    sheet.getCell(HEAD + 1 + i, 1).value = note;
  });
  await lock(sheet);
}
