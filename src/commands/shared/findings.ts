import { resolve } from 'node:path';
import { type Check, type CheckedFile, type Gate, judge, warningsGate } from '../../analysis/gates.js';
import { acceptFindings, checkWaivers, type Waiver, waiverOfError } from '../../analysis/waivers.js';
import type { Catalogue } from '../../catalogue/catalogue.js';
import { type Config, findConfig, openConfig } from '../../files/config.js';
import { expandFiles, shorter } from '../../files/paths.js';
import { answerOf } from '../../render/answer.js';
import { tableOf, type ViewField, valuesOf } from '../../render/field.js';
import {
  type Block,
  type Finding,
  factsOf,
  listOf,
  type Presentation,
  type Table,
  type Tone,
  textOf,
} from '../../render/presentation.js';
import { assumptionRows } from '../../render/words.js';
import { diagnosticText, type Messages } from '../../text/index.js';
import { type Diagnostic, error, hasErrors, keepFirst } from '../../values/diagnostic.js';
import { type Call, Refusal } from './call.js';
import { EXIT, type ExitCode, type Outcome } from './command.js';

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

const EXIT_OF: Record<Check['verdict'], ExitCode> = { pass: EXIT.fine, fail: EXIT.failed, error: EXIT.input };

/** What a check finds, file by file, held against the waivers of the project's config. */
export class Findings {
  private readonly checked: CheckedFile[] = [];
  private readonly ids = new Set<string>();
  private readonly refused = new Set<Waiver>();

  private constructor(
    private readonly call: Call,
    readonly config: Config,
    private readonly configFile: string,
    /** The config's files: where some are not looked at, a criterion that is unknown may be one of theirs. */
    private readonly ofConfig: readonly string[],
  ) {}

  /** Under the config that `--config` names, else the nearest one. What is sound of a faulty one is kept. */
  static async open(call: Call): Promise<Findings> {
    const nearest = findConfig(process.cwd());
    const file = call.text('config') ?? (nearest && shorter(nearest));
    if (file === null) return new Findings(call, NO_CONFIG, '', []);
    const opened = await openConfig(file);
    call.note(opened.diagnostics);
    const config = opened.ok ? opened.value : opened.partial;
    if (!config) throw new Refusal(EXIT.input);
    const files = config.accept.some(({ id }) => id !== null)
      ? await expandFiles(config.files, config.folder)
      : null;
    return new Findings(call, config, file, files?.ok ? files.value : []);
  }

  /** A catalogue whose criteria and fields waivers may name. */
  knows(catalogue: Catalogue): void {
    for (const { id } of [...catalogue.fields, ...catalogue.criteria]) this.ids.add(id);
  }

  /** What was found in one document, the accepted ones marked. */
  accepted(diagnostics: readonly Diagnostic[], catalogue: Catalogue | null): Diagnostic[] {
    if (catalogue) this.knows(catalogue);
    const ids = catalogue?.criteria.map((c) => c.id) ?? [];
    const { findings, refused } = acceptFindings(
      diagnostics,
      this.config.accept,
      ids,
      this.call.session.today,
    );
    for (const waiver of refused) this.refused.add(waiver);
    return findings;
  }

  /** What was found in a file. */
  add(file: string, diagnostics: Diagnostic[]): void {
    const before = this.checked.find((c) => c.file === file);
    if (before) before.diagnostics.push(...diagnostics);
    else this.checked.push({ file, diagnostics });
  }

  /** The verdict, once every file has been looked at; refuses what is wrong with the waivers. */
  judge(gates: readonly Gate[], mostWarnings: number | undefined): Outcome {
    const { messages, today } = this.call.session;
    const seen = new Set(this.checked.map(({ file }) => resolve(file)));
    const ids = this.ofConfig.every((file) => seen.has(resolve(file))) ? this.ids : new Set<string>();
    const problems = this.config.locate([
      ...checkWaivers(this.config.accept, Object.keys(messages.diagnostics), ids, today),
      ...[...this.refused].map(waiverOfError),
    ]);
    if (hasErrors(problems)) this.call.note(problems);
    // Where there is no verdict, what was found is told all the same.
    if (hasErrors(this.call.told))
      for (const { file, diagnostics } of this.checked)
        this.call.note(diagnostics.map((d) => (d.place ? d : { ...d, place: { file } })));
    this.call.settle();
    if (problems.length > 0) this.add(this.configFile, problems);
    const ofWarnings = mostWarnings === undefined ? [] : [warningsGate(this.checked, mostWarnings)];
    const kept = this.checked.map((c) => ({ ...c, diagnostics: [...keepFirst(c.diagnostics)] }));
    const check = judge(kept, [...gates, ...ofWarnings]);
    return { presentation: presentCheck(check, messages), exit: EXIT_OF[check.verdict] };
  }
}

const TONES: Record<Finding['severity'], Tone> = { error: 'bad', warning: 'warn', note: 'dim' };

function findingOf(d: Diagnostic, file: string, messages: Messages): Finding {
  const { message, hint } = diagnosticText(d, messages);
  const { place } = d;
  const at = place?.file ?? file;
  return {
    file: at,
    path: at.startsWith(`${file}#`) ? file : at,
    severity: d.severity,
    code: d.code,
    message,
    line: place?.line ?? null,
    column: place?.column ?? null,
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

/** The reading that a gate judged, of a file that holds several. */
const readingOf = ({ unit, year }: Gate) => (unit === undefined ? '' : `${unit} ${year}`);

/** A gate that did not hold, as a complaint about its file. */
function gateFinding(gate: Gate, files: readonly string[], messages: Messages): Finding {
  const params = {
    gate: [messages.labels.check.gateName(gate.name), readingOf(gate)].filter(Boolean).join(' · '),
    actual: actualText(gate, messages),
    limit: limitText(gate, messages),
  };
  return { ...findingOf(error('gate-failed', params), gate.file ?? files[0] ?? '-', messages), line: 1 };
}

/** A check's verdict, its files and its gates. */
function presentCheck(check: Check, messages: Messages): Presentation {
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
      diagnostics: items.map(({ file: at, path: _, ...item }) => ({
        ...item,
        ...(at !== file && { file: at }),
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
    all.length > 0 && tableOf(fields, items, { titles: labels.columns }),
    check.gates.length > 0 && gatesTable(check.gates, messages),
    assumptions.size > 0 && factsOf(assumptionRows([...assumptions], messages)),
  ]);
  const data = valuesOf(fields, items);
  return { json, blocks, data, findings: { passed: check.verdict === 'pass', files, items } };
}

/** Complaints for people; failed gates have their own table there, and join the data. */
function complaintFields({ labels }: Messages): ViewField<Finding>[] {
  return [
    { key: 'file', flexible: true, text: (i) => i.file },
    {
      key: 'line',
      align: 'right',
      text: (i) => (i.line === null ? '' : `${i.line}:${i.column ?? 1}`),
      value: (i) => i.line,
    },
    {
      key: 'severity',
      text: (i) => (i.accepted ? labels.check.accepted : labels.severity[i.severity]),
      value: (i) => (i.accepted ? 'accepted' : i.severity),
      tone: (i) => (i.accepted ? 'dim' : TONES[i.severity]),
    },
    { key: 'code', flexible: true, text: (i) => i.code },
    { key: 'message', flexible: true, text: (i) => i.message },
    { key: 'hint', flexible: true, text: (i) => i.hint },
  ];
}

function gatesTable(gates: readonly Gate[], messages: Messages): Table {
  const { check, columns } = messages.labels;
  const fields: ViewField<Gate>[] = [
    { key: 'gate', flexible: true, text: (g) => check.gateName(g.name) },
    { key: 'file', flexible: true, text: (g) => g.file },
    { key: 'unit', when: gates.some((g) => g.unit !== undefined), flexible: true, text: readingOf },
    { key: 'actual', align: 'decimal', text: (g) => actualText(g, messages) },
    { key: 'limit', align: 'decimal', text: (g) => limitText(g, messages) },
    {
      key: 'result',
      text: (g) => check[g.pass ? 'pass' : 'fail'],
      tone: (g) => (g.pass ? 'good' : 'bad'),
    },
  ];
  return tableOf(fields, gates, { title: check.gates, titles: columns });
}
