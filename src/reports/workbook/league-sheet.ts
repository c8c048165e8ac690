import type { Workbook, Worksheet } from 'exceljs';
import { toNumber } from '../../exact/fraction.js';
import { type CurvePoint, openCurve } from '../../ranking/place.js';
import { openGaps, type Rivals } from '../../ranking/rivals.js';
import { leagueScore } from '../../ranking/standings.js';
import { addSheet, HEAD, heightOf, type Layout, linesOf, lock, MEAN_FORMAT, POINTS_FORMAT } from './frame.js';
import { GIVEN, TRIED } from './score-sheet.js';

/**
 * Rivals as the league knows them, and our rank by formula: best, worst, expected and 90%, now and as tried out.
 * What the group's model says stands as a table along the scores, read off straight lines between its rows.
 */
export async function leagueSheet(workbook: Workbook, layout: Layout, rivals: Rivals): Promise<void> {
  const { labels, numbers } = layout.words;
  const say = labels.workbook;
  const { ranks, baseline } = layout.model;
  const { league } = rivals;
  const rivalHeads = [
    labels.columns.unit,
    say.known,
    labels.columns.from,
    labels.columns.to,
    labels.rank.picture.units,
  ];
  const heads = [...rivalHeads, '', labels.columns.rank, say.baseline, say.tried];
  const widths = [40, 12, 12, 12, 10, 4, 24, 15, 15, 4, 9, 9, 9, 9, 9, 9, 4, 12, 12, 9, 9];
  const sheet = addSheet(workbook, say.league, numbers.pick(league.name), heads, widths);
  const scored = rivals.rivals.flatMap((r) => (r.form === 'scored' ? [r] : []));
  const gaps = openGaps(rivals);
  const cells = [
    ...scored.map((r) => [r.unit, toNumber(r.score)]),
    ...gaps.map(({ units, low, high }) => [labels.report.unknownUnits(units), null, low, high, units]),
  ];
  cells.forEach((row, i) => {
    sheet.getRow(HEAD + 1 + i).values = row;
    for (const k of [2, 3, 4]) sheet.getCell(HEAD + 1 + i, k).numFmt = POINTS_FORMAT;
  });
  const firstGap = HEAD + 1 + scored.length;
  const last = HEAD + cells.length;
  const { bestRank, worstRank, lowRank, highRank } = say;
  const rows = [labels.columns.score, bestRank, worstRank, labels.whatif.rankMeanRow, lowRank, highRank];
  rows.forEach((label, i) => {
    sheet.getCell(HEAD + 1 + i, 7).value = label;
  });
  const rank = ranks.baseline;
  const [low90, high90] = rank?.interval90 ?? [];
  const results = [baseline.total.index?.valueOf(), rank?.best, rank?.worst, rank?.mean, low90, high90];
  const scale = toNumber(league.scale);
  const compared = [...layout.model.compared.map((c) => c.result), layout.model.current];
  const exactly = compared.flatMap((r) => leagueScore(r, league.scale).score?.valueOf() ?? []);
  const curve = gaps.length > 0 ? openCurve(rivals, exactly) : [];
  // Rivals without a score of whom nothing is known: a range alone.
  const bare = gaps.length > 0 && curve.length === 0;
  const table = curveTable(sheet, curve, [labels.columns.score, say.expectedAbove, '5%', '95%']);
  for (const { column, from, helpers } of SIDES) {
    const s = `$${column}$${HEAD + 1}`;
    const [above, maybe, mean] = helpers;
    helpers.forEach((helper, k) => {
      sheet.getCell(`${helper}${HEAD}`).value = [say.surelyAbove, say.maybeAbove, say.expectedAbove][k];
    });
    for (let r = HEAD + 1; r <= last; r++) {
      const formulas = r < firstGap ? scoredRow(r, s, league) : gapRow(r, s, scale);
      helpers.forEach((helper, k) => {
        sheet.getCell(`${helper}${r}`).value = { formula: `IF(ISNUMBER(${s}),${formulas[k]},0)` };
      });
    }
    const sum = (helper: string) => `SUM(${helper}${HEAD + 1}:${helper}${last})`;
    const ofScored = (helper: string) =>
      scored.length === 0 ? '0' : `SUM(${helper}${HEAD + 1}:${helper}${firstGap - 1})`;
    const [total, max] = [from.points, from.max].map((c) => `${layout.score}!${c}${layout.totalRow}`);
    const formulas = [
      `IF(ISNUMBER(${total}),${total}*${scale}/${max},"?")`,
      `1+${sum(above)}`,
      `1+${sum(above)}+${sum(maybe)}`,
      bare ? '"?"' : `1+${ofScored(mean)}+${table(s, 'mean')}`,
      bare ? '"?"' : `1+${ofScored(above)}+ROUND(${table(s, 'low')},0)`,
      bare ? '"?"' : `1+${ofScored(above)}+${ofScored(maybe)}+ROUND(${table(s, 'high')},0)`,
    ];
    formulas.forEach((formula, i) => {
      const cell = sheet.getCell(`${column}${HEAD + 1 + i}`);
      const result = results[i];
      const guarded = i === 0 ? formula : `IF(ISNUMBER(${s}),${formula},"?")`;
      cell.value = { formula: guarded, ...(result == null ? {} : { result }) };
      cell.numFmt = FORMATS[i]!;
    });
  }
  const about = ranks.baseline?.assumptions ?? [];
  about.forEach((a, i) => {
    const at = HEAD + 8 + i;
    const text = `${labels.rank.assumption}: ${labels.rank.assumptions[a]}`;
    sheet.mergeCells(at, 7, at, 9);
    sheet.getCell(at, 7).value = text;
    sheet.getCell(at, 7).alignment = { wrapText: true, vertical: 'top' };
    sheet.getRow(at).height = heightOf(linesOf(text, 54));
  });
  // The working stays in the file, out of sight and off the paper.
  for (let column = WORKING; column <= sheet.columnCount; column++) sheet.getColumn(column).hidden = true;
  sheet.pageSetup.printArea = `A1:I${Math.max(last, HEAD + 8 + about.length)}`;
  await lock(sheet);
}

/** Of our score, the best and worst rank, the mean, and the ends of 90%. */
const FORMATS = [POINTS_FORMAT, '0', '0', MEAN_FORMAT, '0', '0'];
/** The first column of working. */
const WORKING = 11;

/** The two scores placed: as the reading stands and as tried out, each with its columns of working. */
const SIDES = [
  { column: 'H', from: GIVEN, helpers: ['K', 'L', 'M'] },
  { column: 'I', from: TRIED, helpers: ['N', 'O', 'P'] },
] as const;

/** A rival of known score: above, level at the printed precision (either way alike), and half of that. */
function scoredRow(r: number, s: string, { decimals, exact }: Rivals['league']): string[] {
  const [theirs, ours] = [`ROUND(B${r},${decimals})`, `ROUND(${s},${decimals})`];
  const above = `IF(${theirs}>${ours},1,0)`;
  const level = exact ? '0' : `IF(${theirs}=${ours},1,0)`;
  return [above, level, `${above}+${level}/2`];
}

/** Rivals somewhere between two scores: surely above, possibly above; how many on average stands in the table. */
function gapRow(r: number, s: string, scale: number): string[] {
  const inside = `AND(C${r}<${s},D${r}>${s},${s}<${scale})`;
  const sure = `IF(AND(C${r}>=${s},${s}<${scale}),E${r},0)`;
  return [sure, `IF(${inside},E${r},0)`, '0'];
}

const CURVE = { score: 'R', mean: 'S', low: 'T', high: 'U' } as const;

/** Writes how many rivals without a known score are above, by score; answers the formula that reads a column of it. */
function curveTable(
  sheet: Worksheet,
  curve: readonly CurvePoint[],
  heads: readonly string[],
): (score: string, column: Exclude<keyof typeof CURVE, 'score'>) => string {
  if (curve.length === 0) return () => '0';
  const keys = Object.keys(CURVE) as (keyof typeof CURVE)[];
  keys.forEach((key, k) => {
    sheet.getCell(`${CURVE[key]}${HEAD}`).value = heads[k];
    curve.forEach((point, i) => {
      sheet.getCell(`${CURVE[key]}${HEAD + 1 + i}`).value = point[key];
    });
  });
  const span = (column: string) => `$${column}$${HEAD + 1}:$${column}$${HEAD + curve.length}`;
  return (score, column) => {
    // The row at or under the score, not the last one, from which there is no line on.
    const row = `MIN(MATCH(${score},${span('R')},1),${curve.length - 1})`;
    const at = (c: string, next: 0 | 1) => `INDEX(${span(c)},${row}${next ? '+1' : ''})`;
    const value = CURVE[column];
    return `(${at(value, 0)}+(${score}-${at('R', 0)})/(${at('R', 1)}-${at('R', 0)})*(${at(value, 1)}-${at(value, 0)}))`;
  };
}
