import { neededScore, plan, type Target } from '../analysis/plan.js';
import { type Command, EXIT, type OptionValues, text } from '../cli/command.js';
import { eachReading } from '../cli/load.js';
import { NumberOptions, shared } from '../cli/options.js';
import { ProgressBar } from '../cli/progress.js';
import { error } from '../diagnostics/diagnostic.js';
import { highsSolver } from '../engines/highs.js';
import { roundToPoints } from '../exact/points.js';
import { openActions } from '../files/open.js';
import { score } from '../scoring/score.js';
import { presentPlan } from './plan-view.js';

const FRONTIER_POINTS = 24;
/** What is told beside a rank that is to be reached surely. */
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
    shared.catalogue,
    shared.unit,
    shared.year,
  ],
  examples: [
    'cchc plan fixtures/nhu-xuan-2022.yaml --target-score 92',
    'cchc plan fixtures/nhu-xuan-2022.yaml --target-rank 15 --confidence 0.9 \\',
    '    --league fixtures/leagues/thanh-hoa-districts-2022.yaml --actions fixtures/actions/nhu-xuan-2023.yaml --frontier',
  ],
  run: (files, options, session) =>
    eachReading(files, options, session, async ({ opened: { reading, catalogue }, league, loader }) => {
      const numbers = readNumbers(options);
      const target = numbers.target(catalogue.decimals);
      const usage = [...numbers.diagnostics];
      if (target?.kind === 'rank' && !league) usage.push(error('needs-option', { option: '--league' }));
      if (!target || usage.length > 0) return { diagnostics: usage, exit: EXIT.usage };
      const baseline = score(reading, catalogue);
      const unknown = baseline.criteria.filter((c) => c.status === 'unknown').map((c) => c.criterion.id);
      if (unknown.length > 0) loader.diagnostics.push(error('plan-needs-values', { ids: unknown }));
      const actionsFile = text(options.actions);
      const actions =
        actionsFile === undefined
          ? null
          : (loader.take(await openActions(actionsFile, catalogue, reading.year)) ?? null);
      const rivals = loader.rivals(league, baseline);
      if (loader.failed) return loader.refusal();
      const frontier = options.frontier === true ? FRONTIER_POINTS : 0;
      const bar = new ProgressBar(process.stderr, session.quiet);
      const tell = (found: number, limit: number) => bar.progress(found, limit);
      const request = { reading, catalogue, rivals, target, actions, limits: numbers.limits, frontier, tell };
      const result = plan(request, await highsSolver());
      bar.end();
      const likely =
        target.kind === 'rank' && target.confidence === null
          ? neededScore({ ...target, confidence: LIKELY }, baseline, rivals)
          : null;
      return {
        presentation: presentPlan(
          {
            plan: result,
            target,
            baseline,
            given: actions !== null,
            likely:
              likely === null || likely === result.needed ? null : { confidence: LIKELY, needed: likely },
          },
          session.messages,
        ),
        diagnostics: [],
        exit: result.feasible ? EXIT.fine : EXIT.infeasible,
      };
    }),
};

/** Targets and limits of the options; exactly one target is wanted. */
function readNumbers(options: OptionValues) {
  const numbers = new NumberOptions();
  const points = numbers.decimal('--target-score', options.targetScore, 'points');
  const index = numbers.decimal('--target-index', options.targetIndex, 'percent');
  const rank = numbers.count('--target-rank', options.targetRank, 1);
  const confidence = numbers.decimal('--confidence', options.confidence, 'share');
  const given = [options.targetScore, options.targetIndex, options.targetRank].filter((t) => t !== undefined);
  return {
    limits: {
      budget: numbers.decimal('--budget', options.budget, 'cost') ?? null,
      maxActions: numbers.count('--max-actions', options.maxActions, 0) ?? null,
      perOwner: numbers.count('--per-owner', options.perOwner, 0) ?? null,
    },
    diagnostics: [...numbers.diagnostics, ...(given.length === 1 ? [] : [error('one-target', {})])],
    target(decimals: number): Target | null {
      if (points) return { kind: 'score', points: roundToPoints(points, decimals) };
      if (index) return { kind: 'index', index };
      return rank === undefined ? null : { kind: 'rank', rank, confidence: confidence?.valueOf() ?? null };
    },
  };
}

export default command;
