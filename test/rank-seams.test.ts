import { describe, expect, it } from 'vitest';
import { callIn, catalogue, part, reading, saidIn } from './seam-support.js';

/** Where ranks and analyses meet another maximum, another year, a group, or several answers to one question. */
const league = (units: object[], more: object = {}) =>
  JSON.stringify({ name: 'L', year: 2025, size: units.length + 1, units, ...more });

describe('a plan that lets a criterion count again', () => {
  // 24 of 40 and 10 of 20 are 34 of 60. With 1.1 in full 1.2 counts: 40 + 20 + 10 = 70 of 100.
  const requires = { criterion: '1.1', at_least: 80, else: 'not_applicable' };
  const files = {
    'c.json': catalogue('c', [
      { id: '1.1', max: 40 },
      { id: '1.2', max: 40, requires },
      { id: '1.3', max: 20 },
    ]),
    'r.json': reading('c.json', { '1.1': '60%', '1.2': '50%', '1.3': '50%' }),
    'l.json': league([
      { unit: 'Xã B', score: 70 },
      { unit: 'Xã C', score: 60 },
    ]),
  };

  it('reaches a rank by the maximum that then applies: 70 of 100 is level with 70', async () => {
    const { code, json } = await callIn(files, 'plan', 'r.json', '--league', 'l.json', '--target-rank', '1');
    expect([code, json.needed, json.choice.score]).toEqual([0, 70.5, 80]);
    expect([json.choice.rank.best, json.choice.rank.worst]).toEqual([1, 1]);
  });
});

it('a plan reaches a rank by points outside the scale: 98 + 5 before 100', async () => {
  const bonus = { kind: 'count', per_item: 1 };
  const files = {
    'c.json': catalogue('c', [
      { id: '1.1', max: 100 },
      { id: '2.1', max: 5, outside: true, rule: bonus },
    ]),
    'r.json': reading('c.json', { '1.1': '98%', '2.1': 0 }),
    'l.json': league([{ unit: 'Xã B', score: 100 }]),
    'a.json': JSON.stringify({
      name: 'A',
      actions: [{ id: 'a', name: 'a', cost: 1, changes: { '2.1': 5 } }],
    }),
  };
  const asked = ['--league', 'l.json', '--actions', 'a.json', '--target-rank', '1'];
  const { code, json } = await callIn(files, 'plan', 'r.json', ...asked);
  expect([code, json.needed, json.choice.score]).toEqual([0, 100.5, 103]);
});

it('a maximum that varies: the next place is that of the score under it', async () => {
  const rest = { not_listed: { name: 'rest', provenance: 'assumed', reason: 'test' } };
  const files = {
    'c.json': catalogue(
      'c',
      [
        { id: '1.1', max: 10 },
        { id: '1.2', max: 50 },
      ],
      rest,
    ),
    'r.json': reading('c.json', { '1.1': '50%', '1.2': '50%' }),
    'l.json': league([{ unit: 'Xã B', score: 72 }]),
  };
  const { json } = await callIn(
    files,
    'sensitivity',
    'r.json',
    '--league',
    'l.json',
    '--assume',
    '1.1.max=10..20',
  );
  const { assumed } = json.criteria.find((c: { id: string }) => c.id === '1.1');
  // Of 10: 5 + 25 + 40 = 70, and 72.5 prints above 72: 7.5, rounded from 7.495 on. Of 20: 10 + 25 + 30 = 65, so 17.5.
  expect(assumed.from.breakEven).toBeCloseTo(74.95, 9);
  expect(assumed.to.breakEven).toBeCloseTo(87.475, 9);
});

it('who is level as printed is passed first: 70.5 prints above 70', async () => {
  const files = {
    'c.json': catalogue('c', [{ id: '1.1', max: 100 }]),
    'r.json': reading('c.json', { '1.1': '70.2%' }),
    'l.json': league([{ unit: 'Xã B', score: 70 }]),
  };
  const sensitivity = await callIn(files, 'sensitivity', 'r.json', '--league', 'l.json');
  expect([sensitivity.json.nextPlace, sensitivity.json.criteria[0].breakEven]).toEqual([0.3, 70.495]);
  const plan = await callIn(files, 'plan', 'r.json', '--league', 'l.json', '--target-rank', '1');
  expect(plan.json.needed).toBe(70.5);
});

describe('what-if', () => {
  const files = {
    'c.json': catalogue('c', [
      { id: '1.1', max: 50 },
      { id: '1.2', max: 50 },
    ]),
    'r.json': reading('c.json', { '1.1': '60%' }),
    'whole.json': reading('c.json', { '1.1': '80%', '1.2': '10%' }),
    'less.json': JSON.stringify({ name: 'Less', changes: { '1.1': '50%' } }),
    'new.json': JSON.stringify({ name: 'New', changes: { '1.2': '50%' } }),
    'more.json': JSON.stringify({ name: 'More', changes: { '1.2': '20%' } }),
    'out.json': JSON.stringify({ name: 'Out', changes: { '1.2': 'not_applicable' } }),
  };
  const whatif = (...names: string[]) =>
    saidIn('markdown', files, 'whatif', ...names.flatMap((n, i) => (i === 0 ? [n] : ['--scenario', n])));

  it('no scenario whose gain is not known is the best', async () => {
    expect(await whatif('r.json', 'less.json', 'new.json')).toMatch(/Best where the gain is known.*Less/);
    expect(await whatif('r.json', 'new.json', 'new.json')).toMatch(/Best scenario.*none: while values/);
  });

  it('in a later year rivals that are moved by hand are known, and so is who is overtaken', async () => {
    const later = {
      'c.json': files['c.json'],
      'next.json': reading('c.json', { '1.1': '60%', '1.2': '60%' }, { year: 2026 }),
      'l.json': league([
        { unit: 'Xã B', score: 70.5 },
        { unit: 'Xã C', score: 62.5 },
      ]),
    };
    const moved = ['--league', 'l.json', '--rivals', '+1'];
    // 60 behind 71.5 and 63.5, then 70 between them.
    const { json } = await callIn(later, 'whatif', 'next.json', '--set', '1.1=80%', ...moved);
    expect(json.scenarios[0]).toMatchObject({ overtaken: ['Xã C'], overtakenBy: [] });
  });

  it('the best is that of the highest index: 40 of 50 before 50 of 100', async () => {
    expect(await whatif('whole.json', 'more.json', 'out.json')).toMatch(/Best scenario.*Out: 40/);
  });
});

describe('what-if within a group', () => {
  const rule = { kind: 'leader_relative', quantity: 'percent', target: 50 };
  const named = (unit: string, indicators: object) => reading('c.json', indicators, { unit });
  const files = {
    'c.json': catalogue('c', [
      { id: '2.1', max: 50, rule },
      { id: '1.2', max: 50 },
    ]),
    'a.json': named('Xã A', { '1.2': '50%' }),
    'b.json': named('Xã B', { '2.1': '80%', '1.2': '50%' }),
    'c1.json': named('Xã C', { '2.1': '60%', '1.2': '50%' }),
    'actions.json': JSON.stringify({
      name: 'A',
      actions: [{ id: 'a', name: 'a', cost: 1, changes: { '2.1': '90%' } }],
    }),
  };
  const group = ['a.json', 'b.json', 'c1.json'];
  const whatif = (unit: string, set: string, of = group) =>
    callIn(files, 'whatif', ...of, '--unit', unit, '--set', set).then(({ json }) => json.scenarios[0]);

  it('a criterion without an entry is measured by its group: 25 + 15 ÷ 30 of 25, and 25', async () => {
    expect((await whatif('Xã A', '2.1=65%')).result.total.score).toBe(62.5);
    const alone = await callIn(files, 'whatif', 'a.json', '--set', '2.1=65%');
    expect(alone.codes).toEqual(['unknown-values', 'needs-leader']);
  });

  it('so it may bring all, and that value is what to report', async () => {
    const said = await saidIn('markdown', files, 'score', ...group, '--unit', 'Xã A');
    expect(said).toMatch(/Biggest lever.*2\.1 \(unknown, up to 50 points\)/);
    const { json } = await callIn(files, 'whatif', ...group, '--unit', 'Xã A', '--all-fixed');
    expect(json.scenarios[0].result.total.score).toBe(100);
  });

  it('so it is where its value is uncertain: from 62.5 to 75, halfway at 68.75', async () => {
    const asked = ['--unit', 'Xã A', '--uncertain', '2.1=65..80'];
    const { code, json } = await callIn(files, 'risk', ...group, ...asked);
    expect(code).toBe(0);
    expect(json.score.mean).toBeCloseTo(68.75, 3);
  });

  it('a leader that falls moves the others', async () => {
    // Of the two whose values are known; while Xã A's is not, it may lead itself.
    const pair = ['b.json', 'c1.json'];
    const leader = [{ id: '2.1', reference: 'leader' }];
    // Behind Xã C at 60, level with it, and still before it.
    expect((await whatif('Xã B', '2.1=55%', pair)).groupMoves).toEqual(leader);
    expect((await whatif('Xã B', '2.1=60%', pair)).groupMoves).toEqual(leader);
    expect(await whatif('Xã B', '2.1=70%', pair)).toMatchObject({ leads: ['2.1'] });
    expect((await whatif('Xã B', '2.1=exempt', pair)).groupMoves).toEqual(leader);
    // So it does in a plan: 50 and 25.
    const asked = ['--unit', 'Xã C', '--actions', 'actions.json', '--target-score', '70'];
    const { json } = await callIn(files, 'plan', ...pair, ...asked);
    expect([json.choice.score, json.leads]).toEqual([75, ['2.1']]);
    // Who did not lead moves nobody.
    const other = await whatif('Xã C', '2.1=55%', pair);
    expect([other.leads, other.groupMoves]).toEqual([[], undefined]);
  });
});

describe('criteria rounded to fewer places than the scheme', () => {
  const files = {
    'c.json': catalogue(
      'c',
      [
        { id: '1.1', max: 2.4 },
        { id: '1.2', max: 7.4 },
      ],
      { round: { criterion: 0 } },
    ),
    'r.json': reading('c.json', { '1.2': '100%' }),
    'tenths.json': catalogue('t', [{ id: '1.1', max: 10 }], { round: { criterion: 1 } }),
    'lost.json': reading('tenths.json', { '1.1': { deducted: 2.6 } }),
    'value.json': reading('tenths.json', { '1.1': '50%' }),
    'l.json': league([{ unit: 'Xã B', score: 60.4 }]),
  };

  it('may earn what they round to: 7.4 is 7, and 2.4 is 2', async () => {
    const { json } = await callIn(files, 'score', 'r.json');
    const { worst, best } = json.readings[0].total;
    expect([worst, best]).toEqual([7, 9]);
  });

  it('published points are of all values that round to them: 7.35 to 7.45', async () => {
    const { json } = await callIn(files, 'score', 'lost.json');
    expect(json.readings[0].criteria[0].implied).toMatchObject({ min: 73.5, max: 74.5, maxOpen: true });
  });

  it('the next place takes what rounds to it: 6.1 of 10 passes 60.4, from 6.05 on', async () => {
    const { json } = await callIn(files, 'sensitivity', 'value.json', '--league', 'l.json');
    expect(json.criteria[0].breakEven).toBe(60.5);
  });
});

describe('pace of what a rate does not decide', () => {
  const steps = {
    kind: 'steps',
    quantity: 'percent',
    tiers: [{ at_least: 60, points: 'max' }],
    otherwise: 0,
  };
  const above = [{ above: 5, points: 'max' }];
  const half = { done: 50, total: 100 };
  const files = {
    'c.json': catalogue('c', [
      { id: '1.1', max: 30, rule: steps, requires: { criterion: '1.3', at_least: 50, else: 0 } },
      { id: '1.2', max: 30, rule: steps, units: ['xã'], otherwise: 'max' },
      { id: '1.3', max: 20 },
      { id: '1.4', max: 20, rule: { ...steps, against: 'last_year', tiers: above } },
    ]),
    'r.json': reading('c.json', { '1.1': half, '1.2': half, '1.3': '20%', '1.4': half }, { kind: 'sở' }),
  };

  it('has no goal of a difference that is not known, nor of points that are there anyway', async () => {
    const { json } = await callIn(files, 'pace', 'r.json', '--as-of', '2025-07-01');
    expect(json.indicators.map((i: { id: string }) => i.id)).toEqual(['1.1']);
  });

  it('hastens nothing that gains no points', async () => {
    const said = await saidIn('markdown', files, 'pace', 'r.json', '--as-of', '2025-07-01');
    expect(said).toMatch(/Next step.*keep this pace/);
  });
});

describe('a group that is changed in several ways', () => {
  const sum = { kind: 'sum', parts: [part('a', 30), part('b', 30)] };
  const of = (unit: string, share: string) =>
    reading('c.json', { '1.1': { values: { a: share, b: share } }, '1.2': '50%' }, { unit });
  const files = {
    'c.json': catalogue('c', [
      { id: '1.1', max: 60, rule: sum },
      { id: '1.2', max: 40 },
    ]),
    'a.json': of('Xã A', '50%'),
    'b.json': of('Xã B', '60%'),
    's.json': JSON.stringify({ name: 'S', changes: { '1.1.a': '100%' } }),
  };
  const ranked = (...more: string[]) => callIn(files, 'league', 'a.json', 'b.json', ...more);
  const scores = async (...more: string[]) =>
    (await ranked(...more)).json.whatif.units.map((u: { score: number }) => u.score);

  it('takes parts of one criterion together: 30 + 30 + 20', async () => {
    expect(await scores('--set', '1.1.a=100%', '--raise', '1.1.b=100%')).toEqual([80, 80]);
    expect(await scores('--scenario', 's.json', '--raise', '1.1.b=100%')).toEqual([80, 80]);
  });

  it('raises from what is set: 36 of 40 is not taken down to 32', async () => {
    expect(await scores('--set', '1.2=90%', '--raise', '1.2=80%')).toEqual([72, 66]);
    expect(await scores('--set', '1.2=70%', '--raise', '1.2=80%')).toEqual([68, 62]);
  });

  it('of two units of one name the code says which is asked about', async () => {
    const coded = (code: string, share: string) =>
      reading('c.json', { '1.1': { values: { a: share, b: share } }, '1.2': '50%' }, { code });
    const named = { 'c.json': files['c.json'], 'p.json': coded('01', '50%'), 'q.json': coded('02', '60%') };
    const asked = (unit: string) => callIn(named, 'league', 'p.json', 'q.json', '--unit', unit);
    expect(await asked('Xã A')).toMatchObject({ code: 2, codes: ['unknown-unit'] });
    expect((await asked('02')).code).toBe(0);
  });

  it('two values of one thing are refused', async () => {
    expect(await ranked('--set', '1.1.a=90%', '--scenario', 's.json')).toMatchObject({
      code: 3,
      codes: ['two-values'],
    });
  });
});

describe('risk', () => {
  const files = {
    'c.json': catalogue('c', [
      { id: '1.1', max: 50 },
      { id: '1.2', max: 50 },
    ]),
    'r.json': reading('c.json', { '1.1': '60%', '1.2': '60%' }, { year: 2026 }),
    'o.json': JSON.stringify({ indicators: { '1.1': { chances: { '60%': 0.6, '90%': 0.4 } } } }),
    'l.json': league([
      { unit: 'Xã B', score: 70.5 },
      { unit: 'Xã C', score: 62.5 },
      { unit: 'Xã D', score: 50 },
    ]),
  };
  const asked = ['risk', 'r.json', '--outlook', 'o.json'];

  it('its CSV tells the chance of each score, not the share that a quantile is of', async () => {
    expect((await saidIn('csv', files, ...asked)).trim().split(/\r?\n/)).toEqual([
      'what,at,probability',
      'score_at_most,60,0.6',
      'score_at_most,75,1',
    ]);
  });

  it('what an outlook makes certain is told beside what it leaves open', async () => {
    const said = await saidIn('markdown', files, ...asked, '--uncertain', '1.2=100%');
    expect(said).toContain('**1.2**: 100%, for certain');
  });

  it('rivals that are moved are those published, and that they move is told', async () => {
    const moves = ['--rivals', '+1', '--rivals', 'Xã B=-2', '--league', 'l.json'];
    const { json } = await callIn(files, ...asked, ...moves);
    // Xã B 69.5, Xã C 63.5, Xã D 51: 60 is the third, 75 the first.
    expect(json.ranks.map((r: { probability: number }) => r.probability)).toEqual([0.4, 0, 0.6, 0]);
    expect(json.baseline.rank.rank).toBe(3);
    expect(json.assumptions).not.toContain('later-year');
    expect(await saidIn('markdown', files, ...asked, ...moves)).toContain('Rivals move: all +1, Xã B −2');
  });
});

describe('points that the unit and the panel gave', () => {
  // 60% is under the 80% that earn all: 10 of 40. The panel gave 10 for the explanation too.
  const tiers = [
    { at_least: 80, points: 'max' },
    { at_least: 40, points: 10 },
  ];
  const rule = { kind: 'steps', quantity: 'percent', tiers, otherwise: 0 };
  const files = {
    'c.json': catalogue('c', [
      { id: '1.1', max: 40, rule },
      { id: '1.2', max: 20, requires: { criterion: '1.1', at_least: 50, else: 0 } },
      { id: '1.3', max: 40, exemption: 'x' },
    ]),
    'r.json': reading('c.json', {
      '1.1': { value: '60%', self_scored: 40, appraised: 10 },
      '1.2': '50%',
      '1.3': { exempt: 'CV 12', self_scored: 40, appraised: 10 },
    }),
  };

  it('are compared, the values deciding what is required of them: 90 and 30', async () => {
    const { json } = await callIn(files, 'compare', 'r.json', '--self-score');
    const { from, to, change } = json.comparisons[0];
    expect([from.score, to.score, change]).toEqual([90, 30, -60]);
  });
});

describe('what is unknown for want of something else', () => {
  const files = {
    'c.json': catalogue('c', [
      { id: '1.1', max: 60, requires: { criterion: '1.3', at_least: 50, else: 0 } },
      { id: '1.3', max: 40, owners: ['P'] },
    ]),
    'r.json': reading('c.json', { '1.1': '60%' }),
  };

  it('explain asks for that, and sensitivity tells what is open: 60% of 60', async () => {
    const said = await saidIn('markdown', files, 'explain', '1.1', 'r.json');
    expect(said).toContain('whether what it requires of 1.3 is so is not known yet');
    expect(said).toContain('P: report the value of 1.3');
    const { json } = await callIn(files, 'sensitivity', 'r.json');
    const open = json.criteria.find((c: { id: string }) => c.id === '1.1');
    expect(open.recoverable).toBe(36);
  });
});

it('a group near the end of the scale: at 60 a unit is behind all of whom 99 and 97 are known', async () => {
  const files = {
    'c.json': catalogue('c', [{ id: '1.1', max: 100 }]),
    'r.json': reading('c.json', { '1.1': '97%' }),
    'l.json': league([{ unit: 'Xã B', score: 99 }], { size: 27 }),
  };
  const { json } = await callIn(files, 'whatif', 'r.json', '--set', '1.1=60%', '--league', 'l.json');
  // Groups are seldom spread by more than 6% of the scale: 60 is six and more of that away.
  expect(json.scenarios[0].result.rank.mean).toBeGreaterThan(26.5);
  expect(json.baseline.rank.mean).toBeGreaterThan(2);
  expect(json.baseline.rank.mean).toBeLessThan(26);
});

it('compare: a rank without a score is of one reading, not of both', async () => {
  const files = {
    'c.json': catalogue('c', [{ id: '1.1', max: 100 }]),
    'a.json': reading('c.json', { '1.1': '60%' }),
    'b.json': reading('c.json', { '1.1': '75%' }),
    'l.json': league(
      [
        { unit: 'Xã B', score: 80, rank: 1 },
        { unit: 'Xã C', score: 70, rank: 2 },
        { unit: 'Xã A', rank: 3 },
      ],
      { size: 3 },
    ),
  };
  // The second is between the two others; by itself it would be refused as third.
  const { code, json } = await callIn(files, 'compare', 'a.json', 'b.json', '--league', 'l.json');
  const { from, to } = json.comparisons[0];
  expect([code, from.rank.rank, to.rank.rank]).toEqual([0, 3, 2]);
});

it('score: the rank of a year is that of its reading, and not of a later one', async () => {
  const files = {
    'c.json': catalogue('c', [{ id: '1.1', max: 100 }]),
    'now.json': reading('c.json', { '1.1': '80%' }),
    'next.json': reading('c.json', { '1.1': '92%' }, { year: 2026 }),
    'l.json': league([{ unit: 'Xã A', rank: 21 }], { size: 27 }),
  };
  const asked = ['score', 'now.json', 'next.json', '--league', 'l.json'];
  const { json } = await callIn(files, ...asked);
  const [now, next] = json.readings.map((r: { rank: { mean: number } }) => r.rank.mean);
  // Twelve points over what was twenty-first: groups are spread by some 4.
  expect(now).toBe(21);
  expect(next).toBeLessThan(10);
});

it('an outlook that moves one rival twice, by name and by code, is refused', async () => {
  const units = { 'Xã B': '1..2', '01': '-2..0' };
  const files = {
    'c.json': catalogue('c', [{ id: '1.1', max: 100 }]),
    'r.json': reading('c.json', { '1.1': '60%' }),
    'o.json': JSON.stringify({ indicators: { '1.1': '50..70' }, rivals: { units } }),
    'l.json': league([{ unit: 'Xã B', code: '01', score: 70 }]),
  };
  const ran = await callIn(files, 'risk', 'r.json', '--outlook', 'o.json', '--league', 'l.json');
  expect(ran).toMatchObject({ code: 3, codes: ['duplicate-key'] });
});

describe('the unit’s own row in its league', () => {
  const files = {
    'c.json': catalogue('c', [{ id: '1.1', max: 100 }]),
    'r.json': reading('c.json', { '1.1': '57%' }),
    'next.json': reading('c.json', { '1.1': '57%' }, { year: 2026 }),
    'score.json': league(
      [
        { unit: 'Xã B', score: 70 },
        { unit: 'Xã A', score: 62 },
      ],
      { size: 2 },
    ),
    // All others are known; the third place does not go with 57.
    'third.json': league(
      [
        { unit: 'Xã B', score: 60, rank: 1 },
        { unit: 'Xã C', score: 50, rank: 2 },
        { unit: 'Xã A', rank: 3 },
      ],
      { size: 3 },
    ),
    'four.json': league(
      [
        { unit: 'Xã B', score: 60, rank: 1 },
        { unit: 'Xã C', score: 50, rank: 2 },
        { unit: 'Xã A', rank: 3 },
      ],
      { size: 4 },
    ),
  };
  const score = (...named: string[]) => callIn(files, 'score', named[0]!, '--league', named[1]!);

  it('with another score than the reading makes is told', async () => {
    const assumed = async (one: string) => (await score(one, 'score.json')).json.readings[0].rank.assumptions;
    expect(await assumed('r.json')).toEqual(['own-score-differs']);
    expect(await assumed('next.json')).not.toContain('own-score-differs');
  });

  it('with a rank that the score does not go with is refused where others are unknown, in that year alone', async () => {
    expect(await score('r.json', 'four.json')).toMatchObject({ code: 3, codes: ['league-order'] });
    expect(await score('next.json', 'four.json')).toMatchObject({ code: 0, codes: ['other-year'] });
    const { rank } = (await score('r.json', 'third.json')).json.readings[0];
    expect([rank.rank, rank.assumptions]).toEqual([2, ['own-score-differs']]);
    const later = (await score('next.json', 'third.json')).json.readings[0].rank;
    expect(later.assumptions).not.toContain('own-score-differs');
  });
});

describe('a league of numbers that nobody published', () => {
  const stated = catalogue('c', [{ id: '1.1', max: 100 }]).replaceAll(
    '"provenance":"assumed","reason":"test"',
    '"provenance":"inferred","working":"test"',
  );
  const others = [
    { unit: 'Xã B', score: 60 },
    { unit: 'Xã C', score: 50 },
  ];
  const assumed = { provenance: 'assumed', reason: 'guessed' };
  const files = {
    'c.json': stated,
    'r.json': reading('c.json', { '1.1': '55%' }),
    'published.json': league(others),
    'own.json': league([...others, { unit: 'Xã A', score: 55, ...assumed }], { size: 3 }),
    'guessed.json': league(others, assumed),
    'one.json': league([others[0]!, { ...others[1], provenance: 'inferred', working: 'w' }]),
    'mean.json': league([others[0]!], { size: 5, mean: { value: 51, ...assumed } }),
  };
  const calls = (one: string) => [
    ['score', 'r.json', '--league', one],
    ['compare', 'r.json', 'r.json', '--league', one],
    ['check', 'r.json', '--league', one],
    ['check', one],
    ['league', one],
  ];

  it('says so beside the rank, unless it is the unit’s own row where all others are known', async () => {
    const said = async (one: string) =>
      (await callIn(files, 'score', 'r.json', '--league', one)).json.readings[0].rank.assumptions;
    expect(await said('published.json')).toEqual([]);
    expect(await said('own.json')).toEqual([]);
    expect(await said('guessed.json')).toEqual(['league-assumed']);
    expect(await said('one.json')).toEqual(['league-inferred']);
    expect(await said('mean.json')).toContain('league-assumed');
    expect(await saidIn('table', files, 'league', 'guessed.json')).toContain('that are assumed');
  });

  it('is refused under --strict where they are assumed, wherever it is read', async () => {
    const codes = async (one: string) =>
      Promise.all(calls(one).map(async (call) => (await callIn(files, ...call, '--strict')).code));
    expect(await codes('one.json')).toEqual([0, 0, 0, 0, 0]);
    for (const one of ['guessed.json', 'mean.json', 'own.json'])
      expect(await codes(one)).toEqual([3, 3, 3, 3, 3]);
  });

  it('is a catalogue refused too, looked at by itself', async () => {
    const own = { 'c.json': stated, 'guessed.json': catalogue('g', [{ id: '1.1', max: 100 }]) };
    const code = async (...call: string[]) => (await callIn(own, 'check', ...call)).code;
    expect([await code('c.json', '--strict'), await code('guessed.json')]).toEqual([0, 0]);
    expect(await code('guessed.json', '--strict')).toBe(3);
  });
});

it('who is first and last: all of an equal score, and who may come to it', async () => {
  const files = {
    'c.json': catalogue('c', [
      { id: '1.1', max: 60 },
      { id: '1.2', max: 40 },
    ]),
    'a.json': reading('c.json', { '1.1': '100%', '1.2': '100%' }),
    'b.json': reading('c.json', { '1.1': '100%', '1.2': '100%' }, { unit: 'Xã B' }),
    'd.json': reading('c.json', { '1.1': '50%', '1.2': '50%' }, { unit: 'Xã D' }),
    // 30 of the 60, and none to all of the 40.
    'e.json': reading('c.json', { '1.1': '50%' }, { unit: 'Xã E' }),
  };
  for (const command of ['league', 'score']) {
    const said = await saidIn('table', files, command, 'a.json', 'b.json', 'd.json', 'e.json');
    expect(said).toMatch(/First +Xã A \(100\), Xã B \(100\)\n/);
    expect(said).toMatch(/Last +(?:Xã D \(50\), Xã E \(30–70\)|Xã E \(30–70\), Xã D \(50\))\n/);
  }
});
