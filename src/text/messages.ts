import type { DiagnosticCode, DiagnosticParams } from '../diagnostics/codes.js';
import type { Language } from '../shapes/scalars.js';
import type { enHelp } from './en/help.js';
import type { enLabels } from './en/labels.js';
import type { Numbers } from './numbers.js';

/** A complaint in words, and what to do about it. */
export interface DiagnosticText {
  message: string;
  /** What there is to choose from, a line each. */
  list: string[];
  hint: string | undefined;
}

/**
 * Words for every diagnostic, of a table (CSV, XLSX) in the words of its columns; a missing one does not compile. They are
 * written as they are printed: a line that says what is wrong, and under it what there is to choose from (`- …`) and the hint.
 */
export type DiagnosticTexts = {
  [C in DiagnosticCode]: (params: DiagnosticParams[C], inTable?: boolean) => string;
};

/** English sets the shape that every language fills. */
export type Labels = typeof enLabels;
export type HelpTexts = typeof enHelp;

/** What results are put in words with. */
export interface Words {
  language: Language;
  numbers: Numbers;
  labels: Labels;
}

/** Every word of one language, and its numbers. */
export interface Messages extends Words {
  help: HelpTexts;
  diagnostics: DiagnosticTexts;
}
