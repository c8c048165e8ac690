import type { Workbook } from 'exceljs';
import { toNumber } from '../../exact/fraction.js';
import type { Rivals } from '../../ranking/rivals.js';
import { addSheet, type Layout, lock, POINTS_FORMAT } from './workbook.js';

const HEAD = 4;

/** Rivals as the league knows them, and the own rank by formula: best, worst and expected, now and as tried out. */
export async function leagueSheet(workbook: Workbook, layout: Layout, rivals: Rivals): Promise<void> {
  const { labels, numbers } = layout.words;
  const say = labels.workbook;
  const { ranks, baseline } = layout.model;
  const { league } = rivals;
  const heads = [
    labels.columns.unit,
    say.known,
    say.low,
    say.high,
    say.units,
    '',
    labels.score.rank,
    say.baseline,
    say.tried,
  ];
  const sheet = addSheet(
    workbook,
    say.league,
    numbers.pick(league.name),
    heads,
    [36, 12, 12, 12, 10, 4, 22, 14, 14],
  );
  const known = rivals.rivals.flatMap((r) => (r.form === 'known' ? [r] : []));
  const gaps = new Map<string, { low: number; high: number; units: number }>();
  for (const r of rivals.rivals) {
    if (r.form !== 'uniform') continue;
    const key = `${r.lo.toFraction()} ${r.hi.toFraction()}`;
    const gap = gaps.get(key) ?? { low: toNumber(r.lo), high: toNumber(r.hi), units: 0 };
    gaps.set(key, { ...gap, units: gap.units + 1 });
  }
  known.forEach((r, i) => {
    sheet.getCell(HEAD + 1 + i, 1).value = r.unit;
    sheet.getCell(HEAD + 1 + i, 2).value = toNumber(r.score);
  });
  const firstGap = HEAD + 1 + known.length;
  [...gaps.values()].forEach((gap, i) => {
    sheet.getCell(firstGap + i, 1).value = labels.report.unknownUnits(gap.units);
    sheet.getCell(firstGap + i, 3).value = gap.low;
    sheet.getCell(firstGap + i, 4).value = gap.high;
    sheet.getCell(firstGap + i, 5).value = gap.units;
  });
  const scores = known.length > 0 ? `$B$${HEAD + 1}:$B$${firstGap - 1}` : null;
  const lastGap = firstGap + gaps.size - 1;
  const gapRange = (column: string) => `$${column}$${firstGap}:$${column}$${lastGap}`;
  const rows = [labels.columns.score, say.bestRank, say.worstRank, say.expectedRank];
  rows.forEach((label, i) => {
    sheet.getCell(HEAD + 1 + i, 7).value = label;
  });
  const results = [null, ranks.baseline?.best, ranks.baseline?.worst, ranks.baseline?.mean];
  for (const [column, from] of [
    ['H', 'E'],
    ['I', 'G'],
  ] as const) {
    const s = `${column}${HEAD + 1}`;
    const total = `${layout.score}!${from}${layout.totalRow}`;
    const full = `${layout.score}!D${layout.totalRow}`;
    const places = league.decimals;
    const compare = (sign: string) =>
      scores ? `SUMPRODUCT((ROUND(${scores},${places})${sign}ROUND(${s},${places}))*1)` : '0';
    const below = `${s}<${toNumber(league.scale)}`;
    const sure = gaps.size > 0 ? `IF(${below},SUMPRODUCT((${gapRange('C')}>=${s})*${gapRange('E')}),0)` : '0';
    const maybe =
      gaps.size > 0
        ? `IF(${below},SUMPRODUCT((${gapRange('C')}<${s})*(${gapRange('D')}>${s})*${gapRange('E')}),0)`
        : '0';
    const expected =
      gaps.size > 0
        ? `IF(${below},SUMPRODUCT((${gapRange('C')}<${s})*(${gapRange('D')}>${s})*${gapRange('E')}*(${gapRange('D')}-${s})/(${gapRange('D')}-${gapRange('C')})),0)`
        : '0';
    const ties = league.exact ? '0' : compare('=');
    const formulas = [
      `IF(ISNUMBER(${total}),${total}*${toNumber(league.scale)}/${full},"?")`,
      `1+${compare('>')}+${sure}`,
      `1+${compare('>')}+${sure}+${maybe}+${ties}`,
      `1+${compare('>')}+${sure}+${expected}+${ties}/2`,
    ];
    formulas.forEach((formula, i) => {
      const cell = sheet.getCell(`${column}${HEAD + 1 + i}`);
      const result = i === 0 ? (baseline.total.index?.valueOf() ?? '?') : results[i];
      cell.value = {
        formula: i === 0 ? formula : `IF(ISNUMBER(${s}),${formula},"?")`,
        ...(result == null ? {} : { result }),
      };
      cell.numFmt = i === 1 || i === 2 ? '0' : POINTS_FORMAT;
    });
  }
  const about = ranks.baseline?.assumptions ?? [];
  about.forEach((a, i) => {
    sheet.getCell(HEAD + 6 + i, 7).value = `${labels.rank.assumption}: ${labels.rank.assumptions[a]}`;
  });
  await lock(sheet);
}
