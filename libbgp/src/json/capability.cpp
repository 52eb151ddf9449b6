// json/capability.cpp
//
// Capabilities by their codes (RFC 5492).
#include "bgp/wire/capability.hpp"

#include "bgp/json/messages.hpp"
#include "bgp/json/nlri.hpp"
#include "bgp/wire/text.hpp"
#include "fields.hpp"

namespace bgp {
namespace {

using boost::json::array;
using boost::json::object;
using boost::json::value;

/// Of ADD-PATH (RFC 7911 4) and of filters (RFC 5291 4): the same values. The number of one without a name.
template <class Mode>
value mode_name(Mode mode) {
  switch (mode) {
    case Mode::Receive: return "receive";
    case Mode::Send: return "send";
    case Mode::Both: return "both";
  }
  return static_cast<unsigned>(mode);
}

/// {"families": [...]}: each entry is its family and what `put` adds to it.
template <class Entries, class Put>
void put_families(object& json, const Entries& entries, Put put) {
  array families;
  for (const auto& entry : entries) {
    object family = to_json(entry.family);
    put(family, entry);
    families.push_back(std::move(family));
  }
  json["families"] = std::move(families);
}

/// Puts what a capability says behind its code and name.
struct Fields {
  object& json;

  void operator()(const capability::Multiprotocol& multiprotocol) const { put_family(json, multiprotocol.family); }
  void operator()(const capability::RouteRefresh&) const {}
  void operator()(const capability::OutboundRouteFiltering& orf) const {
    put_families(json, orf.families, [](object& family, const auto& entry) {
      array filters;
      for (const auto& filter : entry.filters) {
        filters.push_back(object{{"type", static_cast<unsigned>(filter.type)},
                                 {"name", to_string(filter.type)},
                                 {"mode", mode_name(filter.mode)}});
      }
      family["filters"] = std::move(filters);
    });
  }
  void operator()(const capability::ExtendedNextHop& next_hop) const {
    put_families(json, next_hop.families, [](object& family, const auto& entry) {
      family["next_hop_afi"] = static_cast<unsigned>(entry.next_hop);
    });
  }
  void operator()(const capability::ExtendedMessage&) const {}
  void operator()(const capability::BgpSec& bgpsec) const {
    json["version"] = bgpsec.version;
    json["direction"] = bgpsec.direction == capability::BgpSec::Direction::Send ? "send" : "receive";
    json["afi"] = static_cast<unsigned>(bgpsec.afi);
  }
  void operator()(const capability::MultipleLabels& labels) const {
    put_families(json, labels.families, [](object& family, const auto& entry) { family["count"] = entry.count; });
  }
  void operator()(const capability::Role& role) const {
    json["role"] = static_cast<unsigned>(role.role);
    json["role_name"] = to_string(role.role);
  }
  void operator()(const capability::GracefulRestart& restart) const {
    json["restart_state"] = restart.restart_state;
    json["notification"] = restart.notification;
    json["restart_time"] = restart.restart_time;
    put_families(json, restart.families,
                 [](object& family, const auto& entry) { family["forwarding_state"] = entry.forwarding_state; });
  }
  void operator()(const capability::FourOctetAs& as) const { json["asn"] = as.asn; }
  void operator()(const capability::DynamicCapability& dynamic) const {
    json["codes"] = array(dynamic.codes.begin(), dynamic.codes.end());
  }
  void operator()(const capability::MultiSession& sessions) const {
    json["flags"] = sessions.flags;
    json["codes"] = array(sessions.codes.begin(), sessions.codes.end());
  }
  void operator()(const capability::AddPath& add_path) const {
    put_families(json, add_path.families,
                 [](object& family, const auto& entry) { family["mode"] = mode_name(entry.mode); });
  }
  void operator()(const capability::EnhancedRouteRefresh&) const {}
  void operator()(const capability::LongLivedGracefulRestart& restart) const {
    put_families(json, restart.families, [](object& family, const auto& entry) {
      family["forwarding_state"] = entry.forwarding_state;
      family["stale_time"] = entry.stale_time;
    });
  }
  void operator()(const capability::Fqdn& fqdn) const {
    json["host"] = escaped(fqdn.host);
    json["domain"] = escaped(fqdn.domain);
  }
  void operator()(const capability::SoftwareVersion& software) const { json["version"] = escaped(software.version); }
  void operator()(const capability::PathsLimit& limits) const {
    put_families(json, limits.families, [](object& family, const auto& entry) { family["limit"] = entry.limit; });
  }
  void operator()(const capability::Unknown& unknown) const { json["value"] = hex(unknown.value); }
};

}  // namespace

object to_json(const Capability& capability) {
  const std::uint8_t code = capability_code(capability);
  object json{{"code", code}, {"name", capability_name(code)}};
  std::visit(Fields{json}, capability);
  return json;
}

}  // namespace bgp
