import type { Reach } from '../analysis/criterion.js';
import {
  type Lever,
  parseVariedMaximum,
  type RangeEnd,
  type Sensitivity,
  sensitivity,
  type VariedMaximum,
} from '../analysis/sensitivity.js';
import { answerOf, leverFacts, scoreAndShortRank } from '../render/answer.js';
import { criterionFields, dataOf, recordOf, tableOf, type ViewField } from '../render/field.js';
import { bar } from '../render/plot.js';
import { type Block, type Fact, factsOf, listOf, type Presentation, textOf } from '../render/presentation.js';
import { pointsJson, readingJson } from '../render/result-json.js';
import {
  assumptionRows,
  ownerText,
  provenanceMark,
  rangeText,
  rankFacts,
  reachText,
  scoreText,
} from '../render/words.js';
import type { CriterionResult } from '../scoring/result.js';
import { score } from '../scoring/score.js';
import type { Messages } from '../text/index.js';
import { type Diagnostic, error } from '../values/diagnostic.js';
import { toNumber } from '../values/fraction.js';
import { pointsToNumber } from '../values/points.js';
import { typedAt } from './shared/assignments.js';
import type { Command } from './shared/command.js';
import { readingOptions, shared } from './shared/options.js';

const command: Command = {
  arguments: [{ name: 'readings', syntax: '<file...>' }],
  options: [
    shared.league,
    { name: 'assume', flags: '--assume <id.max=low..high>', repeat: true },
    ...readingOptions,
  ],
  examples: [
    'cchc sensitivity fixtures/nhu-xuan-2022.yaml',
    'cchc sensitivity fixtures/nhu-xuan-2022.yaml --league fixtures/leagues/thanh-hoa-districts-2022.yaml \\',
    '    --assume 7.3.2.max=1..2',
  ],
  run: (call) =>
    call.eachReading(call.args, async ({ reading, catalogue }, league) => {
      const varied = new Set<string>();
      const read = call.texts('assume').map((written) => {
        const one = parseVariedMaximum(written, reading, catalogue);
        if ('code' in one) return typedAt(one, '--assume', written);
        const twice = varied.size === varied.add(one.id).size;
        return twice ? typedAt(error('duplicate-key', { key: `${one.id}.max` }), '--assume', written) : one;
      });
      call.misused(read.filter((r): r is Diagnostic => 'code' in r));
      const rivals = call.rivals(league, score(reading, catalogue));
      call.settle();
      const result = sensitivity(reading, catalogue, rivals, read as VariedMaximum[]);
      return { presentation: presentSensitivity(result, call.messages) };
    }),
};

const BAR = 10;

/** A tornado of recoverable points by criterion and by owner, with break-evens. */
export function presentSensitivity(sensitivity: Sensitivity, messages: Messages): Presentation {
  const { labels, numbers } = messages;
  const say = labels.sensitivity;
  const { decimals } = sensitivity.result.catalogue;
  const points = (p: number) => numbers.points(p, decimals);
  const facts = listOf<Fact>([
    sensitivity.rank && [
      ...rankFacts(sensitivity.rank, messages).slice(0, 2),
      ...assumptionRows(sensitivity.rank.assumptions, messages),
    ],
    sensitivity.nextPlace !== null && [
      { label: say.nextPlace, text: points(sensitivity.nextPlace) },
      { label: say.pairs, text: pairsText(sensitivity.pairs, labels.none) },
    ],
  ]);
  const fields = leverFields(sensitivity, messages);
  const levers = sensitivity.levers.map((l) => recordOf(fields, l));
  const blocks = listOf<Block>([
    answer(sensitivity, messages),
    tableOf(fields, sensitivity.levers),
    textOf(labels.score.legend, 'dim'),
    sensitivity.levers.some((l) => l.marginal) && marginalTable(sensitivity, messages),
    ownersTable(sensitivity, messages),
    facts.length > 0 && factsOf(facts),
  ]);
  const data = dataOf(
    [
      ...(['id', 'status', 'recoverable', 'provenance', 'marginal', 'marginalPlaces', 'places'] as const),
      ...(['breakEven', 'assumed'] as const),
    ],
    levers.map((l, i) => ({ ...l, provenance: sensitivity.levers[i]!.row.provenance })),
  );
  const json = {
    schema: 'cchc/sensitivity@1',
    reading: readingJson(sensitivity.result, sensitivity.rank),
    nextPlace: pointsJson(sensitivity.nextPlace, decimals),
    criteria: levers,
    owners: sensitivity.owners.map((o) => ({
      ...o,
      recoverable: pointsToNumber(o.recoverable, decimals),
      sure: pointsToNumber(o.sure, decimals),
    })),
    pairs: sensitivity.pairs,
  };
  return { json, blocks, data };
}

/** Where the unit stands, what brings it the most, what the next place takes, and who must reach what. */
function answer(sensitivity: Sensitivity, messages: Messages): Block {
  const { labels, numbers } = messages;
  const say = labels.sensitivity;
  const { result, rank, nextPlace } = sensitivity;
  const [top] = sensitivity.levers;
  const lever = top && top.recoverable > 0 ? top : null;
  const [brings, next] = leverFacts(lever, result, messages);
  const alone =
    lever && top?.places != null
      ? say.leverPlaces(lever.row.criterion.id, numbers.signedNumber(top.places, 1))
      : '';
  return answerOf(`${say.title} · ${result.unit} · ${result.year}`, [
    { label: labels.score.score, text: scoreAndShortRank(scoreText(result, messages), rank, messages) },
    brings,
    nextPlace !== null && {
      label: say.nextPlace,
      text: numbers.points(nextPlace, result.catalogue.decimals) + alone,
    },
    next,
  ]);
}

const rangeEndJson = (end: RangeEnd, row: CriterionResult, decimals: number) => ({
  recoverable: pointsToNumber(end.recoverable, decimals),
  breakEven: breakEvenJson(end.breakEven, row),
});

function breakEvenJson(breakEven: Reach | null, { criterion }: CriterionResult) {
  if (breakEven?.form === 'value') return toNumber(breakEven.value);
  const input = criterion.compiled.inputs[0];
  if (breakEven?.form === 'level' && input?.form === 'table') return input.levels[breakEven.index]!.level.vi;
  return breakEven ? 'cannot' : null;
}

const SHOWN_PAIRS = 8;

function pairsText(pairs: readonly [string, string][], none: string): string {
  if (pairs.length === 0) return none;
  const shown = pairs.slice(0, SHOWN_PAIRS).map(([p, q]) => `${p} + ${q}`);
  return pairs.length > SHOWN_PAIRS ? `${shown.join(', ')}, … (${pairs.length})` : shown.join(', ');
}

function breakEvenText(breakEven: Reach | null, { criterion }: CriterionResult, messages: Messages): string {
  const { labels, numbers } = messages;
  const input = criterion.compiled.inputs[0];
  if (breakEven?.form === 'value' && input?.form === 'line')
    return reachText(input.line, breakEven.value, input.quantity, messages);
  if (breakEven?.form === 'level' && input?.form === 'table')
    return numbers.pick(input.levels[breakEven.index]!.level);
  return breakEven ? labels.sensitivity.cannot : '';
}

function breakEvenRange({ row, range, breakEven }: Lever, messages: Messages): string {
  const text = (b: Reach | null) => breakEvenText(b, row, messages);
  return range ? rangeText(text(range.from.breakEven), text(range.to.breakEven)) : text(breakEven);
}

/** What each criterion gives back. */
function leverFields(sensitivity: Sensitivity, messages: Messages): ViewField<Lever>[] {
  const { labels, numbers } = messages;
  const say = labels.sensitivity;
  const { levers, result, rank } = sensitivity;
  const { decimals } = result.catalogue;
  const most = Math.max(1, ...levers.map((l) => l.recoverable));
  const points = (p: number) => numbers.points(p, decimals);
  return [
    ...criterionFields((l: Lever) => l.row.criterion, messages),
    { key: 'status', value: (l) => l.row.status },
    {
      key: 'recoverable',
      title: say.recoverable,
      align: 'decimal',
      text: (l) => (l.row.status === 'unknown' ? `0–${points(l.recoverable)}` : points(l.recoverable)),
      value: (l) => pointsToNumber(l.recoverable, decimals),
      tone: (l) => (l.recoverable > 0 ? 'bad' : 'dim'),
    },
    { key: 'bar', title: ' ', text: (l) => bar(l.recoverable / most, BAR), tone: () => 'bad' },
    { key: 'provenance', title: ' ', text: (l) => provenanceMark(l.row.provenance), tone: () => 'warn' },
    {
      key: 'assumed',
      when: levers.some((l) => l.range),
      title: say.assumed,
      align: 'right',
      flexible: true,
      text: ({ range }) => range && rangeText(points(range.from.recoverable), points(range.to.recoverable)),
    },
    { key: 'marginal', value: (l) => pointsJson(l.marginal, decimals) },
    { key: 'marginalPlaces', value: (l) => l.marginalPlaces },
    {
      key: 'places',
      when: rank !== null,
      title: say.places,
      align: 'decimal',
      text: ({ places }) => (places === null ? null : numbers.number(places, 2)),
      value: (l) => l.places,
    },
    {
      key: 'breakEven',
      when: rank !== null,
      title: say.breakEven,
      flexible: true,
      text: (l) => breakEvenRange(l, messages),
      value: (l) => breakEvenJson(l.breakEven, l.row),
    },
    {
      key: 'assumed',
      value: ({ range, row }) =>
        range && {
          from: rangeEndJson(range.from, row, decimals),
          to: rangeEndJson(range.to, row, decimals),
        },
    },
  ];
}

/** What one more unit of each indicator brings, where it brings or costs anything. */
function marginalTable({ levers, rank, result }: Sensitivity, messages: Messages): Block {
  const { labels, numbers } = messages;
  const say = labels.sensitivity;
  const fields: ViewField<Lever>[] = [
    ...criterionFields((l: Lever) => l.row.criterion, messages),
    {
      key: 'marginal',
      title: labels.columns.change,
      align: 'decimal',
      text: (l) => numbers.signed(l.marginal!, result.catalogue.decimals),
    },
    {
      key: 'marginalPlaces',
      when: rank !== null,
      title: say.places,
      align: 'decimal',
      text: (l) => (l.marginalPlaces === null ? null : numbers.signedNumber(l.marginalPlaces, 2)),
    },
  ];
  return tableOf(
    fields,
    levers.filter((l) => l.marginal),
    { title: say.marginalTitle },
  );
}

function ownersTable({ owners, rank, result: { catalogue } }: Sensitivity, messages: Messages): Block {
  const { labels, numbers } = messages;
  const most = Math.max(1, ...owners.map((o) => o.recoverable));
  const fields: ViewField<Sensitivity['owners'][number]>[] = [
    { key: 'owner', flexible: true, text: (o) => ownerText(catalogue, o.owner, messages) },
    {
      key: 'recoverable',
      title: labels.sensitivity.recoverable,
      align: 'decimal',
      text: (o) => {
        const points = (p: number) => numbers.points(p, catalogue.decimals);
        return rangeText(points(o.sure), points(o.recoverable));
      },
    },
    { key: 'bar', title: ' ', text: (o) => bar(o.recoverable / most, BAR), tone: () => 'bad' },
    {
      key: 'places',
      when: rank !== null,
      title: labels.sensitivity.places,
      align: 'decimal',
      text: (o) => (o.places === null ? '' : numbers.number(o.places, 2)),
    },
  ];
  return tableOf(fields, owners, { title: labels.score.byOwner, titles: labels.columns });
}

export default command;
