import type { GateLimits } from '../analysis/gates.js';
import { type Diagnostic, error } from '../diagnostics/diagnostic.js';
import { type Fraction, fromNumber, parseDecimal } from '../exact/fraction.js';
import { TIES } from '../ranking/table.js';
import { LANGUAGES } from '../text/index.js';
import { type Command, type OptionSpec, type OptionValues, text, texts } from './command.js';
import { formatsOf } from './output.js';

/** Options that several commands share. */
export const shared = {
  catalogue: { name: 'catalogue', flags: '--catalogue <id|file>' },
  league: { name: 'league', flags: '--league <file>' },
  unit: { name: 'unit', flags: '--unit <name>' },
  year: { name: 'year', flags: '--year <year>' },
  ties: { name: 'ties', flags: '--ties <rule>', choices: TIES },
  force: { name: 'force', flags: '--force' },
} satisfies Record<string, OptionSpec>;

/** Options that every command has, as far as they can apply to it. */
const common: OptionSpec[] = [
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

/** Options of the common ones that take a value. */
export const commonWithValue = common.filter((o) => o.flags.includes('<'));

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

/** Reads the numbers of options, and keeps every complaint about them. */
export class NumberOptions {
  readonly diagnostics: Diagnostic[] = [];

  /** A number from 0 to `most`; a decimal comma or a percent sign is understood. Undefined when not given, or wrong. */
  decimal(option: string, written: unknown, most = Number.POSITIVE_INFINITY): Fraction | undefined {
    if (written === undefined) return undefined;
    const parsed = parseDecimal(String(written).replace(',', '.').replace(/%$/, ''));
    if (parsed && parsed.valueOf() >= 0 && parsed.valueOf() <= most) return parsed;
    return this.refuse(option, written);
  }

  /** A whole number from `least` to `most`. */
  count(option: string, written: unknown, least: number, most = Number.MAX_SAFE_INTEGER): number | undefined {
    const n = this.decimal(option, written, most);
    if (!n) return undefined;
    return n.d === 1n && n.valueOf() >= least ? n.valueOf() : this.refuse(option, written);
  }

  refuse(option: string, written: unknown): undefined {
    this.diagnostics.push(error('bad-number-option', { option, found: String(written) }));
    return undefined;
  }
}

/** Gates as options; the same ones stand under `gates` in the config file. */
export const gateOptions: OptionSpec[] = [
  { name: 'minScore', flags: '--min-score <points>' },
  { name: 'minIndex', flags: '--min-index <percent>' },
  { name: 'maxDeduction', flags: '--max-deduction <points>' },
  { name: 'maxRank', flags: '--max-rank <rank>' },
  { name: 'confidence', flags: '--confidence <probability>' },
  { name: 'maxCriterion', flags: '--max-criterion <id=points>', repeat: true },
  { name: 'maxOwner', flags: '--max-owner <owner=points>', repeat: true },
  { name: 'maxAssumed', flags: '--max-assumed <points>' },
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
    const found: Record<string, { max_deduction: Fraction }> = {};
    for (const one of written) {
      const at = one.lastIndexOf('=');
      const limit = at < 1 ? undefined : numbers.decimal(option, one.slice(at + 1));
      if (limit) found[one.slice(0, at).trim()] = { max_deduction: limit };
      else if (at < 1) numbers.refuse(option, one);
    }
    return Object.keys(found).length > 0 ? found : undefined;
  };
  const tolerance = text(options.regression);
  const given: GateLimits = {
    min_score: numbers.decimal('--min-score', options.minScore),
    min_index: numbers.decimal('--min-index', options.minIndex),
    max_deduction: numbers.decimal('--max-deduction', options.maxDeduction),
    max_rank: numbers.count('--max-rank', options.maxRank, 1),
    confidence: numbers.decimal('--confidence', options.confidence, 1),
    max_assumed_points: numbers.decimal('--max-assumed', options.maxAssumed),
    require_complete: options.requireComplete === true ? true : undefined,
    require_evidence: options.requireEvidence === true ? true : undefined,
    criteria: pairs('--max-criterion', texts(options.maxCriterion)),
    owners: pairs('--max-owner', texts(options.maxOwner)),
    no_regression:
      tolerance !== undefined
        ? numbers.decimal('--no-regression', tolerance)
        : options.regression === false
          ? fromNumber(0)
          : undefined,
  };
  const limits = Object.fromEntries(Object.entries(given).filter(([, v]) => v !== undefined)) as GateLimits;
  return {
    limits,
    maxWarnings: numbers.count('--max-warnings', options.maxWarnings, 0),
    diagnostics: numbers.diagnostics,
  };
}
