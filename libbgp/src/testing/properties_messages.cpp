// The invariants of messages: what is said in which order, and what leaves.
#include <algorithm>
#include <string>

#include "bgp/session/collision.hpp"
#include "bgp/testing/properties.hpp"
#include "bgp/wire/notification.hpp"

namespace bgp::test {

namespace {

// RFC 4271 4.1, 4.2; RFC 7313 3.1: places in a message, its header included
constexpr std::size_t kOpenHoldTime = 22;
constexpr std::size_t kOpenIdentifier = 24;
constexpr std::size_t kOpenSize = 29;
constexpr std::size_t kRefreshSubtype = 21;

std::uint32_t number(BytesView octets, std::size_t from, std::size_t size) {
  std::uint32_t value = 0;
  for (std::size_t i = 0; i < size; ++i) value = value << 8 | octets[from + i];
  return value;
}

std::uint64_t hash_of(BytesView octets) {
  std::uint64_t hash = 0xcbf29ce484222325;  // FNV-1a, 64 bit
  for (const std::uint8_t octet : octets) hash = (hash ^ octet) * 0x100000001b3;
  return hash;
}

/// UPDATE, BoRR and EoRR: what keeps its order.
bool is_data(const RawMessage& message) {
  if (message.type == MessageType::Update) return true;
  return message.type == MessageType::RouteRefresh && message.octets.size() > kRefreshSubtype &&
         message.octets[kRefreshSubtype] != 0;
}

std::string name_of(const char* what, ConnectionId connection) {
  return std::string(what) + " on connection " + std::to_string(static_cast<std::uint64_t>(connection));
}

}  // namespace

void Properties::message(Travel travel, ConnectionId connection, const RawMessage& message, TimePoint now) {
  if (travel == Travel::Received) {
    received(of(connection), message, now);
  } else {
    sent(of(connection), message, now);
  }
}

void Properties::read(ConnectionId id, BytesView octets, TimePoint now) {
  Connection& connection = of(id);
  connection.is_read = true;
  while (!connection.unreadable) {
    const auto next = connection.arriving.next(octets);
    connection.unreadable = !next;
    if (!next || !*next) return;
    const RawMessage& message = **next;
    connection.arrived.push_back(hash_of(message.octets));
    const bool counts = message.type == MessageType::Keepalive || message.type == MessageType::Update;
    if (counts && connection.state == State::Established) connection.heard = now;
  }
}

// What arrived reaches the handler whole, in order and once.
void Properties::check_input(Connection& connection, const RawMessage& message, TimePoint now) {
  if (connection.arrived.empty() || connection.arrived.front() != hash_of(message.octets)) {
    violate(Invariant::InputInOrder, name_of("not the message that came next", connection.id), now);
    return;
  }
  connection.arrived.pop_front();
}

void Properties::received(Connection& connection, const RawMessage& message, TimePoint now) {
  if (connection.is_read) check_input(connection, message, now);
  const bool heard_now = !connection.is_read && connection.state == State::Established;
  switch (message.type) {
    case MessageType::Open:
      if (connection.open_received || message.octets.size() < kOpenSize) break;
      connection.open_received = now;
      connection.remote_identifier = number(message.octets, kOpenIdentifier, 4);
      // RFC 4271 4.2: the smaller of the two; 0 from either side is none
      connection.hold_time = std::chrono::seconds{
          std::min<std::uint32_t>(config_.attributes.hold_time, number(message.octets, kOpenHoldTime, 2))};
      break;
    case MessageType::Keepalive:
      connection.keepalive_received = true;
      if (heard_now) connection.heard = now;
      break;
    case MessageType::Update:
      if (heard_now) connection.heard = now;
      break;
    case MessageType::Notification: connection.notification_received = true; break;
    case MessageType::RouteRefresh: break;
  }
}

void Properties::sent(Connection& connection, const RawMessage& message, TimePoint now) {
  if (connection.notification_sent) {
    violate(Invariant::OneNotification, name_of("a message behind a NOTIFICATION", connection.id), now);
  }
  if (is_data(message)) connection.data_waits.push_back(hash_of(message.octets));
  if (message.type == MessageType::Open) connection.open_sent = true;
  if (message.type == MessageType::Notification) {
    connection.notification_sent = true;
    if (connection.notification_received) {
      violate(Invariant::NotificationUnanswered, name_of("a NOTIFICATION in reply to one", connection.id), now);
    }
    const Notification notification = decode_notification(message.body());
    const bool collision = notification.code == ErrorCode::Cease && notification.subcode == cease::kCollisionResolution;
    if (collision) check_survivor(connection, now);
  }
  if (message.type != MessageType::Keepalive) return;
  if (connection.last_keepalive) {
    // RFC 4271 4.4: none but the one that answers the OPEN
    if (connection.hold_time == Duration::zero()) {
      violate(Invariant::HoldTimeZero, name_of("a KEEPALIVE at hold time 0", connection.id), now);
    }
    if (now - *connection.last_keepalive < std::chrono::seconds{1}) {
      violate(Invariant::KeepaliveRate, name_of("two KEEPALIVEs within a second", connection.id), now);
    }
  }
  connection.keepalive_sent = true;
  connection.last_keepalive = now;
  connection.keepalive_from = now;
  connection.keepalive_waits = true;
  connection.data_may_finish = connection.stream.pending() > 0 ? 1 : 0;
}

// RFC 4271 6.8, RFC 6286 2.3: of two whose OPENs are both here, the one that the dominant side initiated survives.
void Properties::check_survivor(const Connection& loser, TimePoint now) {
  const auto lives = [&](const Connection& c) { return c.lives && c.id != loser.id; };
  if (std::ranges::count_if(connections_, lives) != 1 || config_.remote_asn == 0) return;
  const Connection& other = *std::ranges::find_if(connections_, lives);
  const bool comparable = other.state == State::OpenSent || other.state == State::OpenConfirm;
  const bool both = loser.open_received && loser.open_sent && other.open_received && other.open_sent;
  if (!comparable || !both || !loser.direction || !other.direction || loser.direction == other.direction) return;
  const std::uint32_t ours = config_.local_identifier.value;
  const bool we_dominate =
      ours != other.remote_identifier ? ours > other.remote_identifier : config_.local_asn > config_.remote_asn;
  const Direction winner = we_dominate ? Direction::Outgoing : Direction::Incoming;
  if (loser.direction == winner) violate(Invariant::Survivor, name_of("the wrong one was closed", loser.id), now);
}

// --- The octets that leave

void Properties::socket_took(ConnectionId id, BytesView octets, TimePoint now) {
  Connection& connection = of(id);
  while (!octets.empty() || connection.stream.pending() > 0) {
    if (connection.notification_left && !octets.empty()) {
      violate(Invariant::OneNotification, name_of("octets behind a NOTIFICATION", id), now);
      return;
    }
    const auto next = connection.stream.next(octets);
    if (!next) {
      violate(Invariant::WholeMessages, name_of("octets that are no message", id), now);
      return;
    }
    if (!*next) return;
    left(connection, **next, now);
  }
}

void Properties::left(Connection& connection, const RawMessage& message, TimePoint now) {
  const bool opens = message.type == MessageType::Open || message.type == MessageType::Notification;
  if (!connection.any_left && !opens) {
    violate(Invariant::WholeMessages, name_of("the first message is no OPEN", connection.id), now);
  }
  connection.any_left = true;
  connection.last_sent = now;
  if (message.type == MessageType::Notification) connection.notification_left = true;
  if (message.type == MessageType::Keepalive) connection.keepalive_waits = false;
  if (message.type == MessageType::Update) connection.keepalive_from = now;
  if (!is_data(message)) return;
  if (connection.keepalive_waits && --connection.data_may_finish < 0) {
    violate(Invariant::KeepaliveFirst, name_of("an UPDATE before a KEEPALIVE that waited", connection.id), now);
  }
  if (connection.data_waits.empty() || connection.data_waits.front() != hash_of(message.octets)) {
    violate(Invariant::DataInOrder, name_of("not the message whose turn it is", connection.id), now);
  } else {
    connection.data_waits.pop_front();
  }
}

}  // namespace bgp::test
