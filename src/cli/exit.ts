/** Exit codes of the command line. */
export const EXIT = {
  fine: 0,
  failed: 1,
  usage: 2,
  input: 3,
  infeasible: 4,
  bug: 70,
} as const;

export type ExitCode = (typeof EXIT)[keyof typeof EXIT];
