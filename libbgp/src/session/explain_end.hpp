// How one session or attempt ended, in words.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "bgp/session/explain.hpp"

namespace bgp {

/// What is known of an end.
struct End {
  State from{};  ///< the state that was left
  EventId event{};
  Direction direction{};
  std::optional<Notification> sent;
  std::optional<Notification> received;
  std::string_view detail;  ///< why the transport failed
  Duration since_heard{};   ///< of an Established session
  BytesView offending;      ///< the message that was refused
};

struct EndInWords {
  EndedBy by{};
  Reason reason;
  std::vector<std::string> remedies;
};

[[nodiscard]] EndInWords in_words(const End& end, const PeerConfig& config);

/// What a NOTIFICATION means for the two speakers.
struct NotificationInWords {
  std::string meaning;  ///< empty where the name says it all
  std::string rfc;
  std::string remedy;  ///< empty where none helps
};

/// One that we sent, with the message that made us.
[[nodiscard]] NotificationInWords sent_in_words(const Notification& sent, BytesView offending,
                                                const PeerConfig& config);
/// One that the peer sent.
[[nodiscard]] NotificationInWords received_in_words(const Notification& received, const PeerConfig& config);

/// "90 s", "1.5 s", "250 ms".
[[nodiscard]] std::string duration_text(Duration duration);

}  // namespace bgp
