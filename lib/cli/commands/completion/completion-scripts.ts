/** How each shell asks for candidates: by `cimlet __complete SHELL -- …`, whose answer is made for it. */
export const COMPLETION_SCRIPTS: Readonly<Record<string, readonly string[]>> = {
  // bash 3.2 of macOS has no mapfile.
  bash: [
    '_cimlet() {',
    '  local reply',
    '  COMPREPLY=()',
    '  while IFS= read -r reply; do COMPREPLY+=("$reply"); done < <(',
    `    cimlet __complete bash -- "$COMP_TYPE" "\${COMP_LINE:0:COMP_POINT}" 2>/dev/null </dev/null)`,
    '}',
    'complete -o default -F _cimlet cimlet',
  ],
  zsh: [
    '#compdef cimlet',
    '_cimlet() {',
    '  local -a shown inserted suffix',
    '  local line',
    // Within quotes the line goes on behind what was completed.
    "  [[ -n $compstate[quote] ]] && suffix=(-S ' ')",
    `  for line in "\${(@f)$(cimlet __complete zsh -- "\${(@Q)words[2,CURRENT]}" 2>/dev/null </dev/null)}"; do`,
    `    [[ -n $line ]] && inserted+=("\${line%%$'\\t'*}") && shown+=("\${line#*$'\\t'}")`,
    '  done',
    `  if (( \${#inserted} )); then`,
    "    _describe cimlet shown inserted $suffix -M 'm:{[:lower:][:upper:]}={[:upper:][:lower:]}'",
    '  else',
    '    _files',
    '  fi',
    '}',
    'compdef _cimlet cimlet',
  ],
  // Of an empty word a command substitution makes none; quotes keep it.
  fish: [
    'function __cimlet_complete',
    '    set -l words (commandline -opc)',
    '    set -l current (commandline -ct)',
    // Of a mark that is still open it can take nothing away.
    `    string match -qr '^["\\']' -- "$current"; or set current (string unescape -- "$current")`,
    `    set -l found (cimlet __complete fish -- $words[2..-1] "$current" 2>/dev/null </dev/null)`,
    '    if count $found >/dev/null',
    "        printf '%s\\n' $found",
    '    else',
    '        __fish_complete_path "$current"',
    '    end',
    'end',
    'complete -c cimlet -e',
    "complete -c cimlet -f -a '(__cimlet_complete)'",
  ],
};
