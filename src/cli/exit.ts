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
