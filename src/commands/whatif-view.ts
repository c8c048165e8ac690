import type { ScenarioResult, WhatIf } from '../analysis/whatif.js';
import type { Rank } from '../ranking/place.js';
import { plainValue } from '../reading/reading.js';
import {
  type Block,
  type Cell,
  cell,
  type Presentation,
  type Row,
  type Table,
  type Tone,
} from '../render/presentation.js';
import { rankChances } from '../render/rank-chances.js';
import { fractionJson, pointsJson, rankJson, readingJson } from '../render/result-json.js';
import { givenText, indexText, rankFacts, rankText } from '../render/words.js';
import type { CriterionResult, ReadingResult } from '../scoring/result.js';
import type { Messages } from '../text/index.js';

/** A baseline and its scenarios, side by side. `moves` says in words how rivals move, if they do. */
export function presentWhatIf(found: WhatIf, moves: string | null, messages: Messages): Presentation {
  const { labels, numbers } = messages;
  const { decimals } = found.baseline.catalogue;
  const blocks: Block[] = [
    { kind: 'heading', text: `${labels.whatif.title} · ${found.baseline.unit} · ${found.baseline.year}` },
  ];
  if (moves) blocks.push({ kind: 'text', text: labels.whatif.rivalsMove(moves) });
  blocks.push(summaryTable(found, messages), ...changeTables(found, messages));
  for (const s of found.scenarios) {
    if (s.delta.max !== 0)
      blocks.push({ kind: 'text', text: maxText(found.baseline, s, messages), tone: 'warn' });
    if (s.leads.length > 0)
      blocks.push({
        kind: 'text',
        text: labels.whatif.leads(numbers.pick(s.name), s.leads.join(', ')),
        tone: 'warn',
      });
    if (s.rank) blocks.push(...rankBlocks(s, s.rank, messages));
  }
  blocks.push(dataTable(found, messages));
  const json = {
    schema: 'cchc/whatif@1',
    baseline: readingJson(found.baseline, found.baselineRank),
    baselineMoved: found.baselineMoved && { rank: rankJson(found.baselineMoved) },
    scenarios: found.scenarios.map((s) => scenarioJson(s, decimals, messages)),
  };
  return { json, blocks };
}

const plain = (row: CriterionResult) =>
  row.value ? plainValue(row.criterion, row.value) : row.status === 'deducted' ? null : row.status;

function scenarioJson(s: ScenarioResult, decimals: number, { numbers }: Messages) {
  return {
    name: numbers.pick(s.name),
    result: readingJson(s.result, s.rank),
    changes: s.changes.map((c) => ({
      id: c.id,
      from: plain(c.before),
      to: plain(c.after),
      pointsBefore: pointsJson(c.before.points, decimals),
      pointsAfter: pointsJson(c.after.points, decimals),
      ...(c.max !== 0 && {
        maxBefore: pointsJson(c.before.max, decimals),
        maxAfter: pointsJson(c.after.max, decimals),
      }),
    })),
    delta: {
      score: pointsJson(s.delta.score, decimals),
      deduction: pointsJson(s.delta.deduction, decimals),
      index: fractionJson(s.delta.index, decimals),
      applicableMax: pointsJson(s.delta.max, decimals),
      rankMean: s.delta.rankMean,
      rankMeanAmongMoved: s.delta.rankMeanAmongMoved,
    },
    leads: s.leads,
    overtaken: s.overtaken,
    overtakenBy: s.overtakenBy,
  };
}

/** That the applicable maximum is another, for which criteria, and what the index becomes. */
function maxText(baseline: ReadingResult, s: ScenarioResult, messages: Messages): string {
  const { labels, numbers } = messages;
  const { decimals } = baseline.catalogue;
  const less = s.delta.max < 0;
  const ids = s.changes.filter((c) => (less ? c.max < 0 : c.max > 0)).map((c) => c.id);
  const by = numbers.points(Math.abs(s.delta.max), decimals);
  const text = labels.whatif.maxMoves(
    ids.join(', '),
    less,
    by,
    numbers.points(s.result.total.applicableMax, decimals),
  );
  const index = `${indexText(baseline, messages)} → ${indexText(s.result, messages)}`;
  return `${numbers.pick(s.name)}: ${text}; ${labels.whatif.indexRow}: ${index}`;
}

const toneOf = (gain: number | null): Tone =>
  gain === null || gain === 0 ? 'plain' : gain > 0 ? 'good' : 'bad';

function summaryTable(found: WhatIf, messages: Messages): Table {
  const { labels, numbers } = messages;
  const { decimals } = found.baseline.catalogue;
  const all: { result: ReadingResult; rank: Rank | null; gain: number | null }[] = [
    { result: found.baseline, rank: found.baselineRank, gain: null },
    ...(found.baselineMoved ? [{ result: found.baseline, rank: found.baselineMoved, gain: null }] : []),
    ...found.scenarios.map((s) => ({ result: s.result, rank: s.rank, gain: s.delta.score })),
  ];
  const row = (
    label: string,
    text: (one: (typeof all)[number]) => string,
    tone?: (one: (typeof all)[number]) => Tone,
  ): Row => ({
    cells: [cell(label), ...all.map((one) => cell(text(one), null, tone?.(one)))],
  });
  const points = (p: number) => numbers.points(p, decimals);
  const rows = [
    row(labels.whatif.scoreRow, ({ result: { total } }) =>
      total.score === null ? `${points(total.worst)}–${points(total.best)}` : points(total.score),
    ),
    row(
      labels.whatif.gained,
      ({ gain }) => (gain === null ? '' : numbers.signed(gain, decimals)),
      ({ gain }) => toneOf(gain),
    ),
    row(labels.whatif.deductionRow, ({ result: { total } }) =>
      total.deduction === null ? '?' : points(total.deduction),
    ),
    row(labels.whatif.indexRow, ({ result }) => indexText(result, messages)),
  ];
  if (found.scenarios.some((s) => s.delta.max !== 0))
    rows.push(row(labels.whatif.maxRow, ({ result }) => points(result.total.applicableMax)));
  if (found.baselineRank) {
    rows.push(row(labels.whatif.rankRow, ({ rank }) => (rank ? rankText(rank, messages) : '')));
    rows.push(
      row(labels.whatif.rankMeanRow, ({ rank }) => (rank?.mean == null ? '–' : numbers.number(rank.mean, 2))),
    );
  }
  return {
    kind: 'table',
    columns: [
      { key: 'what', title: ' ' },
      { key: 'baseline', title: labels.columns.baseline, align: 'right', flexible: true },
      ...(found.baselineMoved
        ? [
            {
              key: 'baseline_moved',
              title: labels.whatif.baselineMoved,
              align: 'right' as const,
              flexible: true,
            },
          ]
        : []),
      ...found.scenarios.map((s, i) => ({
        key: `scenario${i + 1}`,
        title: numbers.pick(s.name),
        align: 'right' as const,
        flexible: true,
      })),
    ],
    rows,
  };
}

/** Points gained, and what becomes of the maximum when the criterion ceases to apply, or comes to. */
function gainText(
  { gain, max }: ScenarioResult['changes'][number],
  decimals: number,
  { labels, numbers }: Messages,
): string {
  const points = gain === null ? '?' : numbers.signed(gain, decimals);
  if (max === 0) return points;
  const maximum = `${labels.columns.max} ${numbers.signed(max, decimals)}`;
  return gain === 0 ? maximum : `${points}; ${maximum}`;
}

function changeTables(found: WhatIf, messages: Messages): Table[] {
  const { labels, numbers } = messages;
  const { decimals } = found.baseline.catalogue;
  const points = ({ points: p, status }: CriterionResult) =>
    status === 'not_applicable' ? '–' : p === null ? '?' : numbers.points(p, decimals);
  return found.scenarios.map(
    (s): Table => ({
      kind: 'table',
      title: `${labels.whatif.changes}: ${numbers.pick(s.name)}`,
      columns: [
        { key: 'id', title: labels.columns.id },
        { key: 'name', title: labels.columns.criterion, flexible: true },
        { key: 'from', title: labels.columns.from, flexible: true },
        { key: 'to', title: labels.columns.to, flexible: true },
        { key: 'before', title: labels.columns.before, align: 'decimal' },
        { key: 'after', title: labels.columns.after, align: 'decimal' },
        { key: 'gain', title: labels.columns.change, align: 'decimal' },
      ],
      rows: s.changes.map((c) => ({
        cells: [
          cell(c.id),
          cell(numbers.pick(c.before.criterion.name)),
          cell(givenText(c.before, messages)),
          cell(givenText(c.after, messages)),
          cell(points(c.before)),
          cell(points(c.after)),
          cell(gainText(c, decimals, messages), null, toneOf(c.gain)),
        ],
      })),
    }),
  );
}

function rankBlocks(s: ScenarioResult, rank: Rank, messages: Messages): Block[] {
  const { labels, numbers } = messages;
  const name = numbers.pick(s.name);
  const rows = rankFacts(rank, messages);
  if (s.overtaken.length > 0) rows.push({ label: labels.whatif.overtaken, text: s.overtaken.join(', ') });
  if (s.overtakenBy.length > 0)
    rows.push({ label: labels.whatif.overtakenBy, text: s.overtakenBy.join(', ') });
  const blocks: Block[] = [{ kind: 'facts', title: `${labels.score.rank}: ${name}`, rows }];
  const { distribution } = rank;
  if (distribution && distribution.length > 1) {
    blocks.push({
      kind: 'picture',
      title: `${labels.whatif.rankChance}: ${name}`,
      lines: rankChances(distribution, messages),
    });
  }
  return blocks;
}

function dataTable(found: WhatIf, { numbers }: Messages): Table {
  const { decimals } = found.baseline.catalogue;
  const keys = [
    'scenario',
    'id',
    'from',
    'to',
    'points_before',
    'points_after',
    'gain',
    'score',
    'score_change',
    'rank_best',
    'rank_worst',
    'rank_mean',
  ];
  const flat = (value: unknown): Cell['value'] =>
    value !== null && typeof value === 'object' ? JSON.stringify(value) : (value as Cell['value']);
  const rows = found.scenarios.flatMap((s) =>
    s.changes.map((c): Row => {
      const values: Cell['value'][] = [
        numbers.pick(s.name),
        c.id,
        flat(plain(c.before)),
        flat(plain(c.after)),
        pointsJson(c.before.points, decimals),
        pointsJson(c.after.points, decimals),
        pointsJson(c.gain, decimals),
        pointsJson(s.result.total.score, decimals),
        pointsJson(s.delta.score, decimals),
        s.rank?.best ?? null,
        s.rank?.worst ?? null,
        s.rank?.mean ?? null,
      ];
      return { cells: values.map((v) => cell('', v)) };
    }),
  );
  return {
    kind: 'table',
    columns: keys.map((key) => ({ key, title: key })),
    rows,
    data: true,
    machineOnly: true,
  };
}
