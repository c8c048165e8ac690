import type { Scenario } from '../analysis/gain.js';
import type { Catalogue } from '../catalogue/catalogue.js';
import { error } from '../diagnostics/diagnostic.js';
import { openScenario } from '../files/open.js';
import { embedded, FileNames, isFolder, readingFiles } from '../files/paths.js';
import type { Output } from '../files/write.js';
import { resultFormats } from '../render/formats.js';
import { type ChartName, chartNames } from '../reports/charts/models.js';
import { type ReportRequest, yearsOf } from '../reports/model.js';
import { score } from '../scoring/score.js';
import { firstOfSame } from '../shapes/unit.js';
import type { Messages } from '../text/index.js';
import { presentOnePage, presentReport } from './report-view.js';
import { type Command, EXIT, text, texts } from './shared/command.js';
import { Loader } from './shared/load.js';
import { readingOptions, shared } from './shared/options.js';

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
  formats: (_args, options) =>
    options.onePage === true
      ? ['html', 'docx']
      : options.chart === undefined
        ? formats
        : ['table', ...formats.filter((f) => f !== 'table')],
  async run(files, options, session) {
    const chart = (text(options.chart) as ChartName | undefined) ?? null;
    const { format } = session;
    const picture = format === 'svg' || format === 'png';
    if (picture && !chart)
      return {
        diagnostics: [error('needs-option', { option: '--chart', options: chartNames })],
        exit: EXIT.usage,
      };
    if (format === 'png' && embedded.version !== null)
      return { diagnostics: [error('no-png', {})], exit: EXIT.usage };
    const loader = new Loader(options, session);
    const opened = await loader.readings(readingFiles(files));
    const league = await loader.league();
    const [first] = opened;
    if (!first || loader.failed) return loader.refusal();
    const scenarios: Scenario[] = [];
    for (const file of texts(options.scenario)) {
      const scenario = loader.take(await openScenario(file, first.catalogue, first.reading.year));
      if (scenario) scenarios.push(scenario);
    }
    if (loader.failed) return loader.refusal();
    const output = text(options.output);
    const folder = output !== undefined && isFolder(output);
    const onePage = options.onePage === true;
    // Several years of one unit make a picture and a page of their own.
    const firsts = firstOfSame(opened.map(({ reading }) => reading));
    const apart = chart === 'years' || onePage ? opened.filter((_, i) => firsts[i] === i) : opened;
    const several =
      picture || (onePage && !folder) ? loader.notOne(apart, onePage ? '--one-page' : format) : null;
    if (several) return several;
    const scored = () =>
      opened.filter(({ reading, catalogue }) => score(reading, catalogue).total.index !== null);
    if (chart === 'years' && picture && scored().length < 2)
      return { diagnostics: [error('years-needed', { unit: first.reading.unit })], exit: EXIT.usage };
    if (chart === 'rank' && picture && !league)
      return { diagnostics: [error('needs-option', { option: '--league' })], exit: EXIT.usage };
    if (chart === 'scenarios' && picture && scenarios.length === 0)
      return { diagnostics: [error('needs-option', { option: '--scenario' })], exit: EXIT.usage };
    const bars = barsOf(chart, first.catalogue, scenarios.length);
    if (format === 'png' && bars > MOST_BARS)
      return { diagnostics: [error('png-too-long', { bars, limit: MOST_BARS })], exit: EXIT.usage };
    if (format === 'html' && !folder && !onePage && opened.length > MOST_ON_A_PAGE) {
      const params = { units: opened.length, limit: MOST_ON_A_PAGE };
      return { diagnostics: [...loader.diagnostics, error('page-too-long', params)], exit: EXIT.usage };
    }
    const units = opened.map(({ reading, catalogue }) => ({ reading, catalogue }));
    const request: ReportRequest = { units, league, scenarios, chart };
    if (folder && ENDINGS.includes(format))
      return loader.wrote(reportsInto(output, format, request, onePage, session.messages));
    return {
      presentation: (onePage ? presentOnePage : presentReport)(request, session.messages),
      diagnostics: loader.diagnostics,
      exit: EXIT.fine,
    };
  },
};

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
  const present = onePage ? presentOnePage : presentReport;
  const made = (units: ReportRequest['units'], as: string) => async () =>
    present({ ...request, units }, messages).documents![as]!();
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
