import { enDiagnostics } from './diagnostics.js';
import { enHelp } from './help.js';
import { enLabels } from './labels.js';

/** Every word of the language. */
export const enTexts = { labels: enLabels, help: enHelp, diagnostics: enDiagnostics };
