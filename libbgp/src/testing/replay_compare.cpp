#include <algorithm>

#include "bgp/testing/replay.hpp"
#include "bgp/wire/notification.hpp"
#include "bgp/wire/open.hpp"

namespace bgp::test {
namespace {

using Nanoseconds = std::chrono::nanoseconds;

std::string seconds(Nanoseconds time) {
  const auto milli = std::chrono::duration_cast<std::chrono::milliseconds>(time).count();
  const std::string fraction = std::to_string(1000 + milli % 1000);
  return std::to_string(milli / 1000) + '.' + fraction.substr(1) + " s";
}

const ReplayedMessage* first_of(const std::vector<ReplayedMessage>& messages, MessageType type) {
  const auto found = std::ranges::find(messages, type, &ReplayedMessage::type);
  return found == messages.end() ? nullptr : &*found;
}

class Comparison {
 public:
  Comparison(const Replay& run, const ReplayComparison& how)
      : run_(run),
        how_(how),
        hold_(std::chrono::seconds(how.hold_time)),
        name_(how.speaker.empty() ? "us" : how.speaker),
        says_(how.speaker.empty() ? "ours is" : how.speaker + " sent") {}

  std::vector<std::string> differences() {
    opens();
    first_keepalive();
    if (how_.times) keepalives();
    if (how_.routes) {
      routes("UPDATE", MessageType::Update);
      routes("ROUTE-REFRESH", MessageType::RouteRefresh);
    }
    notifications();
    return std::move(found_);
  }

 private:
  /// Whether both did it, or neither; then both are there, and their times are compared.
  bool both(const char* what, const ReplayedMessage* ours, const ReplayedMessage* theirs, Nanoseconds most) {
    if (ours == nullptr && theirs == nullptr) return false;
    if (ours == nullptr) {
      found_.push_back(std::string(what) + ": not sent by " + name_ + "; in the capture at " + seconds(theirs->time));
    } else if (theirs == nullptr) {
      found_.push_back(std::string(what) + ": sent by " + name_ + " at " + seconds(ours->time) +
                       "; not in the capture");
    } else if (how_.times && std::chrono::abs(ours->time - theirs->time) > most) {
      found_.push_back(std::string(what) + ": by " + name_ + " at " + seconds(ours->time) + ", in the capture at " +
                       seconds(theirs->time));
    }
    return ours != nullptr && theirs != nullptr;
  }

  void opens() {
    const auto* ours = first_of(run_.ours, MessageType::Open);
    const auto* theirs = first_of(run_.theirs, MessageType::Open);
    if (!both("OPEN", ours, theirs, kReaction)) return;
    const auto a = read_open(BytesView(ours->octets).subspan(kHeaderSize));
    const auto b = read_open(BytesView(theirs->octets).subspan(kHeaderSize));
    if (!a || !b) return;
    if (a->asn() != b->asn() || a->hold_time != b->hold_time || a->identifier != b->identifier) {
      found_.push_back("OPEN: " + says_ + " " + to_string(*a) + "; in the capture " + to_string(*b));
    }
  }

  void first_keepalive() {
    const auto* ours = first_of(run_.ours, MessageType::Keepalive);
    const auto* theirs = first_of(run_.theirs, MessageType::Keepalive);
    // Who read OPEN and NOTIFICATION at once said nothing between them
    const bool crossed = ours != nullptr && theirs == nullptr && run_.ended_at && !run_.ended_by_us &&
                         *run_.ended_at - ours->time <= kReaction;
    if (!crossed) both("first KEEPALIVE", ours, theirs, kReaction);
  }

  /// RFC 4271 10: intervals are 75 to 100 % of what was chosen, which the OPENs do not tell. So it is only whether
  /// there were about as many.
  void keepalives() {
    const auto count = [](const std::vector<ReplayedMessage>& all) {
      return static_cast<std::size_t>(std::ranges::count(all, MessageType::Keepalive, &ReplayedMessage::type));
    };
    const std::size_t ours = count(run_.ours);
    const std::size_t theirs = count(run_.theirs);
    if (theirs * 2 + 4 >= ours && ours * 2 + 4 >= theirs) return;
    found_.push_back("KEEPALIVE: " + std::to_string(ours) + " by " + name_ + ", " + std::to_string(theirs) +
                     " in the capture");
  }

  /// What they are is a matter of the routes that a speaker has; whether there are any is one of the session.
  void routes(const char* what, MessageType type) {
    const auto* ours = first_of(run_.ours, type);
    const auto* theirs = first_of(run_.theirs, type);
    if ((ours == nullptr) == (theirs == nullptr)) return;
    (void)both(what, ours, theirs, Nanoseconds::max());
  }

  void notifications() {
    const auto* ours = first_of(run_.ours, MessageType::Notification);
    const auto* theirs = first_of(run_.theirs, MessageType::Notification);
    if (!both("NOTIFICATION", ours, theirs, kReaction + hold_ / 4)) {
      if (ours != nullptr) found_.back() += ": " + text(*ours);
      if (theirs != nullptr) found_.back() += ": " + text(*theirs);
      return;
    }
    const BytesView a = BytesView(ours->octets).subspan(kHeaderSize);
    const BytesView b = BytesView(theirs->octets).subspan(kHeaderSize);
    if (!std::ranges::equal(a, b))
      found_.push_back("NOTIFICATION: " + says_ + " " + text(*ours) + "; in the capture " + text(*theirs));
  }

  static std::string text(const ReplayedMessage& message) {
    return to_string(decode_notification(BytesView(message.octets).subspan(kHeaderSize)));
  }

  static constexpr Nanoseconds kReaction = std::chrono::seconds{1};

  const Replay& run_;
  const ReplayComparison& how_;
  Nanoseconds hold_;
  std::string name_, says_;
  std::vector<std::string> found_;
};

}  // namespace

std::vector<std::string> compare_replay(const Replay& run, const ReplayComparison& how) {
  return Comparison(run, how).differences();
}

bool is_decision(const Notification& notification) {
  if (notification.code != ErrorCode::Cease) return false;
  switch (notification.subcode) {
    case cease::kMaximumPrefixes:
    case cease::kAdministrativeShutdown:
    case cease::kPeerDeconfigured:
    case cease::kAdministrativeReset:
    case cease::kOtherConfigurationChange:
    case cease::kCollisionResolution:  // against a connection that is not played
    case cease::kOutOfResources: return true;
    default: return false;
  }
}

}  // namespace bgp::test
