// bgp/testing/capture.hpp
//
// A capture as BGP: connections, the messages on them in the order in which they were complete, and what befell them.
//
//   const auto capture = Capture::open("session.pcap");
//   for (const CapturedItem& item : capture->items()) ...
//
// Reads pcap and pcapng with the usual link layers and tunnels; TCP is put together again whatever the order of its
// segments. What is missing is said, and the next message is looked for by its marker. Values that own their octets.
#pragma once

#include <array>
#include <chrono>
#include <compare>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <expected>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "bgp/export.hpp"
#include "bgp/result.hpp"
#include "bgp/wire/address.hpp"
#include "bgp/wire/framer.hpp"
#include "bgp/wire/open.hpp"
#include "bgp/wire/update.hpp"

namespace bgp BGP_EXPORT {
namespace test {

/// One end of a TCP connection.
struct Endpoint {
  IpAddress address;
  std::uint16_t port = 0;

  friend auto operator<=>(const Endpoint&, const Endpoint&) = default;
};

/// "192.0.2.1:179", "[2001:db8::1]:179".
[[nodiscard]] std::string to_string(const Endpoint& end);

/// What a capture shows at some place of a connection.
struct CapturedItem {
  enum class Kind : std::uint8_t {
    Message,      ///< `octets` are a whole message of type `type`
    HeaderError,  ///< `octets` begin with a header that a session would refuse (RFC 4271 6.1)
    Unaligned,    ///< `octets` belong to no message that begins in the capture
    Gap,          ///< `count` octets are missing in the capture
    Cut,          ///< the connection or the capture ends within a message; `octets` are what there is of it
    Syn,          ///< also a repeated one
    SynAck,
    Fin,
    Reset,
    ZeroWindow,      ///< this end can take no more octets for now
    WindowOpen,      ///< it can again
    Retransmission,  ///< octets that had come before
  };

  Kind kind{};
  std::uint8_t side = 0;            ///< which end of the connection sent it
  MessageType type{};               ///< of a Message
  std::uint32_t connection = 0;     ///< index into Capture::connections()
  std::size_t frame = 0;            ///< the packet that completed it, counted from 1
  std::chrono::nanoseconds time{};  ///< of that packet, since 1970 in UTC
  BytesView octets;                 ///< borrowed from the Capture
  std::size_t count = 0;

  [[nodiscard]] bool is_message() const { return kind == Kind::Message; }
  [[nodiscard]] RawMessage message() const { return {type, octets}; }
};

/// "gap", "reset", ...; "message" for a message.
[[nodiscard]] const char* name_of(CapturedItem::Kind kind);

/// How one end's messages are to be read.
struct CapturedTerms {
  DecodeContext context;  ///< as its peer decodes them
  bool extended_message = false;
  bool enhanced_refresh = false;
  /// What no OPEN of the capture says, and was taken from the messages themselves: "AS numbers of 4 octets". Empty when
  /// both OPENs are there.
  std::vector<std::string> inferred;
};

/// A TCP connection that carries BGP.
struct CapturedConnection {
  std::size_t stream = 0;        ///< its number among all TCP connections of the file, from 0 on
  std::array<Endpoint, 2> ends;  ///< the first one opened the connection, or was seen first
  bool from_start = false;       ///< its handshake is in the capture
  struct Side {
    std::size_t segments = 0;       ///< with octets in them
    std::size_t retransmitted = 0;  ///< of these, those that had nothing new
    std::size_t out_of_order = 0;
    std::size_t missing = 0;          ///< octets that the capture does not have
    std::uint8_t ttl = 0;             ///< TTL or hop limit of its last packet
    bool has_key = false;             ///< TCP MD5 or TCP-AO
    bool inconsistent = false;        ///< sequence numbers that no TCP would use: a generated capture
    std::optional<OpenMessage> open;  ///< the first that could be read
    CapturedTerms terms;              ///< of what it sends
  };
  std::array<Side, 2> sides;
};

struct CaptureOptions {
  /// A port beside 179 on which BGP is spoken. Connections on others are taken for BGP when one of their first
  /// segments begins like a message.
  std::uint16_t port = 0;
};

class Capture {
 public:
  /// Reads a file (read_input() says which ones). An error is a sentence that begins with the path.
  [[nodiscard]] static std::expected<Capture, std::string> open(const std::string& path,
                                                                const CaptureOptions& options = {});
  /// The same from the octets of a pcap or pcapng file.
  [[nodiscard]] static std::expected<Capture, std::string> read(BytesView file, const CaptureOptions& options = {});

  [[nodiscard]] std::span<const CapturedConnection> connections() const { return connections_; }
  /// In the order of the packets that completed them.
  [[nodiscard]] std::span<const CapturedItem> items() const { return items_; }
  [[nodiscard]] const CapturedConnection& connection_of(const CapturedItem& item) const {
    return connections_[item.connection];
  }
  [[nodiscard]] const CapturedTerms& terms_of(const CapturedItem& item) const {
    return connection_of(item).sides[item.side].terms;
  }
  /// Packets in the file, whatever they are.
  [[nodiscard]] std::size_t frames() const { return frames_; }
  /// Where the file could not be read on; empty when it could to its end.
  [[nodiscard]] const std::string& problem() const { return problem_; }

 private:
  friend class CaptureReader;

  std::vector<CapturedConnection> connections_;
  std::vector<CapturedItem> items_;
  std::vector<std::unique_ptr<Bytes>> octets_;  // what the items borrow
  std::size_t frames_ = 0;
  std::string problem_;
};

}  // namespace test
}  // namespace bgp BGP_EXPORT
