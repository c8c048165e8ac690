import type { Workbook, Worksheet } from 'exceljs';
import type { Criterion } from '../../catalogue/catalogue.js';
import { toNumber } from '../../exact/fraction.js';
import { pointsToNumber } from '../../exact/points.js';
import { indexName } from '../../render/words.js';
import type { CriterionResult, ReadingResult } from '../../scoring/result.js';
import { firstOfSame } from '../../shapes/unit.js';
import type { Words } from '../../text/messages.js';
import { addSheet, bytesOf, finish, HEAD, POINTS_FORMAT } from './frame.js';

/** Red for points lost, white for none. */
const HEAT = { from: 'FFFFFFFF', to: 'FFE57373' };

/** A change, with its sign. */
const CHANGE_FORMAT = '+0.00??;-0.00??;0.00??';

/** Columns of readings on one sheet, which has 16,384, and on one printed page. */
const MOST_COLUMNS = 16_000;
const COLUMNS_A_PAGE = 8;

/**
 * A workbook of many units and years: their totals beside the year before, and a heat map of criterion by unit, the
 * years of a unit side by side with what changed from one to the next.
 */
export async function groupWorkbook(results: readonly ReadingResult[], words: Words): Promise<Uint8Array> {
  const { default: ExcelJS } = await import('exceljs');
  const workbook = new ExcelJS.Workbook();
  const ordered = byUnit(results);
  // The same of every unit, but where a file mixes schemes.
  const title = words.labels.report.title(indexName(results[0]!.catalogue, words));
  addTotals(workbook, title, ordered, words);
  const criteria = [
    ...new Map(results.flatMap((r) => r.criteria.map((row) => [row.criterion.id, row.criterion]))).values(),
  ];
  const columns = columnsOf(ordered, words);
  for (let from = 0; from < columns.length; from += MOST_COLUMNS)
    addHeatMap(
      workbook,
      title,
      criteria,
      columns.slice(from, from + MOST_COLUMNS),
      from / MOST_COLUMNS,
      words,
    );
  return bytesOf(workbook);
}

function addTotals(workbook: Workbook, title: string, ordered: readonly Yearly[], { labels }: Words): void {
  const say = labels.workbook;
  const compared = ordered.some(({ before }) => before !== null);
  const { unit, year, score, index, deduction } = labels.columns;
  const sheet = addSheet(
    workbook,
    say.totals,
    title,
    [unit, year, score, index, deduction, ...(compared ? [say.indexBefore, say.change] : [])],
    [34, 8, 12, 12, 12, ...(compared ? [16, 12] : [])],
  );
  // One style a column: the writer looks each style object up once.
  const formats = ['', '', POINTS_FORMAT, POINTS_FORMAT, POINTS_FORMAT];
  const styles = [...formats, ...(compared ? [POINTS_FORMAT, CHANGE_FORMAT] : [])].map((numFmt) => ({
    ...(numFmt !== '' && { numFmt }),
  }));
  ordered.forEach(({ result, before }, i) => {
    const { total, catalogue } = result;
    const points = (p: number | null) => (p === null ? '?' : pointsToNumber(p, catalogue.decimals));
    const was = before?.total.index;
    const row = sheet.getRow(HEAD + 1 + i);
    row.values = [
      plain(result.unit),
      result.year,
      points(total.score),
      total.index ? toNumber(total.index) : '?',
      points(total.deduction),
      ...(compared
        ? [was ? toNumber(was) : '', was && total.index ? toNumber(total.index.sub(was)) : '']
        : []),
    ];
    styles.forEach((style, k) => {
      row.getCell(k + 1).style = style;
    });
  });
  finish(sheet);
}

function addHeatMap(
  workbook: Workbook,
  title: string,
  criteria: readonly Criterion[],
  columns: readonly Column[],
  before: number,
  { labels, numbers }: Words,
): void {
  const say = labels.workbook;
  const sheet = addSheet(
    workbook,
    before === 0 ? say.heatMap : `${say.heatMap} ${before + 1}`,
    `${labels.columns.deduction} · ${title}`,
    [labels.columns.id, labels.columns.criterion, ...columns.map((c) => c.head)],
    [9, 50, ...columns.map(() => 13)],
  );
  sheet.views = [{ state: 'frozen', ySplit: HEAD, xSplit: 2 }];
  sheet.pageSetup.fitToWidth = Math.ceil(columns.length / COLUMNS_A_PAGE);
  sheet.pageSetup.printTitlesColumn = 'A:B';
  const alignment = { horizontal: 'right', vertical: 'top' } as const;
  const [lost, changed] = [
    { numFmt: POINTS_FORMAT, alignment },
    { numFmt: CHANGE_FORMAT, alignment },
  ];
  criteria.forEach(({ id, name }, i) => {
    const row = sheet.getRow(HEAD + 1 + i);
    row.values = [id, plain(numbers.pick(name)), ...columns.map((c) => c.points.get(id) ?? '–')];
    row.getCell(1).numFmt = '@';
    columns.forEach(({ change }, k) => {
      row.getCell(3 + k).style = change ? changed : lost;
    });
  });
  finish(sheet);
  if (criteria.length > 0) heat(sheet, HEAD + 1, HEAD + criteria.length, columns);
}

/** A text that a spreadsheet must not take for a formula. */
const plain = (text: string) => (/^[=+@\t\r-]/.test(text) ? `'${text}` : text);

/** A column of the heat map: points lost, or how they changed since the year before. */
interface Column {
  head: string;
  change: boolean;
  points: Losses;
}

/** By criterion; '?' stands for points that are not known. */
type Losses = ReadonlyMap<string, number | string>;

/** A reading's results beside those of the year before. */
interface Yearly {
  result: ReadingResult;
  before: ReadingResult | null;
}

/** What was lost in each reading, and after it what changed since the year before. */
function columnsOf(ordered: readonly Yearly[], { labels }: Words): Column[] {
  return ordered.flatMap(({ result, before }) => {
    const now = lossesOf(result);
    const lost = { head: plain(`${result.unit} · ${result.year}`), change: false, points: now };
    if (!before) return [lost];
    const head = labels.workbook.changeFrom(result.year - 1);
    return [lost, { head, change: true, points: changesOf(lossesOf(before), now) }];
  });
}

/** The results in the order in which their units come, the years of each the earliest first, each with the year before. */
function byUnit(results: readonly ReadingResult[]): Yearly[] {
  const first = firstOfSame(results);
  const order = results.map((result, i) => ({ result, first: first[i]! }));
  order.sort((a, b) => a.first - b.first || a.result.year - b.result.year);
  return order.map(({ result, first }, i) => {
    const last = order[i - 1];
    const isBefore = last?.first === first && last.result.year === result.year - 1;
    return { result, before: isBefore ? last.result : null };
  });
}

/** Points lost by criterion; '–' where it is not asked, '?' while it is not known. */
function lossesOf({ criteria, catalogue }: ReadingResult): Losses {
  const lost = ({ status, deduction }: CriterionResult) => {
    if (status === 'not_applicable') return '–';
    return deduction === null ? '?' : pointsToNumber(deduction, catalogue.decimals);
  };
  return new Map(criteria.map((row) => [row.criterion.id, lost(row)]));
}

/** How many more points are lost than the year before, where both can be told. */
const changesOf = (before: Losses, now: Losses): Losses =>
  new Map(
    [...now].flatMap(([id, is]) => {
      const was = before.get(id);
      // Points have six decimals at most.
      return typeof was === 'number' && typeof is === 'number' ? [[id, Number((is - was).toFixed(6))]] : [];
    }),
  );

/** Colours the points lost, all on one scale; what changed stays plain. */
function heat(sheet: Worksheet, first: number, last: number, columns: readonly Column[]): void {
  const letter = (i: number) => sheet.getColumn(3 + i).letter;
  const starts = columns.flatMap((c, i) => (c.change || (i > 0 && !columns[i - 1]!.change) ? [] : [i]));
  const endOf = (start: number) => {
    const change = columns.findIndex((c, i) => i > start && c.change);
    return change < 0 ? columns.length - 1 : change - 1;
  };
  const ref = starts.map((i) => `${letter(i)}${first}:${letter(endOf(i))}${last}`).join(' ');
  const rule = {
    type: 'colorScale',
    priority: 1,
    cfvo: [{ type: 'num', value: 0 }, { type: 'max' }],
    color: [{ argb: HEAT.from }, { argb: HEAT.to }],
  };
  sheet.addConditionalFormatting({ ref, rules: [rule as never] });
}
