import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Diagnostic, error } from '../diagnostics/diagnostic.js';
import { embedded } from '../input/embedded.js';
import { packageRoot } from '../input/package-root.js';
import { renderDiagnostics } from '../output/diagnostics.js';
import { type FormatName, formats } from '../output/formats/index.js';
import type { Presentation } from '../output/presentation.js';
import { writeWhole } from '../output/write.js';
import { loadMessages, type Messages } from '../text/index.js';
import { type OptionValues, type Outcome, text } from './command.js';
import { commands } from './commands/index.js';
import { EXIT, type ExitCode } from './exit.js';
import { chooseLanguage } from './language.js';
import { checkChoices, type Parsed, parseArguments } from './program.js';

/** Runs the command line: parse, run, present, exit. Returns the exit code; never throws. */
export async function main(args: readonly string[]): Promise<ExitCode> {
  if (process.stdout.listenerCount('error') === 0) process.stdout.on('error', quietOnBrokenPipe);
  const messages = await loadMessages(chooseLanguage(args, process.env));
  try {
    const parsed = await parseArguments(args, messages, version());
    if (parsed.kind === 'help') return say(parsed.text);
    if (parsed.kind === 'usage') return refuse(parsed.diagnostics, parsed.help, args, messages);
    return await run(parsed, messages);
  } catch (fault) {
    const stack = args.includes('--debug') && fault instanceof Error ? `\n${fault.stack}` : '';
    process.stderr.write(
      `cchc: ${messages.help.bug}: ${fault instanceof Error ? fault.message : fault}${stack}\n`,
    );
    return EXIT.bug;
  }
}

async function run(parsed: Extract<Parsed, { kind: 'run' }>, messages: Messages): Promise<ExitCode> {
  const { command, name, options } = parsed;
  const wrong = checkChoices(command, options);
  if (wrong.length > 0) return refuse(wrong, `cchc ${name} --help`, [], messages, options);
  const outcome = await command.run(parsed.args, options, {
    messages,
    strict: options.strict === true,
    quiet: options.quiet === true,
    explainInput: options.explainInput === true,
    commands,
  });
  report(outcome.diagnostics, messages, options);
  return present(outcome, messages, options);
}

/** Lays out what was decided; the exit code is the outcome's own, whatever the format. */
async function present(outcome: Outcome, messages: Messages, options: OptionValues): Promise<ExitCode> {
  const { presentation } = outcome;
  if (!presentation) return outcome.exit;
  const file = text(options.output);
  const format = outcome.format ?? text(options.format) ?? 'table';
  const rendered = presentation.raw ?? (await layOut(presentation, format, file, messages, options));
  if (file === undefined) {
    if (typeof rendered !== 'string' && process.stdout.isTTY)
      return refuse([error('needs-option', { option: '--output' })], 'cchc --help', [], messages, options);
    say(rendered);
    return outcome.exit;
  }
  const problem = writeWhole(file, rendered, options.force === true);
  if (!problem) return outcome.exit;
  report([problem], messages, options);
  return EXIT.input;
}

async function layOut(
  presentation: Presentation,
  format: string,
  file: string | undefined,
  { language }: Messages,
  options: OptionValues,
): Promise<string | Uint8Array> {
  const document = presentation.documents?.[format];
  if (document) return document();
  const render = await formats[format as FormatName]();
  const width = process.stdout.columns ?? (Number(process.env.COLUMNS) || 80);
  const color = file === undefined && useColor(process.stdout, options);
  return render(presentation, { width: Math.max(40, width), color, language });
}

function useColor(stream: NodeJS.WriteStream, options: OptionValues): boolean {
  if (options.color === false || process.env.NO_COLOR) return false;
  return Boolean(process.env.FORCE_COLOR && process.env.FORCE_COLOR !== '0') || stream.isTTY === true;
}

function report(found: readonly Diagnostic[], messages: Messages, options: OptionValues): void {
  const told = options.explainInput ? found : found.filter((d) => d.code !== 'read-as');
  const shown = options.quiet ? told.filter((d) => d.severity === 'error') : told;
  // Node's streams take a while to load; what says nothing need not.
  if (shown.length === 0) return;
  process.stderr.write(renderDiagnostics(shown, messages, useColor(process.stderr, options)));
}

function refuse(
  found: readonly Diagnostic[],
  help: string,
  args: readonly string[],
  messages: Messages,
  options: OptionValues = { color: !args.includes('--no-color') },
): ExitCode {
  report(found, messages, options);
  process.stderr.write(`${messages.help.usage}: ${help}\n`);
  return EXIT.usage;
}

function say(result: string | Uint8Array): ExitCode {
  process.stdout.write(result);
  return EXIT.fine;
}

function quietOnBrokenPipe(fault: NodeJS.ErrnoException): void {
  if (fault.code !== 'EPIPE') throw fault;
  process.exit(EXIT.fine);
}

function version(): string {
  if (embedded.version !== null) return embedded.version;
  const manifest: unknown = JSON.parse(readFileSync(join(packageRoot() ?? '.', 'package.json'), 'utf8'));
  return (manifest as { version: string }).version;
}
