#include "capture_terms.hpp"

#include <algorithm>

#include "bgp/session/compare_opens.hpp"
#include "bgp/wire/attribute_view.hpp"
#include "bgp/wire/bytes.hpp"

namespace bgp::test {
namespace {

/// Every family that has a name here, and what else may come: nothing is left out for want of an OPEN.
const FamilySet& all_families() {
  static const FamilySet kAll = [] {
    std::vector<Family> list;
    for (const unsigned afi : {1U, 2U, 25U, 16388U}) {
      for (unsigned safi = 1; safi < 256; ++safi) list.push_back({static_cast<Afi>(afi), static_cast<Safi>(safi)});
    }
    return FamilySet(list);
  }();
  return kAll;
}

/// Whether a value is whole segments of AS numbers of that width.
bool fits_as_path(BytesView value, std::size_t width) {
  Reader reader(value);
  while (!reader.empty()) {
    const std::uint8_t type = reader.u8();
    const std::uint8_t count = reader.u8();
    if (type < 1 || type > 4 || count == 0) return false;
    reader.bytes(count * width);
  }
  return reader.ok();
}

bool begins_with_default_routes(BytesView octets) { return octets.size() > 2 && octets[0] == 0 && octets[1] == 0; }

/// What the UPDATEs of one direction look like.
class Evidence {
 public:
  void add(BytesView body) {
    Reader reader(body);
    add_nlri(kIpv4Unicast, reader.bytes(reader.u16()));
    Reader attributes = reader.sub(reader.u16());
    if (!reader.ok()) return;
    while (attributes.ok() && !attributes.empty()) add_attribute(attributes);
    add_nlri(kIpv4Unicast, reader.rest());
  }

  /// Nothing: both would do.
  [[nodiscard]] std::optional<bool> four_octet_as() const {
    if (two_ == four_) return std::nullopt;
    return four_ > two_;
  }
  [[nodiscard]] FamilySet add_path() const {
    FamilySet families;
    for (const auto& [family, votes] : votes_) {
      if (votes > 0) families.insert(family);
    }
    return families;
  }

 private:
  void add_attribute(Reader& attributes) {
    const std::uint8_t flags = attributes.u8();
    const std::uint8_t code = attributes.u8();
    const bool extended = (flags & attribute_flags::kExtendedLength) != 0;
    const BytesView value = attributes.bytes(extended ? attributes.u16() : attributes.u8());
    switch (static_cast<AttributeCode>(code)) {
      case AttributeCode::AsPath: add_path_value(value); break;
      case AttributeCode::As4Path:
      case AttributeCode::As4Aggregator: two_ += 2; break;
      case AttributeCode::Aggregator: ++(value.size() == 6 ? two_ : four_); break;
      case AttributeCode::MpReachNlri: add_mp(value, true); break;
      case AttributeCode::MpUnreachNlri: add_mp(value, false); break;
      default: break;
    }
  }
  void add_path_value(BytesView value) {
    if (value.empty()) return;
    const bool two = fits_as_path(value, 2);
    const bool four = fits_as_path(value, 4);
    if (two != four) ++(two ? two_ : four_);
  }
  void add_mp(BytesView value, bool reach) {
    Reader reader(value);
    const Family family{static_cast<Afi>(reader.u16()), static_cast<Safi>(reader.u8())};
    if (reach) {
      reader.bytes(reader.u8());
      reader.u8();
    }
    if (reader.ok()) add_nlri(family, reader.rest());
  }
  void add_nlri(Family family, BytesView octets) {
    if (octets.empty() || !is_prefix_family(family)) return;
    const bool plain = check_nlri(family, octets, false) && !begins_with_default_routes(octets);
    const bool with_path = check_nlri(family, octets, true);
    if (plain == with_path) return;
    const auto at = std::ranges::find(votes_, family, &std::pair<Family, int>::first);
    if (at == votes_.end()) {
      votes_.emplace_back(family, with_path ? 1 : -1);
    } else {
      at->second += with_path ? 1 : -1;
    }
  }

  std::size_t two_ = 0;
  std::size_t four_ = 0;
  std::vector<std::pair<Family, int>> votes_;
};

void by_opens(CapturedConnection& connection) {
  const NegotiationReport report = compare_opens(*connection.sides[0].open, *connection.sides[1].open);
  // Each as its receiver sees it
  for (const std::size_t side : {0U, 1U}) {
    const Negotiated& receiver = side == 0 ? report.second : report.first;
    CapturedTerms& terms = connection.sides[side].terms;
    terms.context = receiver.decode_context();
    terms.context.aigp_session = true;  // configuration, which no OPEN shows
    terms.extended_message = receiver.extended_message_receive;
    terms.enhanced_refresh = receiver.enhanced_route_refresh;
  }
}

void by_evidence(CapturedConnection& connection, std::size_t side, const Evidence& evidence) {
  const auto& opens = connection.sides;
  CapturedTerms& terms = connection.sides[side].terms;
  DecodeContext& context = terms.context;
  const auto missing_as4 = [](const auto& one) {
    return one.open && one.open->template find<capability::FourOctetAs>() == nullptr;
  };
  const bool cannot = missing_as4(opens[0]) || missing_as4(opens[1]);
  context.four_octet_as = evidence.four_octet_as().value_or(!cannot);
  context.internal = true;  // not known, and the one that allows more
  context.families = all_families();
  context.add_path = evidence.add_path();
  context.aigp_session = true;
  for (const Family family : all_families()) {
    if (family.afi == Afi::Ipv4) context.extended_next_hop.insert(family);
    if (family.afi != Afi::Ipv4 && family.afi != Afi::Ipv6) continue;
    const bool labeled = family.safi == Safi::LabeledUnicast || family.safi == Safi::MplsVpn;
    if (labeled) context.multiple_labels.insert(family, LabelCounts::kAny);
  }
  terms.extended_message = true;
  terms.enhanced_refresh = true;
  terms.inferred.push_back(context.four_octet_as ? "AS numbers of 4 octets" : "AS numbers of 2 octets");
  for (const Family family : context.add_path) terms.inferred.push_back("path identifiers in " + to_string(family));
}

}  // namespace

void find_terms(std::span<CapturedConnection> connections, std::span<const CapturedItem> items) {
  std::vector<std::array<Evidence, 2>> evidence(connections.size());
  std::vector<bool> known(connections.size());
  for (std::size_t i = 0; i < connections.size(); ++i) {
    known[i] = connections[i].sides[0].open && connections[i].sides[1].open;
  }
  for (const CapturedItem& item : items) {
    if (!item.is_message() || item.type != MessageType::Update || known[item.connection]) continue;
    evidence[item.connection][item.side].add(item.message().body());
  }
  for (std::size_t i = 0; i < connections.size(); ++i) {
    if (known[i]) {
      by_opens(connections[i]);
      continue;
    }
    for (const std::size_t side : {0U, 1U}) by_evidence(connections[i], side, evidence[i][side]);
  }
}

}  // namespace bgp::test
