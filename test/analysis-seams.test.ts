import { basename } from 'node:path';
import { describe, expect, it } from 'vitest';
import { callIn, catalogue, part, reading } from './seam-support.js';
import { cchc, withFiles } from './support.js';

/** Where scenarios, actions, outlooks and baselines meet readings and catalogues other than those they were written for. */
describe('targets finer than the scheme', () => {
  // 60% of 50 and of 50 is 60; in whole points the least score that is not below 60.4 is 61.
  const files = {
    'c.json': catalogue(
      'c',
      [
        { id: '1.1', max: 50 },
        { id: '1.2', max: 50 },
      ],
      { decimals: 0 },
    ),
    'r.json': reading('c.json', { '1.1': '60%', '1.2': '60%' }),
  };

  it('a plan for 60.4 is not made by 60, as check has it', async () => {
    const plan = await callIn(files, 'plan', 'r.json', '--target-score', '60.4');
    expect([plan.code, plan.json.needed]).toEqual([0, 61]);
    expect((await callIn(files, 'check', 'r.json', '--min-score', '60.4')).code).toBe(1);
  });

  it('nor is the chance of 79.2 that of 79', async () => {
    const risk = await callIn(
      files,
      'risk',
      'r.json',
      '--uncertain',
      '1.1=60..100',
      '--target-score',
      '79.2',
    );
    // 80 is reached from 99% of 50 = 49.5, rounded to 50: a fortieth of 60 to 100.
    expect(risk.json.targetScore.value).toBeCloseTo(1 / 40, 6);
  });
});

describe('an outlook that says one indicator twice', () => {
  const sum = { kind: 'sum', parts: [part('a', 30), part('b', 30)] };
  const files = (indicators: object) => ({
    'c.json': catalogue('c', [
      { id: '1.1', max: 60, rule: sum },
      { id: '1.2', max: 40 },
    ]),
    'r.json': reading('c.json', { '1.1': { values: { a: '50%', b: '50%' } }, '1.2': '50%' }),
    'o.json': JSON.stringify({ indicators }),
  });
  const risk = (indicators: object, ...more: string[]) =>
    callIn(files(indicators), 'risk', 'r.json', '--outlook', 'o.json', ...more);

  it('is refused, whichever is written first', async () => {
    const whole = { '1.1': { values: { a: '100%', b: '100%' } } };
    expect(await risk({ ...whole, '1.1.a': '50..60' })).toMatchObject({ code: 3, codes: ['two-values'] });
    expect(await risk({ '1.1.a': '50..60', ...whole })).toMatchObject({ code: 3, codes: ['two-values'] });
  });

  it('its parts one by one are one criterion, those of the call before those of the file', async () => {
    // a is 100% and b 50 to 70%, in the middle 60%: 30 + 18 + 20.
    const mean = async (...asked: Parameters<typeof risk>) => (await risk(...asked)).json.score.mean;
    expect(await mean({ '1.1.a': '100%', '1.1.b': '50..70' })).toBeCloseTo(68, 6);
    expect(await mean({ '1.1.b': '50..70' }, '--uncertain', '1.1.a=100%')).toBeCloseTo(68, 6);
    expect(await mean({ '1.1.a': '0..10', '1.1.b': '50..70' }, '--uncertain', '1.1.a=100%')).toBeCloseTo(
      68,
      6,
    );
  });
});

it('counts of one ratio, some from the call and others from the file, are refused', async () => {
  const ratio = { times: ['a', 'b'], over: { larger_of: ['c', 'd'] } };
  const rule = { kind: 'proportional', target: 100, measure: { counts: ['a', 'b', 'c', 'd'], ratio } };
  const files = {
    'c.json': catalogue('c', [{ id: '1.1', max: 100, rule }]),
    'r.json': reading('c.json', { '1.1': { counts: { a: 5, b: 6, c: 40, d: 50 } } }),
    'o.json': JSON.stringify({ indicators: { '1.1.b': '5..6' } }),
  };
  const risk = (written: string) =>
    callIn(files, 'risk', 'r.json', '--outlook', 'o.json', '--uncertain', written);
  expect(await risk('1.1.a=5..6')).toMatchObject({ code: 2, codes: ['two-values'] });
  // Of one count what the call says goes before: 5 × 7 or 5 × 8 of 50.
  expect((await risk('1.1.b=7..8')).json.score.mean).toBeCloseTo(75, 9);
});

describe('actions on a criterion that does not apply to the unit', () => {
  // 1.1.a and 1.1.b earn 15 each of 30, 1.2 earns 10 of 20; 1.3 is for communes alone.
  const sum = { kind: 'sum', parts: [part('a', 30), part('b', 30)] };
  const communes = { units: ['xã'], otherwise: 'not_applicable' };
  const action = (id: string, changes: object) => ({
    id,
    name: id,
    cost: 1,
    changes: { ...changes, '1.3': '100%' },
  });
  const files = {
    'c.json': catalogue('c', [
      { id: '1.1', max: 60, rule: sum },
      { id: '1.2', max: 20 },
      { id: '1.3', max: 20, ...communes },
    ]),
    'r.json': reading(
      'c.json',
      { '1.1': { values: { a: '50%', b: '50%' } }, '1.2': '50%' },
      { unit: 'Sở A', kind: 'sở' },
    ),
    'a.json': JSON.stringify({
      name: 'A',
      actions: [action('p', { '1.1.a': '100%' }), action('q', { '1.2': '100%' })],
    }),
  };

  it('do not stand in one another’s way for it: 40 + 15 + 10', async () => {
    const ran = await callIn(files, 'plan', 'r.json', '--actions', 'a.json', '--target-score', '65');
    expect([ran.code, ran.json.choice.score]).toEqual([0, 65]);
    expect(ran.json.choice.actions.map((a: { changes: string[] }) => a.changes)).toEqual([['1.1'], ['1.2']]);
  });

  it('the table tells the value that a part makes, and nothing of what does not apply', async () => {
    await withFiles(files, async (folder) => {
      const at = (name: string) => `${folder}/${name}`;
      const args = ['plan', at('r.json'), '--actions', at('a.json'), '--target-score', '65'];
      const { stdout } = await cchc([...args, '--lang', 'en', '--format', 'markdown']);
      expect(stdout).toContain('1.1 → a: 100%; b: 50%');
      expect(stdout).not.toMatch(/unknown|1\.3/);
    });
  });
});

describe('two catalogues in one call', () => {
  const level = (name: string, points: number) => ({ level: name, points });
  const levels = [level('Tốt', 1), level('Khá', 0.5), level('Kém', 0)];
  const scheme = (id: string, order: object[]) =>
    catalogue(id, [
      { id: '1.1', max: 1, rule: { kind: 'levels', levels: order } },
      { id: '1.2', max: 99 },
    ]);
  const indicators = { '1.1': 'Kém', '1.2': '100%' };

  it('report: a scenario is what each catalogue makes of it, as whatif has it', async () => {
    const files = {
      'a.json': scheme('a', levels),
      // The same levels, the worst first.
      'b.json': scheme('b', [...levels].reverse()),
      'ra.json': reading('a.json', indicators),
      'rb.json': reading('b.json', indicators, { unit: 'Xã B' }),
      's.json': JSON.stringify({ name: 'S', changes: { '1.1': 'Tốt' } }),
    };
    const asked = ['ra.json', 'rb.json', '--scenario', 's.json'];
    const report = await callIn(files, 'report', ...asked, '--chart', 'scenarios');
    type Charts = { charts: { scenarios: { rows: { value: number }[] } } };
    expect(report.json.readings.map(({ charts }: Charts) => charts.scenarios.rows[0]!.value)).toEqual([1, 1]);
  });

  it('check: each has its examples tried, though both have one id', async () => {
    const with50at = (points: number) =>
      catalogue('same', [{ id: '1.1', max: 100, examples: [{ value: '50%', points, because: 'half' }] }]);
    const ofFolder = (name: string) => ({
      [`${name}/r.json`]: reading('c.json', { '1.1': '50%' }, { unit: `Xã ${name}` }),
    });
    const files = {
      'one/c.json': with50at(50),
      'two/c.json': with50at(90),
      ...ofFolder('one'),
      ...ofFolder('two'),
    };
    const { code, json } = await callIn(files, 'check', 'one/r.json', 'two/r.json');
    const found = json.files.map((f: { diagnostics: { code: string }[] }) =>
      f.diagnostics.map((d) => d.code),
    );
    expect([code, found]).toEqual([3, [[], ['example-differs']]]);
  });

  it('check: a percent is not held against what was a count', async () => {
    const files = {
      'old.json': catalogue('old', [{ id: '1.1', max: 100, rule: { kind: 'count', per_item: 20 } }], {
        year: 2024,
      }),
      'new.json': catalogue('new', [{ id: '1.1', max: 100 }]),
      'before.json': reading('old.json', { '1.1': 5 }, { year: 2024 }),
      'now.json': reading('new.json', { '1.1': '70%' }),
    };
    const { code, json } = await callIn(files, 'check', 'now.json', '--baseline', 'before.json');
    expect([code, json.files[0].diagnostics]).toEqual([0, []]);
  });
});

type Checked = { file: string; diagnostics: { code: string }[] };

it('check: a baseline whose group is unknown earned nothing known there, and that is told', async () => {
  const near = {
    kind: 'steps',
    quantity: 'percent',
    against: 'group_max',
    tiers: [{ at_least: -10, points: 'max' }],
  };
  const rule = { ...near, otherwise: 0 };
  const files = {
    'c.json': catalogue('c', [
      { id: '1.1', max: 60, rule },
      { id: '1.2', max: 40 },
    ]),
    'old.json': reading('c.json', { '1.1': '85%', '1.2': '100%' }),
    'a.json': reading('c.json', { '1.1': '80%', '1.2': '100%' }),
    'b.json': reading('c.json', { '1.1': '85%', '1.2': '100%' }, { unit: 'Xã B' }),
  };
  const asked = ['check', 'a.json', 'b.json', '--baseline', 'old.json'];
  const found = async (...call: Parameters<typeof callIn>) =>
    (await callIn(...call)).json.files.flatMap(({ file, diagnostics }: Checked) =>
      diagnostics.map(({ code }) => [basename(file), code]),
    );
  expect(await found(files, ...asked, '--no-regression')).toEqual([
    ['b.json', 'baseline-of-other-unit'],
    ['old.json', 'needs-group'],
  ]);
  expect(await found(files, ...asked)).toEqual([['b.json', 'baseline-of-other-unit']]);
  // With the others' values nothing is lacking.
  const whole = {
    ...files,
    'old.json': reading('c.json', { '1.1': { value: '85%', group: ['85%'] }, '1.2': '100%' }),
  };
  expect(await found(whole, ...asked, '--no-regression')).toEqual([['b.json', 'baseline-of-other-unit']]);
});

describe('the next place of a league', () => {
  const league = (own: number, next: number) =>
    JSON.stringify({
      name: 'L',
      year: 2025,
      size: 2,
      decimals: 2,
      scale: 100,
      units: [
        { unit: 'Xã A', score: own },
        { unit: 'Xã B', score: next },
      ],
    });

  it('takes no better a level than is needed: 49.5 + 0.5 passes 49.8', async () => {
    const levels = [
      { level: 'Tốt', points: 1 },
      { level: 'Khá', points: 0.5 },
      { level: 'Kém', points: 0 },
    ];
    const files = {
      'c.json': catalogue('c', [
        { id: '1.1', max: 1, rule: { kind: 'levels', levels } },
        { id: '1.2', max: 99 },
      ]),
      'r.json': reading('c.json', { '1.1': 'Kém', '1.2': '50%' }),
      'l.json': league(49.5, 49.8),
    };
    const { json } = await callIn(files, 'sensitivity', 'r.json', '--league', 'l.json');
    const at = Object.fromEntries(
      json.criteria.map((c: { id: string; breakEven: unknown }) => [c.id, c.breakEven]),
    );
    // 0.31 more, of 99 points to 100%.
    expect(at).toEqual({ '1.1': 'Khá', '1.2': expect.closeTo((100 * 49.81) / 99, 1) });
  });

  it('is reached by two together where a mean makes more of them than their sum', async () => {
    // √(25% × 25%) of 50 is 12.5, √(100% × 25%) is 25, √(100% × 100%) is 50: of an index of 80% 40 points.
    const fields = [{ id: '1', name: '1', combine: 'geometric' }];
    const files = {
      'c.json': catalogue(
        'c',
        [
          { id: '1.1', max: 50 },
          { id: '1.2', max: 50 },
        ],
        { fields },
      ),
      'r.json': reading('c.json', { '1.1': '25%', '1.2': '25%' }),
      'l.json': league(25, 80),
    };
    const { json } = await callIn(files, 'sensitivity', 'r.json', '--league', 'l.json');
    expect([json.reading.total.score, json.pairs]).toEqual([12.5, [['1.1', '1.2']]]);
  });
});

it('a letter tells no rank of its year from the league of another', async () => {
  const files = (year: number) => ({
    'c.json': catalogue('c', [{ id: '1.1', max: 100 }]),
    'r.json': reading('c.json', { '1.1': '70%' }),
    'l.json': JSON.stringify({
      name: 'L',
      year,
      size: 2,
      scale: 100,
      units: [
        { unit: 'Xã A', score: 70 },
        { unit: 'Xã B', score: 80 },
      ],
    }),
  });
  const letter = (year: number) => callIn(files(year), 'letter', 'r.json', '--league', 'l.json');
  const same = await letter(2025);
  expect([same.json.intro, same.codes]).toEqual([expect.stringContaining('ranked 2 of 2'), []]);
  for (const year of [2024, 2026]) {
    const other = await letter(year);
    expect([other.json.intro, other.codes]).toEqual([
      expect.not.stringContaining('ranked'),
      ['league-of-other-year'],
    ]);
  }
  // One page shows where the unit would stand, and says so.
  const page = (year: number) =>
    withFiles(files(year), async (folder) => {
      const at = (name: string) => `${folder}/${name}`;
      const args = ['report', at('r.json'), '--league', at('l.json'), '--one-page', '--lang', 'en'];
      return (await cchc(args)).stdout;
    });
  expect(await page(2025)).not.toMatch(/league’s/);
  for (const year of [2024, 2026]) expect(await page(year)).toMatch(/league’s/);
});

it('rivals that the call moves are not moved by the file besides', async () => {
  const files = {
    'c.json': catalogue('c', [
      { id: '1.1', max: 60 },
      { id: '1.2', max: 40 },
    ]),
    'r.json': reading('c.json', { '1.1': '50%', '1.2': '100%' }),
    'o.json': JSON.stringify({ rivals: { all: 0.8, units: { 'Xã C': 0.9 } } }),
    'l.json': JSON.stringify({
      name: 'L',
      year: 2025,
      size: 3,
      decimals: 2,
      scale: 100,
      units: [
        { unit: 'Xã A', score: 70 },
        { unit: 'Xã B', score: 69 },
        { unit: 'Xã C', score: 68 },
      ],
    }),
  };
  // A is at 69.96 to 70.
  const args = [
    'risk',
    'r.json',
    '--league',
    'l.json',
    '--outlook',
    'o.json',
    '--uncertain',
    '1.2=99.9..100',
  ];
  const first = async (...rivals: string[]) => {
    const moves = rivals.flatMap((one) => ['--rivals', one]);
    return (await callIn(files, ...args, '--target-rank', '1', ...moves)).json.targetRank.value;
  };
  // B is at 69.8 and C at 69.7; then B at 69.5; C at 68 + 0.8 + 1.1, or above A at 68 + 0.8 + 3.
  expect(await first()).toBe(1);
  expect(await first('+0.5')).toBe(1);
  expect(await first('Xã C=+1.1')).toBe(1);
  expect(await first('Xã C=+3')).toBe(0);
});

it('rivals moved by 0 stand as published, in whatif as in risk', async () => {
  const files = {
    'c.json': catalogue('c', [
      { id: '1.1', max: 60 },
      { id: '1.2', max: 40 },
    ]),
    'r.json': reading('c.json', { '1.1': '70%', '1.2': '100%' }),
    'l.json': JSON.stringify({
      name: 'L',
      year: 2024,
      size: 3,
      decimals: 2,
      scale: 100,
      units: [
        { unit: 'Xã A', score: 70 },
        { unit: 'Xã B', score: 75 },
        { unit: 'Xã C', score: 60 },
      ],
    }),
  };
  // 82 is before 75 and 60; in the year after the league's that is not sure of itself.
  const asked = ['r.json', '--league', 'l.json'];
  const ranks = async (...more: string[]) => {
    const { json } = await callIn(files, 'whatif', ...asked, '--set', '1.1=70%', ...more);
    return [json.scenarios[0].result.rank.best, json.scenarios[0].result.rank.worst];
  };
  expect(await ranks()).toEqual([1, 3]);
  expect(await ranks('--rivals', '+0')).toEqual([1, 1]);
  const risk = ['risk', ...asked, '--uncertain', '1.2=99..100', '--target-rank', '1', '--rivals', '+0'];
  expect((await callIn(files, ...risk)).json.targetRank.value).toBe(1);
});

it('check: a gate says which of a sheet’s units it judged', async () => {
  const files = {
    'c.json': catalogue('c', [{ id: '1.1', max: 100 }]),
    'many.csv': 'unit,year,catalogue,1.1\nXã A,2025,./c.json,70%\nXã B,2025,./c.json,76%\n',
  };
  const { code, json } = await callIn(files, 'check', 'many.csv', '--min-score', '75');
  const told = json.gates.map((g: { unit: string; year: number; pass: boolean }) => [g.unit, g.year, g.pass]);
  expect([code, told]).toEqual([
    1,
    [
      ['Xã A', 2025, false],
      ['Xã B', 2025, true],
    ],
  ]);
  await withFiles(files, async (folder) => {
    const args = ['check', `${folder}/many.csv`, '--min-score', '75', '--lang', 'en'];
    for (const format of ['table', 'github', 'junit', 'sarif'])
      expect((await cchc([...args, '--format', format])).stdout, format).toContain('Xã A 2025');
  });
});

describe('risk: what `score` says of the same values', () => {
  it('points are rounded to as few places as the scheme rounds a criterion to', async () => {
    const files = {
      'c.json': catalogue(
        'c',
        [
          { id: '1.1', max: 4, rule: { kind: 'proportional', target: 90 } },
          { id: '1.2', max: 96 },
        ],
        { round: { criterion: 1 } },
      ),
      'r.json': reading('c.json', { '1.1': '60%', '1.2': '50%' }),
    };
    // 60.75 ÷ 90 × 4 = 2.7 and 62.1 ÷ 90 × 4 = 2.76, which one place makes 2.8; 96 × 50% = 48.
    const chances = { indicators: { '1.1': { chances: { '60.75%': 0.75, '62.1%': 0.25 } } } };
    const asked = ['risk', 'r.json', '--outlook', 'o.json'];
    const { json } = await callIn({ ...files, 'o.json': JSON.stringify(chances) }, ...asked);
    expect(json.method).toEqual({ form: 'exact' });
    const { least, most, mean } = json.score;
    expect([least, most]).toEqual([50.7, 50.8]);
    expect(mean).toBeCloseTo(50.725, 9);
  });

  it('a rival’s move of 0 goes before the file’s move of all', async () => {
    const league = { name: 'L', year: 2025, size: 2, decimals: 2, scale: 100 };
    const units = [
      { unit: 'Xã A', score: 74 },
      { unit: 'Xã B', score: 75 },
    ];
    const files = {
      'c.json': catalogue('c', [{ id: '1.1', max: 100 }]),
      'r.json': reading('c.json', { '1.1': '74%' }),
      'l.json': JSON.stringify({ ...league, units }),
      'o.json': JSON.stringify({ indicators: { '1.1': '76..78' }, rivals: { all: 10 } }),
    };
    const asked = ['risk', 'r.json', '--outlook', 'o.json', '--league', 'l.json', '--target-rank', '1'];
    const first = async (...rivals: string[]) =>
      (await callIn(files, ...asked, ...rivals)).json.targetRank.value;
    // At least 76 is before 75, and never before 85.
    expect([await first(), await first('--rivals', '+0')]).toEqual([0, 1]);
  });
});
