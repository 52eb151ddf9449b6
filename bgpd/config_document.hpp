// bgpd/config_document.hpp
//
// The configuration file as written, checked key by key against the schema: each value with where it stands, defaults
// filled in. What the values mean together is config.hpp's matter.
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "bgpd/config_schema.hpp"

namespace bgp::daemon {

/// Line and column in the file, both from 1; 0 for what does not stand there.
struct Position {
  std::uint32_t line = 0;
  std::uint32_t column = 0;

  friend auto operator<=>(const Position&, const Position&) = default;
};

/// One thing that is wrong with a file. Ordered by its place.
struct Problem {
  Position at;
  std::string text;

  friend auto operator<=>(const Problem&, const Problem&) = default;
};

/// One scalar.
struct Item {
  std::variant<bool, std::int64_t, std::string> value;
  Position at;
};

/// The value of one key: one item, or any number where the key is a list.
struct Value {
  const Key* key = nullptr;
  std::vector<Item> items;
  Position at;
};

/// One [global], [[neighbor]] or [[network]]. Holds only valid values.
class Record {
 public:
  Record(Section section, Position at) : section_(section), at_(at) {}

  void add(Value value) { values_.push_back(std::move(value)); }
  /// Null when the key was not written, or not validly, and has no default.
  [[nodiscard]] const Value* find(std::string_view name) const;

  // For keys that are not lists. Each has the value or, when there is none, false, 0, "" or nothing.
  [[nodiscard]] bool flag(std::string_view name) const;
  [[nodiscard]] std::optional<std::int64_t> integer(std::string_view name) const;
  [[nodiscard]] std::optional<std::string_view> text(std::string_view name) const;
  /// The items of a list; empty when there are none.
  [[nodiscard]] const std::vector<Item>& items(std::string_view name) const;
  /// Where the value stands; that of the record when it does not stand there.
  [[nodiscard]] Position position(std::string_view name) const;

  [[nodiscard]] Section section() const { return section_; }
  [[nodiscard]] Position at() const { return at_; }
  /// Something in it was wrong, so what it holds is not all that was meant.
  [[nodiscard]] bool damaged() const { return damaged_; }
  void mark_damaged() { damaged_ = true; }

 private:
  Section section_;
  Position at_;
  std::vector<Value> values_;
  bool damaged_ = false;
};

struct Document {
  Record global{Section::Global, {}};
  std::vector<Record> neighbors;
  std::vector<Record> networks;
};

/// Reads TOML. Appends to `problems` everything that is wrong: for a syntax error that alone, otherwise every unknown
/// key, wrong type, bad value and missing key.
[[nodiscard]] Document read_document(std::string_view toml, std::vector<Problem>& problems);

/// `document` as TOML with every value that holds, defaults included. Reads back as an equal configuration.
[[nodiscard]] std::string print_document(const Document& document);

/// `item` as TOML: true, 179, "text".
[[nodiscard]] std::string toml_text(const Item& item);

}  // namespace bgp::daemon
