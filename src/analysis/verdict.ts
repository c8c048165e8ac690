import { type Diagnostic, hasErrors } from '../diagnostics/diagnostic.js';

/** One limit that a reading is held to. */
export interface Gate {
  /** The file it judged; absent for a gate over all files. */
  file?: string;
  name: string;
  actual: number | null;
  limit: number;
  pass: boolean;
}

/** A checked file and what is wrong with it. */
export interface CheckedFile {
  file: string;
  diagnostics: Diagnostic[];
}

/** `error`: the input is wrong, so nothing was judged; `fail`: a gate did not hold; else `pass`. */
export type Verdict = 'pass' | 'fail' | 'error';

/** A check's whole result; the verdict is decided here, once, before any format is chosen. */
export interface Check {
  verdict: Verdict;
  files: CheckedFile[];
  gates: Gate[];
}

/** The gate over the warnings of all files. */
export function warningsGate(files: readonly CheckedFile[], limit: number): Gate {
  const actual = files.flatMap((f) => f.diagnostics).filter((d) => d.severity === 'warning').length;
  return { name: 'max-warnings', actual, limit, pass: actual <= limit };
}

/** Judges checked files and gates. */
export function judge(files: CheckedFile[], gates: Gate[]): Check {
  const broken = files.some((f) => hasErrors(f.diagnostics));
  const verdict = broken ? 'error' : gates.every((g) => g.pass) ? 'pass' : 'fail';
  return { verdict, files, gates };
}
