// bgp/session/timers.hpp
//
// Time as the session sees it (RFC 4271 10). Timers are state, not actions: a table of deadlines. Whoever drives a
// session asks for the nearest one and says what time it is; waking up too early, too late or twice does no harm.
#pragma once

#include <array>
#include <chrono>
#include <cstdint>
#include <optional>
#include <string_view>

#include "bgp/export.hpp"

namespace bgp BGP_EXPORT {

/// The clock of a session: a tag without now(). The caller's monotonic time comes in with each call; any origin will do
/// as long as it never goes back.
struct Clock {
  using rep = std::int64_t;
  using period = std::nano;
  using duration = std::chrono::duration<rep, period>;
  using time_point = std::chrono::time_point<Clock>;
  static constexpr bool is_steady = true;
};

using Duration = Clock::duration;
using TimePoint = Clock::time_point;

/// The timers of RFC 4271 8.1.3 and 10, and RFC 9687. IdleHold belongs to the peer, the others to a connection.
enum class Timer : std::uint8_t { ConnectRetry, Hold, Keepalive, DelayOpen, SendHold, IdleHold };
inline constexpr std::size_t kTimerCount = 6;

/// "ConnectRetryTimer", "HoldTimer", ...: the RFC's word.
[[nodiscard]] std::string_view to_string(Timer timer);

/// When each timer expires. A regular value.
class Deadlines {
 public:
  void start(Timer timer, TimePoint deadline) { at(timer) = deadline; }
  void stop(Timer timer) { at(timer) = kNever; }
  void stop_all() { deadlines_.fill(kNever); }

  [[nodiscard]] bool running(Timer timer) const { return at(timer) != kNever; }
  [[nodiscard]] std::optional<TimePoint> deadline(Timer timer) const {
    return running(timer) ? std::optional(at(timer)) : std::nullopt;
  }
  /// The nearest deadline; empty when no timer runs.
  [[nodiscard]] std::optional<TimePoint> next() const;
  /// The timer with the nearest deadline that is not after `now`; of equal ones the first by its enumerator.
  [[nodiscard]] std::optional<Timer> due(TimePoint now) const;

  friend bool operator==(const Deadlines&, const Deadlines&) = default;

 private:
  static constexpr TimePoint kNever = TimePoint::max();

  [[nodiscard]] TimePoint& at(Timer timer) { return deadlines_[static_cast<std::size_t>(timer)]; }
  [[nodiscard]] const TimePoint& at(Timer timer) const { return deadlines_[static_cast<std::size_t>(timer)]; }

  std::array<TimePoint, kTimerCount> deadlines_{kNever, kNever, kNever, kNever, kNever, kNever};
};

/// Jitter of RFC 4271 10: a fresh factor in [0.75, 1.0] at each use, from a sequence that the caller's seed fixes.
/// Never used on a HoldTimer. A regular value.
class Jitter {
 public:
  /// Always the factor 1: for tests and replays.
  Jitter() = default;
  /// A sequence of its own for each seed.
  explicit Jitter(std::uint64_t seed) : state_(seed), on_(true) {}

  /// `full` times the next factor.
  [[nodiscard]] Duration apply(Duration full);
  /// Jitter(*seed()) goes on as this one does; empty for the factor 1.
  [[nodiscard]] std::optional<std::uint64_t> seed() const { return on_ ? std::optional(state_) : std::nullopt; }
  /// A sequence of its own for somebody else.
  [[nodiscard]] Jitter fork();

  friend bool operator==(const Jitter&, const Jitter&) = default;

 private:
  std::uint64_t next();

  std::uint64_t state_ = 0;
  bool on_ = false;
};

}  // namespace bgp BGP_EXPORT
