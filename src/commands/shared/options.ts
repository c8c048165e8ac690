import { extname } from 'node:path';
import { type Diagnostic, error } from '../../diagnostics/diagnostic.js';
import { nearest } from '../../diagnostics/suggest.js';
import { TIES } from '../../ranking/ranks.js';
import { resultFormats } from '../../render/formats.js';
import type { Language } from '../../shapes/scalars.js';
import { LANGUAGES } from '../../text/index.js';
import { type Command, type OptionSpec, type OptionValues, text } from './command.js';

/** Options that several commands share. */
export const shared = {
  catalogue: { name: 'catalogue', flags: '--catalogue <id|file>' },
  league: { name: 'league', flags: '--league <file>' },
  unit: { name: 'unit', flags: '--unit <name>' },
  year: { name: 'year', flags: '--year <year>' },
  ties: { name: 'ties', flags: '--ties <rule>', choices: TIES },
  force: { name: 'force', flags: '--force' },
} satisfies Record<string, OptionSpec>;

/** Options that choose readings, and the catalogue they are scored by. */
export const readingOptions: OptionSpec[] = [shared.catalogue, shared.unit, shared.year];

/** Options that every command has, as far as they can apply to it. */
export const common: OptionSpec[] = [
  { name: 'lang', flags: '--lang <language>', choices: LANGUAGES },
  { name: 'format', flags: '--format <name>' },
  { name: 'output', flags: '-o, --output <file>' },
  shared.force,
  { name: 'brief', flags: '--brief' },
  { name: 'explainInput', flags: '--explain-input' },
  { name: 'quiet', flags: '-q, --quiet' },
  { name: 'strict', flags: '--strict' },
  { name: 'noColor', flags: '--no-color' },
  { name: 'debug', flags: '--debug' },
];

/** The complaint about a word that is not among those an option or an argument takes. */
export const badChoice = (option: string, value: string, options: readonly string[]): Diagnostic =>
  error('bad-choice', { option, value, options: [...options], suggestion: nearest(value, options) });

/** The options of a command: its own, and those of every command that can apply. */
export function optionsOf(command: Command): OptionSpec[] {
  const formats = formatsOf(command);
  const off = new Set(command.without);
  if (formats.length < 2) off.add('format');
  // Only a result to look at begins with an answer.
  if (!formats.includes('table')) off.add('brief');
  if (formats.length === 0) off.add('output').add('force');
  const shown = common.map((o) => (o.name === 'format' ? { ...o, choices: formats } : o));
  return [...command.options, ...shown.filter((o) => !off.has(o.name))];
}

/** Endings of a format's files, where they are not its name; what is for a log or a service alone has none. */
const ENDINGS: Readonly<Record<string, readonly string[]>> = {
  table: ['txt'],
  markdown: ['md'],
  yaml: ['yaml', 'yml'],
  junit: ['xml'],
  github: [],
  gitlab: [],
};

const endingsOf = (format: string): readonly string[] => ENDINGS[format] ?? [format];

/** The formats that a call can be laid out in, the usual one first; none when the command writes no result. */
export function formatsOf(
  { formats = resultFormats }: Command,
  args: readonly string[] = [],
  options: OptionValues = {},
): readonly string[] {
  return typeof formats === 'function' ? formats(args, options) : formats;
}

/** The format asked for, else the one that the output's name ends in, else the usual one. */
export function chooseFormat(formats: readonly string[], options: OptionValues): string | Diagnostic {
  const asked = text(options.format);
  if (asked !== undefined) return asked;
  const file = text(options.output);
  return (file === undefined ? undefined : formatOfName(file, formats)) ?? formats[0] ?? 'table';
}

/** The format that a file's name ends in; undefined for a name without an ending. */
export function formatOfName(file: string, formats: readonly string[]): string | Diagnostic | undefined {
  const ending = extname(file).slice(1).toLowerCase();
  if (ending === '') return undefined;
  return (
    formats.find((format) => endingsOf(format).includes(ending)) ??
    error('output-ending', { file, options: [...new Set(formats.flatMap(endingsOf))] })
  );
}

/** The value that follows an option anywhere in the arguments, before they are parsed in full. */
function peekOption(args: readonly string[], name: string): string | undefined {
  const end = args.indexOf('--');
  const options = end < 0 ? args : args.slice(0, end);
  const joined = options.find((a) => a.startsWith(`${name}=`));
  if (joined) return joined.slice(name.length + 1);
  const at = options.indexOf(name);
  return at < 0 ? undefined : options[at + 1];
}

/** `--lang`, else the system's locale, else English. */
export function chooseLanguage(args: readonly string[], env: NodeJS.ProcessEnv): Language {
  const asked = peekOption(args, '--lang');
  if (asked === 'vi' || asked === 'en') return asked;
  const locale = env.LC_ALL || env.LC_MESSAGES || env.LANG || Intl.DateTimeFormat().resolvedOptions().locale;
  return /^vi\b|^vi_/i.test(locale) ? 'vi' : 'en';
}
