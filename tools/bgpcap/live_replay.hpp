// bgpcap/live_replay.hpp
//
// One end of a captured connection played to a live speaker over TCP: does it answer as the other end did?
#pragma once

#include <chrono>
#include <cstdint>
#include <expected>
#include <optional>
#include <string>
#include <string_view>

#include "bgp/testing/replay.hpp"

namespace bgp::cap {

/// Where the speaker listens.
struct LiveTarget {
  std::string host;  ///< an address or a name
  std::uint16_t port = kBgpPort;
};

/// "192.0.2.1", "192.0.2.1:1179", "2001:db8::1", "[2001:db8::1]:1179", "localhost:1179". Nothing for what is none.
[[nodiscard]] std::optional<LiveTarget> parse_target(std::string_view text);
[[nodiscard]] std::string to_string(const LiveTarget& target);

struct LiveOptions {
  LiveTarget target;
  std::optional<IpAddress> bind;  ///< what the speaker sees us as; the kernel's choice when absent
  /// The most that is waited for the connection, and for each answer that the capture has.
  std::chrono::milliseconds timeout{10000};
  /// How many times as fast as in the capture, more than 0; nothing: without pauses.
  std::optional<double> speed = 1;
};

/// Connects, sends what `side` (0 or 1) sent at the times of the capture, and takes what comes. It sends nothing before
/// the speaker has sent a message of each type that the other end had sent by then, or `timeout` is over. In what it
/// gives, `ours` is what the speaker sent and `theirs` what the other end did in the capture, without its last
/// NOTIFICATION where that was somebody's decision which the speaker did not make (test::is_decision()). A speaker
/// that is not reached is a difference. An error where that side cannot be played.
[[nodiscard]] std::expected<test::Replay, std::string> replay_live(const test::Capture& capture, std::size_t connection,
                                                                   std::size_t side, const LiveOptions& options);

}  // namespace bgp::cap
