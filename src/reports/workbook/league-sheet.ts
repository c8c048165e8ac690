import type { Workbook } from 'exceljs';
import { type CurvePoint, openCurve } from '../../ranking/place.js';
import { openGaps, type Rivals } from '../../ranking/rivals.js';
import { leagueScore } from '../../ranking/standings.js';
import { toNumber } from '../../values/fraction.js';
import { roundToPoints } from '../../values/points.js';
import {
  addSheet,
  HEAD,
  hide,
  type Layout,
  linesOf,
  lock,
  MEAN_FORMAT,
  POINTS_FORMAT,
  pointsColumn,
  raise,
  type SheetColumn,
  worked,
  writeTable,
} from './frame.js';
import { GIVEN, TRIED } from './score-sheet.js';

/** A rival with a score, or as many as are somewhere between two scores. */
interface RivalRow {
  unit: string;
  score?: number;
  /** Whether one above has the same printed score, and such count once. */
  repeats?: boolean;
  low?: number;
  high?: number;
  units?: number;
}

/** Our score, the best and worst rank, the mean, or an end of 90%. */
type RankRow = [
  label: string,
  format: string,
  result: number | null | undefined,
  formula: (side: Side) => string,
];

/** Where the tables begin: our ranks beside the rivals, and the working, which is out of sight. */
const RANKS = 7;
const WORKING = 11;
const CURVE = 18;

/** A score that is placed, as the reading stands or as tried out, with its columns of working. */
type Side = (typeof SIDES)[number];
const SIDES = [
  { score: `$H$${HEAD + 1}`, from: GIVEN, above: 'K', maybe: 'L', mean: 'M' },
  { score: `$I$${HEAD + 1}`, from: TRIED, above: 'N', maybe: 'O', mean: 'P' },
] as const;

/**
 * Rivals as the league knows them, and our rank by formula: best, worst, expected and 90%, now and as tried out.
 * What the group's model says stands as a table along the scores, read off straight lines between its rows.
 */
export async function leagueSheet(workbook: Workbook, layout: Layout, rivals: Rivals): Promise<void> {
  const { labels, numbers } = layout.words;
  const say = labels.workbook;
  const { ranks, baseline, compared, current } = layout.model;
  const { league } = rivals;
  const sheet = addSheet(workbook, say.league, numbers.pick(league.name));
  const printed = new Set<number>();
  const scored = rivals.rivals.flatMap((r): RivalRow[] => {
    if (r.form !== 'scored') return [];
    const shown = roundToPoints(r.score, league.decimals);
    const repeats = league.ties === 'dense' && printed.has(shown);
    printed.add(shown);
    return [{ unit: r.unit, score: toNumber(r.score), repeats }];
  });
  const gaps = openGaps(rivals);
  const rows = [...scored, ...gaps.map((gap) => ({ ...gap, unit: labels.report.unknownUnits(gap.units) }))];
  const rivalColumns: SheetColumn<RivalRow>[] = [
    { head: labels.columns.unit, width: 40, of: ({ unit }) => unit },
    pointsColumn(say.known, 12, ({ score }) => score),
    pointsColumn(labels.columns.from, 12, ({ low }) => low),
    pointsColumn(labels.columns.to, 12, ({ high }) => high),
    { head: labels.rank.picture.units, width: 10, format: '0', of: ({ units }) => units },
  ];
  writeTable(sheet, rivalColumns, rows);
  const heads = [say.surelyAbove, say.maybeAbove, say.expectedAbove];
  const working = SIDES.flatMap(({ score }) =>
    heads.map((head, k): SheetColumn<RivalRow> => {
      const formula = (row: RivalRow, at: number) =>
        (row.units === undefined ? scoredRow(at, score, row, league) : gapRow(at, score, league))[k];
      return { head, width: 30, of: (row, at) => worked(`IF(ISNUMBER(${score}),${formula(row, at)},0)`) };
    }),
  );
  writeTable(sheet, working, rows, WORKING);

  const results = [...compared.map((c) => c.result), current];
  const exactly = results.flatMap((r) => leagueScore(r, league.scale).score?.valueOf() ?? []);
  const curve = gaps.length > 0 ? openCurve(rivals, exactly) : [];
  // Rivals without a score of whom nothing is known: a range alone.
  const bare = gaps.length > 0 && curve.length === 0;
  if (curve.length > 0) {
    const curveHeads = [labels.columns.score, say.expectedAbove, '5%', '95%'];
    const keys = ['score', 'mean', 'low', 'high'] as const;
    const columns = keys.map((key, k) => ({
      ...{ head: curveHeads[k]!, width: 30 },
      of: (point: CurvePoint) => point[key],
    }));
    writeTable(sheet, columns, curve, CURVE);
  }
  const sum = (column: string, count = rows.length) =>
    count === 0 ? '0' : `SUM(${column}${HEAD + 1}:${column}${HEAD + count})`;
  const ofScored = (column: string) => sum(column, scored.length);
  const placed = (formula: (side: Side) => string) => (side: Side) =>
    `IF(ISNUMBER(${side.score}),${formula(side)},"?")`;
  // A mean, or a whole number of places, by the rivals with a score and the table of the others.
  const likely = (column: string, here: (side: Side) => string) =>
    placed((side) => {
      if (bare) return '"?"';
      const others = curveFormula(curve.length, side.score, column);
      return `1+${here(side)}+${column === 'S' ? others : `ROUND(${others},0)`}`;
    });
  const scoreFormula = ({ from }: Side) => {
    const [total, max] = [from.points, from.max].map((c) => `${layout.score}!${c}${layout.totalRow}`);
    const index = `${layout.score}!${from.points}${layout.totalRow + 1}`;
    return `IF(ISNUMBER(${index}),${total}*${toNumber(league.scale)}/${max},"?")`;
  };
  // Where there is no index, as of a score that is not known, no formula tells a rank.
  const own = baseline.total.index ? leagueScore(baseline, league.scale).score?.valueOf() : undefined;
  const rank = own === undefined ? null : ranks.baseline;
  const [low90, high90] = rank?.interval90 ?? [];
  const ours: RankRow[] = [
    [labels.columns.score, POINTS_FORMAT, own, scoreFormula],
    [say.bestRank, '0', rank?.best, placed(({ above }) => `1+${sum(above)}`)],
    [say.worstRank, '0', rank?.worst, placed(({ above, maybe }) => `1+${sum(above)}+${sum(maybe)}`)],
    [labels.whatif.rankMeanRow, MEAN_FORMAT, rank?.mean, likely('S', ({ mean }) => ofScored(mean))],
    [say.lowRank, '0', low90, likely('T', ({ above }) => ofScored(above))],
    [say.highRank, '0', high90, likely('U', ({ above, maybe }) => `${ofScored(above)}+${ofScored(maybe)}`)],
  ];
  const rankColumn = (head: string, side: Side): SheetColumn<RankRow> => ({
    head,
    width: 15,
    format: ([, format]) => format,
    of: ([, , result, formula]) => worked(formula(side), own === undefined ? '?' : (result ?? undefined)),
  });
  const rankColumns: SheetColumn<RankRow>[] = [
    { head: labels.columns.rank, width: 24, of: ([label]) => label },
    rankColumn(say.baseline, SIDES[0]),
    rankColumn(say.tried, SIDES[1]),
  ];
  writeTable(sheet, rankColumns, ours, RANKS);
  const about = ranks.baseline?.assumptions ?? [];
  about.forEach((a, i) => {
    const at = HEAD + 8 + i;
    const text = `${labels.rank.assumption}: ${labels.rank.assumptions[a]}`;
    sheet.mergeCells(at, RANKS, at, RANKS + 2);
    sheet.getCell(at, RANKS).value = text;
    sheet.getCell(at, RANKS).alignment = { wrapText: true, vertical: 'top' };
    raise(sheet, at, linesOf(text, 54));
  });
  for (const column of [RANKS - 1, WORKING - 1]) sheet.getColumn(column).width = 4;
  // The working stays in the file, out of sight and off the paper.
  hide(sheet, WORKING);
  sheet.pageSetup.printArea = `A1:I${HEAD + Math.max(rows.length, 8 + about.length)}`;
  await lock(sheet);
}

/** A rival with a score: above, level at the printed precision (either way alike), and half of that. */
function scoredRow(
  r: number,
  s: string,
  { repeats }: RivalRow,
  { decimals, exact }: Rivals['league'],
): string[] {
  const [theirs, ours] = [`ROUND(B${r},${decimals})`, `ROUND(${s},${decimals})`];
  const above = repeats ? '0' : `IF(${theirs}>${ours},1,0)`;
  const level = exact ? '0' : `IF(${theirs}=${ours},1,0)`;
  return [above, level, `${above}+${level}/2`];
}

/** Rivals somewhere between two scores: surely above, possibly above; how many on average stands in the table. */
function gapRow(r: number, s: string, league: Rivals['league']): string[] {
  const below = `${s}<${toNumber(league.scale)}`;
  return [`IF(AND(C${r}>=${s},${below}),E${r},0)`, `IF(AND(C${r}<${s},D${r}>${s},${below}),E${r},0)`, '0'];
}

/** How many rivals without a known score are above a score, by the table of them: a column of it. */
function curveFormula(count: number, score: string, column: string): string {
  if (count === 0) return '0';
  const span = (c: string) => `$${c}$${HEAD + 1}:$${c}$${HEAD + count}`;
  // The row at or under the score, not the last one, from which there is no line on.
  const row = `MIN(MATCH(${score},${span('R')},1),${count - 1})`;
  const at = (c: string, next: 0 | 1) => `INDEX(${span(c)},${row}${next ? '+1' : ''})`;
  const rise = `(${score}-${at('R', 0)})/(${at('R', 1)}-${at('R', 0)})*(${at(column, 1)}-${at(column, 0)})`;
  return `(${at(column, 0)}+${rise})`;
}
