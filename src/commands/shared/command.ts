import type { Verdict } from '../../analysis/gates.js';
import type { Diagnostic } from '../../diagnostics/diagnostic.js';
import type { Day } from '../../exact/calendar.js';
import type { Presentation } from '../../render/presentation.js';
import type { Messages } from '../../text/index.js';
import type { HelpTexts } from '../../text/messages.js';
import type { Ask } from './streams.js';

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

/** One option of a command; its words are in the text catalogues under the same name. */
export interface OptionSpec {
  name: keyof HelpTexts['option'];
  flags: string;
  repeat?: boolean;
  choices?: readonly string[];
}

/** One positional argument; `[name...]` takes several. */
interface ArgumentSpec {
  name: keyof HelpTexts['argument'];
  syntax: string;
}

export type OptionValues = Readonly<Record<string, unknown>>;

/** What a command decided, before any format is chosen. */
export interface Outcome {
  /** The result; absent when there is none to show. */
  presentation?: Presentation;
  /** Whether `--output` holds the result already, and what is presented is only about it. */
  elsewhere?: boolean;
  diagnostics: Diagnostic[];
  exit: ExitCode;
}

/** A result to show. */
export const outcomeOf = (
  presentation: Presentation,
  diagnostics: Diagnostic[] = [],
  exit: ExitCode = EXIT.fine,
): Outcome => ({ presentation, diagnostics, exit });

/** A call that is wrong in itself. */
export const misuse = (diagnostics: Diagnostic[]): Outcome => ({ diagnostics, exit: EXIT.usage });

/** What every command runs under. */
export interface Session {
  messages: Messages;
  /** The format that the result is laid out in. */
  format: string;
  /** Asks the person at the terminal; null when there is none. */
  ask: Ask | null;
  strict: boolean;
  /** The day on which the command runs. */
  today: Day;
  quiet: boolean;
  /** Whether every coercion of input is told. */
  explainInput: boolean;
  /** Every command, for those that speak of the others. */
  commands: Readonly<Record<string, () => Promise<Command>>>;
}

/** A command: what it takes, examples for its help, and what it does. */
export interface Command {
  arguments: ArgumentSpec[];
  options: OptionSpec[];
  examples: string[];
  /** Formats it takes, the usual one first, when not those of every command. */
  formats?: readonly string[] | ((args: readonly string[], options: OptionValues) => readonly string[]);
  /** Options of every command that cannot apply to it. */
  without?: readonly OptionSpec['name'][];
  run(args: readonly string[], options: OptionValues, session: Session): Promise<Outcome>;
}

export const texts = (value: unknown): string[] => (Array.isArray(value) ? value.map(String) : []);
export const text = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);
