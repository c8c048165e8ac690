import { Chalk } from 'chalk';
import { diagnosticText, type Messages } from '../text/index.js';
import type { Diagnostic, Place } from '../values/diagnostic.js';
import { visible } from './presentation.js';

/** `file:line:column`, as far as it is known. */
function placeText(place: Place | undefined): string {
  if (!place) return '';
  const file = place.file === '-' ? 'stdin' : place.file;
  return [file, place.line, place.column].filter((p) => p !== undefined).join(':');
}

/** Diagnostics like a compiler's: severity, words, place, the line with a mark under it, and a hint. */
export function renderDiagnostics(
  diagnostics: readonly Diagnostic[],
  messages: Messages,
  color: boolean,
): string {
  const chalk = new Chalk({ level: color ? 1 : 0 });
  const tones = { error: chalk.red.bold, warning: chalk.yellow.bold, note: chalk.cyan.bold };
  return diagnostics
    .map((d) => {
      const { message, list, hint } = diagnosticText(d, messages);
      const head = `${tones[d.severity](messages.labels.severity[d.severity])}${chalk.dim(`[${d.code}]`)} ${visible(message)}`;
      const where = placeText(d.place);
      return [
        head,
        ...(where ? [chalk.dim(`  --> ${visible(where)}`)] : []),
        ...(d.severity === 'error' ? frame(d.place, chalk.dim) : []),
        ...list.map((line) => `  - ${visible(line)}`),
        ...(hint ? [`  = ${visible(hint)}`] : []),
      ].join('\n');
    })
    .map((text) => `${text}\n`)
    .join('');
}

const FRAME_WIDTH = 100;

function frame(place: Place | undefined, dim: (text: string) => string): string[] {
  if (place?.line === undefined || place.column === undefined || place.lineText === undefined) return [];
  const number = String(place.line);
  const from = Math.max(0, place.column - 1 - FRAME_WIDTH / 2);
  const line = visible(place.lineText.slice(from, from + FRAME_WIDTH));
  const indent = ' '.repeat(place.column - 1 - from);
  const marks = '^'.repeat(Math.max(1, Math.min(place.width ?? 1, line.length - indent.length)));
  return [`${dim(`${number} |`)} ${line}`, `${dim(`${' '.repeat(number.length)} |`)} ${indent}${marks}`];
}
