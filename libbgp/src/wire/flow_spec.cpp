// wire/flow_spec.cpp
//
// Flow specifications on the wire: a length of one or two octets (RFC 8955 4.1), a Route Distinguisher in SAFI 134,
// then components in ascending order (4.2; RFC 8956 3).
#include "bgp/wire/flow_spec.hpp"

#include "hash.hpp"
#include "nlri_fields.hpp"
#include "nlri_octets.hpp"

namespace bgp {
namespace {

constexpr std::uint8_t kEndOfList = 0x80, kAnd = 0x40;  // RFC 8955 4.2.1.1
constexpr std::size_t kShortLengths = 240;              // RFC 8955 4.1: from here on two octets
constexpr std::size_t kMaxLength = 4095;

bool is_prefix_type(FlowSpecType type) { return type <= FlowSpecType::SourcePrefix; }

/// RFC 8955 4.2, RFC 8956 3.7.
bool is_known(FlowSpecType type, bool v6) {
  return type >= FlowSpecType::DestinationPrefix && type <= (v6 ? FlowSpecType::FlowLabel : FlowSpecType::Fragment);
}

/// The widths that a type MUST keep to (RFC 8955 4.2.2.9, 4.2.2.11, 4.2.2.12).
bool width_suits(FlowSpecType type, std::size_t width) {
  if (type == FlowSpecType::Dscp || type == FlowSpecType::Fragment) return width == 1;
  return type != FlowSpecType::TcpFlags || width <= 2;
}

std::uint8_t comparison_bits(FlowSpecType type) { return has_bitmask_operators(type) ? 3 : 7; }

/// Octets of the bits from `offset` to `length`.
std::size_t pattern_size(std::uint8_t length, std::uint8_t offset) { return (length - offset + 7U) / 8U; }

bool length_suits(std::uint8_t length, std::uint8_t offset, bool v6) {
  if (!v6) return length <= 32 && offset == 0;
  return (length == 0 && offset == 0) || (offset < length && length <= 128);  // RFC 8956 3.1
}

std::optional<FlowSpecPrefix> take_prefix(Reader& reader, bool v6) {
  const std::uint8_t length = reader.u8();
  const std::uint8_t offset = v6 ? reader.u8() : std::uint8_t{0};
  if (!reader.ok() || !length_suits(length, offset, v6)) return std::nullopt;
  const BytesView pattern = reader.bytes(pattern_size(length, offset));
  if (!reader.ok()) return std::nullopt;
  if (!v6) return FlowSpecPrefix{Prefix::from_octets(false, pattern, length), 0};
  std::array<std::uint8_t, 16> octets{};
  const unsigned shift = offset % 8;
  std::size_t at = offset / 8;
  for (const std::uint8_t octet : pattern) {  // the pattern begins at bit `offset` of the address
    octets[at] = static_cast<std::uint8_t>(octets[at] | octet >> shift);
    if (++at < octets.size()) octets[at] = static_cast<std::uint8_t>(octet << (8 - shift));
  }
  return FlowSpecPrefix{Prefix(IpAddress::v6(octets), length), offset};  // which clears the padding
}

/// The {operator, value} pairs up to the one that ends the list; empty when it is malformed.
BytesView take_terms(Reader& reader, FlowSpecType type) {
  const BytesView from = Reader(reader).rest();
  while (reader.ok()) {
    const std::uint8_t op = reader.u8();
    const std::size_t width = std::size_t{1} << (op >> 4 & 3);
    reader.bytes(width);
    if (!reader.ok() || !width_suits(type, width)) return {};
    if ((op & kEndOfList) != 0) return from.first(from.size() - reader.remaining());
  }
  return {};
}

/// One component, its terms still octets: what check and reading have in common. Allocates nothing.
struct RawComponent {
  FlowSpecType type{};
  FlowSpecPrefix prefix;
  BytesView terms;
};

/// Nothing when it is malformed or not of a higher type than `last`.
std::optional<RawComponent> take_component(Reader& reader, bool v6, FlowSpecType last) {
  RawComponent component;
  component.type = static_cast<FlowSpecType>(reader.u8());
  if (!is_known(component.type, v6) || component.type <= last) return std::nullopt;
  if (is_prefix_type(component.type)) {
    const auto prefix = take_prefix(reader, v6);
    if (!prefix) return std::nullopt;
    component.prefix = *prefix;
  } else {
    component.terms = take_terms(reader, component.type);
    if (component.terms.empty()) return std::nullopt;
  }
  return component;
}

std::vector<FlowSpecTerm> read_terms(BytesView octets, FlowSpecType type) {
  std::vector<FlowSpecTerm> terms;
  for (Reader reader(octets); !reader.empty();) {
    const std::uint8_t op = reader.u8();
    FlowSpecTerm term;
    // RFC 8955 4.2.1.1: the first AND bit is always unset, unused bits are ignored
    term.conjunction = !terms.empty() && (op & kAnd) != 0;
    term.comparison = static_cast<std::uint8_t>(op & comparison_bits(type));
    term.width = static_cast<std::uint8_t>(1U << (op >> 4 & 3));
    for (const std::uint8_t octet : reader.bytes(term.width)) term.value = term.value << 8 | octet;
    terms.push_back(term);
  }
  return terms;
}

/// A reader of what stands behind the length.
Reader contents_of(const RawNlri& raw) {
  Reader reader(raw.octets);
  if (reader.u8() >= 0xf0) reader.u8();
  return reader;
}

bool write_prefix(Writer& out, const FlowSpecPrefix& match, bool v6) {
  const std::uint8_t length = match.prefix.length();
  if (match.prefix.address().is_v6() != v6 || !length_suits(length, match.offset, v6)) return false;
  out.u8(length);
  if (v6) out.u8(match.offset);
  const BytesView octets = match.prefix.address().octets();
  const unsigned shift = match.offset % 8;
  std::size_t at = match.offset / 8;
  for (std::size_t left = pattern_size(length, match.offset); left > 0; --left, ++at) {
    const unsigned next = at + 1 < octets.size() ? octets[at + 1] : 0;
    out.u8(static_cast<std::uint8_t>(unsigned{octets[at]} << shift | next >> (8 - shift)));
  }
  return true;
}

bool write_terms(Writer& out, FlowSpecType type, const std::vector<FlowSpecTerm>& terms) {
  for (std::size_t i = 0; i < terms.size(); ++i) {
    const FlowSpecTerm& term = terms[i];
    std::uint8_t op = term.comparison;
    if (i + 1 == terms.size()) op |= kEndOfList;
    if (term.conjunction) op |= kAnd;
    std::uint8_t width_code = 0;
    while (width_code < 3 && 1U << width_code < term.width) ++width_code;
    const bool fits = term.width == 8 || term.value >> (8U * term.width) == 0;
    if (1U << width_code != term.width || !fits || !width_suits(type, term.width)) return false;
    if ((term.comparison & ~comparison_bits(type)) != 0 || (i == 0 && term.conjunction)) return false;
    out.u8(static_cast<std::uint8_t>(op | width_code << 4));
    for (unsigned octet = term.width; octet-- > 0;) out.u8(static_cast<std::uint8_t>(term.value >> (8 * octet)));
  }
  return !terms.empty();
}

bool write_component(Writer& out, const FlowSpecComponent& component, bool v6) {
  if (!is_known(component.type, v6)) return false;
  out.u8(static_cast<std::uint8_t>(component.type));
  if (const auto* prefix = std::get_if<FlowSpecPrefix>(&component.match)) {
    return is_prefix_type(component.type) && write_prefix(out, *prefix, v6);
  }
  return !is_prefix_type(component.type) &&
         write_terms(out, component.type, std::get<std::vector<FlowSpecTerm>>(component.match));
}

}  // namespace

std::optional<NlriError> check_flow_spec(const RawNlri& raw, Family family) {
  // RFC 8955 4.2 and 10: where it ends is known whatever is in it, so RFC 7606 2 lets the routes be withdrawn
  constexpr NlriError kMalformed{ErrorApproach::TreatAsWithdraw,
                                 "a flow specification is malformed or has an unknown component (RFC 8955 4.2)"};
  Reader reader = contents_of(raw);
  if (family.safi == Safi::FlowSpecVpn) read_rd(reader);
  if (reader.empty()) return kMalformed;
  FlowSpecType last{};
  while (!reader.empty()) {
    const auto component = take_component(reader, family.afi == Afi::Ipv6, last);
    if (!component) return kMalformed;
    last = component->type;
  }
  return std::nullopt;
}

std::optional<FlowSpecNlri> read_flow_spec(const RawNlri& raw, Family family) {
  FlowSpecNlri nlri;
  nlri.path_id = raw.path_id;
  Reader reader = contents_of(raw);
  if (family.safi == Safi::FlowSpecVpn) nlri.rd = read_rd(reader);
  FlowSpecType last{};
  while (!reader.empty()) {
    const auto component = take_component(reader, family.afi == Afi::Ipv6, last);
    if (!component) return std::nullopt;
    last = component->type;
    if (is_prefix_type(last)) {
      nlri.components.push_back({last, component->prefix});
    } else {
      nlri.components.push_back({last, read_terms(component->terms, last)});
    }
  }
  return reader.ok() && !nlri.components.empty() ? std::optional(std::move(nlri)) : std::nullopt;
}

bool write_flow_spec(Writer& out, Family family, const FlowSpecNlri& nlri) {
  Bytes octets;
  Writer contents(octets);
  if (nlri.rd.has_value() != (family.safi == Safi::FlowSpecVpn) || nlri.components.empty()) return false;
  if (nlri.rd) write_rd(contents, *nlri.rd);
  FlowSpecType last{};
  for (const FlowSpecComponent& component : nlri.components) {
    if (component.type <= last || !write_component(contents, component, family.afi == Afi::Ipv6)) return false;
    last = component.type;
  }
  if (octets.size() > kMaxLength) return false;
  if (octets.size() < kShortLengths) {
    out.u8(static_cast<std::uint8_t>(octets.size()));
  } else {
    out.u16(static_cast<std::uint16_t>(0xf000 | octets.size()));
  }
  out.bytes(octets);
  return true;
}

}  // namespace bgp

std::size_t std::hash<bgp::FlowSpecNlri>::operator()(const bgp::FlowSpecNlri& nlri) const noexcept {
  bgp::Hash state;
  state.number(nlri.rd ? nlri.rd->value : 0);
  state.number(nlri.path_id);
  for (const bgp::FlowSpecComponent& component : nlri.components) {
    state.number(static_cast<std::uint64_t>(component.type));
    if (const auto* prefix = std::get_if<bgp::FlowSpecPrefix>(&component.match)) {
      state.number(std::hash<bgp::Prefix>{}(prefix->prefix));
    } else {
      for (const auto& term : std::get<std::vector<bgp::FlowSpecTerm>>(component.match)) state.number(term.value);
    }
  }
  return state.value();
}
