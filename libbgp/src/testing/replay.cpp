#include "bgp/testing/replay.hpp"

#include <algorithm>
#include <iterator>

#include "bgp/wire/notification.hpp"
#include "replay_player.hpp"

namespace bgp::test {
namespace {

/// For whoever gives none.
class NoHandler : public PeerHandler {};

/// That end refused the AS of its peer: it was configured for another one.
bool refused_as(const Capture& capture, std::size_t connection, std::size_t side) {
  return std::ranges::any_of(capture.items(), [&](const CapturedItem& item) {
    if (!item.is_message() || item.type != MessageType::Notification) return false;
    if (item.connection != connection || item.side != side) return false;
    const Notification said = decode_notification(item.message().body());
    return said.code == ErrorCode::OpenMessage && said.subcode == open_error::kBadPeerAs;
  });
}

PeerConfig config_of(const Capture& capture, std::size_t connection, std::size_t side) {
  const auto& sides = capture.connections()[connection].sides;
  PeerConfig config = test::config_of(*sides[side].open);
  if (sides[1 - side].open && refused_as(capture, connection, side))
    config.remote_asn = sides[1 - side].open->asn() + 1;
  return config;
}

/// The messages of one connection alone.
std::vector<ReplayedMessage> only(const std::vector<ReplayedMessage>& messages, std::size_t connection) {
  std::vector<ReplayedMessage> found;
  std::ranges::copy_if(messages, std::back_inserter(found),
                       [&](const ReplayedMessage& one) { return one.connection == connection; });
  return found;
}

/// Compares connection by connection.
void compare(const Capture& capture, const std::vector<ReplayPlayer::Part>& parts, std::uint16_t hold_time,
             Replay& made) {
  ReplayComparison how;
  how.hold_time = hold_time;
  how.routes = true;
  for (const ReplayPlayer::Part& part : parts) {
    Replay one;
    one.ours = only(made.ours, part.connection);
    one.theirs = only(made.theirs, part.connection);
    one.ended_at = made.ended_at;
    one.ended_by_us = made.ended_by_us;
    const std::string prefix =
        parts.size() == 1 ? "" : "stream " + std::to_string(capture.connections()[part.connection].stream) + ": ";
    for (const std::string& difference : compare_replay(one, how)) made.differences.push_back(prefix + difference);
  }
}

std::expected<Replay, std::string> played(const Capture& capture, const std::vector<ReplayPlayer::Part>& parts,
                                          bool together, PeerHandler* handler, const PeerConfig& config) {
  if (const auto wrong = problems(config); !wrong.empty())
    return std::unexpected("its OPEN is not one of ours: " + wrong.front());
  NoHandler none_of_ours;
  Replay made = ReplayPlayer(capture, parts, together, handler == nullptr ? none_of_ours : *handler, config).play();
  compare(capture, parts, config.attributes.hold_time, made);
  return made;
}

}  // namespace

PeerConfig config_of(const OpenMessage& open, std::uint32_t remote_asn) {
  PeerConfig config;
  config.local_asn = open.asn();
  config.local_identifier = open.identifier;
  config.remote_asn = remote_asn;
  config.attributes.hold_time = open.hold_time;
  config.attributes.send_hold_time = Duration::zero();
  config.families = {};
  config.four_octet_as = config.route_refresh = config.enhanced_route_refresh = config.extended_message = false;
  config.capabilities = !open.capabilities.empty();
  // As they were sent, in their order; what is agreed is made of the OPEN itself
  for (const Capability& one : open.capabilities) {
    if (const auto* family = std::get_if<capability::Multiprotocol>(&one)) config.families.push_back(family->family);
  }
  if (const auto* restart = open.find<capability::GracefulRestart>()) config.graceful_restart = *restart;
  if (const auto* role = open.find<capability::Role>()) config.role = role->role;
  if (const auto* paths = open.find<capability::AddPath>()) config.add_path = paths->families;
  if (const auto* next_hop = open.find<capability::ExtendedNextHop>()) config.extended_next_hop = *next_hop;
  if (const auto* labels = open.find<capability::MultipleLabels>()) config.multiple_labels = labels->families;
  if (const auto* filters = open.find<capability::OutboundRouteFiltering>())
    config.outbound_route_filtering = filters->families;
  if (const auto* fqdn = open.find<capability::Fqdn>()) config.fqdn = *fqdn;
  if (const auto* version = open.find<capability::SoftwareVersion>()) config.software_version = *version;
  if (config.graceful_restart) {
    if (const auto* stale = open.find<capability::LongLivedGracefulRestart>())
      config.long_lived_graceful_restart = *stale;
  }
  config.four_octet_as = open.find<capability::FourOctetAs>() != nullptr;
  config.route_refresh = open.find<capability::RouteRefresh>() != nullptr;
  config.enhanced_route_refresh = open.find<capability::EnhancedRouteRefresh>() != nullptr;
  config.extended_message = open.find<capability::ExtendedMessage>() != nullptr;
  for (const Capability& one : open.capabilities) {
    if (std::holds_alternative<capability::Unknown>(one)) config.other_capabilities.push_back(one);
  }
  return config;
}

std::expected<Replay, std::string> replay(const Capture& capture, std::size_t connection, std::size_t side,
                                          PeerHandler* handler, const std::optional<PeerConfig>& config) {
  if (connection >= capture.connections().size() || side > 1) return std::unexpected("there is no such connection");
  const CapturedConnection& shown = capture.connections()[connection];
  const auto& own = shown.sides[side].open;
  if (!config && !own) return std::unexpected("the OPEN of that side is not in the capture");
  if (!shown.from_start && !own) return std::unexpected("the connection does not begin in the capture");
  PeerConfig used = config ? *config : config_of(capture, connection, side);
  if (side == 1) used.attributes.passive = true;  // it dials nobody: the connection comes to it
  return played(capture, {{connection, side}}, false, handler, used);
}

std::expected<Replay, std::string> replay_together(const Capture& capture, const IpAddress& end, const IpAddress& peer,
                                                   PeerHandler* handler, const std::optional<PeerConfig>& config) {
  std::vector<ReplayPlayer::Part> parts;
  std::optional<PeerConfig> used = config;
  bool dials = false;
  for (std::size_t i = 0; i < capture.connections().size(); ++i) {
    const CapturedConnection& shown = capture.connections()[i];
    const std::size_t side = shown.ends[0].address == end ? 0 : 1;
    if (shown.ends[side].address != end || shown.ends[1 - side].address != peer) continue;
    parts.push_back({i, side});
    dials = dials || side == 0;
    if (!used && shown.sides[side].open) used = config_of(capture, i, side);
  }
  if (parts.empty()) return std::unexpected("there is no connection between these two");
  if (!used) return std::unexpected("no OPEN of that end is in the capture");
  if (!config) {
    used->attributes.passive = !dials;
    // No OPEN tells these: short enough for it to have dialed whenever its end did
    used->idle_hold.first = std::chrono::milliseconds{1};
    used->attributes.connect_retry_time = std::chrono::seconds{1};
  }
  return played(capture, parts, true, handler, *used);
}

}  // namespace bgp::test
