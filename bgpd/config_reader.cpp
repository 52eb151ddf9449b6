// bgpd/config_reader.cpp
//
// read_document(): TOML to records by the schema. The one file that knows toml++.

#include <toml++/toml.h>

#include <algorithm>
#include <sstream>

#include "bgpd/config_document.hpp"
#include "bgpd/config_values.hpp"
#include "bgpd/spelling.hpp"

namespace bgp::daemon {

namespace {

constexpr std::size_t kLongestShown = 60;  // octets of a bad value in a message

Position position_of(const toml::source_region& source) { return {source.begin.line, source.begin.column}; }
Position position_of(const toml::node& node) { return position_of(node.source()); }

std::optional<Item> scalar(const toml::node& node) {
  const Position at = position_of(node);
  if (const auto* flag = node.as_boolean()) return Item{flag->get(), at};
  if (const auto* integer = node.as_integer()) return Item{integer->get(), at};
  if (const auto* text = node.as_string()) return Item{text->get(), at};
  return std::nullopt;
}

// A value as a message shows it: `hold_time = 2`.
std::string shown(const Key& key, const toml::node& node) {
  std::string text(key.name);
  if (node.is_table() || key.kind == Kind::Secret) return text;
  if (node.is_array()) return text + " = [...]";
  std::string value;
  if (const auto item = scalar(node)) {
    value = toml_text(*item);
  } else {
    std::ostringstream out;
    node.visit([&](const auto& any) {
      if constexpr (toml::is_value<decltype(any)>) out << any;
    });
    value = out.str();
  }
  if (value.size() > kLongestShown) {
    std::size_t end = kLongestShown;
    while (end > 0 && (static_cast<unsigned char>(value[end]) & 0xc0) == 0x80) --end;  // not inside a UTF-8 character
    value = value.substr(0, end) + "...";
  }
  return text + " = " + value;
}

std::string joined(const std::vector<std::string_view>& words) {
  std::string text;
  for (const std::string_view word : words) text.append(text.empty() ? "" : ", ").append(word);
  return text;
}

/// "must be an integer, 0 or 3 to 65535 (seconds)": what is said about a value of another type.
std::string type_expectation(const Key& key) {
  switch (key.kind) {
    case Kind::Boolean: return "must be true or false";
    case Kind::Integer: return "must be an integer, " + expectation(key);
    default: return "must be a string, " + expectation(key);
  }
}

bool has_type(const Key& key, const Item& item) {
  switch (key.kind) {
    case Kind::Boolean: return std::holds_alternative<bool>(item.value);
    case Kind::Integer: return std::holds_alternative<std::int64_t>(item.value);
    default: return std::holds_alternative<std::string>(item.value);
  }
}

class DocumentReader {
 public:
  explicit DocumentReader(std::vector<Problem>& problems) : problems_(problems) {}

  Document read(const toml::table& root) {
    bool has_global = false;
    for (const auto& [name, node] : root) {
      if (name.str() == to_string(Section::Global)) {
        has_global = true;
        read_global(node);
      } else if (name.str() == to_string(Section::Neighbor)) {
        read_sections(node, Section::Neighbor, document_.neighbors);
      } else if (name.str() == to_string(Section::Network)) {
        read_sections(node, Section::Network, document_.networks);
      } else {
        report(position_of(name.source()), unknown_at_top(name.str(), node));
      }
    }
    if (!has_global) report({1, 1}, "[global]: missing; it holds at least asn and router_id");
    for (Record& neighbor : document_.neighbors) inherit(neighbor);
    return std::move(document_);
  }

 private:
  void report(Position at, std::string text) { problems_.push_back({at, std::move(text)}); }
  void report(Record& record, Position at, const std::string& text) {
    record.mark_damaged();
    report(at, std::string("[").append(to_string(record.section())).append("] ").append(text));
  }

  static std::string unknown_at_top(std::string_view name, const toml::node& node) {
    if (!node.is_table() && !node.is_array_of_tables()) {
      for (const Section section : kSections) {
        if (find_key(section, name) == nullptr) continue;
        return std::string(name)
                   .append(": a key must stand below a section; this one belongs to [")
                   .append(to_string(section)) +
               "]";
      }
      return std::string(name) + ": unknown key, and a key must stand below a section";
    }
    std::vector<std::string_view> sections;
    for (const Section section : kSections) sections.push_back(to_string(section));
    const auto meant = nearest(name, sections);
    const std::string text = std::string("[").append(name) + "]: unknown section; ";
    if (!meant) return text + "there are [global], [[neighbor]] and [[network]]";
    return text + "did you mean " + (*meant == "global" ? "[global]" : "[[" + std::string(*meant) + "]]") + "?";
  }

  void read_global(const toml::node& node) {
    if (const auto* table = node.as_table()) {
      document_.global = read_record(*table, Section::Global);
    } else {
      report(position_of(node), "[global]: must be written [global], once");
      document_.global.mark_damaged();
    }
  }

  void read_sections(const toml::node& node, Section section, std::vector<Record>& records) {
    const auto* array = node.as_array();
    if (array == nullptr || (!array->empty() && !node.is_array_of_tables())) {
      const std::string name(to_string(section));
      report(position_of(node), "[" + name + "]: must be written [[" + name + "]], once for each " + name);
      return;
    }
    for (const auto& element : *array) records.push_back(read_record(*element.as_table(), section));
  }

  Record read_record(const toml::table& table, Section section) {
    Record record(section, position_of(table));
    for (const auto& [name, node] : table) {
      if (const Key* key = find_key(section, name.str())) {
        read_value(record, *key, node);
      } else {
        report(record, position_of(name.source()), unknown_key(section, name.str()));
      }
    }
    for (const Key& key : schema()) {
      if (key.section == section && !table.contains(key.name)) fill_in(record, key);
    }
    return record;
  }

  static std::string unknown_key(Section section, std::string_view name) {
    const std::string text = std::string(name) + ": unknown key; ";
    const std::vector<std::string_view> names = key_names(section);
    for (const Section other : kSections) {
      if (other == section || find_key(other, name) == nullptr) continue;
      return text + "it belongs to [" + std::string(to_string(other)) + "]";
    }
    if (const auto meant = nearest(name, names)) return text + "did you mean \"" + std::string(*meant) + "\"?";
    return text + "there are " + joined(names);
  }

  void read_value(Record& record, const Key& key, const toml::node& node) {
    Value value{&key, {}, position_of(node)};
    if (!key.list) {
      if (auto item = read_item(record, key, node)) value.items.push_back(std::move(*item));
      if (!value.items.empty()) record.add(std::move(value));
      return;
    }
    const auto* array = node.as_array();
    if (array == nullptr) {
      report(record, position_of(node), shown(key, node) + ": must be an array, each element " + expectation(key));
      return;
    }
    for (const auto& element : *array) {
      auto item = read_item(record, key, element);
      if (!item) continue;
      const auto same = [&](const Item& other) { return other.value == item->value; };
      if (key.unique && std::ranges::any_of(value.items, same)) {
        report(record, item->at, shown(key, element) + ": stands there twice");
      } else {
        value.items.push_back(std::move(*item));
      }
    }
    record.add(std::move(value));
  }

  std::optional<Item> read_item(Record& record, const Key& key, const toml::node& node) {
    auto item = scalar(node);
    if (!item || !has_type(key, *item)) {
      report(record, position_of(node), shown(key, node) + ": " + type_expectation(key));
      return std::nullopt;
    }
    const auto* integer = std::get_if<std::int64_t>(&item->value);
    const auto* text = std::get_if<std::string>(&item->value);
    if ((integer == nullptr || accepts(key, *integer)) && (text == nullptr || accepts(key, std::string_view(*text)))) {
      return item;
    }
    std::string wrong = shown(key, node) + ": must be " + expectation(key);
    if (const auto meant = text == nullptr ? std::nullopt : suggestion(key, *text)) {
      wrong += "; did you mean \"" + *meant + "\"?";
    }
    report(record, position_of(node), wrong);
    return std::nullopt;
  }

  void fill_in(Record& record, const Key& key) {
    if (key.required) {
      report(record, record.at(), std::string(key.name).append(": missing (").append(key.help).append(")"));
    } else if (!key.default_value.empty()) {
      const toml::table table = toml::parse("it = " + std::string(key.default_value));
      Value value{&key, {}, {}};
      const toml::node& node = *table.get("it");
      if (const auto* array = node.as_array()) {
        for (const auto& element : *array) value.items.push_back(*scalar(element));
      } else {
        value.items.push_back(*scalar(node));
      }
      record.add(std::move(value));
    }
  }

  /// What a neighbor leaves to [global].
  void inherit(Record& neighbor) const {
    for (const Key& key : schema()) {
      if (!key.inherits || neighbor.find(key.name) != nullptr) continue;
      if (const Value* value = document_.global.find(key.name)) neighbor.add({&key, value->items, {}});
    }
  }

  Document document_;
  std::vector<Problem>& problems_;
};

}  // namespace

Document read_document(std::string_view toml, std::vector<Problem>& problems) {
  try {
    return DocumentReader(problems).read(toml::parse(toml));
  } catch (const toml::parse_error& error) {
    problems.push_back({position_of(error.source()), std::string(error.description())});
    Document document;
    document.global.mark_damaged();
    return document;
  }
}

}  // namespace bgp::daemon
