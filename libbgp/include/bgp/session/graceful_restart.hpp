// bgp/session/graceful_restart.hpp
//
// Bookkeeping around a restart, for a handler that keeps routes (RFC 4724). The library keeps none: SessionDown says
// which to keep and until when, and this says what the next session makes of them.
#pragma once

#include <vector>

#include "bgp/export.hpp"
#include "bgp/session/config.hpp"
#include "bgp/session/negotiation.hpp"
#include "bgp/session/timers.hpp"
#include "bgp/wire/constants.hpp"

namespace bgp BGP_EXPORT {

/// Until when the routes of one family may be kept as stale after a session went down.
struct Retention {
  Family family;
  TimePoint restart_until;  ///< the peer's Restart Time (RFC 4724 4.2): to here they count as before
  TimePoint until;          ///< its end, or the end of the Long-Lived Stale Time behind it (RFC 9494 4.2): they go now

  friend bool operator==(const Retention&, const Retention&) = default;
};

/// For each family whose routes survive a loss of this session at `down`, in the order of graceful_families().
/// `bounds`: of the peer's Long-Lived Stale Times.
[[nodiscard]] std::vector<Retention> retentions(const Negotiated& terms, TimePoint down,
                                                const StaleTimeBounds& bounds = {});

/// The families whose stale routes may stay now that a session is up again: those that the peer says it has kept
/// forwarding for (F bit). All other stale routes go at once (RFC 4724 4.2). For a family whose Restart Time had passed
/// by then it is the F bit of the long-lived capability that counts (RFC 9494 4.2).
[[nodiscard]] std::vector<Family> preserved_families(const Negotiated& terms);
[[nodiscard]] std::vector<Family> long_lived_preserved_families(const Negotiated& terms);

/// Which End-of-RIB markers have come since the session came up (RFC 4724 2). A helper drops what is still stale of a
/// family when its marker comes; a speaker that has itself restarted defers its route selection until they are all
/// there (RFC 4724 4.1), bounded by a Selection_Deferral_Timer of its own.
class EndOfRibs {
 public:
  EndOfRibs() = default;
  explicit EndOfRibs(const Negotiated& terms);

  /// A marker came. False when it had come before, or the family was not negotiated.
  bool received(Family family);
  /// Those that have not come, in the order of the negotiation.
  [[nodiscard]] const std::vector<Family>& missing() const { return missing_; }
  /// A speaker that has restarted waits for this peer: it sends markers (it advertised graceful restart), has not just
  /// restarted itself (R bit), and some have not come.
  [[nodiscard]] bool awaited() const { return waits_ && !missing_.empty(); }

 private:
  std::vector<Family> missing_;
  bool waits_ = false;
};

}  // namespace bgp BGP_EXPORT
