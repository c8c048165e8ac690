import type { Messages } from '../text/index.js';

/** What every command runs under. */
export interface Session {
  messages: Messages;
  strict: boolean;
}
