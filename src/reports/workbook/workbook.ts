import type { Workbook } from 'exceljs';
import type { Criterion } from '../../catalogue/catalogue.js';
import { ownersText, provenanceText, rankText, ruleText } from '../../render/words.js';
import type { Input } from '../../rules/rule.js';
import { type CriterionResult, givenAt, type ReadingResult } from '../../scoring/result.js';
import type { Words } from '../../text/index.js';
import { pointsToNumber } from '../../values/points.js';
import { type ReportModel, type ReportRequest, reportModel } from '../model.js';
import { cellValue } from './formulas.js';
import {
  bytesOf,
  DropDowns,
  formatOf,
  HEAD,
  isOfOthers,
  type Layout,
  lock,
  pointsColumn,
  possible,
  type SheetColumn,
  tableSheet,
  told,
} from './frame.js';
import { leagueSheet } from './league-sheet.js';
import { fieldsSheet, ownersSheet, scoreSheet } from './score-sheet.js';

/** A workbook that scores by itself: values in, deductions, fields, owners and rank by live formulas. */
export async function workbookOf(request: ReportRequest, words: Words): Promise<Uint8Array> {
  const { default: ExcelJS } = await import('exceljs');
  const [unit] = request.units;
  if (!unit) throw new Error('a workbook without a reading');
  const model = reportModel({ ...unit, league: request.league }, words);
  const workbook = new ExcelJS.Workbook();
  const layout = layoutOf(model, words);
  await inputsSheet(workbook, layout);
  await scoreSheet(workbook, layout);
  await fieldsSheet(workbook, layout);
  await ownersSheet(workbook, layout);
  if (model.rivals) await leagueSheet(workbook, layout, model.rivals);
  if (unit.scenarios.length > 0) await scenarioSheet(workbook, layout);
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

/** An indicator of a criterion, or the row of one whose rule is not understood. */
interface InputRow {
  row: CriterionResult;
  input: Input | null;
  index: number;
}

async function inputsSheet(workbook: Workbook, layout: Layout): Promise<void> {
  const { labels, numbers } = layout.words;
  const { workbook: say, form } = labels;
  const { baseline } = layout.model;
  const lists = new DropDowns(workbook, form.lists);
  /** What stands once for a criterion, beside the first of its indicators. */
  const once =
    <T>(of: (row: CriterionResult) => T) =>
    (at: InputRow) =>
      at.index === 0 ? of(at.row) : null;
  const choice = (...options: string[]) => lists.choice(options, form.levelPrompt);
  const formulae = [new Date('2000-01-01')];
  const day = { type: 'date', operator: 'greaterThan', formulae, ...told(form.datePrompt) } as const;
  const typed: Pick<SheetColumn<InputRow>, 'width' | 'format' | 'open'> = {
    width: 22,
    format: ({ input }) => formatOf(input),
    open: ({ input }) => {
      if (input?.form !== 'line') return input && choice(...input.levels.map(layout.level));
      return input.due ? day : possible(input);
    },
  };
  const columns: SheetColumn<InputRow>[] = [
    { head: labels.columns.id, width: 8, format: '@', of: once(({ criterion }) => criterion.id) },
    {
      head: labels.explain.indicator,
      width: 52,
      of: ({ row: { criterion }, input, index }) => {
        const name = input?.name ?? (index === 0 ? (criterion.indicator ?? criterion.name) : null);
        return name && numbers.pick(name);
      },
    },
    {
      ...typed,
      head: labels.columns.value,
      of: ({ row, input, index }) => {
        const given = givenAt(row, index);
        return input && given ? cellValue(input, given, layout.level, baseline.year) : null;
      },
    },
    {
      ...pointsColumn(
        say.published,
        14,
        once(({ entry }) =>
          entry?.deducted == null ? null : pointsToNumber(entry.deducted, baseline.catalogue.decimals),
        ),
      ),
      open: once(() => 'anything' as const),
    },
    {
      head: say.state,
      width: 26,
      of: once((row) => {
        const { status, condition, value } = row;
        if (status === 'exempt') return labels.status.exempt;
        const none = value?.inputs[0]?.form === 'none' && !isOfOthers(row, layout);
        const ofItself = condition?.met === false || none;
        return status === 'not_applicable' && !ofItself ? labels.status.not_applicable : null;
      }),
      open: once(() => choice(labels.status.exempt, labels.status.not_applicable)),
    },
    { ...typed, head: say.tried },
    {
      head: labels.status.exempt.replace(/^\p{Ll}/u, (first) => first.toUpperCase()),
      width: 24,
      open: once(({ criterion }) => criterion.exemption && choice(labels.status.exempt)),
    },
  ];
  const rows = baseline.criteria.flatMap((row): InputRow[] => {
    const { inputs } = row.criterion.compiled;
    return (inputs.length === 0 ? [null] : inputs).map((input, index) => ({ row, input, index }));
  });
  const sheet = tableSheet(workbook, say.inputs, `${baseline.unit} · ${baseline.year}`, columns, rows);
  sheet.getCell(2, 1).value = say.hint;
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
      { head: columns.owner, width: 26, of: (c) => ownersText(c.owners, catalogue, words) },
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
