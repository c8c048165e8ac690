import { type Command, EXIT } from '../cli/command.js';
import { optionsOf } from '../cli/options.js';
import { error } from '../diagnostics/diagnostic.js';
import { nearest } from '../diagnostics/suggest.js';
import { completionScripts } from './completion-scripts.js';

const shells = Object.keys(completionScripts);

const command: Command = {
  arguments: [{ name: 'shell', syntax: '<shell>' }],
  options: [],
  formats: [],
  without: ['explainInput', 'strict', 'quiet'],
  examples: ['eval "$(cchc completion bash)"', 'cchc completion powershell | Out-String | Invoke-Expression'],
  async run([shell], _options, { commands }) {
    const script = Object.hasOwn(completionScripts, shell!) ? completionScripts[shell!] : undefined;
    if (!script) {
      const params = {
        option: 'completion',
        found: shell!,
        options: shells,
        suggestion: nearest(shell!, shells),
      };
      return { diagnostics: [error('bad-choice', params)], exit: EXIT.usage };
    }
    const options: Record<string, string[]> = {};
    for (const [name, load] of Object.entries(commands)) {
      const specs = optionsOf(await load());
      options[name] = [...specs.flatMap((o) => o.flags.match(/--[a-z-]+/g) ?? []), '--help'];
    }
    const raw = script({ commands: Object.keys(commands), options });
    return { presentation: { json: null, blocks: [], raw }, diagnostics: [], exit: EXIT.fine };
  },
};

export default command;
