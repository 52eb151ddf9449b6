// What docs/guide/configuration.md and docs/man/bgpd.toml.5.scd say of each key is printed from the schema, with the
// example's value of it: WRITE_GOLDEN=1 before the test writes it anew.
#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <functional>
#include <sstream>

#include "bgpd/config.hpp"
#include "bgpd/config_values.hpp"
#include "support/data.hpp"

namespace bgp::daemon {
namespace {

/// The line `name = value` of a section in the example, commented or not.
std::string example_of(const Key& key) {
  std::ifstream file(tree_file("bgpd/bgpd.toml.example"));
  const std::string start = std::string(key.name) + " = ";
  std::string section;
  for (std::string line; std::getline(file, line);) {
    if (line.starts_with('[')) section = line.substr(line.find_first_not_of('['));
    if (line.starts_with("# ")) line.erase(0, 2);
    if (!section.starts_with(to_string(key.section)) || !line.starts_with(start)) continue;
    line.erase(std::min(line.find('#'), line.size()));
    return line.substr(0, line.find_last_not_of(' ') + 1);
  }
  ADD_FAILURE() << "the example has no " << key.name;
  return "";
}

std::string default_of(const Key& key, const std::string& quote) {
  if (key.required) return "required";
  if (key.inherits) return "that of [global]";
  if (key.default_value.empty()) return "none";
  return quote + std::string(key.default_value) + quote;
}

std::string type_of(const Key& key) { return (key.list ? "array; each " : "") + expectation(key); }

std::string markdown(const Key& key) {
  return "| `" + std::string(key.name) + "` | " + type_of(key) + " | " + default_of(key, "`") + " | `" +
         example_of(key) + "` | " + std::string(key.help) + " |\n";
}

/// What scdoc would take for markup is not.
std::string escaped(std::string_view text) {
  std::string escaped;
  for (const char c : text) {
    if (c == '_' || c == '*' || c == '\\') escaped.push_back('\\');
    escaped.push_back(c);
  }
  return escaped;
}

std::string manual(const Key& key) {
  return "*" + escaped(key.name) + "* (" + escaped(type_of(key)) + ")\n\t" + escaped(key.help) +
         ".\n\n\tDefault: " + escaped(default_of(key, "")) + ". Example: *" + escaped(example_of(key)) + "*\n\n";
}

/// `text` with what stands between the lines `begin` and `end` replaced by `keys`.
std::string with_region(const std::string& text, const std::string& begin, const std::string& end,
                        const std::string& keys) {
  const std::size_t from = text.find(begin);
  const std::size_t to = text.find(end, from);
  if (from == std::string::npos || to == std::string::npos) {
    ADD_FAILURE() << "there is no \"" << begin << "\" before a \"" << end << '"';
    return text;
  }
  return text.substr(0, from + begin.size()) + keys + text.substr(to);
}

std::string keys_of(Section section, const std::function<std::string(const Key&)>& print) {
  std::string keys;
  for (const Key& key : schema()) {
    if (key.section == section) keys += print(key);
  }
  return keys;
}

void expect_current(const std::string& path, const std::function<std::string(std::string, Section)>& renew) {
  const std::string text = read_file(tree_file(path)).value();
  std::string current = text;
  for (const Section section : kSections) current = renew(std::move(current), section);
  if (std::getenv("WRITE_GOLDEN") != nullptr) {
    std::ofstream(tree_file(path)) << current;
    GTEST_SKIP() << "wrote " << path;
  }
  EXPECT_EQ(text, current) << "the schema or the example changed: run with WRITE_GOLDEN=1 and read the diff";
}

TEST(ConfigPages, TheGuideHasEveryKey) {
  expect_current("docs/guide/configuration.md", [](const std::string& text, Section section) {
    return with_region(text, "<!-- keys of " + std::string(to_string(section)) + " -->\n", "<!-- end -->",
                       "| key | must be | default | example | what it is |\n| --- | --- | --- | --- | --- |\n" +
                           keys_of(section, markdown));
  });
}

TEST(ConfigPages, TheManualHasEveryKey) {
  expect_current("docs/man/bgpd.toml.5.scd", [](const std::string& text, Section section) {
    return with_region(text, "; keys of " + std::string(to_string(section)) + "\n\n", "; end",
                       keys_of(section, manual));
  });
}

}  // namespace
}  // namespace bgp::daemon
