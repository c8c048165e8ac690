import { existsSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { movedFar } from '../analysis/compare.js';
import {
  type Check,
  type CheckedFile,
  checkLimits,
  type Gate,
  type GateLimits,
  judge,
  runGates,
  warningsGate,
} from '../analysis/gates.js';
import { type Diagnostic, error, hasErrors, keepFirst, warning } from '../diagnostics/diagnostic.js';
import { catalogueFile, openCatalogue } from '../files/catalogue.js';
import { CONFIG_NAME, type Config, findConfig, openConfig } from '../files/config.js';
import { inspect, inspectExamples } from '../files/inspect.js';
import { type OpenReading, openLeague, openReading } from '../files/open.js';
import { expandFiles } from '../files/paths.js';
import type { League } from '../ranking/league.js';
import { placeResult, rivalsOfResult } from '../ranking/standings.js';
import { answerOf } from '../render/answer.js';
import { type Field, tableOf, valuesOf } from '../render/field.js';
import { formatNames } from '../render/formats.js';
import {
  type Block,
  type Finding,
  factsOf,
  listOf,
  type Presentation,
  type Table,
  type Tone,
  textOf,
} from '../render/presentation.js';
import { assumptionRows } from '../render/words.js';
import { missingReferences, withGroup } from '../scoring/group.js';
import type { ReadingResult } from '../scoring/result.js';
import { score } from '../scoring/score.js';
import { diagnosticText, type Messages } from '../text/index.js';
import { Acceptance } from './shared/acceptance.js';
import { type Command, EXIT, exitOf, misuse, outcomeOf, text } from './shared/command.js';
import { Loader } from './shared/load.js';
import { gateOptions, readGateOptions, shared } from './shared/options.js';

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
    if (asked.diagnostics.length > 0) return misuse(asked.diagnostics);
    const configFile = text(options.config) ?? findConfig(process.cwd());
    const config = configFile === null ? NO_CONFIG : loader.takeSound(await openConfig(configFile));
    if (config && loader.failed && names.length === 0 && config.files.length === 0) return loader.refusal();
    if (!config) return loader.refusal();
    const named = names.length > 0;
    if (!named && config.files.length === 0) {
      return {
        diagnostics: [error('missing-argument', { name: `file, ${CONFIG_NAME}: files` })],
        exit: EXIT.usage,
      };
    }
    const files = loader.take(
      await (named ? expandFiles(names, process.cwd()) : expandFiles(config.files, config.folder)),
    );
    const scheme = text(options.catalogue) ?? config.catalogue;
    const override = scheme === undefined ? undefined : loader.take(await openCatalogue(scheme));
    const schemeFile = scheme === undefined ? undefined : catalogueFile(scheme, process.cwd());
    const leagueFile = text(options.league) ?? config.league;
    const league = leagueFile === undefined ? null : (loader.take(await openLeague(leagueFile)) ?? null);
    const baselineFile = text(options.baseline) ?? config.baseline;
    const baseline =
      baselineFile === undefined ? null : (loader.take(await openReading(baselineFile, override)) ?? null);
    if (!files || (scheme !== undefined && !override)) return loader.refusal();

    const before = baseline && score(baseline.reading, baseline.catalogue);
    const limits: GateLimits = { ...config.gates, ...asked.limits };
    const evidence = limits.require_evidence === true;
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
    // A catalogue that is itself among the files has had its examples tried.
    const tried = new Set(
      looked.flatMap(({ parts }) =>
        parts.flatMap((p) => (p.kind === 'catalogue' ? (p.catalogue?.id ?? []) : [])),
      ),
    );
    for (const { file, parts } of looked) {
      const ofFile: Diagnostic[] = [];
      for (const { diagnostics, opened: alone, catalogue, catalogueFile: named, locate } of parts) {
        const more: Diagnostic[] = [];
        const opened = alone && (inGroup.get(alone) ?? alone);
        if (opened) {
          more.push(
            ...missingReferences(opened).map(({ id, path, wants }) =>
              warning(`needs-${wants}`, { id }, path),
            ),
          );
          more.push(...evidenceProblems(opened, evidence));
          if (strict) more.push(...loader.assumedIn(opened));
          if (baseline) more.push(...movedFar(opened.reading, baseline.reading, opened.catalogue));
        }
        const untried = opened && !tried.has(opened.catalogue.id);
        if (opened) tried.add(opened.catalogue.id);
        const examples = untried ? await inspectExamples(opened.catalogue, schemeFile ?? named) : [];
        const all = [...diagnostics, ...locate(more), ...examples];
        const shown = acceptance.apply(all, catalogue);
        for (const d of shown) ofFile.push(d);
        if (!opened || hasErrors(all) || loader.failed) continue;
        const accepted = shown.filter((d) => d.code === 'evidence-missing' && d.accepted).length;
        const judged = judgeReading(opened, limits, league, before, accepted);
        usage.push(...judged.usage);
        gates.push(...judged.gates.map((g) => ({ file, ...g })));
      }
      const told = session.explainInput ? ofFile : ofFile.filter((d) => d.code !== 'read-as');
      checked.push({ file, diagnostics: told });
    }
    const { errors, checked: ofConfig } = acceptance.end();
    if (loader.failed || errors.length > 0)
      return { diagnostics: [...loader.diagnostics, ...errors], exit: EXIT.input };
    checked.push(...ofConfig);
    if (usage.length > 0) return misuse([...loader.diagnostics, ...usage]);
    const most = asked.maxWarnings ?? config.maxWarnings;
    if (most !== undefined) gates.push(warningsGate(checked, most));
    const kept = checked.map(({ file, diagnostics }) => ({ file, diagnostics: [...keepFirst(diagnostics)] }));
    const check = judge(kept, gates);
    return outcomeOf(presentCheck(check, session.messages), loader.diagnostics, exitOf(check.verdict));
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

const TONES: Record<Finding['severity'], Tone> = { error: 'bad', warning: 'warn', note: 'dim' };

function findingOf(d: Diagnostic, file: string, messages: Messages): Finding {
  const { message, hint } = diagnosticText(d, messages);
  const { place } = d;
  return {
    file: place?.file ?? file,
    line: place?.line ?? null,
    column: place?.column ?? null,
    severity: d.severity,
    code: d.code,
    message,
    hint: d.accepted
      ? messages.labels.check.acceptedFor(d.accepted.reason, d.accepted.until)
      : (hint ?? null),
    ...(d.accepted && { accepted: d.accepted }),
  };
}

const actualText = ({ actual }: Gate, { numbers }: Messages) =>
  actual === null ? '–' : numbers.number(actual, 4);

/** A limit with its side: what is filled in and what is scored may not be less, all else not more. */
const limitText = ({ name, limit }: Gate, { numbers }: Messages) =>
  `${/^(filled-in|min-)/.test(name) ? '≥' : '≤'} ${numbers.number(limit, 4)}`;

/** A gate that did not hold, as a complaint about its file. */
function gateFinding(gate: Gate, files: readonly string[], messages: Messages): Finding {
  const params = {
    gate: messages.labels.check.gateName(gate.name),
    actual: actualText(gate, messages),
    limit: limitText(gate, messages),
  };
  return { ...findingOf(error('gate-failed', params), gate.file ?? files[0] ?? '-', messages), line: 1 };
}

/** A check's verdict, its files and its gates. */
export function presentCheck(check: Check, messages: Messages): Presentation {
  const { labels } = messages;
  const files = check.files.map((f) => f.file);
  const perFile = check.files.map((f) => ({
    file: f.file,
    items: f.diagnostics.map((d) => findingOf(d, f.file, messages)),
  }));
  const all = perFile.flatMap((f) => f.items);
  const failed = check.gates.filter((g) => !g.pass);
  const assumptions = new Set(check.gates.flatMap((g) => g.assumptions ?? []));
  const json = {
    schema: 'cchc/check@1',
    verdict: check.verdict,
    files: perFile.map(({ file, items }) => ({
      file,
      diagnostics: items.map((i) => ({
        severity: i.severity,
        code: i.code,
        message: i.message,
        line: i.line,
        column: i.column,
        hint: i.hint,
        ...(i.accepted && { accepted: i.accepted }),
        ...(i.file !== file && { file: i.file }),
      })),
    })),
    gates: check.gates,
  };
  const count = (severity: string) => all.filter((i) => i.severity === severity).length;
  const summary = labels.check.summary(files.length, count('error'), count('warning'));
  const fine = perFile.filter((f) => f.items.length === 0);
  const items = [...all, ...failed.map((g) => gateFinding(g, files, messages))];
  const worst = items.find((i) => i.severity === 'error') ?? items.find((i) => !i.accepted);
  const fields = complaintFields(messages);
  const blocks = listOf<Block>([
    answerOf(`${labels.check.verdict}: ${labels.check[check.verdict]} (${summary})`, [
      check.gates.length > 0 && {
        label: labels.check.gates,
        text: labels.check.held(check.gates.length - failed.length, check.gates.length),
        tone: failed.length > 0 ? 'bad' : 'good',
      },
      worst && [
        { label: labels.check.firstOf, text: worst.message, tone: TONES[worst.severity] },
        {
          label: labels.columns.file,
          text: [worst.file, worst.line, worst.column].filter((part) => part !== null).join(':'),
        },
      ],
      worst?.hint && { label: labels.answer.next, text: worst.hint },
    ]),
    fine.map((f) => textOf(labels.check.fine(f.file), 'dim')),
    all.length > 0 && tableOf(fields, items),
    check.gates.length > 0 && gatesTable(check.gates, messages),
    assumptions.size > 0 && factsOf(assumptionRows([...assumptions], messages)),
  ]);
  const data = valuesOf(fields, items);
  return { json, blocks, data, findings: { passed: check.verdict === 'pass', files, items } };
}

/** Complaints for people; failed gates have their own table there, and join the data. */
function complaintFields({ labels }: Messages): Field<Finding>[] {
  const say = labels.columns;
  return [
    { key: 'file', title: say.file, flexible: true, text: (i) => i.file },
    {
      key: 'line',
      title: say.line,
      align: 'right',
      text: (i) => (i.line === null ? '' : `${i.line}:${i.column ?? 1}`),
      value: (i) => i.line,
    },
    {
      key: 'severity',
      title: say.severity,
      text: (i) => (i.accepted ? labels.check.accepted : labels.severity[i.severity]),
      value: (i) => (i.accepted ? 'accepted' : i.severity),
      tone: (i) => (i.accepted ? 'dim' : TONES[i.severity]),
    },
    { key: 'code', title: say.code, flexible: true, text: (i) => i.code },
    { key: 'message', title: say.message, flexible: true, text: (i) => i.message },
    { key: 'hint', title: say.hint, flexible: true, text: (i) => i.hint ?? '', value: (i) => i.hint },
  ];
}

function gatesTable(gates: readonly Gate[], messages: Messages): Table {
  const { labels } = messages;
  const say = labels.columns;
  const fields: Field<Gate>[] = [
    { key: 'gate', title: say.gate, flexible: true, text: (g) => labels.check.gateName(g.name) },
    { key: 'file', title: say.file, flexible: true, text: (g) => g.file ?? '' },
    { key: 'actual', title: say.actual, align: 'decimal', text: (g) => actualText(g, messages) },
    { key: 'limit', title: say.limit, align: 'decimal', text: (g) => limitText(g, messages) },
    {
      key: 'result',
      title: say.result,
      text: (g) => labels.check[g.pass ? 'pass' : 'fail'],
      tone: (g) => (g.pass ? 'good' : 'bad'),
    },
  ];
  return tableOf(fields, gates, { title: labels.check.gates });
}

export default command;
