import { changeFaults, entryAfter } from '../analysis/gain.js';
import { type Choice, neededScore, type Plan, plan, type Target } from '../analysis/plan.js';
import { FEW_ACTIONS, unpriced } from '../analysis/search.js';
import { othersMoved } from '../analysis/whatif.js';
import { openActions } from '../files/open.js';
import type { League } from '../ranking/league.js';
import { answerOf, nextFact, scoreAndShortRank } from '../render/answer.js';
import { tableOf, type ViewField, valuesOf } from '../render/field.js';
import { bar } from '../render/plot.js';
import { type Block, factsOf, listOf, type Presentation, textOf } from '../render/presentation.js';
import { pointsJson, rankJson } from '../render/result-json.js';
import { assumptionRows, entryText, ownersText, scoreAndRank } from '../render/words.js';
import type { ReadingResult } from '../scoring/result.js';
import { score } from '../scoring/score.js';
import type { Messages } from '../text/index.js';
import { error } from '../values/diagnostic.js';
import { toNumber } from '../values/fraction.js';
import { type Points, pointsReaching, pointsToNumber } from '../values/points.js';
import type { Call } from './shared/call.js';
import { type Command, EXIT } from './shared/command.js';
import { readingOptions, shared } from './shared/options.js';
import { ProgressBar } from './shared/progress.js';
import { othersMovedTexts } from './whatif-view.js';

const FRONTIER_POINTS = 24;
/** The probability that is told of beside a rank that is to be reached surely. */
const LIKELY = 0.9;

const command: Command = {
  arguments: [{ name: 'readings', syntax: '<file...>' }],
  options: [
    { name: 'targetScore', flags: '--target-score <points>' },
    { name: 'targetIndex', flags: '--target-index <percent>' },
    { name: 'targetRank', flags: '--target-rank <rank>' },
    { name: 'confidence', flags: '--confidence <probability>' },
    { name: 'actions', flags: '--actions <file>' },
    { name: 'budget', flags: '--budget <cost>' },
    { name: 'maxActions', flags: '--max-actions <count>' },
    { name: 'perOwner', flags: '--per-owner <count>' },
    { name: 'frontier', flags: '--frontier' },
    shared.league,
    ...readingOptions,
  ],
  examples: [
    'cchc plan fixtures/nhu-xuan-2022.yaml --target-score 92',
    'cchc plan fixtures/nhu-xuan-2022.yaml --target-rank 15 --confidence 0.9 \\',
    '    --league fixtures/leagues/thanh-hoa-districts-2022.yaml --actions fixtures/actions/nhu-xuan-2023.yaml --frontier',
  ],
  run: (call) =>
    call.eachReading(call.args, async ({ reading, catalogue }, league) => {
      const { target, limits } = asked(call, catalogue.decimals, league);
      const baseline = score(reading, catalogue);
      const unknown = baseline.criteria.filter((c) => c.status === 'unknown').map((c) => c.criterion.id);
      if (unknown.length > 0) call.note(error('plan-needs-values', { ids: unknown }));
      const file = call.text('actions');
      const actions = await call.opened(file, (named) => openActions(named, catalogue, reading.year));
      for (const { changes } of actions ?? [])
        call.noteIn(file!, changeFaults(changes, reading, catalogue), 'error');
      const rivals = call.rivals(league, baseline);
      call.settle();
      const frontier = call.has('frontier') ? FRONTIER_POINTS : 0;
      const bar = new ProgressBar(process.stderr, call.has('quiet'));
      const tell = (points: number, limit: number) => bar.progress(points, limit);
      const request = { reading, catalogue, rivals, target, actions, limits, frontier, tell };
      const few = (actions ?? baseline.criteria).length <= FEW_ACTIONS;
      const price = few ? unpriced : await (await import('./shared/highs.js')).highsPrices();
      const result = plan(request, price);
      bar.end();
      const surely = target.kind === 'rank' && target.confidence === null;
      const needed = surely
        ? neededScore({ ...target, confidence: LIKELY }, result.choice.result, rivals)
        : null;
      const likely = needed === result.needed ? null : needed;
      const ranked = { plan: result, target, baseline, given: actions !== null, likely };
      return {
        presentation: presentPlan(ranked, call.messages),
        exit: result.feasible ? EXIT.fine : EXIT.infeasible,
      };
    }),
};

/** The target and the limits that the options ask for; exactly one target is wanted. */
function asked(call: Call, decimals: number, league: League | null) {
  const points = call.decimal('targetScore', 'points');
  const index = call.decimal('targetIndex', 'percent');
  const rank = call.count('targetRank', 1);
  const confidence = call.decimal('confidence', 'share')?.valueOf() ?? null;
  const limits = {
    budget: call.decimal('budget', 'cost') ?? null,
    maxActions: call.count('maxActions', 0) ?? null,
    perOwner: call.count('perOwner', 0) ?? null,
  };
  const given = ['targetScore', 'targetIndex', 'targetRank'].filter((key) => call.text(key) !== undefined);
  if (given.length !== 1) call.misused(error('one-target', {}));
  if (rank !== undefined && !league) call.misused(error('needs-option', { option: '--league' }));
  if ((points || index) && call.text('confidence') !== undefined)
    call.misused(error('needs-option', { option: '--target-rank' }));
  call.settle();
  const target: Target = points
    ? { kind: 'score', points: pointsReaching(points, decimals) }
    : index
      ? { kind: 'index', index }
      : { kind: 'rank', rank: rank!, confidence };
  return { target, limits };
}

/** A plan with the ranks that its choices reach. */
export interface RankedPlan {
  plan: Plan;
  target: Target;
  baseline: ReadingResult;
  /** Whether the actions were given, or each criterion stands for one. */
  given: boolean;
  /** For a rank to be reached surely: the least score that reaches it likely. */
  likely: Points | null;
}

/** The cheapest set of actions, or why none reaches the target. */
export function presentPlan(ranked: RankedPlan, messages: Messages): Presentation {
  const { plan, baseline, given, likely } = ranked;
  const { choice } = plan;
  const { labels, numbers } = messages;
  const say = labels.plan;
  const { decimals } = baseline.catalogue;
  const points = (p: number) => numbers.points(p, decimals);
  const score = `${points(choice.result.total.worst)} (${numbers.signed(choice.gain, decimals)})`;
  const none = choice.options.length === 0;
  const moved = othersMoved(baseline, choice.result);
  const unproved = plan.frontier.choices.filter((c) => !c.proved).map((c) => points(c.result.total.worst));
  const fields = actionFields(baseline, messages);
  const blocks = listOf<Block>([
    answer(ranked, messages),
    factsOf([
      { label: say.target, text: targetText(ranked, messages) },
      { label: say.needs, text: plan.needed === null ? say.unreachable : points(plan.needed) },
      likely !== null && {
        label: say.needsLikely(numbers.percent(LIKELY)),
        text: `${points(likely)} (--confidence ${LIKELY})`,
      },
      { label: plan.feasible ? say.reaches : say.best, text: scoreAndRank(score, choice.rank, messages) },
      { label: say.cost, text: numbers.number(choice.cost) },
      (plan.feasible || !choice.proved) && {
        label: say.proof,
        text: choice.proved ? say.proved : say.unproved,
      },
      !plan.feasible && plan.short !== null && { label: say.short, text: points(plan.short) },
      !plan.feasible && { label: say.stands, text: obstacle(plan, messages) },
      choice.rank && assumptionRows(choice.rank.assumptions, messages),
    ]),
    plan.feasible && none && textOf(say.none),
    othersMovedTexts(say.title, moved, messages).map((text) => textOf(text, 'warn')),
    !none && tableOf(fields, choice.options),
    !none && textOf(say.order, 'dim'),
    !given && textOf(say.assumedActions, 'dim'),
    plan.frontier.choices.length > 0 && frontierTable(ranked, messages),
    unproved.length > 0 && textOf(say.frontierUnproved(unproved.join(', ')), 'dim'),
  ]);
  const choiceJson = (c: Choice) => ({
    cost: toNumber(c.cost),
    gain: pointsToNumber(c.gain, decimals),
    score: pointsJson(c.result.total.score, decimals),
    rank: rankJson(c.rank),
    optimal: c.proved,
    actions: c.options.map((o) => ({
      id: o.action.id,
      cost: toNumber(o.action.cost),
      gain: pointsToNumber(o.gain, decimals),
      owners: o.action.owners,
      changes: [...o.changes.keys()],
      deadline: o.action.deadline,
    })),
  });
  const json = {
    schema: 'cchc/plan@1',
    feasible: plan.feasible,
    needed: pointsJson(plan.needed, decimals),
    likely: likely !== null ? { confidence: LIKELY, needed: pointsJson(likely, decimals) } : null,
    short: pointsJson(plan.short, decimals),
    optimal: plan.feasible && choice.proved,
    choice: choiceJson(choice),
    ...(moved.leads.length > 0 && { leads: moved.leads }),
    ...(moved.groupMoves.length > 0 && { groupMoves: moved.groupMoves }),
    frontier: plan.frontier.choices.map(choiceJson),
    frontierWhole: plan.frontier.whole,
  };
  return { json, blocks, data: valuesOf(fields, choice.options) };
}

/** What keeps the target from being reached. */
const obstacle = ({ needed }: Plan, { labels }: Messages): string =>
  needed === null ? labels.plan.standsRivals : labels.plan.standsLimits;

/** Whether the target is reached, where that leads and at what cost, and the first thing to do. */
function answer(ranked: RankedPlan, messages: Messages): Block {
  const { plan, baseline } = ranked;
  const { choice } = plan;
  const { labels, numbers } = messages;
  const say = labels.plan;
  const { catalogue } = baseline;
  const { score } = choice.result.total;
  const reached = `${numbers.points(score, catalogue.decimals)} (${numbers.signed(choice.gain, catalogue.decimals)})`;
  const top = [...choice.options].sort((p, q) => q.gain - p.gain)[0];
  const first =
    top &&
    nextFact(
      ownersText(top.action.owners, catalogue, messages),
      say.firstAction(numbers.pick(top.action.name), numbers.signed(top.gain, catalogue.decimals)),
      messages,
    );
  return answerOf(`${say.title} · ${baseline.unit} · ${baseline.year}`, [
    {
      label: say.target,
      text: `${targetText(ranked, messages)}: ${plan.feasible ? say.feasible : say.infeasible}`,
      tone: plan.feasible ? 'good' : 'bad',
    },
    {
      label: plan.feasible ? say.reaches : say.best,
      text: scoreAndShortRank(reached, choice.rank, messages),
    },
    { label: say.cost, text: say.costOf(numbers.number(choice.cost), choice.options.length) },
    first || plan.feasible
      ? (first ?? { label: labels.answer.next, text: say.none })
      : { label: say.stands, text: obstacle(plan, messages) },
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

type PlannedAction = Choice['options'][number];

function actionFields(
  { catalogue, criteria }: ReadingResult,
  messages: Messages,
): ViewField<PlannedAction>[] {
  const { labels, numbers } = messages;
  const { decimals } = catalogue;
  const changesText = ({ changes }: PlannedAction) =>
    [...changes].map(([id, change]) => {
      const { criterion, entry } = criteria.find((row) => row.criterion.id === id)!;
      return `${id} → ${entryText(criterion, entryAfter(change, entry), messages)}`;
    });
  return [
    { key: 'id', title: labels.columns.id, flexible: true, text: (o) => o.action.id },
    { key: 'name', title: labels.plan.action, flexible: true, text: (o) => numbers.pick(o.action.name) },
    { key: 'changes', title: labels.columns.change, flexible: true, text: (o) => changesText(o).join('; ') },
    {
      key: 'owners',
      title: labels.columns.owner,
      flexible: true,
      text: (o) => ownersText(o.action.owners, catalogue, messages),
      value: (o) => o.action.owners,
    },
    {
      key: 'cost',
      title: labels.plan.cost,
      align: 'decimal',
      text: (o) => numbers.number(o.action.cost),
      value: (o) => toNumber(o.action.cost),
    },
    {
      key: 'gain',
      title: labels.plan.gain,
      align: 'decimal',
      text: (o) => numbers.signed(o.gain, decimals),
      value: (o) => pointsToNumber(o.gain, decimals),
      tone: () => 'good',
    },
  ];
}

const BAR = 20;

function frontierTable({ plan: { frontier }, baseline }: RankedPlan, messages: Messages): Block {
  const { labels, numbers } = messages;
  const { decimals } = baseline.catalogue;
  const most = Math.max(1, ...frontier.choices.map((c) => c.gain));
  const fields: ViewField<Choice>[] = [
    { key: 'cost', title: labels.plan.cost, align: 'decimal', text: (c) => numbers.number(c.cost) },
    { key: 'score', align: 'decimal', text: (c) => numbers.points(c.result.total.worst, decimals) },
    { key: 'bar', title: ' ', text: (c) => bar(c.gain / most, BAR), tone: () => 'good' },
    {
      key: 'rankMean',
      when: frontier.choices.some((c) => c.rank),
      title: labels.whatif.rankMeanRow,
      align: 'decimal',
      text: (c) => (c.rank?.mean == null ? '' : numbers.number(c.rank.mean, 2)),
    },
    {
      key: 'actions',
      title: labels.plan.action,
      flexible: true,
      text: (c) => c.options.map((o) => o.action.id).join(', '),
    },
  ];
  return tableOf(fields, frontier.choices, {
    title: frontier.whole ? labels.plan.frontier : labels.plan.frontierPart,
    titles: labels.columns,
  });
}

export default command;
