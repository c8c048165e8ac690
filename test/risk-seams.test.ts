import { expect, it } from 'vitest';
import { cchc, withFiles } from './support.js';

/** Where an outlook meets rules that look at more than a number: a leader, parts that nothing is counted for, a rule not understood. */
const given = 'provenance: assumed, reason: thử';
const CATALOGUE = `id: c
name: Bộ tiêu chí
year: 2026
decimals: 2
scale: {value: 15, ${given}}
sources: {}
fields: [{id: A, name: A}]
owners: {X: {}}
criteria:
  - {id: "1", name: Một, field: A, owners: [X], max: {value: 4, ${given}}, rule: {kind: leader_relative, target: 50, ${given}}}
  - {id: "2", name: Hai, field: A, owners: [X], max: {value: 6, ${given}}, rule: {kind: sum, ${given}, parts: [
      {input: a, name: a, max: 2, rule: {kind: proportional, target: 100, when_none: not_applicable}},
      {input: b, name: b, max: 2, rule: {kind: proportional, target: 100}},
      {input: c, name: c, max: 2, rule: {kind: proportional, target: 100}}]}}
  - {id: "3", name: Ba, field: A, owners: [X], max: {value: 4, ${given}}, units: [xã], otherwise: max, rule: {kind: proportional, target: 100, ${given}}}
  - {id: "4", name: Bốn, field: A, owners: [X], max: {value: 1, ${given}}, rule: {kind: todo, words: chưa rõ, ${given}}}
`;
/** 25 ÷ 50 of 2 is 1; of 2 and 2 the halves are 2, the first part being left out; 2; and 0.5: 5.5. */
const READING = `catalogue: ./c.yaml
unit: Xã A
year: 2026
indicators: {"1": 25, "2": {values: {a: 0/0, b: 50, c: 50}}, "3": 50, "4": {deducted: 0.5}}
`;
const FILES = {
  'c.yaml': CATALOGUE,
  'a.yaml': READING,
  'b.yaml': READING.replace('Xã A', 'Xã B').replace('"1": 25', '"1": 80'),
  'ward.yaml': READING.replace('Xã A', 'Phường A').replace('year', 'kind: phường\nyear'),
  'away.yaml':
    'catalogue: ./c.yaml\nunit: Xã A\nyear: 2026\nindicators: {"1": not_applicable, "2": not_applicable, "3": not_applicable, "4": not_applicable}\n',
  'l.yaml': '{name: Nhóm, year: 2026, size: 3, units: [{unit: Xã B, score: 80}]}',
  'none.yaml': '{indicators: {"2.a": {chances: {"0/0": 0.5, "3/4": 0.5}}}}',
};

const risk = (...args: string[]) =>
  withFiles(FILES, async (folder) => {
    const named = args.map((arg) => (arg in FILES ? `${folder}/${arg}` : arg));
    const ran = await cchc(['risk', ...named, '--lang', 'en', '--format', 'json']);
    return ran.code === 0
      ? JSON.parse(ran.stdout)
      : [...ran.stderr.matchAll(/error\[([^\]]+)\]/g)].map((m) => m[1]);
  });
const asked = (...spreads: string[]) => spreads.flatMap((one) => ['--uncertain', one]);
const mean = async (...args: string[]) => (await risk(...args)).score.mean;

it('beyond its target a value waits for the leader, as it does in `score`', async () => {
  // 50 ÷ 50 of 2 is 2 at most: from 1 to 2 evenly, 1.5 in the middle, and 4.5 for the rest.
  expect(await mean('a.yaml', ...asked('1=25..50'))).toBeCloseTo(6, 2);
  expect(await risk('a.yaml', ...asked('1=25..60'))).toEqual(['needs-leader']);
  // With 80 leading, 65 is half of the way from 2 to 4.
  const { results } = await risk('a.yaml', 'b.yaml', ...asked('1=65..65'));
  expect(results[0].score.mean).toBeCloseTo(7.5, 9);
});

it('a part that nothing is counted for stays out, whichever others are uncertain', async () => {
  expect(await mean('a.yaml', ...asked('2.b=100..100', '2.c=40..60'))).toBeCloseTo(6.5, 3);
  // The second part is certain, and gains 1; the third criterion gains 2.
  expect(await mean('a.yaml', ...asked('2.b=100', '3=100..100'))).toBeCloseTo(8.5, 9);
});

it('the maximum must be what it is now: a part may not come in, or go out', async () => {
  expect(await risk('a.yaml', ...asked('2.a=50..60'))).toEqual(['risk-not-additive']);
  expect(await risk('a.yaml', '--outlook', 'none.yaml')).toContain('risk-not-additive');
});

it('where nothing applies there is no rank, with a league and without', async () => {
  const among = ['away.yaml', '--league', 'l.yaml', '--target-rank', '2'];
  expect(await risk(...among, ...asked('1=25..50'))).toEqual(['risk-not-applicable']);
  expect(await risk(...among, '--rivals', '0..1')).toEqual(['nothing-uncertain']);
  await withFiles(FILES, async (cwd) => {
    const { stdout } = await cchc(['score', 'away.yaml', '--league', 'l.yaml', '--brief'], { cwd });
    expect(stdout).toMatch(/^Rank +no criterion applies, so there is no index and no rank$/m);
  });
});

it('a rule that is not understood gives no value points', async () => {
  expect(await risk('a.yaml', ...asked('4=40..50', '3=10..20'))).toEqual(['rule-todo']);
});

it('what other kinds of unit have in full is not uncertain for them', async () => {
  expect(await risk('ward.yaml', ...asked('3=10..20'))).toEqual(['risk-not-applicable']);
  // 4 in full: 2 more than the commune, and 1 more from the part.
  expect(await mean('ward.yaml', ...asked('2.b=100..100'))).toBeCloseTo(8.5, 9);
});

it('explain: the next threshold is one that gains at the places a criterion is rounded to', async () => {
  const steps = `{kind: steps, quantity: count, tiers: [{at_least: 5, points: 4}, {at_least: 3, points: 3.54}, {at_least: 2, points: 3.53}], otherwise: 0, ${given}}`;
  const one = CATALOGUE.replace('decimals: 2', 'decimals: 2\nround: {criterion: 1}').replace(
    /rule: \{kind: leader_relative.*\}\}/u,
    `rule: ${steps}}`,
  );
  const files = { 'c.yaml': one, 'a.yaml': READING.replace('"1": 25', '"1": 2') };
  await withFiles(files, async (folder) => {
    const ran = await cchc(['explain', '1', `${folder}/a.yaml`, '--lang', 'en', '--brief', '-q']);
    // 3.53 and 3.54 are both 3.5: 3 of them gain nothing, 5 gain 0.5.
    expect(ran.stdout, ran.stderr).toMatch(/Next threshold +at 5: 4 points \(\+0\.5\)/);
  });
});
