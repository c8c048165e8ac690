import { describe, expect, it } from 'vitest';
import { explain } from '../src/analysis/explain.js';
import { parseCatalogue } from '../src/catalogue/parse.js';
import { parseReading } from '../src/reading/parse.js';
import { evaluate } from '../src/rules/line.js';
import { withGroup } from '../src/scoring/group.js';
import { score } from '../src/scoring/score.js';
import { diagnosticText, loadMessages } from '../src/text/index.js';
import { Fraction } from '../src/values/fraction.js';
import { catalogueData, catalogueWith, cchc, must, withFiles } from './support.js';

const readingOf = (catalogue: ReturnType<typeof catalogueWith>, entry: unknown, unit = 'U', year = 2022) =>
  must(
    parseReading(
      { unit, year, catalogue: 'test', indicators: entry === undefined ? {} : { T1: entry } },
      catalogue,
    ),
  );

const rowOf = (rule: object, max: number, entry: unknown) => {
  const catalogue = catalogueWith(rule, max);
  return score(readingOf(catalogue, entry), catalogue).criteria[0]!;
};

describe('what is wrong with a catalogue', () => {
  const told = (data: unknown) => parseCatalogue(data).diagnostics.map((d) => [d.code, d.path.join('.')]);

  it('is told in one go: what has no shape, and what the rest says of each other', () => {
    const data = catalogueData({ kind: 'proportional' }, 1, 3);
    const [criterion] = data.criteria;
    const criteria = [
      { ...criterion, id: 'A', rule: { kind: 'step' } },
      { ...criterion, id: 'B', owners: ['nobody'], requires: { criterion: 'A', at_least: 50 } },
      { ...criterion, id: 'C', limit: 3, field: 'X', requires: { criterion: 'Z', at_least: 50 } },
    ];
    expect(told({ ...data, criteria, rounds: {} })).toEqual([
      ['not-one-of', 'criteria.0.rule.kind'],
      ['unknown-key', 'criteria.2.limit'],
      ['unknown-key', 'rounds'],
      ['unknown-owner', 'criteria.1.owners.0'],
      ['unknown-field', 'criteria.2.field'],
      ['unknown-criterion', 'criteria.2.requires.criterion'],
    ]);
  });

  it('names all that may stand in a place: words, numbers and keys', async () => {
    const messages = await loadMessages('en');
    const tiers = [{ at_least: 80, points: 'maxx' }];
    const rule = { kind: 'steps', tiers, otherwise: 'foo', when_none: 'min' };
    const data = catalogueData(rule, 1);
    const criteria = data.criteria.map((c) => ({
      ...c,
      max: { valeu: 1, provenance: 'assumed', reason: 'r' },
    }));
    const said = parseCatalogue({ ...data, criteria }).diagnostics.map((d) => diagnosticText(d, messages));
    expect(said.map((d) => d.message)).toEqual([
      "'value' is missing",
      "unknown key 'valeu'",
      "'maxx' is not one of 'max', nor a number",
      "'foo' is not one of 'max', nor a number",
      "'min' is not one of 'not_applicable', 'max', nor a number",
    ]);
    expect(said[1]!.hint).toBe("did you mean 'value'?");
  });

  it('is counts that a rule does not read, or has twice', () => {
    const measure = { counts: ['a'], ratio: { times: ['a'], over: 'a' } };
    const withMeasure = (rule: object) => {
      const data = catalogueData(rule, 1);
      return told({ ...data, criteria: data.criteria.map((c) => ({ ...c, measure })) });
    };
    expect(withMeasure({ kind: 'proportional' })).toEqual([]);
    expect(withMeasure({ kind: 'yes_no' })).toEqual([['measure-unread', 'criteria.0.measure']]);
    expect(withMeasure({ kind: 'proportional', measure })).toEqual([['duplicate-id', 'criteria.0.measure']]);
    const twice = { ...measure, counts: ['a', 'a'] };
    expect(told(catalogueData({ kind: 'proportional', measure: twice }, 1))).toEqual([
      ['duplicate-id', 'criteria.0.rule.measure.counts.1'],
    ]);
  });
});

describe('nothing to count', () => {
  it('leaves the criterion out, with its maximum', () => {
    const rule = { kind: 'proportional', target: 90, when_none: 'not_applicable' };
    const row = rowOf(rule, 2, { done: 0, total: 0 });
    expect([row.status, row.max, row.points]).toEqual(['not_applicable', 0, 0]);
  });

  it('has no next threshold for what is left out, and no gain from it', () => {
    const parts = [
      { input: 'p', name: 'P', max: 2, when_none: 'not_applicable', rule: { kind: 'proportional' } },
      { input: 'q', name: 'Q', max: 1, rule: { kind: 'count', per_item: 0.5 } },
    ];
    const catalogue = catalogueWith({ kind: 'sum', parts }, 3);
    const reading = readingOf(catalogue, { values: { p: { done: 0, total: 0 }, q: 1 } });
    const [p, q] = explain(catalogue, catalogue.criteria[0]!, reading).outlook;
    expect([p?.leftOut, p?.next, p?.marginal]).toEqual([true, null, null]);
    // A second item earns 0.5 more: 1 in all.
    expect([q?.leftOut, q?.next]).toMatchObject([false, { points: 10_000 }]);
  });

  it('leaves a part out, with its own maximum: 45% of 90% of 3 is 1.5 of 3 that apply', () => {
    const part = (input: string) => ({
      input,
      name: input,
      max: 3,
      rule: { kind: 'proportional', target: 90, when_none: 'not_applicable' },
    });
    const rule = { kind: 'sum', parts: [part('a'), part('b')] };
    const none = { done: 0, total: 0 };
    const row = rowOf(rule, 6, { values: { a: none, b: 45 } });
    expect([row.status, row.points, row.max, row.deduction]).toEqual(['scored', 15_000, 30_000, 15_000]);
    expect(rowOf(rule, 6, { values: { a: none, b: none } }).status).toBe('not_applicable');
  });

  it('is a fault where the rule does not say what it earns, and where something was done', () => {
    const refused = (rule: object, entry: unknown) => {
      const catalogue = catalogueWith(rule, 1);
      return parseReading({ unit: 'U', year: 2022, catalogue: 'test', indicators: { T1: entry } }, catalogue)
        .diagnostics.filter((d) => d.severity === 'error')
        .map((d) => d.code);
    };
    const rate = { kind: 'proportional', target: 90 };
    expect(refused(rate, { done: 0, total: 0 })).toEqual(['zero-total']);
    expect(refused({ ...rate, when_none: 'max' }, { done: 3, total: 0 })).toEqual(['zero-total']);
    expect(refused({ ...rate, when_none: 'max' }, { done: 0, total: 0 })).toEqual([]);
  });
});

describe('a rule that is not understood', () => {
  it('leaves the criterion unknown, and takes appraised points', () => {
    const rule = { kind: 'todo', words: 'Điểm = …' };
    const row = rowOf(rule, 12, 60);
    expect([row.status, row.points, row.worst, row.best]).toEqual(['unknown', null, 0, 120_000]);
    expect(rowOf(rule, 12, { appraised: 8.5 }).points).toBe(85_000);
  });
});

describe('a value held against others', () => {
  const rule = {
    kind: 'steps',
    quantity: 'count',
    against: 'group_rank',
    tiers: [{ at_most: 1, points: 'max' }],
  };
  const catalogue = catalogueWith(rule, 1);
  const group = (values: unknown[]) =>
    withGroup(values.map((v, i) => ({ reading: readingOf(catalogue, v, `U${i}`), catalogue })));
  const rows = (values: unknown[]) =>
    group(values).map(({ reading }) => score(reading, catalogue).criteria[0]!);

  it('takes the group from the readings', () => {
    expect(rows([3, 9, 9]).map((r) => r.points)).toEqual([0, 10_000, 10_000]);
  });

  it('is unknown while one of the group is, and without a group', () => {
    expect(rows([3, undefined]).map((r) => r.status)).toEqual(['unknown', 'unknown']);
    expect(rows([3]).map((r) => r.status)).toEqual(['unknown']);
    expect(rows([3, 'not_applicable']).map((r) => r.status)).toEqual(['unknown', 'not_applicable']);
  });

  it('takes last year’s value from the reading of that year', () => {
    const steps = { kind: 'steps', against: 'last_year', tiers: [{ above: 0, points: 'max' }] };
    const scheme = catalogueWith(steps, 1);
    const years = [
      readingOf(scheme, 80, 'U', 2021),
      readingOf(scheme, 81, 'U', 2022),
      readingOf(scheme, 81, 'V', 2022),
    ];
    const found = withGroup(years.map((reading) => ({ reading, catalogue: scheme })));
    expect(found.map(({ reading }) => score(reading, scheme).criteria[0]!.points)).toEqual([
      null,
      10_000,
      null,
    ]);
  });

  it.each([
    [{ against: 'last_year' }, { last_year: '150%' }, 'above-range'],
    [{ against: 'last_year' }, { last_year: '79.500' }, null],
    [{ quantity: 'count', against: 'group_rank' }, { group: [-3, 4] }, 'below-range'],
    [{ quantity: 'count', against: 'group_rank' }, { group: [1.5, 4] }, 'wants-integer'],
  ])('%j held against %j is read as the value itself is', (keys, held, code) => {
    const scheme = catalogueWith({ kind: 'steps', tiers: [{ above: 0, points: 'max' }], ...keys }, 1);
    const data = { unit: 'U', year: 2022, catalogue: 'test', indicators: { T1: { value: 80, ...held } } };
    const errors = parseReading(data, scheme).diagnostics.filter((d) => d.severity === 'error');
    expect(errors.map((d) => d.code)).toEqual(code === null ? [] : [code]);
  });

  it('wants a target above 0, and says so', () => {
    const scheme = catalogueWith({ kind: 'leader_relative' }, 1);
    const T1 = { value: 5, target: 0, leader: 9 };
    const [fault] = parseReading(
      { unit: 'U', year: 2022, catalogue: 'test', indicators: { T1 } },
      scheme,
    ).diagnostics;
    expect(fault).toMatchObject({ code: 'out-of-range', params: { value: '0', above: 0 } });
  });

  it('is one line over its own value: rising to the others’ best', () => {
    const [first] = group([3, 9, 7]);
    const { outlook } = explain(catalogue, catalogue.criteria[0]!, first!.reading);
    const { slice, next } = outlook[0]!;
    if (slice?.form !== 'line') throw new Error('a line is expected');
    expect([8.99, 9].map((x) => evaluate(slice.line, new Fraction(x)).valueOf())).toEqual([0, 1]);
    expect(next).toMatchObject({ form: 'value', value: new Fraction(9) });
  });
});

describe('parts that share an input', () => {
  it('are one indicator, drawn as the sum', () => {
    const part = (rule: object) => ({ input: 'rate', name: 'R', max: 1, rule });
    const rule = {
      kind: 'sum',
      parts: [
        part({ kind: 'proportional', target: 100 }),
        part({ kind: 'steps', tiers: [{ at_least: 50, points: 'max' }] }),
      ],
    };
    const { compiled } = catalogueWith(rule, 2).criteria[0]!;
    const [input, ...more] = compiled.inputs;
    if (input?.form !== 'line' || more.length > 0) throw new Error('one line is expected');
    // 49% earns 0.49, 50% earns 0.5 and 1.
    expect([49, 50, 100].map((x) => evaluate(input.line, new Fraction(x)).valueOf())).toEqual([0.49, 1.5, 2]);
  });
});

describe('a date on the command line', () => {
  const rule = {
    kind: 'steps',
    quantity: 'date',
    due: '15/01',
    year: 'next',
    tiers: [
      { at_most: 0, points: 'max' },
      { at_most: 5, points: 0.5 },
    ],
    provenance: 'assumed',
    reason: 'test',
  };
  const assumed = { provenance: 'assumed', reason: 'test' };
  const scheme = {
    id: 'test',
    name: 'Test',
    year: 2025,
    scale: { value: 1, ...assumed },
    sources: {},
    fields: [{ id: 'F', name: 'F' }],
    owners: { O: {} },
    criteria: [{ id: 'T1', name: 'T1', field: 'F', owners: ['O'], max: { value: 1, ...assumed }, rule }],
  };
  const files = {
    'c.yaml': JSON.stringify(scheme),
    'r.yaml': 'unit: U\nyear: 2025\ncatalogue: ./c.yaml\nindicators: {T1: 18/01/2026}\n',
  };

  it('is shown as a date, three days late, and what-if moves it', () =>
    withFiles(files, async (folder) => {
      const shown = await cchc(['score', `${folder}/r.yaml`, '--lang', 'vi', '--format', 'markdown']);
      expect(shown.stdout).toContain('18/01/2026 (chậm 3 ngày)');
      const tried = await cchc(['whatif', `${folder}/r.yaml`, '--set', 'T1=15/01/2026', '--format', 'json']);
      expect(JSON.parse(tried.stdout).scenarios[0].delta.score).toBe(0.5);
      const why = await cchc(['explain', 'T1', `${folder}/r.yaml`, '--lang', 'en']);
      expect(why.stdout).toContain('0 days');
    }));
});

describe('one input of a combined rule', () => {
  const assumed = { provenance: 'assumed', reason: 'test' };
  const part = (input: string) => ({
    input,
    name: input,
    max: 1,
    rule: { kind: 'proportional', target: 100 },
  });
  const scheme = {
    id: 'test',
    name: 'Test',
    year: 2025,
    scale: { value: 2, ...assumed },
    sources: {},
    fields: [{ id: 'F', name: 'F' }],
    owners: { O: {} },
    criteria: [
      {
        id: '2.2',
        name: 'N',
        field: 'F',
        owners: ['O'],
        max: { value: 2, ...assumed },
        rule: { kind: 'sum', parts: [part('paid'), part('fee')], ...assumed },
      },
    ],
  };
  const files = {
    'c.yaml': JSON.stringify(scheme),
    'r.yaml':
      'unit: U\nyear: 2025\ncatalogue: ./c.yaml\nindicators: {"2.2": {values: {paid: 40, fee: 50}}}\n',
    's.yaml': 'name: noted\nchanges: {2.2.paid: {value: 60%, note: x}}\n',
  };
  const run = (...args: string[]) =>
    withFiles(files, async (folder) => cchc(args.map((a) => a.replace('{}', folder))));

  it('stands by itself, in a file and in a sheet, also beside what else is said of the criterion', async () => {
    const sheet =
      'Đơn vị;U;;\nNăm;2025;;\n\nMã;Giá trị;Số đã làm;Tổng số\n2.2;;;\n2.2.paid;40%;;\n2.2.Fee;;1;2\n';
    const rows =
      'unit: U\nyear: 2025\nindicators: {2.2: {note: x}, 2.2.paid: 40%, 2.2.fee: {done: 1, total: 2}}\n';
    const wrong = 'unit: U\nyear: 2025\nindicators:\n  2.2.paid: 140%\n  2.2.fee: 50%\n';
    await withFiles({ ...files, 's.csv': sheet, 'p.yaml': rows, 'w.yaml': wrong }, async (folder) => {
      const score = (file: string) =>
        cchc(['score', `${folder}/${file}`, '--catalogue', `${folder}/c.yaml`, '--format', 'json', '-q']);
      for (const file of ['s.csv', 'p.yaml']) {
        const ran = await score(file);
        expect(JSON.parse(ran.stdout || '{}').readings?.[0].total.score, file + ran.stderr).toBe(0.9);
      }
      const refused = await score('w.yaml');
      expect([refused.code, refused.stderr.includes('w.yaml:4:')]).toEqual([3, true]);
    });
  });

  it('alone leaves the criterion unknown, with a word, and counts once a scenario gives the rest', async () => {
    const part = 'unit: U\nyear: 2025\nindicators: {2.2.paid: 40%}\n';
    await withFiles({ ...files, 'p.yaml': part }, async (folder) => {
      const at = [`${folder}/p.yaml`, '--catalogue', `${folder}/c.yaml`, '--format', 'json'];
      const scored = await cchc(['score', ...at]);
      expect(scored.stderr).toMatch(/value-incomplete.*2\.2.*'fee'/);
      const { score, worst, best } = JSON.parse(scored.stdout).readings[0].total;
      expect([score, worst, best]).toEqual([null, 0, 2]);
      // 40% of 1 as read, 50% of 1 as set.
      const tried = await cchc(['whatif', ...at, '--set', '2.2.fee=50%']);
      expect(JSON.parse(tried.stdout).scenarios[0].result.total.score).toBe(0.9);
    });
  });

  it('is set, the others staying: 0.6 + 0.5 less 0.4 + 0.5', async () => {
    const tried = await run('whatif', '{}/r.yaml', '--set', '2.2.paid=60%', '--format', 'json');
    expect(JSON.parse(tried.stdout).scenarios[0].delta.score).toBe(0.2);
    const both = await run(
      'whatif',
      '{}/r.yaml',
      '--set',
      '2.2.paid=60%',
      '--set',
      '2.2.fee=1/4',
      '--format',
      'json',
    );
    expect(JSON.parse(both.stdout).scenarios[0].delta.score).toBe(-0.05);
  });

  it('is refused when it is not known, or given twice', async () => {
    const lost = await run('whatif', '{}/r.yaml', '--set', '2.2.pai=60%');
    expect([lost.code, lost.stderr.includes('2.2.paid')]).toEqual([2, true]);
    const noted = await run('whatif', '{}/r.yaml', '--scenario', '{}/s.yaml');
    expect([noted.code, /unknown-key.*'note'/.test(noted.stderr)]).toEqual([3, true]);
    const twice = await run('whatif', '{}/r.yaml', '--set', '2.2.paid=60%', '--set', '2.2={values: 1}');
    expect(twice.code).toBe(2);
  });

  it('is uncertain, alone or with another: two even spreads from 0 to 1 have a mean of 1 together', async () => {
    const one = await run('risk', '{}/r.yaml', '--uncertain', '2.2.paid=0..100', '--format', 'json');
    expect(JSON.parse(one.stdout).score.mean).toBeCloseTo(1, 3);
    const two = await run(
      'risk',
      '{}/r.yaml',
      '--uncertain',
      '2.2.paid=0..100',
      '--uncertain',
      '2.2.fee=0..100',
      '--format',
      'json',
    );
    const { score: found } = JSON.parse(two.stdout);
    expect(found.mean).toBeCloseTo(1, 3);
    // The sum of two even spreads is 1 or less half of the time, and its deviation is the root of 1 ÷ 6.
    expect(found.sd).toBeCloseTo(Math.sqrt(1 / 6), 2);
  });
});
