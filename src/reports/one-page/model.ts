import { gainBetween, levers, positionAfter } from '../../analysis/gain.js';
import type { Rank } from '../../ranking/place.js';
import { noRankText } from '../../render/answer.js';
import { listOf } from '../../render/presentation.js';
import {
  assumptionRows,
  basisText,
  indexName,
  indexText,
  likelyFacts,
  ownersText,
  provenanceMark,
  scoreText,
} from '../../render/words.js';
import type { CriterionResult } from '../../scoring/result.js';
import { lossOf } from '../../scoring/totals.js';
import type { Words } from '../../text/index.js';
import { charts } from '../charts/models.js';
import { escapeXml, svgOf } from '../charts/svg.js';
import { gainRestsOn, shortcomingText, targetWords } from '../letter/words.js';
import { type ReportModel, yearsTable } from '../model.js';

/** One page for who decides: the verdict, the rank, the largest losses, what three tasks would bring, the years. */
export type OnePage = ReturnType<typeof onePageOf>;

const LOSSES = 5;
const TASKS = 3;
const PICTURE_WIDTH = 700;

/** The page of a reading, with its unit's other years where there are any. */
export function onePageOf(model: ReportModel, words: Words) {
  const { labels, numbers } = words;
  const say = labels.report.onePage;
  const { baseline, position } = model;
  const { catalogue } = baseline;
  const points = (p: number) => numbers.points(p, catalogue.decimals);
  const owners = (row: CriterionResult) => ownersText(row.criterion.owners, catalogue, words);
  const losses = baseline.criteria
    .flatMap((row) => {
      const lost = lossOf(row);
      return lost !== null && lost > 0 ? [{ row, lost }] : [];
    })
    .sort((a, b) => b.lost - a.lost)
    .slice(0, LOSSES);
  const tasks = levers(position)
    .flatMap(({ row, fix, gain }) => (fix && gain && gain.points !== null ? [{ row, fix, ...gain }] : []))
    .slice(0, TASKS);
  const all = positionAfter(position, new Map(tasks.map((t) => [t.row.criterion.id, t.fix])));
  const placed = tasks.some((task) => task.places !== null);
  const gain = gainBetween(position, all);
  const drawn = [model.rivals && charts.rank(model, words), charts.years(model, words)];
  const rank = model.ranks.baseline;
  const open = baseline.criteria.filter((row) => row.status === 'unknown').length;
  const markOf = (task: (typeof tasks)[number]) => provenanceMark(gainRestsOn(task.row, task.guaranteed));
  const marked = tasks.some((task) => markOf(task) !== '');
  const together =
    tasks.length === 0 || gain.points === null
      ? ''
      : say.together(
          tasks.length,
          points(gain.points),
          scoreText(all.result, words),
          all.rank && rankWithInterval(all.rank, words),
        );
  const { title = '', columns, rows } = yearsTable(model.years, words);
  return {
    title: labels.report.title(indexName(catalogue, words)),
    subtitle: `${baseline.unit} · ${baseline.year}`,
    verdict: listOf<string>([
      say.verdict(
        scoreText(baseline, words),
        points(baseline.total.applicableMax),
        baseline.total.index && indexText(baseline, words),
      ),
      open > 0 && say.open(open, points(baseline.total.best - baseline.total.worst)),
      rank
        ? `${labels.columns.rank}: ${rankWithInterval(rank, words)}`
        : noRankText(baseline, words, say.noLeague),
    ]),
    /** As SVG: the group's picture where there is a league, and the years' where there are several. */
    pictures: listOf(drawn).map((chart) =>
      svgOf(chart, {
        width: PICTURE_WIDTH,
        standalone: true,
        low: true,
        id: `chart-${chart.kind}`,
        about: chart.kind === 'line' ? baseline.unit : `${baseline.unit} · ${baseline.year}`,
      }),
    ),
    /** Tables: `numbers` are the columns of numbers, `shares` those of the width in hundredths; `note` stands under it. */
    grids: [
      {
        title: say.losses,
        heads: [labels.columns.criterion, labels.columns.deduction, say.cause, labels.columns.owner],
        numbers: [1],
        shares: [36, 9, 36, 19],
        note: '',
        rows: losses.map(({ row, lost }) => [
          `${row.criterion.id} ${numbers.pick(row.criterion.name)}`,
          points(lost),
          shortcomingText(row, catalogue, words) ?? '',
          owners(row),
        ]),
      },
      {
        title: say.tasks,
        heads: [
          labels.columns.criterion,
          say.target,
          labels.columns.owner,
          say.gain,
          ...(placed ? [labels.sensitivity.places] : []),
        ],
        numbers: [3, 4],
        shares: placed ? [10, 50, 20, 11, 9] : [10, 56, 23, 11],
        note: together,
        rows: tasks.map((task) => [
          task.row.criterion.id,
          targetWords(task.row, task.fix, words),
          owners(task.row),
          `+${points(task.guaranteed)}${markOf(task)}`,
          ...(placed ? [task.places === null ? '' : numbers.fixed(task.places, 1)] : []),
        ]),
      },
      {
        title,
        heads: columns.map((c) => c.title),
        numbers: [1, 2, 3],
        shares: [25, 25, 25, 25],
        note: '',
        rows: rows.map(({ cells }) => cells.map(({ text }) => text)),
      },
    ].filter((g) => g.rows.length > 0),
    key: listOf<string>([
      // A league of another year says nothing of this one by itself.
      assumptionRows(
        (rank?.assumptions ?? []).filter((a) => a === 'later-year' || a === 'earlier-year'),
        words,
      ).map(({ text }) => text),
      marked && labels.report.key,
      baseline.basis.inferred + baseline.basis.assumed > 0 &&
        `${labels.score.basis}: ${basisText(baseline, words)}`,
    ]).join(' · '),
  };
}

/** The rank, and the 90% interval of one that is not certain. */
const rankWithInterval = (rank: Rank, words: Words): string =>
  likelyFacts(rank, words)
    .map((f) => f.text)
    .join(', ');

const STYLE = `
@page{size:A4;margin:12mm}
*{box-sizing:border-box}
body{margin:0 auto;max-width:186mm;padding:6px;color:#111;background:#fff;font:9.5pt/1.25 "Times New Roman","Liberation Serif",serif}
@media print{body{padding:0}}
h1{font-size:15pt;margin:0;text-align:center}h2{font-size:11pt;margin:8px 0 3px;break-after:avoid}p{margin:2px 0}
.subtitle{text-align:center;font-size:12pt}.verdict{border:1px solid #777;padding:5px 9px;margin:6px 0}.verdict p:first-child{font-size:13pt;font-weight:bold}
table{border-collapse:collapse;width:100%}th,td{border:1px solid #999;padding:1px 5px;text-align:left;vertical-align:top}th{background:#eee}.n{text-align:right;white-space:nowrap}
tr{break-inside:avoid}svg{display:block;width:100%;height:auto;max-height:60mm}svg+svg{max-height:32mm}.key{font-size:8.5pt;color:#444;margin-top:5px}
`;

/** The page for print: A4, without a script. */
export function onePageHtml(page: OnePage, language: string): string {
  const grids = page.grids.map(({ title, heads, rows, numbers, shares, note }) => {
    const cls = (i: number) => (numbers.includes(i) ? ' class="n"' : '');
    const head = heads.map((h, i) => `<th scope="col"${cls(i)}>${escapeXml(h)}</th>`).join('');
    const body = rows.map((r) => `<tr>${r.map((c, i) => `<td${cls(i)}>${escapeXml(c)}</td>`).join('')}</tr>`);
    const columns = shares.map((w) => `<col width="${w}%">`).join('');
    const under = note === '' ? '' : `\n<p><strong>${escapeXml(note)}</strong></p>`;
    return `<h2>${escapeXml(title)}</h2>\n<table><colgroup>${columns}</colgroup><thead><tr>${head}</tr></thead><tbody>${body.join('')}</tbody></table>${under}`;
  });
  return `<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1">
<title>${escapeXml(`${page.title} · ${page.subtitle}`)}</title>
<style>${STYLE}</style>
</head>
<body>
<h1>${escapeXml(page.title)}</h1>
<p class="subtitle">${escapeXml(page.subtitle)}</p>
<div class="verdict">${page.verdict.map((v) => `<p>${escapeXml(v)}</p>`).join('')}</div>
${page.pictures.join('')}
${grids.join('\n')}
<p class="key">${escapeXml(page.key)}</p>
</body>
</html>
`;
}
