import { type Command, misuse, outcomeOf } from './shared/command.js';
import { badChoice, optionsOf } from './shared/options.js';

/** Commands and their options, as completion scripts need them. */
export interface CompletionWords {
  commands: string[];
  options: Record<string, string[]>;
}

const bash = ({
  commands,
  options,
}: CompletionWords) => `# cchc completion for bash: eval "$(cchc completion bash)"
_cchc() {
  local cur="\${COMP_WORDS[COMP_CWORD]}" cmd="\${COMP_WORDS[1]}"
  if [ "$COMP_CWORD" -eq 1 ]; then COMPREPLY=($(compgen -W "${commands.join(' ')}" -- "$cur")); return; fi
  if [[ "$cur" == -* ]]; then
    case "$cmd" in
${commands.map((c) => `      ${c}) COMPREPLY=($(compgen -W "${options[c]!.join(' ')}" -- "$cur")) ;;`).join('\n')}
    esac
    return
  fi
  COMPREPLY=($(compgen -f -- "$cur"))
}
complete -o filenames -F _cchc cchc
`;

const zsh = ({ commands, options }: CompletionWords) => `#compdef cchc
# cchc completion for zsh: source <(cchc completion zsh)
_cchc() {
  if (( CURRENT == 2 )); then compadd ${commands.join(' ')}; return; fi
  if [[ "$words[CURRENT]" == -* ]]; then
    case "$words[2]" in
${commands.map((c) => `      ${c}) compadd -- ${options[c]!.join(' ')} ;;`).join('\n')}
    esac
    return
  fi
  _files
}
compdef _cchc cchc
`;

const fish = ({ commands, options }: CompletionWords) =>
  [
    '# cchc completion for fish: cchc completion fish | source',
    `complete -c cchc -n __fish_use_subcommand -a "${commands.join(' ')}"`,
    ...commands.flatMap((c) =>
      options[c]!.map(
        (o) => `complete -c cchc -n "__fish_seen_subcommand_from ${c}" -l ${o.replace(/^--/, '')}`,
      ),
    ),
    '',
  ].join('\n');

const powershell = ({
  commands,
  options,
}: CompletionWords) => `# cchc completion for PowerShell: cchc completion powershell | Out-String | Invoke-Expression
Register-ArgumentCompleter -Native -CommandName cchc -ScriptBlock {
  param($wordToComplete, $commandAst, $cursorPosition)
  $options = @{
${commands.map((c) => `    '${c}' = @(${options[c]!.map((o) => `'${o}'`).join(', ')})`).join('\n')}
  }
  $words = $commandAst.CommandElements | ForEach-Object { $_.ToString() }
  $pool = if ($words.Count -le 2 -and -not ($wordToComplete -like '-*')) { @(${commands.map((c) => `'${c}'`).join(', ')}) } else { $options[$words[1]] }
  $pool | Where-Object { $_ -like "$wordToComplete*" } | ForEach-Object {
    [System.Management.Automation.CompletionResult]::new($_, $_, 'ParameterValue', $_)
  }
}
`;

/** Completion scripts by shell. */
export const completionScripts: Record<string, (words: CompletionWords) => string> = {
  bash,
  zsh,
  fish,
  powershell,
};

const command: Command = {
  arguments: [{ name: 'shell', syntax: '<shell>' }],
  options: [],
  formats: [],
  without: ['explainInput', 'strict', 'quiet'],
  examples: ['eval "$(cchc completion bash)"', 'cchc completion powershell | Out-String | Invoke-Expression'],
  async run([shell], _options, { commands }) {
    const script = Object.hasOwn(completionScripts, shell!) ? completionScripts[shell!] : undefined;
    if (!script) return misuse([badChoice('completion', shell!, Object.keys(completionScripts))]);
    const options: Record<string, string[]> = {};
    for (const [name, load] of Object.entries(commands)) {
      const specs = optionsOf(await load());
      options[name] = [...specs.flatMap((o) => o.flags.match(/--[a-z-]+/g) ?? []), '--help'];
    }
    const raw = script({ commands: Object.keys(commands), options });
    return outcomeOf({ json: null, blocks: [], raw });
  },
};

export default command;
