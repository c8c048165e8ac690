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
