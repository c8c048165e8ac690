import { availableParallelism } from 'node:os';
import { influences } from '../analysis/risk/influence.js';
import { compileRisk, type RiskModel } from '../analysis/risk/model.js';
import { type Outlook, parseOutlook } from '../analysis/risk/outlook.js';
import { exactInfluence, exactRisk, type RiskTargets, simulatedRisk } from '../analysis/risk/risk.js';
import { parseRivals, parseUncertain } from '../cli/assignments.js';
import {
  type Command,
  EXIT,
  type OptionValues,
  type Outcome,
  type Session,
  text,
  texts,
} from '../cli/command.js';
import { type Case, eachReading } from '../cli/load.js';
import { NumberOptions, shared } from '../cli/options.js';
import { Progress } from '../cli/progress.js';
import { error, hasErrors, warning } from '../diagnostics/diagnostic.js';
import { runJob } from '../engines/draws.js';
import { roundToPoints } from '../exact/points.js';
import { openOutlook } from '../files/open.js';
import { placeResult } from '../ranking/standings.js';
import { outlookWords } from '../render/words.js';
import { score } from '../scoring/score.js';
import { presentRisk } from './risk-view.js';

const DRAWS = 100_000;
const INFLUENCE_DRAWS = 32_768;
const MOST_DRAWS = 100_000_000;
const MOST_THREADS = 64;
const DEFAULT_THREADS = Math.min(8, availableParallelism());

const command: Command = {
  arguments: [{ name: 'readings', syntax: '<file...>' }],
  options: [
    { name: 'outlook', flags: '--outlook <file>' },
    { name: 'uncertain', flags: '--uncertain <id=spread>', repeat: true },
    shared.league,
    { name: 'rivals', flags: '--rivals <move>', repeat: true },
    { name: 'targetScore', flags: '--target-score <points>' },
    { name: 'targetRank', flags: '--target-rank <rank>' },
    { name: 'draws', flags: '--draws <count>' },
    { name: 'seed', flags: '--seed <number>' },
    { name: 'threads', flags: '--threads <count>' },
    shared.catalogue,
    shared.unit,
    shared.year,
  ],
  examples: [
    'cchc risk fixtures/nhu-xuan-2022.yaml --uncertain 7.3.2=40..70 --uncertain 7.3.3=20..30..60 \\',
    '    --league fixtures/leagues/thanh-hoa-districts-2022.yaml --target-rank 15',
    'cchc risk fixtures/nhu-xuan-2022.yaml --outlook fixtures/outlooks/nhu-xuan-2023.yaml \\',
    '    --league fixtures/leagues/thanh-hoa-districts-2023.yaml --target-rank 10',
  ],
  run: (files, options, session) =>
    eachReading(files, options, session, (one) => riskOf(one, options, session)),
};

async function riskOf(
  { opened, league, loader }: Case,
  options: OptionValues,
  session: Session,
): Promise<Outcome> {
  const { reading, catalogue } = opened;
  const numbers = readNumbers(options, catalogue.decimals);
  const { moves, diagnostics: usage } = parseRivals(texts(options.rivals), league);
  const asked = parseUncertain(texts(options.uncertain), reading);
  usage.push(...numbers.diagnostics, ...asked.diagnostics);
  const needsLeague = numbers.targets.rank !== null || texts(options.rivals).length > 0;
  if (needsLeague && !league) usage.push(error('needs-option', { option: '--league' }));
  const file = text(options.outlook);
  const outlookData = { indicators: asked.data };
  const onLine = parseOutlook(outlookData, catalogue, reading, league);
  usage.push(...asked.at(onLine.diagnostics));
  if (hasErrors(usage) || !onLine.ok) return { diagnostics: usage, exit: EXIT.usage };
  const fromFile =
    file === undefined ? null : loader.take(await openOutlook(file, catalogue, reading, league));
  const baseline = score(reading, catalogue);
  const rivals = loader.rivals(league, baseline);
  if (loader.failed) return loader.refusal();
  const outlook = joined(onLine.value, fromFile ?? null);
  const model = compileRisk(baseline, reading, outlook, rivals, moves, numbers);
  if (Array.isArray(model)) return { diagnostics: model, exit: EXIT.usage };
  const drawn = await draw(model, numbers, session);
  return {
    presentation: presentRisk(
      {
        risk: drawn.risk,
        baseline,
        rank: rivals && placeResult(rivals, baseline),
        targets: numbers.targets,
        uncertain: outlookWords(outlook, session.messages),
        assumptions: outlook.assumptions,
      },
      session.messages,
    ),
    diagnostics: drawn.stopped ? [warning('stopped-early', drawn.stopped)] : [],
    exit: drawn.stopped ? EXIT.interrupted : EXIT.fine,
  };
}

/** The exact answer where there is one and no simulation was asked for; influences on a rank are always drawn. */
async function draw(model: RiskModel, { draws, seed, threads, targets }: Numbers, session: Session) {
  // What is scored whole was drawn already.
  const exact = draws === undefined || model.tied ? exactRisk(model, targets, seed) : 'asked';
  const ranked = model.size > 0;
  const wanted = typeof exact === 'string' ? (draws ?? DRAWS) : 0;
  const influenceDraws = ranked && !model.tied ? INFLUENCE_DRAWS : 0;
  const watch = new Progress(process.stderr, session.quiet);
  const job = { model, seed, draws: wanted, influenceDraws };
  const { prepared, tally, batches } = await runJob(job, threads, watch).finally(() => watch.end());
  // Of criteria that are tied together none has a share of its own.
  const influence = model.tied
    ? []
    : ranked
      ? batches.length > 1
        ? influences(prepared, batches)
        : []
      : exactInfluence(model);
  const stopped = watch.stopped() ? { done: tally.draws, of: wanted } : null;
  const risk = typeof exact === 'string' ? simulatedRisk(prepared, tally, seed, exact, targets) : exact;
  return { risk: { ...risk, influence }, stopped };
}

/** What the command line says goes before what the file says. */
function joined(line: Outlook, file: Outlook | null): Outlook {
  if (!file) return line;
  return {
    name: file.name,
    indicators: new Map([...file.indicators, ...line.indicators]),
    rivals: file.rivals,
    assumptions: [...new Set([...line.assumptions, ...file.assumptions])],
  };
}

interface Numbers {
  draws: number | undefined;
  seed: number;
  threads: number;
  targets: RiskTargets;
}

function readNumbers(
  options: OptionValues,
  decimals: number,
): Numbers & { diagnostics: ReturnType<typeof error>[] } {
  const numbers = new NumberOptions();
  const points = numbers.decimal('--target-score', options.targetScore, 'points');
  return {
    draws: numbers.count('--draws', options.draws, 1, MOST_DRAWS),
    seed: numbers.count('--seed', options.seed, 0, 0xffff_ffff) ?? 1,
    threads: numbers.count('--threads', options.threads, 1, MOST_THREADS) ?? DEFAULT_THREADS,
    targets: {
      points: points ? roundToPoints(points, decimals) : null,
      rank: numbers.count('--target-rank', options.targetRank, 1) ?? null,
    },
    diagnostics: numbers.diagnostics,
  };
}

export default command;
