import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { commandNames, commands } from '../commands/index.js';
import { EXIT, type ExitCode, type OptionValues, type Outcome, text } from '../commands/shared/command.js';
import { chooseLanguage } from '../commands/shared/options.js';
import { type OutputStream, processStreams, type Streams } from '../commands/shared/streams.js';
import { embedded, packageRoot, wholeProgram } from '../files/paths.js';
import { inParts, isWhole, writeWhole } from '../files/write.js';
import { renderDiagnostics } from '../render/diagnostics.js';
import { type FormatName, formats } from '../render/formats.js';
import { answersOnly } from '../render/presentation.js';
import { loadMessages, type Messages } from '../text/index.js';
import { type Day, dayOf } from '../values/calendar.js';
import { type Diagnostic, error, keepFirst } from '../values/diagnostic.js';
import { type Parsed, parseArguments } from './program.js';

/** Runs the command line: parse, run, present, exit. Returns the exit code; never throws. */
export async function main(
  args: readonly string[],
  streams: Streams = processStreams(),
  env: NodeJS.ProcessEnv = process.env,
  today: Day = dayNow(),
): Promise<ExitCode> {
  const messages = await loadMessages(chooseLanguage(args, env));
  const terminal: Terminal = { ...streams, env, messages, options: { color: !args.includes('--no-color') } };
  try {
    const parsed = await parseArguments(args, messages, version());
    if (parsed.kind === 'usage') return await refuse(parsed.diagnostics, parsed.help, terminal);
    if (parsed.kind === 'help')
      return await ended(await say(asRun(parsed.text), terminal), EXIT.fine, terminal);
    return await run(parsed, { ...terminal, options: parsed.options }, today);
  } catch (fault) {
    const stack = args.includes('--debug') && fault instanceof Error ? `\n${fault.stack}` : '';
    const words = fault instanceof Error ? fault.message : fault;
    await complain(`cchc: ${messages.help.bug}: ${words}${stack}\n`, terminal);
    return EXIT.bug;
  }
}

/** Words for people, with commands as this program is run: `node cchc.mjs score` where it is one file. */
function asRun(words: string): string {
  const file = embedded.version === null ? null : wholeProgram();
  if (file === null) return words;
  const names = commandNames.join('|');
  return words.replaceAll(
    new RegExp(`\\bcchc (?=(?:${names}|COMMAND|--help)\\b|--help)`, 'g'),
    `node ${basename(file)} `,
  );
}

/** Today, where the command runs. */
function dayNow(): Day {
  const now = new Date();
  return dayOf(now.getDate(), now.getMonth() + 1, now.getFullYear());
}

/** Whom is spoken to, in which language, and what of. */
interface Terminal extends Streams {
  env: NodeJS.ProcessEnv;
  messages: Messages;
  options: OptionValues;
}

async function run(
  { command, args, options, format }: Extract<Parsed, { kind: 'run' }>,
  terminal: Terminal,
  today: Day,
): Promise<ExitCode> {
  const { messages, ask = null } = terminal;
  // Help needs none of what reads files: 30 of 140 ms on Node 20.
  const { Call, Refusal } = await import('../commands/shared/call.js');
  const call = new Call(args, options, { messages, format, today, ask, commands });
  try {
    const outcome = await command.run(call);
    await report(call.told, terminal);
    return present(outcome, format, terminal);
  } catch (fault) {
    if (!(fault instanceof Refusal)) throw fault;
    await report(call.told, terminal);
    return fault.exit;
  }
}

/** Lays out what was decided; the exit code is the outcome's, whatever the format. */
async function present(outcome: Outcome, format: string, terminal: Terminal): Promise<ExitCode> {
  const { elsewhere = false, exit = EXIT.fine } = outcome;
  const { out, options } = terminal;
  const file = elsewhere ? undefined : text(options.output);
  const rendered = await renderedAs(outcome, format, file, terminal);
  if (rendered === null) return exit;
  if (file !== undefined)
    return ended(await writeWhole(file, rendered, options.force === true), exit, terminal);
  if (rendered instanceof Uint8Array && out.isTTY)
    return refuse([error('needs-option', { option: '--output' })], 'cchc --help', terminal);
  return ended(await say(rendered, terminal), exit, terminal);
}

/** The exit code, unless what there was to say did not arrive. */
async function ended(problem: Diagnostic | null, exit: ExitCode, terminal: Terminal): Promise<ExitCode> {
  if (!problem) return exit;
  await report([problem], terminal);
  return EXIT.input;
}

async function say(result: Rendered, { out }: Terminal): Promise<Diagnostic | null> {
  try {
    if (isWhole(result)) await out.write(result);
    else for (const part of inParts(result)) await out.write(part);
    return null;
  } catch (fault) {
    return error('output-unwritable', {
      file: '-',
      reason: (fault as NodeJS.ErrnoException).code ?? 'unknown',
    });
  }
}

/** What a command has to show: whole, or in pieces. */
type Rendered = string | Uint8Array | Iterable<string>;

/** An outcome in a format; null when it has nothing to show. */
async function renderedAs(
  { raw, documents, presentation }: Outcome,
  format: string,
  file: string | undefined,
  { out, options, env }: Terminal,
): Promise<Rendered | null> {
  const document = raw ?? (await documents?.[format]?.());
  if (document !== undefined) return document;
  if (!presentation) return null;
  const render = await formats[format as FormatName]();
  const width = out.columns ?? (Number(env.COLUMNS) || 80);
  const color = file === undefined && useColor(out, options, env);
  const brief = options.brief === true && (format === 'table' || format === 'markdown');
  const rendered = render(brief ? answersOnly(presentation) : presentation, {
    width: Math.max(40, width),
    color,
  });
  return format === 'table' && typeof rendered === 'string' ? asRun(rendered) : rendered;
}

function useColor(stream: OutputStream, options: OptionValues, env: NodeJS.ProcessEnv): boolean {
  if (options.color === false || env.NO_COLOR) return false;
  return Boolean(env.FORCE_COLOR && env.FORCE_COLOR !== '0') || stream.isTTY;
}

async function report(diagnostics: readonly Diagnostic[], terminal: Terminal): Promise<void> {
  const { err, messages, options, env } = terminal;
  const told = options.explainInput ? diagnostics : diagnostics.filter((d) => d.code !== 'read-as');
  const shown = options.quiet ? told.filter((d) => d.severity === 'error') : told;
  // What is asked for once a reading, such as a scenario's file, is wrong once.
  const once = [...new Map(shown.map((d) => [JSON.stringify([d.code, d.params, d.place]), d])).values()];
  if (once.length > 0)
    await complain(renderDiagnostics(keepFirst(once), messages, useColor(err, options, env)), terminal);
}

/** Says what is wrong; when that cannot be said, nobody is left to tell. */
async function complain(words: string, { err }: Terminal): Promise<void> {
  await err.write(asRun(words)).catch(() => {});
}

async function refuse(
  diagnostics: readonly Diagnostic[],
  help: string,
  terminal: Terminal,
): Promise<ExitCode> {
  await report(diagnostics, terminal);
  await complain(`${terminal.messages.help.usage}: ${help}\n`, terminal);
  return EXIT.usage;
}

function version(): string {
  if (embedded.version !== null) return embedded.version;
  const manifest: unknown = JSON.parse(readFileSync(join(packageRoot() ?? '.', 'package.json'), 'utf8'));
  return (manifest as { version: string }).version;
}
