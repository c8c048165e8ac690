import type { Diagnostic } from '../diagnostics/diagnostic.js';
import type { DiagnosticText, Messages } from './messages.js';
import { type Language, numbersIn } from './numbers.js';

export type { Messages } from './messages.js';
export type { Language, Numbers } from './numbers.js';

export const LANGUAGES: readonly Language[] = ['vi', 'en'];

/** Loads one language's words. */
export async function loadMessages(language: Language): Promise<Messages> {
  const numbers = numbersIn(language);
  if (language === 'vi') {
    const { viLabels, viHelp, viDiagnostics } = await import('./vi/index.js');
    return { language, numbers, labels: viLabels, help: viHelp, diagnostics: viDiagnostics };
  }
  const { enLabels, enHelp, enDiagnostics } = await import('./en/index.js');
  return { language, numbers, labels: enLabels, help: enHelp, diagnostics: enDiagnostics };
}

/** A diagnostic in words. */
export function diagnosticText(diagnostic: Diagnostic, messages: Messages): DiagnosticText {
  const say = messages.diagnostics[diagnostic.code] as (params: unknown) => DiagnosticText;
  return say(diagnostic.params);
}
