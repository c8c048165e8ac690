import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { movedFar } from '../analysis/compare.js';
import { checkLimits, type Gate, type GateLimits, runGates } from '../analysis/gates.js';
import { catalogueFile, openCatalogue, untoldAfter } from '../files/catalogue.js';
import { CONFIG_NAME, type Config } from '../files/config.js';
import { type Inspected, inspect, inspectExamples } from '../files/inspect.js';
import { type OpenReading, openReading } from '../files/open.js';
import { expandFiles, folderOf, shorter } from '../files/paths.js';
import { placeResult, rivalsOfResult } from '../ranking/standings.js';
import type { CataloguedReading } from '../reading/reading.js';
import { formatNames } from '../render/formats.js';
import { listOf } from '../render/presentation.js';
import { withGroup } from '../scoring/group.js';
import { score } from '../scoring/score.js';
import { type Diagnostic, error, hasErrors, warning } from '../values/diagnostic.js';
import type { Fraction } from '../values/fraction.js';
import { pointsToNumber } from '../values/points.js';
import { sameUnit } from '../values/unit.js';
import { typedAt } from './shared/assignments.js';
import { assumedIn, assumedInLeague, type Call, unheld } from './shared/call.js';
import type { Command, OptionSpec } from './shared/command.js';
import { Findings } from './shared/findings.js';
import { decimalOf, shared } from './shared/options.js';

/** Gates of one number: the option, the same gate under `gates` in the config file, and what its number is of. */
const NUMBER_GATES = [
  { name: 'minScore', flags: '--min-score <points>', key: 'min_score', unit: 'points' },
  { name: 'minIndex', flags: '--min-index <percent>', key: 'min_index', unit: 'percent' },
  { name: 'maxDeduction', flags: '--max-deduction <points>', key: 'max_deduction', unit: 'points' },
  { name: 'maxRank', flags: '--max-rank <rank>', key: 'max_rank', unit: 'rank' },
  { name: 'confidence', flags: '--confidence <probability>', key: 'confidence', unit: 'share' },
  {
    name: 'maxAssumedPoints',
    flags: '--max-assumed-points <points>',
    key: 'max_assumed_points',
    unit: 'points',
  },
] as const satisfies readonly { key: keyof GateLimits; [more: string]: string }[];

/** Gates as options. */
const gateOptions: OptionSpec[] = [
  ...NUMBER_GATES.map(({ name, flags }) => ({ name, flags })),
  { name: 'maxCriterion', flags: '--max-criterion <id=points>', repeat: true },
  { name: 'maxOwner', flags: '--max-owner <owner=points>', repeat: true },
  { name: 'requireComplete', flags: '--require-complete' },
  { name: 'requireEvidence', flags: '--require-evidence' },
  { name: 'noRegression', flags: '--no-regression [tolerance]' },
  { name: 'maxWarnings', flags: '--max-warnings <count>' },
];

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
  async run(call) {
    const asked = askedLimits(call);
    const mostWarnings = call.count('maxWarnings', 0);
    call.settle();
    const findings = await Findings.open(call);
    const { config } = findings;
    const files = await filesOf(call, config);
    const held = await yardstickOf(call, config, asked);
    if (!files || (held.scheme !== undefined && !held.override)) call.settle();

    const { baseline, limits, set } = held;
    // What there is to say of the files that readings are held against: nothing can have fallen from what is not known.
    const besides = baseline && limits.no_regression ? [...unheld(baseline), ...renamed(baseline, set)] : [];
    if (held.override) findings.knows(held.override);
    const gates: Gate[] = [];
    const looked: { file: string; parts: Inspected[] }[] = [];
    for (const file of files ?? [])
      looked.push({ file, parts: await inspect(file, held.scheme, call.schemes) });
    const every = looked.flatMap(({ parts }) => parts);
    const inGroup = groupedOf(every.flatMap(({ opened }) => opened ?? []));
    // A catalogue that is itself among the files has had its examples tried.
    const tried = new Set(
      every.flatMap((p) => (p.kind === 'catalogue' && p.catalogue ? resolve(p.file) : [])),
    );
    for (const { file, parts } of looked) {
      const ofFile: Diagnostic[] = [];
      for (const part of parts) {
        const opened = part.opened && (inGroup.get(part.opened) ?? part.opened);
        const { shown, sound, accepted } = await findingsOf(part, opened, held, tried, findings);
        for (const d of shown) if (call.has('explainInput') || d.code !== 'read-as') ofFile.push(d);
        if (!opened || !sound || call.failed) continue;
        const judged = judgeReading(opened, held, accepted);
        // What one file's catalogue lacks another's may have; an option is lacking for all.
        call.misused(judged.usage.map((d) => (d.code === 'needs-option' ? d : { place: { file }, ...d })));
        for (const d of judged.told) besides.push({ ...d, place: { file: held.leagueFile! } });
        const { unit, year } = opened.reading;
        const which = parts.length > 1 ? { file, unit, year } : { file };
        gates.push(...judged.gates.map((g) => ({ ...which, ...g })));
      }
      findings.add(file, ofFile);
    }
    // What the call asks for, or the config for its own files, is held by none where no reading is among them.
    const heldTo = call.args.length > 0 ? asked : limits;
    const sound = every.every(({ opened, diagnostics }) => !opened && !hasErrors(diagnostics));
    if (sound && Object.values(heldTo).some(Boolean)) call.misused(error('gates-without-reading', {}));
    for (const d of besides.filter(untoldAfter([])))
      findings.add(d.place!.file, findings.accepted([d], null));
    return findings.judge(gates, mostWarnings ?? config.maxWarnings);
  },
};

export default command;

/** The files that are named, else those of the config; undefined when some are not there. */
async function filesOf(call: Call, config: Config) {
  const [names, folder] = call.args.length > 0 ? [call.args, process.cwd()] : [config.files, config.folder];
  if (names.length === 0) {
    call.settle();
    call.refuse(error('missing-argument', { name: `file, ${CONFIG_NAME}: files` }));
  }
  return call.take(await expandFiles(names, folder));
}

/** What each reading is held against, as options and config say. */
type Yardstick = Awaited<ReturnType<typeof yardstickOf>>;

async function yardstickOf(call: Call, config: Config, asked: GateLimits) {
  const scheme = call.text('catalogue') ?? catalogueOf(config);
  const override = await call.opened(scheme, openCatalogue);
  const leagueFile = call.text('league') ?? (config.league && shorter(config.league));
  const strict = call.has('strict') || config.strict;
  const league = await call.opened(leagueFile, (file) => call.openLeague(file, strict));
  const baselineFile = call.text('baseline') ?? (config.baseline && shorter(config.baseline));
  const baseline = await call.opened(baselineFile, (file) => openReading(file, scheme));
  const schemeFile = scheme === undefined ? null : (catalogueFile(scheme, process.cwd()) ?? null);
  return {
    scheme,
    override,
    schemeFile,
    /** The catalogue that the config sets, where no option does. */
    set: call.text('catalogue') === undefined ? schemeFile : null,
    league,
    leagueFile,
    baseline,
    before: baseline && score(baseline.reading, baseline.catalogue),
    limits: { ...config.gates, ...asked, ...perName(config.gates, asked) },
    strict,
    messages: call.messages,
  };
}

/** What is found in a document: what it says itself, then its reading in its group, its evidence, its catalogue, the baseline. */
async function findingsOf(
  { file, diagnostics, locate, catalogue, league, catalogueFile: its }: Inspected,
  opened: OpenReading | null,
  { limits, strict, set, baseline, schemeFile, messages }: Yardstick,
  tried: Set<string>,
  findings: Findings,
) {
  const more = opened
    ? [
        ...unheld(opened),
        ...evidenceProblems(opened, limits.require_evidence === true),
        ...overridden(opened, set, its),
        ...(baseline ? leaps(opened, baseline) : []),
      ]
    : [];
  if (strict && catalogue) more.push(...assumedIn(opened ?? { catalogue, file }, messages));
  if (strict && league) more.push(...assumedInLeague(league, file, messages));
  const examples = opened ? await examplesOf(opened, schemeFile ?? its, tried) : [];
  const all = [...diagnostics, ...locate(more), ...examples];
  const shown = findings.accepted(all, catalogue);
  const accepted = shown.filter((d) => d.code === 'evidence-missing' && d.accepted).length;
  return { shown, sound: !hasErrors(all), accepted };
}

/** What the examples of a reading's catalogue say, unless they have been tried. */
async function examplesOf({ catalogue }: OpenReading, source: string | null, tried: Set<string>) {
  const which = source === null ? catalogue.id : resolve(source);
  if (tried.has(which)) return [];
  tried.add(which);
  return inspectExamples(catalogue, source);
}

/** Limits of single criteria and lead units: those of the config stand where an option does not name the same. */
const perName = (config: GateLimits, asked: GateLimits): GateLimits =>
  Object.fromEntries(
    (['criteria', 'owners'] as const).flatMap((key) =>
      config[key] || asked[key] ? [[key, { ...config[key], ...asked[key] }]] : [],
    ),
  );

/** Gates that the options ask for. */
function askedLimits(call: Call): GateLimits {
  const pairs = (option: '--max-criterion' | '--max-owner', written: string[]) => {
    const limits = new Map<string, { max_deduction: Fraction }>();
    for (const one of written) {
      const at = one.lastIndexOf('=');
      const name = one.slice(0, Math.max(at, 0)).trim();
      const limit = name === '' ? undefined : call.asked(decimalOf(option, one.slice(at + 1), 'points', one));
      if (name === '') call.misused(error('bad-assignment', { option, value: one }));
      else if (limits.has(name)) call.misused(typedAt(error('duplicate-key', { key: name }), option, one));
      else if (limit) limits.set(name, { max_deduction: limit });
    }
    return limits.size > 0 && Object.fromEntries(limits);
  };
  // Commander calls an option that begins with `no-` by the rest of its name.
  const tolerance = call.text('regression') ?? (call.options.regression === false ? '0' : undefined);
  const given = {
    ...Object.fromEntries(
      NUMBER_GATES.map(({ name, key, unit }) => [
        key,
        unit === 'rank' ? call.count(name, 1) : call.decimal(name, unit),
      ]),
    ),
    require_complete: call.has('requireComplete'),
    require_evidence: call.has('requireEvidence'),
    criteria: pairs('--max-criterion', call.texts('maxCriterion')),
    owners: pairs('--max-owner', call.texts('maxOwner')),
    no_regression: tolerance && call.asked(decimalOf('--no-regression', tolerance, 'points')),
  };
  return Object.fromEntries(Object.entries(given).filter(([, limit]) => limit)) as GateLimits;
}

function judgeReading(
  { reading, catalogue }: OpenReading,
  { limits, league, before: baseline }: Yardstick,
  /** Entries whose lack of evidence is accepted. */
  accepted: number,
): { gates: Gate[]; usage: Diagnostic[]; told: readonly Diagnostic[] } {
  const result = score(reading, catalogue);
  const rivals = league && rivalsOfResult(league, result);
  const rank = rivals?.ok ? placeResult(rivals.value, result) : null;
  const lacking = unproven({ reading, catalogue }).length - accepted;
  const input = { file: '', result, rank, baseline, unproven: lacking };
  const usage = [...(rivals && !rivals.ok ? rivals.diagnostics : []), ...checkLimits(limits, input)];
  const told = rivals?.ok ? rivals.diagnostics : [];
  return { gates: usage.length > 0 ? [] : runGates(limits, input), usage, told };
}

/** The catalogue that a config names, as it is found from the config's folder. */
function catalogueOf({ catalogue, folder }: Config): string | undefined {
  const file = catalogue === undefined ? undefined : catalogueFile(catalogue, folder);
  return file !== undefined && existsSync(file) ? file : catalogue;
}

/** A reading that names another catalogue than the config holds it to. */
function overridden({ named, catalogue }: OpenReading, set: string | null, its: string | null): Diagnostic[] {
  if (named === null || !set || !its || resolve(set) === resolve(its)) return [];
  return [warning('catalogue-of-config', { named, config: catalogue.id }, ['catalogue'])];
}

/** The same of the baseline, at its file. */
function renamed(baseline: OpenReading, set: string | null): Diagnostic[] {
  const { named, file } = baseline;
  const its = named === null ? undefined : catalogueFile(named, folderOf(file));
  return overridden(baseline, set, its ?? null).map((d) => ({ ...d, place: { file } }));
}

/** What moved far since the baseline, and that it is another unit's, or of another scale. */
function leaps(opened: OpenReading, baseline: OpenReading): Diagnostic[] {
  const params = { unit: opened.reading.unit, baseline: baseline.reading.unit };
  const scaleOf = ({ catalogue: { scale, decimals } }: CataloguedReading) =>
    String(pointsToNumber(scale, decimals));
  const [scale, before] = [scaleOf(opened), scaleOf(baseline)];
  return listOf<Diagnostic>([
    !sameUnit(opened.reading, baseline.reading) && warning('baseline-of-other-unit', params, ['unit']),
    scale !== before && warning('baseline-of-other-scale', { scale, baseline: before }, ['catalogue']),
    movedFar(opened, baseline),
  ]);
}

/** Ids of entries without evidence; what is not applicable needs none. */
function unproven({ reading, catalogue }: CataloguedReading): string[] {
  return catalogue.criteria.flatMap(({ id }) => {
    const entry = reading.entries.get(id);
    return entry && entry.evidence.length === 0 && !entry.notApplicable ? [id] : [];
  });
}

/** Entries without evidence, and evidence files that are not there. */
function evidenceProblems(opened: OpenReading, required: boolean): Diagnostic[] {
  const without = required ? unproven(opened) : [];
  const folder = folderOf(opened.file);
  return opened.catalogue.criteria.flatMap(({ id, evidence: wants }) => {
    const { path = [], evidence = [] } = opened.reading.entries.get(id) ?? {};
    const lost = evidence.flatMap(({ file }, i) =>
      file && !existsSync(resolve(folder, file))
        ? [warning('evidence-not-found', { file }, [...path, 'evidence', i, 'file'])]
        : [],
    );
    return without.includes(id) ? [warning('evidence-missing', { id, wants }, path), ...lost] : lost;
  });
}
