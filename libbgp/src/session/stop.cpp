#include "bgp/session/stop.hpp"

#include "bgp/wire/bytes.hpp"
#include "bgp/wire/notification.hpp"

namespace bgp {

namespace {

Bytes communication(std::string_view text) { return text.empty() ? Bytes{} : encode_shutdown_communication(text); }

}  // namespace

Stop Stop::shutdown(std::string_view text) { return {cease::kAdministrativeShutdown, communication(text), false}; }

Stop Stop::reset(std::string_view text) { return {cease::kAdministrativeReset, communication(text), false}; }

Stop Stop::maximum_prefixes(Family family, std::uint32_t bound) {
  Stop stop{cease::kMaximumPrefixes, {}, false};
  Writer data(stop.data);  // RFC 4486 4: AFI, SAFI, upper bound
  data.u16(static_cast<std::uint16_t>(family.afi));
  data.u8(static_cast<std::uint8_t>(family.safi));
  data.u32(bound);
  return stop;
}

bool Stop::is_graceful() const {
  switch (subcode) {
    case cease::kConnectionRejected:
    case cease::kOtherConfigurationChange:
    case cease::kCollisionResolution:
    case cease::kOutOfResources: return true;
    case cease::kAdministrativeReset: return graceful;
    default: return false;
  }
}

}  // namespace bgp
