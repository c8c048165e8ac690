import { existsSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { movedFar } from '../analysis/compare.js';
import {
  type CheckedFile,
  checkLimits,
  type Gate,
  type GateLimits,
  judge,
  runGates,
  warningsGate,
} from '../analysis/gates.js';
import { type Command, EXIT, exitOf, text } from '../cli/command.js';
import { Loader } from '../cli/load.js';
import { gateOptions, readGateOptions, shared } from '../cli/options.js';
import { type Diagnostic, error, hasErrors, keepFirst, warning } from '../diagnostics/diagnostic.js';
import { openCatalogue } from '../files/catalogue.js';
import { CONFIG_NAME, type Config, findConfig, openConfig } from '../files/config.js';
import { inspect } from '../files/inspect.js';
import { type OpenReading, openLeague, openReading } from '../files/open.js';
import { expandFiles } from '../files/paths.js';
import type { League } from '../ranking/league.js';
import { placeResult, rivalsOfResult } from '../ranking/standings.js';
import { formatNames } from '../render/formats.js';
import { lacksOf, withGroup } from '../scoring/group.js';
import type { ReadingResult } from '../scoring/result.js';
import { score } from '../scoring/score.js';
import { Acceptance } from './accept.js';
import { presentCheck } from './check-view.js';

const NO_CONFIG: Config = {
  folder: '.',
  files: [],
  catalogue: undefined,
  league: undefined,
  baseline: undefined,
  strict: false,
  maxWarnings: undefined,
  gates: {},
  accept: [],
  locate: (diagnostics) => [...diagnostics],
  columns: {},
};

/** Each reading with what its group says; it is the group of all that are checked at once. */
const groupedOf = (alone: readonly OpenReading[]): Map<OpenReading, OpenReading> =>
  new Map(withGroup(alone).map((one, i) => [alone[i]!, one]));

const command: Command = {
  arguments: [{ name: 'files', syntax: '[file...]' }],
  options: [
    ...gateOptions,
    { name: 'baseline', flags: '--baseline <file>' },
    { name: 'config', flags: '--config <file>' },
    shared.league,
    shared.catalogue,
  ],
  formats: formatNames,
  examples: [
    'cchc check fixtures/nhu-xuan-2022.yaml --min-score 85',
    'cchc check "data/**/*.yaml" --max-rank 20 --confidence 0.9 --league league.yaml',
    'cchc check --format sarif --output cchc.sarif',
  ],
  async run(names, options, session) {
    const loader = new Loader(options, session);
    const asked = readGateOptions(options);
    if (asked.diagnostics.length > 0) return { diagnostics: asked.diagnostics, exit: EXIT.usage };
    const configFile = text(options.config) ?? findConfig(process.cwd());
    const config = configFile === null ? NO_CONFIG : loader.take(await openConfig(configFile));
    if (!config) return loader.refusal();
    const ownNames = names.length > 0;
    if (!ownNames && config.files.length === 0) {
      return {
        diagnostics: [error('missing-argument', { name: `file, ${CONFIG_NAME}: files` })],
        exit: EXIT.usage,
      };
    }
    const files = loader.take(
      await (ownNames ? expandFiles(names, process.cwd()) : expandFiles(config.files, config.folder)),
    );
    const scheme = text(options.catalogue) ?? config.catalogue;
    const override = scheme === undefined ? undefined : loader.take(await openCatalogue(scheme));
    const leagueFile = text(options.league) ?? config.league;
    const league = leagueFile === undefined ? null : (loader.take(await openLeague(leagueFile)) ?? null);
    const baselineFile = text(options.baseline) ?? config.baseline;
    const baseline =
      baselineFile === undefined ? null : (loader.take(await openReading(baselineFile, override)) ?? null);
    if (!files || loader.failed) return loader.refusal();

    const before = baseline && score(baseline.reading, baseline.catalogue);
    const limits: GateLimits = { ...config.gates, ...asked.limits };
    const evidence = String(limits.require_evidence) === 'true';
    const strict = session.strict || config.strict;
    const acceptance = new Acceptance(config, configFile, session);
    acceptance.knows(override);
    const cache = new Map();
    const checked: CheckedFile[] = [];
    const gates: Gate[] = [];
    const usage: Diagnostic[] = [];
    const looked = [];
    for (const file of files) looked.push({ file, parts: await inspect(file, override, cache) });
    const inGroup = groupedOf(looked.flatMap(({ parts }) => parts.flatMap(({ opened }) => opened ?? [])));
    for (const { file, parts } of looked) {
      const found: Diagnostic[] = [];
      for (const { diagnostics, opened: alone, catalogue, locate } of parts) {
        const more: Diagnostic[] = [];
        const opened = alone && (inGroup.get(alone) ?? alone);
        if (opened) {
          more.push(...lacksOf(opened).map(({ id, path, wants }) => warning(`needs-${wants}`, { id }, path)));
          more.push(...evidenceProblems(opened, evidence));
          if (strict) more.push(...loader.assumedIn(opened));
          if (baseline) more.push(...movedFar(opened.reading, baseline.reading, opened.catalogue));
        }
        const all = [...diagnostics, ...locate(more)];
        const shown = acceptance.apply(all, catalogue);
        for (const d of shown) found.push(d);
        if (!opened || hasErrors(all)) continue;
        const accepted = shown.filter((d) => d.code === 'evidence-missing' && d.accepted).length;
        const judged = judgeReading(opened, limits, league, before, accepted);
        usage.push(...judged.usage);
        gates.push(...judged.gates.map((g) => ({ file, ...g })));
      }
      const told = session.explainInput ? found : found.filter((d) => d.code !== 'read-as');
      checked.push({ file, diagnostics: told });
    }
    const { errors, checked: ofConfig } = acceptance.end();
    if (errors.length > 0) return { diagnostics: [...loader.diagnostics, ...errors], exit: EXIT.input };
    checked.push(...ofConfig);
    if (usage.length > 0) return { diagnostics: [...loader.diagnostics, ...usage], exit: EXIT.usage };
    const most = asked.maxWarnings ?? config.maxWarnings;
    if (most !== undefined) gates.push(warningsGate(checked, most));
    const kept = checked.map(({ file, diagnostics }) => ({ file, diagnostics: [...keepFirst(diagnostics)] }));
    const check = judge(kept, gates);
    return {
      presentation: presentCheck(check, session.messages),
      diagnostics: loader.diagnostics,
      exit: exitOf(check.verdict),
    };
  },
};

function judgeReading(
  { reading, catalogue }: OpenReading,
  limits: GateLimits,
  league: League | null,
  baseline: ReadingResult | null,
  /** Entries whose lack of evidence is accepted. */
  accepted: number,
): { gates: Gate[]; usage: Diagnostic[] } {
  const result = score(reading, catalogue);
  const rivals = league ? rivalsOfResult(league, result) : null;
  const rank = rivals?.ok ? placeResult(rivals.value, result) : null;
  const lacking = unproven({ reading, catalogue }).length - accepted;
  const input = { file: '', result, rank, baseline, unproven: lacking };
  const usage = [...(rivals && !rivals.ok ? rivals.diagnostics : []), ...checkLimits(limits, input)];
  return { gates: usage.length > 0 ? [] : runGates(limits, input), usage };
}

/** Ids of entries without evidence; what is not applicable needs none. */
function unproven({ reading, catalogue }: Pick<OpenReading, 'reading' | 'catalogue'>): string[] {
  return catalogue.criteria
    .filter(({ id }) => {
      const entry = reading.entries.get(id);
      return entry && entry.evidence.length === 0 && !entry.notApplicable;
    })
    .map((c) => c.id);
}

/** Entries without evidence, and evidence files that are not there. */
function evidenceProblems({ reading, catalogue, file }: OpenReading, required: boolean): Diagnostic[] {
  const without = unproven({ reading, catalogue });
  const folder = file === '-' ? process.cwd() : dirname(resolve(file));
  return catalogue.criteria.flatMap((c) => {
    const entry = reading.entries.get(c.id);
    if (!entry) return [];
    const lacks = required && without.includes(c.id);
    return [
      ...(lacks ? [warning('evidence-missing', { id: c.id, wants: c.evidence }, entry.path)] : []),
      ...entry.evidence.flatMap((e, i) =>
        e.file && !existsSync(resolve(folder, e.file))
          ? [warning('evidence-not-found', { file: e.file }, [...entry.path, 'evidence', i, 'file'])]
          : [],
      ),
    ];
  });
}

export default command;
