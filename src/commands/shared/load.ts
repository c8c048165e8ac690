import type { Catalogue } from '../../catalogue/catalogue.js';
import {
  type Diagnostic,
  error,
  hasErrors,
  type KeyPath,
  type PartialResult,
  warning,
} from '../../diagnostics/diagnostic.js';
import { toNumber } from '../../exact/fraction.js';
import { openCatalogue } from '../../files/catalogue.js';
import { type OpenReading, openLeague, openReadings } from '../../files/open.js';
import { writeAllWhole } from '../../files/write.js';
import type { League } from '../../ranking/league.js';
import type { Ties } from '../../ranking/ranks.js';
import type { Rivals } from '../../ranking/rivals.js';
import { rivalsOfResult } from '../../ranking/standings.js';
import { joinPresentations } from '../../render/presentation.js';
import { numberText } from '../../render/words.js';
import { Groups, missingReferences, withGroup } from '../../scoring/group.js';
import type { ReadingResult } from '../../scoring/result.js';
import { hasNameOrCode, similarUnit } from '../../shapes/unit.js';
import {
  EXIT,
  type ExitCode,
  misuse,
  type OptionValues,
  type Outcome,
  outcomeOf,
  type Session,
  text,
} from './command.js';
import { NumberOptions } from './options.js';

/** Collects what is loaded and what is wrong with it, so that all complaints come in one go. */
export class Loader {
  readonly diagnostics: Diagnostic[] = [];
  /** What is wrong with the options themselves. */
  private readonly misused: Diagnostic[] = [];
  private readonly schemes = new Map();

  constructor(
    private readonly options: OptionValues,
    private readonly session: Session,
  ) {}

  /** The catalogue that `--catalogue` names. */
  async catalogue(): Promise<Catalogue | undefined> {
    const named = text(this.options.catalogue);
    return named === undefined ? undefined : this.take(await openCatalogue(named));
  }

  async readings(files: readonly string[]): Promise<OpenReading[]> {
    const override = await this.catalogue();
    if (this.failed) return [];
    const readings: OpenReading[] = [];
    const { explainInput } = this.session;
    for (const file of files) {
      const opened = await openReadings(file, override, this.schemes, explainInput);
      for (const d of opened.diagnostics) this.diagnostics.push(d);
      for (const one of (opened.ok ? opened.value : opened.partial) ?? []) readings.push(one);
    }
    const chosen = this.chosen(withGroup(readings));
    for (const d of lacking(chosen, readings, this.failed)) this.diagnostics.push(d);
    if (this.session.strict)
      for (const one of chosen) for (const d of this.assumedIn(one)) this.diagnostics.push(d);
    return chosen;
  }

  /** The readings that `--unit` and `--year` ask for. */
  private chosen(opened: OpenReading[]): OpenReading[] {
    const unit = text(this.options.unit);
    const numbers = new NumberOptions();
    const year = numbers.year(this.options.year);
    this.misused.push(...numbers.diagnostics);
    if (this.misused.length > 0) return [];
    const ofUnit = opened.filter((o) => unit === undefined || hasNameOrCode(o.reading, unit));
    const chosen = ofUnit.filter((o) => year === undefined || o.reading.year === year);
    if (chosen.length === 0 && opened.length > 0) {
      const units = opened.map((o) => o.reading.unit);
      if (unit !== undefined && ofUnit.length === 0)
        this.diagnostics.push(error('unknown-unit', { value: unit, suggestion: similarUnit(unit, units) }));
      else if (year !== undefined)
        this.diagnostics.push(error('unknown-year', { year, options: yearsOf(ofUnit) }));
    }
    return chosen;
  }

  /** The league that `--league` names, with `--ties` in force. */
  async league(): Promise<League | null> {
    const file = text(this.options.league);
    if (file === undefined) return null;
    const league = this.take(await openLeague(file)) ?? null;
    const ties = text(this.options.ties) as Ties | undefined;
    return league && ties ? { ...league, ties } : league;
  }

  /** The rivals of a scored unit in a league, if one is given. */
  rivals(league: League | null, result: ReadingResult): Rivals | null {
    const file = text(this.options.league);
    if (!league || file === undefined) return null;
    const rivals = rivalsOfResult(league, result);
    const diagnostics = rivals.diagnostics.map((d): Diagnostic => ({ ...d, place: { file } }));
    return this.take({ ...rivals, diagnostics }) ?? null;
  }

  /** The value of a result, with its diagnostics noted. */
  take<T>(
    result: { ok: true; value: T; diagnostics: Diagnostic[] } | { ok: false; diagnostics: Diagnostic[] },
  ): T | undefined {
    for (const d of result.diagnostics) this.diagnostics.push(d);
    return result.ok ? result.value : undefined;
  }

  /** The value of a result, or what could be read beside its faults. */
  takeSound<T>(result: PartialResult<T>): T | undefined {
    return this.take(result) ?? (result.ok ? undefined : result.partial);
  }

  get failed(): boolean {
    return this.misused.length > 0 || hasErrors(this.diagnostics);
  }

  /** The refusal of several readings by a format that shows one, if there are several. */
  notOne(opened: readonly OpenReading[], format: string): Outcome | null {
    if (opened.length <= 1) return null;
    const { length: count } = opened;
    const units = [...new Set(opened.map((o) => o.reading.unit))];
    const years = [...new Set(opened.map((o) => String(o.reading.year)))];
    const [option, options] = units.length === 1 ? ['--year', years] : ['--unit', units];
    return misuse([error('one-reading', { format, count, option, options })]);
  }

  /** The outcome of writing several files: their names. */
  async wrote(files: Parameters<typeof writeAllWhole>[0]): Promise<Outcome> {
    const problems = await writeAllWhole(files, this.options.force === true);
    if (problems.length > 0) return { diagnostics: [...this.diagnostics, ...problems], exit: EXIT.input };
    const raw = files.map(({ file }) => `${file}\n`).join('');
    return { ...outcomeOf({ json: null, blocks: [], raw }, this.diagnostics), elsewhere: true };
  }

  /** The outcome of a command that could not start. */
  refusal(): Outcome {
    if (this.misused.length > 0) return misuse(this.misused);
    return { diagnostics: this.diagnostics, exit: EXIT.input };
  }

  /** What `--strict` refuses in a reading and its catalogue: assumed numbers, and rules not understood. */
  assumedIn({ reading, catalogue, file, places }: OpenReading): Diagnostic[] {
    const { messages } = this.session;
    return catalogue.criteria.flatMap((c) => {
      const entry = reading.entries.get(c.id);
      const assumed = (what: string, named: string, value: string, path?: KeyPath) =>
        error('assumed-number', { id: c.id, what, named, value }, path);
      const numbers = c.numbers
        .filter((n) => n.provenance.kind === 'assumed')
        .map((n) => assumed(n.what, numberText(n.what, c.rule, messages), String(toNumber(n.value))));
      const assumedEntry =
        entry?.provenance === 'assumed'
          ? [assumed('value', messages.labels.ruleNumbers.at!, '…', entry.path)]
          : [];
      const todo = c.compiled.todo ? [error('rule-todo', { id: c.id })] : [];
      return [...todo, ...numbers, ...assumedEntry].map((d) => ({
        ...d,
        place: (d.path.length > 0 ? places.get(c.id) : undefined) ?? { file },
      }));
    });
  }
}

/**
 * What values are held against and is unknown. Of `faulty` readings a value may be there that could not be read, so
 * that only what no file could give is told.
 */
function lacking(chosen: readonly OpenReading[], all: readonly OpenReading[], faulty: boolean): Diagnostic[] {
  const groups = new Groups(all);
  const couldGive = (one: OpenReading, wants: string) =>
    wants === 'last-year'
      ? groups.of(one, one.reading.year - 1)?.find(one.reading) !== undefined
      : wants !== 'target' && groups.of(one)!.readings.length > 1;
  return chosen.flatMap((one) =>
    missingReferences(one)
      .filter(({ wants }) => !faulty || !couldGive(one, wants))
      .map(({ id, path, wants }) => ({
        ...warning(`needs-${wants}`, { id }, path),
        place: one.places.get(id) ?? { file: one.file },
      })),
  );
}

/** The years that readings are of, the first one first. */
const yearsOf = (opened: readonly OpenReading[]) =>
  [...new Set(opened.map((o) => o.reading.year))].sort((a, b) => a - b);

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
  const diagnostics: Diagnostic[] = [
    ...new Set([...loader.diagnostics, ...outcomes.flatMap((o) => o.outcome.diagnostics)]),
  ];
  const exit = outcomes.reduce<ExitCode>(
    (most, o) => (o.outcome.exit > most ? o.outcome.exit : most),
    EXIT.fine,
  );
  const results = outcomes.flatMap(({ of: { reading }, outcome: { presentation } }) =>
    presentation ? [{ unit: reading.unit, year: reading.year, presentation }] : [],
  );
  if (results.length < outcomes.length) return { diagnostics, exit };
  return { presentation: joinPresentations(results), diagnostics, exit };
}
