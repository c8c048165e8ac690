import { dirname, extname } from 'node:path';
import type { GateLimits } from '../../analysis/gates.js';
import { type Diagnostic, error } from '../../diagnostics/diagnostic.js';
import { nearest } from '../../diagnostics/suggest.js';
import { Fraction, HUNDRED, ZERO } from '../../exact/fraction.js';
import { TIES } from '../../ranking/ranks.js';
import { readNumber } from '../../reading/number.js';
import { resultFormats } from '../../render/formats.js';
import { YEARS } from '../../shapes/scalars.js';
import { LANGUAGES } from '../../text/index.js';
import type { Language } from '../../text/numbers.js';
import { typedAt } from './assignments.js';
import { type Command, type OptionSpec, type OptionValues, text, texts } from './command.js';

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

/** What an option's number is of: points, a percent of the index, a probability, or a cost. */
type OptionUnit = 'points' | 'percent' | 'share' | 'cost';

/** The largest number that points can be meant as, so that `87.610` has one reading. */
const MOST_POINTS = new Fraction(1000);
const SAMPLES: Record<OptionUnit, string> = { points: '85.5', percent: '85', share: '0.9', cost: '100' };

/** Complaints that say more than that a number is wrong. */
const TELLING: ReadonlySet<string> = new Set(['ambiguous-number', 'looks-like-ratio', 'percent-on-points']);

/** Reads the numbers of options as a file's are read, and keeps every complaint about them. */
export class NumberOptions {
  readonly diagnostics: Diagnostic[] = [];

  /** A number from 0, of a percent to 100, of a probability (`0.9` or `90%`) to 1. Undefined when not given, or wrong. */
  decimal(option: string, written: unknown, unit: OptionUnit, typed = written): Fraction | undefined {
    if (written === undefined) return undefined;
    const text = String(written).trim();
    const most = { points: null, percent: HUNDRED, share: new Fraction(1), cost: null }[unit];
    const range = { lo: ZERO, loOpen: false, hi: unit === 'points' ? MOST_POINTS : most, hiOpen: false };
    const share = unit === 'share';
    const read = readNumber(
      share ? text.replace(/%$/, '') : text,
      unit === 'percent' ? unit : 'points',
      [],
      range,
    );
    const value = read.ok && (share && text.endsWith('%') ? read.value.div(100) : read.value);
    if (value && value.compare(ZERO) >= 0 && (!most || value.compare(most) <= 0)) return value;
    if (!read.ok && TELLING.has(read.problem.code)) {
      this.diagnostics.push(typedAt(read.problem, option, String(typed)));
      return undefined;
    }
    const bounds = { least: '0', most: most?.toString() ?? null, whole: false, sample: SAMPLES[unit] };
    return this.refuse(option, typed, bounds);
  }

  /** A whole number from `least` to `most`. */
  count(
    option: string,
    written: unknown,
    least: number,
    most = Number.MAX_SAFE_INTEGER,
    sample = Math.min(most, Math.max(least, 10)),
  ): number | undefined {
    if (written === undefined) return undefined;
    const read = readNumber(String(written), 'count');
    const n = read.ok && read.value.d === 1n ? read.value.valueOf() : Number.NaN;
    if (n >= least && n <= most) return n;
    const end = most === Number.MAX_SAFE_INTEGER ? null : String(most);
    return this.refuse(option, written, {
      least: String(least),
      most: end,
      whole: true,
      sample: String(sample),
    });
  }

  year(written: unknown): number | undefined {
    return this.count('--year', written, YEARS.least, YEARS.most, 2025);
  }

  private refuse(
    option: string,
    written: unknown,
    bounds: { least: string; most: string | null; whole: boolean; sample: string },
  ): undefined {
    this.diagnostics.push(error('bad-number-option', { option, value: String(written), ...bounds }));
    return undefined;
  }
}

/** Gates of one number: the option, the same gate under `gates` in the config file, and what its number is of. */
const NUMBER_GATES = [
  { name: 'minScore', flags: '--min-score <points>', key: 'min_score', unit: 'points' },
  { name: 'minIndex', flags: '--min-index <percent>', key: 'min_index', unit: 'percent' },
  { name: 'maxDeduction', flags: '--max-deduction <points>', key: 'max_deduction', unit: 'points' },
  { name: 'maxRank', flags: '--max-rank <rank>', key: 'max_rank', unit: 'rank' },
  { name: 'confidence', flags: '--confidence <probability>', key: 'confidence', unit: 'share' },
  { name: 'maxAssumed', flags: '--max-assumed <points>', key: 'max_assumed_points', unit: 'points' },
] as const satisfies readonly { key: keyof GateLimits; [more: string]: string }[];

/** Gates as options. */
export const gateOptions: OptionSpec[] = [
  ...NUMBER_GATES.map(({ name, flags }) => ({ name, flags })),
  { name: 'maxCriterion', flags: '--max-criterion <id=points>', repeat: true },
  { name: 'maxOwner', flags: '--max-owner <owner=points>', repeat: true },
  { name: 'requireComplete', flags: '--require-complete' },
  { name: 'requireEvidence', flags: '--require-evidence' },
  { name: 'noRegression', flags: '--no-regression [tolerance]' },
  { name: 'maxWarnings', flags: '--max-warnings <count>' },
];

/** Gates that the options ask for, and what is wrong with their numbers. */
export function readGateOptions(options: OptionValues): {
  limits: GateLimits;
  maxWarnings: number | undefined;
  diagnostics: Diagnostic[];
} {
  const numbers = new NumberOptions();
  const pairs = (option: string, written: string[]) => {
    const limits = new Map<string, { max_deduction: Fraction }>();
    for (const one of written) {
      const at = one.lastIndexOf('=');
      const name = one.slice(0, Math.max(at, 0)).trim();
      const limit = name === '' ? undefined : numbers.decimal(option, one.slice(at + 1), 'points', one);
      if (name === '') numbers.diagnostics.push(error('bad-assignment', { option, value: one }));
      else if (limits.has(name))
        numbers.diagnostics.push(typedAt(error('duplicate-key', { key: name }), option, one));
      else if (limit) limits.set(name, { max_deduction: limit });
    }
    return limits.size > 0 && Object.fromEntries(limits);
  };
  const tolerance = text(options.regression) ?? (options.regression === false ? '0' : undefined);
  const given = {
    ...Object.fromEntries(
      NUMBER_GATES.map(({ name, flags, key, unit }) => {
        const option = flags.slice(0, flags.indexOf(' '));
        const written = options[name];
        return [
          key,
          unit === 'rank' ? numbers.count(option, written, 1) : numbers.decimal(option, written, unit),
        ];
      }),
    ),
    require_complete: options.requireComplete,
    require_evidence: options.requireEvidence,
    criteria: pairs('--max-criterion', texts(options.maxCriterion)),
    owners: pairs('--max-owner', texts(options.maxOwner)),
    no_regression: numbers.decimal('--no-regression', tolerance, 'points'),
  };
  return {
    limits: Object.fromEntries(Object.entries(given).filter(([, limit]) => limit)) as GateLimits,
    maxWarnings: numbers.count('--max-warnings', options.maxWarnings, 0),
    diagnostics: numbers.diagnostics,
  };
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

/** The folder that the result is written to; the working folder without `--output`. */
export const outputFolder = (options: OptionValues): string => dirname(text(options.output) ?? '');
