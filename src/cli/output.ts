import { extname } from 'node:path';
import { type Diagnostic, error } from '../diagnostics/diagnostic.js';
import { resultFormats } from '../render/formats.js';
import { type Command, type OptionValues, text } from './command.js';

/** Endings of a format's files, where they are not its name; what is for a log or a service alone has none. */
const ENDINGS: Readonly<Record<string, readonly string[]>> = {
  table: ['txt'],
  markdown: ['md'],
  yaml: ['yaml', 'yml'],
  junit: ['xml'],
  github: [],
  gitlab: [],
};

const endingsOf = (format: string): readonly string[] => ENDINGS[format] ?? [format];

/** The formats that a call can be laid out in, the usual one first; none when the command writes no result. */
export function formatsOf(
  { formats = resultFormats }: Command,
  args: readonly string[] = [],
  options: OptionValues = {},
): readonly string[] {
  return typeof formats === 'function' ? formats(args, options) : formats;
}

/** The format asked for, else the one that the output's name ends in, else the usual one. */
export function chooseFormat(formats: readonly string[], options: OptionValues): string | Diagnostic {
  const asked = text(options.format);
  if (asked !== undefined) return asked;
  const file = text(options.output);
  return (file === undefined ? undefined : formatOfName(file, formats)) ?? formats[0] ?? 'table';
}

/** The format that a file's name ends in; undefined for a name without an ending. */
export function formatOfName(file: string, formats: readonly string[]): string | Diagnostic | undefined {
  const ending = extname(file).slice(1).toLowerCase();
  if (ending === '') return undefined;
  return (
    formats.find((format) => endingsOf(format).includes(ending)) ??
    error('output-ending', { file, known: [...new Set(formats.flatMap(endingsOf))] })
  );
}
