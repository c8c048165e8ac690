import { error } from '../diagnostics/diagnostic.js';
import { streamScores } from '../input/stream.js';
import { presentStream } from '../output/views/stream.js';
import type { Ties } from '../ranking/ties.js';
import { type OptionValues, type Outcome, type Session, text } from './command.js';
import { EXIT } from './exit.js';
import { Loader } from './load.js';

/** Ranks the units of one large CSV, each year by itself, reading it once with flat memory. */
export async function streamed(
  files: readonly string[],
  options: OptionValues,
  session: Session,
): Promise<Outcome> {
  const apart = (['set', 'raise', 'scenario', 'save', 'units'] as const).filter(
    (key) => options[key] !== undefined,
  );
  if (apart.length > 0 || files.length !== 1) {
    const wrong = apart.map((key) => error('not-in-stream', { option: `--${key}` }));
    const many =
      files.length === 1 ? [] : [error('too-many-arguments', { found: files.length, expected: 1 })];
    return { diagnostics: [...wrong, ...many], exit: EXIT.usage };
  }
  if (text(options.catalogue) === undefined)
    return { diagnostics: [error('needs-option', { option: '--catalogue' })], exit: EXIT.usage };
  const loader = new Loader(options, session);
  const catalogue = await loader.catalogue();
  if (!catalogue) return loader.refusal();
  const sums = loader.take(await streamScores(files[0]!, catalogue));
  if (!sums) return loader.refusal();
  const ties = (text(options.ties) as Ties | undefined) ?? 'min';
  return {
    presentation: presentStream(sums, catalogue, ties, session.messages),
    diagnostics: loader.diagnostics,
    exit: EXIT.fine,
  };
}
