import { parseVariedMaximum, sensitivity, type VariedMaximum } from '../analysis/sensitivity.js';
import { typedAt } from '../cli/assignments.js';
import { type Command, EXIT, texts } from '../cli/command.js';
import { eachReading } from '../cli/load.js';
import { shared } from '../cli/options.js';
import type { Diagnostic } from '../diagnostics/diagnostic.js';
import { score } from '../scoring/score.js';
import { presentSensitivity } from './sensitivity-view.js';

const command: Command = {
  arguments: [{ name: 'readings', syntax: '<file...>' }],
  options: [
    shared.league,
    { name: 'assume', flags: '--assume <id.max=low..high>', repeat: true },
    shared.catalogue,
    shared.unit,
    shared.year,
  ],
  examples: [
    'cchc sensitivity fixtures/nhu-xuan-2022.yaml',
    'cchc sensitivity fixtures/nhu-xuan-2022.yaml --league fixtures/leagues/thanh-hoa-districts-2022.yaml \\',
    '    --assume 7.3.2.max=1..2',
  ],
  run: (files, options, session) =>
    eachReading(files, options, session, async ({ opened: { reading, catalogue }, league, loader }) => {
      const read = texts(options.assume).map((written) => {
        const one = parseVariedMaximum(written, reading, catalogue);
        return 'code' in one ? typedAt(one, '--assume', written) : one;
      });
      const wrong = read.filter((r): r is Diagnostic => 'code' in r);
      if (wrong.length > 0) return { diagnostics: wrong, exit: EXIT.usage };
      const rivals = loader.rivals(league, score(reading, catalogue));
      if (loader.failed) return loader.refusal();
      const result = sensitivity(reading, catalogue, rivals, read as VariedMaximum[]);
      return {
        presentation: presentSensitivity(result, session.messages),
        diagnostics: [],
        exit: EXIT.fine,
      };
    }),
};

export default command;
