import { viDiagnostics } from './diagnostics.js';
import { viHelp } from './help.js';
import { viLabels } from './labels.js';

/** Every word of the language. */
export const viTexts = { labels: viLabels, help: viHelp, diagnostics: viDiagnostics };
