// bgp/testing/simulation.hpp
//
// Random lives of Sessions: a seed makes a plan (who the speakers are, what the network is like, what goes wrong and
// when), the plan is carried out on a virtual clock, and after every step of every Session its Properties are checked.
// In the end everything is mended: then both ends must come to the same connection within a bound, and keep it.
//
// A plan is a value: the same plan gives the same run, octet by octet; and one that fails can be made smaller.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "bgp/export.hpp"
#include "bgp/session/config.hpp"
#include "bgp/testing/network.hpp"
#include "bgp/testing/properties.hpp"

namespace bgp BGP_EXPORT {
namespace test {

/// Something that happens to the speakers or to what lies between them.
struct Disturbance {
  enum class Kind : std::uint8_t {
    Start,
    Stop,
    StopAutomatically,
    Reset,
    Crash,    ///< the process dies: half-open connections
    Recover,  ///< it comes back
    Break,    ///< all connections are reset
    Cut,      ///< nothing passes
    Deafen,   ///< likewise, but KEEPALIVEs still arrive at `end`: a peer that takes nothing
    Mend,
    StopReading,  ///< the window closes
    ResumeReading,
    Pause,    ///< the handler takes no more (Session::set_reading)
    Resume,   ///< it does again
    Write,    ///< `amount` routes are announced
    Refresh,  ///< ROUTE-REFRESH is asked for
    Garbage,  ///< octets arrive that no speaker sends; `amount` says which
    Intrude,  ///< a silent connection from the peer's address, for `amount` ms
  };

  Kind kind{};
  std::size_t end = 0;
  Duration at{};  ///< since the start
  std::uint64_t amount = 0;

  friend bool operator==(const Disturbance&, const Disturbance&) = default;
};

[[nodiscard]] std::string_view to_string(Disturbance::Kind kind);
/// "t = 1.5 s: Cut at 0".
[[nodiscard]] std::string to_string(const Disturbance& disturbance);

struct Plan {
  std::uint64_t seed = 0;
  std::vector<std::pair<PeerConfig, PeerConfig>> peerings;
  LinkConditions conditions;  ///< until everything is mended
  bool jitter = true;
  std::vector<Disturbance> disturbances;  ///< in the order of time
  Duration busy{};                        ///< until everything is mended
  bool converges = true;                  ///< whether both ends must meet then

  friend bool operator==(const Plan& x, const Plan& y);
};

/// A plan for each seed, with `disturbances` of them.
[[nodiscard]] Plan random_plan(std::uint64_t seed, std::size_t disturbances = 40);
/// A speaker whose times are short enough for everything to happen often. What is not timing is at its default.
[[nodiscard]] PeerConfig brisk_speaker(std::uint32_t local_asn, std::uint32_t remote_asn);
/// Within this time after everything is mended both ends must have met.
[[nodiscard]] Duration convergence_bound(const Plan& plan);

struct Outcome {
  std::uint64_t steps = 0;   ///< calls of a Session
  std::uint64_t digest = 0;  ///< over all octets, with their times
  std::uint64_t ups = 0;
  std::optional<Violation> violation;
  std::size_t end = 0;  ///< whose it is
};

/// Carries out a plan; ends with the first violation. `observer` may be null: it is told what the Network says, and
/// first.
[[nodiscard]] Outcome simulate(const Plan& plan, NetworkObserver* observer = nullptr);

/// A smaller plan that violates the same invariant: with fewer disturbances, and without jitter, chunks, edges and
/// further peerings where it fails without them too. `tries`: how many runs that may take.
[[nodiscard]] Plan shrink(const Plan& plan, Invariant invariant, int tries = 500);

/// What there is to know of a plan, for people; several lines.
[[nodiscard]] std::string to_string(const Plan& plan);

}  // namespace test
}  // namespace bgp BGP_EXPORT
