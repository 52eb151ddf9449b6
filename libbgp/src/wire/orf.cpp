// wire/orf.cpp
//
// RFC 5291 3: when to refresh, then for each filter type its length and entries; an entry begins with action (2 bits),
// match (1 bit) and reserved bits. RFC 5292 2: sequence, shortest and longest length, prefix.
#include "bgp/wire/orf.hpp"

#include <stdexcept>

#include "bgp/wire/bytes.hpp"
#include "bgp/wire/capability.hpp"
#include "text.hpp"

namespace bgp {
namespace {

constexpr unsigned kActionShift = 6;
constexpr std::uint8_t kDeny = 0x20;

bool is_address_prefix(OrfType type) { return type == OrfType::AddressPrefix || type == OrfType::LegacyAddressPrefix; }

/// 32 or 128; 0 for a family without addresses.
unsigned address_bits(Afi afi) { return afi == Afi::Ipv4 ? 32 : afi == Afi::Ipv6 ? 128 : 0; }

/// One entry; the reader fails when it has not its form.
std::optional<AddressPrefixOrf> read_entry(Reader& reader, Afi afi) {
  AddressPrefixOrf entry;
  const std::uint8_t common = reader.u8();
  const unsigned action = common >> kActionShift;
  if (action > static_cast<unsigned>(OrfAction::RemoveAll)) return std::nullopt;
  entry.action = static_cast<OrfAction>(action);
  // RFC 5291 3: the common part is all there is of a REMOVE-ALL
  if (entry.action == OrfAction::RemoveAll) return entry;
  entry.match = (common & kDeny) != 0 ? OrfMatch::Deny : OrfMatch::Permit;
  entry.sequence = reader.u32();
  entry.min_length = reader.u8();
  entry.max_length = reader.u8();
  const std::uint8_t length = reader.u8();
  if (length > address_bits(afi) || entry.min_length > address_bits(afi) || entry.max_length > address_bits(afi)) {
    return std::nullopt;
  }
  const BytesView prefix = reader.bytes((length + 7U) / 8U);
  if (!reader.ok()) return std::nullopt;
  entry.prefix = Prefix::from_octets(afi == Afi::Ipv6, prefix, length);
  return entry;
}

std::optional<std::vector<AddressPrefixOrf>> read_entries(BytesView octets, Afi afi) {
  std::vector<AddressPrefixOrf> entries;
  Reader reader(octets);
  while (!reader.empty()) {
    const auto entry = read_entry(reader, afi);
    if (!entry) return std::nullopt;
    entries.push_back(*entry);
  }
  return entries;
}

OrfGroup read_group(OrfType type, BytesView octets, Afi afi) {
  if (is_address_prefix(type) && address_bits(afi) != 0) {
    if (auto entries = read_entries(octets, afi)) return {type, *std::move(entries)};
  }
  return {type, Bytes(octets.begin(), octets.end())};
}

void write_entry(Writer& out, const AddressPrefixOrf& entry) {
  const auto action = static_cast<std::uint8_t>(static_cast<unsigned>(entry.action) << kActionShift);
  if (entry.action == OrfAction::RemoveAll) {
    out.u8(action);
    return;
  }
  out.u8(static_cast<std::uint8_t>(action | (entry.match == OrfMatch::Deny ? kDeny : 0U)));
  out.u32(entry.sequence);
  out.u8(entry.min_length);
  out.u8(entry.max_length);
  out.u8(entry.prefix.length());
  const auto octets = entry.prefix.address().octets();
  out.bytes(BytesView(octets).first((entry.prefix.length() + 7U) / 8U));
}

void write_entries(Writer& out, const OrfGroup& group) {
  if (const auto* raw = std::get_if<Bytes>(&group.entries)) {
    out.bytes(*raw);
    return;
  }
  for (const AddressPrefixOrf& entry : std::get<std::vector<AddressPrefixOrf>>(group.entries)) write_entry(out, entry);
}

std::string to_string(WhenToRefresh when) {
  switch (when) {
    case WhenToRefresh::Immediate: return "immediate";
    case WhenToRefresh::Defer: return "defer";
  }
  return "when " + std::to_string(static_cast<unsigned>(when));
}

}  // namespace

std::optional<OrfRefresh> decode_orf(Afi afi, BytesView octets) {
  Reader reader(octets);
  OrfRefresh refresh;
  refresh.when = static_cast<WhenToRefresh>(reader.u8());
  while (!reader.empty()) {
    const auto type = static_cast<OrfType>(reader.u8());
    const BytesView entries = reader.bytes(reader.u16());
    if (!reader.ok()) return std::nullopt;
    refresh.groups.push_back(read_group(type, entries, afi));
  }
  if (!reader.ok()) return std::nullopt;
  return refresh;
}

Bytes encode_orf(const OrfRefresh& refresh) {
  constexpr std::size_t kMaxGroup = 65535;
  Bytes octets;
  Writer out(octets);
  out.u8(static_cast<std::uint8_t>(refresh.when));
  for (const OrfGroup& group : refresh.groups) {
    out.u8(static_cast<std::uint8_t>(group.type));
    const auto length = out.length_u16();
    const std::size_t before = out.size();
    write_entries(out, group);
    if (out.size() - before > kMaxGroup) throw std::length_error("the filters of a type exceed 65,535 octets");
  }
  return octets;
}

std::string to_string(const AddressPrefixOrf& entry) {
  if (entry.action == OrfAction::RemoveAll) return "remove-all";
  std::string text = entry.action == OrfAction::Add ? "add" : "remove";
  text += entry.match == OrfMatch::Deny ? " deny " : " permit ";
  text += std::to_string(entry.sequence) + ' ' + to_string(entry.prefix);
  if (entry.min_length != 0) text += " ge " + std::to_string(entry.min_length);
  if (entry.max_length != 0) text += " le " + std::to_string(entry.max_length);
  return text;
}

std::string to_string(const OrfRefresh& refresh) {
  std::string text = to_string(refresh.when);
  for (const OrfGroup& group : refresh.groups) {
    if (const auto* raw = std::get_if<Bytes>(&group.entries)) {
      text += ", " + to_string(group.type) + ' ' + hex_text(*raw);
      continue;
    }
    for (const auto& entry : std::get<std::vector<AddressPrefixOrf>>(group.entries)) {
      text += ", " + to_string(group.type) + ' ' + to_string(entry);
    }
  }
  return text;
}

}  // namespace bgp
