// wire/capability.cpp
//
// RFC 5492 4: code, length, value, and again. Values: capability_decode.cpp, capability_encode.cpp.
#include "bgp/wire/capability.hpp"

#include <stdexcept>

#include "bgp/wire/bytes.hpp"
#include "capability_value.hpp"

namespace bgp {
namespace {

using namespace capability;

struct CodeOf {
  CapabilityCode operator()(const Multiprotocol&) const { return CapabilityCode::Multiprotocol; }
  CapabilityCode operator()(const RouteRefresh&) const { return CapabilityCode::RouteRefresh; }
  CapabilityCode operator()(const OutboundRouteFiltering&) const { return CapabilityCode::OutboundRouteFiltering; }
  CapabilityCode operator()(const ExtendedNextHop&) const { return CapabilityCode::ExtendedNextHop; }
  CapabilityCode operator()(const ExtendedMessage&) const { return CapabilityCode::ExtendedMessage; }
  CapabilityCode operator()(const BgpSec&) const { return CapabilityCode::BgpSec; }
  CapabilityCode operator()(const MultipleLabels&) const { return CapabilityCode::MultipleLabels; }
  CapabilityCode operator()(const Role&) const { return CapabilityCode::Role; }
  CapabilityCode operator()(const GracefulRestart&) const { return CapabilityCode::GracefulRestart; }
  CapabilityCode operator()(const FourOctetAs&) const { return CapabilityCode::FourOctetAs; }
  CapabilityCode operator()(const DynamicCapability&) const { return CapabilityCode::DynamicCapability; }
  CapabilityCode operator()(const MultiSession&) const { return CapabilityCode::MultiSession; }
  CapabilityCode operator()(const AddPath&) const { return CapabilityCode::AddPath; }
  CapabilityCode operator()(const EnhancedRouteRefresh&) const { return CapabilityCode::EnhancedRouteRefresh; }
  CapabilityCode operator()(const LongLivedGracefulRestart&) const { return CapabilityCode::LongLivedGracefulRestart; }
  CapabilityCode operator()(const Fqdn&) const { return CapabilityCode::Fqdn; }
  CapabilityCode operator()(const SoftwareVersion&) const { return CapabilityCode::SoftwareVersion; }
  CapabilityCode operator()(const PathsLimit&) const { return CapabilityCode::PathsLimit; }
  CapabilityCode operator()(const Unknown& unknown) const { return static_cast<CapabilityCode>(unknown.code); }
};

}  // namespace

std::uint8_t capability_code(const Capability& capability) {
  return static_cast<std::uint8_t>(std::visit(CodeOf{}, capability));
}

Capability decode_capability(std::uint8_t code, BytesView value) {
  if (auto typed = decode_capability_value(static_cast<CapabilityCode>(code), value)) return *std::move(typed);
  return Unknown{code, Bytes(value.begin(), value.end())};
}

std::optional<std::vector<Capability>> decode_capabilities(BytesView octets) {
  std::vector<Capability> capabilities;
  Reader reader(octets);
  while (!reader.empty()) {
    const std::uint8_t code = reader.u8();
    const BytesView value = reader.bytes(reader.u8());
    if (!reader.ok()) return std::nullopt;
    capabilities.push_back(decode_capability(code, value));
  }
  return capabilities;
}

Bytes encode_capability(const Capability& capability) {
  constexpr std::size_t kMaxSize = 257;  // code, length, 255 octets of value
  Bytes octets;
  Writer out(octets);
  out.u8(capability_code(capability));
  {
    const auto length = out.length_u8();
    encode_capability_value(out, capability);
  }
  if (octets.size() > kMaxSize) throw std::length_error("a capability's value exceeds 255 octets (RFC 5492 4)");
  return octets;
}

}  // namespace bgp
