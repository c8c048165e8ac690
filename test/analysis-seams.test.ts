import { describe, expect, it } from 'vitest';
import { cchc, withFiles } from './support.js';

/** Where scenarios, actions, outlooks and baselines meet readings and catalogues other than those they were written for. */
const ASSUMED = { provenance: 'assumed', reason: 'test' };
const proportional = { kind: 'proportional', target: 100, ...ASSUMED };
const part = (input: string, max: number) => ({
  input,
  name: input,
  max,
  rule: { kind: 'proportional', target: 100 },
});

type Part = { id: string; max: number; rule?: object; [more: string]: unknown };

/** A catalogue of one field out of 100; a criterion without a rule is pro rata to 100%. */
const catalogue = (id: string, criteria: Part[], more: object = {}) =>
  JSON.stringify({
    id,
    name: id,
    year: 2025,
    decimals: 2,
    scale: { value: 100, ...ASSUMED },
    sources: {},
    fields: [{ id: '1', name: '1' }],
    owners: { O: {}, P: {} },
    criteria: criteria.map(({ max, rule, ...rest }) => ({
      name: rest.id,
      field: '1',
      owners: ['O'],
      ...rest,
      max: { value: max, ...ASSUMED },
      rule: rule ? { ...rule, ...ASSUMED } : proportional,
    })),
    ...more,
  });

const reading = (catalogueFile: string, indicators: object, more: object = {}) =>
  JSON.stringify({ unit: 'Xã A', year: 2025, catalogue: `./${catalogueFile}`, indicators, ...more });

/** A call on files of a folder, whose names stand for themselves; what it says in JSON, if it says anything. */
const callIn = (files: Record<string, string>, ...args: string[]) =>
  withFiles(files, async (folder) => {
    const names = args.map((arg) => (arg in files ? `${folder}/${arg}` : arg));
    const ran = await cchc([...names, '--lang', 'en', '--format', 'json']);
    const codes = [...ran.stderr.matchAll(/(?:error|warning)\[([^\]]+)\]/g)].map(([, code]) => code);
    return { code: ran.code, codes, json: ran.stdout === '' ? null : JSON.parse(ran.stdout) };
  });

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
