import { basename } from 'node:path';
import {
  type Comparison,
  compare,
  type PointsChange,
  selfAndAppraised,
  withoutBoth,
} from '../analysis/compare.js';
import { notListedPoints } from '../catalogue/sums.js';
import type { OpenReading } from '../files/open.js';
import type { Rank } from '../ranking/place.js';
import { placeResult, rivalsOfResult } from '../ranking/standings.js';
import type { Reading } from '../reading/reading.js';
import { answerOf, scoreAndShortRank } from '../render/answer.js';
import { dataOf, tableOf, type ViewField } from '../render/field.js';
import { bar } from '../render/plot.js';
import { type Block, factsOf, listOf, type Presentation, type Tone, textOf } from '../render/presentation.js';
import { pointsJson, rankJson } from '../render/result-json.js';
import { assumptionRows, givenText, scoreAndRank, scoreText } from '../render/words.js';
import type { CriterionResult, ReadingResult } from '../scoring/result.js';
import type { Messages } from '../text/index.js';
import { error, warning } from '../values/diagnostic.js';
import { sameUnit } from '../values/unit.js';
import type { Command } from './shared/command.js';
import { readingOptions } from './shared/options.js';

const command: Command = {
  arguments: [{ name: 'readings', syntax: '<file...>' }],
  options: [
    { name: 'selfScore', flags: '--self-score' },
    { name: 'leagues', flags: '--league <file>', repeat: true },
    ...readingOptions,
  ],
  examples: [
    'cchc compare 2022.yaml 2023.yaml --league league-2022.yaml --league league-2023.yaml',
    'cchc compare fixtures/nhu-xuan-2022.yaml fixtures/nhu-xuan-2022-to-date.yaml',
    'cchc compare self-scoring.xlsx --self-score',
  ],
  async run(call) {
    const opened = await call.readings();
    const leagues = await call.openedEach(call.texts('league'), call.openLeague);
    call.settle();
    if (leagues.length > 1 && leagues.length !== opened.length)
      call.refuse(error('compare-leagues', { leagues: leagues.length, readings: opened.length }));
    const named = namesOf(opened).map((name, at) => ({ ...opened[at]!, name, at }));
    const selfScore = call.has('selfScore');
    if (!selfScore && opened.length < 2) call.refuse(error('compare-one', { value: opened.length }));
    const { self, appraised } = call.messages.labels.compare;
    const pairs = selfScore
      ? named.map((one) => {
          const { unit } = one.reading;
          const split = selfAndAppraised(one.reading, one.catalogue);
          if (!split) return call.refuse(error('no-self-score', { unit }));
          const ids = withoutBoth(one.reading);
          if (ids.length > 0) call.note(warning('one-score', { unit, ids }));
          const as = (reading: Reading, who: string) => ({ ...one, reading, name: `${unit}, ${who}` });
          return [as(split[0], self), as(split[1], appraised)] as const;
        })
      : named.slice(1).map((to, i) => [named[i]!, to] as const);
    const compared = pairs.map(([from, to]) => ({ from, to, comparison: compare(from, to) }));
    // What was published is of the panel's points.
    const results = compared.flatMap(({ comparison: { before, after } }) =>
      selfScore ? [after] : [before, after],
    );
    const comparisons = compared.map(({ from, to, comparison }): ShownComparison => {
      const side = ({ name, at }: typeof from, result: ReadingResult) => {
        const league = leagues.length > 1 ? leagues[at] : leagues[0];
        // One rank is of one reading: of the league's year, else of the first.
        const own = results.filter((r) => sameUnit(r, result));
        const ranked = own.find((r) => r.year === league?.year) ?? own[0];
        const rivals = league && call.take(rivalsOfResult(league, result, ranked));
        return { name, result, rank: rivals ? placeResult(rivals, result) : null };
      };
      return { comparison, sides: [side(from, comparison.before), side(to, comparison.after)], selfScore };
    });
    call.settle();
    return { presentation: presentComparison(comparisons, call.messages) };
  },
};

/** Units and years as far as they tell the readings apart, else with the file's name, else with its path. */
function namesOf(opened: readonly OpenReading[]): string[] {
  const ways = opened.map(({ reading, file }) => {
    const plain = `${reading.unit} ${reading.year}`;
    return [plain, `${plain} (${basename(file)})`, `${plain} (${file})`];
  });
  return ways.map((mine) => {
    const isOwn = (name: string, k: number) => ways.filter((other) => other[k] === name).length === 1;
    return mine.find(isOwn) ?? mine.at(-1)!;
  });
}

interface Side {
  name: string;
  result: ReadingResult;
  rank: Rank | null;
}

/** A comparison, and what stands on both sides of it. */
export interface ShownComparison {
  comparison: Comparison;
  sides: readonly [Side, Side];
  /** Whether it is the unit's points against the panel's: points then stand for values. */
  selfScore: boolean;
}

const BAR = 6;
const toneOf = (change: number | null): Tone =>
  change === null || change === 0 ? 'dim' : change > 0 ? 'good' : 'bad';

/** What moved the score between two readings, by criterion and field. */
export function presentComparison(comparisons: readonly ShownComparison[], messages: Messages): Presentation {
  const { labels } = messages;
  const json = comparisons.map(comparisonJson);
  return {
    json: { schema: 'cchc/compare@1', comparisons: json },
    blocks: comparisons.flatMap((one) =>
      listOf<Block>([
        answer(one, messages),
        totals(one, messages),
        waterfall(one, messages),
        fieldsTable(one, messages),
        !one.comparison.sameRules && textOf(labels.compare.splitNote, 'dim'),
      ]),
    ),
    data: dataOf(
      ['from', 'to', 'id', 'field', 'pointsBefore', 'pointsAfter', 'change', 'rules', 'performance'],
      json.flatMap(({ from, to, criteria }) =>
        criteria.map(({ before: pointsBefore, after: pointsAfter, ...moved }) => {
          return { ...moved, from: from.name, to: to.name, pointsBefore, pointsAfter };
        }),
      ),
    ),
  };
}

/** Criteria that moved, the one that moved the most first. */
const movedMost = ({ criteria }: Comparison) =>
  criteria
    .filter((c) => c.change.total !== 0 || c.change.rules !== 0)
    .sort((p, q) => Math.abs(q.change.total ?? 0) - Math.abs(p.change.total ?? 0));

/** Both sides, what moved between them, and the criterion that moved the most. */
function answer({ comparison, sides: [from, to] }: ShownComparison, messages: Messages): Block {
  const { labels, numbers } = messages;
  const say = labels.compare;
  const side = ({ result, rank }: Side) => scoreAndShortRank(scoreText(result, messages), rank, messages);
  const moved = (points: number | null) => ({
    text: numbers.signed(points, comparison.decimals),
    tone: toneOf(points),
  });
  const [most] = movedMost(comparison);
  const change = most?.change.total && moved(most.change.total);
  return answerOf(`${say.title} · ${from.name} → ${to.name}`, [
    { label: labels.columns.before, text: side(from) },
    { label: labels.columns.after, text: side(to) },
    { label: labels.columns.change, ...moved(comparison.change.total) },
    !!change && {
      ...change,
      label: say.biggest,
      text: labels.answer.leverText(most.criterion.id, change.text, numbers.pick(most.criterion.name)),
    },
  ]);
}

function totals({ comparison, sides }: ShownComparison, messages: Messages): Block {
  const { labels, numbers } = messages;
  const say = labels.compare;
  const { change, decimals, sameRules } = comparison;
  const side = ({ name, result, rank }: Side) => {
    const { index } = result.total;
    const score = scoreText(result, messages);
    const text = scoreAndRank(index ? `${score} (${numbers.index(index)})` : score, rank, messages);
    return { label: name, text };
  };
  const moved = (label: string, points: number | null) => ({
    label,
    text: numbers.signed(points, decimals),
    tone: toneOf(points),
  });
  const [was, now] = sides.map(({ rank }) => rank?.mean ?? null);
  const places = was != null && now != null ? was - now : null;
  return factsOf([
    sides.map(side),
    moved(labels.columns.change, change.total),
    !sameRules && [moved(say.rules, change.rules), moved(say.performance, change.performance)],
    places !== null && { label: say.places, text: numbers.signedNumber(places, 2), tone: toneOf(places) },
    assumptionRows([...new Set(sides.flatMap(({ rank }) => rank?.assumptions ?? []))], messages),
  ]);
}

/** A line of what moved: a criterion, the points that are not listed, or the total. */
interface MovedLine {
  role?: 'total';
  id: string;
  name: string;
  /** Values and points in words, before and after. */
  values?: string[];
  points?: string[];
  change: PointsChange;
}

/** Criteria that moved, the total, and a bar to the left or the right for each. */
function waterfall({ comparison, sides, selfScore }: ShownComparison, messages: Messages): Block {
  const { labels, numbers } = messages;
  const say = labels.compare;
  const value = (row: CriterionResult | null) => (row ? givenText(row, messages) : say.absent);
  const points = (row: CriterionResult | null, { catalogue }: ReadingResult) =>
    !row || row.status === 'not_applicable' ? '–' : numbers.points(row.points, catalogue.decimals);
  const rest = ({ result: { catalogue } }: Side) =>
    numbers.points(notListedPoints(catalogue), catalogue.decimals);
  const { notListed, combined, change } = comparison;
  const lines = listOf<MovedLine>([
    movedMost(comparison).map(({ criterion: { id, name }, before, after, change }) => ({
      id: before && before.criterion.id !== id ? `${before.criterion.id} → ${id}` : id,
      name: numbers.pick(name),
      values: [value(before), value(after)],
      points: [points(before, comparison.before), points(after, comparison.after)],
      change,
    })),
    notListed !== 0 && {
      id: '',
      name: labels.score.notListed,
      points: sides.map(rest),
      change: { total: notListed, rules: notListed, performance: 0 },
    },
    !!combined.total && { id: '', name: labels.columns.combined, change: combined },
    {
      role: 'total',
      id: '',
      name: labels.score.total,
      points: sides.map(({ result }) => scoreText(result, messages)),
      change,
    },
  ]);
  const fields: ViewField<MovedLine>[] = [
    { key: 'id', text: (l) => l.id },
    { key: 'criterion', flexible: true, text: (l) => l.name },
    { key: 'before', when: !selfScore, flexible: true, text: (l) => l.values?.[0] },
    { key: 'after', when: !selfScore, flexible: true, text: (l) => l.values?.[1] },
    { key: 'pointsBefore', align: 'decimal', text: (l) => l.points?.[0] },
    { key: 'pointsAfter', align: 'decimal', text: (l) => l.points?.[1] },
    ...changeFields<MovedLine>(comparison.criteria, comparison, messages),
  ];
  const { pointsBefore, pointsAfter, selfPoints, appraisedPoints, difference } = say;
  const titles = selfScore
    ? { pointsBefore: selfPoints, pointsAfter: appraisedPoints, total: difference }
    : { pointsBefore, pointsAfter };
  return tableOf(fields, lines, {
    title: say.byCriterion,
    titles: { ...titlesOf(messages), ...titles },
    role: (l) => l.role,
  });
}

/** What columns of change are called, and those of other tables too. */
const titlesOf = ({ labels: { columns, compare } }: Messages) => ({
  ...columns,
  total: columns.change,
  rules: compare.rules,
  performance: compare.performance,
  down: '−',
  up: '+',
});

/** What moved and why, with a bar to the left or the right, the greatest of `scaledBy` in full; totals have none. */
function changeFields<T extends { change: PointsChange; role?: 'total' }>(
  scaledBy: readonly { change: PointsChange }[],
  { decimals, sameRules }: Comparison,
  { numbers }: Messages,
): ViewField<T>[] {
  const field = (key: keyof PointsChange): ViewField<T> => ({
    key,
    when: key === 'total' || !sameRules,
    align: 'decimal',
    text: ({ change }) => numbers.signed(change[key], decimals),
    tone: (l) => toneOf(l.change[key]),
  });
  const moved = (l: { change: PointsChange; role?: 'total' }) => (l.role ? 0 : (l.change.total ?? 0));
  const most = Math.max(1, ...scaledBy.map((l) => Math.abs(moved(l))));
  const drawn = (l: T, sign: number) =>
    Math.sign(moved(l)) === sign ? bar(Math.abs(moved(l)) / most, BAR) : '';
  return [
    field('total'),
    field('rules'),
    field('performance'),
    { key: 'down', align: 'right', text: (l) => drawn(l, -1), tone: () => 'bad' },
    { key: 'up', text: (l) => drawn(l, 1), tone: () => 'good' },
  ];
}

function fieldsTable({ comparison }: ShownComparison, messages: Messages): Block {
  const { adjustment } = comparison;
  const outside = { vi: messages.labels.score.adjustment };
  const lines = [
    ...comparison.fields,
    ...(adjustment ? [{ id: '', name: outside, change: adjustment }] : []),
  ];
  const fields: ViewField<Comparison['fields'][number]>[] = [
    { key: 'id', text: (f) => f.id },
    { key: 'field', flexible: true, text: (f) => messages.numbers.pick(f.name) },
    ...changeFields<Comparison['fields'][number]>(lines, comparison, messages),
  ];
  return tableOf(fields, lines, {
    title: messages.labels.compare.byField,
    titles: titlesOf(messages),
  });
}

function changeJson({ total, rules, performance }: PointsChange, decimals: number) {
  return {
    change: pointsJson(total, decimals),
    rules: pointsJson(rules, decimals),
    performance: pointsJson(performance, decimals),
  };
}

function comparisonJson({ comparison, sides: [from, to] }: ShownComparison) {
  const { decimals, before, after } = comparison;
  const side = ({ name, result, rank }: Side) => ({
    name,
    unit: result.unit,
    year: result.year,
    catalogue: result.catalogue.id,
    score: pointsJson(result.total.score, result.catalogue.decimals),
    rank: rankJson(rank),
  });
  return {
    from: side(from),
    to: side(to),
    sameRules: comparison.sameRules,
    ...changeJson(comparison.change, decimals),
    ...(comparison.adjustment && { adjustment: changeJson(comparison.adjustment, decimals) }),
    notListed: pointsJson(comparison.notListed, decimals),
    combined: pointsJson(comparison.combined.total, decimals),
    fields: comparison.fields.map((f) => ({ id: f.id, ...changeJson(f.change, decimals) })),
    criteria: comparison.criteria.map((c) => ({
      id: c.criterion.id,
      ...(c.before && c.before.criterion.id !== c.criterion.id && { idBefore: c.before.criterion.id }),
      field: c.criterion.field,
      before: c.before && pointsJson(c.before.points, before.catalogue.decimals),
      after: c.after && pointsJson(c.after.points, after.catalogue.decimals),
      ...changeJson(c.change, decimals),
    })),
  };
}

export default command;
