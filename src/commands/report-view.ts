import { biggestLever } from '../analysis/gain.js';
import { answerOf, leverFacts, rankFact, scoreFact } from '../render/answer.js';
import { dataOf } from '../render/field.js';
import { wrapText } from '../render/layout.js';
import { bar } from '../render/plot.js';
import { type Block, type Data, factsOf, LazyList, type Presentation } from '../render/presentation.js';
import { readingJson } from '../render/result-json.js';
import { assumptionRows, indexName } from '../render/words.js';
import { type Chart, type ChartName, chartNames, charts } from '../reports/charts/models.js';
import { svgOf } from '../reports/charts/svg.js';
import { type ReportModel, type ReportRequest, reportModel, yearsOf, yearsTable } from '../reports/model.js';
import { onePageHtml, onePageOf } from '../reports/one-page/model.js';
import { score } from '../scoring/score.js';
import type { Messages } from '../text/index.js';

const CHART_WIDTH = 860;

/** A report for people on a screen, with the documents it can be made into. */
export function presentReport(request: ReportRequest, messages: Messages): Presentation {
  const { units, league, scenarios, chart } = request;
  const yearsAt = yearsOf(units);
  // A series of years is told once, with the newest of them.
  const modelAt = (i: number) => {
    const unit = units[i]!;
    const years = yearsAt(unit);
    const all = { ...unit, league, scenarios, changes: new Map() };
    return reportModel(years.at(-1) === unit ? { ...all, years } : all, messages);
  };
  const models = new LazyList(units.length, modelAt);
  const wanted = chart === null ? chartNames : [chart];
  const svg = () => {
    const shown = chart === 'years' ? units.indexOf(yearsAt(units[0]!).at(-1)!) : 0;
    const { reading } = units[shown]!;
    const drawn = chart && charts[chart](modelAt(shown), messages);
    const about = chart === 'years' ? reading.unit : `${reading.unit} · ${reading.year}`;
    return drawn ? svgOf(drawn, { width: CHART_WIDTH, standalone: true, id: 'chart', about }) : '';
  };
  return {
    json: {
      schema: 'cchc/report@1',
      readings: new LazyList(units.length, (i) => {
        const m = modelAt(i);
        return { ...readingJson(m.baseline, m.ranks.baseline), charts: chartsJson(m, wanted, messages) };
      }),
    },
    get blocks() {
      return [...models].flatMap((m) => blocksOf(m, wanted, messages));
    },
    data: barsData(models, wanted, messages),
    documents: {
      html: async () => {
        const { pageHtml } = await import('../reports/page/page.js');
        return pageHtml({ language: messages.language, units, league, scenarios }, messages);
      },
      xlsx: async () =>
        units.length > 1
          ? (await import('../reports/workbook/group.js')).groupWorkbook(
              units.map(({ reading, catalogue }) => score(reading, catalogue)),
              messages,
            )
          : (await import('../reports/workbook/workbook.js')).workbookOf(request, messages),
      svg: async () => `${svg()}\n`,
      png: async () => pngOf(svg()),
    },
  };
}

function blocksOf(model: ReportModel, wanted: readonly ChartName[], messages: Messages): Block[] {
  const { unit, year, catalogue } = model.baseline;
  const rank = model.ranks.baseline;
  return [
    answerOf(`${messages.labels.report.title(indexName(catalogue, messages))} · ${unit} · ${year}`, [
      scoreFact(model.baseline, messages),
      rankFact(rank, messages),
      ...leverFacts(biggestLever(model.position.reading, model.baseline), model.baseline, messages),
    ]),
    ...(rank && rank.assumptions.length > 0 ? [factsOf(assumptionRows(rank.assumptions, messages))] : []),
    ...(wanted.includes('years') && model.years.length > 0 ? [yearsTable(model.years, messages)] : []),
    ...wanted.flatMap((name): Block[] => {
      const chart = charts[name](model, messages);
      return chart ? [{ kind: 'picture', title: chart.title, lines: linesOf(chart) }] : [];
    }),
  ];
}

function chartsJson(model: ReportModel, wanted: readonly ChartName[], messages: Messages) {
  return Object.fromEntries(wanted.map((name) => [name, charts[name](model, messages)]));
}

/** Every bar as a row. */
function barsData(models: Iterable<ReportModel>, wanted: readonly ChartName[], messages: Messages): Data {
  function* bars() {
    for (const model of models) {
      const { unit, year } = model.baseline;
      for (const name of wanted) {
        const drawn = charts[name](model, messages);
        for (const point of drawn ? pointsOf(drawn) : []) yield { ...point, unit, year, chart: name };
      }
    }
  }
  return dataOf(['unit', 'year', 'chart', 'id', 'name', 'value'], { [Symbol.iterator]: bars });
}

type Point = { id: string; name: string; value: number };

/** What a chart shows as rows: an id, a name, a number. */
function pointsOf(chart: Chart): Point[] {
  if (chart.kind === 'bars') return chart.rows;
  if (chart.kind === 'line') return chart.points.map(({ label, value }) => ({ id: '', name: label, value }));
  return [...chart.ours, ...chart.scored].map((k) => ({ id: '', name: k.name, value: k.at }));
}

/** One page of the newest of a unit's readings, the others being its other years. */
export function presentOnePage({ units, league }: ReportRequest, messages: Messages): Presentation {
  const years = [...units].sort((a, b) => a.reading.year - b.reading.year);
  const newest = years.at(-1)!;
  const model = reportModel({ ...newest, league, scenarios: [], changes: new Map(), years }, messages);
  const page = onePageOf(model, messages);
  return {
    json: null,
    blocks: [],
    documents: {
      html: async () => onePageHtml(page, messages.language),
      docx: async () => {
        const { onePageDocx } = await import('../reports/one-page/docx.js');
        const drawn = await Promise.all(page.pictures.map(pngOf));
        return onePageDocx(
          page,
          drawn.map((png) => {
            // A PNG says its width and height in its first chunk.
            const at = new DataView(png.buffer, png.byteOffset);
            return { png, width: at.getUint32(16), height: at.getUint32(20) };
          }),
        );
      },
    },
  };
}

const BAR = 30;
const LABEL = 40;

/** A chart as lines of text; a long name goes on below its bar. */
function linesOf(chart: Chart): string[] {
  if (chart.kind === 'rank') return chart.summary.split('; ');
  if (chart.kind === 'line') {
    const { low, high } = chart;
    return chart.points.map(
      (p) => `${p.label}  ${bar((p.value - low) / (high - low), BAR).padEnd(BAR)}  ${p.text}`,
    );
  }
  const most = Math.max(...chart.rows.map((r) => r.value), 1e-9);
  const named = chart.rows.map((row) => ({ row, label: wrapText(row.id || row.name, LABEL) }));
  const wide = Math.max(0, ...named.flatMap(({ label }) => label.map((l) => l.length)));
  return named.flatMap(({ row, label: [first = '', ...rest] }) => [
    `${first.padEnd(wide)}  ${bar(Math.max(0, row.value) / most, BAR).padEnd(BAR)}  ${row.text}`,
    ...rest,
  ]);
}

const SCALE = 2;

/** An SVG as PNG, at twice its size for print; letters are the system's. */
async function pngOf(svg: string): Promise<Uint8Array> {
  // A library of the machine: a build in one file has it not, and must not ask for it before it is needed.
  const { Resvg } = await import('@resvg/resvg-js');
  const font = { loadSystemFonts: true, defaultFontFamily: 'DejaVu Sans' };
  return new Resvg(svg, { fitTo: { mode: 'zoom', value: SCALE }, font }).render().asPng();
}
