import type { Language } from '../text/numbers.js';

/** The value that follows an option anywhere in the arguments, before they are parsed in full. */
function peekOption(args: readonly string[], name: string): string | undefined {
  const end = args.indexOf('--');
  const own = end < 0 ? args : args.slice(0, end);
  const joined = own.find((a) => a.startsWith(`${name}=`));
  if (joined) return joined.slice(name.length + 1);
  const at = own.indexOf(name);
  return at < 0 ? undefined : own[at + 1];
}

/** `--lang`, else the system's locale, else English. */
export function chooseLanguage(args: readonly string[], env: NodeJS.ProcessEnv): Language {
  const asked = peekOption(args, '--lang');
  if (asked === 'vi' || asked === 'en') return asked;
  const locale = env.LC_ALL || env.LC_MESSAGES || env.LANG || Intl.DateTimeFormat().resolvedOptions().locale;
  return /^vi\b|^vi_/i.test(locale) ? 'vi' : 'en';
}
