import { availableParallelism } from 'node:os';
import { compileRisk, type RiskModel, rivalsDrawn } from '../analysis/risk/model.js';
import { type Move, type Outlook, type OutlookAssumption, parseOutlook } from '../analysis/risk/outlook.js';
import {
  type Chance,
  exactInfluence,
  exactRisk,
  type Risk,
  type RiskTargets,
  simulatedRisk,
} from '../analysis/risk/risk.js';
import { influences } from '../analysis/risk/simulate.js';
import { openOutlook } from '../files/open.js';
import type { Rank } from '../ranking/place.js';
import { meanRank, quantileRank, type RankProbability } from '../ranking/ranks.js';
import type { RivalMoves } from '../ranking/rivals.js';
import { placeResult } from '../ranking/standings.js';
import { answerOf, rankFact } from '../render/answer.js';
import { dataOf, tableOf, type ViewField } from '../render/field.js';
import { bar, rankChances } from '../render/plot.js';
import {
  type Block,
  type DataRows,
  type Fact,
  factsOf,
  listOf,
  type Presentation,
  pictureOf,
  textOf,
} from '../render/presentation.js';
import { rankJson } from '../render/result-json.js';
import { assumptionRows, outlookWords, scoreAndRank, scoreText } from '../render/words.js';
import type { ReadingResult } from '../scoring/result.js';
import { score } from '../scoring/score.js';
import type { Messages } from '../text/index.js';
import { type Diagnostic, error, warning } from '../values/diagnostic.js';
import { ZERO } from '../values/fraction.js';
import { pointsReaching, pointsToNumber } from '../values/points.js';
import { movesText, parseAssignments, parseRivals, parseUncertainRivals } from './shared/assignments.js';
import type { Call } from './shared/call.js';
import { type Command, EXIT } from './shared/command.js';
import { runJob } from './shared/draws.js';
import { readingOptions, shared } from './shared/options.js';
import { Progress } from './shared/progress.js';

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
    ...readingOptions,
  ],
  examples: [
    'cchc risk fixtures/nhu-xuan-2022.yaml --uncertain 7.3.2=40..70 --uncertain 7.3.3=20..30..60 \\',
    '    --league fixtures/leagues/thanh-hoa-districts-2022.yaml --target-rank 15',
    'cchc risk fixtures/nhu-xuan-2022.yaml --outlook fixtures/outlooks/nhu-xuan-2023.yaml \\',
    '    --league fixtures/leagues/thanh-hoa-districts-2023.yaml --target-rank 10',
  ],
  run: (call) =>
    call.eachReading(call.args, async ({ reading, catalogue }, league) => {
      const numbers = readNumbers(call, catalogue.decimals);
      const written = call.texts('rivals');
      const isSpread = (move: string) => move.includes('..');
      const fixed = parseRivals(
        written.filter((move) => !isSpread(move)),
        league,
        reading,
      );
      const spread = parseUncertainRivals(written.filter(isSpread));
      const uncertain = parseAssignments('--uncertain', call.texts('uncertain'));
      for (const { diagnostics } of [fixed, uncertain, spread]) call.misused(diagnostics);
      const needsLeague = numbers.targets.rank !== null || written.length > 0;
      if (needsLeague && !league) call.misused(error('needs-option', { option: '--league' }));
      const asked = parseOutlook(
        { indicators: uncertain.data, rivals: spread.data },
        catalogue,
        reading,
        league,
      );
      call.misused(spread.at(uncertain.at(asked.diagnostics)));
      call.settle();
      const fromFile = await call.opened(call.text('outlook'), (file) =>
        openOutlook(file, catalogue, reading, league),
      );
      const baseline = score(reading, catalogue);
      const rivals = call.rivals(league, baseline);
      const [onLine] = call.need({ ...asked, diagnostics: [] });
      call.misused(countsApart(onLine, fromFile));
      call.settle();
      const outlook = joined(onLine, fromFile, fixed);
      const model = compileRisk(baseline, reading, outlook, rivals, fixed.moves, numbers);
      if (Array.isArray(model)) return call.refuse(model);
      const { risk, stopped } = await draw(model, numbers, call.has('quiet'));
      if (stopped) call.note(warning('stopped-early', stopped));
      return {
        presentation: presentRisk(
          {
            risk,
            baseline,
            rank: rivals && placeResult(rivalsDrawn(rivals, outlook, fixed.moves), baseline),
            targets: numbers.targets,
            // Moves of the call are told by themselves.
            uncertain: outlookWords(outlook, catalogue, call.messages).filter(
              ({ id }) => !(fixed.moves.units.has(id) && outlook.rivals.units.get(id)?.kind === 'fixed'),
            ),
            moves: movesText(fixed.moves, call.messages),
            assumptions: outlook.assumptions,
          },
          call.messages,
        ),
        exit: stopped ? EXIT.interrupted : EXIT.fine,
      };
    }),
};

/** The exact answer where there is one and no simulation was asked for; influences on a rank are always drawn. */
async function draw(model: RiskModel, { draws, seed, threads, targets }: RiskNumbers, quiet: boolean) {
  // What is scored whole was drawn already.
  const exact = draws === undefined || model.tied ? exactRisk(model, targets, seed) : 'asked';
  const ranked = model.size > 0;
  const wanted = typeof exact === 'string' ? (draws ?? DRAWS) : 0;
  const influenceDraws = ranked && !model.tied ? INFLUENCE_DRAWS : 0;
  const watch = new Progress(process.stderr, quiet);
  const job = { model, seed, draws: wanted, influenceDraws };
  const { prepared, tally, batches } = await runJob(job, threads, watch).finally(() => watch.end());
  // Of criteria that are tied together none has a share of its own.
  const exactly = model.tied || ranked ? [] : exactInfluence(model);
  const influence = batches.length > 1 ? influences(prepared, batches) : exactly;
  const stopped = watch.stopped() ? { done: tally.draws, of: wanted } : null;
  const risk = typeof exact === 'string' ? simulatedRisk(prepared, tally, seed, exact, targets) : exact;
  return { risk: { ...risk, influence }, stopped };
}

/** Counts of one ratio of which the call says some and the file others: neither makes the ratio of both. */
function countsApart(line: Outlook, file: Outlook | null): Diagnostic[] {
  return [...line.counts].flatMap(([id, counts]) => {
    const others = [...(file?.counts.get(id) ?? [])].filter((count) => !counts.has(count));
    const keys = [...counts, ...others].map((count) => `${id}.${count}`);
    return others.length === 0 ? [] : [error('two-values', { id, keys })];
  });
}

/** What the command line says goes before what the file says; `moves` are those of rivals that it is certain of. */
function joined(
  line: Outlook,
  file: Outlook | null,
  { moves, ofAll }: { moves: RivalMoves; ofAll: boolean },
): Outlook {
  if (!file) return line;
  // A unit that the call moves has no move of the file besides.
  const stays = [...moves.units.keys()].map((unit): [string, Move] => [unit, { kind: 'fixed', by: ZERO }]);
  return {
    name: file.name,
    counts: file.counts,
    indicators: new Map([
      ...file.indicators,
      ...[...line.indicators].map(
        ([id, values]) =>
          [id, values.map((value, i) => value ?? file.indicators.get(id)?.[i] ?? null)] as const,
      ),
    ]),
    rivals: {
      all: line.rivals.all ?? (ofAll ? null : file.rivals.all),
      each: file.rivals.each,
      units: new Map([...file.rivals.units, ...stays, ...line.rivals.units]),
    },
    assumptions: [...new Set([...line.assumptions, ...file.assumptions])],
  };
}

interface RiskNumbers {
  draws: number | undefined;
  seed: number;
  threads: number;
  targets: RiskTargets;
}

function readNumbers(call: Call, decimals: number): RiskNumbers {
  const points = call.decimal('targetScore', 'points');
  return {
    draws: call.count('draws', 1, MOST_DRAWS),
    seed: call.count('seed', 0, 0xffff_ffff) ?? 1,
    threads: call.count('threads', 1, MOST_THREADS) ?? DEFAULT_THREADS,
    targets: {
      points: points ? pointsReaching(points, decimals) : null,
      rank: call.count('targetRank', 1) ?? null,
    },
  };
}

/** A risk with what it was asked for. */
interface AskedRisk {
  risk: Risk;
  baseline: ReadingResult;
  rank: Rank | null;
  targets: RiskTargets;
  uncertain: { id: string; words: string }[];
  /** How rivals surely move, in words; null where they do not. */
  moves: string | null;
  assumptions: OutlookAssumption[];
}

const BAR = 24;
const BINS = 14;

/** How sure the score and the rank are, and which uncertainty matters. */
function presentRisk(asked: AskedRisk, messages: Messages): Presentation {
  const { risk, baseline, rank } = asked;
  const { labels, numbers } = messages;
  const say = labels.risk;
  const { mean, meanBounds, sd, worstMean, quantiles } = risk.score;
  const points = (p: number) => numbers.number(p / 10 ** baseline.catalogue.decimals, 2);
  const [least, most] = [0.05, 0.95].map((share) =>
    points(quantiles.find((q) => q.share === share)!.points),
  ) as [string, string];
  // Bounds are shown where they are seen at two decimals.
  const [low, high] = meanBounds?.map(points) ?? [];
  const bounds = low !== undefined && high !== undefined && low !== high ? ` ${say.bounds(low, high)}` : '';
  const { ranks } = risk;
  const { points: score, rank: place } = asked.targets;
  const ofScore =
    score === null ? null : chanceFact(say.chanceScore(points(score)), risk.targetScore, messages);
  const ofRank = place === null ? null : chanceFact(say.chanceRank(place), risk.targetRank, messages);
  const top = [...risk.influence].sort((p, q) => q.total - p.total)[0];
  const blocks = listOf<Block>([
    answerOf(`${say.title} · ${baseline.unit} · ${baseline.year}`, [
      { label: say.mean, text: say.expected(points(mean), least, most) },
      ofRank ?? ofScore ?? (ranks ? likelyRank(ranks, messages) : rankFact(rank, baseline, messages)),
      top && [
        {
          label: say.influences,
          text: say.topFactor(top.id ?? say.rivals, numbers.percent(Math.max(0, top.total), 0)),
        },
        { label: labels.answer.next, text: top.id ? say.settle(top.id) : say.watchRivals },
      ],
    ]),
    factsOf([
      { label: say.now, text: scoreAndRank(scoreText(baseline, messages), rank, messages) },
      { label: say.mean, text: say.spread(`${points(mean)}${bounds}`, points(sd)) },
      { label: say.interval90, text: say.between(least, most) },
      { label: say.worst, text: points(worstMean) },
      ofScore,
      risk.rankMean !== null && { label: labels.whatif.rankMeanRow, text: numbers.number(risk.rankMean, 2) },
      ofRank,
      { label: say.method, text: methodText(risk, messages) },
    ]),
    asked.moves && textOf(labels.whatif.rivalsMove(asked.moves)),
    factsOf(
      asked.uncertain.map((u) => ({ label: u.id, text: u.words })),
      say.uncertain,
    ),
    pictureOf(say.scoreChance, scorePicture(asked, messages)),
    ranks && pictureOf(labels.whatif.rankChance, rankChances(ranks, messages)),
    influenceBlocks(asked, messages),
    factsOf(
      [
        asked.assumptions.map((a) => ({ label: labels.rank.assumption, text: say.assumptions[a] })),
        rank && assumptionRows(rank.assumptions, messages),
      ],
      say.assumptionsTitle,
    ),
  ]);
  return { json: riskJson(asked), blocks, data: chancesData(asked) };
}

function chanceFact(label: string, chance: Chance | null, { labels, numbers }: Messages): Fact | null {
  if (!chance) return null;
  const [low, high] = chance.bounds?.map((p) => numbers.percent(p)) ?? [];
  const bounds = low !== undefined && high !== undefined ? ` ${labels.risk.bounds(low, high)}` : '';
  return { label, text: `${numbers.percent(chance.value)}${bounds}` };
}

function likelyRank(ranks: RankProbability[], { labels, numbers }: Messages): Fact {
  const [low, high] = [0.05, 0.95].map((share) => String(quantileRank(ranks, share))) as [string, string];
  return {
    label: labels.columns.rank,
    text: labels.risk.expected(numbers.number(meanRank(ranks), 1), low, high),
  };
}

function methodText({ method }: Risk, { labels: { risk: say }, numbers }: Messages): string {
  if (method.form === 'exact') return say.exact;
  return `${say.simulated(numbers.number(method.draws), String(method.seed))}${method.why === 'asked' ? '' : `; ${say.why[method.why]}`}`;
}

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
  const fields: ViewField<(typeof risk.influence)[number]>[] = [
    { key: 'id', title: labels.columns.id, text: (i) => i.id ?? '' },
    { key: 'name', title: say.factor, flexible: true, text: (i) => name(i.id) },
    { key: 'bar', title: ' ', text: (i) => bar(Math.max(0, i.total), 10), tone: () => 'warn' },
    { key: 'first', title: say.first, align: 'right', text: (i) => share(i.first, i.firstBounds) },
    { key: 'total', title: say.total, align: 'right', text: (i) => share(i.total, i.totalBounds) },
  ];
  const table = tableOf(fields, risk.influence, {
    title: risk.ranks ? say.influenceOnRank : say.influenceOnScore,
  });
  return [table, textOf(say.influenceLegend, 'dim')];
}

/** For machines: chances of the score up to its quantiles, and of ranks, one a row. */
function chancesData({ risk, baseline }: AskedRisk): DataRows {
  const { decimals } = baseline.catalogue;
  const { from, chances } = risk.scores;
  // One score may be several quantiles, and is then reached with more than the share of the first.
  const points = [...new Set(risk.score.quantiles.map((q) => q.points))];
  return dataOf(
    ['what', 'at', 'probability'],
    [
      ...points.map((p) => ({
        what: 'score_at_most',
        at: pointsToNumber(p, decimals),
        probability: Number(
          chances
            .subarray(0, p - from + 1)
            .reduce((sum, chance) => sum + chance, 0)
            .toFixed(6),
        ),
      })),
      ...(risk.ranks ?? []).map(({ rank, probability }) => ({ what: 'rank', at: rank, probability })),
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
    ranks: risk.ranks,
    rankMean: risk.rankMean,
    targetScore: risk.targetScore && { score: points(targets.points!), ...risk.targetScore },
    targetRank: risk.targetRank && { rank: targets.rank, ...risk.targetRank },
    influence: risk.influence.map((i) => ({ ...i, on: risk.ranks ? 'rank' : 'score' })),
    assumptions: [...assumptions, ...(rank?.assumptions ?? [])],
  };
}

export default command;
