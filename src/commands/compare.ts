import { basename } from 'node:path';
import { type Change, type Comparison, compare, selfAndAppraised } from '../analysis/compare.js';
import { notListedPoints } from '../catalogue/sums.js';
import { error } from '../diagnostics/diagnostic.js';
import { type OpenReading, openLeague } from '../files/open.js';
import type { Rank } from '../ranking/place.js';
import { placeResult, rivalsOfResult } from '../ranking/standings.js';
import { answerOf, scoreAndShortRank } from '../render/answer.js';
import { dataOf, type Field, tableOf } from '../render/field.js';
import { bar } from '../render/plot.js';
import {
  type Block,
  factsOf,
  listOf,
  type Presentation,
  type Row,
  type Table,
  type Tone,
  textOf,
} from '../render/presentation.js';
import { pointsJson, rankJson } from '../render/result-json.js';
import { assumptionRows, givenText, scoreAndRank, scoreText } from '../render/words.js';
import type { CriterionResult, ReadingResult } from '../scoring/result.js';
import type { Messages } from '../text/index.js';
import type { Command } from './shared/command.js';
import { readingOptions } from './shared/options.js';

type Side = Pick<OpenReading, 'reading' | 'catalogue'>;

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
    const leagues = await call.openedEach(call.texts('league'), openLeague);
    call.settle();
    if (leagues.length > 1 && leagues.length !== opened.length)
      call.refuse(error('compare-leagues', { leagues: leagues.length, readings: opened.length }));
    const rankOf = (result: ReadingResult, at: number): Rank | null => {
      const league = leagues.length > 1 ? leagues[at] : leagues[0];
      const rivals = league && call.take(rivalsOfResult(league, result));
      return rivals ? placeResult(rivals, result) : null;
    };
    const selfScore = call.has('selfScore');
    const comparisons: NamedComparison[] = [];
    const add = (from: Side, to: Side, names: [string, string], at: [number, number]) => {
      const comparison = compare(from, to);
      const ranks: NamedComparison['ranks'] = [
        rankOf(comparison.before, at[0]),
        rankOf(comparison.after, at[1]),
      ];
      comparisons.push({ comparison, names, ranks, selfScore });
    };
    const labels = call.messages.labels.compare;
    if (selfScore) {
      for (const [i, { reading, catalogue }] of opened.entries()) {
        const split = selfAndAppraised(reading, catalogue);
        if (!split) return call.refuse(error('no-self-score', { unit: reading.unit }));
        const [self, appraised] = split.map((r) => ({ reading: r, catalogue }));
        const names = [labels.self, labels.appraised].map((who) => `${reading.unit}, ${who}`);
        add(self!, appraised!, [names[0]!, names[1]!], [i, i]);
      }
    } else if (opened.length < 2) {
      call.refuse(error('compare-one', { value: opened.length }));
    } else {
      const names = namesOf(opened);
      for (let i = 0; i + 1 < opened.length; i++)
        add(opened[i]!, opened[i + 1]!, [names[i]!, names[i + 1]!], [i, i + 1]);
    }
    call.settle();
    return { presentation: presentComparison(comparisons, call.messages) };
  },
};

/** Units and years as far as they tell the readings apart, and files where they do not. */
function namesOf(opened: readonly OpenReading[]): string[] {
  const plain = opened.map(({ reading }) => `${reading.unit} ${reading.year}`);
  return plain.map((name, i) =>
    plain.indexOf(name) === plain.lastIndexOf(name) ? name : `${name} (${basename(opened[i]!.file)})`,
  );
}

/** A comparison with its names and the ranks of both sides. */
export interface NamedComparison {
  comparison: Comparison;
  names: [string, string];
  ranks: [Rank | null, Rank | null];
  /** Whether it is the unit's points against the panel's: points then stand for values. */
  selfScore: boolean;
}

const BAR = 6;
const toneOf = (change: number | null): Tone =>
  change === null || change === 0 ? 'dim' : change > 0 ? 'good' : 'bad';

/** What moved the score between two readings, by criterion and field. */
export function presentComparison(comparisons: readonly NamedComparison[], messages: Messages): Presentation {
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

/** Both sides, what moved between them, and the criterion that moved the most. */
function answer({ comparison, names, ranks }: NamedComparison, messages: Messages): Block {
  const { labels, numbers } = messages;
  const say = labels.compare;
  const { decimals, change } = comparison;
  const side = (result: ReadingResult, rank: Rank | null) =>
    scoreAndShortRank(scoreText(result, messages), rank, messages);
  const signed = (p: number | null) => numbers.signed(p, decimals);
  const [most] = [...comparison.criteria].sort(
    (p, q) => Math.abs(q.change.total ?? 0) - Math.abs(p.change.total ?? 0),
  );
  return answerOf(`${say.title} · ${names.join(' → ')}`, [
    { label: labels.columns.before, text: side(comparison.before, ranks[0]) },
    { label: labels.columns.after, text: side(comparison.after, ranks[1]) },
    { label: labels.columns.change, text: signed(change.total), tone: toneOf(change.total) },
    !!most?.change.total && {
      label: say.biggest,
      text: labels.answer.leverText(
        most.criterion.id,
        signed(most.change.total),
        numbers.pick(most.criterion.name),
      ),
      tone: toneOf(most.change.total),
    },
  ]);
}

function totals({ comparison, names, ranks }: NamedComparison, messages: Messages): Block {
  const { labels, numbers } = messages;
  const say = labels.compare;
  const { decimals, change } = comparison;
  const side = (result: ReadingResult, rank: Rank | null) => {
    const { index } = result.total;
    const score = scoreText(result, messages);
    return scoreAndRank(index ? `${score} (${numbers.index(index)})` : score, rank, messages);
  };
  const signed = (p: number | null) => numbers.signed(p, decimals);
  const [from, to] = ranks;
  const places = from?.mean != null && to?.mean != null ? from.mean - to.mean : null;
  return factsOf([
    { label: names[0], text: side(comparison.before, from) },
    { label: names[1], text: side(comparison.after, to) },
    { label: labels.columns.change, text: signed(change.total), tone: toneOf(change.total) },
    !comparison.sameRules && [
      { label: say.rules, text: signed(change.rules), tone: toneOf(change.rules) },
      { label: say.performance, text: signed(change.performance), tone: toneOf(change.performance) },
    ],
    places !== null && { label: say.places, text: numbers.signedNumber(places, 2), tone: toneOf(places) },
    assumptionRows([...new Set(ranks.flatMap((rank) => rank?.assumptions ?? []))], messages),
  ]);
}

/** A line of what moved: a criterion, the points that are not listed, or the total. */
interface MovedLine {
  role?: Row['role'];
  id: string;
  name: string;
  /** Values before and after, in words. */
  values: [string, string];
  points: [string, string];
  change: Change;
}

/** Criteria that moved, largest first, with the running score and a bar to the left or the right. */
function waterfall({ comparison, selfScore }: NamedComparison, messages: Messages): Table {
  const { labels, numbers } = messages;
  const { before, after } = comparison;
  const say = labels.compare;
  const moved = comparison.criteria
    .filter((c) => c.change.total !== 0 || c.change.rules !== 0)
    .sort((p, q) => Math.abs(q.change.total ?? 0) - Math.abs(p.change.total ?? 0));
  const value = (row: CriterionResult | null) => (row ? givenText(row, messages) : say.absent);
  const points = (row: CriterionResult | null, { catalogue }: ReadingResult) => {
    if (!row || row.status === 'not_applicable') return '–';
    return numbers.points(row.points, catalogue.decimals);
  };
  const rest = ({ catalogue }: ReadingResult) =>
    numbers.points(notListedPoints(catalogue), catalogue.decimals);
  const sum = (name: string, change: Change, points: [string, string] = ['', '']): MovedLine => ({
    id: '',
    name,
    values: ['', ''],
    points,
    change,
  });
  const { notListed, combined, change } = comparison;
  const lines: MovedLine[] = listOf<MovedLine>([
    moved.map((c) => ({
      id: c.criterion.id,
      name: numbers.pick(c.criterion.name),
      values: [value(c.before), value(c.after)],
      points: [points(c.before, before), points(c.after, after)],
      change: c.change,
    })),
    notListed !== 0 &&
      sum(labels.score.notListed, { total: notListed, rules: notListed, performance: 0 }, [
        rest(before),
        rest(after),
      ]),
    !!combined.total && sum(labels.columns.combined, combined),
    {
      ...sum(labels.score.total, change, [scoreText(before, messages), scoreText(after, messages)]),
      role: 'total',
    },
  ]);
  const fields: Field<MovedLine>[] = [
    { key: 'id', text: (l) => l.id },
    { key: 'criterion', flexible: true, text: (l) => l.name },
    { key: 'before', when: !selfScore, flexible: true, text: (l) => l.values[0] },
    { key: 'after', when: !selfScore, flexible: true, text: (l) => l.values[1] },
    { key: 'pointsBefore', align: 'decimal', text: (l) => l.points[0] },
    { key: 'pointsAfter', align: 'decimal', text: (l) => l.points[1] },
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
function changeFields<T extends { change: Change; role?: Row['role'] }>(
  scaledBy: readonly { change: Change }[],
  { decimals, sameRules }: Comparison,
  { numbers }: Messages,
): Field<T>[] {
  const field = (key: keyof Change): Field<T> => ({
    key,
    when: key === 'total' || !sameRules,
    align: 'decimal',
    text: ({ change }) => numbers.signed(change[key], decimals),
    tone: (l) => toneOf(l.change[key]),
  });
  const moved = (l: { change: Change; role?: Row['role'] }) => (l.role ? 0 : (l.change.total ?? 0));
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

function fieldsTable({ comparison }: NamedComparison, messages: Messages): Table {
  const fields: Field<Comparison['fields'][number]>[] = [
    { key: 'id', text: (f) => f.id },
    { key: 'field', flexible: true, text: (f) => messages.numbers.pick(f.name) },
    ...changeFields<Comparison['fields'][number]>(comparison.fields, comparison, messages),
  ];
  return tableOf(fields, comparison.fields, {
    title: messages.labels.compare.byField,
    titles: titlesOf(messages),
  });
}

function changeJson({ total, rules, performance }: Change, decimals: number) {
  return {
    change: pointsJson(total, decimals),
    rules: pointsJson(rules, decimals),
    performance: pointsJson(performance, decimals),
  };
}

function comparisonJson({ comparison, names, ranks }: NamedComparison) {
  const { decimals, before, after } = comparison;
  const side = (result: ReadingResult, rank: Rank | null, name: string) => ({
    name,
    unit: result.unit,
    year: result.year,
    catalogue: result.catalogue.id,
    score: pointsJson(result.total.score, result.catalogue.decimals),
    rank: rankJson(rank),
  });
  return {
    from: side(before, ranks[0], names[0]),
    to: side(after, ranks[1], names[1]),
    sameRules: comparison.sameRules,
    ...changeJson(comparison.change, decimals),
    notListed: pointsJson(comparison.notListed, decimals),
    combined: pointsJson(comparison.combined.total, decimals),
    fields: comparison.fields.map((f) => ({ id: f.id, ...changeJson(f.change, decimals) })),
    criteria: comparison.criteria.map((c) => ({
      id: c.criterion.id,
      field: c.criterion.field,
      before: c.before && pointsJson(c.before.points, before.catalogue.decimals),
      after: c.after && pointsJson(c.after.points, after.catalogue.decimals),
      ...changeJson(c.change, decimals),
    })),
  };
}

export default command;
