#include "bgpd/config_document.hpp"

#include <algorithm>

namespace bgp::daemon {

namespace {

std::string quoted(std::string_view text) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  std::string out = "\"";
  for (const char c : text) {
    const auto octet = static_cast<unsigned char>(c);
    if (c == '"' || c == '\\') {
      out.append("\\").push_back(c);
    } else if (octet < 0x20 || octet == 0x7f) {
      out.append("\\u00").push_back(kDigits[octet >> 4]);
      out.push_back(kDigits[octet & 15]);
    } else {
      out.push_back(c);
    }
  }
  return out + '"';
}

void print_record(const Record& record, std::string& out) {
  out.append(record.section() == Section::Global ? "[" : "\n[[").append(to_string(record.section()));
  out.append(record.section() == Section::Global ? "]\n" : "]]\n");
  for (const Key& key : schema()) {
    if (key.section != record.section()) continue;
    const Value* value = record.find(key.name);
    if (value == nullptr) {
      out.append("# ").append(key.name).append(" is not set: ").append(key.help).append("\n");
      continue;
    }
    if (key.kind == Kind::Secret) {
      out.append("# ").append(key.name).append(" is set, and not shown\n");
      continue;
    }
    out.append(key.name).append(" = ");
    if (key.list) out += '[';
    for (std::size_t i = 0; i < value->items.size(); ++i)
      out.append(i > 0 ? ", " : "").append(toml_text(value->items[i]));
    out.append(key.list ? "]\n" : "\n");
  }
}

}  // namespace

const Value* Record::find(std::string_view name) const {
  const auto found = std::ranges::find_if(values_, [&](const Value& value) { return value.key->name == name; });
  return found == values_.end() ? nullptr : &*found;
}

bool Record::flag(std::string_view name) const {
  const Value* value = find(name);
  return value != nullptr && std::get<bool>(value->items.front().value);
}

std::optional<std::int64_t> Record::integer(std::string_view name) const {
  const Value* value = find(name);
  return value == nullptr ? std::nullopt : std::optional(std::get<std::int64_t>(value->items.front().value));
}

std::optional<std::string_view> Record::text(std::string_view name) const {
  const Value* value = find(name);
  return value == nullptr ? std::nullopt
                          : std::optional<std::string_view>(std::get<std::string>(value->items.front().value));
}

const std::vector<Item>& Record::items(std::string_view name) const {
  static const std::vector<Item> kNone;
  const Value* value = find(name);
  return value == nullptr ? kNone : value->items;
}

Position Record::position(std::string_view name) const {
  const Value* value = find(name);
  return value == nullptr || value->at == Position{} ? at_ : value->at;
}

std::string toml_text(const Item& item) {
  if (const auto* flag = std::get_if<bool>(&item.value)) return *flag ? "true" : "false";
  if (const auto* integer = std::get_if<std::int64_t>(&item.value)) return std::to_string(*integer);
  return quoted(std::get<std::string>(item.value));
}

std::string print_document(const Document& document) {
  std::string out = "# The effective configuration of bgpd, defaults included.\n\n";
  print_record(document.global, out);
  for (const Record& record : document.neighbors) print_record(record, out);
  for (const Record& record : document.networks) print_record(record, out);
  return out;
}

}  // namespace bgp::daemon
