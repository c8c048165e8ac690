import type { Reach } from '../analysis/criterion.js';
import type { Lever, RangeEnd, Sensitivity } from '../analysis/sensitivity.js';
import { toNumber } from '../exact/fraction.js';
import { pointsToNumber } from '../exact/points.js';
import { answerOf, leverFacts, scoreAndShortRank } from '../render/answer.js';
import { dataOf, type Field } from '../render/field.js';
import { bar } from '../render/plot.js';
import { type Block, cell, type Presentation, type Row, type Table } from '../render/presentation.js';
import { pointsJson, readingJson } from '../render/result-json.js';
import { ownerText, provenanceMark, rankFacts, reachText, scoreText } from '../render/words.js';
import type { CriterionResult } from '../scoring/result.js';
import type { Messages } from '../text/index.js';

const BAR = 10;

/** A tornado of recoverable points by criterion and by owner, with break-evens. */
export function presentSensitivity(found: Sensitivity, messages: Messages): Presentation {
  const { labels, numbers } = messages;
  const say = labels.sensitivity;
  const { decimals } = found.result.catalogue;
  const points = (p: number) => numbers.points(p, decimals);
  const facts = [
    ...(found.rank ? rankFacts(found.rank, messages).slice(0, 2) : []),
    ...(found.nextPlace === null ? [] : [{ label: say.nextPlace, text: points(found.nextPlace) }]),
    ...(found.nextPlace === null ? [] : [{ label: say.pairs, text: pairsText(found.pairs, say.none) }]),
  ];
  const blocks: Block[] = [
    answer(found, messages),
    leversTable(found, messages),
    { kind: 'text', text: labels.score.legend, tone: 'dim' },
    ...(found.levers.some((l) => l.marginal) ? [marginalTable(found, messages)] : []),
    ownersTable(found, messages),
    ...(facts.length > 0 ? [{ kind: 'facts' as const, rows: facts }] : []),
    dataTable(found),
  ];
  const json = {
    schema: 'cchc/sensitivity@1',
    reading: readingJson(found.result, found.rank),
    nextPlace: pointsJson(found.nextPlace, decimals),
    criteria: found.levers.map((l) => ({
      id: l.row.criterion.id,
      recoverable: pointsToNumber(l.recoverable, decimals),
      marginal: l.marginal && toNumber(l.marginal),
      marginalPlaces: l.marginalPlaces,
      places: l.places,
      breakEven: breakEvenJson(l.breakEven, l.row),
      assumed: l.range && {
        from: rangeEndJson(l.range.from, l, decimals),
        to: rangeEndJson(l.range.to, l, decimals),
      },
    })),
    owners: found.owners.map((o) => ({ ...o, recoverable: pointsToNumber(o.recoverable, decimals) })),
    pairs: found.pairs,
  };
  return { json, blocks };
}

/** Where the unit stands, what brings it the most, what the next place takes, and who must reach what. */
function answer(found: Sensitivity, messages: Messages): Block {
  const { labels, numbers } = messages;
  const say = labels.sensitivity;
  const { result, rank, nextPlace } = found;
  const top = found.levers[0];
  const lever =
    top?.fix && top.recoverable > 0 ? { row: top.row, fix: top.fix, points: top.recoverable } : null;
  const [brings, next] = leverFacts(lever, result, messages);
  const alone =
    lever && top?.places != null
      ? say.leverPlaces(lever.row.criterion.id, numbers.signedNumber(top.places, 1))
      : '';
  return answerOf(`${say.title} · ${result.unit} · ${result.year}`, [
    { label: labels.score.score, text: scoreAndShortRank(scoreText(result, messages), rank, messages) },
    ...(brings ? [brings] : []),
    ...(nextPlace === null
      ? []
      : [{ label: say.nextPlace, text: numbers.points(nextPlace, result.catalogue.decimals) + alone }]),
    ...(next ? [next] : []),
  ]);
}

const rangeEndJson = (end: RangeEnd, { row }: Lever, decimals: number) => ({
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
  return range ? fromTo(text(range.from.breakEven), text(range.to.breakEven)) : text(breakEven);
}

/** Both ends where they differ; a published deduction, for one, does not move with its maximum. */
const fromTo = (from: string, to: string) => (from === to ? from : `${from}–${to}`);

function leversTable(found: Sensitivity, messages: Messages): Table {
  const { labels, numbers } = messages;
  const say = labels.sensitivity;
  const { decimals } = found.result.catalogue;
  const most = Math.max(1, ...found.levers.map((l) => l.recoverable));
  const ranged = found.levers.some((l) => l.range);
  const ranked = found.rank !== null;
  const points = (p: number) => numbers.points(p, decimals);
  return {
    kind: 'table',
    columns: [
      { key: 'id', title: labels.columns.id },
      { key: 'name', title: labels.columns.criterion, flexible: true },
      { key: 'recoverable', title: say.recoverable, align: 'decimal' },
      { key: 'bar', title: ' ' },
      { key: 'mark', title: ' ' },
      ...(ranged ? [{ key: 'assumed', title: say.assumed, align: 'right' as const, flexible: true }] : []),
      ...(ranked
        ? [
            { key: 'places', title: say.places, align: 'decimal' as const },
            { key: 'break_even', title: say.breakEven, flexible: true },
          ]
        : []),
    ],
    rows: found.levers.map(
      (l): Row => ({
        cells: [
          cell(l.row.criterion.id),
          cell(numbers.pick(l.row.criterion.name)),
          cell(points(l.recoverable), null, l.recoverable > 0 ? 'bad' : 'dim'),
          cell(bar(l.recoverable / most, BAR), null, 'bad'),
          cell(provenanceMark(l.row.provenance), null, 'warn'),
          ...(ranged
            ? [cell(l.range ? fromTo(points(l.range.from.recoverable), points(l.range.to.recoverable)) : '')]
            : []),
          ...(ranked
            ? [cell(l.places === null ? '' : numbers.number(l.places, 2)), cell(breakEvenRange(l, messages))]
            : []),
        ],
      }),
    ),
  };
}

/** What one more unit of each indicator on a slope earns; none is on one when empty. */
function marginalTable({ levers, rank }: Sensitivity, { labels, numbers }: Messages): Table {
  const say = labels.sensitivity;
  return {
    kind: 'table',
    title: say.marginalTitle,
    columns: [
      { key: 'id', title: labels.columns.id },
      { key: 'name', title: labels.columns.criterion, flexible: true },
      { key: 'marginal', title: labels.columns.points, align: 'decimal' },
      ...(rank ? [{ key: 'marginal_places', title: say.places, align: 'decimal' as const }] : []),
    ],
    rows: levers
      .filter((l) => l.marginal)
      .map((l) => ({
        cells: [
          cell(l.row.criterion.id),
          cell(numbers.pick(l.row.criterion.name)),
          cell(numbers.number(l.marginal!, 4)),
          ...(rank ? [cell(l.marginalPlaces === null ? '' : numbers.number(l.marginalPlaces, 4))] : []),
        ],
      })),
  };
}

function dataTable({ levers, result }: Sensitivity): Table {
  const { decimals } = result.catalogue;
  const fields: Field<Lever>[] = [
    { key: 'id', value: (l) => l.row.criterion.id },
    { key: 'recoverable', value: (l) => pointsToNumber(l.recoverable, decimals) },
    { key: 'provenance', value: (l) => l.row.provenance },
    { key: 'marginal', value: (l) => l.marginal && toNumber(l.marginal) },
    { key: 'marginal_places', value: (l) => l.marginalPlaces },
    { key: 'places', value: (l) => l.places },
    { key: 'break_even', value: (l) => breakEvenJson(l.breakEven, l.row) },
  ];
  return dataOf(fields, levers);
}

function ownersTable(found: Sensitivity, messages: Messages): Table {
  const { labels, numbers } = messages;
  const { decimals } = found.result.catalogue;
  const most = Math.max(1, ...found.owners.map((o) => o.recoverable));
  const name = (id: string) => ownerText(found.result.catalogue, id, messages);
  return {
    kind: 'table',
    title: labels.score.byOwner,
    columns: [
      { key: 'owner', title: labels.columns.owner, flexible: true },
      { key: 'recoverable', title: labels.sensitivity.recoverable, align: 'decimal' },
      { key: 'bar', title: ' ' },
      ...(found.rank ? [{ key: 'places', title: labels.sensitivity.places, align: 'decimal' as const }] : []),
    ],
    rows: found.owners.map((o) => ({
      cells: [
        cell(name(o.owner)),
        cell(numbers.points(o.recoverable, decimals)),
        cell(bar(o.recoverable / most, BAR), null, 'bad'),
        ...(found.rank ? [cell(o.places === null ? '' : numbers.number(o.places, 2))] : []),
      ],
    })),
  };
}
