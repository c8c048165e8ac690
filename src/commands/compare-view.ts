import type { Change, Comparison } from '../analysis/compare.js';
import type { Rank } from '../ranking/place.js';
import { answerOf, scoreAndShortRank } from '../render/answer.js';
import { dataOf, type Field } from '../render/field.js';
import { bar } from '../render/plot.js';
import {
  type Block,
  type Cell,
  cell,
  type Presentation,
  type Row,
  type Table,
  type Tone,
} from '../render/presentation.js';
import { pointsJson, rankJson } from '../render/result-json.js';
import { givenText, scoreAndRank, scoreText } from '../render/words.js';
import type { CriterionResult, ReadingResult } from '../scoring/result.js';
import type { Messages } from '../text/index.js';

/** A comparison with its names and the ranks of both sides. */
export interface NamedComparison {
  comparison: Comparison;
  names: [string, string];
  ranks: [Rank | null, Rank | null];
  /** Whether it is the unit's own points against the panel's: points then stand for values. */
  selfScore: boolean;
}

const BAR = 6;
const toneOf = (change: number | null): Tone =>
  change === null || change === 0 ? 'dim' : change > 0 ? 'good' : 'bad';

/** What moved the score between two readings, by criterion and field. */
export function presentComparison(found: readonly NamedComparison[], messages: Messages): Presentation {
  const { labels } = messages;
  return {
    json: { schema: 'cchc/compare@1', comparisons: found.map(comparisonJson) },
    blocks: [
      ...found.flatMap((one): Block[] => [
        answer(one, messages),
        totals(one, messages),
        waterfall(one, messages),
        fieldsTable(one, messages),
        ...(one.comparison.sameRules
          ? []
          : [{ kind: 'text' as const, text: labels.compare.splitNote, tone: 'dim' as const }]),
      ]),
      dataTable(found),
    ],
  };
}

/** Both sides, what moved between them, and the criterion that moved the most. */
function answer({ comparison, names, ranks }: NamedComparison, messages: Messages): Block {
  const { labels, numbers } = messages;
  const say = labels.compare;
  const { decimals, change } = comparison;
  const side = (result: ReadingResult, rank: Rank | null) =>
    scoreAndShortRank(scoreText(result, messages), rank, messages);
  const signed = (p: number | null) => (p === null ? '?' : numbers.signed(p, decimals));
  const [most] = [...comparison.criteria].sort(
    (p, q) => Math.abs(q.change.total ?? 0) - Math.abs(p.change.total ?? 0),
  );
  return answerOf(`${say.title} · ${names.join(' → ')}`, [
    { label: labels.columns.before, text: side(comparison.before, ranks[0]) },
    { label: labels.columns.after, text: side(comparison.after, ranks[1]) },
    { label: labels.columns.change, text: signed(change.total), tone: toneOf(change.total) },
    ...(most?.change.total
      ? [
          {
            label: say.biggest,
            text: labels.answer.leverText(
              most.criterion.id,
              signed(most.change.total),
              numbers.pick(most.criterion.name),
            ),
            tone: toneOf(most.change.total),
          },
        ]
      : []),
  ]);
}

function totals({ comparison, names, ranks }: NamedComparison, messages: Messages): Block {
  const { labels, numbers } = messages;
  const say = labels.compare;
  const { decimals, change } = comparison;
  const side = (result: ReadingResult, rank: Rank | null) => {
    const { index } = result.total;
    const score = scoreText(result, messages);
    return scoreAndRank(index ? `${score} (${numbers.value(index, 'percent')})` : score, rank, messages);
  };
  const signed = (p: number | null) => (p === null ? '?' : numbers.signed(p, decimals));
  const [from, to] = ranks;
  const places = from?.mean != null && to?.mean != null ? from.mean - to.mean : null;
  return {
    kind: 'facts',
    rows: [
      { label: names[0], text: side(comparison.before, from) },
      { label: names[1], text: side(comparison.after, to) },
      { label: labels.columns.change, text: signed(change.total), tone: toneOf(change.total) },
      ...(comparison.sameRules
        ? []
        : [
            { label: say.rules, text: signed(change.rules), tone: toneOf(change.rules) },
            { label: say.performance, text: signed(change.performance), tone: toneOf(change.performance) },
          ]),
      ...(places === null
        ? []
        : [{ label: say.places, text: numbers.signedNumber(places, 2), tone: toneOf(places) }]),
    ],
  };
}

/** Criteria that moved, largest first, with the running score and a bar to the left or the right. */
function waterfall({ comparison, selfScore }: NamedComparison, messages: Messages): Table {
  const { labels, numbers } = messages;
  const { decimals, sameRules } = comparison;
  const say = labels.compare;
  const moved = comparison.criteria
    .filter((c) => c.change.total !== 0 || c.change.rules !== 0)
    .sort((p, q) => Math.abs(q.change.total ?? 0) - Math.abs(p.change.total ?? 0));
  const most = Math.max(1, ...moved.map((c) => Math.abs(c.change.total ?? 0)));
  const value = (row: CriterionResult | null) => cell(row ? givenText(row, messages) : labels.compare.absent);
  const points = (row: CriterionResult | null, places: number) => {
    if (!row || row.status === 'not_applicable') return cell('–');
    return cell(row.points === null ? '?' : numbers.points(row.points, places));
  };
  const blank = (count: number) => Array.from({ length: count }, () => cell(''));
  const rest = (result: ReadingResult) =>
    cell(numbers.points(result.catalogue.notListed?.max ?? 0, result.catalogue.decimals));
  const rows = moved.map(({ criterion, before, after, change }): Row => {
    return {
      cells: [
        cell(criterion.id),
        cell(numbers.pick(criterion.name)),
        ...(selfScore ? [] : [value(before), value(after)]),
        points(before, comparison.before.catalogue.decimals),
        points(after, comparison.after.catalogue.decimals),
        ...changeCells(change, decimals, sameRules, messages),
        ...barCells(change.total, most),
      ],
    };
  });
  const { combined } = comparison;
  if (combined.total !== 0 && combined.total !== null)
    rows.push({
      cells: [
        cell(''),
        cell(say.combined),
        ...blank(selfScore ? 2 : 4),
        ...changeCells(combined, decimals, sameRules, messages),
        ...barCells(combined.total, most),
      ],
    });
  if (comparison.notListed !== 0) {
    const change = { total: comparison.notListed, rules: comparison.notListed, performance: 0 };
    rows.push({
      cells: [
        cell(''),
        cell(labels.score.notListed),
        ...blank(selfScore ? 0 : 2),
        rest(comparison.before),
        rest(comparison.after),
        ...changeCells(change, decimals, sameRules, messages),
        ...barCells(comparison.notListed, most),
      ],
    });
  }
  rows.push({
    role: 'total',
    cells: [
      cell(''),
      cell(labels.score.total),
      ...blank(selfScore ? 0 : 2),
      cell(scoreText(comparison.before, messages)),
      cell(scoreText(comparison.after, messages)),
      ...changeCells(comparison.change, decimals, sameRules, messages),
      cell(''),
      cell(''),
    ],
  });
  return {
    kind: 'table',
    title: labels.compare.byCriterion,
    columns: [
      { key: 'id', title: labels.columns.id },
      { key: 'name', title: labels.columns.criterion, flexible: true },
      ...(selfScore
        ? []
        : [
            { key: 'before', title: labels.columns.before, flexible: true },
            { key: 'after', title: labels.columns.after, flexible: true },
          ]),
      { key: 'points_before', title: selfScore ? say.selfPoints : say.pointsBefore, align: 'decimal' },
      { key: 'points_after', title: selfScore ? say.appraisedPoints : say.pointsAfter, align: 'decimal' },
      ...changeColumns(sameRules, messages, selfScore ? say.difference : labels.columns.change),
      { key: 'down', title: '−', align: 'right' },
      { key: 'up', title: '+' },
    ],
    rows,
  };
}

function barCells(change: number | null, most: number): [Cell, Cell] {
  const drawn = bar(Math.abs(change ?? 0) / most, BAR);
  return (change ?? 0) < 0 ? [cell(drawn, null, 'bad'), cell('')] : [cell(''), cell(drawn, null, 'good')];
}

const changeColumns = (sameRules: boolean, { labels }: Messages, change = labels.columns.change) => [
  { key: 'change', title: change, align: 'decimal' as const },
  ...(sameRules
    ? []
    : [
        { key: 'rules', title: labels.compare.rules, align: 'decimal' as const },
        { key: 'performance', title: labels.compare.performance, align: 'decimal' as const },
      ]),
];

function changeCells(change: Change, decimals: number, sameRules: boolean, { numbers }: Messages): Cell[] {
  const shown = (p: number | null) => cell(p === null ? '?' : numbers.signed(p, decimals), null, toneOf(p));
  return [shown(change.total), ...(sameRules ? [] : [shown(change.rules), shown(change.performance)])];
}

function fieldsTable({ comparison }: NamedComparison, messages: Messages): Table {
  const { labels, numbers } = messages;
  const most = Math.max(1, ...comparison.fields.map((f) => Math.abs(f.change.total ?? 0)));
  return {
    kind: 'table',
    title: labels.compare.byField,
    columns: [
      { key: 'id', title: labels.columns.id },
      { key: 'name', title: labels.columns.field, flexible: true },
      ...changeColumns(comparison.sameRules, messages),
      { key: 'down', title: '−', align: 'right' },
      { key: 'up', title: '+' },
    ],
    rows: comparison.fields.map((f) => ({
      cells: [
        cell(f.id),
        cell(numbers.pick(f.name)),
        ...changeCells(f.change, comparison.decimals, comparison.sameRules, messages),
        ...barCells(f.change.total, most),
      ],
    })),
  };
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
      before: c.before && pointsJson(c.before.points, before.catalogue.decimals),
      after: c.after && pointsJson(c.after.points, after.catalogue.decimals),
      ...changeJson(c.change, decimals),
    })),
  };
}

function dataTable(found: readonly NamedComparison[]): Table {
  type Line = NamedComparison & { c: Comparison['criteria'][number] };
  const change = ({ c, comparison }: Line) => changeJson(c.change, comparison.decimals);
  const fields: Field<Line>[] = [
    { key: 'from', value: (l) => l.names[0] },
    { key: 'to', value: (l) => l.names[1] },
    { key: 'id', value: (l) => l.c.criterion.id },
    { key: 'field', value: (l) => l.c.criterion.field },
    {
      key: 'points_before',
      value: ({ c, comparison }) =>
        c.before && pointsJson(c.before.points, comparison.before.catalogue.decimals),
    },
    {
      key: 'points_after',
      value: ({ c, comparison }) =>
        c.after && pointsJson(c.after.points, comparison.after.catalogue.decimals),
    },
    { key: 'change', value: (l) => change(l).change },
    { key: 'rules', value: (l) => change(l).rules },
    { key: 'performance', value: (l) => change(l).performance },
  ];
  return dataOf(
    fields,
    found.flatMap((one) => one.comparison.criteria.map((c) => ({ ...one, c }))),
  );
}
