import { Command as Commander, CommanderError, Option } from 'commander';
import { type CommandName, commandNames, commands } from '../commands/index.js';
import type { Command, OptionSpec, OptionValues } from '../commands/shared/command.js';
import {
  badChoice,
  chooseFormat,
  common,
  formatsOf,
  optionsOf,
  peekOption,
} from '../commands/shared/options.js';
import { matchesOf } from '../files/paths.js';
import type { Messages } from '../text/index.js';
import { type Diagnostic, error } from '../values/diagnostic.js';
import { nearest } from '../values/suggest.js';

/** What the arguments ask for. */
export type Parsed =
  | { kind: 'run'; command: Command; args: string[]; options: OptionValues; format: string }
  | { kind: 'help'; text: string }
  | { kind: 'usage'; diagnostics: Diagnostic[]; help: string };

const usage = (help: string, ...diagnostics: Diagnostic[]): Parsed => ({ kind: 'usage', diagnostics, help });

const flagsOf = ({ flags }: OptionSpec) => flags.split(/[ ,]+/).filter((f) => f.startsWith('-'));
const longFlags = (spec: OptionSpec) => flagsOf(spec).filter((f) => f.startsWith('--'));
const valueOptions = common.filter((o) => o.flags.includes('<')).flatMap(flagsOf);

/** The first word that is not an option or an option's value, with its index. */
function firstWord(args: readonly string[]): number {
  for (let i = 0; i < args.length; i++) {
    const arg = args[i]!;
    if (!arg.startsWith('-') || arg === '-') return i;
    if (valueOptions.includes(arg)) i++;
  }
  return -1;
}

/** Reads the arguments; loads only the command they name. */
export async function parseArguments(
  args: readonly string[],
  messages: Messages,
  version: string,
): Promise<Parsed> {
  const at = firstWord(args);
  if (at < 0) return rootCall(args, messages, version);
  const word = args[at]!;
  const others = [...args.slice(0, at), ...args.slice(at + 1)];
  if (word === 'help') return parseArguments([...others, '--help'], messages, version);
  if (commandNames.includes(word as CommandName)) return commandCall(word as CommandName, others, messages);
  return usage(
    'cchc --help',
    strayOption(args.slice(0, at), common.flatMap(flagsOf)) ??
      error('unknown-command', { value: word, suggestion: nearest(word, commandNames) }),
  );
}

/** The arguments with the files that patterns stand for, as on Windows no shell names them; one that no file fits stays. */
async function withMatches(command: Command, args: readonly string[]): Promise<string[]> {
  const files = command.arguments.findIndex((a) => a.syntax.includes('...'));
  if (files < 0) return [...args];
  const matched = args.slice(files).map(async (arg) => {
    const matches = (await matchesOf(arg)) ?? [];
    return matches.length > 0 ? matches : [arg];
  });
  return [...args.slice(0, files), ...(await Promise.all(matched)).flat()];
}

function rootCall(args: readonly string[], messages: Messages, version: string): Parsed {
  if (args.includes('--version') || args.includes('-V')) return { kind: 'help', text: `${version}\n` };
  const { help } = messages;
  const program = styled(new Commander('cchc'), messages).description(help.about).helpCommand(false);
  program.usage(`${help.commandWord} [${help.options.toLowerCase()}]`);
  program.addOption(new Option('-V, --version', help.option.version));
  program.addOption(new Option('--lang <language>', help.option.lang));
  program.addOption(new Option('--no-color', help.option.noColor));
  for (const name of commandNames) {
    styled(program.command(name), messages).description(help.command[name]).usage('…');
  }
  program.configureHelp({ ...program.configureHelp(), subcommandTerm: (c) => c.name() });
  const asked = args.length === 0 || args.some((a) => a === '-h' || a === '--help');
  const stray = asked ? null : strayOption(args, ['--no-color', '--lang', '--help', '--version']);
  if (stray) return usage('cchc --help', stray);
  const misfits = asked ? [] : wrongChoices(common, [], { lang: peekOption(args, '--lang') });
  if (misfits.length > 0) return usage('cchc --help', ...misfits);
  const examples = examplesText(rootExamples, messages);
  return { kind: 'help', text: program.helpInformation() + examples + afterText(help.more, help.exitCodes) };
}

/** The complaint about the first option that is none of these. */
function strayOption(args: readonly string[], flags: readonly string[]): Diagnostic | null {
  const stray = args.find((a) => a.startsWith('-') && !flags.includes(a.split('=')[0]!));
  return stray === undefined
    ? null
    : error('unknown-option', { value: stray, suggestion: nearest(stray, flags) });
}

/** What to try first. */
export const rootExamples = [
  'cchc score fixtures/nhu-xuan-2022.yaml',
  'cchc explain 7.3.2 fixtures/nhu-xuan-2022.yaml',
  'cchc whatif fixtures/nhu-xuan-2022.yaml --set 7.3.2=60%',
  'cchc plan fixtures/nhu-xuan-2022.yaml --target-score 92',
];

const examplesText = (examples: readonly string[], { help }: Messages) =>
  `\n${help.examples}:\n${examples.map((e) => `  ${e}`).join('\n')}\n`;

const afterText = (...lines: string[]) => `\n${lines.join('\n')}\n`;

async function commandCall(name: CommandName, args: readonly string[], messages: Messages): Promise<Parsed> {
  const { help } = messages;
  const command = await commands[name]();
  const program = styled(new Commander(`cchc ${name}`), messages).description(help.command[name]);
  const positional = command.arguments.map((a) => a.syntax).join(' ');
  program.usage(`[${help.options.toLowerCase()}] ${positional}`.trimEnd());
  for (const a of command.arguments) program.argument(a.syntax, help.argument[a.name]);
  const specs = optionsOf(command);
  for (const o of specs) addOption(program, name, o, messages);
  const wrong = (...diagnostics: Diagnostic[]) => usage(`cchc ${name} --help`, ...diagnostics);
  const lacking = optionAsValue(args, specs);
  if (lacking) return wrong(lacking);
  try {
    program.exitOverride().parse(args as string[], { from: 'user' });
  } catch (fault) {
    if (!(fault instanceof CommanderError)) throw fault;
    if (fault.code !== 'commander.helpDisplayed')
      return wrong(usageProblem(fault, program, specs.flatMap(longFlags), command));
    const examples = examplesText(command.examples, messages);
    return { kind: 'help', text: program.helpInformation() + examples + afterText(help.exitCodes) };
  }
  const empty = program.options.find(
    (o) => o.required && hasEmpty(program.getOptionValue(o.attributeName())),
  );
  if (empty) return wrong(error('missing-option-value', { option: empty.long ?? empty.flags }));
  // `-` is standard output, as it is standard input among the files.
  const { output, ...others } = program.opts<OptionValues>();
  const options = output === '-' ? others : program.opts<OptionValues>();
  const formats = formatsOf(command, program.args, options);
  const misfits = wrongChoices(specs, formats, options);
  const format = chooseFormat(formats, options);
  if (typeof format !== 'string') return wrong(...misfits, format);
  if (misfits.length > 0) return wrong(...misfits);
  return { kind: 'run', command, args: await withMatches(command, program.args), options, format };
}

function styled(program: Commander, { help }: Messages): Commander {
  const titles: Record<string, string> = {
    'Usage:': help.usage,
    'Arguments:': help.arguments,
    'Options:': help.options,
    'Commands:': help.commands,
  };
  return program
    .helpOption('-h, --help', help.option.help)
    .configureOutput({ writeOut: () => {}, writeErr: () => {} })
    .configureHelp({ styleTitle: (title) => (titles[title] ? `${titles[title]}:` : title), helpWidth: 80 });
}

/** What an option means in a command: its own words there, else those that hold everywhere. */
function optionWords(command: string, name: OptionSpec['name'], { help }: Messages): string {
  const ofCommands: Readonly<Record<string, Readonly<Record<string, string>>>> = help.optionIn;
  return ofCommands[command]?.[name] ?? help.option[name];
}

function addOption(program: Commander, command: string, spec: OptionSpec, messages: Messages): void {
  const words = optionWords(command, spec.name, messages);
  const choices = spec.name === 'format' ? spec.choices : undefined;
  const option = new Option(spec.flags, choices ? `${words}: ${choices.join(', ')}` : words);
  if (spec.repeat)
    option.argParser((value: string, before: string[] | undefined) => [...(before ?? []), value]);
  program.addOption(option);
}

/** The complaint about an option that stands where another's value should: `--league --rivals +1`. */
function optionAsValue(args: readonly string[], specs: readonly OptionSpec[]): Diagnostic | null {
  const all = new Set([...specs.flatMap(flagsOf), '-h', '--help']);
  const valued = new Set(specs.filter((o) => o.flags.includes('<')).flatMap(flagsOf));
  for (const [i, option] of args.entries()) {
    const next = args[i + 1];
    if (option === '--' || next === undefined) return null;
    const word = next.split('=')[0]!;
    if (valued.has(option) && (all.has(word) || /^--[a-z]/.test(word)))
      return error('missing-option-value', { option, value: word });
  }
  return null;
}

const quoted = (text: string) => /'([^']*)'/.exec(text)?.[1] ?? text;

/** An option's value, or one of its values, that says nothing: `--league ""`, as a script's unset variable gives. */
const hasEmpty = (value: unknown) => value === '' || (Array.isArray(value) && value.includes(''));

/** A complaint of the argument parser, in our words. */
function usageProblem(
  fault: CommanderError,
  program: Commander,
  flags: readonly string[],
  command: Command,
): Diagnostic {
  const name = quoted(fault.message);
  switch (fault.code) {
    case 'commander.unknownOption':
      return error('unknown-option', { value: name, suggestion: nearest(name, flags) });
    case 'commander.missingArgument':
      return error('missing-argument', {
        name,
        argument: command.arguments.find((a) => a.syntax.includes(name))?.name,
      });
    case 'commander.optionMissingArgument':
      return error('missing-option-value', {
        option: name.split(/[ ,]/).find((f) => f.startsWith('--')) ?? name,
      });
    case 'commander.excessArguments':
      return error('too-many-arguments', {
        value: program.args.length,
        expected: program.registeredArguments.length,
      });
    default:
      return error('usage', { reason: fault.message });
  }
}

/** Complaints about values that are not among an option's choices. */
function wrongChoices(
  specs: readonly OptionSpec[],
  formats: readonly string[],
  options: OptionValues,
): Diagnostic[] {
  return specs.flatMap((spec) => {
    const chosen = options[spec.name];
    const choices = spec.name === 'format' ? formats : spec.choices;
    if (!choices || chosen === undefined || choices.includes(String(chosen))) return [];
    return [badChoice(longFlags(spec)[0]!, String(chosen), choices)];
  });
}
