import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type CountsOf, collect, type FilledForm, missingForms, monthOf } from '../src/reading/collect.js';
import { catalogueData, cchc, withFiles } from './support.js';

const form = (unit: string, indicators: Record<string, unknown>, file = `${unit}.csv`): FilledForm => ({
  file,
  unit: { unit },
  year: '2022',
  indicators,
});
const flows = () => ({ planned: false, ratios: [null], values: [] });

describe('the month that a file names', () => {
  it.each([
    ['bieu/xa-a-thang-3.xlsx', 3],
    ['Xã A tháng 03.xlsx', 3],
    ['xa-a-t12.csv', 12],
    ['xa_a_T1.yaml', 1],
    ['2026-03.yaml', 3],
    ['xa-a-2026-11.yaml', 11],
    ['month-7.json', 7],
    // Neither the year nor a number of something else is a month; two months are none.
    ['xa-a-2026.yaml', null],
    ['xa-a-13.yaml', null],
    ['xa-a-t13.yaml', null],
    ['xa-a-t1-t3.yaml', null],
    ['dot3.yaml', null],
  ])('%s: %s', (file, month) => expect(monthOf(file)).toBe(month));
});

describe('forms of units', () => {
  it('what was not read as it stands is listed where that is asked for', () =>
    withFiles(
      {
        'c.json': JSON.stringify(catalogueData({ kind: 'proportional', target: 100 }, 1, 1)),
        'a.json': JSON.stringify({
          unit: 'Xã A',
          year: 2022,
          catalogue: './c.json',
          indicators: { T1: '99,2%' },
        }),
      },
      async (folder) => {
        const told = async (...more: string[]) =>
          (await cchc(['collect', join(folder, 'a.json'), ...more])).stderr.includes('read-as');
        expect([await told(), await told('--explain-input')]).toEqual([false, true]);
      },
    ));

  it('one form a unit: what is filled in of what its kind is asked for', async () => {
    const data = catalogueData({ kind: 'proportional', target: 100 }, 1, 2);
    const criteria = [data.criteria[0], { ...data.criteria[0], id: 'T2', units: ['xã'], otherwise: 'max' }];
    const file = (unit: string, kind: string, indicators: object) =>
      JSON.stringify({ unit, kind, year: 2022, catalogue: '../c.json', indicators });
    const files = {
      'c.json': JSON.stringify({ ...data, criteria }),
      'f/a.json': file('Xã A', 'xã', { T1: 20 }),
      'f/b.json': file('Phường B', 'phường', { T1: 20 }),
      'f/c.json': file('Xã C', 'xã', {}),
    };
    await withFiles(files, async (folder) => {
      const { stdout } = await cchc(['collect', join(folder, 'f'), '--lang', 'vi', '--format', 'markdown']);
      const filled = [...stdout.matchAll(/^\| (\S+ \S).* (\d\/\d) \|$/gm)].map(([, unit, part]) => [
        unit,
        part,
      ]);
      expect(filled).toEqual([
        ['Xã A', '1/2'],
        ['Phường B', '1/1'],
        ['Xã C', '0/2'],
      ]);
      expect(stdout).toContain('Xã A, Xã C');
    });
  });

  it('names who has not sent one, told apart by tone marks, and is silent when all have', () => {
    const expected = ['Xã Tân Thành', 'Xã Tân Thạnh'].map((unit) => ({ unit }));
    expect(missingForms(expected, [form('Xã Tân Thạnh', {})])).toMatchObject([
      { code: 'forms-missing', severity: 'warning', params: { units: ['Xã Tân Thành'], size: 2 } },
    ]);
    expect(missingForms(expected, [form('xã tân thành', {}), form('Xã Tân Thạnh', {})])).toEqual([]);
  });

  it('several forms of a unit are refused until it is said what their counts are of', () => {
    const twice = [form('Xã A', {}, 'a-t1.csv'), form('Xã A', {}, 'a-t2.csv')];
    expect(collect(twice, null, flows).diagnostics).toMatchObject([{ code: 'forms-of-months' }]);
  });
});

describe('forms of months', () => {
  const months = (counts: unknown[], as: 'month' | 'to-date', about: (id: string) => CountsOf = flows) =>
    collect(
      counts.map((entry, i) => form('Xã A', { '7.3.2': entry }, `a-t${i + 1}.csv`)),
      as,
      about,
    );

  it('of each month alone: 10 of 20 and 30 of 40 are the two months', () => {
    const { collected } = months(
      [
        { done: 10, total: 20 },
        { done: 30, total: 40, note: 'x' },
      ],
      'month',
    );
    expect(collected[0]!.indicators).toEqual({
      '7.3.2': {
        note: 'x',
        months: [
          { done: 10, total: 20 },
          { done: 30, total: 40 },
        ],
      },
    });
  });

  it('of the year so far: 10 of 20, then 1.040 of 1.060 are 10 of 20, then 1030 of 1040', () => {
    const { collected } = months(
      [
        { done: 10, total: 20 },
        { done: '1.040', total: '1.060' },
      ],
      'to-date',
    );
    expect(collected[0]!.indicators).toEqual({
      '7.3.2': {
        months: [
          { done: 10, total: 20 },
          { done: 1030, total: 1040 },
        ],
      },
    });
  });

  it('of a plan: the total is that of the year, not of a month', () => {
    const { collected } = months(
      [
        { done: 1, total: 8 },
        { done: 3, total: 8 },
      ],
      'to-date',
      () => ({ planned: true, ratios: [null], values: [] }),
    );
    expect(collected[0]!.indicators).toEqual({ '7.3.2': { plan: 8, months: [{ done: 1 }, { done: 2 }] } });
  });

  it('numbers have a course, levels are those of the last month', () => {
    expect(months(['40%', '60%'], 'month').collected[0]!.indicators).toEqual({
      '7.3.2': { value: '60%', history: ['40%', '60%'] },
    });
    expect(months(['Tốt', 'Khá'], 'month').collected[0]!.indicators).toEqual({ '7.3.2': 'Khá' });
  });

  it('named counts, parts and several values of single months are refused: the last are not the year’s', () => {
    for (const entry of [
      { counts: { a: 1, b: 2 } },
      { parts: { a: 1 }, total: 4 },
      { values: { p: { done: 1, total: 2 }, q: 60 } },
    ]) {
      const told = (as: 'month' | 'to-date') => months([entry, entry], as).diagnostics;
      expect(told('month')).toMatchObject([{ code: 'month-parts', params: { id: '7.3.2' } }]);
      expect(told('to-date')).toEqual([]);
    }
    const rates = () => ({ planned: false, ratios: ['p'], values: [] });
    const half = { values: { p: '1/2', q: 60 } };
    expect(months([half, half], 'month', rates).diagnostics).toMatchObject([{ code: 'month-parts' }]);
    // Percents are as they stand at the end of a month.
    expect(months([{ values: { p: 50 } }, { values: { p: 60 } }], 'month').diagnostics).toEqual([]);
  });

  it('600/1000 in the place of a value are counts: 5 of 10 and 9 of 20 are the two months', () => {
    expect(months(['5/10', { value: '9 trên 20', note: 'x' }], 'month').collected[0]!.indicators).toEqual({
      '7.3.2': {
        note: 'x',
        months: [
          { done: '5', total: '10' },
          { done: '9', total: '20' },
        ],
      },
    });
    // From January on: 5 of 10, then 4 of 10 more.
    expect(months(['5/10', '9/20'], 'to-date').collected[0]!.indicators).toEqual({
      '7.3.2': {
        months: [
          { done: 5, total: 10 },
          { done: 4, total: 10 },
        ],
      },
    });
    // A date is none.
    const dates = () => ({ planned: false, ratios: [], values: [] });
    expect(months(['15/01', '18/01'], 'month', dates).collected[0]!.indicators).toEqual({ '7.3.2': '18/01' });
  });

  it('plain counts of single months are added up, those to date are as they stand', () => {
    const late = (values: unknown[], as: 'month' | 'to-date') =>
      months(values, as, () => ({ planned: false, ratios: [], values: [null] }));
    const added = late([1, '2 báo cáo', { value: 0, note: 'x' }], 'month');
    // 1, then 1 + 2, then 1 + 2 + 0.
    expect(added.collected[0]!.indicators).toEqual({
      '7.3.2': { value: 3, history: [1, 3, 3], note: 'x' },
    });
    expect(added.diagnostics).toMatchObject([
      { code: 'months-added', severity: 'note', params: { id: '7.3.2', months: 3, value: 3 } },
    ]);
    expect(late([1, 2, 2], 'to-date').collected[0]!.indicators).toEqual({
      '7.3.2': { value: 2, history: [1, 2, 2] },
    });
    expect(late([1, null, 2], 'month').diagnostics).toMatchObject([
      { code: 'month-missing', params: { months: [2] } },
    ]);
    expect(late([1, 2, 'không áp dụng'], 'month').collected[0]!.indicators).toEqual({
      '7.3.2': 'không áp dụng',
    });
    const several = { values: { late: 1, rate: 60 } };
    const ofLate = () => ({ planned: false, ratios: [], values: ['late'] });
    expect(months([several, several], 'month', ofLate).diagnostics).toMatchObject([{ code: 'month-parts' }]);
  });

  it('what the last month leaves blank is not what an earlier one said', () => {
    for (const blank of [null, '', { value: '' }]) {
      const { collected, diagnostics } = months(['95%', blank, blank], 'month');
      expect(collected[0]!.indicators).toEqual({});
      expect(diagnostics).toMatchObject([
        { code: 'month-blank', severity: 'warning', params: { id: '7.3.2', month: 1, months: [2, 3] } },
      ]);
    }
    expect(months(['40%', null, '60%'], 'month').collected[0]!.indicators).toEqual({ '7.3.2': '60%' });
  });

  it('one form of March alone is not the year so far, unless it runs from January', () => {
    const form = {
      file: 'a-t3.yaml',
      unit: { unit: 'A', code: null },
      year: '2026',
      indicators: { '7.3.2': 5 },
    };
    const march = [form];
    expect(collect(march, 'month', flows).diagnostics).toMatchObject([
      { code: 'month-missing', params: { unit: 'A', id: null, months: [1, 2] } },
    ]);
    for (const [forms, as] of [
      [march, 'to-date'],
      [[{ ...form, file: 'a-t1.yaml' }], 'month'],
      [[{ ...form, file: 'a.yaml' }], 'month'],
    ] as const)
      expect(collect(forms, as, flows)).toMatchObject({
        diagnostics: [],
        collected: [{ indicators: { '7.3.2': expect.anything() } }],
      });
  });

  it('a unit whose forms end before those of others is told', () => {
    const form = (unit: string, month: number) => ({
      file: `${unit}-t${month}.yaml`,
      unit: { unit, code: null },
      year: '2026',
      indicators: { '7.3.2': { done: 1, total: 2 } },
    });
    const forms = [form('A', 1), form('A', 2), form('A', 3), form('B', 1)];
    const { collected, diagnostics } = collect(forms, 'month', flows);
    expect([collected.length, diagnostics]).toMatchObject([
      2,
      [{ code: 'month-missing', severity: 'warning', params: { unit: 'B', id: null, months: [2, 3] } }],
    ]);
  });

  it('what does not fit together is refused with its month', () => {
    const fell = months(
      [
        { done: 10, total: 20 },
        { done: 9, total: 30 },
      ],
      'to-date',
    );
    expect(fell.diagnostics).toMatchObject([{ code: 'month-fell', params: { id: '7.3.2', month: 2 } }]);
    const blank = months([{ done: 1, total: 2 }, null, { done: 1, total: 2 }], 'month');
    expect(blank.diagnostics).toMatchObject([{ code: 'month-missing', params: { months: [2] } }]);
    const gap = [form('Xã A', {}, 'a-t1.csv'), form('Xã A', {}, 'a-t3.csv')];
    expect(collect(gap, 'month', flows).diagnostics).toMatchObject([
      { code: 'month-missing', params: { id: null, months: [2] } },
    ]);
    const same = [form('Xã A', {}, 'a-t1.csv'), form('Xã A', {}, 'b-t01.csv')];
    expect(collect(same, 'month', flows).diagnostics).toMatchObject([{ code: 'month-twice' }]);
    const unnamed = [form('Xã A', {}, 'a.csv'), form('Xã A', {}, 'b.csv')];
    expect(collect(unnamed, 'month', flows).diagnostics.map((d) => d.code)).toEqual([
      'form-month',
      'form-month',
    ]);
  });
});

describe('on the command line', () => {
  const HEAD = 'unit,year,catalogue,id,value,done,total\n';
  const row = (unit: string, cells: string) => `${unit},2022,thanh-hoa-district-2022,${cells}\n`;

  it('forms of units into one sheet that scores as each form does; who is missing is told', async () => {
    const files = {
      'a.csv': HEAD + row('Xã A', '1.5,2,,'),
      'b.yaml': 'unit: Xã B\nyear: 2022\ncatalogue: thanh-hoa-district-2022\nindicators: {7.3.2: 60%}\n',
      'league.yaml':
        'name: Xã\nyear: 2022\nsize: 3\nunits: [{unit: Xã A}, {unit: Xã B}, {unit: Xã C}]\nscale: 100\n',
    };
    await withFiles(files, async (folder) => {
      const all = `${folder}/all.csv`;
      const forms = [`${folder}/a.csv`, `${folder}/b.yaml`];
      const wrote = await cchc(['collect', ...forms, '--league', `${folder}/league.yaml`, '-o', all]);
      expect([wrote.code, wrote.stdout]).toEqual([0, '']);
      expect(wrote.stderr).toContain('no form yet from 1 of 3 units: Xã C');
      const points = async (file: string) =>
        JSON.parse((await cchc(['score', file, '--format', 'json'])).stdout).readings.map(
          (r: { unit: string; criteria: { id: string; points: number | null }[] }) => [
            r.unit,
            r.criteria.filter((c) => c.points !== null).map((c) => [c.id, c.points]),
          ],
        );
      // 2 initiatives earn 1; 60 of 85 earn 0.7059.
      expect(await points(all)).toEqual([
        ['Xã A', [['1.5', 1]]],
        ['Xã B', [['7.3.2', 0.7059]]],
      ]);
    });
  });

  it('forms of months make a reading that pace reads: 40 of 60 by February', async () => {
    const files = {
      'xa-a-t1.csv': HEAD + row('Xã A', '7.3.2,,10,20'),
      'xa-a-t2.csv': HEAD + row('Xã A', '7.3.2,,40,60'),
    };
    await withFiles(files, async (folder) => {
      const made = await cchc(['collect', folder, '--months', 'to-date', '-o', `${folder}/r.yaml`]);
      expect([made.code, made.stderr]).toEqual([0, '']);
      const scored = await cchc(['score', `${folder}/r.yaml`, '--format', 'json']);
      const { criteria } = JSON.parse(scored.stdout).readings[0];
      // 40 of 60 is 66.67%, of 85: 0.7843.
      expect(criteria.find((c: { id: string }) => c.id === '7.3.2').points).toBe(0.7843);
      const paced = await cchc(['pace', `${folder}/r.yaml`, '--as-of', '28/02/2022', '--format', 'csv']);
      expect([paced.code, paced.stdout.split('\n')[1]!.includes('7.3.2')]).toEqual([0, true]);
    });
  });

  it('units of several catalogues: each is of its own plan, in its spelling of ids', async () => {
    const scheme = (basis: string) => {
      const data = catalogueData({ kind: 'proportional', target: 100 }, 10);
      return JSON.stringify({ ...data, criteria: data.criteria.map((c) => ({ ...c, basis })) });
    };
    const of = (unit: string, catalogue: string, id: string, done: number, total: number) =>
      `unit: ${unit}\nyear: 2022\ncatalogue: ./${catalogue}.yaml\nindicators: {${id}: {done: ${done}, total: ${total}}}\n`;
    const files = {
      'flow.yaml': scheme('flow'),
      'plan.yaml': scheme('plan'),
      'a-t1.yaml': of('A', 'flow', 'T1', 5, 10),
      'a-t2.yaml': of('A', 'flow', 't1', 10, 20),
      'b-t1.yaml': of('B', 'plan', 'T1', 5, 40),
      'b-t2.yaml': of('B', 'plan', 'T1', 10, 40),
      'mixed/c-t1.yaml': of('C', '../flow', 'T1', 5, 10).replace('./..', '..'),
      'mixed/c-t2.yaml': of('C', '../plan', 'T1', 5, 10).replace('./..', '..'),
    };
    await withFiles(files, async (folder) => {
      const forms = ['a-t1', 'a-t2', 'b-t1', 'b-t2'].map((name) => `${folder}/${name}.yaml`);
      const made = (file: string) =>
        cchc(['collect', ...forms, '--months', 'month', '-o', `${folder}/${file}`]);
      expect([(await made('all.csv')).code, (await made('all.yaml')).code]).toEqual([0, 3]);
      const { readings } = JSON.parse(
        (await cchc(['score', `${folder}/all.csv`, '--format', 'json'])).stdout,
      );
      // 15 of 30 is half of 10; 15 of the year's 40 are 3.75.
      expect(readings.map((r: { total: { score: number } }) => r.total.score)).toEqual([5, 3.75]);
      const mixed = await cchc(['collect', `${folder}/mixed`, '--months', 'month']);
      expect([mixed.code, mixed.stderr.includes('mixed-catalogues')]).toEqual([2, true]);
    });
  });

  it('a code and a kind that an earlier form gives are the unit’s', async () => {
    const of = (more: string) =>
      `unit: A\n${more}year: 2022\ncatalogue: thanh-hoa-district-2022\nindicators: {1.5: 2}\n`;
    const files = { 'a-t1.yaml': of('code: "7"\nkind: huyện\n'), 'a-t2.yaml': of('') };
    await withFiles(files, async (folder) => {
      const ran = await cchc(['collect', folder, '--months', 'month', '--format', 'json']);
      expect(JSON.parse(ran.stdout)).toMatchObject({ unit: 'A', code: '7', kind: 'huyện' });
    });
  });

  it('the screen says who has sent what, in both languages', async () => {
    await withFiles({ 'a.csv': HEAD + row('Xã A', '1.5,2,,') }, async (folder) => {
      const shown = await cchc(['collect', `${folder}/a.csv`, '--lang', 'vi']);
      expect([shown.code, shown.stderr]).toEqual([0, '']);
      expect(shown.stdout).toMatch(/Đã nhận +1 đơn vị/);
      expect(shown.stdout).toContain('1/15');
      expect((await cchc(['collect', `${folder}/a.csv`])).stdout).toMatch(/Received +1 unit\n/);
    });
  });
});

it('links to files and folders are what they stand for, and one to nothing is told', async () => {
  const reading = (unit: string) =>
    `unit: ${unit}\nyear: 2022\ncatalogue: ../c.json\nindicators: {T1: 20%}\n`;
  const files = {
    'all/c.json': JSON.stringify(catalogueData({ kind: 'proportional', target: 100 }, 1)),
    'all/forms/a.yaml': reading('Xã A'),
    'all/b.yaml': reading('Xã B'),
    'far/away/x.txt': '',
  };
  await withFiles(files, async (folder) => {
    symlinkSync('../b.yaml', join(folder, 'all/forms/b.yaml'));
    symlinkSync('none.yaml', join(folder, 'all/none.yaml'));
    symlinkSync(join(folder, 'all/forms'), join(folder, 'far/away/forms'));
    const { stdout } = await cchc(['collect', join(folder, 'all/forms'), '--format', 'csv']);
    expect([...stdout.matchAll(/^(Xã .),/gm)].map(([, unit]) => unit)).toEqual(['Xã A', 'Xã B']);
    // The catalogue is beside the folder that the link stands for.
    const linked = ['far/away/forms/a.yaml', 'far/away/forms/b.yaml'].map((f) => join(folder, f));
    expect((await cchc(['league', ...linked, '-q'])).code).toBe(0);
    const twice = await cchc(['league', ...linked, join(folder, 'all/forms/b.yaml')]);
    expect(twice.stderr).toMatch(/\[duplicate-unit\] 'Xã B' stands twice\n {2}--> \S*all\/forms\/b\.yaml/);
    // What is not there is not guessed to be itself.
    expect((await cchc(['score', join(folder, 'all/none.yaml')])).stderr).not.toContain('did you mean');
  });
});
