import type { Command } from './shared/command.js';
import { badChoice, optionsOf } from './shared/options.js';

/** The options of each command. */
type Options = Readonly<Record<string, readonly string[]>>;

const namesOf = (options: Options) => Object.keys(options).join(' ');
/** A piece of a script for each command. */
const each = (options: Options, piece: (command: string, its: readonly string[]) => string) =>
  Object.entries(options)
    .map(([command, its]) => piece(command, its))
    .join('\n');

const bash = (options: Options) => `# cchc completion for bash: eval "$(cchc completion bash)"
_cchc() {
  local cur="\${COMP_WORDS[COMP_CWORD]}" cmd="\${COMP_WORDS[1]}"
  if [ "$COMP_CWORD" -eq 1 ]; then COMPREPLY=($(compgen -W "${namesOf(options)}" -- "$cur")); return; fi
  if [[ "$cur" == -* ]]; then
    case "$cmd" in
${each(options, (c, its) => `      ${c}) COMPREPLY=($(compgen -W "${its.join(' ')}" -- "$cur")) ;;`)}
    esac
    return
  fi
  COMPREPLY=($(compgen -f -- "$cur"))
}
complete -o filenames -F _cchc cchc
`;

const zsh = (options: Options) => `#compdef cchc
# cchc completion for zsh: source <(cchc completion zsh)
_cchc() {
  if (( CURRENT == 2 )); then compadd ${namesOf(options)}; return; fi
  if [[ "$words[CURRENT]" == -* ]]; then
    case "$words[2]" in
${each(options, (c, its) => `      ${c}) compadd -- ${its.join(' ')} ;;`)}
    esac
    return
  fi
  _files
}
compdef _cchc cchc
`;

const fish = (options: Options) => `# cchc completion for fish: cchc completion fish | source
complete -c cchc -n __fish_use_subcommand -a "${namesOf(options)}"
${each(options, (c, its) =>
  its
    .map((o) => `complete -c cchc -n "__fish_seen_subcommand_from ${c}" -l ${o.replace(/^--/, '')}`)
    .join('\n'),
)}
`;

const powershell = (
  options: Options,
) => `# cchc completion for PowerShell: cchc completion powershell | Out-String | Invoke-Expression
Register-ArgumentCompleter -Native -CommandName cchc -ScriptBlock {
  param($wordToComplete, $commandAst, $cursorPosition)
  $options = [ordered]@{
${each(options, (c, its) => `    '${c}' = @(${its.map((o) => `'${o}'`).join(', ')})`)}
  }
  $words = $commandAst.CommandElements | ForEach-Object { $_.ToString() }
  $pool = if ($words.Count -le 2 -and -not ($wordToComplete -like '-*')) { @($options.Keys) } else { $options[$words[1]] }
  $pool | Where-Object { $_ -like "$wordToComplete*" } | ForEach-Object {
    [System.Management.Automation.CompletionResult]::new($_, $_, 'ParameterValue', $_)
  }
}
`;

/** Completion scripts by shell. */
export const completionScripts: Record<string, (options: Options) => string> = {
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
  async run(call) {
    const shell = call.args[0]!;
    const script = Object.hasOwn(completionScripts, shell) ? completionScripts[shell] : undefined;
    if (!script) return call.refuse(badChoice('completion', shell, Object.keys(completionScripts)));
    const options: Record<string, string[]> = {};
    for (const [name, load] of Object.entries(call.session.commands)) {
      const specs = optionsOf(await load());
      options[name] = [...specs.flatMap((o) => o.flags.match(/--[a-z-]+/g) ?? []), '--help'];
    }
    return { raw: script(options) };
  },
};

export default command;
