import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import JSZip from 'jszip';
import { beforeAll, describe, expect, it } from 'vitest';
import { sensitivity } from '../src/analysis/sensitivity.js';
import { type OpenReading, openReadings } from '../src/files/open.js';
import { parseLeague } from '../src/ranking/league.js';
import type { Rank } from '../src/ranking/place.js';
import { leverFacts } from '../src/render/answer.js';
import { rankChances } from '../src/render/plot.js';
import { rankText } from '../src/render/words.js';
import { charts, type RankChart } from '../src/reports/charts/models.js';
import { svgOf } from '../src/reports/charts/svg.js';
import { letterOf } from '../src/reports/letter/model.js';
import { type ReportModel, reportModel } from '../src/reports/model.js';
import { onePageOf } from '../src/reports/one-page/model.js';
import { scenarioYaml } from '../src/reports/page/controls.js';
import { cardHtml, criteriaHtml, notesHtml, outputsHtml } from '../src/reports/page/render.js';
import { loadMessages } from '../src/text/index.js';
import { catalogueData, cchc, must, withFiles } from './support.js';

const messages = await loadMessages('en');
const by = 'provenance: assumed, reason: thử';
const criterion = (id: string, max: number, rule: string, more = '') =>
  `  - {id: "${id}", name: {vi: Tiêu chí ${id}}, field: "1", owners: [p], max: {value: ${max}, ${by}}, ${more}rule: {${rule}, ${by}}}`;
const scheme = (scale: number, more: string, ...criteria: string[]) => `id: nhom
name: {vi: Bộ tiêu chí}
year: 2025
scale: {value: ${scale}, ${by}}
owners: {p: {en: Office}}
fields: [{id: "1", name: {vi: Lĩnh vực}}]
sources: {}
${more}
criteria:
${criteria.join('\n')}
`;
const opened = (files: Record<string, string>) =>
  withFiles(files, async (cwd) => (must(await openReadings(join(cwd, 'u.yaml'))) as [OpenReading])[0]);

describe('half of it known: 2 of 4, up to 4 held against last year, up to 3 taken outside the scale', () => {
  let one: OpenReading;
  let model: ReportModel;
  beforeAll(async () => {
    one = await opened({
      'cat.yaml': scheme(
        8,
        'adjustments: {least: -3}',
        criterion('1', 4, 'kind: proportional, target: 100'),
        criterion('2', 4, 'kind: steps, against: last_year, tiers: [{at_least: 10, points: max}]'),
        criterion('3', 0, 'kind: penalty, start: 0, per_case: 1, floor: -5', 'outside: true, '),
      ),
      'u.yaml': 'unit: U\nyear: 2025\ncatalogue: ./cat.yaml\nindicators: {"1": 50%, "2": 51}\n',
    });
    model = reportModel({ ...one, league: null, scenarios: [], changes: new Map() }, messages);
  });

  it('the page has lost 2 to 6 of the 8 points, whatever is taken besides', () => {
    // 2 + 0 − 3 to 2 + 4.
    expect(model.baseline.total).toMatchObject({ worst: -10_000, best: 60_000 });
    expect(cardHtml(model, messages)).toContain('<dd data-figure="deduction">2–6</dd>');
  });

  it('what brings the most is the one whose 4 points wait for last year, in every answer', () => {
    const facts = leverFacts(model.levers()[0]!, model.baseline, messages);
    expect(facts[0]!.text).toContain('2 (unknown, up to 4 points)');
    const tornado = charts.tornado(model, messages) as { rows: { id: string; text: string }[] };
    expect(tornado.rows.map((r) => [r.id, r.text])).toEqual([
      ['2', '0–4 *'],
      ['3', '0–3 *'],
      ['1', '2 *'],
    ]);
    const { levers, owners } = sensitivity(one.reading, one.catalogue, null);
    expect(levers.map((l) => [l.row.criterion.id, l.recoverable])).toEqual([
      ['2', 40_000],
      ['3', 30_000],
      ['1', 20_000],
    ]);
    expect(owners[0]).toMatchObject({ recoverable: 90_000, sure: 20_000 });
  });

  it('the page says of how much it is, and what lies outside the scale; what has no maximum heads its rows alone', () => {
    const card = cardHtml(model, messages);
    expect(card).toContain('<dd data-figure="max">8</dd>');
    expect(card).toContain('<dd data-figure="adjustment">?</dd>');
    expect(notesHtml(model, messages)).toContain('~ inferred · * assumed · ');
  });

  it('the letter says as much of what is unknown, and the one page counts all of it', () => {
    const { rows } = letterOf(model, [], messages).annex;
    expect(rows.map(({ id, points }) => [id, points])).toEqual([
      ['1', '2*'],
      ['2', 'up to 4'],
      ['3', 'up to 3'],
    ]);
    expect(onePageOf(model, messages).verdict[1]).toBe('2 criteria not known yet, 7 points at most');
  });
});

it('what falls short is held against the value that the scheme names, also where an explanation would do', async () => {
  const files = {
    'cat.yaml': scheme(
      3,
      'decimals: 3',
      criterion('1', 3, 'kind: proportional, target: 100', 'exemption: {vi: Không có hồ sơ}, '),
    ),
    'u.yaml': 'unit: U\nyear: 2025\ncatalogue: ./cat.yaml\nindicators: {"1": 70%}\n',
  };
  const one = await opened(files);
  const model = reportModel({ ...one, league: null, scenarios: [], changes: new Map() }, messages);
  const [item] = letterOf(model, [], messages).sections[0]!.items;
  // 99.99% of 3 is 3.000 at three places too.
  expect(item!.sentences[0]).toContain('70%, short of 100%');
  // The page's own scenario is read again, whatever the words of the explanation begin with.
  const settings = new Map([['1', { values: [], exempt: true }]]);
  const saved = { ...files, 's.yaml': scenarioYaml('S', settings, one.catalogue.criteria) };
  await withFiles(saved, async (cwd) => {
    const run = await cchc(['whatif', 'u.yaml', '--scenario', 's.yaml', '--format', 'json'], { cwd });
    expect(run.code, run.stderr).toBe(0);
    expect(JSON.parse(run.stdout).scenarios[0].result.total.score).toBe(3);
  });
});

it('of a large group the names nearest to our unit stand in the picture, the others as lines', () => {
  const known = Array.from({ length: 200 }, (_, i) => ({
    at: 80 + i / 1000,
    name: `Xã số ${i}`,
    text: '80',
  }));
  const chart: RankChart = {
    ...{ kind: 'rank', title: 'T', summary: '', low: 0, high: 100, ticks: [], known, unknown: [] },
    unnamed: messages.labels.report.unnamedUnits,
    own: [{ at: 80, name: 'Xã ta', text: '80', changed: false }],
    curve: null,
  };
  for (const [low, named] of [
    [true, 12],
    [false, 40],
  ] as const) {
    const svg = svgOf(chart, { width: 700, standalone: false, low, id: 'r' });
    // So close to each other each name takes a line of its own.
    const names = [...svg.matchAll(/>(Xã [^<]*)</g)].map(([, name]) => name);
    expect(names).toHaveLength(named);
    expect(names).toEqual(expect.arrayContaining(['Xã ta 80', 'Xã số 0 80', `Xã số ${named - 2} 80`]));
    expect(svg.match(/class="known"/g)).toHaveLength(200);
    expect(svg).toContain(`${201 - named} others have a line without a name`);
    expect(Number(/ height="(\d+)"/.exec(svg)![1])).toBe(named * 18 + 14 + 62 + 17);
  }
});

it('points outside the scale are no field of a comparison and no sum of their heading: 2 of 4 less 3, then 3 less 1', async () => {
  const catalogue = scheme(
    4,
    '',
    criterion('1', 4, 'kind: proportional, target: 100'),
    criterion('T.1', 0, 'kind: penalty, start: 0, per_case: 1, floor: -5', 'outside: true, ').replace(
      'field: "1"',
      'field: "T"',
    ),
  ).replace(']\nsources', ', {id: "T", name: {vi: Thưởng phạt}}]\nsources');
  const of = (indicators: string) =>
    `unit: U\nyear: 2025\ncatalogue: ./cat.yaml\nindicators: ${indicators}\n`;
  const files = {
    'cat.yaml': catalogue,
    'u.yaml': of('{"1": 50%, T.1: 3}'),
    'v.yaml': of('{"1": 75%, T.1: 1}'),
  };
  await withFiles(files, async (cwd) => {
    const run = (...args: string[]) => cchc([...args, '--lang', 'en'], { cwd });
    const { stdout: told } = await run('compare', 'u.yaml', 'v.yaml', '--format', 'json');
    const [json] = JSON.parse(told).comparisons;
    // 1 + 2 are the 3 of the whole.
    expect([json.change, json.adjustment.change]).toEqual([3, 2]);
    expect(json.fields).toMatchObject([{ id: '1', change: 1 }]);
    expect((await run('compare', 'u.yaml', 'v.yaml')).stdout).toMatch(/^ +Outside the scale +\+2 +█+$/m);
    const { stdout } = await run('score', 'u.yaml');
    expect(stdout).toMatch(/^1 +Lĩnh vực +2\/4 +2$/m);
    expect(stdout).toMatch(/^T +Thưởng phạt$/m);
    const chart = await run('report', 'u.yaml', '--chart', 'fields', '--format', 'csv');
    expect(chart.stdout.trim().split('\n')).toHaveLength(2);
  });
});

it('the page tells the points of what the scheme does not list, and no points of what does not apply', async () => {
  const one = await opened({
    'cat.yaml': scheme(
      10,
      `not_listed: {name: {vi: Phần còn lại}, ${by}}`,
      criterion('1', 4, 'kind: count, per_item: 1'),
    ),
    'u.yaml': 'unit: U\nyear: 2025\ncatalogue: ./cat.yaml\nindicators: {"1": not_applicable}\n',
  });
  const model = reportModel({ ...one, league: null, scenarios: [], changes: new Map() }, messages);
  expect(criteriaHtml(model, messages)).toContain('<h3>Phần còn lại</h3><p class="soft">6/6 * assumed</p>');
  expect(outputsHtml(model.baseline.criteria[0]!, 4, messages)).toContain('<span class="points">–</span>');
});

it('of many units that are level the first five are named, and the others counted', () => {
  const level = (count: number) =>
    rankText(
      {
        ...{ method: 'tie_range', best: 1, worst: count + 1, size: 90, rank: null },
        tied: Array.from({ length: count }, (_, i) => `X${i + 1}`),
      } as unknown as Rank,
      messages,
    );
  expect(level(6)).toContain('level with X1, X2, X3, X4, X5, X6 at');
  expect(level(70)).toContain('1 to 71 of 90: level with X1, X2, X3, X4, X5 and 65 others at');
});

it('the chances of many ranks stand several to a line, and none is left out', () => {
  const even = (ranks: number) =>
    rankChances(
      Array.from({ length: ranks }, (_, i) => ({ rank: i + 1, probability: 1 / ranks })),
      messages,
    ).map((line) => line.replace(/█+.? */, ''));
  // Forty in lines of three, the last alone; 3 × 2.5%.
  expect(even(40)).toHaveLength(14);
  expect([even(40)[0], even(40).at(-1)]).toEqual(['  1–3  7.5%', '   40  2.5%']);
  expect(even(18)).toHaveLength(18);
});

it('criteria: what lies outside the scale is not in its maximum, nor what a cap leaves out', async () => {
  const files = {
    'cat.yaml': scheme(
      7,
      '',
      criterion('1', 4, 'kind: count, per_item: 1'),
      criterion('2', 4, 'kind: count, per_item: 1'),
      criterion('3', 2, 'kind: count, per_item: 1', 'outside: true, '),
    ).replace('name: {vi: Lĩnh vực}}', 'name: {vi: Lĩnh vực}, cap: 7}'),
  };
  await withFiles(files, async (cwd) => {
    const run = await cchc(['criteria', '--catalogue', 'cat.yaml', '--brief', '--lang', 'en'], { cwd });
    expect(run.stdout).toMatch(/^Total +3 criteria, 7 points$/m);
  });
});

it('a day to reach is a day, not a number of days', async () => {
  const files = {
    'cat.yaml': scheme(
      4,
      '',
      criterion(
        '1',
        4,
        'kind: steps, quantity: date, due: 20/12, year: previous, tiers: [{at_most: 5, points: max}]',
      ),
    ),
    'u.yaml': 'unit: U\nyear: 2025\ncatalogue: ./cat.yaml\nindicators: {"1": 18/01/2025}\n',
  };
  await withFiles(files, async (cwd) => {
    const run = await cchc(['score', 'u.yaml', '--brief', '--lang', 'vi'], { cwd });
    // Five days after 20 December.
    expect(run.stdout).toMatch(/^Việc cần làm tiếp +p: 1 → 25\/12 năm trước$/m);
  });
});

it('import tells the score that a letter says', async () => {
  const letter = `ỦY BAN NHÂN DÂN
XÃ MINH TÂN
Theo Báo cáo số 15/BC-SNV, năm 2025 xã Minh Tân đạt 58/60 điểm, xếp thứ 12/54.
1.1. Kiểm tra CCHC: trừ 2 điểm do kiểm tra 20% đơn vị. Giao Văn phòng.
`;
  await withFiles({ 'cv.txt': letter }, async (cwd) => {
    const run = (...args: string[]) => cchc(['import', 'cv.txt', '--lang', 'vi', ...args], { cwd });
    expect((await run()).stdout).toMatch(/^Điểm đạt +58 trên 60$/m);
    expect(JSON.parse((await run('--format', 'json')).stdout).score).toEqual({ points: 58, scale: 60 });
  });
});

it.each([
  ['below 0', '"1": 0%, T.1: 1, T.2: 0', -50],
  ['over 100', '"1": 100%, T.1: 0, T.2: 1', 150],
])('a score %s stands inside the picture of the group', async (_, indicators, at) => {
  const one = await opened({
    'cat.yaml': scheme(
      2,
      '',
      criterion('1', 2, 'kind: proportional, target: 100'),
      criterion('T.1', 0, 'kind: penalty, start: 0, per_case: 1, floor: -5', 'outside: true, '),
      criterion('T.2', 1, 'kind: count, per_item: 1', 'outside: true, '),
    ),
    'u.yaml': `unit: U\nyear: 2025\ncatalogue: ./cat.yaml\nindicators: {${indicators}}\n`,
  });
  const league = must(
    parseLeague({
      name: 'L',
      year: 2025,
      size: 2,
      source: 's',
      units: [{ unit: 'U' }, { unit: 'V', score: 60 }],
    }),
  );
  const model = reportModel({ ...one, league, scenarios: [], changes: new Map() }, messages);
  const { low, high, own } = charts.rank(model, messages) as RankChart;
  expect(own[0]!.at).toBe(at);
  expect(low).toBeLessThanOrEqual(at);
  expect(high).toBeGreaterThanOrEqual(at);
});

it('beside its bar a scenario has its rank alone, not who is level with it', async () => {
  const one = await opened({
    'cat.yaml': scheme(2, '', criterion('1', 2, 'kind: proportional, target: 100')),
    'u.yaml': 'unit: U\nyear: 2025\ncatalogue: ./cat.yaml\nindicators: {"1": 60%}\n',
  });
  const units = [{ unit: 'U' }, ...[1, 2, 3].map((i) => ({ unit: `Xã ${i}`, score: 60 }))];
  const league = must(parseLeague({ name: 'L', year: 2025, size: 4, source: 's', units }));
  const scenarios = [{ name: { vi: 'Giữ nguyên' }, changes: new Map() }];
  const model = reportModel({ ...one, league, scenarios, changes: new Map() }, messages);
  const { rows } = charts.scenarios(model, messages) as { rows: { text: string }[] };
  // 60% of 2 points.
  expect(rows.map((r) => r.text)).toEqual(['0 · 1.2 · 1–4/4']);
});

it('a form of fields of one criterion each fills its first page', async () => {
  const { criteria, ...rest } = catalogueData({ kind: 'proportional', target: 100 }, 1, 30);
  const ids = Array.from({ length: 30 }, (_, i) => `${i + 1}`);
  const data = {
    ...rest,
    fields: ids.map((id) => ({ id, name: `Field ${id}` })),
    criteria: ids.map((id) => ({ ...criteria[0], id: `${id}.1`, field: id })),
  };
  await withFiles({ 'c.json': JSON.stringify(data) }, async (cwd) => {
    const run = await cchc(['template', '--catalogue', 'c.json', '--lang', 'en', '--output', 'f.xlsx'], {
      cwd,
    });
    expect(run.code, run.stderr).toBe(0);
    const zip = await JSZip.loadAsync(readFileSync(join(cwd, 'f.xlsx')));
    const sheet = await zip.file('xl/worksheets/sheet1.xml')!.async('string');
    // Six rows of heads, then two a field; ten fields take some 500 points of the 800 of a page.
    expect(Number(/<brk id="(\d+)"/.exec(sheet)![1])).toBeGreaterThan(26);
  });
});
