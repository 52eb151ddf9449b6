// bgp/session/message_file.hpp
//
// The messages of a session as a file that other tools read: pcapng with a TCP connection around them, made up as far
// as nobody saw it, or MRT (RFC 6396 4.4: BGP4MP_ET). Octets only: whoever has the file writes them.
#pragma once

#include <array>
#include <chrono>
#include <cstdint>
#include <vector>

#include "bgp/export.hpp"
#include "bgp/result.hpp"
#include "bgp/session/connection_id.hpp"
#include "bgp/session/handler.hpp"
#include "bgp/wire/address.hpp"

namespace bgp BGP_EXPORT {

enum class MessageFileFormat : std::uint8_t { Pcapng, Mrt };

/// What the two ends are called in the file.
struct MessageFileEnds {
  IpAddress local;  ///< unspecified where it is not known
  IpAddress peer;
  std::uint32_t local_asn = 0;
  std::uint32_t peer_asn = 0;  ///< 0 where it is not known
};

/// Makes the octets. One of these a file; a value. Times are since 1970 in UTC.
class MessageFile {
 public:
  using Time = std::chrono::nanoseconds;

  MessageFile(MessageFileFormat format, const MessageFileEnds& ends) : format_(format), ends_(ends) {}

  /// What stands in front: nothing for MRT.
  [[nodiscard]] Bytes head() const;
  /// The next message, whole. In pcapng a connection's first one brings its handshake: `direction` says who opened it.
  [[nodiscard]] Bytes message(ConnectionId connection, Direction direction, Travel travel, BytesView octets, Time time);
  /// A connection is over: in pcapng a FIN of ours, or of the peer (Received). In MRT nothing.
  [[nodiscard]] Bytes end(ConnectionId connection, Time time, Travel by = Travel::Sent);
  /// A change of state (RFC 6396 4.4.1), of which only MRT knows.
  [[nodiscard]] Bytes state_change(State from, State to, Time time) const;

  void set_ends(const MessageFileEnds& ends) { ends_ = ends; }
  [[nodiscard]] const MessageFileEnds& ends() const { return ends_; }

 private:
  struct Connection {
    ConnectionId id{};
    MessageFileEnds ends;  ///< as they were called when it began
    std::array<std::uint16_t, 2> ports{};
    std::array<std::uint32_t, 2> next{1, 1};  ///< sequence numbers, ours first
  };
  Connection& begun(Bytes& out, ConnectionId connection, Direction direction, Time time);
  static void segment(Bytes& out, Connection& connection, std::size_t from, std::uint8_t flags, BytesView octets,
                      Time time);
  void mrt_head(Bytes& out, std::uint16_t subtype, Time time, std::size_t size) const;

  MessageFileFormat format_;
  MessageFileEnds ends_;
  std::vector<Connection> connections_;
};

}  // namespace bgp BGP_EXPORT
