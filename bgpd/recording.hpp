// bgpd/recording.hpp
//
// A neighbor's messages written into a file, as its `record` says: for `bgpcap`, Wireshark and the tools of collectors.
#pragma once

#include <fstream>
#include <string>
#include <utility>
#include <vector>

#include "bgp/session/message_file.hpp"
#include "bgpd/config.hpp"

namespace bgp::daemon {

class Recording {
 public:
  /// `wall_clock`: what to add to a TimePoint to have the time since 1970. The file is made anew; good() says whether
  /// it could be. A name that ends in .mrt is an MRT file, any other pcapng.
  Recording(const NeighborConfig& neighbor, std::chrono::nanoseconds wall_clock);

  [[nodiscard]] bool good() const { return file_.good(); }
  /// As the callbacks of PeerHandler say.
  void state_change(const StateChange& change);
  void message(Travel travel, ConnectionId connection, const RawMessage& message, TimePoint now);
  /// Our address, once a session told it.
  void local_address(const IpAddress& address);

 private:
  [[nodiscard]] MessageFile::Time at(TimePoint time) const { return time.time_since_epoch() + wall_clock_; }
  void write(BytesView octets);

  MessageFile messages_;
  std::chrono::nanoseconds wall_clock_;
  std::ofstream file_;
  std::vector<std::pair<ConnectionId, Direction>> directions_;
};

}  // namespace bgp::daemon
