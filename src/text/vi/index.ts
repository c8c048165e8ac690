export { viDiagnostics } from './diagnostics.js';
export { viHelp } from './help.js';
export { viLabels } from './labels.js';
