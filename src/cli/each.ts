import type { Diagnostic } from '../diagnostics/diagnostic.js';
import type { OpenReading } from '../files/open.js';
import type { League } from '../ranking/league.js';
import { together } from '../render/together.js';
import { EXIT, type ExitCode, type OptionValues, type Outcome, type Session } from './command.js';
import { Loader } from './load.js';

/** One reading to analyse, with what the options name besides. */
export interface Case {
  opened: OpenReading;
  league: League | null;
  loader: Loader;
}

/** Runs an analysis on every reading that the files hold, and puts the results together. */
export async function eachReading(
  files: readonly string[],
  options: OptionValues,
  session: Session,
  analyse: (one: Case) => Promise<Outcome>,
): Promise<Outcome> {
  const loader = new Loader(options, session);
  const opened = await loader.readings(files);
  const league = await loader.league();
  if (opened.length === 0 || loader.failed) return loader.refusal();
  const outcomes: { of: OpenReading; outcome: Outcome }[] = [];
  for (const one of opened)
    outcomes.push({ of: one, outcome: await analyse({ opened: one, league, loader }) });
  const found: Diagnostic[] = [
    ...new Set([...loader.diagnostics, ...outcomes.flatMap((o) => o.outcome.diagnostics)]),
  ];
  const exit = outcomes.reduce<ExitCode>(
    (most, o) => (o.outcome.exit > most ? o.outcome.exit : most),
    EXIT.fine,
  );
  const results = outcomes.flatMap(({ of: { reading }, outcome: { presentation } }) =>
    presentation ? [{ unit: reading.unit, year: reading.year, presentation }] : [],
  );
  if (results.length < outcomes.length) return { diagnostics: found, exit };
  return { presentation: together(results), diagnostics: found, exit };
}
