import type { Workbook, Worksheet } from 'exceljs';
import type { League } from '../../ranking/league.js';
import type { Rank } from '../../ranking/place.js';
import { placeResult, rivalsOfResult } from '../../ranking/standings.js';
import { indexName, provenanceName, rankText, restsOn, scoreCell } from '../../render/words.js';
import type { CriterionResult, ReadingResult } from '../../scoring/result.js';
import type { Words } from '../../text/index.js';
import { toNumber } from '../../values/fraction.js';
import { type Points, pointsToNumber } from '../../values/points.js';
import { indexChange, resultOf, seriesOf } from '../model.js';
import { bytesOf, HEAD, POINTS_FORMAT, plain, pointsColumn, type SheetColumn, tableSheet } from './frame.js';

/** Red for points lost, white for none. */
const HEAT = { from: 'FFFFFFFF', to: 'FFE57373' };

/** A change, with its sign. */
const CHANGE_FORMAT = '+0.00??;-0.00??;0.00??';

/** Columns of readings on one sheet, which has 16,384, and on one printed page. */
const MOST_COLUMNS = 16_000;
const COLUMNS_A_PAGE = 8;

/**
 * A workbook of many units and years: their totals beside the year before, with the rank where there is a league, and a heat map of criterion by unit, the
 * years of a unit side by side with what changed from one to the next.
 */
export async function groupWorkbook(
  results: readonly ReadingResult[],
  words: Words,
  league: League | null = null,
): Promise<Uint8Array> {
  const { default: ExcelJS } = await import('exceljs');
  const workbook = new ExcelJS.Workbook();
  const ordered = seriesOf(results, (result) => result).flatMap((years) =>
    years.map(
      (result): Yearly => ({
        result,
        before: resultOf(years, result.year - 1),
        rank: rankIn(league, result),
      }),
    ),
  );
  const indexes = new Set(results.map(({ catalogue }) => indexName(catalogue, words)));
  const title = [...indexes].map(words.labels.report.title).join(BETWEEN_NAMES);
  addTotals(workbook, title, ordered, words);
  const criteria = criteriaOf(results, words);
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

/** Where schemes are mixed, what an id means in each stands in one row. */
const BETWEEN_NAMES = ' / ';

/** A criterion as a row: its names, where catalogues have several for its id. */
interface CriterionRow {
  id: string;
  names: ReadonlySet<string>;
}

function criteriaOf(results: readonly ReadingResult[], { numbers }: Words): CriterionRow[] {
  const rows = new Map<string, Set<string>>();
  for (const { criterion } of results.flatMap((r) => r.criteria)) {
    const names = rows.get(criterion.id) ?? new Set();
    rows.set(criterion.id, names.add(numbers.pick(criterion.name)));
  }
  return [...rows].map(([id, names]) => ({ id, names }));
}

function addTotals(workbook: Workbook, title: string, ordered: readonly Yearly[], words: Words): void {
  const { labels } = words;
  const { columns, workbook: say } = labels;
  const points = (p: Points | null, { catalogue }: ReadingResult) =>
    p === null ? '?' : pointsToNumber(p, catalogue.decimals);
  const all: SheetColumn<Yearly>[] = [
    { head: columns.unit, width: 34, of: ({ result }) => plain(result.unit) },
    { head: columns.year, width: 8, format: '0', of: ({ result }) => result.year },
    pointsColumn(columns.score, 16, ({ result }) =>
      result.total.score === null ? scoreCell(result, words) : points(result.total.score, result),
    ),
    pointsColumn(columns.index, 12, ({ result: { total } }) => (total.index ? toNumber(total.index) : '?')),
    pointsColumn(columns.deduction, 12, ({ result }) => points(result.total.deduction, result)),
    pointsColumn(say.indexBefore, 16, ({ before }) =>
      before?.total.index ? toNumber(before.total.index) : '',
    ),
    {
      ...{ head: labels.columns.change, width: 12, format: CHANGE_FORMAT },
      of: ({ result, before }) => indexChange(before, result) ?? '',
    },
  ];
  const compared = ordered.some(({ before }) => before !== null);
  const ranked = ordered.some(({ rank }) => rank !== null);
  const ranks: SheetColumn<Yearly>[] = [
    { head: columns.rank, width: 30, of: ({ rank }) => (rank ? plain(rankText(rank, words)) : '') },
    {
      ...{ head: labels.rank.assumption, width: 60 },
      of: ({ rank }) => (rank?.assumptions ?? []).map((a) => labels.rank.assumptions[a]).join('; '),
    },
  ];
  const basis: SheetColumn<Yearly> = {
    ...{ head: columns.provenance, width: 12 },
    of: ({ result }) => provenanceName(restsOn(result), words),
  };
  const shown = [...(compared ? all : all.slice(0, 5)), ...(ranked ? ranks : []), basis];
  tableSheet(workbook, say.totals, title, shown, ordered);
}

function addHeatMap(
  workbook: Workbook,
  title: string,
  criteria: readonly CriterionRow[],
  columns: readonly Losses[],
  before: number,
  { labels }: Words,
): void {
  const say = labels.workbook;
  const sheet = tableSheet<CriterionRow>(
    workbook,
    before === 0 ? say.heatMap : `${say.heatMap} ${before + 1}`,
    `${labels.columns.deduction} · ${title}`,
    [
      { head: labels.columns.id, width: 9, format: '@', of: ({ id }) => id },
      { head: labels.columns.criterion, width: 50, of: ({ names }) => plain([...names].join(BETWEEN_NAMES)) },
      ...columns.map(({ head, change, points }) => ({
        ...{ head, width: 13, format: change ? CHANGE_FORMAT : POINTS_FORMAT },
        of: ({ id }: CriterionRow) => points.get(id) ?? '–',
      })),
    ],
    criteria,
    2,
  );
  sheet.pageSetup.fitToWidth = Math.ceil(columns.length / COLUMNS_A_PAGE);
  sheet.pageSetup.printTitlesColumn = 'A:B';
  if (criteria.length > 0) heat(sheet, HEAD + 1, HEAD + criteria.length, columns);
}

/** A column of the heat map: points lost by criterion, or how they changed since the year before; '?' is unknown. */
interface Losses {
  head: string;
  change: boolean;
  points: ReadonlyMap<string, number | string>;
}

/** A reading's results beside those of the year before. */
interface Yearly {
  result: ReadingResult;
  before: ReadingResult | null;
  /** In the league that is asked for. */
  rank: Rank | null;
}

function rankIn(league: League | null, result: ReadingResult): Rank | null {
  const rivals = league && rivalsOfResult(league, result);
  return rivals?.ok ? placeResult(rivals.value, result) : null;
}

/** What was lost in each reading, and after it what changed since the year before. */
function columnsOf(ordered: readonly Yearly[], { labels }: Words): Losses[] {
  return ordered.flatMap(({ result, before }) => {
    const now = lossesOf(result);
    const lost = { head: plain(`${result.unit} · ${result.year}`), change: false, points: now };
    if (!before) return [lost];
    const head = labels.workbook.changeFrom(result.year - 1);
    return [lost, { head, change: true, points: changesOf(lossesOf(before), now) }];
  });
}

/** Points lost by criterion; '–' where it is not asked, '?' while unknown. */
function lossesOf({ criteria, catalogue }: ReadingResult): Losses['points'] {
  const lost = ({ status, deduction }: CriterionResult) => {
    if (status === 'not_applicable') return '–';
    return deduction === null ? '?' : pointsToNumber(deduction, catalogue.decimals);
  };
  return new Map(criteria.map((row) => [row.criterion.id, lost(row)]));
}

/** How many more points are lost than the year before, where both can be told. */
const changesOf = (before: Losses['points'], now: Losses['points']): Losses['points'] =>
  new Map(
    [...now].flatMap(([id, is]) => {
      const was = before.get(id);
      // Points have six decimals at most.
      return typeof was === 'number' && typeof is === 'number' ? [[id, Number((is - was).toFixed(6))]] : [];
    }),
  );

/** Colours the points lost, all on one scale; what changed stays plain. */
function heat(sheet: Worksheet, first: number, last: number, columns: readonly Losses[]): void {
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
