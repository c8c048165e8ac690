import type { Check } from '../../analysis/verdict.js';
import { diagnosticText, type Messages } from '../../text/index.js';
import { type Block, cell, type Presentation, type Row } from '../presentation.js';

/** A check's verdict, its files and its gates. */
export function presentCheck(check: Check, messages: Messages): Presentation {
  const { labels } = messages;
  const all = check.files.flatMap((f) => f.diagnostics);
  const count = (severity: string) => all.filter((d) => d.severity === severity).length;
  const json = {
    schema: 'cchc/check@1',
    verdict: check.verdict,
    files: check.files.map((f) => ({
      file: f.file,
      diagnostics: f.diagnostics.map((d) => {
        const { message, hint } = diagnosticText(d, messages);
        return {
          severity: d.severity,
          code: d.code,
          message,
          line: d.place?.line ?? null,
          column: d.place?.column ?? null,
          hint: hint ?? null,
          ...(d.place && d.place.file !== f.file && { file: d.place.file }),
        };
      }),
    })),
    gates: check.gates,
  };
  const rows = check.files.flatMap((f) =>
    f.diagnostics.map((d): Row => {
      const { message, hint } = diagnosticText(d, messages);
      const tone = d.severity === 'error' ? 'bad' : d.severity === 'warning' ? 'warn' : 'dim';
      return {
        cells: [
          cell(f.file),
          cell(d.place?.line === undefined ? '' : `${d.place.line}:${d.place.column}`, d.place?.line ?? null),
          cell(labels.severity[d.severity], d.severity, tone),
          cell(d.code),
          cell(message),
          cell(hint ?? '', hint ?? null),
        ],
      };
    }),
  );
  const fine = check.files.filter((f) => f.diagnostics.length === 0);
  const summary = labels.check.summary(check.files.length, count('error'), count('warning'));
  const tone = check.verdict === 'pass' ? 'good' : 'bad';
  const blocks: Block[] = [
    ...fine.map((f): Block => ({ kind: 'text', text: labels.check.fine(f.file), tone: 'dim' })),
    {
      kind: 'table',
      data: true,
      machineOnly: rows.length === 0,
      columns: [
        { key: 'file', title: labels.columns.file, flexible: true },
        { key: 'line', title: labels.columns.line, align: 'right' },
        { key: 'severity', title: labels.columns.severity },
        { key: 'code', title: labels.columns.code, flexible: true },
        { key: 'message', title: labels.columns.message, flexible: true },
        { key: 'hint', title: labels.columns.hint, flexible: true },
      ],
      rows,
    },
    { kind: 'text', text: `${labels.check.verdict}: ${labels.check[check.verdict]} (${summary})`, tone },
  ];
  return { json, blocks };
}
