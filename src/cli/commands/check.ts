import { judge, type Verdict } from '../../analysis/verdict.js';
import { inspect } from '../../input/inspect.js';
import { presentCheck } from '../../output/views/check.js';
import type { Command } from '../command.js';
import { EXIT, type ExitCode } from '../exit.js';
import { Loader } from '../load.js';
import { shared } from '../options.js';

const EXIT_OF: Record<Verdict, ExitCode> = { pass: EXIT.fine, fail: EXIT.failed, error: EXIT.input };

const command: Command = {
  arguments: [{ name: 'files', syntax: '<file...>' }],
  options: [shared.catalogue],
  examples: ['cchc check fixtures/nhu-xuan-2022.yaml', 'cchc check data/*.yaml --format json'],
  async run(files, options, session) {
    const loader = new Loader(options, session);
    const override = await loader.catalogue();
    if (loader.failed) return loader.refusal();
    const cache = new Map();
    const checked = [];
    for (const file of files) {
      const { diagnostics, opened } = await inspect(file, override, cache);
      const strict = session.strict && opened ? loader.assumedIn(opened) : [];
      checked.push({ file, diagnostics: [...diagnostics, ...strict] });
    }
    const check = judge(checked, []);
    return {
      presentation: presentCheck(check, session.messages),
      diagnostics: [],
      exit: EXIT_OF[check.verdict],
    };
  },
};

export default command;
