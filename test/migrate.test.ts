import { expect, it } from 'vitest';
import { catalogueData, cchc, withFiles, yaml } from './support.js';

const scheme = (criteria: { id: string; name: string; rule: object }[]) => {
  const data = catalogueData({ kind: 'proportional', target: 80 }, 1, criteria.length);
  const [one] = data.criteria;
  const rule = { provenance: 'assumed', reason: 'test' };
  return JSON.stringify({
    ...data,
    criteria: criteria.map((c) => ({ ...one, ...c, rule: { ...c.rule, ...rule } })),
  });
};
const rate = { kind: 'proportional', target: 80 };

it('a reading is carried over: the same, under another id, and what has no place is named', () => {
  const old = scheme([
    { id: '1.1', name: 'Văn bản', rule: rate },
    { id: '1.2', name: 'Hồ sơ', rule: rate },
    { id: '1.3', name: 'Bỏ', rule: rate },
    { id: '1.4', name: 'Xếp loại', rule: rate },
  ]);
  const now = scheme([
    { id: '1.1', name: 'Văn bản', rule: rate },
    { id: '2.1', name: 'Hồ sơ', rule: rate },
    { id: '1.4', name: 'Xếp loại', rule: { kind: 'yes_no' } },
    { id: '3.1', name: 'Mới', rule: rate },
  ]);
  const reading =
    'unit: U\nyear: 2022\ncatalogue: ./old.yaml\nindicators: {"1.1": 50, "1.2": {done: 3, total: 4}, "1.3": 70, "1.4": 60}\n';
  return withFiles({ 'old.yaml': old, 'new.yaml': now, 'r.yaml': reading }, async (folder) => {
    const at = (name: string) => `${folder}/${name}`;
    const ran = await cchc(['catalogue', 'migrate', at('old.yaml'), at('new.yaml'), at('r.yaml')]);
    expect(ran.code).toBe(0);
    const { unit, year, indicators } = yaml(ran.stdout) as Record<string, unknown>;
    expect([unit, String(year), Object.keys(indicators as object)]).toEqual(['U', '2022', ['1.1', '2.1']]);
    expect(indicators).toMatchObject({ '2.1': { done: 3, total: 4 } });
    for (const id of ['1.3', '1.4']) expect(ran.stderr).toMatch(new RegExp(`migrate-lost[^\n]*${id}`));
    expect(ran.stderr).toMatch(/migrate-new[^\n]*1\.4, 3\.1/);
  });
});

it('an id in another spelling, and a value that stands apart, are carried over under their criterion', () => {
  const part = (input: string) => ({ input, name: input, rule: { kind: 'yes_no', yes: 0.5 } });
  const criteria = [
    { id: 'XHH', name: 'Khảo sát', rule: rate },
    { id: '4.1', name: 'Hai giá trị', rule: { kind: 'sum', parts: [part('p'), part('q')] } },
  ];
  const reading =
    'unit: U\nyear: 2022\ncatalogue: ./old.yaml\nindicators: {xhh: 50, 4.1.p: có, 4.1.q: không}\n';
  const files = { 'old.yaml': scheme(criteria), 'r.yaml': reading };
  return withFiles(files, async (folder) => {
    const old = `${folder}/old.yaml`;
    const ran = await cchc(['catalogue', 'migrate', old, old, `${folder}/r.yaml`]);
    expect([ran.code, ran.stderr]).toEqual([0, '']);
    const { indicators } = yaml(ran.stdout) as { indicators: unknown };
    expect(indicators).toEqual({ XHH: 50, '4.1': { values: { p: 'có', q: 'không' } } });
  });
});

it('a number that would mean another thing is lost, and points of another rule are told', () => {
  const old = scheme([
    { id: '1.1', name: 'Sáng kiến', rule: { kind: 'count', per_item: 0.1 } },
    { id: '1.2', name: 'Hồ sơ', rule: rate },
    { id: '1.3', name: 'Văn bản', rule: rate },
  ]);
  const now = scheme([
    { id: '1.1', name: 'Sáng kiến', rule: rate },
    { id: '1.2', name: 'Hồ sơ', rule: { ...rate, target: 90 } },
    { id: '1.3', name: 'Văn bản', rule: rate },
  ]);
  const points = '{deducted: 0.25, self_scored: 0.75}';
  const reading = `unit: U\nyear: 2022\ncatalogue: ./old.yaml\nindicators: {"1.1": 8, "1.2": ${points}, "1.3": ${points}}\n`;
  return withFiles({ 'old.yaml': old, 'new.yaml': now, 'r.yaml': reading }, async (folder) => {
    const [from, to, file] = ['old', 'new', 'r'].map((name) => `${folder}/${name}.yaml`);
    const ran = await cchc(['catalogue', 'migrate', from!, to!, file!]);
    const { indicators } = yaml(ran.stdout) as { indicators: object };
    // 8 initiatives are not 8%.
    expect(Object.keys(indicators)).toEqual(['1.2', '1.3']);
    expect(ran.stderr).toMatch(/migrate-lost[^\n]*1\.1/);
    expect(ran.stderr.match(/migrate-points[^\n]*/g)).toEqual([
      'migrate-points] 1.2: deducted, self_scored as given under the old rule or maximum',
    ]);
  });
});

// In 2025 initiatives come first, and what stood there moves down by one: plans are 1.2, inspections 1.3.
const RENUMBERED = {
  'old.yaml': JSON.stringify({
    ...JSON.parse(
      scheme([
        { id: '1.1', name: 'Kế hoạch', rule: { kind: 'proportional', target: 100 } },
        { id: '1.2', name: 'Kiểm tra', rule: { kind: 'proportional', target: 100 } },
      ]),
    ),
    year: 2024,
  }),
  'new.yaml': JSON.stringify({
    ...JSON.parse(
      scheme([
        { id: '1.1', name: 'Sáng kiến', rule: { kind: 'proportional', target: 100 } },
        { id: '1.2', name: 'Kế hoạch', rule: { kind: 'proportional', target: 100 } },
        { id: '1.3', name: 'Kiểm tra', rule: { kind: 'proportional', target: 100 } },
      ]),
    ),
    year: 2025,
  }),
  '2024.yaml': 'unit: U\nyear: 2024\ncatalogue: ./old.yaml\nindicators: {"1.1": 50, "1.2": 80}\n',
  '2025.yaml': 'unit: U\nyear: 2025\ncatalogue: ./new.yaml\nindicators: {"1.1": 20, "1.2": 60, "1.3": 30}\n',
};

it('a criterion whose number another one takes is followed by its name', () =>
  withFiles(RENUMBERED, async (folder) => {
    const [from, to, before, after] = ['old', 'new', '2024', '2025'].map((name) => `${folder}/${name}.yaml`);
    const ran = await cchc(['catalogue', 'migrate', from!, to!, before!]);
    expect((yaml(ran.stdout) as { indicators: object }).indicators).toEqual({ '1.2': 50, '1.3': 80 });
    expect(ran.stderr).toMatch(/migrate-new[^\n]*1\.1/);
    const { changes } = JSON.parse(
      (await cchc(['catalogue', 'diff', from!, to!, '--format', 'json'])).stdout,
    );
    expect(changes).toMatchObject([
      { kind: 'moved', id: '1.1', to: '1.2' },
      { kind: 'moved', id: '1.2', to: '1.3' },
      { kind: 'added', id: '1.1' },
    ]);
    // 0.5 + 0.8, then 0.2 + 0.6 + 0.3: the new criterion is 0.2 by rules; plans rose by 0.1, inspections fell by 0.5.
    const [found] = JSON.parse(
      (await cchc(['compare', before!, after!, '--format', 'json'])).stdout,
    ).comparisons;
    expect(found).toMatchObject({ change: -0.2, rules: 0.2, performance: -0.4 });
    expect(found.criteria).toMatchObject([
      { id: '1.2', idBefore: '1.1', change: 0.1, rules: 0 },
      { id: '1.3', idBefore: '1.2', change: -0.5, rules: 0 },
      { id: '1.1', change: 0.2, performance: 0 },
    ]);
    const held = await cchc([
      ...['check', after!, '--baseline', before!, '--no-regression', '0.4', '--format', 'json'],
    ]);
    const { gates, files } = JSON.parse(held.stdout);
    expect(gates.map((g: { name: string; actual: number }) => [g.name, g.actual])).toEqual([
      ['no-regression', 0.2],
      ['no-regression:1.3', 0.5],
    ]);
    expect(files[0].diagnostics).toMatchObject([
      { code: 'baseline-of-other-scale' },
      { code: 'moved-far', message: expect.stringContaining('1.3') },
    ]);
  }));

it('an entry that the old catalogue has no criterion for takes the place of none', () => {
  const stray = RENUMBERED['2024.yaml'].replace('80}', '80, "1.3": 30}');
  return withFiles({ ...RENUMBERED, '2024.yaml': stray }, async (folder) => {
    const files = ['old', 'new', '2024'].map((name) => `${folder}/${name}.yaml`);
    const ran = await cchc(['catalogue', 'migrate', ...files]);
    expect((yaml(ran.stdout) as { indicators: object }).indicators).toEqual({ '1.2': 50, '1.3': 80 });
    expect(ran.stderr).toMatch(/migrate-lost[^\n]*1\.3/);
  });
});

it('under its old number but another name a value is carried over with a word', () => {
  const [old, now] = ['Văn bản', 'Văn bản và báo cáo'].map((name) =>
    scheme([{ id: '1.1', name, rule: rate }]),
  );
  const reading = 'unit: U\nyear: 2022\ncatalogue: ./old.yaml\nindicators: {"1.1": 50}\n';
  return withFiles({ 'old.yaml': old!, 'new.yaml': now!, 'r.yaml': reading }, async (folder) => {
    const [from, to, file] = ['old', 'new', 'r'].map((name) => `${folder}/${name}.yaml`);
    const ran = await cchc(['catalogue', 'migrate', from!, to!, file!]);
    expect((yaml(ran.stdout) as { indicators: object }).indicators).toEqual({ '1.1': 50 });
    expect(ran.stderr).toMatch(/migrate-renamed\] 1\.1 [^\n]*'Văn bản và báo cáo'[^\n]*'Văn bản'/);
  });
});
