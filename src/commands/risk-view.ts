import type { OutlookAssumption } from '../analysis/risk/outlook.js';
import type { Chance, Risk } from '../analysis/risk/risk.js';
import { pointsToNumber } from '../exact/points.js';
import type { Rank } from '../ranking/place.js';
import { answerOf, rankFact } from '../render/answer.js';
import { dataOf, type Field, tableOf } from '../render/field.js';
import { bar, rankChances } from '../render/plot.js';
import type { Block, Fact, Presentation, Table } from '../render/presentation.js';
import { rankJson } from '../render/result-json.js';
import { scoreAndRank, scoreText } from '../render/words.js';
import type { ReadingResult } from '../scoring/result.js';
import type { Messages } from '../text/index.js';

/** A risk with what it was asked for. */
export interface AskedRisk {
  risk: Risk;
  baseline: ReadingResult;
  rank: Rank | null;
  targets: { points: number | null; rank: number | null };
  uncertain: { id: string; words: string }[];
  assumptions: OutlookAssumption[];
}

const BAR = 24;
const BINS = 14;

/** How sure the score and the rank are, and which uncertainty matters. */
export function presentRisk(asked: AskedRisk, messages: Messages): Presentation {
  const { risk, baseline, targets } = asked;
  const { labels, numbers } = messages;
  const say = labels.risk;
  const { decimals } = baseline.catalogue;
  const points = (p: number) => numbers.number(p / 10 ** decimals, 2);
  const at = (share: number) => risk.score.quantiles.find((q) => q.share === share)!.points;
  const chance = ({ value, bounds }: Chance) =>
    numbers.percent(value) +
    (bounds ? ` ${say.bounds(numbers.percent(bounds[0]), numbers.percent(bounds[1]))}` : '');
  const { mean, meanBounds, sd } = risk.score;
  const [low, high] = meanBounds?.map(points) ?? [];
  // Bounds are shown where they are seen at two decimals.
  const average =
    low !== undefined && high !== undefined && low !== high
      ? `${points(mean)} ${say.bounds(low, high)}`
      : points(mean);
  const facts = [
    { label: say.now, text: scoreAndRank(scoreText(asked.baseline, messages), asked.rank, messages) },
    { label: say.mean, text: say.spread(average, points(sd)) },
    { label: say.interval90, text: say.between(points(at(0.05)), points(at(0.95))) },
    { label: say.worst, text: points(risk.score.worstMean) },
    ...(risk.targetScore && targets.points !== null
      ? [{ label: say.chanceScore(points(targets.points)), text: chance(risk.targetScore) }]
      : []),
    ...(risk.rankMean === null
      ? []
      : [{ label: labels.whatif.rankMeanRow, text: numbers.number(risk.rankMean, 2) }]),
    ...(risk.targetRank && targets.rank !== null
      ? [{ label: say.chanceRank(targets.rank), text: chance(risk.targetRank) }]
      : []),
    { label: say.method, text: methodText(risk, messages) },
  ];
  const blocks: Block[] = [
    answer(asked, facts, messages),
    { kind: 'facts', rows: facts },
    {
      kind: 'facts',
      title: say.uncertain,
      rows: asked.uncertain.map((u) => ({ label: u.id, text: u.words })),
    },
    { kind: 'picture', title: say.scoreChance, lines: scorePicture(asked, messages) },
    ...(risk.ranks
      ? [
          {
            kind: 'picture' as const,
            title: labels.whatif.rankChance,
            lines: rankLines(risk.ranks, messages),
          },
        ]
      : []),
    ...influenceBlocks(asked, messages),
    { kind: 'facts', title: say.assumptionsTitle, rows: assumptionRows(asked, messages) },
    dataTable(asked),
  ];
  return { json: riskJson(asked), blocks };
}

/** The expected score and rank, the chances asked for, and what to settle first. */
function answer(asked: AskedRisk, facts: readonly Fact[], messages: Messages): Block {
  const { risk, baseline, rank } = asked;
  const { labels, numbers } = messages;
  const say = labels.risk;
  const points = (p: number) => numbers.number(p / 10 ** baseline.catalogue.decimals, 2);
  const at = (share: number) => risk.score.quantiles.find((q) => q.share === share)!.points;
  const expected = say.expected(points(risk.score.mean), points(at(0.05)), points(at(0.95)));
  const likely = risk.ranks && {
    label: labels.score.rank,
    text: say.expected(
      numbers.number(risk.rankMean ?? 0, 1),
      String(rankAt(risk.ranks, 0.05)),
      String(rankAt(risk.ranks, 0.95)),
    ),
  };
  const chances = facts.filter((f) => f.label.startsWith(say.chance));
  const top = [...risk.influence].sort((p, q) => q.total - p.total)[0];
  const name = top?.id ?? say.rivals;
  return answerOf(`${say.title} · ${baseline.unit} · ${baseline.year}`, [
    { label: say.mean, text: expected },
    ...(chances.length > 0 ? chances.slice(-1) : [likely ?? rankFact(rank, messages)]),
    ...(top
      ? [
          {
            label: say.influences,
            text: say.topFactor(name, numbers.percent(Math.max(0, top.total), 0)),
          },
          { label: labels.answer.next, text: top.id ? say.settle(top.id) : say.watchRivals },
        ]
      : []),
  ]);
}

/** The rank at a share of the cases. */
function rankAt(ranks: readonly number[], share: number): number {
  let sum = 0;
  return (
    ranks.findIndex((p) => {
      sum += p;
      return sum >= share;
    }) + 1
  );
}

function methodText({ method }: Risk, { labels: { risk: say }, numbers }: Messages): string {
  if (method.form === 'exact') return say.exact;
  return `${say.simulated(numbers.number(method.draws), String(method.seed))}${method.why === 'asked' ? '' : `; ${say.why[method.why]}`}`;
}

const rankLines = (ranks: readonly number[], messages: Messages) =>
  rankChances(
    ranks.map((probability, i) => ({ rank: i + 1, probability })),
    messages,
  );

/** The score's distribution in bins between its half-percent ends. */
function scorePicture({ risk: { scores }, baseline }: AskedRisk, { numbers }: Messages): string[] {
  const { decimals } = baseline.catalogue;
  const { from, chances } = scores;
  let [low, high, running] = [0, chances.length - 1, 0];
  chances.forEach((p, k) => {
    if (running < 0.005) low = k;
    if (running < 0.995) high = k;
    running += p;
  });
  const width = Math.max(1, Math.ceil((high - low + 1) / BINS));
  const bins = Array.from({ length: Math.ceil((high - low + 1) / width) }, (_, b) => {
    const start = low + b * width;
    let share = 0;
    for (let k = start; k < Math.min(start + width, chances.length); k++) share += chances[k]!;
    return { start: from + start, share };
  });
  const most = Math.max(...bins.map((b) => b.share));
  const label = (p: number) => numbers.fixed(p / 10 ** decimals, 2);
  const wide = Math.max(...bins.map((b) => label(b.start).length));
  return bins.map(
    (b) =>
      `${label(b.start).padStart(wide + 2)}  ${bar(b.share / most, BAR).padEnd(BAR)}  ${numbers.percent(b.share)}`,
  );
}

function influenceBlocks({ risk, baseline }: AskedRisk, messages: Messages): Block[] {
  const { labels, numbers } = messages;
  const say = labels.risk;
  if (risk.influence.length === 0) return [];
  const name = (id: string | null) => {
    const criterion = baseline.catalogue.criteria.find((c) => c.id === id);
    return criterion ? numbers.pick(criterion.name) : say.rivals;
  };
  const share = (value: number, [low, high]: [number, number]) => {
    const shown = numbers.percent(Math.max(0, value), 0);
    return low === high
      ? shown
      : `${shown} (${numbers.percent(Math.max(0, low), 0)}–${numbers.percent(Math.max(0, high), 0)})`;
  };
  const fields: Field<(typeof risk.influence)[number]>[] = [
    { key: 'id', title: labels.columns.id, text: (i) => i.id ?? '' },
    { key: 'name', title: say.factor, flexible: true, text: (i) => name(i.id) },
    { key: 'bar', title: ' ', text: (i) => bar(Math.max(0, i.total), 10), tone: () => 'warn' },
    { key: 'first', title: say.first, align: 'right', text: (i) => share(i.first, i.firstBounds) },
    { key: 'total', title: say.total, align: 'right', text: (i) => share(i.total, i.totalBounds) },
  ];
  const table = tableOf(fields, risk.influence, {
    title: risk.ranks ? say.influenceOnRank : say.influenceOnScore,
  });
  return [table, { kind: 'text', text: say.influenceLegend, tone: 'dim' }];
}

function assumptionRows({ assumptions, rank }: AskedRisk, { labels }: Messages) {
  const say = labels.risk;
  return [
    ...assumptions.map((a) => ({ label: labels.rank.assumption, text: say.assumptions[a] })),
    ...(rank?.assumptions ?? []).map((a) => ({
      label: labels.rank.assumption,
      text: labels.rank.assumptions[a],
    })),
  ];
}

/** For machines: quantiles of the score and chances of ranks, one a row. */
function dataTable({ risk, baseline }: AskedRisk): Table {
  const { decimals } = baseline.catalogue;
  return dataOf(
    [
      { key: 'what', value: (l) => l.what },
      { key: 'at', value: (l) => l.at },
      { key: 'probability', value: (l) => l.probability },
    ],
    [
      ...risk.score.quantiles.map((q) => ({
        what: 'score_at_most',
        at: pointsToNumber(q.points, decimals),
        probability: q.share,
      })),
      ...(risk.ranks ?? []).map((probability, i) => ({ what: 'rank', at: i + 1, probability })),
    ],
  );
}

function riskJson({ risk, baseline, rank, targets, assumptions }: AskedRisk) {
  const { decimals } = baseline.catalogue;
  const points = (p: number) => pointsToNumber(p, decimals);
  return {
    schema: 'cchc/risk@1',
    unit: baseline.unit,
    year: baseline.year,
    method: risk.method,
    baseline: {
      score: baseline.total.score === null ? null : points(baseline.total.score),
      rank: rankJson(rank),
    },
    score: {
      mean: points(risk.score.mean),
      meanBounds: risk.score.meanBounds?.map(points) ?? null,
      sd: points(risk.score.sd),
      worstMean: points(risk.score.worstMean),
      least: points(risk.score.least),
      most: points(risk.score.most),
      quantiles: risk.score.quantiles.map((q) => ({ share: q.share, score: points(q.points) })),
    },
    ranks: risk.ranks?.map((probability, i) => ({ rank: i + 1, probability })) ?? null,
    rankMean: risk.rankMean,
    targetScore: risk.targetScore && { score: points(targets.points!), ...risk.targetScore },
    targetRank: risk.targetRank && { rank: targets.rank, ...risk.targetRank },
    influence: risk.influence.map((i) => ({ ...i, on: risk.ranks ? 'rank' : 'score' })),
    assumptions: [...assumptions, ...(rank?.assumptions ?? [])],
  };
}
