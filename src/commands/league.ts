import { type Changes, changeFaults } from '../analysis/gain.js';
import { gainingTogether, groupByCriterion, groupWhatIf } from '../analysis/group.js';
import { findListed } from '../analysis/hierarchy.js';
import { parseChanges } from '../analysis/whatif.js';
import { type Diagnostic, error, hasErrors, warning } from '../diagnostics/diagnostic.js';
import { holdsLeague, type OpenReading, openScenario, openUnits } from '../files/open.js';
import { writeWhole } from '../files/write.js';
import { leagueText } from '../files/yaml.js';
import { KNOWN_PARTS } from '../ranking/backtest.js';
import type { Ties } from '../ranking/ranks.js';
import { standings } from '../ranking/standings.js';
import type { Entry } from '../reading/reading.js';
import { raisedTexts } from '../render/words.js';
import { score } from '../scoring/score.js';
import { hasNameOrCode, repeatedUnits, similarUnit } from '../shapes/unit.js';
import { loadMessages } from '../text/index.js';
import type { Words } from '../text/messages.js';
import { backtestLeagues } from './league-backtest.js';
import { pictureLeague } from './league-picture.js';
import { presentGroup } from './league-view.js';
import { parseAssignments } from './shared/assignments.js';
import { type Command, EXIT, misuse, type OptionValues, outcomeOf, text, texts } from './shared/command.js';
import { Loader } from './shared/load.js';
import { formatOfName, shared } from './shared/options.js';

const command: Command = {
  arguments: [{ name: 'group', syntax: '<file...>' }],
  options: [
    { name: 'setAll', flags: '--set <id=value>', repeat: true },
    { name: 'raise', flags: '--raise <id=value>', repeat: true },
    { name: 'scenario', flags: '--scenario <file>', repeat: true },
    { name: 'save', flags: '--save <file>' },
    { name: 'units', flags: '--units <file>' },
    { name: 'known', flags: '--known <what>', choices: KNOWN_PARTS },
    { name: 'sample', flags: '--sample <n>' },
    { name: 'unit', flags: '--unit <name>' },
    shared.ties,
    shared.catalogue,
    shared.year,
  ],
  examples: [
    'cchc league xa-*.yaml --save league.yaml',
    'cchc league fixtures/groups/example-2022.csv --raise 7.3.2=85%',
    'cchc league fixtures/leagues/thanh-hoa-districts-2023.yaml',
    'cchc league backtest --known own',
  ],
  async run(files, options, session) {
    const pictured = files.length === 1 && (await holdsLeague(files[0]!));
    const form = files[0] === 'backtest' ? 'backtest' : pictured ? 'picture' : 'readings';
    const strays = straysOf(form, options);
    if (strays.length > 0) return misuse(strays);
    if (form === 'backtest') return backtestLeagues(files.slice(1), options, session);
    if (form === 'picture') return pictureLeague(files[0]!, options, session);
    const file = text(options.save);
    const ending = file === undefined ? 'yaml' : formatOfName(file, ['yaml']);
    if (typeof ending === 'object') return misuse([ending]);
    // The unit is one of the group's, not the only one to be read.
    const { unit: named, ...others } = options;
    const loader = new Loader(others, session);
    const opened = await loader.readings(files);
    if (loader.failed) return loader.refusal();
    const wrong = refusals(opened);
    if (wrong.length > 0) return misuse(wrong);
    const ties = (text(options.ties) as Ties | undefined) ?? 'min';
    const results = opened.map(({ reading, catalogue }) => score(reading, catalogue));
    const table = standings(results, ties);
    const wanted = text(named);
    const ourIndex = wanted === undefined ? null : results.findIndex((r) => hasNameOrCode(r, wanted));
    if (wanted !== undefined && ourIndex === -1) {
      const suggestion = similarUnit(
        wanted,
        results.map((r) => r.unit),
      );
      return misuse([error('unknown-unit', { value: wanted, suggestion })]);
    }
    const criteria = groupByCriterion(results, ties, ourIndex);
    const asked = await askedChanges(opened, options, loader);
    if (hasErrors(asked.diagnostics)) return misuse(asked.diagnostics);
    if (loader.failed) return loader.refusal();
    const whatIf = asked.scenarios && groupWhatIf(opened, asked.scenarios, ties);
    const places = text(options.units);
    const units = places === undefined ? null : (loader.take(await openUnits(places)) ?? null);
    if (loader.failed) return loader.refusal();
    if (units) {
      const lost = opened.filter((o) => !findListed(units, o.reading)).map((o) => o.reading.unit);
      if (lost.length > 0) loader.diagnostics.push(warning('unit-not-placed', { units: lost }));
    }
    if (file !== undefined) {
      const problem = await writeWhole(
        file,
        leagueText(whatIf?.after ?? table, asked.words),
        options.force === true,
      );
      if (problem) return { diagnostics: [...loader.diagnostics, problem], exit: EXIT.input };
    }
    return outcomeOf(
      presentGroup(
        {
          table,
          whatIf,
          changes: asked.words,
          units,
          criteria,
          unit: ourIndex === null ? null : results[ourIndex]!.unit,
        },
        session.messages,
      ),
      [...loader.diagnostics, ...asked.diagnostics],
    );
  },
};

/** Options that only one form of the command takes. */
const ONLY = [
  { form: 'readings', call: 'cchc league READING…', options: ['set', 'raise', 'scenario', 'save', 'units'] },
  { form: 'backtest', call: 'cchc league backtest', options: ['known', 'sample'] },
] as const;

function straysOf(form: 'readings' | 'backtest' | 'picture', options: OptionValues): Diagnostic[] {
  return ONLY.filter((only) => only.form !== form).flatMap(({ call, options: names }) =>
    names
      .filter((name) => options[name] !== undefined)
      .map((name) => error('unknown-option', { value: `--${name}`, of: [call] })),
  );
}

/** A group needs two units, each once, of one year. */
function refusals(opened: readonly OpenReading[]): Diagnostic[] {
  const units = opened.map((o) => o.reading.unit);
  const years = [...new Set(opened.map((o) => o.reading.year))];
  if (units.length < 2) return [error('league-needs-units', { value: units.length })];
  const twice = repeatedUnits(opened.map((o) => o.reading)).map((r) => r.unit);
  return [
    ...(years.length > 1 ? [error('mixed-years', { years })] : []),
    ...(years.length === 1 ? [...new Set(twice)].map((unit) => error('duplicate-unit', { unit })) : []),
  ];
}

/** Each unit's changes; null when none is asked for. */
async function askedChanges(opened: readonly OpenReading[], options: OptionValues, loader: Loader) {
  const set = parseAssignments('--set', texts(options.set));
  const raise = parseAssignments('--raise', texts(options.raise));
  const diagnostics = [...set.diagnostics, ...raise.diagnostics];
  const files = texts(options.scenario);
  const first = opened[0];
  if (!first || texts(options.set).length + texts(options.raise).length + files.length === 0)
    return { scenarios: null, diagnostics, words: null };
  const scenarios: Map<string, Entry>[] = [];
  const wanted: Changes[] = [];
  for (const { reading, catalogue, file: ofUnit } of opened) {
    const whole = parseChanges(set.data, catalogue, [], reading.year);
    const higher = parseChanges(raise.data, catalogue, [], reading.year);
    if (diagnostics.length === 0)
      diagnostics.push(...set.at(whole.diagnostics), ...raise.at(higher.diagnostics));
    const changes = new Map(whole.changes);
    for (const file of files) {
      const scenario = loader.take(await openScenario(file, catalogue, reading.year));
      for (const [id, entry] of scenario?.changes ?? []) changes.set(id, entry);
    }
    // The unit stays in the ranking, its score not known.
    for (const fault of changeFaults(changes, reading, catalogue))
      loader.diagnostics.push({ ...fault, severity: 'warning', place: { file: ofUnit } });
    scenarios.push(changes);
    wanted.push(higher.changes);
  }
  gainingTogether(opened, wanted).forEach((lifted, i) => {
    for (const [id, entry] of lifted) scenarios[i]!.set(id, entry);
  });
  const raises = parseChanges(raise.data, first.catalogue, [], first.reading.year).changes;
  const inWords = (words: Words) =>
    [...texts(options.set), ...raisedTexts(raises, first.catalogue, words), ...files].join(', ');
  const [vi, en] = [inWords(await loadMessages('vi')), inWords(await loadMessages('en'))];
  return { scenarios, diagnostics, words: { vi, en } };
}

export default command;
