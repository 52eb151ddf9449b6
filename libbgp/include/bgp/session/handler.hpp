// bgp/session/handler.hpp
//
// What an application implements to use a session. Every function does nothing by default.
//
// Callbacks run on the thread that drives the session, one at a time, and must not block. From inside any of them the
// Session may be told to stop(), reset(), want_write() or set_reading(): what they ask for is carried out when the
// callback returns.
// For one message the order is: framing, decoding, FSM, actions, then the handler; so a handler always sees the state
// that the RFC says.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "bgp/export.hpp"
#include "bgp/result.hpp"
#include "bgp/session/collision.hpp"
#include "bgp/session/connection_id.hpp"
#include "bgp/session/event.hpp"
#include "bgp/session/graceful_restart.hpp"
#include "bgp/session/negotiation.hpp"
#include "bgp/session/state.hpp"
#include "bgp/session/update_writer.hpp"
#include "bgp/wire/framer.hpp"
#include "bgp/wire/open.hpp"
#include "bgp/wire/route_refresh.hpp"
#include "bgp/wire/update.hpp"

namespace bgp BGP_EXPORT {

class Session;

/// The two ends of a TCP connection.
struct Endpoints {
  IpAddress local;
  std::uint16_t local_port = 0;
  IpAddress remote;
  std::uint16_t remote_port = 0;

  friend bool operator==(const Endpoints&, const Endpoints&) = default;
};

/// Which way a message travelled.
enum class Travel : std::uint8_t { Received, Sent };

/// A valid OPEN that is about to be accepted.
struct OpenReceived {
  ConnectionId connection{};
  Direction direction{};
  const OpenMessage& open;
  const Negotiated& negotiated;
};

/// The session came up.
struct SessionUp {
  ConnectionId connection{};
  Direction direction{};
  Endpoints endpoints;
  const Negotiated& negotiated;
  const OpenMessage& sent;      ///< our OPEN
  const OpenMessage& received;  ///< the peer's OPEN
  TimePoint time;
};

/// The session went down.
struct SessionDown {
  EventId event{};                         ///< what ended it
  const Notification* sent = nullptr;      ///< the NOTIFICATION that we sent, if any
  const Notification* received = nullptr;  ///< the NOTIFICATION that we received, if any
  std::vector<Family> retained;      ///< families whose routes are to be kept as stale (RFC 4724 4.2); drop all others
  std::vector<Retention> retention;  ///< until when, for each of `retained`: then drop what is still stale
  TimePoint time;
};

/// A connection FSM changed its state.
struct StateChange {
  ConnectionId connection{};  ///< none while no transport is open or being opened
  Direction direction{};
  State from{};
  State to{};
  EventId event{};
  const Notification* sent = nullptr;      ///< the NOTIFICATION that this step sends, if any
  const Notification* received = nullptr;  ///< the NOTIFICATION that caused it, if any
  std::string_view detail;                 ///< why the transport failed, as the driver said; may be empty
  TimePoint time;
};

class PeerHandler {
 public:
  virtual ~PeerHandler() = default;

  /// A valid OPEN arrived. A NOTIFICATION that is returned refuses it. May be called for several connections of one
  /// peer and must keep no state.
  virtual std::optional<Notification> on_open(Session&, const OpenReceived&) { return std::nullopt; }

  /// Once a session, when Established is entered.
  virtual void on_established(Session&, const SessionUp&) {}

  /// An UPDATE. The view shows its effect after RFC 7606 and is valid during the call.
  virtual void on_update(Session&, const UpdateView&) {}

  /// The peer asks for our routes again, or marks the borders of its own refresh (RFC 2918, RFC 7313). Only families
  /// that were negotiated, only subtypes that are defined, and filters (decode_orf() of bgp/wire/orf.hpp) only where
  /// they were negotiated.
  virtual void on_route_refresh(Session&, const RouteRefresh&) {}

  /// There is room in the send queue, the session is Established, and want_write() was called. Write what there is to
  /// say; what found no room makes the session call again when there is.
  virtual void on_writable(Session&, UpdateWriter&) {}

  /// Once for each on_established().
  virtual void on_down(Session&, const SessionDown&) {}

  virtual void on_state_change(Session&, const StateChange&) {}

  /// Every message, both ways, as it stood on the wire: for recordings. Sent ones when they are queued.
  virtual void on_message(Session&, Travel, ConnectionId, const RawMessage&) {}

 protected:
  PeerHandler() = default;
  PeerHandler(const PeerHandler&) = default;
  PeerHandler& operator=(const PeerHandler&) = default;
};

}  // namespace bgp BGP_EXPORT
