import type { Choice, Plan, Target } from '../analysis/plan.js';
import { toNumber } from '../exact/fraction.js';
import { type Points, pointsToNumber } from '../exact/points.js';
import { answerOf, scoreAndShortRank } from '../render/answer.js';
import { bar } from '../render/plot.js';
import { type Block, cell, type Presentation, type Row, type Table } from '../render/presentation.js';
import { pointsJson, rankJson } from '../render/result-json.js';
import { entryText, ownerText, rankText } from '../render/words.js';
import type { ReadingResult } from '../scoring/result.js';
import type { Messages } from '../text/index.js';

/** A plan with the ranks that its choices reach. */
export interface RankedPlan {
  plan: Plan;
  target: Target;
  baseline: ReadingResult;
  /** Whether the actions were given, or each criterion stands for one. */
  given: boolean;
  /** For a rank to be reached surely: the least score that reaches it with this probability. */
  likely: { confidence: number; needed: Points } | null;
}

/** The cheapest set of actions, or why none reaches the target. */
export function presentPlan(found: RankedPlan, messages: Messages): Presentation {
  const { plan, baseline, given } = found;
  const { labels, numbers } = messages;
  const say = labels.plan;
  const { decimals } = baseline.catalogue;
  const choice = plan.feasible ? plan.choice : plan.best;
  const points = (p: number) => numbers.points(p, decimals);
  const { rank } = choice;
  const facts = [
    { label: say.target, text: targetText(found, messages) },
    { label: say.needs, text: plan.needed === null ? say.unreachable : points(plan.needed) },
    ...(found.likely === null
      ? []
      : [
          {
            label: say.needsLikely(numbers.percent(found.likely.confidence)),
            text: `${points(found.likely.needed)} (--confidence ${found.likely.confidence})`,
          },
        ]),
    {
      label: plan.feasible ? say.reaches : say.best,
      text: `${points(choice.result.total.score!)} (${numbers.signed(choice.gain, decimals)})${rank ? `; ${labels.score.rank}: ${rankText(rank, messages)}` : ''}`,
    },
    { label: say.cost, text: numbers.number(choice.cost) },
    ...(plan.feasible
      ? [{ label: say.proof, text: plan.proved ? say.proved : say.unproved }]
      : [
          ...(plan.short === null ? [] : [{ label: say.short, text: points(plan.short) }]),
          { label: say.stands, text: plan.needed === null ? say.standsRivals : say.standsLimits },
        ]),
  ];
  const blocks: Block[] = [
    answer(found, messages),
    { kind: 'facts', rows: facts },
    ...(choice.options.length === 0 ? [{ kind: 'text' as const, text: say.none }] : []),
    choiceTable(choice, baseline, messages),
    ...(choice.options.length === 0
      ? []
      : [{ kind: 'text' as const, text: say.order, tone: 'dim' as const }]),
    ...(given ? [] : [{ kind: 'text' as const, text: say.assumedActions, tone: 'dim' as const }]),
    ...(plan.frontier.choices.length > 0 ? [frontierTable(found, messages)] : []),
  ];
  const choiceJson = (c: Choice) => ({
    cost: toNumber(c.cost),
    gain: pointsToNumber(c.gain, decimals),
    score: pointsJson(c.result.total.score, decimals),
    rank: rankJson(c.rank),
    actions: c.options.map((o) => ({
      id: o.action.id,
      cost: toNumber(o.action.cost),
      gain: pointsToNumber(o.gain, decimals),
      owners: o.action.owners,
      changes: [...o.action.changes.keys()],
      deadline: o.action.deadline,
    })),
  });
  const json = {
    schema: 'cchc/plan@1',
    feasible: plan.feasible,
    needed: pointsJson(plan.needed, decimals),
    likely: found.likely && {
      confidence: found.likely.confidence,
      needed: pointsJson(found.likely.needed, decimals),
    },
    short: plan.feasible ? 0 : pointsJson(plan.short, decimals),
    optimal: plan.feasible && plan.proved,
    choice: choiceJson(choice),
    frontier: plan.frontier.choices.map(choiceJson),
    frontierWhole: plan.frontier.whole,
  };
  return { json, blocks };
}

/** Whether the target is reached, where that leads and at what cost, and the first thing to do. */
function answer(found: RankedPlan, messages: Messages): Block {
  const { plan, baseline } = found;
  const { labels, numbers } = messages;
  const say = labels.plan;
  const { catalogue } = baseline;
  const choice = plan.feasible ? plan.choice : plan.best;
  const { score } = choice.result.total;
  const reached = `${score === null ? '?' : numbers.points(score, catalogue.decimals)} (${numbers.signed(choice.gain, catalogue.decimals)})`;
  const top = [...choice.options].sort((p, q) => q.gain - p.gain)[0];
  const owners = (top?.action.owners ?? []).map((o) => ownerText(catalogue, o, messages)).join(', ');
  return answerOf(`${say.title} · ${baseline.unit} · ${baseline.year}`, [
    {
      label: say.target,
      text: `${targetText(found, messages)}: ${plan.feasible ? say.feasible : say.infeasible}`,
      tone: plan.feasible ? 'good' : 'bad',
    },
    {
      label: plan.feasible ? say.reaches : say.best,
      text: scoreAndShortRank(reached, choice.rank, messages),
    },
    { label: say.cost, text: say.costOf(numbers.number(choice.cost), choice.options.length) },
    {
      label: labels.answer.next,
      text: top
        ? say.firstAction(owners, numbers.pick(top.action.name), numbers.signed(top.gain, catalogue.decimals))
        : say.none,
    },
  ]);
}

function targetText({ target, baseline }: RankedPlan, { labels, numbers }: Messages): string {
  const say = labels.plan;
  if (target.kind === 'score')
    return say.targetScore(numbers.points(target.points, baseline.catalogue.decimals));
  if (target.kind === 'index') return say.targetIndex(numbers.number(target.index));
  return target.confidence === null
    ? say.targetRank(target.rank)
    : say.targetRankLikely(target.rank, numbers.percent(target.confidence));
}

function choiceTable(choice: Choice, { catalogue }: ReadingResult, messages: Messages): Table {
  const { labels, numbers } = messages;
  const owner = (id: string) => ownerText(catalogue, id, messages);
  const change = (id: string, entry: Choice['options'][number]['action']['changes']) => {
    const criterion = catalogue.criteria.find((c) => c.id === id)!;
    return `${id} → ${entryText(criterion, entry.get(id)!, messages)}`;
  };
  return {
    kind: 'table',
    data: true,
    machineOnly: choice.options.length === 0,
    columns: [
      { key: 'id', title: labels.columns.id, flexible: true },
      { key: 'name', title: labels.plan.action, flexible: true },
      { key: 'changes', title: labels.columns.change, flexible: true },
      { key: 'owners', title: labels.columns.owner, flexible: true },
      { key: 'cost', title: labels.plan.cost, align: 'decimal' },
      { key: 'gain', title: labels.plan.gain, align: 'decimal' },
    ],
    rows: choice.options.map(
      ({ action, gain }): Row => ({
        cells: [
          cell(action.id),
          cell(numbers.pick(action.name)),
          cell([...action.changes.keys()].map((id) => change(id, action.changes)).join('; ')),
          cell(action.owners.map(owner).join(', '), action.owners.join('; ')),
          cell(numbers.number(action.cost), toNumber(action.cost)),
          cell(numbers.signed(gain, catalogue.decimals), pointsToNumber(gain, catalogue.decimals), 'good'),
        ],
      }),
    ),
  };
}

const BAR = 20;

function frontierTable({ plan, baseline }: RankedPlan, messages: Messages): Table {
  const { labels, numbers } = messages;
  const { decimals } = baseline.catalogue;
  const most = Math.max(1, ...plan.frontier.choices.map((c) => c.gain));
  return {
    kind: 'table',
    title: plan.frontier.whole ? labels.plan.frontier : labels.plan.frontierPart,
    columns: [
      { key: 'cost', title: labels.plan.cost, align: 'decimal' },
      { key: 'score', title: labels.columns.score, align: 'decimal' },
      { key: 'bar', title: ' ' },
      { key: 'rank_mean', title: labels.whatif.rankMeanRow, align: 'decimal' },
      { key: 'actions', title: labels.plan.action, flexible: true },
    ],
    rows: plan.frontier.choices.map((choice) => {
      return {
        cells: [
          cell(numbers.number(choice.cost)),
          cell(numbers.points(choice.result.total.score!, decimals)),
          cell(bar(choice.gain / most, BAR), null, 'good'),
          cell(choice.rank?.mean == null ? '' : numbers.number(choice.rank.mean, 2)),
          cell(choice.options.map((o) => o.action.id).join(', ')),
        ],
      };
    }),
  };
}
