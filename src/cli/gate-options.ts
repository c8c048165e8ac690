import type { GateLimits } from '../analysis/gates.js';
import type { Diagnostic } from '../diagnostics/diagnostic.js';
import { type Fraction, fromNumber } from '../exact/fraction.js';
import { type OptionSpec, type OptionValues, text, texts } from './command.js';
import { NumberOptions } from './number-options.js';

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
