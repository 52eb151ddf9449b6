// pcaps/side_replay.hpp
//
// One side of a capture again: a Session with the terms of that side's OPEN hears what its peer said, at the capture's
// own times. What the operator did (a shutdown) is read from what that side said; everything else is up to the Session.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "bgp/session/session.hpp"
#include "bgp/testing/capture.hpp"

namespace bgp::test {

/// Which of a connection's ends has that address.
std::optional<std::uint8_t> side_of(const CapturedConnection& connection, const IpAddress& address);

/// The OPEN and NOTIFICATION messages that an address sent, in hexadecimal digits.
std::vector<std::string> decisions_of(const Capture& capture, const IpAddress& address);

/// What an UPDATE does, a line for each prefix and for an End-of-RIB.
std::vector<std::string> effect_of(const UpdateView& update);

class SideReplay : private PeerHandler {
 public:
  /// `capture` must have an OPEN of `address` and outlive this.
  SideReplay(const Capture& capture, const IpAddress& address);

  void run();

  std::vector<std::string> decisions;  ///< the same of what the Session sent
  std::vector<std::string> heard;      ///< effects of the UPDATEs that were handed to its user
  int ups = 0;
  int downs = 0;
  int not_followed = 0;  ///< connections that the capture has and the Session did not ask for

 private:
  void on_established(Session&, const SessionUp&) override { ++ups; }
  void on_down(Session&, const SessionDown&) override { ++downs; }
  void on_update(Session&, const UpdateView& update) override;
  void on_message(Session&, Travel travel, ConnectionId, const RawMessage& message) override;

  void take(const CapturedItem& item, TimePoint now);
  void obey(const Notification& said, TimePoint now);
  void open(const CapturedItem& item, TimePoint now);
  void close(const CapturedItem& item, TimePoint now);
  void fire_timers(TimePoint now);
  void drive(TimePoint now);

  const Capture& capture_;
  IpAddress address_;
  Session session_;
  std::vector<ConnectionId> dials_;                 // not yet connected
  std::map<std::uint32_t, ConnectionId> followed_;  // by the capture's number
};

}  // namespace bgp::test
