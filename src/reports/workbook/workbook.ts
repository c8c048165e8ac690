import type { Cell, Workbook } from 'exceljs';
import { pointsToNumber } from '../../exact/points.js';
import { ownerText, provenanceText, rankText, ruleText } from '../../render/words.js';
import type { Input } from '../../rules/rule.js';
import type { Words } from '../../text/messages.js';
import { type ReportModel, type ReportRequest, reportModel } from '../model.js';
import { cellValue } from './formulas.js';
import {
  addSheet,
  bytesOf,
  DATE_FORMAT,
  HEAD,
  type Layout,
  lock,
  PERCENT_FORMAT,
  POINTS_FORMAT,
  possible,
  solid,
} from './frame.js';
import { leagueSheet } from './league-sheet.js';
import { fieldsSheet, ownersSheet, scoreSheet } from './score-sheet.js';

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

/** The scenarios given, with their scores as the tool worked them out. */
async function scenarioSheet(workbook: Workbook, layout: Layout): Promise<void> {
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
async function rulesSheet(workbook: Workbook, layout: Layout): Promise<void> {
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
async function notesSheet(workbook: Workbook, layout: Layout): Promise<void> {
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
