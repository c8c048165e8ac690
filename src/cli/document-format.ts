import { extname } from 'node:path';
import { type OptionValues, text } from './command.js';

/** The format asked for, else the one that the output's name ends in, else the usual one. */
export function documentFormat(options: OptionValues, known: readonly string[], usual: string): string {
  const ending = extname(text(options.output) ?? '')
    .slice(1)
    .toLowerCase();
  const named = ending === 'md' ? 'markdown' : ending;
  return text(options.format) ?? (known.includes(named) ? named : usual);
}
