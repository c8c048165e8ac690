export { enDiagnostics } from './diagnostics.js';
export { enHelp } from './help.js';
export { enLabels } from './labels.js';
