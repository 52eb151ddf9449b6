// wire/capability_encode.cpp
//
// The values of the capabilities, written: the forms of capability_decode.cpp, reserved bits and octets 0.
#include <algorithm>
#include <stdexcept>
#include <string>

#include "capability_value.hpp"

namespace bgp {
namespace {

using namespace capability;

void write_afi(Writer& out, Afi afi) { out.u16(static_cast<std::uint16_t>(afi)); }

void write_family(Writer& out, Family family) {
  write_afi(out, family.afi);
  out.u8(static_cast<std::uint8_t>(family.safi));
}

/// AFI, a reserved octet, SAFI (RFC 4760 8, RFC 5291 4).
void write_family_reserved(Writer& out, Family family) {
  write_afi(out, family.afi);
  out.u8(0);
  out.u8(static_cast<std::uint8_t>(family.safi));
}

void write_text(Writer& out, const std::string& text) {
  if (text.size() > 255) throw std::length_error("a text in a capability exceeds 255 octets");
  out.u8(static_cast<std::uint8_t>(text.size()));
  out.bytes({reinterpret_cast<const std::uint8_t*>(text.data()), text.size()});
}

struct ValueWriter {
  Writer& out;

  void operator()(const Multiprotocol& mp) { write_family_reserved(out, mp.family); }
  void operator()(const RouteRefresh&) {}
  void operator()(const OutboundRouteFiltering& orf) {
    for (const auto& entry : orf.families) {
      if (entry.filters.size() > 255) throw std::length_error("more than 255 filters of a family (RFC 5291 4)");
      write_family_reserved(out, entry.family);
      out.u8(static_cast<std::uint8_t>(entry.filters.size()));
      for (const auto& filter : entry.filters) {
        out.u8(static_cast<std::uint8_t>(filter.type));
        out.u8(static_cast<std::uint8_t>(filter.mode));
      }
    }
  }
  void operator()(const ExtendedNextHop& next_hop) {
    for (const auto& entry : next_hop.families) {
      write_afi(out, entry.family.afi);
      out.u16(static_cast<std::uint16_t>(entry.family.safi));
      write_afi(out, entry.next_hop);
    }
  }
  void operator()(const ExtendedMessage&) {}
  void operator()(const BgpSec& bgpsec) {
    const unsigned send = bgpsec.direction == BgpSec::Direction::Send ? 0x08U : 0U;
    out.u8(static_cast<std::uint8_t>((bgpsec.version & 0x0fU) << 4 | send));
    write_afi(out, bgpsec.afi);
  }
  void operator()(const MultipleLabels& labels) {
    for (const auto& entry : labels.families) {
      write_family(out, entry.family);
      out.u8(entry.count);
    }
  }
  void operator()(const Role& role) { out.u8(static_cast<std::uint8_t>(role.role)); }
  void operator()(const GracefulRestart& restart) {
    const unsigned time = std::min<unsigned>(restart.restart_time, 0x0fff);
    out.u16(static_cast<std::uint16_t>((restart.restart_state ? 0x8000U : 0U) | (restart.notification ? 0x4000U : 0U) |
                                       time));
    for (const auto& entry : restart.families) {
      write_family(out, entry.family);
      out.u8(entry.forwarding_state ? 0x80 : 0);
    }
  }
  void operator()(const FourOctetAs& as) { out.u32(as.asn); }
  void operator()(const DynamicCapability& dynamic) { out.bytes(dynamic.codes); }
  void operator()(const MultiSession& sessions) {
    out.u8(sessions.flags);
    out.bytes(sessions.codes);
  }
  void operator()(const AddPath& add_path) {
    for (const auto& entry : add_path.families) {
      write_family(out, entry.family);
      out.u8(static_cast<std::uint8_t>(entry.mode));
    }
  }
  void operator()(const EnhancedRouteRefresh&) {}
  void operator()(const LongLivedGracefulRestart& long_lived) {
    for (const auto& entry : long_lived.families) {
      write_family(out, entry.family);
      out.u32((entry.forwarding_state ? 0x80000000U : 0U) | std::min<std::uint32_t>(entry.stale_time, 0x00ffffff));
    }
  }
  void operator()(const Fqdn& fqdn) {
    write_text(out, fqdn.host);
    write_text(out, fqdn.domain);
  }
  void operator()(const SoftwareVersion& software) { write_text(out, software.version); }
  void operator()(const PathsLimit& limits) {
    for (const auto& entry : limits.families) {
      write_family(out, entry.family);
      out.u16(entry.limit);
    }
  }
  void operator()(const Unknown& unknown) { out.bytes(unknown.value); }
};

}  // namespace

void encode_capability_value(Writer& out, const Capability& capability) { std::visit(ValueWriter{out}, capability); }

}  // namespace bgp
