import type { DiagnosticCode, DiagnosticParams } from '../values/codes.js';
import type { Diagnostic } from '../values/diagnostic.js';
import type { Language } from '../values/scalars.js';
import type { enHelp } from './en/help.js';
import type { enLabels } from './en/labels.js';
import { type Numbers, numbersIn } from './numbers.js';

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

type Texts = Omit<Messages, 'language' | 'numbers'>;

/** One loader per language: a language without one does not compile. A new one is one folder and one line here. */
const languages: Record<Language, () => Promise<Texts>> = {
  vi: async () => (await import('./vi/index.js')).viTexts,
  en: async () => (await import('./en/index.js')).enTexts,
};

export const LANGUAGES = Object.keys(languages) as Language[];

/** Loads one language's words. */
export async function loadMessages(language: Language): Promise<Messages> {
  return { language, numbers: numbersIn(language), ...(await languages[language]()) };
}

const TABLE = /\.(csv|tsv|xlsx|xlsm)(#.*)?$/i;

/** A diagnostic in words, of a table in those of its columns; what it quotes from a file is cut where it is long. */
export function diagnosticText(diagnostic: Diagnostic, messages: Messages): DiagnosticText {
  const say = messages.diagnostics[diagnostic.code] as (params: unknown, inTable: boolean) => string;
  const params = Object.entries(diagnostic.params).map(([key, value]) => [key, quoted(value)]);
  const words = say(Object.fromEntries(params), TABLE.test(diagnostic.place?.file ?? ''));
  const { year } = diagnostic;
  const of = year === undefined ? '' : `${messages.labels.columns.year} ${year}: `;
  const [message = '', ...under] = `${of}${words}`.split('\n').map((line) => line.trim());
  const list = under.filter((line) => line.startsWith('- ')).map((line) => line.slice(2));
  const hint = under.filter((line) => line !== '' && !line.startsWith('- ')).join(' ');
  return { message, list, hint: hint || undefined };
}

/** Characters of a text and members of a list that a message quotes. */
const QUOTED = { characters: 200, members: 100 };

function quoted(value: unknown): unknown {
  if (typeof value === 'string') {
    const text = value.length > QUOTED.characters ? `${value.slice(0, QUOTED.characters)}…` : value;
    return text.replaceAll('\n', '␊');
  }
  if (!Array.isArray(value)) return value;
  const members = value.slice(0, QUOTED.members).map(quoted);
  return value.length > QUOTED.members ? [...members, '…'] : members;
}
