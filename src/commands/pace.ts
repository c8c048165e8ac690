import type { Position } from '../analysis/gain.js';
import { type Goal, type Pace, type PaceRow, pace } from '../analysis/pace.js';
import type { Catalogue } from '../catalogue/catalogue.js';
import { findCriterion } from '../catalogue/select.js';
import { measure } from '../reading/measure.js';
import type { Reading } from '../reading/reading.js';
import { answerOf, scoreAndShortRank } from '../render/answer.js';
import { dataOf, tableOf, type ViewField } from '../render/field.js';
import { runChart } from '../render/plot.js';
import { type Block, factsOf, type Presentation, pictureOf, textOf } from '../render/presentation.js';
import { fractionJson, pointsJson, rankJson } from '../render/result-json.js';
import { assumptionRows, ownersText, scoreAndRank, scoreText } from '../render/words.js';
import { score } from '../scoring/score.js';
import type { Messages } from '../text/index.js';
import { type Day, dayOf, daysIn, isoDay, monthAndDay, parseDay, vietnameseDay } from '../values/calendar.js';
import { type Diagnostic, error, warning } from '../values/diagnostic.js';
import { type Fraction, HUNDRED, toNumber, ZERO } from '../values/fraction.js';
import { parseAssignments } from './shared/assignments.js';
import type { Command } from './shared/command.js';
import { readingOptions, shared } from './shared/options.js';

const command: Command = {
  arguments: [{ name: 'readings', syntax: '<file...>' }],
  options: [
    { name: 'asOf', flags: '--as-of <date>' },
    { name: 'target', flags: '--target <id=rate>', repeat: true },
    shared.league,
    ...readingOptions,
  ],
  examples: [
    'cchc pace fixtures/nhu-xuan-2022-to-date.yaml --as-of 31/07/2022',
    'cchc pace fixtures/nhu-xuan-2022-to-date.yaml --as-of 31/07/2022 --target 7.3.2=70% \\',
    '    --league fixtures/leagues/thanh-hoa-districts-2022.yaml',
  ],
  async run(call) {
    const written = call.text('asOf');
    if (written === undefined) return call.refuse(error('needs-option', { option: '--as-of' }));
    const asOf = parseDay(written);
    if (!asOf) return call.refuse(error('bad-date', { value: written }));
    return call.eachReading(call.args, async ({ reading, catalogue }, league) => {
      const targets = readTargets(call.texts('target'), catalogue);
      call.misused([...targets.diagnostics, ...outside(asOf, written, reading.year)]);
      const rivals = call.rivals(league, score(reading, catalogue));
      call.settle();
      const result = pace(reading, catalogue, asOf, targets.rates, rivals);
      if (result.rows.length === 0) call.refuse(error('no-counts', {}));
      const off = [...targets.rates.keys()].filter((id) => result.without.includes(id));
      call.misused(off.map((id) => error('pace-target-on-other', { id })));
      call.settle();
      call.misused(beforeMonths(asOf, written, reading));
      return { presentation: presentPace(result, call.messages) };
    });
  },
};

const outside = (asOf: Day, value: string, year: number): Diagnostic[] =>
  asOf.year === year ? [] : [error('date-outside-year', { value, year })];

/** Months counted that the day has not come to: counts to date are then not those of the day. */
function beforeMonths(asOf: Day, value: string, { entries }: Reading): Diagnostic[] {
  const { month } = monthAndDay(asOf);
  const given = [...entries].flatMap(([id, { volume }]) =>
    volume ? [{ id, months: Math.max(volume.months.length, volume.history.length) }] : [],
  );
  const later = given.filter(({ months }) => months > month);
  if (later.length === 0) return [];
  const ids = later.map(({ id }) => id);
  return [warning('as-of-before-months', { value, ids, months: Math.max(...later.map((l) => l.months)) })];
}

/** Criteria whose months given end before the last that is over, by how many are given: of the rest nothing is counted. */
function endedBefore({ asOf, rows }: Pace): [months: number, ids: string[]][] {
  const { month } = monthAndDay(asOf);
  const over = dayOf(31, month, asOf.year).day > asOf.day ? month - 1 : month;
  const ended = rows.filter(({ monthsGiven }) => monthsGiven > 0 && monthsGiven < over);
  const idsOf = (months: number) =>
    ended.flatMap((r) => (r.monthsGiven === months ? r.row.criterion.id : []));
  return [...new Set(ended.map((r) => r.monthsGiven))].map((months) => [months, idsOf(months)]);
}

/** `ID=RATE` texts as wanted rates. */
function readTargets(written: readonly string[], catalogue: Catalogue) {
  const { data, diagnostics: usage, at } = parseAssignments('--target', written);
  const diagnostics: Diagnostic[] = [];
  const rates = new Map<string, Fraction>();
  for (const [id, value] of Object.entries(data)) {
    const criterion = findCriterion(catalogue, id);
    const input = 'id' in criterion ? criterion.compiled.inputs[0]! : null;
    if (!('id' in criterion)) {
      diagnostics.push(error('unknown-criterion', { value: id, suggestion: criterion.suggestion }, [id]));
    } else if (input?.form !== 'line') {
      diagnostics.push(error('pace-target-on-other', { id }, [id]));
    } else {
      const read = measure(
        { form: 'scalar', value: value as string },
        input,
        criterion.id,
        [id],
        catalogue.year,
      );
      diagnostics.push(...read.diagnostics.filter((d) => d.severity === 'error'));
      if (read.value?.form === 'number') rates.set(criterion.id, read.value.x);
    }
  }
  return { rates, diagnostics: [...usage, ...at(diagnostics)] };
}

const TONES = { secured: 'good', on_pace: 'good', within_reach: 'warn', out_of_reach: 'bad' } as const;

/** A day in the reader's way of writing dates. */
const dayText = (day: Day, { language }: Messages['numbers']): string =>
  language === 'vi' ? vietnameseDay(day) : isoDay(day);

/** Year-to-date counts carried to the end of the year: a table and a small run chart each. */
export function presentPace(pace: Pace, messages: Messages): Presentation {
  const { labels, numbers } = messages;
  const say = labels.pace;
  const { rows } = pace;
  const [now, projected] = [pace.now.result, pace.projected.result];
  const score = ({ result, rank }: Position) => scoreAndRank(scoreText(result, messages), rank, messages);
  const { decimals } = now.catalogue;
  const indicators = rows.map((r) => indicatorJson(r, decimals));
  const assumed = (text: string) => ({ label: labels.rank.assumption, text });
  const blocks: Block[] = [
    answer(pace, messages),
    goalsTable(pace, messages),
    ...rows.flatMap((row) => {
      const { id, name } = row.row.criterion;
      const drawn = chart(row, pace.asOf, messages);
      return drawn ? [pictureOf(`${id} ${numbers.pick(name)}`, drawn)] : [];
    }),
    textOf(say.legend, 'dim'),
    factsOf([
      { label: say.scoreNow, text: score(pace.now) },
      { label: say.scoreEnd, text: score(pace.projected) },
      pace.yearOver && assumed(say.yearOver),
      !pace.yearOver && rows.some((r) => !r.expectedGiven) && assumed(say.evenVolume),
      rows.some((r) => r.recent) && assumed(say.lastThree),
      endedBefore(pace).map(([months, ids]) => assumed(say.noneAfter(ids.join(', '), months))),
      assumed(say.evenMisses),
      pace.projected.rank && assumptionRows(pace.projected.rank.assumptions, messages),
      pace.without.length > 0 && { label: say.without, text: pace.without.join(', ') },
    ]),
  ];
  const data = dataOf(
    [
      ...(['id', 'done', 'total', 'expected', 'rate', 'ends', 'endPoints'] as const),
      ...(['goal', 'goalRate', 'needed', 'state', 'lostFrom'] as const),
    ],
    indicators.flatMap(({ points, goals, ...soFar }) =>
      goals.map(({ kind: goal, value: goalRate, needed, state, lostFrom }) => {
        return { ...soFar, endPoints: points.end, goal, goalRate, needed, state, lostFrom };
      }),
    ),
  );
  const json = {
    schema: 'cchc/pace@1',
    unit: now.unit,
    year: now.year,
    asOf: isoDay(pace.asOf),
    score: { now: pointsJson(now.total.score, decimals), end: pointsJson(projected.total.score, decimals) },
    rank: { now: rankJson(pace.now.rank), end: rankJson(pace.projected.rank) },
    indicators,
    without: pace.without,
  };
  return { json, blocks, data };
}

const indicatorJson = (r: PaceRow, decimals: number) => ({
  id: r.row.criterion.id,
  basis: r.basis,
  done: toNumber(r.done),
  total: toNumber(r.total),
  expected: toNumber(r.expected),
  expectedGiven: r.expectedGiven,
  monthsGiven: r.monthsGiven,
  rate: fractionJson(r.rate, 6),
  recent: fractionJson(r.recent, 6),
  ends: fractionJson(r.ends, 6),
  points: { now: pointsJson(r.row.points, decimals), end: pointsJson(r.endPoints, decimals) },
  goals: r.goals.map((g) => ({
    kind: g.kind,
    value: fractionJson(g.value, 6),
    points: pointsJson(g.points, decimals),
    side: g.side,
    needed: fractionJson(g.needed, 6),
    more: fractionJson(g.more, 6),
    perMonth: fractionJson(g.perMonth, 6),
    spare: g.spare,
    lostWith: g.lostWith,
    state: g.state,
    lostFrom: g.lostFrom && isoDay(g.lostFrom),
  })),
});

/** The score to date and where it leads, what must go faster, and what is lost already. */
function answer(pace: Pace, messages: Messages): Block {
  const { labels, numbers } = messages;
  const say = labels.pace;
  const { result } = pace.now;
  const { decimals } = result.catalogue;
  const score = ({ result, rank }: Position) =>
    scoreAndShortRank(scoreText(result, messages), rank, messages);
  const goals = pace.rows.flatMap((r) => r.goals.filter((g) => g.kind === 'target').map((g) => ({ r, g })));
  const behind = goals
    .flatMap(({ r: { row, basis }, g }) => {
      if (g.state !== 'within_reach' || g.points === null) return [];
      return [{ row, basis, g, gain: g.points - (row.points ?? row.worst) }];
    })
    .filter(({ gain }) => gain > 0)
    .sort((p, q) => q.gain - p.gain);
  const lost = goals.filter(({ g }) => g.state === 'out_of_reach').map(({ r }) => r.row.criterion.id);
  const top = behind[0];
  return answerOf(`${say.title} · ${result.unit} · ${say.asOf(dayText(pace.asOf, numbers))}`, [
    { label: say.scoreNow, text: score(pace.now) },
    { label: say.scoreEnd, text: score(pace.projected) },
    {
      label: labels.answer.next,
      text: top
        ? say.hasten(
            ownersText(top.row.criterion.owners, result.catalogue, messages),
            top.row.criterion.id,
            top.basis === 'plan'
              ? monthlyText(top.g, messages, say.monthlyMore)
              : neededText(top.g, top.basis, messages),
            numbers.signed(top.gain, decimals),
          )
        : pace.yearOver
          ? say.yearOver
          : say.keep,
    },
    lost.length > 0 && { label: say.lost, text: lost.join(', '), tone: 'bad' },
  ]);
}

function stateText(goal: Goal, messages: Messages): string {
  const { labels, numbers } = messages;
  const say = labels.pace;
  const spare = goal.spare === null ? '' : `; ${say.spare(numbers.number(goal.spare, 0))}`;
  const state = `${say.state[goal.state]}${spare}`;
  const day = goal.lostFrom && dayText(goal.lostFrom, numbers);
  if (goal.lostWith !== null) {
    // The first case may have gone wrong on any day.
    const since = day && goal.lostWith > 1 ? ` (${say.lostSince(day)})` : '';
    return `${state}; ${say.lostWith(numbers.number(goal.lostWith, 0))}${since}`;
  }
  return day ? `${state}; ${say.lostFrom(day)}` : state;
}

/** A rate to be at least at, or at most. */
const sideText = ({ side }: Goal, rate: Fraction, { numbers }: Messages): string =>
  side === 'at_most'
    ? `≤ ${numbers.toReach(rate, 'percent', 'less')}`
    : numbers.toReach(rate, 'percent', 'more');

/** The rate wanted of the rest: once the goal is secured, any. */
function neededText(goal: Goal, basis: PaceRow['basis'], messages: Messages): string {
  if (goal.needed === null || goal.state === 'out_of_reach') return '–';
  if (basis === 'plan') return monthlyText(goal, messages, messages.labels.pace.monthly);
  if (goal.state !== 'secured') return sideText(goal, goal.needed, messages);
  return sideText(goal, goal.side === 'at_most' ? HUNDRED : ZERO, messages);
}

/** What is left of a plan, and how much of it a month. */
function monthlyText(
  { more, perMonth }: Goal,
  { numbers }: Messages,
  say: (more: string, perMonth: string | null) => string,
): string {
  if (!more || !perMonth || more.n === 0n) return '–';
  // With less than a month left, that of a month is more than is left.
  const aMonth = perMonth.compare(more) > 0 ? null : numbers.about(perMonth, 'count');
  return say(numbers.about(more, 'count'), aMonth);
}

function goalsTable({ rows, yearOver, now: { result: now } }: Pace, messages: Messages): Block {
  const { labels, numbers } = messages;
  const say = labels.pace;
  const { decimals } = now.catalogue;
  const percent = (x: PaceRow['rate']) => (x ? numbers.about(x, 'percent') : '–');
  const lines = rows.flatMap((r) => r.goals.map((g, i) => ({ r, g, first: i === 0 })));
  type Line = (typeof lines)[number];
  // What is said of an indicator stands once, beside its first goal.
  const once = (text: (r: PaceRow) => string) => (l: Line) => (l.first ? text(l.r) : '');
  const volume = ({ expected, expectedGiven }: PaceRow) =>
    `${expectedGiven || yearOver ? '' : '≈ '}${numbers.number(expected)}`;
  const wanted = ({ g }: Line) =>
    say.goalText[g.kind](sideText(g, g.value, messages), numbers.points(g.points, decimals));
  const soFar = (r: PaceRow) => `${percent(r.rate)} (${numbers.number(r.done)}/${numbers.number(r.total)})`;
  const fields: ViewField<Line>[] = [
    { key: 'id', text: once((r) => r.row.criterion.id) },
    { key: 'toDate', flexible: true, text: once(soFar) },
    { key: 'expected', align: 'right', text: once(volume) },
    { key: 'ends', align: 'right', text: once((r) => percent(r.ends)) },
    { key: 'goal', flexible: true, text: wanted },
    { key: 'needed', align: 'right', text: ({ r, g }) => neededText(g, r.basis, messages) },
    {
      key: 'status',
      flexible: true,
      text: ({ g }) => stateText(g, messages),
      tone: ({ g }) => TONES[g.state],
    },
  ];
  const { toDate, expected, ends, goal, needed } = say;
  return tableOf(fields, lines, { titles: { ...labels.columns, toDate, expected, ends, goal, needed } });
}

function chart(row: PaceRow, asOf: Day, messages: Messages): string[] | null {
  const { numbers } = messages;
  // Of the months that are over; today stands for its own.
  const months = row.history.slice(0, monthAndDay(asOf).month - 1);
  // A single point is no picture.
  if (!row.rate || !row.ends || months.length === 0) return null;
  const year = daysIn(asOf.year);
  const past = months.map((rate, i) => ({ at: (i + 1) / 12, rate: toNumber(rate) }));
  return runChart({
    history: [...past, { at: asOf.day / year, rate: toNumber(row.rate) }],
    ends: toNumber(row.ends),
    goal: toNumber(row.goals.find((g) => g.kind === 'target')!.value),
    label: (rate) => `${numbers.number(rate, 1)}%`,
    from: dayText({ year: asOf.year, day: 1 }, numbers),
    to: dayText({ year: asOf.year, day: year }, numbers),
  });
}

export default command;
