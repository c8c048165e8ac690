import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Goal, type Pace, pace } from '../src/analysis/pace.js';
import { parseCatalogue } from '../src/catalogue/parse.js';
import { openReadings } from '../src/files/open.js';
import { loadReading, parseReading } from '../src/index.js';
import { isoDay, parseDay } from '../src/values/calendar.js';
import { fromNumber as f } from '../src/values/fraction.js';
import { dayFromParts } from './days.js';
import { catalogueData, catalogueWith, cchc, fixture, must, withFiles } from './support.js';

const TO_DATE = fixture('nhu-xuan-2022-to-date.yaml');
const proportional = catalogueWith({ kind: 'proportional', target: 85 }, 1);

function paceOf(entry: object, asOf: string, catalogue = proportional): Pace {
  const reading = must(
    parseReading({ unit: 'U', year: 2022, catalogue: 'test', indicators: { T1: entry } }, catalogue),
  );
  return pace(reading, catalogue, parseDay(asOf)!);
}
const target = (p: Pace): Goal => p.rows[0]!.goals.at(-1)!;

describe('pace', () => {
  it('needed from now on: 85% of 2,400 is 2,040; 1,080 are done, so 960 of the 970 to come', () => {
    const goal = target(paceOf({ done: 1080, total: 1430, expected: 2400 }, '31/07/2022'));
    expect(goal.needed!.equals(f(96_000).div(970))).toBe(true);
    expect(goal.state).toBe('within_reach');
    // 360 may be missed and 350 were; 970 over 153 days at 350/1430 missed is 1.5517 a day: 10 ÷ 1.5517 = 6.4,
    // so it is lost on the 7th day after 31 July.
    expect(isoDay(goal.lostFrom!)).toBe('2022-08-07');
  });

  it('secured, on pace, out of reach', () => {
    expect(target(paceOf({ done: 2040, total: 2100, expected: 2400 }, '31/07/2022')).state).toBe('secured');
    expect(target(paceOf({ done: 900, total: 1000, expected: 2400 }, '31/07/2022')).state).toBe('on_pace');
    const lost = target(paceOf({ done: 500, total: 1000, expected: 2000 }, '01/07/2022'));
    expect(lost.state).toBe('out_of_reach');
    // 1,700 − 500 = 1,200 of 1,000: 120%. 300 may be missed; 500 were in 182 days: the 300th after 109.2 days.
    expect(lost.needed!.equals(120)).toBe(true);
    expect([isoDay(lost.lostFrom!), lost.lostWith]).toEqual(['2022-04-20', 301]);
  });

  it('nothing has come yet of what is expected: no value and no end, but what is needed of it', () => {
    for (const entry of [
      { done: 0, total: 0, expected: 500 },
      { months: [{ done: 0, total: 0 }], expected: 500 },
    ]) {
      const p = paceOf(entry, '31/03/2022');
      const [row] = p.rows;
      expect([row!.row.status, row!.rate, row!.ends, row!.endPoints]).toEqual(['unknown', null, null, null]);
      // 85% of 500 are 425, over the 275 of 365 days that are left: 425 ÷ (275 × 12 ÷ 365) a month; 75 may be missed.
      const { needed, more, perMonth, spare, state, lostFrom } = target(p);
      expect([needed!.valueOf(), more!.valueOf(), spare, state, lostFrom]).toEqual([
        85,
        425,
        75,
        'within_reach',
        null,
      ]);
      expect(perMonth!.equals(f(425).mul(365).div(3300))).toBe(true);
      expect(p.projected.result.total.score).toBeNull();
      // On the last day nothing more comes: there is nothing to tell.
      expect(paceOf(entry, '31/12/2022').rows).toEqual([]);
    }
    const faults = (entry: object) =>
      parseReading(
        { unit: 'U', year: 2022, catalogue: 'test', indicators: { T1: entry } },
        proportional,
      ).diagnostics.map((d) => `${d.severity} ${d.code}`);
    expect(faults({ done: 0, total: 0, expected: 500 })).toEqual(['warning unknown-values']);
    for (const entry of [
      { done: 0, total: 0 },
      { done: 0, total: 0, expected: 0 },
      { done: 3, total: 0, expected: 500 },
    ])
      expect(faults(entry)).toContain('error zero-total');
  });

  it('what stands beside a plan without a percent sign is refused: 5.5%, or 5.5 of 50', () => {
    const read = (entry: object) => {
      const data = { unit: 'U', year: 2022, catalogue: 'test', indicators: { T1: entry } };
      const { diagnostics } = parseReading(data, proportional);
      return diagnostics.flatMap((d) => (d.severity === 'error' ? [`${d.code} ${d.path.join('.')}`] : []));
    };
    const fault = 'percent-or-plan indicators.T1';
    expect(read({ plan: 50, value: '5,5' })).toEqual([`${fault}.value`]);
    expect(read({ plan: 50, value: 5.5 })).toEqual([`${fault}.value`]);
    expect(read({ plan: 50, done: 5.5, history: [2, '5'] })).toEqual([`${fault}.history.0`]);
    for (const told of [{ value: '11%' }, { done: 5.5 }, { done: 5.5, history: ['4%', '11%'] }, { value: 0 }])
      expect(read({ plan: 50, ...told })).toEqual([]);
  });

  it('without a volume the year goes on evenly: 100 in 73 days is 500 in 365', () => {
    const [row] = paceOf({ done: 50, total: 100 }, '14/03/2022').rows;
    expect(row!.expected.equals(500)).toBe(true);
    expect(row!.expectedGiven).toBe(false);
    expect(row!.ends!.equals(50)).toBe(true);
  });

  it('with months it goes on at the rate of the last three, and the months are the counts to date', () => {
    const months = [
      { done: 10, total: 100 },
      { done: 50, total: 100 },
      { done: 60, total: 100 },
      { done: 70, total: 100 },
    ];
    const [row] = paceOf({ months, expected: 1000 }, '30/04/2022').rows;
    expect([row!.rate!.valueOf(), row!.recent!.valueOf()]).toEqual([47.5, 60]);
    // 190 + 60% of 600 = 550 of 1,000.
    expect(row!.ends!.equals(55)).toBe(true);
    expect(row!.history.map((h) => h.valueOf())).toEqual([10, 30, 40, 47.5]);
  });

  it('with months it is lost in the month that passed what may be missed', () => {
    const months = [
      { done: 1, total: 1 },
      { done: 3, total: 9 },
      { done: 0, total: 0 },
      { done: 5, total: 5 },
    ];
    // 85% of 40 is 34: 6 may be missed, and 6 were, so it is not lost; of 30 it is 25.5, and the fifth of February's
    // six loses it: 4.5 × 28 ÷ 6 = 21 days of February are over.
    expect(target(paceOf({ months, expected: 40 }, '30/04/2022')).state).toBe('within_reach');
    const lost = target(paceOf({ months, expected: 30 }, '30/04/2022'));
    expect([lost.lostWith, isoDay(lost.lostFrom!)]).toEqual([5, '2022-02-22']);
    // A year of months to its last day: twelve of 100 with a miss in December alone is 99.92%, 85% is sure.
    const year = Array.from({ length: 12 }, (_, i) => ({ done: i === 11 ? 0 : 100, total: 100 }));
    expect(target(paceOf({ months: year }, '31/12/2022')).state).toBe('secured');
    // With 250 in December 1,100 of 1,350 is 81.5%: 202.5 may be missed, 202.5 × 31 ÷ 250 = 25.1 days in.
    const last = [...year.slice(0, 11), { done: 0, total: 250 }];
    expect(isoDay(target(paceOf({ months: last }, '31/12/2022')).lostFrom!)).toBe('2022-12-26');
  });

  it('draws the months that are over and the day, whatever months are given', async () => {
    // Three months in a third of the year, and today: four points; on 10 January no month is over, and nothing is drawn.
    const drawn = async (history: string, day: string) => {
      const entry = `{done: 10, plan: 50, history: [${history}]}`;
      const stdin = `unit: U\nyear: 2022\ncatalogue: thanh-hoa-district-2022\nindicators: {4.3.3: ${entry}}\n`;
      const { stdout } = await cchc(['pace', '-', '--as-of', day, '-q', '--lang', 'en'], { stdin });
      return (
        stdout
          .split('\n')
          .filter((l) => /[┤]/.test(l))
          .join('')
          .match(/●/g)?.length ?? 0
      );
    };
    expect(await drawn('"5%", "11%", "15%"', '30/04/2022')).toBe(4);
    expect(await drawn('"5%", "11%", "15%", "20%"', '30/04/2022')).toBe(4);
    expect(await drawn('"5%", "11%", "15%"', '10/01/2022')).toBe(0);
  });

  it('the next threshold stands before the target', () => {
    const steps = catalogueWith(
      {
        kind: 'steps',
        tiers: [
          { at_least: 90, points: 'max' },
          { at_least: 60, points: 0.5 },
        ],
      },
      1,
    );
    const goals = paceOf({ done: 50, total: 100, expected: 200 }, '30/06/2022', steps).rows[0]!.goals;
    expect(goals.map((g) => [g.kind, g.value.valueOf(), g.points, g.needed!.valueOf()])).toEqual([
      ['next', 60, 5000, 70],
      ['target', 90, 10_000, 130],
    ]);
  });

  it('on the last day nothing is to come', () => {
    const goal = target(paceOf({ done: 50, total: 100 }, '31/12/2022'));
    expect(goal).toMatchObject({ needed: null, state: 'out_of_reach' });
    expect(target(paceOf({ done: 90, total: 100 }, '31/12/2022')).state).toBe('secured');
  });

  it('reaching just the needed rate on the rest ends at the goal, and one less does not', () => {
    const counts = fc.tuple(fc.nat(500), fc.nat(500), fc.integer({ min: 1, max: 500 }));
    fc.assert(
      fc.property(counts, ([done, missed, rest]) => {
        fc.pre(done + missed > 0);
        const total = done + missed;
        const goal = target(paceOf({ done, total, expected: total + rest }, '31/07/2022'));
        const least = Math.ceil((goal.needed!.valueOf() * rest) / 100 - 1e-9);
        const reaches = (more: number) =>
          f(done + more)
            .mul(100)
            .div(total + rest)
            .compare(85) >= 0;
        expect(goal.state === 'out_of_reach').toBe(!reaches(rest));
        expect(goal.state === 'secured').toBe(reaches(0));
        if (goal.state === 'within_reach' || goal.state === 'on_pace') {
          expect(reaches(least)).toBe(true);
          expect(reaches(least - 1)).toBe(false);
        }
      }),
    );
  });
});

describe('every day of the year', () => {
  it('has an answer: projected points are those of the rate it ends at, and no state contradicts the end', async () => {
    const { reading, catalogue } = must(await loadReading(TO_DATE));
    for (let day = 1; day <= 365; day++) {
      const found = pace(reading, catalogue, { year: 2022, day });
      expect(found.rows.map((r) => r.row.criterion.id)).toEqual([
        '1.3.3',
        '3.5.1',
        '4.3.3',
        '7.3.2',
        '7.3.3',
      ]);
      for (const row of found.rows) {
        const end = found.projected.result.criteria.find((c) => c.criterion.id === row.row.criterion.id)!;
        expect(end.points).toBe(row.endPoints);
        expect(row.ends!.compare(0) >= 0 && row.ends!.compare(100) <= 0).toBe(true);
      }
    }
  });

  it('on 31 December nothing more comes: 1,080 of 1,430 is 75.52%, whatever was expected', async () => {
    const { stdout } = await cchc(['pace', TO_DATE, '--as-of', '31/12/2022']);
    expect(stdout.split('\n\n')[0]).toMatch(/Next step +the year is over/);
    const ran = await cchc(['pace', TO_DATE, '--as-of', '31/12/2022', '--format', 'json']);
    expect(ran.code).toBe(0);
    const online = JSON.parse(ran.stdout).indicators.find((i: { id: string }) => i.id === '7.3.2');
    // 1080 ÷ 1430 = 75.524476%; ÷ 85 = 0.8885 points.
    expect(online).toMatchObject({ expected: 1430, ends: 75.524476, points: { now: 0.8885, end: 0.8885 } });
    expect(online.goals).toMatchObject([{ state: 'out_of_reach', needed: null }]);
    expect((await cchc(['pace', TO_DATE, '--as-of', '01/01/2022'])).code).toBe(0);
    for (const day of ['31/12/2021', '01/01/2023']) {
      const refused = await cchc(['pace', TO_DATE, '--as-of', day]);
      expect([refused.code, refused.stderr.includes('date-outside-year')]).toEqual([2, true]);
      expect(refused.stderr).toContain('01/01/2022 to 31/12/2022');
    }
  });

  it('warns of a day before the last month given, and of no other: seven months end in July', async () => {
    const told = async (day: string) => (await cchc(['pace', TO_DATE, '--as-of', day])).stderr;
    for (const day of ['01/01/2022', '30/06/2022']) {
      const text = await told(day);
      expect(text).toContain('as-of-before-months');
      expect(text).toContain('7.3.2, 7.3.3');
    }
    for (const day of ['01/07/2022', '31/12/2022']) expect(await told(day)).toBe('');
  });

  it('says where the months given end before the day, that nothing is counted after them', async () => {
    const entries =
      '7.3.2: {months: [{done: 8, total: 10}, {done: 9, total: 10}]}, 7.3.3: {done: 3, total: 6}';
    const stdin = `unit: U\nyear: 2022\ncatalogue: thanh-hoa-district-2022\nindicators: {${entries}}\n`;
    const said = async (day: string, lang: string) =>
      (await cchc(['pace', '-', '--as-of', day, '--lang', lang, '-q'], { stdin })).stdout.replace(
        /\s+/g,
        ' ',
      );
    expect(await said('31/07/2022', 'en')).toContain(
      '7.3.2: months are given up to month 2; from then to the day nothing is counted',
    );
    expect(await said('31/03/2022', 'vi')).toContain('7.3.2: số liệu tháng chỉ có đến tháng 2;');
    // March is not over on its 30th.
    for (const day of ['28/02/2022', '30/03/2022'])
      expect(await said(day, 'en')).not.toContain('up to month');
    const { stdout } = await cchc(['pace', '-', '--as-of', '31/07/2022', '--format', 'json'], { stdin });
    const found = JSON.parse(stdout).indicators.map((i: { id: string; monthsGiven: number }) => [
      i.id,
      i.monthsGiven,
    ]);
    // 20 in 212 days carried on evenly: 20 × 365 ÷ 212 = 34.4, so 35.
    expect([found, JSON.parse(stdout).indicators[0].expected]).toEqual([
      [
        ['7.3.2', 2],
        ['7.3.3', 0],
      ],
      35,
    ]);
  });

  it('says what a plan asks a month, and groups the thousands of cases', async () => {
    const entries = '1.3.3: {done: 3, plan: 8}, 7.3.3: {done: 30000, total: 60000}';
    const text = `unit: U\nyear: 2022\ncatalogue: thanh-hoa-district-2022\nindicators: {${entries}}\n`;
    const told = async (day: string) =>
      (await cchc(['pace', '-', '--as-of', day, '--lang', 'vi', '-q'], { stdin: text })).stdout.replace(
        /\s+/g,
        ' ',
      );
    // 80% of 8 is 6.4, so 7: 4 more in 184 × 12 ÷ 365 = 6.049 months.
    expect(await told('30/06/2022')).toContain('1.3.3 cần thêm 4 (0,66 mỗi tháng) từ nay');
    // On 31 March, day 90, an even year is 243,334: 75% is 182,500.5, so 60,833 may be missed, and 30,000 were.
    expect(await told('31/03/2022')).toContain('30.833');
  });

  it('where less is better the goal is at most: 2% of 2,400 is 48, 30 of 1,000 are late, so 18 of 1,400 may be', () => {
    const late = catalogueWith(
      {
        kind: 'steps',
        tiers: [
          { at_most: 2, points: 'max' },
          { at_most: 5, points: 0.5 },
        ],
      },
      1,
    );
    const goals = paceOf({ done: 30, total: 1000, expected: 2400 }, '30/06/2022', late).rows[0]!.goals;
    expect(goals).toMatchObject([{ kind: 'target', side: 'at_most', state: 'within_reach' }]);
    expect([goals[0]!.value.equals(2), goals[0]!.needed!.equals(f(1800).div(1400))]).toEqual([true, true]);
    const lost = paceOf({ done: 60, total: 1000, expected: 2400 }, '30/06/2022', late).rows[0]!.goals;
    expect(lost.map((g) => [g.value.valueOf(), g.state])).toEqual([
      [5, 'within_reach'],
      [2, 'out_of_reach'],
    ]);
    expect(target(paceOf({ done: 0, total: 2352, expected: 2400 }, '30/06/2022', late)).state).toBe(
      'secured',
    );
  });
});

describe('the calendar', () => {
  it('agrees with the platform on every day of a common and a leap year', () => {
    for (const year of [2022, 2024]) {
      for (let day = 1; day <= 366; day++) {
        const { iso, exists } = dayFromParts(year, day);
        if (exists) expect(isoDay({ year, day })).toBe(iso);
        expect(parseDay(iso)).toEqual(exists ? { year, day } : { year: year + 1, day: 1 });
      }
    }
    expect(parseDay('30/02/2022')).toBeNull();
    expect(parseDay('2022-13-01')).toBeNull();
    expect(parseDay('29/02/2024')).toEqual({ year: 2024, day: 60 });
  });
});

describe('on the command line', () => {
  const json = async (...more: string[]) =>
    JSON.parse((await cchc(['pace', TO_DATE, '--as-of', '31/07/2022', '--format', 'json', ...more])).stdout);

  it('the example year', async () => {
    const found = await json();
    expect(found).toMatchObject({ schema: 'cchc/pace@1', asOf: '2022-07-31' });
    const of = (id: string) => found.indicators.find((i: { id: string }) => i.id === id);
    expect(of('7.3.2').goals).toMatchObject([{ kind: 'target', value: 85, state: 'within_reach' }]);
    // 7 of 12 in 212 days: 12.05 of 15 by the year's end, 80.3%; what is not remedied yet can still be.
    expect(of('1.3.3')).toMatchObject({ basis: 'plan', goals: [{ state: 'on_pace', more: 5 }] });
    expect(of('3.5.1').goals[0]).toMatchObject({ state: 'out_of_reach', lostWith: 1 });
    expect(found.without).toContain('7.6.1');
    const softer = await json('--target', '7.3.2=70%');
    expect(softer.indicators.find((i: { id: string }) => i.id === '7.3.2').goals).toMatchObject([
      { kind: 'target', value: 70, state: 'on_pace' },
      { kind: 'next', value: 85, state: 'within_reach' },
    ]);
  });

  it.each([
    [['--as-of', '31/07/2023'], 'date-outside-year'],
    [['--as-of', '31/02/2022'], 'bad-date'],
    [[], 'needs-option'],
    [['--as-of', '31/07/2022', '--target', '7.6.1=Tốt'], 'pace-target-on-other'],
    [['--as-of', '31/07/2022', '--target', '9.9=70%'], 'unknown-criterion'],
  ])('refuses %j', async (args, word) => {
    const ran = await cchc(['pace', TO_DATE, ...args]);
    expect([ran.code, ran.stdout]).toEqual([2, '']);
    expect(ran.stderr).toContain(word);
  });

  it('a reading without counts has no pace', async () => {
    const ran = await cchc(['pace', fixture('nhu-xuan-2022.yaml'), '--as-of', '31/07/2022']);
    expect(ran.code).toBe(2);
    expect(ran.stderr).toContain('no-counts');
  });

  it('a volume below the counts is a fault of the file', async () => {
    const text =
      'unit: X\nyear: 2022\ncatalogue: thanh-hoa-district-2022\nindicators: {7.3.2: {done: 5, total: 9, expected: 8}}\n';
    const ran = await cchc(['pace', '-', '--as-of', '31/07/2022'], { stdin: text });
    expect(ran.code).toBe(3);
    expect(ran.stderr).toContain('volume-below-total');
    expect(must(await loadReading(TO_DATE)).reading.entries.get('7.3.2')?.volume?.months).toHaveLength(7);
  });
});

describe('a plan', () => {
  const entry = { done: 12.5, plan: 50 };

  it('12.5 of 50 at the end of March is well on its way: 35 more for 95%, 3.87 a month', () => {
    const p = paceOf(entry, '31/03/2022', catalogueWith({ kind: 'proportional', target: 95 }, 2));
    // 90 of 365 days: 12.5 × 365 ÷ 90 = 50.7, more than the plan. 95% of 50 is 47.5; 275 days are 9.041 months.
    expect([p.rows[0]!.basis, p.rows[0]!.ends!.valueOf()]).toEqual(['plan', 100]);
    const goal = target(p);
    expect([goal.state, goal.more!.valueOf(), goal.lostFrom]).toEqual(['on_pace', 35, null]);
    expect(
      goal.perMonth!.equals(
        f(35)
          .mul(365)
          .div(275 * 12),
      ),
    ).toBe(true);
  });

  it('7 of 8 units left to inspect in six months are to be done, not lost; whole units', () => {
    const p = paceOf(
      { done: 1, plan: 8 },
      '30/06/2022',
      catalogueWith({ kind: 'steps', tiers: [{ at_least: 80, points: 'max' }] }, 1),
    );
    // 80% of 8 is 6.4: 7 units, 6 more. 1 in 181 days goes on to 365 ÷ 181 = 2.02: 2 whole units of 8.
    const goal = target(p);
    expect([goal.state, goal.more!.valueOf(), goal.spare]).toEqual(['within_reach', 6, null]);
    expect(p.rows[0]!.ends!.valueOf()).toBe(25);
  });

  it('is lost when the year is over, and sure once it is done', () => {
    expect(target(paceOf({ done: 7, plan: 10 }, '31/12/2022')).state).toBe('out_of_reach');
    expect(target(paceOf({ done: 9, plan: 10 }, '01/02/2022')).state).toBe('secured');
  });

  it('the catalogue may say that a total is a plan; months of a plan have no totals', () => {
    const data = catalogueData({ kind: 'proportional', target: 100 }, 1);
    const planned = must(parseCatalogue({ ...data, criteria: [{ ...data.criteria[0], basis: 'plan' }] }));
    expect(paceOf({ done: 3, total: 12 }, '30/06/2022', planned).rows[0]!.basis).toBe('plan');
    const [row] = paceOf({ months: [{ done: 1 }, { done: 2 }], plan: 12 }, '28/02/2022').rows;
    // 3 of 12 are done, 1.5 a month; 306 days are left: 3 + 1.5 × 306 × 12 ÷ 365 = 18.1, more than the plan.
    expect([row!.rate!.valueOf(), row!.ends!.valueOf()]).toEqual([25, 100]);
    expect(row!.history.map((h) => h.toFraction())).toEqual(['25/3', '25']);
  });

  it('a plan may grow: 7 of 12 problems are remedied and 15 expected; 80% of 15 is 12, 5 more', () => {
    const data = catalogueData({ kind: 'steps', tiers: [{ at_least: 80, points: 'max' }] }, 1);
    const planned = must(parseCatalogue({ ...data, criteria: [{ ...data.criteria[0], basis: 'plan' }] }));
    const p = paceOf({ done: 7, total: 12, expected: 15 }, '31/07/2022', planned);
    // 7 in 212 days go on to 7 × 365 ÷ 212 = 12.05: 12 of 15.
    expect(p.rows[0]!.ends!.valueOf()).toBe(80);
    expect([target(p).state, target(p).more!.valueOf()]).toEqual(['on_pace', 5]);
  });

  it('7.3 units are 7: a goal that needs the eighth is not met at this pace, and its points are not counted', () => {
    const data = catalogueData({ kind: 'steps', tiers: [{ at_least: 30, points: 'max' }] }, 1);
    const planned = must(parseCatalogue({ ...data, criteria: [{ ...data.criteria[0], basis: 'plan' }] }));
    const p = paceOf({ done: 6, plan: 24 }, '31/10/2022', planned);
    // 30% of 24 is 7.2: 8 units, 2 more. 6 in 304 days go on to 6 × 365 ÷ 304 = 7.2039…, which is 7: 29.2%.
    expect([target(p).state, target(p).more!.valueOf()]).toEqual(['within_reach', 2]);
    expect([p.rows[0]!.ends!.toFraction(), p.rows[0]!.endPoints]).toEqual(['175/6', 0]);
    // Capital of 12.5 thousand millions is not counted in cases: 12.5 × 365 ÷ 304 of 50.
    const [capital] = paceOf({ done: 12.5, plan: 50 }, '31/10/2022', planned).rows;
    expect(capital!.ends!.valueOf()).toBeCloseTo((12.5 * 365 * 2) / 304, 9);
  });

  it('a flow says how much may still go wrong', () => {
    const whole = catalogueWith({ kind: 'proportional', target: 100 }, 1);
    // All on time so far: the first that is late loses it.
    expect(target(paceOf({ done: 300, total: 300, expected: 1200 }, '31/03/2022', whole)).spare).toBe(0);
    // 85% of 1,200 is 1,020: 180 may be missed, 60 were.
    expect(target(paceOf({ done: 340, total: 400, expected: 1200 }, '30/04/2022')).spare).toBe(120);
  });

  it('refuses a total beside a plan, a volume beside a plan, and months without totals of a flow', () => {
    const codes = (entry: object) => {
      const read = parseReading(
        { unit: 'U', year: 2022, catalogue: 'test', indicators: { T1: entry } },
        proportional,
      );
      return read.diagnostics.filter((d) => d.severity === 'error').map((d) => d.code);
    };
    expect(codes({ done: 1, total: 5, plan: 8 })).toEqual(['two-values']);
    expect(codes({ done: 1, plan: 8, expected: 9 })).toEqual(['two-values']);
    expect(codes({ months: [{ done: 1 }] })).toContain('missing-key');
    expect(codes({ done: 1, plan: 8, history: ['x'] })).toEqual(['bad-percent']);
  });

  it('a sheet has its months in columns: T1 … as values, or as done and total', async () => {
    const csv =
      'unit;year;catalogue;id;done;plan;T1;T2\nXã A;2022;thanh-hoa-district-2022;7.3.2;20;80;10%;25%\n';
    const counts =
      'unit;year;catalogue;id;plan;T1 đã làm;T2 đã làm\nXã A;2022;thanh-hoa-district-2022;7.3.2;80;8;12\n';
    await withFiles({ 'a.csv': csv, 'b.csv': counts }, async (folder) => {
      for (const name of ['a.csv', 'b.csv']) {
        const opened = must(await openReadings(`${folder}/${name}`));
        const [one] = opened;
        const [row] = pace(one!.reading, one!.catalogue, parseDay('28/02/2022')!).rows;
        expect([row!.basis, row!.rate!.valueOf()]).toEqual(['plan', 25]);
        expect(row!.history.map((h) => h.valueOf())).toEqual([10, 25]);
      }
    });
  });
});
