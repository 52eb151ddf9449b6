#include "pcaps/side_replay.hpp"

#include <algorithm>
#include <array>
#include <variant>

#include "bgp/testing/hex.hpp"
#include "bgp/testing/replay.hpp"
#include "bgp/wire/notification.hpp"

namespace bgp::test {

namespace {

// Those of the lab's bgpd (tests/interop/peers/bgpd.toml), and the least that jitter makes of them (RFC 4271 10): where
// it dialed, the Session must have, too.
constexpr std::chrono::milliseconds kConnectRetryTime{1500}, kIdleHoldTime{750};

bool is_decision(MessageType type) { return type == MessageType::Open || type == MessageType::Notification; }

// The peer was of another AS than the one that was configured.
bool refused_as(const Capture& capture, const IpAddress& address) {
  const auto is_bad_peer_as = [&](const CapturedItem& item) {
    return item.is_message() && item.type == MessageType::Notification &&
           side_of(capture.connection_of(item), address) == item.side &&
           decode_notification(item.message().body()) ==
               Notification{ErrorCode::OpenMessage, open_error::kBadPeerAs, {}};
  };
  return std::ranges::any_of(capture.items(), is_bad_peer_as);
}

PeerConfig config_of(const Capture& capture, const IpAddress& address) {
  for (const CapturedConnection& connection : capture.connections()) {
    const auto side = side_of(connection, address);
    if (!side || !connection.sides[*side].open) continue;
    const auto& theirs = connection.sides[1U - *side].open;
    std::uint32_t remote_asn = theirs ? theirs->asn() : 0;
    if (refused_as(capture, address)) ++remote_asn;
    PeerConfig config = test::config_of(*connection.sides[*side].open, remote_asn);
    config.attributes.connect_retry_time = kConnectRetryTime;
    config.idle_hold.first = kIdleHoldTime;
    config.attributes.passive = std::ranges::none_of(
        capture.connections(), [&](const CapturedConnection& each) { return side_of(each, address) == 0; });
    return config;
  }
  return {};
}

Endpoints endpoints_of(const CapturedConnection& connection, std::uint8_t side) {
  const Endpoint& local = connection.ends.at(side);
  const Endpoint& remote = connection.ends.at(1U - side);
  return {local.address, local.port, remote.address, remote.port};
}

}  // namespace

std::optional<std::uint8_t> side_of(const CapturedConnection& connection, const IpAddress& address) {
  if (connection.ends[0].address == address) return std::uint8_t{0};
  if (connection.ends[1].address == address) return std::uint8_t{1};
  return std::nullopt;
}

std::vector<std::string> decisions_of(const Capture& capture, const IpAddress& address) {
  std::vector<std::string> found;
  for (const CapturedItem& item : capture.items()) {
    if (item.is_message() && is_decision(item.type) && side_of(capture.connection_of(item), address) == item.side) {
      found.push_back(hex_of(item.octets));
    }
  }
  return found;
}

std::vector<std::string> effect_of(const UpdateView& update) {
  std::vector<std::string> effect;
  for (const UnreachableGroup& group : update.unreachable()) {
    for (const Nlri& nlri : group.nlri) effect.push_back("unreachable " + to_string(nlri));
  }
  for (const ReachableGroup& group : update.reachable()) {
    const std::string attributes = to_string(update.path_attributes(group));
    for (const Nlri& nlri : group.nlri) effect.push_back("reachable " + to_string(nlri) + " " + attributes);
  }
  if (const auto family = update.end_of_rib()) effect.push_back("end-of-rib " + to_string(*family));
  return effect;
}

SideReplay::SideReplay(const Capture& capture, const IpAddress& address)
    : capture_(capture), address_(address), session_(config_of(capture, address), *this) {}

void SideReplay::run() {
  const auto first = capture_.items().front().time;
  session_.start(TimePoint{});
  drive(TimePoint{});
  for (const CapturedItem& item : capture_.items()) {
    const TimePoint now = TimePoint{} + std::chrono::duration_cast<Duration>(item.time - first);
    fire_timers(now);
    take(item, now);
    drive(now);
  }
}

void SideReplay::take(const CapturedItem& item, TimePoint now) {
  const auto side = side_of(capture_.connection_of(item), address_);
  if (item.kind == CapturedItem::Kind::SynAck) return open(item, now);
  if (!side || !followed_.contains(item.connection)) return;
  if (*side == item.side) {
    if (item.is_message() && item.type == MessageType::Notification)
      obey(decode_notification(item.message().body()), now);
  } else if (item.is_message()) {
    session_.received(followed_.at(item.connection), item.octets, now);
  } else if (item.kind == CapturedItem::Kind::Fin || item.kind == CapturedItem::Kind::Reset) {
    session_.disconnected(followed_.at(item.connection), "closed in the capture", now);
  }
}

// What the operator said is seen by the NOTIFICATION that came of it.
void SideReplay::obey(const Notification& said, TimePoint now) {
  if (said.code != ErrorCode::Cease || said.subcode != cease::kAdministrativeShutdown || !session_.started()) return;
  session_.stop({said.subcode, said.data}, now);
}

void SideReplay::open(const CapturedItem& item, TimePoint now) {
  const CapturedConnection& connection = capture_.connection_of(item);
  const auto side = side_of(connection, address_);
  if (!side || followed_.contains(item.connection)) return;  // a repeated one
  if (*side == 1) {
    followed_[item.connection] = session_.accepted(endpoints_of(connection, 1), now);
  } else if (dials_.empty()) {
    ++not_followed;
  } else {
    followed_[item.connection] = dials_.back();
    dials_.clear();
    session_.connected(followed_.at(item.connection), endpoints_of(connection, 0), now);
  }
}

void SideReplay::fire_timers(TimePoint now) {
  for (auto due = session_.poll_timeout(); due && *due <= now; due = session_.poll_timeout()) {
    session_.handle_timeout(*due);
    drive(*due);
  }
}

// Whatever the Session wants: its dials wait for the capture's connections, what it sends is taken at once.
void SideReplay::drive(TimePoint now) {
  while (const auto command = session_.poll_command()) {
    if (const auto* dial = std::get_if<command::Dial>(&*command)) dials_.push_back(dial->connection);
    if (const auto* end = std::get_if<command::Close>(&*command)) std::erase(dials_, end->connection);
  }
  for (const auto& [number, connection] : followed_) {
    std::array<BytesView, 8> buffers;
    while (const std::size_t used = session_.transmit_buffers(connection, buffers)) {
      std::size_t octets = 0;
      for (std::size_t i = 0; i < used; ++i) octets += buffers.at(i).size();
      session_.transmitted(connection, octets, now);
    }
  }
}

void SideReplay::on_update(Session&, const UpdateView& update) {
  for (std::string& line : effect_of(update)) heard.push_back(std::move(line));
}

void SideReplay::on_message(Session&, Travel travel, ConnectionId, const RawMessage& message) {
  if (travel == Travel::Sent && is_decision(message.type)) {
    decisions.push_back(hex_of(message.octets));
  }
}

}  // namespace bgp::test
