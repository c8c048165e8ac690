import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { movedFar } from '../analysis/compare.js';
import { checkLimits, type Gate, type GateLimits, runGates } from '../analysis/gates.js';
import { catalogueFile, openCatalogue, untoldAfter } from '../files/catalogue.js';
import { CONFIG_NAME, type Config } from '../files/config.js';
import { inspect, inspectExamples } from '../files/inspect.js';
import { type OpenReading, openLeague, openReading } from '../files/open.js';
import { expandFiles, folderOf, shorter } from '../files/paths.js';
import type { League } from '../ranking/league.js';
import { placeResult, rivalsOfResult } from '../ranking/standings.js';
import { formatNames } from '../render/formats.js';
import { missingReferences, withGroup } from '../scoring/group.js';
import type { ReadingResult } from '../scoring/result.js';
import { score } from '../scoring/score.js';
import { type Diagnostic, error, hasErrors, warning } from '../values/diagnostic.js';
import type { Fraction } from '../values/fraction.js';
import { pointsToNumber } from '../values/points.js';
import { sameUnit } from '../values/unit.js';
import { typedAt } from './shared/assignments.js';
import { assumedIn, type Call } from './shared/call.js';
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
  { name: 'maxAssumed', flags: '--max-assumed <points>', key: 'max_assumed_points', unit: 'points' },
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
    const [names, folder] = call.args.length > 0 ? [call.args, process.cwd()] : [config.files, config.folder];
    if (names.length === 0) {
      call.settle();
      call.refuse(error('missing-argument', { name: `file, ${CONFIG_NAME}: files` }));
    }
    const files = call.take(await expandFiles(names, folder));
    const scheme = call.text('catalogue') ?? catalogueOf(config);
    const override = await call.opened(scheme, openCatalogue);
    const leagueFile = call.text('league') ?? (config.league && shorter(config.league));
    const league = await call.opened(leagueFile, openLeague);
    const baseline = await call.opened(
      call.text('baseline') ?? (config.baseline && shorter(config.baseline)),
      (file) => openReading(file, scheme),
    );
    if (!files || (scheme !== undefined && !override)) call.settle();

    const schemeFile = scheme === undefined ? undefined : catalogueFile(scheme, process.cwd());
    const before = baseline && score(baseline.reading, baseline.catalogue);
    const limits = { ...config.gates, ...asked, ...perName(config.gates, asked) };
    const set = call.text('catalogue') === undefined ? schemeFile : undefined;
    // What there is to say of the files that readings are held against.
    const besides = baseline && limits.no_regression ? [...unheld(baseline), ...renamed(baseline, set)] : [];
    const strict = call.has('strict') || config.strict;
    if (override) findings.knows(override);
    const gates: Gate[] = [];
    const looked = [];
    for (const file of files ?? []) looked.push({ file, parts: await inspect(file, scheme, call.schemes) });
    const inGroup = groupedOf(looked.flatMap(({ parts }) => parts.flatMap(({ opened }) => opened ?? [])));
    // A catalogue that is itself among the files has had its examples tried.
    const tried = new Set(
      looked.flatMap(({ parts }) =>
        parts.flatMap((p) => (p.kind === 'catalogue' && p.catalogue ? resolve(p.file) : [])),
      ),
    );
    for (const { file, parts } of looked) {
      const ofFile: Diagnostic[] = [];
      for (const { diagnostics, opened: alone, catalogue, catalogueFile: named, locate } of parts) {
        const opened = alone && (inGroup.get(alone) ?? alone);
        const more = opened
          ? [
              ...missingReferences(opened).map((m) => warning(`needs-${m.wants}`, { id: m.id }, m.path)),
              ...evidenceProblems(opened, limits.require_evidence === true),
              ...(strict ? assumedIn(opened, call.messages) : []),
              ...overridden(opened, set, named),
              ...(baseline ? leaps(opened, baseline) : []),
            ]
          : [];
        const source = schemeFile ?? named;
        const its = opened && (source === null ? opened.catalogue.id : resolve(source));
        const untried = its !== null && !tried.has(its);
        if (its !== null) tried.add(its);
        const examples = opened && untried ? await inspectExamples(opened.catalogue, source) : [];
        const all = [...diagnostics, ...locate(more), ...examples];
        const shown = findings.accepted(all, catalogue);
        for (const d of shown) if (call.has('explainInput') || d.code !== 'read-as') ofFile.push(d);
        if (!opened || hasErrors(all) || call.failed) continue;
        const accepted = shown.filter((d) => d.code === 'evidence-missing' && d.accepted).length;
        const judged = judgeReading(opened, limits, league, before, accepted);
        // What one file's catalogue lacks another's may have; an option is lacking for all.
        call.misused(judged.usage.map((d) => (d.code === 'needs-option' ? d : { place: { file }, ...d })));
        for (const d of judged.told) besides.push({ ...d, place: { file: leagueFile! } });
        const { unit, year } = opened.reading;
        const which = parts.length > 1 ? { file, unit, year } : { file };
        gates.push(...judged.gates.map((g) => ({ ...which, ...g })));
      }
      findings.add(file, ofFile);
    }
    // What the call asks for, or the config for its own files, is held by none where no reading is among them.
    const heldTo = call.args.length > 0 ? asked : limits;
    const parts = looked.flatMap((one) => one.parts);
    const sound = parts.every(({ opened, diagnostics }) => !opened && !hasErrors(diagnostics));
    if (sound && Object.values(heldTo).some(Boolean)) call.misused(error('gates-without-reading', {}));
    for (const d of besides.filter(untoldAfter([])))
      findings.add(d.place!.file, findings.accepted([d], null));
    return findings.judge(gates, mostWarnings ?? config.maxWarnings);
  },
};

export default command;

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
  limits: GateLimits,
  league: League | null,
  baseline: ReadingResult | null,
  /** Entries whose lack of evidence is accepted. */
  accepted: number,
): { gates: Gate[]; usage: Diagnostic[]; told: readonly Diagnostic[] } {
  const result = score(reading, catalogue);
  const rivals = league ? rivalsOfResult(league, result) : null;
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
function overridden(
  { named, catalogue }: OpenReading,
  set: string | undefined,
  its: string | null,
): Diagnostic[] {
  if (named === null || !set || !its || resolve(set) === resolve(its)) return [];
  return [warning('catalogue-of-config', { named, config: catalogue.id }, ['catalogue'])];
}

/** The same of the baseline, at its file. */
const renamed = (baseline: OpenReading, set: string | undefined): Diagnostic[] => {
  const { named, file } = baseline;
  const its = named === null ? undefined : catalogueFile(named, folderOf(file));
  return overridden(baseline, set, its ?? null).map((d) => ({ ...d, place: { file } }));
};

/** What the baseline does not know of its group or its last year: nothing can have fallen from there. */
const unheld = (baseline: OpenReading): Diagnostic[] =>
  missingReferences(baseline).map(({ id, path, wants }) => ({
    ...warning(`needs-${wants}`, { id }, path),
    place: baseline.places.get(id) ?? { file: baseline.file },
  }));

/** What moved far since the baseline, and that it is another unit's, or of another scale. */
function leaps(opened: OpenReading, baseline: OpenReading): Diagnostic[] {
  const params = { unit: opened.reading.unit, baseline: baseline.reading.unit };
  const [scale, before] = [opened, baseline].map(({ catalogue: { scale, decimals } }) =>
    String(pointsToNumber(scale, decimals)),
  ) as [string, string];
  return [
    ...(sameUnit(opened.reading, baseline.reading)
      ? []
      : [warning('baseline-of-other-unit', params, ['unit'])]),
    ...(scale === before
      ? []
      : [warning('baseline-of-other-scale', { scale, baseline: before }, ['catalogue'])]),
    ...movedFar(opened, baseline),
  ];
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
  const folder = folderOf(file);
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
