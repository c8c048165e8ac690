import { dirname } from 'node:path';
import type { Catalogue } from '../../catalogue/catalogue.js';
import { openCatalogue } from '../../files/catalogue.js';
import { type OpenReading, openLeague, openReadings } from '../../files/open.js';
import { type Output, writeAllWhole, writeWhole } from '../../files/write.js';
import { assumedOf, type League } from '../../ranking/league.js';
import type { Ties } from '../../ranking/ranks.js';
import type { Rivals } from '../../ranking/rivals.js';
import { rivalsOfResult } from '../../ranking/standings.js';
import { joinPresentations, listOf, type Presentation } from '../../render/presentation.js';
import { numberText } from '../../render/words.js';
import { Groups, missingReferences, withGroup } from '../../scoring/group.js';
import type { ReadingResult } from '../../scoring/result.js';
import type { Messages } from '../../text/index.js';
import {
  asFarAsRead,
  type Diagnostic,
  error,
  hasErrors,
  type Result,
  resultOf,
  warning,
} from '../../values/diagnostic.js';
import { type Fraction, toNumber } from '../../values/fraction.js';
import { YEARS } from '../../values/scalars.js';
import { hasNameOrCode, similarUnit } from '../../values/unit.js';
import {
  EXIT,
  type ExitCode,
  type OptionValues,
  type Outcome,
  type Session,
  text,
  texts,
} from './command.js';
import { countOf, decimalOf, flagOf, type OptionUnit } from './options.js';

/** A call that ends without a result: `main` tells what the call has noted. */
export class Refusal extends Error {
  constructor(readonly exit: ExitCode) {
    super('refused');
  }
}

/**
 * One call of a command: what was typed, what its files hold, and all that is wrong with either. Complaints are
 * collected, so that they come in one go; `settle`, `need` and `refuse` then end the call.
 */
export class Call {
  /** What there is to say of the files. */
  private readonly diagnostics: Diagnostic[] = [];
  /** What is wrong with the call itself, rather than with a file. */
  private readonly misuse: Diagnostic[] = [];
  /** Catalogues that were opened, by their names and files. */
  readonly schemes = new Map<string, Result<Catalogue>>();

  constructor(
    readonly args: readonly string[],
    readonly options: OptionValues,
    readonly session: Session,
  ) {}

  get messages(): Messages {
    return this.session.messages;
  }

  text(key: string): string | undefined {
    return text(this.options[key]);
  }

  /** All that an option which can be repeated says. */
  texts(key: string): string[] {
    return texts(this.options[key]);
  }

  has(flag: string): boolean {
    return this.options[flag] === true;
  }

  /** The folder that the result is written to; the working folder without `--output`. */
  get folder(): string {
    return dirname(this.text('output') ?? '');
  }

  /** The number that an option says; undefined when it is not given, or wrong. */
  decimal(key: string, unit: OptionUnit): Fraction | undefined {
    const written = this.text(key);
    return written === undefined ? undefined : this.asked(decimalOf(flagOf(key), written, unit));
  }

  /** The whole number from `least` to `most` that an option says. */
  count(key: string, least: number, most?: number, sample?: number): number | undefined {
    const written = this.text(key);
    return written === undefined ? undefined : this.asked(countOf(flagOf(key), written, least, most, sample));
  }

  year(): number | undefined {
    return this.count('year', YEARS.least, YEARS.most, 2025);
  }

  /** The value of what the call itself says, with its diagnostics noted. */
  asked<T>(result: Result<T>): T | undefined {
    this.misused(result.diagnostics);
    return result.ok ? result.value : undefined;
  }

  /** Notes what is wrong with the call itself, or is to be told of it. */
  misused(told: Diagnostic | readonly Diagnostic[]): void {
    for (const d of [told].flat()) this.misuse.push(d);
  }

  /** Notes what there is to say of the files. */
  note(told: Diagnostic | readonly Diagnostic[]): void {
    for (const d of [told].flat()) this.diagnostics.push(d);
  }

  /** Notes what there is to say of one file, as grave as is told. */
  noteIn(file: string, told: readonly Diagnostic[], severity?: Diagnostic['severity']): void {
    this.note(told.map((d) => ({ ...d, ...(severity && { severity }), place: { file } })));
  }

  /** All that there is to tell. */
  get told(): readonly Diagnostic[] {
    return [...this.diagnostics, ...this.misuse];
  }

  /** Whether a file that was read is at fault. */
  get failed(): boolean {
    return hasErrors(this.diagnostics);
  }

  /** Ends the call if anything is wrong by now. */
  settle(): void {
    if (hasErrors(this.misuse)) throw new Refusal(EXIT.usage);
    if (this.failed) throw new Refusal(EXIT.input);
  }

  /** Ends the call: it is wrong in itself. */
  refuse(told: Diagnostic | readonly Diagnostic[]): never {
    this.misused(told);
    throw new Refusal(EXIT.usage);
  }

  /** The value of a result, with its diagnostics noted. */
  take<T>(result: Result<T>): T | null {
    this.note(result.diagnostics);
    return result.ok ? result.value : null;
  }

  /** The values of results; all are needed, and what is wrong with any ends the call. */
  need<T extends unknown[]>(...results: { [K in keyof T]: Result<T[K]> }): T {
    const values = results.map((result) => this.take(result as Result<unknown>));
    this.settle();
    return values as T;
  }

  /** What a file holds, if one is named. */
  async opened<T>(file: string | undefined, open: (file: string) => Promise<Result<T>>): Promise<T | null> {
    return file === undefined ? null : this.take(await open(file));
  }

  /** What files hold, as far as they can be read. */
  async openedEach<T>(files: readonly string[], open: (file: string) => Promise<Result<T>>): Promise<T[]> {
    const values: T[] = [];
    for (const file of files) {
      const value = this.take(await open(file));
      if (value !== null) values.push(value);
    }
    return values;
  }

  /** Tells what is wrong with the catalogue that `--catalogue` names, as it holds in its own year. */
  async checkCatalogue(): Promise<void> {
    await this.opened(this.text('catalogue'), openCatalogue);
  }

  /** The league of a file; `--strict` refuses assumed numbers in it. */
  readonly openLeague = async (file: string, strict = this.has('strict')): Promise<Result<League>> => {
    const league = await openLeague(file);
    if (!league.ok || !strict) return league;
    return resultOf(league.value, [
      ...league.diagnostics,
      ...assumedInLeague(league.value, file, this.messages),
    ]);
  };

  /** The league that `--league` names, with `--ties` in force. */
  async league(): Promise<League | null> {
    const league = await this.opened(this.text('league'), this.openLeague);
    return league && { ...league, ties: this.ties() ?? league.ties };
  }

  ties(): Ties | undefined {
    return this.text('ties') as Ties | undefined;
  }

  /** The rivals of a scored unit in the league of `--league`, if one is given; its rank there is of the `ranked` result. */
  rivals(league: League | null, result: ReadingResult, ranked = result): Rivals | null {
    if (!league) return null;
    const rivals = rivalsOfResult(league, result, ranked);
    this.noteIn(this.text('league')!, rivals.diagnostics);
    return rivals.ok ? rivals.value : null;
  }

  /** The readings of the files that `--unit` and `--year` ask for; of every unit, where `unit` is null. */
  async readings(
    files: readonly string[] = this.args,
    unit: string | null = this.text('unit') ?? null,
  ): Promise<OpenReading[]> {
    await this.checkCatalogue();
    if (this.failed) return [];
    const readings: OpenReading[] = [];
    for (const file of files) {
      const opened = await openReadings(file, this.text('catalogue'), this.schemes, this.has('explainInput'));
      this.note(opened.diagnostics);
      for (const one of asFarAsRead(opened) ?? []) readings.push(one);
    }
    const chosen = this.chosen(withGroup(readings), unit);
    this.note(lacking(chosen, readings, this.failed));
    if (this.has('strict')) for (const one of chosen) this.note(assumedIn(one, this.messages));
    return chosen;
  }

  private chosen(opened: OpenReading[], unit: string | null): OpenReading[] {
    const year = this.year();
    if (hasErrors(this.misuse)) return [];
    const ofUnit = opened.filter((o) => unit === null || hasNameOrCode(o.reading, unit));
    const chosen = ofUnit.filter((o) => year === undefined || o.reading.year === year);
    if (chosen.length === 0 && opened.length > 0) {
      const units = opened.map((o) => o.reading.unit);
      if (unit !== null && ofUnit.length === 0)
        this.note(error('unknown-unit', { value: unit, suggestion: similarUnit(unit, units) }));
      else if (year !== undefined) this.note(error('unknown-year', { year, options: yearsOf(ofUnit) }));
    }
    return chosen;
  }

  /** Runs an analysis on every reading of the files, and puts the results together. */
  async eachReading(
    files: readonly string[],
    analyse: (
      opened: OpenReading,
      league: League | null,
    ) => Promise<{ presentation: Presentation; exit?: ExitCode }>,
  ): Promise<Outcome> {
    const opened = await this.readings(files);
    const league = await this.league();
    this.settle();
    const results = [];
    for (const one of opened) {
      try {
        const { presentation, exit = EXIT.fine } = await analyse(one, league);
        results.push({ unit: one.reading.unit, year: one.reading.year, presentation, exit });
      } catch (fault) {
        // What is wrong with the others is told too.
        if (!(fault instanceof Refusal)) throw fault;
      }
    }
    this.settle();
    const exit = results.reduce<ExitCode>((most, r) => (r.exit > most ? r.exit : most), EXIT.fine);
    return { presentation: joinPresentations(results), exit };
  }

  /** Refuses several readings where one is to be shown. */
  needOne(opened: readonly OpenReading[], format: string): void {
    if (opened.length <= 1) return;
    const { length: count } = opened;
    const units = [...new Set(opened.map((o) => o.reading.unit))];
    const years = [...new Set(opened.map((o) => String(o.reading.year)))];
    const [option, options] = units.length === 1 ? ['--year', years] : ['--unit', units];
    this.refuse(error('one-reading', { format, count, option, options }));
  }

  /** Writes a file whole; over another only with `--force`. */
  async write(file: string, content: string | Uint8Array): Promise<void> {
    const problem = await writeWhole(file, content, this.has('force'));
    if (problem) this.note(problem);
    this.settle();
  }

  /** Writes several files, all or none; the outcome is their names. */
  async writeAll(files: readonly Output[]): Promise<Outcome> {
    this.note(await writeAllWhole(files, this.has('force')));
    this.settle();
    return { raw: files.map(({ file }) => `${file}\n`).join(''), elsewhere: true };
  }
}

/** The years that readings are of, the first one first. */
const yearsOf = (opened: readonly OpenReading[]) =>
  [...new Set(opened.map((o) => o.reading.year))].sort((a, b) => a - b);

/** What `--strict` refuses in a league. */
export const assumedInLeague = (league: League, file: string, { labels }: Messages): Diagnostic[] =>
  assumedOf(league).map(({ id, value }) => ({
    ...error('assumed-number', { id, what: 'value', named: labels.ruleNumbers.at!, value: value.toString() }),
    place: { file },
  }));

/** What `--strict` refuses in a catalogue and a reading by it: assumed numbers, and rules not understood. */
export function assumedIn(
  { catalogue, file, reading, places }: Pick<OpenReading, 'catalogue' | 'file'> & Partial<OpenReading>,
  messages: Messages,
): Diagnostic[] {
  return catalogue.criteria.flatMap(({ id, numbers, rule, compiled }) => {
    const entry = reading?.entries.get(id);
    const assumed = numbers.filter(({ provenance }) => provenance.kind === 'assumed');
    const ofRule = assumed.map(({ what, value }) => {
      const named = numberText(what, rule, messages);
      return error('assumed-number', { id, what, named, value: String(toNumber(value)) });
    });
    const ofValue = { id, what: 'value', named: messages.labels.ruleNumbers.at!, value: '…' };
    return listOf<Diagnostic>([
      compiled.todo && error('rule-todo', { id }),
      ofRule,
      entry?.provenance === 'assumed' && error('assumed-number', ofValue, entry.path),
    ]).map((d) => ({ ...d, place: (d.path.length > 0 && places?.get(id)) || { file } }));
  });
}

/**
 * What values are held against and is unknown, and the units whose readings are more than the one that is meant. Of
 * `faulty` readings a value may be there that could not be read, so that only what no file could give is told.
 */
function lacking(chosen: readonly OpenReading[], all: readonly OpenReading[], faulty: boolean): Diagnostic[] {
  const groups = new Groups(all);
  const couldGive = (one: OpenReading, wants: string) =>
    wants === 'last-year'
      ? groups.of(one, one.reading.year - 1)?.find(one.reading) !== undefined
      : wants !== 'target' && groups.of(one)!.readings.length > 1;
  const twice = new Set<string>();
  const told = chosen.flatMap((one) => {
    const lacks = missingReferences(one).filter(({ wants }) => !faulty || !couldGive(one, wants));
    for (const { wants } of lacks) {
      const asked = groups.of(one, one.reading.year - Number(wants === 'last-year'));
      for (const { unit } of asked?.repeated() ?? []) twice.add(unit);
    }
    return unheld(one, lacks);
  });
  return [...told, ...[...twice].map((unit) => warning('duplicate-unit', { unit }))];
}

/** What values of a reading are held against and is unknown, each at the value's place. */
export function unheld(
  one: OpenReading,
  lacks: ReturnType<typeof missingReferences> = missingReferences(one),
): Diagnostic[] {
  const placeOf = (id: string) => one.places.get(id) ?? { file: one.file };
  return lacks.map(({ id, path, wants }) => ({
    ...warning(`needs-${wants}`, { id }, path),
    place: placeOf(id),
  }));
}
