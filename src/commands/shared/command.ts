import type { Presentation } from '../../render/presentation.js';
import type { HelpTexts, Messages } from '../../text/index.js';
import type { Day } from '../../values/calendar.js';
import type { Call } from './call.js';
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

/** What a command makes by itself, by format. */
export type Documents = Readonly<Record<string, () => Promise<string | Uint8Array>>>;

/** What a command has to show, before any format is chosen. */
export interface Outcome {
  presentation?: Presentation;
  documents?: Documents;
  /** Text that is the same in every format, such as a script. */
  raw?: string;
  /** Whether `--output` holds the result already, and what is shown is only about it. */
  elsewhere?: boolean;
  /** `EXIT.fine`, when left out. */
  exit?: ExitCode;
}

/** What every command runs under. */
export interface Session {
  messages: Messages;
  /** The format that the result is laid out in. */
  format: string;
  /** The day on which the command runs. */
  today: Day;
  /** Asks the person at the terminal; null when there is none. */
  ask: Ask | null;
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
  run(call: Call): Promise<Outcome>;
}

export const texts = (value: unknown): string[] => (Array.isArray(value) ? value.map(String) : []);
export const text = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);
