#include "bgp/session/config_change.hpp"

#include <algorithm>
#include <array>

namespace bgp {

namespace {

using enum ConfigChange;

constexpr std::string_view kOpen = "with the next session: it stands in the OPEN";
constexpr std::string_view kAgreed = "with the next session: the OPENs are judged by it";
constexpr std::string_view kNextConnection = "with the next connection";
constexpr std::string_view kNextTimer = "when the timer starts next";
constexpr std::string_view kNextStart = "with the next attempt, or the next collision";
constexpr std::string_view kAtOnce = "at once";

#define BGP_FIELD(name, effect, when)                                                              \
  ConfigField {                                                                                    \
    #name, effect, when, [](const PeerConfig& a, const PeerConfig& b) { return a.name == b.name; } \
  }

constexpr std::array kFields{
    BGP_FIELD(local_asn, Reset, kOpen),
    BGP_FIELD(local_identifier, Reset, kOpen),
    BGP_FIELD(remote_asn, Reset, kAgreed),
    BGP_FIELD(attributes.connect_retry_time, Soft, kNextTimer),
    BGP_FIELD(attributes.hold_time, Reset, kOpen),
    BGP_FIELD(attributes.large_hold_time, Soft, kNextTimer),
    BGP_FIELD(attributes.send_hold_time, Soft, kNextTimer),
    BGP_FIELD(attributes.delay_open, Soft, kNextConnection),
    BGP_FIELD(attributes.delay_open_time, Soft, kNextTimer),
    BGP_FIELD(attributes.passive, Soft, kNextStart),
    BGP_FIELD(attributes.damp_peer_oscillations, Soft, kNextStart),
    BGP_FIELD(attributes.send_notification_without_open, Soft, kAtOnce),
    BGP_FIELD(attributes.collision_detect_established, Soft, kNextStart),
    BGP_FIELD(idle_hold.first, Soft, kNextTimer),
    BGP_FIELD(idle_hold.longest, Soft, kNextTimer),
    BGP_FIELD(idle_hold.forget, Soft, kAtOnce),
    BGP_FIELD(most_automatic_starts, Soft, kNextStart),
    BGP_FIELD(minimum_hold_time, Reset, kAgreed),
    BGP_FIELD(families, Reset, kOpen),
    BGP_FIELD(required_families, Reset, kAgreed),
    BGP_FIELD(required_capabilities, Reset, kAgreed),
    BGP_FIELD(capabilities, Reset, kOpen),
    BGP_FIELD(retry_without_capabilities, Soft, kNextStart),
    BGP_FIELD(four_octet_as, Reset, kOpen),
    BGP_FIELD(route_refresh, Reset, kOpen),
    BGP_FIELD(enhanced_route_refresh, Reset, kOpen),
    BGP_FIELD(extended_message, Reset, kOpen),
    BGP_FIELD(add_path, Reset, kOpen),
    BGP_FIELD(paths_limit, Reset, kOpen),
    BGP_FIELD(multiple_labels, Reset, kOpen),
    BGP_FIELD(outbound_route_filtering, Reset, kOpen),
    BGP_FIELD(graceful_restart, Reset, kOpen),
    BGP_FIELD(long_lived_graceful_restart, Reset, kOpen),
    BGP_FIELD(stale_times, Soft, kAtOnce),
    BGP_FIELD(role, Reset, kOpen),
    BGP_FIELD(role_strict, Reset, kAgreed),
    BGP_FIELD(extended_next_hop, Reset, kOpen),
    BGP_FIELD(fqdn, Reset, kOpen),
    BGP_FIELD(software_version, Reset, kOpen),
    BGP_FIELD(other_capabilities, Reset, kOpen),
    BGP_FIELD(enforce_first_as, Reset, kAgreed),
    BGP_FIELD(collision, Soft, kNextStart),
    BGP_FIELD(same_direction, Soft, kNextStart),
    BGP_FIELD(graceful_takeover, Soft, kNextStart),
    BGP_FIELD(idle_refusal, Soft, kAtOnce),
    BGP_FIELD(graceful_restart_pause, Soft, kAtOnce),
    BGP_FIELD(max_input_pause, Soft, "with the next pause"),
    BGP_FIELD(send_queue_octets, Soft, kNextConnection),
};

#undef BGP_FIELD

}  // namespace

std::string_view to_string(ConfigChange change) {
  switch (change) {
    case Unchanged: return "unchanged";
    case Soft: return "soft";
    case Reset: return "reset";
  }
  return "unknown change";
}

std::span<const ConfigField> config_fields() { return kFields; }

ConfigChange classify(const PeerConfig& from, const PeerConfig& to) {
  ConfigChange strongest = Unchanged;
  for (const ConfigField& field : kFields) {
    if (!field.equal(from, to)) strongest = std::max(strongest, field.effect);
  }
  // a field that the table does not know
  return strongest == Unchanged && from != to ? Reset : strongest;
}

}  // namespace bgp
