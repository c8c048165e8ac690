import type { Messages } from '../text/index.js';

/** What every command runs under. */
export interface Session {
  messages: Messages;
  strict: boolean;
  /** Whether every coercion of input is told. */
  explainInput: boolean;
}
