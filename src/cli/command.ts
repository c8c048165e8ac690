import type { Diagnostic } from '../diagnostics/diagnostic.js';
import type { Presentation } from '../output/presentation.js';
import type { Messages } from '../text/index.js';
import type { HelpTexts } from '../text/messages.js';
import type { ExitCode } from './exit.js';

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
  diagnostics: Diagnostic[];
  exit: ExitCode;
  /** The format to lay out in, when the command decides it (by the output's name). */
  format?: string;
}

/** What every command runs under. */
export interface Session {
  messages: Messages;
  strict: boolean;
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
  /** Formats it takes, when not those of every command. */
  formats?: readonly string[];
  run(args: readonly string[], options: OptionValues, session: Session): Promise<Outcome>;
}

export const texts = (value: unknown): string[] => (Array.isArray(value) ? value.map(String) : []);
export const text = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);
