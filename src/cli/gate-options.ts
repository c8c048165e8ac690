import type { GateLimits } from '../analysis/gates.js';
import { type Diagnostic, error } from '../diagnostics/diagnostic.js';
import { type Fraction, fromNumber, parseDecimal } from '../exact/fraction.js';
import { type OptionSpec, type OptionValues, text, texts } from './command.js';

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
  { name: 'noRegression', flags: '--no-regression [tolerance]' },
  { name: 'maxWarnings', flags: '--max-warnings <count>' },
];

/** Gates that the options ask for, and what is wrong with their numbers. */
export function readGateOptions(options: OptionValues): {
  limits: GateLimits;
  maxWarnings: number | undefined;
  diagnostics: Diagnostic[];
} {
  const diagnostics: Diagnostic[] = [];
  const decimal = (
    option: string,
    written: unknown,
    most = Number.POSITIVE_INFINITY,
  ): Fraction | undefined => {
    if (written === undefined) return undefined;
    const parsed = parseDecimal(String(written).replace(',', '.').replace(/%$/, ''));
    if (parsed && parsed.valueOf() >= 0 && parsed.valueOf() <= most) return parsed;
    diagnostics.push(error('bad-number-option', { option, found: String(written) }));
    return undefined;
  };
  const count = (option: string, written: unknown, least: number): number | undefined => {
    const n = decimal(option, written);
    if (!n) return undefined;
    if (n.d === 1n && n.valueOf() >= least) return n.valueOf();
    diagnostics.push(error('bad-number-option', { option, found: String(written) }));
    return undefined;
  };
  const pairs = (option: string, written: string[]) => {
    const found: Record<string, { max_deduction: Fraction }> = {};
    for (const one of written) {
      const at = one.lastIndexOf('=');
      const limit = at < 1 ? undefined : decimal(option, one.slice(at + 1));
      if (limit) found[one.slice(0, at).trim()] = { max_deduction: limit };
      else if (at < 1) diagnostics.push(error('bad-number-option', { option, found: one }));
    }
    return Object.keys(found).length > 0 ? found : undefined;
  };
  const tolerance = text(options.regression);
  const given: GateLimits = {
    min_score: decimal('--min-score', options.minScore),
    min_index: decimal('--min-index', options.minIndex),
    max_deduction: decimal('--max-deduction', options.maxDeduction),
    max_rank: count('--max-rank', options.maxRank, 1),
    confidence: decimal('--confidence', options.confidence, 1),
    max_assumed_points: decimal('--max-assumed', options.maxAssumed),
    require_complete: options.requireComplete === true ? true : undefined,
    criteria: pairs('--max-criterion', texts(options.maxCriterion)),
    owners: pairs('--max-owner', texts(options.maxOwner)),
    no_regression:
      tolerance !== undefined
        ? decimal('--no-regression', tolerance)
        : options.regression === false
          ? fromNumber(0)
          : undefined,
  };
  const limits = Object.fromEntries(Object.entries(given).filter(([, v]) => v !== undefined)) as GateLimits;
  return { limits, maxWarnings: count('--max-warnings', options.maxWarnings, 0), diagnostics };
}
