import { applyChanges, type Changes, changeFaults, fullFixes, type Scenario } from '../analysis/gain.js';
import { parseChanges, whatIf } from '../analysis/whatif.js';
import { findOwner } from '../catalogue/select.js';
import { openScenario } from '../files/open.js';
import type { CataloguedReading, Reading } from '../reading/reading.js';
import { missingReferences } from '../scoring/group.js';
import type { ReadingResult } from '../scoring/result.js';
import { score } from '../scoring/score.js';
import { error, warning } from '../values/diagnostic.js';
import { movesText, parseAssignments, parseRivals, typedAt } from './shared/assignments.js';
import type { Call } from './shared/call.js';
import type { Command } from './shared/command.js';
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
  run: (call) =>
    call.eachReading(call.args, async ({ reading, catalogue }, league) => {
      const baseline = score(reading, catalogue);
      const written = call.texts('rivals');
      const { moves, diagnostics } = parseRivals(written, league, reading);
      call.misused(diagnostics);
      const ranks = written.length > 0 || call.ties() !== undefined;
      if (ranks && !league) call.misused(error('needs-option', { option: '--league' }));
      const scenarios = askedScenarios(call, reading, baseline);
      call.settle();
      for (const path of call.texts('scenario')) {
        const scenario = call.take(await openScenario(path, catalogue, reading.year));
        if (!scenario) continue;
        scenarios.push(scenario);
        call.noteIn(path, changeFaults(scenario.changes, reading, catalogue));
      }
      call.note(scenarios.flatMap(({ changes }) => lacking(changes, { reading, catalogue })));
      const rivals = call.rivals(league, baseline);
      call.settle();
      if (scenarios.length === 0) {
        if (written.length === 0)
          call.refuse(error('needs-option', { option: '--set, --scenario, --all-fixed, --only' }));
        scenarios.push({ name: { vi: 'Giữ nguyên', en: 'Unchanged' }, changes: new Map() });
      }
      const result = whatIf(reading, catalogue, scenarios, { rivals, moves });
      return { presentation: presentWhatIf(result, movesText(moves, call.messages), call.messages) };
    }),
};

/** What a changed value is held against and is not known, beyond what the reading lacks itself: it earns nothing known. */
function lacking(changes: Changes, { reading, catalogue }: CataloguedReading) {
  const lacks = (of: Reading) => missingReferences({ reading: of, catalogue });
  const before = new Set(lacks(reading).map(({ id }) => id));
  return lacks(applyChanges(reading, changes)).flatMap(({ id, wants }) =>
    changes.has(id) && !before.has(id) ? [warning(`needs-${wants}`, { id })] : [],
  );
}

/** Scenarios that the options spell out: values set, everything fixed, one owner's part fixed. */
function askedScenarios(call: Call, reading: Reading, baseline: ReadingResult): Scenario[] {
  const { labels, numbers } = call.messages;
  const { catalogue, year } = baseline;
  const scenarios: Scenario[] = [];
  const { data, diagnostics, at } = parseAssignments('--set', call.texts('set'));
  call.misused(diagnostics);
  if (Object.keys(data).length > 0) {
    const read = parseChanges(data, catalogue, [], year);
    call.misused(at([...read.diagnostics, ...changeFaults(read.changes, reading, catalogue)]));
    scenarios.push({ name: { vi: labels.whatif.setName }, changes: read.changes });
  }
  if (call.has('allFixed'))
    scenarios.push({ name: { vi: labels.whatif.fixedAll }, changes: fullFixes(baseline) });
  for (const name of call.texts('only')) {
    const owner = findOwner(catalogue, name);
    if (!('id' in owner))
      call.misused(
        typedAt(error('unknown-owner', { value: name, suggestion: owner.suggestion }), '--only', name),
      );
    else {
      const title = { vi: labels.whatif.fixedOwner(numbers.pick(owner.name)) };
      scenarios.push({ name: title, changes: fullFixes(baseline, (c) => c.owners.includes(owner.id)) });
    }
  }
  return scenarios;
}

export default command;
