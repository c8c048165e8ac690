import { biggestLever, changeFaults, type Scenario } from '../analysis/gain.js';
import type { Catalogue } from '../catalogue/catalogue.js';
import { type OpenReading, openScenario } from '../files/open.js';
import { embedded, FileNames, isFolder, readingFiles } from '../files/paths.js';
import type { Output } from '../files/write.js';
import { toldOfResult } from '../ranking/standings.js';
import { answerOf, leverFacts, rankFact, scoreFact } from '../render/answer.js';
import { dataOf } from '../render/field.js';
import { resultFormats } from '../render/formats.js';
import { wrapText } from '../render/layout.js';
import { bar } from '../render/plot.js';
import { factsOf, LazyList, listOf, type Presentation, pictureOf } from '../render/presentation.js';
import { readingJson } from '../render/result-json.js';
import { assumptionRows, indexName } from '../render/words.js';
import { type Chart, type ChartName, chartNames, charts, lengthOf } from '../reports/charts/models.js';
import { svgOf } from '../reports/charts/svg.js';
import { type ReportModel, type ReportRequest, reportModel, yearsOf, yearsTable } from '../reports/model.js';
import { onePageHtml, onePageOf } from '../reports/one-page/model.js';
import { score } from '../scoring/score.js';
import type { Messages } from '../text/index.js';
import { type Diagnostic, error, warning } from '../values/diagnostic.js';
import { firstOfSame, repeatedUnits } from '../values/unit.js';
import type { Call } from './shared/call.js';
import type { Command, Documents } from './shared/command.js';
import { flagOf, readingOptions, shared } from './shared/options.js';

const formats = ['html', 'xlsx', 'svg', 'png', ...resultFormats];

/** Bars that a PNG shows at most: its memory grows with its height, to 4 GB for 5,000 of them. */
const MOST_BARS = 500;

/** Readings that one page shows at most: its memory grows with them, to 2.4 GB for 5,000. */
const MOST_ON_A_PAGE = 500;

/** About how many bars a chart has, one below another. */
function barsOf(chart: ChartName | null, { criteria, fields, owners }: Catalogue, scenarios: number): number {
  if (chart === null || chart === 'rank' || chart === 'years') return 0;
  return { tornado: criteria.length, fields: fields.length, owners: owners.length, scenarios }[chart];
}

const command: Command = {
  arguments: [{ name: 'readings', syntax: '<file...>' }],
  options: [
    shared.league,
    { name: 'scenario', flags: '--scenario <file>', repeat: true },
    { name: 'chart', flags: '--chart <name>', choices: chartNames },
    { name: 'onePage', flags: '--one-page' },
    shared.ties,
    ...readingOptions,
  ],
  examples: [
    'cchc report fixtures/nhu-xuan-2022.yaml --league fixtures/leagues/thanh-hoa-districts-2022.yaml \\',
    '    --scenario fixtures/scenarios/online-dossiers.yaml --output report.html',
    'cchc report fixtures/nhu-xuan-2022.yaml --output report.xlsx --lang vi',
    'cchc report fixtures/nhu-xuan-2022.yaml --one-page --lang vi --output mot-trang.docx',
    'cchc report fixtures/nhu-xuan-2022.yaml --chart tornado --output tornado.svg',
  ],
  // A chart on the screen is drawn in letters; without one the report is a page.
  formats: (_args, { onePage, chart }) => {
    if (onePage === true) return ['html', 'docx'];
    return chart === undefined ? formats : ['table', ...formats.filter((f) => f !== 'table')];
  },
  async run(call) {
    const { format, messages } = call.session;
    const chart = (call.text('chart') as ChartName | undefined) ?? null;
    const picture = format === 'svg' || format === 'png';
    const needs = (option: string) => call.misused(error('needs-option', { option }));
    if (picture && !chart) call.misused(error('needs-option', { option: '--chart', options: chartNames }));
    else if (format === 'png' && embedded.version !== null) call.misused(error('no-png', {}));
    call.settle();
    const opened = await call.readings(readingFiles(call.args));
    const league = await call.league();
    call.settle();
    const first = opened[0]!;
    const scenarios = await scenariosOf(call, opened);
    if (league)
      for (const { reading, catalogue } of opened)
        call.noteIn(call.text('league')!, toldOfResult(league, score(reading, catalogue)));
    call.settle();
    const named = call.texts('scenario').length;
    const output = call.text('output');
    const folder = output !== undefined && isFolder(output);
    const onePage = call.has('onePage');
    // Several years of one unit make a picture and a page of their own.
    const firsts = firstOfSame(opened.map(({ reading }) => reading));
    const apart = chart === 'years' || onePage ? opened.filter((_, i) => firsts[i] === i) : opened;
    // Of a year that stands twice neither reading is the one to show.
    if (chart === 'years' || onePage)
      call.misused(repeatedYears(opened).map((unit) => error('duplicate-unit', { unit })));
    if (picture || (onePage && !folder)) call.needOne(apart, onePage ? '--one-page' : format);
    const scored = () =>
      opened.filter(({ reading, catalogue }) => score(reading, catalogue).total.index !== null);
    if (chart === 'years' && picture && scored().length < 2)
      call.misused(error('years-needed', { unit: first.reading.unit }));
    if (chart === 'rank' && picture && !league) needs('--league');
    else if (chart === 'rank' && picture && scored().length === 0)
      call.misused(error('score-needed', { unit: first.reading.unit }));
    if (chart === 'scenarios' && picture && named === 0) needs('--scenario');
    const bars = barsOf(chart, first.catalogue, named);
    if (format === 'png' && bars > MOST_BARS) call.misused(error('png-too-long', { bars, limit: MOST_BARS }));
    if (format === 'html' && !folder && !onePage && opened.length > MOST_ON_A_PAGE)
      call.misused(error('page-too-long', { units: opened.length, limit: MOST_ON_A_PAGE }));
    call.settle();
    call.misused(unusedOptions(call, chart, { several: opened.length > 1, folder, onePage }));
    const units = opened.map(({ reading, catalogue }, i) => ({
      reading,
      catalogue,
      scenarios: scenarios[i]!,
    }));
    const request: ReportRequest = { units, league, chart };
    if (folder && ENDINGS.includes(format))
      return call.writeAll(reportsInto(output, format, request, onePage, messages));
    return onePage
      ? { documents: onePageDocuments(request, messages) }
      : { presentation: presentReport(request, messages), documents: reportDocuments(request, messages) };
  },
};

/** Units of which a year stands twice. */
function repeatedYears(opened: readonly OpenReading[]): string[] {
  const readings = opened.map(({ reading }) => reading);
  const years = new Set(readings.map(({ year }) => year));
  const twice = [...years].flatMap((year) => repeatedUnits(readings.filter((r) => r.year === year)));
  return [...new Set(twice.map(({ unit }) => unit))];
}

/** Options that the result which is asked for has no place for. */
function unusedOptions(
  call: Call,
  chart: ChartName | null,
  { several, folder, onePage }: { several: boolean; folder: boolean; onePage: boolean },
): Diagnostic[] {
  const { format } = call.session;
  const whole = ENDINGS.includes(format);
  const charted = ['svg', 'png', ...resultFormats].map((name) => `--format ${name}`);
  const withScenarios = ['--format html', '--chart scenarios', '--output DIR/ --format xlsx'];
  const compares = whole
    ? !onePage && (format === 'html' || folder || !several)
    : !chart || chart === 'scenarios';
  const unused = (key: string, options: string[]) =>
    warning('option-unused', { option: flagOf(key), options });
  return listOf<Diagnostic>([
    chart && whole && unused('chart', charted),
    call.texts('scenario').length > 0 && !compares && unused('scenario', withScenarios),
    call.ties() && call.text('league') === undefined && unused('ties', ['--league']),
  ]);
}

/** The scenarios that are asked for, as the catalogue and the year of each reading have them. */
async function scenariosOf(call: Call, opened: readonly OpenReading[]): Promise<Scenario[][]> {
  const read: { catalogue: Catalogue; year: number; scenarios: [string, Scenario][] }[] = [];
  const each: Scenario[][] = [];
  for (const { catalogue, reading } of opened) {
    const { year } = reading;
    let known = read.find((one) => one.catalogue === catalogue && one.year === year);
    if (!known) {
      known = { catalogue, year, scenarios: [] };
      read.push(known);
      for (const file of call.texts('scenario')) {
        const scenario = call.take(await openScenario(file, catalogue, year));
        if (scenario) known.scenarios.push([file, scenario]);
      }
    }
    for (const [file, { changes }] of known.scenarios)
      call.noteIn(file, changeFaults(changes, reading, catalogue));
    each.push(known.scenarios.map(([, scenario]) => scenario));
  }
  return each;
}

/** The formats of a report that a folder takes. */
const ENDINGS = ['html', 'xlsx', 'docx'];

/** A report for each reading, and of several the workbook that holds them together; or one page for each unit. */
function reportsInto(
  folder: string,
  format: string,
  request: ReportRequest,
  onePage: boolean,
  messages: Messages,
): Output[] {
  const names = new FileNames(folder, format);
  const documents = onePage ? onePageDocuments : reportDocuments;
  const made = (units: ReportRequest['units'], as: string) => async () =>
    documents({ ...request, units }, messages)[as]!();
  const yearsAt = yearsOf(request.units);
  const files: Output[] = [];
  for (const one of request.units) {
    if (onePage && yearsAt(one).at(-1) !== one) continue;
    // A page has the unit's other years to choose; a workbook of one reading is live.
    const others = format === 'xlsx' ? [] : yearsAt(one).filter((year) => year !== one);
    files.push({
      file: names.of(`${one.reading.unit} ${one.reading.year}`),
      content: made([one, ...others], format),
    });
  }
  if (request.units.length > 1 && !onePage)
    files.push({
      file: new FileNames(folder, 'xlsx').of(messages.labels.workbook.totals),
      content: made(request.units, 'xlsx'),
    });
  return files;
}

export default command;

const CHART_WIDTH = 860;

/** What a report tells of each of its readings. */
function modelsOf({ units, league }: ReportRequest, messages: Messages): (i: number) => ReportModel {
  const yearsAt = yearsOf(units);
  return (i) => {
    const unit = units[i]!;
    const years = yearsAt(unit);
    // A series of years is told once, with the newest of them.
    return reportModel({ ...unit, league, years: years.at(-1) === unit ? years : [] }, messages);
  };
}

/** A report for people on a screen. */
export function presentReport(request: ReportRequest, messages: Messages): Presentation {
  const { units, chart } = request;
  const models = new LazyList(units.length, modelsOf(request, messages));
  const wanted = chart === null ? chartNames : [chart];
  return {
    json: {
      schema: 'cchc/report@1',
      readings: new LazyList(units.length, (i) => {
        const m = models.at(i);
        const drawn = wanted.map((name) => [name, charts[name](m, messages)]);
        return { ...readingJson(m.baseline, m.ranks.baseline), charts: Object.fromEntries(drawn) };
      }),
    },
    get blocks() {
      return [...models].flatMap((m) => blocksOf(m, wanted, messages));
    },
    data: barsData(models, wanted, messages),
  };
}

/** The documents that a report can be made into. */
function reportDocuments(request: ReportRequest, messages: Messages): Documents {
  const { units, league, chart } = request;
  const svg = () => {
    const shown = chart === 'years' ? units.indexOf(yearsOf(units)(units[0]!).at(-1)!) : 0;
    const { reading } = units[shown]!;
    const drawn = chart && charts[chart](modelsOf(request, messages)(shown), messages);
    const about = chart === 'years' ? reading.unit : `${reading.unit} · ${reading.year}`;
    return drawn ? svgOf(drawn, { width: CHART_WIDTH, standalone: true, id: 'chart', about }) : '';
  };
  return {
    html: async () => {
      const { pageHtml } = await import('../reports/page/page.js');
      return pageHtml({ language: messages.language, units, league }, messages);
    },
    xlsx: async () =>
      units.length > 1
        ? (await import('../reports/workbook/group.js')).groupWorkbook(
            units.map(({ reading, catalogue }) => score(reading, catalogue)),
            messages,
            league,
          )
        : (await import('../reports/workbook/workbook.js')).workbookOf(request, messages),
    svg: async () => `${svg()}\n`,
    png: async () => pngOf(svg()),
  };
}

function blocksOf(
  model: ReportModel,
  wanted: readonly ChartName[],
  messages: Messages,
): Presentation['blocks'] {
  const { unit, year, catalogue } = model.baseline;
  const rank = model.ranks.baseline;
  return listOf([
    answerOf(`${messages.labels.report.title(indexName(catalogue, messages))} · ${unit} · ${year}`, [
      scoreFact(model.baseline, messages),
      rankFact(rank, model.baseline, messages),
      ...leverFacts(biggestLever(model.position.reading, model.baseline), model.baseline, messages),
    ]),
    rank && rank.assumptions.length > 0 && factsOf(assumptionRows(rank.assumptions, messages)),
    wanted.includes('years') && model.years.length > 0 && yearsTable(model.years, messages),
    ...wanted.map((name) => {
      const chart = charts[name](model, messages);
      return chart && pictureOf(chart.title, linesOf(chart));
    }),
  ]);
}

/** Every bar as a row. */
function barsData(models: Iterable<ReportModel>, wanted: readonly ChartName[], messages: Messages) {
  function* bars() {
    for (const model of models) {
      const { unit, year } = model.baseline;
      for (const chart of wanted) {
        const drawn = charts[chart](model, messages);
        for (const point of drawn ? pointsOf(drawn) : []) yield { unit, year, chart, ...point };
      }
    }
  }
  return dataOf(['unit', 'year', 'chart', 'id', 'name', 'value', 'sure'], { [Symbol.iterator]: bars });
}

/** `sure` is how much of the value of a bar is. */
type Point = { id: string; name: string; value: number | null; sure?: number | null };

/** What a chart shows as rows: an id, a name, a number. */
function pointsOf(chart: Chart): Point[] {
  if (chart.kind === 'bars')
    return chart.rows.map(({ id, name, value, sure = value }) => ({ id, name, value, sure }));
  if (chart.kind === 'line') return chart.points.map(({ label, value }) => ({ id: '', name: label, value }));
  return [...chart.own, ...chart.known].map((k) => ({ id: '', name: k.name, value: k.at }));
}

/** One page of the newest of a unit's readings, the others being its other years. */
function onePageDocuments({ units, league }: ReportRequest, messages: Messages): Documents {
  const years = [...units].sort((a, b) => a.reading.year - b.reading.year);
  const newest = years.at(-1)!;
  const model = reportModel({ ...newest, league, scenarios: [], years }, messages);
  const page = onePageOf(model, messages);
  return {
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
  const most = Math.max(...chart.rows.map(lengthOf), 1e-9);
  const named = chart.rows.map((row) => ({ row, label: wrapText(row.id || row.name, LABEL) }));
  const wide = Math.max(0, ...named.flatMap(({ label }) => label.map((l) => l.length)));
  return named.flatMap(({ row, label: [first = '', ...rest] }) => [
    `${first.padEnd(wide)}  ${bar(lengthOf(row) / most, BAR).padEnd(BAR)}  ${row.text}`,
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
