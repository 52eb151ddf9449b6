#include "tools/bgpcap/filter.hpp"

#include <algorithm>
#include <cctype>

#include "bgp/wire/nlri.hpp"
#include "tools/bgpcap/wire_json.hpp"

namespace bgp::cap {
namespace {

std::optional<MessageType> parse_type(std::string_view text) {
  std::string upper;
  for (const char c : text) upper += static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
  if (upper == "REFRESH") return MessageType::RouteRefresh;
  for (unsigned type = 1; type <= 5; ++type) {
    if (type_name(static_cast<MessageType>(type)) == upper) return static_cast<MessageType>(type);
  }
  return std::nullopt;
}

std::unexpected<std::string> wrong(std::string_view term, const char* why) {
  return std::unexpected('"' + std::string(term) + "\" is no term of a filter: " + why);
}

/// The prefix of whatever kind of NLRI; nothing for one that has none.
std::optional<Prefix> prefix_of(const AnyNlri& nlri) {
  if (const auto* plain = std::get_if<Nlri>(&nlri)) return plain->prefix;
  if (const auto* labeled = std::get_if<LabeledNlri>(&nlri)) return labeled->prefix;
  if (const auto* vpn = std::get_if<VpnNlri>(&nlri)) return vpn->prefix;
  return std::nullopt;
}

}  // namespace

std::expected<void, std::string> Filter::add(std::string_view terms) {
  while (!terms.empty()) {
    const std::string_view term = terms.substr(0, terms.find(','));
    terms.remove_prefix(std::min(terms.size(), term.size() + 1));
    const auto equals = term.find('=');
    const std::string_view key = term.substr(0, equals);
    const std::string_view value = equals == std::string_view::npos ? std::string_view() : term.substr(equals + 1);
    if (key == "peer") {
      const auto peer = IpAddress::parse(value);
      if (!peer) return wrong(term, "a peer is an address");
      peers_.push_back(*peer);
    } else if (key == "type") {
      const auto type = parse_type(value);
      if (!type) return wrong(term, "a type is open, update, notification, keepalive or route-refresh");
      types_.push_back(*type);
    } else if (key == "prefix") {
      const auto prefix = Prefix::parse(value);
      if (!prefix) return wrong(term, "a prefix is like 192.0.2.0/24");
      prefixes_.push_back(*prefix);
    } else {
      return wrong(term, "those begin with peer=, type= or prefix=");
    }
  }
  return {};
}

bool Filter::passes(const test::CapturedConnection& connection) const {
  if (peers_.empty()) return true;
  return std::ranges::any_of(peers_, [&](const IpAddress& peer) {
    return connection.ends[0].address == peer || connection.ends[1].address == peer;
  });
}

bool Filter::within(const Prefix& prefix) const {
  return std::ranges::any_of(prefixes_, [&](const Prefix& wanted) {
    return prefix.length() >= wanted.length() && prefix.address().is_v6() == wanted.address().is_v6() &&
           Prefix(prefix.address(), wanted.length()) == wanted;
  });
}

bool Filter::passes(const RawMessage& message, const DecodeContext& context) const {
  if (!types_.empty() && std::ranges::find(types_, message.type) == types_.end()) return false;
  if (prefixes_.empty()) return true;
  if (message.type != MessageType::Update) return false;
  const auto update = decode_update(message.body(), context);
  if (!update) return false;
  const auto any = [&](const auto& groups) {
    return std::ranges::any_of(groups, [&](const auto& group) {
      for (const AnyNlri& one : group.nlri.any()) {
        if (const auto prefix = prefix_of(one); prefix && within(*prefix)) return true;
      }
      return false;
    });
  };
  return any(update->reachable()) || any(update->unreachable());
}

}  // namespace bgp::cap
