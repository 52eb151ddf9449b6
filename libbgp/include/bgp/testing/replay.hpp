// bgp/testing/replay.hpp
//
// One end of a captured connection played by a real Session, on a virtual clock: what the other end sent arrives at the
// times of the capture. In a unit test:
//
//   const auto capture = Capture::open("session.pcap");
//   const auto run = replay(*capture, 0, 1);
//   EXPECT_EQ(run->differences, std::vector<std::string>{});
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <expected>
#include <optional>
#include <string>
#include <vector>

#include "bgp/export.hpp"
#include "bgp/session/config.hpp"
#include "bgp/session/handler.hpp"
#include "bgp/testing/capture.hpp"

namespace bgp BGP_EXPORT {
namespace test {

/// A message that the Session sent, or that its end sent in the capture.
struct ReplayedMessage {
  std::chrono::nanoseconds time{};  ///< since the connection's first packet
  MessageType type{};
  Bytes octets;
  std::size_t connection = 0;  ///< index into Capture::connections()
};

struct Replay {
  std::vector<ReplayedMessage> ours;    ///< what the Session sent
  std::vector<ReplayedMessage> theirs;  ///< what its end sent in the capture
  bool established = false;             ///< the Session was
  State state{};                        ///< at the end
  /// The NOTIFICATION that ended the Session, if one did, and who sent it.
  std::optional<Notification> ended_by;
  bool ended_by_us = false;
  std::optional<std::chrono::nanoseconds> ended_at;
  /// What the Session did otherwise than its end did, in words: OPEN, KEEPALIVE and NOTIFICATION (code, subcode and
  /// data), and times beyond what jitter (RFC 4271 10) and a second explain.
  std::vector<std::string> differences;
};

/// How a Replay is compared.
struct ReplayComparison {
  std::uint16_t hold_time = 0;  ///< seconds, that of the end which is played
  std::string speaker;          ///< what differences call it; empty: "us"
  /// Whether times, and the number of KEEPALIVEs that goes with them, mean something.
  bool times = true;
  /// Whether UPDATE and ROUTE-REFRESH count too: as far as that both sent some, or neither.
  bool routes = false;
};

/// The differences of `run.ours` and `run.theirs`, as Replay::differences has them.
[[nodiscard]] std::vector<std::string> compare_replay(const Replay& run, const ReplayComparison& how);

/// A NOTIFICATION that no rule of the protocol asks for: a Cease that somebody, or a limit, decided (RFC 4486 4). No
/// other speaker would send it for the same octets.
[[nodiscard]] bool is_decision(const Notification& notification);

/// The configuration of a speaker that sends this OPEN and expects the peer with that AS.
[[nodiscard]] PeerConfig config_of(const OpenMessage& open, std::uint32_t remote_asn = 0);

/// Plays `side` (0 or 1) of a connection. What its operator and its routes made it do is done again at the times of the
/// capture: its UPDATEs and ROUTE-REFRESHes, and a Cease of an operator or a limit. `handler` sees what a handler of
/// the Session sees. `config`: instead of the one that its OPEN stands for, and a NOTIFICATION 2/2, if it sent one. An
/// error where neither is there, or the connection does not begin in the capture.
[[nodiscard]] std::expected<Replay, std::string> replay(const Capture& capture, std::size_t connection,
                                                        std::size_t side, PeerHandler* handler = nullptr,
                                                        const std::optional<PeerConfig>& config = std::nullopt);

/// Plays all connections between two addresses, those of `end`, by one Session: which of two that collide it keeps (RFC
/// 4271 6.8), and when it dials again, is its own decision. Times are since the first packet of these; the differences
/// say which stream they are of. An error where there is none, or no OPEN of `end`.
[[nodiscard]] std::expected<Replay, std::string> replay_together(
    const Capture& capture, const IpAddress& end, const IpAddress& peer, PeerHandler* handler = nullptr,
    const std::optional<PeerConfig>& config = std::nullopt);

}  // namespace test
}  // namespace bgp BGP_EXPORT
