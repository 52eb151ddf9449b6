#include "bgp/session/teardown.hpp"

namespace bgp {

namespace {

using enum Ending;
using Tell = Teardown::Tell;
using Keep = Teardown::Keep;
using Damp = Teardown::Damp;

// RFC 4271 8.2.2 Established damps wherever it says "performs peer oscillation damping", and RFC 4486 4 asks for it
// after a received Cease. RFC 4724 5 restarts at once after a lost transport; RFC 8538 4 makes a hold expiry like one.
constexpr std::array<Teardown, kEndingCount> kTable{{
    {Error, Tell::Notification, Keep::WithNBit, Damp::Always},
    {HoldTimerExpired, Tell::Notification, Keep::WithNBit, Damp::UnlessKept},
    {SendHoldTimerExpired, Tell::OneAttempt, Keep::WithNBit, Damp::UnlessKept},
    {NotificationReceived, Tell::Nothing, Keep::WithNBit, Damp::Always},
    {HardResetReceived, Tell::Nothing, Keep::Never, Damp::Always},
    {TransportLost, Tell::Nothing, Keep::WithGracefulRestart, Damp::UnlessKept},
    {Stop, Tell::HardReset, Keep::Never, Damp::Never},
    {StopGraceful, Tell::Notification, Keep::WithNBit, Damp::Never},
    {AutomaticStop, Tell::HardReset, Keep::Never, Damp::Always},
    {AutomaticStopGraceful, Tell::Notification, Keep::WithNBit, Damp::Always},
    {CollisionLoser, Tell::Notification, Keep::Never, Damp::Never},
    {TakenOver, Tell::Nothing, Keep::WithGracefulRestart, Damp::Never},
}};

constexpr bool in_order() {
  for (std::size_t i = 0; i < kTable.size(); ++i) {
    if (static_cast<std::size_t>(kTable[i].ending) != i) return false;
  }
  return true;
}
static_assert(in_order());

}  // namespace

const std::array<Teardown, kEndingCount>& teardown_table() { return kTable; }

const Teardown& teardown(Ending ending) { return kTable[static_cast<std::size_t>(ending)]; }

std::string_view to_string(Ending ending) {
  switch (ending) {
    case Ending::Error: return "an error that we found";
    case Ending::HoldTimerExpired: return "HoldTimer expired";
    case Ending::SendHoldTimerExpired: return "SendHoldTimer expired";
    case Ending::NotificationReceived: return "NOTIFICATION received";
    case Ending::HardResetReceived: return "Hard Reset received";
    case Ending::TransportLost: return "transport lost";
    case Ending::Stop: return "stop or reset for good";
    case Ending::StopGraceful: return "stop or reset, graceful";
    case Ending::AutomaticStop: return "automatic stop for good";
    case Ending::AutomaticStopGraceful: return "automatic stop, graceful";
    case Ending::CollisionLoser: return "lost a collision";
    case Ending::TakenOver: return "taken over";
  }
  return "unknown ending";
}

std::string_view to_string(Tell tell) {
  switch (tell) {
    case Tell::Nothing: return "nothing";
    case Tell::Notification: return "NOTIFICATION";
    case Tell::HardReset: return "NOTIFICATION, with N inside a Hard Reset";
    case Tell::OneAttempt: return "NOTIFICATION, in one attempt";
  }
  return "unknown";
}

std::string_view to_string(Keep keep) {
  switch (keep) {
    case Keep::Never: return "never";
    case Keep::WithGracefulRestart: return "with GR";
    case Keep::WithNBit: return "with GR and N";
  }
  return "unknown";
}

std::string_view to_string(Damp damp) {
  switch (damp) {
    case Damp::Never: return "no";
    case Damp::UnlessKept: return "unless kept";
    case Damp::Always: return "yes";
  }
  return "unknown";
}

}  // namespace bgp
