import { type Diagnostic, error } from '../diagnostics/diagnostic.js';
import { type Fraction, parseDecimal } from '../exact/fraction.js';

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
