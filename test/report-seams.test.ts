import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import ExcelJS from 'exceljs';
import { describe, expect, it } from 'vitest';
import { type OpenReading, openReadings } from '../src/files/open.js';
import { reportModel } from '../src/reports/model.js';
import { entryOf, heldOf, scenarioYaml } from '../src/reports/page/controls.js';
import { readData } from '../src/reports/page/data.js';
import { score } from '../src/scoring/score.js';
import { loadMessages } from '../src/text/index.js';
import { cchc, fixture, LEAGUE_2022, must, NHU_XUAN, withFiles } from './support.js';
import { engineOf } from './workbook-support.js';

const by = 'provenance: assumed, reason: thử';
const criterion = (id: string, rule: string, more = '') =>
  `  - {id: "${id}", name: {vi: Tiêu chí ${id}}, field: "1", owners: [p], max: {value: 4, ${by}}, ${more}rule: {${rule}, ${by}}}`;
const scheme = (...criteria: string[]) => `id: nhom
name: {vi: Bộ tiêu chí}
year: 2025
scale: {value: ${4 * criteria.length}, ${by}}
owners: {p: {en: Office}}
fields: [{id: "1", name: {vi: Lĩnh vực}}]
sources: {}
criteria:
${criteria.join('\n')}
`;

const HEAD = 4;

/** A report's workbook of one unit. */
const workbookOf = (files: Record<string, string>, args: readonly string[]) =>
  withFiles(files, async (folder) => {
    const run = await cchc(['report', ...args, '--output', 'r.xlsx', '--lang', 'en'], { cwd: folder });
    expect(run.code, run.stderr).toBe(0);
    const workbook = new ExcelJS.Workbook();
    await workbook.xlsx.load(readFileSync(join(folder, 'r.xlsx')) as never);
    return workbook;
  });

/** The same, cells of its first sheet changed, as a formula engine works it out. */
async function workedOut(
  files: Record<string, string>,
  args: readonly string[],
  edits: Record<string, string | number> = {},
) {
  const workbook = await workbookOf(files, args);
  for (const [cell, value] of Object.entries(edits)) workbook.worksheets[0]!.getCell(cell).value = value;
  return engineOf(workbook);
}

/** Maximum, points, and points tried out in a row of the score sheet. */
const row = ({ at }: Awaited<ReturnType<typeof workedOut>>, r: number) =>
  [4, 5, 7].map((column) => at('Score', HEAD + r, column));

describe('a workbook whose cells are changed scores as the command line does', () => {
  const against = scheme(
    criterion('1.1', 'kind: steps, quantity: number, against: last_year, tiers: [{above: 0, points: 4}]'),
    criterion('1.2', 'kind: leader_relative, target: 25'),
  );

  it('a value held against what is unknown stays unknown', async () => {
    const files = {
      'cat.yaml': against,
      'u.yaml': 'unit: U\nyear: 2025\ncatalogue: ./cat.yaml\nindicators: {"1.2": 20}\n',
    };
    // 20 of the target of 25 earns 20/25 of half of 4; beyond the target nobody leads.
    const typed = await workedOut(files, ['u.yaml'], { C5: 12, F6: 30 });
    expect(row(typed, 1)).toEqual([4, '', '']);
    expect(row(typed, 2)).toEqual([4, 1.6, '']);
    expect(row(typed, 4)).toEqual([8, '1.6–5.6', '0–8']);
    const within = await workedOut(files, ['u.yaml'], { F6: 25 });
    expect(row(within, 2)).toEqual([4, 1.6, 2]);
  });

  it('what is for other kinds of unit stays out of both sums, whatever its value', async () => {
    const files = {
      'cat.yaml': scheme(
        criterion('1.1', 'kind: proportional, target: 100'),
        criterion(
          '1.2',
          'kind: proportional, target: 90, when_none: max',
          'units: [xã], otherwise: not_applicable, ',
        ),
      ),
      'u.yaml':
        'unit: U\nyear: 2025\nkind: huyện\ncatalogue: ./cat.yaml\nindicators: {"1.1": 50%, "1.2": {done: 0, total: 0}}\n',
    };
    const made = await workedOut(files, ['u.yaml'], { F6: 0.9 });
    expect(row(made, 2)).toEqual([0, 0, 0]);
    expect(row(made, 4)).toEqual([4, 2, 2]);
  });

  it('a value that is tried makes apply what did not, also for what requires it', async () => {
    const files = {
      'cat.yaml': scheme(
        criterion('1.1', 'kind: proportional, target: 100'),
        criterion(
          '1.2',
          'kind: proportional, target: 100',
          'requires: {criterion: "1.1", at_least: 80, else: 0}, ',
        ),
      ),
      'u.yaml':
        'unit: U\nyear: 2025\ncatalogue: ./cat.yaml\nindicators: {"1.1": {not_applicable: true}, "1.2": 50%}\n',
    };
    const made = await workedOut(files, ['u.yaml'], { F5: 0.75 });
    // 75% of 4; it is below the 80% that the other requires.
    expect(row(made, 1)).toEqual([0, 0, 3]);
    expect(row(made, 2)).toEqual([4, 2, 0]);
    expect(row(made, 4)).toEqual([4, 2, 3]);
  });
});

describe('a report with a league', () => {
  const units = (...rows: string[]) => `name: L\nyear: 2022\nsize: 4\nunits:\n${rows.join('\n')}\n`;
  const unit = (name: string, score: number, more = '') => `  - {unit: ${name}, score: ${score}${more}}`;

  it('ranks in the workbook follow the tie rule, as in the score', async () => {
    const league = units(unit('A', 90), unit('B', 90), unit('C', 87.61), unit('D', 80));
    // Huyện Như Xuân has 87.6103: of the two above, level with one another, and the one level with it.
    for (const [ties, ends] of [
      ['min', [4, 3]],
      ['dense', [3, 2]],
    ] as const) {
      const args = [NHU_XUAN, '--league', 'l.yaml', '--ties', ties];
      const { at } = await workedOut({ 'l.yaml': league }, args);
      expect([at('League', HEAD + 3, 8), at('League', HEAD + 2, 8)], ties).toEqual(ends);
    }
  });

  it('a workbook tells no rank or index where the score tells none, as it is stored and worked out', async () => {
    const files = {
      'l.yaml': 'name: L\nyear: 2025\nsize: 2\nunits: [{unit: U}, {unit: V, score: 60}]\n',
      'cat.yaml': scheme(criterion('1', 'kind: proportional, target: 100')).replace(
        'scale: {value: 4',
        `not_listed: {name: {vi: Khác}, ${by}}\nscale: {value: 10`,
      ),
      'open.yaml': 'unit: U\nyear: 2025\ncatalogue: ./cat.yaml\nindicators: {}\n',
      'none.yaml': 'unit: U\nyear: 2025\ncatalogue: ./cat.yaml\nindicators: {"1": {not_applicable: true}}\n',
    };
    for (const [file, index] of [
      ['open.yaml', '?'],
      ['none.yaml', '–'],
    ]) {
      const args = [file!, '--league', 'l.yaml'];
      const { at } = await workedOut(files, args);
      const stored = (await workbookOf(files, args)).getWorksheet('League')!;
      for (let r = HEAD + 1; r < HEAD + 7; r++)
        expect([at('League', r, 8), stored.getCell(r, 8).result], `${file} ${r}`).toEqual(['?', '?']);
      expect(at('Score', HEAD + 4, 5)).toBe(index);
    }
    // Tried, 50% of 4 is 2 with the 6 that are not listed: 80 of 100, before V.
    const tried = await workedOut(files, ['none.yaml', '--league', 'l.yaml'], { F5: 0.5 });
    expect([5, 6, 7].map((r) => tried.at('League', r, 9))).toEqual([80, 1, 1]);
  });

  it('what is wrong with the unit in the league is told, by a letter too', async () => {
    const files = {
      'outside.yaml': units(unit('A', 90), unit('B', 80), unit('C', 70), unit('D', 60)),
      'order.yaml': units(unit('A', 85, ', rank: 1'), '  - {unit: Huyện Như Xuân, rank: 2}'),
    };
    await withFiles(files, async (folder) => {
      for (const command of ['score', 'report', 'letter']) {
        const run = (league: string) =>
          cchc([command, NHU_XUAN, '--league', league, '--format', 'json'], { cwd: folder });
        const [outside, order] = [await run('outside.yaml'), await run('order.yaml')];
        expect([outside.code, order.code], command).toEqual([0, 3]);
        expect(outside.stderr).toContain('league-outsider');
        expect(order.stderr).toContain('league-order');
        expect(order.stdout).toBe('');
      }
    });
  });
});

it('an option that the result has no place for is told', async () => {
  const scenario = fixture('scenarios/online-dossiers.yaml');
  const unused = async (...args: string[]) => {
    const run = await withFiles({}, (cwd) => cchc(['report', NHU_XUAN, ...args, '--lang', 'en'], { cwd }));
    expect(run.code, run.stderr).toBe(0);
    return [...run.stderr.matchAll(/option-unused\] (--\w+)/g)].map(([, option]) => option);
  };
  const withScenario = (...args: string[]) => unused('--scenario', scenario, ...args);
  expect(await withScenario('--output', 'r.html')).toEqual([]);
  expect(await withScenario('--output', 'r.xlsx')).toEqual([]);
  expect(await withScenario('--format', 'csv')).toEqual([]);
  expect(await withScenario('--output', 'out/', '--format', 'xlsx')).toEqual([]);
  expect(await withScenario(NHU_XUAN, '--output', 'r.xlsx')).toEqual(['--scenario']);
  expect(await withScenario('--one-page', '--output', 'r.html')).toEqual(['--scenario']);
  expect(await withScenario('--chart', 'tornado', '--format', 'svg')).toEqual(['--scenario']);
  expect(await unused('--chart', 'tornado', '--output', 'r.html')).toEqual(['--chart']);
  expect(await unused('--ties', 'dense', '--format', 'json')).toEqual(['--ties']);
  expect(await unused('--ties', 'dense', '--league', LEAGUE_2022, '--format', 'json')).toEqual([]);
});

it('a unit that a criterion is not scored for is not of its group, in the score as in SQL', async () => {
  const rule =
    'kind: linear, quantity: number, against: group_mean, knots: [{at: -10, points: 0}, {at: 10, points: 4}]';
  const of = (unit: string, kind: string, indicators: string) =>
    `unit: ${unit}\nyear: 2025\nkind: ${kind}\ncatalogue: ./cat.yaml\nindicators: ${indicators}\n`;
  const files = {
    'cat.yaml': scheme(criterion('1', rule, 'units: [xã], otherwise: not_applicable, ')),
    'a.yaml': of('A', 'xã', '{"1": 30}'),
    'b.yaml': of('B', 'xã', '{"1": 20}'),
    'with.yaml': of('C', 'huyện', '{"1": 100}'),
    'without.yaml': of('D', 'huyện', '{}'),
  };
  await withFiles(files, async (cwd) => {
    for (const other of ['with.yaml', 'without.yaml']) {
      const run = await cchc(['score', 'a.yaml', 'b.yaml', other, '--format', 'json'], { cwd });
      const { readings } = JSON.parse(run.stdout);
      // 30 and 20 are 5 above and 5 below their mean.
      expect(
        readings.map((r: { total: { score: number } }) => r.total.score),
        other,
      ).toEqual([3, 1, 0]);
      expect(run.stderr).not.toContain('needs-group');
    }
  });
});

describe('the page', () => {
  const forms = scheme(
    criterion('1', 'kind: count, per_item: 2'),
    criterion('2', 'kind: steps, quantity: date, due: 15/01, tiers: [{at_most: 0, points: 4}]'),
    criterion(
      '3',
      'kind: sum, parts: [{input: p, name: P, max: 3, when_none: not_applicable, rule: {kind: proportional, target: 80}}, {input: q, name: Q, max: 1, rule: {kind: count, per_item: 0.5}}]',
    ),
  );
  const files = {
    'cat.yaml': forms,
    'u.yaml':
      'unit: U\nyear: 2025\ncatalogue: ./cat.yaml\nindicators: {"1": 30, "2": 18/01/2025, "3": {values: {p: {done: 0, total: 0}, q: 1}}}\n',
  };

  it('its controls hold the values of the reading, however far past the last threshold, and nothing where none arose', async () => {
    await withFiles(files, async (cwd) => {
      const run = await cchc(['report', 'u.yaml', '--output', 'r.html', '--lang', 'en'], { cwd });
      expect(run.code, run.stderr).toBe(0);
      const html = readFileSync(join(cwd, 'r.html'), 'utf8');
      const control = (id: string, input: number, type: string) =>
        new RegExp(`<input type="${type}" data-criterion="${id}" data-input="${input}"[^>]*>`).exec(html)![0];
      expect(control('1', 0, 'number')).toMatch(/max="30" step="1" value="30"/);
      // Whole days late, of which a date is made.
      expect(control('2', 0, 'range')).toMatch(/step="1" value="3"/);
      expect(control('3', 0, 'number')).toContain('value=""');
      expect(control('3', 1, 'number')).toContain('value="1"');
    });
  });

  it('one of several values is tried with the others as they are, also where none arose', async () => {
    await withFiles(files, async (cwd) => {
      const [{ reading, catalogue }] = must(await openReadings(join(cwd, 'u.yaml'))) as [OpenReading];
      const row = score(reading, catalogue).criteria[2]!;
      const setting = { values: [heldOf(row, 0), '2'], exempt: false };
      const entry = entryOf(row.criterion, setting)!;
      // Two of Q are 2 × 0.5; P leaves the sums with its 3.
      const tried = score({ ...reading, entries: new Map([['3', entry]]) }, catalogue).criteria[2]!;
      expect([tried.points, tried.max]).toEqual([10_000, 10_000]);
      const saved = scenarioYaml('Thử', new Map([['3', setting]]), catalogue.criteria);
      writeFileSync(join(cwd, 's.yaml'), saved);
      const run = await cchc(['whatif', 'u.yaml', '--scenario', 's.yaml', '--format', 'json'], { cwd });
      expect(run.code, run.stderr).toBe(0);
      // Of 30, 3 days late and Q: 4 + 0 + 0.5 before.
      expect(JSON.parse(run.stdout).scenarios[0].result.total.score).toBe(5);
    });
  });
});

it('a list of several readings marks what rests on assumed numbers, and says what their ranks assume, as JSON does', async () => {
  const reading = (unit: string) =>
    readFileSync(NHU_XUAN, 'utf8')
      .replace(/^unit: .*/m, `unit: ${unit}`)
      .replace(/^year: .*/m, 'year: 2023');
  const files = { 'a.yaml': reading('Huyện Như Xuân'), 'b.yaml': reading('Huyện Như Thanh') };
  await withFiles(files, async (cwd) => {
    const run = (format: string) =>
      cchc(['score', 'a.yaml', 'b.yaml', '--league', LEAGUE_2022, '--lang', 'en', '--format', format], {
        cwd,
      });
    const [json, table, markdown] = [await run('json'), await run('table'), await run('markdown')];
    const [{ rank, total }] = JSON.parse(json.stdout).readings;
    expect(rank.assumptions).toEqual(['later-year']);
    expect(total.basis.assumed).toBe(11.8603);
    expect(table.stdout).toMatch(/Huyện Như Thanh +2023 +87\.6103 +12\.3897 +87\.6103% +\*/);
    for (const { stdout } of [table, markdown]) {
      expect(stdout).toContain('the year is after the league’s');
      expect(stdout).toContain('assumed');
    }
  });
});

describe('a chart of what is not known, or is lost', () => {
  const files = {
    'cat.yaml': scheme(
      criterion('1', 'kind: proportional, target: 100'),
      criterion('2', 'kind: proportional, target: 100'),
    ),
    'known.yaml': 'unit: U\nyear: 2025\ncatalogue: ./cat.yaml\nindicators: {"1": 50%, "2": 50%}\n',
    'open.yaml': 'unit: U\nyear: 2025\ncatalogue: ./cat.yaml\nindicators: {"1": 50%}\n',
    'less.yaml': 'name: Less\nchanges: {"1": 25%}\n',
    'l.yaml': 'name: L\nyear: 2025\nsize: 2\nunits: [{unit: U}, {unit: V, score: 60}]\n',
  };
  const report = (args: string[]) =>
    withFiles(files, (cwd) => cchc(['report', ...args, '--lang', 'en'], { cwd }));

  it('a scenario that loses points has a value below 0, and one whose points are not known none', async () => {
    const rows = async (file: string) =>
      (await report([file, '--scenario', 'less.yaml', '--chart', 'scenarios', '--format', 'csv'])).stdout;
    expect(await rows('known.yaml')).toContain('U,2025,scenarios,,Less,-1,-1');
    expect(await rows('open.yaml')).toContain('U,2025,scenarios,,Less,,\r\n');
    const screen = await report(['open.yaml', '--scenario', 'less.yaml', '--chart', 'scenarios']);
    // 25% of 4, and none or all of the 4 that are not known.
    expect(screen.stdout).toMatch(/Less +\? · 1–5/);
    const picture = await report([
      'open.yaml',
      '--scenario',
      'less.yaml',
      '--chart',
      'scenarios',
      '--format',
      'svg',
    ]);
    expect(picture.stdout).toContain('1–5');
  });

  it('CSV tells how much of a bar is sure', async () => {
    const { stdout } = await report(['open.yaml', '--chart', 'tornado', '--format', 'csv']);
    expect(stdout).toContain('tornado,2,Tiêu chí 2,4,0');
    expect(stdout).toContain('tornado,1,Tiêu chí 1,2,2');
  });

  it('no picture of a rank is written of a score that is not known', async () => {
    const run = await report(['open.yaml', '--league', 'l.yaml', '--chart', 'rank', '--format', 'svg']);
    expect([run.code, run.stdout]).toEqual([2, '']);
    expect(run.stderr).toContain('score-needed');
  });

  it('sensitivity: what is unknown may bring nothing, in every format and for its lead unit', async () => {
    const run = (format: string) =>
      withFiles(files, (cwd) =>
        cchc(['sensitivity', 'open.yaml', '--lang', 'en', '--format', format], { cwd }),
      );
    const { criteria, owners } = JSON.parse((await run('json')).stdout);
    expect(
      criteria.map(({ id, status, recoverable }: Record<string, unknown>) => [id, status, recoverable]),
    ).toEqual([
      ['2', 'unknown', 4],
      ['1', 'scored', 2],
    ]);
    expect([owners[0].sure, owners[0].recoverable]).toEqual([2, 6]);
    expect((await run('csv')).stdout).toContain('2,unknown,4,');
    expect((await run('table')).stdout).toMatch(/Office +2–6/);
  });
});

it('the mean of a ranking says of how many units it is, where some have no index that is known', async () => {
  const of = (unit: string, indicators: string) =>
    `unit: ${unit}\nyear: 2025\ncatalogue: ./cat.yaml\nindicators: ${indicators}\n`;
  const files = {
    'cat.yaml': scheme(criterion('1', 'kind: proportional, target: 100')),
    'a.yaml': of('A', '{"1": 50%}'),
    'b.yaml': of('B', '{"1": 70%}'),
    'c.yaml': of('C', '{}'),
  };
  await withFiles(files, async (cwd) => {
    const run = (format: string) =>
      cchc(['league', 'a.yaml', 'b.yaml', 'c.yaml', '--format', format, '--lang', 'en'], { cwd });
    const json = JSON.parse((await run('json')).stdout);
    expect([json.known, json.mean]).toEqual([2, 60]);
    const { stdout } = await run('table');
    expect(stdout).toMatch(/Median index +60% \(2\/3\)/);
    expect(stdout).toContain('of the 2 whose index is known; not of C');
  });
});

it('of a year that stands twice no page or chart of the years is made', async () => {
  await withFiles({}, async (cwd) => {
    for (const args of [
      ['--one-page', '--output', 'r.html'],
      ['--one-page', '--output', 'out/'],
      ['--chart', 'years', '--format', 'svg'],
    ]) {
      const run = await cchc(['report', NHU_XUAN, NHU_XUAN, ...args], { cwd });
      expect([run.code, run.stdout], run.stderr).toEqual([2, '']);
      expect(run.stderr).toContain('duplicate-unit');
    }
  });
});

it('what two schemes are out of stands among their changes in CSV too', async () => {
  const old = scheme(criterion('1', 'kind: proportional, target: 100'));
  const more = `not_listed: {name: {vi: Khác}, ${by}}\nscale: {value: 10`;
  await withFiles({ 'old.yaml': old, 'new.yaml': old.replace('scale: {value: 4', more) }, async (cwd) => {
    const run = await cchc(['catalogue', 'diff', 'old.yaml', 'new.yaml', '--format', 'csv', '--lang', 'en'], {
      cwd,
    });
    expect(run.stdout.split('\r\n').slice(1)).toEqual([',changed,Max,4,10', ',changed,Khác,,6', '']);
  });
});

it('inspect: what was read another way stands in CSV too, and of many a table says how many more', async () => {
  const rows = Array.from({ length: 50 }, (_, i) => `Xã ${i},2025,nhom,1,"50,5%"`);
  const files = {
    'u.csv': `unit,year,catalogue,id,value\n${rows.join('\n')}\n`.replaceAll('nhom', './cat.yaml'),
    'cat.yaml': scheme(criterion('1', 'kind: proportional, target: 100')),
  };
  await withFiles(files, async (cwd) => {
    const run = (format: string) => cchc(['inspect', 'u.csv', '--format', format, '--lang', 'en'], { cwd });
    const csv = (await run('csv')).stdout.split('\r\n').filter((line) => line.includes('coercion'));
    expect(csv).toHaveLength(JSON.parse((await run('json')).stdout).files[0].coercions.length);
    expect(csv[0]).toContain('"50,5%",50.5');
    // 48 of the 50 are shown.
    expect((await run('table')).stdout).toContain('and 2 more');
  });
});

it('the workbook of several units tells the range of a score that is not known, and what points rest on', async () => {
  const of = (unit: string, indicators: string) =>
    `unit: ${unit}\nyear: 2025\ncatalogue: ./cat.yaml\nindicators: ${indicators}\n`;
  const files = {
    'cat.yaml': scheme(
      criterion('1', 'kind: proportional, target: 100'),
      criterion('2', 'kind: proportional, target: 100'),
    ),
    'a.yaml': of('A', '{"1": 50%, "2": 50%}'),
    'b.yaml': of('B', '{"1": 50%}'),
  };
  const [totals] = (await workbookOf(files, ['a.yaml', 'b.yaml'])).worksheets;
  const rows = [5, 6].map((r) => [3, 4, 6].map((column) => totals!.getCell(r, column).value));
  // 50% of 4 twice; 50% of 4 with none or all of the other 4.
  expect(rows).toEqual([
    [4, 50, 'assumed *'],
    ['2–6', '?', 'assumed *'],
  ]);
});

it('the page scores what is held against a group, also a scenario’s', async () => {
  const knots = 'knots: [{at: -10, points: 0}, {at: 10, points: 4}]';
  const of = (unit: string, mean: number, rank: number) =>
    `unit: ${unit}\nyear: 2025\ncatalogue: ./cat.yaml\nindicators: {"1": ${mean}, "2": ${rank}}\n`;
  const files = {
    'cat.yaml': scheme(
      criterion('1', `kind: linear, quantity: number, against: group_mean, ${knots}`),
      criterion(
        '2',
        'kind: steps, quantity: number, against: group_rank, better: less, tiers: [{at_most: 1, points: 4}, {at_most: 2, points: 2}]',
      ),
    ),
    'a.yaml': of('A', 30, 5),
    'b.yaml': of('B', 20, 7),
    'c.yaml': of('C', 40, 6),
    's.yaml': 'name: Thử\nchanges: {"1": {value: 26, group: [20, 20]}}\n',
  };
  await withFiles(files, async (cwd) => {
    const args = ['a.yaml', 'b.yaml', 'c.yaml', '--scenario', 's.yaml', '--output', 'r.html'];
    const run = await cchc(['report', ...args], { cwd });
    expect(run.code, run.stderr).toBe(0);
    const html = readFileSync(join(cwd, 'r.html'), 'utf8');
    const { units } = readData(/id="data">(.*?)<\/script>/s.exec(html)![1]!);
    const words = await loadMessages('vi');
    const scores = units.map((unit) => {
      const { catalogue } = unit;
      const changes = new Map(
        [['1', '45'] as const, ['2', '8'] as const].map(([id, value]) => [
          id,
          entryOf(catalogue.criteria.find((c) => c.id === id)!, { values: [value], exempt: false })!,
        ]),
      );
      const { compared } = reportModel({ ...unit, league: null, changes }, words);
      return compared.map(({ result }) => result.total.score! / 10_000);
    });
    // A is at the mean of 30 and first: 2 + 4; at 26 where the others have 20 it is 4 above the mean of 22: 2.8 + 4;
    // at 45 it is 10 above the mean of 35, and 8 is last: 4 + 0.
    expect(scores[0]).toEqual([6, 6.8, 4]);
    // B is 10 below the mean, and last; of 45, 30 and 40 the mean is 38.3333, so 45 is 6.6667 above it, and 8 is last.
    expect(scores[1]!.map((x) => Math.round(x * 1e4) / 1e4)).toEqual([0, 2.8, 3.3333]);
  });
});

it('the page locks what is for other kinds of unit, not what a condition or its value leaves out, and shows what is accepted', async () => {
  const rate = 'kind: proportional, target: 100';
  const files = {
    'cat.yaml': scheme(
      criterion('1', rate),
      criterion('2', rate, 'requires: {criterion: "1", at_least: 80, else: not_applicable}, '),
      criterion('3', rate, 'units: [xã], otherwise: max, '),
      criterion('4', rate, 'exemption: {vi: Giải trình}, '),
    ),
    'u.yaml':
      'unit: U\nyear: 2025\nkind: huyện\ncatalogue: ./cat.yaml\nindicators: {"1": 50%, "2": 70%, "3": 20%, "4": {exempt: CV}}\n',
  };
  await withFiles(files, async (cwd) => {
    const run = await cchc(['report', 'u.yaml', '--output', 'r.html'], { cwd });
    expect(run.code, run.stderr).toBe(0);
    const html = readFileSync(join(cwd, 'r.html'), 'utf8');
    expect(['1', '2', '3', '4'].map((id) => html.includes(`data-criterion="${id}"`))).toEqual([
      true,
      true,
      false,
      true,
    ]);
    expect(html).toContain('data-exempt="4" checked');
  });
});

it('of several values those that are there are in the workbook and on the page, and tell a condition, while others lack', async () => {
  const parts =
    'parts: [{input: p, name: P, max: 3, rule: {kind: proportional, target: 80}}, {input: q, name: Q, max: 1, rule: {kind: count, per_item: 0.5}}]';
  const files = {
    'cat.yaml': scheme(
      criterion('1', `kind: sum, ${parts}`),
      criterion(
        '2',
        'kind: proportional, target: 100',
        'requires: {criterion: "1", input: p, at_least: 50, else: 0}, ',
      ),
    ),
    'u.yaml': 'unit: U\nyear: 2025\ncatalogue: ./cat.yaml\nindicators: {"1": {values: {p: 60%}}, "2": 50%}\n',
  };
  // 60 of 80 of 3 is 2.25, with two of Q 3.25; 50% of 4 counts, for P is at least 50%.
  const made = await workedOut(files, ['u.yaml'], { F6: 2 });
  expect(row(made, 1)).toEqual([4, '', 3.25]);
  expect(row(made, 2)).toEqual([4, 2, 2]);
  await withFiles(files, async (cwd) => {
    const scored = await cchc(['score', 'u.yaml', '--format', 'json'], { cwd });
    expect(JSON.parse(scored.stdout).readings[0].criteria[1].points).toBe(2);
    await cchc(['report', 'u.yaml', '--output', 'r.html'], { cwd });
    const html = readFileSync(join(cwd, 'r.html'), 'utf8');
    expect(/<input type="number" data-criterion="1" data-input="0"[^>]*>/.exec(html)![0]).toContain(
      'value="60"',
    );
  });
});
