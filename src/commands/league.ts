import { type Changes, changeFaults } from '../analysis/gain.js';
import { gainingTogether, groupByCriterion, groupWhatIf } from '../analysis/group.js';
import { findListed } from '../analysis/hierarchy.js';
import { parseChanges } from '../analysis/whatif.js';
import { type Diagnostic, error, warning } from '../diagnostics/diagnostic.js';
import { holdsLeague, type OpenReading, openScenario, openUnits } from '../files/open.js';
import { leagueText } from '../files/yaml.js';
import { KNOWN_PARTS } from '../ranking/backtest.js';
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
import type { Call } from './shared/call.js';
import type { Command, OptionValues } from './shared/command.js';
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
  async run(call) {
    const files = call.args;
    const pictured = files.length === 1 && (await holdsLeague(files[0]!));
    const form = files[0] === 'backtest' ? 'backtest' : pictured ? 'picture' : 'readings';
    call.misused(straysOf(form, call.options));
    call.settle();
    if (form === 'backtest') return backtestLeagues(files.slice(1), call);
    if (form === 'picture') return pictureLeague(files[0]!, call);
    const file = call.text('save');
    const ending = file === undefined ? 'yaml' : formatOfName(file, ['yaml']);
    if (typeof ending === 'object') call.refuse(ending);
    // The unit is one of the group's, not the only one to be read.
    const opened = await call.readings(files, null);
    call.settle();
    call.misused(groupFaults(opened));
    call.settle();
    const ties = call.ties() ?? 'min';
    const results = opened.map(({ reading, catalogue }) => score(reading, catalogue));
    const table = standings(results, ties);
    const named = call.text('unit');
    const ours = named === undefined ? null : results.findIndex((r) => hasNameOrCode(r, named));
    if (named !== undefined && ours === -1) {
      const units = results.map((r) => r.unit);
      call.refuse(error('unknown-unit', { value: named, suggestion: similarUnit(named, units) }));
    }
    const criteria = groupByCriterion(results, ties, ours);
    const { scenarios, words } = await askedChanges(opened, call);
    call.settle();
    const whatIf = scenarios && groupWhatIf(opened, scenarios, ties);
    const units = await call.opened(call.text('units'), openUnits);
    call.settle();
    const lost = units ? opened.filter((o) => !findListed(units, o.reading)).map((o) => o.reading.unit) : [];
    if (lost.length > 0) call.note(warning('unit-not-placed', { units: lost }));
    if (file !== undefined) await call.write(file, leagueText(whatIf?.after ?? table, words));
    const unit = ours === null ? null : results[ours]!.unit;
    return {
      presentation: presentGroup({ table, whatIf, changes: words, units, criteria, unit }, call.messages),
    };
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
function groupFaults(opened: readonly OpenReading[]): Diagnostic[] {
  const units = opened.map((o) => o.reading.unit);
  const years = [...new Set(opened.map((o) => o.reading.year))];
  if (units.length < 2) return [error('league-needs-units', { value: units.length })];
  const twice = repeatedUnits(opened.map((o) => o.reading)).map((r) => r.unit);
  return [
    ...(years.length > 1 ? [error('mixed-years', { years })] : []),
    ...(years.length === 1 ? [...new Set(twice)].map((unit) => error('duplicate-unit', { unit })) : []),
  ];
}

/** Each unit's changes, and all of them in words; null when none is asked for. */
async function askedChanges(opened: readonly OpenReading[], call: Call) {
  const [sets, raises, files] = [call.texts('set'), call.texts('raise'), call.texts('scenario')];
  const set = parseAssignments('--set', sets);
  const raise = parseAssignments('--raise', raises);
  const told = [...set.diagnostics, ...raise.diagnostics];
  const first = opened[0]!;
  if (sets.length + raises.length + files.length === 0) return { scenarios: null, words: null };
  const scenarios: Map<string, Entry>[] = [];
  const wanted: Changes[] = [];
  for (const { reading, catalogue, file: ofUnit } of opened) {
    const whole = parseChanges(set.data, catalogue, [], reading.year);
    const higher = parseChanges(raise.data, catalogue, [], reading.year);
    if (told.length === 0) told.push(...set.at(whole.diagnostics), ...raise.at(higher.diagnostics));
    const changes = new Map(whole.changes);
    for (const file of files) {
      const scenario = call.take(await openScenario(file, catalogue, reading.year));
      for (const [id, entry] of scenario?.changes ?? []) changes.set(id, entry);
    }
    // The unit stays in the ranking, its score not known.
    for (const fault of changeFaults(changes, reading, catalogue))
      call.note({ ...fault, severity: 'warning', place: { file: ofUnit } });
    scenarios.push(changes);
    wanted.push(higher.changes);
  }
  gainingTogether(opened, wanted).forEach((lifted, i) => {
    for (const [id, entry] of lifted) scenarios[i]!.set(id, entry);
  });
  call.misused(told);
  const raised = parseChanges(raise.data, first.catalogue, [], first.reading.year).changes;
  const inWords = (words: Words) =>
    [...sets, ...raisedTexts(raised, first.catalogue, words), ...files].join(', ');
  const [vi, en] = [inWords(await loadMessages('vi')), inWords(await loadMessages('en'))];
  return { scenarios, words: { vi, en } };
}

export default command;
