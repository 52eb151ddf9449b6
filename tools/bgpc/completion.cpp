#include "tools/bgpc/completion.hpp"

#include <algorithm>
#include <ranges>
#include <set>
#include <vector>

#include "tools/bgpc/commands.hpp"

namespace bgp::control {

namespace {

// Who the neighbors are is the first column of their table; without bgpd there is nothing to complete.
constexpr std::string_view kNeighbors = R"(bgpc neighbor 2>/dev/null | sed -n '2,$s/ .*//p')";

/// The words that can stand behind the first `count` of a pattern.
std::string words_at(std::size_t count, std::string_view first) {
  std::set<std::string> words;
  for (const Command& command : commands()) {
    std::vector<std::string> pattern;
    for (const auto word : std::views::split(command.words, ' ')) pattern.emplace_back(word.begin(), word.end());
    if (pattern.size() <= count || (count > 0 && pattern.front() != first)) continue;
    if (pattern[count] == "SHELL") {
      for (const std::string_view shell : shells()) words.emplace(shell);
    } else if (std::ranges::none_of(pattern[count], [](char c) { return c >= 'A' && c <= 'Z'; })) {
      words.insert(pattern[count]);
    }
  }
  std::string text;
  for (const std::string& word : words) text.append(text.empty() ? "" : " ").append(word);
  return text;
}

// In the scripts @COMMANDS@ stands for what may come first, @NEIGHBORS@ for a command that prints the neighbors,
// @SHELLS@ for the shells, and @ACTIONS@ for what may stand behind a neighbor.

constexpr std::string_view kBash = R"sh(# bash completion of bgpc: source <(bgpc completion bash)
_bgpc() {
  local words=() word list=
  for word in "${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
    case $word in -* | show | bgp) ;; *) words+=("$word") ;; esac
  done
  case ${#words[@]} in
    0) list="@COMMANDS@" ;;
    1)
      case ${words[0]} in
        neighbor) list=$(@NEIGHBORS@) ;;
        completion) list="@SHELLS@" ;;
      esac
      ;;
    2) if [[ ${words[0]} == neighbor ]]; then list="@ACTIONS@"; fi ;;
  esac
  local current=${COMP_WORDS[COMP_CWORD]}
  if [[ $current == -* ]]; then list="--json --socket --help --version"; fi
  mapfile -t COMPREPLY < <(compgen -W "$list" -- "$current")
  # an IPv6 address has colons, at which bash divides words
  if declare -F __ltrim_colon_completions >/dev/null; then __ltrim_colon_completions "$current"; fi
}
complete -F _bgpc bgpc
)sh";

constexpr std::string_view kZsh = R"sh(#compdef bgpc
# zsh completion of bgpc: source <(bgpc completion zsh)
_bgpc() {
  local -a list
  case $CURRENT in
    2) list=(@COMMANDS@) ;;
    3)
      case $words[2] in
        neighbor) list=(${(f)"$(@NEIGHBORS@)"}) ;;
        completion) list=(@SHELLS@) ;;
      esac
      ;;
    4) [[ $words[2] == neighbor ]] && list=(@ACTIONS@) ;;
  esac
  compadd -- $list
}
compdef _bgpc bgpc
)sh";

constexpr std::string_view kFish = R"sh(# fish completion of bgpc: bgpc completion fish | source
function __bgpc_at
  set -l words (commandline -opc)
  test (count $words) -eq $argv[1]; or return 1
  test (count $argv) -lt 2; or test "$words[2]" = $argv[2]
end
function __bgpc_neighbors
  @NEIGHBORS@
end
complete -c bgpc -f
complete -c bgpc -n '__bgpc_at 1' -a '@COMMANDS@'
complete -c bgpc -n '__bgpc_at 2 neighbor' -a '(__bgpc_neighbors)'
complete -c bgpc -n '__bgpc_at 2 completion' -a '@SHELLS@'
complete -c bgpc -n '__bgpc_at 3 neighbor' -a '@ACTIONS@'
)sh";

void replace(std::string& text, std::string_view name, std::string_view value) {
  for (std::size_t at = text.find(name); at != std::string::npos; at = text.find(name, at + value.size())) {
    text.replace(at, name.size(), value);
  }
}

}  // namespace

std::string completion(std::string_view shell) {
  std::string script(shell == "bash" ? kBash : shell == "zsh" ? kZsh : kFish);
  replace(script, "@COMMANDS@", words_at(0, ""));
  replace(script, "@NEIGHBORS@", kNeighbors);
  replace(script, "@SHELLS@", words_at(1, "completion"));
  replace(script, "@ACTIONS@", words_at(2, "neighbor"));
  return script;
}

}  // namespace bgp::control
