import { resultFormats } from '../output/formats/index.js';
import { TIES } from '../ranking/ties.js';
import { LANGUAGES } from '../text/index.js';
import type { OptionSpec } from './command.js';

/** Options that several commands share. */
export const shared = {
  catalogue: { name: 'catalogue', flags: '--catalogue <id|file>' },
  league: { name: 'league', flags: '--league <file>' },
  unit: { name: 'unit', flags: '--unit <name>' },
  year: { name: 'year', flags: '--year <year>' },
  ties: { name: 'ties', flags: '--ties <rule>', choices: TIES },
} satisfies Record<string, OptionSpec>;

/** Options that every command has. */
export const common: OptionSpec[] = [
  { name: 'lang', flags: '--lang <language>', choices: LANGUAGES },
  { name: 'format', flags: '--format <name>', choices: resultFormats },
  { name: 'output', flags: '-o, --output <file>' },
  { name: 'force', flags: '--force' },
  { name: 'explainInput', flags: '--explain-input' },
  { name: 'quiet', flags: '-q, --quiet' },
  { name: 'strict', flags: '--strict' },
  { name: 'noColor', flags: '--no-color' },
  { name: 'debug', flags: '--debug' },
];
