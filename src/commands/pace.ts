import { pace } from '../analysis/pace.js';
import type { Catalogue } from '../catalogue/catalogue.js';
import { findCriterion } from '../catalogue/select.js';
import { parseAssignments } from '../cli/assignments.js';
import { type Command, EXIT, text, texts } from '../cli/command.js';
import { eachReading } from '../cli/load.js';
import { shared } from '../cli/options.js';
import { type Diagnostic, error, warning } from '../diagnostics/diagnostic.js';
import { type Day, monthAndDay, parseDay } from '../exact/calendar.js';
import type { Fraction } from '../exact/fraction.js';
import { measure } from '../reading/measure.js';
import type { Reading } from '../reading/reading.js';
import { score } from '../scoring/score.js';
import { presentPace } from './pace-view.js';

const command: Command = {
  arguments: [{ name: 'readings', syntax: '<file...>' }],
  options: [
    { name: 'asOf', flags: '--as-of <date>' },
    { name: 'target', flags: '--target <id=rate>', repeat: true },
    shared.league,
    shared.catalogue,
    shared.unit,
    shared.year,
  ],
  examples: [
    'cchc pace fixtures/nhu-xuan-2022-to-date.yaml --as-of 31/07/2022',
    'cchc pace fixtures/nhu-xuan-2022-to-date.yaml --as-of 31/07/2022 --target 7.3.2=70% \\',
    '    --league fixtures/leagues/thanh-hoa-districts-2022.yaml',
  ],
  async run(files, options, session) {
    const written = text(options.asOf);
    if (written === undefined)
      return { diagnostics: [error('needs-option', { option: '--as-of' })], exit: EXIT.usage };
    const asOf = parseDay(written);
    if (!asOf) return { diagnostics: [error('bad-date', { found: written })], exit: EXIT.usage };
    return eachReading(
      files,
      options,
      session,
      async ({ opened: { reading, catalogue }, league, loader }) => {
        const targets = readTargets(texts(options.target), catalogue);
        const wrong = [...targets.diagnostics, ...outside(asOf, written, reading.year)];
        if (wrong.length > 0) return { diagnostics: wrong, exit: EXIT.usage };
        const rivals = loader.rivals(league, score(reading, catalogue));
        if (loader.failed) return loader.refusal();
        const result = pace(reading, catalogue, asOf, targets.rates, rivals);
        if (result.rows.length === 0) return { diagnostics: [error('no-counts', {})], exit: EXIT.usage };
        const off = [...targets.rates.keys()].filter((id) => result.without.includes(id));
        if (off.length > 0) {
          return { diagnostics: off.map((id) => error('pace-target-on-other', { id })), exit: EXIT.usage };
        }
        return {
          presentation: presentPace(result, session.messages),
          diagnostics: beforeMonths(asOf, written, reading),
          exit: EXIT.fine,
        };
      },
    );
  },
};

const outside = (asOf: Day, found: string, year: number): Diagnostic[] =>
  asOf.year === year ? [] : [error('date-outside-year', { found, year })];

/** Months counted that the day has not come to: counts to date are then not those of the day. */
function beforeMonths(asOf: Day, found: string, { entries }: Reading): Diagnostic[] {
  const { month } = monthAndDay(asOf);
  const given = [...entries].flatMap(([id, { volume }]) =>
    volume ? [{ id, months: Math.max(volume.months.length, volume.history.length) }] : [],
  );
  const later = given.filter(({ months }) => months > month);
  if (later.length === 0) return [];
  const ids = later.map(({ id }) => id);
  return [warning('as-of-before-months', { found, ids, months: Math.max(...later.map((l) => l.months)) })];
}

/** `ID=RATE` texts as wanted rates. */
function readTargets(written: readonly string[], catalogue: Catalogue) {
  const { data, diagnostics: usage, at } = parseAssignments('--target', written);
  const diagnostics: Diagnostic[] = [];
  const rates = new Map<string, Fraction>();
  for (const [id, value] of Object.entries(data)) {
    const criterion = findCriterion(catalogue, id);
    const input = 'id' in criterion ? criterion.compiled.inputs[0]! : null;
    if (!('id' in criterion)) {
      diagnostics.push(error('unknown-criterion', { found: id, suggestion: criterion.suggestion }, [id]));
    } else if (input?.form !== 'line') {
      diagnostics.push(error('pace-target-on-other', { id }, [id]));
    } else {
      const read = measure(
        { form: 'scalar', value: value as string },
        input,
        criterion.id,
        [id],
        catalogue.year,
      );
      diagnostics.push(...read.diagnostics.filter((d) => d.severity === 'error'));
      if (read.value?.form === 'number') rates.set(criterion.id, read.value.x);
    }
  }
  return { rates, diagnostics: [...usage, ...at(diagnostics)] };
}

export default command;
