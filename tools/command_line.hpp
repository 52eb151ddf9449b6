// tools/command_line.hpp
//
// What the tools that have commands say about a command line that they do not take.
#pragma once

#include <CLI/App.hpp>
#include <string>

namespace bgp {

/// What CLI11 says; but what stands in the place of a command and is none of `app` is named, with those that there are.
inline std::string problem_of(const CLI::App& app, const CLI::ParseError& error) {
  const auto words = app.remaining();
  if (!app.get_subcommands().empty() || words.empty()) return error.what();
  if (words.front().starts_with('-')) return words.front() + ": there is no such option before a command";
  std::string text = words.front() + ": there is no such command, only";
  const char* before = " ";
  for (const CLI::App* command : app.get_subcommands({})) {
    text.append(before).append(command->get_name());
    before = ", ";
  }
  return text;
}

}  // namespace bgp
