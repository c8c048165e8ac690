import type { Cell, Workbook, Worksheet } from 'exceljs';
import { pointsToNumber } from '../../exact/points.js';
import { provenanceMark } from '../../render/words.js';
import type { Input } from '../../rules/rule.js';
import type { CriterionResult } from '../../scoring/result.js';
import type { Words } from '../../text/messages.js';
import { type ReportModel, type ReportRequest, reportModel } from '../model.js';
import {
  addsUp,
  adjustmentFormula,
  allNoneFormula,
  cellValue,
  conditionCells,
  givenFormula,
  type InputCell,
  leavesWithNone,
  leftOutFormula,
  maximumGoneFormula,
  metFormula,
  requiredFormula,
  roundedFormula,
  ruleFormula,
  SIDES,
  takesFormulas,
  WORKING,
  wholeFormulas,
} from './formulas.js';
import {
  addSheet,
  bytesOf,
  DATE_FORMAT,
  dataBars,
  HEAD,
  type Layout,
  lock,
  PERCENT_FORMAT,
  POINTS_FORMAT,
  possible,
  solid,
} from './frame.js';
import { leagueSheet } from './league-sheet.js';
import { fieldsSheet, notesSheet, ownersSheet, rulesSheet, scenarioSheet } from './sheets.js';

const YELLOW = solid('FFFFF4C2');

/** A workbook that scores by itself: values in, deductions, fields, owners and rank by live formulas. */
export async function workbookOf(request: ReportRequest, words: Words): Promise<Uint8Array> {
  const { default: ExcelJS } = await import('exceljs');
  const [unit] = request.units;
  if (!unit) throw new Error('a workbook without a reading');
  const { league, scenarios } = request;
  const model = reportModel({ ...unit, league, scenarios, changes: new Map() }, words);
  const workbook = new ExcelJS.Workbook();
  const layout = layoutOf(model, words);
  await inputsSheet(workbook, layout);
  await scoreSheet(workbook, layout);
  await fieldsSheet(workbook, layout);
  await ownersSheet(workbook, layout);
  if (model.rivals) await leagueSheet(workbook, layout, model.rivals);
  if (scenarios.length > 0) await scenarioSheet(workbook, layout);
  await rulesSheet(workbook, layout);
  await notesSheet(workbook, layout);
  return bytesOf(workbook);
}

const quoted = (name: string) => `'${name.replaceAll("'", "''")}'`;

function layoutOf(model: ReportModel, words: Words): Layout {
  const { labels, numbers } = words;
  const scoreRow = new Map<string, number>();
  const inputRow = new Map<string, number>();
  let next = HEAD + 1;
  model.baseline.criteria.forEach(({ criterion }, i) => {
    scoreRow.set(criterion.id, HEAD + 1 + i);
    inputRow.set(criterion.id, next);
    // A rule that is not understood has no input, and a row for published points.
    next += Math.max(1, criterion.compiled.inputs.length);
  });
  return {
    model,
    words,
    inputs: quoted(labels.workbook.inputs),
    score: quoted(labels.columns.score),
    fields: quoted(labels.workbook.fields),
    tied: !addsUp(model.baseline.catalogue) || model.baseline.catalogue.criteria.some(leavesWithNone),
    scoreRow,
    inputRow,
    totalRow: HEAD + 2 + model.baseline.criteria.length,
    level: (level) => numbers.pick(level.level),
  };
}

async function inputsSheet(workbook: Workbook, layout: Layout): Promise<void> {
  const { labels, numbers } = layout.words;
  const say = labels.workbook;
  const { baseline } = layout.model;
  const exempt = say.exempt.replace(/^\p{Ll}/u, (first) => first.toUpperCase());
  const { value, published: deducted, state: status, tried } = say;
  const heads = [labels.columns.id, labels.explain.indicator, value, deducted, status, tried, exempt];
  const title = `${baseline.unit} · ${baseline.year}`;
  const sheet = addSheet(workbook, say.inputs, title, heads, [8, 52, 22, 14, 26, 22, 24]);
  sheet.getCell(2, 1).value = say.hint;
  for (const row of baseline.criteria) {
    const { criterion } = row;
    const first = layout.inputRow.get(criterion.id)!;
    if (criterion.compiled.inputs.length === 0) {
      sheet.getCell(first, 1).value = criterion.id;
      sheet.getCell(first, 1).numFmt = '@';
      sheet.getCell(first, 2).value = numbers.pick(criterion.indicator ?? criterion.name);
    }
    criterion.compiled.inputs.forEach((input, i) => {
      const name = numbers.pick(input.name ?? criterion.indicator ?? criterion.name);
      const at = (column: number) => sheet.getCell(first + i, column);
      at(1).value = i === 0 ? criterion.id : '';
      at(1).numFmt = '@';
      at(2).value = name;
      at(2).alignment = { wrapText: true, vertical: 'top' };
      const given = row.value?.inputs[i];
      if (given) at(3).value = cellValue(input, given, layout.level, baseline.year);
      for (const column of [3, 6]) openCell(at(column), input, layout);
    });
    const published = sheet.getCell(first, 4);
    if (row.entry?.deducted != null)
      published.value = pointsToNumber(row.entry.deducted, baseline.catalogue.decimals);
    published.numFmt = POINTS_FORMAT;
    const state = sheet.getCell(first, 5);
    if (row.status === 'exempt') state.value = say.exempt;
    const ofItself = row.condition?.met === false || row.value?.inputs[0]?.form === 'none';
    if (row.status === 'not_applicable' && !ofItself) state.value = say.notApplicable;
    list(state, [say.exempt, say.notApplicable]);
    for (const cell of [published, state]) unlock(cell);
    if (!criterion.exemption) continue;
    const explained = sheet.getCell(first, 7);
    list(explained, [say.exempt]);
    unlock(explained);
  }
  await lock(sheet);
}

function unlock(cell: Cell): void {
  cell.protection = { locked: false };
  cell.fill = YELLOW;
}

function list(cell: Cell, options: readonly string[]): void {
  const formulae = [`"${options.map((o) => o.replaceAll('"', "'").replaceAll(',', ' ')).join(',')}"`];
  cell.dataValidation = { type: 'list', allowBlank: true, formulae, showErrorMessage: true };
}

function openCell(cell: Cell, input: Input, layout: Layout): void {
  unlock(cell);
  if (input.form === 'table') list(cell, input.levels.map(layout.level));
  else if (input.due) {
    cell.numFmt = DATE_FORMAT;
    cell.dataValidation = {
      type: 'date',
      operator: 'greaterThan',
      allowBlank: true,
      formulae: [new Date('2000-01-01')],
      showErrorMessage: true,
      error: layout.words.labels.form.datePrompt,
    };
  } else {
    if (input.quantity === 'percent') cell.numFmt = PERCENT_FORMAT;
    cell.dataValidation = possible(input);
  }
}

async function scoreSheet(workbook: Workbook, layout: Layout): Promise<void> {
  const { labels, numbers } = layout.words;
  const say = labels.workbook;
  const { baseline } = layout.model;
  const { decimals, notListed } = baseline.catalogue;
  const { id, criterion, field, max, points, deduction, provenance } = labels.columns;
  const { triedPoints, triedDeduction } = say;
  const heads = [id, criterion, field, max, points, deduction, triedPoints, triedDeduction, provenance];
  const title = `${baseline.unit} · ${baseline.year}`;
  const sheet = addSheet(workbook, labels.columns.score, title, heads, [8, 60, 10, 11, 11, 11, 13, 13, 12]);
  const formula = (at: string, text: string, result: number | string | null) => {
    sheet.getCell(at).value = { formula: text, ...(result === null ? {} : { result }) };
    sheet.getCell(at).numFmt = POINTS_FORMAT;
  };
  const shown = (p: number | null) => (p === null ? '' : pointsToNumber(p, decimals));
  for (const row of baseline.criteria) {
    const r = layout.scoreRow.get(row.criterion.id)!;
    const f = formulasOf(row, sheet, layout);
    sheet.getCell(`A${r}`).value = row.criterion.id;
    sheet.getCell(`A${r}`).numFmt = '@';
    sheet.getCell(`B${r}`).value = numbers.pick(row.criterion.name);
    sheet.getCell(`B${r}`).alignment = { wrapText: true, vertical: 'top' };
    sheet.getCell(`C${r}`).value = row.criterion.field;
    sheet.getCell(`C${r}`).numFmt = '@';
    formula(`D${r}`, f.max, shown(row.max));
    formula(`E${r}`, f.points, shown(row.points));
    formula(`F${r}`, `IF(E${r}="","",ROUND(D${r}-E${r},${decimals}))`, shown(row.deduction));
    formula(`G${r}`, f.tried, shown(row.points));
    formula(
      `H${r}`,
      `IF(G${r}="","",ROUND(${layout.tied ? 'K' : 'D'}${r}-G${r},${decimals}))`,
      shown(row.deduction),
    );
    sheet.getCell(`I${r}`).value =
      `${labels.provenance[row.provenance]} ${provenanceMark(row.provenance)}`.trim();
  }
  const [first, last] = [HEAD + 1, HEAD + baseline.criteria.length];
  if (notListed) {
    const r = last + 1;
    sheet.getCell(`B${r}`).value = numbers.pick(notListed.name);
    for (const column of ['D', 'E', 'G']) sheet.getCell(`${column}${r}`).value = shown(notListed.max);
    for (const column of ['F', 'H']) sheet.getCell(`${column}${r}`).value = 0;
    for (const column of ['D', 'E', 'F', 'G', 'H']) sheet.getCell(`${column}${r}`).numFmt = POINTS_FORMAT;
    sheet.getCell(`I${r}`).value = labels.provenance[notListed.provenance.kind];
  }
  const r = layout.totalRow;
  sheet.getCell(`B${r}`).value = labels.score.total;
  if (layout.tied) schemeTotals(sheet, layout);
  else {
    const sums = {
      D: baseline.total.applicableMax,
      E: baseline.total.score,
      F: baseline.total.deduction,
      G: baseline.total.score,
      H: baseline.total.deduction,
    };
    for (const [column, result] of Object.entries(sums)) {
      const range = `${column}${first}:${column}${r - 1}`;
      const whole = `ROUND(SUM(${range}),${decimals})`;
      const unknown = `COUNTIF(${column}${first}:${column}${last},"")>0`;
      formula(
        `${column}${r}`,
        column === 'D' ? whole : `IF(${unknown},"?",${whole})`,
        result === null ? '?' : shown(result),
      );
    }
    sheet.getCell(`B${r + 1}`).value = `${labels.columns.index} (%)`;
    for (const column of ['E', 'G']) {
      const index = baseline.total.index?.valueOf() ?? (baseline.total.applicableMax === 0 ? '–' : '?');
      formula(
        `${column}${r + 1}`,
        `IF(D${r}=0,"–",IF(ISNUMBER(${column}${r}),${column}${r}/D${r}*100,"?"))`,
        index,
      );
    }
  }
  for (const at of [r, r + 1]) sheet.getRow(at).font = { bold: true };
  dataBars(sheet, `F${first}:F${last}`, 'FFE57373');
  dataBars(sheet, `H${first}:H${last}`, 'FF81C784');
  await lock(sheet);
}

/** Totals of a scheme that does more with points than add them up, with the working of its fields and conditions. */
function schemeTotals(sheet: Worksheet, layout: Layout): void {
  const { labels } = layout.words;
  const { baseline } = layout.model;
  const { catalogue, total, criteria } = baseline;
  const { decimals, round } = catalogue;
  const [first, last, r] = [HEAD + 1, HEAD + criteria.length, layout.totalRow];
  const outside = catalogue.criteria.some((c) => c.outside);
  const set = (at: string, formula: string, result?: number | string) => {
    sheet.getCell(at).value = { formula, ...(result === undefined ? {} : { result }) };
    sheet.getCell(at).numFmt = POINTS_FORMAT;
  };
  const shown = (p: number | null) => (p === null ? '?' : pointsToNumber(p, decimals));
  sheet.getCell(`B${r + 1}`).value = `${labels.columns.index} (%)`;
  if (outside) sheet.getCell(`B${r + 2}`).value = labels.score.adjustment;
  for (const [name, side] of Object.entries(SIDES)) {
    const lost = name === 'given' ? 'F' : 'H';
    const whole = wholeFormulas(side, layout);
    set(`${side.whole}${r}`, whole.points);
    for (const [id, takes] of takesFormulas(side, layout))
      set(`${side.takes}${layout.scoreRow.get(id)}`, takes);
    set(`${side.takes}${r}`, adjustmentFormula(catalogue, side, layout));
    set(`${side.max}${r}`, roundedFormula(whole.max, decimals), shown(total.applicableMax));
    const points = `${side.whole}${r}+${side.takes}${r}`;
    const complete = `COUNT(${side.points}${first}:${side.points}${last})=${criteria.length}`;
    const score = roundedFormula(points, round.total ?? decimals);
    set(`${side.points}${r}`, `IF(${complete},${score},"?")`, shown(total.score));
    const adjustment = roundedFormula(`${side.takes}${r}`, decimals);
    const shownScore = `${side.points}${r}`;
    set(
      `${lost}${r}`,
      `IF(ISNUMBER(${shownScore}),${roundedFormula(`${side.max}${r}-(${shownScore}-${adjustment})`, decimals)},"?")`,
      shown(total.deduction),
    );
    const exact = round.total === null ? `(${points})` : shownScore;
    set(
      `${side.points}${r + 1}`,
      `IF(${side.max}${r}=0,"–",IF(ISNUMBER(${shownScore}),100*${exact}/(${whole.max}),"?"))`,
      total.index?.valueOf() ?? (total.applicableMax === 0 ? '–' : '?'),
    );
    if (outside) set(`${side.points}${r + 2}`, `IF(${complete},${adjustment},"?")`, shown(total.adjustment));
  }
  for (let column = WORKING.score; column <= sheet.columnCount; column++)
    sheet.getColumn(column).hidden = true;
}

/** A criterion's maximum, points and points tried out, over the cells of the input sheet. */
function formulasOf(row: CriterionResult, sheet: Worksheet, layout: Layout) {
  const { criterion, status } = row;
  const say = layout.words.labels.workbook;
  const { catalogue, criteria, year } = layout.model.baseline;
  const { decimals, round } = catalogue;
  const places = round.criterion === null ? null : Math.min(decimals, round.criterion);
  const first = layout.inputRow.get(criterion.id)!;
  const r = layout.scoreRow.get(criterion.id)!;
  const at = (column: string, i = 0) => `${layout.inputs}!${column}${first + i}`;
  const max = pointsToNumber(criterion.max, decimals);
  // Another kind of unit has it in full, whatever the values are.
  if (status === 'other_unit') {
    if (layout.tied) sheet.getCell(`K${r}`).value = max;
    return { max: `${max}`, points: `${max}`, tried: `${max}` };
  }
  const is = (state: string, words: string) => `${state}="${words}"`;
  const cells = (address: (i: number) => string): InputCell[] =>
    criterion.compiled.inputs.map((_, i) => ({ address: address(i), level: layout.level, year }));
  const given = cells((i) => at('C', i));
  const tried = cells((i) => `IF(${at('F', i)}<>"",${at('F', i)},${at('C', i)})`);
  // A value held against what is not known has no points by any formula.
  const unheld = status === 'unknown' && row.value !== null && row.condition?.met !== null;
  const todo = criterion.compiled.inputs.length === 0 || unheld;
  const untried = todo
    ? 'TRUE()'
    : `AND(${criterion.compiled.inputs.map((_, i) => `${at('F', i)}=""`).join(',')})`;
  const conditionsOf = (side: 0 | 1) => {
    const addresses = conditionCells(sheet, criterion, r, side);
    criterion.requires.forEach((required, k) => {
      const other = criteria.find((o) => o.criterion.id === required.criterion)!;
      sheet.getCell(addresses[k]!).value = { formula: metFormula(required, other, side, layout) };
    });
    return addresses;
  };
  const [conditions, triedConditions] = [conditionsOf(0), conditionsOf(1)];
  const byRule = (from: InputCell[], met: string[]) => {
    const value = () => `IF(${givenFormula(criterion, from)},${ruleFormula(criterion, from, places)},"")`;
    const points = requiredFormula(criterion, met, todo ? '""' : value(), decimals);
    // Where nothing arose it leaves both sums, whatever it requires of others.
    const none = allNoneFormula(criterion, from);
    return none ? `IF(${none},0,${points})` : points;
  };
  const [na, exempt] = [is(at('E'), say.notApplicable), is(at('E'), say.exempt)];
  const isPublished = `ISNUMBER(${at('D')})`;
  const deducted = `ROUND(${max}-${at('D')},${decimals})`;
  const maximum = (met: string[], from: InputCell[], excused: string) => {
    const ways = [leftOutFormula(criterion, met), allNoneFormula(criterion, from)].filter((w) => w !== null);
    const gone = maximumGoneFormula(criterion, from);
    const rest = gone === null ? max : `ROUND(${max}-IF(${excused},0,${gone}),${decimals})`;
    const applies = ways.length === 0 ? rest : `IF(AND(NOT(${excused}),OR(${ways.join(',')})),0,${rest})`;
    return `IF(${na},0,${applies})`;
  };
  const explained = criterion.exemption ? is(at('G'), say.exempt) : null;
  if (layout.tied) {
    const excused = `OR(${explained ?? 'FALSE()'},AND(${untried},OR(${exempt},${isPublished})))`;
    sheet.getCell(`K${r}`).value = { formula: maximum(triedConditions, tried, excused) };
  }
  const standing = `IF(AND(${untried},${exempt}),${max},IF(AND(${untried},${isPublished}),${deducted},${byRule(tried, triedConditions)}))`;
  return {
    max: maximum(conditions, given, `OR(${exempt},${isPublished})`),
    points: `IF(${na},0,IF(${exempt},${max},IF(${isPublished},${deducted},${byRule(given, conditions)})))`,
    tried: `IF(${na},0,${explained ? `IF(${explained},${max},${standing})` : standing})`,
  };
}
