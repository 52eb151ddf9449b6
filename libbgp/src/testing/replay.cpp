#include "bgp/testing/replay.hpp"

#include <algorithm>
#include <deque>

#include "bgp/session/session.hpp"
#include "bgp/session/update_writer.hpp"
#include "bgp/wire/notification.hpp"

namespace bgp::test {
namespace {

using Kind = CapturedItem::Kind;
using Nanoseconds = std::chrono::nanoseconds;

/// For whoever gives none.
class NoHandler : public PeerHandler {};

/// Drives a Session with what the other end sent, and writes down what it does.
class Player : public PeerHandler {
 public:
  Player(const Capture& capture, std::size_t connection, std::size_t side, PeerHandler& handler,
         const PeerConfig& config)
      : capture_(capture), connection_(connection), side_(side), handler_(handler), session_(config, *this) {}

  Replay play();

 private:
  // --- What the Session says, passed on
  std::optional<Notification> on_open(Session& session, const OpenReceived& open) override {
    return handler_.on_open(session, open);
  }
  void on_established(Session& session, const SessionUp& up) override {
    made_.established = true;
    handler_.on_established(session, up);
  }
  void on_update(Session& session, const UpdateView& update) override { handler_.on_update(session, update); }
  void on_route_refresh(Session& session, const RouteRefresh& refresh) override {
    handler_.on_route_refresh(session, refresh);
  }
  void on_writable(Session& session, UpdateWriter& writer) override {
    while (!updates_.empty() && writer.shared(updates_.front())) updates_.pop_front();
    handler_.on_writable(session, writer);
  }
  void on_down(Session& session, const SessionDown& down) override { handler_.on_down(session, down); }
  void on_state_change(Session& session, const StateChange& change) override {
    if (change.to == State::Idle && !made_.ended_at && change.from != State::Idle && change.connection == played_) {
      made_.ended_at = change.time.time_since_epoch();
      made_.ended_by_us = change.sent != nullptr;
      if (change.sent != nullptr) made_.ended_by = *change.sent;
      if (change.received != nullptr) made_.ended_by = *change.received;
    }
    handler_.on_state_change(session, change);
  }
  void on_message(Session& session, Travel travel, ConnectionId id, const RawMessage& message) override {
    if (travel == Travel::Sent) {
      made_.ours.push_back(
          {session.now().time_since_epoch(), message.type, Bytes(message.octets.begin(), message.octets.end())});
    }
    handler_.on_message(session, travel, id, message);
  }

  // --- What happens to it
  [[nodiscard]] TimePoint at(Nanoseconds time) const { return TimePoint(time - first_); }
  void run_until(TimePoint time);
  void open(TimePoint now);
  void take(const CapturedItem& item);
  void take_own(const CapturedItem& item);
  void attend(TimePoint now);

  const Capture& capture_;
  std::size_t connection_;
  std::size_t side_;
  PeerHandler& handler_;
  Session session_;
  Replay made_;
  Nanoseconds first_{};
  std::optional<ConnectionId> id_;  // while it is open
  std::optional<ConnectionId> played_;
  std::deque<SharedOctets> updates_;
};

void Player::run_until(TimePoint time) {
  for (auto due = session_.poll_timeout(); due && *due < time; due = session_.poll_timeout()) {
    session_.handle_timeout(*due);
    attend(*due);
    if (session_.poll_timeout() == due) break;  // it does not go on by itself
  }
}

/// What the Session writes goes at once: the network took it in the capture, too.
void Player::attend(TimePoint now) {
  while (const auto command = session_.poll_command()) {
    if (const auto* close = std::get_if<command::Close>(&*command); close != nullptr && id_ == close->connection) {
      id_.reset();
    }
    // One more Dial is one to a connection that this is not about
  }
  std::array<BytesView, 8> buffers;
  while (id_) {
    const std::size_t used = session_.transmit_buffers(*id_, buffers);
    std::size_t octets = 0;
    for (std::size_t i = 0; i < used; ++i) octets += buffers[i].size();
    if (octets == 0) return;
    session_.transmitted(*id_, octets, now);
  }
}

void Player::open(TimePoint now) {
  const auto& ends = capture_.connections()[connection_].ends;
  const Endpoints endpoints{ends[side_].address, ends[side_].port, ends[1 - side_].address, ends[1 - side_].port};
  session_.start(now);
  if (side_ == 0) {
    while (const auto command = session_.poll_command()) {
      if (const auto* dial = std::get_if<command::Dial>(&*command)) id_ = dial->connection;
    }
    played_ = id_;
    if (id_) session_.connected(*id_, endpoints, now);
  } else {
    played_ = id_ = session_.accepted(endpoints, now);
  }
  attend(now);
}

void Player::take(const CapturedItem& item) {
  const TimePoint now = at(item.time);
  switch (item.kind) {
    case Kind::Message:
    case Kind::HeaderError:
    case Kind::Cut:
      if (id_) session_.received(*id_, item.octets, now);
      break;
    case Kind::Fin:
    case Kind::Reset:
      if (id_) session_.disconnected(*id_, item.kind == Kind::Fin ? "closed by the peer" : "reset by the peer", now);
      id_.reset();
      break;
    default: break;
  }
  attend(now);
}

void Player::take_own(const CapturedItem& item) {
  if (!item.is_message()) return;
  made_.theirs.push_back({item.time - first_, item.type, Bytes(item.octets.begin(), item.octets.end())});
  if (item.type == MessageType::Update) {
    updates_.push_back(std::make_shared<const Bytes>(item.octets.begin(), item.octets.end()));
    session_.want_write();
  } else if (item.type == MessageType::Notification) {
    const Notification said = decode_notification(item.message().body());
    if (is_decision(said) && !made_.ended_at) session_.stop({said.subcode, said.data, false}, at(item.time));
  }
  attend(at(item.time));
}

Replay Player::play() {
  bool opened = false;
  for (const CapturedItem& item : capture_.items()) {
    if (item.connection != connection_) continue;
    if (first_ == Nanoseconds{}) first_ = item.time;
    if (!opened && item.kind != Kind::Syn) {
      opened = true;
      open(at(item.time));
    }
    run_until(at(item.time));
    if (item.side == side_) {
      take_own(item);
    } else {
      take(item);
    }
  }
  made_.state = id_ ? session_.state(*id_) : State::Idle;
  return std::move(made_);
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
  PeerConfig used = config ? *config : config_of(*own);
  if (side == 1) used.attributes.passive = true;  // it dials nobody: the connection comes to it
  if (const auto wrong = problems(used); !wrong.empty())
    return std::unexpected("its OPEN is not one of ours: " + wrong.front());
  NoHandler none_of_ours;
  Replay made = Player(capture, connection, side, handler == nullptr ? none_of_ours : *handler, used).play();
  ReplayComparison how;
  how.hold_time = used.attributes.hold_time;
  made.differences = compare_replay(made, how);
  return made;
}

}  // namespace bgp::test
