import { readFileSync } from 'node:fs';
import ExcelJS from 'exceljs';
import Fraction from 'fraction.js';
import { beforeAll, describe, expect, it } from 'vitest';
import { applyChanges } from '../../src/analysis/gain.js';
import { parseChanges } from '../../src/analysis/whatif.js';
import type { Catalogue } from '../../src/catalogue/catalogue.js';
import { parseCatalogue } from '../../src/catalogue/parse.js';
import {
  loadCatalogue,
  loadLeague,
  loadReading,
  parseReading,
  placeResult,
  rivalsOfResult,
  score,
} from '../../src/index.js';
import type { League } from '../../src/ranking/league.js';
import type { Reading } from '../../src/reading/reading.js';
import { charts } from '../../src/reports/charts/models.js';
import { svgOf } from '../../src/reports/charts/svg.js';
import { reportModel, yearsTable } from '../../src/reports/model.js';
import { entryOf, settingsOf } from '../../src/reports/page/controls.js';
import { cellValue } from '../../src/reports/workbook/formulas.js';
import { groupWorkbook } from '../../src/reports/workbook/group.js';
import { workbookOf } from '../../src/reports/workbook/workbook.js';
import { loadMessages } from '../../src/text/index.js';
import {
  catalogueData,
  cchc,
  fixture,
  LEAGUE_2022,
  LEAGUE_2023,
  must,
  NHU_XUAN,
  withFiles,
} from '../support.js';
import { agreesWithEngine, engineOf, SCORE_COLUMNS, workbookFor } from '../workbook-support.js';

let catalogue: Catalogue;
let leagues: League[];
beforeAll(async () => {
  catalogue = must(await loadCatalogue('thanh-hoa-district-2022'));
  leagues = [must(await loadLeague(LEAGUE_2022)), must(await loadLeague(LEAGUE_2023))];
});

const HEAD = 4;

describe('the live workbook', () => {
  it('scores random readings as the command line does, thresholds included (200 in the long run)', () =>
    agreesWithEngine(catalogue, 5));

  it('values tried out follow, with fields, owners and rank', async () => {
    const at = async (reading: Reading, league: League, changes: Record<string, unknown>) => {
      const workbook = await workbookFor(reading, catalogue, league, 'vi');
      const inputs = workbook.getWorksheet('Số liệu')!;
      const { changes: entries } = parseChanges(changes, catalogue);
      inputs.eachRow((row) => {
        const id = String(row.getCell(1).value ?? '');
        const value = entries.get(id)?.value?.inputs[0];
        const input = catalogue.criteria.find((c) => c.id === id)?.compiled.inputs[0];
        if (value && input) row.getCell(6).value = cellValue(input, value, (l) => l.level.vi);
      });
      const result = score(applyChanges(reading, entries), catalogue);
      return { ...engineOf(workbook), result, league };
    };
    const reading = (await import('../../src/index.js')).loadReading(NHU_XUAN);
    const opened = must(await reading).reading;
    for (const league of leagues) {
      const tried = await at(opened, league, { '7.3.2': '60%', '7.6.1': 'Tốt', '1.5': 2 });
      const total = HEAD + 2 + catalogue.criteria.length;
      expect(tried.at('Điểm', total, SCORE_COLUMNS.triedPoints)).toBeCloseTo(
        tried.result.total.score! / 1e4,
        10,
      );
      expect(tried.at('Điểm', total, SCORE_COLUMNS.points)).toBeCloseTo(87.6103, 10);
      tried.result.fields.forEach((f, i) => {
        expect(tried.at('Lĩnh vực', HEAD + 1 + i, 6)).toBeCloseTo(f.deduction! / 1e4, 10);
      });
      tried.result.owners.forEach((o, i) => {
        expect(tried.at('Đơn vị chủ trì', HEAD + 1 + i, 3)).toBeCloseTo(o.deduction! / 1e4, 10);
      });
      const baseline = score(opened, catalogue);
      const rank = placeResult(must(rivalsOfResult(league, baseline)), tried.result)!;
      const row = (k: number) => Number(tried.at('Xếp hạng', HEAD + 1 + k, 9));
      expect([row(1), row(2)]).toEqual([rank.best, rank.worst]);
      // Read off straight lines between scores a sixteenth of the spread apart.
      expect(Math.abs(row(3) - rank.mean!)).toBeLessThan(0.02);
      const [low, high] = rank.interval90!;
      expect(Math.abs(row(4) - low)).toBeLessThanOrEqual(1);
      expect(Math.abs(row(5) - high)).toBeLessThanOrEqual(1);
    }
  });

  it('a level with a comma, of a long list, is chosen from its drop-down as the rule has it', async () => {
    const names = Array.from({ length: 12 }, (_, i) => `Mức ${i + 1}, loại ${'x'.repeat(20)}`);
    const levels = names.map((level, i) => ({ level, points: i === 2 ? 3 : 0 }));
    const scheme = must(parseCatalogue(catalogueData({ kind: 'levels', levels }, 3)));
    const reading = must(
      parseReading({ unit: 'U', year: 2022, catalogue: scheme.id, indicators: {} }, scheme),
    );
    const workbook = await workbookFor(reading, scheme, null, 'vi');
    const cell = workbook.getWorksheet('Số liệu')!.getCell('C5');
    expect(cell.dataValidation.formulae).toEqual(["'Danh mục'!$A$1:$A$12"]);
    cell.value = workbook.getWorksheet('Danh mục')!.getCell('A3').value;
    expect(engineOf(workbook).at('Điểm', HEAD + 1, SCORE_COLUMNS.points)).toBe(3);
  });

  it('locks what is worked out and opens what is typed; a percent cell is a percent', async () => {
    const workbook = await workbookFor(
      must(await (await import('../../src/index.js')).loadReading(NHU_XUAN)).reading,
      catalogue,
      null,
      'vi',
    );
    const inputs = workbook.getWorksheet('Số liệu')!;
    const points = workbook.getWorksheet('Điểm')!;
    expect(inputs.getCell('C5').protection?.locked).toBe(false);
    expect(points.getCell('E5').protection?.locked ?? true).toBe(true);
    expect(points.getCell('E5').formula).toContain('ROUND');
    expect(inputs.getCell('C5').numFmt).toContain('%');
    const names = workbook.worksheets.map((s) => s.name);
    expect(names).toEqual(['Số liệu', 'Điểm', 'Lĩnh vực', 'Đơn vị chủ trì', 'Cách tính', 'Ghi chú']);
  });
});

describe("the page's controls", () => {
  it('take a number beside the percent sign as a percent, also below 1', () => {
    const held = settingsOf('#7.3.2=0.5&1.5=2&7.6.1=Tốt&3.5.1=x', catalogue.criteria);
    expect([...held.keys()]).toEqual(['7.3.2', '1.5', '7.6.1']);
    const criterion = catalogue.criteria.find((c) => c.id === '7.3.2')!;
    const entry = entryOf(criterion, held.get('7.3.2')!);
    expect(entry?.value?.inputs[0]).toMatchObject({ form: 'number', x: new Fraction(1, 2) });
  });
});

describe('cchc report', () => {
  const report = (folder: string, name: string, ...more: string[]) =>
    cchc([
      'report',
      NHU_XUAN,
      '--league',
      LEAGUE_2023,
      '--lang',
      'vi',
      '--output',
      `${folder}/${name}`,
      ...more,
    ]);

  it('html is one closed file under 500 KB: no address but its own, a strict policy, every loss laid out', async () => {
    await withFiles({}, async (folder) => {
      expect((await report(folder, 'r.html')).code).toBe(0);
      const html = readFileSync(`${folder}/r.html`, 'utf8');
      expect(Buffer.byteLength(html)).toBeLessThan(500_000);
      expect(html).toContain("default-src 'none'");
      expect(html).not.toMatch(/(?:src|href)="(?!#)/);
      expect(html.replace(/<script[\s\S]*/, '')).not.toMatch(/https?:\/\/(?!www\.w3\.org)/);
      expect(html).toContain('<html lang="vi">');
      for (const { id } of catalogue.criteria) expect(html).toContain(`data-id="${id}"`);
      expect(html).toContain('87,6103');
      expect(html).toContain('−0,8042');
    });
  });

  it('charts as SVG and PNG, by the output’s name; what they need is asked for', async () => {
    await withFiles({}, async (folder) => {
      for (const chart of ['tornado', 'fields', 'owners', 'rank']) {
        expect((await report(folder, `${chart}.svg`, '--chart', chart)).code).toBe(0);
        const svg = readFileSync(`${folder}/${chart}.svg`, 'utf8');
        expect(svg).toMatch(/^<svg [^>]*role="img"/);
        expect(svg).toMatch(/<title id="chart-title">[^<]+<\/title><desc id="chart-desc">[^<]+<\/desc>/);
        expect(svg).not.toMatch(/NaN|undefined|Infinity/);
      }
      expect((await report(folder, 't.png', '--chart', 'tornado')).code).toBe(0);
      expect([...readFileSync(`${folder}/t.png`).subarray(1, 4)]).toEqual([...Buffer.from('PNG')]);
      const wide = readFileSync(`${folder}/t.png`).readUInt32BE(16);
      expect(wide).toBe(1720);
      expect((await report(folder, 'x.svg')).code).toBe(2);
      expect((await cchc(['report', NHU_XUAN, '--chart', 'rank', '--format', 'svg'])).stderr).toContain(
        '--league',
      );
    });
  });

  it('a PNG of more bars than fit in memory is refused; the SVG is drawn', async () => {
    const ids = Array.from({ length: 501 }, (_, i) => `T${i + 1}`);
    const catalogue = {
      ...catalogueData({ kind: 'proportional', target: 100 }, 1, 501),
      criteria: ids.map((id) => ({
        ...catalogueData({ kind: 'proportional', target: 100 }, 1).criteria[0],
        id,
      })),
    };
    const indicators = Object.fromEntries(ids.map((id) => [id, 50]));
    const reading = { unit: 'U', year: 2022, catalogue: './c.json', indicators };
    const files = { 'c.json': JSON.stringify(catalogue), 'r.json': JSON.stringify(reading) };
    await withFiles(files, async (folder) => {
      const args = ['report', `${folder}/r.json`, '--chart', 'tornado', '--lang', 'en', '--output'];
      const ran = await cchc([...args, `${folder}/t.png`]);
      expect([ran.code, ran.stderr.includes('[png-too-long]'), ran.stderr.includes('svg')]).toEqual([
        2,
        true,
        true,
      ]);
      expect((await cchc([...args, `${folder}/t.svg`])).code).toBe(0);
    });
  });

  it('a page of more readings than a browser shows is refused, with what to do', async () => {
    const rows = Array.from({ length: 501 }, (_, i) => `Xã ${i},2022,thanh-hoa-district-2022,1.5,2\n`).join(
      '',
    );
    await withFiles({ 'r.csv': `unit,year,catalogue,id,value\n${rows}` }, async (folder) => {
      const ran = await cchc(['report', `${folder}/r.csv`, '--lang', 'en', '--output', `${folder}/r.html`]);
      expect([ran.code, ran.stderr.includes('[page-too-long]'), ran.stderr.includes('reports/')]).toEqual([
        2,
        true,
        true,
      ]);
    });
  });

  it('a workbook of several units holds their totals and what each criterion lost in each', async () => {
    await withFiles({}, async (folder) => {
      const group = fixture('groups/example-2022.csv');
      const ran = await cchc(['report', group, '--lang', 'vi', '-q', '--output', `${folder}/m.xlsx`]);
      expect(ran.code).toBe(0);
      const all = await cchc(['report', group, '--lang', 'vi', '-q', '--output', `${folder}/all/`]);
      expect(
        all.stdout
          .trim()
          .split('\n')
          .map((f) => f.split('/').at(-1)),
      ).toEqual([...['a', 'b', 'c', 'd', 'e'].map((n) => `huyen-${n}-2022.html`), 'tong-hop.xlsx']);
      expect(readFileSync(`${folder}/all/huyen-c-2022.html`, 'utf8')).toContain('Huyện C · 2022');
      const { default: ExcelJS } = await import('exceljs');
      const book = new ExcelJS.Workbook();
      await book.xlsx.readFile(`${folder}/m.xlsx`);
      expect(book.worksheets.map((s) => s.name)).toEqual(['Tổng hợp', 'Bản đồ nhiệt']);
      const scored = JSON.parse((await cchc(['score', group, '--format', 'json', '-q'])).stdout).readings;
      const [totals, heat] = book.worksheets;
      scored.forEach(
        (
          one: { unit: string; total: { score: number }; criteria: { id: string; deduction: number }[] },
          i: number,
        ) => {
          expect(totals!.getCell(HEAD + 1 + i, 1).value).toBe(one.unit);
          expect(totals!.getCell(HEAD + 1 + i, 3).value).toBe(one.total.score ?? '?');
          one.criteria.forEach((c, k) => {
            expect(heat!.getCell(HEAD + 1 + k, 1).value).toBe(c.id);
            expect(heat!.getCell(HEAD + 1 + k, 3 + i).value).toBe(c.deduction ?? '?');
          });
        },
      );
    });
  });

  it('a heat map of more readings than a sheet has columns goes on on another, each page with the criteria', async () => {
    const { reading, catalogue } = must(await loadReading(NHU_XUAN));
    const result = score(reading, catalogue);
    const one = { ...result, criteria: result.criteria.slice(0, 1) };
    const many = Array.from({ length: 16_001 }, (_, i) => ({ ...one, unit: `Xã ${i}` }));
    const { default: JSZip } = await import('jszip');
    const book = await JSZip.loadAsync(await groupWorkbook(many, await loadMessages('vi')));
    const part = (name: string) => book.file(`xl/${name}.xml`)!.async('string');
    const names = [...(await part('workbook')).matchAll(/<sheet [^>]*name="(.+?)"/g)].map((m) => m[1]);
    expect(names).toEqual(['Tổng hợp', 'Bản đồ nhiệt', 'Bản đồ nhiệt 2']);
    // Without a year before there is nothing to hold it against; 16,000 columns on 2,000 pages.
    expect(await part('worksheets/sheet1')).toContain('<dimension ref="A1:F16005"/>');
    expect(await part('worksheets/sheet2')).toContain('fitToWidth="2000"');
    expect(await part('worksheets/sheet3')).toContain('<dimension ref="A1:C5"/>');
  });

  it('of mixed catalogues, a row of the heat map says what its id means in each', async () => {
    const { reading, catalogue } = must(await loadReading(NHU_XUAN));
    const one = score(reading, catalogue);
    const [row, ...rows] = one.criteria;
    const renamed = { ...row!, criterion: { ...row!.criterion, name: { vi: 'Việc khác' } } };
    const { default: JSZip } = await import('jszip');
    const words = await loadMessages('vi');
    const others = { ...one, unit: 'Huyện Khác', criteria: [renamed, ...rows] };
    const book = await JSZip.loadAsync(await groupWorkbook([one, others], words));
    const strings = await book.file('xl/sharedStrings.xml')!.async('string');
    expect(strings).toContain(`${row!.criterion.name.vi} / Việc khác<`);
    expect(strings).not.toContain(`${rows[0]!.criterion.name.vi} / `);
  });

  it('a workbook of several units tells the rank of each in the league that is asked for', async () => {
    const { reading, catalogue } = must(await loadReading(NHU_XUAN));
    const one = score(reading, catalogue);
    // 876.103 and 1,000 of 1,000 beside 950 and 800.
    const scored = (unit: string, points: number) => ({ unit, rank: null, score: new Fraction(points) });
    const units = [scored('X', 950), scored('Y', 800)].map((u) => ({ ...leagues[0]!.units[0]!, ...u }));
    const league = { ...leagues[0]!, year: 2022, scale: new Fraction(1000), size: 3, units };
    const all = {
      ...one,
      unit: 'Z',
      total: { ...one.total, score: 1_000_000, worst: 1_000_000, best: 1_000_000 },
    };
    const ranks = async (given: League | null) => {
      const book = new ExcelJS.Workbook();
      await book.xlsx.load((await groupWorkbook([one, all], await loadMessages('en'), given)) as never);
      return [4, 5, 6].map((row) => book.worksheets[0]!.getCell(row, 6).value);
    };
    expect(await ranks(league)).toEqual(['Rank', '2 of 3', '1 of 3']);
    // Without a league the next column is what the points rest on: the letter's maxima are assumed in part.
    expect(await ranks(null)).toEqual(['Provenance', 'assumed *', 'assumed *']);
  });

  it('of a year that stands twice, neither reading is the year before', async () => {
    const { reading, catalogue } = must(await loadReading(NHU_XUAN));
    const at = (year: number) => ({ ...score(reading, catalogue), year });
    const book = new ExcelJS.Workbook();
    const results = [at(2021), at(2021), at(2022), at(2023)];
    await book.xlsx.load((await groupWorkbook(results, await loadMessages('en'))) as never);
    const changes = [5, 6, 7, 8].map((row) => book.worksheets[0]!.getCell(row, 7).value);
    expect(changes).toEqual(['', '', '', 0]);
    const words = await loadMessages('en');
    expect(yearsTable(results, words).rows.map(({ cells }) => cells.at(-1)!.text)).toEqual(['', '', '', '0']);
  });

  it('a league of another scale: the score that is stored is that of the formula', async () => {
    const league = { ...leagues[0]!, scale: new Fraction(1000), units: [] };
    const { reading, catalogue } = must(await loadReading(NHU_XUAN));
    const request = { units: [{ reading, catalogue, scenarios: [] }], league, chart: null };
    const words = await loadMessages('en');
    const book = new ExcelJS.Workbook();
    await book.xlsx.load((await workbookOf(request, words)) as never);
    // 100 − 12.3897 of 100, of 1,000.
    expect(book.getWorksheet(words.labels.workbook.league)!.getCell('H5').result).toBe(876.103);
  });

  it('one page: the verdict, the rank, five losses with cause and owner, three tasks and what they bring, the years', async () => {
    const before = readFileSync(NHU_XUAN, 'utf8')
      .replace('year: 2022', 'year: 2021')
      .replace('0.8042', '0.9');
    await withFiles({ 'y.yaml': before }, async (folder) => {
      const made = await cchc([
        ...['report', `${folder}/y.yaml`, NHU_XUAN, '--league', LEAGUE_2023, '--one-page', '--lang', 'vi'],
        ...['--format', 'html', '-q'],
      ]);
      expect(made.code).toBe(0);
      const text = made.stdout.replace(/<svg[\s\S]*<\/svg>/, '').replace(/<[^>]+>/g, ' ');
      const words = text.replace(/\s+/g, ' ');
      expect(words).toContain('Đạt 87,6103/100 điểm');
      expect(words).toMatch(/Xếp hạng: từ 4 đến 26 trên 27, .*90%/);
      // 1.5 + 1.5 + 1 + 1 + 1 are the largest of the letter's losses.
      expect(words).toMatch(/4\.3\.3 .* 1,5 .*5\.4\.3 .* 1,5 .*1\.3\.3 .* 1 .*1\.5 .* 1 .*4\.1\.3 /);
      expect(words).toContain('Chỉ có 01 sáng kiến được công nhận (yêu cầu từ 02 trở lên)');
      // 1.5 + 1.5 + 1 points on 87.6103.
      expect(words).toContain('Làm đủ 3 nhiệm vụ: tăng 4 điểm, đạt 91,6103 điểm');
      // The score rests on maxima that the letter does not state: 100 − 12.3897 = 75.75 not listed + 11.8603.
      expect(words).toContain('Căn cứ của điểm: 0 có nguồn, 75,75 suy ra, 11,8603 giả định');
      expect(made.stdout).toContain('>Vị trí giữa các đơn vị · Huyện Như Xuân · 2022<');
      // 0.9 instead of 0.8042 lost: 87.6103 − 0.0958 = 87.5145.
      expect(words).toMatch(/2021 87,5145 .*2022 87,6103 .*\+0,1/);
      expect(made.stdout).toContain('<svg');
      expect(made.stdout).not.toMatch(/<script|<button|<input/);
    });
    // Of a rank that is not certain, also what the three tasks make of it.
    const only = ['report', NHU_XUAN, '--league', LEAGUE_2022, '--one-page', '--format', 'html'];
    expect((await cchc(only)).stdout).toMatch(/All 3 together: .* rank 1 to 21 of 27, median \d+, 90%/);
    const group = ['report', fixture('groups/example-2022.csv'), '--one-page', '--format', 'html'];
    expect((await cchc(group)).code).toBe(2);
    await withFiles({}, async (folder) => {
      const made = (await cchc([...group.slice(0, 3), '--output', `${folder}/x/`, '-q'])).stdout
        .trim()
        .split('\n');
      expect(made.map((f) => f.split('/').at(-1))).toEqual(
        ['a', 'b', 'c', 'd', 'e'].map((n) => `huyen-${n}-2022.html`),
      );
    });
  });

  it("a unit's years: a table and a chart of them, as a picture, on the screen and on the page", async () => {
    const text = readFileSync(NHU_XUAN, 'utf8');
    const earlier = (year: number, lost: string) =>
      text.replace('year: 2022', `year: ${year}`).replace('0.8042', lost);
    const files = { 'b.yaml': earlier(2021, '0.5'), 'a.yaml': earlier(2020, '0.9') };
    await withFiles(files, async (folder) => {
      const run = (...more: string[]) =>
        cchc(['report', NHU_XUAN, `${folder}/b.yaml`, `${folder}/a.yaml`, '-q', '--lang', 'en', ...more]);
      const readings = JSON.parse((await run('--format', 'json')).stdout).readings;
      const charts = readings.flatMap((r: { charts: { years: unknown } }) => r.charts.years ?? []);
      // 100 − 12.3897, and 0.3042 more or 0.0958 less where 0.5 or 0.9 was lost instead of 0.8042.
      expect(charts).toHaveLength(1);
      expect(charts[0].points).toEqual([
        { label: '2020', value: 87.5145, text: '87.5145%' },
        { label: '2021', value: 87.9145, text: '87.9145%' },
        { label: '2022', value: 87.6103, text: '87.6103%' },
      ]);
      const svg = (await run('--chart', 'years', '--format', 'svg')).stdout;
      expect(svg).toMatch(/87\.5145%.*87\.9145%.*87\.6103%/s);
      const screen = (await run('--format', 'table')).stdout;
      expect(screen).toMatch(
        /2020\s+87\.5145\s+87\.5145%\n2021\s+87\.9145\s+87\.9145%\s+\+0\.4\n2022\s.*−0\.3/,
      );
      const page = (await run('--format', 'html')).stdout;
      expect(page).toMatch(/<h2>The years<\/h2><table>.*2021.*<figure id="years">/s);
    });
    expect((await cchc(['report', NHU_XUAN, '--format', 'html'])).stdout).not.toContain(
      '<figure id="years">',
    );
  });

  it('what is not known is drawn pale and told as a range; years without scores make no chart of the years', async () => {
    const half = (year: number) =>
      `unit: Xã A\nyear: ${year}\ncatalogue: communes-example\nindicators:\n  "8.1": 50%\n`;
    await withFiles({ 'a.yaml': half(2025), 'b.yaml': half(2026) }, async (folder) => {
      const run = (chart: string, ...files: string[]) =>
        cchc(['report', ...files, '--chart', chart, '--format', 'svg', '-q', '--lang', 'en']);
      // 8.1 loses 23 × 50% = 11.5 for certain; field 2, of 3 points, has no value at all.
      const fields = (await run('fields', `${folder}/a.yaml`)).stdout;
      expect(fields).toMatch(/>0–3<.*>11\.5</s);
      expect(fields.match(/fill-opacity="0\.35"/g)).toHaveLength(7);
      expect(fields).toContain('pale: not known yet');
      expect((await run('owners', `${folder}/a.yaml`)).stdout).toContain('>11.5–');
      expect((await run('tornado', `${folder}/a.yaml`)).stdout).toMatch(/>0–3 \*</);
      const years = await run('years', `${folder}/a.yaml`, `${folder}/b.yaml`);
      expect([years.code, years.stdout]).toEqual([2, '']);
      expect(years.stderr).toContain('years-needed');
      const two = await run('fields', `${folder}/a.yaml`, `${folder}/b.yaml`);
      expect(two.stderr).toContain('choose one with --year: 2025, 2026');
    });
    expect(
      (await cchc(['report', NHU_XUAN, '--chart', 'owners', '--format', 'svg', '--lang', 'en'])).stdout,
    ).not.toContain('pale');
  });

  it('writes whole what stands under the gaps of a group, whatever the width', async () => {
    const svg = (
      await cchc(['report', NHU_XUAN, '--league', LEAGUE_2022, '--chart', 'rank', '--format', 'svg'])
    ).stdout;
    expect(svg).toContain('6 units somewhere here');
    expect(svg).not.toContain('…');
    const { reading } = must(await loadReading(NHU_XUAN));
    const words = await loadMessages('vi');
    const model = reportModel(
      { reading, catalogue, league: leagues[0]!, scenarios: [], changes: new Map() },
      words,
    );
    const narrow = svgOf(charts.rank(model, words)!, { width: 400, standalone: false, id: 'x' });
    const lines = [...narrow.matchAll(/<text[^>]*class="soft">([^<]*)</g)].map((m) => m[1]!);
    expect(lines).toEqual([
      'Hạng theo điểm: đường là hạng trung bình, vùng tô là',
      'khoảng 90%; phía sau là phân bố điểm của nhóm',
    ]);
  });

  it('text that would close a script or a tag stays text', async () => {
    const hostile =
      'unit: "</script><img src=x onerror=alert(1)>"\nyear: 2022\ncatalogue: thanh-hoa-district-2022\nindicators: {1.5: 2}\n';
    const ran = await cchc(['report', '-', '-q', '--format', 'html'], { stdin: hostile });
    expect(ran.stdout).not.toContain('<img');
    expect(ran.stdout.match(/<\/script>/g)).toHaveLength(2);
  });
});

describe('cchc letter', () => {
  // The letter's own table: ids, losses and lead units, in its order.
  const LETTER: [string, string, string][] = [
    ['1.3.3', '01', 'Phòng Nội vụ'],
    ['1.4.3', '0,75', 'Phòng Văn hóa - Thông tin'],
    ['1.5', '01', 'Phòng Nội vụ'],
    ['3.5.1', '0,01', 'Văn phòng HĐND và UBND huyện'],
    ['3.6.1', '0,5', 'Văn phòng HĐND và UBND huyện'],
    ['4.1.3', '01', 'Phòng Nội vụ'],
    ['4.3.3', '1,5', 'Các phòng chuyên môn'],
    ['5.4.3', '1,5', 'Thủ trưởng các đơn vị (Phòng Nội vụ theo dõi)'],
    ['5.4.2', '0,1', 'Thủ trưởng các đơn vị (Phòng Nội vụ theo dõi)'],
    ['6.2.1', '01', 'Phòng Tài chính - Kế hoạch'],
    ['6.2.2', '01', 'Phòng Tài chính - Kế hoạch'],
    ['7.6.1', '0,5', 'Văn phòng HĐND và UBND huyện'],
    ['7.3.2', '0,8042', 'Phòng Văn hóa - Thông tin (Văn phòng HĐND và UBND huyện theo dõi)'],
    ['7.3.3', '0,8255', 'Phòng Văn hóa - Thông tin (Văn phòng HĐND và UBND huyện theo dõi)'],
    ['XHH', '0,9', 'Văn phòng HĐND và UBND huyện'],
  ];
  const json = async (...more: string[]) =>
    JSON.parse((await cchc(['letter', NHU_XUAN, '--lang', 'vi', '--format', 'json', ...more])).stdout);

  it('yields every item of the source letter: the same ids, losses and owners, in its order', async () => {
    const letter = await json('--league', LEAGUE_2022);
    const items = letter.sections.flatMap((s: { items: unknown[] }) => s.items);
    const found = items.map((i: { id: string; title: string }, n: number) => {
      const { lead, coordination } = letter.annex.rows[n];
      const tracked = coordination === '[phối hợp]' ? '' : ` (${coordination})`;
      return [i.id, /: trừ ([\d,]+) điểm$/.exec(i.title)?.[1], `${lead}${tracked}`];
    });
    expect(found).toEqual(LETTER);
    expect(letter.intro).toContain(
      'Theo Báo cáo số 69/BC-SNV ngày 14/02/2023 của Sở Nội vụ Thanh Hóa, năm 2022 huyện Như Xuân đạt 87,6103/100 điểm (suy ra), xếp hạng 21/27, bị trừ 12,3897 điểm ở 15 tiêu chí',
    );
    // A league of another year publishes nothing of this one; the office names what did.
    for (const other of [[], ['--league', LEAGUE_2023]])
      expect((await json(...other)).intro).toMatch(/^Theo \[văn bản công bố kết quả\], năm 2022 /);
    const said = (id: string) => items.find((i: { id: string }) => i.id === id).sentences.join(' ');
    expect(said('7.6.1')).toContain('xếp loại “Tốt”. Giao');
    expect(letter.annex).toMatchObject({
      label: 'Phụ lục',
      title: 'NHIỆM VỤ NÂNG CAO CHỈ SỐ CẢI CÁCH HÀNH CHÍNH TỪ NĂM 2023',
    });
    expect(letter.issuer).toEqual(['ỦY BAN NHÂN DÂN', 'HUYỆN NHƯ XUÂN']);
  });

  it('deadlines and owners come from the plan; without one a placeholder stands', async () => {
    const actions = `name: x
actions:
  - {id: a, name: a, cost: 1, owner: Phòng Văn hóa - Thông tin, changes: {7.6.1: Tốt}, deadline: 30/09/2023}
`;
    await withFiles({ 'actions.yaml': actions }, async (folder) => {
      const letter = await json('--actions', `${folder}/actions.yaml`);
      const row = (id: string) => letter.annex.rows.find((r: { id: string }) => r.id === id);
      expect(row('7.6.1').deadline).toBe('30/09/2023');
      expect(row('7.6.1').lead).toBe('Phòng Văn hóa - Thông tin');
      expect(row('1.5').deadline).toBe('[thời hạn]');
      expect(row('7.6.1').task).toMatch(/^Duy trì áp dụng/);
    });
  });

  it('docx holds the letter in Times New Roman on A4, with the margins of the decree', async () => {
    await withFiles({}, async (folder) => {
      const file = `${folder}/l.docx`;
      expect((await cchc(['letter', NHU_XUAN, '--lang', 'vi', '--output', file])).code).toBe(0);
      const { default: JSZip } = await import('jszip');
      const zip = await JSZip.loadAsync(readFileSync(file));
      const xml = await zip.file('word/document.xml')!.async('string');
      expect(xml).toContain('CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM');
      expect(xml).toContain('Độc lập - Tự do - Hạnh phúc');
      expect(xml).toContain('Times New Roman');
      // 20, 15, 20 and 30 mm; A4 is 210 × 297 mm.
      expect(xml).toMatch(/w:pgSz[^>]*w:w="11907"[^>]*w:h="16840"/);
      expect(xml).toMatch(/w:pgMar w:top="1134" w:right="851" w:bottom="1134" w:left="1701"/);
      for (const [id] of LETTER) expect(xml).toContain(`>${id}. <`);
    });
  });

  it('says targets with their noun, a value that is known against what it should be, and what just this gains', async () => {
    // 7.3.2 scores rate ÷ 85: at 68% it has 0.8, and the 0.2 to 85% is all it can gain. One initiative of two is nothing.
    const text =
      'unit: Sở Y tế\nyear: 2022\ncatalogue: thanh-hoa-district-2022\nindicators: {7.3.2: 68%, 1.5: 1, 5.4.3: 3, 6.2.1: 0}\n';
    const ran = await cchc(['letter', '-', '--lang', 'vi', '-q', '--format', 'json'], { stdin: text });
    const letter = JSON.parse(ran.stdout);
    const items = letter.sections.flatMap((s: { items: { id: string }[] }) => s.items);
    const said = (id: string) => items.find((i: { id: string }) => i.id === id).sentences.join(' ');
    // The criterion is named for its rate, which is not said again.
    expect(said('7.3.2')).toBe(
      'Hạn chế: tỷ lệ hồ sơ xử lý trực tuyến mức độ 3 đạt 68%, dưới 85%. Giao Phòng Văn hóa - Thông tin chủ trì, bảo đảm từ 85% trở lên.',
    );
    expect(said('1.5')).toBe(
      'Hạn chế: chỉ có 01 sáng kiến được công nhận (yêu cầu từ 02 trở lên). Giao Phòng Nội vụ chủ trì, bảo đảm có từ 02 sáng kiến được công nhận trở lên.',
    );
    expect(said('5.4.3')).toMatch(
      /^Hạn chế: có 03 cán bộ, .* khiển trách trở lên \(yêu cầu không có\)\..*bảo đảm không có cán bộ, công chức, viên chức bị kỷ luật từ khiển trách trở lên\.$/,
    );
    expect(said('6.2.1')).toMatch(/^Hạn chế: chưa có đơn vị .* \(yêu cầu từ 02 trở lên\)\. /);
    expect(said('7.6.1')).toContain('Chưa có số liệu báo cáo'.toLowerCase());
    const row = letter.annex.rows.find((r: { id: string }) => r.id === '7.3.2');
    expect([row.points, row.places]).toEqual(['0,2*', '']);
    // What the text says is not said again.
    expect(row.task).toBe('Đẩy mạnh dịch vụ công trực tuyến, tập huấn, tuyên truyền; đạt trên 85%');
    expect(row.coordination).toBe('Văn phòng HĐND và UBND huyện theo dõi');
    expect([letter.issuer, letter.signing]).toEqual([['[CƠ QUAN CHỦ QUẢN]', 'SỞ Y TẾ'], ['GIÁM ĐỐC']]);
  });

  it('of a department: what is not reported, levels, yes and no, a published loss alone; no column that is empty', async () => {
    // Of communes-example's 100 points: 2 of 3 lost in 1.5 is 'Một hình thức' of 1 of 2; 2.3 loses its 3; 8.1 lost 3 of 23.
    // 1.1 (4 points), 3.5 (3) and 5.3 (4) have no value: 4 + 3 + 4 = 11 are open.
    const all = {
      '1.2': 1,
      '1.3': '30%',
      '1.4': 2,
      '1.5': 'Một hình thức',
      '2.3': 'không',
      '3.1': '100%',
      '3.2': '100%',
      '3.3': '100%',
      '3.4': '100%',
      '4.2': 'có',
      '4.3': '100%',
      '5.1': '100%',
      '5.2': '100%',
      '6.1': '95%',
      '6.2': '100%',
      '7.1': '60%',
      '7.2': '100%',
      '7.3': '80%',
      '7.4': 'Tốt',
      '8.1': { deducted: 3 },
    }; // prettier-ignore
    const reading = { unit: 'UBND xã Thanh Kỳ', year: 2025, catalogue: 'communes-example', indicators: all };
    const ran = await cchc(['letter', '-', '--lang', 'vi', '-q', '--format', 'json'], {
      stdin: JSON.stringify(reading),
    });
    const letter = JSON.parse(ran.stdout);
    const items = letter.sections.flatMap((s: { items: { id: string }[] }) => s.items);
    const said = (id: string) => items.find((i: { id: string }) => i.id === id).sentences.join(' ');
    // Lost for certain: 0.5 in 1.2, 1 in 1.5, 3 in 2.3, 3 in 8.1: 7.5 of 100, and 11 more at most.
    expect(letter.intro).toContain(
      'năm 2025 xã Thanh Kỳ đạt từ 81,5 đến 92,5/100 điểm (giả định), còn 03 tiêu chí chưa có số liệu.',
    );
    expect([letter.issuer[1], letter.signing[0]]).toEqual(['XÃ THANH KỲ', 'TM. ỦY BAN NHÂN DÂN']);
    expect(letter.sections[0].heading).toBe('Công tác chỉ đạo, điều hành CCHC (trừ ít nhất 1,5 điểm)');
    expect(said('1.1')).toBe(
      'Hạn chế: chưa có số liệu báo cáo. Giao Văn phòng HĐND và UBND xã chủ trì báo cáo số liệu, bảo đảm đạt 100%.',
    );
    expect(said('1.2')).toContain('còn 01, yêu cầu bằng 0. ');
    expect(said('1.5')).toContain('Hạn chế: ở mức “Một hình thức”. ');
    expect(said('2.3')).toMatch(
      /^Hạn chế: chưa theo dõi thi hành pháp luật\. .*, bảo đảm theo dõi thi hành pháp luật\.$/,
    );
    expect(said('8.1')).toContain('Hạn chế: đạt dưới 100%. ');
    expect(letter.annex.rows.map((r: { points: string }) => r.points)).toEqual([
      'đến 4',
      '0,5*',
      '1*',
      '3*',
      'đến 3',
      'đến 4',
      '3',
    ]);
    const markdown = await cchc(['letter', '-', '--lang', 'vi', '-q'], { stdin: JSON.stringify(reading) });
    expect(markdown.stdout).toContain('| Thời hạn | Điểm tăng |\n');
    expect(markdown.stdout).toContain('| 1 | 1.1 | ');
  });

  it('one letter for each lead unit, of its criteria alone; one for each unit of a sheet', async () => {
    await withFiles({}, async (folder) => {
      const each = ['letter', NHU_XUAN, '--lang', 'vi', '--format', 'markdown', '--each', `${folder}/each`];
      const ran = await cchc(each);
      expect(ran.stdout.trim().split('\n')).toHaveLength(6);
      const own = readFileSync(`${folder}/each/huyen-nhu-xuan-2022-phong-noi-vu.md`, 'utf8');
      // 1.3.3, 1.5 and 4.1.3, a point each.
      expect(own).toContain('Phòng Nội vụ chủ trì 03 tiêu chí bị trừ điểm, tổng điểm trừ 03.');
      expect(own).toContain('Chủ tịch UBND huyện yêu cầu Phòng Nội vụ khắc phục hạn chế');
      expect([...own.matchAll(/^\*\*([\d.]+|XHH)\. /gm)].map((m) => m[1])).toEqual(['1.3.3', '1.5', '4.1.3']);
      expect((await cchc(each)).code).toBe(3);
      expect((await cchc([...each, '--output', `${folder}/x.docx`])).code).toBe(2);
      const units = [
        'letter',
        fixture('groups/example-2022.csv'),
        '--lang',
        'vi',
        '--output',
        `${folder}/all/`,
      ];
      const made = (await cchc(units)).stdout.trim().split('\n');
      expect(made.map((f) => f.split('/').at(-1))).toEqual(
        ['a', 'b', 'c', 'd', 'e'].map((n) => `huyen-${n}-2022.docx`),
      );
    });
  });

  it('is read back by import as the same losses, limitations and lead units', async () => {
    for (const ending of ['docx', 'md']) {
      await withFiles({}, async (folder) => {
        const file = `${folder}/l.${ending}`;
        await cchc(['letter', NHU_XUAN, '--lang', 'vi', '--league', LEAGUE_2022, '--output', file]);
        const ran = await cchc(['import', file, '--output', `${folder}/in`]);
        expect([ran.code, ran.stderr]).toEqual([0, '']);
        const scored = JSON.parse(
          (await cchc(['score', `${folder}/in/reading.yaml`, '--format', 'json'])).stdout,
        ).readings[0];
        const rows = scored.criteria.map((c: { id: string; deduction: number }) => [c.id, c.deduction]);
        const lost = LETTER.map(([id, points]) => [id, Number(points.replace(',', '.'))]);
        expect(Object.fromEntries(rows)).toEqual(Object.fromEntries(lost));
        expect([scored.unit, scored.year]).toEqual(['Huyện Như Xuân', 2022]);
        const drafted = readFileSync(`${folder}/in/catalogue.yaml`, 'utf8');
        expect(drafted).toContain('đạt dưới 85%');
        expect(drafted).not.toContain('[đơn vị chủ trì]');
      });
    }
  });

  it('a unit that lost nothing is asked to keep it up, and no annex is spoken of', async () => {
    const text = 'unit: Xã A\nyear: 2025\ncatalogue: one.yaml\nindicators: {A: 80%}\n';
    const one =
      'id: one\nname: {vi: Một}\nyear: 2025\nscale: {value: 10, provenance: stated, source: s}\nsources: {s: {title: {vi: S}}}\nfields: [{id: I, name: {vi: I}}]\nowners: {P: {}}\ncriteria: [{id: A, name: {vi: Tỷ lệ}, field: I, owners: [P], max: {value: 10, provenance: stated, source: s}, rule: {kind: proportional, target: 80, provenance: stated, source: s}}]\n';
    await withFiles({ 'one.yaml': one, 'r.yaml': text }, async (folder) => {
      const { stdout } = await cchc(['letter', `${folder}/r.yaml`, '--lang', 'vi', '-q']);
      expect(stdout).toContain('- [các cơ quan, đơn vị]');
      expect(stdout).toContain('Chủ tịch UBND xã yêu cầu các cơ quan, đơn vị tiếp tục duy trì kết quả./.');
      expect(stdout).not.toContain('Phụ lục');
    });
  });

  it('markdown in both languages, and nothing to do when nothing was lost', async () => {
    const [vi, en] = await Promise.all(
      ['vi', 'en'].map((lang) => cchc(['letter', NHU_XUAN, '--lang', lang])),
    );
    expect(vi!.stdout).toContain(
      '**7.3.2. Tỷ lệ hồ sơ TTHC được xử lý trực tuyến mức độ 3: trừ 0,8042 điểm.** ',
    );
    expect(en!.stdout).toContain(
      '**7.3.2. Share of dossiers handled online at level 3: 0.8042 points lost.** ',
    );
    expect(vi!.stdout + en!.stdout).not.toMatch(/undefined|NaN/);
    const full = catalogue.criteria.map((c) => `  ${JSON.stringify(c.id)}: {deducted: 0}`).join('\n');
    const text = `unit: Xã A\nyear: 2022\ncatalogue: thanh-hoa-district-2022\nindicators:\n${full}\n`;
    const ran = await cchc(['letter', '-', '--lang', 'vi', '-q'], { stdin: text });
    expect(ran.stdout).toContain('Không có tiêu chí nào bị trừ điểm');
  });
});
