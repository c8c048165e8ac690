import type { Criterion } from '../../catalogue/catalogue.js';
import { isForKind } from '../../catalogue/select.js';
import type { Rank } from '../../ranking/place.js';
import { tableOf, type ViewField } from '../../render/field.js';
import { listOf, type Table } from '../../render/presentation.js';
import {
  basisText,
  givenText,
  indexName,
  indexText,
  ownersText,
  pointsText,
  provenanceMark,
  provenanceText,
  rankFacts,
  rankText,
  ruleText,
  scoreCell,
  scoreText,
} from '../../render/words.js';
import type { CriterionResult, ReadingResult, Total } from '../../scoring/result.js';
import { lossOf } from '../../scoring/totals.js';
import type { Words } from '../../text/index.js';
import { type ChartName, chartNames, charts } from '../charts/models.js';
import { escapeXml as esc, svgPages } from '../charts/svg.js';
import { shortcomingText } from '../letter/words.js';
import { type ReportModel, type ReportUnit, yearsTable } from '../model.js';
import { type Control, controlOf } from './controls.js';

const tag = (name: string, body: string, attributes = '') =>
  `<${name}${attributes ? ` ${attributes}` : ''}>${body}</${name}>`;

/** Score, index and rank: as the reading stands, and as changed. */
export function cardHtml(model: ReportModel, words: Words): string {
  const { labels, numbers } = words;
  const { baseline, current, changed, ranks } = model;
  const figure = (label: string, now: string, was: string, key: string) =>
    tag(
      'div',
      `<dt>${esc(label)}</dt><dd data-figure="${key}">${esc(now)}</dd>${changed && was !== now ? `<dd class="was">${esc(labels.report.was(was))}</dd>` : ''}`,
    );
  const max = ({ total, catalogue }: ReadingResult) =>
    numbers.points(total.applicableMax, catalogue.decimals);
  const added = ({ total, catalogue }: ReadingResult) => numbers.signed(total.adjustment, catalogue.decimals);
  const rankOf = (rank: Rank | null) => (rank ? rankText(rank, words) : '');
  const mean = (rank: Rank | null) => (rank?.mean == null ? '' : numbers.number(rank.mean, 2));
  return listOf<string>([
    figure(labels.score.score, scoreText(current, words), scoreText(baseline, words), 'score'),
    figure(labels.columns.max, max(current), max(baseline), 'max'),
    figure(labels.score.deduction, lost(current, words), lost(baseline, words), 'deduction'),
    current.criteria.some((row) => row.criterion.outside) &&
      figure(labels.score.adjustment, added(current), added(baseline), 'adjustment'),
    figure(labels.columns.index, indexText(current, words), indexText(baseline, words), 'index'),
    ranks.current && figure(labels.columns.rank, rankOf(ranks.current), rankOf(ranks.baseline), 'rank'),
    ranks.current?.mean != null &&
      figure(labels.whatif.rankMeanRow, mean(ranks.current), mean(ranks.baseline), 'mean'),
  ]).join('');
}

const lost = ({ total, catalogue }: ReadingResult, words: Words): string =>
  pointsText(total.deduction, [total.leastLost, total.mostLost], catalogue.decimals, words, true);

/** Height of A4 within its margins and under a heading, in widths. */
const PAGE = 1.35;

/** Charts of the unit's place come first; they also fill a printed page that the long list of criteria would leave. */
const FIRST: readonly ChartName[] = ['rank', 'years'];

/** The charts as figures, drawn for a width; where they are printed, none taller than a page of that width. */
export function chartsHtml(model: ReportModel, words: Words, width: number, print: boolean): string {
  const page = print ? width * PAGE : Infinity;
  return [...FIRST, ...chartNames.filter((name) => !FIRST.includes(name))]
    .map((name: ChartName) => {
      const chart = charts[name](model, words);
      if (!chart) return '';
      const svg = svgPages(chart, { width, standalone: false, id: `chart-${name}` }, page);
      const caption = `<figcaption>${esc(chart.title)}</figcaption>`;
      const long = svg.lastIndexOf('<svg') > 0 ? ' class="long"' : '';
      return `<figure id="${name}"${long}>${caption}${svg}</figure>`;
    })
    .join('');
}

/** A table's heads and rows, each headed by its first cell. */
function tableHtml({ columns, rows }: Table): string {
  const heads = columns.map(({ title }) => `<th scope="col">${esc(title)}</th>`);
  const lines = rows.map(({ cells }) => {
    const [first = '', ...others] = cells.map(({ text }) => esc(text));
    return `<tr><th scope="row">${first}</th>${others.map((text) => tag('td', text)).join('')}</tr>`;
  });
  return `<thead><tr>${heads.join('')}</tr></thead><tbody>${lines.join('')}</tbody>`;
}

/** The reading, the scenarios and what is tried out, side by side. */
export function comparisonHtml({ compared }: ReportModel, words: Words): string {
  const { labels, numbers } = words;
  const when = compared.some((c) => c.rank);
  const first = compared[0]!.result.total.score;
  const gain = ({ score }: Total) => (score === null || first === null ? null : score - first);
  const fields: ViewField<ReportModel['compared'][number]>[] = [
    { key: 'scenario', text: ({ name }) => name },
    { key: 'score', text: ({ result }) => scoreCell(result, words) },
    {
      key: 'gain',
      title: labels.whatif.gained,
      text: ({ result: { total, catalogue } }) => numbers.signed(gain(total), catalogue.decimals),
    },
    { key: 'index', text: ({ result }) => indexText(result, words) },
    { key: 'rank', when, text: ({ rank }) => (rank ? rankText(rank, words) : '') },
    {
      ...{ key: 'mean', title: labels.whatif.rankMeanRow, when },
      text: ({ rank }) => (rank?.mean == null ? '' : numbers.number(rank.mean, 2)),
    },
  ];
  return tableHtml(tableOf(fields, compared, { titles: labels.columns }));
}

/** What the page is called while a reading is shown. */
export const titleOf = ({ reading, catalogue }: ReportUnit, words: Words): string =>
  `${words.labels.report.title(indexName(catalogue, words))} · ${reading.unit} · ${reading.year}`;

/** The unit's years as a table under its heading; nothing for a single year. */
export function yearsHtml({ years }: ReportModel, words: Words): string {
  if (years.length === 0) return '';
  const table = yearsTable(years, words);
  return `<h2>${esc(table.title ?? '')}</h2><table>${tableHtml(table)}</table>`;
}

/** What a criterion gives now: points of max, what it loses, and where the numbers come from. */
export function outputsHtml(row: CriterionResult, decimals: number, { labels, numbers }: Words): string {
  const mark = provenanceMark(row.provenance);
  const points = numbers.points(row.points, decimals);
  const lost = lossOf(row);
  const lostPoints = `${lost ? '−' : ''}${numbers.points(lost, decimals)}`;
  const why = labels.provenance[row.provenance];
  return [
    `<span class="points">${row.status === 'not_applicable' ? '–' : `${points}/${numbers.points(row.max, decimals)}`}</span>`,
    `<span class="${lost === 0 ? 'none' : 'lost'}">${lostPoints}</span>`,
    mark ? `<abbr title="${esc(why)}">${mark}</abbr>` : '<span></span>',
  ].join('');
}

/** The criteria by field, each with its controls; what they give is filled in beside them. */
export function criteriaHtml(model: ReportModel, words: Words): string {
  const { labels, numbers } = words;
  const { baseline } = model;
  const { notListed, decimals } = baseline.catalogue;
  const fields = baseline.fields
    .map(({ field }) => {
      const rows = baseline.criteria
        .filter((r) => r.criterion.field === field.id)
        .map((row) => criterionHtml(row, words, model));
      const heading = tag('h3', esc(`${field.id} · ${numbers.pick(field.name)}`));
      return tag(
        'section',
        heading + rows.join(''),
        `aria-label="${esc(labels.columns.field)} ${esc(field.id)}"`,
      );
    })
    .join('');
  if (!notListed) return fields;
  const { max, name, provenance } = notListed;
  const full = numbers.points(max, decimals);
  const basis = `${provenanceMark(provenance.kind)} ${labels.provenance[provenance.kind]}`.trim();
  return `${fields}<section>${tag('h3', esc(numbers.pick(name)))}<p class="soft">${full}/${full} ${basis}</p></section>`;
}

const soft = (text: string) => `<p class="soft">${esc(text)}</p>`;

function criterionHtml(row: CriterionResult, words: Words, { baseline, position }: ReportModel): string {
  const { labels, numbers } = words;
  const { criterion } = row;
  const { decimals } = baseline.catalogue;
  const owners = ownersText(criterion.owners, baseline.catalogue, words);
  // What is for other kinds of unit no value changes; what else does not apply may come to.
  const locked = !isForKind(criterion, position.reading.kind);
  const lost = row.deduction === null || row.deduction > 0;
  const cause = lost && !locked ? shortcomingText(row, baseline.catalogue, words) : null;
  const { action, evidence, requirement, maxProvenance } = criterion;
  const say = labels.explain;
  const details = listOf<string>([
    requirement && `${say.requirement}: ${numbers.pick(requirement)}`,
    cause !== null && `${say.limitation}: ${cause}`,
    action && `${say.action}: ${numbers.pick(action)}`,
    evidence && `${say.evidence}: ${numbers.pick(evidence)}`,
    `${say.source}: ${provenanceText(maxProvenance, baseline.catalogue, words)}`,
  ]).map(soft);
  const controls = criterion.compiled.inputs.map((_, i) =>
    controlHtml(criterion, controlOf(row, i), i, words),
  );
  const exempt = criterion.exemption
    ? `<label class="exempt"><input type="checkbox" data-exempt="${esc(criterion.id)}"${row.status === 'exempt' ? ' checked' : ''}> ${esc(labels.status.exempt)}</label>`
    : '';
  const reset = `<button type="button" data-reset="${esc(criterion.id)}" hidden>${esc(labels.report.reset)}</button>`;
  return tag(
    'div',
    [
      `<div class="what"><strong>${esc(criterion.id)}</strong> ${esc(numbers.pick(criterion.name))}`,
      soft(ruleText(criterion, decimals, words)),
      soft(`${labels.columns.owner}: ${owners} · ${labels.report.given}: ${givenText(row, words)}`),
      `<details><summary class="soft">${esc(labels.report.more)}</summary>${details.join('')}</details></div>`,
      `<div class="controls">${locked ? esc(labels.status[row.status]) : controls.join('') + exempt + reset}</div>`,
      `<output class="outputs" data-outputs="${esc(criterion.id)}">${outputsHtml(row, decimals, words)}</output>`,
    ].join(''),
    `class="criterion" data-id="${esc(criterion.id)}"`,
  );
}

function controlHtml(
  criterion: Criterion,
  control: Control,
  index: number,
  { labels, numbers }: Words,
): string {
  const input = criterion.compiled.inputs[index]!;
  const what = `${criterion.id} ${numbers.pick(input.name ?? criterion.indicator ?? criterion.name)}`;
  const at = `data-criterion="${esc(criterion.id)}" data-input="${index}"`;
  const title =
    criterion.compiled.inputs.length > 1 && input.name ? `<span>${esc(numbers.pick(input.name))}</span>` : '';
  if (control.form === 'level') {
    const options = control.levels.map((level, i) => {
      const shown = input.form === 'table' ? numbers.pick(input.levels[i]!.level) : level;
      return `<option value="${esc(level)}">${esc(shown)}</option>`;
    });
    return `<label>${title}<select ${at} aria-label="${esc(what)}"><option value="">${esc(labels.report.asGiven)}</option>${options.join('')}</select></label>`;
  }
  const range = `min="${control.low}" max="${control.high}"`;
  const unit = control.percent ? '<span class="unit">%</span>' : '';
  return [
    `<label>${title}<input type="range" ${at} data-slider ${range} step="${control.step}" value="${control.start}" aria-label="${esc(what)}"></label>`,
    `<label class="number"><input type="number" ${at} ${range} step="${control.step === 1 ? 1 : 'any'}" value="${control.shown}" aria-label="${esc(labels.report.typed(what))}">${unit}</label>`,
  ].join('');
}

/** How to read the page: where numbers come from, rounding, ranks. */
export function notesHtml(model: ReportModel, words: Words): string {
  const { labels, numbers } = words;
  const rank = model.ranks.baseline ? rankFacts(model.ranks.baseline, words) : [];
  const notes = [
    labels.score.legend.replace(/ {2,}/g, ' · '),
    `${labels.score.basis}: ${basisText(model.baseline, words)}`,
    ...labels.report.methods,
    ...rank.filter((r) => r.label === labels.rank.assumption).map((r) => `${r.label}: ${r.text}`),
  ];
  const sources = model.baseline.catalogue.sources.map((s) => numbers.pick(s.title));
  return [
    `<ul>${notes.map((n) => tag('li', esc(n))).join('')}</ul>`,
    sources.length > 0 ? `<p>${esc(labels.explain.source)}: ${sources.map(esc).join('; ')}</p>` : '',
  ].join('');
}
