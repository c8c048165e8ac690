import type { OthersMoved, ScenarioResult, WhatIf } from '../analysis/whatif.js';
import type { Rank } from '../ranking/place.js';
import { plainValue } from '../reading/reading.js';
import { answerOf, nextFact, scoreAndShortRank } from '../render/answer.js';
import { dataOf, recordOf, sideBySide, tableOf, type ViewField } from '../render/field.js';
import { clip } from '../render/layout.js';
import { rankChances } from '../render/plot.js';
import {
  type Block,
  type DataRows,
  type Fact,
  factsOf,
  LazyList,
  listOf,
  type Presentation,
  pictureOf,
  type Some,
  type Table,
  type Tone,
  textOf,
} from '../render/presentation.js';
import { fractionJson, pointsJson, rankJson, readingJson } from '../render/result-json.js';
import {
  givenText,
  indexText,
  ownersText,
  rangeText,
  rankFacts,
  rankText,
  scoreCell,
  scoreText,
} from '../render/words.js';
import type { CriterionResult, ReadingResult } from '../scoring/result.js';
import type { Messages } from '../text/index.js';

/** A baseline and its scenarios, side by side. `moves` says in words how rivals move, if they do. */
export function presentWhatIf(whatIf: WhatIf, moves: string | null, messages: Messages): Presentation {
  const { labels, numbers } = messages;
  const { decimals } = whatIf.baseline.catalogue;
  const compact = whatIf.scenarios.length > SIDE_BY_SIDE;
  const say = labels.whatif;
  const warned = (s: ScenarioResult): Some<string>[] => {
    const name = numbers.pick(s.name);
    return [
      s.delta.max !== 0 && maxText(whatIf.baseline, s, messages),
      s.conditions.map(({ id, criterion, met }) => say.conditionMoves(name, id, criterion, met)),
      othersMovedTexts(name, s, messages),
    ];
  };
  const blocks = listOf<Block>([
    answer(whatIf, messages),
    moves && textOf(say.rivalsMove(moves)),
    ...(compact
      ? [scenariosTable(whatIf, messages), gainsTable(whatIf, messages)]
      : [
          sideBySide(standingFields(whatIf, false, messages), standings(whatIf, messages)),
          ...changeTables(whatIf, messages),
        ]),
    ...whatIf.scenarios.flatMap((s) => [
      listOf(warned(s)).map((text) => textOf(text, 'warn')),
      s.rank && !compact && rankBlocks(s, s.rank, messages),
    ]),
  ]);
  const json = {
    schema: 'cchc/whatif@1',
    baseline: readingJson(whatIf.baseline, whatIf.baselineRank),
    baselineMoved: whatIf.baselineMoved && { rank: rankJson(whatIf.baselineMoved) },
    scenarios: new LazyList(whatIf.scenarios.length, (i) =>
      scenarioJson(whatIf.scenarios[i]!, decimals, messages),
    ),
  };
  return { json, blocks, data: changesData(whatIf, messages) };
}

/** That the points of other units move with a change of ours, by criterion. */
export function othersMovedTexts(
  name: string,
  { leads, groupMoves }: OthersMoved,
  { labels: { whatif: say, references } }: Messages,
): string[] {
  return listOf<string>([
    leads.length > 0 && say.leads(name, leads.join(', ')),
    groupMoves.map(({ id, reference }) => say.groupMoves(name, id, references[reference])),
  ]);
}

/** Scenarios that stand side by side with all there is to say of them; more go into a row each. */
const SIDE_BY_SIDE = 2;

/** Where the unit stands, the best scenario, its largest part, and who must reach what for that. */
function answer({ baseline, baselineRank, baselineMoved, scenarios }: WhatIf, messages: Messages): Block {
  const { labels, numbers } = messages;
  const say = labels.whatif;
  // Scenarios stand among rivals that have moved, and so does what they are held against.
  const now = {
    label: baselineMoved ? say.baselineMoved : labels.columns.baseline,
    text: scoreAndShortRank(scoreText(baseline, messages), baselineMoved ?? baselineRank, messages),
  };
  const title = `${say.title} · ${baseline.unit} · ${baseline.year}`;
  const best = bestOf(scenarios);
  if (!best) return answerOf(title, [now, { label: say.best, text: say.noneKnown }]);
  const name = numbers.pick(best.name);
  const gain = numbers.signed(best.delta.score, baseline.catalogue.decimals);
  const index =
    best.delta.max === 0
      ? ''
      : ` · ${labels.columns.index.toLowerCase()} ${indexText(best.result, messages)}`;
  const score = `${scoreText(best.result, messages)} (${gain})${index}`;
  const reached = scoreAndShortRank(score, best.rank, messages);
  const allKnown = scenarios.every((s) => s.delta.score !== null);
  return answerOf(title, [
    now,
    {
      ...(scenarios.length > 1
        ? { label: allKnown ? say.best : say.bestKnown, text: `${name}: ${reached}` }
        : { label: name, text: reached }),
      tone: toneOf(best.delta.score),
    },
    ...largestPart(best, messages),
  ]);
}

/** The scenario that gains the most of the index, by which units rank; of several none whose gain is not known. */
function bestOf(scenarios: readonly ScenarioResult[]): ScenarioResult | undefined {
  const [first, ...more] = scenarios.filter((s) => scenarios.length === 1 || s.delta.score !== null);
  const gainsMore = ({ delta: p }: ScenarioResult, { delta: q }: ScenarioResult) =>
    p.index && q.index ? p.index.compare(q.index) > 0 : p.score! > q.score!;
  return more.reduce((best, s) => (best && gainsMore(s, best) ? s : best), first);
}

/** What gains the most of a scenario, and who must reach what for it. */
function largestPart(scenario: ScenarioResult, messages: Messages): Fact[] {
  const { changes, combined, alone, delta, result } = scenario;
  const { labels, numbers } = messages;
  const say = labels.answer;
  const { catalogue } = result;
  const gains = combined === 0 ? null : alone();
  const byGain = changes
    .filter(({ after }) => after.points !== null)
    .map((change) => ({ ...change, gain: gains ? (gains.get(change.id) ?? null) : change.gain }))
    .sort((p, q) => (q.gain ?? 0) - (p.gain ?? 0));
  const losing = byGain.every(({ gain }) => gain !== null && gain < 0);
  const top = losing ? byGain.at(-1) : byGain[0];
  const nothing = top?.gain === 0 && delta.score === 0 && delta.max === 0;
  if (!top || nothing) return [{ label: say.lever, text: labels.whatif.nothing }];
  const { criterion } = top.after;
  const gained = gainText(top, catalogue.decimals, messages);
  const name = numbers.pick(criterion.name);
  const owners = ownersText(criterion.owners, catalogue, messages);
  return listOf<Fact>([
    {
      label: losing ? say.loss : say.lever,
      text: top.max === 0 ? say.leverText(top.id, gained, name) : `${top.id} (${gained}): ${name}`,
    },
    // What only loses points is nothing to do.
    !losing && nextFact(owners, `${top.id} → ${givenText(top.after, messages)}`, messages),
  ]);
}

/** Many scenarios, numbered, a row each. */
function scenariosTable(whatIf: WhatIf, messages: Messages): Table {
  const fields: ViewField<Standing>[] = [
    { key: '#', align: 'right', text: (s) => s.number },
    { key: 'scenario', flexible: true, text: (s) => s.name },
    ...standingFields(whatIf, true, messages),
  ];
  return tableOf(fields, standings(whatIf, messages), { titles: messages.labels.columns });
}

/** Characters of a criterion's name where its gains in many scenarios need the room. */
const SHORT_NAME = 28;

type Change = ScenarioResult['changes'][number];

/** What each criterion gains in each of many scenarios, and what the scheme makes of it beyond the sum. */
function gainsTable({ baseline, scenarios }: WhatIf, messages: Messages): Table {
  const { labels, numbers } = messages;
  const { decimals } = baseline.catalogue;
  type Gain = Parameters<typeof gainText>[0] | null | undefined;
  type Line = { id: string; name: string; gains: Gain[] };
  const fields: ViewField<Line>[] = [
    { key: 'id', text: (l) => l.id },
    { key: 'criterion', flexible: true, text: (l) => l.name },
    ...scenarios.map(
      (_, i): ViewField<Line> => ({
        key: String(i + 1),
        align: 'decimal',
        text: ({ gains }) => gains[i] && gainText(gains[i], decimals, messages),
        tone: ({ gains }) => toneOf(gains[i]?.gain ?? null),
      }),
    ),
  ];
  const lines: Line[] = [
    ...baseline.criteria.map(({ criterion: { id, name } }) => ({
      id,
      name: clip(numbers.pick(name), SHORT_NAME),
      gains: scenarios.map((s) => s.changes.find((c) => c.id === id)),
    })),
    {
      id: '',
      name: labels.columns.combined,
      gains: scenarios.map((s) => (s.combined ? { gain: s.combined, max: 0 } : null)),
    },
  ];
  return tableOf(
    fields,
    lines.filter((l) => l.gains.some((gain) => gain)),
    { title: labels.whatif.gained, titles: labels.columns },
  );
}

const plain = (row: CriterionResult) =>
  row.value ? plainValue(row.criterion, row.value) : row.status === 'deducted' ? null : row.status;

function scenarioJson(s: ScenarioResult, decimals: number, messages: Messages) {
  const changed = changeFields(decimals, messages);
  return {
    name: messages.numbers.pick(s.name),
    result: readingJson(s.result, s.rank),
    changes: s.changes.map((change) => recordOf(changed, { change })),
    combined: pointsJson(s.combined, decimals),
    delta: {
      score: pointsJson(s.delta.score, decimals),
      deduction: pointsJson(s.delta.deduction, decimals),
      index: fractionJson(s.delta.index, decimals),
      applicableMax: pointsJson(s.delta.max, decimals),
      rankMean: s.delta.rankMean,
      rankMeanAmongMoved: s.delta.rankMeanAmongMoved,
    },
    leads: s.leads,
    ...(s.conditions.length > 0 && { conditions: s.conditions }),
    ...(s.groupMoves.length > 0 && { groupMoves: s.groupMoves }),
    overtaken: s.overtaken,
    overtakenBy: s.overtakenBy,
  };
}

/** That the applicable maximum is another, for which criteria, and what the index becomes. */
function maxText(baseline: ReadingResult, s: ScenarioResult, messages: Messages): string {
  const { labels, numbers } = messages;
  const points = (p: number) => numbers.points(p, baseline.catalogue.decimals);
  const less = s.delta.max < 0;
  const ids = s.changes.flatMap((c) => (c.max !== 0 && c.max < 0 === less ? [c.id] : [])).join(', ');
  const [by, left] = [points(Math.abs(s.delta.max)), points(s.result.total.applicableMax)];
  const index = `${indexText(baseline, messages)} → ${indexText(s.result, messages)}`;
  return `${numbers.pick(s.name)}: ${labels.whatif.maxMoves(ids, less, by, left)}; ${labels.columns.index}: ${index}`;
}

const toneOf = (gain: number | null): Tone =>
  gain === null || gain === 0 ? 'plain' : gain > 0 ? 'good' : 'bad';

/** Where the unit stands, as it is or in a scenario. */
interface Standing {
  /** Of the scenario. */
  number: string;
  name: string;
  result: ReadingResult;
  rank: Rank | null;
  gain: number | null;
}

/** The baseline, also among rivals that have moved, and the scenarios. */
function standings(whatIf: WhatIf, { labels, numbers }: Messages): Standing[] {
  const { baseline: result, baselineRank, baselineMoved, scenarios } = whatIf;
  const now = { number: '', result, gain: null };
  return listOf<Standing>([
    { ...now, name: labels.columns.baseline, rank: baselineRank },
    baselineMoved && { ...now, name: labels.whatif.baselineMoved, rank: baselineMoved },
    scenarios.map(({ name, result, rank, delta }, i) => {
      return { number: String(i + 1), name: numbers.pick(name), result, rank, gain: delta.score };
    }),
  ]);
}

/** What is told of each standing; `compact`: where it has one line. */
function standingFields(whatIf: WhatIf, compact: boolean, messages: Messages): ViewField<Standing>[] {
  const { labels, numbers } = messages;
  const say = labels.whatif;
  const ranked = whatIf.baselineRank !== null;
  const { decimals } = whatIf.baseline.catalogue;
  const points = (p: number | null) => numbers.points(p, decimals);
  const median = ({ rank }: Standing): string => {
    if (rank?.median == null || !rank.interval90) return '–';
    const [low, high] = rank.interval90;
    return low === high ? String(rank.median) : `${rank.median} (${low}–${high})`;
  };
  return [
    {
      key: 'score',
      title: compact ? labels.columns.score : labels.score.score,
      align: 'decimal',
      text: ({ result }) => (compact ? scoreText : scoreCell)(result, messages),
    },
    {
      key: 'gain',
      title: compact ? labels.columns.change : say.gained,
      align: 'decimal',
      text: ({ result, gain }) => (result === whatIf.baseline ? '' : numbers.signed(gain, decimals)),
      tone: ({ gain }) => toneOf(gain),
    },
    {
      key: 'deduction',
      when: !compact,
      title: labels.score.deduction,
      text: ({ result: { total } }) => points(total.deduction),
    },
    {
      key: 'index',
      title: labels.columns.index,
      align: 'decimal',
      text: ({ result }) => indexText(result, messages),
    },
    {
      key: 'max',
      when: !compact && whatIf.scenarios.some((s) => s.delta.max !== 0),
      title: say.maxRow,
      text: ({ result }) => points(result.total.applicableMax),
    },
    {
      key: 'rank',
      when: ranked,
      title: labels.columns.rank,
      align: 'right',
      text: ({ rank }) => {
        if (!compact) return rank ? rankText(rank, messages) : '';
        return rank ? `${rangeText(rank.best, rank.worst)}/${rank.size}` : '–';
      },
    },
    { key: 'rankMedian', when: ranked && !compact, title: say.rankMedianRow, text: median },
    {
      key: 'rankMean',
      when: ranked,
      title: say.rankMeanRow,
      align: 'decimal',
      text: ({ rank }) => (rank?.mean == null ? '–' : numbers.number(rank.mean, 2)),
    },
  ];
}

/** Points gained, and what becomes of the maximum when the criterion ceases to apply, or comes to. */
function gainText({ gain, max }: Pick<Change, 'gain' | 'max'>, decimals: number, messages: Messages): string {
  const { labels, numbers } = messages;
  const points = numbers.signed(gain, decimals);
  if (max === 0) return points;
  const maximum = labels.whatif.maxChange(numbers.signed(max, decimals));
  return gain === 0 ? maximum : `${points}; ${maximum}`;
}

/** A line of what a scenario changes: a criterion, or under these what the scheme's ties make of all, and the sum. */
type ChangeLine = { change: Change } | { change?: undefined; role?: 'total'; name: string; gain: number };

/** What is told of a change; to machines, the maximum only where the criterion ceases to apply, or comes to. */
function changeFields(decimals: number, messages: Messages): ViewField<ChangeLine>[] {
  const { labels, numbers } = messages;
  const points = ({ points: p, status }: CriterionResult) =>
    status === 'not_applicable' ? '–' : numbers.points(p, decimals);
  const of =
    <V>(read: (c: Change) => V) =>
    ({ change }: ChangeLine) =>
      change && read(change);
  type Side = 'before' | 'after';
  const entered = (key: 'from' | 'to', side: Side): ViewField<ChangeLine> => ({
    key,
    flexible: true,
    text: of((c) => givenText(c[side], messages)),
    value: of((c) => plain(c[side])),
  });
  const earned = (key: string, side: Side): ViewField<ChangeLine> => ({
    key,
    title: labels.columns[side],
    align: 'decimal',
    text: of((c) => points(c[side])),
    value: of((c) => pointsJson(c[side].points, decimals)),
  });
  const maximum = (side: Side) => of((c) => (c.max === 0 ? undefined : pointsJson(c[side].max, decimals)));
  return [
    { key: 'id', text: of((c) => c.id), value: of((c) => c.id) },
    {
      key: 'criterion',
      flexible: true,
      text: (l) => (l.change ? numbers.pick(l.change.before.criterion.name) : l.name),
    },
    entered('from', 'before'),
    entered('to', 'after'),
    earned('pointsBefore', 'before'),
    earned('pointsAfter', 'after'),
    { key: 'maxBefore', value: maximum('before') },
    { key: 'maxAfter', value: maximum('after') },
    {
      key: 'change',
      align: 'decimal',
      text: (l) => (l.change ? gainText(l.change, decimals, messages) : numbers.signed(l.gain, decimals)),
      tone: (l) => toneOf((l.change ?? l).gain),
    },
  ];
}

function changeTables({ baseline, scenarios }: WhatIf, messages: Messages): Table[] {
  const { labels, numbers } = messages;
  const fields = changeFields(baseline.catalogue.decimals, messages);
  return scenarios.map((s) =>
    tableOf(fields, changeLines(s, messages), {
      title: `${labels.whatif.changes}: ${numbers.pick(s.name)}`,
      titles: labels.columns,
      role: (l) => (l.change ? undefined : l.role),
    }),
  );
}

/** The criteria; where their gains are not the score's, also what lies between, and the sum. */
function changeLines({ changes, combined, delta }: ScenarioResult, { labels }: Messages): ChangeLine[] {
  const lines = changes.map((change): ChangeLine => ({ change }));
  if (combined === null || combined === 0 || delta.score === null) return lines;
  return [
    ...lines,
    { name: labels.columns.combined, gain: combined },
    { name: labels.score.total, gain: delta.score, role: 'total' },
  ];
}

function rankBlocks(s: ScenarioResult, rank: Rank, messages: Messages): Block[] {
  const { labels, numbers } = messages;
  const name = numbers.pick(s.name);
  const say = labels.whatif;
  const facts = factsOf(
    [
      ...rankFacts(rank, messages),
      s.overtaken.length > 0 && { label: say.overtaken, text: s.overtaken.join(', ') },
      s.overtakenBy.length > 0 && { label: say.overtakenBy, text: s.overtakenBy.join(', ') },
    ],
    `${labels.columns.rank}: ${name}`,
  );
  const { distribution } = rank;
  if (!distribution || distribution.length < 2) return [facts];
  return [facts, pictureOf(`${say.rankChance}: ${name}`, rankChances(distribution, messages))];
}

/** For machines: each change of each scenario, with what becomes of the score and the rank. */
function changesData({ baseline, scenarios }: WhatIf, messages: Messages): DataRows {
  const { decimals } = baseline.catalogue;
  const changed = changeFields(decimals, messages);
  return dataOf(
    [
      ...(['scenario', 'id', 'from', 'to', 'pointsBefore', 'pointsAfter', 'gain'] as const),
      ...(['score', 'scoreChange', 'rankBest', 'rankWorst', 'rankMean'] as const),
    ],
    scenarios.flatMap(({ name, changes, result, delta, rank }) =>
      changes.map((change) => ({
        ...recordOf(changed, { change }),
        scenario: messages.numbers.pick(name),
        gain: pointsJson(change.gain, decimals),
        score: pointsJson(result.total.score, decimals),
        scoreChange: pointsJson(delta.score, decimals),
        rankBest: rank?.best,
        rankWorst: rank?.worst,
        rankMean: rank?.mean,
      })),
    ),
  );
}
