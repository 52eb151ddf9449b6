#include "tools/bgpcap/verdict.hpp"

#include <algorithm>

#include "bgp/session/compare_opens.hpp"
#include "bgp/wire/notification.hpp"
#include "tools/bgpcap/append.hpp"

namespace bgp::cap {
namespace {

/// In the texts S is the one who sent the NOTIFICATION, R the one who received it.
struct Words {
  const char* meaning;
  const char* rule;
  const char* remedy;
};

Words open_words(std::uint8_t subcode) {
  switch (subcode) {
    case open_error::kUnsupportedVersionNumber:
      return {"does not take R's version of BGP", "RFC 4271 6.2", "R needs BGP-4"};
    case open_error::kBadPeerAs:
      return {"expects another AS than the one in R's OPEN", "RFC 4271 6.2",
              "make the AS that S has configured for R, and R's own AS, the same"};
    case open_error::kBadBgpIdentifier:
      return {"does not take R's BGP Identifier: it is 0, or that of S", "RFC 6286 2.2",
              "give each speaker a BGP Identifier (router-id) of its own"};
    case open_error::kUnsupportedOptionalParameter:
      return {"does not know an optional parameter of R's OPEN", "RFC 5492 3",
              "turn capabilities off at R for this peer: S is older than RFC 5492"};
    case open_error::kUnacceptableHoldTime:
      return {"does not take R's hold time", "RFC 4271 6.2", "raise the hold time at R, or lower the minimum at S"};
    case open_error::kUnsupportedCapability:
      return {"requires a capability that R does not offer", "RFC 5492 5",
              "enable at R what the NOTIFICATION's data names, or do not require it at S"};
    case open_error::kRoleMismatch:
      return {"does not take R's role", "RFC 9234 4.2",
              "the roles must be a pair: provider and customer, rs and rs-client, peer and peer"};
    default: return {"does not take R's OPEN", "RFC 4271 6.2", "compare the two OPENs above"};
  }
}

Words cease_words(std::uint8_t subcode) {
  switch (subcode) {
    case cease::kMaximumPrefixes:
      return {"received more prefixes than it takes", "RFC 4486 4",
              "announce less at R, or raise the prefix limit at S, which may need to be started by hand"};
    case cease::kAdministrativeShutdown:
      return {"was shut down by its operator", "RFC 4486 4", "S has to be started again by its operator"};
    case cease::kPeerDeconfigured: return {"no longer has R in its configuration", "RFC 4486 4", "ask S's operator"};
    case cease::kAdministrativeReset:
      return {"was reset by its operator", "RFC 4486 4", "nothing: the session comes back by itself"};
    case cease::kConnectionRejected:
      return {"refuses the connection", "RFC 4486 4", "S is shut down for R, or does not know R's address: look there"};
    case cease::kOtherConfigurationChange:
      return {"has another configuration now", "RFC 4486 4", "nothing: the session comes back by itself"};
    case cease::kCollisionResolution:
      return {"kept the other one of two connections", "RFC 4271 6.8", "nothing: this is how collisions end"};
    case cease::kOutOfResources: return {"ran short of resources", "RFC 4486 4", "look at memory and limits of S"};
    case cease::kHardReset:
      return {"ends the session, and routes are not to be kept", "RFC 8538 3", "look at the reason inside"};
    case cease::kBfdDown: return {"lost its BFD session with R", "RFC 9384 3", "look at the path between S and R"};
    default: return {"ends the session", "RFC 4271 6.7", "ask S's operator"};
  }
}

Words notification_words(const Notification& notification) {
  switch (notification.code) {
    case ErrorCode::MessageHeader:
      return {"received what is no BGP message", "RFC 4271 6.1",
              "does something on the path change the octets, or cut long messages (MTU)?"};
    case ErrorCode::OpenMessage: return open_words(notification.subcode);
    case ErrorCode::UpdateMessage:
      return {"received an UPDATE that is malformed beyond repair", "RFC 7606 3",
              "show the octets above to whoever makes R's software; a filter at R that keeps the route back helps"};
    case ErrorCode::HoldTimerExpired: break;
    case ErrorCode::FiniteStateMachine:
      return {"received a message that does not belong into its state", "RFC 6608 3",
              "show this capture to whoever makes R's software"};
    case ErrorCode::RouteRefreshMessage:
      return {"received a malformed ROUTE-REFRESH", "RFC 7313 5", "show this capture to whoever makes R's software"};
    case ErrorCode::SendHoldTimerExpired:
      return {"could not send to R for its SendHoldTime", "RFC 9687 4.3",
              "R did not read: look at R's load, and at the path from S to R"};
    case ErrorCode::Cease:
      if (const auto inner = hard_reset_reason(notification); inner && inner->code != ErrorCode::HoldTimerExpired) {
        return notification_words(*inner);
      }
      return cease_words(notification.subcode);
  }
  return {"sends an error code that no RFC names", "RFC 4271 4.5", "show this capture to whoever makes S's software"};
}

/// `text` with the names of both ends in place of the words S and R.
std::string named(std::string_view text, const std::string& s, const std::string& r) {
  const auto is_letter = [&](std::size_t at) {
    return at < text.size() && (std::isalnum(static_cast<unsigned char>(text[at])) != 0 || text[at] == '-');
  };
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool word = (text[i] == 'S' || text[i] == 'R') && (i == 0 || !is_letter(i - 1)) && !is_letter(i + 1);
    out += word ? (text[i] == 'S' ? s : r) : std::string(1, text[i]);
  }
  return out;
}

class Judge {
 public:
  Judge(const Story& story, const std::vector<Story>& all, const test::Capture& capture)
      : story_(story), all_(all), capture_(capture), connection_(capture.connections()[story.index]) {}

  Verdict verdict() {
    if (story_.notification) return by_notification();
    if (!story_.handshake() && connection_.from_start && no_messages()) return unanswered();
    for (const std::size_t side : {0U, 1U}) {
      if (story_.sides[side].reset && !story_.sides[1 - side].reset) return by_reset(side);
    }
    if (story_.sides[0].reset) return by_reset(story_.sides[0].reset.frame < story_.sides[1].reset.frame ? 0 : 1);
    const Moment& a = story_.sides[0].fin;
    const Moment& b = story_.sides[1].fin;
    if (a || b) return by_fin(!b || (a && a.frame <= b.frame) ? 0 : 1);
    return nobody();
  }

 private:
  [[nodiscard]] std::string name(std::size_t side) const { return name_of(connection_, side); }
  [[nodiscard]] bool no_messages() const { return !story_.sides[0].last_message && !story_.sides[1].last_message; }

  /// The other connection of the same two speakers that lived at the same time.
  [[nodiscard]] const Story* sibling() const {
    for (const Story& other : all_) {
      if (other.index == story_.index) continue;
      const auto& ends = capture_.connections()[other.index].ends;
      const bool same =
          (ends[0].address == connection_.ends[0].address && ends[1].address == connection_.ends[1].address) ||
          (ends[1].address == connection_.ends[0].address && ends[0].address == connection_.ends[1].address);
      if (same && other.first.time <= story_.last.time && other.last.time >= story_.first.time && other.up)
        return &other;
    }
    return nullptr;
  }

  /// "ipv4-unicast for 120 s": what the other end keeps while this one restarts.
  [[nodiscard]] std::optional<std::string> kept_for(std::size_t side) const {
    if (!story_.up || !connection_.sides[0].open || !connection_.sides[1].open) return std::nullopt;
    const NegotiationReport report = compare_opens(*connection_.sides[0].open, *connection_.sides[1].open);
    const auto* item = report.find(side == 0 ? "graceful restart of first" : "graceful restart of second");
    if (item == nullptr || !item->agreed) return std::nullopt;
    return item->reason;
  }

  Verdict by_notification();
  Verdict by_hold_timer(const Story::Said& said);
  Verdict unanswered();
  Verdict by_reset(std::size_t side);
  Verdict by_fin(std::size_t side);
  Verdict nobody();

  const Story& story_;
  const std::vector<Story>& all_;
  const test::Capture& capture_;
  const test::CapturedConnection& connection_;
};

Verdict Judge::by_notification() {
  const Story::Said& said = *story_.notification;
  const auto inner = hard_reset_reason(said.notification);
  if (said.notification.code == ErrorCode::HoldTimerExpired || (inner && inner->code == ErrorCode::HoldTimerExpired)) {
    return by_hold_timer(said);
  }
  const std::string s = name(said.side);
  const std::string r = name(1U - said.side);
  const Words words = notification_words(said.notification);
  Verdict made{s + ", which " + named(words.meaning, s, r) + " (NOTIFICATION " + to_string(said.notification) + ')',
               words.rule, said.at.frame, named(words.remedy, s, r),
               std::to_string(static_cast<unsigned>(said.notification.code)) + '/' +
                   std::to_string(said.notification.subcode) + " by " + s};
  const bool collision =
      said.notification.code == ErrorCode::Cease && said.notification.subcode == cease::kCollisionResolution;
  if (const Story* other = collision ? sibling() : nullptr) {
    made.remedy += "; the session lives on in stream " + std::to_string(capture_.connections()[other->index].stream);
  }
  return made;
}

/// Three ways of silence: the peer says nothing, what it says is lost, or the one who complains does not read.
Verdict Judge::by_hold_timer(const Story::Said& said) {
  const std::string s = name(said.side);
  const std::string r = name(1U - said.side);
  const StorySide& complains = story_.sides[said.side];
  const StorySide& silent = story_.sides[1U - said.side];
  const Time since = said.at.time - std::chrono::seconds(story_.hold_time.value_or(90));
  const auto lost = [&](const StorySide& side) {
    return std::ranges::any_of(side.retransmissions, [&](const Moment& one) { return one.time >= since; });
  };
  Verdict made{s + ", whose HoldTimer expired: ", "RFC 4271 6.5", said.at.frame, "", "4/0 by " + s};
  if (complains.zero_window) {
    made.ended_by += "it closed its own window at frame " + std::to_string(complains.zero_window.frame) + ", so that " +
                     r + " could not send";
    made.remedy = s + " did not read: look at its load; " + r + " did nothing wrong";
  } else if (lost(complains) || lost(silent)) {
    const StorySide& again = lost(silent) ? silent : complains;
    made.ended_by += "segments are lost, " + std::string(lost(silent) ? r : s) + " sends again and again from frame " +
                     std::to_string(again.retransmissions.front().frame) + " on";
    made.remedy = "look at the path between " + r + " and " + s + ": loss, MTU, filters";
  } else {
    made.ended_by += r + " said nothing for " + seconds_text(said.at.time - silent.last_message.time);
    made.remedy = r + " was silent while its TCP was well: look at its load, and whether its BGP process was stopped";
  }
  return made;
}

Verdict Judge::unanswered() {
  const std::string a = name(0);
  const std::string b = name(1);
  const StorySide& dials = story_.sides[0];
  if (story_.sides[1].reset) {
    return {b + ", which refuses connections to port " + std::to_string(connection_.ends[1].port), "RFC 4271 8.2.1",
            story_.sides[1].reset.frame,
            "nobody listens there: start BGP at " + b + ", and let it listen on that address", "refused by " + b};
  }
  const auto& side = connection_.sides[0];
  Verdict made{b + ", which does not answer " + std::to_string(dials.syns) + (dials.syns == 1 ? " SYN" : " SYNs"),
               "RFC 4271 8.2.2", dials.syn.frame, "", "no answer"};
  if (side.has_key) {
    made.rule = "RFC 2385 2";
    made.remedy =
        "the SYN has a TCP MD5 or TCP-AO signature: a peer with another key, or none, drops it without a word; "
        "compare the keys, and that " +
        b + " has one for " + a;
  } else if (side.ttl == 1) {
    made.remedy = "the SYN has TTL 1: " + b + " must be on the same link, or multihop must be on at " + a +
                  "; else a filter, or a key (TCP MD5) at " + b;
  } else if (side.ttl < 254) {
    made.remedy = "a filter on the path, a key (TCP MD5) at " + b + " that " + a +
                  " does not have, or GTSM (RFC 5082 3) at " + b + ", which the SYN's TTL of " +
                  std::to_string(side.ttl) + " does not pass";
  } else {
    made.remedy = "a filter on the path, a wrong address, or a key (TCP MD5) at " + b + " that " + a + " does not have";
  }
  return made;
}

Verdict Judge::by_reset(std::size_t side) {
  Verdict made{name(side) + ", with a TCP reset" + (story_.up ? "" : " before the session was up"), "RFC 4271 8.2.2",
               story_.sides[side].reset.frame, "", "reset by " + name(side)};
  if (story_.malformed) {
    made.ended_by += ", after the malformed message of " + name(story_.malformed->side) + " in frame " +
                     std::to_string(story_.malformed->at.frame);
  }
  const Story* other = sibling();
  made.remedy =
      other != nullptr
          ? "nothing: the session lives on in stream " + std::to_string(capture_.connections()[other->index].stream)
          : "a reset without a NOTIFICATION is a process that died, or a device between the two: look at " +
                name(side) + " at that time";
  return made;
}

Verdict Judge::by_fin(std::size_t side) {
  Verdict made{name(side) + ", which closed the connection without a NOTIFICATION", "RFC 4271 6.7",
               story_.sides[side].fin.frame, "", "closed by " + name(side)};
  if (const Story* other = sibling()) {
    made.remedy =
        "nothing: the session lives on in stream " + std::to_string(capture_.connections()[other->index].stream);
  } else if (const auto kept = kept_for(side)) {
    made.rule = "RFC 4724 4.2";
    made.remedy = "nothing, if " + name(side) + " is back in time: until then " + name(1 - side) +
                  " keeps its routes of " + *kept;
  } else if (story_.up) {
    made.remedy = "look at the log of " + name(side) + " at that time";
  } else {
    made.remedy =
        name(side) + " takes no session with this peer: does it have " + name(1 - side) + " in its configuration?";
  }
  return made;
}

Verdict Judge::nobody() {
  if (story_.malformed) {
    return {"nobody yet; the message of " + name(story_.malformed->side) + " in frame " +
                std::to_string(story_.malformed->at.frame) + " would end it",
            "RFC 4271 6", story_.malformed->at.frame, "show the octets above to whoever makes that software",
            "malformed"};
  }
  if (story_.up || !connection_.from_start) {
    return {"nobody: it is up where the capture ends", "RFC 4271 8.2.2", story_.last.frame, "nothing", "up"};
  }
  return {"nobody: the capture ends before the session is up", "RFC 4271 8.2.2", story_.last.frame,
          "capture for longer", "not up"};
}

}  // namespace

std::string seconds_text(Time time) {
  const auto milli = std::chrono::duration_cast<std::chrono::milliseconds>(time).count();
  if (milli < 1000) return std::to_string(milli) + " ms";
  std::string text = std::to_string(milli / 1000);
  if (milli % 1000 >= 100) text += '.' + std::to_string(milli % 1000 / 100);
  return text + " s";
}

Verdict verdict_on(const Story& story, const std::vector<Story>& all, const test::Capture& capture) {
  return Judge(story, all, capture).verdict();
}

}  // namespace bgp::cap
