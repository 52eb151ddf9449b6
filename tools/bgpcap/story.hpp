// bgpcap/story.hpp
//
// What happened on each connection of a capture, as facts: what `sessions` puts into a table, and `explain` judges.
#pragma once

#include <array>
#include <chrono>
#include <optional>
#include <vector>

#include "bgp/testing/capture.hpp"
#include "bgp/wire/route_refresh.hpp"

namespace bgp::cap {

using Time = std::chrono::nanoseconds;

/// Where in the capture something was seen; frame 0: nowhere.
struct Moment {
  std::size_t frame = 0;
  Time time{};

  explicit operator bool() const { return frame != 0; }
};

/// One end's part.
struct StorySide {
  Moment open, first_keepalive, last_message, fin, reset;
  Moment syn;  ///< or SYN with ACK
  std::size_t syns = 0;
  bool answered = false;                  ///< it sent a SYN with ACK
  std::array<std::size_t, 6> messages{};  ///< by type
  std::size_t prefixes = 0;               ///< announced and not withdrawn at the end; of families that are prefixes
  Time longest_silence{};                 ///< between two of its messages, or the last one and the end, while up
  Moment after_silence;                   ///< what ended it
  std::vector<Moment> retransmissions;
  Moment zero_window;  ///< since when it has taken nothing, at the end
  std::size_t missing = 0;
  std::size_t longest = 0;  ///< octets of its longest message
};

struct Story {
  std::size_t index = 0;  ///< of the connection
  Moment first, last;
  std::array<StorySide, 2> sides;
  Moment up;                               ///< both OPENs and both KEEPALIVEs were there
  std::optional<std::uint16_t> hold_time;  ///< seconds; agreed
  struct Said {
    Moment at;
    std::uint8_t side = 0;
    Notification notification;
  };
  std::optional<Said> notification;  ///< the first
  struct Malformed {
    Moment at;
    std::uint8_t side = 0;
    BytesView octets;                   ///< the message
    std::string reason;                 ///< what is wrong with it
    std::optional<std::size_t> offset;  ///< of the attribute at fault, from the message's first octet on
  };
  std::optional<Malformed> malformed;  ///< the first message that ends a session
  struct Refresh {
    Moment at;
    std::uint8_t side = 0;
    RouteRefresh message;
  };
  std::vector<Refresh> refreshes;  ///< each ROUTE-REFRESH that could be read

  [[nodiscard]] bool handshake() const { return sides[0].answered || sides[1].answered; }
};

[[nodiscard]] std::vector<Story> stories_of(const test::Capture& capture);

/// "192.0.2.1" of an end.
[[nodiscard]] std::string name_of(const test::CapturedConnection& connection, std::size_t side);

}  // namespace bgp::cap
