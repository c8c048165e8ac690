import type { Check, Gate } from '../analysis/verdict.js';
import { type Diagnostic, error } from '../diagnostics/diagnostic.js';
import { answerOf } from '../render/answer.js';
import {
  type Block,
  cell,
  type Finding,
  type Presentation,
  type Row,
  type Table,
  type Tone,
} from '../render/presentation.js';
import { diagnosticText, type Messages } from '../text/index.js';

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

const shown = (value: number | null, { numbers }: Messages) =>
  value === null ? '–' : numbers.number(value, 4);

/** A gate that did not hold, as a complaint about its file. */
function gateFinding(gate: Gate, files: readonly string[], messages: Messages): Finding {
  const params = {
    gate: gate.name,
    actual: shown(gate.actual, messages),
    limit: shown(gate.limit, messages),
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
  const blocks: Block[] = [
    answerOf(`${labels.check.verdict}: ${labels.check[check.verdict]} (${summary})`, [
      ...(check.gates.length > 0
        ? [
            {
              label: labels.check.gates,
              text: labels.check.held(check.gates.length - failed.length, check.gates.length),
              tone: failed.length > 0 ? ('bad' as const) : ('good' as const),
            },
          ]
        : []),
      ...(worst
        ? [
            { label: labels.check.firstOf, text: worst.message, tone: TONES[worst.severity] },
            {
              label: labels.columns.file,
              text: [worst.file, worst.line, worst.column].filter((part) => part !== null).join(':'),
            },
            ...(worst.hint ? [{ label: labels.answer.next, text: worst.hint }] : []),
          ]
        : []),
    ]),
    ...fine.map((f): Block => ({ kind: 'text', text: labels.check.fine(f.file), tone: 'dim' })),
    complaintsTable(items, all.length === 0, messages),
    ...(check.gates.length > 0 ? [gatesTable(check.gates, messages)] : []),
  ];
  return { json, blocks, findings: { passed: check.verdict === 'pass', files, items } };
}

/** Complaints for people; failed gates have their own table there, and join the data. */
function complaintsTable(items: readonly Finding[], quiet: boolean, { labels }: Messages): Table {
  return {
    kind: 'table',
    data: true,
    machineOnly: quiet,
    columns: [
      { key: 'file', title: labels.columns.file, flexible: true },
      { key: 'line', title: labels.columns.line, align: 'right' },
      { key: 'severity', title: labels.columns.severity },
      { key: 'code', title: labels.columns.code, flexible: true },
      { key: 'message', title: labels.columns.message, flexible: true },
      { key: 'hint', title: labels.columns.hint, flexible: true },
    ],
    rows: items.map(
      (i): Row => ({
        cells: [
          cell(i.file),
          cell(i.line === null ? '' : `${i.line}:${i.column ?? 1}`, i.line),
          i.accepted
            ? cell(labels.check.accepted, 'accepted', 'dim')
            : cell(labels.severity[i.severity], i.severity, TONES[i.severity]),
          cell(i.code),
          cell(i.message),
          cell(i.hint ?? '', i.hint),
        ],
      }),
    ),
  };
}

function gatesTable(gates: readonly Gate[], messages: Messages): Table {
  const { labels } = messages;
  return {
    kind: 'table',
    title: labels.check.gates,
    columns: [
      { key: 'gate', title: labels.columns.gate, flexible: true },
      { key: 'file', title: labels.columns.file, flexible: true },
      { key: 'actual', title: labels.columns.actual, align: 'decimal' },
      { key: 'limit', title: labels.columns.limit, align: 'decimal' },
      { key: 'result', title: labels.columns.result },
    ],
    rows: gates.map((g) => ({
      cells: [
        cell(g.name),
        cell(g.file ?? ''),
        cell(shown(g.actual, messages)),
        cell(shown(g.limit, messages)),
        cell(labels.check[g.pass ? 'pass' : 'fail'], g.pass, g.pass ? 'good' : 'bad'),
      ],
    })),
  };
}
