import type { Diagnostic } from '../diagnostics/diagnostic.js';
import type { Language } from '../shapes/scalars.js';
import type { DiagnosticText, Messages } from './messages.js';
import { numbersIn } from './numbers.js';

export type { Messages } from './messages.js';

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
  const [message = '', ...under] = words.split('\n').map((line) => line.trim());
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
