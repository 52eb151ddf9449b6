// wire/capability.cpp
//
// RFC 5492 4: code, length, value. A known code whose value has not its form is kept as octets, so that no capability
// can end a session.
#include "bgp/wire/capability.hpp"

#include <algorithm>
#include <optional>
#include <stdexcept>

#include "bgp/wire/bytes.hpp"

namespace bgp {
namespace {

using namespace capability;

Family read_family(Reader& reader) {
  const auto afi = static_cast<Afi>(reader.u16());
  return {afi, static_cast<Safi>(reader.u8())};
}

void write_family(Writer& out, Family family) {
  out.u16(static_cast<std::uint16_t>(family.afi));
  out.u8(static_cast<std::uint8_t>(family.safi));
}

// Each of these returns nothing when the value has not the capability's form.

/// RFC 4760 8: AFI, a reserved octet that is ignored, SAFI.
std::optional<Capability> decode_multiprotocol(Reader value) {
  Multiprotocol mp;
  mp.family.afi = static_cast<Afi>(value.u16());
  value.u8();
  mp.family.safi = static_cast<Safi>(value.u8());
  if (!value.done()) return std::nullopt;
  return mp;
}

/// RFC 4724 3: flags (4 bits) and restart time (12 bits), then family and flags for each family.
std::optional<Capability> decode_graceful_restart(Reader value) {
  GracefulRestart restart;
  const std::uint16_t flags_and_time = value.u16();
  restart.restart_state = (flags_and_time & 0x8000) != 0;
  restart.notification = (flags_and_time & 0x4000) != 0;  // RFC 8538 2
  restart.restart_time = flags_and_time & 0x0fff;
  while (!value.empty()) {
    const Family family = read_family(value);
    const std::uint8_t flags = value.u8();
    restart.families.push_back({family, (flags & 0x80) != 0});
  }
  if (!value.done()) return std::nullopt;
  return restart;
}

/// RFC 6793 3.
std::optional<Capability> decode_four_octet_as(Reader value) {
  const FourOctetAs as{value.u32()};
  if (!value.done()) return std::nullopt;
  return as;
}

/// RFC 7911 4: family and send/receive for each; any other send/receive value and the capability is not understood.
std::optional<Capability> decode_add_path(Reader value) {
  AddPath add_path;
  while (!value.empty()) {
    const Family family = read_family(value);
    const std::uint8_t mode = value.u8();
    if (mode < 1 || mode > 3) return std::nullopt;
    add_path.families.push_back({family, static_cast<AddPath::Mode>(mode)});
  }
  if (!value.done()) return std::nullopt;
  return add_path;
}

/// Host name, then domain name, each behind its length. Some speakers leave the domain out.
std::optional<Capability> decode_fqdn(Reader value) {
  const BytesView host = value.bytes(value.u8());
  const BytesView domain = value.bytes(value.u8());
  if (!value.done()) return std::nullopt;
  return Fqdn{std::string(host.begin(), host.end()), std::string(domain.begin(), domain.end())};
}

/// RFC 2918 2, RFC 7313 3.1, RFC 8654 3: a capability without a value.
template <class Flag>
std::optional<Capability> decode_flag(Reader value) {
  if (!value.done()) return std::nullopt;
  return Flag{};
}

std::optional<Capability> decode_typed(CapabilityCode code, BytesView octets) {
  const Reader value(octets);
  switch (code) {
    case CapabilityCode::Multiprotocol: return decode_multiprotocol(value);
    case CapabilityCode::RouteRefresh: return decode_flag<RouteRefresh>(value);
    case CapabilityCode::ExtendedMessage: return decode_flag<ExtendedMessage>(value);
    case CapabilityCode::GracefulRestart: return decode_graceful_restart(value);
    case CapabilityCode::FourOctetAs: return decode_four_octet_as(value);
    case CapabilityCode::AddPath: return decode_add_path(value);
    case CapabilityCode::EnhancedRouteRefresh: return decode_flag<EnhancedRouteRefresh>(value);
    case CapabilityCode::Fqdn: return decode_fqdn(value);
    default: return std::nullopt;
  }
}

/// Writes the value of each capability.
struct ValueWriter {
  Writer& out;

  void operator()(const Multiprotocol& mp) {
    out.u16(static_cast<std::uint16_t>(mp.family.afi));
    out.u8(0);  // RFC 4760 8: reserved
    out.u8(static_cast<std::uint8_t>(mp.family.safi));
  }
  void operator()(const RouteRefresh&) {}
  void operator()(const ExtendedMessage&) {}
  void operator()(const EnhancedRouteRefresh&) {}
  void operator()(const GracefulRestart& restart) {
    const unsigned time = std::min<unsigned>(restart.restart_time, 0x0fff);
    out.u16(static_cast<std::uint16_t>((restart.restart_state ? 0x8000U : 0U) | (restart.notification ? 0x4000U : 0U) |
                                       time));
    for (const GracefulRestart::Entry& entry : restart.families) {
      write_family(out, entry.family);
      out.u8(entry.forwarding_state ? 0x80 : 0);
    }
  }
  void operator()(const FourOctetAs& as) { out.u32(as.asn); }
  void operator()(const AddPath& add_path) {
    for (const AddPath::Entry& entry : add_path.families) {
      write_family(out, entry.family);
      out.u8(static_cast<std::uint8_t>(entry.mode));
    }
  }
  void operator()(const Fqdn& fqdn) {
    for (const std::string& name : {fqdn.host, fqdn.domain}) {
      if (name.size() > 255) throw std::length_error("a name in the FQDN capability exceeds 255 octets");
      out.u8(static_cast<std::uint8_t>(name.size()));
      out.bytes({reinterpret_cast<const std::uint8_t*>(name.data()), name.size()});
    }
  }
  void operator()(const Unknown& unknown) { out.bytes(unknown.value); }
};

}  // namespace

Capability decode_capability(std::uint8_t code, BytesView value) {
  if (auto typed = decode_typed(static_cast<CapabilityCode>(code), value)) return *std::move(typed);
  return Unknown{code, Bytes(value.begin(), value.end())};
}

std::uint8_t capability_code(const Capability& capability) {
  struct {
    CapabilityCode operator()(const Multiprotocol&) const { return CapabilityCode::Multiprotocol; }
    CapabilityCode operator()(const RouteRefresh&) const { return CapabilityCode::RouteRefresh; }
    CapabilityCode operator()(const ExtendedMessage&) const { return CapabilityCode::ExtendedMessage; }
    CapabilityCode operator()(const GracefulRestart&) const { return CapabilityCode::GracefulRestart; }
    CapabilityCode operator()(const FourOctetAs&) const { return CapabilityCode::FourOctetAs; }
    CapabilityCode operator()(const AddPath&) const { return CapabilityCode::AddPath; }
    CapabilityCode operator()(const EnhancedRouteRefresh&) const { return CapabilityCode::EnhancedRouteRefresh; }
    CapabilityCode operator()(const Fqdn&) const { return CapabilityCode::Fqdn; }
    CapabilityCode operator()(const Unknown& unknown) const { return static_cast<CapabilityCode>(unknown.code); }
  } code_of;
  return static_cast<std::uint8_t>(std::visit(code_of, capability));
}

Bytes encode_capability(const Capability& capability) {
  constexpr std::size_t kMaxSize = 257;  // code, length, 255 octets of value
  Bytes octets;
  Writer out(octets);
  out.u8(capability_code(capability));
  {
    const auto length = out.length_u8();
    std::visit(ValueWriter{out}, capability);
  }
  if (octets.size() > kMaxSize) throw std::length_error("a capability's value exceeds 255 octets (RFC 5492 4)");
  return octets;
}

}  // namespace bgp
