import { changeFaults, fullFixes, type Scenario } from '../analysis/gain.js';
import { parseChanges, whatIf } from '../analysis/whatif.js';
import { findOwner } from '../catalogue/select.js';
import { type Diagnostic, error, hasErrors } from '../diagnostics/diagnostic.js';
import { openScenario } from '../files/open.js';
import type { RivalMoves } from '../ranking/place.js';
import type { Reading } from '../reading/reading.js';
import type { ReadingResult } from '../scoring/result.js';
import { score } from '../scoring/score.js';
import { parseAssignments, parseRivals, typedAt } from './shared/assignments.js';
import { type Command, misuse, type OptionValues, outcomeOf, type Session, texts } from './shared/command.js';
import { eachReading } from './shared/load.js';
import { readingOptions, shared } from './shared/options.js';
import { presentWhatIf } from './whatif-view.js';

const command: Command = {
  arguments: [{ name: 'readings', syntax: '<file...>' }],
  options: [
    { name: 'set', flags: '--set <id=value>', repeat: true },
    { name: 'scenario', flags: '--scenario <file>', repeat: true },
    { name: 'allFixed', flags: '--all-fixed' },
    { name: 'only', flags: '--only <owner>', repeat: true },
    shared.league,
    { name: 'rivals', flags: '--rivals <move>', repeat: true },
    shared.ties,
    ...readingOptions,
  ],
  examples: [
    'cchc whatif fixtures/nhu-xuan-2022.yaml --set 7.3.2=60% --set 7.6.1=Tốt',
    'cchc whatif fixtures/nhu-xuan-2022.yaml --all-fixed --only "Phòng Nội vụ"',
    'cchc whatif fixtures/nhu-xuan-2022.yaml --scenario fixtures/scenarios/online-dossiers.yaml \\',
    '    --league fixtures/leagues/thanh-hoa-districts-2022.yaml --rivals +1.5',
  ],
  run: (files, options, session) =>
    eachReading(files, options, session, async ({ opened: { reading, catalogue }, league, loader }) => {
      const baseline = score(reading, catalogue);
      const { moves, diagnostics: wrongMoves } = parseRivals(texts(options.rivals), league, reading);
      const usage = [...wrongMoves];
      if (texts(options.rivals).length > 0 && !league)
        usage.push(error('needs-option', { option: '--league' }));
      const asked = askedScenarios(options, reading, baseline, session);
      usage.push(...asked.diagnostics);
      if (hasErrors(usage)) return misuse(usage);
      const scenarios = [...asked.scenarios];
      for (const path of texts(options.scenario)) {
        const scenario = loader.take(await openScenario(path, catalogue, reading.year));
        if (!scenario) continue;
        scenarios.push(scenario);
        const place = { file: path };
        loader.diagnostics.push(
          ...changeFaults(scenario.changes, reading, catalogue).map((d) => ({ ...d, place })),
        );
      }
      const rivals = loader.rivals(league, baseline);
      if (loader.failed) return loader.refusal();
      if (scenarios.length === 0) {
        const stay: Scenario = { name: { vi: 'Giữ nguyên', en: 'Unchanged' }, changes: new Map() };
        if (texts(options.rivals).length === 0) {
          return misuse([error('needs-option', { option: '--set, --scenario, --all-fixed, --only' })]);
        }
        scenarios.push(stay);
      }
      const result = whatIf(reading, catalogue, scenarios, { rivals, moves });
      return outcomeOf(presentWhatIf(result, movesText(moves, session), session.messages), usage);
    }),
};

/** Scenarios that the options spell out: values set, everything fixed, one owner's part fixed. */
function askedScenarios(
  options: OptionValues,
  reading: Reading,
  baseline: ReadingResult,
  { messages: { labels, numbers } }: Session,
): { scenarios: Scenario[]; diagnostics: Diagnostic[] } {
  const { catalogue, year } = baseline;
  const scenarios: Scenario[] = [];
  const { data, diagnostics, at } = parseAssignments('--set', texts(options.set));
  if (Object.keys(data).length > 0) {
    const read = parseChanges(data, catalogue, [], year);
    diagnostics.push(...at([...read.diagnostics, ...changeFaults(read.changes, reading, catalogue)]));
    scenarios.push({ name: { vi: labels.whatif.setName }, changes: read.changes });
  }
  if (options.allFixed)
    scenarios.push({ name: { vi: labels.whatif.fixedAll }, changes: fullFixes(baseline) });
  for (const name of texts(options.only)) {
    const owner = findOwner(catalogue, name);
    if (!('id' in owner))
      diagnostics.push(
        typedAt(error('unknown-owner', { value: name, suggestion: owner.suggestion }), '--only', name),
      );
    else {
      const title = { vi: labels.whatif.fixedOwner(numbers.pick(owner.name)) };
      scenarios.push({ name: title, changes: fullFixes(baseline, (c) => c.owners.includes(owner.id)) });
    }
  }
  return { scenarios, diagnostics };
}

function movesText(moves: RivalMoves, { messages: { labels, numbers } }: Session): string | null {
  const signed = (text: string) => (text.startsWith('−') || text === '0' ? text : `+${text}`);
  const parts = [...moves.units].map(([unit, by]) => `${unit} ${signed(numbers.number(by))}`);
  if (moves.all.n !== 0n) parts.unshift(`${labels.whatif.allRivals} ${signed(numbers.number(moves.all))}`);
  return parts.length > 0 ? parts.join(', ') : null;
}

export default command;
