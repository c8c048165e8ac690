import type { Verdict } from '../analysis/verdict.js';

/** Exit codes of the command line. */
export const EXIT = {
  fine: 0,
  failed: 1,
  usage: 2,
  input: 3,
  infeasible: 4,
  bug: 70,
  /** Ctrl-C, as shells count it; what was done is printed. */
  interrupted: 130,
} as const;

export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

const OF_VERDICT: Record<Verdict, ExitCode> = { pass: EXIT.fine, fail: EXIT.failed, error: EXIT.input };

/** The exit code of a check's verdict. */
export const exitOf = (verdict: Verdict): ExitCode => OF_VERDICT[verdict];
