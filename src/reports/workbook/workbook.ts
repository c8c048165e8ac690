import type { Cell, DataValidation, Workbook } from 'exceljs';
import type { Criterion } from '../../catalogue/catalogue.js';
import { pointsToNumber } from '../../exact/points.js';
import { ownerText, provenanceText, rankText, ruleText } from '../../render/words.js';
import type { Input } from '../../rules/rule.js';
import type { ReadingResult } from '../../scoring/result.js';
import type { Words } from '../../text/messages.js';
import { type ReportModel, type ReportRequest, reportModel } from '../model.js';
import { cellValue } from './formulas.js';
import {
  addSheet,
  bytesOf,
  DATE_FORMAT,
  HEAD,
  type Layout,
  Lists,
  lock,
  PERCENT_FORMAT,
  POINTS_FORMAT,
  pointsColumn,
  possible,
  solid,
  tableSheet,
  told,
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
  const { workbook: say, form } = labels;
  const { baseline } = layout.model;
  const exempt = labels.status.exempt.replace(/^\p{Ll}/u, (first) => first.toUpperCase());
  const heads = [
    labels.columns.id,
    labels.explain.indicator,
    labels.columns.value,
    say.published,
    say.state,
    say.tried,
    exempt,
  ];
  const title = `${baseline.unit} · ${baseline.year}`;
  const sheet = addSheet(workbook, say.inputs, title, heads, [8, 52, 22, 14, 26, 22, 24]);
  sheet.getCell(2, 1).value = say.hint;
  const lists = new Lists(workbook, form.lists);
  const open = (cell: Cell, validation: DataValidation | null) => {
    cell.protection = { locked: false };
    cell.fill = YELLOW;
    if (validation) cell.dataValidation = validation;
  };
  const openValue = (cell: Cell, input: Input) => {
    if (input.form === 'table') open(cell, lists.choice(input.levels.map(layout.level), form.levelPrompt));
    else {
      if (input.due) cell.numFmt = DATE_FORMAT;
      else if (input.quantity === 'percent') cell.numFmt = PERCENT_FORMAT;
      const formulae = [new Date('2000-01-01')];
      const day = { type: 'date', operator: 'greaterThan', formulae, ...told(form.datePrompt) } as const;
      open(cell, input.due ? day : possible(input));
    }
  };
  for (const row of baseline.criteria) {
    const { criterion } = row;
    const { inputs } = criterion.compiled;
    const first = layout.inputRow.get(criterion.id)!;
    const at = (column: string, i = 0) => sheet.getCell(`${column}${first + i}`);
    at('A').value = criterion.id;
    at('A').numFmt = '@';
    at('B').value = numbers.pick(criterion.indicator ?? criterion.name);
    inputs.forEach((input, i) => {
      if (input.name) at('B', i).value = numbers.pick(input.name);
      const given = row.value?.inputs[i];
      if (given) at('C', i).value = cellValue(input, given, layout.level, baseline.year);
      for (const column of 'CF') openValue(at(column, i), input);
    });
    if (row.entry?.deducted != null)
      at('D').value = pointsToNumber(row.entry.deducted, baseline.catalogue.decimals);
    at('D').numFmt = POINTS_FORMAT;
    open(at('D'), null);
    if (row.status === 'exempt') at('E').value = labels.status.exempt;
    const ofItself = row.condition?.met === false || row.value?.inputs[0]?.form === 'none';
    if (row.status === 'not_applicable' && !ofItself) at('E').value = labels.status.not_applicable;
    open(at('E'), lists.choice([labels.status.exempt, labels.status.not_applicable], form.levelPrompt));
    if (criterion.exemption) open(at('G'), lists.choice([labels.status.exempt], form.levelPrompt));
  }
  await lock(sheet);
}

/** The scenarios given, with their scores as the tool worked them out. */
async function scenarioSheet(workbook: Workbook, { words, model }: Layout): Promise<void> {
  const { columns, plan, report } = words.labels;
  const first = model.compared[0]!.result;
  const points = (p: number | null) => (p === null ? '?' : pointsToNumber(p, first.catalogue.decimals));
  const gain = ({ total }: ReadingResult) =>
    total.score === null || first.total.score === null ? null : total.score - first.total.score;
  const sheet = tableSheet<ReportModel['compared'][number]>(
    workbook,
    columns.scenario,
    report.comparison,
    [
      { head: columns.scenario, width: 48, of: ({ name }) => name },
      pointsColumn(columns.score, 12, ({ result }) => points(result.total.score)),
      pointsColumn(plan.gain, 12, ({ result }) => points(gain(result))),
      { head: columns.rank, width: 30, of: ({ rank }) => (rank ? rankText(rank, words) : '') },
    ],
    model.compared,
  );
  await lock(sheet);
}

/** Every rule in words, its maximum and where its numbers come from. */
async function rulesSheet(workbook: Workbook, { words, model }: Layout): Promise<void> {
  const { labels, numbers } = words;
  const { columns, ruleNumbers } = labels;
  const { catalogue, criteria } = model.baseline;
  const { decimals } = catalogue;
  const basis = (c: Criterion) => provenanceText(c.maxProvenance, catalogue, words);
  const sheet = tableSheet<Criterion>(
    workbook,
    labels.imported.rules,
    labels.imported.rules,
    [
      { head: columns.id, width: 8, format: '@', of: (c) => c.id },
      { head: columns.criterion, width: 38, of: (c) => numbers.pick(c.name) },
      { head: columns.rule, width: 42, of: (c) => ruleText(c, decimals, words) },
      pointsColumn(columns.max, 9, (c) => pointsToNumber(c.max, decimals)),
      { head: columns.basis, width: 44, of: (c) => `${ruleNumbers.max}: ${basis(c)}` },
      {
        ...{ head: columns.owner, width: 26 },
        of: (c) => c.owners.map((o) => ownerText(catalogue, o, words)).join(', '),
      },
    ],
    criteria.map((r) => r.criterion),
  );
  await lock(sheet);
}

/** How to read the workbook. */
async function notesSheet(workbook: Workbook, { words, model }: Layout): Promise<void> {
  const { workbook: say, report, score, rank } = words.labels;
  const assumed = model.ranks.baseline?.assumptions ?? [];
  const notes = [
    say.hint,
    score.legend,
    ...report.methods,
    ...assumed.map((a) => `${rank.assumption}: ${rank.assumptions[a]}`),
    ...model.baseline.catalogue.sources.map((s) => words.numbers.pick(s.title)),
  ];
  const columns = [{ head: report.notes, width: 110, of: (note: string) => note }];
  await lock(tableSheet(workbook, report.notes, report.notes, columns, notes));
}
