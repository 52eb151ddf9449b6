#include "bgp/session/timers.hpp"

#include <algorithm>

namespace bgp {

std::string_view to_string(Timer timer) {
  switch (timer) {
    case Timer::ConnectRetry: return "ConnectRetryTimer";
    case Timer::Hold: return "HoldTimer";
    case Timer::Keepalive: return "KeepaliveTimer";
    case Timer::DelayOpen: return "DelayOpenTimer";
    case Timer::SendHold: return "SendHoldTimer";
    case Timer::IdleHold: return "IdleHoldTimer";
  }
  return "unknown timer";
}

std::optional<TimePoint> Deadlines::next() const {
  const TimePoint nearest = *std::ranges::min_element(deadlines_);
  return nearest == kNever ? std::nullopt : std::optional(nearest);
}

std::optional<Timer> Deadlines::due(TimePoint now) const {
  const auto nearest = std::ranges::min_element(deadlines_);
  if (*nearest == kNever || *nearest > now) return std::nullopt;
  return static_cast<Timer>(nearest - deadlines_.begin());
}

std::uint64_t Jitter::next() {
  // SplitMix64: small, and the same sequence on every platform
  state_ += 0x9e3779b97f4a7c15;
  std::uint64_t mixed = state_;
  mixed = (mixed ^ (mixed >> 30)) * 0xbf58476d1ce4e5b9;
  mixed = (mixed ^ (mixed >> 27)) * 0x94d049bb133111eb;
  return mixed ^ (mixed >> 31);
}

Duration Jitter::apply(Duration full) {
  if (!on_) return full;
  // RFC 4271 10: uniform from 0.75 to 1.0, in steps of 2^-16 of the quarter
  constexpr std::int64_t kSteps = (std::int64_t{1} << 16) - 1;
  const auto step = static_cast<std::int64_t>(next() >> 48);
  const Duration quarter = full / 4;
  return full - quarter + quarter * step / kSteps;
}

Jitter Jitter::fork() { return on_ ? Jitter(next()) : Jitter(); }

}  // namespace bgp
