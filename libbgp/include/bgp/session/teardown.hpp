// bgp/session/teardown.hpp
//
// How an Established session ends, as one table: for each way, what the peer is told, whether its routes are kept, and
// whether the peer is damped (RFC 4271 8.2.2, RFC 4724 4.2 and 5, RFC 8538 3 to 5, RFC 9687 4.3). The FSM acts by this
// table and by nothing else; docs/guide/graceful-restart.md shows it.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

#include "bgp/export.hpp"
#include "bgp/session/event.hpp"

namespace bgp BGP_EXPORT {

/// The ways an Established session can end.
enum class Ending : std::uint8_t {
  Error,                 ///< we found one: codes 1, 2, 3, 5 and 7
  HoldTimerExpired,      ///< code 4
  SendHoldTimerExpired,  ///< code 8
  NotificationReceived,  ///< of any code, but for the next
  HardResetReceived,     ///< Cease/9, where the N bit was sent and received
  TransportLost,         ///< TCP closed, reset or timed out
  Stop,                  ///< by hand, for good: Cease 1, 2, 3, and 4 unless the operator says otherwise
  StopGraceful,          ///< by hand: Cease 4 by choice, 5 to 8
  AutomaticStop,         ///< likewise, by a limit of ours: it comes back
  AutomaticStopGraceful,
  CollisionLoser,  ///< Cease/7 (6.8 against an Established connection, where that is configured)
  TakenOver,       ///< the peer has dialed anew, having restarted
};
inline constexpr std::size_t kEndingCount = 12;

/// What one way of ending means. A row of the table.
struct Teardown {
  enum class Tell : std::uint8_t {
    Nothing,
    Notification,
    HardReset,   ///< the NOTIFICATION; inside Cease/9 where the N bit was sent and received (RFC 8538 3.1)
    OneAttempt,  ///< the NOTIFICATION, if one write takes it (RFC 9687 4.3)
  };
  enum class Keep : std::uint8_t {
    Never,
    WithGracefulRestart,  ///< of the families that the peer listed (RFC 4724 4.2)
    WithNBit,             ///< likewise, where the N bit was sent and received (RFC 8538 4)
  };
  enum class Damp : std::uint8_t {
    Never,
    UnlessKept,  ///< routes that are kept are worth an immediate restart
    Always,
  };

  Ending ending{};
  Tell tell{};
  Keep keep{};
  Damp damp{};

  /// Whether routes are kept in a session with these terms.
  [[nodiscard]] constexpr bool keeps(const SessionTerms& terms) const {
    switch (keep) {
      case Keep::Never: return false;
      case Keep::WithGracefulRestart: return terms.graceful_restart;
      case Keep::WithNBit: return terms.graceful_restart && terms.notification_graceful;
    }
    return false;
  }
  [[nodiscard]] constexpr bool damps(const SessionTerms& terms) const {
    return damp == Damp::Always || (damp == Damp::UnlessKept && !keeps(terms));
  }
};

/// The table, in the order of Ending.
[[nodiscard]] const std::array<Teardown, kEndingCount>& teardown_table();
[[nodiscard]] const Teardown& teardown(Ending ending);

/// The words of the table in docs/guide/graceful-restart.md.
[[nodiscard]] std::string_view to_string(Ending ending);
[[nodiscard]] std::string_view to_string(Teardown::Tell tell);
[[nodiscard]] std::string_view to_string(Teardown::Keep keep);
[[nodiscard]] std::string_view to_string(Teardown::Damp damp);

}  // namespace bgp BGP_EXPORT
