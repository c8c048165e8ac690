import { biggestLever } from '../analysis/gain.js';
import { answerOf, leverFacts, rankFact, scoreFact } from '../render/answer.js';
import { dataOf, type Field } from '../render/field.js';
import { type Block, MadeList, type Presentation, type Table } from '../render/presentation.js';
import { readingJson } from '../render/result-json.js';
import { type ChartName, chartNames, charts } from '../reports/charts/models.js';
import { svgOf } from '../reports/charts/svg.js';
import { linesOf } from '../reports/charts/text.js';
import { type ReportModel, type ReportRequest, reportModel } from '../reports/model.js';
import { onePageHtml } from '../reports/one-page/html.js';
import { onePageOf } from '../reports/one-page/model.js';
import type { Messages } from '../text/index.js';

const CHART_WIDTH = 860;

/** A report for people on a screen, with the documents it can be made into. */
export function presentReport(request: ReportRequest, messages: Messages): Presentation {
  const { units, league, scenarios, chart } = request;
  const modelAt = (i: number) =>
    reportModel({ ...units[i]!, league, scenarios, changes: new Map() }, messages);
  const models = new MadeList(units.length, modelAt);
  const wanted = chart === null ? chartNames : [chart];
  const svg = () => {
    const { reading } = units[0]!;
    const drawn = chart && charts[chart](modelAt(0), messages);
    const about = `${reading.unit} · ${reading.year}`;
    return drawn ? svgOf(drawn, { width: CHART_WIDTH, standalone: true, id: 'chart', about }) : '';
  };
  return {
    json: {
      schema: 'cchc/report@1',
      readings: new MadeList(units.length, (i) => {
        const m = modelAt(i);
        return { ...readingJson(m.baseline, m.ranks.baseline), charts: chartsJson(m, wanted, messages) };
      }),
    },
    get blocks() {
      return [...models].flatMap((m) => blocksOf(m, wanted, messages));
    },
    data: dataTable(models, wanted, messages),
    documents: {
      html: async () => {
        const [{ pageHtml }, { pageScript }] = await Promise.all([
          import('../reports/page/page.js'),
          import('../reports/page/script.js'),
        ]);
        return pageHtml({ language: messages.language, units, league, scenarios }, pageScript(), messages);
      },
      xlsx: async () =>
        models.length > 1
          ? (await import('../reports/workbook/group.js')).groupWorkbook([...models], messages)
          : (await import('../reports/workbook/workbook.js')).workbookOf(request, messages),
      svg: async () => `${svg()}\n`,
      png: async () => (await import('../reports/charts/png.js')).pngOf(svg()),
    },
  };
}

function blocksOf(model: ReportModel, wanted: readonly ChartName[], messages: Messages): Block[] {
  const { unit, year } = model.baseline;
  return [
    answerOf(`${messages.labels.report.title} · ${unit} · ${year}`, [
      scoreFact(model.baseline, messages),
      rankFact(model.ranks.baseline, messages),
      ...leverFacts(biggestLever(model.position.reading, model.baseline), model.baseline, messages),
    ]),
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
function dataTable(models: Iterable<ReportModel>, wanted: readonly ChartName[], messages: Messages): Table {
  type Line = { unit: string; year: number; chart: ChartName; id: string; name: string; value: number };
  const lines: Iterable<Line> = {
    *[Symbol.iterator]() {
      for (const model of models) {
        const { unit, year } = model.baseline;
        for (const name of wanted) {
          const chart = charts[name](model, messages);
          const bars =
            chart?.kind === 'bars'
              ? chart.rows
              : [...(chart?.own ?? []), ...(chart?.known ?? [])].map((k) => ({
                  id: '',
                  name: k.name,
                  value: k.at,
                }));
          for (const bar of bars) yield { ...bar, unit, year, chart: name };
        }
      }
    },
  };
  const fields: Field<Line>[] = [
    { key: 'unit', value: (l) => l.unit },
    { key: 'year', value: (l) => l.year },
    { key: 'chart', value: (l) => l.chart },
    { key: 'id', value: (l) => l.id },
    { key: 'name', value: (l) => l.name },
    { key: 'value', value: (l) => l.value },
  ];
  return dataOf(fields, lines);
}

/** One page of the newest of a unit's readings, the others being its other years. */
export function presentOnePage(
  units: ReportRequest['units'],
  league: ReportRequest['league'],
  messages: Messages,
): Presentation {
  const models = [...units]
    .sort((a, b) => b.reading.year - a.reading.year)
    .map(({ reading, catalogue }) =>
      reportModel({ reading, catalogue, league, scenarios: [], changes: new Map() }, messages),
    );
  const page = onePageOf(models, messages);
  return {
    json: null,
    blocks: [],
    documents: {
      html: async () => onePageHtml(page, messages.language),
      docx: async () => {
        const { onePageDocx } = await import('../reports/one-page/docx.js');
        if (page.picture === null) return onePageDocx(page, null);
        const png = await (await import('../reports/charts/png.js')).pngOf(page.picture);
        // A PNG says its width and height in its first chunk.
        const at = new DataView(png.buffer, png.byteOffset);
        return onePageDocx(page, { png, width: at.getUint32(16), height: at.getUint32(20) });
      },
    },
  };
}
