import type { Check, Gate } from '../analysis/gates.js';
import { type Diagnostic, error } from '../diagnostics/diagnostic.js';
import { answerOf } from '../render/answer.js';
import { type Field, tableOf } from '../render/field.js';
import type { Block, Finding, Presentation, Table, Tone } from '../render/presentation.js';
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
  const say = labels.columns;
  const fields: Field<Finding>[] = [
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
  return tableOf(fields, items, { data: true, machineOnly: quiet });
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
