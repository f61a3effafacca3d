// What `moldau completion SHELL` prints. All three only hand the words typed so far to `moldau __complete` and offer what
// comes back, so that they need no change when commands do.
export const shells = ["bash", "zsh", "fish"] as const;
export type Shell = (typeof shells)[number];

export function completionScript(shell: Shell): string {
  return scripts[shell];
}

// Bash splits words at = and : as well; the line is split at blanks here, and what Bash holds for typed already is cut off.
const bash = String.raw`# Completion of moldau for bash. Now: source <(moldau completion bash)
# For good: moldau completion bash > ~/.local/share/bash-completion/completions/moldau
_moldau() {
  local line="\${COMP_LINE:0:COMP_POINT}" words candidate current part
  read -ra words <<< "$line"
  [[ "$line" == *[[:space:]] ]] && words+=("")
  current="\${words[\${#words[@]}-1]}"
  part="\${COMP_WORDS[COMP_CWORD]:0:\${#current}}"
  [[ "$current" == *"$part" ]] || part="$current"
  COMPREPLY=()
  while IFS=$'\t' read -r candidate _; do
    COMPREPLY+=("\${candidate#"\${current%"$part"}"}")
  done < <("\${words[0]}" __complete -- "\${words[@]:1}" 2>/dev/null)
  [[ \${#COMPREPLY[@]} -eq 1 && "\${COMPREPLY[0]}" == *= ]] && compopt -o nospace
  return 0
}
complete -F _moldau moldau
`.replaceAll("\\$", "$");

const zsh = String.raw`#compdef moldau
# Completion of moldau for zsh. Now: source <(moldau completion zsh)
# For good: moldau completion zsh > a directory of $fpath/_moldau
_moldau() {
  local -a plain open
  local line word
  for line in "\${(@f)$("\${words[1]}" __complete -- "\${(@)words[2,CURRENT]}" 2>/dev/null)}"; do
    [[ -n "$line" ]] || continue
    word="\${line%%$'\t'*}"
    if [[ "$word" == *= ]]; then
      open+=("\${word//:/\\:}:\${line#*$'\t'}")
    else
      plain+=("\${word//:/\\:}:\${line#*$'\t'}")
    fi
  done
  (( \${#plain} )) && _describe 'moldau' plain
  (( \${#open} )) && _describe 'moldau' open -S ''
  return 0
}
if [[ "\${funcstack[1]}" == "_moldau" ]]; then
  _moldau "$@"
else
  compdef _moldau moldau
fi
`.replaceAll("\\$", "$");

const fish = String.raw`# Completion of moldau for fish. Now: moldau completion fish | source
# For good: moldau completion fish > ~/.config/fish/completions/moldau.fish
function __moldau_complete
    set -l words (commandline -opc)
    set -l current (commandline -ct)
    command $words[1] __complete -- $words[2..-1] "$current" 2>/dev/null
end
complete -c moldau -f -a '(__moldau_complete)'
`;

const scripts: Readonly<Record<Shell, string>> = { bash, zsh, fish };
