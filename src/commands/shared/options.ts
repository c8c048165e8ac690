import { extname } from 'node:path';
import { TIES } from '../../ranking/ranks.js';
import { readNumber } from '../../reading/number.js';
import { resultFormats } from '../../render/formats.js';
import { LANGUAGES } from '../../text/index.js';
import { type Diagnostic, error, failure, type Result } from '../../values/diagnostic.js';
import { Fraction, HUNDRED, ZERO } from '../../values/fraction.js';
import type { Language } from '../../values/scalars.js';
import { nearest } from '../../values/suggest.js';
import { typedAt } from './assignments.js';
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

/** An option as it is typed: `--target-score` of `targetScore`. */
export const flagOf = (key: string) => `--${key.replace(/[A-Z]/g, (c) => `-${c.toLowerCase()}`)}`;

/** The complaints about options given that are those of other forms of a command; `forms` are the options of each. */
export function strayOptions(
  form: string,
  forms: Readonly<Record<string, readonly string[]>>,
  options: OptionValues,
): Diagnostic[] {
  return [...new Set(Object.values(forms).flat())]
    .filter((key) => options[key] !== undefined && !forms[form]?.includes(key))
    .map((key) => {
      const of = Object.keys(forms).filter((other) => forms[other]!.includes(key));
      return error('unknown-option', { value: flagOf(key), of });
    });
}

/** A file or a name as it is typed in a shell: in quotes where it is more than one plain word. */
export const wordOf = (name: string) => (/^[\w./\\:-]+$/.test(name) ? name : `"${name}"`);

/** What an option's number is of: points, a percent of the index, a probability, or a cost. */
export type OptionUnit = 'points' | 'percent' | 'share' | 'cost';

/** The largest number that points can be meant as, so that `87.610` has one reading. */
const MOST_POINTS = new Fraction(1000);
const SAMPLES: Record<OptionUnit, string> = { points: '85.5', percent: '85', share: '0.9', cost: '100' };

/** Complaints that say more than that a number is wrong. */
const TELLING: ReadonlySet<string> = new Set(['ambiguous-number', 'looks-like-ratio', 'percent-on-points']);

/**
 * A number of an option, read as a file's are: from 0, of a percent to 100, of a probability (`0.9` or `90%`) to 1.
 * `typed` is all that the option says, where the number is a part of it.
 */
export function decimalOf(
  option: string,
  written: string,
  unit: OptionUnit,
  typed = written,
): Result<Fraction> {
  const share = unit === 'share';
  const text = written.trim();
  const most = { points: null, percent: HUNDRED, share: new Fraction(1), cost: null }[unit];
  const range = { lo: ZERO, loOpen: false, hi: unit === 'points' ? MOST_POINTS : most, hiOpen: false };
  const plain = share ? text.replace(/%$/, '') : text;
  const read = readNumber(plain, unit === 'percent' ? unit : 'points', [], range);
  const value = read.ok && (share && text.endsWith('%') ? read.value.div(100) : read.value);
  if (value && value.compare(ZERO) >= 0 && (!most || value.compare(most) <= 0))
    return { ok: true, value, diagnostics: [] };
  if (!read.ok && TELLING.has(read.problem.code)) return failure(typedAt(read.problem, option, typed));
  const bounds = { least: '0', most: most?.toString() ?? null, whole: false, sample: SAMPLES[unit] };
  return failure(error('bad-number-option', { option, value: typed, ...bounds }));
}

/** A whole number of an option from `least` to `most`; `sample` is one that would do. */
export function countOf(
  option: string,
  written: string,
  least: number,
  most = Number.MAX_SAFE_INTEGER,
  sample = Math.min(most, Math.max(least, 10)),
): Result<number> {
  const read = readNumber(written, 'count');
  const value = read.ok && read.value.d === 1n ? read.value.valueOf() : Number.NaN;
  if (value >= least && value <= most) return { ok: true, value, diagnostics: [] };
  const bounds = {
    least: String(least),
    most: most === Number.MAX_SAFE_INTEGER ? null : String(most),
    whole: true,
    sample: String(sample),
  };
  return failure(error('bad-number-option', { option, value: written, ...bounds }));
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
export function peekOption(args: readonly string[], name: string): string | undefined {
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
