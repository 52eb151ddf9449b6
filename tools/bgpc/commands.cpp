#include "tools/bgpc/commands.hpp"

#include <algorithm>
#include <ranges>

#include "bgpd/spelling.hpp"

namespace bgp::control {

namespace {

constexpr Command kCommands[] = {
    {"summary", "GET", "/v1/summary", Show::Summary, "bgpd itself: AS, BGP Identifier, since when"},
    {"neighbor", "GET", "/v1/neighbors", Show::Neighbors, "all neighbors, a line each"},
    {"neighbor ADDR", "GET", "/v1/neighbors/ADDR", Show::Neighbor,
     "one neighbor: what was agreed, timers, messages, how the last session ended"},
    {"neighbor ADDR adj-in", "GET", "/v1/neighbors/ADDR/adj-in", Show::Routes, "the routes that it told us"},
    {"neighbor ADDR adj-out", "GET", "/v1/neighbors/ADDR/adj-out", Show::Routes, "the routes that we tell it"},
    {"neighbor ADDR explain", "GET", "/v1/neighbors/ADDR/explain", Show::Explanation,
     "why it is down: who ended it, by which rule, what to change"},
    {"neighbor ADDR dump", "GET", "/v1/neighbors/ADDR/dump", Show::Raw, "its flight recorder, for bgpsim"},
    {"neighbor ADDR down TEXT", "POST", "/v1/neighbors/ADDR/down", Show::Row,
     "ends the session, with a text for the neighbor, until \"up\""},
    {"neighbor ADDR up", "POST", "/v1/neighbors/ADDR/up", Show::Row, "starts it again"},
    {"neighbor ADDR reset TEXT", "POST", "/v1/neighbors/ADDR/reset", Show::Row, "ends the session and starts anew"},
    {"neighbor ADDR refresh", "POST", "/v1/neighbors/ADDR/refresh", Show::Row, "asks for its routes again (RFC 2918)"},
    {"network", "GET", "/v1/networks", Show::Networks, "the prefixes that we originate"},
    {"network add PREFIX", "POST", "/v1/networks", Show::Network, "announces one more, until bgpd ends"},
    {"network del PREFIX", "DELETE", "/v1/networks/PREFIX", Show::Network, "withdraws one, until bgpd ends"},
    {"reload", "POST", "/v1/reload", Show::Changes,
     "takes over what is different in the configuration file, as SIGHUP"},
    {"monitor", "GET", "/v1/monitor", Show::Events, "states and routes as they change, until interrupted"},
    {"version", "", "", Show::Version, "the version of bgpc"},
    {"completion SHELL", "", "", Show::Completion, "a completion script: bash, zsh or fish"},
};
constexpr std::string_view kShells[] = {"bash", "zsh", "fish"};

std::vector<std::string_view> split(std::string_view words) {
  std::vector<std::string_view> list;
  for (const auto word : std::views::split(words, ' ')) list.emplace_back(word.begin(), word.end());
  return list;
}

bool is_place(std::string_view word) { return word == "ADDR" || word == "TEXT" || word == "SHELL" || word == "PREFIX"; }

bool fits(std::string_view pattern, std::string_view word) { return is_place(pattern) || pattern == word; }

/// How many of the words stand in the pattern, from the front.
std::size_t fitting(const std::vector<std::string_view>& pattern, std::span<const std::string> words) {
  const auto ends = std::ranges::mismatch(pattern, words, fits);
  return static_cast<std::size_t>(ends.in2 - words.begin());
}

/// "show bgp neighbors" is "neighbor".
std::vector<std::string> plain(std::span<const std::string> words) {
  std::vector<std::string> list(words.begin(), words.end());
  for (const std::string_view filler : {"show", "ip", "bgp"}) {
    if (!list.empty() && list.front() == filler) list.erase(list.begin());
  }
  if (!list.empty() && list.front() == "neighbors") list.front() = "neighbor";
  if (!list.empty() && list.front() == "networks") list.front() = "network";
  return list;
}

std::string unknown(std::span<const std::string> words) {
  std::size_t most = 0;
  for (const Command& command : kCommands) most = std::max(most, fitting(split(command.words), words));
  std::vector<std::string_view> next;
  bool complete = false;
  for (const Command& command : kCommands) {
    const auto pattern = split(command.words);
    if (fitting(pattern, words) < most) continue;
    if (pattern.size() > most && std::ranges::find(next, pattern[most]) == next.end()) next.push_back(pattern[most]);
    complete = complete || pattern.size() == most;
  }
  std::string before;
  for (const std::string& word : words.first(most)) before.append(word).push_back(' ');
  if (most == words.size()) {
    std::string text = before.empty() ? "what to do? one of" : before + "what? one of";
    for (const std::string_view word : next) text.append(" ").append(word);
    return text;
  }
  std::string text = before + words[most] + ": ";
  if (const auto meant = bgp::daemon::nearest(words[most], next)) {
    return text.append("did you mean ").append(before).append(*meant).append("?");
  }
  if (next.empty()) return text.append("one word too many");
  text.append("there is no such command; ").append(before.empty() ? "there are" : before + "takes");
  for (const std::string_view word : next) text.append(" ").append(word);
  return text;
}

}  // namespace

std::span<const Command> commands() { return kCommands; }
std::span<const std::string_view> shells() { return kShells; }

std::expected<Match, std::string> match(std::span<const std::string> given) {
  const std::vector<std::string> words = plain(given);
  for (const Command& command : kCommands) {
    const auto pattern = split(command.words);
    const bool optional = pattern.back() == "TEXT";
    const std::size_t fit = fitting(pattern, words);
    if (fit != words.size() || (fit != pattern.size() && !(optional && fit + 1 == pattern.size()))) continue;
    Match match{&command, std::string(command.target), {}};
    for (std::size_t i = 0; i < fit; ++i) {
      const std::size_t place = is_place(pattern[i]) ? match.target.find(pattern[i]) : std::string::npos;
      if (place != std::string::npos) match.target.replace(place, pattern[i].size(), words[i]);
      if (is_place(pattern[i]) && pattern[i] != "ADDR") match.argument = words[i];
    }
    return match;
  }
  return std::unexpected(unknown(words));
}

}  // namespace bgp::control
